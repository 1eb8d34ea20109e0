// SPDX-License-Identifier: MIT
// sys::intern beside what one writes without it, a set of strings with a mutex, and beside Boost.Flyweight when it is installed: a text that is
// there already (hit), one that comes and goes (come_and_go), comparing two equal texts (equal), and a table with texts as keys (lookup);
// all in a program that has had a second thread.
// Nanoseconds an operation.
#include <amphis/sys/intern.hpp>

#include <benchmark/benchmark.h>

#include <cstddef>
#include <mutex>
#include <string>
#include <thread>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#if __has_include(<boost/flyweight.hpp>)
#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic ignored "-Wnull-dereference"  // g++ 12 sees one in Boost.MultiIndex
#endif
#include <boost/flyweight.hpp>
#endif

namespace {

/// The C library, and we, leave out what is atomic until a thread was started.
void have_threads() {
    static bool const started = [] {
        std::thread([] {}).join();
        return true;
    }();
    static_cast<void>(started);
}

struct ours {
    using handle = amphis::sys::interned;
    static handle intern(std::string const& text) { return amphis::sys::intern(text); }
};
/// Its texts never go: nobody knows who has a pointer.
struct naive {
    using handle = std::string const*;
    static handle intern(std::string const& text) {
        static std::mutex mutex;
        static std::unordered_set<std::string> texts;
        std::lock_guard const lock(mutex);
        return &*texts.insert(text).first;
    }
};
struct strings {
    using handle = std::string;
    static handle intern(std::string const& text) { return text; }
};
#if __has_include(<boost/flyweight.hpp>)
struct boost_flyweight {
    using handle = boost::flyweight<std::string>;
    static handle intern(std::string const& text) { return handle(text); }
};
#endif

/// Texts of `size` characters that differ in the last ones only, as keys with a prefix do.
std::vector<std::string> texts_of(std::size_t size, int many) {
    std::vector<std::string> all;
    for (int i = 0; i != many; ++i) {
        std::string const number = std::to_string(1000 + i);
        all.push_back(std::string(size - number.size(), 'x') + number);
    }
    return all;
}
constexpr int many = 512;

template <class S>
void hit(benchmark::State& state) {
    have_threads();
    auto const texts = texts_of(static_cast<std::size_t>(state.range(0)), many);
    std::vector<typename S::handle> kept;
    for (auto const& text : texts) kept.push_back(S::intern(text));
    for (auto _ : state) {
        for (auto const& text : texts) benchmark::DoNotOptimize(S::intern(text));
    }
    state.SetItemsProcessed(state.iterations() * many);
}
template <class S>
void come_and_go(benchmark::State& state) {
    have_threads();
    auto const texts = texts_of(static_cast<std::size_t>(state.range(0)), many);
    for (auto _ : state) {
        for (auto const& text : texts) benchmark::DoNotOptimize(S::intern(text));
    }
    state.SetItemsProcessed(state.iterations() * many);
}
template <class S>
void equal(benchmark::State& state) {
    std::string const text(static_cast<std::size_t>(state.range(0)), 'x');
    std::vector<typename S::handle> all;
    for (int i = 0; i != many; ++i) all.push_back(S::intern(text));
    for (auto _ : state) {
        int same = 0;
        for (std::size_t i = 1; i != many; ++i) same += all[i] == all[i - 1];
        benchmark::DoNotOptimize(same);
    }
    state.SetItemsProcessed(state.iterations() * (many - 1));
}
template <class S>
void lookup(benchmark::State& state) {
    auto const texts = texts_of(static_cast<std::size_t>(state.range(0)), many);
    std::unordered_map<typename S::handle, int> table;
    std::vector<typename S::handle> asked;
    for (int i = 0; i != many; ++i) table[S::intern(texts[static_cast<std::size_t>(i)])] = i;
    for (auto const& text : texts) asked.push_back(S::intern(text));
    for (auto _ : state) {
        for (auto const& one : asked) {
            auto found = table.find(one);
            benchmark::DoNotOptimize(found);
        }
    }
    state.SetItemsProcessed(state.iterations() * many);
}

#define OF(contender, name)                                                                          \
    BENCHMARK(hit<contender>)->Name("sys/" #name "/hit")->Arg(16)->Arg(64);                            \
    BENCHMARK(hit<contender>)->Name("sys/" #name "/hit_two_threads")->Arg(16)->Threads(2)->UseRealTime(); \
    BENCHMARK(lookup<contender>)->Name("sys/" #name "/lookup")->Arg(16)->Arg(64);                      \
    BENCHMARK(equal<contender>)->Name("sys/" #name "/equal")->Arg(16)->Arg(64)->Arg(1024);
OF(ours, intern)
OF(naive, naive_set_and_mutex)
BENCHMARK(come_and_go<ours>)->Name("sys/intern/come_and_go")->Arg(16)->Arg(64);
BENCHMARK(lookup<strings>)->Name("sys/std_string/lookup")->Arg(16)->Arg(64);
BENCHMARK(equal<strings>)->Name("sys/std_string/equal")->Arg(16)->Arg(64)->Arg(1024);
#if __has_include(<boost/flyweight.hpp>)
BENCHMARK(hit<boost_flyweight>)->Name("sys/boost_flyweight/hit")->Arg(16)->Arg(64);
BENCHMARK(hit<boost_flyweight>)->Name("sys/boost_flyweight/hit_two_threads")->Arg(16)->Threads(2)->UseRealTime();
BENCHMARK(come_and_go<boost_flyweight>)->Name("sys/boost_flyweight/come_and_go")->Arg(16)->Arg(64);
BENCHMARK(equal<boost_flyweight>)->Name("sys/boost_flyweight/equal")->Arg(16)->Arg(64)->Arg(1024);
#endif

}  // namespace
