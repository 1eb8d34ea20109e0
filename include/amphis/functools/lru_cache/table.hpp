// SPDX-License-Identifier: MIT
// lru_cache/table: an index of 12-entry chunks over a slab of nodes that carry the recency list.
//
// A chunk is one cache line: 12 tag bytes compared at once, 12 node numbers, and a count of the entries that found it full and went on
// to the next chunk. The count lets an erase leave no tombstone, so a cache that is always full never has to rehash (design after F14;
// with tombstones a miss on 1,000,000 entries took 374 ns instead of 72). A node knows its slot, so that an eviction needs no look-up.
#ifndef AMPHIS_FUNCTOOLS_LRU_CACHE_TABLE_HPP
#define AMPHIS_FUNCTOOLS_LRU_CACHE_TABLE_HPP

#include <amphis/config.hpp>
#include <amphis/detail/hash.hpp>
#include <amphis/functools/lru_cache/key.hpp>

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <new>
#include <type_traits>
#include <utility>

namespace amphis::inline v0::detail {

struct alignas(64) lru_chunk {
    static constexpr unsigned slots = 12;
    static constexpr std::uint32_t all = 0xFFF;

    std::uint8_t tags[slots]{};  // 0: free; else 0x80 and seven bits of the hash
    std::uint8_t overflow = 0;   // entries that wanted this chunk and live in a later one; 127 stays 127
    std::uint8_t unused[3]{};
    std::uint32_t ids[slots]{};

#if defined(__SSE2__) && defined(__GNUC__)
    // The compiler's own vectors: <emmintrin.h> would cost a quarter of <vector> to include.
    using vector = char __attribute__((vector_size(16)));
    [[nodiscard]] vector load() const noexcept {
        vector v;
        std::memcpy(&v, tags, sizeof(v));
        return v;
    }
    [[nodiscard]] std::uint32_t matches(std::uint32_t tag) const noexcept {
        using words = std::uint32_t __attribute__((vector_size(16)));
        std::uint32_t const four = tag * 0x01010101U;
        words const wanted{four, four, four, four};
        vector const same = reinterpret_cast<vector>(load() == reinterpret_cast<vector const&>(wanted));
        return static_cast<std::uint32_t>(__builtin_ia32_pmovmskb128(same));
    }
    [[nodiscard]] std::uint32_t free() const noexcept { return ~static_cast<std::uint32_t>(__builtin_ia32_pmovmskb128(load())) & all; }
#else
    [[nodiscard]] std::uint32_t matches(std::uint32_t tag) const noexcept {
        std::uint32_t mask = 0;
        for (unsigned i = 0; i != slots; ++i) mask |= static_cast<std::uint32_t>(tags[i] == tag) << i;
        return mask;
    }
    [[nodiscard]] std::uint32_t free() const noexcept {
        std::uint32_t mask = 0;
        for (unsigned i = 0; i != slots; ++i) mask |= static_cast<std::uint32_t>(tags[i] == 0) << i;
        return mask;
    }
#endif
};

/// What an empty table looks at instead of testing whether it is empty. Never written.
inline constinit lru_chunk lru_nothing{};

struct no_member {};

struct lru_links {
    std::uint32_t previous;
    std::uint32_t slot;  // chunk * 32 + place in it, + 16 where the chunk is not the one that the hash names
    std::uint32_t next;  // not beside `previous`: g++ would join the two in a vector register to store them
};

/// Entries of (stored key, value), found by key, ordered by recency where `Ordered`. Ids are 1 to size(); 0 is none.
/// The list is a ring without a head: the oldest stands before the newest, so that replacing the oldest turns the ring and links nothing.
/// Neither keys nor values are destroyed here: the owner takes them out first, so that a destructor may come back to the cache.
template <class Key, class Value, bool Ordered>
class lru_table {
    static constexpr bool keeps_hash = !Key::rehashes;

public:
    struct node {
        AMPHIS_NO_UNIQUE_ADDRESS std::conditional_t<Ordered, lru_links, no_member> links;
        AMPHIS_NO_UNIQUE_ADDRESS std::conditional_t<keeps_hash, std::uint32_t, no_member> hash;
        typename Key::stored key;
        Value value;
    };

    lru_table() noexcept = default;
    lru_table(lru_table const&) = delete;
    lru_table& operator=(lru_table const&) = delete;
    lru_table(lru_table&& other) noexcept { swap(other); }
    ~lru_table() { free_memory(); }

