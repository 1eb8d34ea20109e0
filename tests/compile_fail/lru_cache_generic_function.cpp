// error: amphis: lru_cache: the function can be called in more than one way, so its keys have no type
// SPDX-License-Identifier: MIT
// A function without one signature: what would the type of a key be?
#include <amphis/functools/lru_cache.hpp>

namespace ft = amphis::functools;

int main() {
    auto const add = [](auto a, auto b) { return a + b; };
#ifdef AMPHIS_OK
    auto f = ft::lru_cache<128, ft::synchronized, int(int, int)>(add);
#else
    auto f = ft::lru_cache(add);
#endif
    return f(-1, 1);
}
