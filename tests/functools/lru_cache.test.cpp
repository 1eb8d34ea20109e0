// SPDX-License-Identifier: MIT
// lru_cache, cache: what CPython's test_functools says of them, in C++; every kind of argument, of result and of function; no allocation on a
// hit. Expected counts come from CPython; "# >>>" lines are the Python that gave them.
#include <amphis/builtins/repr.hpp>
#include <amphis/functools/lru_cache.hpp>
#include <amphis/lang/decorator.hpp>
#include <amphis/lang/exceptions.hpp>
#include <amphis/lang/function.hpp>

#include "support/allocations.hpp"
#include "support/catch.hpp"
#include "support/probes.hpp"

#include <array>
#include <cmath>
#include <cstdint>
#include <functional>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

namespace ft = amphis::functools;
using amphis::repr;
using namespace amphis::literals;

namespace {

/// Policies whose recency is exact.
using repeating_policies = std::tuple<ft::unsynchronized, ft::synchronized>;  // a key may be computed inside itself
using exact_policies = std::tuple<ft::unsynchronized, ft::synchronized, ft::once>;

std::string told(auto const& cached) { return repr(cached.cache_info()); }

/// A key of a user's own: hashable by a member, equal by value. Counts what it is asked.
struct point {
    static inline int hashes = 0;
    static inline int comparisons = 0;
    int x = 0;
    int y = 0;

    [[nodiscard]] std::size_t hash() const { return ++hashes, static_cast<std::size_t>(x * 31 + y); }
    friend bool operator==(point const& a, point const& b) { return ++comparisons, a.x == b.x && a.y == b.y; }
};

/// Finds its hash by argument-dependent look-up.
struct celsius {
    double degrees = 0;
    friend bool operator==(celsius const&, celsius const&) = default;
    friend std::size_t hash(celsius const& c) { return static_cast<std::size_t>(c.degrees * 16); }
};

}  // namespace

// ---- CPython's TestLRU ----------------------------------------------------------------------------------------------------------------

TEMPLATE_LIST_TEST_CASE("lru_cache: a random workload counts as in CPython", "[functools][lru_cache]", exact_policies) {
    auto const plain = [](int x, int y) { return 3 * x + y; };
    auto f = ft::lru_cache<20, TestType>(plain);
    CHECK(told(f) == "CacheInfo(hits=0, misses=0, maxsize=20, currsize=0)");
    std::uint32_t seed = 1;
    auto const draw = [&seed] {
        seed = (1103515245U * seed + 12345U) & 0x7FFFFFFFU;
        return static_cast<int>((seed >> 16U) % 5U);
    };
    for (int i = 0; i != 1000; ++i) {
        int const x = draw();
        int const y = draw();
        REQUIRE(f(x, y) == plain(x, y));
    }
    CHECK(told(f) == "CacheInfo(hits=798, misses=202, maxsize=20, currsize=20)");
    f.cache_clear();
    CHECK(told(f) == "CacheInfo(hits=0, misses=0, maxsize=20, currsize=0)");
    CHECK(f(1, 2) == 5);
    CHECK(told(f) == "CacheInfo(hits=0, misses=1, maxsize=20, currsize=1)");
}

TEST_CASE("lru_cache: wrapped() is the function, and bypasses the cache", "[functools][lru_cache]") {
    int calls = 0;
    auto f = ft::lru_cache([&calls](int x) { return ++calls, 2 * x; });
    f.wrapped()(21);
    f.wrapped()(21);
    CHECK(calls == 2);
    CHECK(told(f) == "CacheInfo(hits=0, misses=0, maxsize=128, currsize=0)");
}

TEST_CASE("lru_cache: sizes none, zero, negative, one and two count as in CPython", "[functools][lru_cache]") {
    // # >>> for x in 7, 9, 7, 9, 7, 9, 8, 8, 8, 9, 9, 9, 8, 8, 8, 7: f(x)
    int calls = 0;
    auto const ten_times = [&calls](int x) { return ++calls, 10 * x; };
    auto const info_after = [&](auto cached) {
        calls = 0;
        for (int x : {7, 9, 7, 9, 7, 9, 8, 8, 8, 9, 9, 9, 8, 8, 8, 7}) REQUIRE(cached(x) == 10 * x);
        CHECK(cached.cache_info().misses == calls);
        return told(cached);
    };
    std::string const none = "CacheInfo(hits=13, misses=3, maxsize=None, currsize=3)";
    std::string const zero = "CacheInfo(hits=0, misses=16, maxsize=0, currsize=0)";
    std::string const one = "CacheInfo(hits=6, misses=10, maxsize=1, currsize=1)";
    std::string const two = "CacheInfo(hits=12, misses=4, maxsize=2, currsize=2)";

    CHECK(info_after(ft::lru_cache<ft::unbounded>(ten_times)) == none);
    CHECK(info_after(ft::lru_cache<amphis::None>(ten_times)) == none);
    CHECK(info_after(ft::cache(ten_times)) == none);
    CHECK(info_after(ft::lru_cache<0>(ten_times)) == zero);
    CHECK(info_after(ft::lru_cache<-10>(ten_times)) == zero);
    CHECK(info_after(ft::lru_cache<1>(ten_times)) == one);
    CHECK(info_after(ft::lru_cache<2>(ten_times)) == two);

    CHECK(info_after(ft::lru_cache({.maxsize = ft::unbounded}, ten_times)) == none);
    CHECK(info_after(ft::lru_cache({.maxsize = amphis::None}, ten_times)) == none);
    CHECK(info_after(ft::lru_cache({.maxsize = 0}, ten_times)) == zero);
    CHECK(info_after(ft::lru_cache({.maxsize = -10}, ten_times)) == zero);
    CHECK(info_after(ft::lru_cache({.maxsize = 1L}, ten_times)) == one);
    CHECK(info_after(ft::lru_cache({.maxsize = 2U}, ten_times)) == two);
}

TEST_CASE("lru_cache: a limit beyond any memory is accepted", "[functools][lru_cache]") {
    auto f = ft::lru_cache<std::numeric_limits<long long>::max()>([](int x) { return x; });
    auto g = ft::lru_cache({.maxsize = std::numeric_limits<unsigned long long>::max()}, [](int x) { return x; });
    for (int i = 0; i != 1000; ++i) REQUIRE(f(i) == g(i));
    CHECK(f.cache_info().currsize == 1000);
    CHECK(g.cache_info().currsize == 1000);
    CHECK(f.cache_info().maxsize.has_value());
}

TEST_CASE("lru_cache: keeps 128 results unless told otherwise", "[functools][lru_cache]") {
    // # >>> @lru_cache          (with no arguments)
    auto square = ft::lru_cache([](int x) { return x * x; });
    CHECK(square(10) == 100);
    CHECK(square(20) == 400);
    CHECK(square(10) == 100);
    CHECK(told(square) == "CacheInfo(hits=1, misses=2, maxsize=128, currsize=2)");
    for (int x = 0; x != 200; ++x) square(x);
    CHECK(square.cache_info().currsize == 128);
}

TEST_CASE("lru_cache: a function of no arguments has one entry", "[functools][lru_cache]") {
    int calls = 0;
    auto f = ft::lru_cache<1>([&calls] { return ++calls, 20; });
    for (int i = 0; i != 5; ++i) CHECK(f() == 20);
    CHECK(calls == 1);
    CHECK(told(f) == "CacheInfo(hits=4, misses=1, maxsize=1, currsize=1)");
}

TEMPLATE_LIST_TEST_CASE("lru_cache: evicts the least recently used key", "[functools][lru_cache]", exact_policies) {
    // # >>> for x in (1, 2, 3, 1, 4, 2): f(x)
    auto f = ft::lru_cache<3, TestType>([](int x) { return x; });
    for (int x : {1, 2, 3, 1, 4, 2}) f(x);
    CHECK(told(f) == "CacheInfo(hits=1, misses=5, maxsize=3, currsize=3)");
    for (int x : {1, 4, 2}) f(x);
    CHECK(told(f) == "CacheInfo(hits=4, misses=5, maxsize=3, currsize=3)");
}

TEMPLATE_LIST_TEST_CASE("lru_cache: bug 35780, a function that stores its own key while it runs keeps the cache full",
                        "[functools][lru_cache]", repeating_policies) {
    bool once = true;
    auto f = ft::lru_cache<10, TestType>([&once](auto& self, int x) -> std::string {
        if (x == 20 && std::exchange(once, false)) return self(x);
        return "." + std::to_string(x) + ".";
    });
    for (int x = 0; x != 15; ++x) CHECK(f(x) == "." + std::to_string(x) + ".");
    CHECK(f.cache_info().currsize == 10);
    once = true;
    CHECK(f(20) == ".20.");
    CHECK(told(f) == "CacheInfo(hits=0, misses=17, maxsize=10, currsize=10)");
    f(20), f(14), f(5);
    CHECK(told(f) == "CacheInfo(hits=2, misses=18, maxsize=10, currsize=10)");
}

