// SPDX-License-Identifier: MIT
// caches: what a good developer writes without amphis, and the packaged maps; all called as a cached function is.
#ifndef AMPHIS_BENCH_SUPPORT_CACHES_HPP
#define AMPHIS_BENCH_SUPPORT_CACHES_HPP

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <list>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <type_traits>
#include <unordered_map>
#include <utility>
#include <vector>

#if __has_include(<boost/unordered/unordered_flat_map.hpp>)
#include <boost/unordered/unordered_flat_map.hpp>
#define AMPHIS_BENCH_BOOST
#endif
#if defined(AMPHIS_BENCH_ABSL)
#include <absl/container/flat_hash_map.h>
#endif

namespace caches {

template <class Key>
using passed = std::conditional_t<std::is_scalar_v<Key>, Key, Key const&>;

/// The textbook: a list in order of use, and a map from the key to its place in the list.
template <class Key, class Fn, template <class...> class Map>
class naive {
public:
    naive(Fn fn, std::size_t capacity) : fn_{std::move(fn)}, capacity_{capacity} {
        if constexpr (requires { index_.reserve(capacity); }) index_.reserve(capacity);
    }

    long operator()(passed<Key> key) {
        if (auto const found = index_.find(key); found != index_.end()) {
            entries_.splice(entries_.begin(), entries_, found->second);
            return found->second->second;
        }
        long const result = fn_(key);
        if (entries_.size() == capacity_) {
            index_.erase(entries_.back().first);
            entries_.pop_back();
        }
        entries_.emplace_front(key, result);
        index_.emplace(key, entries_.begin());
        return result;
    }

private:
    using entries = std::list<std::pair<Key const, long>>;

    Fn fn_;
    std::size_t capacity_;
    entries entries_;
    Map<Key, typename entries::iterator> index_;
};
template <class Key, class Fn>
using list_unordered_map = naive<Key, Fn, std::unordered_map>;
template <class Key, class Fn>
using list_map = naive<Key, Fn, std::map>;

/// A flat map to the numbers of entries that stand in one block and are linked by number: no allocation for an entry.
template <class Key, class Fn, template <class...> class Map>
class flat {
public:
    flat(Fn fn, std::size_t capacity) : fn_{std::move(fn)}, capacity_{capacity} {
        index_.reserve(capacity);
        entries_.reserve(capacity + 1);
        entries_.emplace_back();  // number 0 is the head of the ring
    }

    long operator()(passed<Key> key) {
        if (auto const found = index_.find(key); found != index_.end()) {
            std::uint32_t const number = found->second;
            unlink(number);
            link_first(number);
            return entries_[number].result;
        }
        long const result = fn_(key);
        if (entries_.size() > capacity_) {
            std::uint32_t const number = entries_[0].previous;
            entry& oldest = entries_[number];
            index_.erase(oldest.key);
            oldest.key = key;
            oldest.result = result;
            unlink(number);
            link_first(number);
            index_.emplace(oldest.key, number);
        } else {
            auto const number = static_cast<std::uint32_t>(entries_.size());
            entry& added = entries_.emplace_back();
            added.key = key;
            added.result = result;
            link_first(number);
            index_.emplace(added.key, number);
        }
        return result;
    }

private:
    struct entry {
        Key key{};
        long result = 0;
        std::uint32_t previous = 0;
        std::uint32_t next = 0;
    };

    void unlink(std::uint32_t number) {
        entry const& gone = entries_[number];
        entries_[gone.previous].next = gone.next;
        entries_[gone.next].previous = gone.previous;
    }
    void link_first(std::uint32_t number) {
        std::uint32_t const second = entries_[0].next;
        entries_[number].previous = 0;
        entries_[number].next = second;
        entries_[second].previous = number;
        entries_[0].next = number;
    }

    Fn fn_;
    std::size_t capacity_;
    std::vector<entry> entries_;
    // The text of a key stands in the entry; the index refers to it.
    Map<std::conditional_t<std::is_same_v<Key, std::string>, std::string_view, Key>, std::uint32_t> index_;
};

/// No limit: one look-up in a map, and the function where it finds nothing.
template <class Key, class Fn, template <class...> class Map>
class plain {
public:
    plain(Fn fn, std::size_t capacity) : fn_{std::move(fn)} { results_.reserve(capacity); }

    long operator()(passed<Key> key) {
        if (auto const found = results_.find(key); found != results_.end()) return found->second;
        long const result = fn_(key);
        results_.emplace(key, result);
        return result;
    }

private:
    Fn fn_;
    Map<Key, long> results_;
};
template <class Key, class Fn>
using plain_unordered_map = plain<Key, Fn, std::unordered_map>;

/// Any of them with a lock around it.
template <class Cache>
class locked {
public:
    template <class... A>
    explicit locked(A&&... arguments) : cache_(std::forward<A>(arguments)...) {}

    template <class Key>
    long operator()(Key const& key) {
        std::lock_guard const hold{mutex_};
        return cache_(key);
    }

private:
    std::mutex mutex_;
    Cache cache_;
};
template <class Key, class Fn>
using mutex_list_unordered_map = locked<list_unordered_map<Key, Fn>>;

/// Sixteen caches, each with its lock and its part of the entries: recency is kept in each part only.
template <class Key, class Fn>
class sharded_list_unordered_map {
    static constexpr std::size_t count = 16;
    struct alignas(64) shard : mutex_list_unordered_map<Key, Fn> {
        using mutex_list_unordered_map<Key, Fn>::mutex_list_unordered_map;
    };

public:
    sharded_list_unordered_map(Fn fn, std::size_t capacity)
        : sharded_list_unordered_map(fn, capacity / count, std::make_index_sequence<count>{}) {}

    long operator()(passed<Key> key) { return shards_[std::hash<Key>{}(key)*0x9E3779B97F4A7C15U >> 60U](key); }

private:
    template <std::size_t... I>
    sharded_list_unordered_map(Fn fn, std::size_t capacity, std::index_sequence<I...>)
        : shards_{(static_cast<void>(I), shard(fn, capacity))...} {}

    std::array<shard, count> shards_;
};

#if defined(AMPHIS_BENCH_BOOST)
template <class... T>
using boost_flat_map = boost::unordered_flat_map<T...>;
template <class Key, class Fn>
using boost_flat_map_list = flat<Key, Fn, boost_flat_map>;
template <class Key, class Fn>
using mutex_boost_flat_map_list = locked<boost_flat_map_list<Key, Fn>>;
template <class Key, class Fn>
using plain_boost_flat_map = plain<Key, Fn, boost_flat_map>;
#endif
#if defined(AMPHIS_BENCH_ABSL)
template <class... T>
using absl_flat_map = absl::flat_hash_map<T...>;
template <class Key, class Fn>
using absl_flat_map_list = flat<Key, Fn, absl_flat_map>;
template <class Key, class Fn>
using mutex_absl_flat_map_list = locked<absl_flat_map_list<Key, Fn>>;
template <class Key, class Fn>
using plain_absl_flat_map = plain<Key, Fn, absl_flat_map>;
#endif

}  // namespace caches

#endif  // AMPHIS_BENCH_SUPPORT_CACHES_HPP
