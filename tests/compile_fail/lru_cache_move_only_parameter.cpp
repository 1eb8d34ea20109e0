// error: amphis: lru_cache keeps a copy of the arguments
// SPDX-License-Identifier: MIT
// An argument that cannot be kept.
#include <amphis/functools/lru_cache.hpp>

#include <memory>

int main() {
#ifdef AMPHIS_OK
    auto f = amphis::functools::lru_cache([](std::shared_ptr<int> const& key) { return *key; });
    return f(std::make_shared<int>(0));
#else
    auto f = amphis::functools::lru_cache([](std::unique_ptr<int> const& key) { return *key; });
    return f(std::make_unique<int>(0));
#endif
}
