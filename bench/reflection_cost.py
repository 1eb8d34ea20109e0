#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What it costs the compiler to reflect on aggregates, beside Boost.PFR: reflection_cost.py [-IPFR] [COMPILER...].

Compiles 20 aggregates of 50 fields, each asked for the names of its fields and for references to them, once with amphis
and once with Boost.PFR, in turn, round after round; the least processor time of the rounds counts. "includes" is the same
file without the aggregates, so total - includes is what reflecting costs. Nothing is linked. Names are in Boost.PFR from
Boost 1.84 on (-I says where a newer one is); an older PFR is asked for less, for references only.
"""
import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
AGGREGATES, FIELDS, ROUNDS = 20, 50, 5
TYPES = ["int", "double", "std::string", "char const*", "std::size_t"]

AMPHIS = """#include <amphis/detail/reflect.hpp>
#include <string>
template <class T> std::size_t use(T const& object) {
    std::size_t sum = 0;
    for (std::size_t i = 0; i != amphis::detail::field_count<T>; ++i) sum += amphis::detail::field_names<T>[i].size;
    amphis::detail::with_fields(object, [&](auto const&... field) { ((sum += sizeof(field)), ...); });
    return sum;
}
"""
PFR = """#include <boost/pfr.hpp>
#include <string>
template <class T> std::size_t use(T const& object) {
    std::size_t sum = 0;
#if __has_include(<boost/pfr/core_name.hpp>)
    for (auto name : boost::pfr::names_as_array<T>()) sum += name.size();
#endif
    boost::pfr::for_each_field(object, [&](auto const& field) { sum += sizeof(field); });
    return sum;
}
"""


def aggregates():
    lines = []
    for a in range(AGGREGATES):
        fields = " ".join(f"{TYPES[(a + f) % len(TYPES)]} field_{a}_{f}{{}};" for f in range(FIELDS))
        lines.append(f"struct aggregate_{a} {{ {fields} }};\ntemplate std::size_t use(aggregate_{a} const&);\n")
    return "".join(lines)


def cpu_seconds(command):
    pid = os.posix_spawnp(command[0], command, os.environ)
    _, status, usage = os.wait4(pid, 0)
    if status:
        sys.exit(f"failed: {' '.join(command)}")
    return usage.ru_utime + usage.ru_stime


def main(arguments):
    compilers = [a for a in arguments if not a.startswith("-")] or [os.environ.get("CXX", "c++")]
    flags = [a for a in arguments if a.startswith("-")]
    sources = {("amphis", "includes"): AMPHIS, ("amphis", "total"): AMPHIS + aggregates(),
               ("pfr", "includes"): PFR, ("pfr", "total"): PFR + aggregates()}
    print(f"{AGGREGATES} aggregates of {FIELDS} fields, milliseconds of the processor, least of {ROUNDS} rounds")
    print(f"{'compiler':12}{'':8}{'includes':>9}{'total':>7}{'reflecting':>11}{'of PFR':>8}")
    for compiler in compilers:
        least = dict.fromkeys(sources, float("inf"))
        with tempfile.TemporaryDirectory() as scratch:
            for (who, what), text in sources.items():
                Path(scratch, f"{who}_{what}.cpp").write_text(text)
            for _ in range(ROUNDS):
                for key in sources:
                    command = [compiler, "-std=c++20", "-O0", "-c", f"-I{ROOT}/include", *flags, f"{scratch}/{key[0]}_{key[1]}.cpp", "-o", "/dev/null"]
                    least[key] = min(least[key], cpu_seconds(command) * 1000)
        base = least["pfr", "total"] - least["pfr", "includes"]
        for who in ("amphis", "pfr"):
            total, includes = least[who, "total"], least[who, "includes"]
            print(f"{compiler:12}{who:8}{includes:9.0f}{total:7.0f}{total - includes:11.0f}{(total - includes) / base:8.2f}")


main(sys.argv[1:])
