// SPDX-License-Identifier: MIT
#include <amphis/lang/decorator.hpp>
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

using amphis::around;
using amphis::decorator;
using amphis::decorator_class;
using amphis::def;
using probes::move_only;
using probes::tracked;
using namespace amphis::literals;

namespace {

constexpr around identity = [](auto& fn, auto&&... args) -> decltype(auto) {
    return fn(std::forward<decltype(args)>(args)...);
};
constexpr around plus_one = [](auto& fn, auto&&... args) { return fn(std::forward<decltype(args)>(args)...) + 1; };
constexpr decorator doubled = [](auto fn) {
    return [fn](auto&&... args) { return 2 * fn(std::forward<decltype(args)>(args)...); };
};

constexpr auto plus = [](int n) {
    return around([n](auto& fn, auto&&... args) { return fn(std::forward<decltype(args)>(args)...) + n; });
};
constexpr auto retry = [](int times) {
    return around([times](auto& fn, auto&&... args) {
        for (int left = times;; --left) {
            try {
                return fn(args...);
            } catch (std::runtime_error const&) {
                if (left == 1) throw;
            }
        }
    });
};

/// A decorator class: its object is the decorated function.
template <class Fn>
struct CountCalls {
    Fn fn;
    int calls = 0;

    template <class... A>
    decltype(auto) operator()(A&&... args) {
        ++calls;
        return fn(std::forward<A>(args)...);
    }
};

/// Advice with state.
struct Counter {
    int calls = 0;

    decltype(auto) operator()(auto& fn, auto&&... args) {
        ++calls;
        return fn(std::forward<decltype(args)>(args)...);
    }
};

/// A decorator class with arguments.
struct Scale : amphis::decorator_base {
    int factor;
    constexpr explicit Scale(int f) : factor(f) {}
    template <class Fn>
    constexpr auto operator()(Fn fn) const {
        return [fn, f = factor](int x) { return f * fn(x); };
    }
};

int square(int x) { return x * x; }
struct Account {
    int balance = 0;
    int deposit(int amount) { return balance += amount; }
    [[nodiscard]] constexpr int after(int amount) const noexcept { return balance + amount; }
};
struct Overloaded {
    constexpr int operator()(int x) const { return x; }
    std::string operator()(char const* s) const { return s; }
};
struct Final final {
    constexpr int operator()(int x) const { return x; }
};

}  // namespace

TEST_CASE("decorator: the first name is the outermost, as in Python", "[lang][decorator]") {
    // >>> plus_one(doubled(lambda x: x))(10), doubled(plus_one(lambda x: x))(10)
    static_assert((plus_one | doubled | [](int x) { return x; })(10) == 21);
    static_assert((doubled | plus_one | [](int x) { return x; })(10) == 22);
    CHECK(plus_one(doubled(square))(3) == (plus_one | doubled | square)(3));
}

TEST_CASE("decorator: decorators compose before there is a function", "[lang][decorator]") {
    constexpr auto both = doubled | plus_one;
    static_assert(amphis::Decorator<decltype(both)>);
    static_assert((both | [](int x) { return x; })(10) == 22);
    auto const three = plus_one | (doubled | plus_one);
    CHECK((three | square)(3) == 21);
    CHECK(three(square)(3) == 21);
}

TEST_CASE("decorator: takes arguments", "[lang][decorator]") {
    auto const f = plus(1) | plus(10) | square;
    CHECK(f(3) == 20);
    auto const g = Scale(2) | decorator(Scale(5)) | square;
    CHECK(g(1) == 10);
}

TEST_CASE("decorator: a retrying one calls again", "[lang][decorator]") {
    int calls = 0;
    auto const flaky = [&calls](int good) {
        if (++calls < good) throw std::runtime_error("not yet");
        return calls;
    };
    CHECK((retry(3) | flaky)(3) == 3);
    calls = 0;
    CHECK_THROWS_AS((retry(3) | flaky)(4), std::runtime_error);
    CHECK(calls == 3);
}

