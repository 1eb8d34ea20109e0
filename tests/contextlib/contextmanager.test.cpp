// SPDX-License-Identifier: MIT
// contextmanager: facts from CPython's test_contextlib.
#include <amphis/contextlib/contextmanager.hpp>

#include <amphis/functools/lru_cache.hpp>
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

namespace ctx = amphis::contextlib;
using amphis::exc_info;
using amphis::Exception;
using amphis::generator;
using amphis::None;
using amphis::none_t;
using amphis::RuntimeError;
using amphis::StopIteration;
using amphis::TypeError;
using amphis::ValueError;
using amphis::with;
using amphis::yield_from;
using amphis::ZeroDivisionError;
using namespace amphis::literals;

namespace {

template <class E, class F>
std::string raised(F&& f) {
    try {
        f();
    } catch (E const& e) {
        return std::string(e.type_name()) + ": " + e.what();
    }
    return "nothing";
}
using text = std::string;
using states = std::vector<int>;

struct at_end {
    states* out;
    int value;
    ~at_end() { out->push_back(value); }
};

constexpr ctx::contextmanager nothing_around = []() -> generator<none_t, none_t> { co_yield None; };

}  // namespace

TEST_CASE("contextmanager: before the yield is enter, after it exit", "[contextlib][contextmanager]") {
    states state;
    auto const woohoo = ctx::contextmanager([](states& s) -> generator<int, none_t> {
        s.push_back(1);
        co_yield 42;
        s.push_back(999);
    });
    with(woohoo(state), [&](int x) {
        CHECK(state == states{1});
        CHECK(x == 42);
        state.push_back(x);
    });
    CHECK(state == states{1, 42, 999});
}

TEST_CASE("contextmanager: what it yields can be changed; None is no value", "[contextlib][contextmanager]") {
    text seen;
    auto const word = ctx::contextmanager([](text& s) -> generator<text, none_t> {
        text w = "a";
        co_yield std::move(w);
        s = w;
    });
    with(word(seen), [](text& w) { w += "b"; });
    CHECK(seen == "ab");
    static_assert(std::is_void_v<decltype(nothing_around().enter())>);
    static_assert(std::is_same_v<decltype(word(seen).enter()), text&>);
    with(nothing_around(), [] {});
    auto const refers = ctx::contextmanager([](text const& s) -> generator<text const&, none_t> { co_yield s; });
    with(refers(text("temporary")), [](text const& s) { CHECK(s == "temporary"); });
}

TEST_CASE("contextmanager: locals die and the exception goes on", "[contextlib][contextmanager]") {
    states state;
    auto const woohoo = ctx::contextmanager([](states& s) -> generator<int, none_t> {
        at_end const finally{&s, 999};
        co_yield 42;
        s.push_back(0);
    });
    CHECK(raised<ZeroDivisionError>([&] { with(woohoo(state), [](int) { throw ZeroDivisionError("x"); }); }) == "ZeroDivisionError: x");
    CHECK(state == states{999});
    CHECK_THROWS_AS(with(woohoo(state), [](int) { throw std::out_of_range("x"); }), std::out_of_range);
    CHECK_THROWS_AS(with(woohoo(state), [](int) { throw 42; }), int);
    CHECK(state == states{999, 999, 999});
}

TEST_CASE("contextmanager: exit does not raise the exception that it is given", "[contextlib][contextmanager]") {
    auto manager = nothing_around();
    manager.enter();
    CHECK_FALSE(manager.exit(TypeError("foo")));
}

TEST_CASE("contextmanager: a generator that does not stop after throw() raises RuntimeError", "[contextlib][contextmanager]") {
    states state;
    auto const whoo = ctx::contextmanager([](states& s) -> generator<int, none_t> {
        at_end const finally{&s, 1};
        try {
            co_yield 1;
        } catch (Exception const&) {
        }
        co_yield 2;
    });
    auto manager = whoo(state);
    manager.enter();
    CHECK(raised<RuntimeError>([&] { manager.exit(TypeError("foo")); }) == "RuntimeError: generator didn't stop after throw()");
    CHECK(state == states{1});  // it is not kept suspended
    try {
        with(whoo(state), [](int) { throw TypeError("foo"); });
        FAIL("no exception");
    } catch (RuntimeError const& e) {
        CHECK(text(e.context().type_name()) == "TypeError");
    }
}