    void swap(lru_table& other) noexcept {
        std::swap(nodes_, other.nodes_);
        std::swap(chunks_, other.chunks_);
        std::swap(chunk_count_, other.chunk_count_);
        std::swap(size_, other.size_);
        std::swap(capacity_, other.capacity_);
        std::swap(newest_, other.newest_);
        std::swap(oldest_, other.oldest_);
    }

    [[nodiscard]] std::uint32_t size() const noexcept { return size_; }
    [[nodiscard]] std::uint32_t capacity() const noexcept { return capacity_; }
    [[nodiscard]] node& operator[](std::uint32_t id) noexcept { return nodes_[id]; }
    [[nodiscard]] std::uint32_t oldest() const noexcept { return oldest_; }

    /// The entry with this hash for whose key `same(key)` holds; 0 if there is none. Throws what `same` throws.
    template <class Same>
    [[nodiscard]] std::uint32_t find(std::uint32_t hash, Same const& same) const {
        std::uint32_t const tag = tag_of(hash);
        for (lru_chunk const* chunk = chunks_ + home_of(hash);;) {
            for (std::uint32_t mask = chunk->matches(tag); mask != 0; mask &= mask - 1) {
                std::uint32_t const id = chunk->ids[static_cast<std::uint32_t>(std::countr_zero(mask))];
                if (same(nodes_[id].key)) [[likely]] {
                    if (id == 0) __builtin_unreachable();
                    return id;
                }
            }
            if (chunk->overflow == 0) [[likely]] return 0;
            if (++chunk == chunks_ + chunk_count_) chunk = chunks_;
        }
    }

    /// Room for one more entry, `most` at the most. Throws bad_alloc and changes nothing.
    void reserve_one(std::uint32_t most) {
        if (size_ == capacity_) [[unlikely]] grow(most);
    }

    /// A new entry, most recent; its key and value are zero bytes, for the caller to fill. Needs reserve_one() first.
    [[nodiscard]] std::uint32_t add(std::uint32_t hash) noexcept {
        std::uint32_t const id = ++size_;
        node& entry = nodes_[id];
        std::memset(static_cast<void*>(&entry.key), 0, sizeof(entry.key));
        std::memset(static_cast<void*>(&entry.value), 0, sizeof(entry.value));
        if constexpr (Ordered) {
            if (id == 1) {
                entry.links.previous = entry.links.next = id;
                oldest_ = id;
            } else {
                link_before_newest(id);
            }
            newest_ = id;
        }
        insert(id, hash);
        return id;
    }

    /// The oldest entry moves in the index to where `hash` belongs and becomes the most recent. To be called while its old key stands.
    void rename_oldest(std::uint32_t hash) noexcept {
        std::uint32_t const id = oldest();
        oldest_ = nodes_[id].links.previous;
        newest_ = id;
        erase(id);
        insert(id, hash);
    }

    /// The entry `id` becomes the most recent.
    void touch(std::uint32_t id) noexcept {
        if constexpr (Ordered) {
            if (id == newest_) return;
            std::uint32_t const previous = nodes_[id].links.previous;
            if (id == oldest_) {
                oldest_ = previous;
            } else {
                std::uint32_t const next = nodes_[id].links.next;
                nodes_[previous].links.next = next;
                nodes_[next].links.previous = previous;
                nodes_[id].links.previous = oldest_;
                nodes_[id].links.next = newest_;
                nodes_[oldest_].links.next = id;
                nodes_[newest_].links.previous = id;
            }
            newest_ = id;
        }
    }

private:
    static constexpr std::uint32_t tag_of(std::uint32_t hash) noexcept { return (hash & 0x7FU) | 0x80U; }
    [[nodiscard]] std::uint32_t home_of(std::uint32_t hash) const noexcept {
        return static_cast<std::uint32_t>(static_cast<std::uint64_t>(hash) * chunk_count_ >> 32U);
    }
    [[nodiscard]] std::uint32_t hash_of_entry(std::uint32_t id) const noexcept {
        if constexpr (keeps_hash) {
            return nodes_[id].hash;
        } else {
            return Key::hash_stored(nodes_[id].key);
        }
    }

    void link_before_newest(std::uint32_t id) noexcept {
        lru_links& newest = nodes_[newest_].links;
        lru_links& links = nodes_[id].links;
        std::uint32_t const oldest = newest.previous;
        links.previous = oldest;
        links.next = newest_;
        nodes_[oldest].links.next = id;
        newest.previous = id;
    }

