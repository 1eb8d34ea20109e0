// SPDX-License-Identifier: MIT
// gc/shared/counts: who counts the references to an object that several threads use, who finds that there are none, and how it goes then.
#ifndef AMPHIS_GC_SHARED_COUNTS_HPP
#define AMPHIS_GC_SHARED_COUNTS_HPP

#include <amphis/config.hpp>
#include <amphis/detail/lock.hpp>

#include <cstddef>
#include <cstdint>
#include <new>

namespace amphis::inline v0::detail::gc_shared {

/// The 16 bytes before each object.
///
/// As long as it is not merged, the object has local + shared references: `local` is touched by the owner alone, `shared` by the others.
/// Merged, `shared` has them all, and the object is dead when there are none.
///
/// A thread that drops a reference while `shared` counts none cannot know whether another is in `local`. It gives the reference to a queue, which
/// the owner empties: there the object is merged. The link of the queue is in the header (nothing is allocated while a pointer goes): 31 bits
/// in the place of the owner, which sends the owner itself to `shared` from then on, and 13 bits above the type.
struct header {
    std::uint32_t owner;   // has_owner | the index of its record; after that part of a link, or 0
    std::uint32_t type;    // type_bits, and part of a link
    std::uint32_t local;   // dead: half a link
    std::uint32_t shared;  // a signed number of references << 2, split, queued; dead: half a link
};
static_assert(sizeof(header) == 16);

inline constexpr std::uint32_t has_owner = 1U << 31U;
inline constexpr std::uint32_t type_bits = (1U << 19U) - 1;
inline constexpr std::uint32_t split = 1;  // not merged: so that of a merged object the subtraction alone says that it is dead
inline constexpr std::uint32_t queued = 2;
inline constexpr std::uint32_t one = 4;

inline header* header_of(void const volatile* object) noexcept {
    return static_cast<header*>(const_cast<void*>(object)) - 1;
}

inline std::uint64_t address(void const* p) noexcept { return reinterpret_cast<std::uintptr_t>(p); }

/// A link takes 44 bits, and an object elsewhere begins its life merged. (x86-64 and ARM64 give out no such address unasked.)
inline bool fits_link(header const* h) noexcept { return address(h) >> 48U == 0; }
inline void set_link(header* h, std::uint64_t next) noexcept {
    std::uint64_t const link = next >> 4U;
    h->type = (h->type & type_bits) | static_cast<std::uint32_t>(link >> 31U) << 19U;
    __atomic_store_n(&h->owner, static_cast<std::uint32_t>(link) & ~has_owner, __ATOMIC_RELAXED);
}
inline header* take_link(header* h) noexcept {
    std::uint64_t const link = std::uint64_t{h->type >> 19U} << 31U | __atomic_load_n(&h->owner, __ATOMIC_RELAXED);
    h->type &= type_bits;
    __atomic_store_n(&h->owner, 0U, __ATOMIC_RELAXED);
    return reinterpret_cast<header*>(static_cast<std::uintptr_t>(link << 4U));
}

/// A thread that makes objects, as the objects know it. It outlives the thread, until the last of them is merged.
struct alignas(64) record {  // a cache line each: `live` changes with every object
    std::uint64_t queue = 0;  // the address of the first header; `closed` when the thread has ended
    std::uint64_t live = 1;   // objects that are not merged, and the thread; changed by the owner, and by everybody when it has ended
    std::uint32_t index = 0;
    record* next_free = nullptr;
};
inline constexpr std::uint64_t closed = 1;

using destroy_fn = void (*)(header*) noexcept;
inline constexpr std::uint32_t most_types = 1U << 14U;
inline constexpr std::uint32_t first_records = 64;

/// The types of which there were objects, and the records of the threads. In bss, and neither is ever given back.
struct tables {
    lock guard{};
    std::uint32_t types_used = 1;
    std::uint32_t records_used = 0;
    record* free_records = nullptr;
    record* records[25] = {};  // 64, 128, 256, ... of them
    destroy_fn types[most_types] = {};

