// SPDX-License-Identifier: MIT
// gc/heap: a thread's objects: how they get their memory, and how they die when nobody points to them.
#ifndef AMPHIS_GC_HEAP_HPP
#define AMPHIS_GC_HEAP_HPP

#include <amphis/config.hpp>
#include <amphis/detail/trace.hpp>
#include <amphis/gc/sequence.hpp>
#include <amphis/gc/slab.hpp>
#include <amphis/gc/type.hpp>
#include <amphis/gc/weak.hpp>
#include <amphis/lang/exceptions/unraisable.hpp>

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <new>

/// Whether a pointer looks at each copy if it is used on the thread whose object it is. The same in all of a program.
#if !defined(AMPHIS_GC_CHECK_THREAD)
#if defined(NDEBUG)
#define AMPHIS_GC_CHECK_THREAD 0
#else
#define AMPHIS_GC_CHECK_THREAD 1
#endif
#endif

namespace amphis::inline v0 {
namespace detail::gc {

/// An object in four bytes: the index of its slab << 13 | its offset there / 8. 32 GiB of slabs.
using reference = std::uint32_t;
inline constexpr reference nobody = 0xffffffff;
inline constexpr std::size_t most_slabs = (std::size_t{1} << 19U) - 1;

inline reference reference_to(void const* object) noexcept {
    return slab_of(object)->index << 13U | static_cast<std::uint32_t>(reinterpret_cast<std::uintptr_t>(object) & (slab_bytes - 1)) >> 3U;
}

/// What a collection did. Python: gc.get_stats().
struct generation_stats {
    std::size_t collections = 0;
    std::size_t collected = 0;
    std::size_t uncollectable = 0;
};

}  // namespace detail::gc
namespace gc {

/// What a collection tells to gc::callbacks.
struct collection_info {
    int generation = 0;
    std::size_t collected = 0;      // objects that nobody could reach, at the end
    std::size_t uncollectable = 0;  // always 0: there is nothing that cannot be taken apart
    std::size_t examined = 0;       // objects that were looked at
    double duration = 0;            // seconds, at the end
};

}  // namespace gc
namespace detail::gc {

using amphis::gc::collection_info;

struct heap {
    // ---- memory ----
    slab* room[size_classes] = {};  // for each class, the slabs with a free slot
    slab** rooms = room;            // where they are: `aside` while objects are traced, so that each one goes the long way
    slab* aside[size_classes] = {};
    trace::tracer const* tracer = nullptr;
    sequence<slab*> table;       // all slabs; null where one was given back
    sequence<std::uint64_t> free_indices;  // a bit each
    std::size_t first_free = 0;               // the words before it have none
    arena* arenas = nullptr;
    sequence<arena*> arena_of;  // by the upper bits of its address: open addressing
    std::size_t arena_count = 0;
    std::size_t empty_arenas = 0;
    std::size_t slabs_used = 0;

    // ---- dying ----
    bool dying = false;
    bool mourning = false;  // finalize() or a callback runs because an object died by its count
    reference batch_first = nobody;  // what died while an object was destroyed
    reference batch_last = nobody;
    weak_map weak;

    // ---- collecting ----
    std::int64_t count0 = 0;  // objects made less objects gone since the last collection
    std::int64_t limit = 700; // a collection is due above it
    std::int64_t threshold[3] = {700, 10, 10};
    std::int64_t count1 = 0;
    std::int64_t count2 = 0;
    std::size_t live = 0;             // tracked objects
    std::size_t live_after_full = 0;  // when all were looked at for the last time
    bool enabled = true;
    bool collecting = false;
    bool in_pass = false;  // the side counters are in use: no slab goes, new objects are marked
    bool disturbed = false;  // objects came or went while they were looked at: a traverse() does more than report
    bool orphaned = false;   // its thread has ended
    heap* outer = nullptr;   // of an island that is being built, or dies: the heap of the thread
    unsigned debug = 0;
    slab* listed = nullptr;  // slabs with candidates
    generation_stats stats[3] = {};
    sequence<void*> saved;  // gc.garbage, owned
    sequence<void*> set;
    sequence<void*> stack;  // objects that are still to be gone through
    std::uint32_t set_flags = 0;  // of any in the set
    bool set_by_hand = false;     // a traverse() among them
    slab* emptied = nullptr;      // slabs that became empty while they were in use
    struct overflow {
        void* object;
        std::uint64_t count;
    };
    std::size_t looked_at = 0;  // by the last collection
    sequence<overflow> overflows;  // of objects with more than 2**15 pointers to them
    heap* next_orphan = nullptr;

