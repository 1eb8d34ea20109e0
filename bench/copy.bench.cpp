// SPDX-License-Identifier: MIT
// copy: deep copies of 1,000 objects, beside clones written by hand, and CPython's copy.deepcopy. One operation is one copy of all.
// Ours: amphis
#include <amphis/copy.hpp>

#include <benchmark/benchmark.h>

#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

namespace {

namespace copy = amphis::copy;
constexpr std::size_t nodes = 1000;

// A tree by unique_ptr: ten children each, in the order of a heap.
struct Owned {
    int value{};
    std::string name{};
    std::vector<std::unique_ptr<Owned>> children{};
};
// The same by shared_ptr, where any may be shared.
struct Shared {
    int value{};
    std::string name{};
    std::vector<std::shared_ptr<Shared>> children{};
};
// With a pointer back: every object must be remembered.
struct Linked {
    int value{};
    std::string name{};
    std::vector<std::shared_ptr<Linked>> children{};
    std::weak_ptr<Linked> parent{};
};
// By value.
struct Nested {
    int value{};
    std::string name{};
    std::vector<Nested> children{};
};

template <class T>
auto heap_tree() {
    std::vector<std::shared_ptr<T>> all;
    for (std::size_t i = 0; i != nodes; ++i) all.push_back(std::make_shared<T>(T{static_cast<int>(i), "node", {}}));
    for (std::size_t i = 1; i != nodes; ++i) {
        all[(i - 1) / 10]->children.push_back(all[i]);
        if constexpr (requires { all[i]->parent; }) all[i]->parent = all[(i - 1) / 10];
    }
    return all[0];
}
template <class T>
T value_tree(std::size_t i) {
    T node{static_cast<int>(i), "node", {}};
    for (std::size_t c = 10 * i + 1; c <= 10 * i + 10 && c < nodes; ++c) {
        if constexpr (std::is_same_v<T, Owned>) {
            node.children.push_back(std::make_unique<T>(value_tree<T>(c)));
        } else {
            node.children.push_back(value_tree<T>(c));
        }
    }
    return node;
}

Owned clone_owned(Owned const& from) {
    Owned to{from.value, from.name, {}};
    to.children.reserve(from.children.size());
    for (auto const& child : from.children) to.children.push_back(std::make_unique<Owned>(clone_owned(*child)));
    return to;
}
template <class T>
std::shared_ptr<T> clone_shared(T const& from) {
    auto to = std::make_shared<T>(T{from.value, from.name, {}});
    to->children.reserve(from.children.size());
    for (auto const& child : from.children) {
        to->children.push_back(clone_shared(*child));
        if constexpr (requires { to->parent; }) to->children.back()->parent = to;
    }
    return to;
}
// What a clone of a graph whose shape is not known needs.
template <class T>
std::shared_ptr<T> clone_graph(std::shared_ptr<T> const& from, std::unordered_map<T const*, std::shared_ptr<T>>& memo) {
    auto& to = memo[from.get()];
    if (to) return to;
    to = std::make_shared<T>(T{from->value, from->name, {}});
    auto const made = to;
    made->children.reserve(from->children.size());
    for (auto const& child : from->children) made->children.push_back(clone_graph(child, memo));
    if constexpr (requires { made->parent; }) {
        if (auto const parent = from->parent.lock()) made->parent = clone_graph(parent, memo);
    }
    return made;
}

template <class T, class F>
void each(benchmark::State& state, T const& object, F function) {
    for (auto _ : state) benchmark::DoNotOptimize(function(object));
    state.counters["nodes"] = nodes;
}
#define CASE(name, object, ...) \
    BENCHMARK_CAPTURE(each, name, object, [](auto const& from) { return __VA_ARGS__; })->Name("copy/" name)->Unit(benchmark::kMicrosecond)

CASE("amphis/deepcopy_unique", value_tree<Owned>(0), copy::deepcopy(from));
CASE("by_hand/deepcopy_unique", value_tree<Owned>(0), clone_owned(from));
CASE("amphis/deepcopy_shared", heap_tree<Shared>(), copy::deepcopy(from));
CASE("by_hand_no_sharing/deepcopy_shared", heap_tree<Shared>(), clone_shared(*from));
CASE("by_hand_unordered_map/deepcopy_shared", heap_tree<Shared>(), [&] {
    std::unordered_map<Shared const*, std::shared_ptr<Shared>> memo;
    return clone_graph(from, memo);
}());
CASE("amphis/deepcopy_linked", heap_tree<Linked>(), copy::deepcopy(from));
CASE("by_hand_tree_only/deepcopy_linked", heap_tree<Linked>(), clone_shared(*from));
CASE("by_hand_unordered_map/deepcopy_linked", heap_tree<Linked>(), [&] {
    std::unordered_map<Linked const*, std::shared_ptr<Linked>> memo;
    return clone_graph(from, memo);
}());
CASE("amphis/deepcopy_nested", value_tree<Nested>(0), copy::deepcopy(from));
CASE("by_hand_copy/deepcopy_nested", value_tree<Nested>(0), Nested(from));
CASE("amphis/copy_nested", value_tree<Nested>(0), copy::copy(from));
CASE("by_hand_copy/copy_nested", value_tree<Nested>(0), Nested(from));

}  // namespace
