// SPDX-License-Identifier: MIT
// ExitStack: facts from CPython's test_contextlib.
#include <amphis/contextlib/exit_stack.hpp>

#include <amphis/contextlib/contextmanager.hpp>
#include <amphis/contextlib/managers.hpp>
#include <amphis/lang/function.hpp>

#include "support/allocations.hpp"
#include "support/catch.hpp"
#include "support/probes.hpp"

#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <new>
#include <optional>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace ctx = amphis::contextlib;
using amphis::AttributeError;
using amphis::BaseException;
using amphis::exc_info;
using amphis::Exception;
using amphis::generator;
using amphis::IndexError;
using amphis::KeyError;
using amphis::None;
using amphis::none_t;
using amphis::RuntimeError;
using amphis::ValueError;
using amphis::with;
using amphis::ZeroDivisionError;
using ctx::ExitStack;
using namespace amphis::literals;

namespace {

using numbers = std::vector<int>;
constexpr auto suppress_exc = [](exc_info const&) { return true; };

template <class E>
auto raise_exc(E e) {
    return [e] { throw e; };
}
/// "IndexError <- KeyError": an exception and its contexts.
std::string chain(exc_info e) {
    std::string text;
    while (e) {
        text += e.type_name();
        if (e.value() == nullptr) break;
        if (e.value()->args().size() == 1) text += "(" + std::string(e.value()->what()) + ")";
        exc_info next = e.value()->context();
        if (next) text += " <- ";
        e = next;
    }
    return text;
}
template <class F>
std::string raised(F&& f) {
    try {
        f();
    } catch (...) {
        return chain(exc_info::current());
    }
    return "nothing";
}

struct manager {
    numbers* out;
    int id;
    manager& enter() {
        out->push_back(id);
        return *this;
    }
    void exit() { out->push_back(-id); }
};
struct pinned_manager {
    numbers* out;
    explicit pinned_manager(numbers& o) : out(&o) {}
    pinned_manager(pinned_manager const&) = delete;
    void enter() { out->push_back(1); }
    void exit() { out->push_back(-1); }
};
struct alignas(64) over_aligned {
    std::uintptr_t* seen;
    void operator()() const { *seen = reinterpret_cast<std::uintptr_t>(this) % 64; }
};

}  // namespace

TEST_CASE("ExitStack: without cleanups does nothing", "[contextlib][ExitStack]") {
    with(ExitStack{}, [](auto&) {});
    CHECK(with(ExitStack{}, [] { return 3; }) == 3);
    CHECK(raised([] { with(ExitStack{}, [] { throw ValueError("x"); }); }) == "ValueError(x)");
    ExitStack stack;
    stack.close();
    stack.close();
}

TEST_CASE("ExitStack: callbacks are called in reverse, with their arguments", "[contextlib][ExitStack]") {
    std::vector<std::string> result;
    auto const exit = [&](auto const&... arguments) {
        result.push_back("");
        ((result.back() += std::to_string(arguments) + ","), ...);
    };
    with(ExitStack{}, [&](auto& stack) {
        stack.callback(exit);
        stack.callback(exit, 1);
        stack.callback(exit, 1, 2L);
    });
    CHECK(result == std::vector<std::string>{"1,2,", "1,", ""});
    result.clear();
    auto const named = amphis::def<"a", "b">([&](int a, std::string const& b) { result.push_back(std::to_string(a) + b); }, "b"_k = "-");
    with(ExitStack{}, [&](auto& stack) {
        stack.callback(named, 1);
        stack.callback(named, 2, "b"_k = std::string("a temporary that is too long to be kept in place"));
        stack.callback(named, "b"_k = "literal", "a"_k = 3);
    });
    CHECK(result == std::vector<std::string>{"3literal", "2a temporary that is too long to be kept in place", "1-"});
}

TEST_CASE("ExitStack: arguments are copied, moved, or referred to by std::ref", "[contextlib][ExitStack]") {
    int n = 1;
    int seen = 0;
    std::string word = "copied";
    std::string got;
    with(ExitStack{}, [&](auto& stack) {
        stack.callback([](int& x) { x = 5; }, std::ref(n));
        stack.callback([&](std::unique_ptr<int> p) { seen = *p; }, std::make_unique<int>(7));
        stack.callback([&](std::string s) { got = s; }, word);
        word = "changed";
    });
    CHECK(n == 5);
    CHECK(seen == 7);
    CHECK(got == "copied");
    struct door {
        bool open = true;
        void close() { open = false; }
    } d;
    with(ExitStack{}, [&](auto& stack) { stack.callback(&door::close, &d); });
    CHECK_FALSE(d.open);
}

