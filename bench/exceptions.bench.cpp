// SPDX-License-Identifier: MIT
// What an error costs: thrown and caught, through frames, and as a value; beside the standard's exceptions and CPython.
// Ours: ValueError, KeyError
#include <amphis/lang/exceptions.hpp>

#include <benchmark/benchmark.h>

#include <optional>
#include <stdexcept>
#include <string>

namespace {

long input = -1;  // not a constant to the compiler

[[gnu::noinline]] long ours(long radius) {
    if (radius < 0) amphis::detail::throw_<amphis::ValueError>("Radius cannot be negative");
    return 3 * radius * radius;
}
[[gnu::noinline]] long ours_with_number(long radius) {
    if (radius < 0) throw amphis::ValueError("Radius cannot be negative", radius);
    return 3 * radius * radius;
}
[[gnu::noinline]] long ours_key(long key) {
    if (key < 0) throw amphis::KeyError(key);
    return key;
}
[[gnu::noinline]] long standard(long radius) {
    if (radius < 0) throw std::invalid_argument("Radius cannot be negative");
    return 3 * radius * radius;
}
[[gnu::noinline]] long standard_with_number(long radius) {
    if (radius < 0) throw std::invalid_argument("Radius cannot be negative, " + std::to_string(radius));
    return 3 * radius * radius;
}
[[gnu::noinline]] long standard_key(long key) {
    if (key < 0) throw std::out_of_range(std::to_string(key));
    return key;
}
[[gnu::noinline]] std::optional<long> value(long radius) {
    if (radius < 0) return std::nullopt;
    return 3 * radius * radius;
}
template <long (*Fn)(long)>
[[gnu::noinline]] long nested(long depth) {
    if (depth == 0) return Fn(input);
    return nested<Fn>(depth - 1) + 1;
}

template <class Caught, long (*Fn)(long)>
void caught(benchmark::State& state) {
    for (auto _ : state) {
        try {
            benchmark::DoNotOptimize(Fn(input));
        } catch (Caught const& e) {
            benchmark::DoNotOptimize(e.what());
        }
    }
}
long ten_of_ours(long) { return nested<ours>(10); }
long ten_of_standard(long) { return nested<standard>(10); }

void returned(benchmark::State& state) {
    for (auto _ : state) benchmark::DoNotOptimize(value(input));
}
template <long (*Fn)(long)>
void not_thrown(benchmark::State& state) {
    input = 7;
    for (auto _ : state) benchmark::DoNotOptimize(Fn(input));
    input = -1;
}
template <class E>
void made(benchmark::State& state) {
    for (auto _ : state) {
        E const e("Radius cannot be negative");
        benchmark::DoNotOptimize(e.what());
    }
}

}  // namespace

BENCHMARK(caught<amphis::ValueError, ours>)->Name("exceptions/ValueError/raise");
BENCHMARK(caught<std::invalid_argument, standard>)->Name("exceptions/std_invalid_argument/raise");
BENCHMARK(returned)->Name("exceptions/optional/raise");
BENCHMARK(caught<std::exception, ours>)->Name("exceptions/ValueError/raise_as_base");
BENCHMARK(caught<std::exception, standard>)->Name("exceptions/std_invalid_argument/raise_as_base");
BENCHMARK(caught<amphis::ValueError, ours_with_number>)->Name("exceptions/ValueError/raise_with_number");
BENCHMARK(caught<std::invalid_argument, standard_with_number>)->Name("exceptions/std_invalid_argument/raise_with_number");
BENCHMARK(caught<amphis::KeyError, ours_key>)->Name("exceptions/KeyError/raise_key");
BENCHMARK(caught<std::out_of_range, standard_key>)->Name("exceptions/std_out_of_range/raise_key");
BENCHMARK(caught<amphis::ValueError, ten_of_ours>)->Name("exceptions/ValueError/raise_through_10_calls");
BENCHMARK(caught<std::invalid_argument, ten_of_standard>)->Name("exceptions/std_invalid_argument/raise_through_10_calls");
BENCHMARK(not_thrown<ours>)->Name("exceptions/ValueError/no_error");
BENCHMARK(not_thrown<standard>)->Name("exceptions/std_invalid_argument/no_error");
BENCHMARK(made<amphis::ValueError>)->Name("exceptions/ValueError/make");
BENCHMARK(made<std::invalid_argument>)->Name("exceptions/std_invalid_argument/make");
