// SPDX-License-Identifier: MIT
#include <amphis/builtins.hpp>
#include <amphis/itertools.hpp>
#include <amphis/lang/generator.hpp>

#include "support/catch.hpp"
#include "support/iteration.hpp"
#include "support/probes.hpp"

#include <array>
#include <cctype>
#include <cstdint>
#include <forward_list>
#include <list>
#include <ranges>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

namespace it = amphis::itertools;
using namespace amphis::literals;
using namespace std::string_literals;
using amphis::generator, amphis::None, amphis::ValueError;
using probes::input_iterable;
using probes::move_only;
using probes::tracked;
using iteration::ints, iteration::left, iteration::message, iteration::shown;

namespace {
template <class R>
constexpr bool input_view = std::ranges::input_range<R> && std::ranges::view<R> && !std::ranges::forward_range<R>;

/// FNV-1a of the reprs that CPython prints, where they are too long to stand here.
class fingerprint {
public:
    void add(std::string const& text) {
        for (char c : text) hash_ = (hash_ ^ static_cast<unsigned char>(c)) * 0x100000001b3U;
    }
    [[nodiscard]] std::uint64_t value() const { return hash_; }

private:
    std::uint64_t hash_ = 0xcbf29ce484222325U;
};
std::vector<int> upto(int n) {
    std::vector<int> all;
    for (int i = 0; i < n; ++i) all.push_back(i);
    return all;
}
template <class Fn>
std::uint64_t all_of(Fn const& fn, int most_r = 7) {
    fingerprint print;
    for (int n = 0; n != 7; ++n) {
        for (int r = 0; r != n + 2 && r <= most_r; ++r) print.add(shown(fn(upto(n), r)));
    }
    return print.value();
}
}  // namespace

// ---- combinations, combinations_with_replacement, permutations -------------------------------------------------------------------

TEST_CASE("combinations: by position", "[itertools][combinations]") {
    // >>> list(combinations('ABCD', 2)), list(combinations(range(4), 3))
    CHECK(shown(it::combinations("ABCD"s, 2)) == "[('A', 'B'), ('A', 'C'), ('A', 'D'), ('B', 'C'), ('B', 'D'), ('C', 'D')]");
    CHECK(shown(it::combinations(upto(4), 3)) == "[(0, 1, 2), (0, 1, 3), (0, 2, 3), (1, 2, 3)]");
    // >>> list(combinations('AA', 1)), list(combinations('abc', 32)), list(combinations('', 0)), list(combinations('abc', 0))
    CHECK(shown(it::combinations("AA"s, 1)) == "[('A',), ('A',)]");
    CHECK(shown(it::combinations("abc"s, 32)) == "[]");
    CHECK(shown(it::combinations(""s, 0)) == "[()]");
    CHECK(shown(it::combinations("abc"s, "r"_k = 0)) == "[()]");
}

TEST_CASE("combinatorics: all small ones are CPython's", "[itertools][combinations][permutations]") {
    // >>> ''.join(repr(list(f(range(n), r))) for n in range(7) for r in range(n + 2))
    CHECK(all_of(it::combinations) == 0x2ad922627b3331e2U);
    CHECK(all_of(it::combinations_with_replacement) == 0xa589b866947402a9U);
    CHECK(all_of(it::permutations) == 0xb926a04b914e531aU);
    CHECK(all_of([](std::vector<int> pool, int r) { return it::product(std::move(pool), "repeat"_k = r); }, 5) == 0x3f213e1a25cfec7fU);
    fingerprint whole;  // >>> ''.join(repr(list(permutations(range(n)))) for n in range(8))
    for (int n = 0; n != 8; ++n) whole.add(shown(it::permutations(upto(n))));
    CHECK(whole.value() == 0x28bb4d7d89c2f727U);
    // >>> repr(list(permutations(range(20), 2))), repr(list(combinations(range(24), 3))), repr(list(combinations(range(20), 18)))
    fingerprint wide, deep, many;
    wide.add(shown(it::permutations(upto(20), 2)));
    CHECK(wide.value() == 0x380e67f1f7f32d43U);
    deep.add(shown(it::combinations(upto(24), 3)));
    CHECK(deep.value() == 0x24e4fa212d9a5bbfU);
    many.add(shown(it::combinations(upto(20), 18)));  // more indices than fit without allocation
    CHECK(many.value() == 0xe06c98dfeed7ec8fU);
}

