// SPDX-License-Identifier: MIT
#include <amphis/lang/function.hpp>

#include "support/catch.hpp"
#include "support/probes.hpp"

#include <functional>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

using amphis::def;
using amphis::parameter;
using probes::move_only;
using probes::tracked;
using namespace amphis::literals;

namespace {

constexpr auto subtract = def<"x", "y">([](int x, int y) { return x - y; });
constexpr auto power = def<"base", "exp">(
    [](int base, int exp) {
        int result = 1;
        while (exp-- > 0) result *= base;
        return result;
    },
    "exp"_k = 2);
constexpr auto digits =
    def<"a", "/", "b", "*", "c">([](int a, int b, int c) { return 100 * a + 10 * b + c; }, "c"_k = 9);

int free_subtract(int x, int y) { return x - y; }
int nothrow_subtract(int x, int y) noexcept { return x - y; }

struct Account {
    int balance = 0;
    int deposit(int amount) { return balance += amount; }
    [[nodiscard]] constexpr int after(int amount) const { return balance + amount; }
};

}  // namespace

TEST_CASE("def: arguments are given by position, by keyword, or both", "[lang][function]") {
    CHECK(subtract(5, 3) == 2);
    CHECK(subtract("x"_k = 5, "y"_k = 3) == 2);
    CHECK(subtract("y"_k = 3, "x"_k = 5) == 2);
    CHECK(subtract(5, "y"_k = 3) == 2);
    static_assert(subtract("y"_k = 3, "x"_k = 5) == 2);
    static_assert(std::is_invocable_r_v<int, decltype(subtract), int, int>);
    static_assert(!std::is_invocable_v<decltype(subtract), std::string, int>);
}

TEST_CASE("def: a parameter that is not given has its default", "[lang][function]") {
    CHECK(power(5) == 25);
    CHECK(power(5, 3) == 125);
    CHECK(power("exp"_k = 3, "base"_k = 5) == 125);
    CHECK(power("base"_k = 5) == 25);
    CHECK(power.defaults()["exp"_k] == 2);
    CHECK(power.defaults().size() == 1);
    CHECK(power.defaults().contains("exp"_k));
    CHECK_FALSE(power.defaults().contains("base"_k));
}

TEST_CASE("def: defaults may stand before the function", "[lang][function]") {
    auto const before = def<"x", "y">("x"_k = 1, "y"_k = 2, [](int x, int y) { return 10 * x + y; });
    CHECK(before() == 12);
    CHECK(before("y"_k = 5) == 15);
}

TEST_CASE("def: / ends the positional-only parameters and * starts the keyword-only ones", "[lang][function]") {
    CHECK(digits(1, 2) == 129);
    CHECK(digits(1, "b"_k = 2) == 129);
    CHECK(digits(1, "c"_k = 3, "b"_k = 2) == 123);
    CHECK(digits(1, 2, "c"_k = 3) == 123);
}

TEST_CASE("def: a keyword-only parameter without default may follow one with a default", "[lang][function]") {
    // >>> def f(a=1, *, b=2, c): return a, b, c
    auto const f =
        def<"a", "*", "b", "c">([](int a, int b, int c) { return 100 * a + 10 * b + c; }, "a"_k = 1, "b"_k = 2);
    CHECK(f("c"_k = 3) == 123);
}

TEST_CASE("def: a function without parameters", "[lang][function]") {
    constexpr auto answer = def<>([] { return 42; });
    static_assert(answer() == 42);
    static_assert(answer.parameters.size() == 0);
    CHECK(answer.parameters.begin() == answer.parameters.end());
}

TEST_CASE("def: tells its parameters at compile time", "[lang][function]") {
    constexpr auto const& parameters = decltype(digits)::parameters;
    static_assert(parameters.size() == 3);
    CHECK(std::string_view(parameters[0].name) == "a");
    static_assert(parameters[0].kind == parameter::POSITIONAL_ONLY);
    static_assert(parameters[1].kind == parameter::POSITIONAL_OR_KEYWORD);
    static_assert(parameters[2].kind == parameter::KEYWORD_ONLY && parameters[2].has_default &&
                  !parameters[1].has_default);
    std::string names;
    for (parameter const& p : digits.parameters) names += p.name;
    CHECK(names == "abc");
}

