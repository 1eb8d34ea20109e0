// SPDX-License-Identifier: MIT
// Each adaptor beside the loop it stands for, over 1000 elements: at most 1.15 times its instructions. What an adaptor may take more is written
// as 15 % of the loop's, or as less where it needs less.
#include "gate.hpp"

#include <amphis/builtins.hpp>
#include <amphis/itertools.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <deque>
#include <list>
#include <numeric>
#include <optional>
#include <utility>
#include <vector>

namespace it = amphis::itertools;

namespace {

constexpr std::size_t size = 1000;
std::vector<int> const values = [] {
    std::vector<int> all(size);
    std::iota(all.begin(), all.end(), 0);
    return all;
}();
std::vector<int> const others(values.rbegin(), values.rend());
std::vector<int> const half(values.begin(), values.begin() + 500);
std::vector<int> const runs = [] {
    std::vector<int> all;
    for (int i = 0; i != 1000; ++i) all.push_back(i / 4);
    return all;
}();
std::vector<unsigned char> const flags = [] {
    std::vector<unsigned char> all;
    for (int i = 0; i != 1000; ++i) all.push_back(i % 3 == 0 ? 1 : 0);
    return all;
}();
std::vector<std::vector<int>> const nested(20, std::vector<int>(50, 3));
std::vector<std::pair<int, int>> const pairs = [] {
    std::vector<std::pair<int, int>> all;
    for (int i = 0; i != 1000; ++i) all.emplace_back(i, 1000 - i);
    return all;
}();
std::list<int> const linked(half.begin(), half.end());
// Not constants: a compiler that knows the elements computes the sums.
std::vector<int> const ten(values.begin(), values.begin() + 10);
std::vector<int> const six(values.begin(), values.begin() + 6);
std::vector<int> const fourteen(values.begin(), values.begin() + 14);

// Not for the vectoriser, which measures how much it knows of the loop, and not what an element costs.
[[gnu::always_inline]] inline int mix(int x, int y) { return opaque(x) * 31 + y; }
/// The allowance with g++, and with clang, which keeps one copy more of an iterator here and there: a register move an element.
[[maybe_unused]] constexpr double of(double gcc, double clang) {
#if defined(__clang__)
    return static_cast<void>(gcc), clang;
#else
    return static_cast<void>(clang), gcc;
#endif
}

constexpr auto odd = [](int x) { return x % 2 != 0; };
constexpr auto small = [](int x) { return x < 900; };

/// The values, once.
class once {
public:
    class iterator {
    public:
        using value_type = int;
        using difference_type = std::ptrdiff_t;
        iterator() = default;
        explicit iterator(int const* at) : at_(at) {}
        iterator(iterator&&) = default;
        iterator& operator=(iterator&&) = default;
        int operator*() const { return *at_; }
        iterator& operator++() { return ++at_, *this; }
        void operator++(int) { ++at_; }
        friend bool operator==(iterator const& it, int const* last) { return it.at_ == last; }

    private:
        int const* at_ = nullptr;
    };
    iterator begin() const { return iterator(values.data()); }
    int const* end() const { return values.data() + values.size(); }
};
}  // namespace

// ---- infinite -------------------------------------------------------------------------------------------------------------------

