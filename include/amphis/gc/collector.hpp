// SPDX-License-Identifier: MIT
// gc/collector: which objects nobody can reach although they point to one another, and how they die.
//
// A set of objects is garbage exactly if each of them has as many pointers to it as the set itself has. Two searches propose such sets: among
// the objects that lost a pointer and what these reach, which costs what that is, and among all, slab by slab.
// Source: D. Bacon and V. Rajan, "Concurrent Cycle Collection in Reference Counted Systems", ECOOP 2001; CPython, Modules/gcmodule.c.
#ifndef AMPHIS_GC_COLLECTOR_HPP
#define AMPHIS_GC_COLLECTOR_HPP

#include <amphis/config.hpp>
#include <amphis/detail/pointer_set.hpp>
#include <amphis/gc/heap.hpp>
#include <amphis/lang/exceptions/hierarchy.hpp>

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <ctime>

#if __has_include(<pthread.h>)
#include <pthread.h>
#endif

namespace amphis::inline v0::detail::gc {

// ---- edges -----------------------------------------------------------------------------------------------------------

inline void* whole_of(void const* part) noexcept {
    slab* const s = slab_of(part);
    return s->object_at(s->slot_of(part));
}

/// The pointers that do not stand in the first run.
template <class Visit>
AMPHIS_NOINLINE inline void heap::each_other_edge(type const& t, void* object, Visit visit) {
    for (std::uint32_t i = 1; i < t.runs_used; ++i) {
        auto* e = reinterpret_cast<edge*>(static_cast<char*>(object) + t.runs[i].offset);
        for (edge* const end = e + t.runs[i].n; e != end; ++e) {
            if (void* const target = e->object) visit(&e->object, target);
        }
    }
    if (t.walk == nullptr) return;
    struct walker : sink {
        Visit* visit;
    };
    walker w{{[](sink& self, edge* first, std::size_t n) {
                  auto& to = *static_cast<walker&>(self).visit;
                  for (; n != 0; --n, ++first) {
                      if (first->object != nullptr) to(&first->object, first->object);
                  }
              },
              [](sink& self, part_edge& one) {
                  if (one.part != nullptr) (*static_cast<walker&>(self).visit)(&one.part, whole_of(one.part));
              },
              [](sink&, void*) {}},
             __builtin_addressof(visit)};
    if (!t.hand_written) {
        t.walk(object, w);
        return;
    }
    // A traverse() that lets go of the last pointer to its own object leaves a candidate without pointers to it, which goes as any other.
    struct pin {
        header* h;
        explicit pin(header* of) noexcept : h(of) { ++h->count; }
        pin(pin const&) = delete;
        pin& operator=(pin const&) = delete;
        ~pin() { --h->count; }
    } const held(header_of(object));
    t.walk(object, w);
}
/// Calls visit(slot, object) for each pointer in `object` that is not null; of a pointer to a part, `object` is the whole. `visit` is copied:
/// what it captures by value stays in registers.
template <class Visit>
AMPHIS_ALWAYS_INLINE void heap::each_edge(type const& t, void* object, Visit visit) {
    auto* e = reinterpret_cast<edge*>(static_cast<char*>(object) + t.runs[0].offset);
    for (edge* const end = e + t.runs[0].n; e != end; ++e) {
        if (void* const target = e->object) visit(&e->object, target);
    }
    if (t.more) each_other_edge(t, object, visit);
}

template <class Visit>
inline void heap::each_object(Visit&& visit) {
    for (std::size_t i = 0; i != table.size(); ++i) {
        slab* const s = table[i];
        if (s == nullptr) continue;
        for (std::uint32_t slot = 0; slot != s->fresh; ++slot) {
            void* const object = s->object_at(slot);
            if ((header_of(object)->meta & (tracked | dead)) == tracked) visit(object);
        }
    }
}

// ---- counting --------------------------------------------------------------------------------------------------------

inline constexpr std::uint16_t much = 0x8000;  // a side counter that came here goes on in `overflows`

inline void heap::count_edge(void* object) {
    slab* const s = slab_of(object);
    std::uint16_t& counted = s->count_of(object);
    if (++counted == much) [[unlikely]] {
        counted = much / 2;
        for (overflow& o : overflows) {
            if (o.object == object) {
                o.count += much / 2;
                return;
            }
        }
        overflows.push_back({object, much / 2});
    }
}
/// As many pointers to it were counted as it has: nobody else points to it, as far as that goes.
inline bool heap::counted_all(void* object, std::uint16_t counted) const noexcept {
    std::uint64_t all = counted;
    if (counted >= much / 2) [[unlikely]] {
        for (overflow const& o : overflows) {
            if (o.object == object) all += o.count;
        }
    }
    return all >= count_of(*header_of(object));
}

// ---- the search among all --------------------------------------------------------------------------------------------

/// It takes part in a search among all: it is tracked, neither dead nor frozen.
inline bool examined(std::uint32_t meta) noexcept { return (meta & (tracked | dead | generation_bits)) - tracked < frozen; }

/// Calls visit(object, its side counter, its place) for each that is examined, in the order of the places.
template <class Visit>
inline void heap::each_examined(Visit&& visit) {
    for (std::size_t i = 0; i != table.size(); ++i) {
        slab* const s = table[i];
        if (s == nullptr) continue;
        // All of it in registers: what visit() writes could be the slab, for all that the compiler knows.
        std::size_t const stride = s->stride;
        char* object = s->objects;
        std::uint16_t* counted = s->counts;
        std::uint64_t const place = place_of(s, nullptr);
        for (std::uint16_t* const end = counted + s->fresh; counted != end; ++counted, object += stride) {
            if (examined(header_of(object)->meta)) visit(object, *counted, place | (reinterpret_cast<std::uintptr_t>(object) & (slab_bytes - 1)));
        }
    }
}

/// All that `object` points to is reached. What stands behind `place`, where the search is, will be met there; what stands before it goes on
/// the stack.
AMPHIS_ALWAYS_INLINE void heap::reach(void* object, std::uint64_t place) {
    header* const h = header_of(object);
    if ((h->meta & generation_bits) != 2) h->meta = (h->meta & ~std::uint32_t{generation_bits}) | 2U;
    each_edge(type_at(h->meta), object, [this, place](void**, void* target) {
        slab* const s = slab_of(target);
        std::uint16_t& counted = s->count_of(target);
        if (counted == marked) return;
        counted = marked;
        if (place_of(s, target) <= place) stack.push_back(target);
    });
}

/// What the stack holds is reached, and all that stands behind `place`.
AMPHIS_NOINLINE inline void heap::reach_behind(std::uint64_t place) {
    // A few of the stack are fetched ahead: 127 -> 31 to 47 ns an object of a chain in random order.
    constexpr std::size_t ahead = 16;
    void* waiting[ahead];
    std::size_t first = 0;
    std::size_t n = 0;
    while (n != 0 || !stack.empty()) {
        while (n != ahead && !stack.empty()) {
            void* const next = stack.pop_back();
            __builtin_prefetch(header_of(next));
            __builtin_prefetch(static_cast<char*>(next) + 56);
            waiting[(first + n) % ahead] = next;
            ++n;
        }
        void* const now = waiting[first];
        first = (first + 1) % ahead;
        --n;
        if (examined(header_of(now)->meta)) reach(now, place);
    }
}

inline void heap::find_all() {
    for (slab* s : table) {
        if (s != nullptr) std::memset(s->counts, 0, s->fresh * sizeof(std::uint16_t));
    }
    each_examined([this](void* object, std::uint16_t&, std::uint64_t) {
        each_edge(type_at(header_of(object)->meta), object, [this](void**, void* target) { count_edge(target); });
    });

    each_examined([this](void* object, std::uint16_t& counted, std::uint64_t place) {
        if (counted != marked) {
            if (counted_all(object, counted)) return;
            counted = marked;
        }
        reach(object, place);
        // Not each at once: what is fetched ahead comes from the stack, 93 -> 33 ns an object of a chain whose root comes early.
        if (stack.size() >= 512) reach_behind(place);
    });
    reach_behind(~std::uint64_t{0});

    for (slab* s : table) {
        if (s == nullptr) continue;
        for (std::uint32_t slot = 0; slot < s->fresh; ++slot) {
            std::uint64_t four = 0;  // there are a multiple of four
            if (slot % 4 == 0) std::memcpy(&four, s->counts + slot, sizeof(four));
            if (four == ~std::uint64_t{0}) {
                slot += 3;
                continue;
            }
            if (s->counts[slot] == marked) continue;
            void* const object = s->object_at(slot);
            if (examined(header_of(object)->meta) && header_of(object)->count < immortal) suspected(object);
        }
    }
    forget_candidates([](void*) { return true; });  // last, because it does not raise
}

/// All of an island that is not finished, or that dies, without those that it points to elsewhere, which are another heap's.
AMPHIS_COLD inline void heap::find_own() {
    each_object([this](void* object) {
        header* const h = header_of(object);
        if ((h->meta & generation_bits) == frozen || h->count >= immortal) return;
        h->meta = (h->meta & ~std::uint32_t{generation_bits}) | 2U;
        suspected(object);
        slab_of(object)->count_of(object) = 0;
    });
    for (std::size_t i = 0; i != set.size(); ++i) {
        void* const object = set[i];
        if ((header_of(object)->meta & suspect) == 0) continue;  // a traverse() let go of it
        each_edge(type_at(header_of(object)->meta), object, [this](void**, void* target) {
            if (slab_of(target)->owner == this && (header_of(target)->meta & suspect) != 0) count_edge(target);
        });
    }
    if (!disturbed) trim();
    forget_candidates([](void*) { return true; });  // last, because it does not raise
}

/// The candidates are none any more; `each` is called with them, until it returns false.
template <class Each>
inline void heap::forget_candidates(Each const& each) {
    while (listed != nullptr) {
        slab* const s = listed;
        for (std::uint32_t word = 0; s->candidates != 0; ++word) {
            while (std::uint64_t const bits = s->bits()[word]) {
                void* const object = s->object_at(word * 64 + static_cast<std::uint32_t>(__builtin_ctzll(bits)));
                if (!each(object)) return;  // first, because it may raise
                s->bits()[word] = bits & (bits - 1);
                --s->candidates;
                header_of(object)->count -= quiet;
            }
        }
        listed = s->next_listed;
        s->next_listed = nullptr;
        s->listed = false;
    }
}
inline void heap::suspected(void* object) {
    set.push_back(object);
    header* const h = header_of(object);
    h->meta |= suspect;
    set_flags |= h->meta;
    set_by_hand = set_by_hand || type_at(h->meta).hand_written;
}

// ---- the search among candidates -------------------------------------------------------------------------------------

/// The candidates that are not older, up to `most`, and what they reach that is not older: how many pointers each has from among them.
inline void heap::find_among_candidates(std::uint32_t generation, std::size_t most) {
    auto const add = [this, generation](void* object) {
        header* const h = header_of(object);
        h->meta = (h->meta & ~std::uint32_t{generation_bits}) | (generation + 1);
        suspected(object);
        slab_of(object)->count_of(object) = 0;
    };
    forget_candidates([&](void* object) {
        std::uint32_t const its = header_of(object)->meta & generation_bits;
        if (its <= generation) {
            if (most-- == 0) return false;
            add(object);
        } else if (its < 2) {  // for collect(1); collect(2) looks at all
            stack.push_back(object);
        }
        return true;
    });
    while (!stack.empty()) note(stack.pop_back());
    for (std::size_t i = 0; i != set.size(); ++i) {
        void* const object = set[i];
        if ((header_of(object)->meta & suspect) == 0) continue;  // a traverse() let go of it
        each_edge(type_at(header_of(object)->meta), object, [&](void**, void* target) {
            std::uint32_t const meta = header_of(target)->meta;
            if ((meta & suspect) == 0) {
                if ((meta & (tracked | dead)) != tracked || (meta & generation_bits) > generation || slab_of(target)->owner != this) return;
                add(target);
            }
            count_edge(target);
        });
    }
}

/// Leaves in the set what only the set points to. The side counters hold how many pointers that are.
inline void heap::trim() {
    auto const is_suspect = [](void* object) { return (header_of(object)->meta & suspect) != 0; };
    for (void* const object : set) {
        if (!is_suspect(object) || counted_all(object, slab_of(object)->count_of(object))) continue;
        header_of(object)->meta &= ~std::uint32_t{suspect};
        stack.push_back(object);
        while (!stack.empty()) {
            void* const reached = stack.pop_back();
            if ((header_of(reached)->meta & tracked) == 0) continue;
            each_edge(type_at(header_of(reached)->meta), reached, [&](void**, void* target) {
                if (!is_suspect(target)) return;
                header_of(target)->meta &= ~std::uint32_t{suspect};
                stack.push_back(target);
            });
        }
    }
    std::size_t kept = 0;
    for (void* const object : set) {
        if (is_suspect(object)) set[kept++] = object;
    }
    set.resize(kept);
}

// ---- the end of a set ------------------------------------------------------------------------------------------------

AMPHIS_COLD inline void bad_report(void* object, void const* slot, char const* what) {
    type const& t = type_at(header_of(object)->meta);
    text field;
    t.name_edge(object, slot, field);
    text message;
    message.append(chars("traverse() of "));
    message.append(t.name);
    message.append(chars(what));
    if (field.size() != 0) {
        message.append(chars(": "));
        message.append(field.view());
    }
    throw RuntimeError(message.view());
}

/// A traverse() that reports a pointer twice, or one that the object does not own, would make an object look unreachable that is not.
inline void heap::check_reports() {
    if (!set_by_hand) return;
    auto const here_on_stack = reinterpret_cast<std::uintptr_t>(__builtin_frame_address(0));
    sequence<void*> reported;
    for (void* const object : set) {
        if ((header_of(object)->meta & suspect) == 0) continue;
        type const& t = type_at(header_of(object)->meta);
        if (!t.hand_written) continue;
        reported.clear();
        void* last = nullptr;
        bool ascending = true;
        void const* foreign = nullptr;
        each_edge(t, object, [&](void** slot, void*) {
            auto const address = reinterpret_cast<std::uintptr_t>(slot);
            bool const is_copy = address < here_on_stack && address > reinterpret_cast<std::uintptr_t>(__builtin_frame_address(0));
            if (address - reinterpret_cast<std::uintptr_t>(object) >= t.size && (is_copy || in_arena(slot))) foreign = slot;
            ascending = ascending && reinterpret_cast<std::uintptr_t>(slot) > reinterpret_cast<std::uintptr_t>(last);
            last = slot;
            reported.push_back(slot);
        });
        if (foreign != nullptr) bad_report(object, foreign, " reports a pointer that the object does not own");
        if (ascending) continue;
        pointer_set seen;
        for (void* const slot : reported) {
            if (!seen.insert(slot)) bad_report(object, slot, " reports a pointer twice");
        }
    }
}

inline void heap::forget_set() noexcept {
    for (void* const object : set) header_of(object)->meta &= ~std::uint32_t{suspect};
    set_flags = 0;
    set_by_hand = false;
    set.clear();
    stack.clear();
    overflows.clear();
}

/// The weak references to the objects of the set are cleared; those outside of it that have a callback go to the end of `calls`.
inline void heap::clear_weak_of_set(weak_calls& calls) noexcept {
    bool any = false;
    for (void* const object : set) {
        if ((header_of(object)->meta & has_weak) == 0) continue;
        any = true;
        for (weak_block* block = weak.find(object); block != nullptr; block = block->next) block->seen = 0;  // from an earlier collection
    }
    if (!any) return;
    sink count{[](sink&, edge*, std::size_t) {}, [](sink&, part_edge&) {},
               [](sink&, void* of) {
                   if (auto* const block = *static_cast<weak_block**>(of); block != nullptr) ++block->seen;
               }};
    try {
        for (void* const object : set) {
            type const& t = type_at(header_of(object)->meta);
            if (t.holds_weak) t.walk_all(object, count);
        }
    } catch (...) {  // of a traverse(): then some callbacks are called that need not be
        unraisable("traverse()");
    }
    for (void* const object : set) {
        if ((header_of(object)->meta & has_weak) != 0) clear_weak(object, calls, true);
    }
}

/// The set dies, in the order of CPython 3.11: the weak references to it are cleared, the callbacks of those outside of it are called, then
/// finalize() of each; what these made reachable again goes on, with all that it reaches; the rest is destroyed.
inline std::size_t heap::commit() {
    bool told = false;

    if ((set_flags & has_weak) != 0) {
        weak_calls calls;
        clear_weak_of_set(calls);
        told = calls.first != nullptr;
        call_all(calls);
    }
    for (std::size_t i = 0; (set_flags & to_finalize) != 0 && i != set.size(); ++i) {
        void* const object = set[i];
        header* const h = header_of(object);
        if ((h->meta & (suspect | to_finalize)) != (suspect | to_finalize)) continue;
        told = true;
        ++h->count;
        finalize(object);
        drop(object);
    }
    if (told) {
        leave_out_the_dead();
        recount();
        trim();
    }

    std::size_t const found = set.size();
    if ((debug & 32U) != 0) {  // DEBUG_SAVEALL
        saved.reserve(saved.size() + set.size());
        for (void* const object : set) {
            ++header_of(object)->count;
            saved.push_back(object);
        }
        forget_set();
        return found;
    }
    destroy_set(told);
    return found;
}

/// The pointers within the set are taken away, so that no destructor meets an object that is gone; then each is destroyed.
inline void heap::destroy_set(bool told) noexcept {
    weak_calls calls;  // of weak references that finalize() made
    if (told) {
        clear_weak_of_set(calls);
    }
    for (void* const object : set) {
        if ((header_of(object)->meta & suspect) == 0) continue;
        try {
            each_edge(type_at(header_of(object)->meta), object, [](void** slot, void* target) {
                header* const h = header_of(target);
                if ((h->meta & suspect) == 0) return;
                *slot = nullptr;
                --h->count;
            });
        } catch (...) {
            unraisable_in(object, "traverse() of ");  // what it still points to goes with it
        }
    }
    {
        outside const others(*this);
        dying = true;
        for (void* const object : set) {
            header* const h = header_of(object);
            if ((h->meta & suspect) == 0) continue;  // it died with another
            h->meta &= ~std::uint32_t{suspect};
            if (h->count >= quiet && h->count < immortal) {  // finalize(), or a traverse() that copies a pointer, made it a candidate
                h->count -= quiet;
                forget(object);
            }
            // A pointer that traverse() did not report, or a copy of it, still leads to it: it goes with that one.
            if (h->count != 0) {
                note(object);
                continue;
            }
            h->meta |= dead;
            bury_all(object, nobody);
        }
    }
    set.clear();
    call_all(calls);
}

/// What died by its count meanwhile is no suspect any more, nor is what was made in its place.
inline void heap::leave_out_the_dead() noexcept {
    std::size_t kept = 0;
    for (void* const object : set) {
        if ((header_of(object)->meta & suspect) != 0) set[kept++] = object;
    }
    set.resize(kept);
}

inline void heap::recount() {
    overflows.clear();
    for (void* const object : set) slab_of(object)->count_of(object) = 0;
    for (void* const object : set) {
        if ((header_of(object)->meta & suspect) == 0) continue;
        each_edge(type_at(header_of(object)->meta), object, [&](void**, void* target) {
            if ((header_of(target)->meta & suspect) != 0) count_edge(target);
        });
    }
}

/// After objects came or went during the search. A traverse() may do so once, with what it keeps to itself.
AMPHIS_COLD inline void heap::look_again() {
    for (int round = 0; disturbed; ++round) {
        if (round == 4) throw RuntimeError("traverse() makes or destroys objects each time it is called");
        disturbed = false;
        leave_out_the_dead();
        recount();
        trim();
    }
}

/// The search did not come to its end: all of it is there for the next.
AMPHIS_COLD inline void heap::propose_again() noexcept {
    while (!stack.empty()) {
        void* const object = stack.pop_back();
        header* const h = header_of(object);
        if ((h->meta & (tracked | dead)) == tracked && h->count < quiet) note(object);
    }
    for (void* const object : set) {
        header* const h = header_of(object);
        if ((h->meta & suspect) == 0) continue;
        h->meta &= ~std::uint32_t{generation_bits};
        if (h->count < quiet) note(object);
    }
}

// ---- a collection ----------------------------------------------------------------------------------------------------

inline double seconds_now() noexcept {
    timespec now{};
    ::timespec_get(&now, TIME_UTC);
    return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

/// Raises whatever a traverse() raises, and std::bad_alloc; then nothing has happened.
inline std::size_t heap::collect(int generation, std::size_t most_candidates) {
    if (!may_collect()) return 0;
    give_up_pass();
    collecting = true;
    struct at_end {
        heap& h;
        int generation;
        ~at_end() {
            h.forget_set();
            h.in_pass = false;
            h.set_limit();
            h.collecting = false;
            h.discard_empty();
            if (generation >= 2) h.give_back_idle();
        }
    } const ending{*this, generation};

    bool const watched = listeners != nullptr || (debug & 1U) != 0;
    collection_info info;
    info.generation = generation;
    double const began = watched ? seconds_now() : 0;
    if (listeners != nullptr) tell("start", info);
    if ((debug & 1U) != 0) say_start(generation);

    count0 = 0;
    if (generation > 0) count1 = 0;
    if (generation > 1) count2 = 0;
    if (generation == 0) ++count1;
    if (generation == 1) ++count2;

    in_pass = true;
    disturbed = false;
    limit = INT64_MIN;  // what is made from here on goes the long way
    std::size_t found = 0;
    try {
        if (generation >= 2 && outer != nullptr) [[unlikely]] {
            find_own();
            looked_at = live;
        } else if (generation >= 2) {
            find_all();
            looked_at = live;
        } else {
            find_among_candidates(static_cast<std::uint32_t>(generation), most_candidates);
            looked_at = set.size();
            if (!disturbed) trim();
        }
        check_reports();
        if (disturbed) look_again();
        set_limit();
        if ((debug & 2U) != 0) say_set();
        if (!set.empty()) found = commit();
    } catch (...) {
        propose_again();
        if (listeners != nullptr) tell("stop", info);
        throw;
    }

    if (generation >= 2) live_after_full = live;
    ++stats[generation].collections;
    stats[generation].collected += found;
    info.collected = found;
    info.examined = looked_at;
    if (watched) info.duration = seconds_now() - began;
    if ((debug & 1U) != 0) std::fprintf(stderr, "gc: done, %zu unreachable, 0 uncollectable, %.4fs elapsed\n", found, info.duration);
    if (listeners != nullptr) tell("stop", info);
    return found;
}

AMPHIS_COLD inline void heap::say_start(int generation) {
    std::size_t n[4] = {};
    each_object([&](void* object) { ++n[header_of(object)->meta & generation_bits]; });
    std::fprintf(stderr, "gc: collecting generation %d...\ngc: objects in each generation: %zu %zu %zu\ngc: objects in permanent generation: %zu\n", generation,
                 n[0], n[1], n[2], n[3]);
}
AMPHIS_COLD inline void heap::say_set() {
    for (void* const object : set) {
        chars const name = type_at(header_of(object)->meta).name;
        std::fprintf(stderr, "gc: collectable <%.*s %p>\n", static_cast<int>(name.size), name.data, object);
    }
}

inline void heap::collect_a_slice(std::size_t budget) noexcept {
    try {
        collect_some(budget);
    } catch (...) {
        unraisable("garbage collection");
    }
}

inline void heap::due() noexcept {
    if (!may_collect() || !enabled || threshold[0] == 0) return;
    if (pass.at != stage::none) {
        // 64 objects looked at for each that is made: three times all, before there are a twentieth more, which are young until then.
        if (++made_in_pass % 16 == 0) collect_a_slice(16 * 64);
        return;
    }
    int generation = 0;
    if (count1 > threshold[1]) generation = 1;
    // All are looked at when they have doubled since: then that costs a fixed share of making them.
    if (count2 > threshold[2] && live > 2 * live_after_full) generation = 2;
    if (generation == 2 && incremental) return collect_a_slice(64 * 16);
    // After a pass in slices there are many: not all in one pause.
    constexpr std::size_t most_candidates = 4096;
    try {
        collect(generation, most_candidates);
    } catch (...) {
        unraisable("garbage collection");
    }
}

/// What only its cycles keep goes. Whether nobody is left.
inline bool collect_all(heap& h) noexcept {
    try {
        for (int round = 0; round != 4 && h.collect(2) != 0; ++round) {}
    } catch (...) {
        unraisable("garbage collection");
    }
    for (slab* const s : h.table) {
        if (s != nullptr && s->used != 0) return false;
    }
    return true;
}

/// The end of a heap that is `here`: its cycles are collected. While somebody still points to an object, it is kept.
inline void end_heap(heap& h) noexcept {
    h.clear_listeners();  // what they refer to may be gone
    if (collect_all(h)) {
        here = nullptr;
        delete &h;
        return;
    }
    h.outer = nullptr;
    types_lock_held const held;
    h.next_orphan = orphans;
    orphans = &h;
    __atomic_store_n(&h.orphaned, true, __ATOMIC_RELEASE);
}

/// A thread_local variable that is older than the heap still holds objects: the thread ends the heap after all of these. False where that
/// cannot be arranged. exit() does not come to it; it comes to last_keeper.
AMPHIS_COLD inline bool end_with_thread([[maybe_unused]] heap& h) noexcept {
#if __has_include(<pthread.h>)
    static constinit pthread_key_t key{};
    static constinit bool made = false;
    {
        types_lock_held const held;
        made = made || ::pthread_key_create(&key, [](void* of) {
                           here = static_cast<heap*>(of);
                           end_heap(*here);
                       }) == 0;
        if (!made) return false;
    }
    return ::pthread_setspecific(key, &h) == 0;
#else
    return false;
#endif
}
inline heap_keeper::~heap_keeper() {
    heap& h = *here;
    h.clear_listeners();  // what they refer to may be gone
    if (collect_all(h)) {
        here = nullptr;
        delete &h;
    } else if (!end_with_thread(h)) {
        end_heap(h);
    }
}

inline last_keeper::~last_keeper() {
    if (here != nullptr && !here->orphaned) end_heap(*here);
    heap* rest = nullptr;
    {
        types_lock_held const held;
        rest = orphans;
        orphans = nullptr;
    }
    heap* const before = here;
    bool gone = false;
    while (heap* const h = rest) {
        rest = h->next_orphan;
        here = h;
        if (collect_all(*h)) {
            gone = gone || h == before;
            delete h;
            continue;
        }
        types_lock_held const held;
        h->next_orphan = orphans;
        orphans = h;
    }
    here = gone ? nullptr : before;
}

}  // namespace amphis::inline v0::detail::gc

#endif  // AMPHIS_GC_COLLECTOR_HPP
