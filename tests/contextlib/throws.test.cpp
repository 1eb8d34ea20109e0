// SPDX-License-Identifier: MIT
// How often something is thrown on the way through contextlib: a throw costs about a microsecond, so each one is a promise.
#include <amphis/contextlib.hpp>

#include "support/catch.hpp"

#include <stdexcept>

// The C++ runtime throws by _Unwind_RaiseException, and libstdc++ throws again by _Unwind_Resume_or_Rethrow. Both are looked up by name when
// the program starts, so that a program can stand in between. The sanitizers do that themselves.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define AMPHIS_NO_COUNT
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer) || __has_feature(memory_sanitizer)
#define AMPHIS_NO_COUNT
#endif
#endif
#if !__has_include(<dlfcn.h>) || !__has_include(<unwind.h>) || defined(__ARM_EABI__)
#define AMPHIS_NO_COUNT
#endif

#ifdef AMPHIS_NO_COUNT
TEST_CASE("throws: are counted only where nobody else does", "[contextlib][throws]") { SUCCEED(); }
#else
#include <dlfcn.h>
#include <unwind.h>

namespace ctx = amphis::contextlib;
using amphis::exc_info;
using amphis::generator;
using amphis::KeyError;
using amphis::None;
using amphis::none_t;
using amphis::ValueError;
using amphis::with;

namespace {

// Without RTTI an exception that is not one of Python's is thrown once more to be looked at.
#if defined(__cpp_rtti)
#define WITH_RTTI(with, without) with
#else
#define WITH_RTTI(with, without) without
#endif

int throws = 0;
void* rethrown = nullptr;  // libgcc's unwinder goes on to raise it: no throw of its own

using raise = _Unwind_Reason_Code (*)(_Unwind_Exception*);
raise real(char const* name) { return reinterpret_cast<raise>(dlsym(RTLD_NEXT, name)); }

/// How often f throws, or throws again.
template <class F>
int count(F&& f) {
    throws = 0;
    rethrown = nullptr;
    try {
        f();
    } catch (...) {
    }
    return throws;
}

struct seeing {
    void enter() {}
    void exit(exc_info const&) {}
};
struct plain {
    void enter() {}
    void exit() noexcept {}
};
struct careless {
    int* n;
    void enter() {}
    void exit() { ++*n; }
};

}  // namespace

extern "C" _Unwind_Reason_Code _Unwind_RaiseException(_Unwind_Exception* exception) {
    static raise const next = real("_Unwind_RaiseException");
    if (rethrown != exception) ++throws;
    rethrown = nullptr;
    return next(exception);
}
extern "C" _Unwind_Reason_Code _Unwind_Resume_or_Rethrow(_Unwind_Exception* exception) {
    static raise const next = real("_Unwind_Resume_or_Rethrow");
    ++throws;
    rethrown = exception;
    return next(exception);
}

TEST_CASE("throws: are counted", "[contextlib][throws]") {
    CHECK(count([] {}) == 0);
    CHECK(count([] { throw 1; }) == 1);
    CHECK(count([] {
              try {
                  throw 1;
              } catch (...) {
                  throw;
              }
          }) == 2);
    std::exception_ptr const kept = std::make_exception_ptr(1);
    CHECK(count([&] { std::rethrow_exception(kept); }) == 1);
}

TEST_CASE("throws: suppress is one throw", "[contextlib][throws]") {
    CHECK(count([] { with(ctx::suppress<KeyError>(), [] { throw KeyError("x"); }); }) == 1);
    CHECK(count([] { with(ctx::suppress<std::exception>(), [] { throw std::out_of_range("x"); }); }) == WITH_RTTI(1, 2));
    CHECK(count([] { static_cast<void>(with(ctx::suppress<KeyError, ValueError>(), []() -> int { throw ValueError("x"); })); }) == 1);
}

TEST_CASE("throws: a manager that only cleans up adds none; one that sees adds one", "[contextlib][throws]") {
    int n = 0;
    CHECK(count([] { with(plain{}, plain{}, plain{}, [] { throw ValueError("x"); }); }) == 1);
    CHECK(count([&] { with(careless{&n}, [] { throw ValueError("x"); }); }) == 2);
    CHECK(count([] { with(seeing{}, [] { throw ValueError("x"); }); }) == 2);
    CHECK(count([] { with(seeing{}, [] { throw std::out_of_range("x"); }); }) == WITH_RTTI(2, 3));
    CHECK(count([] { with(ctx::suppress<KeyError>(), [] { throw ValueError("x"); }); }) == 2);
}

TEST_CASE("throws: a generator context manager adds two, and none when it catches what it is given", "[contextlib][throws]") {
    constexpr ctx::contextmanager passes = []() -> generator<none_t, none_t> { co_yield None; };
    constexpr ctx::contextmanager raises_again = []() -> generator<none_t, none_t> {
        try {
            co_yield None;
        } catch (...) {
            throw;
        }
    };
    constexpr ctx::contextmanager catches = []() -> generator<none_t, none_t> {
        try {
            co_yield None;
        } catch (ValueError const&) {
        }
    };
    constexpr ctx::contextmanager plain_generator = []() -> generator<none_t> { co_yield None; };
    CHECK(count([&] { with(passes(), [] {}); }) == 0);
    CHECK(count([&] { with(passes(), [] { throw ValueError("x"); }); }) == 3);
    CHECK(count([&] { with(raises_again(), [] { throw ValueError("x"); }); }) == 4);
    CHECK(count([&] { with(catches(), [] { throw ValueError("x"); }); }) == 2);
    CHECK(count([&] { with(plain_generator(), [] { throw ValueError("x"); }); }) == 2);
    auto const decorated = passes() | [](int x) { return x; };
    CHECK(count([&] { decorated(1); }) == 0);
}

TEST_CASE("throws: an ExitStack adds one for its end, and none for each cleanup", "[contextlib][throws]") {
    auto const with_callbacks = [](int callbacks, bool suppresses) {
        with(ctx::ExitStack{}, [=](auto& stack) {
            if (suppresses) stack.push([](exc_info const&) { return true; });
            for (int i = 0; i != callbacks; ++i) stack.callback([] {});
            throw ValueError("x");
        });
    };
    CHECK(count([&] { with_callbacks(0, false); }) == 2);
    CHECK(count([&] { with_callbacks(10, false); }) == 2);
    CHECK(count([&] { with_callbacks(10, true); }) == 1);
    CHECK(count([] {
              with(ctx::ExitStack{}, [](auto& stack) {
                  for (int i = 0; i != 5; ++i) stack.callback([] { throw KeyError("x"); });
              });
          }) == 6);  // five of their own, and the last one once more at the end
}

TEST_CASE("throws: the end of an iteration is none", "[contextlib][throws]") {
    CHECK(count([] {
              auto const three = []() -> generator<int> {
                  for (int i = 0; i != 3; ++i) co_yield i;
              };
              int sum = 0;
              for (int x : three()) sum += x;
              CHECK(sum == 3);
          }) == 0);
}
#endif
