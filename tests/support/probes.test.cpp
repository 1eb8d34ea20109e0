// SPDX-License-Identifier: MIT
// The probes themselves: a probe that counts nothing would let every test pass.
#include "support/probes.hpp"
#include "support/allocations.hpp"
#include "support/catch.hpp"

#include <concepts>
#include <memory>
#include <unordered_set>

using namespace probes;

TEST_CASE("tracked: counts copies, moves and live objects", "[support]") {
    tracked::reset();
    {
        tracked a{1};
        tracked b = a;
        tracked c = std::move(a);
        b = c;
        CHECK(b == c);
        CHECK(tracked::copies == 2);
        CHECK(tracked::moves == 1);
        CHECK(tracked::live == 3);
    }
    CHECK(tracked::live == 0);
}

TEST_CASE("throws_on_nth: the nth step throws, once", "[support]") {
    throws_on_nth a{1};
    countdown::arm(2);
    throws_on_nth b = a;
    CHECK_THROWS_AS(a == b, probe_error);
    CHECK(a == b);
    countdown::arm(1);
    CHECK_THROWS_AS(std::hash<throws_on_nth>{}(a), probe_error);
    countdown::disarm();
    static_assert(!std::is_nothrow_move_constructible_v<throws_on_nth>);
    static_assert(std::is_nothrow_move_constructible_v<throws_on_nth_copy>);
}

TEST_CASE("move_only: moves, does not copy", "[support]") {
    static_assert(std::movable<move_only> && !std::copyable<move_only>);
    std::unordered_set<move_only> set;
    set.insert(move_only{3});
    CHECK(set.contains(3));
}

TEST_CASE("input_iterable: throws when an element is read twice", "[support]") {
    static_assert(std::input_iterator<input_iterable::iterator>);
    input_iterable range{1, 2};
    auto it = range.begin();
    CHECK(*it == 1);
    CHECK_THROWS_AS(*it, std::logic_error);
    ++it;
    CHECK(*it == 2);
    ++it;
    CHECK(it == range.end());
    CHECK_THROWS_AS(++it, std::logic_error);
    CHECK_THROWS_AS(range.begin(), std::logic_error);
}

TEST_CASE("allocation_count: counts operator new", "[support]") {
    auto const before = allocation_count();
    auto const made = std::make_unique<int>(1);
    CHECK(allocation_count() > before);
    auto const after = allocation_count();
    int const local = *made;
    auto const unchanged = allocation_count();
    CHECK(unchanged == after);
    CHECK(local == 1);
}
