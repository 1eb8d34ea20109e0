// SPDX-License-Identifier: MIT
// gc/heap_stats: where the memory of a thread's objects is: by size class, free slots, arenas.
// Python: sys._debugmallocstats(), sys.getallocatedblocks()
//
//     sys::_debugmallocstats();                       // a table on stderr
//     gc::heap_stats s = gc::get_heap_stats();        // the same in numbers
//     s.bytes_available;                              // in free slots
#ifndef AMPHIS_GC_HEAP_STATS_HPP
#define AMPHIS_GC_HEAP_STATS_HPP

#include <amphis/config.hpp>
#include <amphis/gc/heap.hpp>
#include <amphis/gc/slab.hpp>
#include <amphis/gc/type.hpp>

#include <cstddef>
#include <cstdint>
#include <cstdio>

namespace amphis::inline v0 {
namespace gc {

/// What the objects of a thread take. Of the arenas, `bytes_in_use` + `bytes_available` + `unused_slabs` of 64 KiB + `bytes_of_heads` +
/// `bytes_left_over` are all. Sizes are in bytes; a slot is 8 bytes larger than its object, for the count.
struct heap_stats {
    struct size_class {
        std::size_t slot_bytes = 0;
        std::size_t slabs = 0;
        std::size_t slots_in_use = 0;
        std::size_t slots_free = 0;
    };
    static constexpr std::size_t arena_bytes = detail::gc::arena_bytes;
    static constexpr std::size_t slab_bytes = detail::gc::slab_bytes;
    static constexpr std::size_t size_classes = detail::gc::size_classes;

    size_class classes[size_classes];
    std::size_t arenas = 0;
    std::size_t unused_slabs = 0;
    std::size_t bytes_in_use = 0;
    std::size_t bytes_available = 0;
    std::size_t bytes_of_heads = 0;   // before the first slot of each slab
    std::size_t bytes_left_over = 0;  // behind the last
    std::size_t large_objects = 0;    // each in memory of its own
    std::size_t bytes_in_large_objects = 0;
    std::size_t bytes_of_counters = 0;  // beside the slabs, for the collector

