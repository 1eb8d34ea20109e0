// SPDX-License-Identifier: MIT
// functools: ours, the hand-written forms and the packaged maps, on the streams of keys that bench/functools.bench.py gives to CPython.
// Ours: lru_cache, lru_cache_concurrent, lru_cache_once, lru_cache_unsynchronized, lock, amphis
#include <amphis/functools.hpp>
#include <amphis/lang/decorator.hpp>

#include "support/caches.hpp"
#include "support/keys.hpp"

#include <benchmark/benchmark.h>

#include <algorithm>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <numeric>
#include <string>
#include <thread>
#include <type_traits>
#include <typeindex>
#include <unordered_map>
#include <utility>
#include <variant>
#include <vector>

#if __has_include(<malloc.h>)
#include <malloc.h>
#endif

namespace {

namespace ft = amphis::functools;

constexpr std::size_t small = 128;
constexpr std::size_t large = 1'000'000;

// ---- the cached function: as little as there is, Python's abs and len ------------------------------------------------------------------

struct absolute {
    long operator()(int value) const { return value < 0 ? -static_cast<long>(value) : value; }
};
struct length {
    long operator()(std::string const& text) const { return static_cast<long>(text.size()); }
};
template <class Key>
using work = std::conditional_t<std::is_same_v<Key, int>, absolute, length>;

// ---- contenders ------------------------------------------------------------------------------------------------------------------------

template <class Policy>
struct ours {
    template <class Key, std::size_t Capacity>
    static auto make() {
        return ft::lru_cache<Capacity, Policy>(work<Key>{});
    }
};
template <class Policy>
struct ours_unbounded {
    template <class Key, std::size_t>
    static auto make() {
        return ft::lru_cache<ft::unbounded, Policy>(work<Key>{});
    }
};
template <template <class, class> class Cache>
struct theirs {
    template <class Key, std::size_t Capacity>
    static auto make() {
        return Cache<Key, work<Key>>(work<Key>{}, Capacity);
    }
};

/// For one thread.
void each_single(auto visit) {
    visit("lru_cache_unsynchronized", ours<ft::unsynchronized>{});
    visit("naive_list_unordered_map", theirs<caches::list_unordered_map>{});
    visit("naive_list_map", theirs<caches::list_map>{});
#if defined(AMPHIS_BENCH_BOOST)
    visit("boost_flat_map_list", theirs<caches::boost_flat_map_list>{});
#endif
#if defined(AMPHIS_BENCH_ABSL)
    visit("absl_flat_map_list", theirs<caches::absl_flat_map_list>{});
#endif
}

/// For any thread.
void each_shared(auto visit) {
    visit("lru_cache", ours<ft::synchronized>{});
    visit("lru_cache_concurrent", ours<ft::concurrent>{});
    visit("lru_cache_once", ours<ft::once>{});
    visit("mutex_list_unordered_map", theirs<caches::mutex_list_unordered_map>{});
    visit("sharded_list_unordered_map", theirs<caches::sharded_list_unordered_map>{});
#if defined(AMPHIS_BENCH_BOOST)
    visit("mutex_boost_flat_map_list", theirs<caches::mutex_boost_flat_map_list>{});
#endif
#if defined(AMPHIS_BENCH_ABSL)
    visit("mutex_absl_flat_map_list", theirs<caches::mutex_absl_flat_map_list>{});
#endif
}

/// Without a limit, for one thread: a memo of one look-up in each map.
void each_unbounded(auto visit) {
    visit("lru_cache_unsynchronized", ours_unbounded<ft::unsynchronized>{});
    visit("unordered_map", theirs<caches::plain_unordered_map>{});
#if defined(AMPHIS_BENCH_BOOST)
    visit("boost_flat_map", theirs<caches::plain_boost_flat_map>{});
#endif
#if defined(AMPHIS_BENCH_ABSL)
    visit("absl_flat_map", theirs<caches::plain_absl_flat_map>{});
#endif
}

constexpr auto single = [](auto visit) { each_single(visit); };
constexpr auto shared = [](auto visit) { each_shared(visit); };
constexpr auto unbounded = [](auto visit) { each_unbounded(visit); };

// ---- workloads ---------------------------------------------------------------------------------------------------------------------------

/// Numbers of keys below `different`: `first` to be called before the clock starts, `then` while it runs.
struct workload {
    std::size_t different;
    keys::stream first;
    keys::stream then;
};

workload hits(std::size_t entries, std::size_t count) {
    auto const among = static_cast<std::uint32_t>(entries);
    return {entries, keys::ascending(entries), keys::uniform(count, among)};
}
/// Round and round through more keys than the cache holds: each call misses and evicts.
workload misses(std::size_t different, std::size_t count) {
    keys::stream then;
    while (then.size() < count) {
        auto const round = keys::ascending(different);
        then.insert(then.end(), round.begin(), round.end());
    }
    return {different, keys::ascending(different), then};
}
workload zipf(std::size_t entries, std::size_t different, std::size_t count) {
    return {different, keys::ascending(entries), keys::zipf(count, static_cast<std::uint32_t>(different))};
}

/// The keys of one workload, made when the first contender needs them and shared by all.
template <class Pool>
class input {
public:
    explicit input(workload made) : of_{std::move(made)} {}
    void prepare() {
        if (pool_) return;
        pool_ = std::make_unique<Pool>(of_.different);
        first = pool_->of(of_.first);
        then = pool_->of(of_.then);
        of_ = {};
    }