TEST_CASE("ExitStack: push takes functions of the exception, and managers that are not entered", "[contextlib][ExitStack]") {
    std::vector<std::string> seen;
    struct exit_only {
        std::vector<std::string>* out;
        void exit(exc_info const& exc) { out->push_back(std::string("cm ") + exc.type_name()); }
    };
    exit_only cm{&seen};
    with(ExitStack{}, [&](auto& stack) {
        auto const look = [&](exc_info const& exc) { seen.push_back(exc.type_name()); };
        stack.push(look);
        stack.push(cm);
        stack.push(suppress_exc);
        stack.push(exit_only{&seen});
        stack.push(look);
        throw ZeroDivisionError("x");
    });
    CHECK(seen == std::vector<std::string>{"ZeroDivisionError", "cm ZeroDivisionError", "cm NoneType", "NoneType"});
    CHECK(raised([] {
              with(ExitStack{}, [](auto& stack) {
                  stack.push([](exc_info const&) { return false; });
                  throw ZeroDivisionError("x");
              });
          }) == "ZeroDivisionError(x)");
}

TEST_CASE("ExitStack: enter_context enters now and leaves later", "[contextlib][ExitStack]") {
    numbers result;
    manager cm{&result, 1};
    with(ExitStack{}, [&](auto& stack) {
        stack.callback([&] { result.push_back(4); });
        manager& same = stack.enter_context(cm);
        CHECK(&same == &cm);
        result.push_back(2);
    });
    CHECK(result == numbers{1, 2, -1, 4});
    result.clear();
    with(ExitStack{}, [&](auto& stack) {
        manager& kept = stack.enter_context(manager{&result, 7});  // the stack has it; the reference stays good
        for (int i = 0; i != 100; ++i) stack.enter_context(manager{&result, 0});
        CHECK(kept.id == 7);
        result.clear();
    });
    CHECK(result.size() == 101);
    CHECK(result.back() == -7);
    result.clear();
    pinned_manager pinned(result);
    with(ExitStack{}, [&](auto& stack) { stack.enter_context(pinned); });
    CHECK(result == numbers{1, -1});
}

TEST_CASE("ExitStack: enter_context returns what enter makes", "[contextlib][ExitStack]") {
    auto const word = ctx::contextmanager([](std::string const& s) -> generator<std::string, none_t> { co_yield s + "!"; });
    with(ExitStack{}, [&](auto& stack) {
        std::string& w = stack.enter_context(word("a text that is too long to be kept in place"));
        CHECK(w == "a text that is too long to be kept in place!");
        CHECK(stack.enter_context(ctx::nullcontext(3)) == 3);
        static_assert(std::is_void_v<decltype(stack.enter_context(ctx::nullcontext()))>);
    });
}

TEST_CASE("ExitStack: what enter raises leaves the stack as it was", "[contextlib][ExitStack]") {
    struct bad {
        void enter() { throw ValueError("enter"); }
        void exit() { FAIL("it was not entered"); }
    };
    numbers result;
    CHECK(raised([&] {
              with(ExitStack{}, [&](auto& stack) {
                  stack.callback([&] { result.push_back(1); });
                  stack.enter_context(bad{});
              });
          }) == "ValueError(enter)");
    CHECK(result == numbers{1});
}

TEST_CASE("ExitStack: close runs the cleanups now", "[contextlib][ExitStack]") {
    numbers result;
    with(ExitStack{}, [&](auto& stack) {
        stack.callback([&] { result.push_back(1); });
        stack.close();
        result.push_back(2);
    });
    CHECK(result == numbers{1, 2});
}

TEST_CASE("ExitStack: pop_all takes the cleanups along", "[contextlib][ExitStack]") {
    numbers result;
    std::optional<ExitStack> kept;
    with(ExitStack{}, [&](auto& stack) {
        stack.callback([&] { result.push_back(3); });
        stack.callback([&, word = std::string("a text that is too long to be kept in place")] { result.push_back(static_cast<int>(word.size())); });
        kept.emplace(stack.pop_all());
        result.push_back(1);
    });
    result.push_back(2);
    kept->close();
    CHECK(result == numbers{1, 2, 43, 3});
    ExitStack many;
    for (int i = 0; i != 100; ++i) many.callback([&result, i] { result.push_back(i); });
    ExitStack all = many.pop_all();
    many.callback([&result] { result.push_back(-1); });
    result.clear();
    many.close();
    CHECK(result == numbers{-1});
    all.close();
    CHECK(result.size() == 101);
}

