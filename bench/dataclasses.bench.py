# SPDX-License-Identifier: MIT
"""The objects of dataclasses.bench.cpp in CPython: nanoseconds an operation."""
import dataclasses
import json
import timeit
from dataclasses import dataclass


@dataclass(order=True, unsafe_hash=True)
class Person:
    name: str
    age: int
    height: float
    city: str


ann = Person("Ann", 30, 1.75, "Amsterdam")
ben = Person("Ann", 30, 1.75, "Amsterdan")
CASES = {
    "eq": "a == b",
    "lt": "a < b",
    "hash": "hash(a)",
    "repr": "repr(a)",
    "make": "Person(age=a.age, name='Ann', height=1.75, city='Amsterdam')",
    "replace": "replace(a, age=31)",
    "asdict": "asdict(a)",
    "astuple": "astuple(a)",
}
names = {"a": ann, "b": ben, "Person": Person, "replace": dataclasses.replace, "asdict": dataclasses.asdict, "astuple": dataclasses.astuple}
number = 20000
print(json.dumps({f"dataclasses/cpython/{case}": min(timeit.repeat(code, globals=names, number=number, repeat=3)) / number * 1e9
                  for case, code in CASES.items()}))
