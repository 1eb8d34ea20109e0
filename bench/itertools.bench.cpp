// SPDX-License-Identifier: MIT
// itertools: each adaptor beside the loop by hand, the eager vector, the textbook's iterators, range-v3 where it is installed, and CPython.
// Ours: accumulate, batched, chain, chain_for_each, combinations, combinations_with_replacement, compress, cycle, filterfalse, from_iterable, groupby, islice,
// Ours: pairwise, permutations, product, product_for_each, sliding_window, starmap, takewhile, tee, zip_longest
//
// An operation is one element of the result. What is done with it is a xor and an add, so that the iteration is what takes the time.
#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic ignored "-Wnull-dereference"  // g++ 12 takes a vector that was just filled for one without a buffer
#endif

#include <amphis/itertools.hpp>

#include <benchmark/benchmark.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <list>
#include <numeric>
#include <tuple>
#include <utility>
#include <vector>

#if __has_include(<range/v3/all.hpp>)
#include <range/v3/view/cartesian_product.hpp>
#include <range/v3/view/chunk.hpp>
#include <range/v3/view/concat.hpp>
#include <range/v3/view/join.hpp>
#include <range/v3/view/partial_sum.hpp>
#include <range/v3/view/remove_if.hpp>
#include <range/v3/view/sliding.hpp>
#define AMPHIS_BENCH_RANGE_V3
#endif

namespace {

namespace it = amphis::itertools;
using namespace amphis::literals;

std::vector<int> numbers(int n) {
    std::vector<int> all(static_cast<std::size_t>(n));
    std::iota(all.begin(), all.end(), 0);
    return all;
}
std::vector<int> const thousand = numbers(1000), reversed(thousand.rbegin(), thousand.rend()), half = numbers(500), hundred = numbers(100), ten = numbers(10),
                       twenty_six = numbers(26), sixteen = numbers(16);
std::list<int> const linked(half.begin(), half.end());
std::vector<std::vector<int>> const nested(100, numbers(10));
std::vector<int> const runs = [] {
    std::vector<int> all;
    for (int i = 0; i != 1000; ++i) all.push_back(i / 4);
    return all;
}();
std::vector<int> const selectors = [] {
    std::vector<int> all;
    for (int i = 0; i != 1000; ++i) all.push_back(i % 3 == 0 ? 1 : 0);
    return all;
}();
std::vector<std::pair<int, int>> const pairs = [] {
    std::vector<std::pair<int, int>> all;
    for (int i = 0; i != 1000; ++i) all.emplace_back(i, 1000 - i);
    return all;
}();

constexpr auto odd = [](int x) { return x % 2 != 0; };
constexpr auto small = [](int x) { return x < 900; };

/// Keeps the compiler from computing sums of ranges at once, and costs an instruction or none.
inline int mix(int sum, int x) {
    asm("" : "+r"(sum));
    return sum + x;
}

/// Runs `body`, which returns the sum and how many elements it saw.
template <class Body>
void run(benchmark::State& state, Body body) {
    std::int64_t elements = 0;
    for (auto _ : state) {
        auto const [sum, count] = body();
        benchmark::DoNotOptimize(sum);
        elements += count;
    }
    state.SetItemsProcessed(elements);
}
struct outcome {
    int sum = 0;
    std::int64_t count = 0;
};

template <class R>
outcome sum_of(R&& elements, std::int64_t count) {
    int sum = 0;
    for (int x : elements) sum = mix(sum, x);
    return {sum, count};
}

#define BENCH(name) BENCHMARK_CAPTURE_NAME_(AMPHIS_BENCH_JOIN(bench_, __LINE__), name)
#define AMPHIS_BENCH_JOIN_(a, b) a##b
#define AMPHIS_BENCH_JOIN(a, b) AMPHIS_BENCH_JOIN_(a, b)
#define BENCHMARK_CAPTURE_NAME_(function, name)              \
    outcome function();                                      \
    [[maybe_unused]] auto* const AMPHIS_BENCH_JOIN(function, _registered) = \
        benchmark::RegisterBenchmark(name, [](benchmark::State& state) { run(state, &function); }); \
    outcome function()

// ---- the textbook's iterators -----------------------------------------------------------------------------------------------------

/// A chain that finds out at each operation which of its ranges it is in, through tables of functions.
template <class... R>
class table_chain {
    using iterators = std::tuple<decltype(std::declval<R const&>().begin())...>;
    static constexpr std::size_t size = sizeof...(R);

public:
    explicit table_chain(R const&... ranges) : begins_(ranges.begin()...), ends_(ranges.end()...) {}

