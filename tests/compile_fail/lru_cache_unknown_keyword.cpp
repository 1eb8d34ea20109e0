// error: amphis: .*unexpected keyword argument
// SPDX-License-Identifier: MIT
// Python: TypeError: got an unexpected keyword argument 'z'
#include <amphis/functools/lru_cache.hpp>
#include <amphis/lang/function.hpp>

using namespace amphis::literals;

int main() {
    auto f = amphis::functools::lru_cache(amphis::def<"x">([](int x) { return x; }));
#ifdef AMPHIS_OK
    f("x"_k = 1);
#else
    f("z"_k = 1);
#endif
    return 0;
}
