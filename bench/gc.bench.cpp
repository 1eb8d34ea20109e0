// SPDX-License-Identifier: MIT
// gc: counting, cycles, and collections of graphs, beside the counting pointers of std and Boost, a mark-sweep as one writes it first, Boehm's
// collector, and CPython on the same graphs.
//
// A node is three pointers and a long everywhere. One operation is one object, but for young_2000, where it is a collection, and for
// bytes_a_node, which counts bytes. Boehm marks with one thread, as we do. AMPHIS_BENCH_SMOKE makes the graphs small.
// Ours: gc_ptr
#include "support/collectors.hpp"

#include <amphis/gc.hpp>

#include <benchmark/benchmark.h>

#if __has_include(<boost/smart_ptr/intrusive_ptr.hpp>)
#define WITH_BOOST 1
#include <boost/smart_ptr/intrusive_ptr.hpp>
#include <boost/smart_ptr/intrusive_ref_counter.hpp>
#include <boost/smart_ptr/local_shared_ptr.hpp>
#include <boost/smart_ptr/make_local_shared.hpp>
#endif

#include <algorithm>
#include <condition_variable>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <mutex>
#include <numeric>
#include <random>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace {

using namespace collectors;
using benchmark::State;

int const tree_depth = smoke ? 14 : 18;

// ---- pointers without a collector ------------------------------------------------------------------------------------

struct std_shared_ptr {
    struct node {
        std::shared_ptr<node> a{}, b{}, c{};
        long value = 0;
    };
    struct leaf {
        long words[4]{};
    };
    using pointer = std::shared_ptr<node>;
    static pointer make() { return std::make_shared<node>(); }
    static auto make_leaf() { return std::make_shared<leaf>(); }
};

#if defined(WITH_BOOST)
struct boost_intrusive_ptr {
    struct node : boost::intrusive_ref_counter<node, boost::thread_unsafe_counter> {
        boost::intrusive_ptr<node> a{}, b{}, c{};
        long value = 0;
    };
    struct leaf : boost::intrusive_ref_counter<leaf, boost::thread_unsafe_counter> {
        long words[4]{};
    };
    using pointer = boost::intrusive_ptr<node>;
    static pointer make() { return new node; }
    static auto make_leaf() { return boost::intrusive_ptr<leaf>(new leaf); }
};
struct boost_local_shared_ptr {
    struct node {
        boost::local_shared_ptr<node> a{}, b{}, c{};
        long value = 0;
    };
    struct leaf {
        long words[4]{};
    };
    using pointer = boost::local_shared_ptr<node>;
    static pointer make() { return boost::make_local_shared<node>(); }
    static auto make_leaf() { return boost::make_local_shared<leaf>(); }
};
#endif

// ---- the graphs ------------------------------------------------------------------------------------------------------

template <class W>
[[gnu::noinline]] void make_ring(size_t n) {
    auto const first = W::make();
    auto* last = &*first;
    for (size_t i = 1; i != n; ++i) {
        last->a = W::make();
        last = &*last->a;
    }
    last->a = first;
    keep(last);
}
template <class W>
[[gnu::noinline]] typename W::pointer make_list(size_t n) {
    auto head = W::make();
    for (size_t i = 1; i != n; ++i) {
        auto next = W::make();
        next->a = std::move(head);
        head = std::move(next);
    }
    return head;
}
/// Three pointers each to anywhere, all of them rooted.
template <class W>
[[gnu::noinline]] typename W::roots make_random(size_t n) {
    std::mt19937 random(1);
    typename W::roots all;
    for (size_t i = 0; i != n; ++i) all.push_back(W::make());
    for (auto& p : all) {
        p->a = all[random() % n];
        p->b = all[random() % n];
        p->c = all[random() % n];
    }
    return all;
}
/// Through all in random order, and a pointer each to anywhere; one root.
template <class W>
[[gnu::noinline]] typename W::roots make_chain(size_t n) {
    std::mt19937 random(1);
    typename W::roots all;
    for (size_t i = 0; i != n; ++i) all.push_back(W::make());
    std::vector<size_t> order(n);
    std::iota(order.begin(), order.end(), size_t{0});
    std::shuffle(order.begin(), order.end(), random);
    for (size_t i = 0; i != n; ++i) {
        if (i + 1 != n) all[order[i]]->a = all[order[i + 1]];
        all[order[i]]->b = all[random() % n];
    }
    typename W::roots root;
    root.push_back(all[order.front()]);
    return root;
}
template <class W>
typename W::pointer make_binary(int depth) {
    auto p = W::make();
    if (depth != 0) {
        p->a = make_binary<W>(depth - 1);
        p->a->c = p;
        p->b = make_binary<W>(depth - 1);
        p->b->c = p;
    }
    return p;
}

