// SPDX-License-Identifier: MIT
// with and enter: facts from PEP 343 and CPython's test_with.
#include <amphis/contextlib/with.hpp>

#include <amphis/contextlib/contextmanager.hpp>
#include <amphis/contextlib/managers.hpp>

#include "support/catch.hpp"
#include "support/probes.hpp"

#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace ctx = amphis::contextlib;
using amphis::ContextManager;
using amphis::enter;
using amphis::exc_info;
using amphis::generator;
using amphis::GeneratorExit;
using amphis::KeyError;
using amphis::none_t;
using amphis::RuntimeError;
using amphis::StopIteration;
using amphis::ValueError;
using amphis::with;
using amphis::ZeroDivisionError;

namespace {

using lines = std::vector<std::string>;

/// Cleans up only.
struct plain {
    lines* out;
    std::string name;
    std::string const& enter() {
        out->push_back("enter " + name);
        return name;
    }
    void exit() { out->push_back("exit " + name); }
};
/// Sees how the body ended.
struct seeing {
    lines* out;
    std::string name;
    std::string const& enter() {
        out->push_back("enter " + name);
        return name;
    }
    void exit(exc_info const& exc) { out->push_back("exit " + name + " " + exc.type_name()); }
};
/// Decides.
struct deciding : seeing {
    bool gobble = false;
    bool exit(exc_info const& exc) {
        seeing::exit(exc);
        return gobble;
    }
};
struct enter_raises {
    void enter() { throw RuntimeError("enter"); }
    void exit() { FAIL("it was not entered"); }
};
struct exit_raises {
    void enter() {}
    void exit() { throw RuntimeError("exit"); }
};
struct seeing_exit_raises {
    void enter() {}
    void exit(exc_info const&) { throw RuntimeError("exit"); }
};
struct quiet {
    int* left;
    quiet& enter() noexcept { return *this; }
    void exit() noexcept { ++*left; }
};
/// enter() makes something that can neither be copied nor moved.
struct makes_pinned {
    struct pinned {
        int value;
        explicit pinned(int v) : value(v) {}
        pinned(pinned const&) = delete;
    };
    pinned enter() { return pinned(42); }
    void exit() {}
};

struct only_enter {
    void enter() {}
};
struct only_exit {
    void exit() {}
};

template <class E, class F>
std::string raised(F&& f) {
    try {
        f();
    } catch (E const& e) {
        return e.what();
    }
    return "nothing";
}

}  // namespace

TEST_CASE("with: a context manager has enter() and exit()", "[contextlib][with]") {
    static_assert(ContextManager<plain> && ContextManager<seeing> && ContextManager<deciding&> && ContextManager<quiet>);
    static_assert(!ContextManager<only_enter> && !ContextManager<only_exit> && !ContextManager<int>);
    static_assert(ContextManager<ctx::nullcontext<> const>);
}

TEST_CASE("with: enters, runs the body with the value, and leaves", "[contextlib][with]") {
    lines out;
    with(plain{&out, "a"}, [&](std::string const& name) { out.push_back("in " + name); });
    CHECK(out == lines{"enter a", "in a", "exit a"});
    out.clear();
    with(seeing{&out, "a"}, [&] { out.push_back("in"); });  // a body that does not want the value
    CHECK(out == lines{"enter a", "in", "exit a NoneType"});
}

TEST_CASE("with: the body's value is returned", "[contextlib][with]") {
    lines out;
    static_assert(std::is_same_v<decltype(with(plain{&out, "a"}, [] { return 3; })), int>);
    static_assert(std::is_same_v<decltype(with(seeing{&out, "a"}, [] { return 3; })), int>);
    static_assert(std::is_same_v<decltype(with(deciding{{&out, "a"}}, [] { return 3; })), std::optional<int>>);
    static_assert(std::is_same_v<decltype(with(plain{&out, "a"}, deciding{{&out, "b"}}, [] { return 3; })), std::optional<int>>);
    static_assert(std::is_same_v<decltype(with(deciding{{&out, "a"}}, plain{&out, "b"}, [] { return 3; })), std::optional<int>>);
    static_assert(std::is_same_v<decltype(with(deciding{{&out, "a"}}, deciding{{&out, "b"}}, [] {})), void>);
    CHECK(with(plain{&out, "a"}, [] { return 3; }) == 3);
    CHECK(with(seeing{&out, "a"}, [] { return std::string("x"); }) == "x");
    CHECK(with(deciding{{&out, "a"}}, seeing{&out, "b"}, [] { return 3; }) == 3);
    CHECK(*with(seeing{&out, "a"}, [] { return std::make_unique<int>(4); }) == 4);
    CHECK(**with(deciding{{&out, "a"}}, [] { return std::make_unique<int>(4); }) == 4);
    int n = 1;
    int& same = with(plain{&out, "a"}, [&]() -> int& { return n; });
    CHECK(&same == &n);
    int& also = with(seeing{&out, "a"}, [&]() -> int& { return n; });
    CHECK(&also == &n);
    int left = 0;
    int& third = with(quiet{&left}, [&]() -> int& { return n; });
    CHECK(&third == &n);
}

