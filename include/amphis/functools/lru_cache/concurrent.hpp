// SPDX-License-Identifier: MIT
// lru_cache/concurrent: the engines of the policy `concurrent`.
//
// Where key and result are trivially copied, a hit takes no lock and writes nothing that another thread reads, once its entry is marked as
// used: it reads a chunk, then a node between two looks at the node's version, and counts in a slot of its own thread. Misses take one
// lock to store. Recency is the second chance (clock) algorithm: a hit marks its entry; the hand goes round the entries, unmarks what is
// marked, and evicts the first that is not. For other types there are 16 caches with a lock each, chosen by the hash.
#ifndef AMPHIS_FUNCTOOLS_LRU_CACHE_CONCURRENT_HPP
#define AMPHIS_FUNCTOOLS_LRU_CACHE_CONCURRENT_HPP

#include <amphis/config.hpp>
#include <amphis/detail/lock.hpp>
#include <amphis/functools/lru_cache/engine.hpp>
#include <amphis/functools/lru_cache/key.hpp>

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <new>
#include <type_traits>

namespace amphis::inline v0::detail {

// ---- counting without sharing ----------------------------------------------------------------------------------------------------------

/// A small number that no other living thread has, or `shared` when there are too many threads.
class thread_number {
public:
    static constexpr unsigned shared = 15;

    [[nodiscard]] static unsigned get() noexcept {
        unsigned const number = mine;
        return number != none ? number : choose();
    }

private:
    static constexpr unsigned none = 16;

    // Not in this object: what has no destructor needs no test whether it was constructed.
    static inline thread_local constinit unsigned mine = none;
    static inline constinit std::uint32_t all = 0;

    AMPHIS_COLD static unsigned choose() noexcept {
        static thread_local thread_number const owner;  // gives the number back when the thread ends
        return mine;
    }
    thread_number() noexcept {
        mine = shared;
        std::uint32_t used = __atomic_load_n(&all, __ATOMIC_RELAXED);
        while (used != (1U << shared) - 1) {
            std::uint32_t const free = ~used & (used + 1);
            if (__atomic_compare_exchange_n(&all, &used, used | free, false, __ATOMIC_ACQ_REL, __ATOMIC_RELAXED)) {
                mine = static_cast<unsigned>(std::countr_zero(free));
                return;
            }
        }
    }
    ~thread_number() {
        if (mine != shared) __atomic_fetch_and(&all, ~(1U << mine), __ATOMIC_ACQ_REL);
        mine = shared;  // what runs later in this thread counts with an atomic addition
    }
};

/// Counts of one event by many threads: exact, and no thread writes a line that another one writes.
class striped_counter {
public:
    void add() noexcept {
        unsigned const number = thread_number::get();
        std::uint64_t& count = stripes_[number].count;
        if (number != thread_number::shared) [[likely]] {
            __atomic_store_n(&count, __atomic_load_n(&count, __ATOMIC_RELAXED) + 1, __ATOMIC_RELAXED);
        } else {
            __atomic_fetch_add(&count, 1U, __ATOMIC_RELAXED);
        }
    }
    [[nodiscard]] std::uint64_t sum() const noexcept {
        std::uint64_t total = 0;
        for (stripe const& s : stripes_) total += __atomic_load_n(&s.count, __ATOMIC_RELAXED);
        return total;
    }

private:
    struct alignas(64) stripe {
        std::uint64_t count = 0;
    };
    stripe stripes_[thread_number::shared + 1];
};

// ---- trivially copied keys and results ---------------------------------------------------------------------------------------------------

/// As lru_chunk, with tags that are read and written in two words, as atomics must be.
struct alignas(64) concurrent_chunk {
    static constexpr unsigned slots = 12;
    static constexpr std::uint64_t ones = 0x0101010101010101U;
    static constexpr std::uint64_t tops = 0x8080808080808080U;

    std::uint64_t words[2]{};  // 12 tags, an overflow count, three bytes unused
    std::uint32_t ids[slots]{};

    [[nodiscard]] std::uint64_t word(unsigned i) const noexcept { return __atomic_load_n(&words[i], __ATOMIC_ACQUIRE); }