GATE("itertools/loop/count", reference()) {
    for (auto _ : state) {
        int sum = 0;
        for (long i = opaque(10L); i != 1010; ++i) sum = mix(sum, static_cast<int>(i));
        keep(sum);
    }
}
GATE("itertools/count/islice", no_more_than("itertools/loop/count", +60)) {
    for (auto _ : state) {
        int sum = 0;
        for (long i : it::islice(it::count(opaque(10L)), 1000)) sum = mix(sum, static_cast<int>(i));
        keep(sum);
    }
}
GATE("itertools/loop/count_step", reference()) {
    for (auto _ : state) {
        int sum = 0;
        long const step = opaque(3L);
        long value = 10;
        for (int i = 0; i != 1000; ++i, value += step) sum = mix(sum, static_cast<int>(value));
        keep(sum);
    }
}
GATE("itertools/count/step", no_more_than("itertools/loop/count_step", +60)) {
    for (auto _ : state) {
        int sum = 0;
        for (long i : it::islice(it::count(10L, opaque(3L)), 1000)) sum = mix(sum, static_cast<int>(i));
        keep(sum);
    }
}
GATE("itertools/loop/cycle", reference()) {
    for (auto _ : state) {
        int sum = 0;
        std::size_t at = 0;
        for (int i = 0; i != 1000; ++i) {
            sum = mix(sum, ten[at]);
            if (++at == ten.size()) at = 0;
        }
        keep(sum);
    }
}
GATE("itertools/cycle/islice", no_more_than("itertools/loop/cycle", +1500)) {
    for (auto _ : state) {
        int sum = 0;
        for (int x : it::islice(it::cycle(ten), 1000)) sum = mix(sum, x);
        keep(sum);
    }
}
GATE("itertools/loop/times", reference()) {
    for (auto _ : state) {
        int sum = 0;
        int const x = opaque(7);
        for (int i = 0; i != 1000; ++i) sum = mix(sum, x);
        keep(sum);
    }
}
GATE("itertools/repeat/times", no_more_than("itertools/loop/times", +60)) {
    for (auto _ : state) {
        int sum = 0;
        for (int x : it::repeat(opaque(7), 1000)) sum = mix(sum, x);
        keep(sum);
    }
}

// ---- chain ----------------------------------------------------------------------------------------------------------------------

GATE("itertools/loop/chain", reference()) {
    for (auto _ : state) {
        int sum = 0;
        for (int x : values) sum = mix(sum, x);
        for (int x : others) sum = mix(sum, x);
        keep(sum);
    }
}
GATE("itertools/chain/for", no_more_than("itertools/loop/chain", +60)) {
    for (auto _ : state) {
        int sum = 0;
        for (int x : it::chain(values, others)) sum = mix(sum, x);
        keep(sum);
    }
}
GATE("itertools/loop/chain_mixed", reference()) {
    for (auto _ : state) {
        int sum = 0;
        for (int x : values) sum = mix(sum, x);
        for (int x : linked) sum = mix(sum, x);
        for (int x : ten) sum = mix(sum, x);
        keep(sum);
    }
}
GATE("itertools/chain/mixed_for_each", no_more_than("itertools/loop/chain_mixed", +60)) {
    for (auto _ : state) {
        int sum = 0;
        it::chain(values, linked, ten).for_each([&sum](int x) { sum = mix(sum, x); });
        keep(sum);
    }
}
GATE("itertools/chain/mixed_for", no_more_than("itertools/loop/chain_mixed", +of(1800, 4300))) {
    for (auto _ : state) {
        int sum = 0;
        for (int x : it::chain(values, linked, ten)) sum = mix(sum, x);
        keep(sum);
    }
}
GATE("itertools/loop/nested", reference()) {
    for (auto _ : state) {
        int sum = 0;
        for (auto const& inner : nested) {
            for (int x : inner) sum = mix(sum, x);
        }
        keep(sum);
    }
}
GATE("itertools/chain/from_iterable", no_more_than("itertools/loop/nested", +1200)) {
    for (auto _ : state) {
        int sum = 0;
        for (int x : it::chain.from_iterable(nested)) sum = mix(sum, x);
        keep(sum);
    }
}

// ---- selecting ------------------------------------------------------------------------------------------------------------------