TEST_CASE("contextmanager: a generator that never yields raises RuntimeError", "[contextlib][contextmanager]") {
    auto const whoo = ctx::contextmanager([]() -> generator<int, none_t> { co_return; });
    try {
        with(whoo(), [](int) { FAIL("the body"); });
        FAIL("no exception");
    } catch (RuntimeError const& e) {
        CHECK(text(e.what()) == "generator didn't yield");
        CHECK(e.suppress_context());
        CHECK_FALSE(e.cause());
    }
}

TEST_CASE("contextmanager: a second yield raises RuntimeError", "[contextlib][contextmanager]") {
    states state;
    auto const whoo = ctx::contextmanager([](states& s) -> generator<int, none_t> {
        at_end const finally{&s, 1};
        co_yield 1;
        co_yield 2;
    });
    CHECK(raised<RuntimeError>([&] { with(whoo(state), [](int) {}); }) == "RuntimeError: generator didn't stop");
    CHECK(state == states{1});
    auto const plain = ctx::contextmanager([](states& s) -> generator<int> {
        at_end const finally{&s, 2};
        co_yield 1;
        co_yield 2;
    });
    CHECK(raised<RuntimeError>([&] { with(plain(state), [](int) {}); }) == "RuntimeError: generator didn't stop");
    CHECK(state == states{1, 2});
}

TEST_CASE("contextmanager: a generator may raise something else", "[contextlib][contextmanager]") {
    auto const whoo = ctx::contextmanager([]() -> generator<none_t, none_t> {
        try {
            co_yield None;
        } catch (RuntimeError const&) {
            throw amphis::SyntaxError("other");
        }
    });
    try {
        with(whoo(), [] { throw RuntimeError("first"); });
        FAIL("no exception");
    } catch (amphis::SyntaxError const& e) {
        CHECK(text(e.what()) == "other");
        CHECK(e.context().is<RuntimeError>());
    }
}

TEST_CASE("contextmanager: a generator may catch the exception", "[contextlib][contextmanager]") {
    states state;
    auto const woohoo = ctx::contextmanager([](states& s) -> generator<int, none_t> {
        s.push_back(1);
        try {
            co_yield 42;
        } catch (ZeroDivisionError const& e) {
            s.push_back(std::stoi(e.what()));
        }
    });
    with(woohoo(state), [&](int x) {
        state.push_back(x);
        throw ZeroDivisionError(999);
    });
    CHECK(state == states{1, 42, 999});
    CHECK_FALSE(with(woohoo(state), [](int) -> int { throw ZeroDivisionError(7); }).has_value());
}

TEST_CASE("contextmanager: an error before the yield or after it comes out", "[contextlib][contextmanager]") {
    auto const before = ctx::contextmanager([]() -> generator<int, none_t> {
        throw ValueError("before");
        co_yield 1;
    });
    auto const after = ctx::contextmanager([]() -> generator<int, none_t> {
        co_yield 1;
        throw ValueError("after");
    });
    auto const stops = ctx::contextmanager([]() -> generator<int, none_t> {
        co_yield 1;
        throw StopIteration("in the generator");
    });
    CHECK(raised<ValueError>([&] { with(before(), [](int) { FAIL("the body"); }); }) == "ValueError: before");
    CHECK(raised<ValueError>([&] { with(after(), [](int) {}); }) == "ValueError: after");
    CHECK(raised<RuntimeError>([&] { with(stops(), [](int) {}); }) == "RuntimeError: generator raised StopIteration");
}

TEST_CASE("contextmanager: StopIteration of the body goes through", "[contextlib][contextmanager]") {
    struct StopIterationSubclass : amphis::exception<"StopIterationSubclass", StopIteration> {
        using exception::exception;
    };
    CHECK(raised<StopIteration>([] { with(nothing_around(), [] { throw StopIteration("spam"); }); }) == "StopIteration: spam");
    CHECK(raised<StopIterationSubclass>([] { with(nothing_around(), [] { throw StopIterationSubclass("spam"); }); }) == "StopIterationSubclass: spam");
    // Another one is PEP 479's affair.
    auto const swaps = ctx::contextmanager([]() -> generator<none_t, none_t> {
        try {
            co_yield None;
        } catch (Exception const&) {
            throw StopIteration("another");
        }
    });
    CHECK(raised<RuntimeError>([&] { with(swaps(), [] { throw StopIteration("spam"); }); }) == "RuntimeError: generator raised StopIteration");
    CHECK(raised<RuntimeError>([&] { with(swaps(), [] { throw ValueError("spam"); }); }) == "RuntimeError: generator raised StopIteration");
    // `raise exc` in Python raises the same object; `throw e` a copy.
    auto const again = ctx::contextmanager([]() -> generator<none_t, none_t> {
        try {
            co_yield None;
        } catch (StopIteration const& e) {
            throw e;
        }
    });
    CHECK(raised<StopIterationSubclass>([&] { with(again(), [] { throw StopIterationSubclass("spam"); }); }) == "StopIterationSubclass: spam");
}