    /// Bit i is set where tag i is `tag`.
    [[nodiscard]] static std::uint32_t matches(std::uint64_t first, std::uint64_t second, std::uint8_t tag) noexcept {
#if defined(__SSE2__) && defined(__GNUC__)
        using bytes = char __attribute__((vector_size(16)));
        using words = std::uint64_t __attribute__((vector_size(16)));
        words const both{first, second};
        words const wanted{tag * ones, tag * ones};
        bytes const same = reinterpret_cast<bytes>(reinterpret_cast<bytes const&>(both) == reinterpret_cast<bytes const&>(wanted));
        return static_cast<std::uint32_t>(__builtin_ia32_pmovmskb128(same)) & 0xFFFU;
#else
        std::uint32_t mask = 0;
        for (unsigned i = 0; i != slots; ++i) mask |= static_cast<std::uint32_t>(static_cast<std::uint8_t>((i < 8 ? first : second) >> (i % 8 * 8)) == tag) << i;
        return mask;
#endif
    }
    static constexpr std::uint64_t low_four = 0x80808080U;

    [[nodiscard]] std::uint8_t overflow() const noexcept { return static_cast<std::uint8_t>(word(1) >> 32U); }
    void set_byte(unsigned byte, std::uint8_t value) noexcept {
        std::uint64_t& at = words[byte / 8];
        unsigned const shift = byte % 8 * 8;
        __atomic_store_n(&at, (at & ~(std::uint64_t{0xFF} << shift)) | static_cast<std::uint64_t>(value) << shift, __ATOMIC_RELEASE);
    }
    void set_overflow(std::uint8_t value) noexcept { set_byte(12, value); }
};

template <class Key, class Result, class Limit, class Lock>
class clock_engine {
    using stored_result = typename Result::stored;
    /// What a node keeps, copied as words.
    struct payload {
        typename Key::stored key;
        stored_result value;
    };
    /// A payload that is copied into, where a result has no default constructor.
    union payload_space {
        payload_space() noexcept {}
        ~payload_space() {}
        payload content;
    };
    static constexpr std::size_t word_count = (sizeof(payload) + 7) / 8;
    struct node {
        std::uint32_t version;  // odd while it is written
        std::uint32_t used;     // since the hand passed
        std::uint32_t hash;
        std::uint32_t slot;
        std::uint64_t words[word_count];
    };
    /// Node numbers start at 1. A table that became too small stays readable until the engine dies: readers hold no lock.
    struct table {
        table* previous;
        std::uint32_t capacity;
        std::uint32_t chunk_count;
        concurrent_chunk* chunks;
        node* nodes;
    };

public:
    using token = typename Result::token;

    explicit clock_engine(Limit limit) noexcept : limit_(limit) {}
    clock_engine(clock_engine&& other) noexcept : limit_(other.limit_), hand_(other.hand_), size_(std::exchange(other.size_, 0)) {
        table_ = std::exchange(other.table_, nullptr);
        base_hits_ = other.base_hits_ - other.hits_.sum();  // modulo 2^64: our stripes start at zero
        base_misses_ = other.base_misses_ - other.misses_.sum();
        other.base_hits_ = other.hits_.sum();
        other.base_misses_ = other.misses_.sum();
    }
    clock_engine& operator=(clock_engine const&) = delete;
    ~clock_engine() {
        for (table* t = table_; t != nullptr;) {
            table* const previous = t->previous;
            ::operator delete(static_cast<void*>(t), std::align_val_t(alignof(concurrent_chunk)));
            t = previous;
        }
    }

    [[nodiscard]] Limit const& limit() const noexcept { return limit_; }

    template <class Give, class Call, class... L>
    [[nodiscard]] AMPHIS_ALWAYS_INLINE token get(Call& call, L const&... look_up) {
        if (limit_.most == 0) {
            misses_.add();
            return Result::make(call);
        }
        std::uint32_t const hash = Key::hash(look_up...);
        if (table const* const t = __atomic_load_n(&table_, __ATOMIC_ACQUIRE); t != nullptr) [[likely]] {
            payload_space space;
            payload& found = space.content;
            if (find(*t, hash, found, [&](typename Key::stored const& key) { return Key::equal(key, look_up...); }) != 0) [[likely]] {
                hits_.add();
                return Result::get(found.value);
            }
        }
        return miss(hash, call, look_up...);
    }

    [[nodiscard]] lru_counts counts() noexcept {
        held guard(lock_);
        return {hits_.sum() - base_hits_, misses_.sum() - base_misses_, size_};
    }