GATE("itertools/loop/compress", reference()) {
    for (auto _ : state) {
        int sum = 0;
        for (std::size_t i = 0; i != values.size() && i != flags.size(); ++i) {
            if (flags[i] != 0) sum = mix(sum, values[i]);
        }
        keep(sum);
    }
}
GATE("itertools/compress/vector", no_more_than("itertools/loop/compress", +1300)) {
    for (auto _ : state) {
        int sum = 0;
        for (int x : it::compress(values, flags)) sum = mix(sum, x);
        keep(sum);
    }
}
GATE("itertools/loop/dropwhile", reference()) {
    for (auto _ : state) {
        int sum = 0;
        std::size_t i = 0;
        while (i != values.size() && values[i] < 100) ++i;
        for (; i != values.size(); ++i) sum = mix(sum, values[i]);
        keep(sum);
    }
}
GATE("itertools/dropwhile/vector", no_more_than("itertools/loop/dropwhile", +60)) {
    for (auto _ : state) {
        int sum = 0;
        for (int x : it::dropwhile([](int x) { return x < 100; }, values)) sum = mix(sum, x);
        keep(sum);
    }
}
GATE("itertools/loop/filterfalse", reference()) {
    for (auto _ : state) {
        int sum = 0;
        for (int x : values) {
            if (!odd(x)) sum = mix(sum, x);
        }
        keep(sum);
    }
}
GATE("itertools/filterfalse/vector", no_more_than("itertools/loop/filterfalse", +of(1200, 2500))) {
    for (auto _ : state) {
        int sum = 0;
        for (int x : it::filterfalse(odd, values)) sum = mix(sum, x);
        keep(sum);
    }
}
GATE("itertools/loop/takewhile", reference()) {
    for (auto _ : state) {
        int sum = 0;
        for (int x : values) {
            if (!small(x)) break;
            sum = mix(sum, x);
        }
        keep(sum);
    }
}
GATE("itertools/takewhile/vector", no_more_than("itertools/loop/takewhile", +60)) {
    for (auto _ : state) {
        int sum = 0;
        for (int x : it::takewhile(small, values)) sum = mix(sum, x);
        keep(sum);
    }
}

// ---- slicing --------------------------------------------------------------------------------------------------------------------

GATE("itertools/loop/islice", reference()) {
    for (auto _ : state) {
        int sum = 0;
        for (std::size_t i = 10; i != 990; ++i) sum = mix(sum, values[i]);
        keep(sum);
    }
}
GATE("itertools/islice/vector", no_more_than("itertools/loop/islice", +60)) {
    for (auto _ : state) {
        int sum = 0;
        for (int x : it::islice(values, 10, 990)) sum = mix(sum, x);
        keep(sum);
    }
}
GATE("itertools/loop/islice_step", reference()) {
    for (auto _ : state) {
        int sum = 0;
        auto const step = static_cast<std::size_t>(opaque(2L));
        for (std::size_t i = 0; i < 1000; i += step) sum = mix(sum, values[i]);
        keep(sum);
    }
}
GATE("itertools/islice/step", no_more_than("itertools/loop/islice_step", +600)) {
    for (auto _ : state) {
        int sum = 0;
        for (int x : it::islice(values, 0, 1000, opaque(2L))) sum = mix(sum, x);
        keep(sum);
    }
}
GATE("itertools/loop/pairwise", reference()) {
    for (auto _ : state) {
        int sum = 0;
        for (std::size_t i = 1; i != values.size(); ++i) sum = mix(sum, values[i - 1] ^ values[i]);
        keep(sum);
    }
}
GATE("itertools/pairwise/vector", no_more_than("itertools/loop/pairwise", +60)) {
    for (auto _ : state) {
        int sum = 0;
        for (auto [a, b] : it::pairwise(values)) sum = mix(sum, a ^ b);
        keep(sum);
    }
}
GATE("itertools/loop/batched", reference()) {
    for (auto _ : state) {
        int sum = 0;
        std::size_t const n = static_cast<std::size_t>(opaque(8L));
        for (std::size_t i = 0; i < values.size(); i += n) {
            int total = 0;
            std::size_t const last = std::min(i + n, values.size());
            for (std::size_t j = i; j != last; ++j) total = mix(total, values[j]);
            sum ^= total;
        }
        keep(sum);
    }
}
GATE("itertools/batched/vector", no_more_than("itertools/loop/batched", +1400)) {
    for (auto _ : state) {
        int sum = 0;
        for (auto const& batch : it::batched(values, opaque(8L))) {
            int total = 0;
            for (int x : batch) total = mix(total, x);
            sum ^= total;
        }
        keep(sum);
    }
}

