// SPDX-License-Identifier: MIT
// range: expected values are CPython 3.11's; the comments show the expression. Lib/test/test_range.py has the cases.
#include <amphis/builtins.hpp>

#include <climits>
#include <string>
#include <type_traits>
#include <vector>

#include "support/catch.hpp"

using namespace amphis::literals;
using amphis::list, amphis::None, amphis::range, amphis::repr, amphis::slice;

namespace {

/// What the definition says: start, start + step, ... before stop.
std::vector<int> by_hand(int start, int stop, int step) {
    std::vector<int> values;
    for (int i = start; step > 0 ? i < stop : i > stop; i += step) values.push_back(i);
    return values;
}

constexpr long long least = LLONG_MIN;
constexpr long long most = LLONG_MAX;

}  // namespace

static_assert(std::ranges::random_access_range<range<int>> && std::ranges::common_range<range<int>>);
static_assert(std::ranges::view<range<int>> && std::ranges::borrowed_range<range<int>> && std::ranges::sized_range<range<int>>);
static_assert(std::is_trivially_copyable_v<range<long>>);

static_assert(std::is_same_v<decltype(range(3)), range<int>>);
static_assert(std::is_same_v<decltype(range(3U)), range<unsigned>>);
static_assert(std::is_same_v<decltype(range(std::vector<int>().size())), range<std::size_t>>);
static_assert(std::is_same_v<decltype(range(0, 3U)), range<long long>>);
static_assert(std::is_same_v<decltype(range(10U, 0U, -1)), range<unsigned>>);
static_assert(std::is_same_v<decltype(range(10, 0, -1L)), range<long>>);
static_assert(std::is_same_v<decltype(range(true)), range<int>>);
static_assert(range(0, 100, 7).contains(49) && range(5)[2] == 2 && range(10).size() == 10);

TEST_CASE("range: runs from start to stop by step", "[builtins][range]") {
    CHECK(list(range(3)) == std::vector{0, 1, 2});
    CHECK(list(range(1, 5)) == std::vector{1, 2, 3, 4});
    CHECK(list(range(0)).empty());
    CHECK(list(range(-3)).empty());
    CHECK(list(range(1, 10, 3)) == std::vector{1, 4, 7});
    CHECK(list(range(5, -5, -3)) == std::vector{5, 2, -1, -4});
}

TEST_CASE("range: agrees with its definition for every small start, stop and step", "[builtins][range]") {
    for (int start = -5; start <= 5; ++start) {
        for (int stop = -5; stop <= 5; ++stop) {
            for (int step : {-4, -3, -2, -1, 1, 2, 3, 4}) {
                auto const r = range(start, stop, step);
                std::vector<int> const expected = by_hand(start, stop, step);
                REQUIRE(list(r) == expected);
                REQUIRE(r.size() == expected.size());
                REQUIRE(list(r.reversed()) == std::vector<int>(expected.rbegin(), expected.rend()));
                for (int value = -8; value <= 8; ++value) {
                    bool const found = amphis::in(value, expected);
                    REQUIRE(r.contains(value) == found);
                    REQUIRE(r.count(value) == (found ? 1 : 0));
                    if (found) REQUIRE(expected[static_cast<std::size_t>(r.index(value))] == value);
                }
                for (std::size_t i = 0; i != expected.size(); ++i) {
                    REQUIRE(r[i] == expected[i]);
                    REQUIRE(r[static_cast<std::ptrdiff_t>(i) - static_cast<std::ptrdiff_t>(expected.size())] == expected[i]);
                }
            }
        }
    }
}

TEST_CASE("range: a slice of it is a range", "[builtins][range]") {
    // >>> range(10)[2:5], range(10)[::-1], range(10)[::3], range(0, 10, 3)[-2:]
    CHECK(repr(range(10)[slice(2, 5)]) == "range(2, 5)");
    CHECK(repr(range(10)[slice(None, None, -1)]) == "range(9, -1, -1)");
    CHECK(repr(range(10)[slice(None, None, 3)]) == "range(0, 10, 3)");
    CHECK(repr(range(0, 10, 3)[slice(-2, None)]) == "range(6, 12, 3)");
    for (int stop : {0, 1, 5, 7}) {
        std::vector<int> const values = list(range(stop));
        for (int first = -9; first <= 9; ++first) {
            for (int last = -9; last <= 9; ++last) {
                for (int step : {-3, -1, 1, 2}) {
                    auto const bounds = slice(first, last, step);
                    REQUIRE(list(range(stop)[bounds]) == list(slice(values, bounds)));
                }
            }
        }
    }
}

