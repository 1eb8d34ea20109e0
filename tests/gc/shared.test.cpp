// SPDX-License-Identifier: MIT
// gc/shared: pointers whose object several threads use. Which thread does what first is fixed by joins and latches, but for the last tests,
// where threads do what a seed says at once. Catch's own macros are not for several threads: the threads count, and the test looks at the count.
#include <amphis/gc/shared.hpp>

#include "support/allocations.hpp"
#include "support/catch.hpp"
#include "support/stack.hpp"

#include <array>
#include <atomic>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <latch>
#include <memory>
#include <mutex>
#include <new>
#include <string>
#include <thread>
#include <type_traits>
#include <unordered_set>
#include <utility>
#include <vector>

namespace gc = amphis::gc;
using gc::atomic_ptr;
using gc::biased_ptr;
using gc::make_atomic;
using gc::make_biased;

namespace {

/// Runs body in another thread, to its end.
void elsewhere(auto&& body) { std::thread(std::forward<decltype(body)>(body)).join(); }

std::atomic<int> alive{0};

/// Plain memory, so that a use after its end is seen.
struct Counted {
    int value;
    std::string text = "as long as to be on the heap, please";
    explicit Counted(int v = 1) : value(v) { ++alive; }
    Counted(Counted const&) = delete;
    ~Counted() {
        value = -1;
        --alive;
    }
};

struct Shape {
    virtual ~Shape() { --alive; }
    virtual double area() const = 0;
    Shape() { ++alive; }
    Shape(Shape const&) = delete;
};
struct Square : Shape {
    double side;
    explicit Square(double s) : side(s) {}
    double area() const override { return side * side; }
};
struct Disc : Shape {
    double area() const override { return 3.0; }
};
struct Named {
    virtual ~Named() = default;
    std::string name = "nobody";
};
struct NamedSquare : Named, Square {
    NamedSquare() : Square(1) {}
};
struct Abstract : Named, Shape {};
struct OfAbstract : Abstract {
    double area() const override { return 4; }
};

template <class T>
struct policy_of;
template <class T, class Sharing>
struct policy_of<gc::counted_ptr<T, Sharing>> {
    using type = Sharing;
};

static_assert(sizeof(biased_ptr<Counted>) == 8 && sizeof(atomic_ptr<Counted>) == 8);
static_assert(std::is_nothrow_move_constructible_v<biased_ptr<Counted>> && std::is_nothrow_copy_constructible_v<biased_ptr<Counted>>);
static_assert(std::is_nothrow_swappable_v<biased_ptr<Counted>>);
static_assert(std::is_convertible_v<biased_ptr<Square>, biased_ptr<Shape>> && std::is_convertible_v<biased_ptr<Square>, biased_ptr<Square const>>);
static_assert(!std::is_convertible_v<biased_ptr<Shape>, biased_ptr<Square>> && !std::is_convertible_v<biased_ptr<Square const>, biased_ptr<Square>>);
static_assert(!std::is_convertible_v<biased_ptr<Square>, atomic_ptr<Square>> && !std::is_convertible_v<Square*, biased_ptr<Square>>);
static_assert(!std::is_convertible_v<biased_ptr<Square>, bool>);
static_assert(std::is_same_v<std::compare_three_way_result_t<biased_ptr<Square>, biased_ptr<Shape>>, std::strong_ordering>);

}  // namespace

