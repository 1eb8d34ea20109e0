// error: amphis: enum: this enumeration is no Flag: specialise amphis::enum_::kind for it
// SPDX-License-Identifier: MIT
#include <amphis/enum.hpp>

enum class Perm { R = 4 };
#ifdef AMPHIS_OK
template <>
inline constexpr auto amphis::enum_::kind<Perm> = amphis::enum_::Flag;
#endif
int main() { return amphis::enum_::contains(Perm::R, Perm::R); }
