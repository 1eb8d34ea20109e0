// error: amphis: unhashable type: lru_cache needs a hash for each parameter
// error: check_parameter.*plain
// SPDX-License-Identifier: MIT
// A tuple is hashable when its parts are.
#include <amphis/functools/lru_cache.hpp>

#include <tuple>

struct plain {
    int value = 0;
    bool operator==(plain const&) const = default;
#ifdef AMPHIS_OK
    std::size_t hash() const { return static_cast<std::size_t>(value); }
#endif
};

int main() {
    auto f = amphis::functools::lru_cache([](std::tuple<int, plain> const& key) { return std::get<0>(key); });
    return f(std::tuple{0, plain{}});
}
