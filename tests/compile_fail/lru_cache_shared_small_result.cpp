// error: amphis: lru_cache: a small result that is trivially copied is not shared
// SPDX-License-Identifier: MIT
// A handle to an int would cost more than the int.
#include <amphis/functools/lru_cache.hpp>

#include <string>

int main() {
#ifdef AMPHIS_OK
    auto f = amphis::functools::lru_cache([](int x) { return std::to_string(x); });
    auto const held = f.shared(1);
#else
    auto f = amphis::functools::lru_cache([](int x) { return x; });
    auto const held = f.shared(1);
#endif
    (void)held;
    return 0;
}