TEMPLATE_TEST_CASE("shared: an object lives until its last pointer goes", "[gc][shared][threads]", biased_ptr<Counted>, atomic_ptr<Counted>) {
    using Sharing = typename policy_of<TestType>::type;
    alive = 0;
    {
        TestType a = gc::make_counted<Counted, Sharing>(7);
        CHECK(a.refcount() == 1);
        TestType b = a;
        CHECK((b->value == 7 && (*a).value == 7 && a.get() == b.get() && b.refcount() == 2));
        TestType c = std::move(a);
        CHECK((a == nullptr && !a && c && c.refcount() == 2 && a.refcount() == 0));
        b = nullptr;
        CHECK(c.refcount() == 1);
        CHECK(alive == 1);
        TestType& same = c;
        c = same;
        c = std::move(same);
        CHECK((c != nullptr && c->value == 7 && c.refcount() == 1));
        a = c;
        c = gc::make_counted<Counted, Sharing>(8);
        CHECK(alive == 2);
        swap(a, c);
        CHECK((a->value == 8 && c->value == 7));
        c.reset();
        c = {};
        CHECK(alive == 1);
    }
    CHECK(alive == 0);
}

TEST_CASE("shared: null, comparison and hash are those of the address", "[gc][shared]") {
    biased_ptr<Square> const a = make_biased<Square>(1);
    biased_ptr<Shape> const same = a;
    biased_ptr<Shape> const other = make_biased<Disc>();
    biased_ptr<Shape> const null;
    CHECK((a == same && same == a && a != other && null == nullptr && nullptr == null && a != nullptr));
    CHECK(((a <=> same) == 0 && (a < other) != (other < a) && null < a));
    CHECK(std::hash<biased_ptr<Square>>()(a) == std::hash<biased_ptr<Shape>>()(same));
    CHECK(std::unordered_set<biased_ptr<Shape>>{a, same, other, null}.size() == 3);
}

TEST_CASE("shared: up a hierarchy by itself, down by cast and try_cast", "[gc][shared]") {
    alive = 0;
    {
        biased_ptr<Shape> shape = make_biased<Square>(3);
        CHECK(shape->area() == 9);
        CHECK(shape.cast<Square>()->side == 3);
        biased_ptr<Shape const> const readable = shape;
        biased_ptr<void const> const anything = readable;
        CHECK((anything == shape && shape.refcount() == 3));
        CHECK(anything.cast<Shape const>()->area() == 9);
        biased_ptr<Shape> moved = make_biased<Disc>();
        shape = std::move(moved);
        CHECK((moved == nullptr && shape.refcount() == 1));
#if defined(__cpp_rtti)
        CHECK(shape.try_cast<Disc>() == shape);
        CHECK(shape.try_cast<Square>() == nullptr);
        CHECK(biased_ptr<Shape>().try_cast<Square>() == nullptr);
#endif
    }
    CHECK(alive == 0);
}

TEST_CASE("shared: a base elsewhere in the object does not compile, or raises TypeError", "[gc][shared]") {
    struct Plain {
        int first = 0;
    };
    struct Polymorphic : Plain {
        virtual ~Polymorphic() = default;
    };
    struct Virtual : virtual Plain {};
    using amphis::detail::gc_shared::may_begin_where;
    static_assert(may_begin_where<Named, NamedSquare>() && !may_begin_where<Plain, Polymorphic>() && !may_begin_where<Plain, Virtual>());

    biased_ptr<NamedSquare> const square = make_biased<NamedSquare>();
    CHECK(biased_ptr<Named>(square)->name == "nobody");
    CHECK_THROWS_AS(biased_ptr<Square>(square), amphis::TypeError);
    CHECK_THROWS_AS(square.cast<Square>(), amphis::TypeError);
    biased_ptr<Abstract> const abstract = make_biased<OfAbstract>();
    CHECK_THROWS_AS(biased_ptr<Shape>(abstract), amphis::TypeError);
    CHECK_THROWS_AS(biased_ptr<Shape>(biased_ptr<Abstract>(abstract)), amphis::TypeError);
    CHECK(biased_ptr<Shape>(biased_ptr<Abstract>()) == nullptr);
    CHECK(biased_ptr<Named>(abstract)->name == "nobody");
#if defined(__cpp_rtti)
    CHECK_THROWS_AS(biased_ptr<Named>(abstract).try_cast<Shape>(), amphis::TypeError);
#endif
    CHECK(abstract.refcount() == 1);
}

