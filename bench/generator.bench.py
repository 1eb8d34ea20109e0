# SPDX-License-Identifier: MIT
"""The workloads of generator.bench.cpp in CPython: nanoseconds an element."""
import json
import time


def count(n):
    for i in range(n):
        yield i


def add_up():
    total = 0
    while True:
        total += yield total


def tree(depth):
    if depth:
        yield from tree(depth - 1)
        yield depth
        yield from tree(depth - 1)


def tree_again(depth):
    if depth:
        for x in tree_again(depth - 1):
            yield x
        yield depth
        for x in tree_again(depth - 1):
            yield x


def timed(elements, run):
    best = float("inf")
    for _ in range(3):
        start = time.perf_counter_ns()
        run()
        best = min(best, time.perf_counter_ns() - start)
    return best / elements


def consume(iterable):
    for _ in iterable:
        pass


def send(n):
    g = add_up()
    next(g)
    for i in range(n):
        g.send(i)


def create(n):
    for _ in range(n):
        for _ in count(4):
            pass


print(json.dumps({
    "generator/cpython/yield": timed(1_000_000, lambda: consume(count(1_000_000))),
    "generator/cpython/send": timed(300_000, lambda: send(300_000)),
    "generator/cpython/create_4_elements": timed(100_000, lambda: create(100_000)),
    "generator/cpython/tree/20": timed(2**20 - 1, lambda: consume(tree(20))),
    "generator/cpython_loop/tree/20": timed(2**20 - 1, lambda: consume(tree_again(20))),
}))
