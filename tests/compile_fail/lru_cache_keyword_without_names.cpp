// error: amphis: lru_cache: keyword arguments need names
// SPDX-License-Identifier: MIT
// A lambda's parameters have no names that a call could use.
#include <amphis/functools/lru_cache.hpp>
#include <amphis/lang/function.hpp>

using namespace amphis::literals;

int main() {
    auto const same = [](int x) { return x; };
#ifdef AMPHIS_OK
    auto f = amphis::functools::lru_cache(amphis::def<"x">(same));
#else
    auto f = amphis::functools::lru_cache(same);
#endif
    f("x"_k = 1);
    return 0;
}
