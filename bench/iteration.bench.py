# SPDX-License-Identifier: MIT
"""The workloads of iteration.bench.cpp in CPython: nanoseconds an element, as one JSON object."""
import json
import time

COUNT = 100_000


def numbers(state):
    result = []
    for _ in range(COUNT):
        state = (state * 6364136223846793005 + 1442695040888963407) % 2**64
        result.append(state >> 44)
    return result


values, others = numbers(42), numbers(43)
ordered = sorted(values)
few = values[:300]
words = [f"word{x % 5000}" for x in values]


def timed(elements, run):
    best = float("inf")
    for _ in range(3):
        start = time.perf_counter_ns()
        run()
        best = min(best, time.perf_counter_ns() - start)
    return best / elements


def multiply(iterable):
    total = 0
    for x in iterable:
        total = total * 31 + x & 0xFFFFFFFFFFFFFFFF


CASES = {
    "map_filter_sum": (COUNT, lambda: sum(x * x for x in values if x % 2)),
    "nested_sum": (len(few) ** 2, lambda: sum(x * y for x in few for y in few if x < y)),
    "zip": (COUNT, lambda: sum(x ^ y for x, y in zip(values, others))),
    "enumerate": (COUNT, lambda: sum(i ^ x for i, x in enumerate(values))),
    "slice": (COUNT // 2, lambda: multiply(values[::-2])),
    "range": (COUNT, lambda: multiply(range(0, 3 * COUNT, 3))),
    "list_comprehension": (COUNT, lambda: [x * x for x in values if x % 2]),
    "dict_comprehension": (COUNT, lambda: {word: i for i, word in enumerate(words)}),
    "sorted": (COUNT, lambda: sorted(values)),
    "sorted_already": (COUNT, lambda: sorted(ordered)),
    "sorted_words": (COUNT, lambda: sorted(words)),
    "sorted_by_key": (COUNT, lambda: sorted(values, key=str)),
}
print(json.dumps({f"iteration/cpython/{case}": timed(elements, run) for case, (elements, run) in CASES.items()}))
