// SPDX-License-Identifier: MIT
// gc: a traverse() that does what it must not, no memory, constructors that raise, other threads, the end of threads and of programs.
// Each is defined: nothing is freed early, nothing is lost, nothing crashes at exit.
#include <amphis/gc.hpp>
#include <amphis/lang/exceptions.hpp>

#include "support/allocations.hpp"
#include "support/catch.hpp"
#include "support/gc.hpp"

#include <sys/wait.h>
#include <unistd.h>

#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <new>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace gc = amphis::gc;
using amphis::RuntimeError;
using amphis::ValueError;

namespace {

struct Node {
    gc::ptr<Node> next{};
    gc::ptr<Node> other{};
};
void cycle() {
    auto n = gc::make<Node>();
    n->next = n;
}

/// What a child process does, and how it ended: its exit code, or 128 + the signal; what it wrote to stderr and stdout.
struct ended {
    int how = 0;
    std::string said{};
};
template <class Body>
ended in_a_child(Body&& body) {
    int pipes[2];
    REQUIRE(pipe(pipes) == 0);
    std::fflush(nullptr);
    pid_t const child = fork();
    if (child == 0) {
        dup2(pipes[1], 1);
        dup2(pipes[1], 2);
        close(pipes[0]);
        close(pipes[1]);
        body();
        std::exit(0);
    }
    close(pipes[1]);
    ended result;
    char some[512];
    for (ssize_t n = 0; (n = read(pipes[0], some, sizeof(some))) > 0;) result.said.append(some, static_cast<std::size_t>(n));
    close(pipes[0]);
    int status = 0;
    waitpid(child, &status, 0);
    result.how = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    return result;
}
void say(char const* what) {
    std::fputs(what, stdout);
    std::fflush(stdout);
}

struct Misbehaved;
inline void (*misbehave)(Misbehaved&) = nullptr;
struct Misbehaved {
    gc::ptr<Misbehaved> next{};
    gc::ptr<Misbehaved> other{};
    gc::ptr<Node> cache{};
    bool twice = false;
    bool copies = false;
    explicit Misbehaved(bool t = false) : twice(t) {}
    void traverse(auto&& visit) {
        if (misbehave != nullptr) misbehave(*this);
        if (copies) {
            for (auto copy : {next}) visit(copy);  // NOLINT: this is the mistake
            visit(other, cache);
            return;
        }
        visit(next, other, cache);
        if (twice) visit(next);
    }
};
struct well_behaved {
    well_behaved() { misbehave = nullptr; }
    well_behaved(well_behaved const&) = delete;
    well_behaved& operator=(well_behaved const&) = delete;
    ~well_behaved() { misbehave = nullptr; }
};
gc::ptr<Misbehaved> ring(int n, bool twice = false) {
    auto first = gc::make<Misbehaved>(twice);
    auto last = first;
    for (int i = 1; i != n; ++i) {
        last->next = gc::make<Misbehaved>();
        last = last->next;
    }
    last->next = first;
    return first;
}

}  // namespace

// ---- traverse() ------------------------------------------------------------------------------------------------------

TEST_CASE("traverse: reports a pointer twice", "[gc]") {
    by_hand const only;
    auto n = gc::make<Misbehaved>(true);
    Misbehaved& object = *n;
    n->next = n;
    auto held = n;
    n = nullptr;
    // Two are reported, and there are two: as if nobody else pointed to it.
    CHECK_THROWS_WITH(gc::collect(), Catch::Contains("traverse() of ") && Catch::Contains("Misbehaved reports a pointer twice"));
    CHECK(held->next == held);
    CHECK_THROWS_AS(gc::collect(0), RuntimeError);
    CHECK(held->next == held);
    held = nullptr;
    CHECK_THROWS_AS(gc::collect(), RuntimeError);
    object.twice = false;
    CHECK(gc::collect(0) == 1);
}

TEST_CASE("traverse: reports a copy of a pointer", "[gc]") {
    by_hand const only;
    auto n = gc::make<Misbehaved>();
    n->next = n;
    n->copies = true;
    Misbehaved& object = *n;
    n = nullptr;
#if !defined(AMPHIS_GC_POISON)  // an address sanitizer may put the copy elsewhere than on the stack
    CHECK_THROWS_WITH(gc::collect(), Catch::Contains("reports a pointer that the object does not own"));
#endif
    object.copies = false;
    CHECK(gc::collect() == 1);
}

