// error: amphis: enum: this type is no enumeration
// SPDX-License-Identifier: MIT
#include <amphis/enum.hpp>

enum class Color { RED };
int main() {
#ifdef AMPHIS_OK
    return static_cast<int>(amphis::enum_::members<Color>().size());
#else
    return static_cast<int>(amphis::enum_::members<int>().size());
#endif
}
