# SPDX-License-Identifier: MIT
"""The workloads of format.bench.cpp in CPython: nanoseconds per formatted value, as one JSON object."""
import json
import timeit

INTS = [0, 7, -42, 1_234_567, 255, 2_147_483_647, -9_007_199_254_740_993, 65_536]
FLOATS = [0.1, 3.14159, -1234.5, 1e16, 2.5e-7, 299_792_458.0, 1.0, 66.66666666666667]
STRINGS = ["py", "amphis", "a", "", "format", "mini-language", "x = 1", "table"]
LINES = list(zip(STRINGS, FLOATS, INTS, INTS[::-1]))
WORDS = list(zip(STRINGS, INTS, STRINGS[::-1]))

CASES = {
    "int": ("INTS", "f'{x}'"),
    "int_width": ("INTS", "f'{x:>20}'"),
    "int_grouped": ("INTS", "f'{x:,}'"),
    "int_hex": ("INTS", "f'{x:#x}'"),
    "float_repr": ("FLOATS", "f'{x}'"),
    "float_fixed": ("FLOATS", "f'{x:.2f}'"),
    "float_general": ("FLOATS", "f'{x:g}'"),
    "float_exponent": ("FLOATS", "f'{x:.6e}'"),
    "str_width": ("STRINGS", "f'{x:^16}'"),
    "line": ("LINES", "f'{x[0]:>16}|{x[1]:.4f}|{x[2]:8d}|{x[3]:#x}'"),
    "words": ("WORDS", "f'{x[0]} has {x[1]} of {x[2]}'"),
}
RUNS = 10_000

results = {}
for case, (values, expression) in CASES.items():
    seconds = min(timeit.repeat(f"for x in {values}: {expression}", globals=globals(), number=RUNS, repeat=3))
    results[f"format/cpython/{case}"] = seconds / RUNS / 8 * 1e9
print(json.dumps(results))
