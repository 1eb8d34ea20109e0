// SPDX-License-Identifier: MIT
// Names, decorators and stored arguments are compile-time matters: each call below takes the instructions of the call by hand.
#include "gate.hpp"

#include <amphis/functools.hpp>
#include <amphis/lang/decorator.hpp>
#include <amphis/lang/function.hpp>

#include <utility>

using namespace amphis::literals;
namespace ft = amphis::functools;

namespace {

// Not inlined, so that every gate makes one call and differs only in how it comes to it.
[[gnu::noinline]] int mix(int x, int y) { return x * 31 + y; }

constexpr auto named = amphis::def<"x", "y">([](int x, int y) { return mix(x, y); }, "y"_k = 7);
constexpr amphis::around identity = [](auto& fn, auto&&... args) -> decltype(auto) {
    return fn(std::forward<decltype(args)>(args)...);
};
constexpr amphis::decorator wrapping = [](auto fn) {
    return ft::wraps(fn)([fn](auto&&... args) { return fn(std::forward<decltype(args)>(args)...); });
};
constexpr auto call_mix = [](int x, int y) { return mix(x, y); };

struct Square {
    int side = 0;
    [[nodiscard]] int compute_area() const { return mix(side, side); }
    ft::cached_property<&Square::compute_area> area{this};
};
struct SquareByHand {
    int side = 0;
    bool known = false;
    int area_ = 0;
    int area() {
        if (!known) {
            area_ = mix(side, side);
            known = true;
        }
        return area_;
    }
};

}  // namespace

GATE("function/direct/call", reference()) {
    for (auto _ : state) keep(mix(opaque(2), opaque(3)));
}
GATE("function/def/positional", no_more_than("function/direct/call")) {
    for (auto _ : state) keep(named(opaque(2), opaque(3)));
}
GATE("function/def/keyword", no_more_than("function/direct/call", +1)) {
    for (auto _ : state) {
        int const x = opaque(2);
        keep(named("y"_k = opaque(3), "x"_k = x));
    }
}
GATE("function/def/default", no_more_than("function/direct/call")) {
    for (auto _ : state) keep(named(opaque(2)));
}

GATE("decorator/identity/call", no_more_than("function/direct/call")) {
    constexpr auto f = identity | call_mix;
    for (auto _ : state) keep(f(opaque(2), opaque(3)));
}
GATE("decorator/stack_of_three/call", no_more_than("function/direct/call")) {
    constexpr auto f = identity | wrapping | identity | call_mix;
    for (auto _ : state) keep(f(opaque(2), opaque(3)));
}
GATE("decorator/identity/keyword", no_more_than("function/direct/call", +1)) {
    constexpr auto f = identity | named;
    for (auto _ : state) {
        int const x = opaque(2);
        keep(f("y"_k = opaque(3), "x"_k = x));
    }
}

GATE("functools/lambda_with_capture/call", reference()) {
    auto const f = [x = opaque(2)](int y) { return mix(x, y); };
    for (auto _ : state) keep(f(opaque(3)));
}
GATE("functools/partial/call", no_more_than("functools/lambda_with_capture/call")) {
    auto const f = ft::partial(call_mix, opaque(2));
    for (auto _ : state) keep(f(opaque(3)));
}
GATE("functools/partial/keyword", no_more_than("functools/lambda_with_capture/call", +1)) {
    auto const f = ft::partial(named, "y"_k = opaque(2));
    for (auto _ : state) keep(f(opaque(3)));
}

GATE("functools/flag_and_value/read", reference()) {
    SquareByHand s{3};
    for (auto _ : state) {
        keep(&s);
        keep(s.area());
    }
}
GATE("functools/cached_property/read", no_more_than("functools/flag_and_value/read")) {
    Square s{3};
    for (auto _ : state) {
        keep(&s);
        keep(s.area.get());
    }
}

GATE("functools/singledispatch/static", no_more_than("function/direct/call")) {
    constexpr auto f =
        ft::singledispatch([](auto const&, int) { return 0; }).register_([](int x, int y) { return mix(x, y); });
    for (auto _ : state) keep(f(opaque(2), opaque(3)));
}

GATE("functools/loop/sum", reference()) {
    int const values[] = {1, 2, 3, 4, 5, 6, 7, 8};
    for (auto _ : state) {
        keep(&values);
        int sum = 0;
        for (int v : values) sum = mix(sum, v);
        keep(sum);
    }
}
GATE("functools/reduce/sum", no_more_than("functools/loop/sum", +1)) {
    int const values[] = {1, 2, 3, 4, 5, 6, 7, 8};
    for (auto _ : state) {
        keep(&values);
        keep(ft::reduce([](int a, int b) { return mix(a, b); }, values, 0));
    }
}