namespace {
struct Stranger {
    gc::ptr<Stranger> next{};
    explicit Stranger(gc::ptr<Stranger> n = nullptr) : next(std::move(n)) {}
    static inline bool reports_of_another = true;
    void traverse(auto&& visit) {
        visit(next);
        if (reports_of_another && next) visit(next->next);
    }
};
}  // namespace
TEST_CASE("traverse: reports a pointer of another object", "[gc]") {
    by_hand const only;
    {
        auto a = gc::make<Stranger>(gc::make<Stranger>());
        a->next->next = a;
        auto held = a;
        a = nullptr;
        CHECK_THROWS_WITH(gc::collect(), Catch::Contains("reports a pointer that the object does not own"));
        CHECK(held->next->next == held);
    }
    Stranger::reports_of_another = false;
    CHECK(gc::collect() == 2);
    Stranger::reports_of_another = true;
}

TEST_CASE("traverse: raises, then nothing has happened", "[gc]") {
    by_hand const only;
    well_behaved const after;
    static int countdown = 0;
    auto const live = ring(3);
    for (int generation : {0, 1, 2}) {
        for (int at = 1;; ++at) {
            auto held = ring(5);
            held = nullptr;
            std::size_t const before = gc::get_objects().size();
            countdown = at;
            misbehave = [](Misbehaved&) {
                if (--countdown == 0) throw ValueError("no");
            };
            bool raised = false;
            std::size_t found = 0;
            try {
                found = gc::collect(generation);
            } catch (ValueError const&) {
                raised = true;
            }
            misbehave = nullptr;
            if (!raised) {
                CHECK(found == 5);  // what is raised when all is decided is reported
                gc::collect();
                CHECK(gc::get_objects().size() == 3);
                if (countdown > 0) break;
                continue;
            }
            CHECK(gc::get_objects().size() == before);
            CHECK(live->next->next->next == live);
            CHECK(gc::collect(0) == 5);
        }
    }
}

TEST_CASE("traverse: raises in an automatic collection, which is reported", "[gc]") {
    auto const result = in_a_child([] {
        misbehave = [](Misbehaved&) { throw ValueError("from traverse"); };
        { auto const r = ring(2); }
        gc::set_threshold(5);
        gc::enable();
        for (int i = 0; i != 7; ++i) cycle();
        misbehave = nullptr;
        say(gc::collect() == 9 ? "all" : "not all");
    });
    CHECK(result.how == 0);
    CHECK_THAT(result.said, Catch::Contains("Exception ignored in: garbage collection\nValueError: from traverse") && Catch::Contains("all") && !Catch::Contains("not all"));
}

TEST_CASE("traverse: makes objects, once or each time", "[gc]") {
    by_hand const only;
    well_behaved const after;
    static std::vector<gc::ptr<Node>> made;
    for (int generation : {0, 1, 2}) {
        for (bool const once : {true, false}) {
            auto held = ring(6);
            auto live = ring(6);
            held = nullptr;
            static int left = 0;
            left = once ? 3 : 1'000'000;
            misbehave = [](Misbehaved& m) {
                if (left-- <= 0) return;
                made.push_back(gc::make<Node>());
                made.back()->next = made.back();
                if (m.cache == nullptr) m.cache = gc::make<Node>();
                cycle();
            };
            bool raised = false;
            try {
                gc::collect(generation);
            } catch (RuntimeError const& e) {
                raised = true;
                CHECK(std::string(e.what()) == "traverse() makes or destroys objects each time it is called");
            }
            CHECK((!raised || !once));
            misbehave = nullptr;
            CHECK(live->next->next->next->next->next->next == live);
            for (auto const& m : made) CHECK(m->next == m);
            made.clear();
            live = nullptr;
            gc::collect();
            gc::collect();
            CHECK(gc::get_objects().empty());
        }
    }
}

TEST_CASE("traverse: copies and drops pointers", "[gc]") {
    by_hand const only;
    well_behaved const after;
    auto const live = ring(2);
    for (int generation : {0, 1, 2}) {
        auto held = ring(6);
        for (auto at = held; at->cache == nullptr; at = at->next) at->cache = gc::make<Node>();
        live->cache = gc::make<Node>();
        misbehave = [](Misbehaved& m) {
            auto const copy = m.next;
            auto const another = copy->next;
            m.cache = nullptr;
        };
        held = nullptr;
        CHECK(gc::collect(generation) == 6);
        misbehave = nullptr;
        CHECK(live->next->next == live);
        live->cache = nullptr;
        CHECK(gc::get_objects().size() == 2);
    }
}

