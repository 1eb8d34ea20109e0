// SPDX-License-Identifier: MIT
#include <amphis/functools/total_ordering.hpp>

#include "support/catch.hpp"

#include <algorithm>
#include <compare>
#include <concepts>
#include <set>
#include <string>
#include <tuple>
#include <vector>

namespace ft = amphis::functools;
using ft::total_ordering;

namespace {

struct FromLt : total_ordering {
    int value;
    constexpr FromLt(int v) : value(v) {}
    friend constexpr bool operator==(FromLt const&, FromLt const&) = default;
    friend constexpr bool operator<(FromLt const& a, FromLt const& b) { return a.value < b.value; }
};
struct FromLe : total_ordering {
    int value;
    constexpr FromLe(int v) : value(v) {}
    constexpr bool operator==(FromLe const&) const = default;
    constexpr bool operator<=(FromLe const& other) const { return value <= other.value; }
};
struct FromGt : total_ordering {
    int value;
    constexpr FromGt(int v) : value(v) {}
    friend constexpr bool operator==(FromGt const& a, FromGt const& b) { return a.value == b.value; }
    constexpr bool operator>(FromGt const& other) const { return value > other.value; }
};
struct FromGe final : total_ordering {  // final: found as a member only
    int value;
    constexpr FromGe(int v) : value(v) {}
    constexpr bool operator==(FromGe const& other) const { return value == other.value; }
    constexpr bool operator>=(FromGe const& other) const { return value >= other.value; }
};
struct FromSpaceship : total_ordering {
    int value;
    constexpr FromSpaceship(int v) : value(v) {}
    friend constexpr auto operator<=>(FromSpaceship const&, FromSpaceship const&) = default;
};
struct Derived : FromLt {
    using FromLt::FromLt;
};

struct Length : total_ordering {
    double metres;
    constexpr explicit Length(double m) : metres(m) {}
    friend constexpr bool operator==(Length const& a, double b) { return a.metres == b; }
    friend constexpr bool operator<(Length const& a, double b) { return a.metres < b; }
};
struct Student : total_ordering {
    std::string last, first;
    Student(std::string l, std::string f) : last(std::move(l)), first(std::move(f)) {}
    friend bool operator==(Student const&, Student const&) = default;
    friend bool operator<(Student const& a, Student const& b) {
        return std::tie(a.last, a.first) < std::tie(b.last, b.first);
    }
};

template <class T, class U>
constexpr bool comparable = requires(T const& a, U const& b) { a <= b; };

template <class T>
constexpr bool orders() {
    T const one(1), two(2), same(2);
    return one < two && one <= two && two > one && two >= one && two >= same && two <= same &&  //
           !(two < one) && !(two <= one) && !(one > two) && !(one >= two) && !(two < same) && !(two > same) &&
           one != two;
}

}  // namespace

TEST_CASE("total_ordering: one operator and == give the others", "[functools][total_ordering]") {
    static_assert(orders<FromLt>() && orders<FromLe>() && orders<FromGt>() && orders<FromGe>());
    static_assert(orders<FromSpaceship>());  // has them all, nothing to add
    static_assert(std::totally_ordered<FromLt> && std::totally_ordered<FromGe>);
    CHECK(FromLt(1) <= FromLt(2));
}

TEST_CASE("total_ordering: a derived class is ordered as its base", "[functools][total_ordering]") {
    static_assert(orders<Derived>());
    static_assert(Derived(1) < FromLt(2) && Derived(1) <= FromLt(2) && FromLt(2) > Derived(1) &&
                  FromLt(2) >= Derived(1));
    SUCCEED();
}

TEST_CASE("total_ordering: does not replace what the class defines", "[functools][total_ordering]") {
    // CPython: test_total_ordering_no_overwrite
    struct Odd : total_ordering {
        std::vector<std::string>* calls;
        explicit Odd(std::vector<std::string>& c) : calls(&c) {}
        bool operator==(Odd const&) const { return calls->push_back("=="), false; }
        bool operator<(Odd const&) const { return calls->push_back("<"), false; }
        bool operator>=(Odd const&) const { return calls->push_back(">="), false; }
    };
    std::vector<std::string> calls;
    Odd const a(calls), b(calls);
    CHECK_FALSE(a >= b);
    CHECK(calls == std::vector<std::string>{">="});
    calls.clear();
    CHECK(a > b);  // CPython's formula: not a < b and a != b
    CHECK(calls == std::vector<std::string>{"<", "=="});
    calls.clear();
    CHECK_FALSE(a <= b);  // a < b or a == b
    CHECK(calls == std::vector<std::string>{"<", "=="});
}

TEST_CASE("total_ordering: prefers < to <= to > to >=", "[functools][total_ordering]") {
    struct Two : total_ordering {
        bool operator==(Two const&) const { return false; }
        bool operator<=(Two const&) const { return true; }
        bool operator>(Two const&) const { return true; }
    };
    CHECK(Two{} < Two{});         // from <=: a <= b and a != b
    CHECK_FALSE(Two{} >= Two{});  // from <=: not a <= b or a == b
}

TEST_CASE("total_ordering: compares with other types that the class compares with", "[functools][total_ordering]") {
    static_assert(Length(1) <= 1.0 && Length(2) > 1.0 && Length(2) >= 2.0);
    static_assert(!comparable<Length, char const*> && comparable<Length, double>);
    SUCCEED();
}

TEST_CASE("total_ordering: its own base compares equal, so that = default works, and nothing else does",
          "[functools][total_ordering]") {
    struct NoOperators : total_ordering {};
    static_assert(!std::equality_comparable<NoOperators>);
    static_assert(FromLt(1) == FromLt(1) && FromLe(1) != FromLe(2));
    static_assert(sizeof(FromLt) == sizeof(int));
    SUCCEED();
}

TEST_CASE("total_ordering: sorts and searches", "[functools][total_ordering]") {
    std::vector<Student> students{{"Lovelace", "Ada"}, {"Hopper", "Grace"}, {"Hamilton", "Margaret"}};
    std::ranges::sort(students, std::greater<>{});
    CHECK(students.front().first == "Ada");
    CHECK(std::set<Student>(students.begin(), students.end()).begin()->first == "Margaret");
}