TEST_CASE("with: several managers are entered in order and left in reverse", "[contextlib][with]") {
    lines out;
    with(plain{&out, "a"}, seeing{&out, "b"}, deciding{{&out, "c"}}, [&](auto& a, auto& b, auto& c) { out.push_back(a + b + c); });
    CHECK(out == lines{"enter a", "enter b", "enter c", "abc", "exit c NoneType", "exit b NoneType", "exit a"});
}

TEST_CASE("with: what enter() returns as nothing is no argument of the body", "[contextlib][with]") {
    lines out;
    int const sum = with(ctx::nullcontext(), ctx::nullcontext(3), ctx::nullcontext(), ctx::nullcontext(4), [](int a, int b) { return 10 * a + b; });
    CHECK(sum == 34);
    CHECK(with(makes_pinned{}, [](auto& p) { return p.value; }) == 42);
}

TEST_CASE("with: an exception leaves every manager, the last first", "[contextlib][with]") {
    lines out;
    CHECK(raised<ValueError>([&] {
              with(plain{&out, "a"}, seeing{&out, "b"}, deciding{{&out, "c"}}, [](auto&...) { throw ValueError("boom"); });
          }) == "boom");
    CHECK(out == lines{"enter a", "enter b", "enter c", "exit c ValueError", "exit b ValueError", "exit a"});
    out.clear();
    CHECK(raised<std::out_of_range>([&] {
              with(plain{&out, "a"}, seeing{&out, "b"}, deciding{{&out, "c"}}, [](auto&...) -> int { throw std::out_of_range("std"); });
          }) == "std");
    CHECK(out == lines{"enter a", "enter b", "enter c", "exit c std::exception", "exit b std::exception", "exit a"});
    out.clear();
    try {
        with(seeing{&out, "a"}, [](auto&) { throw 42; });
        FAIL("no exception");
    } catch (int e) {
        CHECK(e == 42);
    }
    CHECK(out == lines{"enter a", "exit a object"});
}

TEST_CASE("with: the exception is the object that was thrown, of its own class", "[contextlib][with]") {
    struct MyError : amphis::exception<"MyError", ValueError> {
        using exception::exception;
        int extra = 7;
    };
    lines out;
    try {
        with(deciding{{&out, "a"}}, seeing{&out, "b"}, [] { throw MyError("boom"); });
        FAIL("no exception");
    } catch (MyError const& e) {
        CHECK(e.extra == 7);
    }
    CHECK(out == lines{"enter a", "enter b", "exit b MyError", "exit a MyError"});
}

TEST_CASE("with: exit that returns true suppresses; the managers around see nothing", "[contextlib][with]") {
    lines out;
    auto const r = with(seeing{&out, "a"}, deciding{{&out, "b"}, true}, seeing{&out, "c"}, [](auto&...) -> int { throw ValueError("boom"); });
    CHECK_FALSE(r.has_value());
    CHECK(out == lines{"enter a", "enter b", "enter c", "exit c ValueError", "exit b ValueError", "exit a NoneType"});
    out.clear();
    with(deciding{{&out, "a"}, true}, [](auto&) { throw ValueError("boom"); });
    with(deciding{{&out, "a"}, true}, [](auto&) {});  // what exit returns without an exception means nothing
    CHECK(with(deciding{{&out, "a"}, true}, [] { return 5; }) == 5);
}

TEST_CASE("with: enter that raises leaves the managers before it, not itself", "[contextlib][with]") {
    lines out;
    CHECK(raised<RuntimeError>([&] { with(seeing{&out, "a"}, enter_raises{}, plain{&out, "c"}, [](auto&...) { FAIL("the body"); }); }) == "enter");
    CHECK(out == lines{"enter a", "exit a RuntimeError"});
    out.clear();
    with(deciding{{&out, "a"}, true}, enter_raises{}, [](auto&) { FAIL("the body"); });  // as nested withs: the outer one suppresses it
    CHECK(out == lines{"enter a", "exit a RuntimeError"});
}