TEST_CASE("decorator: an exception passes through, and state kept before it stays", "[lang][decorator]") {
    auto f = around(Counter{}) | [](int x) -> int { throw std::domain_error(std::to_string(x)); };
    CHECK_THROWS_AS(f(1), std::domain_error);
    CHECK(f.calls == 1);
}

TEST_CASE("decorator: state is a member of the decorated function", "[lang][decorator]") {
    auto f = around(Counter{}) | square;
    f(1);
    CHECK(f(3) == 9);
    CHECK(f.calls == 2);
    auto g = decorator_class<CountCalls> | square;
    g(1);
    CHECK(g(3) == 9);
    CHECK(g.calls == 2);
    auto stacked = plus_one | around(Counter{}) | square;
    CHECK(stacked(2) == 5);
    CHECK(stacked.wrapped().calls == 1);
}

TEST_CASE("decorator: a copy has state of its own", "[lang][decorator]") {
    auto f = around(Counter{}) | square;
    f(1);
    auto g = f;
    g(1);
    CHECK(f.calls == 1);
    CHECK(g.calls == 2);
    auto const counting = around(Counter{});  // each function decorated by it counts for itself
    auto a = counting | square;
    auto b = counting | square;
    a(1);
    CHECK(a.calls == 1);
    CHECK(b.calls == 0);
}

TEST_CASE("decorator: std::ref shares one function", "[lang][decorator]") {
    auto counter = [n = 0]() mutable { return ++n; };
    auto a = identity | std::ref(counter);
    auto b = plus_one | std::ref(counter);
    CHECK(a() == 1);
    CHECK(b() == 3);
    CHECK(counter() == 3);
}

TEST_CASE("decorator: works on functions, objects and member functions", "[lang][decorator]") {
    CHECK((plus_one | square)(3) == 10);
    CHECK((plus_one | &square)(3) == 10);
    CHECK((plus_one | std::multiplies<>{})(3, 4) == 13);
    CHECK((plus_one | Final{})(3) == 4);
    CHECK((doubled | Final{})(3) == 6);
    CHECK((plus_one | std::function<int(int)>(square))(3) == 10);
    Account account;
    auto const deposit = plus_one | &Account::deposit;
    CHECK(deposit(account, 5) == 6);
    CHECK(deposit(&account, 5) == 11);
    CHECK((doubled | &Account::deposit)(account, 1) == 22);
    CHECK((identity | &Account::balance)(account) == 11);
    static_assert((plus_one | &Account::after)(Account{1}, 2) == 4);
}

TEST_CASE("decorator: keeps overloads", "[lang][decorator]") {
    constexpr auto f = identity | Overloaded{};
    static_assert(f(3) == 3);
    CHECK(f("text") == "text");
    static_assert(!std::is_invocable_v<decltype(f), std::vector<int>>);
}

TEST_CASE("decorator: keeps signature, name and docstring", "[lang][decorator]") {
    auto const f =
        identity | plus_one |
        def<"x", "y">([](int x, int y) { return 10 * x + y; }, "y"_k = 2).named("digits").documented("Two digits.");
    CHECK(std::string_view(f.name()) == "digits");
    CHECK(std::string_view(f.doc()) == "Two digits.");
    static_assert(std::is_same_v<decltype(f)::function_type, int(int, int)>);
    static_assert(std::is_same_v<amphis::detail::signature_of<decltype(f)>::result, int>);
    static_assert(std::is_same_v<decltype(identity | &Account::deposit)::function_type, int(Account&, int)>);
    CHECK(f.wrapped().wrapped()(1) == 12);
    CHECK(f.wrapped().wrapped().parameters.size() == 2);
    CHECK(std::string_view((identity | square).name()) == "<lambda>");
    auto named = def<"x">(square).named("square");
    CHECK(std::string_view((identity | std::ref(named)).name()) == "square");
}

