#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""The access of bench/singleton.bench.cpp in CPython: a metaclass with a lock and a dict, and one that looks before it locks."""
import json
import time
from collections import deque
from itertools import repeat, starmap
from threading import Lock


class SingletonMeta(type):
    _instances = {}
    _lock = Lock()

    def __call__(cls, *args, **kwargs):
        with cls._lock:
            if cls not in cls._instances:
                cls._instances[cls] = super().__call__(*args, **kwargs)
        return cls._instances[cls]


class CheckedFirst(SingletonMeta):
    def __call__(cls, *args, **kwargs):
        try:
            return cls._instances[cls]
        except KeyError:
            return super().__call__(*args, **kwargs)


class Connection(metaclass=SingletonMeta):
    port = 5432


class Checked(metaclass=CheckedFirst):
    port = 5432


def timed(fn, count=200_000):
    best = float("inf")
    for _ in range(3):
        start = time.perf_counter_ns()
        deque(starmap(fn, repeat((), count)), maxlen=0)
        best = min(best, time.perf_counter_ns() - start)
    return best / count


Connection(), Checked()
print(json.dumps({"singleton/CPython/access": timed(Connection), "singleton/CPython_checked_first/access": timed(Checked)}))