TEST_CASE("with: exit that raises replaces the exception, which becomes its context", "[contextlib][with]") {
    lines out;
    CHECK(raised<RuntimeError>([] { with(exit_raises{}, [] {}); }) == "exit");
    CHECK(raised<RuntimeError>([] { with(seeing_exit_raises{}, [] {}); }) == "exit");
    CHECK(raised<RuntimeError>([] { static_cast<void>(with(exit_raises{}, [] { return 1; })); }) == "exit");
    auto const check = [](auto manager, auto body) {
        try {
            with(manager, body);
            FAIL("no exception");
        } catch (RuntimeError const& e) {
            CHECK(std::string(e.what()) == "exit");
            CHECK(std::string(e.context().type_name()) == "ValueError");
        }
    };
    auto const nothing = [] { throw ValueError("body"); };
    auto const number = []() -> int { throw ValueError("body"); };
    check(exit_raises{}, nothing);
    check(exit_raises{}, number);
    check(seeing_exit_raises{}, nothing);
    check(seeing_exit_raises{}, number);
    CHECK(raised<RuntimeError>([&] { with(seeing{&out, "a"}, exit_raises{}, [](auto&) { throw ValueError("body"); }); }) == "exit");
    CHECK(out == lines{"enter a", "exit a RuntimeError"});
}

TEST_CASE("with: the return of the body leaves the with, from anywhere in it", "[contextlib][with]") {
    lines out;
    auto const first_even = [&](std::vector<int> const& values) {
        return with(plain{&out, "a"}, [&]() -> int {
            for (int v : values) {
                if (v % 2 == 0) return v;
            }
            return -1;
        });
    };
    CHECK(first_even({1, 3, 4, 6}) == 4);
    CHECK(first_even({}) == -1);
    CHECK(out == lines{"enter a", "exit a", "enter a", "exit a"});
}

TEST_CASE("with: nests, and yields from within", "[contextlib][with]") {
    lines out;
    with(seeing{&out, "a"}, [&] {
        with(deciding{{&out, "b"}, true}, [] { throw KeyError("x"); });
        out.push_back("between");
        with(seeing{&out, "c"}, [] {});
    });
    CHECK(out == lines{"enter a", "enter b", "exit b KeyError", "between", "enter c", "exit c NoneType", "exit a NoneType"});
    // A body cannot yield; the scope can.
    auto const gen = [](lines& to) -> generator<int> {
        auto const held = enter(plain{&to, "g"});
        co_yield 12;
        co_yield 13;
    };
    out.clear();
    std::vector<int> values;
    for (int x : gen(out)) values.push_back(x);
    CHECK(values == std::vector{12, 13});
    CHECK(out == lines{"enter g", "exit g"});
}

TEST_CASE("with: StopIteration and GeneratorExit are exceptions like others", "[contextlib][with]") {
    lines out;
    auto const cm = ctx::contextmanager([]() -> generator<none_t, none_t> { co_yield amphis::None; });
    CHECK(raised<StopIteration>([&] { with(cm(), [] { throw StopIteration("from with"); }); }) == "from with");
    CHECK(raised<StopIteration>([&] { with(seeing{&out, "a"}, [] { throw StopIteration("from with"); }); }) == "from with");
    CHECK(raised<GeneratorExit>([&] { with(cm(), [] { throw GeneratorExit("from with"); }); }) == "from with");
    CHECK(raised<GeneratorExit>([&] { with(seeing{&out, "a"}, [] { throw GeneratorExit("from with"); }); }) == "from with");
}

TEST_CASE("with: an lvalue is referred to, and can be used again", "[contextlib][with]") {
    lines out;
    plain manager{&out, "a"};
    for (int i = 0; i != 2; ++i) with(manager, [](auto&) {});
    CHECK(out == lines{"enter a", "exit a", "enter a", "exit a"});
    int left = 0;
    quiet q{&left};
    with(q, [&](quiet& same) { CHECK(&same == &q); });
    CHECK(left == 1);
}

