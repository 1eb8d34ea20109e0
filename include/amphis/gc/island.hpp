// SPDX-License-Identifier: MIT
// gc/island: objects that move to another thread, all of a graph at once.  Python: nothing like it, all threads share all objects.
//
//     #include <amphis/gc/island.hpp>                                  // gc.hpp does not include it
//     gc::island document([&] { return parse("big.json"); });          // made in a heap of its own
//     std::thread([document = std::move(document)]() mutable {
//         gc::ptr<Node> root = std::move(document).adopt();            // from here on as if this thread had made it
//     });
#ifndef AMPHIS_GC_ISLAND_HPP
#define AMPHIS_GC_ISLAND_HPP

#include <amphis/config.hpp>
#include <amphis/detail/text.hpp>
#include <amphis/gc/collector.hpp>
#include <amphis/gc/heap.hpp>
#include <amphis/gc/incremental.hpp>
#include <amphis/gc/ptr.hpp>
#include <amphis/gc/sequence.hpp>
#include <amphis/lang/exceptions/hierarchy.hpp>

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <type_traits>

namespace amphis::inline v0 {
namespace detail::gc {

/// While it lives, `h` is the heap of this thread.
struct within {
    heap* const before = here;
    explicit within(heap* h) noexcept { here = h; }
    within(within const&) = delete;
    within& operator=(within const&) = delete;
    ~within() { here = before; }
};

/// The side counters of these heaps are free for a search that comes to their objects from another heap.
inline void give_up_passes(heap* h) noexcept {
    for (; h != nullptr; h = h->outer) {
        if (!h->collecting) h->give_up_pass();
    }
}

/// All objects of `from` become those of `into`, and `from` is deleted. Raises std::bad_alloc; then nothing has happened.
inline void take_over(heap& into, heap* from) {
    into.give_up_pass();
    std::size_t arenas = 0;
    for (arena* a = from->arenas; a != nullptr; a = a->next) ++arenas;
    into.reserve_arenas(arenas);
    into.weak.reserve(from->weak.size());
    into.saved.reserve(into.saved.size() + from->saved.size());
    sequence<std::uint32_t> indices;
    indices.reserve(from->slabs_used);
    try {
        while (indices.size() != from->slabs_used) indices.push_back(into.new_index());
    } catch (...) {
        for (std::uint32_t const index : indices) into.free_index(index);
        throw;
    }

    from->give_up_pass();
    from->be_traced_by(nullptr);
    into.be_traced_by(nullptr);
    std::size_t next = 0;
    for (slab* const s : from->table) {
        if (s == nullptr) continue;
        s->owner = &into;
        s->index = indices[next++];
        into.table[s->index] = s;
        if (s->listed) {
            s->next_listed = into.listed;
            into.listed = s;
        }
    }
    into.slabs_used += from->slabs_used;
    for (std::uint32_t c = 0; c != size_classes; ++c) {
        slab* const first = from->rooms[c];
        if (first == nullptr) continue;
        slab* last = first;
        while (last->next != nullptr) last = last->next;
        last->next = into.rooms[c];
        if (last->next != nullptr) last->next->previous = last;
        into.rooms[c] = first;
    }
    while (arena* const a = from->arenas) {
        from->detach(a);
        into.arena_of[heap::place_of(into.arena_of, a->memory)] = a;
        ++into.arena_count;
        into.attach(a);
        if (a->free_slabs == 0) {
            into.to_the_back(a);
        } else if (a->free_slabs == all_free) {
            ++into.empty_arenas;
            into.give_back(a);
        }
    }
    from->weak.each([&](void const* object, weak_block* first) { into.weak.set(object, first); });
    for (void* const object : from->saved) into.saved.push_back(object);
    into.live += from->live;
    into.live_after_full += from->live;
    from->table.clear();
    delete from;
    into.follow_tracer();
}

/// Calls visit(object, its type) for each object that there is, also those that no collection looks at.
template <class Visit>
void each_of_all(heap& h, Visit const& visit) {
    for (std::size_t i = 0; i != h.table.size(); ++i) {
        slab* const s = h.table[i];
        if (s == nullptr) continue;
        for (std::uint32_t slot = 0; slot != s->fresh; ++slot) {
            void* const object = s->object_at(slot);
            std::uint32_t const meta = header_of(object)->meta;
            if (meta != 0) visit(object, type_at(meta));
        }
    }
}

[[noreturn]] AMPHIS_COLD inline void not_closed(type const& t, void* object, void const* slot, char const* what) {
    text message;
    message.append(t.name);
    text field;
    if (slot != nullptr) t.name_edge(object, slot, field);
    if (field.size() != 0) {
        message.push_back('.');
        message.append(field.view());
    }
    message.append(chars(what));
    throw ValueError(message.view());
}

/// Raises ValueError unless all uses of the weak references to the objects of `h`, and of those in its objects, are in its objects.
inline void check_weak(heap& h) {
    struct looker : sink {
        heap& h;
        void* object = nullptr;
        type const* its = nullptr;
    };
    auto const each_use = [&h](void (*look)(looker& self, weak_block& block)) {
        struct caller : looker {
            void (*look)(looker& self, weak_block& block);
        } call{{{[](sink&, edge*, std::size_t) {}, [](sink&, part_edge&) {},
                 [](sink& self, void* of) {
                     if (auto* const block = *static_cast<weak_block**>(of); block != nullptr) static_cast<caller&>(self).look(static_cast<caller&>(self), *block);
                 }, true},
                h},
               look};
        each_of_all(h, [&call](void* object, type const& t) {
            if (!t.holds_weak) return;
            call.object = object;
            call.its = &t;
            t.walk_all(object, call);
        });
    };
    h.weak.each([](void const*, weak_block* block) {
        for (; block != nullptr; block = block->next) block->seen = 0;
    });
    each_use([](looker&, weak_block& block) { block.seen = 0; });
    each_use([](looker& self, weak_block& block) {
        ++block.seen;
        if (block.object != nullptr && slab_of(block.object)->owner != &self.h) {
            not_closed(*self.its, self.object, nullptr, " of an island holds a weak reference to an object outside of it");
        }
    });
    each_use([](looker& self, weak_block& block) {
        if (block.seen != block.uses) not_closed(*self.its, self.object, nullptr, " of an island holds a weak reference that is also held outside of it");
    });
    h.weak.each([](void const* of, weak_block* block) {
        for (; block != nullptr; block = block->next) {
            if (block->seen == block->uses) continue;
            auto* const object = const_cast<void*>(of);
            not_closed(type_at(header_of(object)->meta), object, nullptr, " in an island has a weak reference from outside of it");
        }
    });
}

/// Raises ValueError unless all pointers to the objects of `h` stand in its objects, one to `root` apart, and all that stand there point to its
/// objects. The same of weak references.
inline void check_closed(heap& h, void* root) {
    for (slab* const s : h.table) {
        if (s != nullptr) std::memset(s->counts, 0, s->fresh * sizeof(std::uint16_t));
    }
    h.overflows.clear();
    bool any_weak = h.weak.size() != 0;
    each_of_all(h, [&](void* object, type const& t) {
        any_weak = any_weak || t.holds_weak;
        if (t.walk_all == nullptr) return;
        heap::each_edge(t, object, [&](void** slot, void* target) {
            if (slab_of(target)->owner != &h) not_closed(t, object, slot, " of an island points to an object outside of it");
            h.count_edge(target);
        });
    });
    if (any_weak) check_weak(h);

    if (root != nullptr) {
        if (slab_of(root)->owner != &h) not_closed(type_at(header_of(root)->meta), root, nullptr, ", to which an island leads, is outside of it");
        h.count_edge(root);
    }
    each_of_all(h, [&h](void* object, type const& t) {
        if (!h.counted_all(object, slab_of(object)->count_of(object))) not_closed(t, object, nullptr, " in an island is pointed to from outside of it");
    });
    h.overflows.clear();
}

template <class T>
struct island_of_type {};
template <class T>
struct island_of_type<amphis::gc::ptr<T>> {
    using type = T;
};

}  // namespace detail::gc

namespace gc {

/// A graph of objects in a heap of its own, which one thread makes and another takes.
///
///     gc::island ring([] {
///         auto a = gc::make<Node>("a");
///         a->next = a;
///         return a;                                         // by this pointer alone the graph is reached
///     });
///     ring.size();                                          // 1
///     gc::ptr<Node> a = std::move(ring).adopt();            // on any thread
///
/// An island that nobody adopts dies with its objects where it is destroyed.
///
/// Raises    ValueError when an object of the island points to one outside of it, or somebody outside to one in it, or a weak reference does;
///           what `build` raises. Then what was made belongs to this thread, as if gc::make() had made it there.
/// Costs     to make: fresh memory, 2 MiB at least, a collection, and a look at each pointer: some 60 ns an object. To move: nothing. To adopt: a
///           step for each 64 KiB.
/// Threads   one at a time. What is not counted by this heap, behind a raw pointer, a std::shared_ptr or a leaf, is not looked at.
/// Differs   from CPython, whose threads share all objects: there is nothing to move, and a lock to wait for.
template <class T>
class [[nodiscard]] island {
public:
    island() noexcept = default;
    /// `build` is called at once, and returns a gc::ptr to the object that leads to all others.
    template <class Build>
        requires(!std::is_same_v<std::remove_cvref_t<Build>, island>)
    explicit island(Build&& build) {
        using made_by = std::remove_cvref_t<decltype(static_cast<Build&&>(build)())>;
        static_assert(requires { typename detail::gc::island_of_type<made_by>::type; }, "amphis: what builds a gc::island returns a gc::ptr to the object that leads to all others");
        heap* const own = new heap();
        own->outer = detail::gc::here;
        detail::gc::give_up_passes(own->outer);
        try {
            detail::gc::within const inside(own);
            ptr<T> root = static_cast<Build&&>(build)();
            own->collect(2);
            detail::gc::check_closed(*own, root.object);
            root_ = root.object;
            root.object = nullptr;
        } catch (...) {
            give_up(own);
            throw;
        }
        own->outer = nullptr;
        heap_ = own;
    }
    island(island&& other) noexcept : heap_(other.heap_), root_(other.root_) {
        other.heap_ = nullptr;
        other.root_ = nullptr;
    }
    island& operator=(island&& other) noexcept {
        if (this == &other) return *this;
        sink();
        heap_ = other.heap_;
        root_ = other.root_;
        other.heap_ = nullptr;
        other.root_ = nullptr;
        return *this;
    }
    ~island() { sink(); }

