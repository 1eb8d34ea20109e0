// error: amphis: this object is not an iterator: make one of a range with iter\(\)
// error: amphis: iter\(v, w\): v must be callable without arguments
// error: amphis: iter\(v, w\): what v returns must be comparable with w
// error: amphis: next\(\): the default cannot stand for an element
// error: amphis: this object is not iterable
// SPDX-License-Identifier: MIT
// iter and next of what they cannot take.
#include <amphis/builtins.hpp>

#include <string>
#include <vector>

int main() {
    std::vector<int> const v{1};
#ifdef AMPHIS_OK
    static_cast<void>(amphis::next(amphis::iter(v), 0));
    static_cast<void>(amphis::iter([] { return 1; }, 2));
#else
    amphis::next(v);
    amphis::iter(v, 2);
    amphis::iter([] { return 1; }, std::string());
    amphis::next(amphis::iter(v), "none");
    amphis::iter(5);
#endif
}
