// SPDX-License-Identifier: MIT
// gc/incremental: the search among all objects in slices, with the program running between them.
//
// What the side counters say is then of different moments, so that it only proposes objects. Each island of them, objects that point to one
// another, is looked at again in one go before it dies: no pause is longer than the largest island takes.
// What is made meanwhile counts as reached. A pass that another collection, or freeze(), comes between is given up.
#ifndef AMPHIS_GC_INCREMENTAL_HPP
#define AMPHIS_GC_INCREMENTAL_HPP

#include <amphis/config.hpp>
#include <amphis/gc/collector.hpp>

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <utility>

namespace amphis::inline v0::detail::gc {

/// Calls each(slab, slot, object) for the objects from where the pass stands on, until `left` is used up. Whether it came to the end.
template <class Each>
inline bool heap::go_on(std::size_t& left, Each const& each) {
    for (; pass.slab < table.size(); ++pass.slab, pass.slot = 0) {
        slab* const s = table[pass.slab];
        if (s == nullptr) continue;
        for (; pass.slot < s->fresh; ++pass.slot) {
            if (left == 0) return false;
            --left;
            void* const object = s->object_at(pass.slot);
            std::uint32_t const meta = header_of(object)->meta;
            if ((meta & (tracked | dead)) == tracked && (meta & generation_bits) != frozen) each(*s, object);
        }
    }
    pass.slab = 0;
    pass.slot = 0;
    return true;
}

/// Goes through what was found behind the place where the search is.
inline bool heap::drain(std::size_t& left) {
    while (!stack.empty()) {
        if (left == 0) return false;
        --left;
        void* const object = stack.pop_back();
        std::uint32_t const meta = header_of(object)->meta;
        if ((meta & (tracked | dead)) == tracked && (meta & generation_bits) != frozen) reach(object, pass.place);
    }
    return true;
}

/// True when the set is found.
inline bool heap::search_on(std::size_t& left) {
    switch (pass.at) {
        case stage::none:
            in_pass = true;
            set_limit();
            pass = {stage::clearing, 0, 0, 0};
            [[fallthrough]];
        case stage::clearing:
            for (; pass.slab < table.size(); ++pass.slab) {
                if (left == 0) return false;
                left -= left < 16 ? left : 16;
                if (slab* const s = table[pass.slab]) std::memset(s->counts, 0, s->fresh * sizeof(std::uint16_t));
            }
            pass = {stage::counting, 0, 0, 0};
            [[fallthrough]];
        case stage::counting:
            if (!go_on(left, [this](slab&, void* object) {
                    each_edge(type_at(header_of(object)->meta), object, [this](void**, void* target) {
                        if (slab_of(target)->count_of(target) != marked) count_edge(target);
                    });
                })) {
                return false;
            }
            pass.at = stage::marking;
            [[fallthrough]];
        case stage::marking:
            for (bool ended = false; !ended;) {
                if (!drain(left)) return false;
                if (left == 0) return false;
                std::size_t some = left < 256 ? left : 256;  // so that the stack stays small
                left -= some;
                ended = go_on(some, [this](slab& s, void* object) {
                    std::uint16_t& counted = s.count_of(object);
                    if (counted != marked) {
                        if (counted_all(object, counted)) return;
                        counted = marked;
                    }
                    pass.place = place_of(&s, object);
                    reach(object, pass.place);
                });
                left += some;
            }
            pass.at = stage::draining;
            pass.place = UINT64_MAX;
            [[fallthrough]];
        case stage::draining:
            if (!drain(left)) return false;
            pass.at = stage::gathering;
            [[fallthrough]];
        case stage::gathering:
            if (first_of_slab.size() < table.size()) first_of_slab.resize(table.size());
            if (!go_on(left, [this](slab& s, void* object) {
                    if (s.count_of(object) == marked || header_of(object)->count >= immortal) return;
                    auto const number = static_cast<std::uint32_t>(proposal.size());
                    if (proposal.empty() || slab_of(proposal.back().object) != &s) first_of_slab[s.index] = number;
                    proposal.push_back({object, number, number});
                    s.count_of(object) = static_cast<std::uint16_t>(number - first_of_slab[s.index]);
                    header_of(object)->meta |= suspect;
                })) {
                return false;
            }
            pass.at = stage::linking;
            [[fallthrough]];
        case stage::linking:
            for (; pass.slab != proposal.size(); ++pass.slab) {
                if (left == 0) return false;
                --left;
                void* const object = proposal[pass.slab].object;
                if ((header_of(object)->meta & suspect) == 0) continue;
                each_edge(type_at(header_of(object)->meta), object, [this](void**, void* target) {
                    if ((header_of(target)->meta & suspect) == 0) return;
                    std::uint32_t const a = island_of(static_cast<std::uint32_t>(pass.slab));
                    std::uint32_t const b = island_of(first_of_slab[slab_of(target)->index] + slab_of(target)->count_of(target));
                    if (a == b) return;
                    proposal[a].parent = b;
                    std::swap(proposal[a].next, proposal[b].next);  // two rings become one
                });
            }
            pass.at = stage::dying;
            pass.slab = 0;
            [[fallthrough]];
        case stage::dying: break;
    }
    return true;
}

inline std::uint32_t heap::island_of(std::uint32_t i) noexcept {
    while (proposal[i].parent != i) {
        proposal[i].parent = proposal[proposal[i].parent].parent;
        i = proposal[i].parent;
    }
    return i;
}

/// The island of `i` dies, as far as nobody else points to it now. How many objects that are.
inline std::size_t heap::bury_island(std::uint32_t i) {
    set.clear();
    set_flags = 0;
    set_by_hand = false;
    for (std::uint32_t at = i;;) {
        void* const object = proposal[at].object;
        std::uint32_t const meta = header_of(object)->meta;
        if ((meta & (suspect | generation_bits)) == (suspect | frozen)) {  // by a finalize() meanwhile
            header_of(object)->meta = meta & ~std::uint32_t{suspect};
        } else if ((meta & suspect) != 0) {  // and has not died meanwhile
            set.push_back(object);
            set_flags |= meta;
            set_by_hand = set_by_hand || type_at(meta).hand_written;
        }
        at = proposal[at].next;
        if (at == i) break;
    }
    recount();
    trim();
    check_reports();
    std::size_t const found = set.empty() ? 0 : commit();
    overflows.clear();
    return found;
}

/// Goes on with the collection for `budget` objects, or as many more as the island has that is the last of them. How many objects died.
inline std::size_t heap::collect_some(std::size_t budget) {
    if (!may_collect()) return 0;
    if (outer != nullptr) return collect(2);  // an island that is not finished
    if (budget == 0) budget = 1;  // else who asks until there is nothing left would ask forever
    collecting = true;
    struct at_end {
        heap& h;
        bool ended = true;
        bool completed = false;
        ~at_end() {
            h.collecting = false;
            if (completed) {
                h.end_pass();
                h.give_back_idle();
            } else if (ended) {
                h.give_up_pass();
            }
        }
    } ending{*this};

    collection_info info;
    info.generation = 2;
    if (pass.at == stage::none && listeners != nullptr) tell("start", info);
    std::size_t found = 0;
    bool const searched = search_on(budget);
    for (; searched && budget != 0 && pass.slab < proposal.size(); ++pass.slab) {
        --budget;
        auto const i = static_cast<std::uint32_t>(pass.slab);
        if (proposal[i].parent != i) continue;
        std::size_t const died = bury_island(i);
        found += died;
        budget -= died < budget ? died : budget;
    }
    pass.collected += found;
    if (!searched || pass.slab != proposal.size()) {
        ending.ended = false;
        return found;
    }
    count0 = count1 = count2 = 0;
    live_after_full = live;
    ending.completed = true;
    ++stats[2].collections;
    stats[2].collected += pass.collected;
    info.examined = live;
    info.collected = pass.collected;
    if (listeners != nullptr) tell("stop", info);
    return found;
}

/// Nobody is a suspect any more.
inline void heap::end_pass() noexcept {
    pass = {};
    proposal.clear();
    forget_set();
    in_pass = false;
    set_limit();
    discard_empty();
}
/// The pass begins anew with the next slice.
inline void heap::give_up_pass() noexcept {
    if (pass.at == stage::none) return;
    for (std::size_t i = 0; i != proposal.size(); ++i) header_of(proposal[i].object)->meta &= ~std::uint32_t{suspect};
    end_pass();
}

}  // namespace amphis::inline v0::detail::gc

#endif  // AMPHIS_GC_INCREMENTAL_HPP
