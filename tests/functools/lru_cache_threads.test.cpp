// SPDX-License-Identifier: MIT
// lru_cache and threads: exact counts, the function outside the lock, results that live as long as somebody looks at them.
// Catch's own macros are not for several threads: the threads count what is wrong, and the test looks at the count.
#include <amphis/builtins/repr.hpp>
#include <amphis/functools/lru_cache.hpp>
#include <amphis/lang/exceptions.hpp>

#include "support/catch.hpp"

#include <array>
#include <atomic>
#include <barrier>
#include <chrono>
#include <cstdint>
#include <functional>
#include <latch>
#include <memory>
#include <string>
#include <thread>
#include <tuple>
#include <vector>

namespace ft = amphis::functools;
using amphis::repr;

namespace {

using shared_policies = std::tuple<ft::synchronized, ft::concurrent, ft::once>;

std::string told(auto const& cached) { return repr(cached.cache_info()); }

/// std::jthread, whose stop source g++ 12 takes for uninitialised at -O1.
struct joined : std::thread {
    using std::thread::thread;
    joined(joined&&) = default;
    ~joined() {
        if (joinable()) join();
    }
};

/// Runs body(0) to body(count - 1) at once, each in a thread.
void in_threads(int count, auto const& body) {
    std::latch start(count);
    std::vector<joined> threads;
    threads.reserve(static_cast<std::size_t>(count));
    for (int i = 0; i != count; ++i) {
        threads.emplace_back([&, i] {
            start.arrive_and_wait();
            body(i);
        });
    }
}

/// A cheap random sequence, one for each thread.
struct sequence {
    std::uint32_t state;
    explicit sequence(int thread) : state(static_cast<std::uint32_t>(thread) * 2654435761U + 12345U) {}
    int below(int limit) {
        state = state * 1664525U + 1013904223U;
        return static_cast<int>((state >> 8U) % static_cast<std::uint32_t>(limit));
    }
};

std::string text_of(int i) { return std::string(static_cast<std::size_t>(i % 40), '-') + std::to_string(i); }

constexpr int thread_count = 4;
constexpr int rounds = 4'000;

/// All threads call with keys below `universe`; what is wrong is counted.
template <class Make>
void hammer(auto& cached, int universe, Make const& make, auto const& right) {
    std::atomic<int> wrong = 0;
    in_threads(thread_count, [&](int thread) {
        sequence next(thread);
        for (int i = 0; i != rounds; ++i) {
            int const id = next.below(next.below(4) == 0 ? universe : universe / 8 + 1);
            if (!right(id, cached(make(id)))) ++wrong;
        }
    });
    CHECK(wrong == 0);
    auto const info = cached.cache_info();
    CHECK(info.hits + info.misses == thread_count * rounds);
    CHECK(info.hits > 0);
    CHECK(info.misses > 0);
    if (info.maxsize) CHECK(info.currsize <= *info.maxsize);
}

}  // namespace

// ---- CPython's TestLRU ------------------------------------------------------------------------------------------------

TEMPLATE_LIST_TEST_CASE("lru_cache: threads with a key each miss once each", "[functools][lru_cache][threads]",
                        shared_policies) {
    // CPython's test_lru_cache_threaded: n threads, each calls m times with its own argument.
    constexpr int n = 5;
    constexpr int m = 11;
    auto f = ft::lru_cache<n * m, TestType>([](int x, int y) { return 3 * x + y; });
    std::atomic<int> wrong = 0;
    in_threads(n, [&](int k) {
        for (int i = 0; i != m; ++i) {
            if (f(k, 0) != 3 * k) ++wrong;
        }
    });
    CHECK(wrong == 0);
    CHECK(told(f) == "CacheInfo(hits=50, misses=5, maxsize=55, currsize=5)");
    // While some call, one clears.
    in_threads(n + 1, [&](int k) {
        for (int i = 0; i != m; ++i) {
            if (k == n) {
                f.cache_clear();
            } else if (f(k, 0) != 3 * k) {
                ++wrong;
            }
        }
    });
    CHECK(wrong == 0);
    CHECK(f.cache_info().currsize <= n);
    CHECK(f.cache_info().hits + f.cache_info().misses <= n * m);
}