    class iterator {
    public:
        iterator(iterators at, iterators const& ends, std::size_t index) : at_(at), ends_(&ends), index_(index) { skip(); }
        int operator*() const { return reads[index_](at_); }
        iterator& operator++() {
            steps[index_](at_);
            skip();
            return *this;
        }
        bool operator!=(iterator const& other) const { return index_ != other.index_ || (index_ != size && differs[index_](at_, other.at_)); }

    private:
        void skip() {
            while (index_ != size && !differs[index_](at_, *ends_)) ++index_;
        }
        template <std::size_t I>
        static int read(iterators const& at) {
            return *std::get<I>(at);
        }
        template <std::size_t I>
        static void step(iterators& at) {
            ++std::get<I>(at);
        }
        template <std::size_t I>
        static bool differ(iterators const& a, iterators const& b) {
            return std::get<I>(a) != std::get<I>(b);
        }
        template <std::size_t... I>
        static constexpr auto all_reads(std::index_sequence<I...>) {
            return std::array{&read<I>...};
        }
        template <std::size_t... I>
        static constexpr auto all_steps(std::index_sequence<I...>) {
            return std::array{&step<I>...};
        }
        template <std::size_t... I>
        static constexpr auto all_differ(std::index_sequence<I...>) {
            return std::array{&differ<I>...};
        }
        static constexpr auto reads = all_reads(std::make_index_sequence<size>{});
        static constexpr auto steps = all_steps(std::make_index_sequence<size>{});
        static constexpr auto differs = all_differ(std::make_index_sequence<size>{});

        iterators at_;
        iterators const* ends_;
        std::size_t index_;
    };

    iterator begin() const { return iterator(begins_, ends_, 0); }
    iterator end() const { return iterator(ends_, ends_, size); }

private:
    iterators begins_, ends_;
};

/// A product whose iterator holds a table of places, tested from the last to the first.
class table_product {
public:
    explicit table_product(std::vector<std::vector<int> const*> pools) : pools_(std::move(pools)) {}

    class iterator {
    public:
        iterator(std::vector<std::vector<int> const*> const& pools, bool done) : pools_(&pools), at_(pools.size()), done_(done) {}
        std::vector<int> const& operator*() {
            row_.resize(at_.size());
            for (std::size_t i = 0; i != at_.size(); ++i) row_[i] = (*(*pools_)[i])[at_[i]];
            return row_;
        }
        iterator& operator++() {
            for (std::size_t i = at_.size(); i-- != 0;) {
                if (++at_[i] != (*pools_)[i]->size()) return *this;
                at_[i] = 0;
            }
            done_ = true;
            return *this;
        }
        bool operator!=(iterator const& other) const { return done_ != other.done_; }

    private:
        std::vector<std::vector<int> const*> const* pools_;
        std::vector<std::size_t> at_;
        std::vector<int> row_{};
        bool done_;
    };

