// SPDX-License-Identifier: MIT
// map() and filter(): expected values are CPython 3.11's; the comments show the expression.
#include <amphis/builtins.hpp>
#include <amphis/lang/generator.hpp>

#include <list>
#include <memory>
#include <ranges>
#include <string>
#include <type_traits>
#include <vector>

#include "support/catch.hpp"
#include "support/probes.hpp"

using namespace std::string_literals;
using amphis::filter, amphis::generator, amphis::list, amphis::map, amphis::None, amphis::range, amphis::repr, amphis::str;

namespace {

using ints = std::vector<int>;
constexpr auto odd = [](int x) { return x % 2 != 0; };
constexpr auto square = [](int x) { return x * x; };

using vector_map = decltype(map(square, std::declval<ints&>()));
using vector_filter = decltype(filter(odd, std::declval<ints&>()));

generator<int> count_to(int n) {
    for (int i = 0; i < n; ++i) co_yield i;
}

struct Person {
    std::string name;
    int born = 0;
    [[nodiscard]] int age() const { return 2000 - born; }
};

}  // namespace

static_assert(std::ranges::random_access_range<vector_map> && std::ranges::common_range<vector_map> && std::ranges::sized_range<vector_map>);
static_assert(std::ranges::view<vector_map> && std::ranges::random_access_range<vector_map const>);
static_assert(std::ranges::bidirectional_range<vector_filter> && std::ranges::view<vector_filter>);
static_assert(std::ranges::bidirectional_range<vector_filter const>);
static_assert(std::ranges::forward_range<decltype(filter(odd, range(3)))>);
static_assert(std::ranges::forward_range<decltype(filter([](auto const&) { return true; }, amphis::zip(ints{}, ints{})))>);
static_assert(!std::ranges::forward_range<decltype(filter(odd, std::declval<vector_map>()))>);  // each element is computed once
static_assert(!std::ranges::forward_range<decltype(map(square, count_to(1)))>);
static_assert(std::ranges::view<decltype(map([x = 1](int y) { return x + y; }, ints{}))>);  // a lambda with captures cannot be assigned; the view can

TEST_CASE("map: applies a function to each element", "[builtins][map]") {
    ints const v{1, 2, 3};
    CHECK(list(map(square, v)) == ints{1, 4, 9});
    CHECK(list(map(str, range(3))) == std::vector{"0"s, "1"s, "2"s});
    CHECK(list(map(square, ints{})).empty());
    CHECK(list(map(amphis::abs, std::list{-1, 2})) == ints{1, 2});
    CHECK(list(map(square, count_to(3))) == ints{0, 1, 4});
    CHECK(list(map(square, probes::input_iterable{2, 3})) == ints{4, 9});
    CHECK(list(map([](char c) { return str(c) + "!"; }, "ab")) == std::vector{"a!"s, "b!"s});
}

TEST_CASE("map: takes several ranges, up to the end of the shortest", "[builtins][map]") {
    ints const v{1, 2, 3};
    auto const plus = [](int a, int b) { return a + b; };
    CHECK(list(map(plus, v, range(10))) == ints{1, 3, 5});
    CHECK(list(map([](int a, char b, int c) { return str(a) + b + str(c); }, v, "ab", v)) == std::vector{"1a1"s, "2b2"s});
    CHECK(list(map(plus, v, count_to(2))) == ints{1, 3});
    CHECK(map(plus, v, v)[1] == 4);
}

TEST_CASE("map: takes member pointers, references and move-only functions", "[builtins][map]") {
    std::vector<Person> people{{"Ada", 1980}, {"Bob", 1990}};
    CHECK(list(map(&Person::name, people)) == std::vector{"Ada"s, "Bob"s});
    CHECK(list(map(&Person::age, people)) == ints{20, 10});
    for (std::string& name : map(&Person::name, people)) name += "?";
    CHECK(people[1].name == "Bob?");
    auto times = [factor = std::make_unique<int>(3)](int x) { return x * *factor; };
    CHECK(list(map(std::move(times), range(3))) == ints{0, 3, 6});
    int calls = 0;
    CHECK(list(map([&calls](int x) mutable { return ++calls, x; }, range(3))) == ints{0, 1, 2});
    CHECK(calls == 3);
}

TEST_CASE("map: calls the function when an element is read, and once", "[builtins][map]") {
    int calls = 0;
    auto m = map([&](int x) { return ++calls, x; }, range(5));
    CHECK(calls == 0);
    auto it = m.begin();
    ++it;
    CHECK(calls == 0);
    CHECK(*it == 1);
    CHECK(calls == 1);
    calls = 0;
    CHECK(amphis::sum(m) == 10);
    CHECK(calls == 5);
}

TEST_CASE("filter: keeps what the function is true of", "[builtins][filter]") {
    ints v{1, 2, 3, 4, 5};
    CHECK(list(filter(odd, v)) == ints{1, 3, 5});
    CHECK(list(filter(odd, range(6))) == ints{1, 3, 5});
    CHECK(list(filter([](int) { return false; }, v)).empty());
    CHECK(list(filter(odd, ints{})).empty());
    CHECK(list(filter(odd, count_to(4))) == ints{1, 3});
    CHECK(list(filter([](char c) { return c > 'a'; }, "abc")) == std::vector{'b', 'c'});
    for (int& x : filter(odd, v)) x *= 2;
    CHECK(v == ints{2, 2, 6, 4, 10});
    CHECK(list(filter([](std::string const& s) { return s; }, std::vector{"a"s, ""s})) == std::vector{"a"s});  // the truth of the result
}