// ---- mapping --------------------------------------------------------------------------------------------------------------------

GATE("itertools/loop/accumulate", reference()) {
    for (auto _ : state) {
        int sum = 0;
        int total = 0;
        bool first = true;
        for (int x : values) {
            total = first ? x : total + x;
            first = false;
            sum = mix(sum, total);
        }
        keep(sum);
    }
}
GATE("itertools/accumulate/vector", no_more_than("itertools/loop/accumulate", +1200)) {
    for (auto _ : state) {
        int sum = 0;
        for (int x : it::accumulate(values)) sum = mix(sum, x);
        keep(sum);
    }
}
GATE("itertools/loop/accumulate_initial", reference()) {
    for (auto _ : state) {
        int total = opaque(5);
        int sum = mix(0, total);
        for (int x : values) {
            total += x;
            sum = mix(sum, total);
        }
        keep(sum);
    }
}
GATE("itertools/accumulate/initial", no_more_than("itertools/loop/accumulate_initial", +60)) {
    using namespace amphis::literals;
    for (auto _ : state) {
        int sum = 0;
        for (int x : it::accumulate(values, "initial"_k = opaque(5))) sum = mix(sum, x);
        keep(sum);
    }
}
GATE("itertools/loop/starmap", reference()) {
    for (auto _ : state) {
        int sum = 0;
        for (auto const& [a, b] : pairs) sum = mix(sum, a ^ b);
        keep(sum);
    }
}
GATE("itertools/starmap/vector", no_more_than("itertools/loop/starmap", +60)) {
    for (auto _ : state) {
        int sum = 0;
        for (int x : it::starmap([](int a, int b) { return a ^ b; }, pairs)) sum = mix(sum, x);
        keep(sum);
    }
}

// ---- zip_longest, groupby, tee -----------------------------------------------------------------------------------------------------

GATE("itertools/loop/zip_longest", reference()) {
    for (auto _ : state) {
        int sum = 0;
        std::size_t const n = std::max(values.size(), half.size());
        for (std::size_t i = 0; i != n; ++i) {
            int const a = i < values.size() ? values[i] : -1;
            int const b = i < half.size() ? half[i] : -1;
            sum = mix(sum, a ^ b);
        }
        keep(sum);
    }
}
GATE("itertools/zip_longest/vector", no_more_than("itertools/loop/zip_longest", +2300)) {
    using namespace amphis::literals;
    for (auto _ : state) {
        int sum = 0;
        for (auto [a, b] : it::zip_longest(values, half, "fillvalue"_k = -1)) sum = mix(sum, a ^ b);
        keep(sum);
    }
}
GATE("itertools/loop/groupby", reference()) {
    for (auto _ : state) {
        int sum = 0;
        std::size_t i = 0;
        while (i != runs.size()) {
            int const key = runs[i];
            int total = 0;
            while (i != runs.size() && runs[i] == key) total = mix(total, runs[i++]);
            sum ^= total + key;
        }
        keep(sum);
    }
}
GATE("itertools/groupby/vector", no_more_than("itertools/loop/groupby", +1700)) {
    for (auto _ : state) {
        int sum = 0;
        for (auto [key, group] : it::groupby(runs)) {
            int total = 0;
            for (int x : group) total = mix(total, x);
            sum ^= total + key;
        }
        keep(sum);
    }
}
// By hand: a queue of what one reader has read and the other has not, whichever is ahead.
namespace {
struct two_readers {
    int const* at = values.data();
    int const* last = values.data() + values.size();
    std::deque<int> queue{};
    std::size_t taken[2] = {0, 0};
    std::size_t gone = 0;

