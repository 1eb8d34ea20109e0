// SPDX-License-Identifier: MIT
// sum, any, all, and min and max of ranges: expected values are CPython 3.11's; the comments show the expression.
// Lib/test/test_builtin.py has the cases.
#include <amphis/builtins.hpp>
#include <amphis/lang/generator.hpp>

#include <array>
#include <chrono>
#include <climits>
#include <complex>
#include <list>
#include <memory>
#include <optional>
#include <string>
#include <type_traits>
#include <vector>

#include "support/catch.hpp"
#include "support/probes.hpp"

using namespace amphis::literals;
using namespace std::string_literals;
using amphis::all, amphis::any, amphis::generator, amphis::map, amphis::None, amphis::range, amphis::sum;

namespace {

using ints = std::vector<int>;

generator<int> count_to(int n) {
    for (int i = 0; i < n; ++i) co_yield i;
}
struct Person {
    std::string name;
    int age = 0;
};

}  // namespace

static_assert(std::is_same_v<decltype(sum(ints{})), long long>);
static_assert(std::is_same_v<decltype(sum(std::vector<unsigned>{})), unsigned long long>);
static_assert(std::is_same_v<decltype(sum(std::vector<float>{})), double>);
static_assert(std::is_same_v<decltype(sum(ints{}, 0.0)), double>);
static_assert(std::is_same_v<decltype(sum(std::vector<unsigned>{}, -1)), long long>);
static_assert(sum(range(101)) == 5050);

TEST_CASE("sum: adds the elements up", "[builtins][sum]") {
    CHECK(sum(ints{}) == 0);
    CHECK(sum(range(2, 8)) == 27);
    CHECK(sum(ints{INT_MAX, INT_MAX}) == 2LL * INT_MAX);
    CHECK(sum(std::vector{0.5, 0.25}) == 0.75);
    CHECK(sum(std::vector{0.5F, 0.25F}) == 0.75);
    CHECK(sum(std::vector<double>(10, 0.1)) == 0.9999999999999999);  // >>> sum([0.1] * 10)
    CHECK(sum(std::vector{true, false, true}) == 2);
    CHECK(sum(count_to(5)) == 10);
    CHECK(sum(probes::input_iterable{1, 2}) == 3);
    CHECK(sum(std::vector<unsigned char>(300, 255)) == 76500);
}

TEST_CASE("sum: begins with start", "[builtins][sum]") {
    CHECK(sum(ints{1, 2}, 10) == 13);
    CHECK(sum(ints{1, 2}, "start"_k = 10) == 13);
    CHECK(sum(ints{1, 2}, 0.5) == 3.5);
    CHECK(sum(std::vector<unsigned>{1}, -5) == -4);
    CHECK(sum(std::vector<std::complex<double>>{{1, 2}, {3, 4}}) == std::complex<double>(4, 6));
    CHECK(sum(std::vector{std::chrono::seconds(1)}, std::chrono::milliseconds(5)) == std::chrono::milliseconds(1005));
}

TEST_CASE("sum: says when 64 bits are too few", "[builtins][sum]") {
    CHECK_THROWS_AS(sum(std::vector{LLONG_MAX, 1LL}), amphis::OverflowError);
    CHECK_THROWS_AS(sum(std::vector{LLONG_MIN, -1LL}), amphis::OverflowError);
    CHECK_THROWS_AS(sum(std::vector{ULLONG_MAX, 1ULL}), amphis::OverflowError);
    CHECK_THROWS_AS(sum(ints{1}, LLONG_MAX), amphis::OverflowError);
    CHECK_THROWS_AS(sum(std::vector{ULLONG_MAX}, -1), amphis::OverflowError);
    CHECK(sum(std::vector{LLONG_MAX, -1LL}) == LLONG_MAX - 1);
    CHECK(sum(std::vector{LLONG_MAX, 1LL, -2LL}) == LLONG_MAX - 1);  // only the result has to fit
    CHECK(sum(std::vector{ULLONG_MAX, 0ULL}) == ULLONG_MAX);
}

