// error: amphis: enum: the value of a flag is its bits: it takes no values<E>
// SPDX-License-Identifier: MIT
#include <amphis/enum.hpp>

enum class Perm { R = 4 };
#ifndef AMPHIS_OK
template <>
inline constexpr auto amphis::enum_::kind<Perm> = amphis::enum_::Flag;
#endif
template <>
inline constexpr auto amphis::enum_::values<Perm> = amphis::enum_::assign<Perm>({{Perm::R, "read"}});
int main() { return amphis::enum_::members<Perm>().empty(); }
