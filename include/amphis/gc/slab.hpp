// SPDX-License-Identifier: MIT
// gc/slab: where objects live. Slabs of 64 KiB with slots of one size, 32 to an arena of 2 MiB; what is larger has a slab of its own.
#ifndef AMPHIS_GC_SLAB_HPP
#define AMPHIS_GC_SLAB_HPP

#include <amphis/config.hpp>
#include <amphis/gc/poison.hpp>
#include <amphis/gc/type.hpp>

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <new>

#if defined(__linux__)
#include <sys/mman.h>
#endif

namespace amphis::inline v0::detail::gc {

/// From its second arena on, a heap takes a page of 2 MiB for one: fewer faults, fewer misses.
inline void use_large_page([[maybe_unused]] void* memory, [[maybe_unused]] std::size_t size) noexcept {
#if defined(__linux__) && defined(MADV_HUGEPAGE)
    ::madvise(memory, size, MADV_HUGEPAGE);
#endif
}

struct heap;
struct arena;

inline constexpr std::size_t slab_bytes = 1U << 16U;
inline constexpr std::size_t arena_bytes = 1U << 21U;
inline constexpr std::size_t slabs_of_arena = arena_bytes / slab_bytes;

/// What stands before the slots of a slab.
struct slab {
    // What a collection reads, in one line.
    heap* owner;
    std::uint16_t* counts;     // pointers counted so far to each object, or `marked`; elsewhere, so that they lie close together
    std::uint16_t* numbered;   // counts - how many slots there would be before the first: by number() of an object
    std::uint64_t reciprocal;  // of stride: ceil(2**32 / stride); 0 where there is one slot
    char* objects;             // the object of the first slot
    std::uint32_t stride;
    std::uint32_t index;  // in the heap's table
    std::uint32_t fresh;  // slots from here on were never used
    void* free;           // the first free slot, linked through their objects
    std::uint32_t used;
    std::uint32_t capacity;

    std::uint32_t size_class;
    std::uint32_t candidates;
    bool has_room;  // among the slabs of its class with room
    bool listed;    // among the slabs with candidates
    bool emptied;   // among those that became empty while objects were looked at
    slab* next;     // with room
    slab* previous;
    slab* next_listed;
    slab* next_emptied;
    arena* home;  // null for a slab of one large object
    void* memory;

    /// A bit for each slot whose object is a candidate.
    [[nodiscard]] std::uint64_t* bits() const noexcept { return reinterpret_cast<std::uint64_t*>(counts + (capacity + 3) / 4 * 4); }
    [[nodiscard]] std::uint32_t slot_of(void const* object) const noexcept {
        auto const offset = static_cast<std::uint64_t>(static_cast<char const*>(object) - objects);
        return static_cast<std::uint32_t>((offset * reciprocal) >> 32U);
    }
    [[nodiscard]] void* object_at(std::uint32_t slot) const noexcept { return objects + static_cast<std::size_t>(slot) * stride; }
    /// Of an address where an object begins: the offset of an object over the stride is the number of its slot and a constant.
    [[nodiscard]] std::uint16_t& count_of(void const* object) const noexcept {
        return numbered[((reinterpret_cast<std::uintptr_t>(object) & (slab_bytes - 1)) * reciprocal) >> 32U];
    }
};

/// Slabs begin at multiples of 64 KiB, and were their heads there, all would fall on the same few lines of a cache: the search among 10**6
/// objects in random order 40 -> 25 ms.
inline std::size_t head_offset(std::uintptr_t address) noexcept { return (address >> 11U) & (31U * 64); }
inline slab* slab_of(void const* object) noexcept {
    auto const address = reinterpret_cast<std::uintptr_t>(object);
    return reinterpret_cast<slab*>((address & ~static_cast<std::uintptr_t>(slab_bytes - 1)) | head_offset(address));
}
inline char* slab_memory(void const* object) noexcept {
    return reinterpret_cast<char*>(reinterpret_cast<std::uintptr_t>(object) & ~static_cast<std::uintptr_t>(slab_bytes - 1));
}

/// The counter of an object that is reached from outside.
inline constexpr std::uint16_t marked = 0xffff;

struct arena {
    void* memory;
    arena* next;
    arena* previous;
    std::uint32_t free_slabs;  // a bit each
    bool idle;                 // it was empty when all objects were looked at, and since
};
/// So many empty ones a heap keeps, as the C library's: to fault memory in again, page by page, took 90 of the 115 ns of making an object.
inline constexpr std::size_t most_empty_arenas = 32;
inline constexpr std::uint32_t all_free = 0xffffffff;
static_assert(slabs_of_arena == 32);

// ---- size classes ----------------------------------------------------------------------------------------------------
// Every 8 bytes up to 512 (a header and 32 bytes are 40, not 48), then eight to a doubling.

inline constexpr std::size_t largest_small = 512;
inline constexpr std::size_t largest_slot = 8192;
inline constexpr std::uint32_t small_classes = largest_small / 8 + 1;
inline constexpr std::uint32_t size_classes = small_classes + 4 * 8;
inline constexpr std::uint32_t no_class = size_classes;

/// The class of slots of at least `bytes`, header included.
constexpr std::uint32_t class_of(std::size_t bytes) noexcept {
    if (bytes <= largest_small) return static_cast<std::uint32_t>((bytes + 7) / 8);
    if (bytes > largest_slot) return no_class;
    std::uint32_t doubling = 0;
    std::size_t low = largest_small;
    while (bytes > 2 * low) {
        low *= 2;
        ++doubling;
    }
    return small_classes + doubling * 8 + static_cast<std::uint32_t>((bytes - low - 1) / (low / 8));
}
constexpr std::size_t slot_bytes_of(std::uint32_t size_class) noexcept {
    if (size_class < small_classes) return size_class * std::size_t{8};
    std::size_t const low = largest_small << ((size_class - small_classes) / 8);
    return low + ((size_class - small_classes) % 8 + 1) * (low / 8);
}
static_assert(class_of(16) == 2 && slot_bytes_of(class_of(513)) == 576 && slot_bytes_of(class_of(1024)) == 1024 && slot_bytes_of(class_of(8192)) == 8192);
static_assert(class_of(8192) + 1 == no_class);

/// Of an object of `size` bytes at addresses that are multiples of `alignment`; no_class where it gets a slab of its own.
constexpr std::uint32_t class_of(std::size_t size, std::size_t alignment) noexcept {
    if (alignment > 16) return no_class;
    std::size_t bytes = size + sizeof(header);
    if (bytes < 16) bytes = 16;
    if (alignment == 16) bytes = (bytes + 15) & ~std::size_t{15};
    return class_of(bytes);
}

}  // namespace amphis::inline v0::detail::gc

#endif  // AMPHIS_GC_SLAB_HPP