TEST_CASE("shared: a member function has a pointer more to its object; from the constructor on", "[gc][shared]") {
    struct Listener {
        std::vector<biased_ptr<Listener>>& list;
        explicit Listener(std::vector<biased_ptr<Listener>>& l) : list(l) { subscribe(); }
        void subscribe() { list.push_back(biased_ptr<Listener>::self(this)); }
    };
    std::vector<biased_ptr<Listener>> list;
    auto one = make_biased<Listener>(list);
    CHECK((list.size() == 1 && list[0] == one && one.refcount() == 2));
}

TEST_CASE("shared: an object is where its alignment says", "[gc][shared]") {
    struct alignas(128) Line {
        char bytes[128] = {};
    };
    for (int i = 0; i != 8; ++i) {
        auto const line = make_biased<Line>();
        auto const copy = make_atomic<Line>();
        CHECK(reinterpret_cast<std::uintptr_t>(line.get()) % 128 == 0);
        CHECK(reinterpret_cast<std::uintptr_t>(copy.get()) % 128 == 0);
    }
    CHECK(*make_biased<char const>('x') == 'x');
}

TEST_CASE("shared: a constructor that raises leaves nothing behind", "[gc][shared]") {
    struct Fragile {
        biased_ptr<Counted> part = make_biased<Counted>();
        explicit Fragile(int n) {
            if (n < 0) throw amphis::ValueError("negative");
        }
    };
    alive = 0;
    CHECK_THROWS_AS(make_biased<Fragile>(-1), amphis::ValueError);
    CHECK_THROWS_AS(make_atomic<Fragile>(-1), amphis::ValueError);
    CHECK(alive == 0);
    CHECK(make_biased<Fragile>(1)->part.refcount() == 1);
    CHECK(alive == 0);
}

TEST_CASE("shared: no memory, no object; and a drop needs none", "[gc][shared][threads]") {
    alive = 0;
    int refused = 0;
    elsewhere([&] {  // a thread that has made nothing yet
        for (std::size_t n = 1;; ++n) {
            fail_allocation(n);
            try {
                auto const made = make_biased<Counted>();
                auto const other = make_atomic<Counted>();
                fail_allocation(0);
                break;
            } catch (std::bad_alloc const&) {
                ++refused;
            }
        }
    });
#ifndef AMPHIS_TESTS_KEEP_NEW
    CHECK(refused >= 4);  // two objects, with a string each
#endif
    CHECK(alive == 0);

    std::vector<biased_ptr<int>> objects;
    for (int i = 0; i != 100; ++i) objects.push_back(make_biased<int>(i));
    std::size_t needed = 1;
    elsewhere([&] {
        auto const before = allocation_count();
        for (auto& one : objects) one = nullptr;
        needed = allocation_count() - before;
    });
    CHECK(needed == 0);
    CHECK(gc::merge() == 100);
}

TEST_CASE("shared: what a destructor lets go is destroyed after it", "[gc][shared]") {
    static std::string order;
    struct Part {
        char name;
        biased_ptr<Part> inner{};
        explicit Part(char n, biased_ptr<Part> i = {}) : name(n), inner(std::move(i)) {}
        ~Part() {
            order += name;
            inner = nullptr;
            order += '.';
        }
    };
    order.clear();
    auto a = make_biased<Part>('a', make_biased<Part>('b', make_biased<Part>('c')));
    a = nullptr;
    CHECK(order == "a.b.c.");
}

namespace {
struct Mixed {
    biased_ptr<Mixed> biased{};
    atomic_ptr<Mixed> atomic{};
    Counted counted{};
    Mixed() = default;
    Mixed(biased_ptr<Mixed> b, atomic_ptr<Mixed> a) : biased(std::move(b)), atomic(std::move(a)) {}
};
constexpr int long_chain = 1'000'000;
biased_ptr<Mixed> chain() {
    biased_ptr<Mixed> head;
    for (int i = 0; i != long_chain / 2; ++i) head = make_biased<Mixed>(nullptr, make_atomic<Mixed>(std::move(head), nullptr));
    return head;
}
biased_ptr<Mixed> passed;
}  // namespace

