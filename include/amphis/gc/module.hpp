// SPDX-License-Identifier: MIT
// gc/module: what Python's gc module offers.
#ifndef AMPHIS_GC_MODULE_HPP
#define AMPHIS_GC_MODULE_HPP

#include <amphis/config.hpp>
#include <amphis/gc/collector.hpp>
#include <amphis/gc/incremental.hpp>
#include <amphis/gc/ptr.hpp>
#include <amphis/lang/exceptions/hierarchy.hpp>

#include <cstddef>
#include <tuple>
#include <type_traits>
#include <vector>  // and the iterator tags: <iterator> would double what gc.hpp costs

namespace amphis::inline v0 {
namespace gc {

/// A pointer to an object of any class: what get_objects() gives.
///
///     for (gc::object const& o : gc::get_objects()) print(o);      // <Node object at 0x7f2a1c010048>
///     if (auto node = o.as<Node>()) node->name;
class object : public ptr<void> {
public:
    object() noexcept = default;
    template <class T>
    object(ptr<T> const& p) noexcept : ptr<void>(p) {}  // NOLINT(google-explicit-constructor)

    /// The name of its class.
    [[nodiscard]] detail::chars type_name() const noexcept { return *this ? type().name : detail::chars("NoneType"); }
    /// As a pointer to its class; null if it is of another.
    template <class T>
    [[nodiscard]] ptr<T> as() const noexcept {
        if (!*this || __builtin_addressof(type()) != __builtin_addressof(detail::gc::type_of<T>)) return nullptr;
        return detail::gc::access::share<T>(address());
    }
    friend void repr_to(detail::text& out, object const& o) {
        if (!o) {
            out.append(detail::chars("None"));
            return;
        }
        char at[24];
        int const n = std::snprintf(at, sizeof(at), "%p", o.address());
        out.push_back('<');
        out.append(o.type_name());
        out.append(detail::chars(" object at "));
        out.append(at, static_cast<std::size_t>(n));
        out.push_back('>');
    }

private:
    [[nodiscard]] void* address() const noexcept { return ptr<void>::edge::object; }
    [[nodiscard]] detail::gc::type const& type() const noexcept { return detail::gc::type_at(detail::gc::header_of(address())->meta); }
};

/// How many objects a slice of a collection looks at: gc::collect(gc::budget{1000}).
struct budget {
    std::size_t objects = 1000;
};

}  // namespace gc

namespace detail::gc {

inline amphis::gc::object share_any(void* of) { return access::share<void>(of); }

inline int valid_generation(int generation) {
    if (generation < 0 || generation > 2) throw ValueError("invalid generation");
    return generation;
}

struct collect_fn {
    std::size_t operator()(int generation = 2) const { return current().collect(valid_generation(generation)); }
    std::size_t operator()(amphis::gc::budget slice) const { return current().collect_some(slice.objects); }
};
struct set_incremental_fn {
    void operator()(bool on) const { current().incremental = on; }
};
struct in_progress_fn {
    [[nodiscard]] bool operator()() const { return current().pass.at != heap::stage::none; }
};
struct is_incremental_fn {
    [[nodiscard]] bool operator()() const { return current().incremental; }
};
struct enable_fn {
    void operator()() const {
        heap& h = current();
        h.enabled = true;
        h.set_limit();
    }
};
struct disable_fn {
    void operator()() const {
        heap& h = current();
        h.enabled = false;
        h.set_limit();
    }
};
struct isenabled_fn {
    [[nodiscard]] bool operator()() const { return current().enabled; }
};
using three = std::tuple<std::int64_t, std::int64_t, std::int64_t>;
struct get_count_fn {
    [[nodiscard]] three operator()() const {
        heap const& h = current();
        return {h.count0, h.count1, h.count2};
    }
};
struct get_threshold_fn {
    [[nodiscard]] three operator()() const {
        heap const& h = current();
        return {h.threshold[0], h.threshold[1], h.threshold[2]};
    }
};
struct set_threshold_fn {
    void operator()(std::int64_t first) const {
        heap& h = current();
        h.threshold[0] = first;
        h.set_limit();
    }
    void operator()(std::int64_t first, std::int64_t second) const {
        current().threshold[1] = second;
        (*this)(first);
    }
    void operator()(std::int64_t first, std::int64_t second, std::int64_t third) const {
        current().threshold[2] = third;
        (*this)(first, second);
    }
};
struct get_stats_fn {
    [[nodiscard]] std::vector<generation_stats> operator()() const {
        heap const& h = current();
        return {h.stats[0], h.stats[1], h.stats[2]};
    }
};
struct get_objects_fn {
    [[nodiscard]] std::vector<amphis::gc::object> operator()() const {
        std::vector<amphis::gc::object> all;
        heap& h = current();
        all.reserve(h.live);
        h.each_object([&](void* of) { all.push_back(share_any(of)); });
        return all;
    }
    [[nodiscard]] std::vector<amphis::gc::object> operator()(int generation) const {
        if (generation > 2) throw ValueError("generation parameter must be less than the number of available generations (3)");
        if (generation == -1) return (*this)();  // as in CPython, whose default it is
        if (generation < 0) throw ValueError("generation parameter cannot be negative");
        auto const wanted = static_cast<std::uint32_t>(generation);
        std::vector<amphis::gc::object> all;
        current().each_object([&](void* of) {
            if ((header_of(of)->meta & generation_bits) == wanted) all.push_back(share_any(of));
        });
        return all;
    }
};
struct get_referrers_fn {
    template <class... P>
    [[nodiscard]] std::vector<amphis::gc::object> operator()(P const&... to) const {
        std::vector<amphis::gc::object> all;
        current().each_object([&](void* of) {
            bool refers = false;
            heap::each_edge(type_at(header_of(of)->meta), of, [&](void**, void* target) { refers = refers || ((target == to.edge::object) || ...); });
            if (refers) all.push_back(share_any(of));
        });
        return all;
    }
};
struct get_referents_fn {
    template <class... P>
    [[nodiscard]] std::vector<amphis::gc::object> operator()(P const&... from) const {
        std::vector<amphis::gc::object> all;
        auto const add = [&](void* of) {
            if (of == nullptr) return;
            type const& t = type_at(header_of(of)->meta);
            heap::each_edge(t, of, [&](void**, void* target) { all.push_back(share_any(target)); });
        };
        (add(from.edge::object), ...);
        return all;
    }
};
struct is_tracked_fn {
    template <class T>
    [[nodiscard]] bool operator()(amphis::gc::ptr<T> const& p) const noexcept {
        return p && (header_of(p.edge::object)->meta & tracked) != 0;
    }
};
struct is_finalized_fn {
    template <class T>
    [[nodiscard]] bool operator()(amphis::gc::ptr<T> const& p) const noexcept {
        return p && (header_of(p.edge::object)->meta & finalized) != 0;
    }
};
struct freeze_fn {
    void operator()() const {
        heap& h = current();
        if (!h.collecting) h.give_up_pass();  // else the pass leaves out what is frozen now
        h.each_object([](void* of) { header_of(of)->meta |= frozen; });
    }
};
struct unfreeze_fn {
    void operator()() const {
        current().each_object([](void* of) {
            if ((header_of(of)->meta & generation_bits) == frozen) header_of(of)->meta &= ~std::uint32_t{1};
        });
    }
};
struct get_freeze_count_fn {
    [[nodiscard]] std::size_t operator()() const {
        std::size_t n = 0;
        current().each_object([&](void* of) { n += (header_of(of)->meta & generation_bits) == frozen; });
        return n;
    }
};
struct set_debug_fn {
    void operator()(unsigned flags) const { current().debug = flags; }
};
struct get_debug_fn {
    [[nodiscard]] unsigned operator()() const { return current().debug; }
};

/// The list gc.garbage of this thread.
struct garbage_list {
    [[nodiscard]] std::size_t size() const { return current().saved.size(); }
    [[nodiscard]] bool empty() const { return size() == 0; }
    [[nodiscard]] amphis::gc::object operator[](std::size_t i) const { return share_any(current().saved[i]); }
    void clear() const {
        sequence<void*> dropped;
        dropped.swap(current().saved);
        for (void* const of : dropped) drop(of);
    }
    struct iterator {
        using value_type = amphis::gc::object;
        using difference_type = std::ptrdiff_t;
        using reference = value_type;
        using pointer = void;
        using iterator_category = std::input_iterator_tag;

