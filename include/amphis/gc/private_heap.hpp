// SPDX-License-Identifier: MIT
// gc/private_heap: small blocks of memory by size class, as CPython's pymalloc; for containers, and by itself.
// Python: docs.python.org/3/c-api/memory.html#the-pymalloc-allocator
//
//     gc::private_heap heap;
//     void* block = heap.allocate(100);                           // 112 bytes: the next multiple of 16
//     heap.deallocate(block, 100);
//     std::vector<int, gc::allocator<int>> numbers(heap);         // a standard container in it
#ifndef AMPHIS_GC_PRIVATE_HEAP_HPP
#define AMPHIS_GC_PRIVATE_HEAP_HPP

#include <amphis/config.hpp>
#include <amphis/gc/poison.hpp>

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <new>
#include <type_traits>

namespace amphis::inline v0 {
namespace gc {

/// Memory in blocks of 16 to 512 bytes: pools of 16 KiB with blocks of one size, 64 of them to an arena of 1 MiB. What is larger comes from
/// operator new, as CPython gives it to malloc.
///
/// A pool is taken from the arena with the fewest free ones, so that the others empty; an empty one goes back to the system, but for one.
///
/// Raises    std::bad_alloc, from allocate().
/// Costs     9 instructions to allocate and 12 to deallocate, where no pool fills or empties.
/// Threads   one at a time.
/// Differs   from CPython: deallocate() is told the size, as allocators of C++ are.
/// Source    CPython, Objects/obmalloc.c
class private_heap {
public:
    static constexpr std::size_t alignment = 16;
    static constexpr std::size_t largest_block = 512;
    static constexpr std::size_t pool_bytes = std::size_t{1} << 14U;
    static constexpr std::size_t arena_bytes = std::size_t{1} << 20U;
    static constexpr std::size_t size_classes = largest_block / alignment;

    /// What sys._debugmallocstats() counts.
    struct class_stats {
        std::size_t block_bytes = 0;
        std::size_t pools = 0;
        std::size_t blocks_in_use = 0;
        std::size_t blocks_free = 0;
    };
    struct stats {
        class_stats classes[size_classes];
        std::size_t arenas_made = 0;
        std::size_t arenas_given_back = 0;
        std::size_t arenas = 0;
        std::size_t most_arenas = 0;
        std::size_t free_pools = 0;
    };

    private_heap() noexcept = default;
    private_heap(private_heap const&) = delete;
    private_heap& operator=(private_heap const&) = delete;
    /// All its memory goes, whoever uses it.
    ~private_heap() {
        for (arena*& list : by_free_) {
            while (list != nullptr) {
                arena* const a = list;
                list = a->next;
                free_arena(a);
            }
        }
    }

    [[nodiscard]] void* allocate(std::size_t bytes) {
        if (bytes - 1 >= largest_block) [[unlikely]] return allocate_otherwise(bytes);
        std::size_t const size_class = (bytes - 1) / alignment;
        pool* const p = partial_[size_class];
        if (p == nullptr) [[unlikely]] return allocate_from_new_pool(size_class);
        void* const block = p->free;
        detail::gc::unpoison(block, (size_class + 1) * alignment);
        ++p->used;
        p->free = *static_cast<void**>(block);
        if (p->free == nullptr) [[unlikely]] used_up(p);
        return block;
    }

    /// `bytes` as allocate() was told.
    void deallocate(void* block, std::size_t bytes) noexcept {
        if (bytes - 1 >= largest_block) [[unlikely]] return deallocate_otherwise(block, bytes);
        auto* const p = reinterpret_cast<pool*>(reinterpret_cast<std::uintptr_t>(block) & ~std::uintptr_t{pool_bytes - 1});
        void* const before = p->free;
        *static_cast<void**>(block) = before;
        p->free = block;
        detail::gc::poison(block, (p->size_class + std::size_t{1}) * alignment);
        --p->used;
        if (before == nullptr || p->used == 0) [[unlikely]] filled_or_emptied(p, before == nullptr);
    }