TEST_CASE("shared: a chain of a million is dropped on a stack of 64 KiB", "[gc][shared][threads]") {
    alive = 0;
    with_stack(64, [] {
        auto head = chain();
        head = nullptr;
    });
    CHECK(alive == 0);
    // Made here, and dropped there while this thread lives: each of them comes back to be destroyed.
    passed = chain();
    with_stack(64, [] { passed = nullptr; });
    CHECK(alive == long_chain);
    gc::merge();
    CHECK(alive == 0);
    // Made by a thread that has ended.
    elsewhere([] { passed = chain(); });
    with_stack(64, [] { passed = nullptr; });
    CHECK(alive == 0);
}

TEST_CASE("shared: what another thread drops is destroyed in the thread that made it, in merge()", "[gc][shared][threads]") {
    alive = 0;
    auto object = make_biased<Counted>();
    elsewhere([moved = std::move(object)]() mutable {
        auto copy = moved;
        moved = nullptr;
        copy = nullptr;
    });
    CHECK(alive == 1);
    CHECK(gc::merge() == 1);
    CHECK(alive == 0);
    CHECK(gc::merge() == 0);
}

TEST_CASE("shared: make_biased() merges, too", "[gc][shared][threads]") {
    alive = 0;
    elsewhere([object = make_biased<Counted>()] {});
    CHECK(alive == 1);
    CHECK(*make_biased<int>(3) == 3);
    CHECK(alive == 0);
}

TEST_CASE("shared: an atomic object is destroyed by whoever drops it", "[gc][shared][threads]") {
    alive = 0;
    auto object = make_atomic<Counted>();
    elsewhere([moved = std::move(object)]() mutable {
        auto copy = moved;
        moved = nullptr;
        copy = nullptr;
        if (alive != 0) alive = 100;
    });
    CHECK(alive == 0);
}

TEST_CASE("shared: a thread that ends merges what was dropped elsewhere", "[gc][shared][threads]") {
    alive = 0;
    std::latch made(1);
    std::latch dropped(1);
    biased_ptr<Counted> object;
    std::thread owner([&] {
        object = make_biased<Counted>();
        made.count_down();
        dropped.wait();
        if (alive != 1) alive = 100;
    });
    made.wait();
    object = nullptr;
    CHECK(alive == 1);
    dropped.count_down();
    owner.join();
    CHECK(alive == 0);
}

TEST_CASE("shared: objects outlive the thread that made them, and are destroyed by who drops them", "[gc][shared][threads]") {
    alive = 0;
    std::vector<biased_ptr<Counted>> objects;
    elsewhere([&] {
        for (int i = 0; i != 100; ++i) objects.push_back(make_biased<Counted>(i));
        for (int i = 0; i != 50; ++i) objects.push_back(objects[static_cast<std::size_t>(i)]);
    });
    CHECK(alive == 100);
    CHECK(objects[10].refcount() <= 2);
    objects.resize(100);
    CHECK(alive == 100);
    auto const kept = objects[99];
    CHECK(kept->value == 99);
    elsewhere([&] { objects.clear(); });
    CHECK(alive == 1);
}

TEST_CASE("shared: the records of threads that ended are used again, when their objects are gone", "[gc][shared][threads]") {
    alive = 0;
    std::vector<biased_ptr<Counted>> kept;
    for (int i = 0; i != 200; ++i) {
        elsewhere([&] {
            auto own = make_biased<Counted>(i);
            if (i % 4 == 0) kept.push_back(own);
        });
        if (i % 8 == 0) kept.erase(kept.begin());
    }
    CHECK(alive == 25);
    for (auto const& one : kept) CHECK(one->value >= 100);
    kept.clear();
    CHECK(alive == 0);
    CHECK(amphis::detail::gc_shared::all.records_used < 64);
}

