// SPDX-License-Identifier: MIT
// A graph that one thread makes and another goes on with: 10,000 objects in rings of ten, held by one. As an island; without moving (what one
// thread does anyway); and the naive way, a second graph, copied by a table from old to new. Nanoseconds for an object, made, moved and collected.
// Ours: island
#include <amphis/gc.hpp>
#include <amphis/gc/island.hpp>

#include <benchmark/benchmark.h>

#include <cstddef>
#include <cstdint>
#include <unordered_map>
#include <vector>

namespace {

namespace gc = amphis::gc;

struct Node {
    std::int64_t value = 0;
    gc::ptr<Node> next{};
    std::vector<gc::ptr<Node>> parts{};
};
constexpr std::int64_t objects = 10'000;

gc::ptr<Node> graph() {
    auto root = gc::make<Node>();
    root->parts.reserve(objects / 10);
    for (std::int64_t i = 0; i != objects / 10; ++i) {
        auto const first = gc::make<Node>(i);
        auto last = first;
        for (std::int64_t k = 1; k != 10; ++k) {
            last->next = gc::make<Node>(k);
            last = last->next;
        }
        last->next = first;
        root->parts.push_back(first);
    }
    return root;
}

void stays(benchmark::State& state) {
    gc::disable();
    for (auto _ : state) {
        auto root = graph();
        benchmark::DoNotOptimize(root.get());
        root = nullptr;
        gc::collect();
    }
    gc::enable();
    state.SetItemsProcessed(state.iterations() * objects);
}

void island(benchmark::State& state) {
    gc::disable();
    for (auto _ : state) {
        gc::island made(graph);
        auto root = std::move(made).adopt();
        benchmark::DoNotOptimize(root.get());
        root = nullptr;
        gc::collect();
    }
    gc::enable();
    state.SetItemsProcessed(state.iterations() * objects);
}

gc::ptr<Node> copy(gc::ptr<Node> const& from) {
    std::unordered_map<Node const*, gc::ptr<Node>> made;
    std::vector<Node const*> rest;
    auto const copied = [&](gc::ptr<Node> const& one) -> gc::ptr<Node> {
        if (!one) return nullptr;
        auto& to = made[one.get()];
        if (!to) {
            to = gc::make<Node>(one->value);
            rest.push_back(one.get());
        }
        return to;
    };
    auto root = copied(from);
    while (!rest.empty()) {
        Node const* const one = rest.back();
        rest.pop_back();
        auto const to = made[one];
        to->next = copied(one->next);
        for (auto const& part : one->parts) to->parts.push_back(copied(part));
    }
    return root;
}

void naive_copy(benchmark::State& state) {
    gc::disable();
    for (auto _ : state) {
        auto first = graph();
        auto root = copy(first);
        benchmark::DoNotOptimize(root.get());
        first = nullptr;
        root = nullptr;
        gc::collect();
    }
    gc::enable();
    state.SetItemsProcessed(state.iterations() * objects);
}

}  // namespace

BENCHMARK(island)->Name("gc_island/island/hand_over");
BENCHMARK(stays)->Name("gc_island/stays/hand_over");
BENCHMARK(naive_copy)->Name("gc_island/naive_copy/hand_over");
