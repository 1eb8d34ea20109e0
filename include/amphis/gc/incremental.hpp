// SPDX-License-Identifier: MIT
// gc/incremental: the search among all objects in slices, with the program running between them.
//
// What the side counters say is then of different moments, so that it only proposes a set; the set is looked at again in one go before it dies.
// What is made meanwhile counts as reached. A pass that another collection, or freeze(), comes between is given up.
#ifndef AMPHIS_GC_INCREMENTAL_HPP
#define AMPHIS_GC_INCREMENTAL_HPP

#include <amphis/config.hpp>
#include <amphis/gc/collector.hpp>

#include <cstddef>
#include <cstdint>
#include <cstring>

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
        void* const object = stack.pop();
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
                --left;
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
            return go_on(left, [this](slab& s, void* object) {
                if (s.count_of(object) != marked && header_of(object)->count < immortal) suspected(object);
            });
    }
    return true;
}

/// Goes on with the search for `budget` objects. How many objects died, 0 as long as it has not come to the end.
inline std::size_t heap::collect_some(std::size_t budget) {
    if (!may_collect()) return 0;
    collecting = true;
    struct at_end {
        heap& h;
        bool given_up = true;
        ~at_end() {
            h.collecting = false;
            if (given_up) h.give_up_pass();
        }
    } ending{*this};

    collection_info info;
    info.generation = 2;
    if (pass.at == stage::none && listeners != nullptr) tell("start", info);
    if (!search_on(budget)) {
        ending.given_up = false;
        return 0;
    }
    info.examined = live;
    leave_out_the_dead();
    recount();
    trim();
    check_reports();
    std::size_t const found = set.empty() ? 0 : commit();
    count0 = count1 = count2 = 0;
    live_after_full = live;
    ++stats[2].collections;
    stats[2].collected += found;
    info.collected = found;
    give_up_pass();
    if (listeners != nullptr) tell("stop", info);
    return found;
}

/// The pass begins anew with the next slice.
inline void heap::give_up_pass() noexcept {
    if (pass.at == stage::none) return;
    pass = {};
    forget_set();
    in_pass = false;
    set_limit();
    discard_empty();
}

}  // namespace amphis::inline v0::detail::gc

#endif  // AMPHIS_GC_INCREMENTAL_HPP