TEST_CASE("ExitStack: one that dies forgets its cleanups, and destroys them", "[contextlib][ExitStack]") {
    // >>> stack = ExitStack(); stack.callback(print, 1); del stack          # prints nothing
    numbers result;
    auto const held = std::make_shared<int>(1);
    {
        ExitStack stack;
        stack.callback([&] { result.push_back(1); });
        stack.callback([&, held] { result.push_back(*held); });
        stack.callback([&, held, big = std::array<char, 1000>{}] { result.push_back(*held + big[0]); });
        stack.enter_context(ctx::nullcontext(std::shared_ptr<int>(held)));
        CHECK(held.use_count() == 4);
    }
    CHECK(held.use_count() == 1);
    CHECK(result.empty());
    with(ExitStack{}, [&](auto& stack) {
        stack.callback([&] { result.push_back(2); });
        stack.pop_all();  // nothing is to be undone
    });
    CHECK(result.empty());
}

TEST_CASE("ExitStack: suppression in the middle", "[contextlib][ExitStack]") {
    with(ExitStack{}, [](auto& stack) {
        stack.push(suppress_exc);
        throw ZeroDivisionError("x");
    });
    CHECK_FALSE(with(ExitStack{}, [](auto& stack) -> int {
                    stack.push(suppress_exc);
                    throw std::out_of_range("x");
                }).has_value());
    with(ExitStack{}, [](auto& stack) {  // what the last cleanups raise is suppressed by the first
        stack.push(suppress_exc);
        stack.push([](exc_info const&) { throw ZeroDivisionError("x"); });
        stack.push([](exc_info const&) -> bool { throw KeyError("y"); });
    });
}

TEST_CASE("ExitStack: exceptions chain as those of nested withs", "[contextlib][ExitStack]") {
    exc_info saved;
    // >>> IndexError, its context KeyError, its context AttributeError, and no more: the inner ones were suppressed
    CHECK(raised([&] {
              with(ExitStack{}, [&](auto& stack) {
                  stack.callback([] { throw IndexError(); });
                  stack.callback([] { throw KeyError(); });
                  stack.callback([] { throw AttributeError(); });
                  stack.push([&](exc_info const& exc) {
                      saved = exc;
                      return true;
                  });
                  stack.callback([] { throw ValueError(); });
                  throw ZeroDivisionError();
              });
          }) == "IndexError <- KeyError <- AttributeError");
    CHECK(chain(saved) == "ValueError <- ZeroDivisionError");
    // The same with exceptions that were made before.
    CHECK(raised([&] {
              with(ExitStack{}, [&](auto& stack) {
                  stack.callback(raise_exc(IndexError()));
                  stack.callback(raise_exc(KeyError()));
                  stack.callback(raise_exc(AttributeError()));
                  stack.push(suppress_exc);
                  stack.callback(raise_exc(ValueError()));
                  throw ZeroDivisionError();
              });
          }) == "IndexError <- KeyError <- AttributeError");
}

TEST_CASE("ExitStack: the reference, nested withs", "[contextlib][ExitStack]") {
    struct raises_index {
        void enter() {}
        void exit(exc_info const&) { throw IndexError(); }
    };
    struct raises_value {
        void enter() {}
        void exit() { throw ValueError(); }
    };
    struct raises_with_context {
        void enter() {}
        void exit(exc_info const&) {
            try {
                throw AttributeError();
            } catch (AttributeError const&) {
                throw KeyError();
            }
        }
    };
    struct suppresses {
        exc_info* saved;
        void enter() {}
        bool exit(exc_info const& exc) {
            *saved = exc;
            return true;
        }
    };
    exc_info saved;
    CHECK(raised([&] {
              with(raises_index{}, raises_with_context{}, suppresses{&saved}, raises_value{}, [] { throw ZeroDivisionError(); });
          }) == "IndexError <- KeyError <- AttributeError");
    CHECK(chain(saved) == "ValueError <- ZeroDivisionError");
}

