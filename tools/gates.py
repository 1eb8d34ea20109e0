#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Counts the instructions of each gate of a program under callgrind, and holds its limits: gates.py PROGRAM.

bench/gates/gate.hpp says what a gate is. Without valgrind the gates are skipped, but not in CI.
"""
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path


def skip(reason):
    if os.environ.get("CI"):
        sys.exit(f"{reason}; in CI the gates must run")
    print(f"Skipped: {reason}")
    sys.exit()


def count(program):
    """(lines the program printed, {(iterations, gate): instructions})"""
    with tempfile.TemporaryDirectory() as scratch:
        command = ["valgrind", "--tool=callgrind", "--collect-atstart=no", f"--callgrind-out-file={scratch}/part", program]
        done = subprocess.run(command, capture_output=True, text=True)
        if done.returncode:
            sys.exit(done.stdout + done.stderr)
        counts = {}
        for part in Path(scratch).iterdir():
            text = part.read_text()
            if trigger := re.search(r"^desc: Trigger: Client Request: (\d+) (.*)$", text, re.M):
                totals = re.search(r"^(?:summary|totals): (\d+)", text, re.M)
                counts[int(trigger[1]), trigger[2]] = int(totals[1])
    return done.stdout.splitlines(), counts


def main(program):
    if not shutil.which("valgrind"):
        skip("no valgrind")
    lines, counts = count(program)
    if not counts:
        skip("built without <valgrind/callgrind.h>")

    measured, faults = {}, 0
    print(f"{'instructions':>12}{'limit':>9}  gate")
    for line in lines:
        name, iterations, most, base = line.split("\t")
        n, most = int(iterations), float(most)
        measured[name] = (counts[2 * n, name] - counts[n, name]) / n
        limit = None if not base and most < 0 else most + (measured[base] if base else 0)
        fault = ""
        if measured[name] <= 0:
            fault = "  the gate has no loop over `state`"
        elif limit is not None and measured[name] > limit + 0.05:
            fault = "  above its limit" + (f": {base} {most:+g}" if base else "")
        faults += bool(fault)
        print(f"{measured[name]:12.1f}{'' if limit is None else f'{limit:.1f}':>9}  {name}{fault}")
    return bool(faults)


sys.exit(main(sys.argv[1]))