TEST_CASE("any and all: of the truth of the elements, and no further than need be", "[builtins][any][all]") {
    CHECK_FALSE(any(ints{}));
    CHECK(all(ints{}));
    CHECK(any(ints{0, 2}));
    CHECK_FALSE(any(ints{0, 0}));
    CHECK_FALSE(all(ints{1, 0}));
    CHECK(all(range(1, 3)));
    CHECK(any(std::vector{""s, "a"s}));
    CHECK_FALSE(all(std::vector{""s, "a"s}));
    CHECK(any(std::vector{false, true}));
    CHECK(any(std::vector<std::unique_ptr<int>>(1)) == false);
    auto g = count_to(10);
    CHECK(any(g));
    CHECK(g.next() == 2);
    CHECK_FALSE(all(map([](int x) { return x < 5; }, g)));
    CHECK(g.next() == 6);
}

TEST_CASE("min and max: of a range", "[builtins][min][max]") {
    CHECK(amphis::min(ints{3, 1, 2}) == 1);
    CHECK(amphis::max(ints{3, 1, 2}) == 3);
    CHECK(amphis::max(range(5)) == 4);
    CHECK(amphis::min("hello") == 'e');
    CHECK(amphis::max(count_to(4)) == 3);
    CHECK(amphis::min(probes::input_iterable{2, 1, 3}) == 1);
    CHECK(amphis::max(std::list{0.5, 2.5}) == 2.5);
    CHECK(amphis::min(map([](int x) { return -x; }, range(4))) == -3);
}

TEST_CASE("min and max: of a range by key; the first of equals", "[builtins][min][max]") {
    std::vector const words{"pear"s, "fig"s, "plum"s, "nut"s};
    CHECK(amphis::min(words, "key"_k = amphis::len) == "fig");
    CHECK(amphis::max(words, "key"_k = amphis::len) == "pear");
    CHECK(amphis::max(words, "key"_k = &std::string::size) == "pear");
    std::vector<Person> people{{"Ada", 36}, {"Bob", 41}};
    amphis::max(people, "key"_k = &Person::age).name = "oldest";
    CHECK(people[1].name == "oldest");
    CHECK(amphis::min(std::vector<Person>{{"z", 1}, {"a", 2}}, "key"_k = &Person::name).age == 2);
    int calls = 0;
    CHECK(amphis::min(words, "key"_k = [&calls](std::string const& w) { return ++calls, w.size(); }) == "fig");
    CHECK(calls == 4);
}

TEST_CASE("min and max: of nothing", "[builtins][min][max]") {
    CHECK_THROWS_WITH(amphis::min(ints{}), "min() arg is an empty sequence");
    CHECK_THROWS_WITH(amphis::max(ints{}, "key"_k = amphis::abs), "max() arg is an empty sequence");
    CHECK_THROWS_AS(amphis::max(""), amphis::ValueError);
    CHECK(amphis::min(ints{}, "default"_k = 7) == 7);
    CHECK(amphis::max(ints{1}, "default"_k = 7) == 1);
    CHECK(amphis::max(ints{}, "default"_k = None) == std::nullopt);
    CHECK(amphis::max(ints{1, 2}, "default"_k = None, "key"_k = amphis::abs) == std::optional(2));
    CHECK(amphis::max(std::vector<std::string>{}, "default"_k = "none") == "none");
}

TEST_CASE("min and max: the result is the element where that lasts", "[builtins][min][max]") {
    ints v{3, 1, 2};
    static_assert(std::is_same_v<decltype(amphis::min(v)), int&>);
    static_assert(std::is_same_v<decltype(amphis::min(std::as_const(v))), int const&>);
    static_assert(std::is_same_v<decltype(amphis::min(ints{})), int>);
    static_assert(std::is_same_v<decltype(amphis::min(range(3))), int>);
    amphis::min(v) = 9;
    CHECK(v == ints{3, 9, 2});
    std::vector<probes::move_only> only;
    only.emplace_back(2);
    only.emplace_back(1);
    CHECK(amphis::min(only).value == 1);
    CHECK(amphis::max(std::move(only)).value == 2);
}

TEST_CASE("min and max: of two or more values, as before", "[builtins][min][max]") {
    CHECK(amphis::min(3, 1, 2) == 1);
    CHECK(amphis::max("pear"s, "fig"s, "key"_k = amphis::len) == "pear");
    CHECK(amphis::min(ints{1, 2}, ints{1}) == ints{1});
}
static_assert(amphis::min(std::array{3, 1, 2}) == 1 && amphis::max(range(4)) == 3);