TEST_CASE("lru_cache: of two results for one key, the bounded cache keeps the first and the unbounded one the last",
          "[functools][lru_cache]") {
    // # >>> (f(20), f(20))    where f(20) calls itself once for the same key and adds one: (21, 20) for maxsize=10, (21, 21) for None
    auto const twice = [](auto cached) { return std::array{cached(20), cached(20)}; };
    bool once = true;
    auto const fn = [&once](auto& self, int x) -> int { return std::exchange(once, false) ? self(x) + 1 : x; };
    CHECK(twice(ft::lru_cache<10>(fn)) == std::array{21, 20});
    once = true;
    CHECK(twice(ft::lru_cache<ft::unbounded>(fn)) == std::array{21, 21});
    once = true;
    CHECK(twice(ft::lru_cache({.maxsize = ft::unbounded}, fn)) == std::array{21, 21});
}

TEMPLATE_LIST_TEST_CASE("lru_cache: hashes an argument once a call, hit or miss", "[functools][lru_cache]",
                        exact_policies) {
    auto f = ft::lru_cache<1, TestType>([](point const& p, int y) { return p.x * 3 + y; });
    point::hashes = 0;
    point const five{5, 0};
    CHECK(f(five, 1) == 16);
    CHECK(point::hashes == 1);
    CHECK(told(f) == "CacheInfo(hits=0, misses=1, maxsize=1, currsize=1)");
    CHECK(f(five, 1) == 16);
    CHECK(point::hashes == 2);
    CHECK(told(f) == "CacheInfo(hits=1, misses=1, maxsize=1, currsize=1)");
    CHECK(f(point{6, 0}, 2) == 20);  // evicts: the old key is not hashed again
    CHECK(point::hashes == 3);
    CHECK(f(five, 1) == 16);
    CHECK(point::hashes == 4);
    CHECK(told(f) == "CacheInfo(hits=1, misses=3, maxsize=1, currsize=1)");
}

TEST_CASE("lru_cache: growing the table does not hash a key again", "[functools][lru_cache]") {
    auto f = ft::lru_cache<1000>([](point const& p) { return p.x; });
    point::hashes = 0;
    for (int x = 0; x != 1500; ++x) f(point{x, x});
    CHECK(point::hashes == 1500);
}

TEST_CASE("lru_cache: caches a function that the cache itself could use", "[functools][lru_cache]") {
    // # >>> builtins.len = lru_cache(4)(len)
    auto len = ft::lru_cache<4>([](std::string_view text) { return text.size(); });
    for (std::size_t i : {0U, 0U, 1U, 2U, 3U, 3U, 4U, 5U, 6U, 1U, 7U, 2U, 1U}) {
        CHECK(len(std::string_view("abcdefghijklmn").substr(0, i)) == i);
    }
    CHECK(told(len) == "CacheInfo(hits=3, misses=10, maxsize=4, currsize=4)");
}

TEST_CASE("lru_cache: two arguments and one pair of them are different calls", "[functools][lru_cache]") {
    auto two = ft::lru_cache([](int a, int b) { return std::array{a, b}; });
    auto one = ft::lru_cache([](std::pair<int, int> const& ab) { return std::array{ab.first, ab.second}; });
    CHECK(two(1, 2) == std::array{1, 2});
    CHECK(one(std::pair(1, 2)) == std::array{1, 2});
    CHECK(two.cache_info().misses + one.cache_info().misses == 2);
}

TEST_CASE("lru_cache: fib through the cache counts as in CPython", "[functools][lru_cache]") {
    // # >>> [fib(n) for n in range(16)]
    auto fib = ft::cache([](auto& self, int n) -> long { return n < 2 ? n : self(n - 1) + self(n - 2); });
    long const expected[] = {0, 1, 1, 2, 3, 5, 8, 13, 21, 34, 55, 89, 144, 233, 377, 610};
    for (int n = 0; n != 16; ++n) CHECK(fib(n) == expected[n]);
    CHECK(told(fib) == "CacheInfo(hits=28, misses=16, maxsize=None, currsize=16)");
    fib.cache_clear();
    CHECK(told(fib) == "CacheInfo(hits=0, misses=0, maxsize=None, currsize=0)");
    CHECK(fib(90) == 2880067194370816120);
    CHECK(told(fib) == "CacheInfo(hits=88, misses=91, maxsize=None, currsize=91)");
}

TEMPLATE_LIST_TEST_CASE("lru_cache: recursion through a small cache, and through none", "[functools][lru_cache]",
                        exact_policies) {
    auto const fib = [](auto& self, int n) -> long { return n < 2 ? n : self(n - 1) + self(n - 2); };
    auto small = ft::lru_cache<3, TestType>(fib);
    CHECK(small(30) == 832040);
    CHECK(told(small) == "CacheInfo(hits=28, misses=31, maxsize=3, currsize=3)");
    auto none = ft::lru_cache<0, TestType>(fib);
    CHECK(none(10) == 55);
    CHECK(told(none) == "CacheInfo(hits=0, misses=177, maxsize=0, currsize=0)");
}

TEST_CASE("lru_cache: recursion grows the table while callers are on the stack", "[functools][lru_cache]") {
    auto depth = ft::cache(
        [](auto& self, std::string const& text) -> std::size_t { return text.empty() ? 0 : 1 + self(text.substr(1)); });
    CHECK(depth(std::string(3000, 'x')) == 3000);
    CHECK(told(depth) == "CacheInfo(hits=0, misses=3001, maxsize=None, currsize=3001)");
}

TEST_CASE("lru_cache: a negative limit is zero", "[functools][lru_cache]") {
    // # >>> for i in (0, 1): [eq(n) for n in range(150)]
    auto eq = ft::lru_cache<-10>([](int n) { return n; });
    for (int i : {0, 1}) {
        for (int n = 0; n != 150; ++n) REQUIRE(eq(n) == n);
        CHECK(eq.cache_info().misses == 150 * (i + 1));
    }
    CHECK(told(eq) == "CacheInfo(hits=0, misses=300, maxsize=0, currsize=0)");
}

TEMPLATE_LIST_TEST_CASE("lru_cache: a call that raises is a miss, and stores nothing", "[functools][lru_cache]",
                        exact_policies) {
    auto at = ft::lru_cache<128, TestType>([](int i) {
        if (i > 2) throw amphis::IndexError("string index out of range");
        return "abc"[i];
    });
    CHECK(at(0) == 'a');
    CHECK_THROWS_WITH(at(15), "string index out of range");
    CHECK_THROWS_AS(at(15), amphis::IndexError);
    CHECK(at(0) == 'a');
    CHECK(told(at) == "CacheInfo(hits=1, misses=3, maxsize=128, currsize=1)");
}

TEST_CASE("lru_cache: typed keeps arguments of different types apart", "[functools][lru_cache]") {
    for (auto maxsize : {ft::cache_size(ft::unbounded), ft::cache_size(128)}) {
        auto square = ft::lru_cache({.maxsize = maxsize, .typed = true}, [](double x) { return x * x; });
        for (int i = 0; i != 2; ++i) {
            CHECK(square(3) == 9);
            CHECK(square(3.0) == 9.0);
        }
        CHECK(square.cache_info().hits == 2);
        CHECK(square.cache_info().misses == 2);
        CHECK(square.cache_info().currsize == 2);
    }
}

TEST_CASE("lru_cache: typed tells int, float and bool apart, not the widths of C++", "[functools][lru_cache]") {
    auto f = ft::lru_cache({.typed = true}, [](double x) { return x; });
    f(1), f(1L), f(1U), f(static_cast<short>(1));  // one int
    f(1.0), f(1.0F);                               // one float
    f(true);
    CHECK(told(f) == "CacheInfo(hits=4, misses=3, maxsize=128, currsize=3)");
}

TEST_CASE("lru_cache: typed takes all kinds of text for str", "[functools][lru_cache]") {
    auto f = ft::lru_cache({.typed = true}, [](std::string const& text) { return text.size(); });
    std::string const owned = "abc";
    f("abc"), f(owned), f(std::string_view(owned)), f(owned.c_str());
    CHECK(told(f) == "CacheInfo(hits=3, misses=1, maxsize=128, currsize=1)");
}

