// SPDX-License-Identifier: MIT
// gc: a copy and a drop, making an object, a look through a pointer, and what a collection takes for an object.
#include <amphis/gc.hpp>

#include "gate.hpp"

#include <vector>

namespace {

namespace gc = amphis::gc;

struct Leaf {
    long words[4]{};
};
struct Node {
    gc::ptr<Node> a{};
    gc::ptr<Node> b{};
    gc::ptr<Node> c{};
    long value = 1;
};

/// A tree of `n` nodes, each with a pointer to its parent: 3 edges to an object.
gc::ptr<Node> tree(std::size_t n) {
    std::vector<gc::ptr<Node>> nodes{gc::make<Node>()};
    for (std::size_t i = 1; i != n; ++i) {
        gc::ptr<Node> const parent = nodes[(i - 1) / 2];
        nodes.push_back(gc::make<Node>());
        (i % 2 != 0 ? parent->a : parent->b) = nodes.back();
        nodes.back()->c = parent;
    }
    return nodes[0];
}

}  // namespace

// Ten, and the loop.
GATE("gc/ptr/copy_and_drop", at_most(13)) {
    gc::ptr<Node> const p = gc::make<Node>();
    for (auto _ : state) {
        gc::ptr<Node> const copy = *opaque(&p);
        keep(copy.get());
    }
}
GATE("gc/raw_pointer/look", reference()) {
    gc::ptr<Node> const owner = gc::make<Node>();
    Node* const p = owner.get();
    for (auto _ : state) keep((*opaque(&p))->value);
}
GATE("gc/ptr/look", no_more_than("gc/raw_pointer/look")) {
    gc::ptr<Node> const p = gc::make<Node>();
    for (auto _ : state) keep((*opaque(&p))->value);
}
GATE("gc/ptr/make_and_drop/leaf_32_bytes", at_most(130)) {
    auto const other = gc::make<Leaf>();
    for (auto _ : state) keep(gc::make<Leaf>().get());
}
GATE("gc/ptr/make_and_drop/node_32_bytes", at_most(170)) {
    auto const other = gc::make<Node>();
    for (auto _ : state) keep(gc::make<Node>().get());
}
// A whole collection: of 10,000 objects that live, and of 1,000 cycles of two objects beside them, with the making of these.
GATE("gc/collect/full/tree_of_10000", at_most(10'000 * 345)) {
    gc::disable();
    auto const live = tree(10'000);
    for (auto _ : state) keep(gc::collect());
}
GATE("gc/collect/young/1000_pairs", at_most(2'000 * 410)) {
    gc::disable();
    auto const live = tree(10'000);
    for (auto _ : state) {
        for (int i = 0; i != 1000; ++i) {
            auto p = gc::make<Node>();
            p->a = gc::make<Node>();
            p->a->a = p;
        }
        keep(gc::collect(0));
    }
}