TEST_CASE("with: a temporary manager is neither copied nor moved", "[contextlib][with]") {
    struct counted {
        probes::tracked value{1};
        probes::tracked& enter() { return value; }
        void exit() { CHECK(value.value == 1); }
    };
    probes::tracked::reset();
    with(counted{}, [](probes::tracked& t) { CHECK(t.value == 1); });
    CHECK(probes::tracked::copies == 0);
    CHECK(probes::tracked::moves == 0);
    CHECK(probes::tracked::live == 0);
}

TEST_CASE("with: the truth of what exit returns may raise", "[contextlib][with]") {
    struct odd_bool {
        operator bool() const { throw ZeroDivisionError("in bool"); }
    };
    struct manager {
        int enter() { return 3; }
        odd_bool exit(exc_info const&) { return {}; }
    };
    CHECK(raised<ZeroDivisionError>([] { with(manager{}, [] { throw ValueError("body"); }); }) == "in bool");
    with(manager{}, [] {});  // not asked without an exception
}

TEST_CASE("with: the exception can be kept and raised later", "[contextlib][with]") {
    struct keeps {
        exc_info* kept;
        void enter() {}
        bool exit(exc_info const& exc) {
            *kept = exc;
            return true;
        }
    };
    exc_info kept;
    with(keeps{&kept}, [] { throw ValueError("later"); });
    CHECK(kept.is<amphis::Exception>());
    CHECK(raised<ValueError>([&] { kept.raise(); }) == "later");
}

TEST_CASE("enter: the manager is left at the end of the scope", "[contextlib][enter]") {
    lines out;
    {
        auto const name = enter(plain{&out, "a"});
        static_assert(!std::is_move_constructible_v<decltype(name)>);
    }
    {
        auto name = enter(plain{&out, "b"});
        CHECK(*name == "b");
        CHECK(name->size() == 1);
        CHECK(name.value() == "b");
        out.push_back("in");
    }
    CHECK(out == lines{"enter a", "exit a", "enter b", "in", "exit b"});
    int left = 0;
    {
        quiet q{&left};
        auto same = enter(q);
        CHECK(&*same == &q);
        CHECK(same->left == &left);
    }
    CHECK(left == 1);
    auto const pinned = enter(ctx::nullcontext(5));
}

TEST_CASE("enter: a value that enter makes is held; nothing is held for void", "[contextlib][enter]") {
    auto p = enter(makes_pinned{});
    CHECK(p->value == 42);
    auto const none = enter(ctx::nullcontext());
    static_assert(sizeof(none) == 1);
}

TEST_CASE("enter: an exception leaves it too; an error of exit then is reported, not thrown", "[contextlib][enter]") {
    lines out;
    CHECK(raised<ValueError>([&] {
              auto const name = enter(plain{&out, "a"});
              throw ValueError("body");
          }) == "body");
    CHECK(out == lines{"enter a", "exit a"});
    CHECK(raised<RuntimeError>([] { auto const a = enter(exit_raises{}); }) == "exit");
    CHECK(raised<RuntimeError>([] { auto const a = enter(enter_raises{}); }) == "enter");
    CHECK(raised<ValueError>([] {
              auto const a = enter(exit_raises{});
              throw ValueError("body");
          }) == "body");  // and on stderr: Exception ignored in: exit of a context manager
}

TEST_CASE("with: managers work as constants where their members do", "[contextlib][with]") {
    ctx::suppress<KeyError> const ignore;
    with(ignore, [] { throw KeyError(1); });
    ctx::nullcontext<> const none;
    CHECK(with(none, [] { return 1; }) == 1);
}

TEST_CASE("with: a body that is a member", "[contextlib][with]") {
    struct counter {
        int n = 3;
        int get() const { return n; }
        int add(int& more) noexcept { return n + more; }
        counter& enter() { return *this; }
        void exit() {}
    };
    CHECK(with(counter(), &counter::get) == 3);
    counter here;
    with(here, &counter::n) = 4;
    CHECK(with(here, ctx::nullcontext(2), &counter::add) == 6);
}

TEST_CASE("enter: in a destructor that runs for another exception, what exit raises comes out", "[contextlib][enter]") {
    struct raising {
        void enter() {}
        void exit() { throw ValueError("from exit"); }
    };
    struct destroyed {
        std::string* out;
        ~destroyed() {
            try {
                auto const held = enter(raising());
            } catch (ValueError const& e) {
                *out = e.what();
            }
        }
    };
    std::string seen;
    try {
        destroyed const there{&seen};
        throw KeyError("k");
    } catch (KeyError const&) {
    }
    CHECK(seen == "from exit");
}