    void insert(std::uint32_t id, std::uint32_t hash) noexcept {
        auto* const links = &nodes_[id].links;  // read before the bytes of a chunk are written: they alias everything
        std::uint32_t at = home_of(hash);
        lru_chunk* chunk = chunks_ + at;
        std::uint32_t free = chunk->free();
        std::uint32_t displaced = 0;
        while (free == 0) [[unlikely]] {
            displaced = 16;
            if (chunk->overflow != 127) ++chunk->overflow;
            if (++at == chunk_count_) at = 0;
            chunk = chunks_ + at;
            free = chunk->free();
        }
        auto const slot = static_cast<std::uint32_t>(std::countr_zero(free));
        if constexpr (Ordered) links->slot = at * 32 + displaced + slot;
        if constexpr (keeps_hash) nodes_[id].hash = hash;
        chunk->ids[slot] = id;
        chunk->tags[slot] = static_cast<std::uint8_t>(tag_of(hash));
    }

    void erase(std::uint32_t id) noexcept {
        std::uint32_t const slot = nodes_[id].links.slot;
        std::uint32_t const at = slot / 32;
        chunks_[at].tags[slot % 16] = 0;
        if ((slot & 16U) == 0) [[likely]] return;
        for (std::uint32_t passed = home_of(hash_of_entry(id)); passed != at;) {
            if (chunks_[passed].overflow != 127) --chunks_[passed].overflow;
            if (++passed == chunk_count_) passed = 0;
        }
    }

    static node* allocate_nodes(std::uint32_t capacity) {
        std::size_t const bytes = (static_cast<std::size_t>(capacity) + 1) * sizeof(node);  // ids start at 1
        if constexpr (alignof(node) > __STDCPP_DEFAULT_NEW_ALIGNMENT__) {
            return static_cast<node*>(::operator new(bytes, std::align_val_t(alignof(node))));
        } else {
            return static_cast<node*>(::operator new(bytes));
        }
    }
    static void free_nodes(node* nodes) noexcept {
        if constexpr (alignof(node) > __STDCPP_DEFAULT_NEW_ALIGNMENT__) {
            ::operator delete(static_cast<void*>(nodes), std::align_val_t(alignof(node)));
        } else {
            ::operator delete(static_cast<void*>(nodes));
        }
    }
    static void free_chunks(lru_chunk* chunks) noexcept {
        if (chunks != &lru_nothing) ::operator delete(static_cast<void*>(chunks), std::align_val_t(alignof(lru_chunk)));
    }

    AMPHIS_COLD void grow(std::uint32_t most) {
        std::uint32_t const doubled = capacity_ < 8 ? 16 : capacity_ * 2;
        std::uint32_t const capacity = doubled < most ? doubled : most;
        if (doubled > 0x3FFFFFFFU) throw std::bad_alloc();  // a slot is a 32-bit number
        // Chunks that overflow and tags that are equal by chance cost mispredicted branches. At 128 entries, eight, six, four entries a
        // chunk of twelve take 10.2, 8.3, 7.8 ns a call (zipf); a large index pays 8, 11, 16 bytes an entry for it.
        std::uint32_t const count = capacity / (capacity <= 1024 ? 4 : 6) + 1;
        node* const nodes = allocate_nodes(capacity);
        lru_chunk* chunks = nullptr;
        try {
            chunks = static_cast<lru_chunk*>(::operator new(count * sizeof(lru_chunk), std::align_val_t(alignof(lru_chunk))));
        } catch (...) {
            free_nodes(nodes);
            throw;
        }
        std::memset(static_cast<void*>(chunks), 0, count * sizeof(lru_chunk));
        if (nodes_ != nullptr) {  // whatever a node holds, its bytes are its value: see StoredInline and stored_text
            std::memcpy(static_cast<void*>(nodes), static_cast<void const*>(nodes_), (static_cast<std::size_t>(size_) + 1) * sizeof(node));
        }
        free_memory();
        nodes_ = nodes;
        chunks_ = chunks;
        chunk_count_ = count;
        capacity_ = capacity;
        for (std::uint32_t id = 1; id <= size_; ++id) insert(id, hash_of_entry(id));
    }

    void free_memory() noexcept {
        free_nodes(nodes_);
        free_chunks(chunks_);
    }

    node* nodes_ = nullptr;
    lru_chunk* chunks_ = &lru_nothing;
    std::uint32_t chunk_count_ = 1;
    std::uint32_t newest_ = 0;
    std::uint32_t size_ = 0;
    std::uint32_t oldest_ = 0;
    std::uint32_t capacity_ = 0;
};

}  // namespace amphis::inline v0::detail

#endif  // AMPHIS_FUNCTOOLS_LRU_CACHE_TABLE_HPP