TEST_CASE("lru_cache: untyped, the parameter's type decides what is equal", "[functools][lru_cache]") {
    auto f = ft::lru_cache([](int x) { return x; });
    f(10), f(10U), f(10L), f(static_cast<unsigned char>(10)), f(10.0);
    CHECK(told(f) == "CacheInfo(hits=4, misses=1, maxsize=128, currsize=1)");
    auto g = ft::lru_cache([](double x) { return x; });
    g(1), g(1.0), g(true), g(1.5);
    CHECK(told(g) == "CacheInfo(hits=2, misses=2, maxsize=128, currsize=2)");
}

TEST_CASE("lru_cache: a key whose comparison calls the cached function", "[functools][lru_cache]") {
    // CPython's test_need_for_rlock: a lock that is not recursive would stop here for ever.
    struct doubly_equal {
        int x = 0;
        std::function<void()>* on_compare = nullptr;
        [[nodiscard]] std::size_t hash() const { return static_cast<std::size_t>(x); }
        bool operator==(doubly_equal const& other) const {
            if (x == 2) (*on_compare)();
            return x == other.x;
        }
    };
    std::function<void()> on_compare = [] {};
    auto f = ft::lru_cache<10>([](doubly_equal const& d) { return d.x; });
    on_compare = [&] { CHECK(f(doubly_equal{1, &on_compare}) == 1); };
    CHECK(f(doubly_equal{1, &on_compare}) == 1);
    CHECK(f(doubly_equal{2, &on_compare}) == 2);
    CHECK(f(doubly_equal{2, &on_compare}) == 2);  // compares, and so comes back
    CHECK(f.cache_info().currsize == 2);
    CHECK(f.cache_info().misses == 2);
    CHECK(f.cache_info().hits >= 2);
}

TEST_CASE("lru_cache: a method's object is its first argument", "[functools][lru_cache]") {
    // # >>> class X(int): f = lru_cache(2)(lambda self, x: x * 10 + self)
    int calls = 0;
    auto f = ft::lru_cache<2>([&calls](point const& self, int x) { return ++calls, x * 10 + self.x; });
    point const a{5}, b{5}, c{7};
    for (int x : {1, 2, 2, 3, 1, 1, 1, 2, 3, 3}) CHECK(f(a, x) == x * 10 + 5);
    CHECK(calls == 6);
    CHECK(told(f) == "CacheInfo(hits=4, misses=6, maxsize=2, currsize=2)");
    for (int x : {1, 2, 1, 1, 1, 1, 3, 2, 2, 2}) CHECK(f(b, x) == x * 10 + 5);
    CHECK(calls == 10);
    CHECK(told(f) == "CacheInfo(hits=10, misses=10, maxsize=2, currsize=2)");
    for (int x : {2, 1, 1, 1, 1, 2, 1, 3, 2, 1}) CHECK(f(c, x) == x * 10 + 7);
    CHECK(calls == 15);
    CHECK(told(f) == "CacheInfo(hits=15, misses=15, maxsize=2, currsize=2)");
}

TEST_CASE("lru_cache: cache_parameters are those it was made with", "[functools][lru_cache]") {
    auto const fn = [](int x) { return x; };
    CHECK(repr(ft::lru_cache<2>(fn).cache_parameters()) == "{'maxsize': 2, 'typed': False}");
    CHECK(repr(ft::cache(fn).cache_parameters()) == "{'maxsize': None, 'typed': False}");
    CHECK(repr(ft::lru_cache({.maxsize = 3, .typed = true}, fn).cache_parameters()) == "{'maxsize': 3, 'typed': True}");
    CHECK(repr(ft::lru_cache({.maxsize = amphis::None}, fn).cache_parameters()) == "{'maxsize': None, 'typed': False}");
    CHECK(repr(ft::lru_cache({}, fn).cache_parameters()) == "{'maxsize': 128, 'typed': False}");
    CHECK(ft::lru_cache<-3>(fn).cache_parameters().maxsize == 0);
}

// ---- arguments ------------------------------------------------------------------------------------------------------------------------

TEST_CASE("lru_cache: every kind of scalar is a key", "[functools][lru_cache][keys]") {
    enum class colour : unsigned char { red, green };
    enum plain_enum { first, second };
    static int target[2];
    auto const hits = [](auto cached, auto const&... distinct) {
        ((void)cached(distinct), ...);
        ((void)cached(distinct), ...);
        CHECK(cached.cache_info().misses == sizeof...(distinct));
        return cached.cache_info().hits;
    };
    CHECK(hits(ft::lru_cache([](bool b) { return b; }), true, false) == 2);
    CHECK(hits(ft::lru_cache([](char c) { return c; }), 'a', '\0', '\xFF') == 3);
    CHECK(hits(ft::lru_cache([](char16_t c) { return c; }), u'a', u'\0') == 2);
    CHECK(hits(ft::lru_cache([](std::int8_t i) { return i; }), std::int8_t{-128}, std::int8_t{127}, std::int8_t{-1}) ==
          3);
    CHECK(hits(ft::lru_cache([](std::int64_t i) { return i; }), std::numeric_limits<std::int64_t>::min(),
               std::int64_t{-1}, std::int64_t{0}) == 3);
    CHECK(hits(ft::lru_cache([](std::uint64_t i) { return i; }), ~std::uint64_t{0}, std::uint64_t{1} << 32U,
               std::uint64_t{0}) == 3);
    CHECK(hits(ft::lru_cache([](float x) { return x; }), 0.5F, -0.5F, 0.0F) == 3);
    CHECK(hits(ft::lru_cache([](long double x) { return x; }), 0.5L, 1.0L + std::numeric_limits<long double>::epsilon(),
               1.0L) == 3);
    CHECK(hits(ft::lru_cache([](colour c) { return c; }), colour::red, colour::green) == 2);
    CHECK(hits(ft::lru_cache([](plain_enum e) { return e; }), first, second) == 2);
    CHECK(hits(ft::lru_cache([](int const* p) { return p; }), &target[0], &target[1],
               static_cast<int const*>(nullptr)) == 3);
    CHECK(hits(ft::lru_cache([](void* p) { return p; }), static_cast<void*>(&target[0]),
               static_cast<void*>(&target[1])) == 2);
    CHECK(hits(
              ft::lru_cache([](int (*p)(int)) { return p != nullptr; }), +[](int x) { return x; },
              static_cast<int (*)(int)>(nullptr)) == 2);
    CHECK(hits(ft::lru_cache([](std::nullptr_t) { return 1; }), nullptr) == 1);
}

TEST_CASE("lru_cache: nan is one key, and -0.0 is 0.0", "[functools][lru_cache][keys]") {
    auto f = ft::lru_cache([](double x) { return std::isnan(x) ? 1 : 0; });
    double const nan = std::numeric_limits<double>::quiet_NaN();
    CHECK(f(nan) == 1);
    CHECK(f(nan) == 1);
    CHECK(f(-nan) == 1);
    CHECK(f(0.0) == 0);
    CHECK(f(-0.0) == 0);
    CHECK(told(f) == "CacheInfo(hits=3, misses=2, maxsize=128, currsize=2)");
    auto g = ft::lru_cache<2>([](float x) { return x; });
    for (int i = 0; i != 5; ++i) g(std::numeric_limits<float>::quiet_NaN());
    CHECK(told(g) == "CacheInfo(hits=4, misses=1, maxsize=2, currsize=1)");
}

TEST_CASE("lru_cache: infinities and the smallest numbers are keys", "[functools][lru_cache][keys]") {
    auto f = ft::lru_cache([](double x) { return x; });
    using limits = std::numeric_limits<double>;
    for (double x : {limits::infinity(), -limits::infinity(), limits::denorm_min(), -limits::denorm_min(),
                     limits::max(), limits::lowest()}) {
        CHECK(f(x) == x);
        CHECK(f(x) == x);
    }
    CHECK(told(f) == "CacheInfo(hits=6, misses=6, maxsize=128, currsize=6)");
}

TEMPLATE_TEST_CASE("lru_cache: text is looked up from any kind of text", "[functools][lru_cache][keys]", std::string,
                   std::string const&, std::string_view, char const*) {
    auto f = ft::lru_cache([](TestType text) { return std::string_view(text).size(); });
    std::string owned = "a fairly long piece of text";
    char array[] = "a fairly long piece of text";
    CHECK(f("a fairly long piece of text") == 27);
    CHECK(f(owned.c_str()) == 27);
    CHECK(f(array) == 27);
    if constexpr (!std::is_pointer_v<TestType>) {
        CHECK(f(owned) == 27);
        CHECK(f(std::string_view(owned)) == 27);
        CHECK(f(std::string(owned)) == 27);
        CHECK(f.cache_info().hits == 5);
    }
    CHECK(f.cache_info().misses == 1);
}

