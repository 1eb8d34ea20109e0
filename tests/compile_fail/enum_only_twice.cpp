// error: amphis: enum: only\(...\) names a member twice, or two names of one value
// SPDX-License-Identifier: MIT
#include <amphis/enum.hpp>

enum class Color { RED = 1, CRIMSON = 1, GREEN = 2 };
#ifdef AMPHIS_OK
template <>
inline constexpr auto amphis::enum_::range<Color> = amphis::enum_::only(Color::GREEN, Color::RED);
#else
template <>
inline constexpr auto amphis::enum_::range<Color> = amphis::enum_::only(Color::GREEN, Color::RED, Color::CRIMSON);
#endif
int main() { return static_cast<int>(amphis::enum_::name(Color::RED).size()); }