    [[nodiscard]] record& at(std::uint32_t index) noexcept {
        std::uint32_t const n = index + first_records;
        auto const row = static_cast<std::uint32_t>(31 - __builtin_clz(n)) - 6;
        return records[row][n - (first_records << row)];
    }
    [[nodiscard]] record* add_record() {
        held const now(guard);
        if (free_records != nullptr) {
            record* const r = free_records;
            free_records = r->next_free;
            r->queue = 0;
            r->live = 1;
            return r;
        }
        std::uint32_t const n = records_used + first_records;
        if ((n & (n - 1)) == 0) {
            auto const row = static_cast<std::uint32_t>(31 - __builtin_clz(n)) - 6;
            if (row == sizeof(records) / sizeof(records[0])) throw std::bad_alloc();
            records[row] = new record[n];
        }
        record* const r = &at(records_used);
        r->index = records_used++;
        return r;
    }
    void free_record(record* r) noexcept {
        held const now(guard);
        r->next_free = free_records;
        free_records = r;
    }
    [[nodiscard]] std::uint32_t add_type(std::uint32_t& index, destroy_fn destroy) {
        held const now(guard);
        if (index == 0) {
            if (types_used == most_types) throw std::bad_alloc();
            types[types_used] = destroy;
            __atomic_store_n(&index, types_used++, __ATOMIC_RELEASE);
        }
        return index;
    }
};
AMPHIS_VISIBLE inline constinit tables all{};

template <class T>
inline constinit std::uint32_t type_index = 0;

struct thread_state {
    std::uint32_t id;  // in header::owner of the objects that are this thread's
    bool destroying;
    bool ended;
    header* dead;  // what is to be destroyed when the destructor that runs is done
    record* own;   // null before the first object, and after the last destructor of a thread_local object of ours
};
inline constexpr std::uint32_t nobody = ~std::uint32_t{0};
// constinit and without a destructor, so that it can be used as long as the thread runs.
AMPHIS_VISIBLE inline constinit thread_local thread_state me{nobody, false, false, nullptr, nullptr};

/// Destroys it, and whatever its destructor lets go, one after the other: however long a chain is, the stack is not.
AMPHIS_NOINLINE inline void destroy(header* h) noexcept {
    thread_state& t = me;
    if (t.destroying) {
        h->local = static_cast<std::uint32_t>(address(t.dead));
        h->shared = static_cast<std::uint32_t>(address(t.dead) >> 32U);
        t.dead = h;
        return;
    }
    t.destroying = true;
    for (;;) {
        all.types[h->type & type_bits](h);
        h = t.dead;
        if (h == nullptr) break;
        t.dead = reinterpret_cast<header*>(static_cast<std::uintptr_t>(std::uint64_t{h->shared} << 32U | h->local));
    }
    t.destroying = false;
}

// What a pointer calls takes the object, so that the fast way need not compute where its header is.
AMPHIS_NOINLINE inline void destroy_of(void const volatile* object) noexcept { destroy(header_of(object)); }

inline void retain_merged(void const volatile* object) noexcept { __atomic_fetch_add(&header_of(object)->shared, one, __ATOMIC_RELAXED); }
inline void drop_merged(void const volatile* object) noexcept {
    header* const h = header_of(object);
    // Whoever has the last reference needs no atomic subtraction, which costs 4 ns, to know it.
    if (__atomic_load_n(&h->shared, __ATOMIC_ACQUIRE) == one || __atomic_sub_fetch(&h->shared, one, __ATOMIC_ACQ_REL) == 0) destroy_of(object);
}

/// By who may touch `local`: shared takes over, less `given_up` references.
inline void merge_counts(header* h, std::uint32_t given_up) noexcept {
    std::uint32_t const more = (h->local - given_up) * one;
    h->local = 0;
    std::uint32_t seen = __atomic_load_n(&h->shared, __ATOMIC_RELAXED);
    std::uint32_t next;
    do {
        next = (seen & ~(split | queued)) + more;
    } while (!__atomic_compare_exchange_n(&h->shared, &seen, next, true, __ATOMIC_ACQ_REL, __ATOMIC_RELAXED));
    if (next == 0) destroy(h);
}

inline void release_record(record* r) noexcept {
    if (__atomic_fetch_sub(&r->live, 1U, __ATOMIC_ACQ_REL) == 1) all.free_record(r);
}

void drop_elsewhere(void const volatile* object) noexcept;

/// With a reference that the queue is to have.
AMPHIS_NOINLINE inline void enqueue(header* h) noexcept {
    std::uint32_t owner = __atomic_load_n(&h->owner, __ATOMIC_RELAXED);
    // Who changes `owner` from what it was has the say: the owner, when its own count is 0, or this thread.
    if ((owner & has_owner) == 0 || !__atomic_compare_exchange_n(&h->owner, &owner, 0U, false, __ATOMIC_ACQ_REL, __ATOMIC_RELAXED)) {
        drop_elsewhere(h + 1);  // the owner is about to merge it
        return;
    }
    record& r = all.at(owner & ~has_owner);  // is not freed: h is one of its live ones
    std::uint64_t head = __atomic_load_n(&r.queue, __ATOMIC_ACQUIRE);
    do {
        if (head == closed) {  // nobody touches `local` any more
            merge_counts(h, 1);
            release_record(&r);
            return;
        }
        set_link(h, head);
    } while (!__atomic_compare_exchange_n(&r.queue, &head, address(h), true, __ATOMIC_ACQ_REL, __ATOMIC_ACQUIRE));
}

AMPHIS_NOINLINE inline void drop_elsewhere(void const volatile* object) noexcept {
    header* const h = header_of(object);
    std::uint32_t seen = __atomic_load_n(&h->shared, __ATOMIC_RELAXED);
    for (;;) {
        if ((seen & split) == 0) {
            drop_merged(object);
            return;
        }
        std::uint32_t const next = seen == split ? split | queued : seen - one;
        if (__atomic_compare_exchange_n(&h->shared, &seen, next, true, __ATOMIC_ACQ_REL, __ATOMIC_RELAXED)) break;
    }
    if (seen == split) enqueue(h);
}

/// The owner has no reference any more.
AMPHIS_NOINLINE inline void last_of_owner(void const volatile* object) noexcept {
    header* const h = header_of(object);
    thread_state& t = me;
    if (__atomic_load_n(&h->shared, __ATOMIC_ACQUIRE) == split) {
        --t.own->live;
        destroy(h);
        return;
    }
    std::uint32_t owner = t.id;
    if (!__atomic_compare_exchange_n(&h->owner, &owner, 0U, false, __ATOMIC_ACQ_REL, __ATOMIC_RELAXED)) return;  // it is in the queue
    --t.own->live;
    merge_counts(h, 0);
}

/// Merges what is queued to this thread; how many that were.
AMPHIS_COLD inline std::size_t merge_queue(record& r) noexcept {
    std::size_t n = 0;
    std::uint64_t const head = __atomic_exchange_n(&r.queue, std::uint64_t{0}, __ATOMIC_ACQ_REL);
    for (auto* h = reinterpret_cast<header*>(static_cast<std::uintptr_t>(head)); h != nullptr; ++n) {
        header* const next = take_link(h);
        --r.live;
        merge_counts(h, 1);
        h = next;
    }
    return n;
}

struct at_thread_exit {
    at_thread_exit() noexcept = default;
    at_thread_exit(at_thread_exit const&) = delete;
    at_thread_exit& operator=(at_thread_exit const&) = delete;
    ~at_thread_exit() {
        record& r = *me.own;
        std::uint64_t empty = 0;
        while (!__atomic_compare_exchange_n(&r.queue, &empty, closed, false, __ATOMIC_ACQ_REL, __ATOMIC_RELAXED)) {
            merge_queue(r);
            empty = 0;
        }
        me.id = nobody;
        me.own = nullptr;
        me.ended = true;  // objects that other thread_local objects make in their destructors are merged from the beginning
        release_record(&r);
    }
};

AMPHIS_COLD inline void open_record() {
    record* const r = all.add_record();
    me.own = r;
    me.id = has_owner | r->index;
    static thread_local at_thread_exit const hook;
    static_cast<void>(hook);
}

inline void retain_biased(void const volatile* object) noexcept {
    header* const h = header_of(object);
    if (__atomic_load_n(&h->owner, __ATOMIC_RELAXED) == me.id) [[likely]] {
        ++h->local;
    } else {
        __atomic_fetch_add(&h->shared, one, __ATOMIC_RELAXED);
    }
}
inline void drop_biased(void const volatile* object) noexcept {
    header* const h = header_of(object);
    if (__atomic_load_n(&h->owner, __ATOMIC_RELAXED) == me.id) [[likely]] {
        if (--h->local == 0) [[unlikely]] last_of_owner(object);
    } else {
        drop_elsewhere(object);
    }
}

/// How many references there are, as far as this thread can know.
inline std::size_t count_of(header const* h) noexcept {
    std::uint32_t const seen = __atomic_load_n(&h->shared, __ATOMIC_RELAXED);
    auto n = static_cast<std::int64_t>(static_cast<std::int32_t>(seen) >> 2);
    if ((seen & split) != 0) {
        // The count of another thread is not looked at: that would be a race. It stands for one reference.
        if (__atomic_load_n(&h->owner, __ATOMIC_RELAXED) == me.id) {
            n += h->local;
            n -= (seen & queued) != 0 ? 1 : 0;
        } else {
            n += (seen & queued) != 0 ? 0 : 1;
        }
    }
    return n > 1 ? static_cast<std::size_t>(n) : 1;
}

template <class T>
struct block {
    static constexpr std::size_t alignment = alignof(T) > sizeof(header) ? alignof(T) : sizeof(header);
    static constexpr std::size_t prefix = alignment;  // the header is at its end
    static constexpr bool over_aligned = alignment > __STDCPP_DEFAULT_NEW_ALIGNMENT__;

    [[nodiscard]] static header* allocate() {
        void* memory;
        if constexpr (over_aligned) {
            memory = ::operator new(prefix + sizeof(T), std::align_val_t{alignment});
        } else {
            memory = ::operator new(prefix + sizeof(T));
        }
        return reinterpret_cast<header*>(static_cast<char*>(memory) + (prefix - sizeof(header)));
    }
    static void free(header* h) noexcept {
        char* const memory = reinterpret_cast<char*>(h) - (prefix - sizeof(header));
        if constexpr (over_aligned) {
            ::operator delete(memory, std::align_val_t{alignment});
        } else {
            ::operator delete(memory);
        }
    }
    static void destroy(header* h) noexcept {
        static_cast<T*>(static_cast<void*>(h + 1))->~T();
        free(h);
    }
};

template <class T>
struct unfinished {
    header* h;
    ~unfinished() {
        if (h != nullptr) block<T>::free(h);
    }
};

}  // namespace amphis::inline v0::detail::gc_shared

#endif  // AMPHIS_GC_SHARED_COUNTS_HPP