    void clear() noexcept {
        held guard(lock_);
        base_hits_ = hits_.sum();
        base_misses_ = misses_.sum();
        size_ = 0;
        hand_ = 0;
        if (table_ == nullptr) return;
        for (std::uint32_t i = 0; i != table_->chunk_count; ++i) {
            __atomic_store_n(&table_->chunks[i].words[0], std::uint64_t{0}, __ATOMIC_RELEASE);
            __atomic_store_n(&table_->chunks[i].words[1], std::uint64_t{0}, __ATOMIC_RELEASE);
        }
    }

private:
    template <class Call, class... L>
    [[nodiscard]] AMPHIS_NOINLINE token miss(std::uint32_t hash, Call& call, L const&... look_up) {
        misses_.add();
        auto snapshot = Key::take_snapshot(look_up...);
        token result = Result::make(call);
        store(hash, snapshot, result);
        return result;
    }

    static constexpr std::uint8_t tag_of(std::uint32_t hash) noexcept { return static_cast<std::uint8_t>((hash & 0x7FU) | 0x80U); }
    static std::uint32_t home_of(table const& t, std::uint32_t hash) noexcept {
        return static_cast<std::uint32_t>(static_cast<std::uint64_t>(hash) * t.chunk_count >> 32U);
    }

    /// Copies the node's content. False if it was written meanwhile.
    static bool read(node& from, payload& to) noexcept {
        std::uint32_t const before = __atomic_load_n(&from.version, __ATOMIC_ACQUIRE);
        std::uint64_t words[word_count];
        // Acquire loads, so that the second look at the version comes after them; a fence would do, but thread sanitizers know none.
        for (std::size_t i = 0; i != word_count; ++i) words[i] = __atomic_load_n(&from.words[i], __ATOMIC_ACQUIRE);
        std::memcpy(static_cast<void*>(&to), words, sizeof(payload));
        return (before & 1U) == 0 && __atomic_load_n(&from.version, __ATOMIC_RELAXED) == before;
    }
    static void write(node& to, payload const& from) noexcept {
        std::uint64_t words[word_count]{};
        std::memcpy(words, static_cast<void const*>(&from), sizeof(payload));
        std::uint32_t const version = to.version;
        __atomic_store_n(&to.version, version + 1, __ATOMIC_RELAXED);
        for (std::size_t i = 0; i != word_count; ++i) __atomic_store_n(&to.words[i], words[i], __ATOMIC_RELEASE);
        __atomic_store_n(&to.version, version + 2, __ATOMIC_RELEASE);
    }

    template <class Same>
    AMPHIS_ALWAYS_INLINE static std::uint32_t find(table const& t, std::uint32_t hash, payload& found, Same const& same) {
        std::uint8_t const tag = tag_of(hash);
        std::uint32_t at = home_of(t, hash);
        for (std::uint32_t turn = 0; turn != t.chunk_count; ++turn) {  // bounded: a chunk may change while we pass
            concurrent_chunk const& chunk = t.chunks[at];
            std::uint64_t const first = chunk.word(0), second = chunk.word(1);
            for (std::uint32_t mask = concurrent_chunk::matches(first, second, tag); mask != 0; mask &= mask - 1) {
                std::uint32_t const id = __atomic_load_n(&chunk.ids[static_cast<unsigned>(std::countr_zero(mask))], __ATOMIC_ACQUIRE);
                if (id == 0) continue;  // a tag that does not stand yet
                node& entry = t.nodes[id];
                if (read(entry, found) && same(found.key)) [[likely]] {
                    if (__atomic_load_n(&entry.used, __ATOMIC_RELAXED) == 0) __atomic_store_n(&entry.used, 1U, __ATOMIC_RELAXED);
                    return id;
                }
            }
            if (static_cast<std::uint8_t>(second >> 32U) == 0) [[likely]] return 0;
            if (++at == t.chunk_count) at = 0;
        }
        return 0;
    }

