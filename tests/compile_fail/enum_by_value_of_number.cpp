// error: amphis: enum: the members of this enumeration stand for values of another type than this one
// SPDX-License-Identifier: MIT
#include <amphis/enum.hpp>

enum class Key { SHIFT };
template <>
inline constexpr auto amphis::enum_::kind<Key> = amphis::enum_::StrEnum;
int main() {
#ifdef AMPHIS_OK
    return amphis::enum_::by_value<Key>("shift") == Key::SHIFT;
#else
    return amphis::enum_::by_value<Key>(0) == Key::SHIFT;
#endif
}