TEST_CASE("shared: the owner drops its last pointer while others have some", "[gc][shared][threads]") {
    alive = 0;
    auto object = make_biased<Counted>(5);
    std::latch copied(1);
    std::latch dropped(1);
    std::atomic<int> seen{0};
    std::thread other([&] {
        auto copy = object;
        copied.count_down();
        dropped.wait();
        seen = copy->value * 10 + static_cast<int>(copy.refcount());
        auto another = copy;
        copy = nullptr;
    });
    copied.wait();
    CHECK(object.refcount() == 2);
    object = nullptr;
    CHECK(alive == 1);
    dropped.count_down();
    other.join();
    CHECK(seen == 51);
    CHECK(alive == 0);  // at once: it was merged
}

TEST_CASE("shared: pointers that others made come back to the owner", "[gc][shared][threads]") {
    alive = 0;
    auto object = make_biased<Counted>();
    std::vector<biased_ptr<Counted>> copies;
    elsewhere([&] {
        for (int i = 0; i != 5; ++i) copies.push_back(object);
    });
    CHECK(object.refcount() == 6);
    copies.resize(2);  // the owner's count cannot pay for them all
    CHECK(object.refcount() == 3);
    copies.clear();
    CHECK(alive == 1);
    CHECK(object.refcount() == 1);
    auto const more = object;
    CHECK(object.refcount() == 2);
    object = nullptr;
    CHECK(alive == 1);
}

TEST_CASE("shared: the owner goes on copying what is queued to it", "[gc][shared][threads]") {
    alive = 0;
    auto object = make_biased<Counted>(9);
    elsewhere([copy = biased_ptr<Counted>(object)] {});  // copied here and dropped there
    {
        std::vector<biased_ptr<Counted>> const copies(10, object);
        CHECK(object->value == 9);
    }
    object = nullptr;
    CHECK(alive == 1);  // the queue has a reference
    CHECK(gc::merge() == 1);
    CHECK(alive == 0);
}

TEST_CASE("shared: merged objects are counted exactly, by everybody", "[gc][shared][threads]") {
    auto object = make_biased<Counted>();
    elsewhere([copy = biased_ptr<Counted>(object)] {});
    gc::merge();
    auto const copy = object;
    CHECK(object.refcount() == 2);
    std::size_t seen = 0;
    elsewhere([&] {
        auto const third = object;
        seen = object.refcount();
    });
    CHECK(seen == 3);
    CHECK(object.refcount() == 2);
}

TEST_CASE("shared: the owner drops its last pointer while another thread is about to queue the object", "[gc][shared][threads]") {
    // A window of a few instructions, opened by hand: the other thread has marked the object, and did not get further yet.
    namespace impl = amphis::detail::gc_shared;
    alive = 0;
    auto object = make_biased<Counted>();
    auto const live = impl::me.own->live;
    auto const mark = [&] {
        alignas(biased_ptr<Counted>) std::byte theirs[sizeof(biased_ptr<Counted>)];
        ::new (static_cast<void*>(theirs)) biased_ptr<Counted>(object);  // from now on the queue's
        impl::header* const h = impl::header_of(object.get());
        h->shared |= impl::queued;
        biased_ptr<Counted> back;
        elsewhere([&] { back = object; });
        back = nullptr;  // counted there, dropped here
        return h;
    };
    impl::header* h = mark();
    SECTION("the owner is first") {
        object = nullptr;
        CHECK(alive == 1);
        elsewhere([&] { impl::enqueue(h); });
    }
    SECTION("the other is first, when the owner has seen already that it is the owner") {
        alignas(biased_ptr<Counted>) std::byte mine[sizeof(biased_ptr<Counted>)];
        ::new (static_cast<void*>(mine)) biased_ptr<Counted>(std::move(object));
        --h->local;
        elsewhere([&] { impl::enqueue(h); });
        impl::last_of_owner(h + 1);
        CHECK(alive == 1);
        CHECK(gc::merge() == 1);
    }
    CHECK(alive == 0);
    CHECK(impl::me.own->live == live - 1);
}

