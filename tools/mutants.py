#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Plants each named bug of tests/mutants/ in a copy of the tree and expects its test to fail:
mutants.py [NAME...]. With --check it only sees whether the lines to change are still there.

A mutant is a text: a line or more on what it breaks, the header, the test that must notice, and the lines to change,
which occur once in the header (compared without indentation).

    # The least recently used entry is not the one that goes.
    file: include/amphis/functools/lru_cache/engine.hpp
    test: functools.lru_cache
    - victim = tail();
    + victim = head();

Not part of the default run, which has --check only: every mutant compiles a test again.
"""
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TIMEOUT = 30  # seconds; a mutant that hangs has been noticed


def parse(path):
    text = path.read_text()
    field = {key: re.search(rf"^{key}: (.*)$", text, re.M)[1] for key in ("file", "test")}
    old = [line[1:].strip() for line in text.splitlines() if line.startswith("-")]
    new = [line[1:].strip() for line in text.splitlines() if line.startswith("+")]
    return field["file"], field["test"], old, new


def mutate(source, old, new):
    """The source with the lines `old` replaced; they must occur exactly once."""
    lines = source.splitlines()
    stripped = [line.strip() for line in lines]
    places = [n for n in range(len(lines)) if stripped[n:n + len(old)] == old]
    if len(places) != 1:
        raise LookupError(f"its lines occur {len(places)} times, not once")
    return "\n".join(lines[:places[0]] + new + lines[places[0] + len(old):]) + "\n"


def check():
    faults = 0
    for path in sorted((ROOT / "tests" / "mutants").glob("*.mutant")):
        file, _, old, new = parse(path)
        try:
            mutate((ROOT / file).read_text(), old, new)
        except (OSError, LookupError) as error:
            faults += 1
            print(f"{path.relative_to(ROOT)}: {error}")
    return bool(faults)


def main(names):
    mutants = [path for path in sorted((ROOT / "tests" / "mutants").glob("*.mutant")) if not names or path.stem in names]
    survivors = 0
    with tempfile.TemporaryDirectory() as scratch:
        tree, build = Path(scratch, "amphis"), Path(scratch, "build")
        shutil.copytree(ROOT, tree, ignore=shutil.ignore_patterns("build", ".git"))
        subprocess.run(["cmake", "-S", tree, "-B", build, "-G", "Ninja", "-DCMAKE_CXX_FLAGS=-O0", "-DAMPHIS_BUILD_CHECKS=OFF",
                        "-DAMPHIS_BUILD_EXAMPLES=OFF", "-DAMPHIS_INSTALL=OFF"], check=True, stdout=subprocess.DEVNULL)
        def outcome(test):
            """"" when the test passes, else who noticed."""
            built = subprocess.run(["cmake", "--build", build, "--target", f"amphis.tests.{test}"], capture_output=True)
            if built.returncode:
                return "the compiler"
            try:
                ran = subprocess.run([build / "tests" / f"amphis.tests.{test}"], capture_output=True, timeout=TIMEOUT)
                return test if ran.returncode else ""
            except subprocess.TimeoutExpired:
                return f"{test}, which hangs"

        for test in sorted({parse(path)[1] for path in mutants}):
            if fault := outcome(test):
                sys.exit(f"{test} fails without any mutant, noticed by {fault}")
        for path in mutants:
            file, test, old, new = parse(path)
            original = (tree / file).read_text()
            (tree / file).write_text(mutate(original, old, new))
            noticed = outcome(test)
            (tree / file).write_text(original)
            survivors += not noticed
            print(f"{path.stem:40} {'noticed by ' + noticed if noticed else 'SURVIVES'}", flush=True)
    print(f"{len(mutants) - survivors} of {len(mutants)} mutants are noticed")
    return bool(survivors)


sys.exit(check() if sys.argv[1:] == ["--check"] else main(sys.argv[1:]))
