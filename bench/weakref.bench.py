#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""The cases of bench/weakref.bench.cpp in CPython."""
import json
import random
import time
import weakref


class Node:
    def __init__(self):
        self.value = 1


def timed(run, operations):
    best = float("inf")
    for _ in range(3):
        start = time.perf_counter_ns()
        run()
        best = min(best, time.perf_counter_ns() - start)
    return best / operations


def lock(refs):
    total = 0
    for w in refs:
        total += w().value


def lock_dead(refs):
    dead = 0
    for w in refs:
        dead += w() is None


def make_another(objects):
    ref = weakref.ref
    for o in objects:
        ref(o)


def object_with_one(n):
    ref = weakref.ref
    for _ in range(n):
        o = Node()
        ref(o)


class Cache:
    def __init__(self):
        self.entries = weakref.WeakValueDictionary()

    def load(self, key):
        found = self.entries.get(key)
        if found is None:
            found = self.entries[key] = Node()
        return found


def churn(cache, keys):
    held = [None] * 4096
    for at, key in enumerate(keys):
        held[at % 4096] = cache.load(key)


def hit(cache, n):
    for i in range(n):
        cache.load(i).value


def shuffled(values):
    random.Random(1).shuffle(values)
    return values


hot = [Node() for _ in range(1024)]
hot_refs = [weakref.ref(o) for o in hot]
cold = [Node() for _ in range(1_000_000)]
cold_refs = shuffled([weakref.ref(o) for o in cold])
dead_refs = [weakref.ref(Node(), lambda gone: None) for _ in range(1024)]
full = Cache()
kept = [full.load(i) for i in range(4096)]
dice = random.Random(1)
keys = [dice.randrange(1 << 16) for _ in range(100_000)]
print(json.dumps({
    "weakref/CPython/lock/1024": timed(lambda: [lock(hot_refs) for _ in range(100)], 102_400),
    "weakref/CPython/lock/1000000": timed(lambda: lock(cold_refs), 1_000_000),
    "weakref/CPython/lock_dead": timed(lambda: [lock_dead(dead_refs) for _ in range(100)], 102_400),
    "weakref/CPython/make_another": timed(lambda: [make_another(hot) for _ in range(100)], 102_400),
    "weakref/CPython/object_with_one": timed(lambda: object_with_one(100_000), 100_000),
    "weakref/CPython/cache_hit": timed(lambda: [hit(full, 4096) for _ in range(10)], 40_960),
    "weakref/CPython/cache_churn": timed(lambda: churn(Cache(), keys), 100_000),
}))
