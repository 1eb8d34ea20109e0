// error: amphis: range\(\) takes ints: an object of another type cannot be interpreted as an integer
// error: amphis: enumerate\(\) counts ints
// error: amphis: enumerate\(\) takes a range and one more argument, start
// error: amphis: zip\(\) takes ranges and then one keyword, strict
// error: amphis: this object is not iterable
// SPDX-License-Identifier: MIT
// range, enumerate and zip of what they cannot take.
#include <amphis/builtins.hpp>

using namespace amphis::literals;

int main() {
#ifdef AMPHIS_OK
    static_cast<void>(amphis::range(1, 2));
    static_cast<void>(amphis::enumerate("ab", 1));
    static_cast<void>(amphis::zip("ab", "cd", "strict"_k = true));
#else
    static_cast<void>(amphis::range(1.5));
    amphis::enumerate("ab", "1");
    amphis::enumerate("ab", 1, 2);
    amphis::zip("ab", "cd", "lazy"_k = true);
    amphis::zip("ab", 5);
#endif
}