        garbage_list const* list = nullptr;
        std::size_t i = 0;
        value_type operator*() const { return (*list)[i]; }
        iterator& operator++() {
            ++i;
            return *this;
        }
        iterator operator++(int) {
            iterator const before = *this;
            ++i;
            return before;
        }
        bool operator==(iterator const&) const = default;
    };
    [[nodiscard]] iterator begin() const { return {this, 0}; }
    [[nodiscard]] iterator end() const { return {this, size()}; }
};

/// The list gc.callbacks of this thread.
struct callback_list {
    template <class Fn>
    std::size_t append(Fn&& fn) const {
        static_assert(std::is_invocable_v<std::decay_t<Fn>&, char const*, amphis::gc::collection_info const&>,
                      "amphis: gc::callbacks takes functions of the phase, \"start\" or \"stop\", and of a gc::collection_info const&");
        struct holder : heap::listener {
            std::decay_t<Fn> fn;
            explicit holder(Fn&& given) : fn(static_cast<Fn&&>(given)) {}
        };
        auto* const made = new holder(static_cast<Fn&&>(fn));
        made->call = [](heap::listener& self, char const* phase, amphis::gc::collection_info const& info) { static_cast<holder&>(self).fn(phase, info); };
        made->destroy = [](heap::listener* self) noexcept { delete static_cast<holder*>(self); };
        heap& h = current();
        made->id = ++h.listeners_made;
        heap::listener** last = &h.listeners;
        while (*last != nullptr) last = &(*last)->next;
        *last = made;
        return made->id;
    }
    /// Takes away the one for which append() returned `id`.
    void remove(std::size_t id) const {
        heap& h = current();
        for (heap::listener* one = h.listeners; one != nullptr; one = one->next) {
            if (one->id != id || one->removed) continue;
            one->removed = true;
            if (!h.telling) h.forget_removed();
            return;
        }
        throw ValueError("list.remove(x): x not in list");
    }
    void clear() const { current().clear_listeners(); }
    [[nodiscard]] std::size_t size() const {
        std::size_t n = 0;
        for (heap::listener* one = current().listeners; one != nullptr; one = one->next) n += !one->removed;
        return n;
    }
};

struct getrefcount_fn {
    template <class T>
    [[nodiscard]] std::size_t operator()(amphis::gc::ptr<T> const& p) const noexcept {
        return p ? count_of(*header_of(p.edge::object)) : 0;
    }
};

}  // namespace detail::gc

namespace gc {

using detail::gc::generation_stats;

/// Finds the objects of this thread that nobody can reach, and lets them die. How many they were.
///
///     gc::collect();      // all objects
///     gc::collect(0);     // those that have lost a pointer since, and the new ones that these reach
///     do gc::collect(gc::budget{1000}); while (gc::in_progress());      // all, in slices of 1000 objects
///
/// Raises    ValueError unless the generation is 0, 1 or 2; what a traverse() raises, then nothing has happened.
/// Costs     of all objects about 10 to 45 ns each; of a younger generation, what is examined and not what is there.
/// Differs   from CPython: a young collection starts at the objects that lost a pointer. In a finalizer, a destructor or a callback that a
///           collection calls it returns 0, as there; and also in one that runs because the last pointer went, which may have been in a
///           container that is half cleared: the next gc::make() makes up for it.
/// Source    docs.python.org/3/library/gc.html#gc.collect
inline constexpr detail::gc::collect_fn collect{};
/// Whether automatic collections of all objects go in slices, between which the program goes on: shorter pauses for some memory. Objects that
/// point to one another die in one slice, however many they are.
inline constexpr detail::gc::set_incremental_fn set_incremental{};
inline constexpr detail::gc::is_incremental_fn is_incremental{};
/// Whether a collection in slices has begun and not come to its end.
inline constexpr detail::gc::in_progress_fn in_progress{};
/// Automatic collection on: the default.
inline constexpr detail::gc::enable_fn enable{};
/// Automatic collection off: cycles stay until collect().
inline constexpr detail::gc::disable_fn disable{};
inline constexpr detail::gc::isenabled_fn isenabled{};
/// Objects made less objects gone since the last collection, and how many collections of generation 0 and 1 since one of the next.
inline constexpr detail::gc::get_count_fn get_count{};
/// (700, 10, 10) unless set_threshold() was called.
inline constexpr detail::gc::get_threshold_fn get_threshold{};
/// When collections are due: generation 0 when more than `first` objects were made than went; 0 for never. Generation 1 after more than
/// `second` of these; all after more than `third` of those, once there are twice as many objects as after the last time.
inline constexpr detail::gc::set_threshold_fn set_threshold{};
/// For each generation: collections, collected, uncollectable.
inline constexpr detail::gc::get_stats_fn get_stats{};
/// All objects that can be in a cycle, or those of a generation.
inline constexpr detail::gc::get_objects_fn get_objects{};
/// The objects that point to any of these.
inline constexpr detail::gc::get_referrers_fn get_referrers{};
/// What these objects point to.
inline constexpr detail::gc::get_referents_fn get_referents{};
/// Whether its class can be in a cycle, as far as the types of its fields say.
inline constexpr detail::gc::is_tracked_fn is_tracked{};
/// Whether finalize() was called.
inline constexpr detail::gc::is_finalized_fn is_finalized{};
/// All objects that there are now are left out of collections, as by a server before it forks: their memory stays unwritten.
inline constexpr detail::gc::freeze_fn freeze{};
inline constexpr detail::gc::unfreeze_fn unfreeze{};
inline constexpr detail::gc::get_freeze_count_fn get_freeze_count{};

enum : unsigned { DEBUG_STATS = 1, DEBUG_COLLECTABLE = 2, DEBUG_UNCOLLECTABLE = 4, DEBUG_SAVEALL = 32, DEBUG_LEAK = 38 };
/// DEBUG_STATS and DEBUG_COLLECTABLE print to stderr; with DEBUG_SAVEALL what is found unreachable goes to gc::garbage instead of dying.
inline constexpr detail::gc::set_debug_fn set_debug{};
inline constexpr detail::gc::get_debug_fn get_debug{};

/// What DEBUG_SAVEALL saved.
inline constexpr detail::gc::garbage_list garbage{};
/// Functions that are called before and after each collection: gc::callbacks.append([](char const* phase, gc::collection_info const& info) {...}).
inline constexpr detail::gc::callback_list callbacks{};

}  // namespace gc

namespace sys {

/// How many pointers there are to the object. CPython says one more, for the argument.
inline constexpr detail::gc::getrefcount_fn getrefcount{};

}  // namespace sys
}  // namespace amphis::inline v0

#endif  // AMPHIS_GC_MODULE_HPP