// ---- counting --------------------------------------------------------------------------------------------------------

void count(State& state, size_t n) { state.SetItemsProcessed(static_cast<std::int64_t>(n) * static_cast<std::int64_t>(state.iterations())); }

/// While it is there, the program has a second thread: std::shared_ptr then counts with atomic instructions.
class second_thread {
public:
    ~second_thread() {
        {
            std::lock_guard const lock(mutex_);
            over_ = true;
        }
        changed_.notify_one();
        thread_.join();
    }

private:
    std::mutex mutex_;
    std::condition_variable changed_;
    bool over_ = false;
    std::thread thread_{[this] {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [this] { return over_; });
    }};
};

template <class W>
void copy_drop(State& state) {
    second_thread const other;
    std::vector<typename W::pointer> pointers;
    for (int i = 0; i != 1024; ++i) pointers.push_back(W::make());
    for (auto _ : state) {
        for (auto const& p : pointers) {
            auto const copy = p;
            keep(copy.get());
        }
    }
    count(state, pointers.size());
}
template <class W>
void make_drop_leaf(State& state) {
    second_thread const other;
    for (auto _ : state) keep(W::make_leaf().get());
    count(state, 1);
}
template <class W>
void make_drop_node(State& state) {
    second_thread const other;
    for (auto _ : state) keep(W::make().get());
    count(state, 1);
}
struct by_hand {
    struct node {
        node *a = nullptr, *b = nullptr, *c = nullptr;
        long value = 0;
    };
};

// ---- collecting ------------------------------------------------------------------------------------------------------
// Each of these in a process of its own: where a heap has put its objects, and how many gaps it has, is not the work of the one before.

/// Nanoseconds an operation, when the heap has grown to what it needs.
template <class F>
double ns_each(int times, size_t operations, F const& run) {
    run();
    double const begin = seconds();
    for (int i = 0; i != times; ++i) run();
    return (seconds() - begin) * 1e9 / times / static_cast<double>(operations);
}
template <class W, bool Automatic>
double pairs() {
    W::automatic(Automatic);
    return ns_each(3, 2 * million, [] {
        make_pairs<W>(million);
        W::collect();
    });
}
template <class W>
double ring() {
    return ns_each(3, million, [] {
        make_ring<W>(million);
        W::collect();
    });
}
template <class W, auto Make>
double live() {
    auto const roots = Make(million);
    double const ns = ns_each(3, million, W::collect);
    keep(&roots[0]);
    return ns;
}
template <class W, class Collect>
double young(size_t beside, int times, Collect const& collect) {
    auto const roots = make_tree<W>(beside);
    W::collect();
    double spent = 0;
    for (int i = 0; i != times; ++i) {
        make_pairs<W>(1000);
        double const begin = seconds();
        collect();
        spent += seconds() - begin;
    }
    keep(&roots[0]);
    return spent * 1e9 / times;
}
/// Trees with pointers to the parents come and go; when to collect is up to each, and what is left at the end counts.
template <class W>
double binary_trees() {
    constexpr size_t trees = 8;
    W::automatic(true);
    return ns_each(1, trees * ((size_t{2} << tree_depth) - 1), [] {
        for (size_t i = 0; i != trees; ++i) keep(&*make_binary<W>(tree_depth));
        W::collect();
    });
}

template <class F>
double ns_once(F const& run) {
    double const begin = seconds();
    run();
    return (seconds() - begin) * 1e9 / static_cast<double>(ten_million);
}
double list_drop() {
    auto head = make_list<gc_ptr>(ten_million);
    return ns_once([&] { head = nullptr; });
}
double ring_collect() {
    make_ring<gc_ptr>(ten_million);
    return ns_once(gc_ptr::collect);
}
double list_free() {
    std::vector<by_hand::node*> all;
    for (size_t i = 0; i != ten_million; ++i) all.push_back(new by_hand::node);
    return ns_once([&] {
        for (by_hand::node* n : all) delete n;
    });
}

