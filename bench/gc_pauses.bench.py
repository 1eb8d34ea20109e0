# SPDX-License-Identifier: MIT
"""The programs of gc_pauses.bench.cpp in CPython. Its pauses are timed by gc.callbacks."""
import gc
import json
import os
import random
import re
import sys
import time

SMOKE = "AMPHIS_BENCH_SMOKE" in os.environ
MILLION = 50_000 if SMOKE else 1_000_000
STEP = 64


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


def make_tree(n):
    nodes = []
    for i in range(n):
        nodes.append(Node())
        if i % 2:
            nodes[(i - 1) // 2].a = nodes[i]
        elif i:
            nodes[(i - 1) // 2].b = nodes[i]
    return nodes[:1]


def resident_bytes():
    with open("/proc/self/statm") as f:
        return int(f.read().split()[1]) * os.sysconf("SC_PAGESIZE")


def largest_resident_bytes():
    with open("/proc/self/status") as f:
        return int(re.search(r"VmHWM:\s*(\d+)", f.read())[1]) * 1024


def pair():
    p, q = Node(), Node()
    q.a = p
    p.a = q
    return p


def churn(live, made):
    pauses, young, resident, began = [], [], [], 0

    def watch(phase, info):
        nonlocal began
        if phase == "start":
            began = time.thread_time_ns()
        else:
            (pauses if info["generation"] == 2 else young).append(time.thread_time_ns() - began)

    gc.disable()
    before = resident_bytes()
    slots = [pair() for _ in range(live // 2)]
    gc.collect()
    gc.callbacks.append(watch)
    gc.enable()
    below = random.Random(1).random
    between = made // STEP // 400 + 1
    spent = 0
    for i in range(made // STEP):
        start = time.thread_time_ns()
        for _ in range(STEP // 2):
            p, q = Node(), Node()
            q.a = p
            p.a = q
            slots[int(below() * len(slots))] = p
        spent += time.thread_time_ns() - start
        if i % between == 0:
            resident.append([i * STEP, resident_bytes() - before])
    gc.disable()
    gc.callbacks.remove(watch)
    most = largest_resident_bytes() - before
    pauses, young = sorted(pauses) or [0], sorted(young) or [0]
    return {"churn": spent / made, "pause/longest": pauses[-1], "pause/99.9th_percentile": pauses[-1 - len(pauses) // 1000],
            "young_pause/longest": young[-1], "bytes_at_most": most, "pauses": pauses, "young": young, "resident": resident}


def sizes(last):
    n = 1000
    while n <= last:
        yield n
        n = n * 3 if n % 3 else n // 3 * 10


def timed(collect):
    start = time.thread_time_ns()
    collect()
    return (time.thread_time_ns() - start) / 1e9


def beside_live(garbage, collect):
    for n in sizes(3 * MILLION):
        roots = make_tree(n)
        gc.collect()
        best = float("inf")
        for _ in range(3):
            make_pairs(garbage // 2)
            best = min(best, timed(collect))
        del roots
        yield n, best
    gc.collect()


def of_garbage(collect):
    roots = make_tree(MILLION)
    for n in sizes(MILLION):
        best = float("inf")
        for _ in range(2):
            gc.collect()
            make_pairs(n // 2)
            best = min(best, timed(collect))
        yield n, best
    del roots
    gc.collect()


def collections():
    gc.disable()
    return [["live", "CPython gc.collect()", list(beside_live(0, gc.collect))],
            ["live", "CPython gc.collect(0)", list(beside_live(2000, lambda: gc.collect(0)))],
            ["garbage", "CPython gc.collect()", list(of_garbage(gc.collect))],
            ["garbage", "CPython gc.collect(0)", list(of_garbage(lambda: gc.collect(0)))]]


if sys.argv[1:2] == ["churn"]:
    print(json.dumps(churn(*map(int, sys.argv[2:]))))
elif sys.argv[1:] == ["collections"]:
    print(json.dumps(collections()))
else:
    said = churn(MILLION, MILLION * 3 // 2)
    print(json.dumps({f"gc_pauses/cpython/{case}/{MILLION}": value for case, value in said.items() if not isinstance(value, list)}))