TEST_CASE("traverse: takes the ring apart", "[gc]") {
    by_hand const only;
    well_behaved const after;
    for (int generation : {0, 1, 2}) {
        auto held = ring(6);
        held->next->other = ring(3);
        held = nullptr;
        misbehave = [](Misbehaved& m) { m.next = nullptr; };
        try {
            gc::collect(generation);
        } catch (RuntimeError const&) {
        }
        misbehave = nullptr;
        gc::collect();
        CHECK(gc::get_objects().empty());
    }
}

TEST_CASE("traverse: collects, freezes and asks for objects", "[gc]") {
    by_hand const only;
    well_behaved const after;
    auto held = ring(4);
    misbehave = [](Misbehaved&) {
        gc::collect();
        gc::collect(0);
        gc::enable();
        gc::disable();
        misbehave = nullptr;
        static_cast<void>(gc::get_objects());
    };
    CHECK(gc::collect() == 0);
    held = nullptr;
    CHECK(gc::collect() == 4);
}

// ---- constructors ----------------------------------------------------------------------------------------------------

namespace {
struct Raises {
    gc::ptr<Raises> next{};
    gc::ptr<Node> made = gc::make<Node>();
    explicit Raises(int how) {
        made->next = made;
        if (how == 1) throw ValueError("constructor");
        if (how == 2) next = gc::self(this);
        if (how == 3) next = gc::make<Raises>(0);
        if (how == 3) throw ValueError("later");
        if (how == 4) gc::collect();
    }
    void traverse(auto&& visit) { visit(next, made); }
};
}  // namespace
TEST_CASE("make: a constructor that raises leaves nothing", "[gc]") {
    by_hand const only;
    CHECK_THROWS_WITH(gc::make<Raises>(1), "constructor");
    CHECK_THROWS_WITH(gc::make<Raises>(2), Catch::StartsWith("gc::self() of an object that gc::make() did not make"));
    CHECK_THROWS_WITH(gc::make<Raises>(3), "later");
    auto const all = gc::make<Raises>(4);
    CHECK(gc::collect() == 0);  // the last collected what the others had made
    CHECK(gc::get_objects().size() == 2);
    CHECK(all->made->next == all->made);
    Raises on_stack(0);
    Raises* volatile elsewhere = &on_stack;  // else g++ 12 sees at compile time that no header stands before it
    CHECK_THROWS_AS(gc::self(static_cast<Raises*>(elsewhere)), RuntimeError);
    CHECK_THROWS_AS(gc::self(&all->made), RuntimeError);
    Raises* volatile nobody = nullptr;
    CHECK_THROWS_AS(gc::self(static_cast<Raises*>(nobody)), RuntimeError);
}

// ---- no memory -------------------------------------------------------------------------------------------------------

#ifndef AMPHIS_TESTS_KEEP_NEW
namespace {
int things = 0;
struct Thing {
    std::vector<gc::ptr<Thing>> list{};
    gc::ptr<Thing> next{};
    Thing() { ++things; }
    Thing(Thing const&) = delete;
    Thing& operator=(Thing const&) = delete;
    ~Thing() { --things; }
    void traverse(auto&& visit) { visit(list, next); }
};
struct Finalizes : Thing {
    static inline int finalized = 0;
    void traverse(auto&& visit) { visit(list, next); }
    void finalize() { ++finalized; }
};
template <int I>
struct alignas(I) Wide {
    gc::ptr<Wide> next{};
};

/// Runs body with the nth allocation failing, for each n, until it gets by without one. How often it failed.
template <class Body, class After>
int with_each_allocation_failing(Body&& body, After&& after) {
    for (int nth = 1;; ++nth) {
        bool failed = false;
        fail_allocation(static_cast<std::size_t>(nth));
        try {
            body();
        } catch (std::bad_alloc const&) {
            failed = true;
        }
        fail_allocation(0);
        after(failed);
        if (!failed) return nth - 1;
    }
}
}  // namespace

TEST_CASE("no memory: at every allocation of make(), in a heap of its own", "[gc]") {
    int failures = 0;
    bool sound = true;
    for (int nth = 1; nth != 40; ++nth) {
        std::thread([&] {
            gc::disable();
            std::vector<gc::ptr<Thing>> all;
            all.reserve(5000);
            fail_allocation(static_cast<std::size_t>(nth));
            for (int i = 0; i != 5000; ++i) {
                try {
                    all.push_back(gc::make<Thing>());
                } catch (std::bad_alloc const&) {
                    ++failures;
                }
            }
            fail_allocation(0);
            sound = sound && static_cast<std::size_t>(things) == all.size() && gc::get_objects().size() == all.size();
            for (auto const& t : all) t->next = t;
            std::size_t const many = all.size();
            all.clear();
            sound = sound && gc::collect() == many && things == 0;
        }).join();
    }
    CHECK(failures > 5);
    CHECK(sound);
}

