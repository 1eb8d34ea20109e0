// SPDX-License-Identifier: MIT
// slice() and reversed(): expected values are CPython 3.11's; the comments show the expression.
#include <amphis/builtins.hpp>

#include <array>
#include <deque>
#include <list>
#include <span>
#include <string>
#include <type_traits>
#include <vector>

#include "support/catch.hpp"
#include "support/probes.hpp"

using amphis::list, amphis::None, amphis::range, amphis::repr, amphis::reversed, amphis::slice, amphis::str;

namespace {
using ints = std::vector<int>;
}

static_assert(std::ranges::contiguous_range<decltype(slice(std::declval<ints&>(), 1, 2))>);
static_assert(std::ranges::random_access_range<decltype(slice(std::declval<ints&>(), 1, 2, 3))>);
static_assert(std::ranges::random_access_range<decltype(slice(std::declval<ints&>(), 1, 2, 3)) const>);
static_assert(std::ranges::borrowed_range<decltype(slice(std::declval<ints&>(), 1, 2))>);
static_assert(!std::ranges::borrowed_range<decltype(slice(std::declval<ints>(), 1, 2))>);
static_assert(std::ranges::view<decltype(slice(std::declval<ints>(), 1, 2))> && std::ranges::sized_range<decltype(slice(std::declval<ints>(), 1, 2))>);

TEST_CASE("slice: takes a part, counting from either end", "[builtins][slice]") {
    ints const v{0, 1, 2, 3, 4, 5};
    CHECK(list(slice(v, 2)) == ints{0, 1});
    CHECK(list(slice(v, 1, -1)) == ints{1, 2, 3, 4});
    CHECK(list(slice(v, -2, None)) == ints{4, 5});
    CHECK(list(slice(v, None, None, -1)) == ints{5, 4, 3, 2, 1, 0});
    CHECK(list(slice(v, None, None, 2)) == ints{0, 2, 4});
    CHECK(list(slice(v, 4, 1, -2)) == ints{4, 2});
    CHECK(list(slice(v, -100, 100)) == v);
    CHECK(list(slice(v, 4, 2)).empty());
    CHECK(list(slice(v, 100, None)).empty());
    CHECK(list(slice(ints{}, None, None, -1)).empty());
}

TEST_CASE("slice: agrees with its definition for all small bounds", "[builtins][slice]") {
    ints const v{0, 1, 2, 3, 4};
    for (int start = -7; start <= 7; ++start) {
        for (int stop = -7; stop <= 7; ++stop) {
            for (int step : {-3, -2, -1, 1, 2, 3}) {
                // As Python's reference says: x = i + n*k, 0 <= n < (j - i) / k, with i and j limited to the sequence.
                int const size = 5;
                int const low = step > 0 ? 0 : -1;
                int const high = step > 0 ? size : size - 1;
                auto const limited = [&](int bound) { return (std::min)((std::max)(bound < 0 ? bound + size : bound, low), high); };
                ints expected;
                for (int i = limited(start); step > 0 ? i < limited(stop) : i > limited(stop); i += step) expected.push_back(i);
                REQUIRE(list(slice(v, start, stop, step)) == expected);
                if (step == 1) REQUIRE(list(slice(v, start, stop)) == expected);
            }
        }
    }
}

TEST_CASE("slice: is a view of the elements themselves", "[builtins][slice]") {
    ints v{0, 1, 2, 3};
    for (int& x : slice(v, 1, 3)) x *= 10;
    CHECK(v == ints{0, 10, 20, 3});
    for (int& x : slice(v, None, None, -2)) x = -1;
    CHECK(v == ints{0, -1, 20, -1});
    auto const tail = slice(v, -2, None);
    v.push_back(7);
    CHECK(list(tail) == ints{-1, 7});  // resolved when it is iterated
    CHECK(&slice(v, 1, None)[0] == &v[1]);
}

TEST_CASE("slice: of a string is a string", "[builtins][slice]") {
    std::string const s = "hello";
    // >>> "hello"[1:3], "hello"[::-1], len("hello"[1:3])
    CHECK(str(slice(s, 1, 3)) == "el");
    CHECK(repr(slice(s, 1, 3)) == "'el'");
    CHECK(str(slice(s, None, None, -1)) == "olleh");
    CHECK(repr(slice(s, None, None, -1)) == "'olleh'");
    CHECK(str(slice("literal", -3, None)) == "ral");
    CHECK(amphis::len(slice(s, 1, 3)) == 2);
    CHECK(str(slice(std::string("a temporary that is not small"), 2, 11)) == "temporary");
    CHECK(repr(slice(std::vector<char>{'a', 'b'}, 1)) == "['a']");
}