namespace {
/// Destroyed after the end of what counts for the thread, when `first` was there before the first object of the thread.
struct Last {
    biased_ptr<Counted> kept{};
    ~Last() {
        auto const made = make_biased<Counted>();
        auto const copy = kept;
        if (made.refcount() != 1 || copy->value != 1) alive = 100;
        passed_on = made;
    }
    static inline biased_ptr<Counted> passed_on{};
};
}  // namespace

TEST_CASE("shared: a destructor at the end of a thread may make, copy and drop", "[gc][shared][threads]") {
    alive = 0;
    elsewhere([] {
        static thread_local Last last;
        last.kept = make_biased<Counted>();
    });
    CHECK(alive == 1);
    Last::passed_on = nullptr;
    CHECK(alive == 0);
}

TEST_CASE("shared: a destructor may make, copy, drop and merge", "[gc][shared][threads]") {
    struct Busy {
        int left;
        biased_ptr<Counted> own = make_biased<Counted>();
        explicit Busy(int n) : left(n) {}
        ~Busy() {
            auto const copy = own;
            gc::merge();
            if (left != 0) {
                auto const next = make_biased<Busy>(left - 1);
                elsewhere([moved = next] {});
            }
        }
    };
    alive = 0;
    elsewhere([] { static_cast<void>(make_biased<Busy>(20)); });
    CHECK(alive == 0);
}

TEST_CASE("shared: what a static object holds is destroyed at exit()", "[gc][shared]") {
    static biased_ptr<Counted> mine;
    static biased_ptr<Counted> theirs;
    static biased_ptr<Counted> const* queued_at_exit;  // the leak check of asan is the test
    mine = make_biased<Counted>();
    queued_at_exit = &mine;
    elsewhere([] { theirs = make_biased<Counted>(); });
    elsewhere([copy = biased_ptr<Counted>(mine)] {});
    CHECK(queued_at_exit->refcount() >= 1);
}

// ---- at once ---------------------------------------------------------------------------------------------------------

