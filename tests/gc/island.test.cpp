// SPDX-License-Identifier: MIT
// gc/island: a graph made in a heap of its own, looked at, moved to another thread, and taken over there.
#include <amphis/gc.hpp>
#include <amphis/gc/island.hpp>
#include <amphis/lang/exceptions.hpp>
#include <amphis/weakref.hpp>

#include "support/allocations.hpp"
#include "support/catch.hpp"

#include <array>
#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <new>
#include <optional>
#include <random>
#include <string>
#include <thread>
#include <type_traits>
#include <utility>
#include <vector>

namespace gc = amphis::gc;
namespace weakref = amphis::weakref;
using amphis::RuntimeError;
using amphis::ValueError;

namespace {

/// Runs body in another thread, to its end.
void elsewhere(auto&& body) { std::thread(std::forward<decltype(body)>(body)).join(); }

struct Counted {
    static inline std::atomic<int> alive = 0;
    Counted() { ++alive; }
    Counted(Counted const&) { ++alive; }
    Counted& operator=(Counted const&) = default;
    ~Counted() { --alive; }
};

struct Node {
    std::string name{};
    gc::ptr<Node> next{};
    std::vector<gc::ptr<Node>> children{};
    Counted counted{};
};
struct Leaf {  // in no cycle: no collection looks at it
    int value = 0;
};
struct Pair {
    gc::ptr<Leaf> first{};
    gc::ptr<Leaf> second{};
};
struct Large {
    gc::ptr<Large> next{};
    std::array<char, 100'000> room{};
};
struct alignas(256) Wide {
    gc::ptr<Wide> next{};
};

gc::ptr<Node> ring(int n) {
    gc::ptr<Node> const first = gc::make<Node>("0");
    gc::ptr<Node> last = first;
    for (int i = 1; i < n; ++i) {
        last->next = gc::make<Node>(std::to_string(i));
        last = last->next;
    }
    last->next = first;
    return first;
}

struct nothing_left {
    nothing_left() { gc::collect(); }
    nothing_left(nothing_left const&) = delete;
    nothing_left& operator=(nothing_left const&) = delete;
    ~nothing_left() {
        gc::collect();
        CHECK(gc::get_objects().empty());
        CHECK(Counted::alive == 0);
    }
};

}  // namespace

TEST_CASE("island: made on one thread, adopted on another", "[gc][threads]") {
    nothing_left const after;
    gc::island made([] { return ring(1000); });
    STATIC_REQUIRE(std::is_same_v<decltype(made), gc::island<Node>>);
    STATIC_REQUIRE(!std::is_copy_constructible_v<gc::island<Node>>);
    STATIC_REQUIRE(std::is_nothrow_move_constructible_v<gc::island<Node>>);
    CHECK(made);
    CHECK(made.size() == 1000);
    CHECK(gc::get_objects().empty());  // none of it is this thread's

    std::size_t there = 0;
    std::size_t collected = 0;
    std::string name;
    elsewhere([&, made = std::move(made)]() mutable {
        gc::ptr<Node> own = ring(10);
        gc::ptr<Node> root = std::move(made).adopt();
        there = gc::get_objects().size();
        name = root->next->name;
        std::swap(own->next, root->next);  // the two are one ring now
        own = nullptr;
        root = nullptr;
        collected = gc::collect();
    });
    CHECK(there == 1010);
    CHECK(name == "1");
    CHECK(collected == 1010);
    CHECK(!made);
    CHECK(made.size() == 0);
    CHECK(std::move(made).adopt() == nullptr);
}

TEST_CASE("island: comes back", "[gc][threads]") {
    nothing_left const after;
    gc::island<Node> back;
    elsewhere([&] { back = gc::island([] { return ring(3); }); });
    elsewhere([&] {
        // What a thread adopted is its own: it gives it on by building another.
        auto root = std::move(back).adopt();
        root->name = "changed";
        std::string const name = root->name;
        back = gc::island([&] {
            auto copy = ring(3);
            copy->name = name;
            return copy;
        });
    });
    auto const root = std::move(back).adopt();
    CHECK(root->name == "changed");
    CHECK(root->next->next->next == root);
    root->next = nullptr;
}

