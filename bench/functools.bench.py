#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""functools of CPython on the streams of bench/functools.bench.cpp: prints {name: nanoseconds for a call} as JSON.

The loop is the cheapest there is, and the cached function as well: deque(map(f, keys), maxlen=0) and abs or len, which
run no byte code.
"""
import json
import operator
import threading
import time
from bisect import bisect_right
from collections import deque
from functools import cache, cmp_to_key, lru_cache, partial, reduce, singledispatch, total_ordering
from itertools import accumulate, chain, islice, repeat

SMALL, LARGE, CALLS = 128, 1_000_000, 1 << 16
MASK = (1 << 64) - 1
results = {}


def random(seed):
    state = seed
    while True:
        state = state + 0x9E3779B97F4A7C15 & MASK
        z = (state ^ state >> 30) * 0xBF58476D1CE4E5B9 & MASK
        z = (z ^ z >> 27) * 0x94D049BB133111EB & MASK
        yield z ^ z >> 31


def hits(entries, count):
    return range(entries), [(word >> 32) * entries >> 32 for word in islice(random(1), count)]


def misses(different, count):
    rounds = -(-count // different)
    return range(different), list(chain.from_iterable(repeat(range(different), rounds)))


def zipf(entries, different, count):
    sums = list(accumulate(1.0 / (k + 1) for k in range(different)))
    return range(entries), [bisect_right(sums, (word >> 11) * 2.0**-53 * sums[-1]) for word in islice(random(1), count)]


def mostly_hits(count, which):
    fresh = 0
    numbers = []
    for word in islice(random(which + 1), count):
        if word % 100 < 95:
            numbers.append((word >> 32) % 64)
        else:
            numbers.append(1000 + which * 100_000 + fresh % 100_000)
            fresh += 1
    return numbers


def scattered(word):
    word = (word ^ word >> 16) * 0x85EBCA6B & 0xFFFFFFFF
    word = (word ^ word >> 13) * 0xC2B2AE35 & 0xFFFFFFFF
    word ^= word >> 16
    return word - (1 << 32) if word >> 31 else word


KEYS = {"int": scattered, "dense_int": int, "str": "user:{:014}/p".format}
FUNCTIONS = {"int": abs, "dense_int": abs, "str": len}


def drive(f, keys, passes=1):
    begin = time.process_time_ns()
    for _ in range(passes):
        deque(map(f, keys), maxlen=0)
    return (time.process_time_ns() - begin) / passes


def measure(case, kind, decorate, stream):
    first, then = stream
    made = {}  # each key is one object, as each is one std::string there
    for number in chain(first, then):
        if number not in made:
            made[number] = KEYS[kind](number)
    first, then = [made[number] for number in first], [made[number] for number in then]
    f = decorate(FUNCTIONS[kind])
    drive(f, first)
    if len(then) < LARGE:
        drive(f, then)
    results[f"functools/cpython/{case}"] = drive(f, then, 1 if len(then) >= LARGE else 20) / len(then)


small, large = lru_cache(SMALL), lru_cache(LARGE)
for kind in KEYS:
    for shared in ("", "shared_") if kind != "dense_int" else ("",):  # one cache for both: CPython's is safe from any thread
        measure(f"{shared}hit/{kind}/128", kind, small, hits(SMALL, CALLS))
        measure(f"{shared}miss/{kind}/128", kind, small, misses(1000, CALLS))
    measure(f"zipf/{kind}/128", kind, small, zipf(SMALL, 1000, CALLS))
    measure(f"unbounded_hit/{kind}/128", kind, cache, hits(SMALL, CALLS))
    measure(f"hit/{kind}/1000000", kind, large, hits(LARGE, LARGE))
    measure(f"miss/{kind}/1000000", kind, large, misses(2 * LARGE, 2 * LARGE))
measure("zipf/int/1000000", "int", large, zipf(LARGE, 4 * LARGE, LARGE))
measure("unbounded_hit/int/1000000", "int", cache, hits(LARGE, LARGE))

for threads in (1, 2):
    f = small(abs)
    streams = [[scattered(number) for number in mostly_hits(CALLS, which)] for which in range(threads)]

    def turns(stream):
        for _ in range(20):
            deque(map(f, stream), maxlen=0)

    workers = [threading.Thread(target=turns, args=(stream,)) for stream in streams]
    begin = time.perf_counter_ns()
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    elapsed = time.perf_counter_ns() - begin
    results[f"functools/cpython/shared_mostly_hits/int/128/threads:{threads}"] = elapsed / (20 * CALLS * threads)

numbers = [(word >> 32) * 1000 >> 32 for word in islice(random(1), 4096)]


def repeat_for(name, run, size=len(numbers)):
    run()
    begin = time.process_time_ns()
    for turns in range(1, 10_000):
        run()
        if time.process_time_ns() - begin > 50_000_000:
            break
    results[f"functools/cpython/{name}"] = (time.process_time_ns() - begin) / turns / size


def calls(name, f, each):
    repeat_for(name, lambda: deque(map(f, each), maxlen=0))


def counted(fn):
    count = 0

    def wrapper(n):
        nonlocal count
        count += 1
        return fn(n)

    return wrapper


@counted
def following(n):
    return n + 1


@singledispatch
def dispatched(value):
    return 0


dispatched.register(int, lambda n: n + 1)
dispatched.register(float, int)
dispatched.register(str, len)


@total_ordering
class Version:
    __slots__ = ("major", "minor")

    def __init__(self, major, minor):
        self.major, self.minor = major, minor

    def __eq__(self, other):
        return self.major == other.major and self.minor == other.minor

    def __lt__(self, other):
        return self.major < other.major if self.major != other.major else self.minor < other.minor


def compare(a, b):
    return a % 2 - b % 2 if a % 2 != b % 2 else a - b


calls("partial", partial(operator.mul, 7), numbers)
calls("decorator", following, numbers)
repeat_for("reduce", lambda: reduce(lambda a, b: a ^ b + (a >> 3), numbers, 0))
calls("singledispatch", dispatched, [(n, n * 0.5, str(n))[n % 3] for n in numbers])
unsorted = [(word >> 32) * 1_000_000 >> 32 for word in islice(random(1), CALLS)]
repeat_for("cmp_to_key_sort", lambda: sorted(unsorted, key=cmp_to_key(compare)), CALLS)
middle = Version(5, 50)
versions = [Version(n // 100, n % 100) for n in numbers]
calls("total_ordering", middle.__le__, versions)

print(json.dumps(results))
