// SPDX-License-Identifier: MIT
// weakref: getting the object of a weak reference, beside the copy of a pointer; what an object without weak references does not pay.
#include <amphis/gc.hpp>
#include <amphis/weakref.hpp>

#include "gate.hpp"

namespace {

namespace gc = amphis::gc;
namespace weakref = amphis::weakref;

struct node {
    long value = 1;
};

}  // namespace

GATE("weakref/ptr/copy_and_drop", reference()) {
    auto const object = gc::make<node>();
    for (auto _ : state) {
        auto const copy = object;
        keep(copy);
    }
}
GATE("weakref/ref/lock_and_drop", no_more_than("weakref/ptr/copy_and_drop", +5)) {
    auto const object = gc::make<node>();
    weakref::ref const w(object);
    for (auto _ : state) {
        auto const locked = w();
        keep(locked);
    }
}
GATE("weakref/ref/lock_dead", at_most(14)) {
    weakref::ref const w(gc::make<node>());
    for (auto _ : state) {
        auto const locked = w();
        keep(locked);
    }
}
GATE("weakref/ref/copy_and_drop", at_most(14)) {
    auto const object = gc::make<node>();
    weakref::ref const w(object);
    for (auto _ : state) {
        auto const copy = w;
        keep(copy);
    }
}
GATE("weakref/ref/make_another", at_most(55)) {
    auto const object = gc::make<node>();
    weakref::ref const w(object);
    for (auto _ : state) {
        weakref::ref const another(object);
        keep(another);
    }
}
GATE("weakref/WeakValueDictionary/hit", at_most(56)) {
    weakref::WeakValueDictionary<int, node> cache;
    auto const object = gc::make<node>();
    cache[1] = object;
    for (auto _ : state) {
        auto const found = cache.get(opaque(1));
        keep(found);
    }
}