    [[nodiscard]] std::size_t objects() const noexcept {
        std::size_t n = large_objects;
        for (size_class const& one : classes) n += one.slots_in_use;
        return n;
    }
};

}  // namespace gc
namespace detail::gc {

struct get_heap_stats_fn {
    [[nodiscard]] amphis::gc::heap_stats operator()() const noexcept {
        amphis::gc::heap_stats s;
        for (std::uint32_t i = 0; i != size_classes; ++i) s.classes[i].slot_bytes = slot_bytes_of(i);
        if (here == nullptr) return s;
        for (arena const* a = here->arenas; a != nullptr; a = a->next) {
            ++s.arenas;
            for (std::uint32_t left = a->free_slabs; left != 0; left &= left - 1) ++s.unused_slabs;
        }
        for (slab const* one : here->table) {
            if (one == nullptr) continue;
            s.bytes_of_counters += (one->capacity + std::size_t{3}) / 4 * 8 + (one->capacity + std::size_t{63}) / 64 * 8;
            if (one->home == nullptr) {
                s.large_objects += one->used;
                std::uint32_t const meta = header_of(one->objects)->meta;
                if (one->used != 0 && meta != 0) s.bytes_in_large_objects += type_at(meta).size;
                continue;
            }
            auto& of = s.classes[one->size_class];
            ++of.slabs;
            of.slots_in_use += one->used;
            of.slots_free += one->capacity - one->used;
            std::size_t const head = static_cast<std::size_t>(one->objects - static_cast<char const*>(one->memory)) - sizeof(header);
            std::size_t const slots = std::size_t{one->capacity} * one->stride;
            s.bytes_in_use += std::size_t{one->used} * one->stride;
            s.bytes_available += slots - std::size_t{one->used} * one->stride;
            s.bytes_of_heads += head;
            s.bytes_left_over += slab_bytes - head - slots;
        }
        return s;
    }
};

/// A line as CPython's: the number ends in column 57, with commas.
AMPHIS_COLD inline void print_number(std::FILE* file, char const* what, std::size_t number) {
    char digits[32];
    std::size_t at = sizeof(digits);
    digits[--at] = '\0';
    for (int n = 0; n == 0 || number != 0; ++n, number /= 10) {
        if (n != 0 && n % 3 == 0) digits[--at] = ',';
        digits[--at] = static_cast<char>('0' + number % 10);
    }
    std::fprintf(file, "%-35s=%21s\n", what, digits + at);
}

}  // namespace detail::gc
namespace gc {

/// Where the memory of this thread's objects is.
///
///     gc::heap_stats s = gc::get_heap_stats();
///     s.objects();                                    // those that are not tracked, too
///     s.bytes_available;                              // free, in slabs that are in use
///
/// Costs     a look at each slab, of 64 KiB, and at no object.
/// Threads   of the thread that asks.
inline constexpr detail::gc::get_heap_stats_fn get_heap_stats{};

}  // namespace gc
namespace sys {

/// How many objects gc::make() has made on this thread and not taken back. Python: sys.getallocatedblocks().
[[nodiscard]] inline std::size_t getallocatedblocks() noexcept { return gc::get_heap_stats().objects(); }

/// Prints where the memory of this thread's objects is, as sys._debugmallocstats() does to stderr.
///
///     sys::_debugmallocstats();
///
/// Differs   slabs are what CPython calls pools. How many arenas there were at most is not counted.
/// Source    Objects/obmalloc.c, _PyObject_DebugMallocStats (CPython 3.11)
AMPHIS_COLD inline void _debugmallocstats(std::FILE* file = stderr) {
    using detail::gc::print_number;
    gc::heap_stats const s = gc::get_heap_stats();
    std::size_t used = 0;
    for (auto const& c : s.classes) used += c.slot_bytes >= 16;
    std::fprintf(file, "Small block threshold = %zu, in %zu size classes.\n\n", s.classes[s.size_classes - 1].slot_bytes, used);
    std::fputs("class   size   num slabs   blocks in use  avail blocks\n-----   ----   ---------   -------------  ------------\n", file);
    for (std::size_t i = 0; i != s.size_classes; ++i) {
        auto const& c = s.classes[i];
        if (c.slabs == 0) continue;
        std::fprintf(file, "%5zu %6zu %11zu %15zu %13zu\n", i, c.slot_bytes, c.slabs, c.slots_in_use, c.slots_free);
    }
    char line[64];
    std::fputc('\n', file);
    print_number(file, "# arenas allocated current", s.arenas);
    std::snprintf(line, sizeof(line), "%zu arenas * %zu bytes/arena", s.arenas, s.arena_bytes);
    print_number(file, line, s.arenas * s.arena_bytes);
    std::fputc('\n', file);
    print_number(file, "# bytes in allocated blocks", s.bytes_in_use);
    print_number(file, "# bytes in available blocks", s.bytes_available);
    std::snprintf(line, sizeof(line), "%zu unused slabs * %zu bytes", s.unused_slabs, s.slab_bytes);
    print_number(file, line, s.unused_slabs * s.slab_bytes);
    print_number(file, "# bytes lost to slab headers", s.bytes_of_heads);
    print_number(file, "# bytes lost to quantization", s.bytes_left_over);
    print_number(file, "Total", s.bytes_in_use + s.bytes_available + s.unused_slabs * s.slab_bytes + s.bytes_of_heads + s.bytes_left_over);
    std::fputc('\n', file);
    print_number(file, "# large objects", s.large_objects);
    print_number(file, "# bytes in large objects", s.bytes_in_large_objects);
    print_number(file, "# bytes in counters", s.bytes_of_counters);
}

}  // namespace sys
}  // namespace amphis::inline v0

#endif  // AMPHIS_GC_HEAP_STATS_HPP
