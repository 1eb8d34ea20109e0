// SPDX-License-Identifier: MIT
// contextlib: with, enter, ExitStack and generator context managers, in instructions, where nothing is raised.
#include <amphis/contextlib.hpp>

#include "gate.hpp"

namespace {

namespace ctx = amphis::contextlib;
using amphis::enter;
using amphis::exc_info;
using amphis::generator;
using amphis::none_t;
using amphis::with;

#if defined(__clang__)
constexpr double generator_manager = 245;  // 195 with clang 19
constexpr double three_callbacks = 154;    // 143
#else
constexpr double generator_manager = 188;
constexpr double three_callbacks = 141;
#endif

int depth = 0;

/// What is to be done: before, within, after. The body may throw, for all that the compiler knows.
[[gnu::noinline]] int body(int x) {
    if (opaque(depth) < 0) throw x;
    return opaque(x);
}
inline int& acquire() {
    ++depth;
    keep(depth);
    return depth;
}
inline void release() {
    --depth;
    keep(depth);
}

struct by_hand {
    int& value = acquire();
    by_hand() = default;
    by_hand(by_hand const&) = delete;
    by_hand& operator=(by_hand const&) = delete;
    ~by_hand() { release(); }
};
struct plain {
    int& enter() { return acquire(); }
    void exit() noexcept { release(); }
};
struct may_throw {
    int& enter() { return acquire(); }
    void exit() { release(); }
};
struct seeing {
    int& enter() { return acquire(); }
    void exit(exc_info const& exc) {
        if (exc) keep(exc.pointer());
        release();
    }
};

constexpr ctx::contextmanager managed = []() -> generator<int, none_t> {
    int const value = acquire();
    co_yield value;
    release();
};

[[gnu::noinline]] int one_by_hand(int x) {
    by_hand const guard;
    return body(x + guard.value);
}
// The bodies capture by value: g++ 12 keeps what is captured by reference in memory across keep(), and reads it again.
[[gnu::noinline]] int one_with(int x) {
    return with(plain(), [x](int& value) { return body(x + value); });
}
[[gnu::noinline]] int one_entered(int x) {
    auto const guard = enter(plain());
    return body(x + depth);
}
[[gnu::noinline]] int one_by_try(int x) {
    acquire();
    int result;
    try {
        result = body(x + depth);
    } catch (...) {
        release();
        throw;
    }
    release();
    return result;
}
[[gnu::noinline]] int one_with_throwing_exit(int x) {
    return with(may_throw(), [x](int& value) { return body(x + value); });
}
[[gnu::noinline]] int three_by_hand(int x) {
    by_hand const a;
    by_hand const b;
    by_hand const c;
    return body(x + c.value);
}
[[gnu::noinline]] int three_with(int x) {
    return with(plain(), plain(), plain(), [x](int&, int&, int& c) { return body(x + c); });
}

}  // namespace

GATE("contextlib/by_hand/one", reference()) {
    for (auto _ : state) keep(one_by_hand(opaque(1)));
}
GATE("contextlib/with/one", no_more_than("contextlib/by_hand/one")) {
    for (auto _ : state) keep(one_with(opaque(1)));
}
GATE("contextlib/enter/one", no_more_than("contextlib/by_hand/one")) {
    for (auto _ : state) keep(one_entered(opaque(1)));
}
GATE("contextlib/by_hand/three", reference()) {
    for (auto _ : state) keep(three_by_hand(opaque(1)));
}
GATE("contextlib/with/three", no_more_than("contextlib/by_hand/three")) {
    for (auto _ : state) keep(three_with(opaque(1)));
}
GATE("contextlib/by_hand/try", reference()) {
    for (auto _ : state) keep(one_by_try(opaque(1)));
}
GATE("contextlib/with/exit_may_throw", no_more_than("contextlib/by_hand/try")) {
    for (auto _ : state) keep(one_with_throwing_exit(opaque(1)));
}
GATE("contextlib/with/exit_sees", no_more_than("contextlib/by_hand/one", 3)) {
    for (auto _ : state) keep(with(seeing(), [&](int& value) { return body(opaque(1) + value); }));
}
GATE("contextlib/by_hand/nothing", reference()) {
    for (auto _ : state) keep(body(opaque(1)));
}
GATE("contextlib/suppress/no_error", no_more_than("contextlib/by_hand/nothing", 2)) {
    for (auto _ : state) with(ctx::suppress<amphis::KeyError>(), [] { keep(body(opaque(1))); });
}
GATE("contextlib/contextmanager/no_error", at_most(generator_manager)) {
    for (auto _ : state) keep(with(managed(), [&](int& value) { return body(opaque(1) + value); }));
}
GATE("contextlib/ExitStack/three_callbacks", at_most(three_callbacks)) {
    for (auto _ : state) {
        with(ctx::ExitStack(), [](ctx::ExitStack& stack) {
            for (int i = 0; i != 3; ++i) {
                acquire();
                stack.callback([] { release(); });
            }
            keep(body(opaque(1)));
        });
    }
}