namespace {

struct random_numbers {
    std::uint64_t state;
    std::uint32_t operator()(std::uint32_t below) noexcept {
        state = state * 6364136223846793005U + 1442695040888963407U;
        return static_cast<std::uint32_t>((state >> 33U) % below);
    }
};

/// Objects that hold one another, never in a circle: what a node holds was made before it, and is not changed.
template <class Sharing>
struct Node {
    using ptr = gc::counted_ptr<Node, Sharing>;
    ptr left{};
    ptr right{};
    int check = 4711;
    Node(ptr l, ptr r) : left(std::move(l)), right(std::move(r)) { ++alive; }
    Node(Node const&) = delete;
    ~Node() {
        if (check != 4711) alive += 1'000'000;
        check = 0;
        --alive;
    }
};

/// Threads make, copy, drop, merge, hand over to one another, and end; others take their place.
template <class Sharing>
int storm(std::uint64_t seed, int threads, int lives, int steps) {
    using node = Node<Sharing>;
    using ptr = typename node::ptr;
    struct Place {  // pointers to all threads; the lock is for the pointer, not for the object
        std::mutex guard;
        ptr held;
    };
    std::array<Place, 8> places;
    std::atomic<int> wrong{0};
    auto const live_once = [&](std::uint64_t mine) {
        random_numbers random{mine};
        std::array<ptr, 6> own;
        for (int step = 0; step != steps; ++step) {
            ptr& one = own[random(own.size())];
            ptr& two = own[random(own.size())];
            switch (random(9)) {
                case 0: one = gc::make_counted<node, Sharing>(nullptr, nullptr); break;
                case 1: one = gc::make_counted<node, Sharing>(random(16) != 0 ? two : nullptr, own[random(own.size())]); break;
                case 2: one = two; break;
                case 3: one = nullptr; break;
                case 4: {
                    Place& place = places[random(places.size())];
                    std::lock_guard const held(place.guard);
                    swap(place.held, one);
                    break;
                }
                case 5: {
                    Place& place = places[random(places.size())];
                    ptr copy;
                    {
                        std::lock_guard const held(place.guard);
                        copy = place.held;
                    }
                    one = std::move(copy);
                    break;
                }
                case 6:
                    if (one != nullptr) {
                        ptr next = one->left;  // must not be one's own member: one goes
                        one = std::move(next);
                    }
                    break;
                case 7:
                    if (one != nullptr && one->check != 4711) ++wrong;
                    if (one != nullptr && one.refcount() == 0) ++wrong;
                    break;
                default: gc::merge();
            }
        }
    };
    random_numbers seeds{seed};
    std::vector<std::thread> running;
    for (int i = 0; i != threads; ++i) {
        running.emplace_back([&, s = seeds(1'000'000'000)] {
            random_numbers life{s};
            for (int n = 0; n != lives; ++n) std::thread([&, mine = life(1'000'000'000)] { live_once(mine); }).join();
        });
    }
    for (auto& thread : running) thread.join();
    for (Place& place : places) place.held = nullptr;
    return wrong;
}

/// How many records of threads are in use; more than there are, if one was given back twice.
std::size_t records_in_use() {
    auto const& all = amphis::detail::gc_shared::all;
    std::size_t free = 0;
    for (auto const* one = all.free_records; one != nullptr && free <= all.records_used; one = one->next_free) ++free;
    return all.records_used - free;
}

}  // namespace

TEMPLATE_TEST_CASE("shared: threads make, copy, drop, hand over and end at once", "[gc][shared][threads]", gc::biased_counts, gc::atomic_counts) {
#if !defined(STORMS)
    constexpr std::uint64_t storms = 25;
#else
    constexpr std::uint64_t storms = STORMS;
#endif
    static_cast<void>(make_biased<int>(0));  // this thread has one
    auto const at_first = records_in_use();
    for (std::uint64_t seed = 1; seed <= storms; ++seed) {
        CAPTURE(seed);
        alive = 0;
        CHECK(storm<TestType>(seed, 4, 6, 600) == 0);
        CHECK(alive == 0);
        CHECK(records_in_use() <= at_first);
    }
}

TEST_CASE("shared: two threads drop the last pointers at once", "[gc][shared][threads]") {
    // The smallest race there is: the owner and another thread each have one. The count of rounds matters, not the work in them.
    alive = 0;
    constexpr int rounds = 20'000;
    std::vector<biased_ptr<Counted>> theirs(rounds);
    std::atomic<int> given{0};
    std::atomic<int> taken{0};
    std::thread other([&] {
        for (int i = 0; i != rounds; ++i) {
            while (given.load(std::memory_order_acquire) <= i) std::this_thread::yield();
            auto& one = theirs[static_cast<std::size_t>(i)];
            if (i % 3 == 0) {
                auto copy = one;
                one = nullptr;
            }
            one = nullptr;
            taken.store(i + 1, std::memory_order_release);
        }
    });
    for (int i = 0; i != rounds; ++i) {
        auto mine = make_biased<Counted>(i);
        theirs[static_cast<std::size_t>(i)] = mine;
        given.store(i + 1, std::memory_order_release);
        if (i % 5 == 0) {
            auto const more = mine;
        }
    }
    other.join();
    gc::merge();
    CHECK(taken == rounds);
    CHECK(alive == 0);
}