TEMPLATE_TEST_CASE("lru_cache: threads that miss one key at once all call the function, which runs outside the lock",
                   "[functools][lru_cache][threads]", ft::synchronized, ft::concurrent) {
    // CPython's test_lru_cache_threaded2: all threads are inside the function at the same time.
    constexpr int n = 5;
    constexpr int m = 7;
    std::barrier inside(n);
    auto f = ft::lru_cache<m * n, TestType>([&inside](int i) {
        inside.arrive_and_wait();
        return 3 * i;
    });
    for (int i = 0; i != m; ++i) {
        std::atomic<int> wrong = 0;
        in_threads(n, [&](int) {
            if (f(i) != 3 * i) ++wrong;
        });
        CHECK(wrong == 0);
        CHECK(f.cache_info() == ft::CacheInfo{0, (i + 1LL) * n, m * n, i + 1LL});
    }
}

TEMPLATE_LIST_TEST_CASE("lru_cache: a slow function in several threads", "[functools][lru_cache][threads]",
                        shared_policies) {
    // CPython's test_lru_cache_threaded3
    auto f = ft::lru_cache<2, TestType>([](int x) {
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
        return 3 * x;
    });
    std::atomic<int> wrong = 0;
    in_threads(5, [&](int i) {
        if (f(i) != 3 * i) ++wrong;
    });
    CHECK(wrong == 0);
    CHECK(told(f) == "CacheInfo(hits=0, misses=5, maxsize=2, currsize=2)");
}

// ---- many threads on one cache --------------------------------------------------------------------------------------------

TEMPLATE_LIST_TEST_CASE("lru_cache: threads with evictions going on get right results and exact counts",
                        "[functools][lru_cache][threads]", shared_policies) {
    auto const number = [](int id) { return id; };
    auto const right = [](int id, long result) { return result == 3L * id; };
    auto const fn = [](int x) { return 3L * x; };
    SECTION("a few entries") {
        auto f = ft::lru_cache<3, TestType>(fn);
        hammer(f, 16, number, right);
        CHECK(f.cache_info().currsize == 3);
    }
    SECTION("one entry") {
        auto f = ft::lru_cache<1, TestType>(fn);
        hammer(f, 3, number, right);
    }
    SECTION("128 entries") {
        auto f = ft::lru_cache<128, TestType>(fn);
        hammer(f, 1000, number, right);
        CHECK(f.cache_info().currsize == 128);
    }
    SECTION("no limit, a table that grows") {
        auto f = ft::lru_cache<ft::unbounded, TestType>(fn);
        hammer(f, 4000, number, right);
    }
    SECTION("a limit chosen when running") {
        auto f = ft::lru_cache<TestType>({.maxsize = 20, .typed = true}, fn);
        hammer(f, 100, number, right);
    }
}

TEMPLATE_LIST_TEST_CASE("lru_cache: threads with text keys and results", "[functools][lru_cache][threads]",
                        shared_policies) {
    auto const right = [](int id, std::string const& result) { return result == text_of(id) + "!"; };
    auto const fn = [](std::string const& text) { return text + "!"; };
    SECTION("evicting") {
        auto f = ft::lru_cache<16, TestType>(fn);
        hammer(f, 100, text_of, right);
    }
    SECTION("in 16 parts, where they are") {
        auto f = ft::lru_cache<1024, TestType>(fn);
        hammer(f, 3000, text_of, right);
    }
    SECTION("no limit") {
        auto f = ft::lru_cache<ft::unbounded, TestType>(fn);
        hammer(f, 3000, text_of, right);
    }
}

TEMPLATE_LIST_TEST_CASE("lru_cache: threads with a key whose comparison is the user's",
                        "[functools][lru_cache][threads]", shared_policies) {
    struct key {
        int id;
        [[nodiscard]] std::size_t hash() const { return static_cast<std::size_t>(id % 4); }
        bool operator==(key const&) const = default;
    };
    auto f = ft::lru_cache<16, TestType>([](key const& k) { return k.id; });
    hammer(
        f, 60, [](int id) { return key{id}; }, [](int id, int result) { return id == result; });
    auto g = ft::lru_cache<16, TestType>([](std::pair<int, std::string> const& k) { return k.first; });
    hammer(
        g, 60, [](int id) { return std::pair(id, text_of(id)); }, [](int id, int result) { return id == result; });
}

