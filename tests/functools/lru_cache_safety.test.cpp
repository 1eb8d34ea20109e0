// SPDX-License-Identifier: MIT
// lru_cache: that it does what a list and a map would do, that nothing is lost when something throws, and that whatever is the user's
// (function, comparison, destructor) may come back to the cache.
#include <amphis/builtins/repr.hpp>
#include <amphis/functools/lru_cache.hpp>
#include <amphis/lang/exceptions.hpp>

#include "support/allocations.hpp"
#include "support/catch.hpp"
#include "support/probes.hpp"

#include <array>
#include <cstdint>
#include <functional>
#include <list>
#include <memory>
#include <optional>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

namespace ft = amphis::functools;
using amphis::repr;
using probes::countdown;
using probes::probe_error;

namespace {

/// Policies whose recency is exact.
using exact_policies = std::tuple<ft::unsynchronized, ft::synchronized, ft::once>;
using all_policies = std::tuple<ft::unsynchronized, ft::synchronized, ft::once, ft::concurrent>;

std::string told(auto const& cached) { return repr(cached.cache_info()); }

// ---- a model ----------------------------------------------------------------------------------------------------------

constexpr long no_limit = -1;

ft::CacheInfo model_info(long long hits, long long misses, long most, std::size_t entries) {
    if (most == no_limit) return {hits, misses, std::nullopt, static_cast<long long>(entries)};
    return {hits, misses, most, static_cast<long long>(entries)};
}

/// What lru_cache promises, on a std::list: keys are small numbers, results are the number of the function's call.
class lru_model {
public:
    lru_model(long most, int universe) : most_(most), where_(static_cast<std::size_t>(universe)) {}

    /// The result of a call; empty where the function was called and threw.
    std::optional<int> call(int id, bool fails) {
        auto& at = where_[static_cast<std::size_t>(id)];
        if (at) {
            ++hits_;
            order_.splice(order_.begin(), order_, *at);
            return (*at)->second;
        }
        ++misses_;
        if (fails) return {};
        ++serial_;
        if (most_ == 0) return serial_;
        if (most_ != no_limit && static_cast<long>(order_.size()) == most_) {
            where_[static_cast<std::size_t>(order_.back().first)].reset();
            order_.pop_back();
        }
        order_.emplace_front(id, serial_);
        at = order_.begin();
        return serial_;
    }
    void clear() {
        hits_ = misses_ = 0;
        order_.clear();
        for (auto& at : where_) at.reset();
    }
    [[nodiscard]] ft::CacheInfo info() const { return model_info(hits_, misses_, most_, order_.size()); }

private:
    long most_;
    int serial_ = 0;
    long long hits_ = 0;
    long long misses_ = 0;
    std::list<std::pair<int, int>> order_;
    std::vector<std::optional<std::list<std::pair<int, int>>::iterator>> where_;
};

/// The same for `concurrent`, where key and result are trivially copied: a hit marks; the hand unmarks, and evicts what is not marked.
class clock_model {
public:
    clock_model(long most, int universe) : most_(most), where_(static_cast<std::size_t>(universe), -1) {}

