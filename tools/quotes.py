#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Keeps the code in the docs equal to files that are compiled and run: quotes.py [--write].

    <!-- quote: examples/functools/lru_cache.cpp#hits-and-misses -->
    ```cpp
    ...
    ```

The part after # is a section of the file, `// --- Hits and misses`; without it the whole file is quoted. A block of C++
or Python without such a line above it is a fault: no test compiles it. --write fills the blocks.
"""
import re
import sys
import textwrap
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LANGUAGES = {".py": "python", ".cpp": "cpp", ".hpp": "cpp", ".out": "text", ".txt": "text"}
CHECKED = {"cpp", "c++", "cxx", "python", "py", "pycon", ""}
QUOTE = re.compile(r"^ *<!-- quote: (\S+?)(?:#(\S+))? -->$")
FENCE = re.compile(r"^( *)```(.*)$")
SECTION = re.compile(r"^( *)(?:#|//) --- (.*)$")


def slug(title):
    return re.sub(r"\W+", "-", title.lower()).strip("-")


def quoted(path, section):
    """The lines of a file, or of its section: up to the next one, or to where the block around it closes."""
    lines = (ROOT / path).read_text().rstrip("\n").split("\n")
    if not section:
        return lines
    found = None
    for line in lines:
        marker = SECTION.match(line)
        if found is None:
            if marker and slug(marker[2]) == slug(section):
                found, indent = [], marker[1]
        elif marker or line.startswith("int main(") or (line.strip() and not line.startswith(indent)):
            break
        else:
            found.append(line)
    if found is None:
        raise LookupError(f"{path} has no section '{section}'")
    return textwrap.dedent("\n".join(found)).strip("\n").split("\n")


def refresh(page, faults):
    """The text of a page with its blocks filled."""
    lines, result, wanted, number = page.read_text().split("\n"), [], None, 0
    while number < len(lines):
        line = lines[number]
        number += 1
        if quote := QUOTE.match(line):
            wanted, where = quote, number
        elif not (fence := FENCE.match(line)):
            if line.strip() and wanted:
                faults.append(f"{page.relative_to(ROOT)}:{where}: no fenced block follows the quote")
                wanted = None
        else:
            end = next((n for n in range(number, len(lines)) if lines[n].strip() == "```"), len(lines))
            block, place = lines[number:end], f"{page.relative_to(ROOT)}:{number}"
            if wanted:
                try:
                    block = quoted(wanted[1], wanted[2])
                except (OSError, LookupError) as error:
                    faults.append(f"{place}: {error}")
                line = f"{fence[1]}```{LANGUAGES.get(Path(wanted[1]).suffix, fence[2])}"
                block = [(fence[1] + text).rstrip() for text in block]
                wanted = None
            elif fence[2].strip().lower() in CHECKED:
                faults.append(f"{place}: a block of '{fence[2] or 'no language'}' that quotes no file")
            result += [line, *block]
            line = lines[end] if end < len(lines) else "```"
            number = end + 1
        result.append(line)
    return "\n".join(result)


def main(write):
    faults, stale = [], 0
    pages = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
    for page in pages:
        text = refresh(page, faults)
        if text != page.read_text():
            stale += 1
            if write:
                page.write_text(text)
            print(f"{page.relative_to(ROOT)}: " + ("written" if write else "a quote is stale; run tools/quotes.py --write"))
    print(*faults, f"{len(pages)} pages, {len(faults)} faults, {stale} stale", sep="\n")
    return bool(faults) or (stale and not write)


sys.exit(main("--write" in sys.argv[1:]))
