// SPDX-License-Identifier: MIT
// generator: an element of a generator beside the loop by hand, the eager vector, a callback, and a thread that hands values over.
#include <amphis/lang/generator.hpp>

#include <benchmark/benchmark.h>

#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#if __has_include(<generator>)
#include <generator>
#endif
#if defined(AMPHIS_BENCH_BOOST_CONTEXT)
#if !defined(__clang__)
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"  // g++ 12, within Boost.Coroutine2
#endif
#include <boost/coroutine2/coroutine.hpp>
#endif

namespace {

using amphis::generator;
using amphis::yield_from;
using benchmark::DoNotOptimize;
using benchmark::State;

constexpr int many = 10'000;

generator<int> count(int n) {
    for (int i = 0; i < n; ++i) co_yield i;
}

void per_element(State& state, double elements) {
    state.SetItemsProcessed(static_cast<std::int64_t>(static_cast<double>(state.iterations()) * elements));
}

void generator_yield(State& state) {
    for (auto _ : state) {
        for (int x : count(many)) DoNotOptimize(x);
    }
    per_element(state, many);
}
BENCHMARK(generator_yield)->Name("generator/generator/yield");

void by_hand_yield(State& state) {
    for (auto _ : state) {
        for (int x = 0; x < many; ++x) DoNotOptimize(x);
    }
    per_element(state, many);
}
BENCHMARK(by_hand_yield)->Name("generator/by_hand/yield");

[[gnu::noinline]] std::vector<int> eager(int n) {
    std::vector<int> v;
    for (int i = 0; i < n; ++i) v.push_back(i);
    return v;
}
void vector_yield(State& state) {
    for (auto _ : state) {
        for (int x : eager(many)) DoNotOptimize(x);
    }
    per_element(state, many);
}
BENCHMARK(vector_yield)->Name("generator/eager_vector/yield");

[[gnu::noinline]] void call_back(int n, std::function<void(int)> const& each) {
    for (int i = 0; i < n; ++i) each(i);
}
void function_yield(State& state) {
    for (auto _ : state) call_back(many, [](int x) { DoNotOptimize(x); });
    per_element(state, many);
}
BENCHMARK(function_yield)->Name("generator/std_function_callback/yield");

/// The naive one: the producer is a thread, and each value changes hands under a lock.
class thread_generator {
public:
    explicit thread_generator(int n) : producer_([this, n] { produce(n); }) {}
    ~thread_generator() { producer_.join(); }
    std::optional<int> next() {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [this] { return full_ || done_; });
        if (!full_) return std::nullopt;
        full_ = false;
        changed_.notify_all();
        return value_;
    }

private:
    void produce(int n) {
        for (int i = 0; i < n; ++i) {
            std::unique_lock lock(mutex_);
            changed_.wait(lock, [this] { return !full_; });
            value_ = i;
            full_ = true;
            changed_.notify_all();
        }
        std::lock_guard const lock(mutex_);
        done_ = true;
        changed_.notify_all();
    }
    std::mutex mutex_;
    std::condition_variable changed_;
    int value_ = 0;
    bool full_ = false;
    bool done_ = false;
    std::thread producer_;
};
void thread_yield(State& state) {
    for (auto _ : state) {
        thread_generator g(many / 10);
        while (auto x = g.next()) DoNotOptimize(*x);
    }
    per_element(state, many / 10);
}
BENCHMARK(thread_yield)->Name("generator/thread_and_condition/yield")->UseRealTime();

#if defined(__cpp_lib_generator)
std::generator<int> std_count(int n) {
    for (int i = 0; i < n; ++i) co_yield i;
}
void std_yield(State& state) {
    for (auto _ : state) {
        for (int x : std_count(many)) DoNotOptimize(x);
    }
    per_element(state, many);
}
BENCHMARK(std_yield)->Name("generator/std_generator/yield");
#endif

#if defined(AMPHIS_BENCH_BOOST_CONTEXT)
using boost_coroutine = boost::coroutines2::coroutine<int>;

boost_coroutine::pull_type boost_count(int n) {
    return boost_coroutine::pull_type([n](boost_coroutine::push_type& yield) {
        for (int i = 0; i < n; ++i) yield(i);
    });
}
void boost_yield(State& state) {
    for (auto _ : state) {
        for (int x : boost_count(many)) DoNotOptimize(x);
    }
    per_element(state, many);
}
BENCHMARK(boost_yield)->Name("generator/boost_coroutine2/yield");
void boost_create(State& state) {
    for (auto _ : state) {
        for (int x : boost_count(4)) DoNotOptimize(x);
    }
    per_element(state, 1);
}
BENCHMARK(boost_create)->Name("generator/boost_coroutine2/create_4_elements");
#endif

generator<int, int> add_up() {
    int sum = 0;
    for (;;) sum += co_yield sum;
}
void generator_send(State& state) {
    auto g = add_up();
    g.next();
    int i = 0;
    for (auto _ : state) DoNotOptimize(g.send(++i));
    per_element(state, 1);
}
BENCHMARK(generator_send)->Name("generator/generator/send");

void generator_create(State& state) {
    for (auto _ : state) {
        for (int x : count(4)) DoNotOptimize(x);
    }
    per_element(state, 1);
}
BENCHMARK(generator_create)->Name("generator/generator/create_4_elements");

generator<int> tree(int depth) {
    if (depth == 0) co_return;
    co_yield yield_from(tree(depth - 1));
    co_yield depth;
    co_yield yield_from(tree(depth - 1));
}
generator<int> tree_again(int depth) {
    if (depth == 0) co_return;
    for (int x : tree_again(depth - 1)) co_yield x;
    co_yield depth;
    for (int x : tree_again(depth - 1)) co_yield x;
}
void walk_by_hand(int depth) {
    if (depth == 0) return;
    walk_by_hand(depth - 1);
    DoNotOptimize(depth);
    walk_by_hand(depth - 1);
}
constexpr double tree_size = (1 << 20) - 1;
void generator_tree(State& state) {
    for (auto _ : state) {
        for (int x : tree(20)) DoNotOptimize(x);
    }
    per_element(state, tree_size);
}
BENCHMARK(generator_tree)->Name("generator/generator/tree/20");
void again_tree(State& state) {
    for (auto _ : state) {
        for (int x : tree_again(20)) DoNotOptimize(x);
    }
    per_element(state, tree_size);
}
BENCHMARK(again_tree)->Name("generator/yielding_again/tree/20");
void hand_tree(State& state) {
    for (auto _ : state) walk_by_hand(20);
    per_element(state, tree_size);
}
BENCHMARK(hand_tree)->Name("generator/recursive_call/tree/20");

}  // namespace