TEST_CASE("lru_cache: text of every length, equal only to itself", "[functools][lru_cache][keys]") {
    auto f = ft::cache([](std::string_view text) { return std::pair(text.size(), text.empty() ? '\0' : text.back()); });
    std::string const base(200, 'x');
    for (int round = 0; round != 2; ++round) {
        for (std::size_t size = 0; size <= 200; ++size) {
            std::string text = base.substr(0, size);
            REQUIRE(f(text).first == size);
            for (std::size_t at :
                 {std::size_t{0}, size / 3, size / 2, size - 1}) {  // a text that differs in one place is another key
                if (at >= size) continue;
                text[at] = 'y';
                REQUIRE(f(text) == std::pair(size, text.back()));
                text[at] = 'x';
            }
        }
    }
    auto const info = f.cache_info();
    CHECK(info.hits > info.misses);
    CHECK(info.currsize == info.misses);
    CHECK(info.misses == 1 + 2 + 3 + 4 + 197 * 5);  // of each size one unchanged text, and one for each different place
}

TEST_CASE("lru_cache: texts that differ only in the middle are different keys", "[functools][lru_cache][keys]") {
    // So many that some share their place in the index: then the comparison decides, not the hash.
    for (std::size_t size : {19U, 24U, 32U, 33U, 48U, 70U}) {
        auto f = ft::cache([](std::string_view text) { return std::string(text); });
        std::string text(size, 'x');
        int wrong = 0;
        for (int i = 0; i != 1000; ++i) {
            for (int digit = 0, rest = i; digit != 3; ++digit, rest /= 10) {
                text[size / 2 - 1 + static_cast<std::size_t>(digit)] = static_cast<char>('0' + rest % 10);
            }
            if (f(text) != text) ++wrong;
        }
        CHECK(wrong == 0);
        CHECK(f.cache_info().currsize == 1000);
    }
}

TEST_CASE("lru_cache: text may hold zeros, be empty, or be a megabyte", "[functools][lru_cache][keys]") {
    auto f = ft::lru_cache<3>([](std::string const& text) { return text.size(); });
    using namespace std::string_literals;
    CHECK(f("a\0b"s) == 3);
    CHECK(f("a\0c"s) == 3);
    CHECK(f("a"s) == 1);
    CHECK(told(f) == "CacheInfo(hits=0, misses=3, maxsize=3, currsize=3)");
    CHECK(f(""s) == 0);
    CHECK(f("") == 0);
    CHECK(f(std::string_view()) == 0);
    CHECK(f("\0"s) == 1);
    CHECK(told(f) == "CacheInfo(hits=2, misses=5, maxsize=3, currsize=3)");
    std::string const big(1 << 20, 'x');
    std::string const other = big + "y";
    for (int i = 0; i != 3; ++i) {
        CHECK(f(big) == big.size());
        CHECK(f(other) == other.size());
        CHECK(f("short") == 5);
    }
    CHECK(told(f) == "CacheInfo(hits=8, misses=8, maxsize=3, currsize=3)");
}

TEST_CASE("lru_cache: an evicted text's room is used again, by longer and by shorter ones",
          "[functools][lru_cache][keys]") {
    auto f = ft::lru_cache<2>([](std::string const& text) { return text; });
    for (std::size_t size : {3U, 300U, 17U, 16U, 64U, 65U, 0U, 1000U, 66U, 15U, 31U, 2U, 500U, 501U}) {
        std::string const text(size, static_cast<char>('a' + size % 26));
        CHECK(f(text) == text);
        CHECK(f(text) == text);
    }
    CHECK(told(f) == "CacheInfo(hits=14, misses=14, maxsize=2, currsize=2)");
}

TEST_CASE("lru_cache: tuples, pairs, arrays and optionals of hashables are keys", "[functools][lru_cache][keys]") {
    auto t = ft::lru_cache([](std::tuple<int, std::string, double> const& key) { return std::get<1>(key).size(); });
    CHECK(t(std::tuple(1, "one", 1.0)) == 3);
    CHECK(t(std::tuple(1, std::string("one"), 1.0)) == 3);
    CHECK(t(std::tuple(1, std::string("two"), 1.0)) == 3);
    CHECK(t(std::tuple(2, std::string("one"), 1.0)) == 3);
    CHECK(told(t) == "CacheInfo(hits=1, misses=3, maxsize=128, currsize=3)");

    auto a = ft::lru_cache([](std::array<int, 3> const& key) { return key[0] + key[1] + key[2]; });
    CHECK(a(std::array{1, 2, 3}) == 6);
    CHECK(a(std::array{3, 2, 1}) == 6);
    CHECK(a(std::array{1, 2, 3}) == 6);
    CHECK(told(a) == "CacheInfo(hits=1, misses=2, maxsize=128, currsize=2)");

    auto o = ft::lru_cache([](std::optional<int> key) { return key.value_or(-1); });
    CHECK(o(std::nullopt) == -1);
    CHECK(o(0) == 0);
    CHECK(o(std::optional<int>(0)) == 0);
    CHECK(o(std::optional<int>()) == -1);
    CHECK(told(o) == "CacheInfo(hits=2, misses=2, maxsize=128, currsize=2)");

    using deep = std::pair<std::array<std::string, 2>, std::optional<std::pair<int, char>>>;
    auto nested = ft::lru_cache([](deep const& key) { return key.second.has_value(); });
    CHECK(nested(deep{{"a", "b"}, std::pair(1, 'x')}));
    CHECK(nested(deep{{"a", "b"}, std::pair(1, 'x')}));
    CHECK_FALSE(nested(deep{{"a", "b"}, std::nullopt}));
    CHECK(told(nested) == "CacheInfo(hits=1, misses=2, maxsize=128, currsize=2)");
}

TEST_CASE("lru_cache: a type with its own hash is a key", "[functools][lru_cache][keys]") {
    auto member = ft::lru_cache([](point const& p) { return p.x; });
    CHECK(member(point{1, 2}) == 1);
    CHECK(member(point{1, 2}) == 1);
    CHECK(member(point{1, 3}) == 1);
    CHECK(told(member) == "CacheInfo(hits=1, misses=2, maxsize=128, currsize=2)");
    auto found = ft::lru_cache([](celsius c) { return c.degrees; });
    CHECK(found(celsius{36.6}) == 36.6);
    CHECK(found(celsius{36.6}) == 36.6);
    CHECK(found.cache_info().hits == 1);
    auto standard = ft::lru_cache([](probes::tracked const& t) { return t.value; });
    CHECK(standard(probes::tracked{4}) == 4);
    CHECK(standard(probes::tracked{4}) == 4);
    CHECK(standard.cache_info().hits == 1);
}

TEST_CASE("lru_cache: copies an argument once a miss, and never on a hit", "[functools][lru_cache][keys]") {
    auto f = ft::lru_cache<1>([](probes::tracked const& t) { return t.value; });
    probes::tracked::reset();
    {
        probes::tracked const one{1};
        probes::tracked const two{2};
        f(one);
        CHECK(probes::tracked::copies == 1);
        for (int i = 0; i != 5; ++i) f(one);
        CHECK(probes::tracked::copies == 1);
        f(two);
        CHECK(probes::tracked::copies == 2);
        CHECK(probes::tracked::live == 3);
    }
    CHECK(probes::tracked::live == 1);  // the cache's copy
    f.cache_clear();
    CHECK(probes::tracked::live == 0);
    CHECK(probes::tracked::moves == 0);
}

TEST_CASE("lru_cache: keys and results wider than usual alignment are aligned", "[functools][lru_cache][keys]") {
    struct alignas(64) wide {
        int value = 0;
        bool operator==(wide const&) const = default;
        [[nodiscard]] std::size_t hash() const { return static_cast<std::size_t>(value); }
        [[nodiscard]] bool aligned() const { return reinterpret_cast<std::uintptr_t>(this) % alignof(wide) == 0; }
    };
    static bool compared_aligned = true;
    struct alignas(128) wider {
        int value = 0;
        char padding[300]{};
        wider() = default;
        explicit wider(int v) : value(v) {}
        bool operator==(wider const& other) const {
            compared_aligned = compared_aligned && reinterpret_cast<std::uintptr_t>(this) % alignof(wider) == 0;
            return value == other.value;
        }
        [[nodiscard]] std::size_t hash() const { return static_cast<std::size_t>(value); }
    };
    auto f = ft::lru_cache<20>([](wide key) { return wide{key.value + 1}; });
    auto g = ft::lru_cache<20>([](wider const& key) { return wider(key.value + 1); });
    for (int i = 0; i != 50; ++i) {
        wide const result = f(wide{i % 20});
        CHECK(result.value == i % 20 + 1);
        CHECK(result.aligned());
        auto const shared = g.shared(wider(i % 20));
        CHECK(shared->value == i % 20 + 1);
        CHECK(reinterpret_cast<std::uintptr_t>(&shared.get()) % alignof(wider) == 0);
    }
    CHECK(compared_aligned);
    CHECK(told(f) == "CacheInfo(hits=30, misses=20, maxsize=20, currsize=20)");
}