TEMPLATE_LIST_TEST_CASE("lru_cache: threads that call, clear and look at the counts", "[functools][lru_cache][threads]",
                        shared_policies) {
    auto const run = [](auto cached, auto const& make) {
        std::atomic<int> wrong = 0;
        std::atomic<int> calls = 0;
        in_threads(thread_count, [&](int thread) {
            sequence next(thread);
            for (int i = 0; i != rounds; ++i) {
                int const id = next.below(40);
                if (i % 64 == thread) {
                    cached.cache_clear();
                } else if (i % 16 == thread) {
                    auto const info = cached.cache_info();
                    if (info.currsize > *info.maxsize || info.hits < 0 || info.misses < 0) ++wrong;
                    if (info.hits + info.misses > thread_count * rounds) ++wrong;
                } else {
                    ++calls;
                    if (cached(make(id)) != make(id)) ++wrong;
                }
            }
        });
        CHECK(wrong == 0);
        cached.cache_clear();
        CHECK(told(cached) == "CacheInfo(hits=0, misses=0, maxsize=16, currsize=0)");
        CHECK(cached(make(1)) == make(1));
        CHECK(cached(make(1)) == make(1));
        CHECK(told(cached) == "CacheInfo(hits=1, misses=1, maxsize=16, currsize=1)");
    };
    run(ft::lru_cache<16, TestType>([](int x) { return x; }), [](int id) { return id; });
    run(ft::lru_cache<16, TestType>([](std::string const& x) { return x; }), text_of);
}

TEMPLATE_LIST_TEST_CASE("lru_cache: threads that call a function which throws at times",
                        "[functools][lru_cache][threads]", shared_policies) {
    std::atomic<int> calls = 0;
    auto f = ft::lru_cache<8, TestType>([&calls](int x) {
        if (calls.fetch_add(1) % 3 == 0) throw amphis::ValueError("at times");
        return x;
    });
    std::atomic<int> wrong = 0;
    std::atomic<int> raised = 0;
    in_threads(thread_count, [&](int thread) {
        sequence next(thread);
        for (int i = 0; i != rounds / 4; ++i) {
            int const id = next.below(20);
            try {
                if (f(id) != id) ++wrong;
            } catch (amphis::ValueError const&) {
                ++raised;
            }
        }
    });
    CHECK(wrong == 0);
    CHECK(raised > 0);
    auto const info = f.cache_info();
    CHECK(info.hits + info.misses == thread_count * (rounds / 4));
    CHECK(info.misses == calls);  // each call of the function is one miss
}

TEMPLATE_LIST_TEST_CASE("lru_cache: threads and recursion through one cache", "[functools][lru_cache][threads]",
                        shared_policies) {
    auto fib = ft::lru_cache<ft::unbounded, TestType>(
        [](auto& self, int n) -> long { return n < 2 ? n : self(n - 1) + self(n - 2); });
    std::atomic<int> wrong = 0;
    in_threads(thread_count, [&](int thread) {
        for (int round = 0; round != 20; ++round) {
            if (fib(60 + thread) != (std::array{1548008755920L, 2504730781961L, 4052739537881L,
                                                6557470319842L})[static_cast<std::size_t>(thread)])
                ++wrong;
            if (thread == 0) fib.cache_clear();
        }
    });
    CHECK(wrong == 0);
}

// ---- life -----------------------------------------------------------------------------------------------------------------

TEMPLATE_LIST_TEST_CASE("lru_cache: a shared result outlives its entry, in whatever thread",
                        "[functools][lru_cache][threads]", shared_policies) {
    static std::atomic<int> live = 0;
    struct page {
        int id;
        std::string content;
        explicit page(int i) : id(i), content(text_of(i)) { ++live; }
        page(page const&) = delete;
        page& operator=(page const&) = delete;
        ~page() { --live; }
    };
    {
        auto f = ft::lru_cache<4, TestType>([](int id) { return page(id); });
        std::atomic<int> wrong = 0;
        in_threads(thread_count, [&](int thread) {
            sequence next(thread);
            auto held = f(0);
            for (int i = 0; i != rounds; ++i) {
                int const id = next.below(16);
                auto now = f(id);
                if (now->id != id || now->content != text_of(id)) ++wrong;
                if (held->content != text_of(held->id)) ++wrong;
                if (i % 8 == 0) held = now;
                if (i % 512 == 511) f.cache_clear();
            }
        });
        CHECK(wrong == 0);
        CHECK(live == f.cache_info().currsize);
    }
    CHECK(live == 0);
}