TEST_CASE("permutations: by position, with r or without", "[itertools][permutations]") {
    // >>> list(permutations('ABC', 2)), list(permutations('aba')), list(permutations('ab', None)), list(permutations('abc', 4))
    CHECK(shown(it::permutations("ABC"s, 2)) == "[('A', 'B'), ('A', 'C'), ('B', 'A'), ('B', 'C'), ('C', 'A'), ('C', 'B')]");
    CHECK(shown(it::permutations("aba"s)) ==
          "[('a', 'b', 'a'), ('a', 'a', 'b'), ('b', 'a', 'a'), ('b', 'a', 'a'), ('a', 'a', 'b'), ('a', 'b', 'a')]");
    CHECK(shown(it::permutations("ab"s, None)) == "[('a', 'b'), ('b', 'a')]");
    CHECK(shown(it::permutations("abc"s, 4)) == "[]");
    CHECK(shown(it::permutations(""s)) == "[()]");
    CHECK(shown(it::permutations("ab"s, "r"_k = 1)) == "[('a',), ('b',)]");
}

TEST_CASE("combinations_with_replacement: each as often as you like", "[itertools][combinations_with_replacement]") {
    auto const cwr = it::combinations_with_replacement;
    // >>> list(cwr('ABC', 2)), list(cwr('', 2)), list(cwr('', 0)), list(cwr('a', 3))
    CHECK(shown(cwr("ABC"s, 2)) == "[('A', 'A'), ('A', 'B'), ('A', 'C'), ('B', 'B'), ('B', 'C'), ('C', 'C')]");
    CHECK(shown(cwr(""s, 2)) == "[]");
    CHECK(shown(cwr(""s, 0)) == "[()]");
    CHECK(shown(cwr("a"s, 3)) == "[('a', 'a', 'a')]");
}

TEST_CASE("combinatorics: r is checked when called", "[itertools][combinations]") {
    auto const negative = "ValueError: r must be non-negative"s;
    CHECK(message([] { (void)it::combinations("abc"s, -2); }) == negative);
    CHECK(message([] { (void)it::combinations_with_replacement("abc"s, -2); }) == negative);
    CHECK(message([] { (void)it::permutations("abc"s, -2); }) == negative);
    CHECK(message([] { (void)it::product("ab"s, "repeat"_k = -1); }) == "ValueError: repeat argument cannot be negative");
}

TEST_CASE("combinatorics: a single-pass source is read when called, as in Python", "[itertools][combinations]") {
    // >>> g = iter([1, 2, 3]); c = combinations(g, 2); next(g, 0)
    auto g = ints({1, 2, 3});
    auto const c = it::combinations(g, 2);
    CHECK(g.next(0) == 0);
    CHECK(shown(c) == "[(1, 2), (1, 3), (2, 3)]");
    CHECK(shown(c) == "[(1, 2), (1, 3), (2, 3)]");
    auto h = ints({1, 2});
    auto const p = it::product(h, "ab"s);
    CHECK(h.next(0) == 0);
    CHECK(shown(p) == "[(1, 'a'), (1, 'b'), (2, 'a'), (2, 'b')]");
    CHECK(shown(it::permutations(input_iterable{1, 2})) == "[(1, 2), (2, 1)]");
    auto const raising = []() -> generator<int> {
        co_yield 1;
        throw ValueError("source");
    };
    CHECK_THROWS_AS(it::combinations(raising(), 1), ValueError);
    CHECK_THROWS_AS(it::product(raising(), "ab"s), ValueError);
    CHECK_THROWS_AS(it::product(raising(), "repeat"_k = 2), ValueError);
}

