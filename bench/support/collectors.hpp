// SPDX-License-Identifier: MIT
// collectors: the pointers with a collector that the benchmarks of gc compare, on nodes of three pointers and a long; and programs of their own
// to measure in, where no memory is left from before.
#ifndef AMPHIS_BENCH_SUPPORT_COLLECTORS_HPP
#define AMPHIS_BENCH_SUPPORT_COLLECTORS_HPP

#include <amphis/gc.hpp>

#if defined(AMPHIS_BENCH_BOEHM)
#include <gc/gc.h>
#include <gc/gc_allocator.h>
#endif

#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace collectors {

using std::size_t;

inline bool const smoke = std::getenv("AMPHIS_BENCH_SMOKE") != nullptr;
inline size_t const million = smoke ? 50'000 : 1'000'000;
inline size_t const ten_million = smoke ? 500'000 : 10'000'000;

template <class T>
void keep(T* pointer) {
    asm volatile("" : : "r"(pointer) : "memory");
}

/// Of the processor, for this thread: another program that has its turn is no pause.
inline double seconds() {
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
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

/// Before anything else: Boehm marks with one thread, as we do; and no collection comes by itself.
inline void begin() {
#if defined(AMPHIS_BENCH_BOEHM)
    setenv("GC_MARKERS", "1", 0);
    GC_INIT();
    boehm::automatic(false);
#endif
    amphis::gc::disable();
}

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

// ---- a program of its own --------------------------------------------------------------------------------------------

/// What this program is to do, before main() and instead of it.
inline constexpr char const* task_name = "AMPHIS_BENCH_TASK";
inline std::string task() {
    char const* const given = std::getenv(task_name);
    return given != nullptr ? given : "";
}
/// What this program prints when that is its task.
inline std::string in_a_child(std::string const& what) {
    int ends[2];
    if (pipe(ends) != 0) return "";
    pid_t const child = fork();
    if (child == 0) {
        dup2(ends[1], STDOUT_FILENO);
        setenv(task_name, what.c_str(), 1);
        execl("/proc/self/exe", "task", static_cast<char*>(nullptr));
        _exit(1);
    }
    close(ends[1]);
    std::string said;
    char some[4096];
    for (ssize_t n; (n = read(ends[0], some, sizeof(some))) > 0;) said.append(some, static_cast<size_t>(n));
    close(ends[0]);
    waitpid(child, nullptr, 0);
    return said;
}
[[noreturn]] inline void done() {
    std::fflush(stdout);
    _exit(0);
}

inline double resident_bytes() {
    long pages = 0;
    if (std::FILE* f = std::fopen("/proc/self/statm", "r")) {
        if (std::fscanf(f, "%*d %ld", &pages) != 1) pages = 0;
        std::fclose(f);
    }
    return static_cast<double>(pages * sysconf(_SC_PAGESIZE));
}

}  // namespace collectors

#endif  // AMPHIS_BENCH_SUPPORT_COLLECTORS_HPP