TEST_CASE("def: has a name and a docstring", "[lang][function]") {
    constexpr auto named = subtract.named("subtract").documented("Take y from x.");
    CHECK(std::string_view(named.name()) == "subtract");
    CHECK(std::string_view(named.doc()) == "Take y from x.");
    CHECK(std::string_view(subtract.name()) == "<lambda>");  // >>> (lambda: 0).__name__
    CHECK(std::string_view(subtract.doc()).empty());
    CHECK(named(5, "y"_k = 3) == 2);
    CHECK(std::string_view(power.documented("d").named("power").name()) == "power");
    CHECK(power.named("power")(3) == 9);  // the defaults come along
}

TEST_CASE("def: takes functions, function objects and member functions", "[lang][function]") {
    CHECK(def<"x", "y">(free_subtract)("y"_k = 1, "x"_k = 3) == 2);
    CHECK(def<"x", "y">(&free_subtract)("y"_k = 1, "x"_k = 3) == 2);
    CHECK(def<"x", "y">(std::minus<>{})("y"_k = 1, "x"_k = 3) == 2);
    auto const deposit = def<"self", "amount">(&Account::deposit, "amount"_k = 10);
    Account account;
    CHECK(deposit(account) == 10);
    CHECK(deposit("amount"_k = 5, "self"_k = account) == 15);
    CHECK(deposit(&account, 1) == 16);
    CHECK(deposit(std::ref(account), 1) == 17);
    CHECK(deposit(std::make_unique<Account>(), 3) == 3);
    CHECK(account.balance == 17);
    static_assert(def<"self", "amount">(&Account::after)(Account{1}, 2) == 3);
}

TEST_CASE("def: takes generic functions", "[lang][function]") {
    auto const join = def<"a", "b">([](auto const& a, auto const& b) { return a + b; });
    CHECK(join(1, "b"_k = 2.5) == 3.5);
    CHECK(join("b"_k = "y", "a"_k = std::string("x")) == "xy");
}

TEST_CASE("def: a function with one parameter more than it has names takes itself first", "[lang][function]") {
    constexpr auto fib = def<"n", "step">(
        [](auto& self, int n, int step) -> long { return n < 2 ? n : self(n - step) + self("n"_k = n - 2); },
        "step"_k = 1);
    static_assert(fib(10) == 55);
    CHECK(fib("n"_k = 20) == 6765);
}

TEST_CASE("def: passes references on", "[lang][function]") {
    auto const push = def<"to", "value">(
        [](std::vector<int>& to, int value) -> std::vector<int>& { return to.push_back(value), to; });
    std::vector<int> v;
    CHECK(&push("value"_k = 1, "to"_k = v) == &v);
    CHECK(&push(v, 2) == &v);
    CHECK(v == std::vector{1, 2});
    static_assert(!std::is_invocable_v<decltype(push), std::vector<int>, int>);
}

TEST_CASE("def: copies nothing, and moves an rvalue once into a by-value parameter", "[lang][function]") {
    auto const by_value = def<"a", "b">([](tracked a, tracked b) { return a.value - b.value; });
    auto const by_reference = def<"a", "b">([](tracked const& a, tracked&& b) { return a.value - b.value; });
    tracked five{5};
    tracked::reset();
    CHECK(by_value(tracked{5}, "b"_k = tracked{3}) == 2);
    CHECK(tracked::copies == 0);
    CHECK(tracked::moves == 2);
    tracked::reset();
    CHECK(by_value("b"_k = tracked{3}, "a"_k = five) == 2);
    CHECK(tracked::copies == 1);  // the lvalue
    CHECK(tracked::moves == 1);
    tracked::reset();
    CHECK(by_reference(five, "b"_k = tracked{3}) == 2);
    CHECK(by_reference("b"_k = tracked{3}, "a"_k = five) == 2);
    CHECK(tracked::copies + tracked::moves == 0);
}

TEST_CASE("def: takes move-only arguments and holds move-only functions", "[lang][function]") {
    auto const take = def<"a", "b">([](move_only a, std::unique_ptr<int> b) { return a.value + *b; });
    CHECK(take(move_only{1}, std::make_unique<int>(2)) == 3);
    CHECK(take("b"_k = std::make_unique<int>(2), "a"_k = move_only{1}) == 3);
    auto owner = def<"x">([p = std::make_unique<int>(1)](int x) { return *p + x; });
    auto moved = std::move(owner).named("owner");
    CHECK(moved("x"_k = 2) == 3);
    static_assert(!std::is_copy_constructible_v<decltype(moved)>);
}

TEST_CASE("def: a default is evaluated once and shared by the calls", "[lang][function]") {
    // >>> def append(x, to=[]): to.append(x); return to
    auto append = def<"x", "to">([](int x, std::vector<int>& to) -> std::vector<int>& { return to.push_back(x), to; },
                                 "to"_k = std::vector<int>{});
    append(1);
    CHECK(append(2) == std::vector{1, 2});
    std::vector<int> mine;
    CHECK(append(3, mine) == std::vector{3});
    CHECK(append.defaults()["to"_k] == std::vector{1, 2});
    auto copy = append;  // a copy has defaults of its own
    copy(9);
    CHECK(append(4) == std::vector{1, 2, 4});
}

