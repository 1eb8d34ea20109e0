// SPDX-License-Identifier: MIT
// Lazy adaptors and generator expressions are the loops they stand for: each gate runs over 1000 elements, and what a limit allows
// beyond the loop by hand is for all of them: +60 is for setting up, +1000 for one instruction an element.
//
// What is consumed whole (sum, list, ...) takes what the loop by hand takes. A for loop over a filter takes g++ 12 about two
// instructions more, since it asks twice whether the end is reached, as it does of std::views::filter.
#include "gate.hpp"

#include <amphis/builtins.hpp>

#include <cstddef>
#include <vector>

namespace {

constexpr std::size_t size = 1000;
std::vector<int> const values = amphis::list(amphis::range(static_cast<int>(size)));
std::vector<int> const others = amphis::list(amphis::range(static_cast<int>(size), 0, -1));

std::vector<int> const few = amphis::list(amphis::slice(values, 32));
std::vector<int> const fewer = amphis::list(amphis::slice(others, -48, -16));

std::vector<long long> const longs = amphis::to<std::vector<long long>>(values);

// Not for the vectoriser, which measures how much it knows of the loop, and not what an element costs.
[[gnu::always_inline]] inline int mix(int x, int y) { return opaque(x) * 31 + y; }
constexpr auto square = [](int x) { return mix(x, x); };
constexpr auto product = [](int x, int y) { return mix(x, y); };
constexpr auto odd = [](int x) { return x % 2 != 0; };

}  // namespace

GATE("iteration/loop/count", reference()) {
    for (auto _ : state) {
        int sum = 0;
        int const n = opaque(static_cast<int>(size));
        for (int i = 0; i < n; ++i) sum = mix(sum, i);
        keep(sum);
    }
}
GATE("iteration/range/for", no_more_than("iteration/loop/count", +60)) {
    for (auto _ : state) {
        int sum = 0;
        for (int i : amphis::range(opaque(static_cast<int>(size)))) sum = mix(sum, i);
        keep(sum);
    }
}
GATE("iteration/loop/step", reference()) {
    for (auto _ : state) {
        int sum = 0;
        int const n = opaque(3 * static_cast<int>(size));
        int const step = opaque(3);
        for (int i = 0; i < n; i += step) sum = mix(sum, i);
        keep(sum);
    }
}
GATE("iteration/range/step", no_more_than("iteration/loop/step", +1060)) {
    for (auto _ : state) {
        int sum = 0;
        for (int i : amphis::range(0, opaque(3 * static_cast<int>(size)), opaque(3))) sum = mix(sum, i);
        keep(sum);
    }
}

GATE("iteration/loop/index", reference()) {
    for (auto _ : state) {
        int sum = 0;
        int i = 0;
        for (int x : values) sum = mix(sum, x) ^ i++;
        keep(sum);
    }
}
GATE("iteration/enumerate/vector", no_more_than("iteration/loop/index", +60)) {
    for (auto _ : state) {
        int sum = 0;
        for (auto [i, x] : amphis::enumerate(values)) sum = mix(sum, x) ^ static_cast<int>(i);
        keep(sum);
    }
}

GATE("iteration/loop/two", reference()) {
    for (auto _ : state) {
        int sum = 0;
        std::size_t const n = values.size() < others.size() ? values.size() : others.size();
        for (std::size_t i = 0; i != n; ++i) sum = mix(sum, values[i] ^ others[i]);
        keep(sum);
    }
}
GATE("iteration/zip/two", no_more_than("iteration/loop/two", +1060)) {
    for (auto _ : state) {
        int sum = 0;
        for (auto [x, y] : amphis::zip(values, others)) sum = mix(sum, x ^ y);
        keep(sum);
    }
}
GATE("iteration/loop/three", reference()) {
    for (auto _ : state) {
        int sum = 0;
        for (std::size_t i = 0; i != values.size() && i != others.size(); ++i) sum = mix(sum, values[i] ^ others[i]) + static_cast<int>(i);
        keep(sum);
    }
}
GATE("iteration/zip/three", no_more_than("iteration/loop/three", +60)) {
    for (auto _ : state) {
        int sum = 0;
        for (auto [x, y, i] : amphis::zip(values, others, amphis::range(static_cast<int>(size)))) sum = mix(sum, x ^ y) + i;
        keep(sum);
    }
}

GATE("iteration/loop/map", reference()) {
    for (auto _ : state) {
        int sum = 0;
        for (int x : values) sum ^= square(x);
        keep(sum);
    }
}
GATE("iteration/map/for", no_more_than("iteration/loop/map", +60)) {
    for (auto _ : state) {
        int sum = 0;
        for (int x : amphis::map(square, values)) sum ^= x;
        keep(sum);
    }
}
GATE("iteration/loop/filter", reference()) {
    for (auto _ : state) {
        int sum = 0;
        for (int x : values) {
            if (odd(x)) sum = mix(sum, x);
        }
        keep(sum);
    }
}
GATE("iteration/filter/for", no_more_than("iteration/loop/filter", +2060)) {
    for (auto _ : state) {
        int sum = 0;
        for (int x : amphis::filter(odd, values)) sum = mix(sum, x);
        keep(sum);
    }
}
GATE("iteration/loop/slice", reference()) {
    for (auto _ : state) {
        int sum = 0;
        for (std::size_t i = values.size(); i-- > 0;) sum = mix(sum, values[i]);
        keep(sum);
    }
}
GATE("iteration/reversed/for", no_more_than("iteration/loop/slice", +1060)) {
    for (auto _ : state) {
        int sum = 0;
        for (int x : amphis::reversed(values)) sum = mix(sum, x);
        keep(sum);
    }
}
GATE("iteration/slice/for", no_more_than("iteration/loop/slice", +260)) {
    for (auto _ : state) {
        int sum = 0;
        for (int x : amphis::slice(values, amphis::None, amphis::None, -1)) sum = mix(sum, x);
        keep(sum);
    }
}

