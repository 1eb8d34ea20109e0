// error: lru_cache
// SPDX-License-Identifier: MIT
// Neither is it when running.
#include <amphis/functools/lru_cache.hpp>

int main() {
#ifdef AMPHIS_OK
    auto f = amphis::functools::lru_cache({.maxsize = 1}, [](int x) { return x; });
#else
    auto f = amphis::functools::lru_cache({.maxsize = true}, [](int x) { return x; });
#endif
    return f(0);
}