TEST_CASE("range: refuses what CPython refuses", "[builtins][range]") {
    CHECK_THROWS_WITH(range(1, 2, 0), "range() arg 3 must not be zero");
    CHECK_THROWS_AS(range(1, 2, 0), amphis::ValueError);
    CHECK_THROWS_WITH(range(3)[3], "range object index out of range");
    CHECK_THROWS_AS(range(3)[-4], amphis::IndexError);
    CHECK_THROWS_WITH(range(10).index(11), "11 is not in range");
    CHECK_THROWS_WITH(range(10)[slice(None, None, 0)], "slice step cannot be zero");
    CHECK_THROWS_AS(range(0, ULLONG_MAX), amphis::OverflowError);
}

TEST_CASE("range: does not overflow at the ends of long long", "[builtins][range]") {
    CHECK(list(range(most - 5, most, 2)) == std::vector{most - 5, most - 3, most - 1});
    CHECK(list(range(most - 2, most, most)) == std::vector{most - 2});
    CHECK(list(range(least + 3, least, -2)) == std::vector{least + 3, least + 1});
    CHECK(list(range(least, least + 2).reversed()) == std::vector{least + 1, least});
    // >>> range(-2**63, -2**63 + 2)[::-1]
    CHECK(repr(range(least, least + 2).reversed()) == "range(-9223372036854775807, -9223372036854775809, -1)");
    CHECK(range(least, most).size() == ULLONG_MAX);
    CHECK(range(least, most).contains(0));
    CHECK_FALSE(range(least, most).contains(most));
    CHECK(range(least, most)[-1] == most - 1);
    CHECK(list(range(least, most, most)) == std::vector{least, -1LL, most - 1});
    // >>> len(range(-2**63, 2**63 - 1))
    CHECK_THROWS_WITH(amphis::len(range(least, most)), "Python int too large to convert to C ssize_t");
    CHECK(list(range(ULLONG_MAX - 1, ULLONG_MAX)) == std::vector{ULLONG_MAX - 1});
    CHECK(list(range(3U).reversed()) == std::vector{2U, 1U, 0U});
    CHECK(repr(range(3U).reversed()) == "range(2, -1, -1)");
    CHECK(list(range(INT_MAX - 1, INT_MAX)) == std::vector{INT_MAX - 1});
    CHECK(range(INT_MIN, INT_MAX).size() == UINT_MAX);
}

TEST_CASE("range: finds numbers by value, whatever their type", "[builtins][range]") {
    CHECK(range(0, 10, 3).contains(9));
    CHECK(range(10).contains(3.0));
    CHECK_FALSE(range(10).contains(3.5));
    CHECK_FALSE(range(10).contains(1e300));
    CHECK_FALSE(range(-10, 10).contains(ULLONG_MAX));
    CHECK_FALSE(range(10U).contains(-1));
    CHECK(range(2).contains(true));
    CHECK(amphis::in(4, range(0, 10, 2)));
    CHECK_FALSE(amphis::in(5, range(0, 10, 2)));
}

TEST_CASE("range: compares and hashes by its elements", "[builtins][range]") {
    CHECK(range(0) == range(2, 1, 3));
    CHECK(range(0, 3, 2) == range(0, 4, 2));
    CHECK(range(0, 1, 5) == range(0, 1));
    CHECK(range(3) == range(3LL));
    CHECK(range(3) != range(1, 3));
    CHECK(range(0, 10, 2) != range(0, 10, 3));
    // >>> hash(range(10)), hash(range(0, 10, 2))
    CHECK(amphis::hash(range(10)) == -7546101314042312252);
    CHECK(amphis::hash(range(0, 10, 2)) == amphis::hash(range(0, 9, 2)));
    CHECK(amphis::hash(range(0)) == amphis::hash(range(5, 1)));
    CHECK(amphis::hash(range(7, 8, 3)) == amphis::hash(range(7, 8)));
}

TEST_CASE("range: prints as CPython's", "[builtins][range]") {
    CHECK(repr(range(10)) == "range(0, 10)");
    CHECK(repr(range(1, 10, 2)) == "range(1, 10, 2)");
    CHECK(amphis::str(range(5, 3)) == "range(5, 3)");
    CHECK(range(1, 10, 2).start() == 1);
    CHECK(range(1, 10, 2).stop() == 10);
    CHECK(range(1, 10, 2).step() == 2);
}

TEST_CASE("range: its iterators have random access", "[builtins][range]") {
    auto const r = range(0, 10, 3);  // 0 3 6 9
    auto const first = r.begin();
    CHECK(r.end() - first == 4);
    CHECK(first[2] == 6);
    CHECK(*(r.end() - 1) == 9);
    CHECK(first + 4 == r.end());
    CHECK(first < r.end());
    auto it = r.end();
    CHECK(*--it == 9);
    CHECK(*(it -= 2) == 3);
    CHECK(std::vector<int>(r.begin(), r.end()) == std::vector{0, 3, 6, 9});
    decltype(it) singular{};
    singular = first;
    CHECK(*singular == 0);
}