TEST_CASE("def: a default is copied into a by-value parameter, not moved out", "[lang][function]") {
    auto const f = def<"s">([](std::string s) { return s += "!"; },
                            "s"_k = std::string("a string too long to be stored in place"));
    CHECK(f() == f());
    auto const by_reference = def<"s">([](std::string const& s) { return s.data(); }, "s"_k = "converted on each call");
    CHECK(std::string_view(def<"s">([](std::string_view s) { return s; }, "s"_k = "literal")()) == "literal");
    CHECK(by_reference("s"_k = std::string("x")) != nullptr);
}

TEST_CASE("def: std::ref as a default is a reference", "[lang][function]") {
    int calls = 0;
    auto const count = def<"n">([](int& n) { return ++n; }, "n"_k = std::ref(calls));
    count();
    CHECK(count() == 2);
    CHECK(calls == 2);
}

TEST_CASE("def: a function that changes its captures", "[lang][function]") {
    auto counter = def<"step">([n = 0](int step) mutable { return n += step; }, "step"_k = 1);
    counter();
    CHECK(counter("step"_k = 5) == 6);
    static_assert(!std::is_invocable_v<decltype(counter) const&>);
    static_assert(std::is_invocable_v<decltype(counter)&>);
}

TEST_CASE("def: noexcept is that of the function", "[lang][function]") {
    auto const quiet = def<"x", "y">(nothrow_subtract);
    static_assert(noexcept(quiet(1, "y"_k = 2)));
    static_assert(!noexcept(subtract(1, "y"_k = 2)));
    CHECK(quiet(3, 1) == 2);
}

TEST_CASE("def: an exception passes through", "[lang][function]") {
    auto const f = def<"x">([](int x) {
        if (x < 0) throw std::domain_error("negative");
    });
    CHECK_THROWS_AS(f("x"_k = -1), std::domain_error);
    CHECK_NOTHROW(f(1));
}

TEST_CASE("def: the object is as large as what it holds", "[lang][function]") {
    static_assert(sizeof(subtract) == 1);
    static_assert(sizeof(power) == sizeof(int));
    static_assert(std::is_same_v<decltype(subtract)::function_type, int(int, int)>);
    static_assert(std::is_trivially_copyable_v<decltype(power)>);
    SUCCEED();
}

TEST_CASE("def: a keyword argument that is an lvalue can be given twice", "[lang][function]") {
    auto const f = def<"s">([](std::string s) { return s; });
    auto const twice = [&f](auto&&... args) { return f(args...) + f(args...); };
    CHECK(twice("s"_k = std::string("a string too long to be stored in place")).size() == 2 * 39);
}

TEST_CASE("bind_arguments: the arguments of a call in the order of the parameters", "[lang][function]") {
    using amphis::detail::bind_arguments;
    auto const list = [](auto const&... values) { return std::vector<int>{values...}; };
    CHECK(bind_arguments(digits, 1, "b"_k = 2).apply(list) == std::vector{1, 2, 9});
    CHECK(bind_arguments(digits, 1, "c"_k = 3, "b"_k = 2).apply(list) == std::vector{1, 2, 3});
    auto const first = [](auto const& bound) { return bound.template get<0>(); };
    CHECK(first(bind_arguments(subtract, "y"_k = 1, "x"_k = 2)) == 2);
}

TEST_CASE("bind_arguments: the shape tells apart what CPython's lru_cache keeps apart", "[lang][function]") {
    using amphis::detail::bind_arguments;
    auto const shape = [](auto const& bound) { return bound.shape; };
    std::vector<unsigned long long> const shapes{
        shape(bind_arguments(power, 1)),
        shape(bind_arguments(power, 1, 2)),
        shape(bind_arguments(power, 1, "exp"_k = 2)),
        shape(bind_arguments(power, "base"_k = 1)),
        shape(bind_arguments(power, "base"_k = 1, "exp"_k = 2)),
        shape(bind_arguments(power, "exp"_k = 2, "base"_k = 1)),
    };
    for (std::size_t i = 0; i != shapes.size(); ++i) {
        for (std::size_t j = 0; j != i; ++j) CHECK(shapes[i] != shapes[j]);
    }
    CHECK(shape(bind_arguments(power, 7)) == shapes[0]);
}
