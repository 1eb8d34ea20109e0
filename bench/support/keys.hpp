// SPDX-License-Identifier: MIT
// keys: the streams of keys that every contender is driven with. bench/functools.bench.py draws the same ones, number for number.
//
// A stream holds key numbers; a pool turns a number into the key. Both are made before the clock starts.
#ifndef AMPHIS_BENCH_SUPPORT_KEYS_HPP
#define AMPHIS_BENCH_SUPPORT_KEYS_HPP

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <string>
#include <vector>

namespace keys {

using stream = std::vector<std::uint32_t>;

/// splitmix64
class random {
public:
    explicit random(std::uint64_t seed) : state_{seed} {}
    std::uint64_t operator()() {
        std::uint64_t z = state_ += 0x9E3779B97F4A7C15U;
        z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9U;
        z = (z ^ (z >> 27U)) * 0x94D049BB133111EBU;
        return z ^ (z >> 31U);
    }

private:
    std::uint64_t state_;
};

/// `count` numbers below `different`, each equally likely.
inline stream uniform(std::size_t count, std::uint32_t different, std::uint64_t seed = 1) {
    random draw{seed};
    stream numbers(count);
    for (auto& number : numbers) number = static_cast<std::uint32_t>(((draw() >> 32U) * different) >> 32U);
    return numbers;
}

/// first, first + 1, ...
inline stream ascending(std::size_t count, std::uint32_t first = 0) {
    stream numbers(count);
    for (auto& number : numbers) number = first++;
    return numbers;
}

/// Number k is drawn in proportion to 1 / (k + 1). Of 1000 numbers, a cache of 128 has 61 % of the calls.
inline stream zipf(std::size_t count, std::uint32_t different, std::uint64_t seed = 1) {
    std::vector<double> sums(different);
    double sum = 0;
    for (std::uint32_t k = 0; k != different; ++k) sums[k] = sum += 1.0 / (k + 1);
    random draw{seed};
    stream numbers(count);
    for (auto& number : numbers) {
        double const at = static_cast<double>(draw() >> 11U) * 0x1p-53 * sum;
        number = static_cast<std::uint32_t>(std::upper_bound(sums.begin(), sums.end(), at) - sums.begin());
    }
    return numbers;
}

/// 95 calls of 100 are for one of 64 numbers; the others are each for the next of 100,000 that only this stream has.
inline stream mostly_hits(std::size_t count, std::uint32_t which) {
    random draw{which + 1};
    std::uint32_t const first = 1000 + which * 100'000;
    std::uint32_t next = 0;
    stream numbers(count);
    for (auto& number : numbers) {
        std::uint64_t const word = draw();
        number = word % 100 < 95 ? static_cast<std::uint32_t>(word >> 32U) % 64 : first + next++ % 100'000;
    }
    return numbers;
}

/// Numbers scattered over all of int, one for each number of the stream.
struct ints {
    using type = int;

    explicit ints(std::size_t) {}
    static std::vector<int> of(stream const& numbers) {
        std::vector<int> made;
        made.reserve(numbers.size());
        for (std::uint32_t word : numbers) {  // murmur3's finaliser, a bijection
            word = (word ^ (word >> 16U)) * 0x85EBCA6BU;
            word = (word ^ (word >> 13U)) * 0xC2B2AE35U;
            made.push_back(static_cast<int>(word ^ (word >> 16U)));
        }
        return made;
    }
    static int key(int number) { return number; }
};

/// The numbers of the stream themselves. An identity hash, as std::hash<int> is, then never collides.
struct dense_ints {
    using type = int;

    explicit dense_ints(std::size_t) {}
    static std::vector<int> of(stream const& numbers) { return {numbers.begin(), numbers.end()}; }
    static int key(int number) { return number; }
};

/// "user:00000000000042/p": 21 characters, which no std::string holds without the heap.
class strings {
public:
    using type = std::string;

    explicit strings(std::size_t different) {
        pool_.reserve(different);
        for (std::size_t i = 0; i != different; ++i) {
            char text[32];
            std::snprintf(text, sizeof(text), "user:%014zu/p", i);
            pool_.emplace_back(text);
        }
    }
    [[nodiscard]] std::vector<std::string const*> of(stream const& numbers) const {
        std::vector<std::string const*> made;
        made.reserve(numbers.size());
        for (auto number : numbers) made.push_back(&pool_[number]);
        return made;
    }
    static std::string const& key(std::string const* at) { return *at; }

private:
    std::vector<std::string> pool_;
};

}  // namespace keys

#endif  // AMPHIS_BENCH_SUPPORT_KEYS_HPP