TEST_CASE("combinatorics: tuples refer to the elements and copy none", "[itertools][combinations]") {
    std::vector<tracked> const objects{1, 2, 3};
    std::list<tracked> const linked(objects.begin(), objects.end());
    tracked::reset();
    int sum = 0;
    for (auto const& pair : it::combinations(objects, 2)) sum += pair[0].value * pair[1].value;
    for (auto const& pair : it::combinations(linked, 2)) sum += pair[0].value * pair[1].value;
    for (auto const& triple : it::permutations(objects)) sum += triple[2].value;
    for (auto const& [a, b] : it::product(objects, linked)) sum += a.value * b.value;
    for (auto const& pair : it::product(linked, "repeat"_k = 2)) sum += pair[0].value * pair[1].value;
    CHECK(sum == 11 + 11 + 12 + 36 + 36);
    CHECK(tracked::copies == 0);
    std::vector<int> v{1, 2};
    for (auto const& pair : it::combinations(v, 2)) pair[1] = 7;
    CHECK(v == std::vector{1, 7});
    std::vector<move_only> owners;
    owners.emplace_back(1);
    owners.emplace_back(2);
    for (auto const& pair : it::combinations(owners, 2)) CHECK(pair[1].value == 2);
    for (auto const& [a, b] : it::product(owners, owners)) CHECK(a.value * b.value > 0);
}

TEST_CASE("combinatorics: a tuple that is kept stays as it is", "[itertools][combinations]") {
    std::string const abc = "ABC";
    auto choices = it::combinations(abc, 2);
    auto at = choices.begin();
    auto const first = *at;                                                  // refers to the elements
    std::ranges::range_value_t<decltype(choices)> const owned = *at;         // has its own
    ++at;
    CHECK(amphis::repr(first) == "('A', 'B')");
    CHECK(amphis::repr(owned) == "('A', 'B')");
    CHECK(amphis::repr(*at) == "('A', 'C')");
    CHECK(first == owned);
    CHECK(owned < *at);
    CHECK(amphis::repr(it::combinations(upto(20), 17).begin().operator*()).size() > 20);
    std::vector const wide = upto(20);
    auto long_ones = it::combinations(wide, 18);
    auto place = long_ones.begin();
    auto const kept = *place;
    ++place;
    CHECK(kept.size() == 18);
    CHECK(kept != *place);
    std::set<std::ranges::range_value_t<decltype(choices)>> set;
    for (auto const& pair : choices) set.insert(pair);
    CHECK(set.size() == 3);
}

TEST_CASE("combinatorics: views can be iterated again, and know their size", "[itertools][combinations]") {
    auto const c = it::combinations("ABCD"s, 2);
    CHECK(shown(c) == shown(c));
    CHECK(c.size() == 6);
    CHECK(it::combinations(upto(52), 5).size() == 2598960);
    CHECK(it::combinations(upto(60), 30).size() == 118264581564861424U);
    CHECK(it::combinations_with_replacement(upto(5), 3).size() == 35);
    CHECK(it::permutations(upto(10)).size() == 3628800);
    CHECK(it::permutations(upto(10), 3).size() == 720);
    CHECK(it::permutations(upto(2), 3).size() == 0);
    CHECK(it::product(upto(3), "repeat"_k = 4).size() == 81);
    CHECK(it::powerset(upto(5)).size() == 32);
    CHECK(message([] { (void)it::permutations(upto(30)).size(); }) == "OverflowError: cannot fit 'int' into an index-sized integer");
    static_assert(input_view<std::remove_const_t<decltype(c)>> && std::ranges::sized_range<decltype(c)>);
}

TEST_CASE("combinatorics: with r as a constant the tuples come apart by name", "[itertools][combinations]") {
    std::vector v{1, 2, 3};
    std::string out;
    for (auto [a, b] : it::combinations(v, std::integral_constant<int, 2>())) out += std::to_string(a) + std::to_string(b) + " ";
    CHECK(out == "12 13 23 ");
    static_assert(std::ranges::forward_range<decltype(it::combinations(v, std::integral_constant<int, 2>()))>);
    CHECK(shown(it::permutations(v, std::integral_constant<int, 2>())) == "[(1, 2), (1, 3), (2, 1), (2, 3), (3, 1), (3, 2)]");
    CHECK(shown(it::combinations_with_replacement("ab"s, std::integral_constant<int, 2>())) == "[('a', 'a'), ('a', 'b'), ('b', 'b')]");
    CHECK(shown(it::combinations("ab"s, std::integral_constant<int, 3>())) == "[]");
    CHECK(shown(it::combinations("ab"s, std::integral_constant<int, 0>())) == "[()]");
}

