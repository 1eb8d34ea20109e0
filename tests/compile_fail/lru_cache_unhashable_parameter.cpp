// error: amphis: unhashable type: lru_cache needs a hash for each parameter
// error: check_parameter.*vector<int
// SPDX-License-Identifier: MIT
// A key that can change, as Python's "unhashable type: 'list'"; the compiler's note names the type.
#include <amphis/functools/lru_cache.hpp>

#include <array>
#include <vector>

int main() {
#ifdef AMPHIS_OK
    auto f = amphis::functools::lru_cache([](std::array<int, 2> const& key) { return key[0]; });
    return f(std::array{0, 1});
#else
    auto f = amphis::functools::lru_cache([](std::vector<int> const& key) { return key[0]; });
    return f(std::vector{0, 1});
#endif
}
