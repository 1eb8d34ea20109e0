// SPDX-License-Identifier: MIT
// What printing and the functions of numbers cost: beside what one writes by hand, libfmt when it is installed, and CPython.
// Ours: repr, print, divmod, floordiv, mod, round, pow, len, hash, max
//
// All print to /dev/null through a stdio buffer or a stream's. The numbers of a case are the same for all, and come from
// an array, so that no division has a divisor the compiler knows, but for the cases called constant.
#include <amphis/builtins.hpp>

#include <benchmark/benchmark.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#if __has_include(<fmt/format.h>)
#define FMT_HEADER_ONLY
#include <fmt/format.h>
#include <fmt/ranges.h>
#define AMPHIS_BENCH_FMT
#endif

namespace {

using namespace amphis::literals;

constexpr std::size_t count = 1024;
std::vector<long> dividends, divisors;
std::vector<double> floats;
std::vector<int> const small = [] {
    std::vector<int> result;
    for (int i = 0; i != 100; ++i) result.push_back(i * i * 31 % 9973);
    return result;
}();
std::map<std::string, std::vector<int>> const table{{"alpha", {1, 22, 333}}, {"beta", {}}, {"gamma", {4444}}};
std::string const ascii(1000, 'x');
std::string const accented = [] {
    std::string result;
    for (int i = 0; i != 250; ++i) result += "ab\xc3\xa9";
    return result;
}();
std::FILE* const null_file = std::fopen("/dev/null", "w");
std::ofstream null_stream("/dev/null");

void fill() {
    unsigned long long state = 42;
    auto const next = [&state] { return state = state * 6364136223846793005U + 1442695040888963407U; };
    for (std::size_t i = 0; i != count; ++i) {
        dividends.push_back(static_cast<long>(next() >> 33U) - (1L << 30U));
        divisors.push_back((static_cast<long>(next() >> 50U) - (1L << 13U)) | 1);
        floats.push_back(static_cast<double>(next() >> 40U) / 1000.0 - 8000.0);
    }
}

template <class One>
void each(char const* name, One one) {
    benchmark::RegisterBenchmark(("builtins/" + std::string(name)).c_str(), [one](benchmark::State& state) {
        std::size_t n = 0;
        for (auto _ : state) {
            n = (n + 1) % count;
            if constexpr (std::is_void_v<decltype(one(n))>) {
                one(n);
            } else {
                benchmark::DoNotOptimize(one(n));
            }
        }
    });
}

template <class List>
void stream_list(std::ostream& out, List const& list) {
    out << '[';
    char const* separator = "";
    for (auto const& element : list) {
        out << separator << element;
        separator = ", ";
    }
    out << ']';
}

void register_repr() {
    static std::vector<double> const hundred(floats.begin(), floats.begin() + 100);
    each("repr/list_int/100", [](std::size_t) { return amphis::repr(small); });
    each("ostringstream/list_int/100", [](std::size_t) {
        std::ostringstream out;
        stream_list(out, small);
        return out.str();
    });
    each("to_string/list_int/100", [](std::size_t) {
        std::string out = "[";
        for (int i : small) out += std::to_string(i) + ", ";
        out.resize(out.size() - 2);
        return out + "]";
    });
    each("repr/list_float/100", [](std::size_t) { return amphis::repr(hundred); });
    each("ostringstream/list_float/100", [](std::size_t) {
        std::ostringstream out;
        out.precision(17);  // the least that reads back to the same double, always
        stream_list(out, hundred);
        return out.str();
    });
    each("repr/dict", [](std::size_t) { return amphis::repr(table); });
    each("ostringstream/dict", [](std::size_t) {
        std::ostringstream out;
        out << '{';
        char const* separator = "";
        for (auto const& [key, list] : table) {
            out << separator << '\'' << key << "': ";
            stream_list(out, list);
            separator = ", ";
        }
        out << '}';
        return out.str();
    });
#if defined(AMPHIS_BENCH_FMT)
    each("fmt/list_int/100", [](std::size_t) { return fmt::format("{}", small); });
    each("fmt/list_float/100", [](std::size_t) { return fmt::format("{}", hundred); });
    each("fmt/dict", [](std::size_t) { return fmt::format("{}", table); });
#endif
}

void register_print() {
    // Three values: a str, an int, a float with three decimals.
    each("print/line", [](std::size_t n) { amphis::print("total", dividends[n], floats[n], "file"_k = null_file); });
    each("fprintf/line", [](std::size_t n) { std::fprintf(null_file, "total %ld %.3f\n", dividends[n], floats[n]); });
    each("ostream/line", [](std::size_t n) { null_stream << "total " << dividends[n] << ' ' << floats[n] << '\n'; });
    each("print/str", [](std::size_t) { amphis::print("Hello, world!", "file"_k = null_file); });
    each("fprintf/str", [](std::size_t) { std::fprintf(null_file, "%s\n", "Hello, world!"); });
    each("ostream/str", [](std::size_t) { null_stream << "Hello, world!" << '\n'; });
#if defined(AMPHIS_BENCH_FMT)
    each("fmt/line", [](std::size_t n) { fmt::print(null_file, "total {} {}\n", dividends[n], floats[n]); });
    each("fmt/str", [](std::size_t) { fmt::print(null_file, "{}\n", "Hello, world!"); });
#endif
}

/// By hand, and right: no check for zero or overflow.
constexpr long floor_by_hand(long a, long b) {
    long const quotient = a / b;
    return quotient - (quotient * b != a && (a < 0) != (b < 0));
}

void register_numbers() {
    each("divmod/divmod", [](std::size_t n) { return amphis::divmod(dividends[n], divisors[n]); });
    each("operators/divmod", [](std::size_t n) { return std::pair(dividends[n] / divisors[n], dividends[n] % divisors[n]); });
    each("floordiv/floordiv", [](std::size_t n) { return amphis::floordiv(dividends[n], divisors[n]); });
    each("by_hand/floordiv", [](std::size_t n) { return floor_by_hand(dividends[n], divisors[n]); });
    each("std_floor/floordiv", [](std::size_t n) {
        return static_cast<long>(std::floor(static_cast<double>(dividends[n]) / static_cast<double>(divisors[n])));
    });
    each("mod/mod_constant", [](std::size_t n) { return amphis::mod(dividends[n], 24L); });
    each("operators/mod_constant", [](std::size_t n) { return dividends[n] % 24; });
    each("by_hand/mod_constant", [](std::size_t n) { return (dividends[n] % 24 + 24) % 24; });

    each("round/round", [](std::size_t n) { return amphis::round(floats[n]); });
    each("std_lrint/round", [](std::size_t n) { return std::lrint(floats[n]); });
    each("round/round_digits", [](std::size_t n) { return amphis::round(floats[n], 2); });
    each("scaled/round_digits", [](std::size_t n) { return std::nearbyint(floats[n] * 100) / 100; });  // wrong for 2.675
    each("snprintf/round_digits", [](std::size_t n) {
        char buffer[400];
        std::snprintf(buffer, sizeof(buffer), "%.2f", floats[n]);
        return std::strtod(buffer, nullptr);
    });

    each("pow/pow_int", [](std::size_t n) { return amphis::pow(static_cast<int>(n % 8), 11); });
    each("std_pow/pow_int", [](std::size_t n) { return static_cast<long long>(std::pow(static_cast<int>(n % 8), 11)); });
    each("pow/pow_mod", [](std::size_t n) { return amphis::pow(dividends[n], 1'000'003, 1'000'000'007); });

    each("len/len_ascii/1000", [](std::size_t) { return amphis::len(ascii); });
    each("len/len_accented/750", [](std::size_t) { return amphis::len(accented); });
    each("by_hand/len_accented/750", [](std::size_t) {
        std::ptrdiff_t characters = 0;
        for (char c : accented) characters += (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
        return characters;
    });
    each("hash/hash_float", [](std::size_t n) { return amphis::hash(floats[n]); });
    each("std_hash/hash_float", [](std::size_t n) { return std::hash<double>()(floats[n]); });
    each("max/max_mixed", [](std::size_t n) { return amphis::max(dividends[n], 5U, 7); });
    each("std_max/max_mixed", [](std::size_t n) { return std::max({dividends[n], 5L, 7L}); });
}

bool const registered = (fill(), register_repr(), register_print(), register_numbers(), true);

}  // namespace
