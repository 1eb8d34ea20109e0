// SPDX-License-Identifier: MIT
#include <amphis/functools/partial.hpp>

#include <amphis/builtins.hpp>
#include <amphis/functools/lru_cache.hpp>

#include "support/catch.hpp"
#include "support/probes.hpp"

#include <functional>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

namespace ft = amphis::functools;
using amphis::def;
using probes::move_only;
using probes::tracked;
using namespace amphis::literals;

namespace {

constexpr auto digits =
    def<"a", "b", "c">([](int a, int b, int c) { return 100 * a + 10 * b + c; }, "b"_k = 8, "c"_k = 9).named("digits");

/// Shows a call as it arrives, like capture(*args, **kwargs) in CPython's tests: "1, 2, a=3".
std::string show(std::string& out) { return out; }
template <class First, class... Rest>
std::string show(std::string& out, First const& first, Rest const&... rest) {
    if (!out.empty()) out += ", ";
    if constexpr (amphis::detail::Kwarg<First>) {
        out += std::string(First::name.data()) + "=" + std::to_string(first.value);
    } else {
        out += std::to_string(first);
    }
    return show(out, rest...);
}
constexpr auto capture = [](auto const&... args) {
    std::string out;
    return show(out, args...);
};

struct Cell {
    bool alive = false;
    int age = 0;
    void set_state(bool state) { alive = state; }
    [[nodiscard]] std::string describe(int a, int b) const {
        return std::to_string(age) + ":" + std::to_string(a) + std::to_string(b);
    }

    static constexpr auto set_alive = ft::partialmethod(&Cell::set_state, true);
    static constexpr auto set_dead = ft::partialmethod(&Cell::set_state, false);
    static constexpr auto describe_one = ft::partialmethod(&Cell::describe, 1);
    static constexpr auto describe_both = ft::partialmethod(describe_one, 2);
    static constexpr auto captured =
        ft::partialmethod([](Cell const&, auto const&... args) { return capture(args...); }, 1, "a"_k = 2);
};

}  // namespace

TEST_CASE("partial: stored arguments come first", "[functools][partial]") {
    CHECK(ft::partial(capture, 1, 2)(3, 4) == "1, 2, 3, 4");
    CHECK(ft::partial(capture)() == "");
    CHECK(ft::partial(capture)(1) == "1");
    CHECK(ft::partial(capture, 1)() == "1");
    static_assert(ft::partial(digits, 1, 2)(3) == 123);
}

TEST_CASE("partial: keywords of the call join the stored ones, and take precedence", "[functools][partial]") {
    // >>> p = partial(capture, a=1); p(b=2), p(a=3, b=2), p()
    auto const p = ft::partial(capture, "a"_k = 1);
    CHECK(p("b"_k = 2) == "a=1, b=2");
    CHECK(p("a"_k = 3, "b"_k = 2) == "a=3, b=2");
    CHECK(p("b"_k = 2, "a"_k = 3) == "a=3, b=2");  // where the stored one stood, as in a dict
    CHECK(p(5) == "5, a=1");
    CHECK(p() == "a=1");  // the stored ones are not changed
}

TEST_CASE("partial: fills the parameters of a def", "[functools][partial]") {
    constexpr auto with_b = ft::partial(digits, "b"_k = 5);
    static_assert(with_b(1) == 159);
    static_assert(with_b(1, "b"_k = 6) == 169);
    static_assert(with_b("c"_k = 7, "a"_k = 1) == 157);
    CHECK(ft::partial(digits, 1)(2) == 129);
}

TEST_CASE("partial: tells func, args and keywords", "[functools][partial]") {
    auto const p = ft::partial(digits, 1, 2, "c"_k = 3);
    CHECK(std::string_view(p.func().name()) == "digits");
    CHECK(p.args() == std::tuple(1, 2));
    CHECK(p.keywords()["c"_k] == 3);
    CHECK(p.keywords().size() == 1);
    CHECK(amphis::repr(p.args()) == "(1, 2)");
    CHECK(amphis::repr(p.keywords()) == "{'c': 3}");
}

TEST_CASE("partial: of a partial is one partial", "[functools][partial]") {
    auto const inner = ft::partial(capture, 1, "a"_k = 1, "b"_k = 2);
    auto const outer = ft::partial(inner, 2, "a"_k = 3, "c"_k = 4);
    CHECK(outer(3) == "1, 2, 3, a=3, b=2, c=4");
    CHECK(outer.args() == std::tuple(1, 2));
    CHECK(outer.keywords()["a"_k] == 3);
    static_assert(std::is_same_v<decltype(outer.func()), decltype(inner.func())>);
    CHECK(inner(3) == "1, 3, a=1, b=2");
}

TEST_CASE("partial: prints as in CPython, without the address", "[functools][partial]") {
    CHECK(amphis::repr(ft::partial(digits, 1, "c"_k = 3)) == "functools.partial(<function digits>, 1, c=3)");
    CHECK(amphis::repr(ft::partial(capture)) == "functools.partial(<function <lambda>>)");
    CHECK(amphis::str(ft::partial(digits, "b"_k = std::string("x"))) == "functools.partial(<function digits>, b='x')");
}

TEST_CASE("partial: keeps lvalues by value and std::ref by reference", "[functools][partial]") {
    int x = 1;
    auto const by_value = ft::partial(capture, x);
    auto const by_reference = ft::partial([](int const& a, int b) { return a * 10 + b; }, std::ref(x));
    x = 2;
    CHECK(by_value() == "1");
    CHECK(by_reference(5) == 25);
    std::vector<int> v;
    auto const push = ft::partial([](auto& to, int value) { to.push_back(value); }, std::ref(v));
    push(1);
    push(2);
    CHECK(v == std::vector{1, 2});
    auto const again = ft::partial(push, 3);  // still the reference
    again();
    CHECK(v == std::vector{1, 2, 3});
    auto const named = ft::partial(def<"to", "value">([](std::vector<int>& to, int value) { to.push_back(value); }),
                                   "to"_k = std::ref(v));
    named("value"_k = 4);
    CHECK(v.back() == 4);
}