TEST_CASE("ExitStack: what a cleanup raises without an exception comes out (bpo-19092)", "[contextlib][ExitStack]") {
    CHECK(raised([] {
              with(ExitStack{}, [](auto& stack) {
                  stack.callback([] {});
                  stack.callback(raise_exc(IndexError()));
              });
          }) == "IndexError");
    CHECK(raised([] {
              with(ExitStack{}, [](auto& stack) {
                  stack.callback(raise_exc(KeyError()));
                  stack.push(suppress_exc);
                  stack.callback(raise_exc(IndexError()));
              });
          }) == "KeyError");
    // >>> with ExitStack() as s: s.callback(raise_exc, IndexError()); s.callback(raise_exc, KeyError())      # no context
    CHECK(raised([] {
              with(ExitStack{}, [](auto& stack) {
                  stack.callback([] { throw IndexError(); });
                  stack.callback([] { throw KeyError(); });
              });
          }) == "IndexError");
    // Within a handler its exception is the context of all, and is put at the end.
    CHECK(raised([] {
              try {
                  throw RuntimeError();
              } catch (RuntimeError const&) {
                  with(ExitStack{}, [](auto& stack) {
                      stack.callback([] { throw IndexError(); });
                      stack.callback([] { throw KeyError(); });
                  });
              }
          }) == "IndexError <- KeyError");
}

TEST_CASE("ExitStack: contexts that are right already stay (bpo-20317)", "[contextlib][ExitStack]") {
    auto const gets_the_context_right = ctx::contextmanager([](int n) -> generator<none_t, none_t> {
        try {
            co_yield None;
        } catch (...) {
            throw Exception(n);
        }
    });
    CHECK(raised([&] {
              with(ExitStack{}, [&](auto& stack) {
                  stack.enter_context(gets_the_context_right(4));
                  stack.enter_context(gets_the_context_right(3));
                  stack.enter_context(gets_the_context_right(2));
                  throw Exception(1);
              });
          }) == "Exception(4) <- Exception(3) <- Exception(2) <- Exception(1)");
}

TEST_CASE("ExitStack: contexts that exist are kept, and what is pending is put below them", "[contextlib][ExitStack]") {
    auto const raise_nested = [](int inner, int outer) {
        try {
            throw Exception(inner);
        } catch (Exception const&) {
            throw Exception(outer);
        }
    };
    CHECK(raised([&] {
              with(ExitStack{}, [&](auto& stack) {
                  stack.callback(raise_nested, 4, 5);
                  stack.callback(raise_nested, 2, 3);
                  throw Exception(1);
              });
          }) == "Exception(5) <- Exception(4) <- Exception(3) <- Exception(2) <- Exception(1)");
}

TEST_CASE("ExitStack: the same exception raised again, itself or a copy, makes no circle", "[contextlib][ExitStack]") {
    CHECK(raised([] {
              with(ExitStack{}, [](auto& stack) {
                  stack.push([](exc_info const& exc) { exc.raise(); });
                  throw ValueError("x");
              });
          }) == "ValueError(x)");
    ValueError const e("x");
    CHECK(raised([&] {
              with(ExitStack{}, [&](auto& stack) {
                  stack.callback([&] { throw e; });
                  stack.callback([&] { throw KeyError("y"); });
                  stack.callback([&] { throw e; });
                  throw e;
              });
          }).starts_with("ValueError(x)"));
}

TEST_CASE("ExitStack: RuntimeError is not raised for ever (bpo-27122)", "[contextlib][ExitStack]") {
    struct UniqueException : amphis::exception<"UniqueException"> {
        using exception::exception;
    };
    struct UniqueRuntimeError : amphis::exception<"UniqueRuntimeError", RuntimeError> {
        using exception::exception;
    };
    auto const second = ctx::contextmanager([]() -> generator<int, none_t> {
        try {
            co_yield 1;
        } catch (Exception const& e) {
            amphis::raise_from(UniqueException("new exception"), e);
        }
    });
    auto const first = ctx::contextmanager([]() -> generator<int, none_t> {
        try {
            co_yield 1;
        } catch (Exception const&) {
            throw;
        }
    });
    try {
        with(ExitStack{}, [&](auto& stack) {
            static_cast<void>(stack.enter_context(second()));
            static_cast<void>(stack.enter_context(first()));
            throw UniqueRuntimeError("please no infinite loop.");
        });
        FAIL("no exception");
    } catch (UniqueException const& e) {
        CHECK(std::string(e.context().type_name()) == "UniqueRuntimeError");
        CHECK_FALSE(e.context().value()->context());
        CHECK_FALSE(e.context().value()->cause());
        CHECK(e.cause() == e.context());
    }
}