// sum(square(x) for x in values if odd(x))
GATE("iteration/loop/map_filter_sum", reference()) {
    for (auto _ : state) {
        long long sum = 0;
        for (int x : values) {
            if (odd(x)) sum += square(x);
        }
        keep(sum);
    }
}
GATE("iteration/genexpr/sum", no_more_than("iteration/loop/map_filter_sum", +60)) {
    for (auto _ : state) keep(amphis::sum(amphis::genexpr(square, amphis::for_(values), amphis::if_(odd))));
}
GATE("iteration/genexpr/for", no_more_than("iteration/loop/map_filter_sum", +1560)) {
    for (auto _ : state) {
        long long sum = 0;
        for (int x : amphis::genexpr(square, amphis::for_(values), amphis::if_(odd))) sum += x;
        keep(sum);
    }
}
GATE("iteration/map_of_filter/sum", no_more_than("iteration/loop/map_filter_sum", +60)) {
    for (auto _ : state) keep(amphis::sum(amphis::map(square, amphis::filter(odd, values))));
}
GATE("iteration/map_of_filter/for", no_more_than("iteration/loop/map_filter_sum", +1560)) {
    for (auto _ : state) {
        long long sum = 0;
        for (int x : amphis::map(square, amphis::filter(odd, values))) sum += x;
        keep(sum);
    }
}

// sum(x * y for x in few for y in fewer if x < y)
GATE("iteration/loop/nested_sum", reference()) {
    for (auto _ : state) {
        long long sum = 0;
        for (int x : few) {
            for (int y : fewer) {
                if (x < y) sum += product(x, y);
            }
        }
        keep(sum);
    }
}
GATE("iteration/genexpr/nested_sum", no_more_than("iteration/loop/nested_sum", +120)) {
    for (auto _ : state) {
        keep(amphis::sum(amphis::genexpr(product, amphis::for_(few), amphis::for_(fewer),
                                         amphis::if_([](int x, int y) { return x < y; }))));
    }
}
GATE("iteration/genexpr/nested_for", no_more_than("iteration/loop/nested_sum", +1060)) {
    for (auto _ : state) {
        long long sum = 0;
        for (int x : amphis::genexpr(product, amphis::for_(few), amphis::for_(fewer),
                                     amphis::if_([](int x, int y) { return x < y; }))) {
            sum += x;
        }
        keep(sum);
    }
}

GATE("iteration/loop/push_back", reference()) {
    for (auto _ : state) {
        std::vector<int> squares;
        squares.reserve(values.size());
        for (int x : values) squares.push_back(square(x));
        keep(squares.data());
    }
}
GATE("iteration/list/genexpr", no_more_than("iteration/loop/push_back", +60)) {
    for (auto _ : state) {
        auto const squares = amphis::list(square, amphis::for_(values));
        keep(squares.data());
    }
}
GATE("iteration/list/map", no_more_than("iteration/loop/push_back", +60)) {
    for (auto _ : state) {
        auto const squares = amphis::list(amphis::map(square, values));
        keep(squares.data());
    }
}
GATE("iteration/loop/sum", reference()) {
    for (auto _ : state) {
        keep(&values);
        long long sum = 0;
        for (int x : values) sum += x;
        keep(sum);
    }
}
GATE("iteration/sum/vector", no_more_than("iteration/loop/sum", +60)) {
    for (auto _ : state) {
        keep(&values);
        keep(amphis::sum(values));
    }
}
GATE("iteration/loop/sum_long", reference()) {
    for (auto _ : state) {
        long long sum = 0;
        for (long long x : longs) {
            if (opaque(x) % 2 != 0) sum += x;
        }
        keep(sum);
    }
}
GATE("iteration/sum/long", no_more_than("iteration/loop/sum_long", +2060)) {
    for (auto _ : state) keep(amphis::sum(amphis::filter([](long long x) { return opaque(x) % 2 != 0; }, longs)));
}
GATE("iteration/loop/any", reference()) {
    for (auto _ : state) {
        bool found = false;
        for (int x : values) {
            if (mix(x, 1) < 0) {
                found = true;
                break;
            }
        }
        keep(found);
    }
}
GATE("iteration/any/genexpr", no_more_than("iteration/loop/any", +60)) {
    for (auto _ : state) keep(amphis::any(amphis::genexpr([](int x) { return mix(x, 1) < 0; }, amphis::for_(values))));
}
GATE("iteration/loop/next", reference()) {
    for (auto _ : state) {
        int sum = 0;
        auto it = values.begin();
        while (it != values.end()) sum = mix(sum, *it++);
        keep(sum);
    }
}
GATE("iteration/iter/for", no_more_than("iteration/loop/next", +60)) {
    for (auto _ : state) {
        int sum = 0;
        for (int x : amphis::iter(values)) sum = mix(sum, x);
        keep(sum);
    }
}