TEST_CASE("partial: every call gets the same stored object", "[functools][partial]") {
    auto collect = ft::partial([](auto& to, int value) { return to.push_back(value), to.size(); }, std::vector<int>{});
    collect(1);
    CHECK(collect(2) == 2);
    CHECK(std::get<0>(collect.args()) == std::vector{1, 2});
    auto copy = collect;
    CHECK(copy(3) == 3);
    CHECK(collect(3) == 3);
}

TEST_CASE("partial: copies nothing at a call", "[functools][partial]") {
    auto const p = ft::partial([](tracked const& a, tracked&& b) { return a.value + b.value; }, tracked{1});
    tracked::reset();
    CHECK(p(tracked{2}) == 3);
    CHECK(tracked::copies + tracked::moves == 0);
}

TEST_CASE("partial: an expiring partial gives its arguments away", "[functools][partial]") {
    auto p = ft::partial([](std::unique_ptr<int> a, move_only b) { return *a + b.value; }, std::make_unique<int>(1),
                         move_only{2});
    static_assert(!std::is_invocable_v<decltype(p)&>);
    CHECK(std::move(p)() == 3);
    auto q = ft::partial(def<"a">([](std::unique_ptr<int> a) { return *a; }), "a"_k = std::make_unique<int>(4));
    CHECK(std::move(q)() == 4);
}

TEST_CASE("partial: works on member functions and functions that take keywords", "[functools][partial]") {
    Cell cell{.age = 4};
    CHECK(ft::partial(&Cell::describe, std::ref(cell), 1)(2) == "4:12");
    CHECK(ft::partial(&Cell::age)(cell) == 4);
    std::vector<std::string> words{"a", "b"};
    CHECK(ft::partial(digits, 1)("c"_k = 2) == 182);
}

TEST_CASE("partial: noexcept and exceptions are those of the function", "[functools][partial]") {
    auto const quiet = ft::partial([](int a, int b) noexcept { return a + b; }, 1);
    static_assert(noexcept(quiet(2)));
    static_assert(!noexcept(ft::partial(capture, 1)(2)));
    CHECK(quiet(2) == 3);
    auto const fails = ft::partial([](int x) -> int { throw std::domain_error(std::to_string(x)); }, 1);
    CHECK_THROWS_AS(fails(), std::domain_error);
}

TEST_CASE("partial: is as large as what it keeps", "[functools][partial]") {
    static_assert(sizeof(ft::partial(capture)) == 1);
    static_assert(sizeof(ft::partial(capture, 1, 2)) == 2 * sizeof(int));
    SUCCEED();
}

TEST_CASE("partialmethod: the object comes first, then the stored arguments", "[functools][partial]") {
    Cell cell;
    Cell::set_alive(cell);
    CHECK(cell.alive);
    Cell::set_dead(cell);
    CHECK_FALSE(cell.alive);
    CHECK(Cell::describe_one(cell, 2) == "0:12");
    CHECK(Cell::describe_both(cell) == "0:12");
    CHECK(Cell::describe_both.args() == std::tuple(1, 2));
    CHECK(Cell::captured(cell, 5, "b"_k = 3) == "1, 5, a=2, b=3");
    CHECK(Cell::captured(cell, "a"_k = 4) == "1, a=4");
}

TEST_CASE("partialmethod: get binds it to an object", "[functools][partial]") {
    Cell cell{.age = 7};
    auto const set_alive = Cell::set_alive.get(cell);
    set_alive();
    CHECK(cell.alive);
    CHECK(Cell::describe_one.get(cell)(3) == "7:13");
}

TEST_CASE("partialmethod: over a partial, whose arguments come before the object", "[functools][partial]") {
    // >>> partialmethod(partial(capture, 1), 2).__get__(obj)(3)  ->  capture(1, obj, 2, 3)
    auto const p = ft::partialmethod(
        ft::partial([](int a, Cell const& self, int b, int c) { return 1000 * a + 100 * self.age + 10 * b + c; }, 1),
        2);
    CHECK(p(Cell{.age = 5}, 3) == 1523);
}

TEST_CASE("partial: states the signature that is left", "[functools][partial]") {
    auto const add = [](int a, long b, std::string const& c) { return std::to_string(a + b) + c; };
    using amphis::detail::KnownSignature;
    using amphis::detail::signature_of;
    auto const one = ft::partial(add, 1);
    static_assert(std::is_same_v<decltype(one)::function_type, std::string(long, std::string const&)>);
    static_assert(std::is_same_v<signature_of<decltype(ft::partial(one, 2L))>::function_type, std::string(std::string const&)>);
    static_assert(std::is_same_v<signature_of<decltype(ft::partial(digits, 1))>::function_type, int(int, int)>);
    static_assert(!KnownSignature<decltype(ft::partial(digits, "b"_k = 1))>);
    static_assert(!KnownSignature<decltype(ft::partial(capture, 1))>);
    static_assert(!KnownSignature<decltype(ft::partial(add, 1, 2L, "", 4))>);
    int calls = 0;
    auto const slow = [&calls](int a, int b) { return ++calls, a * b; };
    auto const fast = ft::lru_cache(ft::partial(slow, 6));
    CHECK(fast(7) == 42);
    CHECK(fast(7) == 42);
    CHECK(calls == 1);
}