// ---- product ----------------------------------------------------------------------------------------------------------------

TEST_CASE("product: the last one turns fastest", "[itertools][product]") {
    // >>> list(product('AB', 'xy')), list(product()), list(product('ab')), list(product([], 'ab')), list(product('ab', []))
    CHECK(shown(it::product("AB"s, "xy"s)) == "[('A', 'x'), ('A', 'y'), ('B', 'x'), ('B', 'y')]");
    CHECK(shown(it::product()) == "[()]");
    CHECK(shown(it::product("ab"s)) == "[('a',), ('b',)]");
    std::vector<int> const none;
    CHECK(shown(it::product(none, "ab"s)) == "[]");
    CHECK(shown(it::product("ab"s, none)) == "[]");
    CHECK(shown(it::product("ab"s, none, "ab"s)) == "[]");
    // >>> list(product(range(2), 'ab', [0.5]))
    CHECK(shown(it::product(upto(2), "ab"s, std::list{0.5})) == "[(0, 'a', 0.5), (0, 'b', 0.5), (1, 'a', 0.5), (1, 'b', 0.5)]");
    CHECK(shown(it::product(ints({1, 2}), input_iterable{3, 4})) == "[(1, 3), (1, 4), (2, 3), (2, 4)]");
    CHECK(shown(it::islice(it::product(it::count(), "ab"s), 3)) == "[(0, 'a'), (0, 'b'), (1, 'a')]");
    CHECK(shown(it::product("ab", "c")) == "[('a', 'c'), ('b', 'c')]");
}

TEST_CASE("product: repeat", "[itertools][product]") {
    // >>> list(product('ab', repeat=2)), list(product('ab', repeat=0)), list(product([], repeat=0)), list(product('', repeat=2))
    CHECK(shown(it::product("ab"s, "repeat"_k = 2)) == "[('a', 'a'), ('a', 'b'), ('b', 'a'), ('b', 'b')]");
    CHECK(shown(it::product("ab"s, "repeat"_k = 0)) == "[()]");
    CHECK(shown(it::product(""s, "repeat"_k = 0)) == "[()]");
    CHECK(shown(it::product(""s, "repeat"_k = 2)) == "[]");
    std::string const ab = "ab", x = "x";
    CHECK(shown(it::product(ab, "repeat"_k = std::integral_constant<int, 2>())) == "[('a', 'a'), ('a', 'b'), ('b', 'a'), ('b', 'b')]");
    // >>> list(product('ab', 'x', repeat=2))
    CHECK(shown(it::product(ab, x, "repeat"_k = std::integral_constant<int, 2>())) ==
          "[('a', 'x', 'a', 'x'), ('a', 'x', 'b', 'x'), ('b', 'x', 'a', 'x'), ('b', 'x', 'b', 'x')]");
    CHECK(shown(it::product(ab, "repeat"_k = std::integral_constant<int, 0>())) == "[()]");
    CHECK(shown(it::product(it::repeat(1, 2), "repeat"_k = std::integral_constant<int, 2>())) == "[(1, 1), (1, 1), (1, 1), (1, 1)]");
    CHECK(shown(it::product(ints({0, 1}), "repeat"_k = 2)) == "[(0, 0), (0, 1), (1, 0), (1, 1)]");
}

TEST_CASE("product: a forward view of references; nested loops for who collects", "[itertools][product]") {
    std::vector v{1, 2};
    std::list l{3, 4};
    auto pairs = it::product(v, l);
    static_assert(std::ranges::forward_range<decltype(pairs)> && std::ranges::forward_range<decltype(pairs) const>);
    CHECK(pairs.size() == 4);
    for (auto [a, b] : pairs) a += 10;
    CHECK(v == std::vector{21, 22});
    std::string each;
    pairs.for_each([&each](auto const& pair) { each += amphis::repr(pair); });
    CHECK(each == "(21, 3)(21, 4)(22, 3)(22, 4)");
    auto at = pairs.begin();
    CHECK(at++ == pairs.begin());
    CHECK(at != pairs.begin());
    int calls = 0;
    auto const computed = v | std::views::transform([&calls](int x) { return ++calls, x; });
    CHECK(it::product(computed, computed).size() == 4);
    CHECK(calls == 4);  // once each, when product() is called
}

