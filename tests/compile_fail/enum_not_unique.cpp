// error: throw_aliases
// SPDX-License-Identifier: MIT
// Python's @unique, by the compiler.
#include <amphis/enum.hpp>

enum class Color { RED = 1, CRIMSON = 1 };
#ifndef AMPHIS_OK
template <>
inline constexpr auto amphis::enum_::aliases<Color> = amphis::enum_::also<Color>({{"CRIMSON", Color::RED}});
#endif
static_assert(amphis::enum_::unique<Color>());
int main() {}
