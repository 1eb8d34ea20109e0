// SPDX-License-Identifier: MIT
// The three forms of a comprehension that were considered, in code: docs/comprehensions.md says why it is the first.
#include <amphis/builtins.hpp>

#include <ranges>
#include <tuple>
#include <vector>

#include "support/catch.hpp"

namespace {

/// Enough of placeholders to see what they look like: an expression is a function of the variables.
namespace placeholders {

template <class Fn>
struct expression {
    Fn fn;
    template <class... V>
    auto operator()(V const&... variables) const {
        return fn(variables...);
    }
};
template <class Fn>
expression(Fn) -> expression<Fn>;

template <std::size_t I>
constexpr auto variable = expression{[](auto const&... variables) { return std::get<I>(std::tie(variables...)); }};
template <class T>
auto value_of(T const& constant) {
    return [constant](auto const&...) { return constant; };
}
template <class Fn>
auto value_of(expression<Fn> const& e) {
    return e;
}
template <class A, class B, class Op>
auto combined(A const& a, B const& b, Op op) {
    return expression{[a = value_of(a), b = value_of(b), op](auto const&... v) { return op(a(v...), b(v...)); }};
}
template <class A, class B>
auto operator*(expression<A> const& a, B const& b) {
    return combined(a, b, [](auto x, auto y) { return x * y; });
}
template <class A, class B>
auto operator%(expression<A> const& a, B const& b) {
    return combined(a, b, [](auto x, auto y) { return x % y; });
}
template <class A, class B>
auto operator<(expression<A> const& a, B const& b) {
    return combined(a, b, [](auto x, auto y) { return x < y; });
}
template <class A, class B>
auto operator==(expression<A> const& a, B const& b) {
    return combined(a, b, [](auto x, auto y) { return x == y; });
}

}  // namespace placeholders

using ints = std::vector<int>;

ints functions_and_clauses(ints const& xs) {
    using amphis::list, amphis::for_, amphis::if_;
    // --- Functions and clauses
    // [x * x for x in xs if x % 2 == 0]
    auto squares = list([](int x) { return x * x; }, for_(xs), if_([](int x) { return x % 2 == 0; }));
    // [x * y for x in xs for y in xs if x < y]
    auto products = list([](int x, int y) { return x * y; }, for_(xs), for_(xs), if_([](int x, int y) { return x < y; }));
    // ---
    squares.insert(squares.end(), products.begin(), products.end());
    return squares;
}

#if !defined(__clang__) || __clang_major__ > 16  // clang 16 does not compile the join_view of libstdc++
ints a_pipe(ints const& xs) {
    namespace views = std::views;
    using amphis::list;
    // --- A pipe
    // [x * x for x in xs if x % 2 == 0]
    auto squares = list(xs | views::filter([](int x) { return x % 2 == 0; }) | views::transform([](int x) { return x * x; }));
    // [x * y for x in xs for y in xs if x < y]
    auto products = list(xs | views::transform([&](int x) {
        return xs | views::filter([x](int y) { return x < y; }) | views::transform([x](int y) { return x * y; });
    }) | views::join);
    // ---
    squares.insert(squares.end(), products.begin(), products.end());
    return squares;
}
#endif

ints names_for_variables(ints const& xs) {
    using amphis::list, amphis::for_, amphis::if_;
    // --- Placeholders
    constexpr auto x = placeholders::variable<0>;
    constexpr auto y = placeholders::variable<1>;
    // [x * x for x in xs if x % 2 == 0]
    auto squares = list(x * x, for_(xs), if_(x % 2 == 0));
    // [x * y for x in xs for y in xs if x < y]
    auto products = list(x * y, for_(xs), for_(xs), if_(x < y));
    // ---
    squares.insert(squares.end(), products.begin(), products.end());
    return squares;
}

}  // namespace

TEST_CASE("comprehension: three forms of one thing", "[builtins][comprehension]") {
    ints const xs{1, 2, 3, 4};
    // >>> [x * x for x in xs if x % 2 == 0] + [x * y for x in xs for y in xs if x < y]
    ints const expected{4, 16, 2, 3, 4, 6, 8, 12};
    CHECK(functions_and_clauses(xs) == expected);
#if !defined(__clang__) || __clang_major__ > 16
    CHECK(a_pipe(xs) == expected);
#endif
    CHECK(names_for_variables(xs) == expected);
}