    decltype(std::declval<Pool const&>().of(keys::stream{})) first, then;

private:
    workload of_;
    std::unique_ptr<Pool> pool_;
};

std::string name_of(std::string const& contender, std::string const& what) {
    return "functools/" + contender + "/" + what;
}

std::int64_t calls_of(benchmark::State const& state, std::size_t in_an_iteration) {
    return static_cast<std::int64_t>(state.iterations()) * static_cast<std::int64_t>(in_an_iteration);
}

template <class Pool, std::size_t Capacity>
void add(std::string const& what, auto const& each, workload made) {
    auto const given = std::make_shared<input<Pool>>(std::move(made));
    each([&]<class Contender>(char const* contender, Contender) {
        auto* const added =
            benchmark::RegisterBenchmark(name_of(contender, what).c_str(), [given](benchmark::State& state) {
                given->prepare();
                auto cache = Contender::template make<typename Pool::type, Capacity>();
                for (auto const& key : given->first) benchmark::DoNotOptimize(cache(Pool::key(key)));
                for (auto _ : state) {
                    for (auto const& key : given->then) benchmark::DoNotOptimize(cache(Pool::key(key)));
                }
                state.SetItemsProcessed(calls_of(state, given->then.size()));
            });
        if (Capacity == large) added->Iterations(1);  // to fill the cache takes longer than a pass
    });
}

/// Bytes that are allocated now.
double allocated() {
#if defined(__GLIBC__)
    auto const now = mallinfo2();
    return static_cast<double>(now.uordblks + now.hblkhd);
#else
    return 0;
#endif
}

/// A cache filled from nothing: the time for an entry, and its bytes.
template <class Pool>
void add_fill(std::string const& what, auto const& each) {
    auto const given = std::make_shared<input<Pool>>(workload{large, {}, keys::ascending(large)});
    each([&]<class Contender>(char const* contender, Contender) {
        auto* const added =
            benchmark::RegisterBenchmark(name_of(contender, what).c_str(), [given](benchmark::State& state) {
                given->prepare();
                for (auto _ : state) {
                    double const before = allocated();
                    auto cache = Contender::template make<typename Pool::type, large>();
                    for (auto const& key : given->then) benchmark::DoNotOptimize(cache(Pool::key(key)));
                    state.counters["B/entry"] = (allocated() - before) / static_cast<double>(large);
                }
                state.SetItemsProcessed(calls_of(state, large));
            });
        added->Iterations(1);
    });
}

/// 95 % hits while new keys come in and push others out, on one cache, from one thread and from two.
void add_threads(std::string const& what, auto const& each) {
    each([&]<class Contender>(char const* contender, Contender) {
        using Cache = decltype(Contender::template make<int, small>());
        auto const held = std::make_shared<std::unique_ptr<Cache>>();
        auto* const added =
            benchmark::RegisterBenchmark(name_of(contender, what).c_str(), [held](benchmark::State& state) {
                if (state.thread_index() == 0)
                    held->reset(new Cache(Contender::template make<int, small>()));  // it need not be movable
                auto const then =
                    keys::ints::of(keys::mostly_hits(1U << 16U, static_cast<std::uint32_t>(state.thread_index())));
                for (auto _ : state) {
                    Cache& cache = **held;
                    for (int const key : then) benchmark::DoNotOptimize(cache(key));
                }
                state.SetItemsProcessed(calls_of(state, then.size()));
                if (state.thread_index() == 0) held->reset();
            });
        added->UseRealTime()->Threads(1)->Threads(2);
    });
}

// ---- the other functions: one call for each of 4096 numbers ----------------------------------------------------------------------------------

std::vector<int> const& numbers() {
    static std::vector<int> const all = keys::dense_ints::of(keys::uniform(4096, 1000));
    return all;
}

/// `make()` makes the function, `each` are what it is called with.
void add_calls(std::string const& contender, std::string const& what, auto const& each, auto make) {
    benchmark::RegisterBenchmark(name_of(contender, what).c_str(), [&each, make](benchmark::State& state) {
        auto&& fn = make();
        for (auto _ : state) {
            for (auto const& value : each) benchmark::DoNotOptimize(fn(value));
        }
        state.SetItemsProcessed(calls_of(state, each.size()));
    });
}

struct multiply {
    int operator()(int a, int b) const { return a * b; }
};

void add_partial() {
    add_calls("amphis", "partial", numbers(), [] { return ft::partial(multiply{}, 7); });
    add_calls("lambda", "partial", numbers(), [] { return [](int n) { return multiply{}(7, n); }; });
    add_calls("std_bind", "partial", numbers(), [] { return std::bind(multiply{}, 7, std::placeholders::_1); });
    add_calls("std_function", "partial", numbers(),
              [] { return std::function<int(int)>(std::bind(multiply{}, 7, std::placeholders::_1)); });
}

/// A decorator that counts the calls.
template <class Fn>
struct counting {
    Fn fn;
    long calls = 0;
    int operator()(int n) {
        benchmark::DoNotOptimize(++calls);
        return fn(n);
    }
};

void add_decorator() {
    constexpr auto next = [](int n) { return n + 1; };
    add_calls("amphis", "decorator", numbers(), [next] {
        amphis::around const counted = [calls = 0L](auto& fn, int n) mutable {
            benchmark::DoNotOptimize(++calls);
            return fn(n);
        };
        return counted | next;
    });
    add_calls("hand_written", "decorator", numbers(), [next] { return counting<decltype(next)>{next}; });
    add_calls("std_function", "decorator", numbers(), [next] {
        auto const counted = [](std::function<int(int)> fn) -> std::function<int(int)> {
            return [fn = std::move(fn), calls = 0L](int n) mutable {
                benchmark::DoNotOptimize(++calls);
                return fn(n);
            };
        };
        return counted(next);
    });
}

void add_reduce() {
    auto const add_whole = [](std::string const& contender, auto fold) {
        benchmark::RegisterBenchmark(name_of(contender, "reduce").c_str(), [fold](benchmark::State& state) {
            for (auto _ : state) benchmark::DoNotOptimize(fold(numbers()));
            state.SetItemsProcessed(calls_of(state, numbers().size()));
        });
    };
    constexpr auto either = [](long a, long b) { return a ^ (b + (a >> 3)); };  // no vector instruction does it
    add_whole("amphis", [either](std::vector<int> const& all) { return ft::reduce(either, all, 0L); });
    add_whole("std_accumulate",
              [either](std::vector<int> const& all) { return std::accumulate(all.begin(), all.end(), 0L, either); });
    add_whole("loop", [either](std::vector<int> const& all) {
        long sum = 0;
        for (int const n : all) sum = either(sum, n);
        return sum;
    });
}

using item = std::variant<int, double, std::string>;
std::vector<item> const& items() {
    static std::vector<item> const all = [] {
        std::vector<item> made;
        for (int const n : numbers()) {
            if (n % 3 == 0)
                made.emplace_back(n);
            else if (n % 3 == 1)
                made.emplace_back(n * 0.5);
            else
                made.emplace_back(std::to_string(n));
        }
        return made;
    }();
    return all;
}
template <class... F>
struct overloaded : F... {
    using F::operator()...;
};
template <class... F>
overloaded(F...) -> overloaded<F...>;

void add_singledispatch() {
    constexpr auto of_int = [](int n) { return n + 1; };
    constexpr auto of_double = [](double x) { return static_cast<int>(x); };
    constexpr auto of_text = [](std::string const& text) { return static_cast<int>(text.size()); };
    add_calls("amphis", "singledispatch", items(), [=] {
        return ft::singledispatch([](auto const&) { return 0; })
            .register_(of_int)
            .register_(of_double)
            .register_(of_text);
    });
    add_calls("std_visit", "singledispatch", items(), [=] {
        return [=](item const& it) { return std::visit(overloaded{of_int, of_double, of_text}, it); };
    });
    // The registry as Python has it: filled and read when running.
    add_calls("map_of_functions", "singledispatch", items(), [=] {
        std::unordered_map<std::type_index, std::function<int(item const&)>> registry;
        registry[typeid(int)] = [=](item const& it) { return of_int(std::get<int>(it)); };
        registry[typeid(double)] = [=](item const& it) { return of_double(std::get<double>(it)); };
        registry[typeid(std::string)] = [=](item const& it) { return of_text(std::get<std::string>(it)); };
        return [registry = std::move(registry)](item const& it) {
            auto const& type = std::visit([](auto const& held) -> std::type_info const& { return typeid(held); }, it);
            return registry.at(type)(it);
        };
    });
}

void add_cmp_to_key() {
    auto const add_sort = [](std::string const& contender, auto sort) {
        benchmark::RegisterBenchmark(name_of(contender, "cmp_to_key_sort").c_str(), [sort](benchmark::State& state) {
            // So many that the branch predictor cannot learn the comparisons.
            auto const unsorted = keys::dense_ints::of(keys::uniform(1U << 16U, 1'000'000));
            auto sorted = unsorted;
            for (auto _ : state) {
                sorted = unsorted;
                sort(sorted);
                benchmark::DoNotOptimize(sorted.data());
            }
            state.SetItemsProcessed(calls_of(state, unsorted.size()));
        });
    };
    // Even numbers first.
    constexpr auto compare = [](int a, int b) { return a % 2 != b % 2 ? a % 2 - b % 2 : a - b; };
    add_sort("amphis", [=](std::vector<int>& all) { std::ranges::sort(all, {}, ft::cmp_to_key(compare)); });
    add_sort("lambda", [=](std::vector<int>& all) {
        std::sort(all.begin(), all.end(), [=](int a, int b) { return compare(a, b) < 0; });
    });
    add_sort("std_function", [=](std::vector<int>& all) {
        std::function<bool(int, int)> const less = [=](int a, int b) { return compare(a, b) < 0; };
        std::sort(all.begin(), all.end(), less);
    });
}

struct version : ft::total_ordering {
    int major_number, minor_number;
    version(int major, int minor) : major_number{major}, minor_number{minor} {}
    [[maybe_unused]] friend bool operator==(version const& a, version const& b) {
        return a.major_number == b.major_number && a.minor_number == b.minor_number;
    }
    friend bool operator<(version const& a, version const& b) {
        return a.major_number != b.major_number ? a.major_number < b.major_number : a.minor_number < b.minor_number;
    }
};
struct hand_written_version {
    int major_number, minor_number;
    friend bool operator<(hand_written_version const& a, hand_written_version const& b) {
        return a.major_number != b.major_number ? a.major_number < b.major_number : a.minor_number < b.minor_number;
    }
    friend bool operator>=(hand_written_version const& a, hand_written_version const& b) { return !(a < b); }
};
struct spaceship_version {
    int major_number, minor_number;
    friend auto operator<=>(spaceship_version const&, spaceship_version const&) = default;
};

template <class Version>
void add_ordering(std::string const& contender) {
    static std::vector<Version> const versions = [] {
        std::vector<Version> made;
        for (int const n : numbers()) made.push_back(Version{n / 100, n % 100});
        return made;
    }();
    add_calls(contender, "total_ordering", versions, [] {
        return [middle = Version{5, 50}](Version const& v) { return v >= middle; };
    });
}

bool const added = [] {
    // glibc takes a mutex without an atomic operation until the program starts its first thread: a lock is there for the time after.
    std::thread([] {}).join();

    constexpr std::size_t calls = 1U << 16U;
    add<keys::ints, small>("hit/int/128", single, hits(small, calls));
    add<keys::ints, small>("miss/int/128", single, misses(1000, calls));
    add<keys::ints, small>("zipf/int/128", single, zipf(small, 1000, calls));
    add<keys::dense_ints, small>("hit/dense_int/128", single, hits(small, calls));
    add<keys::dense_ints, small>("miss/dense_int/128", single, misses(1000, calls));
    add<keys::dense_ints, small>("zipf/dense_int/128", single, zipf(small, 1000, calls));
    add<keys::strings, small>("hit/str/128", single, hits(small, calls));
    add<keys::strings, small>("miss/str/128", single, misses(1000, calls));
    add<keys::strings, small>("zipf/str/128", single, zipf(small, 1000, calls));

    add<keys::ints, large>("hit/int/1000000", single, hits(large, large));
    add<keys::ints, large>("miss/int/1000000", single, misses(2 * large, 2 * large));
    add<keys::ints, large>("zipf/int/1000000", single, zipf(large, 4 * large, large));
    add<keys::dense_ints, large>("hit/dense_int/1000000", single, hits(large, large));
    add<keys::dense_ints, large>("miss/dense_int/1000000", single, misses(2 * large, 2 * large));
    add<keys::strings, large>("hit/str/1000000", single, hits(large, large));
    add<keys::strings, large>("miss/str/1000000", single, misses(2 * large, 2 * large));
    add_fill<keys::ints>("fill/int/1000000", single);
    add_fill<keys::strings>("fill/str/1000000", single);

    add<keys::ints, small>("unbounded_hit/int/128", unbounded, hits(small, calls));
    add<keys::dense_ints, small>("unbounded_hit/dense_int/128", unbounded, hits(small, calls));
    add<keys::strings, small>("unbounded_hit/str/128", unbounded, hits(small, calls));
    add<keys::ints, large>("unbounded_hit/int/1000000", unbounded, hits(large, large));

    add<keys::ints, small>("shared_hit/int/128", shared, hits(small, calls));
    add<keys::ints, small>("shared_miss/int/128", shared, misses(1000, calls));
    add<keys::strings, small>("shared_hit/str/128", shared, hits(small, calls));
    add<keys::strings, small>("shared_miss/str/128", shared, misses(1000, calls));
    add_threads("shared_mostly_hits/int/128", shared);

    benchmark::RegisterBenchmark("functools/lock/lock_and_unlock", [](benchmark::State& state) {
        amphis::detail::lock lock;
        for (auto _ : state) {
            lock.acquire();
            lock.release();
        }
    });
    benchmark::RegisterBenchmark("functools/std_mutex/lock_and_unlock", [](benchmark::State& state) {
        std::mutex lock;
        for (auto _ : state) {
            lock.lock();
            lock.unlock();
        }
    });

    add_partial();
    add_decorator();
    add_reduce();
    add_singledispatch();
    add_cmp_to_key();
    add_ordering<version>("amphis");
    add_ordering<hand_written_version>("hand_written");
    add_ordering<spaceship_version>("default_spaceship");
    return true;
}();

}  // namespace
