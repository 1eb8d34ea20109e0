// SPDX-License-Identifier: MIT
// gc/type: what stands before each object of the heap, and what the heap knows of its class.
#ifndef AMPHIS_GC_TYPE_HPP
#define AMPHIS_GC_TYPE_HPP

#include <amphis/config.hpp>
#include <amphis/detail/lock.hpp>
#include <amphis/detail/text.hpp>
#include <amphis/detail/type_name.hpp>
#include <amphis/gc/edge.hpp>
#include <amphis/gc/traverse.hpp>

#include <cstddef>
#include <cstdint>
#include <new>
#include <type_traits>

namespace amphis::inline v0::detail::gc {

// ---- the header ------------------------------------------------------------------------------------------------------

/// The 8 bytes before each object.
///
/// `count` is how many pointers own it. Of an object that need not be noted when a pointer to it goes (it cannot take part in a cycle, or it
/// is noted already), quiet is added: then a pointer that goes finds in one test, whether the result is positive as a signed number, both that
/// the object is dead and that it is to be noted.
struct header {
    std::uint32_t count;
    std::uint32_t meta;  // the index of the type << 8 | flags; 0: nobody is here
};

inline constexpr std::uint32_t quiet = 0x7fffffff;
inline constexpr std::uint32_t immortal = 0xc0000000;  // 2**30 pointers more or less do not change that

enum flag : std::uint32_t {
    generation_bits = 3,   // 0, 1, 2; 3: frozen
    tracked = 1U << 2,     // can take part in a cycle
    to_finalize = 1U << 3, // has finalize(), which was not called yet
    has_weak = 1U << 4,    // weak references to it
    suspect = 1U << 5,     // among those that a collection looks at
    dead = 1U << 6,        // on its way out: nobody looks at its count or its edges
    finalized = 1U << 7,
};
inline constexpr std::uint32_t frozen = 3;

inline header* header_of(void* object) noexcept { return static_cast<header*>(object) - 1; }
inline void* object_of(header* h) noexcept { return h + 1; }

[[nodiscard]] inline std::uint32_t count_of(header const& h) noexcept { return h.count >= quiet ? h.count - quiet : h.count; }

// ---- the type --------------------------------------------------------------------------------------------------------

/// Where a function that walks an object takes the pointers that it meets: a run of them, or one to a part of an object.
struct sink {
    void (*edges)(sink& self, edge* first, std::size_t n);
    void (*part)(sink& self, part_edge& one);
    void (*weak)(sink& self, void* reference);
    bool entries = false;  // those of weak containers, too
};

/// `n` pointers one after the other, at `offset` of each object.
struct run {
    std::uint32_t offset;
    std::uint32_t n;
};
inline constexpr std::size_t most_runs = 4;

struct type {
    std::uint32_t meta;  // of a new object; 0 before the first
    std::uint32_t size;
    std::uint32_t runs_used;
    bool more;          // than the first run
    bool holds_weak;    // a weak reference
    bool hand_written;  // traverse() is the user's: what it reports is checked
    run runs[most_runs];
    void (*walk)(void* object, sink& visit);      // the pointers that are not in runs, or null
    void (*walk_all)(void* object, sink& visit);  // all of them, and the weak references, or null
    void (*destroy)(void* object) noexcept;
    void (*finalize)(void* object);
    void (*name_edge)(void* object, void const* slot, text& out);
    chars name;
};

inline constexpr std::size_t most_types = 1U << 14;
inline constinit type* types[most_types] = {};
inline constinit std::uint32_t types_used = 1;
inline constinit lock types_lock{};
struct types_lock_held {
    types_lock_held() noexcept { types_lock.acquire(); }
    types_lock_held(types_lock_held const&) = delete;
    types_lock_held& operator=(types_lock_held const&) = delete;
    ~types_lock_held() { types_lock.release(); }
};

inline type& type_at(std::uint32_t meta) noexcept { return *types[meta >> 8U]; }

template <class T>
concept Finalizable = requires(T& object) { object.finalize(); };

/// Gives what walk() meets to a sink.
struct to_sink {
    sink& out;
    void edges(edge* first, std::size_t n) const { out.edges(out, first, n); }
    void part(part_edge& one) const { out.part(out, one); }
    template <class W>
    void weak(W& reference) const {
        if constexpr (requires { reference.amphis_gc_entries(*this); }) {
            if (out.entries) reference.amphis_gc_entries(*this);
        } else {
            out.weak(out, __builtin_addressof(reference));
        }
    }
};

/// Takes down where the pointers are that are at the same place in each object.
struct runs_recorder {
    char const* object;
    type& into;
    bool all = true;

