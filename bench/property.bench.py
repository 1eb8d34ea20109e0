# SPDX-License-Identifier: MIT
"""The workloads of property.bench.cpp in CPython: nanoseconds per object, as one JSON object."""
import json
import timeit

COUNT = 1024


class Managed:
    def __init__(self):
        self._x = 1.0

    @property
    def x(self):
        return self._x

    @x.setter
    def x(self, value):
        self._x = value


class Range:
    def __init__(self, minvalue, maxvalue):
        self.minvalue, self.maxvalue = minvalue, maxvalue

    def __set_name__(self, owner, name):
        self.private_name = "_" + name

    def __get__(self, obj, objtype=None):
        return getattr(obj, self.private_name)

    def __set__(self, obj, value):
        if value < self.minvalue or value > self.maxvalue:
            raise ValueError(value)
        setattr(obj, self.private_name, value)


class Checked:
    x = Range(0, 1_000_000)

    def __init__(self):
        self.x = 1.0


class Plain:
    def __init__(self):
        self.x = 1.0


def nanoseconds(statement, kind):
    objects = [kind() for _ in range(COUNT)]
    runs = 100
    seconds = min(timeit.repeat(statement, globals={"objects": objects}, number=runs, repeat=5))
    return seconds / runs / COUNT * 1e9


GET = "for o in objects: o.x"
SET = "for o in objects: o.x = 0.0"
SUM = "t = 0.0\nfor o in objects: t += o.x"
print(json.dumps({
    "property/cpython/get": nanoseconds(GET, Managed),
    "property/cpython_plain_attribute/get": nanoseconds(GET, Plain),
    "property/cpython/set": nanoseconds(SET, Managed),
    "property/cpython_plain_attribute/set": nanoseconds(SET, Plain),
    "property/cpython/sum/1024": nanoseconds(SUM, Managed),
    "property/cpython_plain_attribute/sum/1024": nanoseconds(SUM, Plain),
    "property/cpython/set_checked": nanoseconds(SET, Checked),
}))
