#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""The cases of bench/sys.bench.cpp in CPython."""
import json
import time
from sys import intern

MANY = 512


def timed(run, operations):
    best = float("inf")
    for _ in range(5):
        start = time.perf_counter_ns()
        run()
        best = min(best, time.perf_counter_ns() - start)
    return best / operations


def texts_of(size):
    return [str(1000 + i).rjust(size, "x") for i in range(MANY)]


def hit(texts):
    for text in texts:
        intern(text)


def lookup(table, asked):
    for one in asked:
        table[one]


def equal(pairs):
    for a, b in pairs:
        a is b


def timed_hits(size):
    """Each text another object without a hash of its own: one that is interned comes back at once."""
    best = float("inf")
    for _ in range(5):
        fresh = [text for _ in range(20) for text in texts_of(size)]
        start = time.perf_counter_ns()
        hit(fresh)
        best = min(best, time.perf_counter_ns() - start)
    return best / (20 * MANY)


results = {}
for size in (16, 64):
    kept = [intern(text) for text in texts_of(size)]
    results[f"sys/CPython/hit/{size}"] = timed_hits(size)
    table = dict.fromkeys(kept, 1)
    results[f"sys/CPython/lookup/{size}"] = timed(lambda: [lookup(table, kept) for _ in range(20)], 20 * MANY)
for size in (16, 64, 1024):
    pairs = [(intern("x" * size), intern("x" * size))] * MANY
    results[f"sys/CPython/equal/{size}"] = timed(lambda: [equal(pairs) for _ in range(20)], 20 * MANY)
print(json.dumps(results))
