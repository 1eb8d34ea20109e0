// SPDX-License-Identifier: MIT
#include <amphis/functools/wraps.hpp>

#include <amphis/lang/decorator.hpp>
#include <amphis/lang/function.hpp>

#include "support/catch.hpp"

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace ft = amphis::functools;
using amphis::def;
using namespace amphis::literals;

namespace {

constexpr auto greet = def<"who">([](std::string const& who) { return "hello " + who; }, "who"_k = "you")
                           .named("greet")
                           .documented("Greets.");
constexpr amphis::decorator shout = [](auto fn) {
    return ft::wraps(fn)([fn](auto&&... args) { return fn(std::forward<decltype(args)>(args)...) + "!"; });
};
constexpr amphis::decorator forgetful = [](auto fn) {
    return [fn](auto&&... args) { return fn(std::forward<decltype(args)>(args)...) + "!"; };
};

struct CountCalls {
    int calls = 0;
    int fn = 0, wrapper = 0;  // names used inside: no warning about shadowing
    int operator()(int x) { return ++calls, x; }
};
struct Final final {
    int operator()(int x) const { return x; }
};
int twice(int x) { return 2 * x; }

}  // namespace

TEST_CASE("wraps: the wrapper has the name, docstring and signature of the function", "[functools][wraps]") {
    auto const f = shout | greet;
    CHECK(f("you") == "hello you!");
    CHECK(std::string_view(f.name()) == "greet");
    CHECK(std::string_view(f.doc()) == "Greets.");
    static_assert(std::is_same_v<decltype(f)::function_type, std::string(std::string const&)>);
    CHECK(f.wrapped()("me") == "hello me");
    CHECK(f("who"_k = "all") == "hello all!");
    CHECK(f() == "hello you!");
}

TEST_CASE("wraps: without it a wrapper has no identity, as in Python", "[functools][wraps]") {
    auto const f = forgetful | greet;
    CHECK(f("you") == "hello you!");
    static_assert(!amphis::detail::HasName<decltype(f)>);
    static_assert(!amphis::detail::KnownSignature<decltype(f)>);
}

TEST_CASE("wraps: stacks", "[functools][wraps]") {
    auto const f = shout | shout | greet;
    CHECK(f("you") == "hello you!!");
    CHECK(std::string_view(f.name()) == "greet");
    CHECK(f.wrapped()("you") == "hello you!");
    CHECK(f.wrapped().wrapped()("you") == "hello you");
}

TEST_CASE("update_wrapper: members of the wrapper stay visible", "[functools][wraps]") {
    auto f = ft::update_wrapper(CountCalls{}, twice);
    CHECK(f(3) == 3);
    f(4);
    CHECK(f.calls == 2);
    CHECK(f.wrapped()(3) == 6);
    static_assert(!std::is_invocable_v<decltype(f) const&, int>);  // CountCalls changes
}

TEST_CASE("update_wrapper: wrapper and function may be functions, final classes, member functions",
          "[functools][wraps]") {
    auto const f = ft::update_wrapper(twice, greet);
    CHECK(f(2) == 4);
    CHECK(std::string_view(f.name()) == "greet");
    CHECK(ft::update_wrapper(Final{}, twice)(5) == 5);
    CHECK(ft::wraps(twice)(&CountCalls::calls)(CountCalls{.calls = 3}) == 3);
    CHECK((ft::wraps(greet) | Final{})(5) == 5);
}

TEST_CASE("wraps: moves what can only be moved", "[functools][wraps]") {
    auto f = ft::wraps([p = std::make_unique<int>(1)] { return *p; })([p = std::make_unique<int>(2)] { return *p; });
    CHECK(f() == 2);
    CHECK(f.wrapped()() == 1);
}

TEST_CASE("wraps: costs nothing for functions without state", "[functools][wraps]") {
    constexpr auto f = ft::wraps([](int x) { return x; })([](int x) noexcept { return x + 1; });
    static_assert(f(1) == 2);
    static_assert(noexcept(f(1)));
    static_assert(sizeof(f) == 1);
    SUCCEED();
}

TEST_CASE("wraps: of std::ref shares the function", "[functools][wraps]") {
    auto counter = [n = 0]() mutable { return ++n; };
    auto f = ft::wraps(std::ref(counter))([&counter] { return counter() + 10; });
    CHECK(f() == 11);
    CHECK(f.wrapped()() == 2);
}