    /// Walks all pools.
    [[nodiscard]] stats get_stats() const noexcept {
        stats s;
        s.arenas_made = made_;
        s.arenas = arenas_;
        s.arenas_given_back = made_ - arenas_;
        s.most_arenas = most_;
        for (std::size_t i = 0; i != size_classes; ++i) s.classes[i].block_bytes = (i + 1) * alignment;
        for (std::size_t n = 0; n <= pools_of_arena; ++n) {
            for (arena const* a = by_free_[n]; a != nullptr; a = a->next) {
                s.free_pools += n;
                for (std::size_t i = 0; i != a->fresh; ++i) {
                    auto const* const p = reinterpret_cast<pool const*>(a->memory + i * pool_bytes);
                    if (p->used == 0) continue;
                    class_stats& c = s.classes[p->size_class];
                    ++c.pools;
                    c.blocks_in_use += p->used;
                    c.blocks_free += capacity_of(p->size_class) - p->used;
                }
            }
        }
        return s;
    }

private:
    static constexpr std::size_t pools_of_arena = arena_bytes / pool_bytes;

    struct arena;
    struct pool {
        void* free;          // linked through the blocks
        std::uint32_t used;
        std::uint32_t size_class;
        std::uint32_t fresh;  // the offset of the first block that was never used
        pool* next;           // of its class, with free blocks; of the free pools of its arena
        pool* previous;
        arena* home;
    };
    static constexpr std::size_t first_block = (sizeof(pool) + alignment - 1) / alignment * alignment;

    struct arena {
        char* memory;
        pool* free_pools;
        std::uint32_t free;   // pools
        std::uint32_t fresh;  // pools from here on were never used
        arena* next;          // with as many free pools
        arena* previous;
    };

    static constexpr std::size_t capacity_of(std::size_t size_class) noexcept { return (pool_bytes - first_block) / ((size_class + 1) * alignment); }

    AMPHIS_NOINLINE static void* allocate_otherwise(std::size_t bytes) { return ::operator new(bytes); }
    AMPHIS_NOINLINE static void deallocate_otherwise(void* block, std::size_t) noexcept { ::operator delete(block); }

    /// The last free block of a pool was given out: the next one that was never used, or the pool is full.
    AMPHIS_NOINLINE void used_up(pool* p) noexcept {
        std::size_t const block_bytes = (p->size_class + std::size_t{1}) * alignment;
        if (p->fresh + block_bytes <= pool_bytes) {
            char* const block = reinterpret_cast<char*>(p) + p->fresh;
            p->fresh += static_cast<std::uint32_t>(block_bytes);
            detail::gc::unpoison(block, block_bytes);
            *reinterpret_cast<void**>(block) = nullptr;
            detail::gc::poison(block, block_bytes);
            p->free = block;
            return;
        }
        unlink(p);
    }

    AMPHIS_NOINLINE void* allocate_from_new_pool(std::size_t size_class) {
        arena* a = nullptr;
        for (std::size_t n = 1; n <= pools_of_arena && a == nullptr; ++n) a = by_free_[n];
        if (a == nullptr) a = new_arena();
        detach(a);
        --a->free;
        attach(a);
        pool* p = a->free_pools;
        if (p != nullptr) {
            detail::gc::unpoison(p, first_block);
            a->free_pools = p->next;
        } else {
            p = reinterpret_cast<pool*>(a->memory + a->fresh++ * pool_bytes);
            detail::gc::unpoison(p, first_block);
        }
        std::size_t const block_bytes = (size_class + 1) * alignment;
        *p = pool{nullptr, 1, static_cast<std::uint32_t>(size_class), static_cast<std::uint32_t>(first_block + block_bytes), nullptr, nullptr, a};
        void* const block = reinterpret_cast<char*>(p) + first_block;
        detail::gc::unpoison(block, block_bytes);
        link(p);
        used_up(p);
        return block;
    }

    AMPHIS_NOINLINE void filled_or_emptied(pool* p, bool was_full) noexcept {
        if (was_full) link(p);
        if (p->used != 0) return;
        unlink(p);
        arena* const a = p->home;
        p->next = a->free_pools;
        a->free_pools = p;
        detach(a);
        ++a->free;
        if (a->free == pools_of_arena && by_free_[pools_of_arena] != nullptr) {
            free_arena(a);
        } else {
            attach(a);
        }
    }

