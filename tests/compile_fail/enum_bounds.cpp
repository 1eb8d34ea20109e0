// error: amphis: enum: bounds\{first, last\}: the last is no number of the enumeration's type
// SPDX-License-Identifier: MIT
#include <amphis/enum.hpp>

enum class Port : short { HTTP = 8080 };
#ifdef AMPHIS_OK
template <>
inline constexpr auto amphis::enum_::range<Port> = amphis::enum_::bounds{8000, 9000};
#else
template <>
inline constexpr auto amphis::enum_::range<Port> = amphis::enum_::bounds{65000, 66000};
#endif
int main() { return static_cast<int>(amphis::enum_::members<Port>().size()); }
