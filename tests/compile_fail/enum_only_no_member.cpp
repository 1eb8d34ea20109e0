// error: amphis: enum: only\(...\): one of these is no member
// SPDX-License-Identifier: MIT
#include <amphis/enum.hpp>

enum class Color { RED = 1, GREEN = 2 };
#ifdef AMPHIS_OK
template <>
inline constexpr auto amphis::enum_::range<Color> = amphis::enum_::only(Color::GREEN, Color::RED);
#else
template <>
inline constexpr auto amphis::enum_::range<Color> = amphis::enum_::only(Color::GREEN, Color(3));
#endif
int main() { return static_cast<int>(amphis::enum_::members<Color>().size()); }