    struct listener {
        listener* next = nullptr;
        void (*call)(listener& self, char const* phase, collection_info const& info) = nullptr;
        void (*destroy)(listener* self) noexcept = nullptr;
        std::size_t id = 0;
        bool removed = false;  // while others were told
    };
    listener* listeners = nullptr;
    std::size_t listeners_made = 0;
    bool telling = false;
    void tell(char const* phase, collection_info const& info) noexcept {
        telling = true;
        for (listener* one = listeners; one != nullptr; one = one->next) {
            if (one->removed) continue;
            try {
                one->call(*one, phase, info);
            } catch (...) {
                unraisable("gc.callbacks");
            }
        }
        telling = false;
        forget_removed();
    }
    void clear_listeners() noexcept {
        for (listener* one = listeners; one != nullptr; one = one->next) one->removed = true;
        if (!telling) forget_removed();
    }
    void forget_removed() noexcept {
        for (listener** at = &listeners; *at != nullptr;) {
            listener* const one = *at;
            if (!one->removed) {
                at = &one->next;
                continue;
            }
            *at = one->next;
            one->destroy(one);
        }
    }

    // ---- memory ------------------------------------------------------------------------------------------------------

    heap() = default;
    heap(heap const&) = delete;
    heap& operator=(heap const&) = delete;
    ~heap() {
        for (slab* s : table) {
            if (s == nullptr) continue;
            ::operator delete(s->counts);
            if (s->home == nullptr) ::operator delete(s->memory, std::align_val_t(slab_bytes));
        }
        while (arenas != nullptr) give_back(arenas);
        clear_listeners();
    }

    [[nodiscard]] void* object_of_reference(reference r) const noexcept {
        return slab_memory(table[r >> 13U]) + (static_cast<std::size_t>(r & 8191U) << 3U);
    }

    /// A slot's object; nobody is there yet.
    template <std::size_t Size, std::size_t Alignment>
    [[nodiscard]] void* allocate() {
        constexpr std::uint32_t size_class = class_of(Size, Alignment);
        if constexpr (size_class == no_class) {
            return allocate_large(Size, Alignment);
        } else {
            slab* const s = room[size_class];
            if (s != nullptr && s->free != nullptr) [[likely]] {
                void* const object = s->free;
                unpoison(object, Size < sizeof(void*) ? sizeof(void*) : Size);  // the link to the next is read
                s->free = *static_cast<void**>(object);
                ++s->used;
                return object;
            }
            return allocate_slowly(size_class);
        }
    }

    /// Nobody is there any more.
    void release(void* object) noexcept {
        slab* const s = slab_of(object);
        header_of(object)->meta = 0;
        *static_cast<void**>(object) = s->free;
        s->free = object;
        poison(object, s->home != nullptr ? s->stride - sizeof(header) : sizeof(void*));
        --s->used;
        if (!s->has_room || s->used == 0) [[unlikely]] release_slowly(s);
    }

    AMPHIS_NOINLINE void* allocate_slowly(std::uint32_t size_class) {
        follow_tracer();
        slab* s = rooms[size_class];
        // Those that became full are still there: the first, and any that was the first until another one got room.
        while (s != nullptr && s->free == nullptr && s->fresh == s->capacity) {
            unlink(s);
            s = rooms[size_class];
        }
        if (s == nullptr) {
            trace::pause const ours;
            s = new_slab(size_class);
        }
        if (s->free == nullptr) extend(s);
        void* const object = s->free;
        unpoison(object, s->stride - sizeof(header));
        s->free = *static_cast<void**>(object);
        ++s->used;
        if (tracer != nullptr) [[unlikely]] tracer->made(object, s->stride, __builtin_return_address(0));
        return object;
    }

    AMPHIS_NOINLINE void* allocate_large(std::size_t size, std::size_t alignment) {
        follow_tracer();
        trace::pause ours;
        slab* const s = begin_slab([&](slab& made) {
            std::size_t const room_before = 31 * 64 + sizeof(slab) + sizeof(header);
            std::size_t const first = (room_before + alignment - 1) / alignment * alignment;
            made.memory = ::operator new(first + (size < sizeof(void*) ? sizeof(void*) : size), std::align_val_t(slab_bytes));
            made.objects = static_cast<char*>(made.memory) + first;
            made.capacity = 1;
            made.size_class = no_class;
        });
        s->used = 1;
        s->fresh = 1;
        s->has_room = true;
        s->counts[0] = 0;
        header_of(s->objects)->meta = 0;
        if (tracer != nullptr) [[unlikely]] {
            ours.end();
            tracer->made(s->objects, size + sizeof(header), __builtin_return_address(0));
        }
        return s->objects;
    }

