#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What it costs the compiler to know the names of enums, beside one function for each value: enum_cost.py [-I...] [COMPILER...].

Compiles 20 enums of 20 members, each asked for all names, for a name by its member and for a member by its name: with
amphis, with a table of one function for each of 256 values, and with magic_enum where it is found (-I says where). In
turn, round after round; the least processor time of the rounds counts. "includes" is the same file without the enums, so
total - includes is what the enums cost, and "a value" is that cost by candidate value: amphis looks at 384 of them, the
others at 256. Ratios are theirs / ours, of an enum and of a value.
"""
import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ENUMS, MEMBERS, ROUNDS = 20, 20, 5
VALUES = {"amphis": 384}

AMPHIS = """#include <amphis/enum.hpp>
template <class E> std::size_t use(E member, std::string_view name) {
    return amphis::enum_::members<E>().size() + amphis::enum_::name(member).size() + std::size_t(amphis::enum_::by_name<E>(name));
}
"""
NAIVE = """#include <array>
#include <cstddef>
#include <string_view>
#include <utility>
template <auto V> constexpr std::string_view one() {
    std::string_view text(__PRETTY_FUNCTION__, sizeof(__PRETTY_FUNCTION__) - 1);
    std::size_t last = text.size();
    while (last != 0 && text[last - 1] != ':' && text[last - 1] != ')') --last;
    return text[last - 1] == ')' ? std::string_view() : text.substr(last, text.size() - last - 1);
}
template <class E> constexpr auto table = []<std::size_t... I>(std::index_sequence<I...>) {
    return std::array<std::string_view, sizeof...(I)>{one<static_cast<E>(static_cast<int>(I) - 128)>()...};
}(std::make_index_sequence<256>{});
template <class E> std::size_t use(E member, std::string_view name) {
    std::size_t n = 0;
    for (auto known : table<E>) n += !known.empty();
    for (std::size_t i = 0; i != 256; ++i) n += table<E>[i] == name ? i : 0;
    return n + table<E>[std::size_t(int(member) + 128)].size();
}
"""
MAGIC = """#include <%s>
template <class E> std::size_t use(E member, std::string_view name) {
    return magic_enum::enum_count<E>() + magic_enum::enum_name(member).size() + std::size_t(*magic_enum::enum_cast<E>(name));
}
"""


def enums():
    lines = []
    for e in range(ENUMS):
        members = ", ".join(f"MEMBER_{e}_{m} = {m}" for m in range(MEMBERS))
        lines.append(f"enum class enum_{e} {{ {members} }};\ntemplate std::size_t use(enum_{e}, std::string_view);\n")
    return "".join(lines)


def cpu_seconds(command):
    pid = os.posix_spawnp(command[0], command, os.environ)
    _, status, usage = os.wait4(pid, 0)
    if status:
        sys.exit(f"failed: {' '.join(command)}")
    return usage.ru_utime + usage.ru_stime


def includes(compiler, flags, header):
    command = [compiler, "-std=c++20", "-fsyntax-only", "-x", "c++", *flags, "-"]
    return subprocess.run(command, input=f"#include <{header}>\n", text=True, capture_output=True).returncode == 0


def main(arguments):
    compilers = [a for a in arguments if not a.startswith("-")] or [os.environ.get("CXX", "c++")]
    flags = [a for a in arguments if a.startswith("-")]
    for compiler in compilers:
        contenders = {"amphis": AMPHIS, "one function a value": NAIVE}
        for header in ("magic_enum/magic_enum.hpp", "magic_enum.hpp"):
            if "magic_enum" not in contenders and includes(compiler, flags, header):
                contenders["magic_enum"] = MAGIC % header
        least = {}
        with tempfile.TemporaryDirectory() as scratch:
            for _ in range(ROUNDS):
                for name, prelude in contenders.items():
                    for part, text in (("includes", prelude), ("total", prelude + enums())):
                        source = Path(scratch, "source.cpp")
                        source.write_text(text)
                        command = [compiler, "-std=c++20", "-O0", "-c", "-o", os.devnull, *flags, f"-I{ROOT}/include", str(source)]
                        least[name, part] = min(least.get((name, part), 1e9), cpu_seconds(command))
        print(f"{compiler}: {ENUMS} enums of {MEMBERS} members, ms")
        ours = None
        for name in contenders:
            head, total = (1000 * least[name, part] for part in ("includes", "total"))
            enum = (total - head) / ENUMS
            value = 1000 * enum / VALUES.get(name, 256)
            ours = ours or (enum, value)
            print(f"  {name:22} includes {head:6.0f}  total {total:6.0f}  an enum {enum:6.1f}  a value {value:5.0f} us"
                  f"  ratios {enum / ours[0]:5.2f} {value / ours[1]:5.2f}")


main(sys.argv[1:])
