#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Runs the benchmarks and writes docs/benchmarks.md and docs/plots/*.svg: bench.py BUILD [MODULE | --smoke].

Each round runs every C++ benchmark once, in random order, and then bench/<module>.bench.py, so that all contenders meet
the same weather. A time is the median of the rounds, cv the standard deviation of the rounds over their mean.

Names are module/contender/case. A contender is ours when it is called as a header of amphis, or begins so
(lru_cache, lru_cache_once), or when bench/<module>.bench.cpp has a line "// Ours: name, name". The Python side prints
one JSON object, {name: nanoseconds}. A case bytes_... counts bytes in their place. Ratios are theirs / ours: above 1 we are faster.

Each case is drawn as bars. bench/<module>.plots.py draws what bars do not show: draw(cpp, python, pyplot, smoke) yields
(name, figure, one sentence on how to read it); cpp(task) and python(task) are what the two programs print for that task.
"""
import importlib.util
import json
import os
import platform
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
REPORT = ROOT / "docs" / "benchmarks.md"
PLOTS = ROOT / "docs" / "plots"
PYTHON = "/usr/bin/python3"  # the distribution's optimised build
SMOKE = "--smoke" in sys.argv  # one short round, no report: do they still run?
if SMOKE:
    os.environ["AMPHIS_BENCH_SMOKE"] = "1"  # those with large graphs make small ones
ROUNDS = 1 if SMOKE else 7
MIN_ROUNDS, SECONDS = 3, 60  # rounds that take long are fewer
MIN_SECONDS = 0.001 if SMOKE else 0.05  # of each benchmark in each round
SCALE = {"ns": 1, "us": 1e3, "ms": 1e6, "s": 1e9}
KNOWN = {"items_per_second", "real_time", "cpu_time", "iterations", "repetitions", "repetition_index", "threads",
         "family_index", "per_family_instance_index"}


def nanoseconds(run):
    """Per operation: of the processor, or of the clock where the benchmark uses it or has several threads."""
    if rate := run.get("items_per_second"):
        return 1e9 / rate
    clock = run.get("threads", 1) > 1 or "/real_time" in run["name"]
    return run["real_time" if clock else "cpu_time"] * SCALE[run["time_unit"]]


def run_cpp(program):
    with tempfile.NamedTemporaryFile(suffix=".json") as out:
        subprocess.run([program, f"--benchmark_min_time={MIN_SECONDS}", "--benchmark_enable_random_interleaving=true",
                        f"--benchmark_out={out.name}", "--benchmark_out_format=json"],
                       check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        runs = json.load(out)["benchmarks"]
    for run in runs:
        if run.get("error_occurred"):
            sys.exit(f"{run['name']}: {run['error_message']}")
        name = re.sub(r"/(real_time|process_time|manual_time|min_time:[\d.]+|iterations:\d+)", "", run["name"])
        counters = {key: value for key, value in run.items() if key not in KNOWN and isinstance(value, (int, float))}
        yield name, nanoseconds(run), counters


def run_python(script, *task):
    done = subprocess.run([PYTHON, "-I", "-X", "utf8", script, *task], check=True, stdout=subprocess.PIPE,
                          env=os.environ | {"PYTHONHASHSEED": "0"})
    return json.loads(done.stdout)


def measure(module, program, script):
    """({name: [nanoseconds of each round]}, {name: counters}, how many rounds)"""
    times, counters, begin, rounds, number = {}, {}, time.monotonic(), ROUNDS, 0
    while number < rounds:
        left = 0
        if number:
            each = (time.monotonic() - begin) / number
            rounds = min(rounds, max(MIN_ROUNDS, int(SECONDS / each)))
            left = each * (rounds - number)
        number += 1
        note = f"{module}: round {number} of {rounds}" + (f", about {left:.0f} s left" if left > 0 else "")
        print(f"\r{note:60}" if sys.stdout.isatty() else note, end="" if sys.stdout.isatty() else "\n", flush=True)
        for name, ns, extra in run_cpp(program):
            times.setdefault(name, []).append(ns)
            counters[name] = extra
        if script.exists():
            for name, ns in run_python(script).items():
                times.setdefault(name, []).append(ns)
    if sys.stdout.isatty():
        print()
    return times, counters, number


def is_ours(contender, module):
    declared = re.search(r"^// Ours: (.*)$", (ROOT / "bench" / (module.replace(".", "/") + ".bench.cpp")).read_text(), re.M)
    if declared:
        return contender in declared[1].replace(",", " ").split()
    stems = {path.stem for path in (ROOT / "include" / "amphis").rglob("*.hpp")}
    return any(contender == stem or contender.startswith(stem + "_") for stem in stems)


def cv(samples):
    return statistics.stdev(samples) / statistics.mean(samples) if len(samples) > 1 else 0.0


def show(ns, case=""):
    units = ("B", "kB", "MB", "GB") if case.startswith("bytes_") else ("ns", "µs", "ms", "s")
    scale = 1
    while ns >= 999.5 * scale and scale < 1e9:
        scale *= 1000
    return f"{ns / scale:.3g} {units[len(str(scale)) // 3]}"


def rows_of(module, times):
    """One row for each case and contender of ours: (case, ours, ns, {theirs: ratio}), where we are slower first."""
    cases = {}
    for name, samples in times.items():
        _, contender, *case = name.split("/")
        cases.setdefault("/".join(case), {})[contender] = samples
    rows = []
    for case, contenders in cases.items():
        medians = {contender: statistics.median(samples) for contender, samples in contenders.items()}
        for ours in filter(lambda contender: is_ours(contender, module), medians):
            theirs = {other: ns / medians[ours] for other, ns in medians.items() if not is_ours(other, module)}
            rows.append((case, ours, medians, contenders, theirs))
    return sorted(rows, key=lambda row: (min(row[4].values(), default=9e9) >= 1, row[0], row[1]))


def against(module, case, medians, contenders, theirs, counters, mark):
    """What stands against us, the fastest first: "2.1x naive_map (2.6 ns, 1%)"."""
    for other, ratio in sorted(theirs.items(), key=lambda item: item[1]):
        text = f"{ratio:.1f}x" if ratio >= 1 else f"{mark}{ratio:.2f}x{mark}"
        yield f"{text} {other} ({timing(module, other, case, medians, contenders, counters)})"


def timing(module, contender, case, medians, contenders, counters):
    extra = "".join(f", {value:.3g} {key}" for key, value in counters.get(f"{module}/{contender}/{case}", {}).items())
    return f"{show(medians[contender], case)}, {cv(contenders[contender]):.0%}{extra}"


def table(module, rows, counters):
    yield "| case | ours (time, cv) | theirs: ratio, time, cv |"
    yield "|---|---|---|"
    for case, ours, medians, contenders, theirs in rows:
        cell = "<br>".join(against(module, case, medians, contenders, theirs, counters, "**"))
        yield f"| {case} | {ours} ({timing(module, ours, case, medians, contenders, counters)}) | {cell} |"


def listing(module, rows, counters):
    """The same for the terminal."""
    for case, ours, medians, contenders, theirs in rows:
        yield f"{case}: {ours} ({timing(module, ours, case, medians, contenders, counters)})"
        yield from ("    " + line for line in against(module, case, medians, contenders, theirs, counters, ""))


def drawing():
    """matplotlib's pyplot, or None."""
    try:
        import matplotlib
    except ImportError:
        return None
    matplotlib.use("svg")
    matplotlib.rcParams.update({"svg.hashsalt": "amphis", "svg.fonttype": "none", "font.size": 8,
                                "font.sans-serif": ["DejaVu Sans"]})
    from matplotlib import pyplot

    return pyplot


