// error: amphis: an expected holds an object or void: expected<int>; for a reference, a pointer
// SPDX-License-Identifier: MIT
// expected<int&>.
#include <amphis/lang/exceptions.hpp>

#ifdef AMPHIS_OK
amphis::expected<int*> shared(int& n) { return &n; }
#else
amphis::expected<int&> shared(int& n) { return n; }
#endif

int main() {
    int n = 0;
    return shared(n).has_value() ? 0 : 1;
}
