#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""The lookups of bench/enum.bench.cpp in CPython: {name: nanoseconds a member} as JSON."""
import json
import time
from collections import deque
from enum import Enum
from operator import attrgetter

NAMES = ("CONTINUE SWITCHING OK CREATED ACCEPTED NO_CONTENT RESET_CONTENT PARTIAL_CONTENT MULTI_STATUS IM_USED MULTIPLE MOVED FOUND SEE_OTHER "
         "NOT_MODIFIED TEMPORARY_REDIRECT BAD_REQUEST UNAUTHORIZED FORBIDDEN NOT_FOUND").split()
NUMBERS = [100, 101, 200, 201, 202, 204, 205, 206, 207, 226, *range(228, 234), *range(240, 244)]
Status = Enum("Status", list(zip(NAMES, NUMBERS)))

state, order = 1, []
for _ in range(1024):
    state = state * 6364136223846793005 + 1442695040888963407 & (1 << 64) - 1
    order.append((state >> 33) % len(NAMES))


def timed(fn, items):
    best = float("inf")
    for _ in range(20):
        start = time.perf_counter_ns()
        deque(map(fn, items), maxlen=0)
        best = min(best, time.perf_counter_ns() - start)
    return best / len(items)


members = [Status[NAMES[i]] for i in order]
names = [NAMES[i] for i in order]
print(json.dumps({"enum/CPython/name": timed(attrgetter("name"), members), "enum/CPython/by_name": timed(Status.__getitem__, names)}))