def save(pyplot, figure, path):
    figure.savefig(path, metadata={"Date": None})
    pyplot.close(figure)
    return path


def bars(pyplot, module, rows, folder):
    """One SVG for each first word of the case; the paths."""
    groups = {}
    for case, _, medians, contenders, _ in rows:
        groups.setdefault(case.split("/")[0], {})[case] = (medians, contenders)
    for group, cases in sorted(groups.items()):
        heights = [len(medians) for medians, _ in cases.values()]
        figure, axes = pyplot.subplots(len(cases), 1, figsize=(7, 0.6 * len(cases) + 0.19 * sum(heights)), squeeze=False,
                                       gridspec_kw={"height_ratios": heights})
        for axis, (case, (medians, contenders)) in zip(axes[:, 0], sorted(cases.items())):
            names = sorted(medians, key=medians.get, reverse=True)
            axis.barh(names, [medians[name] for name in names],
                      xerr=[statistics.pstdev(contenders[name]) for name in names],
                      color=["#3572a5" if is_ours(name, module) else "#bbbbbb" for name in names])
            for name in names:
                axis.annotate(" " + show(medians[name], case), (medians[name], name), va="center", fontsize=7)
            axis.set_title(case, loc="left", fontsize=9)
            axis.set_xticks([])
            axis.margins(x=0.15)
            axis.spines[["top", "right", "bottom"]].set_visible(False)
        figure.tight_layout()
        yield save(pyplot, figure, folder / f"{module.replace('/', '-')}-{group}.svg")


