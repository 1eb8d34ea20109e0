#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Checks that misuse does not compile, and says why: compile_fail.py FOLDER COMPILER...

Each file of the folder begins with one or more lines `// error: REGEX`, and must fail with a message that matches each.
With -DAMPHIS_OK the same file must compile, which proves that it fails for the misuse and for nothing else.
"""
import os
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def check(path, compiler):
    """The faults of one file, as text."""
    expected = []
    for line in path.read_text().splitlines():
        if not line.startswith("// error: "):
            break
        expected.append(line.removeprefix("// error: "))
    if not expected:
        return "the first line is not '// error: REGEX'"
    command = [*compiler, "-std=c++20", "-fsyntax-only", f"-I{ROOT}/include", f"-I{ROOT}/tests", str(path)]
    bad = subprocess.run(command, capture_output=True, text=True, env=os.environ | {"LC_ALL": "C.UTF-8"})
    good = subprocess.run([*command, "-DAMPHIS_OK"], capture_output=True, text=True)
    if bad.returncode == 0:
        return "compiles, and should not"
    if absent := [regex for regex in expected if not re.search(regex, bad.stderr)]:
        return f"no message matches: {absent[0]}\n" + "\n".join(re.findall(r".*error: .*", bad.stderr)[:5])
    if "AMPHIS_OK" not in path.read_text():
        return "has no '#ifdef AMPHIS_OK' with the valid use"
    if good.returncode:
        return "the valid use (-DAMPHIS_OK) does not compile:\n" + "\n".join(good.stderr.splitlines()[:10])
    return ""


def main(folder, *compiler):
    files = sorted(Path(folder).glob("*.cpp"))
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        faults = [(path, fault) for path, fault in zip(files, pool.map(lambda f: check(f, compiler), files)) if fault]
    for path, fault in faults:
        print(f"{path.relative_to(ROOT)}: {fault}")
    print(f"{len(files) - len(faults)} of {len(files)} misuses are rejected with their message")
    return bool(faults) or not files


sys.exit(main(*sys.argv[1:]))