    void edges(edge* first, std::size_t n) {
        if (n == 0) return;
        auto const offset = static_cast<std::uint32_t>(reinterpret_cast<char const*>(first) - object);
        auto const many = static_cast<std::uint32_t>(n);
        if (into.runs_used != 0) {
            run& last = into.runs[into.runs_used - 1];
            if (last.offset + last.n * sizeof(edge) == offset) {
                last.n += many;
                return;
            }
        }
        if (into.runs_used == most_runs) {
            all = false;
        } else {
            into.runs[into.runs_used++] = {offset, many};
        }
    }
    void part(part_edge&) noexcept { all = false; }
    template <class W>
    static void weak(W&) noexcept {}
};

template <class T>
struct type_functions {
    template <part_of_walk W>
    static void walk_as(void* object, sink& visit) {
        to_sink visitor{visit};
        walk<W>(*static_cast<T*>(object), visitor);
    }
    static void destroy(void* object) noexcept { static_cast<T*>(object)->~T(); }
    static void finalize(void* object) {
        if constexpr (Finalizable<T>) static_cast<T*>(object)->finalize();
    }
    static void name(void* object, void const* slot, text& out) {
        if constexpr (holds_edges<T>) name_edge(*static_cast<T*>(object), slot, out);
    }
    static constexpr auto walk_all = [] {
        if constexpr (holds_edges<T> || holds_weak<T>) {
            return &walk_as<part_of_walk::all>;
        } else {
            return static_cast<void (*)(void*, sink&)>(nullptr);
        }
    }();
};

/// What the heap knows of T. constinit, so that it is there before anything runs.
template <class T>
inline constinit type type_of{0,
                              sizeof(T),
                              0,
                              false,
                              false,
                              false,
                              {},
                              nullptr,
                              type_functions<T>::walk_all,
                              &type_functions<T>::destroy,
                              Finalizable<T> ? &type_functions<T>::finalize : nullptr,
                              &type_functions<T>::name,
                              {}};

/// Before the first object of the class is given out, when it is complete: the runs are read off it.
template <class T>
AMPHIS_COLD std::uint32_t register_type(T& first) {
    types_lock_held const held;
    type& t = type_of<T>;
    if (std::uint32_t const known = __atomic_load_n(&t.meta, __ATOMIC_ACQUIRE); known != 0) return known;
    if (types_used == most_types) throw std::bad_alloc();
    if constexpr (holds_edges<T>) {
        runs_recorder recorder{reinterpret_cast<char const*>(__builtin_addressof(first)), t};
        if constexpr (has_fixed_edges<T>) walk<part_of_walk::fixed>(first, recorder);
        if (!recorder.all) {
            t.runs_used = 0;
            t.runs[0] = {};
            t.walk = t.walk_all;
        } else if constexpr (has_moving_edges<T>) {
            t.walk = &type_functions<T>::template walk_as<part_of_walk::moving>;
        }
        t.more = t.runs_used > 1 || t.walk != nullptr;
        t.hand_written = walked_by_hand<T>;
    }
    t.holds_weak = holds_weak<T>;
    t.name = type_name<T>();
    types[types_used] = &t;
    std::uint32_t const meta = types_used++ << 8U | (acyclic<T> ? 0U : static_cast<std::uint32_t>(tracked)) | (Finalizable<T> ? static_cast<std::uint32_t>(to_finalize) : 0U);
    __atomic_store_n(&t.meta, meta, __ATOMIC_RELEASE);
    return meta;
}

}  // namespace amphis::inline v0::detail::gc

#endif  // AMPHIS_GC_TYPE_HPP
