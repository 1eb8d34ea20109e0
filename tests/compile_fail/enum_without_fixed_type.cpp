// error: amphis: enum: give the enumeration a fixed underlying type
// SPDX-License-Identifier: MIT
// What numbers it may have depends on its members.
#include <amphis/enum.hpp>

#ifdef AMPHIS_OK
enum Color : int { red };
#else
enum Color { red };
#endif
int main() { return static_cast<int>(amphis::enum_::members<Color>().size()); }
