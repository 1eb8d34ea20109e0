// error: amphis: map\(\) must have at least two arguments
// error: amphis: map\(\) arg 1 must be callable with one element of each range
// error: amphis: map\(\) arg 1 must return something
// error: amphis: filter\(\) arg 1 must be None, or callable with one element of the range
// error: amphis: this object is not iterable
// SPDX-License-Identifier: MIT
// map and filter of what they cannot take.
#include <amphis/builtins.hpp>

#include <string>

int main() {
    auto const length = [](std::string const& s) { return s.size(); };
#ifdef AMPHIS_OK
    static_cast<void>(amphis::map(amphis::str, amphis::range(3)));
    static_cast<void>(amphis::filter(amphis::None, "abc"));
    static_cast<void>(length);
#else
    amphis::map(amphis::str);
    amphis::map(length, amphis::range(3));
    amphis::map([](int) {}, amphis::range(3));
    amphis::filter(length, amphis::range(3));
    amphis::filter(amphis::None, 3);
#endif
}
