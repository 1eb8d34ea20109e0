# SPDX-License-Identifier: MIT
"""The workloads of exceptions.bench.cpp in CPython: nanoseconds per error, as one JSON object."""
import json
import timeit
import traceback


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


def levels(depth):
    if depth == 0:
        return area(-1)
    return levels(depth - 1) + 1


def delegated(depth):
    if depth == 0:
        yield area(-1)
    else:
        yield from delegated(depth - 1)


def ten():
    errors = []
    for i in range(5):
        errors += [ValueError(i), TypeError(i)]
    return ExceptionGroup("ten", errors)


def star(eg):
    try:
        raise eg
    except* ValueError:
        pass
    except* TypeError:
        pass


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
    "error_through_16_levels": catching("levels(16)"),
    "error_through_16_yield_from": catching("list(delegated(16))"),
    "make_10": "str(ten())",
    "split_10": "EG.split(ValueError)",
    "except_star_10": "star(ten())",
    "format_10": "traceback.format_exception(EG)",
}

EG = ten()
results = {}
for case, statement in CASES.items():
    number = 500 if case == "format_10" else 20_000
    seconds = min(timeit.repeat(statement, globals=globals(), number=number, repeat=3))
    results[f"exceptions/cpython/{case}"] = seconds / number * 1e9
print(json.dumps(results))
