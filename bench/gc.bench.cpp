// SPDX-License-Identifier: MIT
// gc: counting, cycles, and collections of graphs, beside the counting pointers of std and Boost, a mark-sweep as one writes it first, Boehm's
// collector, and CPython on the same graphs.
//
// A node is three pointers and a long everywhere. One operation is one object, but for young_2000, where it is a collection, and for
// bytes_a_node, which counts bytes. Boehm marks with one thread, as we do. AMPHIS_BENCH_SMOKE makes the graphs small.
// Ours: gc_ptr
#include <amphis/gc.hpp>

#include <benchmark/benchmark.h>

#if __has_include(<boost/smart_ptr/intrusive_ptr.hpp>)
#define WITH_BOOST 1
#include <boost/smart_ptr/intrusive_ptr.hpp>
#include <boost/smart_ptr/intrusive_ref_counter.hpp>
#include <boost/smart_ptr/local_shared_ptr.hpp>
#include <boost/smart_ptr/make_local_shared.hpp>
#endif
#if defined(AMPHIS_BENCH_BOEHM)
#include <gc/gc.h>
#include <gc/gc_allocator.h>
#endif

#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <mutex>
#include <numeric>
#include <random>
#include <set>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace {

using benchmark::State;
using std::size_t;

bool const smoke = std::getenv("AMPHIS_BENCH_SMOKE") != nullptr;
size_t const million = smoke ? 50'000 : 1'000'000;
size_t const ten_million = smoke ? 500'000 : 10'000'000;
int const tree_depth = smoke ? 14 : 18;

template <class T>
void keep(T* pointer) {
    asm volatile("" : : "r"(pointer) : "memory");
}

// ---- the contenders --------------------------------------------------------------------------------------------------

struct gc_ptr {
    struct node {
        amphis::gc::ptr<node> a{}, b{}, c{};
        long value = 0;
    };
    struct leaf {
        long words[4]{};
    };
    using pointer = amphis::gc::ptr<node>;
    using roots = std::vector<pointer>;
    static pointer make() { return amphis::gc::make<node>(); }
    static auto make_leaf() { return amphis::gc::make<leaf>(); }
    static void collect() { amphis::gc::collect(); }
    static void automatic(bool on) { on ? amphis::gc::enable() : amphis::gc::disable(); }
};

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

/// The naive one: shared_ptr, a std::set of all that live, and a mark-sweep whose roots are the objects with more pointers than the others
/// have to them.
struct naive_set_mark_sweep {
    struct node : std::enable_shared_from_this<node> {
        std::shared_ptr<node> a{}, b{}, c{};
        long value = 0;
        long inner = 0;
        bool marked = false;
        node() { all.insert(this); }
        ~node() { all.erase(this); }
        node(node const&) = delete;
        node& operator=(node const&) = delete;
    };
    using pointer = std::shared_ptr<node>;
    using roots = std::vector<pointer>;
    static inline std::set<node*> all;

    static pointer make() { return std::make_shared<node>(); }
    static void collect() {
        for (node* n : all) {
            n->inner = 0;
            n->marked = false;
        }
        for (node* n : all) {
            for (pointer const* edge : {&n->a, &n->b, &n->c}) {
                if (*edge) ++(*edge)->inner;
            }
        }
        std::vector<node*> reached;
        for (node* n : all) {
            if (n->weak_from_this().use_count() > n->inner) {
                n->marked = true;
                reached.push_back(n);
            }
        }
        while (!reached.empty()) {
            node* const n = reached.back();
            reached.pop_back();
            for (pointer const* edge : {&n->a, &n->b, &n->c}) {
                if (*edge && !(*edge)->marked) {
                    (*edge)->marked = true;
                    reached.push_back(edge->get());
                }
            }
        }
        std::vector<pointer> garbage;
        for (node* n : all) {
            if (!n->marked) garbage.push_back(n->shared_from_this());
        }
        for (pointer const& n : garbage) n->a = n->b = n->c = nullptr;
    }
    static void automatic(bool) {}
};

