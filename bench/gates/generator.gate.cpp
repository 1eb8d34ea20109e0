// SPDX-License-Identifier: MIT
// generator: instructions of 1000 elements, and so 1000 times those of one.
#include <amphis/lang/generator.hpp>

#include "gate.hpp"

namespace {

using amphis::generator;
using amphis::yield_from;

// clang 16 and later take the frame of a generator that is used up where it is made apart: the loop is the hand-written one. g++ 12
// resumes through a pointer.
#if defined(__clang__)
constexpr double sent = 45.0 * 1000;
constexpr double nested = 50.0 * 1000;
constexpr double created = 160.0 * 1000;
#else
constexpr double sent = 42.0 * 1000 + 300;
constexpr double nested = 60.0 * 1000;
constexpr double created = 240.0 * 1000;
#endif

generator<int> count(int n) {
    for (int i = 0; i < n; ++i) co_yield i;
}

struct counter {  // the iterator by hand
    int i;
    int n;
    struct end {};
    [[nodiscard]] counter begin() const { return *this; }
    [[nodiscard]] static end last() { return {}; }
    int operator*() const { return i; }
    void operator++() { ++i; }
    bool operator!=(end) const { return i != n; }
};

generator<int, int> add_up() {
    int sum = 0;
    for (;;) sum += co_yield sum;
}

generator<int> deep(int depth, int n) {
    if (depth == 0) {
        for (int i = 0; i < n; ++i) co_yield i;
    } else {
        co_yield yield_from(deep(depth - 1, n));
    }
}

// Each element is used in a way that has no closed form.
[[gnu::noinline]] long consume(int n) {
    long sum = 0;
    for (int x : count(n)) sum ^= x * (sum + 1);
    return sum;
}
[[gnu::noinline]] long consume_by_hand(int n) {
    long sum = 0;
    for (counter it{0, n}; it != counter::last(); ++it) sum ^= *it * (sum + 1);
    return sum;
}
[[gnu::noinline]] long create(int times) {
    long sum = 0;
    for (int i = 0; i != times; ++i) {
        for (int x : count(4)) sum += x;
    }
    return sum;
}

}  // namespace

GATE("generator/by_hand/yield", reference()) {
    for (auto _ : state) keep(consume_by_hand(opaque(1000)));
}
#if defined(__clang__)
GATE("generator/generator/yield", no_more_than("generator/by_hand/yield", 0.05 * 4517)) {
#else
GATE("generator/generator/yield", at_most(29.0 * 1000 + 300)) {
#endif
    for (auto _ : state) keep(consume(opaque(1000)));
}
GATE("generator/generator/send", at_most(sent)) {
    auto g = add_up();
    g.next();
    for (auto _ : state) {
        for (int i = 0; i != 1000; ++i) keep(g.send(i));
    }
}
GATE("generator/generator/create_4_elements", at_most(created)) {
    for (auto _ : state) keep(create(opaque(1000)));
}
GATE("generator/generator/depth_10", at_most(nested)) {
    auto g = deep(10, 1'000'000'000);
    auto it = g.begin();
    for (auto _ : state) {
        for (int i = 0; i != 1000; ++i, ++it) keep(*it);
    }
}
GATE("generator/generator/depth_10000", no_more_than("generator/generator/depth_10", 100)) {
    auto g = deep(10'000, 1'000'000'000);
    auto it = g.begin();
    for (auto _ : state) {
        for (int i = 0; i != 1000; ++i, ++it) keep(*it);
    }
}
