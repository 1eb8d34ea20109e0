// error: amphis: lru_cache: maxsize is a number of entries, or functools::unbounded
// SPDX-License-Identifier: MIT
// A truth value is no number of entries.
#include <amphis/functools/lru_cache.hpp>

int main() {
#ifdef AMPHIS_OK
    auto f = amphis::functools::lru_cache<1>([](int x) { return x; });
#else
    auto f = amphis::functools::lru_cache<true>([](int x) { return x; });
#endif
    return f(0);
}
