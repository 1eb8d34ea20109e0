// error: amphis: lru_cache: a policy is one of functools::synchronized, unsynchronized, concurrent, once
// SPDX-License-Identifier: MIT
// A policy that there is not.
#include <amphis/functools/lru_cache.hpp>

namespace ft = amphis::functools;

int main() {
#ifdef AMPHIS_OK
    auto f = ft::lru_cache<128, ft::once>([](int x) { return x; });
#else
    auto f = ft::lru_cache<128, int>([](int x) { return x; });
#endif
    return f(0);
}
