// SPDX-License-Identifier: MIT
// apps: the example programs beside the same programs in Python: one run, from reading the book to the last line.
// Ours: amphis
#include <benchmark/benchmark.h>

#include <fcntl.h>
#include <unistd.h>

#include <cstdio>
#include <fstream>
#include <iostream>
#include <iterator>
#include <sstream>
#include <string>

#define main spell_checker
#include "../examples/apps/spell_checker.cpp"
#undef main

namespace {

char book[] = "/usr/share/common-licenses/GPL-3";

/// The book itself, with the first two letters of every line swapped.
std::string misspelt() {
    std::ifstream in(book);
    std::string text, line;
    while (std::getline(in, line)) {
        std::size_t const first = line.find_first_not_of(' ');
        if (first != std::string::npos && first + 1 < line.size()) std::swap(line[first], line[first + 1]);
        text += line + '\n';
    }
    return text;
}

void spell_checker_licence(benchmark::State& state) {
    std::string const text = misspelt();
    if (text.empty()) return state.SkipWithError("no licence texts here: they are Debian's");
    int const screen = dup(1), nowhere = open("/dev/null", O_WRONLY);
    dup2(nowhere, 1);
    for (auto _ : state) {
        std::istringstream in(text);
        auto* const keyboard = std::cin.rdbuf(in.rdbuf());
        std::cin.clear();
        char name[] = "spell_checker";
        char* argv[] = {name, book, nullptr};
        spell_checker(2, argv);
        std::fflush(stdout);
        std::cin.rdbuf(keyboard);
    }
    dup2(screen, 1);
    close(screen);
    close(nowhere);
}
BENCHMARK(spell_checker_licence)->Name("apps/amphis/spell_checker")->Unit(benchmark::kMillisecond);

}  // namespace
