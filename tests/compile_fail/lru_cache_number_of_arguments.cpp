// error: amphis: lru_cache: the call has more or fewer arguments than the function has parameters
// SPDX-License-Identifier: MIT
// Python: TypeError: add() missing 1 required positional argument: 'b'
#include <amphis/functools/lru_cache.hpp>

int main() {
    auto add = amphis::functools::lru_cache([](int a, int b) { return a + b; });
#ifdef AMPHIS_OK
    add(1, -1);
#else
    add(1);
#endif
    return 0;
}
