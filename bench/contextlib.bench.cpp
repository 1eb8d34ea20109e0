// SPDX-License-Identifier: MIT
// Cleaning up, with and without an exception: by hand, with the guards that one meets, with ours; and CPython.
// Ours: with, enter, ExitStack, contextmanager, suppress
#include <amphis/contextlib.hpp>

#include <benchmark/benchmark.h>

#include <functional>
#include <memory>
#include <utility>
#include <vector>
#if defined(AMPHIS_BENCH_ABSL)
#include <absl/cleanup/cleanup.h>
#endif
#if __has_include(<boost/scope_exit.hpp>)
#include <boost/scope_exit.hpp>
#define AMPHIS_BENCH_SCOPE_EXIT
#endif

namespace {

namespace ctx = amphis::contextlib;
using amphis::exc_info;
using amphis::generator;
using amphis::KeyError;
using amphis::none_t;
using amphis::ValueError;

int depth = 0;

void acquire() {
    ++depth;
    benchmark::DoNotOptimize(depth);
}
void release() {
    --depth;
    benchmark::DoNotOptimize(depth);
}
/// May throw, for all that the compiler knows.
[[gnu::noinline]] void body() {
    if (depth < 0) throw KeyError(depth);
}
[[gnu::noinline]] void failing() {
    if (depth > 0) throw ValueError("body");
}

struct guard {
    guard() { acquire(); }
    guard(guard const&) = delete;
    guard& operator=(guard const&) = delete;
    ~guard() { release(); }
};
struct plain {
    void enter() { acquire(); }
    void exit() noexcept { release(); }
};
struct seeing {
    void enter() { acquire(); }
    void exit(exc_info const& exc) {
        benchmark::DoNotOptimize(exc.value());
        release();
    }
};

constexpr ctx::contextmanager managed = []() -> generator<int, none_t> {
    guard const held;
    co_yield 1;
};
constexpr ctx::contextmanager managed_plainly = []() -> generator<int> {
    guard const held;
    co_yield 1;
};

/// The naive ones: what the cleanup is is kept in a std::function, or in the deleter of a std::shared_ptr.
class functions {
public:
    functions() = default;
    functions(functions const&) = delete;
    functions& operator=(functions const&) = delete;
    ~functions() {
        while (!list_.empty()) {
            auto const last = std::move(list_.back());
            list_.pop_back();
            last();
        }
    }
    void add(std::function<void()> f) { list_.push_back(std::move(f)); }

private:
    std::vector<std::function<void()>> list_;
};

// One cleanup.
void one_by_hand(benchmark::State& state) {
    for (auto _ : state) {
        acquire();
        try {
            body();
        } catch (...) {
            release();
            throw;
        }
        release();
    }
}
void one_raii(benchmark::State& state) {
    for (auto _ : state) {
        guard const held;
        body();
    }
}
void one_with(benchmark::State& state) {
    for (auto _ : state) amphis::with(plain(), [] { body(); });
}
void one_seen(benchmark::State& state) {
    for (auto _ : state) amphis::with(seeing(), [] { body(); });
}
void one_entered(benchmark::State& state) {
    for (auto _ : state) {
        auto const held = amphis::enter(plain());
        body();
    }
}
void one_generator(benchmark::State& state) {
    for (auto _ : state) amphis::with(managed(), [](int) { body(); });
}
void one_plain_generator(benchmark::State& state) {
    for (auto _ : state) amphis::with(managed_plainly(), [](int) { body(); });
}
void one_shared_ptr(benchmark::State& state) {
    for (auto _ : state) {
        acquire();
        std::shared_ptr<void> const held(nullptr, [](void*) { release(); });
        body();
    }
}
void one_function(benchmark::State& state) {
    for (auto _ : state) {
        acquire();
        functions held;
        held.add([] { release(); });
        body();
    }
}
#ifdef AMPHIS_BENCH_ABSL
void one_absl(benchmark::State& state) {
    for (auto _ : state) {
        acquire();
        absl::Cleanup const held = [] { release(); };
        body();
    }
}
#endif
#ifdef AMPHIS_BENCH_SCOPE_EXIT
void one_scope_exit(benchmark::State& state) {
    for (auto _ : state) {
        acquire();
        BOOST_SCOPE_EXIT(void) { release(); }
        BOOST_SCOPE_EXIT_END
        body();
    }
}
#endif

// Three cleanups that are known when the program runs.
int const three = [] {
    int n = 3;
    benchmark::DoNotOptimize(n);
    return n;
}();
void three_ours(benchmark::State& state) {
    for (auto _ : state) {
        amphis::with(ctx::ExitStack(), [](ctx::ExitStack& stack) {
            for (int i = 0; i != three; ++i) {
                acquire();
                stack.callback([] { release(); });
            }
            body();
        });
    }
}
void three_functions(benchmark::State& state) {
    for (auto _ : state) {
        functions held;
        for (int i = 0; i != three; ++i) {
            acquire();
            held.add([] { release(); });
        }
        body();
    }
}
void three_shared_ptrs(benchmark::State& state) {
    for (auto _ : state) {
        std::vector<std::shared_ptr<void>> held;
        for (int i = 0; i != three; ++i) {
            acquire();
            held.emplace_back(nullptr, [](void*) { release(); });
        }
        body();
    }
}
void three_by_hand(benchmark::State& state) {
    for (auto _ : state) {
        int done = 0;
        try {
            for (; done != three; ++done) acquire();
            body();
        } catch (...) {
            for (; done != 0; --done) release();
            throw;
        }
        for (; done != 0; --done) release();
    }
}

// An exception of the body that goes on, and is caught around.
template <class Within>
void through(benchmark::State& state, Within within) {
    for (auto _ : state) {
        try {
            within();
        } catch (ValueError const& e) {
            benchmark::DoNotOptimize(e.what());
        }
    }
}
void through_by_hand(benchmark::State& state) {
    through(state, [] {
        acquire();
        try {
            failing();
        } catch (...) {
            release();
            throw;
        }
        release();
    });
}
void through_raii(benchmark::State& state) {
    through(state, [] {
        guard const held;
        failing();
    });
}
void through_with(benchmark::State& state) {
    through(state, [] { amphis::with(plain(), [] { failing(); }); });
}
void through_seen(benchmark::State& state) {
    through(state, [] { amphis::with(seeing(), [] { failing(); }); });
}
void through_generator(benchmark::State& state) {
    through(state, [] { amphis::with(managed(), [](int) { failing(); }); });
}
void through_plain_generator(benchmark::State& state) {
    through(state, [] { amphis::with(managed_plainly(), [](int) { failing(); }); });
}
void through_stack(benchmark::State& state) {
    through(state, [] {
        amphis::with(ctx::ExitStack(), [](ctx::ExitStack& stack) {
            for (int i = 0; i != three; ++i) {
                acquire();
                stack.callback([] { release(); });
            }
            failing();
        });
    });
}

// An exception that is suppressed.
void suppressed_by_hand(benchmark::State& state) {
    depth = 1;
    for (auto _ : state) {
        try {
            failing();
        } catch (ValueError const&) {
        }
    }
    depth = 0;
}
void suppressed_ours(benchmark::State& state) {
    depth = 1;
    for (auto _ : state) amphis::with(ctx::suppress<ValueError>(), [] { failing(); });
    depth = 0;
}
void nothing_to_suppress_by_hand(benchmark::State& state) {
    for (auto _ : state) {
        try {
            body();
        } catch (ValueError const&) {
        }
    }
}
void nothing_to_suppress_ours(benchmark::State& state) {
    for (auto _ : state) amphis::with(ctx::suppress<ValueError>(), [] { body(); });
}

}  // namespace