TEST_CASE("island: nobody adopts it", "[gc][threads]") {
    nothing_left const after;
    { gc::island const unused([] { return ring(100); }); }
    CHECK(Counted::alive == 0);
    elsewhere([made = gc::island([] { return ring(100); })]() mutable { made = gc::island([] { return ring(2); }); });
    CHECK(Counted::alive == 0);
    gc::island<Node> empty([] { return gc::ptr<Node>(); });
    CHECK(empty.size() == 0);
    CHECK(std::move(empty).adopt() == nullptr);
    auto& same = empty;
    empty = std::move(same);
}

TEST_CASE("island: what nobody reaches is collected before it moves", "[gc]") {
    nothing_left const after;
    gc::island made([] {
        static_cast<void>(ring(50));
        return ring(2);
    });
    CHECK(made.size() == 2);
    CHECK(Counted::alive == 2);
}

TEST_CASE("island: objects that no collection looks at, large and aligned ones", "[gc][threads]") {
    nothing_left const after;
    gc::island pair([] { return gc::make<Pair>(gc::make<Leaf>(1), gc::make<Leaf>(2)); });
    gc::island leaf([] { return gc::make<Leaf>(3); });
    gc::island large([] {
        auto a = gc::make<Large>();
        a->next = gc::make<Large>(a);
        a->room[99'999] = 'x';
        return a;
    });
    gc::island wide([] {
        auto a = gc::make<Wide>();
        a->next = a;
        return a;
    });
    int sum = 0;
    char last = 0;
    std::size_t collected = 0;
    bool aligned = false;
    elsewhere([&] {
        auto const p = std::move(pair).adopt();
        auto const l = std::move(leaf).adopt();
        sum = p->first->value + p->second->value + l->value;
        auto big = std::move(large).adopt();
        last = big ? big->room[99'999] : ' ';
        auto w = std::move(wide).adopt();
        aligned = reinterpret_cast<std::uintptr_t>(w.get()) % 256 == 0;
        big = nullptr;
        w = nullptr;
        collected = gc::collect();
    });
    CHECK(sum == 6);
    CHECK(last == 'x');
    CHECK(aligned);
    CHECK(collected == 3);
}

TEST_CASE("island: a pointer from outside, or to the outside, and it does not move", "[gc]") {
    nothing_left const after;
    auto const out = gc::make<Node>("out");
    auto const shown = gc::make<Pair>(gc::make<Leaf>(7), nullptr);

    CHECK_THROWS_MATCHES(gc::island([&] { return gc::make<Node>("in", out); }), ValueError,
                         Catch::Message("Node.next of an island points to an object outside of it"));
    CHECK(amphis::sys::getrefcount(out) == 1);
    CHECK_THROWS_MATCHES(gc::island([&] {
                             auto a = gc::make<Node>("in");
                             a->children.push_back(nullptr);
                             a->children.push_back(out);
                             return a;
                         }),
                         ValueError, Catch::Message("Node.children[1] of an island points to an object outside of it"));
    CHECK_THROWS_MATCHES(gc::island([&] { return gc::make<Pair>(nullptr, shown->first); }), ValueError,
                         Catch::Message("Pair.second of an island points to an object outside of it"));
    CHECK_THROWS_MATCHES(gc::island([&] { return out; }), ValueError, Catch::Message("Node, to which an island leads, is outside of it"));
    CHECK(amphis::sys::getrefcount(out) == 1);

    CHECK_THROWS_MATCHES(gc::island([&] {
                             out->next = ring(3);
                             return out->next;
                         }),
                         ValueError, Catch::Message("Node in an island is pointed to from outside of it"));
    CHECK(out->next->next->next->next == out->next);  // it is this thread's
    CHECK(gc::get_objects().size() == 1 + 3);         // the pairs and leaves are in no cycle
    out->next = nullptr;
    CHECK(gc::collect() == 3);

    CHECK_THROWS_AS(gc::island([&] { return gc::make<Pair>(shown->second = gc::make<Leaf>(8), nullptr); }), ValueError);
    CHECK(shown->second->value == 8);
    auto kept = std::make_shared<gc::ptr<Node>>();
    CHECK_THROWS_AS(gc::island([&] { return *kept = ring(2); }), ValueError);
    CHECK((*kept)->name == "0");
    (*kept)->next = nullptr;
}

TEST_CASE("island: weak references", "[gc][threads]") {
    struct Watcher {
        weakref::ref<Node> seen{};
        gc::ptr<Node> kept{};
        gc::ptr<Watcher> next{};
    };
    struct Glance {  // in no cycle
        weakref::ref<Node> seen{};
    };
    struct Both {
        gc::ptr<Node> kept{};
        gc::ptr<Glance> glance{};
    };
    nothing_left const after;
    SECTION("within it they move, with their callbacks") {
        gc::island made([] {
            auto w = gc::make<Watcher>();
            w->kept = ring(2);
            w->seen = weakref::ref(w->kept);
            return w;
        });
        gc::island both([] {
            auto b = gc::make<Both>(ring(2), gc::make<Glance>());
            b->glance->seen = weakref::ref(b->kept);
            return b;
        });
        bool alive = false;
        bool gone = false;
        elsewhere([&] {
            auto const w = std::move(made).adopt();
            auto const b = std::move(both).adopt();
            alive = w->seen() == w->kept && b->glance->seen() == b->kept;
            w->kept = nullptr;
            b->kept = nullptr;
            gc::collect();
            gone = w->seen() == nullptr && b->glance->seen() == nullptr;
        });
        CHECK(alive);
        CHECK(gone);
    }
    SECTION("from outside") {
        weakref::ref<Node> outside;
        CHECK_THROWS_MATCHES(gc::island([&] {
                                 auto a = ring(2);
                                 outside = weakref::ref(a);
                                 return a;
                             }),
                             ValueError, Catch::Message("Node in an island has a weak reference from outside of it"));
        gc::collect();
        CHECK(outside() == nullptr);
    }
    SECTION("to the outside") {
        auto const out = gc::make<Node>("out");
        CHECK_THROWS_AS(gc::island([&] { return gc::make<Watcher>(weakref::ref(out)); }), ValueError);
        CHECK_THROWS_AS(gc::island([&] { return gc::make<Both>(nullptr, gc::make<Glance>(weakref::ref(out))); }), ValueError);
        CHECK(weakref::getweakrefcount(out) <= 1);
    }
    SECTION("to what is gone, shared with somebody outside") {
        weakref::ref<Node> outside(gc::make<Node>("gone"));
        CHECK(outside() == nullptr);
        CHECK_THROWS_AS(gc::island([&] { return gc::make<Watcher>(outside); }), ValueError);
        gc::island const fine([&] { return gc::make<Watcher>(std::exchange(outside, {})); });
        CHECK(fine.size() == 1);
    }
}

TEST_CASE("island: building one raises", "[gc]") {
    nothing_left const after;
    gc::ptr<Node> kept;
    CHECK_THROWS_AS(gc::island([&] {
                        kept = ring(4);
                        if (kept) throw ValueError("half way");
                        return kept;
                    }),
                    ValueError);
    CHECK(kept->next->next->next->next == kept);
    CHECK(gc::get_objects().size() == 4);
    kept = nullptr;
    CHECK(gc::collect() == 4);
}

TEST_CASE("island: one within another", "[gc]") {
    nothing_left const after;
    gc::island outer([] {
        gc::island inner([] { return ring(3); });
        auto root = ring(2);
        root->children.push_back(std::move(inner).adopt());
        CHECK_THROWS_AS(gc::island([&] { return gc::make<Node>("x", root); }), ValueError);
        return root;
    });
    CHECK(outer.size() == 5);
    CHECK(gc::get_objects().empty());
    auto const root = std::move(outer).adopt();
    CHECK(gc::get_objects().size() == 5);
    root->next->next = nullptr;
}

TEST_CASE("island: what it collects while it is built is its own", "[gc]") {
    nothing_left const after;
    auto out = gc::make<Node>("out");
    weakref::ref const watch(out);
    for (int generation : {0, 1, 2, 3}) {
        gc::island const made([&] {
            auto rest = ring(2);
            rest->children.push_back(out);  // garbage that holds the last pointer to an object outside
            Node* const raw = out.get();
            out = nullptr;
            CHECK(gc::self(raw) == watch());
            rest = nullptr;
            CHECK((generation == 3 ? gc::collect(gc::budget{1}) : gc::collect(generation)) == 2);
            return ring(1);
        });
        CHECK(watch() == nullptr);  // it went with the garbage, to its own heap
        CHECK(made.size() == 1);
        out = gc::make<Node>("next");
        const_cast<weakref::ref<Node>&>(watch) = weakref::ref(out);
    }
    // A pass in slices of the thread's heap begins anew.
    std::vector<gc::ptr<Node>> all;
    for (int i = 0; i != 2000; ++i) all.push_back(ring(2));
    all.clear();
    do gc::collect(gc::budget{100});
    while (gc::in_progress() && gc::get_objects().size() > 3990);
    gc::island const made([&] {
        auto a = gc::make<Node>("x", out);
        CHECK(gc::collect() == 0);
        a->next = nullptr;
        return a;
    });
    CHECK(gc::collect() > 3900);
}

namespace {
struct Says {
    gc::ptr<Node>* other = nullptr;
    gc::ptr<Says> next{};
    static inline std::string said{};
    Says(gc::ptr<Node>* o) : other(o) {}  // NOLINT
    void traverse(auto&& visit) { visit(next); }
    void finalize() {
        auto const copy = *other;
        said += copy->name;
    }
};
struct Overwritten {
    gc::island<Overwritten>* where = nullptr;
    gc::ptr<Overwritten> next{};
    explicit Overwritten(gc::island<Overwritten>* w) : where(w) {}
    void traverse(auto&& visit) { visit(next); }
    void finalize() const { CHECK(std::move(*where).adopt() == nullptr); }
};
}  // namespace

TEST_CASE("island: finalizers of one that nobody adopts use the objects of the thread", "[gc]") {
    nothing_left const after;
    auto out = gc::make<Node>("out");
    {
        gc::island const one([&] { return gc::make<Says>(&out); });
        gc::island const ring([&] {
            auto a = gc::make<Says>(&out);
            a->next = a;
            return a;
        });
    }
    CHECK(Says::said == "outout");
    gc::island<Overwritten> island;
    island = gc::island<Overwritten>([&] { return gc::make<Overwritten>(&island); });
    island = gc::island<Overwritten>();
}

namespace {
struct Adopter {
    std::optional<gc::island<Node>>* from = nullptr;
    gc::ptr<Adopter> next{};
    bool in_finalizer = false;
    Adopter(std::optional<gc::island<Node>>* island, bool finalizer) : from(island), in_finalizer(finalizer) {}
    Adopter(Adopter const&) = delete;
    Adopter& operator=(Adopter const&) = delete;
    void traverse(auto&& visit) { visit(next); }
    static inline std::string said{};
    static inline std::size_t got = 0;
    void take() {
        try {
            auto const root = std::move(**from).adopt();
            got = gc::get_objects().size();
            root->next = nullptr;
        } catch (RuntimeError const& e) {
            said = std::string(e.what());
        }
    }
    void finalize() {
        if (in_finalizer) take();
    }
    ~Adopter() {
        if (!in_finalizer) take();
    }
};
}  // namespace

TEST_CASE("island: adopted by a destructor, and within a collection", "[gc]") {
    nothing_left const after;
    std::optional<gc::island<Node>> made(gc::island([] { return ring(2); }));
    { auto const a = gc::make<Adopter>(&made, false); }
    CHECK(Adopter::got >= 2);
    made.emplace([] { return ring(2); });
    {
        auto a = gc::make<Adopter>(&made, true);
        a->next = a;
    }
    gc::collect();
    CHECK(Adopter::said == "an island is adopted within a collection");
    CHECK(made->size() == 2);
    made.reset();
}

TEST_CASE("island: adopted in the middle of a pass in slices", "[gc]") {
    nothing_left const after;
    std::vector<gc::ptr<Node>> all;
    for (int i = 0; i != 5000; ++i) all.push_back(ring(2));
    all.resize(2500);
    gc::collect(gc::budget{100});
    gc::island made([] { return ring(3000); });
    auto root = std::move(made).adopt();
    root = nullptr;
    all.clear();
    CHECK(gc::collect() > 0);
    CHECK(gc::get_objects().empty());
}

// What fuzzers do to the heap, across threads: graphs at random are made as islands, sent from thread to thread, tied to what is there, cut
// and collected. In the end nothing is left, and no thread ever saw what was not its own.
TEST_CASE("island: graphs at random, sent from thread to thread", "[gc][threads]") {
    constexpr int workers = 3;
    constexpr int rounds = 60;
    struct Mailbox {
        std::mutex lock{};
        std::condition_variable news{};
        std::deque<gc::island<Node>> letters{};
    };
    struct Plain {
        gc::ptr<Plain> next{};
    };
    std::array<Mailbox, workers> boxes;
    std::array<std::size_t, workers> wrong{};
    std::vector<std::thread> threads;
    for (int w = 0; w != workers; ++w) {
        threads.emplace_back([&, w] {
            std::mt19937 dice(static_cast<unsigned>(w) + 1);
            auto const below = [&](std::size_t n) { return static_cast<std::size_t>(dice()) % n; };
            std::vector<gc::ptr<Node>> roots(8);
            for (int r = 0; r != rounds; ++r) {
                gc::island letter([&] {
                    std::vector<gc::ptr<Node>> made;
                    for (std::size_t n = 1 + below(40); n != 0; --n) made.push_back(gc::make<Node>(std::to_string(n)));
                    for (auto& one : made) {
                        one->next = made[below(made.size())];
                        one->children.push_back(made[below(made.size())]);
                    }
                    for (auto& one : made) made[0]->children.push_back(one);
                    return made[0];
                });
                Mailbox& to = boxes[(static_cast<std::size_t>(w) + 1) % workers];
                {
                    std::lock_guard const held(to.lock);
                    to.letters.push_back(std::move(letter));
                }
                to.news.notify_one();
                Mailbox& mine = boxes[static_cast<std::size_t>(w)];
                gc::island<Node> got;
                {
                    std::unique_lock held(mine.lock);
                    mine.news.wait(held, [&] { return !mine.letters.empty(); });
                    got = std::move(mine.letters.front());
                    mine.letters.pop_front();
                }
                if (below(8) == 0) continue;  // not adopted
                std::size_t const before = gc::get_objects().size();
                std::size_t const more = got.size();
                auto root = std::move(got).adopt();
                if (gc::get_objects().size() != before + more) ++wrong[static_cast<std::size_t>(w)];
                gc::ptr<Node>& place = roots[below(roots.size())];
                if (place && below(2) == 0) root->children.push_back(place);
                place = root;
                if (below(3) == 0) roots[below(roots.size())] = nullptr;
                if (below(4) == 0) gc::collect(static_cast<int>(below(3)));
            }
            std::size_t walked = 0;
            for (auto const& one : roots) {
                for (auto n = one; n && walked != 100'000; n = n->next) {
                    if (!n->children.empty()) ++walked;
                    if (n->next == one) break;
                    if (walked % 50 == 49) break;
                }
            }
            roots.clear();
            gc::collect();
            if (!gc::get_objects().empty()) ++wrong[static_cast<std::size_t>(w)];
        });
    }
    for (auto& t : threads) t.join();
    for (std::size_t const n : wrong) CHECK(n == 0);
}

#ifndef AMPHIS_TESTS_KEEP_NEW
TEST_CASE("island: no memory, at every allocation", "[gc]") {
    nothing_left const after;
    auto const build = [] {
        auto a = ring(20);
        a->children.push_back(a);
        auto const w = weakref::ref(a);
        return a;
    };
    int failed = 0;
    for (std::size_t nth = 1;; ++nth) {
        bool raised = false;
        elsewhere([&] {  // each time in a thread that has no heap
            gc::disable();
            fail_allocation(nth);
            try {
                gc::island made(build);
                auto const root = std::move(made).adopt();
                fail_allocation(0);
                CHECK(root->children[0] == root);
                CHECK(gc::get_objects().size() == 20);
            } catch (std::bad_alloc const&) {
                raised = true;
            }
            fail_allocation(0);
        });
        CHECK(Counted::alive == 0);
        if (!raised) break;
        ++failed;
    }
    CHECK(failed > 10);
}
#endif
