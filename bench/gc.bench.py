# SPDX-License-Identifier: MIT
"""The graphs of gc.bench.cpp in CPython: nanoseconds an object, or a collection of the young; bytes a node. Times are of the processor."""
import gc
import json
import os
import random
import subprocess
import sys
import time

SMOKE = "AMPHIS_BENCH_SMOKE" in os.environ
MILLION = 50_000 if SMOKE else 1_000_000
TEN_MILLION = 500_000 if SMOKE else 10_000_000
TREE_DEPTH = 14 if SMOKE else 18


class Node:
    __slots__ = ("a", "b", "c", "value")

    def __init__(self):
        self.a = self.b = self.c = None
        self.value = 0


def make_pairs(n):
    for _ in range(n):
        p, q = Node(), Node()
        q.a = p
        p.a = q


def make_ring(n):
    first = last = Node()
    for _ in range(n - 1):
        last.a = last = Node()
    last.a = first


def make_list(n):
    head = Node()
    for _ in range(n - 1):
        node = Node()
        node.a = head
        head = node
    return head


def make_tree(n):
    nodes = []
    for i in range(n):
        nodes.append(Node())
        if i % 2:
            nodes[(i - 1) // 2].a = nodes[i]
        elif i:
            nodes[(i - 1) // 2].b = nodes[i]
    return nodes[:1]


def make_random(n):
    rng = random.Random(1)
    nodes = [Node() for _ in range(n)]
    for node in nodes:
        node.a, node.b, node.c = nodes[int(rng.random() * n)], nodes[int(rng.random() * n)], nodes[int(rng.random() * n)]
    return nodes


def make_chain(n):
    rng = random.Random(1)
    nodes = [Node() for _ in range(n)]
    order = list(range(n))
    rng.shuffle(order)
    for at, after in zip(order, order[1:]):
        nodes[at].a = nodes[after]
    for node in nodes:
        node.b = nodes[int(rng.random() * n)]
    return [nodes[order[0]]]


def make_binary(depth):
    node = Node()
    if depth:
        node.a = make_binary(depth - 1)
        node.a.c = node
        node.b = make_binary(depth - 1)
        node.b.c = node
    return node


def timed(operations, run, times=1):
    best = float("inf")
    for _ in range(times):
        start = time.thread_time_ns()
        run()
        best = min(best, time.thread_time_ns() - start)
    return best / operations


def pairs():
    make_pairs(MILLION)
    gc.collect()


def ring():
    make_ring(MILLION)
    gc.collect()


def live(make):
    roots = make(MILLION)
    gc.collect()
    spent = timed(MILLION, gc.collect, 2)
    del roots
    gc.collect()
    return spent


def young(beside):
    roots = make_tree(beside)
    gc.collect()
    spent = []
    for _ in range(20):
        make_pairs(1000)
        spent.append(timed(1, lambda: gc.collect(0)))
    del roots
    gc.collect()
    return sorted(spent)[len(spent) // 2]


def list_drop():
    head = make_list(TEN_MILLION)
    start = time.thread_time_ns()
    del head
    return (time.thread_time_ns() - start) / TEN_MILLION


def ring_collect():
    make_ring(TEN_MILLION)
    return timed(TEN_MILLION, gc.collect)


def binary_trees():
    for _ in range(8):
        make_binary(TREE_DEPTH)
    gc.collect()


def resident_bytes():
    with open("/proc/self/statm") as f:
        return int(f.read().split()[1]) * os.sysconf("SC_PAGESIZE")


def bytes_a_node():
    gc.disable()
    before = resident_bytes()
    head = make_list(MILLION)
    after = resident_bytes()
    del head
    return (after - before) / MILLION


def main():
    result = {"bytes_a_node": float(subprocess.run([sys.executable, "-I", __file__, "memory"], check=True, stdout=subprocess.PIPE).stdout)}
    gc.disable()
    result[f"pairs/{MILLION}"] = timed(2 * MILLION, pairs, 2)
    result[f"ring/{MILLION}"] = timed(MILLION, ring, 2)
    for name, make in (("tree", make_tree), ("random", make_random), ("chain", make_chain)):
        result[f"live/{name}/{MILLION}"] = live(make)
    for beside in (MILLION, TEN_MILLION):
        result[f"young_2000/beside/{beside}"] = young(beside)
    result[f"list_drop/{TEN_MILLION}"] = list_drop()
    result[f"ring_collect/{TEN_MILLION}"] = ring_collect()
    gc.enable()
    result[f"pairs_automatic/{MILLION}"] = timed(2 * MILLION, pairs)
    result[f"binary_trees/{TREE_DEPTH}"] = timed(8 * (2 ** (TREE_DEPTH + 1) - 1), binary_trees)
    print(json.dumps({f"gc/cpython/{case}": ns for case, ns in result.items()}))


if sys.argv[1:] == ["memory"]:
    print(bytes_a_node())
else:
    main()