// ---- recipes ----------------------------------------------------------------------------------------------------------------

TEST_CASE("recipes: take, tail, nth, consume", "[itertools][recipes]") {
    CHECK(it::take(3, it::count()) == std::vector<std::ptrdiff_t>{0, 1, 2});
    CHECK(it::take(9, "ab"s) == std::vector{'a', 'b'});
    auto g = ints({1, 2, 3});
    CHECK(it::take(2, g) == std::vector{1, 2});
    CHECK(left(g) == "[3]");
    // >>> list(tail(3, 'ABCDEFG')), list(tail(9, 'AB')), list(tail(0, 'AB'))
    CHECK(shown(it::tail(3, "ABCDEFG"s)) == "['E', 'F', 'G']");
    CHECK(shown(it::tail(9, "AB"s)) == "['A', 'B']");
    CHECK(shown(it::tail(0, "AB"s)) == "[]");
    CHECK(shown(it::tail(2, ints({1, 2, 3, 4, 5}))) == "[4, 5]");
    CHECK(shown(it::tail(9, ints({1, 2}))) == "[1, 2]");
    CHECK(shown(it::tail(0, ints({1, 2}))) == "[]");
    CHECK(message([] { (void)it::tail(-1, ints({})); }) == "ValueError: maxlen must be non-negative");
    CHECK(it::nth("abc"s, 1) == 'b');
    CHECK(it::nth("abc"s, 3) == std::nullopt);
    CHECK(it::nth("abc"s, 9, '?') == '?');
    CHECK(it::nth("abc"s, 9, None) == std::nullopt);
    CHECK(it::nth(ints({5, 6}), 1) == 6);
    auto h = ints({0, 1, 2, 3, 4});
    it::consume(h, 2);
    CHECK(h.next() == 2);
    it::consume(h);
    CHECK(left(h) == "[]");
}

TEST_CASE("recipes: all_equal, quantify, first_true, dotproduct", "[itertools][recipes]") {
    CHECK(it::all_equal("aaa"s));
    CHECK(it::all_equal(""s));
    CHECK_FALSE(it::all_equal(ints({1, 1, 2})));
    CHECK(it::quantify(std::vector{0, 1, 2}) == 2);
    CHECK(it::quantify(ints({1, 2, 3}), [](int x) { return x > 1; }) == 2);
    CHECK(it::first_true(std::vector{0, 3, 5}) == 3);
    CHECK(it::first_true(std::vector{0, 0}) == std::nullopt);
    CHECK(it::first_true(std::vector{0, 0}, 7) == 7);
    CHECK(it::first_true(ints({1, 2, 3}), -1, [](int x) { return x > 1; }) == 2);
    CHECK(it::first_true(std::vector{1}, "default"_k = -1, "pred"_k = [](int x) { return x > 1; }) == -1);
    CHECK(it::dotproduct(std::vector{1, 2, 3}, std::vector{4, 5, 6}) == 32);
    CHECK(it::dotproduct(ints({1, 2}), std::vector{0.5, 2.0}) == 4.5);
}

TEST_CASE("recipes: flatten, prepend, ncycles, tabulate", "[itertools][recipes]") {
    CHECK(shown(it::flatten(std::vector{"ab"s, "c"s})) == "['a', 'b', 'c']");
    CHECK(shown(it::prepend(1, std::vector{2, 3})) == "[1, 2, 3]");
    CHECK(shown(it::prepend(1, ints({2, 3}))) == "[1, 2, 3]");
    CHECK(shown(it::ncycles("ab"s, 2)) == "['a', 'b', 'a', 'b']");
    CHECK(shown(it::ncycles(ints({1}), 3)) == "[1, 1, 1]");
    CHECK(shown(it::ncycles("ab"s, 0)) == "[]");
    CHECK(shown(it::islice(it::tabulate([](int x) { return x * x; }), 4)) == "[0, 1, 4, 9]");
    CHECK(shown(it::islice(it::tabulate([](int x) { return -x; }, 5), 1, 3)) == "[-6, -7]");
}

