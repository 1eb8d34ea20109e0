// SPDX-License-Identifier: MIT
// Reading and writing a text file of 200 MB by lines: beside fgets and fputs, std::getline and std::ofstream, a loop over single
// characters, and CPython. Nanoseconds a line.
// Ours: File, File_read, File_binary, StringIO
//
// The file is made once, in /tmp, from a generator of random numbers with a fixed seed, and read from the page cache. The times are the processor's:
// that the disk is busy with what was written before is measured as nothing. AMPHIS_BENCH_MB makes the file smaller.
#include <amphis/io.hpp>
#include <amphis/os.hpp>

#include <benchmark/benchmark.h>

#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

namespace {

using namespace amphis::literals;

std::size_t megabytes() {
    char const* const given = std::getenv("AMPHIS_BENCH_MB");
    return given != nullptr ? static_cast<std::size_t>(std::atoi(given)) : 200;
}

std::string const prefix = "/tmp/amphis_bench_" + std::to_string(amphis::os::getpid());

/// Lines of 20 to 99 letters, in a file of about that many bytes; from here on its name is path.
struct text_file {
    std::string path;
    std::vector<std::string> lines;  // the first thousand
    std::size_t count = 0;

    text_file(char const* name, std::size_t bytes, std::string_view end, bool letters_of_two_bytes) {
        path = prefix + name;
        auto out = amphis::open(path, "wb");
        unsigned long long state = 42;
        for (std::size_t written = 0; written < bytes || count % 1000 != 0; ++count) {
            state = state * 6364136223846793005U + 1442695040888963407U;
            std::string line;
            for (std::size_t i = 20 + (state >> 33U) % 80; i != 0; --i) {
                state = state * 6364136223846793005U + 1442695040888963407U;
                if (letters_of_two_bytes) {
                    line += '\xD0';
                    line += static_cast<char>(0xB0 + (state >> 33U) % 16);
                } else {
                    line += static_cast<char>('a' + (state >> 33U) % 26);
                }
            }
            line += end;
            written += line.size();
            out.write(line);
            if (lines.size() < 1000) lines.push_back(line);
        }
        out.close();
    }
    ~text_file() { std::remove(path.c_str()); }
};

text_file const& ascii() {
    static text_file const file("_ascii.txt", megabytes() << 20U, "\n", false);
    return file;
}
text_file const& crlf() {
    static text_file const file("_crlf.txt", megabytes() << 18U, "\r\n", false);
    return file;
}
text_file const& cyrillic() {
    static text_file const file("_cyrillic.txt", megabytes() << 18U, "\n", true);
    return file;
}
/// Where the writers write; it goes with the program.
std::string const& scratch() {
    static struct name {
        std::string path = prefix + "_out.txt";
        ~name() { std::remove(path.c_str()); }
    } const file;
    return file.path;
}

template <class Fn>
void bench(std::string const& name, text_file const& (*file)(), Fn fn) {
    benchmark::RegisterBenchmark(("io/" + name).c_str(), [fn, file](benchmark::State& state) {
        text_file const& source = file();
        for (auto _ : state) benchmark::DoNotOptimize(fn(source));
        state.SetItemsProcessed(static_cast<long long>(source.count) * state.iterations());
    })->Unit(benchmark::kMillisecond);
}

// ---- reading: the number of letters e at the beginning of a line, so that each line is looked at

std::size_t with_file(text_file const& source) {
    std::size_t found = 0;
    for (auto&& line : amphis::open(source.path)) found += line[0] == 'e' ? 1U : 0U;
    return found;
}
std::size_t with_binary_file(text_file const& source) {
    std::size_t found = 0;
    for (auto&& line : amphis::open(source.path, "rb")) found += line[0] == 'e' ? 1U : 0U;
    return found;
}
std::size_t with_getline(text_file const& source) {
    std::ifstream in(source.path);
    std::string line;
    std::size_t found = 0;
    while (std::getline(in, line)) found += line[0] == 'e' ? 1U : 0U;
    return found;
}
std::size_t with_fgets(text_file const& source) {
    std::FILE* const in = std::fopen(source.path.c_str(), "r");
    char line[4096];
    std::size_t found = 0;
    while (std::fgets(line, sizeof(line), in) != nullptr) found += line[0] == 'e' ? 1U : 0U;
    std::fclose(in);
    return found;
}
std::size_t with_characters(text_file const& source) {
    std::FILE* const in = std::fopen(source.path.c_str(), "r");
    std::string line;
    std::size_t found = 0;
    for (int c; (c = std::getc(in)) != EOF;) {
        line += static_cast<char>(c);
        if (c == '\n') {
            found += line[0] == 'e' ? 1U : 0U;
            line.clear();
        }
    }
    std::fclose(in);
    return found;
}

// ---- writing: the thousand lines again and again

template <class Write>
std::size_t write_lines(text_file const& source, Write write) {
    for (std::size_t i = 0; i < source.count; i += source.lines.size()) {
        for (std::string const& line : source.lines) write(line);
    }
    return source.count;
}
std::size_t write_file(text_file const& source) {
    auto out = amphis::open(scratch(), "w");
    write_lines(source, [&](std::string const& line) { out.write(line); });
    out.close();
    return source.count;
}
std::size_t write_binary_file(text_file const& source) {
    auto out = amphis::open(scratch(), "wb");
    write_lines(source, [&](std::string const& line) { out.write(line); });
    out.close();
    return source.count;
}
std::size_t write_fputs(text_file const& source) {
    std::FILE* const out = std::fopen(scratch().c_str(), "w");
    write_lines(source, [&](std::string const& line) { std::fputs(line.c_str(), out); });
    std::fclose(out);
    return source.count;
}
std::size_t write_ofstream(text_file const& source) {
    std::ofstream out(scratch());
    return write_lines(source, [&](std::string const& line) { out << line; });
}
std::size_t write_characters(text_file const& source) {
    std::FILE* const out = std::fopen(scratch().c_str(), "w");
    write_lines(source, [&](std::string const& line) {
        for (char const c : line) std::putc(c, out);
    });
    std::fclose(out);
    return source.count;
}

// ---- in memory

std::size_t with_string_io(text_file const& source) {
    amphis::io::StringIO out;
    for (std::string const& line : source.lines) out.write(line);
    return out.getvalue().size();
}
std::size_t with_ostringstream(text_file const& source) {
    std::ostringstream out;
    for (std::string const& line : source.lines) out << line;
    return out.str().size();
}

template <class Fn>
void bench_memory(std::string const& name, Fn fn) {
    benchmark::RegisterBenchmark(("io/" + name).c_str(), [fn](benchmark::State& state) {
        text_file const& source = ascii();
        for (auto _ : state) benchmark::DoNotOptimize(fn(source));
        state.SetItemsProcessed(static_cast<long long>(source.lines.size()) * state.iterations());
    });
}

bool const registered = [] {
    bench_memory("StringIO/write_lines_memory", with_string_io);
    bench_memory("std_ostringstream/write_lines_memory", with_ostringstream);
    bench("File/read_lines", ascii, with_file);
    bench("File_binary/read_lines", ascii, with_binary_file);
    bench("std_getline/read_lines", ascii, with_getline);
    bench("fgets/read_lines", ascii, with_fgets);
    bench("naive_getc/read_lines", ascii, with_characters);
    bench("File/read_lines_crlf", crlf, with_file);
    bench("File/read_lines_cyrillic", cyrillic, with_file);
    bench("File/write_lines", ascii, write_file);
    bench("File_binary/write_lines", ascii, write_binary_file);
    bench("std_ofstream/write_lines", ascii, write_ofstream);
    bench("fputs/write_lines", ascii, write_fputs);
    bench("naive_putc/write_lines", ascii, write_characters);
    bench("File/write_lines_cyrillic", cyrillic, write_file);
    return true;
}();

}  // namespace
