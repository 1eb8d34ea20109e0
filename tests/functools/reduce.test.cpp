// SPDX-License-Identifier: MIT
#include <amphis/functools/reduce.hpp>

#include "support/catch.hpp"
#include "support/probes.hpp"

#include <functional>
#include <initializer_list>
#include <list>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace ft = amphis::functools;
using probes::input_iterable;
using probes::move_only;
using probes::tracked;

namespace {
constexpr auto add = [](auto a, auto b) { return a + b; };
}  // namespace

TEST_CASE("reduce: folds from the left", "[functools][reduce]") {
    // >>> reduce(lambda a, b: a - b, [10, 1, 2]), reduce(add, ['a', 'b', 'c'], ''), reduce(mul, range(2, 8), 1)
    CHECK(ft::reduce([](int a, int b) { return a - b; }, std::vector{10, 1, 2}) == 7);
    CHECK(ft::reduce(add, std::vector<std::string>{"a", "b", "c"}, "") == "abc");
    CHECK(ft::reduce(std::multiplies<>{}, std::vector{2, 3, 4, 5, 6, 7}, 1) == 5040);
}

TEST_CASE("reduce: is constexpr", "[functools][reduce]") {
    constexpr int values[] = {1, 2, 3, 4};
    static_assert(ft::reduce([](int a, int b) { return a * b; }, values, 1) == 24);
    static_assert(ft::reduce([](int a, int b) { return a * b; }, std::initializer_list<int>{1, 2, 3}) == 6);
    SUCCEED();
}

TEST_CASE("reduce: an empty range gives the initial value, or TypeError", "[functools][reduce]") {
    std::vector<int> const empty;
    CHECK(ft::reduce(add, empty, 42) == 42);
    CHECK_THROWS_AS(ft::reduce(add, empty), amphis::TypeError);
    try {
        (void)ft::reduce(add, empty);
    } catch (amphis::TypeError const& e) {
        CHECK(std::string(e.what()) == "reduce() of empty iterable with no initial value");
    }
}

TEST_CASE("reduce: one element without an initial value is returned as it is", "[functools][reduce]") {
    CHECK(ft::reduce([](int, int) -> int { throw 1; }, std::vector{42}) == 42);
    CHECK(ft::reduce(add, std::vector<std::string>{"x"}) == "x");
}

TEST_CASE("reduce: the accumulator has the type that the function returns", "[functools][reduce]") {
    CHECK(ft::reduce([](double sum, double x) { return sum + x; }, std::vector{0.5, 0.5, 0.5}, 0) == 1.5);
    CHECK(ft::reduce([](long long a, int b) { return a * b; }, std::vector{1 << 30, 1 << 10}) == 1LL << 40);
    static_assert(std::is_same_v<decltype(ft::reduce(add, std::vector<std::string>{}, "")), std::string>);
}

TEST_CASE("reduce: takes any range", "[functools][reduce]") {
    CHECK(ft::reduce(add, input_iterable{1, 2, 3}) == 6);
    CHECK(ft::reduce(add, input_iterable{1, 2, 3}, 10) == 16);
    CHECK(ft::reduce(add, input_iterable{}, 10) == 10);
    CHECK(ft::reduce(add, std::list<int>{1, 2}) == 3);
    int const array[] = {1, 2, 3};
    CHECK(ft::reduce(add, array) == 6);
    std::map<std::string, int> const ages{{"a", 1}, {"b", 2}};
    CHECK(ft::reduce([](int sum, auto const& item) { return sum + item.second; }, ages, 0) == 3);
    CHECK(ft::reduce([](bool a, bool b) { return a != b; }, std::vector<bool>{true, true, true}, false));
}

TEST_CASE("reduce: moves the accumulator and copies no element", "[functools][reduce]") {
    std::vector<tracked> const values{1, 2, 3};
    tracked::reset();
    auto const sum = ft::reduce(
        [](tracked acc, tracked const& x) {
            acc.value += x.value;
            return acc;
        },
        values, tracked{10});
    CHECK(sum.value == 16);
    CHECK(tracked::copies == 0);
    std::vector<move_only> owners;
    owners.emplace_back(1);
    owners.emplace_back(2);
    CHECK(ft::reduce([](move_only acc, move_only const& x) { return move_only{acc.value + x.value}; }, owners,
                     move_only{5})
              .value == 8);
    auto const add_to = [](std::unique_ptr<int> acc, int x) {
        *acc += x;
        return acc;
    };
    CHECK(*ft::reduce(add_to, std::vector{1, 2}, std::make_unique<int>(0)) == 3);
}

TEST_CASE("reduce: a function may change the accumulator in place", "[functools][reduce]") {
    auto const append = [](std::string& out, char c) -> std::string& { return out += c; };
    CHECK(ft::reduce(append, std::string("abc"), std::string(">")) == ">abc");
    tracked::reset();
    auto const in_place = [](tracked& acc, int x) -> tracked& { return acc.value += x, acc; };
    CHECK(ft::reduce(in_place, std::vector{1, 2, 3}, tracked{0}).value == 6);
    CHECK(tracked::copies == 0);
}

TEST_CASE("reduce: a function with state is used, not copied", "[functools][reduce]") {
    int calls = 0;
    auto counting = [&calls, n = 0](int a, int b) mutable { return calls = ++n, a + b; };
    CHECK(ft::reduce(counting, std::vector{1, 2, 3}) == 6);
    CHECK(calls == 2);
    CHECK(ft::reduce(counting, std::vector{1, 2, 3}) == 6);
    CHECK(calls == 4);
}

TEST_CASE("reduce: an exception of the function passes through", "[functools][reduce]") {
    CHECK_THROWS_AS(ft::reduce([](int, int) -> int { throw amphis::ValueError("no"); }, std::vector{1, 2}),
                    amphis::ValueError);
}

TEST_CASE("reduce: a member function folds too", "[functools][reduce]") {
    struct Total {
        int sum = 0;
        [[nodiscard]] Total with(int x) const { return {sum + x}; }
    };
    CHECK(ft::reduce(&Total::with, std::vector{1, 2, 3}, Total{}).sum == 6);
}

TEST_CASE("reduce: takes a list in braces", "[functools][reduce]") {
    constexpr auto plus = [](auto const& a, auto const& b) { return a + b; };
    static_assert(ft::reduce(plus, {1, 2, 3}) == 6);
    static_assert(ft::reduce(plus, {1, 2, 3}, 10) == 16);
    CHECK(ft::reduce(plus, {std::string("py"), std::string("thon")}, std::string(">")) == ">python");
    std::initializer_list<int> const list{4, 5};
    CHECK(ft::reduce(plus, list) == 9);
    CHECK_THROWS_AS(ft::reduce(plus, std::initializer_list<int>{}), amphis::TypeError);
}