TEST_CASE("slice: of every kind of source with random access", "[builtins][slice]") {
    int const array[] = {1, 2, 3};
    CHECK(list(slice(array, 1, None)) == ints{2, 3});
    CHECK(list(slice(std::array{1, 2, 3}, -1, None)) == ints{3});
    CHECK(list(slice(std::deque{1, 2, 3}, None, None, -1)) == ints{3, 2, 1});
    CHECK(list(slice(std::span(array), 2)) == ints{1, 2});
    CHECK(list(slice(range(10), 2, 4)) == ints{2, 3});
    CHECK(list(slice(slice(range(10), 2, None), None, None, 3)) == ints{2, 5, 8});
    CHECK(list(slice(amphis::zip(array, "abc"), -1, None)) == std::vector{std::tuple(3, 'c')});
}

TEST_CASE("slice: a slice object is made of bounds", "[builtins][slice]") {
    ints const v{0, 1, 2, 3};
    auto const every_other = slice(None, None, 2);
    CHECK(list(slice(v, every_other)) == ints{0, 2});
    CHECK(repr(slice(1, None)) == "slice(1, None, None)");
    CHECK(repr(slice(5)) == "slice(None, 5, None)");
    CHECK(slice(1, 2) == slice(1, 2, None));
    CHECK(slice(1, 2) != slice(1, 3));
    // >>> slice(None, -1, None).indices(10), slice(None, None, -1).indices(5)
    CHECK(slice(None, -1).indices(10) == std::tuple(0, 9, 1));
    CHECK(slice(None, None, -1).indices(5) == std::tuple(4, -1, -1));
    CHECK_THROWS_WITH(slice(5).indices(-1), "length should not be negative");
    CHECK_THROWS_WITH(slice(None, None, 0).indices(5), "slice step cannot be zero");
    CHECK_THROWS_WITH(slice(v, None, None, 0), "slice step cannot be zero");
    CHECK(list(slice(v, ~0ULL)) == v);
}

static_assert([] {
    std::array const a{1, 2, 3, 4};
    int sum = 0;
    for (int x : slice(a, 1, -1)) sum += x;
    for (int x : slice(a, None, None, -2)) sum = sum * 10 + x;
    for (int x : reversed(a)) sum = sum * 10 + x;
    return sum;
}() == 5424321);

static_assert(std::ranges::random_access_range<decltype(reversed(std::declval<ints&>()))>);
static_assert(std::ranges::bidirectional_range<decltype(reversed(std::declval<std::list<int>>()))>);
static_assert(std::ranges::view<decltype(reversed(std::declval<std::list<int>>()))> && std::ranges::sized_range<decltype(reversed(std::declval<std::list<int>>()))>);

namespace {
struct Countdown {
    int from;
    [[nodiscard]] auto reversed() const { return range(from); }
};
}  // namespace

TEST_CASE("reversed: goes from the last element to the first", "[builtins][reversed]") {
    ints v{1, 2, 3};
    CHECK(list(reversed(v)) == ints{3, 2, 1});
    for (int& x : reversed(v)) x += 1;
    CHECK(v == ints{2, 3, 4});
    CHECK(list(reversed(std::list{1, 2})) == ints{2, 1});
    CHECK(list(reversed(ints{})).empty());
    CHECK(list(reversed("abc")) == std::vector{'c', 'b', 'a'});
    CHECK(repr(reversed(range(3))) == "range(2, -1, -1)");
    CHECK(list(reversed(reversed(v))) == v);
    CHECK(list(reversed(amphis::enumerate(v))) == std::vector<std::tuple<std::ptrdiff_t, int>>{{2, 4}, {1, 3}, {0, 2}});
    CHECK(list(reversed(Countdown{3})) == ints{0, 1, 2});
    std::vector<probes::move_only> only;
    only.emplace_back(1);
    CHECK(reversed(only)[0].value == 1);
}

TEST_CASE("slice: a slice of a slice of a string is a string", "[builtins][slice]") {
    std::string const s = "abcdef";
    // >>> "abcdef"[::2][::-1], "abcdef"[1::2][:2], "abcdef"[1:][1:3]
    CHECK(repr(slice(slice(s, None, None, 2), None, None, -1)) == "'eca'");
    auto const every = slice(s, 1, None, 2);
    CHECK(repr(slice(every, 0, 2)) == "'bd'");
    CHECK(amphis::str(slice(every, 0, 2)) == "bd");
    CHECK(repr(slice(slice(s, 1, None), 1, 3)) == "'cd'");
}