TEST_CASE("recipes: partition", "[itertools][recipes]") {
    auto const odd = [](int x) { return x % 2 != 0; };
    // >>> [list(p) for p in partition(lambda x: x % 2, range(10))]
    auto const digits = upto(10);
    auto [evens, odds] = it::partition(odd, digits);
    CHECK(shown(evens) == "[0, 2, 4, 6, 8]");
    CHECK(shown(odds) == "[1, 3, 5, 7, 9]");
    auto [even, uneven] = it::partition(odd, ints({1, 2, 3, 4}));
    CHECK(shown(uneven) == "[1, 3]");
    CHECK(shown(even) == "[2, 4]");
    auto [zeros, others] = it::partition(None, upto(3));
    CHECK(shown(zeros) == "[0]");
    CHECK(shown(others) == "[1, 2]");
}

TEST_CASE("recipes: roundrobin", "[itertools][recipes]") {
    // >>> list(roundrobin('ABC', 'D', 'EF'))
    CHECK(shown(it::roundrobin("ABC"s, "D"s, "EF"s)) == "['A', 'D', 'E', 'B', 'F', 'C']");
    CHECK(shown(it::roundrobin(std::vector{1, 2}, ints({3}), std::list<int>{})) == "[1, 3, 2]");
    CHECK(shown(it::roundrobin()) == "[]");
}