TEST_CASE("contextmanager: only StopIteration is taken out of the RuntimeError that wraps it (bpo-29692)", "[contextlib][contextmanager]") {
    auto const issue29692 = ctx::contextmanager([]() -> generator<none_t, none_t> {
        try {
            co_yield None;
        } catch (Exception const& e) {
            amphis::raise_from(RuntimeError("issue29692:Chained"), e);
        }
    });
    try {
        with(issue29692(), [] { throw ZeroDivisionError("x"); });
        FAIL("no exception");
    } catch (Exception const& e) {
        CHECK(text(e.type_name()) == "RuntimeError");
        CHECK(text(e.what()) == "issue29692:Chained");
        CHECK(e.cause().is<ZeroDivisionError>());
    }
    try {
        with(issue29692(), [] { throw StopIteration("issue29692:Unchained"); });
        FAIL("no exception");
    } catch (Exception const& e) {
        CHECK(text(e.type_name()) == "StopIteration");
        CHECK(text(e.what()) == "issue29692:Unchained");
        CHECK_FALSE(e.cause());
    }
}

TEST_CASE("contextmanager: RuntimeError that is raised again is not taken for another (bpo-27122)", "[contextlib][contextmanager]") {
    auto const first = ctx::contextmanager([]() -> generator<int, none_t> {
        try {
            co_yield 1;
        } catch (Exception const&) {
            throw;
        }
    });
    CHECK(raised<RuntimeError>([&] { with(first(), [](int) { throw RuntimeError("x"); }); }) == "RuntimeError: x");
}

TEST_CASE("contextmanager: generator<T> is left at its yield", "[contextlib][contextmanager]") {
    states state;
    auto const plain = ctx::contextmanager([](states& s) -> generator<int> {
        at_end const finally{&s, 2};
        s.push_back(1);
        co_yield 7;
        s.push_back(3);
    });
    static_assert(std::is_same_v<decltype(with(plain(state), [](int x) { return x; })), int>);  // it cannot suppress
    CHECK(with(plain(state), [](int x) { return x; }) == 7);
    CHECK(state == states{1, 3, 2});
    state.clear();
    CHECK(raised<ValueError>([&] { with(plain(state), [](int) { throw ValueError("x"); }); }) == "ValueError: x");
    CHECK(state == states{1, 2});
}

TEST_CASE("contextmanager: a generator may delegate", "[contextlib][contextmanager]") {
    static states state;
    state.clear();
    static constexpr auto inner = []() -> generator<int, none_t> {
        at_end const finally{&state, 2};
        try {
            co_yield 1;
        } catch (ValueError const&) {
            state.push_back(1);
            throw;
        }
    };
    auto const outer = ctx::contextmanager([]() -> generator<int, none_t> {
        at_end const finally{&state, 3};
        co_yield yield_from(inner());
    });
    with(outer(), [](int x) { CHECK(x == 1); });
    CHECK(state == states{2, 3});
    state.clear();
    CHECK(raised<ValueError>([&] { with(outer(), [](int) { throw ValueError("x"); }); }) == "ValueError: x");
    CHECK(state == states{1, 2, 3});
    state.clear();
    CHECK(raised<StopIteration>([&] { with(outer(), [](int) { throw StopIteration("x"); }); }) == "StopIteration: x");
    // Managers within a generator.
    auto const nested = ctx::contextmanager([&]() -> generator<none_t, none_t> {
        auto manager = outer();
        manager.enter();
        exc_info error;
        try {
            co_yield None;
        } catch (ValueError const& e) {
            error = exc_info::current(e);
        }
        if (!manager.exit(error) && error) error.raise();
    });
    state.clear();
    CHECK(raised<ValueError>([&] { with(nested(), [] { throw ValueError("y"); }); }) == "ValueError: y");
    CHECK(state == states{1, 2, 3});
}

