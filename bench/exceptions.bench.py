# SPDX-License-Identifier: MIT
"""The workloads of exceptions.bench.cpp in CPython: nanoseconds per error, as one JSON object."""
import json
import timeit


def area(radius):
    if radius < 0:
        raise ValueError("Radius cannot be negative")
    return 3 * radius * radius


def area_with_number(radius):
    if radius < 0:
        raise ValueError("Radius cannot be negative", radius)
    return 3 * radius * radius


def key_of(key):
    if key < 0:
        raise KeyError(key)
    return key


def nested(depth):
    if depth == 0:
        return area(-1)
    return nested(depth - 1) + 1


def catching(call, base="ValueError"):
    return f"try:\n    {call}\nexcept {base} as e:\n    str(e)"


CASES = {
    "raise": catching("area(-1)"),
    "raise_as_base": catching("area(-1)", "Exception"),
    "raise_with_number": catching("area_with_number(-1)"),
    "raise_key": catching("key_of(-1)", "KeyError"),
    "raise_through_10_calls": catching("nested(10)"),
    "no_error": "area(7)",
    "make": "str(ValueError('Radius cannot be negative'))",
}

results = {}
for case, statement in CASES.items():
    seconds = min(timeit.repeat(statement, globals=globals(), number=20_000, repeat=3))
    results[f"exceptions/cpython/{case}"] = seconds / 20_000 * 1e9
print(json.dumps(results))
