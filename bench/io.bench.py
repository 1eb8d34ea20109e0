# SPDX-License-Identifier: MIT
"""The workloads of io.bench.cpp in CPython: nanoseconds of the processor a line, as one JSON object."""
import io
import json
import os
import random
import tempfile
import time

SIZE = int(os.environ.get("AMPHIS_BENCH_MB", "200")) << 20


def make(path, size, end, letters):
    draw = random.Random(42)
    lines = ["".join(draw.choices(letters, k=draw.randrange(20, 100))) + end for _ in range(1000)]
    count = written = 0
    with open(path, "w", encoding="utf-8", newline="") as f:
        while written < size or count % 1000:
            line = lines[count % 1000]
            f.write(line)
            written += len(line.encode())
            count += 1
    return [line.replace("\r", "") for line in lines], count


def timed(count, run):
    best = float("inf")
    for _ in range(3):
        start = time.process_time_ns()
        run()
        best = min(best, time.process_time_ns() - start)
    return best / count


def read(path, mode="r", wanted="e"):
    found = 0
    with open(path, mode) as f:
        for line in f:
            found += line[0] == wanted
    return found


def write(path, lines, count, mode="w"):
    with open(path, mode) as f:
        for _ in range(count // 1000):
            for line in lines:
                f.write(line)


def write_memory(lines):
    out = io.StringIO()
    for line in lines:
        out.write(line)
    return out.getvalue()


with tempfile.TemporaryDirectory(dir="/tmp") as folder:
    source, target = f"{folder}/source.txt", f"{folder}/target.txt"
    latin = "abcdefghijklmnopqrstuvwxyz"
    cyrillic = "".join(map(chr, range(0x430, 0x440)))
    times = {}
    lines, count = make(source, SIZE, "\n", latin)
    encoded = [line.encode() for line in lines]
    times["read_lines"] = timed(count, lambda: read(source))
    times["binary_read_lines"] = timed(count, lambda: read(source, "rb", ord("e")))
    times["write_lines"] = timed(count, lambda: write(target, lines, count))
    times["binary_write_lines"] = timed(count, lambda: write(target, encoded, count, "wb"))
    times["write_lines_memory"] = timed(1000, lambda: write_memory(lines))
    os.remove(target)
    lines, count = make(source, SIZE // 4, "\r\n", latin)
    times["read_lines_crlf"] = timed(count, lambda: read(source))
    lines, count = make(source, SIZE // 4, "\n", cyrillic)
    times["read_lines_cyrillic"] = timed(count, lambda: read(source))
    times["write_lines_cyrillic"] = timed(count, lambda: write(target, lines, count))

binary = {"binary_read_lines": "read_lines", "binary_write_lines": "write_lines"}
print(json.dumps({f"io/CPython_binary/{binary[case]}" if case in binary else f"io/CPython/{case}": ns for case, ns in times.items()}))