    /// s->free is what was released.
    AMPHIS_NOINLINE void release_slowly(slab* s) noexcept {
        follow_tracer();
        if (tracer != nullptr) [[unlikely]] tracer->gone(s->free);
        if (in_pass && s->used == 0 && !s->emptied) {
            s->emptied = true;
            s->next_emptied = emptied;
            emptied = s;
        }
        if (s->home == nullptr) {
            if (!in_pass) discard(s);
            return;
        }
        if (!in_room(s)) {
            s->has_room = tracer == nullptr;
            s->previous = nullptr;
            s->next = rooms[s->size_class];
            if (s->next != nullptr) s->next->previous = s;
            rooms[s->size_class] = s;
        }
        if (s->used == 0 && !in_pass && (s->previous != nullptr || s->next != nullptr)) discard(s);
    }

    /// It is among the slabs of its class with room. While objects are traced no slab says so itself: then each release goes the long way.
    [[nodiscard]] bool in_room(slab const* s) const noexcept { return s->previous != nullptr || s->next != nullptr || rooms[s->size_class] == s; }
    void follow_tracer() noexcept {
        trace::tracer const* const now = __atomic_load_n(&trace::now, __ATOMIC_ACQUIRE);
        if (now != tracer) [[unlikely]] be_traced_by(now);
    }
    AMPHIS_COLD void be_traced_by(trace::tracer const* now) noexcept {
        slab** const to = now != nullptr ? aside : room;
        for (std::uint32_t c = 0; to != rooms && c != size_classes; ++c) {
            to[c] = rooms[c];
            rooms[c] = nullptr;
            for (slab* s = to[c]; s != nullptr; s = s->next) s->has_room = now == nullptr;
        }
        rooms = to;
        tracer = now;
    }

    /// Slabs that became empty while they were looked at.
    void discard_empty() noexcept {
        while (emptied != nullptr) {
            slab* const s = emptied;
            emptied = s->next_emptied;
            s->emptied = false;
            if (s->used == 0 && (s->home == nullptr || s->previous != nullptr || s->next != nullptr)) discard(s);
        }
    }

    /// Links some of the slots that were never used.
    void extend(slab* s) noexcept {
        std::uint32_t const last = s->fresh + 64 < s->capacity ? s->fresh + 64 : s->capacity;
        for (std::uint32_t i = last; i != s->fresh; --i) {
            void* const object = s->object_at(i - 1);
            header_of(object)->meta = 0;
            *static_cast<void**>(object) = s->free;
            s->free = object;
            s->counts[i - 1] = 0;
            poison(object, s->stride - sizeof(header));
        }
        s->fresh = last;
    }

    void unlink(slab* s) noexcept {
        if (s->previous != nullptr) {
            s->previous->next = s->next;
        } else {
            rooms[s->size_class] = s->next;
        }
        if (s->next != nullptr) s->next->previous = s->previous;
        s->next = s->previous = nullptr;
        s->has_room = false;
    }

    /// The lowest: then objects that are made one after the other stand so in the table too, where the search among all follows them.
    std::uint32_t new_index() {
        for (; first_free != free_indices.size(); ++first_free) {
            std::uint64_t& bits = free_indices[first_free];
            if (bits == 0) continue;
            auto const index = static_cast<std::uint32_t>(first_free * 64) + static_cast<std::uint32_t>(__builtin_ctzll(bits));
            bits &= bits - 1;
            return index;
        }
        if (table.size() >= most_slabs) throw std::bad_alloc();
        if (table.size() == 64 * free_indices.size()) free_indices.push_back(0);
        table.push_back(nullptr);
        return static_cast<std::uint32_t>(table.size() - 1);
    }
    void free_index(std::uint32_t index) noexcept {
        free_indices[index / 64] |= std::uint64_t{1} << (index % 64);
        if (index / 64 < first_free) first_free = index / 64;
    }

