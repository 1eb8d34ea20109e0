// SPDX-License-Identifier: MIT
// lru_cache: instructions of a call. A hit goes round the entries, because a call for the newest one moves nothing in the list.
#include <amphis/functools/lru_cache.hpp>

#include "gate.hpp"

#include <array>
#include <cstddef>
#include <string>

namespace {

namespace ft = amphis::functools;

struct identity {
    long operator()(int n) const { return n; }
};
struct length {
    long operator()(std::string const& text) const { return static_cast<long>(text.size()); }
};

/// 1024 keys of 21 characters.
std::array<std::string, 1024> const& texts() {
    static std::array<std::string, 1024> const all = [] {
        std::array<std::string, 1024> made;
        for (std::size_t i = 0; i != made.size(); ++i)
            made[i] = "user:" + std::to_string(10'000'000'000'000 + i) + "/p";
        return made;
    }();
    return all;
}

/// The keys 0 to 127 in turn, all of them cached.
template <class Policy, auto MaxSize = 128>
void hit_int(gates::state& state) {
    auto cached = ft::lru_cache<MaxSize, Policy>(identity{});
    for (int i = 0; i != 128; ++i) cached(i);
    int i = 0;
    for (auto _ : state) keep(cached(opaque(i++ & 127)));
}
/// Each key a new one, in a cache that is full.
template <class Policy>
void miss_int(gates::state& state) {
    auto cached = ft::lru_cache<128, Policy>(identity{});
    int i = 0;
    for (; i != 256; ++i) cached(i);
    for (auto _ : state) keep(cached(opaque(i++)));
}
template <class Policy, auto MaxSize = 128>
void hit_str(gates::state& state) {
    auto cached = ft::lru_cache<MaxSize, Policy>(length{});
    for (std::size_t i = 0; i != 128; ++i) cached(texts()[i]);
    std::size_t i = 0;
    for (auto _ : state) keep(cached(texts()[opaque(i++ & 127U)]));
}
template <class Policy>
void miss_str(gates::state& state) {
    auto cached = ft::lru_cache<128, Policy>(length{});
    std::size_t i = 0;
    for (; i != 256; ++i) cached(texts()[i & 1023U]);
    for (auto _ : state) keep(cached(texts()[opaque(i++ & 1023U)]));
}

}  // namespace

GATE("functools/lru_cache_unsynchronized/hit/int", at_most(70)) { hit_int<ft::unsynchronized>(state); }
GATE("functools/lru_cache_unsynchronized/miss/int", at_most(140)) { miss_int<ft::unsynchronized>(state); }
GATE("functools/lru_cache_unsynchronized/hit/str", at_most(160)) { hit_str<ft::unsynchronized>(state); }
GATE("functools/lru_cache_unsynchronized/miss/str", at_most(300)) { miss_str<ft::unsynchronized>(state); }
GATE("functools/lru_cache_unsynchronized/unbounded_hit/int", at_most(55)) {
    hit_int<ft::unsynchronized, ft::unbounded>(state);
}
GATE("functools/lru_cache_unsynchronized/unbounded_hit/str", at_most(150)) {
    hit_str<ft::unsynchronized, ft::unbounded>(state);
}
GATE("functools/lru_cache/hit/int", at_most(70)) { hit_int<ft::synchronized>(state); }
GATE("functools/lru_cache/miss/int", at_most(150)) { miss_int<ft::synchronized>(state); }
GATE("functools/lru_cache/hit/str", at_most(165)) { hit_str<ft::synchronized>(state); }
GATE("functools/lru_cache/miss/str", at_most(320)) { miss_str<ft::synchronized>(state); }
GATE("functools/lru_cache_concurrent/hit/int", at_most(125)) { hit_int<ft::concurrent>(state); }
GATE("functools/lru_cache_concurrent/miss/int", at_most(360)) { miss_int<ft::concurrent>(state); }
GATE("functools/lru_cache_once/hit/int", at_most(75)) { hit_int<ft::once>(state); }
GATE("functools/lru_cache_once/miss/int", at_most(300)) { miss_int<ft::once>(state); }
