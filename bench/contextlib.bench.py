# SPDX-License-Identifier: MIT
"""The workloads of contextlib.bench.cpp in CPython: nanoseconds per with, as one JSON object."""
import json
import time
import timeit
from contextlib import ExitStack, contextmanager, suppress

depth = 0


def release():
    global depth
    depth -= 1


def body():
    if depth < 0:
        raise KeyError(depth)


def failing():
    if depth > 0:
        raise ValueError("body")


class Plain:
    def __enter__(self):
        global depth
        depth += 1

    def __exit__(self, kind, value, traceback):
        release()


@contextmanager
def managed():
    global depth
    depth += 1
    try:
        yield 1
    finally:
        depth -= 1


def three_callbacks(within):
    global depth
    with ExitStack() as stack:
        for _ in range(3):
            depth += 1
            stack.callback(release)
        within()


def through(statement):
    return f"try:\n    {statement}\nexcept ValueError as e:\n    str(e)"


CASES = {
    "one": "with Plain(): body()",
    "one_that_sees": "with Plain(): body()",
    "generator": "with managed(): body()",
    "generator_that_cannot_catch": "with managed(): body()",
    "three_callbacks": "three_callbacks(body)",
    "error_through_one": through("with Plain(): failing()"),
    "error_through_one_that_sees": through("with Plain(): failing()"),
    "error_through_generator": through("with managed(): failing()"),
    "error_through_generator_that_cannot_catch": through("with managed(): failing()"),
    "error_through_three_callbacks": through("three_callbacks(failing)"),
    "suppressed_error": "with suppress(ValueError): failing()",
    "no_error_to_suppress": "with suppress(ValueError): body()",
}

results = {}
for case, statement in CASES.items():
    depth = 1 if case == "suppressed_error" else 0
    seconds = min(timeit.repeat(statement, globals=globals(), number=20_000, repeat=3, timer=time.process_time))
    results[f"contextlib/cpython/{case}"] = seconds / 20_000 * 1e9
print(json.dumps(results))
