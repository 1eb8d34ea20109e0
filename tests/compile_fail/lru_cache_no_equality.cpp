// error: amphis: lru_cache needs an operator== for each parameter
// error: check_parameter.*plain
// SPDX-License-Identifier: MIT
// A hash alone does not make a key.
#include <amphis/functools/lru_cache.hpp>

struct plain {
    int value = 0;
    std::size_t hash() const { return static_cast<std::size_t>(value); }
#ifdef AMPHIS_OK
    bool operator==(plain const&) const = default;
#endif
};

int main() {
    auto f = amphis::functools::lru_cache([](plain const& key) { return key.value; });
    return f(plain{});
}
