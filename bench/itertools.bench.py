# SPDX-License-Identifier: MIT
"""The workloads of itertools.bench.cpp in CPython: nanoseconds per element of the result, as one JSON object.

The loop is a for statement that does what the C++ side does with an element.
"""
import json
import time
from itertools import (accumulate, chain, combinations, combinations_with_replacement, compress, cycle, filterfalse, groupby,
                       islice, pairwise, permutations, product, starmap, takewhile, tee, zip_longest)

THOUSAND = list(range(1000))
REVERSED = THOUSAND[::-1]
HALF, HUNDRED, TEN = list(range(500)), list(range(100)), list(range(10))
NESTED = [list(range(10)) for _ in range(100)]
RUNS = [i // 4 for i in range(1000)]
SELECTORS = [int(i % 3 == 0) for i in range(1000)]
PAIRS = [(i, 1000 - i) for i in range(1000)]


def total(elements):
    sum = 0
    for x in elements:
        sum += x
    return sum


def ends(tuples):
    sum = 0
    for t in tuples:
        sum += t[0] ^ t[-1]
    return sum


def batched(elements, n):  # of CPython 3.12, as its documentation writes it
    it = iter(elements)
    while batch := tuple(islice(it, n)):
        yield batch


def by_4():
    sum = 0
    for batch in batched(THOUSAND, 4):
        for x in batch:
            sum += x
    return sum


def triples():
    sum = 0
    for a, b, c in product(HUNDRED, HUNDRED, HUNDRED):
        sum += a ^ b ^ c
    return sum


def runs():
    sum = 0
    for key, group in groupby(RUNS):
        for x in group:
            sum += x ^ key
    return sum


def readers():
    sum = 0
    a, b = tee(THOUSAND)
    for _ in range(20):
        for _ in range(50):
            sum += next(a)
        for _ in range(50):
            sum += next(b)
    return sum


def windows():
    sum = 0
    for (a, b), (_, c) in pairwise(pairwise(THOUSAND)):
        sum += a ^ b ^ c
    return sum


CASES = {  # case: (elements, what to run)
    "two_vectors": (2000, lambda: total(chain(THOUSAND, REVERSED))),
    "vector_list_vector": (2000, lambda: total(chain(THOUSAND, HALF, HALF))),
    "100_of_10": (1000, lambda: total(chain.from_iterable(NESTED))),
    "100x100x100": (1_000_000, triples),
    "10": (3_628_800, lambda: ends(permutations(TEN))),
    "10_of_5": (30_240, lambda: ends(permutations(TEN, 5))),
    "26_of_6": (230_230, lambda: ends(combinations(range(26), 6))),
    "16_of_6": (54_264, lambda: ends(combinations_with_replacement(range(16), 6))),
    "1000": (1000, lambda: total(accumulate(THOUSAND))),
    "by_4": (250, by_4),
    "one_of_three": (334, lambda: total(compress(THOUSAND, SELECTORS))),
    "100_laps_of_10": (1000, lambda: total(islice(cycle(TEN), 1000))),
    "every_second": (500, lambda: total(filterfalse(lambda x: x % 2, THOUSAND))),
    "runs_of_4": (1000, runs),
    "every_third": (334, lambda: total(islice(THOUSAND, 0, None, 3))),
    "1000_pairs": (999, lambda: ends(pairwise(THOUSAND))),
    "of_3": (998, windows),
    "1000_rows": (1000, lambda: total(starmap(lambda a, b: a ^ b, PAIRS))),
    "900": (900, lambda: total(takewhile(lambda x: x < 900, THOUSAND))),
    "two_readers": (2000, readers),
    "1000_and_500": (1000, lambda: ends(zip_longest(THOUSAND, HALF, fillvalue=7))),
}


def nanoseconds(elements, run):
    times = []
    while len(times) < 3 or (sum(times) < 0.05 and len(times) < 100):
        begin = time.perf_counter()
        run()
        times.append(time.perf_counter() - begin)
    return sorted(times)[len(times) // 2] / elements * 1e9


print(json.dumps({f"itertools/cpython/{case}": nanoseconds(*work) for case, work in CASES.items()}))