    /// A slab in the table. shape() gives it memory, and says how many objects there are where; it is the last that may raise.
    template <class Shape>
    slab* begin_slab(Shape const& shape) {
        slab made{};
        made.owner = this;
        made.index = new_index();
        try {
            shape(made);
        } catch (...) {
            free_index(made.index);
            throw;
        }
        std::size_t const words = (made.capacity + 63) / 64;
        try {
            made.counts = static_cast<std::uint16_t*>(::operator new((made.capacity + 3) / 4 * 8 + words * 8));
        } catch (...) {
            free_index(made.index);
            return_memory(made);
            throw;
        }
        made.numbered = made.stride == 0 ? made.counts : made.counts - static_cast<std::size_t>(made.objects - static_cast<char*>(made.memory)) / made.stride;
        for (std::size_t i = 0; i != words; ++i) made.bits()[i] = 0;
        auto* const place = static_cast<char*>(made.memory) + head_offset(reinterpret_cast<std::uintptr_t>(made.memory));
        auto* const s = new (place) slab(made);
        table[s->index] = s;
        ++slabs_used;
        return s;
    }

    slab* new_slab(std::uint32_t size_class) {
        slab* const s = begin_slab([&](slab& made) {
            arena* a = arenas;
            while (a != nullptr && a->free_slabs == 0) a = a->next;
            if (a == nullptr) a = new_arena();
            if (a->free_slabs == all_free) {
                --empty_arenas;
                a->idle = false;
            }
            auto const which = static_cast<std::uint32_t>(__builtin_ctz(a->free_slabs));
            a->free_slabs &= a->free_slabs - 1;
            if (a->free_slabs == 0) to_the_back(a);
            auto* const memory = static_cast<char*>(a->memory) + which * slab_bytes;
            unpoison(memory, slab_bytes);
            std::size_t const stride = slot_bytes_of(size_class);
            std::size_t const first = (head_offset(reinterpret_cast<std::uintptr_t>(memory)) + sizeof(slab) + sizeof(header) + 15) & ~std::size_t{15};
            made.home = a;
            made.memory = memory;
            made.objects = memory + first;
            made.stride = static_cast<std::uint32_t>(stride);
            made.capacity = static_cast<std::uint32_t>((slab_bytes - (first - sizeof(header))) / stride);
            made.reciprocal = ((std::uint64_t{1} << 32U) + stride - 1) / stride;
            made.size_class = size_class;
        });
        s->has_room = tracer == nullptr;
        s->next = rooms[size_class];
        if (s->next != nullptr) s->next->previous = s;
        rooms[size_class] = s;
        return s;
    }

    /// The memory of a slab goes back to its arena, or to where it is from.
    void return_memory(slab const& s) noexcept {
        if (s.home == nullptr) {
            ::operator delete(s.memory, std::align_val_t(slab_bytes));
            return;
        }
        arena* const a = s.home;
        bool const was_full = a->free_slabs == 0;
        a->free_slabs |= 1U << ((static_cast<char*>(s.memory) - static_cast<char*>(a->memory)) / static_cast<std::ptrdiff_t>(slab_bytes));
        if (a->free_slabs == all_free && ++empty_arenas > most_empty_arenas) {
            give_back(a);
        } else if (was_full) {
            to_the_front(a);
        }
    }
    /// After all objects were looked at: arenas that nobody used since the last time.
    void give_back_idle() noexcept {
        for (arena* a = arenas; a != nullptr;) {
            arena* const next = a->next;
            if (a->free_slabs == all_free) {
                if (a->idle) {
                    give_back(a);
                } else {
                    a->idle = true;
                }
            }
            a = next;
        }
    }

    void discard(slab* s) noexcept {
        if (s->listed) unlist(s);
        if (s->home != nullptr && in_room(s)) unlink(s);
        table[s->index] = nullptr;
        free_index(s->index);
        --slabs_used;
        ::operator delete(s->counts);
        slab const gone = *s;
        return_memory(gone);
    }

    // Arenas with room stand before those without.
    void detach(arena* a) noexcept {
        if (a->previous != nullptr) {
            a->previous->next = a->next;
        } else {
            arenas = a->next;
        }
        if (a->next != nullptr) a->next->previous = a->previous;
    }
    void to_the_front(arena* a) noexcept {
        if (arenas == a) return;
        detach(a);
        attach(a);
    }
    void attach(arena* a) noexcept {
        a->previous = nullptr;
        a->next = arenas;
        if (arenas != nullptr) arenas->previous = a;
        arenas = a;
    }
    void to_the_back(arena* a) noexcept {
        if (a->next == nullptr) return;
        detach(a);
        arena* last = arenas;
        while (last->next != nullptr) last = last->next;
        last->next = a;
        a->previous = last;
        a->next = nullptr;
    }

