# SPDX-License-Identifier: MIT
"""The Python side of gc_island.bench.cpp: threads share all objects; what another process goes on with is pickled."""
import gc
import json
import os
import pickle
import time

SMOKE = "AMPHIS_BENCH_SMOKE" in os.environ
OBJECTS = 10_000


class Node:
    __slots__ = ("value", "next", "parts")

    def __init__(self, value):
        self.value = value
        self.next = None
        self.parts = []


def graph():
    root = Node(0)
    for i in range(OBJECTS // 10):
        first = last = Node(i)
        for k in range(1, 10):
            last.next = Node(k)
            last = last.next
        last.next = first
        root.parts.append(first)
    return root


def stays():
    root = graph()
    del root
    gc.collect()


def pickled():
    root = pickle.loads(pickle.dumps(graph(), pickle.HIGHEST_PROTOCOL))
    del root
    gc.collect()


def nanoseconds(function):
    best = float("inf")
    for _ in range(1 if SMOKE else 5):
        start = time.perf_counter_ns()
        function()
        best = min(best, time.perf_counter_ns() - start)
    return best / OBJECTS


gc.disable()
print(json.dumps({"gc_island/cpython/hand_over": nanoseconds(stays), "gc_island/cpython_pickle/hand_over": nanoseconds(pickled)}))