    std::optional<int> call(int id, bool fails) {
        int& at = where_[static_cast<std::size_t>(id)];
        if (at != -1) {
            ++hits_;
            places_[static_cast<std::size_t>(at)].marked = true;
            return places_[static_cast<std::size_t>(at)].result;
        }
        ++misses_;
        if (fails) return {};
        ++serial_;
        if (most_ == 0) return serial_;
        if (most_ == no_limit || static_cast<long>(places_.size()) < most_) {
            at = static_cast<int>(places_.size());
            places_.push_back({id, serial_, false});
            return serial_;
        }
        while (std::exchange(places_[hand_].marked, false)) hand_ = (hand_ + 1) % places_.size();
        where_[static_cast<std::size_t>(places_[hand_].id)] = -1;
        places_[hand_] = {id, serial_, false};
        at = static_cast<int>(hand_);
        hand_ = (hand_ + 1) % places_.size();
        return serial_;
    }
    void clear() {
        hits_ = misses_ = 0;
        places_.clear();
        hand_ = 0;
        for (int& at : where_) at = -1;
    }
    [[nodiscard]] ft::CacheInfo info() const { return model_info(hits_, misses_, most_, places_.size()); }

private:
    struct place {
        int id;
        int result;
        bool marked;
    };
    long most_;
    int serial_ = 0;
    std::size_t hand_ = 0;
    long long hits_ = 0;
    long long misses_ = 0;
    std::vector<place> places_;
    std::vector<int> where_;
};

/// Uniform, then a loop just too long for the cache, then mostly few keys; and round again.
class workload {
public:
    explicit workload(int universe) : universe_(universe) {}
    int next() {
        std::uint32_t const r = random();
        ++step_;
        switch (step_ / 1024 % 3) {
            case 0:
                return static_cast<int>(r % static_cast<std::uint32_t>(universe_));
            case 1:
                return step_ % (universe_ / 2 + 1);
            default:
                return static_cast<int>(r % static_cast<std::uint32_t>(r % 8 == 0 ? universe_ : universe_ / 8 + 1));
        }
    }
    std::uint32_t random() {
        state_ ^= state_ << 13U;
        state_ ^= state_ >> 7U;
        state_ ^= state_ << 17U;
        return static_cast<std::uint32_t>(state_ >> 16U);
    }

private:
    std::uint64_t state_ = 0x2545F4914F6CDD1DU;
    int universe_;
    int step_ = 0;
};

struct failure {};

/// What the cached functions of the model tests do.
struct script {
    int serial = 0;
    bool fails = false;
    int run() {
        if (fails) throw failure{};
        return ++serial;
    }
};

/// A cache of any type, so that the calls below are compiled once.
struct driven {
    std::function<int(int)> call;
    std::function<void()> clear;
    std::function<ft::CacheInfo()> info;
};

/// Runs the same calls on the cache and on the model; the first difference, or an empty text.
template <class Model>
std::string first_difference(driven const& cached, script& state, long most, int calls) {
    int const universe = most < 0 ? 2000 : static_cast<int>(2 * most + 6);
    Model model(most, universe);
    workload work(universe);
    for (int step = 0; step != calls; ++step) {
        std::uint32_t const chance = work.random() % 4096;
        if (chance == 0) {
            cached.clear();
            model.clear();
        }
        if (chance % 512 == 1 && cached.info() != model.info()) {
            return "step " + std::to_string(step) + ": " + repr(cached.info()) + ", not " + repr(model.info());
        }
        state.fails = chance % 64 == 2;
        int const id = work.next();
        std::optional<int> const expected = model.call(id, state.fails);
        std::optional<int> got;
        try {
            got = cached.call(id);
        } catch (failure const&) {
        }
        if (got != expected) return "step " + std::to_string(step) + ": " + repr(got) + ", not " + repr(expected);
    }
    return cached.info() == model.info() ? "" : "at the end: " + repr(cached.info()) + ", not " + repr(model.info());
}

/// Hashes that collide: with 1 all of them.
template <int Hashes>
struct colliding {
    int id = 0;
    [[nodiscard]] std::size_t hash() const { return static_cast<std::size_t>(id % Hashes); }
    friend bool operator==(colliding const&, colliding const&) = default;
};
/// The same for a key that is not trivially copied.
struct colliding_text {
    std::string text;
    [[nodiscard]] std::size_t hash() const { return text.size(); }
    friend bool operator==(colliding_text const&, colliding_text const&) = default;
};

int as_int(int id) { return id * 64; }
std::string as_text(int id) { return std::string(static_cast<std::size_t>(id) * 7 % 90, '-') + std::to_string(id); }
std::tuple<int, std::string, double> as_tuple(int id) { return {id % 3, std::to_string(id / 3), id % 2 + 0.5}; }

constexpr std::array<long, 9> sizes{0, 1, 2, 3, 16, 17, 128, 1000, no_limit};

template <class Model>
void check_like(auto const& cached, auto const& make_key, script& state, long most, int calls) {
    CAPTURE(most);
    driven const any{[&](int id) { return cached(make_key(id)); }, [&] { cached.cache_clear(); },
                     [&] { return cached.cache_info(); }};
    CHECK(first_difference<Model>(any, state, most, calls) == "");
}

template <class Policy, class Model, class Key>
void fuzz(auto const& make_key, int calls) {
    for (long const most : sizes) {
        script state;
        auto const size = most < 0 ? ft::cache_size(ft::unbounded) : ft::cache_size(most);
        auto const cached = ft::lru_cache<Policy>({.maxsize = size}, [&state](Key const&) { return state.run(); });
        check_like<Model>(cached, make_key, state, most, calls);
    }
}

template <class Policy, class Model, class Key, auto MaxSize>
void fuzz_fixed(auto const& make_key, int calls) {
    script state;
    auto const cached = ft::lru_cache<MaxSize, Policy>([&state](Key const&) { return state.run(); });
    check_like<Model>(cached, make_key, state, cached.cache_info().maxsize.value_or(no_limit), calls);
}

}  // namespace