TEST_CASE("contextmanager: is for one with", "[contextlib][contextmanager]") {
    auto manager = nothing_around();
    with(manager, [] {});
    CHECK(raised<RuntimeError>([&] { with(manager, [] {}); }) == "RuntimeError: generator didn't yield");  // CPython: AttributeError
    auto copy = manager;
    CHECK(raised<RuntimeError>([&] { with(copy, [] {}); }) == "RuntimeError: generator didn't yield");
    auto const fresh = nothing_around();
    auto one = fresh;
    auto two = fresh;
    with(one, two, [] {});
}

TEST_CASE("contextmanager: exit without enter does what the generator does", "[contextlib][contextmanager]") {
    auto manager = nothing_around();
    CHECK(raised<RuntimeError>([&] { manager.exit(None); }) == "RuntimeError: generator didn't stop");
    auto other = nothing_around();
    CHECK_FALSE(other.exit(ValueError("x")));
    auto left = nothing_around();
    left.enter();
    CHECK_FALSE(left.exit(None));
    CHECK_FALSE(left.exit(None));
    CHECK_FALSE(left.exit(ValueError("x")));
}

TEST_CASE("contextmanager: a manager that is entered cannot move", "[contextlib][contextmanager]") {
    auto const word = ctx::contextmanager([](text const& s) -> generator<text const&, none_t> { co_yield s; });
    auto manager = word(text("a word that is too long to be kept in place"));
    auto moved = std::move(manager);
    CHECK(moved.enter().size() == 43);
    CHECK(raised<RuntimeError>([&] { auto const again = std::move(moved); }) == "RuntimeError: cannot move a context manager that is entered");
    CHECK_FALSE(moved.exit(None));
}

TEST_CASE("contextmanager: temporaries are kept, variables are copied, and referred to where they are changed", "[contextlib][contextmanager]") {
    auto const sum = ctx::contextmanager([](std::vector<int> const& v, int by_value, int& changed) -> generator<int, none_t> {
        changed = by_value;
        for (int x : v) changed += x;
        co_yield changed;
        changed = 0;
    });
    int n = 0;
    auto const make = [&] {
        std::vector<int> const local{1, 2, 3};
        int const ten = 10;
        return sum(local, ten, n);  // neither is there when it is entered
    };
    auto manager = make();
    CHECK(n == 0);
    with(manager, [&](int x) {
        CHECK(x == 16);
        CHECK(n == 16);
    });
    CHECK(n == 0);
    with(sum(std::vector{4, 5}, 1, n), [](int x) { CHECK(x == 10); });
}

TEST_CASE("contextmanager: arguments may be move-only, and are moved", "[contextlib][contextmanager]") {
    auto const own = ctx::contextmanager([](std::unique_ptr<int> p) -> generator<int, none_t> { co_yield *p; });
    with(own(std::make_unique<int>(5)), [](int x) { CHECK(x == 5); });
    auto manager = own(std::make_unique<int>(6));
    static_assert(!std::is_copy_constructible_v<decltype(manager)>);
    with(manager, [](int x) { CHECK(x == 6); });
    auto const borrow = ctx::contextmanager([](std::unique_ptr<int> const& p) -> generator<int, none_t> { co_yield *p; });
    auto const seven = std::make_unique<int>(7);
    with(borrow(seven), [](int x) { CHECK(x == 7); });
    probes::tracked::reset();
    {
        auto const track = ctx::contextmanager([](probes::tracked t) -> generator<int, none_t> { co_yield t.value; });
        with(track(probes::tracked(3)), [](int x) { CHECK(x == 3); });
        CHECK(probes::tracked::copies == 0);
    }
    CHECK(probes::tracked::live == 0);
}

TEST_CASE("contextmanager: an argument that is converted for a reference lives as long as the manager", "[contextlib][contextmanager]") {
    auto const word = ctx::contextmanager([](text const& s, std::vector<int>&& v) -> generator<text, none_t> {
        co_yield s + std::to_string(v.size());
        CHECK(s.size() == 43);
    });
    with(word("a word that is too long to be kept in place", std::vector<int>(3)), [](text& t) { CHECK(t.size() == 44); });
    auto const named = ctx::contextmanager(amphis::def<"s", "*", "n">([](text const& s, text const& n) -> generator<text, none_t> {
        co_yield s + n;
        CHECK(s.size() == 43);
    }, "n"_k = "a default"));
    with(named("s"_k = "a word that is too long to be kept in place"), [](text& t) { CHECK(t.size() == 52); });
    with(named("a word that is too long to be kept in place", "n"_k = "1"), [](text& t) { CHECK(t.size() == 44); });
}

