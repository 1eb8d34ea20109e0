# SPDX-License-Identifier: MIT
"""Draws how long collections take, how long the pauses are, and the memory under churn. tools/bench.py calls draw()."""
STYLES = {
    "gc::collect()": ("#3572a5", "-"),
    "gc::collect(0)": ("#3572a5", "--"),
    "CPython gc.collect()": ("#d08b2c", "-"),
    "CPython gc.collect(0)": ("#d08b2c", "--"),
    "Boehm": ("#5b9b5b", "-"),
    "naive mark-sweep over a std::set": ("#999999", "-"),
    "in slices": ("#3572a5", "-"),
    "in one go": ("#8a63a8", "-"),
    "CPython": ("#d08b2c", "-"),
}


def style(name):
    color, line = STYLES[name.split(",")[0]]
    return {"color": color, "linestyle": line, "linewidth": 1.2}


def axes_of(pyplot, titles, xlabel, ylabel, height=3.0):
    figure, axes = pyplot.subplots(1, len(titles), figsize=(7, height), squeeze=False, sharey=True)
    for axis, title in zip(axes[0], titles):
        axis.set_title(title, loc="left", fontsize=9)
        axis.set_xlabel(xlabel)
        axis.grid(color="#eeeeee", linewidth=0.6)
        axis.set_axisbelow(True)
        axis.spines[["top", "right"]].set_visible(False)
    axes[0][0].set_ylabel(ylabel)
    return figure, axes[0]


def collection_time(curves, pyplot):
    million = max(n for plot, _, points in curves for n, _ in points if plot == "garbage")
    figure, axes = axes_of(pyplot, ["n live objects, a tree", f"n garbage objects beside {million:,} live"], "n", "ms", 3.4)
    for plot, name, points in curves:
        axis = axes[int(plot == "garbage")]
        axis.loglog([n for n, _ in points], [seconds * 1e3 for _, seconds in points], marker=".", markersize=3, label=name, **style(name))
    handles, labels = axes[0].get_legend_handles_labels()
    figure.tight_layout(rect=(0, 0.13, 1, 1))
    figure.legend(handles, labels, loc="lower center", ncol=3, fontsize=7, frameon=False)
    return figure


def exceedance(pauses, objects):
    """(pause in ms, how many as long or longer for a million objects made), at no more than 80 points."""
    pauses = sorted(pauses, reverse=True)
    points, rank = [], 1
    while rank <= len(pauses):
        points.append((pauses[rank - 1] / 1e6, rank * 1e6 / objects))
        rank = max(rank + 1, int(rank * 1.15))
    return [ms for ms, _ in points], [often for _, often in points]


def distribution(runs, pyplot):
    figure, (axis,) = axes_of(pyplot, ["pauses under churn"], "a pause of so many ms or longer", "comes so often in 1,000,000 objects made")
    for name, line, run, objects in runs:
        axis.loglog(*exceedance(run["pauses"] + run["young"], objects), label=name, **style(name) | {"linestyle": line})
    axis.legend(fontsize=7, frameon=False, loc="upper right")
    figure.tight_layout()
    return figure


def memory(runs, pyplot):
    figure, (axis,) = axes_of(pyplot, ["memory under churn"], "million objects made", "MB resident")
    for name, run in runs:
        points = run["resident"]
        label = f"{name}, {run['churn'] / 1e3:.2g} s a million"
        axis.plot([n / 1e6 for n, _ in points], [size / 1e6 for _, size in points], label=label, **style(name))
    axis.set_ylim(bottom=0)
    axis.legend(fontsize=7, frameon=False, loc="lower right")
    figure.tight_layout()
    return figure


def draw(cpp, python, pyplot, smoke):
    """Yields (name, figure, how to read it)."""
    yield ("collection_time", collection_time(cpp("collections") + python("collections"), pyplot),
           "How long one collection takes, on logarithmic axes: on the left beside n objects that live, with nothing to free, or for collect(0)"
           " 2,000 objects, and a flat line is one that does not care how much lives; on the right with n objects to free.")

    live = 50_000 if smoke else 1_000_000
    names = (("in slices", "gc_ptr_in_slices"), ("in one go", "gc_ptr_at_once"))
    ours = {name: cpp(f"churn {contender} {live} {8 * live}") for name, contender in names}
    wide = {name: cpp(f"churn {contender} {4 * live} {14 * live}") for name, contender in names}
    theirs = python(f"churn {live} {3 * live}")
    runs = [(f"{name}, {live:,} live", "-", run, 8 * live) for name, run in ours.items()]
    runs += [(f"{name}, {4 * live:,} live", ":", run, 14 * live) for name, run in wide.items()]
    runs += [(f"CPython, {live:,} live", "-", theirs, 3 * live)]
    yield ("pause_distribution", distribution(runs, pyplot),
           "How often the program stands still for so long or longer, for collections of all objects and of the young: the further to the left"
           " a line ends, the shorter is the longest pause.")
    yield ("memory", memory([*ours.items(), ("CPython", theirs)], pyplot),
           f"What the objects take while more and more are made and {live:,} live: the lower the better, and a line that goes on rising would be"
           " a leak. The legend says how long the program took for each million.")