TEMPLATE_LIST_TEST_CASE("lru_cache: many random calls with int keys do what a list would",
                        "[functools][lru_cache][model]", exact_policies) {
    fuzz<TestType, lru_model, int>(as_int, 34'000);  // of each size
    fuzz_fixed<TestType, lru_model, int, 1>(as_int, 17'000);
    fuzz_fixed<TestType, lru_model, int, 3>(as_int, 17'000);
    fuzz_fixed<TestType, lru_model, int, 128>(as_int, 17'000);
    fuzz_fixed<TestType, lru_model, int, 1000>(as_int, 40'000);
    fuzz_fixed<TestType, lru_model, int, ft::unbounded>(as_int, 30'000);
}

TEMPLATE_LIST_TEST_CASE("lru_cache: random calls with text and tuple keys do what a list would",
                        "[functools][lru_cache][model]", exact_policies) {
    fuzz<TestType, lru_model, std::string>(as_text, 8'000);
    fuzz_fixed<TestType, lru_model, std::string, 16>(as_text, 20'000);
    fuzz_fixed<TestType, lru_model, std::string, 128>(as_text, 20'000);
    fuzz<TestType, lru_model, std::tuple<int, std::string, double>>(as_tuple, 4'000);
}

TEST_CASE("lru_cache: random calls with hashes that collide do what a list would", "[functools][lru_cache][model]") {
    auto const make = []<class Key>(Key) { return [](int id) { return Key{id}; }; };
    fuzz<ft::unsynchronized, lru_model, colliding<1>>(make(colliding<1>{}), 3'000);
    fuzz<ft::unsynchronized, lru_model, colliding<2>>(make(colliding<2>{}), 4'000);
    fuzz<ft::synchronized, lru_model, colliding<5>>(make(colliding<5>{}), 8'000);
    fuzz<ft::once, lru_model, colliding<40>>(make(colliding<40>{}), 8'000);
    fuzz_fixed<ft::synchronized, lru_model, colliding<1>, 128>(make(colliding<1>{}), 8'000);
    fuzz_fixed<ft::unsynchronized, lru_model, colliding<30>, 1000>(make(colliding<30>{}), 20'000);
    fuzz<ft::synchronized, lru_model, colliding_text>([](int id) { return colliding_text{as_text(id)}; }, 4'000);
}

TEST_CASE("lru_cache: concurrent, random calls do what the second chance promises", "[functools][lru_cache][model]") {
    fuzz<ft::concurrent, clock_model, int>(as_int, 17'000);
    fuzz_fixed<ft::concurrent, clock_model, int, 1>(as_int, 17'000);
    fuzz_fixed<ft::concurrent, clock_model, int, 16>(as_int, 17'000);
    fuzz_fixed<ft::concurrent, clock_model, int, 1000>(as_int, 40'000);
    fuzz_fixed<ft::concurrent, clock_model, int, ft::unbounded>(as_int, 30'000);
}

TEST_CASE("lru_cache: concurrent, below 1024 entries text is kept in exact order", "[functools][lru_cache][model]") {
    fuzz_fixed<ft::concurrent, lru_model, std::string, 3>(as_text, 20'000);
    fuzz_fixed<ft::concurrent, lru_model, std::string, 1000>(as_text, 20'000);
    fuzz_fixed<ft::concurrent, lru_model, std::string, ft::unbounded>(as_text, 20'000);
    fuzz_fixed<ft::concurrent, lru_model, colliding<7>, 100>([](int id) { return colliding<7>{id}; }, 20'000);
}

TEST_CASE("lru_cache: concurrent, 4096 texts in 16 parts are never more, and never wrong",
          "[functools][lru_cache][model]") {
    auto f = ft::lru_cache<4096, ft::concurrent>([](std::string const& text) { return text.size(); });
    workload work(10'000);
    for (int i = 0; i != 40'000; ++i) {
        std::string const text = as_text(work.next());
        REQUIRE(f(text) == text.size());
        REQUIRE(f(text) == text.size());
    }
    auto const info = f.cache_info();
    CHECK(info.hits + info.misses == 80'000);
    CHECK(info.hits > 40'000);
    CHECK(info.currsize <= 4096);
    CHECK(info.currsize > 3500);
}

TEST_CASE("lru_cache: concurrent in 16 parts hashes an argument once a call too", "[functools][lru_cache][model]") {
    struct key {
        int* hashes;
        int x = 0;
        [[nodiscard]] std::size_t hash() const { return ++*hashes, static_cast<std::size_t>(x); }
        bool operator==(key const&) const = default;
    };
    int hashes = 0;
    auto f = ft::lru_cache<4096, ft::concurrent>([](key const& k) { return k.x; });
    f(key{&hashes, 1}), f(key{&hashes, 1}), f(key{&hashes, 2});
    CHECK(hashes == 3);
}

// ---- what throws --------------------------------------------------------------------------------------------------------

namespace {

/// A function of probes, whose own body is one more step. `calls` counts those that returned.
template <class Result>
struct probe_function {
    int* calls;
    Result operator()(probes::throws_on_nth const& key) const {
        countdown::step();
        Result result = make(key);
        ++*calls;
        return result;
    }
    static Result make(probes::throws_on_nth const& key) {
        if constexpr (std::is_same_v<Result, std::string>) {
            return std::string(100, static_cast<char>('a' + key.value % 26));
        } else {
            return Result(key.value);
        }
    }
};

/// Keys 1 to `present` are in the cache, 1 the oldest. Every step of a call with `key` fails once; after each failure the cache holds what
/// it held, in the same order, and nothing more.
template <class Policy, class Result, auto MaxSize>
int steps_that_fail(int present, int key) {
    using probe = probes::throws_on_nth;
    for (int nth = 1;; ++nth) {
        int const live = probe::live;
        int calls = 0;
        {
            std::vector<probe> keys;
            keys.reserve(40);
            for (int i = 0; i != 40; ++i) keys.emplace_back(i);
            auto f = ft::lru_cache<MaxSize, Policy>(probe_function<Result>{&calls});
            for (int i = 1; i <= present; ++i) (void)f(keys[static_cast<std::size_t>(i)]);
            auto const before = f.cache_info();
            bool failed = false;
            countdown::arm(nth);
            try {
                (void)f(keys[static_cast<std::size_t>(key)]);
            } catch (probe_error const&) {
                failed = true;
            }
            countdown::disarm();
            auto const after = f.cache_info();
            if (!failed) return nth - 1;

            bool const was_present = key <= present;
            CHECK(after.currsize == before.currsize);
            CHECK(after.hits + after.misses <= before.hits + before.misses + 1);
            CHECK(after.hits <= before.hits + (was_present ? 1 : 0));
            CHECK(after.misses <= before.misses + (was_present ? 0 : 1));

            calls = 0;
            for (int i = 1; i <= present; ++i)
                (void)f(keys[static_cast<std::size_t>(i)]);  // oldest first: the order stays
            CHECK(calls == 0);
            (void)f(keys[39]);  // evicts key 1, if the cache is full, and no other
            CHECK(calls == 1);
            for (int i = 2; i <= present; ++i) (void)f(keys[static_cast<std::size_t>(i)]);
            CHECK(calls == 1);
            CHECK(f.cache_info().currsize ==
                  (f.cache_info().maxsize == before.currsize ? before.currsize : before.currsize + 1));
        }
        CHECK(probe::live == live);
    }
}

}  // namespace

TEMPLATE_LIST_TEST_CASE("lru_cache: a hash, comparison, copy or function that throws leaves the cache as it was",
                        "[functools][lru_cache][exceptions]", exact_policies) {
    probes::throws_on_nth::live = 0;
    // At least: a hash, a comparison, for a miss a copy of the key, the function.
    CHECK(steps_that_fail<TestType, int, 3>(3, 3) >= 2);      // hit
    CHECK(steps_that_fail<TestType, int, 3>(3, 4) >= 3);      // evicts
    CHECK(steps_that_fail<TestType, int, 5>(3, 4) >= 3);      // inserts
    CHECK(steps_that_fail<TestType, int, 128>(16, 17) >= 3);  // grows
    CHECK(steps_that_fail<TestType, int, ft::unbounded>(3, 4) >= 3);
    CHECK(steps_that_fail<TestType, std::string, 3>(3, 4) >= 3);
    CHECK(probes::throws_on_nth::live == 0);
}

TEST_CASE("lru_cache: a key of which the second part throws is not half made", "[functools][lru_cache][exceptions]") {
    using probe = probes::throws_on_nth;
    auto const live = probe::live;
    int failures = 0;
    for (int nth = 1;; ++nth) {
        probe const a{1};
        probe const b{2};
        auto f = ft::lru_cache<2>([](probe const& x, std::string const& s, probe const& y) {
            return x.value + y.value + static_cast<int>(s.size());
        });
        std::string const text(100, 't');
        countdown::arm(nth);
        bool failed = false;
        try {
            (void)f(a, text, b);
        } catch (probe_error const&) {
            failed = true;
        }
        countdown::disarm();
        if (!failed) break;
        ++failures;
        CHECK(f.cache_info().currsize == 0);
        CHECK(f(a, text, b) == 103);
        CHECK(f(a, text, b) == 103);
        CHECK(f.cache_info().hits == 1);
    }
    CHECK(failures == 4);  // two hashes, two copies
    CHECK(probe::live == live);
}

TEMPLATE_LIST_TEST_CASE("lru_cache: a result whose copy throws on a miss is not stored",
                        "[functools][lru_cache][exceptions]", exact_policies) {
    using probe = probes::throws_on_nth;
    int failures = 0;
    for (int nth = 1;; ++nth) {
        auto f = ft::lru_cache<2, TestType>([](int x) { return probe(x); });
        f(1), f(2);
        bool failed = false;
        countdown::arm(nth);
        try {
            f(3);
        } catch (probe_error const&) {
            failed = true;
        }
        countdown::disarm();
        if (!failed) break;
        ++failures;
        CHECK(f.cache_info().currsize == 2);
        CHECK(f.cache_info().misses == 3);
        auto const before = f.cache_info().hits;
        f(1), f(2);
        CHECK(f.cache_info().hits == before + 2);
    }
    CHECK(failures >= 2);  // the function's own, and the copy
}

TEST_CASE("lru_cache: a result whose copy throws on a hit stays", "[functools][lru_cache][exceptions]") {
    auto f = ft::lru_cache<2>([](int x) { return probes::throws_on_nth(x); });
    f(1);
    countdown::arm(1);
    CHECK_THROWS_AS(f(1), probe_error);
    countdown::disarm();
    CHECK(f(1).value == 1);
    CHECK(told(f) == "CacheInfo(hits=2, misses=1, maxsize=2, currsize=1)");
}

TEST_CASE("lru_cache: a clear or a look at the counts never throws for a key's sake",
          "[functools][lru_cache][exceptions]") {
    using probe = probes::throws_on_nth;
    auto f = ft::lru_cache<8>([](probe const& p) { return p; });
    for (int i = 0; i != 20; ++i) f(probe{i});
    countdown::arm(1);
    (void)f.cache_info();
    f.cache_clear();
    countdown::disarm();
    CHECK(told(f) == "CacheInfo(hits=0, misses=0, maxsize=8, currsize=0)");
}

TEST_CASE("lru_cache: a comparison that throws while a result is stored loses the call, not the cache",
          "[functools][lru_cache][exceptions]") {
    struct delicate {
        int value = 0;
        bool* throws = nullptr;
        [[nodiscard]] std::size_t hash() const { return 1; }
        bool operator==(delicate const& other) const {
            if (throws != nullptr && *throws) throw failure{};
            return value == other.value;
        }
    };
    bool throws = false;
    auto f = ft::lru_cache<4>([&throws](auto& self, delicate const& d) -> int {
        if (d.value == 1) {
            self(delicate{
                2, &throws});  // the cache changes, so that the result is looked up once more before it is stored
            throws = true;
        }
        return d.value;
    });
    CHECK_THROWS_AS(f(delicate{1, &throws}), failure);
    throws = false;
    CHECK(told(f) == "CacheInfo(hits=0, misses=2, maxsize=4, currsize=1)");
    CHECK(f(delicate{2, &throws}) == 2);
    CHECK(f.cache_info().hits == 1);
}

namespace {

/// Each allocation of one call fails once. The text keys 0 to `present`-1 are in the cache. Returns how many allocations there were.
template <class Policy, auto MaxSize>
std::size_t allocations_that_fail(int present, auto const& make_key, auto const& fn) {
    for (std::size_t nth = 1;; ++nth) {
        int calls = 0;
        auto f = ft::lru_cache<MaxSize, Policy>([&](std::remove_cvref_t<decltype(make_key(0))> const& key) {
            ++calls;
            return fn(key);
        });
        for (int i = 0; i != present; ++i) (void)f(make_key(i));
        auto const before = f.cache_info();
        auto const key = make_key(present);
        auto const expected = fn(key);
        bool failed = false;
        fail_allocation(nth);
        try {
            (void)f(key);
        } catch (std::bad_alloc const&) {
            failed = true;
        }
        fail_allocation(0);
        if (!failed) return nth - 1;
        CHECK(f.cache_info().currsize == before.currsize);
        CHECK(f.cache_info().hits == before.hits);
        CHECK(f.cache_info().misses <= before.misses + 1);
        calls = 0;
        for (int i = 0; i != present; ++i) (void)f(make_key(i));
        CHECK(calls == 0);
        CHECK(f(key) == expected);
        CHECK(f(key) == expected);
        CHECK(calls == 1);
        CHECK(f.cache_info().currsize ==
              (f.cache_info().maxsize == before.currsize ? before.currsize : before.currsize + 1));
    }
}

std::string long_text(int id) { return std::to_string(id) + std::string(80, '.'); }

}  // namespace

TEMPLATE_LIST_TEST_CASE("lru_cache: a lack of memory leaves the cache as it was", "[functools][lru_cache][exceptions]",
                        exact_policies) {
    auto const size = [](auto const& text) { return text.size(); };
    auto const same = [](auto const& value) { return value; };
    auto const medium_text = [](int id) { return std::to_string(id) + std::string(30, '.'); };
    auto const pair = [](int id) { return std::pair(id, long_text(id)); };
    auto const number = [](int id) { return id; };

    CHECK(allocations_that_fail<TestType, 128>(0, number, same) == 2);   // nodes and index
    CHECK(allocations_that_fail<TestType, 128>(16, number, same) == 2);  // the same, greater
    CHECK(allocations_that_fail<TestType, 16>(16, number, same) == 0);   // evicts
    CHECK(allocations_that_fail<TestType, 3>(3, long_text, size) == 1);  // the key
    CHECK(allocations_that_fail<TestType, 3>(3, medium_text, size) <= 1);
    CHECK(allocations_that_fail<TestType, 128>(16, long_text, size) == 3);
    CHECK(allocations_that_fail<TestType, 128>(16, medium_text, size) == 3);
    CHECK(allocations_that_fail<TestType, 3>(3, pair, [](auto const& p) { return p.first; }) == 2);
    CHECK(allocations_that_fail<TestType, ft::unbounded>(64, long_text, size) >= 1);
}

TEST_CASE("lru_cache: concurrent, a lack of memory leaves the cache as it was", "[functools][lru_cache][exceptions]") {
    auto const same = [](auto const& value) { return value; };
    CHECK(allocations_that_fail<ft::concurrent, 128>(
              0, [](int id) { return id; }, same) == 1);
    CHECK(allocations_that_fail<ft::concurrent, 128>(
              64, [](int id) { return id; }, same) == 1);
    CHECK(allocations_that_fail<ft::concurrent, 64>(
              64, [](int id) { return id; }, same) == 0);
    CHECK(allocations_that_fail<ft::concurrent, 3>(3, long_text, [](auto const& text) { return text.size(); }) == 1);
}

TEST_CASE("lru_cache: a throwing function keeps the counts exact, whatever the policy",
          "[functools][lru_cache][exceptions]") {
    auto const count = [](auto cached) {
        for (int i = 0; i != 20; ++i) {
            try {
                (void)cached(i % 4);
            } catch (failure const&) {
            }
        }
        return told(cached);
    };
    auto const odd_fails = [](int i) {
        if (i % 2 == 1) throw failure{};
        return i;
    };
    std::string const expected = "CacheInfo(hits=8, misses=12, maxsize=128, currsize=2)";
    CHECK(count(ft::lru_cache<128, ft::unsynchronized>(odd_fails)) == expected);
    CHECK(count(ft::lru_cache<128, ft::synchronized>(odd_fails)) == expected);
    CHECK(count(ft::lru_cache<128, ft::concurrent>(odd_fails)) == expected);
    CHECK(count(ft::lru_cache<128, ft::once>(odd_fails)) == expected);
    CHECK(count(ft::lru_cache<0>(odd_fails)) == "CacheInfo(hits=0, misses=20, maxsize=0, currsize=0)");
}

// ---- what comes back ----------------------------------------------------------------------------------------------------

namespace {

/// Calls `on_death` when it dies, unless it is doing so already.
struct noisy {
    static inline std::function<void(int)> on_death{};
    static inline bool telling = false;
    static inline int live = 0;

    int value = 0;

    explicit noisy(int v) : value(v) { ++live; }
    noisy(noisy const& other) : value(other.value) { ++live; }
    noisy& operator=(noisy const&) = delete;
    ~noisy() {
        --live;
        if (!on_death || telling) return;
        telling = true;
        on_death(value);
        telling = false;
    }
    [[nodiscard]] std::size_t hash() const { return static_cast<std::size_t>(value); }
    friend bool operator==(noisy const& a, noisy const& b) { return a.value == b.value; }
};

/// Sets the hook for the time of a scope.
struct listening {
    explicit listening(std::function<void(int)> hook) { noisy::on_death = std::move(hook); }
    listening(listening const&) = delete;
    listening& operator=(listening const&) = delete;
    ~listening() { noisy::on_death = nullptr; }
};

}  // namespace

TEMPLATE_LIST_TEST_CASE("lru_cache: a result's destructor may call the cache that evicts it",
                        "[functools][lru_cache][reentrancy]", all_policies) {
    noisy::live = 0;
    {
        auto f = ft::lru_cache<2, TestType>([](int x) { return noisy(x); });
        int heard = 0;
        {
            listening const now([&](int value) {
                ++heard;
                (void)f.cache_info();
                (void)f.shared(value + 100);
            });
            for (int i = 0; i != 50; ++i) (void)f.shared(i);
        }
        CHECK(heard >= 48);
        CHECK(f.cache_info().currsize == 2);
        CHECK(f.cache_info().misses == 50 + heard);
        CHECK(noisy::live == 2);
    }
    CHECK(noisy::live == 0);
}

TEMPLATE_LIST_TEST_CASE("lru_cache: a key's destructor may call the cache that evicts it",
                        "[functools][lru_cache][reentrancy]", all_policies) {
    noisy::live = 0;
    {
        auto f = ft::lru_cache<2, TestType>([](noisy const& n) { return n.value; });
        std::vector<noisy> keys;
        keys.reserve(200);
        for (int i = 0; i != 200; ++i) keys.emplace_back(i);
        {
            listening const now([&](int value) {
                (void)f.cache_info();
                CHECK(f(keys[static_cast<std::size_t>(value) + 100]) == value + 100);
            });
            for (int i = 0; i != 50; ++i) CHECK(f(keys[static_cast<std::size_t>(i)]) == i);
        }
        CHECK(f.cache_info().currsize == 2);
        CHECK(noisy::live == 202);
    }
    CHECK(noisy::live == 0);
}

TEMPLATE_LIST_TEST_CASE("lru_cache: a destructor may clear the cache that evicts", "[functools][lru_cache][reentrancy]",
                        all_policies) {
    noisy::live = 0;
    {
        auto f = ft::lru_cache<2, TestType>([](noisy const& n) { return noisy(n.value); });
        std::vector<noisy> keys;
        keys.reserve(9);
        for (int i = 0; i != 9; ++i) keys.emplace_back(i);
        {
            listening const now([&](int) { f.cache_clear(); });
            for (noisy const& key : keys) CHECK(f.shared(key)->value == key.value);
        }
        CHECK(f.cache_info().currsize <= 2);
        CHECK(noisy::live == 9 + 2 * f.cache_info().currsize);
    }
    CHECK(noisy::live == 0);
}

TEMPLATE_LIST_TEST_CASE("lru_cache: destructors may fill the cache while it is cleared",
                        "[functools][lru_cache][reentrancy]", all_policies) {
    noisy::live = 0;
    {
        auto f = ft::lru_cache<8, TestType>([](int x) { return noisy(x); });
        for (int i = 0; i != 8; ++i) (void)f.shared(i);
        {
            listening const now([&](int value) { (void)f.shared(value + 100); });
            f.cache_clear();
        }
        CHECK(told(f) == "CacheInfo(hits=0, misses=8, maxsize=8, currsize=8)");
        for (int i = 100; i != 108; ++i) (void)f.shared(i);
        CHECK(f.cache_info().hits == 8);
    }
    CHECK(noisy::live == 0);
}

TEMPLATE_LIST_TEST_CASE("lru_cache: a destructor may clear the cache that is being cleared",
                        "[functools][lru_cache][reentrancy]", all_policies) {
    noisy::live = 0;
    auto f = ft::lru_cache<8, TestType>([](int x) { return noisy(x); });
    for (int i = 0; i != 8; ++i) (void)f.shared(i);
    {
        listening const now([&](int value) {
            (void)f.shared(value);
            f.cache_clear();
        });
        f.cache_clear();
    }
    CHECK(told(f) == "CacheInfo(hits=0, misses=0, maxsize=8, currsize=0)");
    CHECK(noisy::live == 0);
}

TEMPLATE_LIST_TEST_CASE("lru_cache: a result's destructor may call the cache that dies",
                        "[functools][lru_cache][reentrancy]", all_policies) {
    noisy::live = 0;
    auto const make = [] {
        return ft::lru_cache<2000, TestType>(
            [](std::string const& text) { return noisy(static_cast<int>(text.size())); });
    };
    auto f = std::make_unique<decltype(make())>(make());
    auto const* const raw = f.get();
    for (std::size_t size = 80; size != 100; ++size) (void)raw->shared(std::string(size, 'x'));
    int heard = 0;
    {
        listening const now([&](int value) {
            if (++heard <= 20) (void)raw->shared(std::string(static_cast<std::size_t>(value), 'x'));
        });
        f.reset();
    }
    CHECK(heard >= 20);
    CHECK(noisy::live == 0);
}

TEMPLATE_LIST_TEST_CASE("lru_cache: the function may clear the cache, and its result is stored",
                        "[functools][lru_cache][reentrancy]", all_policies) {
    // # >>> f(2); f(1); f.cache_info(); f(1); f(2); f.cache_info()         where f(1) clears
    auto f = ft::lru_cache<128, TestType>([](auto& self, int x) -> int {
        if (x == 1) self.cache_clear();
        return x;
    });
    f(2), f(1);
    CHECK(told(f) == "CacheInfo(hits=0, misses=0, maxsize=128, currsize=1)");
    f(1), f(2);
    CHECK(told(f) == "CacheInfo(hits=1, misses=1, maxsize=128, currsize=2)");
}

TEMPLATE_LIST_TEST_CASE("lru_cache: the function may evict everything, and more than once",
                        "[functools][lru_cache][reentrancy]", all_policies) {
    auto f = ft::lru_cache<4, TestType>([](auto& self, std::string const& text) -> std::string {
        std::string out = text;
        if (text.size() < 40) {
            for (int i = 0; i != 10; ++i) (void)self.shared(std::string(50, static_cast<char>('a' + i)));
        }
        return out + "!";
    });
    CHECK(f("short") == "short!");
    CHECK(f("also short") == "also short!");
    CHECK(f("short") == "short!");
    CHECK(told(f) == "CacheInfo(hits=0, misses=33, maxsize=4, currsize=4)");
}

namespace {

/// A key of which the comparison does as it is told.
struct told_key {
    static inline std::function<void()> on_compare{};
    int value = 0;
    [[nodiscard]] std::size_t hash() const { return 7; }
    friend bool operator==(told_key const& a, told_key const& b) {
        if (on_compare) {
            auto const act = std::exchange(on_compare, nullptr);
            act();
        }
        return a.value == b.value;
    }
};
/// The same, not trivially copied.
struct told_text_key : told_key {
    std::string text = "owned, and of some length";
};

}  // namespace

TEMPLATE_LIST_TEST_CASE("lru_cache: a comparison may clear the cache", "[functools][lru_cache][reentrancy]",
                        all_policies) {
    // # >>> k(K(1)); k(K(2)); K.do = True; k(K(1)); k.cache_info()         where K.__eq__ clears
    auto const check = [](auto key) {
        using Key = decltype(key);
        auto f = ft::lru_cache<128, TestType>([](Key const& k) { return k.value; });
        auto const with = [&](int value) {
            Key k{};
            k.value = value;
            return f(k);
        };
        with(1), with(2);
        told_key::on_compare = [&] { f.cache_clear(); };
        CHECK(with(1) == 1);
        CHECK(told(f) == "CacheInfo(hits=0, misses=1, maxsize=128, currsize=1)");
        CHECK(with(1) == 1);
        CHECK(with(2) == 2);
        CHECK(told(f) == "CacheInfo(hits=1, misses=2, maxsize=128, currsize=2)");
    };
    check(told_key{});
    check(told_text_key{});
}

TEMPLATE_LIST_TEST_CASE("lru_cache: a comparison may clear the cache and throw", "[functools][lru_cache][reentrancy]",
                        all_policies) {
    auto f = ft::lru_cache<128, TestType>([](told_text_key const& k) { return k.value; });
    auto const with = [&](int value) {
        told_text_key k{};
        k.value = value;
        return f(k);
    };
    with(1), with(2);
    told_key::on_compare = [&] {
        f.cache_clear();
        throw failure{};
    };
    CHECK_THROWS_AS(with(1), failure);
    CHECK(told(f) == "CacheInfo(hits=0, misses=0, maxsize=128, currsize=0)");
    CHECK(with(1) == 1);
    CHECK(with(2) == 2);
    CHECK(with(1) == 1);
    CHECK(told(f) == "CacheInfo(hits=1, misses=2, maxsize=128, currsize=2)");
}

TEMPLATE_LIST_TEST_CASE(
    "lru_cache: a comparison may call the cache with a new key; the answer is right, though not kept",
    "[functools][lru_cache][reentrancy]", all_policies) {
    auto f = ft::lru_cache<2, TestType>([](told_text_key const& k) { return k.value * 10; });
    auto const with = [&](int value) {
        told_text_key k{};
        k.value = value;
        return f(k);
    };
    with(1), with(2);
    told_key::on_compare = [&] {
        CHECK(with(3) == 30);
        CHECK(with(4) == 40);
        CHECK(f.cache_info().currsize == 2);
    };
    CHECK(with(1) == 10);
    CHECK(told(f) == "CacheInfo(hits=1, misses=4, maxsize=2, currsize=2)");
    CHECK(with(2) == 20);
    CHECK(f.cache_info().hits == 2);
}

TEMPLATE_LIST_TEST_CASE("lru_cache: two caches may call each other", "[functools][lru_cache][reentrancy]",
                        all_policies) {
    std::function<int(int)> to_odd;
    auto even = ft::lru_cache<4, TestType>([&to_odd](int n) { return n == 0 ? 1 : to_odd(n - 1); });
    auto odd = ft::lru_cache<4, TestType>([&even](int n) { return n == 0 ? 0 : even(n - 1); });
    to_odd = [&odd](int n) { return odd(n); };
    CHECK(even(10) == 1);
    CHECK(even(11) == 0);
    CHECK(odd(11) == 1);
    CHECK(even.cache_info().currsize == 4);
}

TEST_CASE("lru_cache: once, a result that depends on itself raises RuntimeError",
          "[functools][lru_cache][reentrancy]") {
    auto f = ft::lru_cache<8, ft::once>([](auto& self, int n) -> int { return n % 2 == 0 ? n : self(n + 2 - 2) + 1; });
    CHECK(f(2) == 2);
    CHECK_THROWS_AS(f(3), amphis::RuntimeError);
    CHECK_THROWS_WITH(f(3), "lru_cache: the result for these arguments depends on itself");
    CHECK(f(2) == 2);
    CHECK(f.cache_info().currsize == 1);
    auto around = ft::lru_cache<8, ft::once>([](auto& self, int n) -> int { return self((n + 1) % 3); });
    CHECK_THROWS_AS(around(0), amphis::RuntimeError);
    CHECK(around.cache_info().currsize == 0);
}

TEST_CASE("lru_cache: once, recursion over other arguments is no circle", "[functools][lru_cache][reentrancy]") {
    auto fib = ft::lru_cache<ft::unbounded, ft::once>(
        [](auto& self, int n) -> long { return n < 2 ? n : self(n - 1) + self(n - 2); });
    CHECK(fib(90) == 2880067194370816120);
    CHECK(told(fib) == "CacheInfo(hits=88, misses=91, maxsize=None, currsize=91)");
}

TEST_CASE("lru_cache: concurrent hashes an argument once a call too", "[functools][lru_cache]") {
    static int hashes = 0;
    struct key {
        int x = 0;
        std::size_t hash() const { return ++hashes, static_cast<std::size_t>(x); }
        bool operator==(key const&) const = default;
    };
    auto f = ft::lru_cache<4096, ft::concurrent>([](key const& k) { return k.x; });
    f(key{1}), f(key{1}), f(key{2});
    CHECK(hashes == 3);
}

TEST_CASE("lru_cache: a result whose copy throws on a miss is not stored", "[functools][lru_cache][exceptions]") {
    using probes::countdown;
    using probe = probes::throws_on_nth;
    for (int nth = 1;; ++nth) {
        auto f = ft::lru_cache<2>([](int x) { return probe(x); });
        f(1), f(2);
        bool failed = false;
        countdown::arm(nth);
        try {
            f(3);
        } catch (probes::probe_error const&) {
            failed = true;
        }
        countdown::disarm();
        if (!failed) break;
        auto const before = f.cache_info();
        f(1), f(2);
        CHECK(f.cache_info().hits == before.hits + 2);
        CHECK(f.cache_info().misses == before.misses);
    }
}

TEST_CASE("lru_cache: a result's destructor may call the cache that dies", "[functools][lru_cache][reentrancy]") {
    static std::function<void(int)> on_death;
    struct noisy {
        int value;
        explicit noisy(int v) : value(v) {}
        noisy(noisy const&) = default;
        ~noisy() {
            if (auto const tell = std::exchange(on_death, nullptr)) {
                tell(value);
                on_death = tell;
            }
        }
    };
    auto const make = [] {
        return ft::lru_cache<4>([](std::string const& s) { return noisy(static_cast<int>(s.size())); });
    };
    auto f = std::make_unique<decltype(make())>(make());
    for (std::size_t size : {80U, 81U, 82U, 83U}) (void)f->shared(std::string(size, 'x'));
    auto const* const raw = f.get();
    int heard = 0;
    on_death = [raw, &heard](int value) {
        if (++heard <= 4) (void)raw->shared(std::string(static_cast<std::size_t>(value), 'x'));
    };
    f.reset();
    on_death = nullptr;
    CHECK(heard == 8);
}