TEST_CASE("ExitStack: exceptions that are not ours go through", "[contextlib][ExitStack]") {
    numbers result;
    CHECK_THROWS_AS(with(ExitStack{},
                         [&](auto& stack) {
                             stack.callback([&] { result.push_back(1); });
                             stack.callback([] { throw std::out_of_range("x"); });
                             stack.callback([] { throw 42; });
                             throw ValueError("x");
                         }),
                    std::out_of_range);
    CHECK(result == numbers{1});
    CHECK_THROWS_AS(with(ExitStack{},
                         [&](auto& stack) {
                             stack.callback([&] { result.push_back(2); });
                             throw 42;
                         }),
                    int);
    CHECK(result == numbers{1, 2});
}

TEST_CASE("ExitStack: a cleanup may add cleanups, which run next", "[contextlib][ExitStack]") {
    numbers result;
    ExitStack stack;
    stack.callback([&] { result.push_back(1); });
    stack.callback([&, many = std::array<int, 40>{1, 2, 3}] {
        for (int i = 0; i != 50; ++i) stack.callback([&result, i] { result.push_back(100 + i); });
        result.push_back(many[2]);
    });
    stack.close();
    REQUIRE(result.size() == 52);
    CHECK(result.front() == 3);
    CHECK(result[1] == 149);
    CHECK(result.back() == 1);
    result.clear();
    stack.callback([&] {
        stack.callback([&] { result.push_back(1); });
        stack.close();  // within a cleanup
        result.push_back(2);
    });
    stack.close();
    CHECK(result == numbers{1, 2});
}

