// SPDX-License-Identifier: MIT
// What tracing costs: blocks of 64 bytes made and dropped, a thousand at a time, with nobody tracing, with 1 frame, and with 25, twenty calls
// deep. Beside a recorder as one writes it first: a std::map under a std::mutex, and backtrace() for each block. Nanoseconds a block.
// Ours: tracemalloc
#include <amphis/gc.hpp>
#include <amphis/tracemalloc.hpp>

#include <benchmark/benchmark.h>

#include <cstddef>
#include <cstdlib>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#if __has_include(<execinfo.h>)
#include <execinfo.h>
#endif

namespace {

namespace gc = amphis::gc;
namespace tracemalloc = amphis::tracemalloc;

constexpr std::size_t blocks = 1000;
constexpr std::size_t bytes = 64;

/// What allocates, behind a pointer, so that it is a call in all of them.
using make_block = void* (*)(std::size_t);
using drop_block = void (*)(void*);

/// The work, at the bottom of some calls.
[[gnu::noinline]] void work(std::vector<void*>& kept, make_block make, drop_block drop) {
    for (void*& one : kept) one = make(bytes);
    for (void* const one : kept) drop(one);
}
[[gnu::noinline]] void deep(int calls, std::vector<void*>& kept, make_block make, drop_block drop) {
    if (calls == 0) {
        work(kept, make, drop);
    } else {
        deep(calls - 1, kept, make, drop);
    }
    benchmark::ClobberMemory();
}
void run(benchmark::State& state, make_block make, drop_block drop) {
    std::vector<void*> kept(blocks);
    for (auto _ : state) deep(20, kept, make, drop);
    state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(blocks));
}

void* by_new(std::size_t size) { return ::operator new(size); }
void by_delete(void* block) { ::operator delete(block); }
void* by_malloc(std::size_t size) { return std::malloc(size); }
void by_free(void* block) { std::free(block); }

void nobody_traces(benchmark::State& state) { run(state, &by_new, &by_delete); }
void plain_malloc(benchmark::State& state) { run(state, &by_malloc, &by_free); }
void traced(benchmark::State& state, int frames) {
    tracemalloc::start(frames);
    run(state, &by_new, &by_delete);
    tracemalloc::stop();
}

/// Ten lines of code that do it, too.
struct naive {
    struct trace {
        std::size_t size;
        std::vector<void*> stack;
    };
    static inline std::mutex mutex;
    static inline std::map<void*, trace> traces;
    static inline std::size_t current = 0;
    static inline int frames = 1;

    static void* make(std::size_t size) {
        void* const block = std::malloc(size);
        std::vector<void*> stack(static_cast<std::size_t>(frames) + 1);
#if __has_include(<execinfo.h>)
        stack.resize(static_cast<std::size_t>(backtrace(stack.data(), frames + 1)));
#endif
        std::scoped_lock const only(mutex);
        traces[block] = {size, std::move(stack)};
        current += size;
        return block;
    }
    static void drop(void* block) {
        {
            std::scoped_lock const only(mutex);
            auto const at = traces.find(block);
            current -= at->second.size;
            traces.erase(at);
        }
        std::free(block);
    }
};
void naive_map(benchmark::State& state, int frames) {
    naive::frames = frames;
    run(state, &naive::make, &naive::drop);
}

struct Node {
    gc::ptr<Node> next{};
    long values[3]{};
};
void gc_objects(benchmark::State& state, int frames) {
    if (frames != 0) tracemalloc::start(frames);
    std::vector<gc::ptr<Node>> kept(blocks);
    for (auto _ : state) {
        for (auto& one : kept) one = gc::make<Node>();
        for (auto& one : kept) one = nullptr;
    }
    state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(blocks));
    if (frames != 0) tracemalloc::stop();
}

void snapshot(benchmark::State& state) {
    tracemalloc::start();
    std::vector<std::unique_ptr<std::string>> kept;
    for (int i = 0; i != 100'000; ++i) kept.push_back(std::make_unique<std::string>("short"));
    for (auto _ : state) benchmark::DoNotOptimize(tracemalloc::take_snapshot().statistics("lineno"));
    state.SetItemsProcessed(state.iterations() * 100'000);
    tracemalloc::stop();
}

int const registered = [] {
    using benchmark::RegisterBenchmark;
    RegisterBenchmark("tracemalloc/tracemalloc/off", nobody_traces);
    RegisterBenchmark("tracemalloc/malloc/off", plain_malloc);
    for (int const frames : {1, 25}) {
        std::string const number = "/" + std::to_string(frames) + "_frames";
        RegisterBenchmark(("tracemalloc/tracemalloc" + number).c_str(), [frames](benchmark::State& state) { traced(state, frames); });
        RegisterBenchmark(("tracemalloc/naive_map" + number).c_str(), [frames](benchmark::State& state) { naive_map(state, frames); });
    }
    RegisterBenchmark("tracemalloc/tracemalloc/gc_off", [](benchmark::State& state) { gc_objects(state, 0); });
    RegisterBenchmark("tracemalloc/tracemalloc/gc_1_frames", [](benchmark::State& state) { gc_objects(state, 1); });
    RegisterBenchmark("tracemalloc/tracemalloc/snapshot", snapshot);
    return 0;
}();

}  // namespace