TEST_CASE("no memory: over-aligned and large ones", "[gc]") {
    by_hand const only;
    CHECK(with_each_allocation_failing([] { static_cast<void>(gc::make<Wide<64>>()); }, [](bool) { CHECK(gc::get_objects().empty()); }) >= 2);
}

TEST_CASE("no memory: at every allocation of collect()", "[gc]") {
    by_hand const only;
    Finalizes::finalized = 0;
    for (int generation : {0, 1, 2}) {
        int made = 0;
        std::size_t gone = 0;
        with_each_allocation_failing(
            [&] {
                {
                    // Wide, so that the search needs its stack, and with a hub of more pointers than a side counter holds.
                    auto hub = gc::make<Finalizes>();
                    ++made;
                    for (int i = 0; i != 2000; ++i) {
                        auto one = gc::make<Thing>();
                        ++made;
                        one->next = hub;
                        hub->list.push_back(std::move(one));
                    }
                    for (int i = 0; i != 40'000; ++i) hub->list.push_back(hub);
                }
                gone += gc::collect(generation);
            },
            [&](bool) {
                gone += gc::collect(generation);
                CHECK(gc::get_objects().empty());
                CHECK(things == 0);
            });
    }
}

TEST_CASE("no memory: in an automatic collection, which is reported; make() goes on", "[gc]") {
    by_hand const only;
    gc::enable();
    gc::set_threshold(100);
    for (int nth = 1; nth != 30; ++nth) {
        std::size_t made = 0;
        for (int i = 0; i != 400; ++i) {
            if (i == 50) fail_allocation(static_cast<std::size_t>(nth));
            try {
                cycle();
                ++made;
            } catch (std::bad_alloc const&) {
            }
        }
        fail_allocation(0);
        CHECK(made >= 399);
    }
    gc::set_threshold(700);
    gc::collect();
    CHECK(gc::get_objects().empty());
}
#endif

// ---- threads, and the end of them ------------------------------------------------------------------------------------

#if AMPHIS_GC_CHECK_THREAD
TEST_CASE("threads: the use of a pointer on another thread ends the program with a message", "[gc][threads]") {
    auto const result = in_a_child([] {
        auto const n = gc::make<Node>();
        std::thread([&n] { auto const copy = n; }).join();
    });
    CHECK(result.how == 128 + 6);
    CHECK_THAT(result.said, Catch::Contains("amphis: fatal: a gc::ptr to an object of the class Node is used on a thread whose object it is not"));
}
#endif

namespace {
struct Speaks {
    gc::ptr<Speaks> next{};
    gc::ptr<Node> node{};
    char const* what;
    explicit Speaks(char const* w) : what(w) {}
    void traverse(auto&& visit) { visit(next, node); }
    void finalize() {
        say(what);
        cycle();
        gc::collect();
        node = gc::make<Node>();
        if (next) next = gc::self(this);
    }
};
void speaks_in_a_cycle(char const* what) {
    auto s = gc::make<Speaks>(what);
    s->next = s;
}
gc::ptr<Speaks>& of_a_function() {
    static gc::ptr<Speaks> one;
    return one;
}
gc::ptr<Speaks> of_the_program;
std::vector<gc::ptr<Speaks>> several;
thread_local gc::ptr<Speaks> of_the_thread;
}  // namespace

namespace {
struct Leaves {
    static inline std::size_t gone = 0;
    gc::ptr<Leaves> next{};
    Leaves() = default;
    Leaves(Leaves const&) = delete;
    Leaves& operator=(Leaves const&) = delete;
    ~Leaves() { ++gone; }
    void traverse(auto&& visit) { visit(next); }
};
}  // namespace
TEST_CASE("threads: what a thread_local variable holds that is older than the heap goes with the thread, and the heap too", "[gc][threads]") {
    auto const orphans = [] {
        std::size_t n = 0;
        for (auto* h = amphis::detail::gc::orphans; h != nullptr; h = h->next_orphan) ++n;
        return n;
    };
    std::size_t const before = orphans();
    for (int i = 0; i != 20; ++i) {
        std::thread([] {
            thread_local std::vector<gc::ptr<Leaves>> cache;
            cache.push_back(nullptr);  // from here on it is there, and the heap not yet
            cache.push_back(gc::make<Leaves>());
            cache.push_back(gc::make<Leaves>());
            cache.back()->next = cache.back();
        }).join();
    }
    CHECK(Leaves::gone == 40);
    CHECK(orphans() == before);
}

TEST_CASE("exit: with live cycles, whose finalizers run", "[gc]") {
    auto const result = in_a_child([] { speaks_in_a_cycle("finalized"); });
    CHECK(result.how == 0);
    CHECK(result.said == "finalized");
}

TEST_CASE("exit: static pointers, to cycles and not, of the main thread", "[gc]") {
    auto const result = in_a_child([] {
        of_the_program = gc::make<Speaks>("1");
        of_a_function() = gc::make<Speaks>("2");
        several.push_back(gc::make<Speaks>("3"));
        several.back()->next = several.back();
        of_the_thread = gc::make<Speaks>("4");
        of_the_thread->next = of_the_thread;
        speaks_in_a_cycle("5");
    });
    CHECK(result.how == 0);
    for (char const* each : {"1", "2", "3", "4", "5"}) CHECK_THAT(result.said, Catch::Contains(each));
    CHECK(result.said.size() == 5);
}

TEST_CASE("exit: static pointers to the objects of a thread that has ended", "[gc][threads]") {
    auto const result = in_a_child([] {
        std::thread([] {
            of_the_program = gc::make<Speaks>("1");
            several.push_back(gc::make<Speaks>("2"));
            several.back()->next = several.back();
            of_the_thread = gc::make<Speaks>("3");
        }).join();
        say("-");
        auto const copy = of_the_program;
        say(copy->what);
    });
    CHECK(result.how == 0);
    CHECK(result.said.substr(0, 3) == "3-1");
    CHECK(result.said.size() == 5);
}

TEST_CASE("exit: callbacks are not called when what they refer to may be gone", "[gc]") {
    auto const result = in_a_child([] {
        auto text = std::string("a long text that is not within the object itself");
        gc::callbacks.append([&text](char const*, gc::collection_info const&) { say(text.c_str()); });
        cycle();
        if (of_the_program == nullptr) speaks_in_a_cycle("x");
    });
    CHECK(result.how == 0);
    CHECK(result.said == "x");
}

namespace {
struct Exits {
    gc::ptr<Exits> next{};
    int how = 0;
    explicit Exits(int h) : how(h) {}
    void traverse(auto&& visit) { visit(next); }
    void finalize() {
        if (how < 2) std::exit(7);
    }
    Exits(Exits const&) = delete;
    Exits& operator=(Exits const&) = delete;
    ~Exits() {
        if (how == 2) std::exit(7);
    }
};
}  // namespace
TEST_CASE("exit: within a finalizer, a collection and a destructor", "[gc]") {
    for (int how : {0, 1, 2}) {
        auto const result = in_a_child([how] {
            auto e = gc::make<Exits>(how);
            if (how == 1) e->next = e;
            speaks_in_a_cycle("s");
            e = nullptr;
            gc::collect();
        });
        CHECK(result.how == 7);
    }
    auto const quick = in_a_child([] {
        speaks_in_a_cycle("not said");
        std::quick_exit(3);
    });
    CHECK(quick.how == 3);
    CHECK(quick.said.empty());
}

TEST_CASE("fork: the child has a copy of the heap", "[gc]") {
    by_hand const only;
    auto n = gc::make<Node>();
    n->next = n;
    auto const result = in_a_child([&n] {
        n->other = gc::make<Node>();
        auto const held = std::move(n);
        cycle();
        say(gc::collect() == 1 && held->next == held ? "good" : "bad");
    });
    CHECK(result.how == 0);
    CHECK(result.said == "good");
    CHECK(n->other == nullptr);
    n = nullptr;
    CHECK(gc::collect() == 1);
}

TEST_CASE("threads: each has a heap, which goes with it", "[gc][threads]") {
    std::vector<std::thread> threads;
    std::vector<std::size_t> found(4);
    for (std::size_t i = 0; i != 4; ++i) {
        threads.emplace_back([&found, i] {
            gc::disable();
            for (int n = 0; n != 20'000; ++n) cycle();
            found[i] = gc::collect();
            auto left = gc::make<Node>();
            left->next = left;
        });
    }
    for (auto& t : threads) t.join();
    CHECK(found == std::vector<std::size_t>(4, 20'000));
}
