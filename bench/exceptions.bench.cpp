// SPDX-License-Identifier: MIT
// What an error costs: thrown and caught, through frames, and as a value; beside the standard's exceptions and CPython.
// Ours: ValueError, KeyError, expected, try, ExceptionGroup
#include <amphis/lang/exceptions.hpp>
#include <amphis/lang/generator.hpp>
#include <amphis/lang/try.hpp>
#include <amphis/traceback.hpp>

#include <benchmark/benchmark.h>

#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

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


// ---- an error through 16 levels -----------------------------------------------------------------------------------------

constexpr int levels = 16;

[[gnu::noinline]] amphis::expected<long> as_value(int depth) {
    if (depth == 0) {
        if (input < 0) return amphis::ValueError("Radius cannot be negative");
        return 3 * input * input;
    }
    auto below = as_value(depth - 1);
    if (!below) return std::move(below).error();
    return *below + 1;
}
[[gnu::noinline]] long thrown(int depth) {
    if (depth == 0) return ours(input);
    return thrown(depth - 1) + 1;
}
amphis::generator<long> delegated(int depth) {
    if (depth == 0) {
        co_yield ours(input);
    } else {
        co_yield amphis::yield_from(delegated(depth - 1));
    }
}
/// Each level is a loop over the one below, so the error passes through each.
amphis::generator<long> nested_loops(int depth) {
    if (depth == 0) {
        co_yield ours(input);
    } else {
        for (long x : nested_loops(depth - 1)) co_yield x + 1;
    }
}
/// What C does: a number, and the value through a pointer.
[[gnu::noinline]] int as_code(int depth, long* result) {
    if (depth == 0) {
        if (input < 0) return -1;
        *result = 3 * input * input;
        return 0;
    }
    int const error = as_code(depth - 1, result);
    if (error != 0) return error;
    ++*result;
    return 0;
}

void through_expected(benchmark::State& state) {
    for (auto _ : state) {
        auto const result = as_value(levels);
        benchmark::DoNotOptimize(result.has_value());
    }
}
void through_calls(benchmark::State& state) {
    for (auto _ : state) {
        try {
            benchmark::DoNotOptimize(thrown(levels));
        } catch (amphis::ValueError const& e) {
            benchmark::DoNotOptimize(e.what());
        }
    }
}
template <auto Make>
void through_generators(benchmark::State& state) {
    for (auto _ : state) {
        try {
            for (long x : Make(levels)) benchmark::DoNotOptimize(x);
        } catch (amphis::ValueError const& e) {
            benchmark::DoNotOptimize(e.what());
        }
    }
}
void through_codes(benchmark::State& state) {
    for (auto _ : state) {
        long result = 0;
        benchmark::DoNotOptimize(as_code(levels, &result));
        benchmark::DoNotOptimize(result);
    }
}
void try_alone(benchmark::State& state) {
    for (auto _ : state) {
        auto const result = amphis::try_([] { return ours(input); });
        benchmark::DoNotOptimize(result.has_value());
    }
}
void try_with_handler(benchmark::State& state) {
    for (auto _ : state) {
        benchmark::DoNotOptimize(amphis::try_([] { return ours(input); }, amphis::except<amphis::KeyError>([] { return 1L; }),
                                              amphis::except<amphis::ValueError>([](amphis::ValueError const& e) { return e.what() != nullptr ? 2L : 3L; })));
    }
}

// ---- groups and tracebacks ----------------------------------------------------------------------------------------------

amphis::ExceptionGroup ten() {
    std::vector<amphis::exc_info> errors;
    for (int i = 0; i != 5; ++i) {
        errors.push_back(amphis::ValueError(i));
        errors.push_back(amphis::TypeError(i));
    }
    return amphis::ExceptionGroup("ten", errors);
}
void group_made(benchmark::State& state) {
    for (auto _ : state) benchmark::DoNotOptimize(ten().what());
}
void group_split(benchmark::State& state) {
    amphis::ExceptionGroup const eg = ten();
    for (auto _ : state) benchmark::DoNotOptimize(eg.split<amphis::ValueError>());
}
void star(benchmark::State& state) {
    amphis::ExceptionGroup const eg = ten();
    for (auto _ : state) {
        amphis::except_star([&] { throw eg; }, amphis::on<amphis::ValueError>([] {}), amphis::on<amphis::TypeError>([] {}));
    }
}
void formatted(benchmark::State& state) {
    amphis::ExceptionGroup const eg = ten();
    for (auto _ : state) benchmark::DoNotOptimize(amphis::traceback::format_exception(eg));
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
BENCHMARK(through_expected)->Name("exceptions/expected/error_through_16_levels");
BENCHMARK(through_calls)->Name("exceptions/ValueError/error_through_16_levels");
BENCHMARK(through_generators<delegated>)->Name("exceptions/ValueError/error_through_16_yield_from");
BENCHMARK(through_generators<nested_loops>)->Name("exceptions/ValueError/error_through_16_nested_generators");
BENCHMARK(through_codes)->Name("exceptions/error_codes_by_hand/error_through_16_levels");
BENCHMARK(try_alone)->Name("exceptions/try/raise_to_value");
BENCHMARK(try_with_handler)->Name("exceptions/try/raise");
BENCHMARK(group_made)->Name("exceptions/ExceptionGroup/make_10");
BENCHMARK(group_split)->Name("exceptions/ExceptionGroup/split_10");
BENCHMARK(star)->Name("exceptions/ExceptionGroup/except_star_10");
BENCHMARK(formatted)->Name("exceptions/ExceptionGroup/format_10");