TEST_CASE("recipes: powerset, sieve", "[itertools][recipes]") {
    // >>> list(powerset([1, 2, 3])), list(sieve(30)), list(sieve(2)), list(sieve(3)), list(sieve(0)), sum(1 for _ in sieve(100_000))
    CHECK(shown(it::powerset(std::vector{1, 2, 3})) == "[(), (1,), (2,), (3,), (1, 2), (1, 3), (2, 3), (1, 2, 3)]");
    CHECK(shown(it::powerset(""s)) == "[()]");
    CHECK(shown(it::sieve(30)) == "[2, 3, 5, 7, 11, 13, 17, 19, 23, 29]");
    CHECK(shown(it::sieve(2)) == "[]");
    CHECK(shown(it::sieve(3)) == "[2]");
    CHECK(shown(it::sieve(0)) == "[]");
    CHECK(shown(it::sieve(-5)) == "[]");
    CHECK(std::ranges::distance(it::sieve(100'000)) == 9592);
}

TEST_CASE("recipes: sliding_window, triplewise, grouper", "[itertools][recipes]") {
    // >>> list(sliding_window('ABCDE', 3)), list(triplewise('ABCDE'))
    CHECK(shown(it::sliding_window("ABCDE"s, 3)) == "[('A', 'B', 'C'), ('B', 'C', 'D'), ('C', 'D', 'E')]");
    CHECK(shown(it::sliding_window("AB"s, 3)) == "[]");
    CHECK(shown(it::sliding_window(""s, 1)) == "[]");
    CHECK(shown(it::sliding_window("AB"s, 1)) == "[('A',), ('B',)]");
    CHECK(shown(it::sliding_window(ints({1, 2, 3, 4}), 2)) == "[(1, 2), (2, 3), (3, 4)]");
    CHECK(shown(it::sliding_window(std::forward_list{1, 2, 3}, 2)) == "[(1, 2), (2, 3)]");
    CHECK(it::sliding_window("ABCDE"s, 3).size() == 3);
    CHECK(shown(it::triplewise("ABCDE"s)) == "[('A', 'B', 'C'), ('B', 'C', 'D'), ('C', 'D', 'E')]");
    CHECK(shown(it::triplewise("AB"s)) == "[]");
    CHECK(shown(it::triplewise(ints({1, 2, 3, 4}))) == "[(1, 2, 3), (2, 3, 4)]");
    CHECK(shown(it::triplewise(input_iterable{1, 2, 3})) == "[(1, 2, 3)]");
    // >>> list(grouper('ABCDEFG', 3, fillvalue='x')), list(grouper('ABCDEFG', 3)), list(grouper('ABCDEFG', 3, incomplete='ignore'))
    CHECK(shown(it::grouper("ABCDEFG"s, 3, "fillvalue"_k = 'x')) == "[('A', 'B', 'C'), ('D', 'E', 'F'), ('G', 'x', 'x')]");
    CHECK(shown(it::grouper("ABCDEFG"s, 3)) == "[('A', 'B', 'C'), ('D', 'E', 'F'), ('G', None, None)]");
    CHECK(shown(it::grouper("ABCDEFG"s, 3, "incomplete"_k = "ignore")) == "[('A', 'B', 'C'), ('D', 'E', 'F')]");
    CHECK(shown(it::grouper("ABCDEF"s, 3, "incomplete"_k = "strict")) == "[('A', 'B', 'C'), ('D', 'E', 'F')]");
    CHECK(shown(it::grouper("ABC"s, 0)) == "[]");
    auto const strict = [](std::string const& text, int n) { return message([&] { (void)shown(it::grouper(text, n, "incomplete"_k = "strict"s)); }); };
    CHECK(strict("ABCD", 3) == "ValueError: zip() argument 2 is shorter than argument 1");
    CHECK(strict("ABCDE", 3) == "ValueError: zip() argument 3 is shorter than arguments 1-2");
    CHECK(message([] { (void)it::grouper("A"s, 2, "incomplete"_k = "what"); }) == "ValueError: Expected fill, strict, or ignore");
}

TEST_CASE("recipes: unique_everseen, unique_justseen", "[itertools][recipes]") {
    auto const lower = [](char c) { return static_cast<char>(std::tolower(static_cast<unsigned char>(c))); };
    // >>> list(unique_everseen('AAAABBBCCDAABBB')), list(unique_everseen('ABBcCAD', str.casefold))
    CHECK(shown(it::unique_everseen("AAAABBBCCDAABBB"s)) == "['A', 'B', 'C', 'D']");
    CHECK(shown(it::unique_everseen("ABBcCAD"s, lower)) == "['A', 'B', 'c', 'D']");
    CHECK(shown(it::unique_everseen(ints({3, 1, 3, 2, 1}), "key"_k = None)) == "[3, 1, 2]");
    // >>> list(unique_justseen('AAAABBBCCDAABBB')), list(unique_justseen('ABBcCAD', str.casefold))
    CHECK(shown(it::unique_justseen("AAAABBBCCDAABBB"s)) == "['A', 'B', 'C', 'D', 'A', 'B']");
    CHECK(shown(it::unique_justseen("ABBcCAD"s, lower)) == "['A', 'B', 'c', 'A', 'D']");
    CHECK(shown(it::unique_justseen(ints({}))) == "[]");
    std::vector<int> many;
    for (int i = 0; i != 10'000; ++i) many.push_back(i * 7919 % 1000);
    CHECK(std::ranges::distance(it::unique_everseen(many)) == 1000);
    std::vector<tracked> const objects{1, 2, 1};
    tracked::reset();
    int sum = 0;
    for (tracked const& x : it::unique_everseen(objects, &tracked::value)) sum += x.value;
    CHECK(sum == 3);
    CHECK(tracked::copies == 0);
}

TEST_CASE("recipes: a literal has no NUL, keywords have no order", "[itertools][recipes]") {
    CHECK(amphis::list(it::tail(3, "ABCDEFG")) == std::vector{'E', 'F', 'G'});
    std::vector const v{1, 4, 6};
    auto const big = [](int x) { return x > 3; };
    auto const huge = [](int x) { return x > 30; };
    CHECK(it::first_true(v, "pred"_k = big, "default"_k = 9) == 4);
    CHECK(it::first_true(v, "default"_k = 9, "pred"_k = huge) == 9);
    CHECK(it::first_true(v, "pred"_k = huge, "default"_k = 9) == 9);
    CHECK(it::first_true(v, "pred"_k = big) == 4);
    CHECK(it::first_true(v, "pred"_k = huge) == std::nullopt);
}

TEST_CASE("repeat: a literal is repeated as a str", "[itertools][repeat]") {
    CHECK(amphis::repr(amphis::list(it::repeat("ab", 2))) == "['ab', 'ab']");
    CHECK(amphis::repr(amphis::list(amphis::zip(std::vector{1, 2}, it::repeat("x")))) == "[(1, 'x'), (2, 'x')]");
}