    void store(std::uint32_t hash, typename Key::snapshot& snapshot, token const& result) {
        held guard(lock_);
        payload_space space;
        payload& content = space.content;
        if (table_ != nullptr) {
            std::uint32_t const id =
                find(*table_, hash, content, [&](typename Key::stored const& key) { return Key::equal_snapshot(key, snapshot); });
            if (id != 0) return;
        }
        if (table_ == nullptr || (size_ == table_->capacity && size_ < limit_.most)) grow();
        std::memset(static_cast<void*>(&content), 0, sizeof(content));
        Key::take(content.key, snapshot);
        ::new (static_cast<void*>(&content.value)) stored_result(Result::put(result));
        std::uint32_t id = 0;
        if (size_ < limit_.most) {
            id = ++size_;
        } else {
            id = victim();
            erase(id);
        }
        node& entry = table_->nodes[id];
        entry.hash = hash;
        __atomic_store_n(&entry.used, 0U, __ATOMIC_RELAXED);  // a first hit earns the second chance
        write(entry, content);
        insert(*table_, id, hash);
    }

    [[nodiscard]] std::uint32_t victim() noexcept {
        for (;;) {
            hand_ = hand_ == size_ ? 1 : hand_ + 1;
            std::uint32_t& used = table_->nodes[hand_].used;
            if (__atomic_load_n(&used, __ATOMIC_RELAXED) == 0) return hand_;
            __atomic_store_n(&used, 0U, __ATOMIC_RELAXED);
        }
    }

    static void insert(table& t, std::uint32_t id, std::uint32_t hash) noexcept {
        std::uint32_t at = home_of(t, hash);
        for (;;) {
            concurrent_chunk& chunk = t.chunks[at];
            std::uint64_t const free0 = ~chunk.words[0] & concurrent_chunk::tops;
            std::uint64_t const free1 = ~chunk.words[1] & concurrent_chunk::low_four;
            if ((free0 | free1) != 0) [[likely]] {
                auto const place = static_cast<unsigned>(free0 != 0 ? std::countr_zero(free0) / 8 : 8 + std::countr_zero(free1) / 8);
                __atomic_store_n(&chunk.ids[place], id, __ATOMIC_RELEASE);
                chunk.set_byte(place, tag_of(hash));
                t.nodes[id].slot = at * 16 + place;
                return;
            }
            if (chunk.overflow() != 255) chunk.set_overflow(static_cast<std::uint8_t>(chunk.overflow() + 1));
            if (++at == t.chunk_count) at = 0;
        }
    }

    void erase(std::uint32_t id) noexcept {
        node const& entry = table_->nodes[id];
        std::uint32_t const at = entry.slot / 16;
        table_->chunks[at].set_byte(entry.slot % 16, 0);
        for (std::uint32_t passed = home_of(*table_, entry.hash); passed != at;) {
            concurrent_chunk& chunk = table_->chunks[passed];
            if (chunk.overflow() != 255) chunk.set_overflow(static_cast<std::uint8_t>(chunk.overflow() - 1));
            if (++passed == table_->chunk_count) passed = 0;
        }
    }

    AMPHIS_COLD void grow() {
        std::uint32_t const old = table_ == nullptr ? 0 : table_->capacity;
        std::uint32_t const doubled = old == 0 ? 64 : old * 2;
        std::uint32_t const capacity = doubled < limit_.most ? doubled : limit_.most;
        if (doubled > 0x3FFFFFFFU) throw std::bad_alloc();  // a slot is a 32-bit number
        std::uint32_t const count = capacity / (capacity <= 1024 ? 4 : 6) + 1;
        // One block: the header, the chunks, the nodes.
        static_assert(sizeof(table) <= sizeof(concurrent_chunk));
        std::size_t const bytes = (static_cast<std::size_t>(count) + 1) * sizeof(concurrent_chunk) + (static_cast<std::size_t>(capacity) + 1) * sizeof(node);
        auto* const memory = static_cast<char*>(::operator new(bytes, std::align_val_t(alignof(concurrent_chunk))));
        std::memset(memory, 0, bytes);
        auto* const chunks = reinterpret_cast<concurrent_chunk*>(memory + sizeof(concurrent_chunk));
        auto* const nodes = reinterpret_cast<node*>(memory + (static_cast<std::size_t>(count) + 1) * sizeof(concurrent_chunk));
        auto* const bigger = ::new (static_cast<void*>(memory)) table{table_, capacity, count, chunks, nodes};
        for (std::uint32_t id = 1; id <= size_; ++id) {
            std::memcpy(static_cast<void*>(nodes[id].words), table_->nodes[id].words, sizeof(nodes[id].words));
            nodes[id].used = __atomic_load_n(&table_->nodes[id].used, __ATOMIC_RELAXED);
            nodes[id].hash = table_->nodes[id].hash;
            insert(*bigger, id, nodes[id].hash);
        }
        __atomic_store_n(&table_, bigger, __ATOMIC_RELEASE);
    }