    void link(pool* p) noexcept {
        p->previous = nullptr;
        p->next = partial_[p->size_class];
        if (p->next != nullptr) p->next->previous = p;
        partial_[p->size_class] = p;
    }
    void unlink(pool* p) noexcept {
        if (p->previous != nullptr) {
            p->previous->next = p->next;
        } else {
            partial_[p->size_class] = p->next;
        }
        if (p->next != nullptr) p->next->previous = p->previous;
    }
    void attach(arena* a) noexcept {
        a->previous = nullptr;
        a->next = by_free_[a->free];
        if (a->next != nullptr) a->next->previous = a;
        by_free_[a->free] = a;
    }
    void detach(arena* a) noexcept {
        if (a->previous != nullptr) {
            a->previous->next = a->next;
        } else {
            by_free_[a->free] = a->next;
        }
        if (a->next != nullptr) a->next->previous = a->previous;
    }
    arena* new_arena() {
        auto* const a = new arena{nullptr, nullptr, static_cast<std::uint32_t>(pools_of_arena), 0, nullptr, nullptr};
        try {
            a->memory = static_cast<char*>(::operator new(arena_bytes, std::align_val_t(pool_bytes)));
        } catch (...) {
            delete a;
            throw;
        }
        detail::gc::poison(a->memory, arena_bytes);
        attach(a);
        ++made_;
        ++arenas_;
        if (arenas_ > most_) most_ = arenas_;
        return a;
    }
    void free_arena(arena* a) noexcept {
        detail::gc::unpoison(a->memory, arena_bytes);
        ::operator delete(a->memory, std::align_val_t(pool_bytes));
        delete a;
        --arenas_;
    }

    pool* partial_[size_classes] = {};
    arena* by_free_[pools_of_arena + 1] = {};
    std::size_t made_ = 0;
    std::size_t arenas_ = 0;
    std::size_t most_ = 0;
};

/// A standard allocator for objects in a private_heap, which must outlive the container.
///
///     std::map<int, int, std::less<>, gc::allocator<std::pair<int const, int>>> table(heap);
template <class T>
class allocator {
public:
    using value_type = T;
    using propagate_on_container_move_assignment = std::true_type;
    using propagate_on_container_swap = std::true_type;

    allocator(private_heap& heap) noexcept : heap_(&heap) {}  // NOLINT(google-explicit-constructor)
    template <class U>
    allocator(allocator<U> const& other) noexcept : heap_(&other.heap()) {}  // NOLINT(google-explicit-constructor)

    [[nodiscard]] T* allocate(std::size_t n) {
        if (n > static_cast<std::size_t>(-1) / 2 / sizeof(T)) throw std::bad_array_new_length();
        if constexpr (alignof(T) > private_heap::alignment) {
            return static_cast<T*>(::operator new(n * sizeof(T), std::align_val_t(alignof(T))));
        } else {
            return static_cast<T*>(heap_->allocate(n * sizeof(T)));
        }
    }
    void deallocate(T* block, std::size_t n) noexcept {
        if constexpr (alignof(T) > private_heap::alignment) {
            ::operator delete(block, std::align_val_t(alignof(T)));
        } else {
            heap_->deallocate(block, n * sizeof(T));
        }
    }
    [[nodiscard]] private_heap& heap() const noexcept { return *heap_; }
    template <class U>
    [[nodiscard]] friend bool operator==(allocator const& a, allocator<U> const& b) noexcept {
        return &a.heap() == &b.heap();
    }

private:
    private_heap* heap_;
};

}  // namespace gc

namespace sys {

/// How many blocks of a heap are in use. Python: sys.getallocatedblocks().
[[nodiscard]] inline std::size_t getallocatedblocks(gc::private_heap const& heap) noexcept {
    std::size_t n = 0;
    for (auto const& c : heap.get_stats().classes) n += c.blocks_in_use;
    return n;
}

/// Prints what a heap holds, as sys._debugmallocstats() does to stderr.
AMPHIS_COLD inline void _debugmallocstats(gc::private_heap const& heap, std::FILE* file = stderr) {
    gc::private_heap::stats const s = heap.get_stats();
    std::fputs("class   size   num pools   blocks in use  avail blocks\n-----   ----   ---------   -------------  ------------\n", file);
    std::size_t used = 0;
    for (std::size_t i = 0; i != gc::private_heap::size_classes; ++i) {
        gc::private_heap::class_stats const& c = s.classes[i];
        if (c.pools == 0) continue;
        std::fprintf(file, "%5zu %6zu %11zu %15zu %13zu\n", i, c.block_bytes, c.pools, c.blocks_in_use, c.blocks_free);
        used += c.blocks_in_use * c.block_bytes;
    }
    std::fprintf(file,
                 "\n# arenas allocated total           = %20zu\n# arenas reclaimed                 = %20zu\n# arenas highwater mark            = %20zu\n"
                 "# arenas allocated current         = %20zu\n# unused pools                     = %20zu\n# bytes in allocated blocks        = %20zu\n",
                 s.arenas_made, s.arenas_given_back, s.most_arenas, s.arenas, s.free_pools, used);
}

}  // namespace sys
}  // namespace amphis::inline v0

#endif  // AMPHIS_GC_PRIVATE_HEAP_HPP