template <class W>
double bytes_a_node() {
    keep(&*W::make());
    double const before = resident_bytes();
    auto* const head = new typename W::pointer(make_list<W>(million));  // never dropped: shared_ptr would overflow the stack
    double const after = resident_bytes();
    keep(head);
    return (after - before) / static_cast<double>(million);
}

// ---- all of them -----------------------------------------------------------------------------------------------------

template <class F>
void add(char const* contender, char const* what, F const& f) {
    benchmark::RegisterBenchmark((std::string("gc/") + contender + "/" + what).c_str(), f);
}
/// measure() gives nanoseconds or bytes.
template <class F>
void add_alone(char const* contender, std::string const& what, F const& measure) {
    std::string const name = std::string("gc/") + contender + "/" + what;
    if (task() == name) {
        std::printf("%f\n", measure());
        done();
    }
    benchmark::RegisterBenchmark(name.c_str(), [name](State& state) {
        for (auto _ : state) state.SetIterationTime(std::atof(in_a_child(name).c_str()) * 1e-9);
        count(state, 1);
    })->Iterations(1)->UseManualTime();
}
std::string sized(char const* what, size_t n) { return std::string(what) + "/" + std::to_string(n); }

template <class W>
void add_counting(char const* name) {
    add(name, "copy_drop", copy_drop<W>);
    add(name, "make_drop/leaf_32_bytes", make_drop_leaf<W>);
    add(name, "make_drop/node_32_bytes", make_drop_node<W>);
}
template <class W>
void add_collecting(char const* name) {
    add_alone(name, "bytes_a_node", bytes_a_node<W>);
    add_alone(name, sized("pairs", million), pairs<W, false>);
    add_alone(name, sized("ring", million), ring<W>);
    add_alone(name, sized("live/tree", million), live<W, make_tree<W>>);
    add_alone(name, sized("live/random", million), live<W, make_random<W>>);
    add_alone(name, sized("live/chain", million), live<W, make_chain<W>>);
}
template <class W, class Collect>
void add_young(char const* name, size_t beside, int times, Collect const& collect) {
    add_alone(name, sized("young_2000/beside", beside), [=] { return young<W>(beside, times, collect); });
}
template <class W>
void add_automatic(char const* name) {
    add_alone(name, sized("pairs_automatic", million), pairs<W, true>);
    add_alone(name, sized("binary_trees", static_cast<size_t>(tree_depth)), binary_trees<W>);
}

[[maybe_unused]] bool const all_added = [] {
    begin();

    add_counting<gc_ptr>("gc_ptr");
    add_counting<std_shared_ptr>("std_shared_ptr");
#if defined(WITH_BOOST)
    add_counting<boost_intrusive_ptr>("boost_intrusive_ptr");
    add_counting<boost_local_shared_ptr>("boost_local_shared_ptr");
#endif

    add_collecting<gc_ptr>("gc_ptr");
    add_automatic<gc_ptr>("gc_ptr");
    auto const young_only = [] { amphis::gc::collect(0); };
    add_young<gc_ptr>("gc_ptr", million, 50, young_only);
    add_young<gc_ptr>("gc_ptr", ten_million, 50, young_only);
    add_collecting<naive_set_mark_sweep>("naive_set_mark_sweep");
    add_young<naive_set_mark_sweep>("naive_set_mark_sweep", million, 2, naive_set_mark_sweep::collect);
#if defined(AMPHIS_BENCH_BOEHM)
    add_collecting<boehm>("boehm");
    add_automatic<boehm>("boehm");
    add_young<boehm>("boehm", million, 5, boehm::collect);
#endif

    add_alone("gc_ptr", sized("list_drop", ten_million), list_drop);
    add_alone("freeing_a_vector_of_nodes", sized("list_drop", ten_million), list_free);
    add_alone("gc_ptr", sized("ring_collect", ten_million), ring_collect);
    add_alone("freeing_a_vector_of_nodes", sized("ring_collect", ten_million), list_free);
    return true;
}();

}  // namespace
