// error: amphis: this object is not subscriptable: a slice needs random access and a size
// error: amphis: slice indices must be integers or None
// error: amphis: this object is not reversible
// SPDX-License-Identifier: MIT
// slice and reversed of what they cannot take.
#include <amphis/builtins.hpp>

#include <forward_list>
#include <vector>

int main() {
    std::vector<int> const v{1};
    std::forward_list<int> const linked{1};
#ifdef AMPHIS_OK
    static_cast<void>(amphis::slice(v, amphis::None, -1));
    static_cast<void>(amphis::reversed(v));
    static_cast<void>(linked);
#else
    amphis::slice(linked, 1);
    amphis::slice(v, 1.5);
    amphis::reversed(linked);
#endif
}
