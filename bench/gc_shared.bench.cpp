// SPDX-License-Identifier: MIT
// Pointers that threads share: copy and drop in the thread that made the object, alone and while another thread does the same, and in
// another thread; make and drop; a chain. Beside gc::ptr, which is for one thread, std::shared_ptr, and Boost's intrusive_ptr without and with
// atomic counts. Nanoseconds each.
// Ours: biased_ptr, atomic_ptr
#include <amphis/gc.hpp>
#include <amphis/gc/shared.hpp>

#include <benchmark/benchmark.h>

#if __has_include(<boost/smart_ptr/intrusive_ptr.hpp>)
#define WITH_BOOST 1
#include <boost/smart_ptr/intrusive_ptr.hpp>
#include <boost/smart_ptr/intrusive_ref_counter.hpp>
#endif

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <thread>
#include <utility>
#include <vector>

namespace {

namespace gc = amphis::gc;

struct nothing {};

/// A pointer and 24 bytes, whatever the counts take.
template <template <class> class Ptr, class Base = nothing>
struct node : Base {
    Ptr<node> next{};
    std::array<std::int64_t, 3> values{};
};

struct biased {
    template <class T>
    using ptr = gc::biased_ptr<T>;
    using type = node<ptr>;
    static ptr<type> make() { return gc::make_biased<type>(); }
};
struct atomic {
    template <class T>
    using ptr = gc::atomic_ptr<T>;
    using type = node<ptr>;
    static ptr<type> make() { return gc::make_atomic<type>(); }
};
struct one_thread {
    template <class T>
    using ptr = gc::ptr<T>;
    using type = node<ptr>;
    static ptr<type> make() { return gc::make<type>(); }
};
struct std_shared {
    template <class T>
    using ptr = std::shared_ptr<T>;
    using type = node<ptr>;
    static ptr<type> make() { return std::make_shared<type>(); }
};
#if defined(WITH_BOOST)
template <class Counter>
struct boost_intrusive {
    struct type;
    using pointer = boost::intrusive_ptr<type>;
    struct type : boost::intrusive_ref_counter<type, Counter> {
        pointer next{};
        std::array<std::int64_t, 3> values{};
    };
    static pointer make() { return pointer(new type); }
};
#endif

template <class P>
using pointer = decltype(P::make());

constexpr std::size_t hot = 1024;
/// 1024 objects, which the caches hold, and as many copies and drops.
template <class Ptr>
void copy_them(std::vector<Ptr> const& pointers) {
    for (Ptr const& one : pointers) {
        Ptr copy = one;
        benchmark::DoNotOptimize(copy);
    }
}
template <class P>
std::vector<pointer<P>> make_them() {
    std::vector<pointer<P>> made;
    for (std::size_t i = 0; i != hot; ++i) made.push_back(P::make());
    return made;
}
void count(benchmark::State& state, std::size_t n) { state.SetItemsProcessed(static_cast<std::int64_t>(n) * static_cast<std::int64_t>(state.iterations())); }

template <class P>
void copy_drop(benchmark::State& state) {
    auto const pointers = make_them<P>();
    for (auto _ : state) copy_them(pointers);
    count(state, hot);
}
/// One object: each addition waits for the subtraction before it.
template <class P>
void copy_drop_one(benchmark::State& state) {
    std::vector<pointer<P>> const pointers(hot, P::make());
    for (auto _ : state) copy_them(pointers);
    count(state, hot);
}
template <class P>
void copy_drop_in_another_thread(benchmark::State& state) {
    auto const pointers = make_them<P>();
    std::thread([&] {
        for (auto _ : state) copy_them(pointers);
    }).join();
    count(state, hot);
}
/// The same objects in two threads at once.
template <class P>
void copy_drop_contended(benchmark::State& state) {
    auto const pointers = make_them<P>();
    std::atomic<bool> done{false};
    std::thread other([&] {
        while (!done.load(std::memory_order_relaxed)) copy_them(pointers);
    });
    for (auto _ : state) copy_them(pointers);
    done = true;
    other.join();
    count(state, hot);
}
template <class P>
void make_drop(benchmark::State& state) {
    for (auto _ : state) {
        auto made = P::make();
        benchmark::DoNotOptimize(made);
    }
    count(state, 1);
}
/// 10,000 long: those that recurse get as far on a stack of 8 MiB.
template <class P>
void chain(benchmark::State& state) {
    constexpr std::size_t length = 10'000;
    for (auto _ : state) {
        pointer<P> head;
        for (std::size_t i = 0; i != length; ++i) {
            auto next = P::make();
            next->next = std::move(head);
            head = std::move(next);
        }
        benchmark::DoNotOptimize(head);
    }
    count(state, length);
}

#define ALONE(name, ...)                                                                          \
    BENCHMARK(copy_drop<__VA_ARGS__>)->Name("gc_shared/" name "/copy_drop");                      \
    BENCHMARK(copy_drop_one<__VA_ARGS__>)->Name("gc_shared/" name "/copy_drop_one");              \
    BENCHMARK(make_drop<__VA_ARGS__>)->Name("gc_shared/" name "/make_drop");                      \
    BENCHMARK(chain<__VA_ARGS__>)->Name("gc_shared/" name "/chain_make_drop");
#define SHARED(name, ...)                                                                                                          \
    BENCHMARK(copy_drop_in_another_thread<__VA_ARGS__>)->Name("gc_shared/" name "/copy_drop_in_another_thread")->UseRealTime();    \
    BENCHMARK(copy_drop_contended<__VA_ARGS__>)->Name("gc_shared/" name "/copy_drop_while_another_does")->UseRealTime();

ALONE("biased_ptr", biased)
SHARED("biased_ptr", biased)
ALONE("atomic_ptr", atomic)
SHARED("atomic_ptr", atomic)
ALONE("gc_ptr_of_one_thread", one_thread)
ALONE("std_shared_ptr", std_shared)
SHARED("std_shared_ptr", std_shared)
#if defined(WITH_BOOST)
ALONE("boost_intrusive_unsafe", boost_intrusive<boost::thread_unsafe_counter>)
ALONE("boost_intrusive_atomic", boost_intrusive<boost::thread_safe_counter>)
SHARED("boost_intrusive_atomic", boost_intrusive<boost::thread_safe_counter>)
#endif

}  // namespace