def own_plots(pyplot, module, program, script, folder):
    """What bench/<module>.plots.py draws: (path, how to read it)."""
    file = script.with_name(script.name.removesuffix(".bench.py") + ".plots.py")
    if not file.exists():
        return
    spec = importlib.util.spec_from_file_location("plots", file)
    loaded = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(loaded)

    def cpp(task):
        done = subprocess.run([program], check=True, stdout=subprocess.PIPE, env=os.environ | {"AMPHIS_BENCH_TASK": task})
        return json.loads(done.stdout)

    for name, figure, reading in loaded.draw(cpp, lambda task: run_python(script, *task.split()), pyplot, SMOKE):
        yield save(pyplot, figure, folder / f"{module.replace('/', '-')}-{name}.svg"), reading


def plots(module, program, script, rows):
    """Lines of the report; without matplotlib there are none."""
    pyplot = drawing()
    if not pyplot:
        return
    with tempfile.TemporaryDirectory() as made:
        for path in bars(pyplot, module, rows, Path(made)):
            yield f"![{module}: {path.stem}](plots/{path.name})"
        for path, reading in own_plots(pyplot, module, program, script, Path(made)):
            yield f"\n{reading} `tools/run bench {module}` draws it.\n\n![{module}: {path.stem}](plots/{path.name})"
        if SMOKE:
            return
        PLOTS.mkdir(parents=True, exist_ok=True)
        for old in PLOTS.glob(f"{module}-*.svg"):
            old.unlink()
        for path in Path(made).iterdir():
            shutil.copyfile(path, PLOTS / path.name)


def output_of(*command):
    return subprocess.run(command, capture_output=True, text=True, cwd=ROOT).stdout.strip()


def environment(build, rounds):
    cpu = re.search(r"model name\s*: (.*)", Path("/proc/cpuinfo").read_text())
    cache = (build / "CMakeCache.txt").read_text()
    compiler = re.search(r"CMAKE_CXX_COMPILER:\w+=(.*)", cache)[1]
    flags = re.findall(r"-[OD]\S+|-m\S+", re.search(r"CMAKE_CXX_FLAGS:\w+=(.*)", cache)[1])
    commit = output_of("git", "describe", "--always", "--dirty", "--exclude=*") or "unknown"
    return (f"{cpu[1] if cpu else platform.processor()}, {os.cpu_count()} cores; {platform.system()} {platform.release()}; "
            f"{output_of(compiler, '--version').splitlines()[0]}, `-std=c++20 {' '.join(flags)}`; "
            f"{output_of(PYTHON, '--version')} ({PYTHON}); commit {commit}; {rounds} rounds of at least {MIN_SECONDS} s.")


HEAD = """# Benchmarks

Written by `tools/run bench`; do not edit. Every table is one run: ours, the naive forms, packaged libraries and CPython
take turns, round after round. A ratio is their time over ours, so above 1 we are faster, and what is **bold** is faster
than us; rows where something is come first. Times are medians for one operation, cv is the coefficient of variation of
the rounds. Compare ratios, not times: the machine is not yours.
"""


def main(build, wanted=None):
    programs = {path.name.removeprefix("amphis.bench."): path for path in sorted(build.glob("bench/amphis.bench.*"))}
    if wanted and wanted not in programs:
        print(f"There are no benchmarks for '{wanted}'. These exist:", *programs, file=sys.stderr)
        return 2
    sections = {}
    if REPORT.exists():
        for section in REPORT.read_text().split("\n## ")[1:]:
            sections[section.split("\n")[0]] = section.rstrip() + "\n"
    for module, program in programs.items():
        if wanted in (None, module):
            source = ROOT / "bench" / module.replace(".", "/")
            script = source.with_name(source.name + ".bench.py")
            times, counters, rounds = measure(module, program, script)
            rows = rows_of(module, times)
            lines = [module, "", environment(build, rounds), "", *table(module, rows, counters), ""]
            lines += plots(module, program, script, rows)
            sections[module] = "\n".join(lines).rstrip() + "\n"
            print(*listing(module, rows, counters), "", sep="\n")
    if SMOKE:
        return 0
    sections = {name: text for name, text in sections.items() if name in programs}
    REPORT.parent.mkdir(exist_ok=True)
    REPORT.write_text(HEAD + "".join(f"\n## {sections[name]}" for name in sorted(sections)))
    print(f"written: {REPORT.relative_to(ROOT)}")
    return 0


sys.exit(main(Path(sys.argv[1]).resolve(), *[word for word in sys.argv[2:] if word != "--smoke"]))