    iterator begin() const { return iterator(pools_, false); }
    iterator end() const { return iterator(pools_, true); }

private:
    std::vector<std::vector<int> const*> pools_;
};

// ---- chain ------------------------------------------------------------------------------------------------------------------------

BENCH("itertools/chain/two_vectors") { return sum_of(it::chain(thousand, reversed), 2000); }
BENCH("itertools/chain_for_each/two_vectors") {
    int sum = 0;
    it::chain(thousand, reversed).for_each([&sum](int x) { sum = mix(sum, x); });
    return {sum, 2000};
}
BENCH("itertools/hand_loops/two_vectors") {
    int sum = 0;
    for (int x : thousand) sum = mix(sum, x);
    for (int x : reversed) sum = mix(sum, x);
    return {sum, 2000};
}
BENCH("itertools/eager_vector/two_vectors") {
    std::vector<int> all(thousand);
    all.insert(all.end(), reversed.begin(), reversed.end());
    return sum_of(all, 2000);
}
BENCH("itertools/segment_test/two_vectors") { return sum_of(table_chain(thousand, reversed), 2000); }
BENCH("itertools/std_function/two_vectors") {
    int sum = 0;
    std::function<void(int)> const visit = [&sum](int x) { sum = mix(sum, x); };
    for (int x : thousand) visit(x);
    for (int x : reversed) visit(x);
    return {sum, 2000};
}

BENCH("itertools/chain/vector_list_vector") { return sum_of(it::chain(thousand, linked, half), 2000); }
BENCH("itertools/chain_for_each/vector_list_vector") {
    int sum = 0;
    it::chain(thousand, linked, half).for_each([&sum](int x) { sum = mix(sum, x); });
    return {sum, 2000};
}
BENCH("itertools/hand_loops/vector_list_vector") {
    int sum = 0;
    for (int x : thousand) sum = mix(sum, x);
    for (int x : linked) sum = mix(sum, x);
    for (int x : half) sum = mix(sum, x);
    return {sum, 2000};
}
BENCH("itertools/segment_test/vector_list_vector") { return sum_of(table_chain(thousand, linked, half), 2000); }

BENCH("itertools/from_iterable/100_of_10") { return sum_of(it::chain.from_iterable(nested), 1000); }
BENCH("itertools/hand_loops/100_of_10") {
    int sum = 0;
    for (auto const& inner : nested) {
        for (int x : inner) sum = mix(sum, x);
    }
    return {sum, 1000};
}

// ---- combinatorics ------------------------------------------------------------------------------------------------------------------

BENCH("itertools/product/100x100x100") {
    int sum = 0;
    for (auto const& [a, b, c] : it::product(hundred, hundred, hundred)) sum = mix(sum, a ^ b ^ c);
    return {sum, 1'000'000};
}
BENCH("itertools/product_for_each/100x100x100") {
    int sum = 0;
    it::product(hundred, hundred, hundred).for_each([&sum](auto const& row) {
        auto const& [a, b, c] = row;
        sum = mix(sum, a ^ b ^ c);
    });
    return {sum, 1'000'000};
}
BENCH("itertools/hand_loops/100x100x100") {
    int sum = 0;
    for (int a : hundred) {
        for (int b : hundred) {
            for (int c : hundred) sum = mix(sum, a ^ b ^ c);
        }
    }
    return {sum, 1'000'000};
}
BENCH("itertools/segment_test/100x100x100") {
    int sum = 0;
    for (auto const& row : table_product({&hundred, &hundred, &hundred})) sum = mix(sum, row[0] ^ row[1] ^ row[2]);
    return {sum, 1'000'000};
}

BENCH("itertools/permutations/10") {
    int sum = 0;
    std::int64_t count = 0;
    for (auto const& order : it::permutations(ten)) {
        sum = mix(sum, order[0] ^ order[9]);
        ++count;
    }
    return {sum, count};
}
BENCH("itertools/std_next_permutation/10") {
    int sum = 0;
    std::int64_t count = 0;
    std::vector<int> order = ten;
    do {
        sum = mix(sum, order[0] ^ order[9]);
        ++count;
    } while (std::next_permutation(order.begin(), order.end()));
    return {sum, count};
}
BENCH("itertools/permutations/10_of_5") {
    int sum = 0;
    std::int64_t count = 0;
    for (auto const& order : it::permutations(ten, 5)) {
        sum = mix(sum, order[0] ^ order[4]);
        ++count;
    }
    return {sum, count};
}

/// The textbook's loop.
template <class Visit>
void each_combination(std::vector<int> const& pool, std::size_t r, Visit visit) {
    std::size_t const n = pool.size();
    std::vector<std::size_t> at(r);
    std::iota(at.begin(), at.end(), 0U);
    for (;;) {
        visit(at);
        std::size_t i = r;
        while (i != 0 && at[i - 1] == n - r + i - 1) --i;
        if (i == 0) return;
        ++at[i - 1];
        for (; i != r; ++i) at[i] = at[i - 1] + 1;
    }
}

BENCH("itertools/combinations/26_of_6") {
    int sum = 0;
    for (auto const& choice : it::combinations(twenty_six, 6)) sum = mix(sum, choice[0] ^ choice[5]);
    return {sum, 230'230};
}
BENCH("itertools/hand_loops/26_of_6") {
    int sum = 0;
    each_combination(twenty_six, 6, [&sum](auto const& at) { sum = mix(sum, twenty_six[at[0]] ^ twenty_six[at[5]]); });
    return {sum, 230'230};
}
BENCH("itertools/eager_vector/26_of_6") {
    std::vector<std::vector<int>> all;
    each_combination(twenty_six, 6, [&all](auto const& at) {
        std::vector<int> choice;
        for (std::size_t i : at) choice.push_back(twenty_six[i]);
        all.push_back(std::move(choice));
    });
    int sum = 0;
    for (auto const& choice : all) sum = mix(sum, choice[0] ^ choice[5]);
    return {sum, 230'230};
}
BENCH("itertools/combinations_with_replacement/16_of_6") {
    int sum = 0;
    for (auto const& choice : it::combinations_with_replacement(sixteen, 6)) sum = mix(sum, choice[0] ^ choice[5]);
    return {sum, 54'264};
}

// ---- one after the other ---------------------------------------------------------------------------------------------------------------

BENCH("itertools/accumulate/1000") { return sum_of(it::accumulate(thousand), 1000); }
BENCH("itertools/hand_loops/1000") {
    int sum = 0, total = 0;
    for (int x : thousand) sum = mix(sum, total += x);
    return {sum, 1000};
}
BENCH("itertools/eager_vector/1000") {
    std::vector<int> totals(thousand.size());
    std::partial_sum(thousand.begin(), thousand.end(), totals.begin());
    return sum_of(totals, 1000);
}

BENCH("itertools/batched/by_4") {
    int sum = 0;
    for (auto const& batch : it::batched(thousand, 4)) {
        for (int x : batch) sum = mix(sum, x);
    }
    return {sum, 250};
}
BENCH("itertools/hand_loops/by_4") {
    int sum = 0;
    std::size_t n = 4;
    benchmark::DoNotOptimize(n);
    for (std::size_t i = 0; i < thousand.size(); i += n) {
        for (std::size_t j = i; j != std::min(i + n, thousand.size()); ++j) sum = mix(sum, thousand[j]);
    }
    return {sum, 250};
}
BENCH("itertools/eager_vector/by_4") {
    std::vector<std::vector<int>> batches;
    for (std::size_t i = 0; i < thousand.size(); i += 4) {
        batches.emplace_back(thousand.begin() + static_cast<std::ptrdiff_t>(i), thousand.begin() + static_cast<std::ptrdiff_t>(std::min(i + 4, thousand.size())));
    }
    int sum = 0;
    for (auto const& batch : batches) {
        for (int x : batch) sum = mix(sum, x);
    }
    return {sum, 250};
}

BENCH("itertools/compress/one_of_three") { return sum_of(it::compress(thousand, selectors), 334); }
BENCH("itertools/hand_loops/one_of_three") {
    int sum = 0;
    for (std::size_t i = 0; i != thousand.size(); ++i) {
        if (selectors[i] != 0) sum = mix(sum, thousand[i]);
    }
    return {sum, 334};
}

BENCH("itertools/cycle/100_laps_of_10") { return sum_of(it::islice(it::cycle(ten), 1000), 1000); }
BENCH("itertools/hand_loops/100_laps_of_10") {
    int sum = 0;
    std::size_t at = 0;
    for (int i = 0; i != 1000; ++i) {
        sum = mix(sum, ten[at]);
        if (++at == ten.size()) at = 0;
    }
    return {sum, 1000};
}

BENCH("itertools/filterfalse/every_second") { return sum_of(it::filterfalse(odd, thousand), 500); }
BENCH("itertools/hand_loops/every_second") {
    int sum = 0;
    for (int x : thousand) {
        if (!odd(x)) sum = mix(sum, x);
    }
    return {sum, 500};
}
BENCH("itertools/eager_vector/every_second") {
    std::vector<int> even;
    std::remove_copy_if(thousand.begin(), thousand.end(), std::back_inserter(even), odd);
    return sum_of(even, 500);
}

BENCH("itertools/groupby/runs_of_4") {
    int sum = 0;
    for (auto const& [key, group] : it::groupby(runs)) {
        for (int x : group) sum = mix(sum, x ^ key);
    }
    return {sum, 1000};
}
BENCH("itertools/hand_loops/runs_of_4") {
    int sum = 0;
    for (std::size_t i = 0; i != runs.size();) {
        int const key = runs[i];
        for (; i != runs.size() && runs[i] == key; ++i) sum = mix(sum, runs[i] ^ key);
    }
    return {sum, 1000};
}
BENCH("itertools/eager_vector/runs_of_4") {
    std::vector<std::pair<int, std::vector<int>>> groups;
    for (int x : runs) {
        if (groups.empty() || groups.back().first != x) groups.emplace_back(x, std::vector<int>());
        groups.back().second.push_back(x);
    }
    int sum = 0;
    for (auto const& [key, group] : groups) {
        for (int x : group) sum = mix(sum, x ^ key);
    }
    return {sum, 1000};
}

BENCH("itertools/islice/every_third") { return sum_of(it::islice(thousand, 0, amphis::None, 3), 334); }
BENCH("itertools/hand_loops/every_third") {
    int sum = 0;
    for (std::size_t i = 0; i < thousand.size(); i += 3) sum = mix(sum, thousand[i]);
    return {sum, 334};
}

BENCH("itertools/pairwise/1000_pairs") {
    int sum = 0;
    for (auto const& [a, b] : it::pairwise(thousand)) sum = mix(sum, a ^ b);
    return {sum, 999};
}
BENCH("itertools/hand_loops/1000_pairs") {
    int sum = 0;
    for (std::size_t i = 1; i != thousand.size(); ++i) sum = mix(sum, thousand[i - 1] ^ thousand[i]);
    return {sum, 999};
}

BENCH("itertools/sliding_window/of_3") {
    int sum = 0;
    for (auto const& window : it::sliding_window(thousand, 3)) sum = mix(sum, window[0] ^ window[1] ^ window[2]);
    return {sum, 998};
}
BENCH("itertools/hand_loops/of_3") {
    int sum = 0;
    for (std::size_t i = 2; i != thousand.size(); ++i) sum = mix(sum, thousand[i - 2] ^ thousand[i - 1] ^ thousand[i]);
    return {sum, 998};
}

BENCH("itertools/starmap/1000_rows") { return sum_of(it::starmap([](int a, int b) { return a ^ b; }, pairs), 1000); }
BENCH("itertools/hand_loops/1000_rows") {
    int sum = 0;
    for (auto const& [a, b] : pairs) sum = mix(sum, a ^ b);
    return {sum, 1000};
}

BENCH("itertools/takewhile/900") { return sum_of(it::takewhile(small, thousand), 900); }
BENCH("itertools/hand_loops/900") {
    int sum = 0;
    for (int x : thousand) {
        if (!small(x)) break;
        sum = mix(sum, x);
    }
    return {sum, 900};
}

BENCH("itertools/tee/two_readers") {
    int sum = 0;
    auto [a, b] = it::tee(thousand);
    for (int round = 0; round != 20; ++round) {
        for (int i = 0; i != 50; ++i) sum = mix(sum, a.next(0));
        for (int i = 0; i != 50; ++i) sum = mix(sum, b.next(0));
    }
    return {sum, 2000};
}
BENCH("itertools/deque/two_readers") {
    int sum = 0;
    std::deque<int> queue;
    auto at = thousand.begin();
    std::size_t taken[2] = {0, 0}, gone = 0;
    auto const next = [&](std::size_t reader) {
        if (taken[reader] == gone + queue.size()) queue.push_back(*at++);
        int const value = queue[taken[reader] - gone];
        if (++taken[reader] <= taken[1 - reader]) {
            queue.pop_front();
            ++gone;
        }
        return value;
    };
    for (int round = 0; round != 20; ++round) {
        for (int i = 0; i != 50; ++i) sum = mix(sum, next(0));
        for (int i = 0; i != 50; ++i) sum = mix(sum, next(1));
    }
    return {sum, 2000};
}

BENCH("itertools/zip_longest/1000_and_500") {
    int sum = 0;
    for (auto const& [a, b] : it::zip_longest(thousand, half, "fillvalue"_k = 7)) sum = mix(sum, a ^ b);
    return {sum, 1000};
}
BENCH("itertools/hand_loops/1000_and_500") {
    int sum = 0;
    for (std::size_t i = 0; i != thousand.size(); ++i) sum = mix(sum, thousand[i] ^ (i < half.size() ? half[i] : 7));
    return {sum, 1000};
}

#if defined(AMPHIS_BENCH_RANGE_V3)
BENCH("itertools/range_v3/two_vectors") { return sum_of(ranges::views::concat(thousand, reversed), 2000); }
BENCH("itertools/range_v3/vector_list_vector") { return sum_of(ranges::views::concat(thousand, linked, half), 2000); }
BENCH("itertools/range_v3/100_of_10") { return sum_of(nested | ranges::views::join, 1000); }
BENCH("itertools/range_v3/100x100x100") {
    int sum = 0;
    for (auto&& [a, b, c] : ranges::views::cartesian_product(hundred, hundred, hundred)) sum = mix(sum, a ^ b ^ c);
    return {sum, 1'000'000};
}
BENCH("itertools/range_v3/1000") { return sum_of(thousand | ranges::views::partial_sum, 1000); }
BENCH("itertools/range_v3/by_4") {
    int sum = 0;
    for (auto&& batch : thousand | ranges::views::chunk(4)) {
        for (int x : batch) sum = mix(sum, x);
    }
    return {sum, 250};
}
BENCH("itertools/range_v3/every_second") { return sum_of(thousand | ranges::views::remove_if(odd), 500); }
BENCH("itertools/range_v3/of_3") {
    int sum = 0;
    for (auto&& window : thousand | ranges::views::sliding(3)) sum = mix(sum, window[0] ^ window[1] ^ window[2]);
    return {sum, 998};
}
#endif

}  // namespace
