// SPDX-License-Identifier: MIT
// try: instructions of 1000 bodies without an error, and of an error that is carried as a value.
#include <amphis/lang/exceptions.hpp>
#include <amphis/lang/try.hpp>

#include "gate.hpp"

#include <utility>

namespace {

#if defined(__clang__)
constexpr double more = 2.0 * 1000;  // clang 19 keeps the address of what finally_ does; clang 16 and g++ 12 do not
#else
constexpr double more = 0;
#endif

using amphis::except, amphis::expected, amphis::finally_, amphis::KeyError, amphis::try_, amphis::ValueError;

[[gnu::noinline]] long checked(long n) {
    if (n < 0) amphis::detail::throw_<ValueError>("negative");
    return 3 * n;
}
struct counting {  // finally by hand
    long& count;
    explicit counting(long& n) : count(n) {}
    counting(counting const&) = delete;
    counting& operator=(counting const&) = delete;
    ~counting() { ++count; }
};

[[gnu::noinline]] long by_hand(long n, long& done) {
    counting const last(done);
    try {
        return checked(n);
    } catch (KeyError const&) {
        return -1;
    } catch (ValueError const& e) {
        return static_cast<long>(e.args().size());
    }
}
[[gnu::noinline]] long by_try(long n, long& done) {
    return try_([&] { return checked(n); }, except<KeyError>([] { return -1L; }),
                except<ValueError>([](ValueError const& e) { return static_cast<long>(e.args().size()); }), finally_([&]() noexcept { ++done; }));
}

[[gnu::noinline]] int as_code(int depth, long* result) {
    if (depth == 0) return *result = 7, 0;
    if (int const error = as_code(depth - 1, result)) return error;
    return ++*result, 0;
}
[[gnu::noinline]] expected<long> as_value(int depth, bool fails) {
    if (depth == 0) {
        if (fails) return ValueError("negative");
        return 7;
    }
    auto below = as_value(depth - 1, fails);
    if (!below) return std::move(below).error();
    return *below + 1;
}

}  // namespace

GATE("try/by_hand/no_error", reference()) {
    for (auto _ : state) {
        long sum = 0;
        long done = 0;
        for (long i = 0; i != opaque(1000); ++i) sum += by_hand(i, done);
        keep(sum + done);
    }
}
GATE("try/try/no_error", no_more_than("try/by_hand/no_error", more)) {
    for (auto _ : state) {
        long sum = 0;
        long done = 0;
        for (long i = 0; i != opaque(1000); ++i) sum += by_try(i, done);
        keep(sum + done);
    }
}
GATE("try/error_code/16_levels", reference()) {
    for (auto _ : state) {
        long result = 0;
        keep(as_code(opaque(16), &result));
        keep(result);
    }
}
GATE("try/expected/16_levels", at_most(16.0 * 60)) {
    for (auto _ : state) keep(as_value(opaque(16), false).has_value());
}
GATE("try/expected/error_16_levels", at_most(16.0 * 80 + 1500)) {
    for (auto _ : state) keep(as_value(opaque(16), true).has_value());
}