    /// There is room for `more` in arena_of.
    void reserve_arenas(std::size_t more) {
        std::size_t size = arena_of.empty() ? 16 : arena_of.size();
        while (2 * (arena_count + more) > size) size *= 2;
        if (size == arena_of.size()) return;
        sequence<arena*> wider;
        wider.resize(size);
        for (arena* a : arena_of) {
            if (a != nullptr) wider[place_of(wider, a->memory)] = a;
        }
        arena_of.swap(wider);
    }
    arena* new_arena() {
        reserve_arenas(1);
        auto* const a = new arena();
        try {
            a->memory = ::operator new(arena_bytes, std::align_val_t(arena_bytes));
        } catch (...) {
            delete a;
            throw;
        }
        a->free_slabs = all_free;
        if (arena_count != 0) use_large_page(a->memory, arena_bytes);
        poison(a->memory, arena_bytes);
        arena_of[place_of(arena_of, a->memory)] = a;
        ++arena_count;
        ++empty_arenas;
        attach(a);
        return a;
    }
    void give_back(arena* a) noexcept {
        detach(a);
        std::size_t const mask = arena_of.size() - 1;
        std::size_t hole = place_of(arena_of, a->memory);
        for (std::size_t i = hole;;) {
            i = (i + 1) & mask;
            if (arena_of[i] == nullptr) break;
            if (((i - home_of(arena_of, arena_of[i]->memory)) & mask) >= ((i - hole) & mask)) {
                arena_of[hole] = arena_of[i];
                hole = i;
            }
        }
        arena_of[hole] = nullptr;
        --arena_count;
        --empty_arenas;
        unpoison(a->memory, arena_bytes);
        ::operator delete(a->memory, std::align_val_t(arena_bytes));
        delete a;
    }
    static std::size_t home_of(sequence<arena*> const& places, void const* memory) noexcept {
        return static_cast<std::size_t>(((reinterpret_cast<std::uintptr_t>(memory) / arena_bytes) * 0x9e3779b97f4a7c15U) >> 40U) & (places.size() - 1);
    }
    static std::size_t place_of(sequence<arena*> const& places, void const* memory) noexcept {
        std::size_t i = home_of(places, memory);
        while (places[i] != nullptr && places[i]->memory != memory) i = (i + 1) & (places.size() - 1);
        return i;
    }

    [[nodiscard]] bool in_arena(void const* address) const noexcept {
        return !arena_of.empty() && arena_of[place_of(arena_of, reinterpret_cast<void*>(reinterpret_cast<std::uintptr_t>(address) & ~static_cast<std::uintptr_t>(arena_bytes - 1)))] != nullptr;
    }
    /// The object that begins at `address`, if it is one of this heap's and alive.
    [[nodiscard]] bool owns(void const* address) const noexcept {
        if (arena_of.empty()) return false;
        auto* const memory = reinterpret_cast<void*>(reinterpret_cast<std::uintptr_t>(address) & ~static_cast<std::uintptr_t>(arena_bytes - 1));
        slab* s = nullptr;
        if (arena_of[place_of(arena_of, memory)] != nullptr) {
            s = slab_of(address);
            if ((arena_of[place_of(arena_of, memory)]->free_slabs >> ((slab_memory(address) - static_cast<char*>(memory)) / static_cast<std::ptrdiff_t>(slab_bytes)) & 1U) != 0) return false;
        } else {
            for (slab* one : table) {
                if (one != nullptr && one->home == nullptr && one->objects == address) s = one;
            }
            if (s == nullptr) return false;
        }
        if (static_cast<char const*>(address) < s->objects) return false;
        std::uint32_t const slot = s->slot_of(address);
        return slot < s->fresh && s->object_at(slot) == address && (header_of(const_cast<void*>(address))->meta & ~std::uint32_t{dead}) != 0 &&
               (header_of(const_cast<void*>(address))->meta & dead) == 0;
    }

    // ---- dying -------------------------------------------------------------------------------------------------------

    /// The last pointer to it is gone. Nothing here calls itself: what dies while an object is destroyed waits in its order, and comes
    /// before what waited already, so that it is the order of a recursion.
    void died(void* object) noexcept {
        header* const h = header_of(object);
        h->meta |= dead;
        disturbed = true;
        if ((h->meta & tracked) != 0 && h->count == quiet) forget(object);
        if (dying) {
            reference const r = reference_to(object);
            if (batch_last == nobody) {
                batch_first = r;
            } else {
                header_of(object_of_reference(batch_last))->count = r;
            }
            batch_last = r;
            return;
        }
        dying = true;
        bury_all(object, nobody);
        dying = false;
    }

