// SPDX-License-Identifier: MIT
// sorted(): expected values are CPython 3.11's; the comments show the expression.
#include <amphis/builtins.hpp>
#include <amphis/lang/generator.hpp>

#include <algorithm>
#include <array>
#include <list>
#include <random>
#include <string>
#include <type_traits>
#include <vector>

#include "support/catch.hpp"
#include "support/probes.hpp"

using namespace amphis::literals;
using namespace std::string_literals;
using amphis::list, amphis::range, amphis::repr, amphis::sorted;

namespace {

using ints = std::vector<int>;

struct Person {
    std::string name;
    int age = 0;
};

/// Counts what it takes.
struct counted {
    static inline int comparisons = 0;
    int value = 0;
    friend bool operator<(counted const& a, counted const& b) { return ++comparisons, a.value < b.value; }
};

}  // namespace

TEST_CASE("sorted: orders any range", "[builtins][sorted]") {
    CHECK(sorted(ints{3, 1, 2}) == ints{1, 2, 3});
    CHECK(sorted(ints{}).empty());
    CHECK(sorted(ints{1}) == ints{1});
    CHECK(sorted("hello") == std::vector{'e', 'h', 'l', 'l', 'o'});
    CHECK(sorted(std::list{2.5, -1.0}) == std::vector{-1.0, 2.5});
    CHECK(sorted(range(3, 0, -1)) == ints{1, 2, 3});
    CHECK(sorted(probes::input_iterable{2, 1}) == ints{1, 2});
    CHECK(repr(sorted(amphis::zip(ints{2, 1, 2}, "bca"))) == "[(1, 'c'), (2, 'a'), (2, 'b')]");
    CHECK(sorted(std::vector{true, false, true}) == std::vector{false, true, true});
    CHECK(sorted(std::vector{true, false, true}, "reverse"_k = true) == std::vector{true, true, false});
    int const pair[] = {1, 2};
    CHECK(sorted(std::vector{&pair[1], &pair[0]}) == std::vector{&pair[0], &pair[1]});  // pointers, by address
    ints const unchanged{2, 1};
    CHECK(sorted(unchanged) == ints{1, 2});
    CHECK(unchanged == ints{2, 1});
}

TEST_CASE("sorted: by key and backwards, stable both ways", "[builtins][sorted]") {
    std::vector const words{"banana"s, "fig"s, "apple"s, "kiwi"s, "nut"s};
    // >>> sorted(words, key=len), sorted(words, key=len, reverse=True)
    CHECK(sorted(words, "key"_k = amphis::len) == std::vector{"fig"s, "nut"s, "kiwi"s, "apple"s, "banana"s});
    CHECK(sorted(words, "key"_k = amphis::len, "reverse"_k = true) == std::vector{"banana"s, "apple"s, "kiwi"s, "fig"s, "nut"s});
    CHECK(sorted(words, "reverse"_k = true) == std::vector{"nut"s, "kiwi"s, "fig"s, "banana"s, "apple"s});
    CHECK(sorted(words, "key"_k = amphis::None) == sorted(words));
    CHECK(list(amphis::map(&Person::name, sorted(std::vector<Person>{{"b", 2}, {"a", 1}, {"c", 1}}, "key"_k = &Person::age))) == std::vector{"a"s, "c"s, "b"s});
}

TEST_CASE("sorted: calls key once for each element, in order", "[builtins][sorted]") {
    ints asked;
    CHECK(sorted(ints{3, 1, 2}, "key"_k = [&asked](int x) { return asked.push_back(x), -x; }) == ints{3, 2, 1});
    CHECK(asked == ints{3, 1, 2});
}

TEST_CASE("sorted: agrees with std::sort, and is stable", "[builtins][sorted]") {
    std::mt19937 random(20240607);
    for (int size : {2, 15, 16, 31, 32, 33, 63, 64, 65, 100, 1000, 4097}) {
        for (int distinct : {2, 10, 100000}) {
            std::vector<std::pair<int, int>> values;
            for (int i = 0; i < size; ++i) values.emplace_back(static_cast<int>(random() % static_cast<unsigned>(distinct)), i);
            auto expected = values;
            std::ranges::sort(expected);  // the second of each pair is its place
            REQUIRE(sorted(values, "key"_k = &std::pair<int, int>::first) == expected);
            std::ranges::sort(expected, [](auto const& a, auto const& b) { return a.first != b.first ? a.first > b.first : a.second < b.second; });
            auto again = sorted(values, "key"_k = &std::pair<int, int>::first, "reverse"_k = true);
            REQUIRE(again == expected);
        }
    }
}

TEST_CASE("sorted: what is in order already takes n - 1 comparisons", "[builtins][sorted]") {
    auto const comparisons = [](auto&& numbers) {
        auto const values = list(amphis::map([](int x) { return counted{x}; }, numbers));
        counted::comparisons = 0;
        static_cast<void>(sorted(values));
        return counted::comparisons;
    };
    CHECK(comparisons(range(1000)) == 999);
    CHECK(comparisons(range(1000, 0, -1)) == 999);
    CHECK(comparisons(amphis::map([](int) { return 0; }, range(1000))) == 999);
    CHECK(comparisons(amphis::map([](int x) { return x * 7919 % 1009; }, range(1000))) < 10000);  // n log2(n)
}

TEST_CASE("sorted: moves the elements of a temporary, and copies no others twice", "[builtins][sorted]") {
    std::vector<probes::move_only> only;
    only.emplace_back(2);
    only.emplace_back(1);
    auto const ordered = sorted(std::move(only), "key"_k = &probes::move_only::value);
    CHECK(ordered[0].value == 1);
    std::vector<probes::tracked> tracked{3, 1, 2};
    probes::tracked::reset();
    static_cast<void>(sorted(tracked));
    CHECK(probes::tracked::copies == 3);
    probes::tracked::reset();
    static_cast<void>(sorted(std::move(tracked)));
    CHECK(probes::tracked::copies == 0);
}

TEST_CASE("sorted: an exception leaves nothing behind", "[builtins][sorted]") {
    using probes::countdown, probes::throws_on_nth;
    int failures = 0;
    for (int n = 1;; ++n) {
        countdown::disarm();
        std::vector<throws_on_nth> values;
        for (int i = 0; i < 70; ++i) values.emplace_back(i * 37 % 11);
        countdown::arm(n);
        try {
            static_cast<void>(sorted(values));
            break;
        } catch (probes::probe_error const&) {
            ++failures;
        }
    }
    countdown::disarm();
    CHECK(failures > 100);
    CHECK(throws_on_nth::live == 0);
    CHECK_THROWS_AS(sorted(ints{1, 2}, "key"_k = [](int) -> int { throw amphis::ValueError("key"); }), amphis::ValueError);
}

static_assert(sorted(std::array{3, 1, 2})[0] == 1);
static_assert(sorted(std::array{3, 1, 2}, "key"_k = [](int x) { return -x; })[0] == 3);
