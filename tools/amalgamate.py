#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Writes all of amphis as one header: amalgamate.py OUTPUT.

Each header takes the place of its first include and keeps its own guard; includes of the standard library stay where
they are, so one inside an #ifdef is never taken for the one outside it.
"""
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
AMPHIS_INCLUDE = re.compile(r'^( *)# *include +[<"](amphis/[^>"]+)[>"].*$')


def expand(header, seen):
    seen.add(header)
    yield f"\n// ===== {header} =====\n"
    depth = 0  # of conditional blocks; the guard is the first
    for number, line in enumerate((ROOT / "include" / header).read_text().splitlines(), 1):
        if match := AMPHIS_INCLUDE.match(line):
            if depth > 1:
                sys.exit(f"{header}:{number}: an include of amphis inside a condition cannot be amalgamated")
            if match[2] not in seen:
                yield from expand(match[2], seen)
            continue
        depth += bool(re.match(r" *# *if", line)) - bool(re.match(r" *# *endif", line))
        if not line.startswith("// SPDX"):
            yield line + "\n"


def main(output):
    version = ".".join(re.findall(r"#define AMPHIS_VERSION_\w+ +(\d+)", (ROOT / "include/amphis/version.hpp").read_text()))
    licence = "".join(f"// {line}".rstrip() + "\n" for line in (ROOT / "LICENSE").read_text().splitlines())
    head = f"// SPDX-License-Identifier: MIT\n// amphis {version}, generated as a single header. Edit the parts, not this file.\n//\n"
    text = head + licence + "".join(expand("amphis/amphis.hpp", set()))
    output.parent.mkdir(parents=True, exist_ok=True)
    output.write_text(text)


main(Path(sys.argv[1]))