TEST_CASE("lru_cache: big values that are trivially copied are keys and results", "[functools][lru_cache][keys]") {
    using block = std::array<std::uint64_t, 100>;
    auto f = ft::lru_cache<3>([](block const& key) {
        block out = key;
        for (auto& word : out) word += 1;
        return out;
    });
    for (std::uint64_t i = 0; i != 12; ++i) {
        block key{};
        key[99] = i % 4;
        block const out = f(key);
        CHECK(out[0] == 1);
        CHECK(out[99] == i % 4 + 1);
    }
    CHECK(f.cache_info().misses == 12);
    CHECK(f(block{})[99] == 1);
}

TEST_CASE("lru_cache: several arguments of mixed kinds", "[functools][lru_cache][keys]") {
    auto f = ft::lru_cache([](int a, std::string const& b, double c, char const* d, point const& e, bool g) {
        return a + static_cast<int>(b.size()) + static_cast<int>(c) + static_cast<int>(d[0]) + e.x + (g ? 1 : 0);
    });
    CHECK(f(1, "b", 2.0, "\1", point{3}, true) == 9);
    CHECK(f(1, std::string("b"), 2, "\1", point{3}, true) == 9);
    CHECK(f(1, std::string_view("b"), 2.0F, "\1", point{3}, true) == 9);
    CHECK(told(f) == "CacheInfo(hits=2, misses=1, maxsize=128, currsize=1)");
    f(2, "b", 2.0, "\1", point{3}, true), f(1, "c", 2.0, "\1", point{3}, true), f(1, "b", 3.0, "\1", point{3}, true);
    f(1, "b", 2.0, "\2", point{3}, true), f(1, "b", 2.0, "\1", point{4}, true), f(1, "b", 2.0, "\1", point{3}, false);
    CHECK(told(f) == "CacheInfo(hits=2, misses=7, maxsize=128, currsize=7)");
}

TEST_CASE("lru_cache: arguments that swap places are another key", "[functools][lru_cache][keys]") {
    auto f = ft::lru_cache([](int a, int b) { return a - b; });
    CHECK(f(1, 2) == -1);
    CHECK(f(2, 1) == 1);
    auto g = ft::lru_cache([](std::string const& a, std::string const& b) { return a + "|" + b; });
    CHECK(g("ab", "c") == "ab|c");
    CHECK(g("a", "bc") == "a|bc");
    CHECK(g("", "abc") == "|abc");
    CHECK(g.cache_info().misses == 3);
}

// ---- arguments on their way to the function -----------------------------------------------------------------------------------------

TEST_CASE("lru_cache: an rvalue is moved into the function, and is still the key", "[functools][lru_cache][passing]") {
    std::string const long_text(100, 'k');
    auto f = ft::lru_cache([](std::string text) {
        text += "!";
        return text;
    });
    std::string gone = long_text;
    auto const result = f.shared(std::move(gone));
    CHECK(result.get() == long_text + "!");
    CHECK(gone.empty());  // NOLINT(bugprone-use-after-move): what is tested
    CHECK(f(long_text) == long_text + "!");
    CHECK(told(f) == "CacheInfo(hits=1, misses=1, maxsize=128, currsize=1)");
}

TEST_CASE("lru_cache: a hit moves from no argument", "[functools][lru_cache][passing]") {
    auto f = ft::lru_cache([](std::string text) { return text.size(); });
    f("some text that is longer than the small buffer");
    std::string text = "some text that is longer than the small buffer";
    CHECK(f(std::move(text)) == 46);
    CHECK(text == "some text that is longer than the small buffer");  // NOLINT(bugprone-use-after-move)
}

TEST_CASE("lru_cache: a function that changes its argument does not change its key",
          "[functools][lru_cache][passing]") {
    auto f = ft::lru_cache([](std::string& text) {
        text += text;
        return text.size();
    });
    std::string text = "ab";
    CHECK(f(text) == 4);
    CHECK(text == "abab");
    std::string again = "ab";
    CHECK(f(again) == 4);
    CHECK(again == "ab");  // a hit: the function did not run
    CHECK(f(text) == 8);
    CHECK(told(f) == "CacheInfo(hits=1, misses=2, maxsize=128, currsize=2)");

    auto g = ft::lru_cache([](int& x) { return x++; });
    int x = 5;
    CHECK(g(x) == 5);
    CHECK(x == 6);
    CHECK(g(x) == 6);
    x = 5;
    CHECK(g(x) == 5);
    CHECK(x == 5);

    auto h = ft::lru_cache([](point& p) { return p.x++; });
    point p{1, 1};
    CHECK(h(p) == 1);
    CHECK(h(p) == 2);
    p.x = 1;
    CHECK(h(p) == 1);
    CHECK(p.x == 1);
}

TEST_CASE("lru_cache: a function may free what its argument refers to", "[functools][lru_cache][passing]") {
    std::vector<std::string> words{"a first word of some length", "and a second one, of more length"};
    auto f = ft::lru_cache([&words](std::string const& word) {
        std::size_t const size = word.size();
        words.clear();
        words.shrink_to_fit();
        return size;
    });
    CHECK(f(words[1]) == 32);
    CHECK(f("and a second one, of more length") == 32);
    CHECK(told(f) == "CacheInfo(hits=1, misses=1, maxsize=128, currsize=1)");

    auto owner = std::make_unique<probes::tracked>(7);
    auto g = ft::lru_cache([&owner](probes::tracked const& t) {
        int const value = t.value;
        owner.reset();
        return value;
    });
    CHECK(g(*owner) == 7);
    CHECK(g(probes::tracked{7}) == 7);
    CHECK(g.cache_info().hits == 1);

    auto view_owner = std::make_unique<std::string>("text behind a view, also long");
    auto h = ft::lru_cache([&view_owner](std::string_view text) {
        std::size_t const size = text.size();
        view_owner.reset();
        return size;
    });
    CHECK(h(*view_owner) == 29);
    CHECK(h("text behind a view, also long") == 29);
    CHECK(h.cache_info().hits == 1);
}

TEST_CASE("lru_cache: the key outlives the buffer a view was taken from", "[functools][lru_cache][passing]") {
    auto f = ft::lru_cache([](std::string_view text) { return text.size(); });
    for (int i = 0; i != 2; ++i) {
        std::string buffer = "a buffer that goes away at the end of the loop";
        CHECK(f(buffer) == 46);
        buffer.assign(46, '#');
    }
    CHECK(told(f) == "CacheInfo(hits=1, misses=1, maxsize=128, currsize=1)");
}

TEST_CASE("lru_cache: a parameter by rvalue reference takes rvalues", "[functools][lru_cache][passing]") {
    auto f = ft::lru_cache([](std::string&& text) { return std::string(std::move(text)); });
    CHECK(f(std::string("moved")) == "moved");
    CHECK(f("moved") == "moved");
    CHECK(told(f) == "CacheInfo(hits=1, misses=1, maxsize=128, currsize=1)");
}

// ---- by keyword ---------------------------------------------------------------------------------------------------------

TEST_CASE("lru_cache: calls by keyword count as in CPython", "[functools][lru_cache][keywords]") {
    // # >>> [fib(n=number) for number in range(16)]
    std::function<long(int)> again;
    auto fib = ft::cache(amphis::def<"n">([&again](int n) -> long { return n < 2 ? n : again(n - 1) + again(n - 2); }));
    again = [&fib](int n) { return fib("n"_k = n); };
    for (int n = 0; n != 16; ++n) fib("n"_k = n);
    CHECK(fib("n"_k = 15) == 610);
    CHECK(told(fib) == "CacheInfo(hits=29, misses=16, maxsize=None, currsize=16)");
    CHECK(fib(15) == 610);  // by position: another key
    CHECK(told(fib) == "CacheInfo(hits=31, misses=17, maxsize=None, currsize=17)");
}

