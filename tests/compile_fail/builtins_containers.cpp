// error: amphis: dict\(\) takes pairs
// error: amphis: unhashable type
// error: amphis: to<C>\(\) cannot make a C of these elements
// error: amphis: this object is not iterable
// SPDX-License-Identifier: MIT
// list, set and dict of what they cannot take.
#include <amphis/builtins.hpp>

#include <map>
#include <vector>

struct plain {};

int main() {
    std::vector<plain> const plains(1);
#ifdef AMPHIS_OK
    static_cast<void>(amphis::dict(amphis::zip("ab", "cd")));
    static_cast<void>(amphis::list(plains));
    static_cast<void>(amphis::to<std::map>(amphis::zip("ab", "cd")));
#else
    amphis::dict("ab");
    amphis::set(plains);
    amphis::to<std::map>(plains);
    amphis::list(5);
#endif
}