    /// Buries the object, what dies with it, and then what `rest` begins.
    void bury_all(void* object, reference rest) noexcept {
        for (;;) {
            bury(object);
            if (batch_first != nobody) {
                header_of(object_of_reference(batch_last))->count = rest;
                rest = batch_first;
                batch_first = batch_last = nobody;
            }
            if (rest == nobody) return;
            object = object_of_reference(rest);
            rest = header_of(object)->count;
        }
    }

    void bury(void* object) noexcept {
        header* const h = header_of(object);
        if ((h->meta & (to_finalize | has_weak)) != 0 && !last_words(object)) return;
        std::uint32_t const meta = h->meta;
        type_at(meta).destroy(object);
        if ((meta & tracked) != 0) {
            --live;
            if (count0 > 0) --count0;
        }
        release(object);
    }

    /// While the user's code runs, what dies does so at once.
    struct outside {
        heap& h;
        bool dying = h.dying;
        bool mourning = h.mourning;
        reference first = h.batch_first;
        reference last = h.batch_last;

        explicit outside(heap& in) noexcept : h(in) {
            h.mourning = mourning || dying;
            h.dying = false;
            h.batch_first = h.batch_last = nobody;
        }
        outside(outside const&) = delete;
        outside& operator=(outside const&) = delete;
        ~outside() {
            h.dying = dying;
            h.mourning = mourning;
            h.batch_first = first;
            h.batch_last = last;
        }
    };

    /// finalize(), then the weak references and their callbacks: the order in which CPython 3.11 lets go of what nobody refers to. False
    /// if finalize() made somebody refer to it again.
    AMPHIS_NOINLINE bool last_words(void* object) noexcept {
        header* const h = header_of(object);
        if ((h->meta & to_finalize) != 0) {
            bool const is_tracked = (h->meta & tracked) != 0;
            h->meta &= ~std::uint32_t{dead};
            h->count = is_tracked ? 1 : quiet + 1;
            finalize(object);
            if ((h->meta & tracked) != 0 && h->count > quiet) forget(object);
            std::uint32_t const others = count_of(*h) - 1;
            if (others != 0) {
                h->count = is_tracked ? others : quiet + others;
                if (is_tracked) note(object);
                return false;
            }
            h->meta |= dead;
        }
        if ((h->meta & has_weak) != 0) {
            weak_calls calls;
            clear_weak(object, calls, false);
            call_all(calls);
        }
        return true;
    }

    void finalize(void* object) noexcept {
        header* const h = header_of(object);
        h->meta = (h->meta & ~std::uint32_t{to_finalize}) | finalized;
        outside const user(*this);
        try {
            type_at(h->meta).finalize(object);
        } catch (...) {
            unraisable_in(object, "finalize() of ");
        }
    }

    AMPHIS_COLD static void unraisable_in(void* object, char const* what) noexcept {
        try {
            text where;
            where.append(chars(what));
            where.append(type_at(header_of(object)->meta).name);
            where.push_back('\0');
            unraisable(where.data());
        } catch (...) {
            unraisable(what);
        }
    }

    // ---- weak references ---------------------------------------------------------------------------------------------

    void add_weak(void* object, weak_block* block) {
        weak.reserve();
        weak_block* const first = weak.find(object);
        block->object = object;
        // The one without a callback comes first, then the newest first: the order in which CPython calls them.
        if (first != nullptr && first->call == nullptr && block->call != nullptr) {
            block->previous = first;
            block->next = first->next;
            if (first->next != nullptr) first->next->previous = block;
            first->next = block;
        } else {
            block->previous = nullptr;
            block->next = first;
            if (first != nullptr) first->previous = block;
            weak.set(object, block);
        }
        header_of(object)->meta |= has_weak;
    }

    /// The block leaves the list of its object: it is a weak reference to nothing, and nobody is told.
    void unlink_weak(weak_block* block) noexcept {
        if (block->object == nullptr) return;
        if (block->next != nullptr) block->next->previous = block->previous;
        if (block->previous != nullptr) {
            block->previous->next = block->next;
        } else if (block->next != nullptr) {
            weak.set(block->object, block->next);
        } else {
            weak.erase(block->object);
            header_of(block->object)->meta &= ~std::uint32_t{has_weak};
        }
        block->object = nullptr;
        block->next = block->previous = nullptr;
    }

