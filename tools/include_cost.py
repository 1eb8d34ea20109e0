#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Holds tools/include_budget.txt: include_cost.py COMPILER.

The cost is the processor time of the compiler (-fsyntax-only), not the clock; all headers are measured in turn, round
after round, and the least of the rounds counts, so that another job on the machine disturbs all alike. A header above
its budget gets more rounds before it fails.
"""
import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ROUNDS, MORE_ROUNDS = 5, 20


def cpu_seconds(command):
    pid = os.posix_spawnp(command[0], command, os.environ)
    _, status, usage = os.wait4(pid, 0)
    if status:
        sys.exit(f"failed: {' '.join(command)}")
    return usage.ru_utime + usage.ru_stime


def main(compiler):
    lines = (ROOT / "tools" / "include_budget.txt").read_text().splitlines()
    budget = {f"amphis/{name}": float(ratio) for name, ratio in (line.split() for line in lines if line[:1] not in "#")}
    missing = [name for name in budget if not (ROOT / "include" / name).exists()]
    least = {name: float("inf") for name in ["vector", *budget] if name not in missing}

    with tempfile.TemporaryDirectory() as scratch:
        for name in least:
            Path(scratch, name.replace("/", "_") + ".cpp").write_text(f"#include <{name}>\n")

        def measure(names):
            for name in names:
                source = f"{scratch}/{name.replace('/', '_')}.cpp"
                command = [*compiler, "-std=c++20", "-fsyntax-only", f"-I{ROOT}/include", source]
                least[name] = min(least[name], cpu_seconds(command))

        def above():
            return [name for name in least if name in budget and least[name] > budget[name] * least["vector"]]

        for _ in range(ROUNDS):
            measure(least)
        for _ in range(MORE_ROUNDS):
            if not above():
                break
            measure(["vector", *above()])

    print(f"{'header':32}{'ms':>7}{'ratio':>8}{'budget':>8}")
    for name, seconds in least.items():
        over = "  over the budget" if name in above() else ""
        print(f"{name:32}{seconds * 1000:7.0f}{seconds / least['vector']:8.2f}{budget.get(name, 1):8.2f}{over}")
    for name in missing:
        print(f"{name}: in tools/include_budget.txt, but there is no such header")
    return bool(above() or missing)


sys.exit(main(sys.argv[1:] or [os.environ.get("CXX", "c++")]))