    /// There is one to adopt.
    [[nodiscard]] explicit operator bool() const noexcept { return heap_ != nullptr; }
    /// How many objects there are that a collection looks at.
    [[nodiscard]] std::size_t size() const noexcept { return heap_ != nullptr ? heap_->live : 0; }

    /// All of its objects become those of this thread. The island is empty then.
    ///
    /// Raises    RuntimeError within a collection; std::bad_alloc. Then the island is as it was.
    [[nodiscard]] ptr<T> adopt() && {
        if (heap_ == nullptr) return nullptr;
        heap& into = detail::gc::current();
        if (into.collecting) throw RuntimeError("an island is adopted within a collection");
        detail::gc::take_over(into, heap_);
        void* const root = root_;
        heap_ = nullptr;
        root_ = nullptr;
        return ptr<T>(detail::gc::adopt(), root);
    }

private:
    using heap = detail::gc::heap;

    /// What was made in `own` belongs to this thread.
    static void give_up(heap* own) noexcept {
        try {
            heap& into = detail::gc::current();
            if (!into.collecting) return detail::gc::take_over(into, own);
        } catch (...) {
        }
        end(own, nullptr);
    }
    /// Its finalizers may use the objects of this thread.
    static void end(heap* own, void* root) noexcept {
        own->outer = detail::gc::here;
        detail::gc::give_up_passes(own->outer);
        detail::gc::within const inside(own);
        ptr<T>(detail::gc::adopt(), root).reset();
        detail::gc::end_heap(*own);
    }
    void sink() noexcept {
        heap* const own = heap_;
        void* const root = root_;
        heap_ = nullptr;
        root_ = nullptr;
        if (own != nullptr) end(own, root);
    }

    heap* heap_ = nullptr;
    void* root_ = nullptr;
};
template <class Build>
island(Build) -> island<typename detail::gc::island_of_type<std::remove_cvref_t<decltype(std::declval<Build&>()())>>::type>;

}  // namespace gc
}  // namespace amphis::inline v0

#endif  // AMPHIS_GC_ISLAND_HPP
