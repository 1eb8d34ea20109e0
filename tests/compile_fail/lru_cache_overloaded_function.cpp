// error: amphis: lru_cache: the function can be called in more than one way, so its keys have no type
// SPDX-License-Identifier: MIT
// A function object with two call operators.
#include <amphis/functools/lru_cache.hpp>

namespace ft = amphis::functools;

struct overloaded {
    int operator()(int x) const { return x; }
    double operator()(double x) const { return x; }
};

int main() {
#ifdef AMPHIS_OK
    auto f = ft::lru_cache<128, ft::synchronized, int(int)>(overloaded{});
#else
    auto f = ft::lru_cache(overloaded{});
#endif
    return f(0);
}