TEMPLATE_LIST_TEST_CASE("lru_cache: a victim is destroyed outside the lock", "[functools][lru_cache][threads]",
                        shared_policies) {
    // The destructor waits for another thread's call: under the lock neither would ever end.
    static std::function<void()> on_death;
    struct noisy {
        int value;
        explicit noisy(int v) : value(v) {}
        noisy(noisy const&) = delete;
        noisy& operator=(noisy const&) = delete;
        ~noisy() {
            if (on_death) on_death();
        }
    };
    auto f = ft::lru_cache<1, TestType>([](int x) { return noisy(x); });
    (void)f(1);
    std::atomic<int> answers = 0;
    on_death = [&] {
        on_death = nullptr;
        joined([&] {
            if (f(2)->value == 2) ++answers;
            (void)f.cache_info();
        });
    };
    (void)f(2);  // evicts 1
    CHECK(answers == 1);
    on_death = [&] {
        on_death = nullptr;
        joined([&] {
            if (f(2)->value == 2) ++answers;
        });
    };
    f.cache_clear();
    CHECK(answers == 2);
    on_death = nullptr;
}

TEMPLATE_LIST_TEST_CASE("lru_cache: a call inside the function does not keep other threads out",
                        "[functools][lru_cache][threads]", shared_policies) {
    auto f = ft::lru_cache<4, TestType>([](auto& self, int x) -> int {
        if (x != 1) return x;
        int answer = 0;
        joined([&] { answer = self(2); }).join();
        return answer;
    });
    CHECK(f(1) == 2);
    CHECK(told(f) == "CacheInfo(hits=0, misses=2, maxsize=4, currsize=2)");
}

// ---- once -----------------------------------------------------------------------------------------------------------------

TEST_CASE("lru_cache: once, a key is computed by one thread and the others wait", "[functools][lru_cache][threads]") {
    std::atomic<int> calls = 0;
    auto f = ft::lru_cache<128, ft::once>([&calls](int x) {
        ++calls;
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
        return 3 * x;
    });
    std::atomic<int> wrong = 0;
    in_threads(8, [&](int thread) {
        if (f(thread % 2) != 3 * (thread % 2)) ++wrong;
    });
    CHECK(wrong == 0);
    CHECK(calls == 2);
    CHECK(told(f) == "CacheInfo(hits=6, misses=2, maxsize=128, currsize=2)");
}

TEST_CASE("lru_cache: once, texts are computed once each, whatever thread asks", "[functools][lru_cache][threads]") {
    std::atomic<int> calls = 0;
    auto f = ft::lru_cache<ft::unbounded, ft::once>([&calls](std::string const& text) {
        ++calls;
        std::this_thread::yield();
        return text + "!";
    });
    hammer(f, 500, text_of, [](int id, std::string const& result) { return result == text_of(id) + "!"; });
    CHECK(calls == f.cache_info().misses);
    CHECK(calls == f.cache_info().currsize);
}

TEST_CASE("lru_cache: once, who waits for a call that throws computes in its turn", "[functools][lru_cache][threads]") {
    std::atomic<int> calls = 0;
    std::atomic<int> waiting = 0;
    auto f = ft::lru_cache<128, ft::once>([&](int x) {
        if (calls.fetch_add(1) == 0) {
            while (waiting != 4) std::this_thread::yield();
            std::this_thread::sleep_for(std::chrono::milliseconds(20));
            throw amphis::ValueError("the first one fails");
        }
        return x;
    });
    std::atomic<int> raised = 0;
    std::atomic<int> right = 0;
    in_threads(4, [&](int) {
        ++waiting;
        try {
            if (f(7) == 7) ++right;
        } catch (amphis::ValueError const&) {
            ++raised;
        }
    });
    CHECK(raised == 1);
    CHECK(right == 3);
    CHECK(calls == 2);
    CHECK(told(f) == "CacheInfo(hits=2, misses=2, maxsize=128, currsize=1)");
}

