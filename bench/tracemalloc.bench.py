#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""The cases of bench/tracemalloc.bench.cpp in CPython."""
import json
import time
import tracemalloc

BLOCKS = 1000


class Node:
    __slots__ = ("next", "values")

    def __init__(self):
        self.next = None
        self.values = 0


def timed(run, operations):
    best = float("inf")
    for _ in range(20):
        start = time.perf_counter_ns()
        run()
        best = min(best, time.perf_counter_ns() - start)
    return best / operations


def work(kept):
    for i in range(BLOCKS):
        kept[i] = bytes(31)  # 64 bytes
    for i in range(BLOCKS):
        kept[i] = None


def deep(calls, kept):
    if calls == 0:
        work(kept)
    else:
        deep(calls - 1, kept)


def objects(kept):
    for i in range(BLOCKS):
        kept[i] = Node()
    for i in range(BLOCKS):
        kept[i] = None


def main():
    kept = [None] * BLOCKS
    results = {"tracemalloc/cpython/off": timed(lambda: deep(20, kept), BLOCKS),
               "tracemalloc/cpython/gc_off": timed(lambda: objects(kept), BLOCKS)}
    for frames in 1, 25:
        tracemalloc.start(frames)
        results[f"tracemalloc/cpython/{frames}_frames"] = timed(lambda: deep(20, kept), BLOCKS)
        if frames == 1:
            results["tracemalloc/cpython/gc_1_frames"] = timed(lambda: objects(kept), BLOCKS)
        tracemalloc.stop()
    tracemalloc.start()
    many = [str(i) for i in range(100_000)]
    results["tracemalloc/cpython/snapshot"] = timed(lambda: tracemalloc.take_snapshot().statistics("lineno"), len(many))
    tracemalloc.stop()
    print(json.dumps(results))


main()