    std::optional<int> next(std::size_t reader) {
        if (taken[reader] == gone + queue.size()) {
            if (at == last) return std::nullopt;
            queue.push_back(*at++);
        }
        int const value = queue[taken[reader] - gone];
        if (++taken[reader] <= taken[1 - reader]) {
            queue.pop_front();
            ++gone;
        }
        return value;
    }
};
}  // namespace

GATE("itertools/deque/two_readers", reference()) {
    for (auto _ : state) {
        int sum = 0;
        two_readers both;
        for (int round = 0; round != 20; ++round) {
            for (int i = 0; i != 50; ++i) sum = mix(sum, both.next(0).value_or(0));
            for (int i = 0; i != 50; ++i) sum = mix(sum, both.next(1).value_or(0));
        }
        keep(sum);
    }
}
GATE("itertools/tee/two_readers", no_more_than("itertools/deque/two_readers", +60)) {
    for (auto _ : state) {
        int sum = 0;
        auto [a, b] = it::tee(once());
        for (int round = 0; round != 20; ++round) {
            for (int i = 0; i != 50; ++i) sum = mix(sum, a.next(0));
            for (int i = 0; i != 50; ++i) sum = mix(sum, b.next(0));
        }
        keep(sum);
    }
}

// ---- combinatorics ---------------------------------------------------------------------------------------------------------------

GATE("itertools/loop/product", reference()) {
    for (auto _ : state) {
        int sum = 0;
        for (int a : ten) {
            for (int b : ten) {
                for (int c : ten) sum = mix(sum, a ^ b ^ c);
            }
        }
        keep(sum);
    }
}
GATE("itertools/product/for_each", no_more_than("itertools/loop/product", +of(60, 800))) {
    for (auto _ : state) {
        int sum = 0;
        it::product(ten, ten, ten).for_each([&sum](auto const& row) {
            auto const& [a, b, c] = row;
            sum = mix(sum, a ^ b ^ c);
        });
        keep(sum);
    }
}
GATE("itertools/product/for", no_more_than("itertools/loop/product", +1400)) {
    for (auto _ : state) {
        int sum = 0;
        for (auto const& [a, b, c] : it::product(ten, ten, ten)) sum = mix(sum, a ^ b ^ c);
        keep(sum);
    }
}

// By hand: the textbook's loop on a vector of indices.
GATE("itertools/loop/combinations", reference()) {
    for (auto _ : state) {
        int sum = 0;
        std::size_t const n = fourteen.size(), r = static_cast<std::size_t>(opaque(6L));
        std::vector<std::size_t> at(r);
        std::iota(at.begin(), at.end(), 0U);
        for (;;) {
            sum = mix(sum, fourteen[at[0]] ^ fourteen[at[r - 1]]);
            std::size_t i = r;
            while (i != 0 && at[i - 1] == n - r + i - 1) --i;
            if (i == 0) break;
            ++at[i - 1];
            for (; i != r; ++i) at[i] = at[i - 1] + 1;
        }
        keep(sum);
    }
}
GATE("itertools/combinations/array", no_more_than("itertools/loop/combinations", +60)) {
    for (auto _ : state) {
        int sum = 0;
        auto const r = static_cast<std::size_t>(opaque(6L));
        for (auto const& choice : it::combinations(fourteen, r)) sum = mix(sum, choice[0] ^ choice[r - 1]);
        keep(sum);
    }
}
GATE("itertools/loop/combinations_with_replacement", reference()) {
    for (auto _ : state) {
        int sum = 0;
        std::size_t const n = ten.size(), r = static_cast<std::size_t>(opaque(5L));
        std::vector<std::size_t> at(r);
        for (;;) {
            sum = mix(sum, ten[at[0]] ^ ten[at[r - 1]]);
            std::size_t i = r;
            while (i != 0 && at[i - 1] == n - 1) --i;
            if (i == 0) break;
            std::size_t const value = at[i - 1] + 1;
            for (; i != r + 1; ++i) at[i - 1] = value;
        }
        keep(sum);
    }
}
GATE("itertools/combinations_with_replacement/array", no_more_than("itertools/loop/combinations_with_replacement", +60)) {
    for (auto _ : state) {
        int sum = 0;
        auto const r = static_cast<std::size_t>(opaque(5L));
        for (auto const& choice : it::combinations_with_replacement(ten, r)) sum = mix(sum, choice[0] ^ choice[r - 1]);
        keep(sum);
    }
}
GATE("itertools/next_permutation/six", reference()) {
    for (auto _ : state) {
        int sum = 0;
        auto order = six;
        do {
            sum = mix(sum, order[0] ^ order[5]);
        } while (std::next_permutation(order.begin(), order.end()));
        keep(sum);
    }
}
GATE("itertools/permutations/six", no_more_than("itertools/next_permutation/six", +4400)) {
    for (auto _ : state) {
        int sum = 0;
        for (auto const& order : it::permutations(six)) sum = mix(sum, order[0] ^ order[5]);
        keep(sum);
    }
}

