#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Checks that the includes between the headers go strictly downward (tools/layers.txt), that the umbrella reaches every
header but those of opt-in modules, and that the `// Used by:` line of each detail header is present and true; --write
brings those up to date."""
import re
import sys
import textwrap
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
INCLUDE = ROOT / "include" / "amphis"
OPT_IN = {"tracemalloc"}  # modules that do something to a program by being included: amphis.hpp leaves them out
HEAVY = {"iostream", "regex", "filesystem"}  # too costly to include below layer 5
USED_BY = re.compile(r"^// Used by:(.*(?:\n//  +.*)*)", re.M)


def read_layers():
    levels = {}
    for line in (ROOT / "tools" / "layers.txt").read_text().splitlines():
        if line.strip() and not line.startswith("#"):
            level, *modules = line.split()
            levels |= {module: tuple(map(int, level.split("."))) for module in modules}
    return levels


def module_of(header, levels):
    """lang/decorator.hpp and lang/decorator/x.hpp belong to lang/decorator; None when no layer names it."""
    parts = header.removesuffix(".hpp").split("/")
    prefixes = ("/".join(parts[:n]) for n in range(1, len(parts) + 1))
    return next((prefix for prefix in prefixes if prefix in levels), None)


def find_cycle(graph):
    done, path = set(), []

    def visit(node):
        if node in path:
            return path[path.index(node):] + [node]
        if node in done:
            return None
        path.append(node)
        cycle = next(filter(None, map(visit, graph.get(node, ()))), None)
        path.pop()
        done.add(node)
        return cycle

    return next(filter(None, map(visit, graph)), None)


def used_by_faults(header, text, users):
    match = USED_BY.search(text)
    if not match:
        return [f"{header}: no line '// Used by: ...'"]
    names = {name.strip() for name in match[1].replace("\n//", "").split(",")} - {""}
    return ([f"{header}: says it is used by {name}, which does not include it" for name in sorted(names - set(users))] +
            [f"{header}: its 'Used by' line does not name {user}" for user in users if user not in names])


def write_used_by(header, text, users):
    line = textwrap.fill("// Used by: " + ", ".join(users), 120, subsequent_indent="//          ", break_on_hyphens=False)
    (INCLUDE / header).write_text(USED_BY.sub(line, text, 1))


def main():
    levels, faults, graph, texts = read_layers(), [], {}, {}
    for path in sorted(INCLUDE.rglob("*.hpp")):
        header = path.relative_to(INCLUDE).as_posix()
        texts[header] = path.read_text()
        graph[header] = re.findall(r'^ *# *include +[<"]amphis/([^>"]+)[>"]', texts[header], re.M)
        heavy = HEAVY & set(re.findall(r"^ *# *include +<(\w+)>", texts[header], re.M))
        module = module_of(header, levels)
        if module is None:
            faults.append(f"{header}: tools/layers.txt names no layer for it")
            continue
        if heavy and levels[module] < (5,):
            faults.append(f"{header}: includes <{min(heavy)}>, which costs too much below layer 5")
        for other in graph[header]:
            target = module_of(other, levels)
            if target is None or not (INCLUDE / other).exists():
                faults.append(f"{header}: includes {other}, which does not exist or has no layer")
            elif target != module and levels[target] >= levels[module]:
                faults.append(f"{header} ({module}) includes {other} ({target}), which is not below it")
    if cycle := find_cycle(graph):
        faults.append("a cycle of includes: " + " -> ".join(cycle))
    for header in graph:
        # Modules, not their parts, so that the line stays short and true when a header is split.
        users = sorted({user if user.startswith("detail/") else f"{module_of(user, levels)}.hpp"
                        for user, used in graph.items() if header in used})
        if header.startswith("detail/") and "--write" in sys.argv:
            write_used_by(header, texts[header], users)
        elif header.startswith("detail/"):
            faults += used_by_faults(header, texts[header], users)
    reached, todo = set(), ["amphis.hpp"]
    while todo:
        header = todo.pop()
        reached.add(header)
        todo += [other for other in graph.get(header, ()) if other not in reached]
    for header in graph:
        opt_in = module_of(header, levels) in OPT_IN
        if opt_in == (header in reached):
            faults.append(f"amphis.hpp {'reaches' if opt_in else 'does not reach'} {header}")
    print(*faults, f"{len(graph)} headers, {len(faults)} faults", sep="\n")
    return bool(faults)


sys.exit(main())