    /// The last use of the block is gone.
    void remove_weak(weak_block* block) noexcept {
        unlink_weak(block);
        block->destroy(block);
    }

    /// All weak references to the object are cleared. Those with a callback go to the end of `calls`, each with a use of its own; with
    /// `outside_only` only those that are not themselves in the set that dies.
    void clear_weak(void* object, weak_calls& calls, bool outside_only) noexcept {
        weak_block* block = weak.find(object);
        weak.erase(object);
        header_of(object)->meta &= ~std::uint32_t{has_weak};
        while (block != nullptr) {
            weak_block* const next = block->next;
            block->object = nullptr;
            block->next = block->previous = nullptr;
            if (block->call != nullptr && !(outside_only && block->seen == block->uses)) {
                ++block->uses;
                calls.append(block);
            }
            block = next;
        }
    }

    void call_all(weak_calls const& calls) noexcept {
        for (weak_block* rest = calls.first; rest != nullptr;) {
            weak_block* const block = rest;
            rest = block->next;
            block->next = nullptr;
            outside const user(*this);
            if (block->uses > 1) {  // nobody is told who let go of the weak reference
                try {
                    block->call(*block);
                } catch (...) {
                    unraisable("the callback of a weak reference");
                }
            }
            if (--block->uses == 0) remove_weak(block);
        }
    }

    // ---- candidates --------------------------------------------------------------------------------------------------

    /// A pointer to it went, and others stay: it may be in a cycle that nobody refers to.
    void note(void* object) noexcept {
        header_of(object)->count += quiet;
        slab* const s = slab_of(object);
        std::uint32_t const slot = s->slot_of(object);
        s->bits()[slot / 64] |= std::uint64_t{1} << (slot % 64);
        ++s->candidates;
        if (!s->listed) {
            s->listed = true;
            s->next_listed = listed;
            listed = s;
        }
    }
    /// It is no candidate any more.
    static void forget(void* object) noexcept {
        slab* const s = slab_of(object);
        std::uint32_t const slot = s->slot_of(object);
        std::uint64_t const bit = std::uint64_t{1} << (slot % 64);
        if ((s->bits()[slot / 64] & bit) != 0) {
            s->bits()[slot / 64] &= ~bit;
            --s->candidates;
        }
    }
    void unlist(slab* s) noexcept {
        slab** at = &listed;
        while (*at != s) at = &(*at)->next_listed;
        *at = s->next_listed;
        s->listed = false;
    }

    // ---- collecting, in collector.hpp --------------------------------------------------------------------------------

    void due() noexcept;
    std::size_t collect(int generation, std::size_t most_candidates = SIZE_MAX);
    /// An object that is made while others are looked at is none of theirs.
    void blacken(void* object) noexcept {
        if (!in_pass) return;
        slab_of(object)->count_of(object) = marked;
        disturbed = true;
    }
    /// While an object goes because its last pointer went, a container that this pointer was in may be half cleared: nothing is looked at.
    [[nodiscard]] bool may_collect() const noexcept { return !collecting && !dying && !mourning; }
    template <class Visit>
    static void each_edge(type const& t, void* object, Visit visit);
    template <class Visit>
    static void each_other_edge(type const& t, void* object, Visit visit);
    template <class Visit>
    void each_object(Visit&& visit);
    template <class Visit>
    void each_examined(Visit&& visit);
    void count_edge(void* object);
    bool counted_all(void* object, std::uint16_t counted) const noexcept;
    void find_all();
    void find_own();
    void find_among_candidates(std::uint32_t generation, std::size_t most);
    void trim();
    void reach(void* object, std::uint64_t place);
    void reach_behind(std::uint64_t place);
    static std::uint64_t place_of(slab const* s, void const* object) noexcept { return std::uint64_t{s->index} << 32U | (reinterpret_cast<std::uintptr_t>(object) & (slab_bytes - 1)); }
    void check_reports();
    void clear_weak_of_set(weak_calls& calls) noexcept;
    std::size_t commit();
    void forget_set() noexcept;
    void destroy_set(bool told) noexcept;
    template <class Each>
    void forget_candidates(Each const& each);
    void suspected(void* object);
    void recount();
    void leave_out_the_dead() noexcept;
    void look_again();
    void propose_again() noexcept;
    void say_start(int generation);
    void say_set();

    // ---- in slices, in incremental.hpp -------------------------------------------------------------------------------