// ---- over a source that can be read only once ----------------------------------------------------------------------------------------

GATE("itertools/loop/once", reference()) {
    for (auto _ : state) {
        int sum = 0;
        for (int x : once()) sum = mix(sum, x);
        keep(sum);
    }
}
GATE("itertools/chain/once", no_more_than("itertools/loop/once", +60)) {
    for (auto _ : state) {
        int sum = 0;
        for (int x : it::chain(once())) sum = mix(sum, x);
        keep(sum);
    }
}
GATE("itertools/loop/once_counted", reference()) {
    for (auto _ : state) {
        int sum = 0;
        long left = opaque(1000L);
        for (int x : once()) {
            sum = mix(sum, x);
            if (--left == 0) break;
        }
        keep(sum);
    }
}
GATE("itertools/islice/once", no_more_than("itertools/loop/once_counted", +1500)) {
    for (auto _ : state) {
        int sum = 0;
        for (int x : it::islice(once(), opaque(1000L))) sum = mix(sum, x);
        keep(sum);
    }
}
GATE("itertools/filterfalse/once", no_more_than("itertools/loop/filterfalse", +of(1200, 1600))) {
    for (auto _ : state) {
        int sum = 0;
        for (int x : it::filterfalse(odd, once())) sum = mix(sum, x);
        keep(sum);
    }
}
GATE("itertools/takewhile/once", no_more_than("itertools/loop/takewhile", +60)) {
    for (auto _ : state) {
        int sum = 0;
        for (int x : it::takewhile(small, once())) sum = mix(sum, x);
        keep(sum);
    }
}
GATE("itertools/accumulate/once", no_more_than("itertools/loop/accumulate", +of(1200, 2100))) {
    for (auto _ : state) {
        int sum = 0;
        for (int x : it::accumulate(once())) sum = mix(sum, x);
        keep(sum);
    }
}
GATE("itertools/pairwise/once", no_more_than("itertools/loop/pairwise", +1350)) {
    for (auto _ : state) {
        int sum = 0;
        for (auto [a, b] : it::pairwise(once())) sum = mix(sum, a ^ b);
        keep(sum);
    }
}
GATE("itertools/loop/once_groups", reference()) {
    for (auto _ : state) {
        int sum = 0;
        once const source;
        auto at = source.begin();
        int x = *at;
        for (bool more = true; more;) {
            int const key = x / 4;
            do {
                sum = mix(sum, x ^ key);
                ++at;
                more = !(at == source.end());
                if (more) x = *at;
            } while (more && x / 4 == key);
        }
        keep(sum);
    }
}
GATE("itertools/groupby/once", no_more_than("itertools/loop/once_groups", +1900)) {
    for (auto _ : state) {
        int sum = 0;
        for (auto [key, group] : it::groupby(once(), [](int x) { return x / 4; })) {
            for (int x : group) sum = mix(sum, x ^ key);
        }
        keep(sum);
    }
}
