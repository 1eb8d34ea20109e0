// SPDX-License-Identifier: MIT
// Weak references beside std::weak_ptr, with threads linked, as in any program that has some: getting the object (lock), making one (make),
// and a cache of objects that others hold (cache). Nanoseconds an operation.
// Ours: ref, WeakValueDictionary, WeakSet
#include <amphis/gc.hpp>
#include <amphis/weakref.hpp>

#include <benchmark/benchmark.h>

#include <algorithm>
#include <memory>
#include <random>
#include <string>
#include <thread>
#include <unordered_map>
#include <vector>

namespace {

namespace gc = amphis::gc;
namespace weakref = amphis::weakref;

struct node {
    long value = 1;
};
constexpr std::size_t hot = 1024;
constexpr std::size_t cold = 1'000'000;

/// libstdc++ counts without atomics until a thread was started.
void have_threads() {
    static bool const started = [] {
        std::thread([] {}).join();
        return true;
    }();
    static_cast<void>(started);
}

struct ours {
    using strong = gc::ptr<node>;
    using weak = weakref::ref<node>;
    static strong make() { return gc::make<node>(); }
    static strong lock(weak const& w) { return w(); }
    static weak watch(strong const& s) { return weakref::ref(s); }
};
struct std_weak_ptr {
    using strong = std::shared_ptr<node>;
    using weak = std::weak_ptr<node>;
    static strong make() { return std::make_shared<node>(); }
    static strong lock(weak const& w) { return w.lock(); }
    static weak watch(strong const& s) { return s; }
};

template <class P>
void lock(benchmark::State& state) {
    have_threads();
    auto const n = static_cast<std::size_t>(state.range(0));
    std::vector<typename P::strong> objects;
    std::vector<typename P::weak> refs;
    for (std::size_t i = 0; i != n; ++i) refs.push_back(P::watch(objects.emplace_back(P::make())));
    if (n == cold) std::shuffle(refs.begin(), refs.end(), std::mt19937(1));
    long sum = 0;
    for (auto _ : state) {
        for (auto const& w : refs) {
            auto const object = P::lock(w);
            benchmark::DoNotOptimize(object.get());  // so that counting up and down again is not left out
            sum += object->value;
        }
        benchmark::DoNotOptimize(sum);
    }
    state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(n));
}

template <class P>
void lock_dead(benchmark::State& state) {
    have_threads();
    std::vector<typename P::weak> refs;
    for (std::size_t i = 0; i != hot; ++i) refs.push_back(P::watch(P::make()));
    long dead = 0;
    for (auto _ : state) {
        for (auto const& w : refs) dead += P::lock(w) == nullptr;
        benchmark::DoNotOptimize(dead);
    }
    state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(hot));
}

/// A second weak reference to an object that has one.
template <class P>
void make_another(benchmark::State& state) {
    have_threads();
    std::vector<typename P::strong> objects;
    std::vector<typename P::weak> refs;
    for (std::size_t i = 0; i != hot; ++i) refs.push_back(P::watch(objects.emplace_back(P::make())));
    for (auto _ : state) {
        for (auto const& o : objects) benchmark::DoNotOptimize(P::watch(o));
    }
    state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(hot));
}

/// An object with a weak reference, from its making to its end.
template <class P>
void make_watch_drop(benchmark::State& state) {
    have_threads();
    for (auto _ : state) {
        auto const object = P::make();
        auto const w = P::watch(object);
        benchmark::DoNotOptimize(w);
    }
    state.SetItemsProcessed(state.iterations());
}

/// 1 << 16 keys; objects that somebody holds are found, the others are made; the oldest is let go.
template <class Cache>
void cache_churn(benchmark::State& state) {
    have_threads();
    Cache cache;
    std::vector<typename Cache::strong> held(1U << 12U);
    std::minstd_rand dice(1);
    std::size_t at = 0;
    for (auto _ : state) {
        auto object = cache.load(static_cast<int>(dice() % (1U << 16U)));
        held[at++ % held.size()] = std::move(object);
    }
    state.SetItemsProcessed(state.iterations());
}
template <class Cache>
void cache_hit(benchmark::State& state) {
    have_threads();
    Cache cache;
    std::vector<typename Cache::strong> held;
    for (int i = 0; i != 4096; ++i) held.push_back(cache.load(i));
    long sum = 0;
    for (auto _ : state) {
        for (int i = 0; i != 4096; ++i) sum += cache.load(i)->value;
        benchmark::DoNotOptimize(sum);
    }
    state.SetItemsProcessed(state.iterations() * 4096);
}

struct our_cache {
    using strong = gc::ptr<node>;
    weakref::WeakValueDictionary<int, node> entries;
    strong load(int key) {
        auto object = entries.get(key);
        if (!object) entries.set(key, object = gc::make<node>());
        return object;
    }
};
/// What is dead stays until it is asked for: the map grows to all the keys there ever were.
struct naive_cache {
    using strong = std::shared_ptr<node>;
    std::unordered_map<int, std::weak_ptr<node>> entries;
    strong load(int key) {
        auto& entry = entries[key];
        auto object = entry.lock();
        if (!object) entry = object = std::make_shared<node>();
        return object;
    }
};
/// What is dead goes: the object's end takes it out.
struct deleter_cache {
    using strong = std::shared_ptr<node>;
    std::unordered_map<int, std::weak_ptr<node>> entries;
    strong load(int key) {
        auto& entry = entries[key];
        auto object = entry.lock();
        if (!object) {
            entry = object = strong(new node(), [this, key](node* gone) {
                delete gone;
                if (auto const found = entries.find(key); found != entries.end() && found->second.expired()) entries.erase(found);
            });
        }
        return object;
    }
};

BENCHMARK(lock<ours>)->Name("weakref/ref/lock")->Arg(hot)->Arg(cold);
BENCHMARK(lock<std_weak_ptr>)->Name("weakref/std_weak_ptr/lock")->Arg(hot)->Arg(cold);
BENCHMARK(lock_dead<ours>)->Name("weakref/ref/lock_dead");
BENCHMARK(lock_dead<std_weak_ptr>)->Name("weakref/std_weak_ptr/lock_dead");
BENCHMARK(make_another<ours>)->Name("weakref/ref/make_another");
BENCHMARK(make_another<std_weak_ptr>)->Name("weakref/std_weak_ptr/make_another");
BENCHMARK(make_watch_drop<ours>)->Name("weakref/ref/object_with_one");
BENCHMARK(make_watch_drop<std_weak_ptr>)->Name("weakref/std_weak_ptr/object_with_one");
BENCHMARK(cache_hit<our_cache>)->Name("weakref/WeakValueDictionary/cache_hit");
BENCHMARK(cache_hit<naive_cache>)->Name("weakref/map_of_weak_ptr/cache_hit");
BENCHMARK(cache_churn<our_cache>)->Name("weakref/WeakValueDictionary/cache_churn");
BENCHMARK(cache_churn<deleter_cache>)->Name("weakref/map_of_weak_ptr_with_deleter/cache_churn");
BENCHMARK(cache_churn<naive_cache>)->Name("weakref/map_of_weak_ptr/cache_churn");

}  // namespace