    AMPHIS_NO_UNIQUE_ADDRESS Limit limit_;
    table* table_ = nullptr;
    alignas(64) striped_counter hits_;
    striped_counter misses_;
    alignas(64) Lock lock_;
    std::uint32_t hand_ = 0;
    std::uint32_t size_ = 0;
    std::uint64_t base_hits_ = 0;
    std::uint64_t base_misses_ = 0;
};

// ---- everything else ---------------------------------------------------------------------------------------------------------------------

template <class Key, class Result, class Limit, class Lock>
class sharded_engine {
    static constexpr std::uint32_t most_shards = 16;
    using shard_type = lru_engine<Key, Result, chosen_limit, Lock>;
    // g++ 12.2 at -O2 else takes the other shards of a small limit for accesses out of bounds (-Warray-bounds).
    // And comparisons that come back would take one shard's lock under another's, in any order.
    static constexpr bool always_one = Key::calls_back || (!std::is_same_v<Limit, chosen_limit> && Limit{}.most < 64 * most_shards);
    struct alignas(64) shard : shard_type {
        using shard_type::shard_type;
    };

public:
    using token = typename Result::token;

    // A cache too small to be shared out fairly is one shard.
    explicit sharded_engine(Limit limit) : limit_(limit), count_(always_one || limit.most < 64 * most_shards ? 1 : most_shards) {
        shards_ = static_cast<shard*>(::operator new(count_ * sizeof(shard), std::align_val_t(alignof(shard))));
        for (std::uint32_t i = 0; i != count_; ++i) {
            ::new (static_cast<void*>(shards_ + i)) shard(chosen_limit{limit.unbounded, limit.unbounded ? limit.most : share(limit.most, i)});
        }
    }
    sharded_engine(sharded_engine&& other) noexcept
        : limit_(other.limit_), count_(std::exchange(other.count_, 0)), shards_(std::exchange(other.shards_, nullptr)) {}
    sharded_engine& operator=(sharded_engine const&) = delete;
    ~sharded_engine() {
        clear();  // while all of them stand: a destructor may come back, to another one
        for (std::uint32_t i = 0; i != count_; ++i) shards_[i].~shard();
        ::operator delete(static_cast<void*>(shards_), std::align_val_t(alignof(shard)));
    }

    [[nodiscard]] Limit const& limit() const noexcept { return limit_; }

    template <class Give, class Call, class... L>
    [[nodiscard]] typename Give::type get(Call& call, L const&... look_up) {
        if constexpr (always_one) {
            if (count_ == 0) return Give::computed(call, [](token const&) {});  // moved from
            return shards_[0].template get<Give>(call, look_up...);
        } else {
            if (count_ == 1) return shards_[0].template get<Give>(call, look_up...);
            if (count_ == 0) return Give::computed(call, [](token const&) {});  // moved from
            std::uint32_t const hash = Key::hash(look_up...);
            // Bits between those that choose the chunk and those of the tag.
            return shards_[hash >> 8U & (most_shards - 1)].template get_hashed<Give>(hash, call, look_up...);
        }
    }

    [[nodiscard]] lru_counts counts() {
        lru_counts all;
        for (std::uint32_t i = 0; i != count_; ++i) {
            lru_counts const one = shards_[i].counts();
            all.hits += one.hits;
            all.misses += one.misses;
            all.entries += one.entries;
        }
        return all;
    }

    void clear() {
        for (std::uint32_t i = 0; i != count_; ++i) shards_[i].clear();
    }

private:
    [[nodiscard]] std::uint32_t share(std::uint32_t most, std::uint32_t i) const noexcept {
        return most / count_ + static_cast<std::uint32_t>(i < most % count_);
    }

    AMPHIS_NO_UNIQUE_ADDRESS Limit limit_;
    std::uint32_t count_;
    shard* shards_ = nullptr;
};

}  // namespace amphis::inline v0::detail

#endif  // AMPHIS_FUNCTOOLS_LRU_CACHE_CONCURRENT_HPP