TEST_CASE("contextmanager: no keyword argument is inhibited", "[contextlib][contextmanager]") {
    auto const woohoo = ctx::contextmanager(amphis::def<"self", "args", "kwds", "func">(
        [](int self, text args, text const& kwds, int func) -> generator<text, none_t> {
            co_yield std::to_string(self) + std::to_string(func) + args + kwds;
        },
        "func"_k = 22));
    with(woohoo("self"_k = 11, "func"_k = 23, "args"_k = "33", "kwds"_k = "44"), [](text& t) { CHECK(t == "11233344"); });
    // What was given by keyword as a temporary is kept.
    auto manager = woohoo(11, "args"_k = text("a text that is too long to be kept in place"), "kwds"_k = text("another text, just as long as the first"));
    with(manager, [](text& t) { CHECK(t == "1122a text that is too long to be kept in placeanother text, just as long as the first"); });
    text variable = "v";
    auto refers = woohoo(1, "args"_k = variable, "kwds"_k = variable);
    with(refers, [](text& t) { CHECK(t == "122vv"); });
}

TEST_CASE("contextmanager: captures live as long as the manager", "[contextlib][contextmanager]") {
    auto const make = [] {
        text const greeting = "a greeting that is too long to be kept in place";
        return ctx::contextmanager([greeting](int n) -> generator<text, none_t> { co_yield greeting + std::to_string(n); });
    };
    with(make()(3), [](text& t) { CHECK(t == "a greeting that is too long to be kept in place3"); });
}

TEST_CASE("contextmanager: has the name and docstring of its function", "[contextlib][contextmanager]") {
    auto const baz = ctx::contextmanager(
        amphis::def<"spam">([](int) -> generator<none_t, none_t> { co_yield None; }).named("baz").documented("Whee!"));
    CHECK(std::string_view(baz.name()) == "baz");
    CHECK(std::string_view(baz.doc()) == "Whee!");
    with(baz("spam"_k = 1), [] {});
}

TEST_CASE("contextmanager: is a decorator, which makes a manager for each call", "[contextlib][contextmanager][decorator]") {
    states state;
    auto const woohoo = ctx::contextmanager([&](int y) -> generator<none_t, none_t> {
        state.push_back(y);
        co_yield None;
        state.push_back(999);
    });
    auto const test = woohoo(1) | [&](int x) {
        CHECK(state == states{1});
        state.push_back(x);
        return 2 * x;
    };
    CHECK(test(7) == 14);
    CHECK(state == states{1, 7, 999});
    state.clear();
    CHECK(test(8) == 16);
    CHECK(state == states{1, 8, 999});
}

TEST_CASE("contextmanager: a decorated function may call itself", "[contextlib][contextmanager][decorator]") {
    int depth = 0;
    int ncols = 0;
    auto const woohoo = ctx::contextmanager([&]() -> generator<none_t, none_t> {
        ++ncols;
        int const before = depth++;
        co_yield None;
        --depth;
        CHECK(depth == before);
    });
    std::function<void()> recursive;
    recursive = woohoo() | [&] {
        if (depth < 10) recursive();
    };
    recursive();
    CHECK(ncols == 10);
    CHECK(depth == 0);
}

TEST_CASE("contextmanager: decorates what takes and returns references and move-only values", "[contextlib][contextmanager][decorator]") {
    auto const plain = ctx::contextmanager([]() -> generator<none_t> { co_yield None; });
    auto const same = plain() | [](std::unique_ptr<int>& p) -> std::unique_ptr<int>& { return p; };
    auto one = std::make_unique<int>(1);
    CHECK(&same(one) == &one);
    auto const through = nothing_around() | [](std::unique_ptr<int> p) { return p; };
    CHECK(**through(std::move(one)) == 1);
    auto const cached = amphis::functools::lru_cache(plain() | [](int x) { return 2 * x; });
    CHECK(cached(4) == 8);
    CHECK(cached(4) == 8);
    CHECK(cached.cache_info().hits == 1);
}

TEST_CASE("contextmanager: ExitStack and with see one thing", "[contextlib][contextmanager]") {
    static_assert(amphis::ContextManager<decltype(nothing_around())>);
    auto const ints = ctx::contextmanager([](int n) -> generator<int> { co_yield n; });
    CHECK(with(ints(1), ints(2), ints(3), [](int a, int b, int c) { return 100 * a + 10 * b + c; }) == 123);
}
