// error: amphis: unsupported operand types for division
// error: amphis: pow\(\) takes ints, floats and doubles
// error: amphis: pow\(\) 3rd argument not allowed unless all arguments are integers
// error: amphis: round\(\) takes an int, a float or a double, or a type with a member round\(\)
// error: amphis: round's number of digits is an int, or None
// error: amphis: bad operand type for abs\(\)
// error: amphis: object of this type has no len\(\)
// error: amphis: this object is not iterable
// error: amphis: min\(\) and max\(\) take values and then one keyword, key
// error: amphis: min\(\) and max\(\) take a range, or two or more values
// error: amphis: min\(\) and max\(\): default must convert to an element
// error: amphis: min\(\) and max\(\): key must be callable with an element
// error: amphis: min\(\) and max\(\): the values have no common type
// error: amphis: round\(\) takes a number, and then one keyword, ndigits
// error: amphis: pow\(\) takes base, exp and mod, each once, by position and then by keyword
// SPDX-License-Identifier: MIT
// Functions of numbers, called with something else.
#include <amphis/builtins/numbers.hpp>

using namespace amphis::literals;

struct plain {};

int main() {
#ifdef AMPHIS_OK
    static_cast<void>(amphis::divmod(7, 2));
    static_cast<void>(amphis::pow(2.0, 3));
    static_cast<void>(amphis::pow(2, 3, 4));
    static_cast<void>(amphis::round(1.5, 2));
    static_cast<void>(amphis::min(1, 2, "key"_k = amphis::abs));
    static_cast<void>(amphis::max("abc", "default"_k = 'd'));
#else
    static_cast<void>(amphis::divmod('7', 2));
    static_cast<void>(amphis::pow(plain(), 3));
    static_cast<void>(amphis::pow(2.0, 3, 4));
    static_cast<void>(amphis::round("1.5"));
    static_cast<void>(amphis::round(1.5, 2.0));
    static_cast<void>(amphis::abs(plain()));
    static_cast<void>(amphis::len(5));
    static_cast<void>(amphis::max(1));
    static_cast<void>(amphis::max(1, 2, "default"_k = 3));
    amphis::min("key"_k = amphis::abs);
    static_cast<void>(amphis::max("abc", "default"_k = plain()));
    amphis::max("abc", "key"_k = 1);
    static_cast<void>(amphis::min("a", 1));
    static_cast<void>(amphis::round(1.5, "digits"_k = 2));
    static_cast<void>(amphis::pow(2, 3, "exp"_k = 2));
#endif
}
