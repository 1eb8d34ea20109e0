// error: amphis: enum: values<E> leaves out a member
// SPDX-License-Identifier: MIT
#include <amphis/enum.hpp>

#ifdef AMPHIS_OK
enum class Suit { SPADES };
#else
enum class Suit { SPADES, HEARTS };
#endif
template <>
inline constexpr auto amphis::enum_::values<Suit> = amphis::enum_::assign<Suit>({{Suit::SPADES, "spades"}});
int main() { return static_cast<int>(amphis::enum_::value(Suit::SPADES).size()); }