TEST_CASE("ExitStack: 100,000 cleanups", "[contextlib][ExitStack]") {
    int n = 0;
    with(ExitStack{}, [&](auto& stack) {
        for (int i = 0; i != 100'000; ++i) stack.callback([&n] { ++n; });
    });
    CHECK(n == 100'000);
    CHECK(raised([] {
              with(ExitStack{}, [](auto& stack) {
                  for (int i = 0; i != 100'000; ++i) stack.callback([i] { throw ValueError(i); });
              });
          }) == "ValueError(0)");
    // Each the context of the next, and all freed without recursion.
    try {
        with(ExitStack{}, [](auto& stack) {
            for (int i = 0; i != 20'000; ++i) stack.callback([i] { throw ValueError(i); });
            throw KeyError("body");
        });
        FAIL("no exception");
    } catch (ValueError const& e) {
        int depth = 0;
        for (exc_info at = e.context(); at; at = at.value()->context()) ++depth;
        CHECK(depth == 20'000);
    }
}

TEST_CASE("ExitStack: stacks nest", "[contextlib][ExitStack]") {
    numbers result;
    ExitStack outer;
    ExitStack* inner = &outer;
    for (int i = 0; i != 100; ++i) {
        inner = &inner->enter_context(ExitStack{});
        inner->callback([&result, i] { result.push_back(i); });
    }
    outer.close();
    REQUIRE(result.size() == 100);
    CHECK(result.front() == 99);
    CHECK(result.back() == 0);
}

TEST_CASE("ExitStack: keeps what is large, over-aligned, or throws when it moves", "[contextlib][ExitStack]") {
    probes::tracked::reset();
    {
        int sum = 0;
        std::uintptr_t misaligned = 1;
        with(ExitStack{}, [&](auto& stack) {
            stack.callback([&sum, big = std::array<int, 1000>{5}] { sum += big[0]; });
            stack.callback(over_aligned{&misaligned});
            stack.callback([&sum, t = probes::throws_on_nth(3)] { sum += t.value; });
            stack.callback([&sum, t = probes::tracked(2)] { sum += t.value; });
            stack.callback([&sum](probes::throws_on_nth const& t) { sum += t.value; }, probes::throws_on_nth(10));
            stack.callback([] {});
        });
        CHECK(sum == 20);
        CHECK(misaligned == 0);
    }
    CHECK(probes::tracked::live == 0);
    CHECK(probes::throws_on_nth::live == 0);
}

TEST_CASE("ExitStack: a callback that throws when it is moved in is not added", "[contextlib][ExitStack]") {
    for (int n = 1;; ++n) {
        int calls = 0;
        bool complete = true;
        {
            probes::countdown::disarm();
            ExitStack stack;
            stack.callback([&] { ++calls; });
            probes::countdown::arm(n);
            try {
                stack.callback([&](probes::throws_on_nth const&) { ++calls; }, probes::throws_on_nth(1));
            } catch (probes::probe_error const&) {
                complete = false;
            }
            probes::countdown::disarm();
            stack.close();
        }
        CHECK(probes::throws_on_nth::live == 0);
        CHECK(calls == (complete ? 2 : 1));
        if (complete) break;
    }
}

TEST_CASE("ExitStack: the first callbacks take no memory", "[contextlib][ExitStack]") {
    int n = 0;
    auto const before = allocation_count();
    with(ExitStack{}, [&](auto& stack) {
        for (int i = 0; i != 8; ++i) stack.callback([&n, i] { n += i; });
    });
    with(ExitStack{}, [&](auto& stack) {
        ctx::nullcontext<> none;
        stack.enter_context(none);
        stack.push([](exc_info const&) { return false; });
        stack.callback([](int& x, int by) { x += by; }, std::ref(n), 5);
        ExitStack moved = stack.pop_all();
        moved.close();
    });
    CHECK(allocation_count() == before);
    CHECK(n == 33);
}

TEST_CASE("contextmanager: takes no memory after the first", "[contextlib][contextmanager]") {
    auto const count = ctx::contextmanager([](int n) -> generator<int, none_t> { co_yield n; });
    auto const twice = [&] {
        int sum = 0;
        with(count(1), [&](int x) { sum += x; });
        with(count(2), count(3), [&](int x, int y) { sum += x + y; });
        return sum;
    };
    CHECK(twice() == 6);
    auto const before = allocation_count();
    CHECK(twice() == 6);
#if !AMPHIS_PLAIN_FRAMES
    CHECK(allocation_count() == before);
#else
    static_cast<void>(before);
#endif
}

#ifndef AMPHIS_TESTS_KEEP_NEW
TEST_CASE("ExitStack: without memory nothing is lost, and what was entered is left", "[contextlib][ExitStack]") {
    for (std::size_t nth = 1; nth != 200; ++nth) {
        int entered = 0;
        int left = 0;
        int calls = 0;
        struct counts {
            int* in;
            int* out;
            void enter() { ++*in; }
            void exit() { ++*out; }
        };
        int added = 0;
        bool failed = false;
        {
            ExitStack stack;
            fail_allocation(nth);
            try {
                for (int i = 0; i != 20; ++i) {
                    stack.callback([&calls, big = std::array<char, 300>{}] { calls += 1 + big[0]; });
                    ++added;
                    stack.callback([&calls, small = i] { calls += small >= 0; });
                    ++added;
                    stack.enter_context(counts{&entered, &left});
                }
            } catch (std::bad_alloc const&) {
                failed = true;
            }
            fail_allocation(0);
            stack.close();
        }
        CHECK(calls == added);
        CHECK(entered == left);
        if (!failed) break;
        REQUIRE(nth != 199);
    }
}

TEST_CASE("ExitStack: large callbacks run without memory", "[contextlib][ExitStack]") {
    int calls = 0;
    ExitStack stack;
    for (int i = 0; i != 3; ++i) stack.callback([&calls, big = std::array<char, 1000>{}] { calls += 1 + big[0]; });
    fail_allocation(1);
    stack.close();
    fail_allocation(0);
    CHECK(calls == 3);
}
#endif

TEST_CASE("ExitStack: a manager with an operator& of its own, and an exit that is a member", "[contextlib][ExitStack]") {
    struct addressless {
        int entered = 0;
        void operator&() const = delete;
        addressless& enter() {
            ++entered;
            return *this;
        }
        void exit() { --entered; }
    };
    addressless here;
    with(ExitStack{}, [&](auto& stack) {
        CHECK(stack.enter_context(here).entered == 1);
        CHECK(stack.enter_context(addressless()).entered == 1);
        stack.callback([] {});
        stack.push(&exc_info::is<ValueError>);
        throw ValueError("suppressed by is");
    });
    CHECK(here.entered == 0);
}

namespace {

struct Callback : amphis::contextlib::ExitStack {
    int id = 7;
};

}  // namespace

TEST_CASE("ExitStack: the body of a class that derives from it gets that class", "[contextlib]") {
    int ran = 0;
    amphis::with(Callback(), [&](Callback& stack) { stack.callback([&ran, id = stack.id] { ran = id; }); });
    CHECK(ran == 7);
    auto const id = amphis::with(Callback(), [](auto& stack) { return stack.id; });
    CHECK(id == 7);
}