TEST_CASE("filter: None keeps what is true", "[builtins][filter]") {
    CHECK(list(filter(None, ints{0, 1, 2})) == ints{1, 2});
    CHECK(list(filter(None, std::vector{""s, "a"s})) == std::vector{"a"s});
    CHECK(list(filter(None, probes::input_iterable{0, 3})) == ints{3});
    CHECK(repr(list(filter(None, std::vector<ints>{{}, {1}}))) == "[[1]]");
}

TEST_CASE("filter: computes an element of map once", "[builtins][filter]") {
    int calls = 0;
    ints const v{1, 2, 3};
    CHECK(list(filter(odd, map([&](int x) { return ++calls, x; }, v))) == ints{1, 3});
    CHECK(calls == 3);
    auto counted = map([&](int x) { return ++calls, x; }, v);
    calls = 0;
    CHECK(list(filter(odd, counted)) == ints{1, 3});
    CHECK(calls == 3);
    calls = 0;
    CHECK(list(map([](auto const& t) { return std::get<1>(t); }, filter([](auto const& t) { return odd(std::get<1>(t)); }, amphis::enumerate(counted)))) == ints{1, 3});
    CHECK(calls == 3);
    calls = 0;
    for (auto&& t : filter([](auto const& each) { return odd(std::get<0>(each)); }, amphis::zip(amphis::slice(counted, 1, None), v))) CHECK(std::get<0>(t) == 3);
    CHECK(calls == 2);
    int sum = 0;
    calls = 0;
    for (int x : filter(odd, map([&](int y) { return ++calls, y; }, v))) sum += x;
    CHECK(sum == 4);
    CHECK(calls == 3);
}

TEST_CASE("filter: consumes a generator no further than it is asked", "[builtins][filter]") {
    auto g = count_to(10);
    for (int x : filter(odd, g)) {
        if (x == 3) break;
    }
    CHECK(g.next() == 4);
}

TEST_CASE("filter: goes backwards too", "[builtins][filter]") {
    ints const v{1, 2, 3, 4, 5};
    auto f = filter(odd, v);
    CHECK(list(amphis::reversed(f)) == ints{5, 3, 1});
    auto it = f.begin();
    while (it != f.end()) ++it;
    CHECK(*--it == 5);
    CHECK(*it++ == 5);
    CHECK(it == f.end());
    ints copied;
    std::ranges::copy(f | std::views::drop(1), std::back_inserter(copied));
    CHECK(copied == ints{3, 5});
}

TEST_CASE("map and filter: a function that throws leaves them usable", "[builtins][map][filter]") {
    auto const picky = [](int x) {
        if (x == 1) throw amphis::ValueError("one");
        return x;
    };
    auto m = map(picky, range(3));
    CHECK_THROWS_AS(list(m), amphis::ValueError);
    CHECK(*(m.begin() + 2) == 2);
    auto it = amphis::iter(map(picky, range(3)));
    CHECK(amphis::next(it) == 0);
    CHECK_THROWS_AS(amphis::next(it), amphis::ValueError);
    CHECK(amphis::next(it) == 2);  // as CPython's map goes on
    CHECK_THROWS_AS(list(filter(picky, range(3))), amphis::ValueError);
}

TEST_CASE("map and filter: nothing of a move-only element is copied", "[builtins][map][filter]") {
    std::vector<std::unique_ptr<int>> v;
    v.push_back(std::make_unique<int>(1));
    v.push_back(nullptr);
    CHECK(list(map([](auto const& p) { return p ? *p : 0; }, v)) == ints{1, 0});
    CHECK(amphis::sum(map([](auto const& p) { return *p; }, filter(None, v))) == 1);
    auto made = list(filter(None, map([](int x) { return x != 0 ? std::make_unique<int>(x) : nullptr; }, range(3))));
    REQUIRE(made.size() == 2);
    CHECK(*made[1] == 2);
}

static_assert(amphis::sum(map(square, filter(odd, range(6)))) == 35);

namespace {
struct Numbers {
    int last = 0;
    int next() {
        if (last == 6) throw amphis::StopIteration();
        return ++last;
    }
};
}  // namespace

TEST_CASE("filter: its iterators can be moved wherever an element lies", "[builtins][filter]") {
    Numbers numbers;
    CHECK(list(map(square, filter(odd, numbers))) == ints{1, 9, 25});
    Numbers more;
    auto view = filter(odd, more);
    auto it = view.begin();
    auto moved = std::move(it);
    CHECK(*moved == 1);
    ++moved;
    CHECK(*moved == 3);
    // An element that the inner filter holds.
    auto const long_one = [](int x) { return std::string(static_cast<std::size_t>(20 + x), 'x'); };
    auto const all = [](std::string const&) { return true; };
    CHECK(list(map([](std::string const& s) { return static_cast<int>(s.size()); }, filter(all, filter(all, map(long_one, range(2)))))) == ints{20, 21});
}

TEST_CASE("map: a list of what a function gives back keeps values", "[builtins][map]") {
    auto const same = [](auto element) { return element; };
    std::string const x(40, 'x');
    std::string const y(40, 'y');
    using strings = std::vector<std::string>;
    auto rows = list(map(same, amphis::zip(strings{x}, strings{y})));
    static_assert(std::is_same_v<decltype(rows), std::vector<std::tuple<std::string, std::string>>>);
    CHECK(repr(rows) == "[('" + x + "', '" + y + "')]");
    auto nested = list(map([&](auto row) { return std::pair(row, 1); }, amphis::enumerate(strings{x})));
    CHECK(repr(nested) == "[((0, '" + x + "'), 1)]");
    strings v{x};
    for (auto [i, s] : map(same, amphis::enumerate(v))) s = y;  // not kept: the element itself
    CHECK(v == strings{y});
}