TEST_CASE("lru_cache: once, a circle through two threads raises RuntimeError in one of them",
          "[functools][lru_cache][threads]") {
    // Thread 0 computes 0, which needs 1; thread 1 computes 1, which needs 0.
    for (int round = 0; round != 50; ++round) {
        std::barrier both(2);
        std::atomic<bool> met = false;
        auto f = ft::lru_cache<128, ft::once>([&](auto& self, int x) -> int {
            if (!met) {
                both.arrive_and_wait();
                met = true;
            }
            return self(1 - x) + 1;
        });
        std::atomic<int> raised = 0;
        in_threads(2, [&](int thread) {
            try {
                (void)f(thread);
            } catch (amphis::RuntimeError const&) {
                ++raised;
            }
        });
        CHECK(raised == 2);  // the circle's thread, and whoever then computes and finds itself needed
        CHECK(f.cache_info().currsize == 0);
    }
}

TEST_CASE("lru_cache: once, a circle through two caches raises RuntimeError", "[functools][lru_cache][threads]") {
    std::function<int(int)> to_second;
    auto first = ft::lru_cache<8, ft::once>([&to_second](int x) { return to_second(x); });
    auto second = ft::lru_cache<8, ft::once>([&first](int x) { return first(x); });
    to_second = [&second](int x) { return second(x); };
    CHECK_THROWS_AS(first(1), amphis::RuntimeError);
    std::atomic<int> raised = 0;
    in_threads(2, [&](int thread) {
        try {
            thread == 0 ? first(1) : second(1);
        } catch (amphis::RuntimeError const&) {
            ++raised;
        }
    });
    CHECK(raised == 2);
}

TEST_CASE("lru_cache: once, threads whose keys depend on each other without a circle all end",
          "[functools][lru_cache][threads]") {
    for (int round = 0; round != 10; ++round) {
        std::atomic<int> calls = 0;
        auto f = ft::lru_cache<ft::unbounded, ft::once>([&calls](auto& self, int n) -> long {
            ++calls;
            return n < 2 ? n : self(n - 1) + self(n - 2);
        });
        std::atomic<int> wrong = 0;
        in_threads(thread_count, [&](int thread) {
            if (f(80 - thread) <= 0) ++wrong;
        });
        CHECK(wrong == 0);
        CHECK(calls == 81);
        CHECK(f.cache_info().misses == 81);
    }
}

// ---- concurrent --------------------------------------------------------------------------------------------------------------

TEST_CASE("lru_cache: concurrent, results wider than a word are never torn", "[functools][lru_cache][threads]") {
    struct wide {
        std::uint64_t words[8];
    };
    auto f = ft::lru_cache<4, ft::concurrent>([](std::uint64_t x) { return wide{{x, x, x, x, x, x, x, x}}; });
    std::atomic<int> wrong = 0;
    in_threads(thread_count, [&](int thread) {
        sequence next(thread);
        for (int i = 0; i != 5 * rounds; ++i) {
            auto const x = static_cast<std::uint64_t>(next.below(7)) * 0x0101010101010101U;
            for (std::uint64_t word : f(x).words) wrong += word == x ? 0 : 1;
        }
    });
    CHECK(wrong == 0);
    CHECK(f.cache_info().hits + f.cache_info().misses == thread_count * 5 * rounds);
}

TEST_CASE("lru_cache: concurrent, counts are exact with more threads than there are stripes",
          "[functools][lru_cache][threads]") {
    auto f = ft::lru_cache<8, ft::concurrent>([](int x) { return x; });
    for (int round = 0; round != 3; ++round) {
        in_threads(24, [&](int thread) {
            for (int i = 0; i != 200; ++i) (void)f((i + thread) % 10);
        });
        CHECK(f.cache_info().hits + f.cache_info().misses == (round + 1) * 24 * 200);
    }
}

TEST_CASE("lru_cache: concurrent, counts go with the cache when it is moved", "[functools][lru_cache][threads]") {
    auto f = ft::lru_cache<8, ft::concurrent>([](int x) { return x; });
    for (int i = 0; i != 20; ++i) f(i % 4);
    auto g = std::move(f);
    CHECK(told(g) == "CacheInfo(hits=16, misses=4, maxsize=8, currsize=4)");
    g(1), g(9);
    CHECK(told(g) == "CacheInfo(hits=17, misses=5, maxsize=8, currsize=5)");
    g.cache_clear();
    CHECK(told(g) == "CacheInfo(hits=0, misses=0, maxsize=8, currsize=0)");
}