    enum class stage : unsigned char { none, clearing, counting, marking, draining, gathering, linking, dying };
    struct pass_state {
        stage at = stage::none;
        std::size_t slab = 0;
        std::uint32_t slot = 0;
        std::uint64_t place = 0;  // of the last object from which the search went on
        std::size_t collected = 0;
    };
    pass_state pass;
    /// What a pass proposes, in islands: objects that point to one another. Each has the number of another of its island, up to the one that
    /// has its own, and the number of the next in a ring of all. An object's number is that of the first of its slab, and its side counter.
    struct proposed {
        void* object;
        std::uint32_t parent;
        std::uint32_t next;
    };
    blocks<proposed> proposal;
    sequence<std::uint32_t> first_of_slab;
    std::uint32_t island_of(std::uint32_t i) noexcept;
    std::size_t bury_island(std::uint32_t i);
    bool incremental = false;
    std::uint32_t made_in_pass = 0;
    std::size_t collect_some(std::size_t budget);
    void give_up_pass() noexcept;
    void end_pass() noexcept;
    void collect_a_slice(std::size_t budget) noexcept;
    bool search_on(std::size_t& left);
    bool drain(std::size_t& left);
    template <class Each>
    bool go_on(std::size_t& left, Each const& each);

    void set_limit() noexcept {
        limit = in_pass ? INT64_MIN : enabled && threshold[0] != 0 ? threshold[0] : INT64_MAX;  // what is made in a pass goes the long way
    }
};

// ---- the heap of a thread --------------------------------------------------------------------------------------------

inline constinit thread_local heap* here = nullptr;

/// At the end of a thread: its cycles are collected. Objects that somebody still points to, from a static variable for instance, live on in
/// the heap, which is then kept for them.
struct heap_keeper {
    heap_keeper() = default;
    heap_keeper(heap_keeper const&) = delete;
    heap_keeper& operator=(heap_keeper const&) = delete;
    ~heap_keeper();
};
inline heap_keeper& keep_heap() {
    thread_local heap_keeper keeper;
    return keeper;
}
inline constinit heap* orphans = nullptr;

/// After the static variables that were made after it, those of all files that include this: the cycles that they kept are collected.
struct last_keeper {
    constexpr last_keeper() noexcept = default;
    last_keeper(last_keeper const&) = delete;
    last_keeper& operator=(last_keeper const&) = delete;
    ~last_keeper();
};
inline constinit last_keeper keep_orphans{};

AMPHIS_COLD inline heap* begin_heap() {
    trace::pause const ours;
    here = new heap();
    here->follow_tracer();
    trace::heap_follows = []() noexcept {
        if (here != nullptr) here->follow_tracer();
    };
    keep_heap();
    return here;
}
inline heap& current() {
    heap* const h = here;
    return h != nullptr ? *h : *begin_heap();
}

AMPHIS_COLD inline void wrong_thread(void* object) noexcept {
    heap* const owner = slab_of(object)->owner;
    if (__atomic_load_n(&owner->orphaned, __ATOMIC_ACQUIRE)) return;  // whoever still has it may let go of it
    for (heap* around = here; around != nullptr; around = around->outer) {
        if (around == owner) return;
    }
    std::fputs("amphis: fatal: a gc::ptr to an object of the class ", stderr);
    chars const name = type_at(header_of(object)->meta).name;
    std::fwrite(name.data, 1, name.size, stderr);
    std::fputs(" is used on a thread whose object it is not; gc::biased_ptr may be shared\n", stderr);
    std::abort();
}
inline void check_thread([[maybe_unused]] void* object) noexcept {
#if AMPHIS_GC_CHECK_THREAD
    if (slab_of(object)->owner != here) [[unlikely]] wrong_thread(object);
#endif
}

// ---- counting --------------------------------------------------------------------------------------------------------

inline void take(void* object) noexcept {
    check_thread(object);
    ++header_of(object)->count;
}
/// The count is 0, or it is to be noted that it fell.
AMPHIS_NOINLINE inline void fell(void* object) noexcept {
    heap& h = *slab_of(object)->owner;
    std::uint32_t const count = header_of(object)->count;
    if (count == 0 || count == quiet) {
        h.died(object);
    } else {
        h.note(object);
    }
}
inline void drop(void* object) noexcept {
    check_thread(object);
    if (static_cast<std::int32_t>(--header_of(object)->count) >= 0) fell(object);
}

}  // namespace detail::gc
}  // namespace amphis::inline v0

#endif  // AMPHIS_GC_HEAP_HPP