TEST_CASE("lru_cache: each form of a call is a key of its own, as in CPython", "[functools][lru_cache][keywords]") {
    // # >>> g(1); g(1, 2); g(x=1); g(1, y=2); g(x=1, y=2); g(y=2, x=1)
    auto g = ft::lru_cache(amphis::def<"x", "y">([](int x, int y) { return 10 * x + y; }, "y"_k = 2));
    for (int round = 1; round != 3; ++round) {
        CHECK(g(1) == 12);
        CHECK(g(1, 2) == 12);
        CHECK(g("x"_k = 1) == 12);
        CHECK(g(1, "y"_k = 2) == 12);
        CHECK(g("x"_k = 1, "y"_k = 2) == 12);
        CHECK(g("y"_k = 2, "x"_k = 1) == 12);
    }
    CHECK(told(g) == "CacheInfo(hits=6, misses=6, maxsize=128, currsize=6)");
    CHECK(g("y"_k = 1, "x"_k = 2) == 21);
    CHECK(g.cache_info().misses == 7);
}

TEST_CASE("lru_cache: typed looks at keyword arguments too", "[functools][lru_cache][keywords]") {
    // # >>> for _ in range(2): h(3); h(3.0); h(x=3); h(x=3.0)
    auto h = ft::lru_cache({.typed = true}, amphis::def<"x">([](double x) { return x; }));
    for (int round = 0; round != 2; ++round) h(3), h(3.0), h("x"_k = 3), h("x"_k = 3.0);
    CHECK(told(h) == "CacheInfo(hits=4, misses=4, maxsize=128, currsize=4)");
}

TEST_CASE("lru_cache: text by keyword is looked up without a copy", "[functools][lru_cache][keywords]") {
    auto greet = ft::lru_cache(amphis::def<"name", "greeting">(
        [](std::string const& name, std::string const& greeting) { return greeting.size() + name.size(); },
        "greeting"_k = std::string("a greeting of more than sixteen characters")));
    CHECK(greet("a name of more than sixteen characters") == 80);
    CHECK(greet("name"_k = "a name of more than sixteen characters") == 80);
    auto const before = allocation_count();
    CHECK(greet("a name of more than sixteen characters") == 80);
    CHECK(greet("name"_k = "a name of more than sixteen characters") == 80);
    CHECK(allocation_count() == before);
    CHECK(told(greet) == "CacheInfo(hits=2, misses=2, maxsize=128, currsize=2)");
}

TEST_CASE("lru_cache: carries the name and the docstring of a definition", "[functools][lru_cache][keywords]") {
    auto f = ft::lru_cache(amphis::def<"x">([](int x) { return x; }).named("identity").documented("x itself."));
    CHECK(std::string_view(f.name()) == "identity");
    CHECK(std::string_view(f.doc()) == "x itself.");
    CHECK(f.wrapped()(5) == 5);
}

// ---- as a decorator -----------------------------------------------------------------------------------------------------

TEST_CASE("lru_cache: decorates, with and without options", "[functools][lru_cache][decorator]") {
    int calls = 0;
    auto const fn = [&calls](int x) { return ++calls, 2 * x; };
    auto plain = ft::lru_cache() | fn;
    auto bounded = ft::lru_cache<2, ft::unsynchronized>() | fn;
    auto chosen = ft::lru_cache({.maxsize = 3, .typed = true}) | fn;
    auto unlimited = ft::cache() | fn;
    CHECK(plain(1) + plain(1) + bounded(1) + bounded(1) + chosen(1) + chosen(1) + unlimited(1) + unlimited(1) == 16);
    CHECK(calls == 4);
    CHECK(told(plain) == "CacheInfo(hits=1, misses=1, maxsize=128, currsize=1)");
    CHECK(told(bounded) == "CacheInfo(hits=1, misses=1, maxsize=2, currsize=1)");
    CHECK(repr(chosen.cache_parameters()) == "{'maxsize': 3, 'typed': True}");
    CHECK(told(unlimited) == "CacheInfo(hits=1, misses=1, maxsize=None, currsize=1)");
}

TEST_CASE("lru_cache: under and above another decorator", "[functools][lru_cache][decorator]") {
    int seen = 0;
    auto const counted = [&seen](auto& fn, auto&&... arguments) -> decltype(auto) {
        ++seen;
        return fn(std::forward<decltype(arguments)>(arguments)...);
    };
    auto outside = amphis::around(counted) | ft::lru_cache<8>() | [](int x) { return x; };
    outside(1), outside(1);
    CHECK(seen == 2);
    auto inside = ft::lru_cache<8>() | amphis::around(counted) | [](int x) { return x; };
    inside(1), inside(1);
    CHECK(seen == 3);
    CHECK(told(inside) == "CacheInfo(hits=1, misses=1, maxsize=8, currsize=1)");
}

TEST_CASE("lru_cache: braces build an argument", "[functools][lru_cache][passing]") {
    auto f = ft::lru_cache([](std::array<int, 2> const& a, std::pair<int, std::string> b) { return a[0] + b.first; });
    CHECK(f({1, 2}, {3, "x"}) == 4);
    CHECK(f({1, 2}, {3, "x"}) == 4);
    CHECK(told(f) == "CacheInfo(hits=1, misses=1, maxsize=128, currsize=1)");
}

// ---- functions ------------------------------------------------------------------------------------------------------------------------

namespace {
int twice(int x) { return 2 * x; }
int thrice(int x) noexcept { return 3 * x; }

struct counter {
    int step = 1;
    [[nodiscard]] int next(int x) const { return x + step; }
    [[nodiscard]] int noexcept_next(int x) const noexcept { return x + step; }
    friend bool operator==(counter const&, counter const&) = default;
    [[nodiscard]] std::size_t hash() const { return static_cast<std::size_t>(step); }
};

struct function_object {
    int offset = 0;
    int operator()(int x) const { return x + offset; }
};
}  // namespace

TEST_CASE("lru_cache: functions, pointers, members, objects and std::function", "[functools][lru_cache][functions]") {
    CHECK(ft::lru_cache(twice)(21) == 42);
    CHECK(ft::lru_cache(&twice)(21) == 42);
    CHECK(ft::lru_cache(thrice)(14) == 42);
    CHECK(ft::lru_cache(function_object{2})(40) == 42);
    CHECK(ft::lru_cache(std::function<int(int)>(twice))(21) == 42);
    CHECK(ft::lru_cache([](int x) noexcept { return x; })(42) == 42);
    counter c{2};
    auto next = ft::lru_cache(&counter::next);
    CHECK(next(c, 40) == 42);
    CHECK(next(c, 40) == 42);
    CHECK(next(counter{3}, 40) == 43);
    CHECK(told(next) == "CacheInfo(hits=1, misses=2, maxsize=128, currsize=2)");
    CHECK(ft::lru_cache(&counter::noexcept_next)(c, 40) == 42);
}

TEST_CASE("lru_cache: a mutable lambda keeps its state between misses", "[functools][lru_cache][functions]") {
    auto f = ft::lru_cache([n = 0](int x) mutable { return 10 * x + ++n; });
    CHECK(f(1) == 11);
    CHECK(f(2) == 22);
    CHECK(f(1) == 11);
    CHECK(f(3) == 33);
}

TEST_CASE("lru_cache: a function that cannot be copied", "[functools][lru_cache][functions]") {
    auto f = ft::lru_cache([owned = std::make_unique<int>(40)](int x) { return *owned + x; });
    CHECK(f(2) == 42);
    auto moved = std::move(f);
    CHECK(moved(2) == 42);
    CHECK(told(moved) == "CacheInfo(hits=1, misses=1, maxsize=128, currsize=1)");
}

TEST_CASE("lru_cache: can be moved, entries and counts with it", "[functools][lru_cache][functions]") {
    auto f = ft::lru_cache<3>([](std::string const& text) { return text + "!"; });
    f("a"), f("b"), f("a");
    auto g = std::move(f);
    CHECK(told(g) == "CacheInfo(hits=1, misses=2, maxsize=3, currsize=2)");
    CHECK(g("b") == "b!");
    CHECK(g("c") == "c!");
    CHECK(g("d") == "d!");
    CHECK(told(g) == "CacheInfo(hits=2, misses=4, maxsize=3, currsize=3)");
    static_assert(!std::is_copy_constructible_v<decltype(f)>);
    static_assert(std::is_move_constructible_v<decltype(f)>);
}

