// error: amphis: enum: the members of this enumeration stand for integers
// SPDX-License-Identifier: MIT
#include <amphis/enum.hpp>

enum class Color { RED };
int main() {
#ifdef AMPHIS_OK
    return amphis::enum_::by_value<Color>(0) == Color::RED;
#else
    return amphis::enum_::by_value<Color>("RED") == Color::RED;
#endif
}
