# SPDX-License-Identifier: MIT
"""The workloads of builtins.bench.cpp in CPython: nanoseconds per call, as one JSON object."""
import json
import timeit


def numbers():
    state = 42
    while True:
        state = (state * 6364136223846793005 + 1442695040888963407) % 2**64
        yield state


source = numbers()
DIVIDENDS, DIVISORS, FLOATS = [], [], []
for _ in range(1024):
    DIVIDENDS.append((next(source) >> 33) - 2**30)
    DIVISORS.append((next(source) >> 50) - 2**13 | 1)
    FLOATS.append((next(source) >> 40) / 1000.0 - 8000.0)
PAIRS = list(zip(DIVIDENDS, DIVISORS))
LINES = list(zip(DIVIDENDS, FLOATS))
SMALL = [i * i * 31 % 9973 for i in range(100)]
HUNDRED = FLOATS[:100]
TABLE = {"alpha": [1, 22, 333], "beta": [], "gamma": [4444]}
ASCII = "x" * 1000
ACCENTED = "ab\u00e9" * 250
NULL = open("/dev/null", "w")

# case: what to repeat, for which values
CASES = {
    "list_int/100": ("repr(SMALL)", None),
    "list_float/100": ("repr(HUNDRED)", None),
    "dict": ("repr(TABLE)", None),
    "line": ("print('total', x[0], x[1], file=NULL)", "LINES"),
    "str": ("print('Hello, world!', file=NULL)", None),
    "divmod": ("divmod(x[0], x[1])", "PAIRS"),
    "floordiv": ("x[0] // x[1]", "PAIRS"),
    "mod_constant": ("x % 24", "DIVIDENDS"),
    "round": ("round(x)", "FLOATS"),
    "round_digits": ("round(x, 2)", "FLOATS"),
    "pow_int": ("x ** 11", "range(8)"),
    "pow_mod": ("pow(x, 1000003, 1000000007)", "DIVIDENDS"),
    "len_ascii/1000": ("len(ASCII)", None),
    "len_accented/750": ("len(ACCENTED)", None),
    "hash_float": ("hash(x)", "FLOATS"),
    "max_mixed": ("max(x, 5, 7)", "DIVIDENDS"),
}

results = {}
for case, (expression, values) in CASES.items():
    if values is None:
        values, operations = "range(1000)", 1000
    else:
        operations = len(eval(values))
    runs = max(1, 20_000 // operations)
    seconds = min(timeit.repeat(f"for x in {values}: {expression}", globals=globals(), number=runs, repeat=3))
    results[f"builtins/cpython/{case}"] = seconds / runs / operations * 1e9
print(json.dumps(results))
