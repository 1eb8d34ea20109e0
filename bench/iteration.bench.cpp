// SPDX-License-Identifier: MIT
// What iterating costs, an element: beside the loop by hand, the vector that is filled first, std::views, a std::function,
// the sorts of the standard library, range-v3 when it is installed, and CPython.
// Ours: amphis, genexpr
//
// All run over the same 100000 ints, which come from a generator of random numbers and are known to no compiler.
#include <amphis/builtins.hpp>

#include <benchmark/benchmark.h>

#include <algorithm>
#include <cstddef>
#include <functional>
#include <ranges>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#if __has_include(<range/v3/view/zip.hpp>)
#include <range/v3/numeric/accumulate.hpp>
#include <range/v3/view/enumerate.hpp>
#include <range/v3/view/filter.hpp>
#include <range/v3/view/reverse.hpp>
#include <range/v3/view/transform.hpp>
#include <range/v3/view/zip.hpp>
#define AMPHIS_BENCH_RANGE_V3
#endif

namespace {

using namespace amphis::literals;
using amphis::for_, amphis::genexpr, amphis::if_, amphis::None;

constexpr std::size_t count = 100'000;

std::vector<int> numbers(unsigned long long state) {
    std::vector<int> result;
    for (std::size_t i = 0; i != count; ++i) {
        state = state * 6364136223846793005U + 1442695040888963407U;
        result.push_back(static_cast<int>(state >> 44U));
    }
    return result;
}
std::vector<int> const values = numbers(42);
std::vector<int> const others = numbers(43);
std::vector<int> const ordered = amphis::sorted(values);
std::vector<int> const few(values.begin(), values.begin() + 300);
std::vector<std::string> const words = [] {
    std::vector<std::string> result;
    for (int x : values) result.push_back("word" + std::to_string(x % 5000));
    return result;
}();

constexpr auto square = [](int x) { return static_cast<long long>(x) * x; };
constexpr auto odd = [](int x) { return x % 2 != 0; };

template <class Fn>
void bench(char const* name, std::size_t items, Fn fn) {
    benchmark::RegisterBenchmark(("iteration/" + std::string(name)).c_str(), [fn, items](benchmark::State& state) {
        for (auto _ : state) {
            auto const* source = &values;
            benchmark::DoNotOptimize(source);
            benchmark::DoNotOptimize(fn());
            benchmark::ClobberMemory();
        }
        state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations()) * static_cast<std::int64_t>(items));
    });
}

void map_filter_sum() {
    // sum(x * x for x in values if x % 2)
    bench("hand_loop/map_filter_sum", count, [] {
        long long sum = 0;
        for (int x : values) {
            if (odd(x)) sum += square(x);
        }
        return sum;
    });
    bench("genexpr/map_filter_sum", count, [] { return amphis::sum(genexpr(square, for_(values), if_(odd))); });
    bench("amphis_map_of_filter/map_filter_sum", count, [] { return amphis::sum(amphis::map(square, amphis::filter(odd, values))); });
    bench("genexpr_for/map_filter_sum", count, [] {
        long long sum = 0;
        for (long long x : genexpr(square, for_(values), if_(odd))) sum += x;
        return sum;
    });
    bench("std_views/map_filter_sum", count, [] {
        long long sum = 0;
        for (long long x : values | std::views::filter(odd) | std::views::transform(square)) sum += x;
        return sum;
    });
    bench("eager_vectors/map_filter_sum", count, [] {
        std::vector<int> kept;
        for (int x : values) {
            if (odd(x)) kept.push_back(x);
        }
        std::vector<long long> squares;
        for (int x : kept) squares.push_back(square(x));
        long long sum = 0;
        for (long long x : squares) sum += x;
        return sum;
    });
    bench("std_function/map_filter_sum", count, [] {
        std::function<bool(int)> const test = odd;
        std::function<long long(int)> const make = square;
        long long sum = 0;
        for (int x : values) {
            if (test(x)) sum += make(x);
        }
        return sum;
    });
#ifdef AMPHIS_BENCH_RANGE_V3
    bench("range_v3/map_filter_sum", count, [] { return ranges::accumulate(values | ranges::views::filter(odd) | ranges::views::transform(square), 0LL); });
#endif
}

void nested() {
    // sum(x * y for x in few for y in few if x < y)
    bench("hand_loop/nested_sum", few.size() * few.size(), [] {
        long long sum = 0;
        for (int x : few) {
            for (int y : few) {
                if (x < y) sum += static_cast<long long>(x) * y;
            }
        }
        return sum;
    });
    auto const product = [](int x, int y) { return static_cast<long long>(x) * y; };
    auto const less = [](int x, int y) { return x < y; };
    bench("genexpr/nested_sum", few.size() * few.size(), [=] { return amphis::sum(genexpr(product, for_(few), for_(few), if_(less))); });
    bench("genexpr_for/nested_sum", few.size() * few.size(), [=] {
        long long sum = 0;
        for (long long x : genexpr(product, for_(few), for_(few), if_(less))) sum += x;
        return sum;
    });
    bench("std_views/nested_sum", few.size() * few.size(), [=] {
        auto pairs = few | std::views::transform([=](int x) {
                         return few | std::views::filter([=](int y) { return less(x, y); }) | std::views::transform([=](int y) { return product(x, y); });
                     }) |
                     std::views::join;
        long long sum = 0;
        for (long long x : pairs) sum += x;
        return sum;
    });
}