#if defined(AMPHIS_BENCH_BOEHM)
struct boehm {
    struct node {
        node *a, *b, *c;
        long value;
    };
    using pointer = node*;
    using roots = std::vector<pointer, traceable_allocator<pointer>>;
    static pointer make() { return static_cast<pointer>(GC_MALLOC(sizeof(node))); }
    static bool is_automatic() { return GC_is_disabled() == 0; }
    static void automatic(bool on) {
        if (on != is_automatic()) on ? GC_enable() : GC_disable();
    }
    static void collect() {  // while it is disabled, it does nothing
        bool const before = is_automatic();
        automatic(true);
        GC_gcollect();
        automatic(before);
    }
};
#endif

// ---- the graphs ------------------------------------------------------------------------------------------------------

template <class W>
[[gnu::noinline]] void make_pairs(size_t n) {
    for (size_t i = 0; i != n; ++i) {
        auto p = W::make();
        auto q = W::make();
        q->a = p;
        p->a = q;
        keep(&*p);
    }
}
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
/// In the order of their numbers, children where a heap has them.
template <class W>
[[gnu::noinline]] typename W::roots make_tree(size_t n) {
    typename W::roots all;
    for (size_t i = 0; i != n; ++i) {
        all.push_back(W::make());
        if (i != 0) (i % 2 != 0 ? all[(i - 1) / 2]->a : all[(i - 1) / 2]->b) = all[i];
    }
    all.resize(1);
    return all;
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

template <class W, bool Automatic>
void pairs(State& state) {
    W::automatic(false);
    W::collect();
    W::automatic(Automatic);
    for (auto _ : state) {
        make_pairs<W>(million);
        W::collect();
    }
    W::automatic(false);
    count(state, 2 * million);
}
template <class W>
void ring(State& state) {
    W::automatic(false);
    W::collect();
    for (auto _ : state) {
        make_ring<W>(million);
        W::collect();
    }
    count(state, million);
}
template <class W, auto Make>
void live(State& state) {
    W::automatic(false);
    {
        auto roots = Make(million);
        W::collect();
        for (auto _ : state) W::collect();
        keep(&roots[0]);
        count(state, million);
    }
    W::collect();
}

using clock = std::chrono::steady_clock;
double seconds_since(clock::time_point begin) { return std::chrono::duration<double>(clock::now() - begin).count(); }

template <class W, class Collect>
void young(State& state, size_t beside, Collect const& collect) {
    W::automatic(false);
    {
        auto const roots = make_tree<W>(beside);
        W::collect();
        for (auto _ : state) {
            make_pairs<W>(1000);
            auto const begin = clock::now();
            collect();
            state.SetIterationTime(seconds_since(begin));
        }
        keep(&roots[0]);
        count(state, 1);
    }
    W::collect();
}

void list_drop(State& state) {
    gc_ptr::automatic(false);
    for (auto _ : state) {
        auto head = make_list<gc_ptr>(ten_million);
        auto const begin = clock::now();
        head = nullptr;
        state.SetIterationTime(seconds_since(begin));
    }
    count(state, ten_million);
}
void list_free(State& state) {
    for (auto _ : state) {
        std::vector<by_hand::node*> all;
        for (size_t i = 0; i != ten_million; ++i) all.push_back(new by_hand::node);
        auto const begin = clock::now();
        for (by_hand::node* n : all) delete n;
        state.SetIterationTime(seconds_since(begin));
    }
    count(state, ten_million);
}
void ring_collect(State& state) {
    gc_ptr::automatic(false);
    for (auto _ : state) {
        make_ring<gc_ptr>(ten_million);
        auto const begin = clock::now();
        gc_ptr::collect();
        state.SetIterationTime(seconds_since(begin));
    }
    count(state, ten_million);
}

/// Trees with pointers to the parents come and go; when to collect is up to each, and what is left at the end counts.
template <class W>
void binary_trees(State& state) {
    constexpr size_t trees = 8;
    W::automatic(false);
    W::collect();
    W::automatic(true);
    for (auto _ : state) {
        for (size_t i = 0; i != trees; ++i) keep(&*make_binary<W>(tree_depth));
        W::collect();
    }
    W::automatic(false);
    count(state, trees * ((size_t{2} << tree_depth) - 1));
}

// ---- memory ----------------------------------------------------------------------------------------------------------

long resident_bytes() {
    long pages = 0;
    if (std::FILE* f = std::fopen("/proc/self/statm", "r")) {
        if (std::fscanf(f, "%*d %ld", &pages) != 1) pages = 0;
        std::fclose(f);
    }
    return pages * sysconf(_SC_PAGESIZE);
}
template <class W>
double bytes_a_node() {
    W::automatic(false);
    keep(&*W::make());
    long const before = resident_bytes();
    auto* const head = new typename W::pointer(make_list<W>(million));  // never dropped: shared_ptr would overflow the stack
    long const after = resident_bytes();
    keep(head);
    return static_cast<double>(after - before) / static_cast<double>(million);
}
/// In a program of its own, where no memory is left from before: this one, which measures before main() and goes no further.
constexpr char const* memory_of = "AMPHIS_BENCH_MEMORY_OF";
double in_a_child(char const* contender) {
    int ends[2];
    if (pipe(ends) != 0) return 0;
    pid_t const child = fork();
    if (child == 0) {
        dup2(ends[1], STDOUT_FILENO);
        setenv(memory_of, contender, 1);
        execl("/proc/self/exe", "memory", static_cast<char*>(nullptr));
        _exit(1);
    }
    close(ends[1]);
    char said[64]{};
    auto const n = read(ends[0], said, sizeof(said) - 1);
    close(ends[0]);
    waitpid(child, nullptr, 0);
    return n > 0 ? std::atof(said) : 0;
}
void measure_memory([[maybe_unused]] char const* contender, double (*of)()) {
    if (char const* wanted = std::getenv(memory_of); wanted != nullptr && std::string(contender) == wanted) {
        std::printf("%f\n", of());
        std::fflush(stdout);
        _exit(0);
    }
    benchmark::RegisterBenchmark((std::string("gc/") + contender + "/bytes_a_node").c_str(), [contender](State& state) {
        for (auto _ : state) state.SetIterationTime(in_a_child(contender) * 1e-9);
        count(state, 1);
    })->Iterations(1)->UseManualTime();
}

// ---- all of them -----------------------------------------------------------------------------------------------------

template <class F>
benchmark::internal::Benchmark* add(char const* contender, std::string const& what, F const& f) {
    return benchmark::RegisterBenchmark((std::string("gc/") + contender + "/" + what).c_str(), f);
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
    measure_memory(name, bytes_a_node<W>);
    add(name, sized("pairs", million), pairs<W, false>)->Iterations(2);
    add(name, sized("ring", million), ring<W>)->Iterations(3);
    add(name, sized("live/tree", million), live<W, make_tree<W>>)->Iterations(4);
    add(name, sized("live/random", million), live<W, make_random<W>>)->Iterations(3);
    add(name, sized("live/chain", million), live<W, make_chain<W>>)->Iterations(3);
}
template <class W, class Collect>
void add_young(char const* name, size_t beside, int times, Collect const& collect) {
    add(name, sized("young_2000/beside", beside), [=](State& state) { young<W>(state, beside, collect); })->Iterations(times)->UseManualTime();
}
template <class W>
void add_automatic(char const* name) {
    add(name, sized("pairs_automatic", million), pairs<W, true>)->Iterations(2);
    add(name, sized("binary_trees", static_cast<size_t>(tree_depth)), binary_trees<W>)->Iterations(1);
}

[[maybe_unused]] bool const all_added = [] {
#if defined(AMPHIS_BENCH_BOEHM)
    setenv("GC_MARKERS", "1", 0);
    GC_INIT();
#endif
    amphis::gc::disable();

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

    add("gc_ptr", sized("list_drop", ten_million), list_drop)->Iterations(1)->UseManualTime();
    add("freeing_a_vector_of_nodes", sized("list_drop", ten_million), list_free)->Iterations(1)->UseManualTime();
    add("gc_ptr", sized("ring_collect", ten_million), ring_collect)->Iterations(1)->UseManualTime();
    add("freeing_a_vector_of_nodes", sized("ring_collect", ten_million), list_free)->Iterations(1)->UseManualTime();
    return true;
}();

}  // namespace