TEST_CASE("lru_cache: the signature can be given for a function with several", "[functools][lru_cache][functions]") {
    struct overloaded {
        int operator()(int x) const { return x; }
        double operator()(double x) const { return x + 0.5; }
    };
    auto ints = ft::lru_cache<128, ft::synchronized, int(int)>(overloaded{});
    auto doubles = ft::lru_cache<128, ft::synchronized, double(double)>(overloaded{});
    CHECK(ints(1) == 1);
    CHECK(doubles(1.0) == 1.5);
    CHECK(ints(1.9) == 1);
    CHECK(ints.cache_info().hits == 1);
    auto generic = ft::lru_cache<128, ft::synchronized, long(long)>([](auto x) { return x + x; });
    CHECK(generic(21) == 42);
}

TEST_CASE("lru_cache: caches can be stacked", "[functools][lru_cache][functions]") {
    int calls = 0;
    auto f = ft::lru_cache<2>(ft::lru_cache<8>([&calls](int x) { return ++calls, x; }));
    for (int x : {1, 2, 3, 1, 2, 3}) CHECK(f(x) == x);
    CHECK(calls == 3);
    CHECK(told(f) == "CacheInfo(hits=0, misses=6, maxsize=2, currsize=2)");
    CHECK(told(f.wrapped()) == "CacheInfo(hits=3, misses=3, maxsize=8, currsize=3)");
}

TEST_CASE("lru_cache: can be called where it is const", "[functools][lru_cache][functions]") {
    auto const f = ft::lru_cache([](int x) { return x; });
    CHECK(f(1) == 1);
    CHECK(f(1) == 1);
    f.cache_clear();
    CHECK(told(f) == "CacheInfo(hits=0, misses=0, maxsize=128, currsize=0)");
}

// ---- results --------------------------------------------------------------------------------------------------------------------------

TEST_CASE("lru_cache: a void function runs once for each key", "[functools][lru_cache][results]") {
    int calls = 0;
    auto f = ft::lru_cache([&calls](int) { ++calls; });
    f(1), f(1), f(2);
    CHECK(calls == 2);
    static_assert(std::is_void_v<decltype(f(1))>);
}

TEST_CASE("lru_cache: a reference result is the same object each time", "[functools][lru_cache][results]") {
    static int numbers[3] = {1, 2, 3};
    auto f = ft::lru_cache([](int i) -> int& { return numbers[i]; });
    f(1) = 20;
    CHECK(&f(1) == &numbers[1]);
    CHECK(numbers[1] == 20);
    static std::string const text = "constant";
    auto g = ft::lru_cache([](int) -> std::string const& { return text; });
    CHECK(&g(1) == &text);
    static_assert(std::is_same_v<decltype(g(1)), std::string const&>);
    CHECK(f.cache_info().hits == 1);
}

TEST_CASE("lru_cache: a result by rvalue reference is kept as a value", "[functools][lru_cache][results]") {
    std::string source = "a source that is moved from, once";
    auto f = ft::lru_cache([&source](int) -> std::string&& { return std::move(source); });
    CHECK(f(1) == "a source that is moved from, once");
    CHECK(f(1) == "a source that is moved from, once");
    static_assert(std::is_same_v<decltype(f(1)), std::string>);
}

TEST_CASE("lru_cache: a move-only result is shared", "[functools][lru_cache][results]") {
    auto f = ft::lru_cache<2>([](int x) { return std::make_unique<int>(x); });
    auto const one = f(1);
    CHECK(**one == 1);
    CHECK(is(one, f(1)));
    (void)f(2), (void)f(3);  // evicts 1
    CHECK(**one == 1);       // the handle keeps it
    auto const again = f(1);
    CHECK(!is(one, again));
    CHECK(**again == 1);
    f.cache_clear();
    CHECK(**again == 1);
}

TEST_CASE("lru_cache: a result that can neither be copied nor moved", "[functools][lru_cache][results]") {
    struct immovable {
        int value;
        explicit immovable(int v) : value(v) {}
        immovable(immovable const&) = delete;
        immovable& operator=(immovable const&) = delete;
    };
    auto f = ft::lru_cache<1>([](int x) { return immovable(x); });
    auto const held = f(1);
    CHECK(held->value == 1);
    CHECK(f(2)->value == 2);
    CHECK(held->value == 1);
    CHECK((*held).value == 1);
    immovable const& converted = held;
    CHECK(converted.value == 1);
}

TEST_CASE("lru_cache: shared results are one object, and outlive their entry and the cache",
          "[functools][lru_cache][results]") {
    probes::tracked::reset();
    {
        auto const held = [] {
            auto f = ft::lru_cache<1>([](int x) { return probes::tracked{x}; });
            auto const one = f.shared(1);
            CHECK(is(one, f.shared(1)));
            f(2);
            CHECK(one->value == 1);
            auto copy = one;
            CHECK(is(copy, one));
            return copy;
        }();
        CHECK(held.get().value == 1);
        CHECK(probes::tracked::live == 1);
    }
    CHECK(probes::tracked::live == 0);
}

TEST_CASE("lru_cache: handles can be assigned, to themselves too", "[functools][lru_cache][results]") {
    probes::tracked::reset();
    {
        auto f = ft::lru_cache<1>([](int x) { return probes::tracked{x}; });
        auto a = f.shared(1);
        auto b = f.shared(2);
        auto& same = a;
        a = same;
        CHECK(a->value == 1);
        b = a;
        CHECK(is(a, b));
        b = std::move(a);
        CHECK(b->value == 1);
    }
    CHECK(probes::tracked::live == 0);
}

TEST_CASE("lru_cache: copies a result once a call, and makes it in place", "[functools][lru_cache][results]") {
    auto f = ft::lru_cache([](int x) { return probes::tracked{x}; });
    probes::tracked::reset();
    CHECK(f(1).value == 1);
    CHECK(probes::tracked::copies == 1);
    CHECK(f(1).value == 1);
    CHECK(probes::tracked::copies == 2);
    CHECK(probes::tracked::moves == 0);
    CHECK(f.shared(1)->value == 1);
    CHECK(probes::tracked::copies == 2);
    f.cache_clear();
    CHECK(probes::tracked::live == 0);
}

TEST_CASE("lru_cache: const results are values", "[functools][lru_cache][results]") {
    auto f = ft::lru_cache(
        [](int x) -> std::string const { return std::to_string(x); });  // NOLINT(readability-const-return-type)
    std::string const three = f(3);
    CHECK(three == "3");
    CHECK(f.shared(3).get() == "3");
    CHECK(is(f.shared(3), f.shared(3)));
}

TEST_CASE("lru_cache: results of every kind come back as they were", "[functools][lru_cache][results]") {
    enum class level { low, high };
    static int target = 0;
    auto const twice_same = [](auto cached, auto expected) {
        auto const first = cached(1);  // not within ==: clang 16 compares two nullptr without evaluating them
        auto const second = cached(1);
        return first == expected && second == expected && cached.cache_info().hits == 1;
    };
    CHECK(twice_same(ft::lru_cache([](int x) { return x == 1; }), true));
    CHECK(twice_same(ft::lru_cache([](int) { return level::high; }), level::high));
    CHECK(twice_same(ft::lru_cache([](int) { return &target; }), &target));
    CHECK(twice_same(ft::lru_cache([](int) { return nullptr; }), nullptr));
    CHECK(twice_same(ft::lru_cache([](int x) { return std::optional<int>(x); }), std::optional<int>(1)));
    CHECK(twice_same(ft::lru_cache([](int) { return std::optional<std::string>(); }), std::optional<std::string>()));
    CHECK(twice_same(ft::lru_cache([](int x) { return std::pair(x, 'c'); }), std::pair(1, 'c')));
    CHECK(twice_same(ft::lru_cache([](int x) { return std::tuple(x, std::string("t")); }),
                     std::tuple(1, std::string("t"))));
    CHECK(twice_same(ft::lru_cache([](int x) { return std::vector{x, 2}; }), std::vector{1, 2}));
    CHECK(twice_same(ft::lru_cache([](int x) { return std::array{x, 2}; }), std::array{1, 2}));
    CHECK(twice_same(ft::lru_cache([](int) { return std::string_view("literal"); }), std::string_view("literal")));
}

TEST_CASE("lru_cache: a shared_ptr result is one object", "[functools][lru_cache][results]") {
    auto f = ft::lru_cache<1>([](int x) { return std::make_shared<int>(x); });
    std::weak_ptr<int> const watch = f(1);
    CHECK(f(1) == watch.lock());
    CHECK(!watch.expired());
    f(2);
    CHECK(watch.expired());  // the victim's result goes at once
}

// ---- no allocation --------------------------------------------------------------------------------------------------------------------

