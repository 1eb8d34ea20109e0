// SPDX-License-Identifier: MIT
#include <amphis/functools/cmp_to_key.hpp>

#include "support/catch.hpp"
#include "support/probes.hpp"

#include <algorithm>
#include <compare>
#include <concepts>
#include <functional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace ft = amphis::functools;
using probes::move_only;
using probes::tracked;

namespace {
constexpr auto by_value = ft::cmp_to_key([](int x, int y) { return (x > y) - (x < y); });
}  // namespace

TEST_CASE("cmp_to_key: keys compare as the function says", "[functools][cmp_to_key]") {
    static_assert(by_value(3) == by_value(3));
    static_assert(by_value(3) != by_value(1));
    static_assert(by_value(3) > by_value(1));
    static_assert(by_value(3) >= by_value(3) && by_value(3) <= by_value(3));
    static_assert(by_value(1) < by_value(3) && by_value(1) <= by_value(3));
    static_assert(std::totally_ordered<decltype(by_value(3))>);
    CHECK_FALSE(by_value(3) < by_value(1));
}

TEST_CASE("cmp_to_key: sorts as a projection", "[functools][cmp_to_key]") {
    // >>> sorted(range(5), key=cmp_to_key(lambda x, y: y - x))
    std::vector<int> v{0, 1, 2, 3, 4};
    std::ranges::sort(v, {}, ft::cmp_to_key([](int x, int y) { return y - x; }));
    CHECK(v == std::vector{4, 3, 2, 1, 0});
    std::vector<std::string> words{"ccc", "a", "bb"};
    std::ranges::sort(words, {}, ft::cmp_to_key([](auto const& a, auto const& b) { return a.size() <=> b.size(); }));
    CHECK(words == std::vector<std::string>{"a", "bb", "ccc"});
}

TEST_CASE("cmp_to_key: a key refers to an lvalue and keeps an rvalue", "[functools][cmp_to_key]") {
    auto const key = ft::cmp_to_key([](tracked const& a, tracked const& b) { return a.value - b.value; });
    tracked one{1};
    tracked::reset();
    auto const k = key(one);
    CHECK(&k.obj == &one);
    CHECK(k < key(tracked{2}));
    CHECK(tracked::copies == 0);
    auto const owner = ft::cmp_to_key([](move_only const& a, move_only const& b) { return a.value - b.value; });
    CHECK(owner(move_only{1}) < owner(move_only{2}));
}

TEST_CASE("cmp_to_key: an exception of the function passes through", "[functools][cmp_to_key]") {
    auto const fails = ft::cmp_to_key([](int, int) -> int { throw std::domain_error("no order"); });
    CHECK_THROWS_AS(fails(1) < fails(2), std::domain_error);
}

TEST_CASE("cmp_to_key: a key has no hash", "[functools][cmp_to_key]") {
    // >>> hash(cmp_to_key(cmp)(1))  ->  TypeError: unhashable type: 'functools.KeyWrapper'
    static_assert(!std::is_default_constructible_v<std::hash<decltype(by_value(1))>>);
    SUCCEED();
}
