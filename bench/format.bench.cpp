// SPDX-License-Identifier: MIT
// What formatting costs: format(value, spec) and "..."_f beside what C++ has, libfmt when it is installed, and CPython.
// Ours: format, literal, str_format
//
// Each case renders the same values in turn and makes one std::string of each. literal is "..."_f, whose spec is read at
// compile time; fmt_compile is libfmt's counterpart; format, str_format and fmt read theirs at run time.
#include <amphis/builtins/format.hpp>

#include <benchmark/benchmark.h>

#include <cstddef>
#include <cstdio>
#include <iomanip>
#include <sstream>
#include <string>

#if __has_include(<fmt/compile.h>)
#define FMT_HEADER_ONLY
#include <fmt/compile.h>
#include <fmt/format.h>
#define AMPHIS_BENCH_FMT
#endif

namespace {

using namespace amphis::literals;
using amphis::format;

constexpr long ints[] = {0, 7, -42, 1'234'567, 255, 2'147'483'647, -9'007'199'254'740'993, 65'536};
constexpr double floats[] = {0.1, 3.14159, -1234.5, 1e16, 2.5e-7, 299'792'458.0, 1.0, 66.66666666666667};
std::string const strings[] = {"py", "amphis", "a", "", "format", "mini-language", "x = 1", "table"};

/// One benchmark: `one` makes a string of the n-th values.
template <class One>
void each(char const* name, One one) {
    benchmark::RegisterBenchmark(("format/" + std::string(name)).c_str(), [one](benchmark::State& state) {
        std::size_t n = 0;
        for (auto _ : state) {
            n = (n + 1) % 8;
            benchmark::DoNotOptimize(one(n));
        }
    });
}

std::string from_c(char const* spec, auto... values) {
    char buffer[512];
    int const size = std::snprintf(buffer, sizeof(buffer), spec, values...);  // NOLINT
    return std::string(buffer, static_cast<std::size_t>(size));
}

std::string from_stream(auto const&... values) {
    std::ostringstream out;
    (out << ... << values);
    return out.str();
}

void register_all() {
    each("format/int", [](std::size_t n) { return format(ints[n]); });
    each("literal/int", [](std::size_t n) { return "{}"_f(ints[n]); });
    each("to_string/int", [](std::size_t n) { return std::to_string(ints[n]); });
    each("snprintf/int", [](std::size_t n) { return from_c("%ld", ints[n]); });
    each("ostringstream/int", [](std::size_t n) { return from_stream(ints[n]); });

    each("format/int_width", [](std::size_t n) { return format(ints[n], ">20"); });
    each("literal/int_width", [](std::size_t n) { return "{:>20}"_f(ints[n]); });
    each("snprintf/int_width", [](std::size_t n) { return from_c("%20ld", ints[n]); });
    each("ostringstream/int_width", [](std::size_t n) { return from_stream(std::setw(20), ints[n]); });

    each("format/int_grouped", [](std::size_t n) { return format(ints[n], ","); });
    each("literal/int_grouped", [](std::size_t n) { return "{:,}"_f(ints[n]); });

    each("format/int_hex", [](std::size_t n) { return format(ints[n], "#x"); });
    each("literal/int_hex", [](std::size_t n) { return "{:#x}"_f(ints[n]); });
    each("snprintf/int_hex", [](std::size_t n) { return from_c("%#lx", ints[n]); });
    each("ostringstream/int_hex", [](std::size_t n) { return from_stream(std::showbase, std::hex, ints[n]); });

    each("format/float_repr", [](std::size_t n) { return format(floats[n]); });
    each("literal/float_repr", [](std::size_t n) { return "{}"_f(floats[n]); });
    each("snprintf_17g/float_repr", [](std::size_t n) { return from_c("%.17g", floats[n]); });

    each("format/float_fixed", [](std::size_t n) { return format(floats[n], ".2f"); });
    each("literal/float_fixed", [](std::size_t n) { return "{:.2f}"_f(floats[n]); });
    each("snprintf/float_fixed", [](std::size_t n) { return from_c("%.2f", floats[n]); });
    each("ostringstream/float_fixed",
         [](std::size_t n) { return from_stream(std::fixed, std::setprecision(2), floats[n]); });

    each("format/float_general", [](std::size_t n) { return format(floats[n], "g"); });
    each("literal/float_general", [](std::size_t n) { return "{:g}"_f(floats[n]); });
    each("snprintf/float_general", [](std::size_t n) { return from_c("%g", floats[n]); });
    each("ostringstream/float_general", [](std::size_t n) { return from_stream(floats[n]); });

    each("format/float_exponent", [](std::size_t n) { return format(floats[n], ".6e"); });
    each("literal/float_exponent", [](std::size_t n) { return "{:.6e}"_f(floats[n]); });
    each("snprintf/float_exponent", [](std::size_t n) { return from_c("%.6e", floats[n]); });

    each("format/str_width", [](std::size_t n) { return format(strings[n], "^16"); });
    each("literal/str_width", [](std::size_t n) { return "{:^16}"_f(strings[n]); });

    each("literal/line", [](std::size_t n) {
        return "{:>16}|{:.4f}|{:8d}|{n:#x}"_f(strings[n], floats[n], ints[n], "n"_k = ints[7 - n]);
    });
    each("str_format/line", [](std::size_t n) {
        return amphis::str_format("{:>16}|{:.4f}|{:8d}|{n:#x}", strings[n], floats[n], ints[n], "n"_k = ints[7 - n]);
    });
    each("snprintf/line",
         [](std::size_t n) { return from_c("%16s|%.4f|%8ld|%#lx", strings[n].c_str(), floats[n], ints[n], ints[7 - n]); });
    each("ostringstream/line", [](std::size_t n) {
        return from_stream(std::setw(16), strings[n], '|', std::fixed, std::setprecision(4), floats[n], '|', std::setw(8), ints[n],
                           '|', std::showbase, std::hex, ints[7 - n]);
    });

    // What one writes without a format string.
    each("literal/words", [](std::size_t n) { return "{} has {} of {}"_f(strings[n], ints[n], strings[7 - n]); });
    each("concatenation/words",
         [](std::size_t n) { return strings[n] + " has " + std::to_string(ints[n]) + " of " + strings[7 - n]; });
    each("snprintf/words",
         [](std::size_t n) { return from_c("%s has %ld of %s", strings[n].c_str(), ints[n], strings[7 - n].c_str()); });
    each("ostringstream/words", [](std::size_t n) { return from_stream(strings[n], " has ", ints[n], " of ", strings[7 - n]); });

#if defined(AMPHIS_BENCH_FMT)
    each("fmt/int", [](std::size_t n) { return fmt::format("{}", ints[n]); });
    each("fmt_compile/int", [](std::size_t n) { return fmt::format(FMT_COMPILE("{}"), ints[n]); });
    each("fmt/int_width", [](std::size_t n) { return fmt::format("{:>20}", ints[n]); });
    each("fmt_compile/int_width", [](std::size_t n) { return fmt::format(FMT_COMPILE("{:>20}"), ints[n]); });
    each("fmt/int_hex", [](std::size_t n) { return fmt::format("{:#x}", ints[n]); });
    each("fmt_compile/int_hex", [](std::size_t n) { return fmt::format(FMT_COMPILE("{:#x}"), ints[n]); });
    each("fmt/float_repr", [](std::size_t n) { return fmt::format("{}", floats[n]); });
    each("fmt_compile/float_repr", [](std::size_t n) { return fmt::format(FMT_COMPILE("{}"), floats[n]); });
    each("fmt/float_fixed", [](std::size_t n) { return fmt::format("{:.2f}", floats[n]); });
    each("fmt_compile/float_fixed", [](std::size_t n) { return fmt::format(FMT_COMPILE("{:.2f}"), floats[n]); });
    each("fmt/float_general", [](std::size_t n) { return fmt::format("{:g}", floats[n]); });
    each("fmt_compile/float_general", [](std::size_t n) { return fmt::format(FMT_COMPILE("{:g}"), floats[n]); });
    each("fmt/float_exponent", [](std::size_t n) { return fmt::format("{:.6e}", floats[n]); });
    each("fmt_compile/float_exponent", [](std::size_t n) { return fmt::format(FMT_COMPILE("{:.6e}"), floats[n]); });
    each("fmt/str_width", [](std::size_t n) { return fmt::format("{:^16}", strings[n]); });
    each("fmt_compile/str_width", [](std::size_t n) { return fmt::format(FMT_COMPILE("{:^16}"), strings[n]); });
    each("fmt/line", [](std::size_t n) {
        return fmt::format("{:>16}|{:.4f}|{:8d}|{:#x}", strings[n], floats[n], ints[n], ints[7 - n]);
    });
    each("fmt_compile/line", [](std::size_t n) {
        return fmt::format(FMT_COMPILE("{:>16}|{:.4f}|{:8d}|{:#x}"), strings[n], floats[n], ints[n], ints[7 - n]);
    });
    each("fmt/words", [](std::size_t n) { return fmt::format("{} has {} of {}", strings[n], ints[n], strings[7 - n]); });
    each("fmt_compile/words",
         [](std::size_t n) { return fmt::format(FMT_COMPILE("{} has {} of {}"), strings[n], ints[n], strings[7 - n]); });
#endif
}

bool const registered = (register_all(), true);

}  // namespace