BENCHMARK(one_by_hand)->Name("contextlib/try_by_hand/one");
BENCHMARK(one_raii)->Name("contextlib/destructor/one");
BENCHMARK(one_with)->Name("contextlib/with/one");
BENCHMARK(one_entered)->Name("contextlib/enter/one");
BENCHMARK(one_shared_ptr)->Name("contextlib/naive_shared_ptr/one");
BENCHMARK(one_function)->Name("contextlib/naive_vector_function/one");
#ifdef AMPHIS_BENCH_ABSL
BENCHMARK(one_absl)->Name("contextlib/absl_cleanup/one");
#endif
#ifdef AMPHIS_BENCH_SCOPE_EXIT
BENCHMARK(one_scope_exit)->Name("contextlib/boost_scope_exit/one");
#endif
BENCHMARK(one_seen)->Name("contextlib/with/one_that_sees");
BENCHMARK(one_generator)->Name("contextlib/contextmanager/generator");
BENCHMARK(one_plain_generator)->Name("contextlib/contextmanager/generator_that_cannot_catch");
BENCHMARK(three_by_hand)->Name("contextlib/try_by_hand/three_callbacks");
BENCHMARK(three_ours)->Name("contextlib/ExitStack/three_callbacks");
BENCHMARK(three_functions)->Name("contextlib/naive_vector_function/three_callbacks");
BENCHMARK(three_shared_ptrs)->Name("contextlib/naive_shared_ptr/three_callbacks");
BENCHMARK(through_by_hand)->Name("contextlib/try_by_hand/error_through_one");
BENCHMARK(through_raii)->Name("contextlib/destructor/error_through_one");
BENCHMARK(through_with)->Name("contextlib/with/error_through_one");
BENCHMARK(through_seen)->Name("contextlib/with/error_through_one_that_sees");
BENCHMARK(through_generator)->Name("contextlib/contextmanager/error_through_generator");
BENCHMARK(through_plain_generator)->Name("contextlib/contextmanager/error_through_generator_that_cannot_catch");
BENCHMARK(through_stack)->Name("contextlib/ExitStack/error_through_three_callbacks");
BENCHMARK(suppressed_by_hand)->Name("contextlib/try_by_hand/suppressed_error");
BENCHMARK(suppressed_ours)->Name("contextlib/suppress/suppressed_error");
BENCHMARK(nothing_to_suppress_by_hand)->Name("contextlib/try_by_hand/no_error_to_suppress");
BENCHMARK(nothing_to_suppress_ours)->Name("contextlib/suppress/no_error_to_suppress");