void several() {
    // sum(x ^ y for x, y in zip(values, others))
    bench("hand_loop/zip", count, [] {
        long long sum = 0;
        for (std::size_t i = 0; i != values.size() && i != others.size(); ++i) sum += values[i] ^ others[i];
        return sum;
    });
    bench("amphis/zip", count, [] {
        long long sum = 0;
        for (auto [x, y] : amphis::zip(values, others)) sum += x ^ y;
        return sum;
    });
    bench("eager_vectors/zip", count, [] {
        std::vector<std::pair<int, int>> pairs;
        for (std::size_t i = 0; i != values.size(); ++i) pairs.emplace_back(values[i], others[i]);
        long long sum = 0;
        for (auto const& [x, y] : pairs) sum += x ^ y;
        return sum;
    });
    // sum(i ^ x for i, x in enumerate(values))
    bench("hand_loop/enumerate", count, [] {
        long long sum = 0;
        long long i = 0;
        for (int x : values) sum += i++ ^ x;
        return sum;
    });
    bench("amphis/enumerate", count, [] {
        long long sum = 0;
        for (auto [i, x] : amphis::enumerate(values)) sum += i ^ x;
        return sum;
    });
    // for x in values[::-2]
    bench("hand_loop/slice", count / 2, [] {
        long long sum = 0;
        for (std::size_t i = values.size(); i > 1; i -= 2) sum = sum * 31 + values[i - 1];
        return sum;
    });
    bench("amphis/slice", count / 2, [] {
        long long sum = 0;
        for (int x : amphis::slice(values, None, None, -2)) sum = sum * 31 + x;
        return sum;
    });
    // for i in range(0, n, step)
    bench("hand_loop/range", count, [] {
        int step = 3;
        benchmark::DoNotOptimize(step);
        long long sum = 0;
        for (int i = 0; i < 3 * static_cast<int>(count); i += step) sum = sum * 31 + i;
        return sum;
    });
    bench("amphis/range", count, [] {
        int step = 3;
        benchmark::DoNotOptimize(step);
        long long sum = 0;
        for (int i : amphis::range(0, 3 * static_cast<int>(count), step)) sum = sum * 31 + i;
        return sum;
    });
#ifdef AMPHIS_BENCH_RANGE_V3
    bench("range_v3/zip", count, [] {
        long long sum = 0;
        for (auto [x, y] : ranges::views::zip(values, others)) sum += x ^ y;
        return sum;
    });
    bench("range_v3/enumerate", count, [] {
        long long sum = 0;
        for (auto [i, x] : ranges::views::enumerate(values)) sum += static_cast<long long>(i) ^ x;
        return sum;
    });
#endif
}

void collections() {
    // [x * x for x in values if x % 2]
    bench("hand_loop/list_comprehension", count, [] {
        std::vector<long long> squares;
        for (int x : values) {
            if (odd(x)) squares.push_back(square(x));
        }
        return squares;
    });
    bench("amphis/list_comprehension", count, [] { return amphis::list(square, for_(values), if_(odd)); });
    // {word: i for i, word in enumerate(words)}
    bench("hand_loop/dict_comprehension", count, [] {
        std::unordered_map<std::string, std::ptrdiff_t> last;
        std::ptrdiff_t i = 0;
        for (std::string const& word : words) last.insert_or_assign(word, i++);
        return last.size();
    });
    bench("amphis/dict_comprehension", count, [] {
        return amphis::dict([](std::ptrdiff_t i, std::string const& word) { return std::pair<std::string const&, std::ptrdiff_t>(word, i); },
                            for_(amphis::enumerate(words)))
            .size();
    });
}

void sorting() {
    bench("amphis/sorted", count, [] { return amphis::sorted(values); });
    bench("std_stable_sort/sorted", count, [] {
        std::vector<int> copy = values;
        std::ranges::stable_sort(copy);
        return copy;
    });
    bench("std_sort/sorted", count, [] {
        std::vector<int> copy = values;
        std::ranges::sort(copy);
        return copy;
    });
    bench("amphis/sorted_already", count, [] { return amphis::sorted(ordered); });
    bench("std_stable_sort/sorted_already", count, [] {
        std::vector<int> copy = ordered;
        std::ranges::stable_sort(copy);
        return copy;
    });
    bench("std_sort/sorted_already", count, [] {
        std::vector<int> copy = ordered;
        std::ranges::sort(copy);
        return copy;
    });
    bench("amphis/sorted_words", count, [] { return amphis::sorted(words); });
    bench("std_stable_sort/sorted_words", count, [] {
        std::vector<std::string> copy = words;
        std::ranges::stable_sort(copy);
        return copy;
    });
    auto const digits = [](int x) { return std::to_string(x); };
    bench("amphis/sorted_by_key", count, [=] { return amphis::sorted(values, "key"_k = digits); });
    bench("std_stable_sort/sorted_by_key", count, [=] {
        std::vector<int> copy = values;
        std::ranges::stable_sort(copy, {}, digits);  // makes a key for each comparison
        return copy;
    });
}

[[maybe_unused]] bool const registered = [] {
    map_filter_sum();
    nested();
    several();
    collections();
    sorting();
    return true;
}();

}  // namespace