TEST_CASE("decorator: passes keyword arguments on", "[lang][decorator]") {
    auto const f = plus_one | def<"x", "y">([](int x, int y) { return 10 * x + y; }, "y"_k = 2);
    CHECK(f("y"_k = 3, "x"_k = 4) == 44);
    CHECK(f(4) == 43);
    auto const again = retry(2) | def<"s">([n = 0](std::string s) mutable {
                           if (++n == 1) throw std::runtime_error("once");
                           return s;
                       });
    auto retried = again;
    CHECK(retried("s"_k = std::string("given to both calls, not moved away")) == "given to both calls, not moved away");
}

TEST_CASE("decorator: references, move-only arguments and results pass through", "[lang][decorator]") {
    auto const pick =
        identity | [](std::vector<int>& v, move_only i) -> int& { return v[static_cast<std::size_t>(i.value)]; };
    std::vector<int> v{1, 2, 3};
    pick(v, move_only{1}) = 20;
    CHECK(v[1] == 20);
    auto const make = identity | [](int x) { return std::make_unique<int>(x); };
    CHECK(*make(5) == 5);
    tracked::reset();
    auto const consume = identity | identity | [](tracked t) { return t.value; };
    CHECK(consume(tracked{4}) == 4);
    CHECK(tracked::copies == 0);
    CHECK(tracked::moves == 1);
}

TEST_CASE("decorator: move-only functions and advice are moved in", "[lang][decorator]") {
    auto f = identity | [p = std::make_unique<int>(1)](int x) mutable { return *p += x; };
    f(1);
    CHECK(f(1) == 3);
    auto moved = std::move(f);
    CHECK(moved(1) == 4);
    auto const g = around([p = std::make_unique<int>(10)](auto& fn, int x) { return *p + fn(x); }) | square;
    CHECK(g(2) == 14);
    auto stacked = identity |
                   (around([p = std::make_unique<int>(10)](auto& fn, int x) { return *p + fn(x); }) | identity) |
                   square;
    CHECK(stacked(2) == 14);
}

TEST_CASE("decorator: a function that changes its captures is called where it is not const", "[lang][decorator]") {
    auto f = identity | [n = 0]() mutable { return ++n; };
    static_assert(!std::is_invocable_v<decltype(f) const&>);
    f();
    CHECK(f() == 2);
}

TEST_CASE("decorator: noexcept is that of advice and function", "[lang][decorator]") {
    constexpr around quiet = [](auto& fn, auto&&... args) noexcept {
        return fn(std::forward<decltype(args)>(args)...);
    };
    constexpr auto f = quiet | &Account::after;
    constexpr auto g = identity | &Account::after;
    static_assert(noexcept(f(Account{}, 1)));
    static_assert(!noexcept(g(Account{}, 1)));
    CHECK(f(Account{}, 1) == g(Account{}, 1));
}

TEST_CASE("decorator: one that does nothing takes no space", "[lang][decorator]") {
    constexpr auto f = identity | plus_one | [](int x) { return x; };
    static_assert(sizeof(f) == 1);
    static_assert(sizeof(plus_one | square) == sizeof(&square));
    CHECK(f(1) == 2);
}

TEST_CASE("decorator: a registry keeps functions and returns them unchanged", "[lang][decorator]") {
    std::vector<int (*)(int)> registry;
    auto const registered = decorator([&registry](int (*fn)(int)) {
        registry.push_back(fn);
        return fn;
    });
    auto* const f = registered | square;
    CHECK(f == &square);
    CHECK((registered | [](int x) { return x; })(3) == 3);
    CHECK(registry.size() == 2);
    CHECK(registry[0](4) == 16);
}

TEST_CASE("decorator: a decorated function goes into std::function", "[lang][decorator]") {
    std::function<int(int)> const f = plus_one | square;
    CHECK(f(2) == 5);
}