TEMPLATE_LIST_TEST_CASE("lru_cache: a hit allocates nothing", "[functools][lru_cache][allocations]", exact_policies) {
    std::string const text = "a text of more than sixteen characters";
    auto ints = ft::lru_cache<128, TestType>([](int x) { return x; });
    auto texts = ft::lru_cache<128, TestType>([](std::string const& s) { return s.size(); });
    auto copies = ft::lru_cache<128, TestType>([](std::string s) { return s; });
    auto tuples = ft::lru_cache<128, TestType>([](std::tuple<int, std::string> const& t) { return std::get<0>(t); });
    auto probes_ = ft::lru_cache<128, TestType>([](probes::tracked const& t) { return t.value; });
    auto typed = ft::lru_cache<TestType>({.typed = true}, [](std::string const& s) { return s.size(); });
    std::tuple<int, std::string> const key{1, text};
    probes::tracked const probe{1};
    auto const call_all = [&] {
        std::size_t sum = 0;
        sum += static_cast<std::size_t>(ints(1) + tuples(key) + probes_(probe));
        sum += texts(text) + texts(std::string_view(text)) + texts(text.c_str()) +
               texts("a text of more than sixteen characters");
        sum += typed(text) + typed(std::string_view(text)) + copies.shared(text)->size() +
               copies.shared(text.c_str())->size();
        return sum;
    };
    auto const first = call_all();
    auto const before = allocation_count();
    auto const second = call_all();
    CHECK(allocation_count() == before);
    CHECK(first == second);
    CHECK(texts.cache_info().misses == 1);
}

TEMPLATE_LIST_TEST_CASE("lru_cache: an evicting miss of trivially copied key and result allocates nothing",
                        "[functools][lru_cache][allocations]", exact_policies) {
    struct pixel {
        std::uint16_t x, y;
        bool operator==(pixel const&) const = default;
        [[nodiscard]] std::size_t hash() const { return std::size_t{x} << 16U | y; }
    };
    auto ints = ft::lru_cache<16, TestType>([](int x) { return x; });
    auto mixed = ft::lru_cache<16, TestType>(
        [](int x, double y, char z) { return static_cast<double>(x) + y + static_cast<double>(z); });
    auto arrays = ft::lru_cache<16, TestType>([](std::array<int, 8> const& a) { return a; });
    auto pixels = ft::lru_cache<16, TestType>([](pixel p) { return p; });
    auto chosen = ft::lru_cache<TestType>({.maxsize = 16, .typed = true}, [](double x) { return x; });
    auto const call_all = [&](int i) {
        ints(i);
        mixed(i, 0.5, 'x');
        arrays(std::array{i, 1, 2, 3, 4, 5, 6, 7});
        pixels(pixel{static_cast<std::uint16_t>(i), 0});
        chosen(i);
    };
    for (int i = 0; i != 16; ++i) call_all(i);
    auto const before = allocation_count();
    for (int i = 16; i != 1000; ++i) call_all(i);
    CHECK(allocation_count() == before);
    CHECK(ints.cache_info().misses == 1000);
    CHECK(arrays.cache_info().misses == 1000);
    CHECK(pixels.cache_info().misses == 1000);
    CHECK(chosen.cache_info().misses == 1000);
}

TEST_CASE("lru_cache: an evicting miss of short text allocates nothing", "[functools][lru_cache][allocations]") {
    auto f = ft::lru_cache<4>([](std::string_view text) { return text.size(); });
    for (char const* text : {"one", "two", "three", "four"}) f(text);
    auto const before = allocation_count();
    for (char const* text : {"five", "six", "seven", "eight", "exactly sixteen!"}) f(text);
    CHECK(allocation_count() == before);
}

TEST_CASE("lru_cache: allocates nothing before the first miss, and nothing for no entries",
          "[functools][lru_cache][allocations]") {
    auto const before = allocation_count();
    auto f = ft::lru_cache([](int x) { return x; });
    auto none = ft::lru_cache<0>([](int x) { return x; });
    none(1), none(2);
    f.cache_clear();
    CHECK(f.cache_info().currsize == 0);
    CHECK(allocation_count() == before);
}

TEST_CASE("lru_cache: cache_clear gives the memory back, and the cache works on",
          "[functools][lru_cache][allocations]") {
    probes::tracked::reset();
    auto f = ft::lru_cache<100>([](probes::tracked const& t) { return t; });
    for (int round = 0; round != 3; ++round) {
        for (int i = 0; i != 150; ++i) CHECK(f(probes::tracked{i}).value == i);
        CHECK(probes::tracked::live == 200);
        f.cache_clear();
        CHECK(probes::tracked::live == 0);
        CHECK(told(f) == "CacheInfo(hits=0, misses=0, maxsize=100, currsize=0)");
    }
}

// ---- compile-time facts ---------------------------------------------------------------------------------------------------------------

TEST_CASE("lru_cache: what a call returns", "[functools][lru_cache]") {
    auto ints = ft::lru_cache([](int x) { return x; });
    auto texts = ft::lru_cache([](int x) { return std::to_string(x); });
    auto owners = ft::lru_cache([](int x) { return std::make_unique<int>(x); });
    static_assert(std::is_same_v<decltype(ints(1)), int>);
    static_assert(std::is_same_v<decltype(texts(1)), std::string>);
    static_assert(std::is_same_v<std::remove_cvref_t<decltype(texts.shared(1).get())>, std::string>);
    static_assert(std::is_same_v<decltype(*owners(1)), std::unique_ptr<int> const&>);
    static_assert(std::is_same_v<decltype(ints.cache_info()), ft::CacheInfo>);
    CHECK(repr(texts.shared(7)) == "'7'");
    CHECK(repr(ft::CacheInfo{}) == "CacheInfo(hits=0, misses=0, maxsize=None, currsize=0)");
    CHECK(ft::CacheInfo{1, 2, 3, 4} == ft::CacheInfo{1, 2, 3, 4});
    CHECK(ft::CacheInfo{1, 2, 3, 4} != ft::CacheInfo{1, 2, {}, 4});
}

TEST_CASE("lru_cache: thousands of entries are all found, and evicted in order", "[functools][lru_cache]") {
    // Squares, since consecutive numbers spread too evenly: some chunks of the index are full here, and entries live in the next one.
    auto f = ft::lru_cache<6000, ft::unsynchronized>([](int n) { return n; });
    for (int n = 0; n != 6000; ++n) f(n * n);
    for (int n = 0; n != 6000; ++n) f(n * n);
    CHECK(f.cache_info() == ft::CacheInfo{6000, 6000, 6000, 6000});
    for (int n = 6000; n != 9000; ++n) f(n * n);  // 0 to 2999 go
    for (int n = 3000; n != 9000; ++n) f(n * n);
    CHECK(f.cache_info() == ft::CacheInfo{12000, 9000, 6000, 6000});
}

TEST_CASE("lru_cache: options in Python's spelling make a decorator", "[functools][lru_cache]") {
    using namespace amphis::literals;
    // >>> lru_cache(32)(f).cache_parameters()  ->  {'maxsize': 32, 'typed': False}
    auto by_position = ft::lru_cache(32) | [](int x) { return x; };
    CHECK(by_position.cache_parameters() == ft::CacheParameters{32, false});
    auto no_limit = ft::lru_cache(amphis::None)([](int x) { return x; });
    CHECK(no_limit.cache_parameters() == ft::CacheParameters{std::nullopt, false});
    auto by_keyword = ft::lru_cache("maxsize"_k = 16, "typed"_k = true) | [](double x) { return x; };
    by_keyword(1), by_keyword(1.0);
    CHECK(by_keyword.cache_info() == ft::CacheInfo{0, 2, 16, 2});
}

TEST_CASE("lru_cache: names come through decorators that keep the signature", "[functools][lru_cache]") {
    using namespace amphis::literals;
    constexpr amphis::around plain = [](auto& fn, auto&&... args) -> decltype(auto) {
        return fn(std::forward<decltype(args)>(args)...);
    };
    auto f = ft::lru_cache(plain | amphis::def<"x", "y">([](int x, int y) { return x * 10 + y; }, "y"_k = 3));
    CHECK(f(1) == 13);
    CHECK(f("y"_k = 2, "x"_k = 1) == 12);
    CHECK(f(1) == 13);
    CHECK(f.cache_info() == ft::CacheInfo{1, 2, 128, 2});
}

TEST_CASE("lru_cache_of: names the type of a data member", "[functools][lru_cache]") {
    struct table {
        long base = 3;
        ft::lru_cache_of<std::function<long(int)>, 4> times{[this](int n) { return base * n; }};
    } t;
    CHECK(t.times(4) == 12);
    CHECK(t.times(4) == 12);
    CHECK(t.times.cache_info() == ft::CacheInfo{1, 1, 4, 1});
}
