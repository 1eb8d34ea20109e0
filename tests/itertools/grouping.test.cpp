// SPDX-License-Identifier: MIT
#include <amphis/builtins.hpp>
#include <amphis/itertools.hpp>
#include <amphis/lang/generator.hpp>

#include "support/catch.hpp"
#include "support/iteration.hpp"
#include "support/probes.hpp"

#include <array>
#include <forward_list>
#include <limits>
#include <list>
#include <memory>
#include <optional>
#include <ranges>
#include <random>
#include <set>
#include <string>
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
template <class R>
constexpr bool random_view = std::ranges::random_access_range<R> && std::ranges::view<R> && std::ranges::sized_range<R>;

generator<int> upto(int n) {
    for (int i = 0; i < n; ++i) co_yield i;
}
template <class R>
std::vector<int> collected(R&& elements) {
    std::vector<int> all;
    for (auto&& x : elements) all.push_back(x);
    return all;
}
}  // namespace

// ---- islice -----------------------------------------------------------------------------------------------------------------

TEST_CASE("islice: as range() slices", "[itertools][islice]") {
    std::vector<int> hundred(100);
    for (int i = 0; i != 100; ++i) hundred[static_cast<std::size_t>(i)] = i;
    std::list<int> const linked(hundred.begin(), hundred.end());
    auto const check = [&](std::string const& expected, auto... bounds) {
        CHECK(shown(it::islice(hundred, bounds...)) == expected);
        CHECK(shown(it::islice(linked, bounds...)) == expected);
        CHECK(shown(it::islice(upto(100), bounds...)) == expected);
        CHECK(shown(it::islice(it::count(), bounds...)) == expected);
    };
    // >>> list(islice(range(100), 10, 20, 3)), list(islice(range(100), 10, 3, 20)), list(islice(range(100), 10, 13))
    check("[10, 13, 16, 19]", 10, 20, 3);
    check("[]", 10, 3, 20);
    check("[10, 11, 12]", 10, 13);
    check("[]", 10, 10);
    check("[]", 10, 3);
    check("[0, 1, 2]", 3);
    check("[]", 0);
    check("[0, 1, 2]", None, 3);
    check("[1, 3]", 1, 5U, 2UL);
    check("[1]", 1, 10, std::numeric_limits<std::ptrdiff_t>::max());
    check("[2, 3]", std::integral_constant<int, 2>(), 4, None);
    // >>> list(islice(range(100), 95, 110)), list(islice(range(100), 110, None)), list(islice(range(100), 90, None, 4))
    CHECK(shown(it::islice(hundred, 95, 110)) == "[95, 96, 97, 98, 99]");
    CHECK(shown(it::islice(linked, 95, 110)) == "[95, 96, 97, 98, 99]");
    CHECK(shown(it::islice(upto(100), 95, 110)) == "[95, 96, 97, 98, 99]");
    CHECK(shown(it::islice(hundred, 110, None)) == "[]");
    CHECK(shown(it::islice(upto(100), 110, None)) == "[]");
    CHECK(shown(it::islice(hundred, 90, None, 4)) == "[90, 94, 98]");
    CHECK(shown(it::islice(linked, 90, None, 4)) == "[90, 94, 98]");
    CHECK(shown(it::islice(upto(100), 90, None, 4)) == "[90, 94, 98]");
    CHECK(shown(it::islice("abc"s, None)) == "['a', 'b', 'c']");
    CHECK(shown(it::islice("abc"s, None, None, None)) == "['a', 'b', 'c']");
}

TEST_CASE("islice: takes from an iterator what CPython takes", "[itertools][islice]") {
    auto const check = [](std::string const& expected, std::string const& rest, auto... bounds) {
        auto g = upto(10);
        CHECK(shown(it::islice(g, bounds...)) == expected);
        CHECK(left(g) == rest);
    };
    // >>> for a in [(3,), (3, 3), (0, 5, 3), (0, 10, 3), (5, 3), (2, 4), (0,), (20,)]: i = iter(range(10)); print(list(islice(i, *a)), list(i))
    check("[0, 1, 2]", "[3, 4, 5, 6, 7, 8, 9]", 3);
    check("[]", "[3, 4, 5, 6, 7, 8, 9]", 3, 3);
    check("[0, 3]", "[5, 6, 7, 8, 9]", 0, 5, 3);
    check("[0, 3, 6, 9]", "[]", 0, 10, 3);
    check("[]", "[5, 6, 7, 8, 9]", 5, 3);
    check("[2, 3]", "[4, 5, 6, 7, 8, 9]", 2, 4);
    check("[]", "[0, 1, 2, 3, 4, 5, 6, 7, 8, 9]", 0);
    check("[0, 1, 2, 3, 4, 5, 6, 7, 8, 9]", "[]", 20);
    // >>> c = count(); list(islice(c, 1, 3, 50)), next(c)
    auto c = upto(9);
    CHECK(shown(it::islice(c, 1, 3, 50)) == "[1]");
    CHECK(c.next() == 3);
}

TEST_CASE("islice: nothing is read before it is asked for", "[itertools][islice]") {
    auto g = upto(5);
    {
        auto slice = it::islice(g, 1, 3);
        static_assert(input_view<decltype(slice)>);
    }
    CHECK(g.next() == 0);
    auto slice = it::islice(g, 2);
    CHECK(slice.next() == 1);
    CHECK(g.next() == 2);  // they share the source
    CHECK(slice.next() == 3);
    CHECK_THROWS_AS(slice.next(), amphis::StopIteration);
    CHECK(left(g) == "[4]");
}

TEST_CASE("islice: what it cannot slice by", "[itertools][islice]") {
    std::vector const v{1, 2, 3};
    auto const stop = "ValueError: Stop argument for islice() must be None or an integer: 0 <= x <= sys.maxsize."s;
    auto const index = "ValueError: Indices for islice() must be None or an integer: 0 <= x <= sys.maxsize."s;
    auto const step = "ValueError: Step for islice() must be a positive integer or None."s;
    auto const check = [&](std::string const& expected, auto... bounds) { CHECK(message([&] { (void)it::islice(v, bounds...); }) == expected); };
    // >>> for a in [(-1,), (-2,), (0, -1), (0, -2), (-1, None), (-1, 2), (0, 2, 0), (0, -1, 0), (-1, 5, 0), (0, 2, -1)]: islice([1, 2, 3], *a)
    check(stop, -1);
    check(index, -2);
    check(stop, 0, -1);
    check(index, 0, -2);
    check(index, -1, None);
    check(index, -1, 2);
    check(step, 0, 2, 0);
    check(stop, 0, -1, 0);
    check(index, -1, 5, 0);
    check(step, 0, 2, -1);
}

TEST_CASE("islice: is as strong as its source", "[itertools][islice]") {
    std::vector v{1, 2, 3, 4, 5};
    auto middle = it::islice(v, 1, 4);
    static_assert(random_view<decltype(middle)> && std::ranges::contiguous_range<decltype(middle)> && std::ranges::common_range<decltype(middle)>);
    static_assert(random_view<decltype(it::islice(v, 0, 4, 2))> && std::ranges::forward_range<decltype(it::islice(v, 0, 4, 2)) const>);
    CHECK(middle.size() == 3);
    middle[0] = 7;
    CHECK(v[1] == 7);
    auto const odds = it::islice(v, 0, None, 2);
    CHECK(odds.size() == 3);
    CHECK(odds[2] == 5);
    CHECK(odds.end() - odds.begin() == 3);
    CHECK(*std::ranges::prev(odds.end()) == 5);
    CHECK(it::islice(it::count(), 2, 9, 3).size() == 3);
    CHECK(it::islice(v, 9).size() == 5);
    static_assert(std::ranges::forward_range<decltype(it::islice(std::forward_list{1}, 2))>);
}

// ---- pairwise ---------------------------------------------------------------------------------------------------------------

TEST_CASE("pairwise: what follows each other", "[itertools][pairwise]") {
    // >>> list(pairwise('ABCD')), list(pairwise('A')), list(pairwise(''))
    CHECK(shown(it::pairwise("ABCD"s)) == "[('A', 'B'), ('B', 'C'), ('C', 'D')]");
    CHECK(shown(it::pairwise("A"s)) == "[]");
    CHECK(shown(it::pairwise(""s)) == "[]");
    for (auto const& expected : {"[]"s, "[]"s, "[(0, 1)]"s, "[(0, 1), (1, 2)]"s}) {
        static int n = 0;
        CHECK(shown(it::pairwise(upto(n))) == expected);
        std::list<int> linked;
        std::forward_list<int> single;
        for (int i = n; i-- != 0;) linked.push_front(i), single.push_front(i);
        CHECK(shown(it::pairwise(linked)) == expected);
        CHECK(shown(it::pairwise(single)) == expected);
        ++n;
    }
    CHECK(shown(it::pairwise(input_iterable{1, 2, 3})) == "[(1, 2), (2, 3)]");
    CHECK(shown(it::islice(it::pairwise(it::count(0.5)), 2)) == "[(0.5, 1.5), (1.5, 2.5)]");
}

TEST_CASE("pairwise: refers to elements that stay, and is as strong as the source", "[itertools][pairwise]") {
    std::vector v{1, 2, 3};
    auto pairs = it::pairwise(v);
    static_assert(random_view<decltype(pairs)> && std::ranges::common_range<decltype(pairs)>);
    for (auto [a, b] : pairs) b += a;
    CHECK(v == std::vector{1, 3, 6});
    CHECK(pairs.size() == 2);
    CHECK(std::get<1>(pairs[1]) == 6);
    CHECK(pairs.end() - pairs.begin() == 2);
    tracked::reset();
    std::vector<tracked> const objects{1, 2, 3};
    tracked::copies = 0;
    for (auto [a, b] : it::pairwise(objects)) CHECK(a.value + 1 == b.value);
    CHECK(tracked::copies == 0);
}

// ---- batched ----------------------------------------------------------------------------------------------------------------

TEST_CASE("batched: tuples of n, the last one shorter", "[itertools][batched]") {
    // CPython 3.12:
    // >>> list(batched('ABCDEFG', 3)), list(batched('ABCDEFG', 2)), list(batched('AB', 1)), list(batched('', 2))
    CHECK(shown(it::batched("ABCDEFG"s, 3)) == "[('A', 'B', 'C'), ('D', 'E', 'F'), ('G',)]");
    CHECK(shown(it::batched("ABCDEFG"s, 2)) == "[('A', 'B'), ('C', 'D'), ('E', 'F'), ('G',)]");
    CHECK(shown(it::batched("AB"s, 1)) == "[('A',), ('B',)]");
    CHECK(shown(it::batched(""s, 2)) == "[]");
    CHECK(shown(it::batched(upto(5), 2)) == "[(0, 1), (2, 3), (4,)]");
    CHECK(shown(it::batched(upto(4), 2)) == "[(0, 1), (2, 3)]");
    CHECK(shown(it::batched(input_iterable{1, 2, 3}, 5)) == "[(1, 2, 3)]");
    CHECK(shown(it::batched(std::list{1, 2, 3}, 2)) == "[(1, 2), (3,)]");
    CHECK(shown(it::batched(std::vector<bool>{true, false, true}, 2)) == "[(True, False), (True,)]");
    CHECK(shown(it::batched("AB"s, std::numeric_limits<std::ptrdiff_t>::max())) == "[('A', 'B')]");
}

TEST_CASE("batched: errors", "[itertools][batched]") {
    CHECK(message([] { (void)it::batched("ABC"s, 0); }) == "ValueError: n must be at least one");
    CHECK(message([] { (void)it::batched("ABC"s, -5); }) == "ValueError: n must be at least one");
    // CPython 3.13:
    auto const incomplete = "ValueError: batched(): incomplete batch"s;
    CHECK(message([] { (void)shown(it::batched("ABCDE"s, 2, "strict"_k = true)); }) == incomplete);
    CHECK(message([] { (void)shown(it::batched(std::list{1, 2, 3}, 2, "strict"_k = true)); }) == incomplete);
    CHECK(message([] { (void)shown(it::batched(upto(3), 2, "strict"_k = true)); }) == incomplete);
    CHECK(shown(it::batched("ABCD"s, 2, "strict"_k = true)) == "[('A', 'B'), ('C', 'D')]");
    CHECK(shown(it::batched("ABC"s, 2, "strict"_k = false)) == "[('A', 'B'), ('C',)]");
}

TEST_CASE("batched: batches of a container are where its elements are", "[itertools][batched]") {
    std::vector v{1, 2, 3, 4, 5};
    auto batches = it::batched(v, 2);
    static_assert(random_view<decltype(batches)> && std::ranges::common_range<decltype(batches)>);
    for (auto batch : batches) {
        for (int& x : batch) x *= 10;
    }
    CHECK(v == std::vector{10, 20, 30, 40, 50});
    CHECK(batches.size() == 3);
    CHECK(batches[1][1] == 40);
    CHECK((batches.end() - 1)[0].size() == 1);
    CHECK(batches.end() - batches.begin() == 3);
    CHECK((*std::ranges::prev(batches.end()))[0] == 50);
    CHECK(batches.begin() + 3 == batches.end());
    CHECK(shown(batches | std::views::reverse) == "[(50,), (30, 40), (10, 20)]");
}

TEST_CASE("batched: move-only elements are moved into their tuples", "[itertools][batched]") {
    std::vector<move_only> owners;
    for (int i = 0; i != 3; ++i) owners.emplace_back(i);
    auto batches = it::batched(std::move(owners), 2);
    auto const first = batches.next();
    CHECK(first.size() == 2);
    CHECK(first[1].value == 1);
    CHECK(batches.next()[0].value == 2);
    CHECK_THROWS_AS(batches.next(), amphis::StopIteration);
}

TEST_CASE("batched: a tuple kept is a tuple of its own", "[itertools][batched]") {
    auto batches = it::batched(upto(4), 2);
    auto const first = batches.next();
    auto const second = batches.next();
    CHECK(amphis::repr(first) == "(0, 1)");
    CHECK(first < second);
    CHECK(first != second);
    CHECK(std::set{second, first}.begin()->front() == 0);
}

// ---- accumulate -------------------------------------------------------------------------------------------------------------

TEST_CASE("accumulate: running totals", "[itertools][accumulate]") {
    // >>> list(accumulate(range(5))), list(accumulate([])), list(accumulate([7]))
    CHECK(shown(it::accumulate(upto(5))) == "[0, 1, 3, 6, 10]");
    CHECK(shown(it::accumulate(std::vector{0, 1, 2, 3, 4})) == "[0, 1, 3, 6, 10]");
    CHECK(shown(it::accumulate(std::vector<int>{})) == "[]");
    CHECK(shown(it::accumulate(upto(0))) == "[]");
    CHECK(shown(it::accumulate(std::vector{7})) == "[7]");
    // >>> s = [2, 8, 9, 5, 7, 0, 3, 4, 1, 6]; list(accumulate(s, min)), list(accumulate(s, operator.mul))
    std::vector const s{2, 8, 9, 5, 7, 0, 3, 4, 1, 6};
    CHECK(shown(it::accumulate(s, [](int a, int b) { return a < b ? a : b; })) == "[2, 2, 2, 2, 2, 0, 0, 0, 0, 0]");
    CHECK(shown(it::accumulate(s, std::multiplies<>{})) == "[2, 16, 144, 720, 5040, 0, 0, 0, 0, 0]");
    // >>> list(accumulate([10, 5, 1], initial=None)), list(accumulate([10, 5, 1], initial=100)), list(accumulate([], initial=100))
    std::vector const t{10, 5, 1};
    CHECK(shown(it::accumulate(t, "initial"_k = None)) == "[10, 15, 16]");
    CHECK(shown(it::accumulate(t, "initial"_k = 100)) == "[100, 110, 115, 116]");
    CHECK(shown(it::accumulate(std::vector<int>{}, "initial"_k = 100)) == "[100]");
    CHECK(shown(it::accumulate(upto(0), "initial"_k = 100)) == "[100]");
    CHECK(shown(it::accumulate(upto(3), "initial"_k = 10)) == "[10, 10, 11, 13]");
    CHECK(shown(it::accumulate(t, std::minus<>{}, "initial"_k = 100)) == "[100, 90, 85, 84]");
    CHECK(shown(it::accumulate(t, "func"_k = std::minus<>{}, "initial"_k = 100)) == "[100, 90, 85, 84]");
    CHECK(shown(it::accumulate(t, None)) == "[10, 15, 16]");
}

TEST_CASE("accumulate: strings, and totals of another type", "[itertools][accumulate]") {
    // >>> list(accumulate(['a', 'b', 'c'])), list(accumulate('abc', initial='>'))
    CHECK(shown(it::accumulate(std::vector{"a"s, "b"s, "c"s})) == "['a', 'ab', 'abc']");
    CHECK(shown(it::accumulate("abc"s, "initial"_k = ">"s)) == "['>', '>a', '>ab', '>abc']");
    CHECK(shown(it::accumulate(std::vector<short>{1, 2})) == "[1, 3]");
    CHECK(shown(it::accumulate(std::vector{1, 2}, [](double a, int b) { return a + b / 2.0; })) == "[1.0, 2.0]");
    static_assert(std::same_as<std::ranges::range_value_t<decltype(it::accumulate(std::vector<short>{}))>, int>);
    auto const append = [](std::string& out, char c) -> std::string& { return out += c; };
    CHECK(shown(it::accumulate("ab"s, append, "initial"_k = ""s)) == "['', 'a', 'ab']");
}

TEST_CASE("accumulate: small totals make a forward view", "[itertools][accumulate]") {
    std::vector const v{1, 2, 3};
    auto const totals = it::accumulate(v);
    static_assert(std::ranges::forward_range<decltype(totals)> && std::ranges::sized_range<decltype(totals)>);
    CHECK(totals.size() == 3);
    CHECK(it::accumulate(v, "initial"_k = 0).size() == 4);
    CHECK(shown(totals) == shown(totals));
    std::vector const words{"a"s, "b"s};
    auto const joined = it::accumulate(words);
    static_assert(input_view<std::remove_const_t<decltype(joined)>>);
    CHECK(shown(joined) == shown(joined));  // but it begins anew
    int calls = 0;
    for (int x : it::accumulate(v, [&calls](int a, int b) { return ++calls, a + b; })) (void)x;
    CHECK(calls == 2);
}

// ---- starmap ----------------------------------------------------------------------------------------------------------------

TEST_CASE("starmap: a function of the items of each row", "[itertools][starmap]") {
    auto const power = [](int a, int b) {
        int result = 1;
        for (int i = 0; i != b; ++i) result *= a;
        return result;
    };
    // >>> list(starmap(pow, [(0, 1), (1, 2), (2, 3)])), list(starmap(pow, []))
    std::vector const rows{std::pair{0, 1}, std::pair{1, 2}, std::pair{2, 3}};
    CHECK(shown(it::starmap(power, rows)) == "[0, 1, 8]");
    CHECK(shown(it::starmap(power, std::vector<std::tuple<int, int>>{})) == "[]");
    CHECK(shown(it::starmap(power, std::vector{std::array{4, 2}})) == "[16]");
    CHECK(shown(it::starmap(power, it::pairwise(std::vector{2, 3, 1}))) == "[8, 3]");
    CHECK(shown(it::starmap(power, it::pairwise(upto(3)))) == "[0, 1]");
    CHECK(shown(it::starmap(power, it::product(std::vector{2, 3}, std::vector{1, 2}))) == "[2, 4, 3, 9]");
    auto const mapped = it::starmap(power, rows);
    static_assert(random_view<std::remove_const_t<decltype(mapped)>> && std::ranges::random_access_range<decltype(mapped)>);
    CHECK(mapped[2] == 8);
    CHECK(mapped.size() == 3);
}

// ---- zip_longest ------------------------------------------------------------------------------------------------------------

TEST_CASE("zip_longest: what is missing is filled", "[itertools][zip_longest]") {
    // >>> list(zip_longest('ABCD', 'xy', fillvalue='-')), list(zip_longest('AB', 'x')), list(zip_longest()), list(zip_longest('ab'))
    CHECK(shown(it::zip_longest("ABCD"s, "xy"s, "fillvalue"_k = '-')) == "[('A', 'x'), ('B', 'y'), ('C', '-'), ('D', '-')]");
    CHECK(shown(it::zip_longest("AB"s, "x"s)) == "[('A', 'x'), ('B', None)]");
    CHECK(shown(it::zip_longest()) == "[]");
    CHECK(shown(it::zip_longest("ab"s)) == "[('a',), ('b',)]");
    CHECK(shown(it::zip_longest("a"s, ""s, upto(3), "fillvalue"_k = None)) == "[('a', None, 0), (None, None, 1), (None, None, 2)]");
    CHECK(shown(it::zip_longest(upto(2), upto(1), "fillvalue"_k = -1)) == "[(0, 0), (1, -1)]");
    CHECK(shown(it::zip_longest(std::vector{"long"s, "words"s}, std::vector{"x"s}, "fillvalue"_k = "-")) == "[('long', 'x'), ('words', '-')]");
    CHECK(shown(it::zip_longest(std::vector{1, 2}, std::vector{0.5}, "fillvalue"_k = 7)) == "[(1, 0.5), (2, 7.0)]");
    CHECK(shown(it::zip_longest(input_iterable{1, 2, 3}, input_iterable{4}, "fillvalue"_k = 0)) == "[(1, 4), (2, 0), (3, 0)]");
    CHECK(it::zip_longest("ABCD"s, "xy"s).size() == 4);
}

TEST_CASE("zip_longest: copies no element of a container", "[itertools][zip_longest]") {
    std::vector<tracked> const a{1, 2}, b{3};
    tracked::reset();
    for (auto [x, y] : it::zip_longest(a, b)) CHECK(((*x).value == 1) == (y != None));
    tracked::reset();
    int sum = 0;
    for (auto const& [x, y] : it::zip_longest(a, b, "fillvalue"_k = tracked{9})) sum += x.value + y.value;
    CHECK(sum == 15);
    CHECK(tracked::copies == 0);
    static_assert(std::ranges::forward_range<decltype(it::zip_longest(a, b)) const>);
}

// ---- groupby ----------------------------------------------------------------------------------------------------------------

namespace {
struct Row {
    int key = 0;
    int value = 0;
    int other = 0;
};
std::vector<Row> const rows{{0, 10, 20}, {0, 11, 21}, {0, 12, 21}, {1, 13, 21}, {1, 14, 22}, {2, 15, 22}, {3, 16, 23}, {3, 17, 23}};
}  // namespace

TEST_CASE("groupby: runs of equal keys", "[itertools][groupby]") {
    // >>> [(k, list(g)) for k, g in groupby('AAAABBBCCDAABBB')]
    std::string out;
    for (auto [key, group] : it::groupby("AAAABBBCCDAABBB"s)) out += key + shown(group);
    CHECK(out == "A['A', 'A', 'A', 'A']B['B', 'B', 'B']C['C', 'C']D['D']A['A', 'A']B['B', 'B', 'B']");
    // >>> [k for k, g in groupby('AAAABBBCCDAABBB')], [k for k, g in groupby([])]
    std::string keys;
    for (auto [key, group] : it::groupby("AAAABBBCCDAABBB"s)) keys += key;
    CHECK(keys == "ABCDAB");
    for (auto [key, group] : it::groupby(std::vector<int>{})) FAIL("a group of nothing" << key);
    std::string lengths;
    for (auto [even, group] : it::groupby(upto(6), [](int x) { return x / 4; })) lengths += std::to_string(even) + shown(group);
    CHECK(lengths == "0[0, 1, 2, 3]1[4, 5]");
    out.clear();
    for (auto [key, group] : it::groupby(input_iterable{1, 1, 2}, "key"_k = None)) out += std::to_string(key) + shown(group);
    CHECK(out == "1[1, 1]2[2]");
}

TEST_CASE("groupby: by a member, nested", "[itertools][groupby]") {
    std::vector<int> values;
    for (auto [key, group] : it::groupby(rows, &Row::key)) {
        for (auto [other, inner] : it::groupby(group, &Row::other)) {
            for (Row const& row : inner) {
                CHECK(row.key == key);
                CHECK(row.other == other);
                values.push_back(row.value);
            }
        }
    }
    CHECK(values == std::vector{10, 11, 12, 13, 14, 15, 16, 17});
}

TEST_CASE("groupby: a group is empty once the next one is asked for", "[itertools][groupby]") {
    // >>> it = groupby(zip('AABBBAAAA', range(9)), itemgetter(0)); (_, g1), (_, g2), (_, g3) = next(it), next(it), next(it)
    // >>> list(g1), list(g2), next(g3), list(it), list(g3)
    std::vector<std::pair<char, int>> s;
    for (char c : "AABBBAAAA"s) s.emplace_back(c, static_cast<int>(s.size()));
    auto groups = it::groupby(s, &std::pair<char, int>::first);
    auto [k1, g1] = groups.next();
    auto [k2, g2] = groups.next();
    auto [k3, g3] = groups.next();
    CHECK(shown(g1) == "[]");
    CHECK(shown(g2) == "[]");
    for (auto const& first : it::islice(g3, 1)) CHECK(first == std::pair{'A', 5});
    CHECK_THROWS_AS(groups.next(), amphis::StopIteration);
    CHECK(shown(g3) == "[]");
    CHECK(std::tuple(k1, k2, k3) == std::tuple('A', 'B', 'A'));
}

TEST_CASE("groupby: a group half read is left where it is", "[itertools][groupby]") {
    // >>> [(k, list(islice(g, 1, 2))) for k, g in groupby('aaaaabbcdrr')]
    std::string out;
    for (auto [key, group] : it::groupby("aaaaabbcdrr"s)) out += key + shown(it::islice(group, 1, 2));
    CHECK(out == "a['a']b['b']c[]d[]r['r']");
    auto groups = it::groupby(upto(4), [](int x) { return x / 3; });
    auto [key, group] = groups.next();
    for (int first : it::islice(group, 1)) CHECK(first == 0);
    CHECK(shown(group) == "[1, 2]");
    CHECK(shown(group) == "[]");
}

TEST_CASE("groupby: the key is called once for each element", "[itertools][groupby]") {
    int calls = 0;
    auto const key = [&calls](int x) { return ++calls, x / 2; };
    std::string out;
    for (auto [k, group] : it::groupby(upto(5), key)) out += shown(group);
    CHECK(out == "[0, 1][2, 3][4]");
    CHECK(calls == 5);
    calls = 0;
    int groups = 0;
    for (auto const& each : it::groupby(upto(5), key)) groups += std::get<0>(each) >= 0 ? 1 : 0;
    CHECK(calls == 5);
    CHECK(groups == 3);
}

TEST_CASE("groupby: exceptions of source, key and == pass through", "[itertools][groupby]") {
    auto const raising = [](int n) -> generator<int> {
        for (int i = 0; i != n; ++i) co_yield 7;
        throw ValueError("expected");
    };
    auto const gulp = [](auto groups) {
        for (auto [k, g] : groups) (void)shown(g);
    };
    CHECK_THROWS_AS(gulp(it::groupby(raising(0))), ValueError);
    CHECK_THROWS_AS(gulp(it::groupby(raising(1))), ValueError);
    int skip = 0;
    auto const key = [&skip](int x) { return skip-- > 0 ? x : throw ValueError("key"); };
    CHECK_THROWS_AS(gulp(it::groupby(std::vector{1}, key)), ValueError);
    skip = 1;
    CHECK_THROWS_AS(gulp(it::groupby(std::vector{1, 1}, key)), ValueError);
    struct Incomparable {
        bool operator==(Incomparable const&) const { throw ValueError("=="); }
    };
    auto all = it::groupby(std::vector<Incomparable>(2));
    CHECK_THROWS_AS((all.next(), all.next()), ValueError);
    CHECK_THROWS_AS([&] {
        auto again = it::groupby(std::vector<Incomparable>(2));
        for (auto [k, g] : again) {
            for (auto const& x : g) (void)x;
        }
    }(), ValueError);
}

TEST_CASE("groupby: keys and elements that stay are not copied", "[itertools][groupby]") {
    std::vector<std::string> const words{"apple", "avocado", "banana"};
    std::vector<tracked> const objects{1, 1, 2};
    tracked::reset();
    int groups = 0;
    for (auto const& [key, group] : it::groupby(objects)) {
        for (tracked const& x : group) CHECK(x.value == key.value);
        ++groups;
    }
    CHECK(groups == 2);
    CHECK(tracked::copies == 0);
    std::string out;
    for (auto [initial, group] : it::groupby(words, [](std::string const& word) { return word[0]; })) out += initial + shown(group);
    CHECK(out == "a['apple', 'avocado']b['banana']");
    static_assert(input_view<decltype(it::groupby(words))>);
}

TEST_CASE("groupby: not-a-number is no group without end", "[itertools][groupby]") {
    double const nan = std::numeric_limits<double>::quiet_NaN();
    int elements = 0;
    for (auto [k, g] : it::groupby(std::vector{1.0, nan, nan})) {
        for (double x : g) (void)x, ++elements;
    }
    CHECK(elements == 3);
}

// ---- tee --------------------------------------------------------------------------------------------------------------------

TEST_CASE("tee: two iterators over one source", "[itertools][tee]") {
    auto [a, b] = it::tee(upto(200));
    CHECK(collected(a) == collected(upto(200)));  // 0 % interleaved
    CHECK(collected(b) == collected(upto(200)));
    CHECK(a.next(-1) == -1);
    auto [c, d] = it::tee(upto(200));
    for (int i = 0; i != 200; ++i) {  // 100 % interleaved
        CHECK(c.next() == i);
        CHECK(d.next() == i);
    }
    auto [e, f] = it::tee(std::vector<int>{});
    CHECK(shown(e) == "[]");
    CHECK(shown(f) == "[]");
    std::vector const v{1, 2, 3};
    auto [x, y] = it::tee(v);
    CHECK(shown(x) == "[1, 2, 3]");
    CHECK(shown(y) == "[1, 2, 3]");
    static_assert(input_view<decltype(it::tee(v)[0])> == false);  // an lvalue
    static_assert(input_view<std::remove_reference_t<decltype(it::tee(v)[0])>>);
}

TEST_CASE("tee: any interleaving gives both all", "[itertools][tee]") {
    std::mt19937 random(7);
    for (int round = 0; round != 5; ++round) {
        auto its = it::tee(upto(300));
        std::array<std::vector<int>, 2> got;
        while (got[0].size() != 300 || got[1].size() != 300) {
            auto const which = static_cast<std::size_t>(random() % 2);
            if (int const value = its[which].next(-1); value != -1) got[which].push_back(value);
        }
        CHECK(got[0] == collected(upto(300)));
        CHECK(got[1] == got[0]);
    }
}

TEST_CASE("tee: one of the two may go", "[itertools][tee]") {
    auto leading = it::tee(upto(200));
    for (int i = 0; i != 100; ++i) CHECK(leading[0].next() == i);
    {
        auto const gone = std::move(leading[0]);
    }
    CHECK(collected(leading[1]) == collected(upto(200)));
    auto trailing = it::tee(upto(200));
    for (int i = 0; i != 100; ++i) CHECK(trailing[0].next() == i);
    {
        auto const gone = std::move(trailing[1]);
    }
    CHECK(collected(trailing[0]).front() == 100);
    CHECK(shown(trailing[1]) == "[]");  // moved from: empty
}

TEST_CASE("tee: what both have read is not kept", "[itertools][tee]") {
    tracked::reset();
    auto const many = [](int n) -> generator<tracked> {
        for (int i = 0; i != n; ++i) {
            tracked object(i);
            co_yield std::move(object);
        }
    };
    {
        auto [a, b] = it::tee(many(10'000));
        int most = 0;
        for (int i = 0; i != 10'000; ++i) {
            (void)a.next();
            (void)b.next();
            most = tracked::live > most ? tracked::live : most;
        }
        CHECK(most < 200);
    }
    CHECK(tracked::live == 0);
}

TEST_CASE("tee: n of them", "[itertools][tee]") {
    for (int n = 0; n != 5; ++n) {
        auto all = it::tee("abc"s, n);
        CHECK(all.size() == static_cast<std::size_t>(n));
        for (auto& one : all) CHECK(shown(one) == "['a', 'b', 'c']");
    }
    auto [a, b, c] = it::tee(upto(2000), std::integral_constant<int, 3>());
    for (int i = 0; i != 100; ++i) CHECK(a.next() == i);
    CHECK(collected(b) == collected(upto(2000)));
    CHECK(c.next() == 0);
    CHECK(c.next() == 1);
    CHECK(collected(a).size() == 1900);
    CHECK(collected(c).size() == 1998);
    CHECK(message([] { (void)it::tee("abc"s, -1); }) == "ValueError: n must be >= 0");
}

TEST_CASE("tee: a copy goes on from where it was made", "[itertools][tee]") {
    // >>> a, b = tee('abcde'); next(a); next(a); c = copy(a); list(a), list(c), list(b)
    auto [a, b] = it::tee("abcde"s);
    (void)a.next();
    (void)a.next();
    auto c = a;
    CHECK(shown(a) == "['c', 'd', 'e']");
    CHECK(shown(c) == "['c', 'd', 'e']");
    CHECK(shown(b) == "['a', 'b', 'c', 'd', 'e']");
    auto [d, e] = it::tee(b);  // of one that has ended
    CHECK(shown(d) == "[]");
    auto [f, g] = it::tee("ab"s);
    auto [h, i] = it::tee(f);
    CHECK(shown(h) == "['a', 'b']");
    CHECK(shown(i) == "['a', 'b']");
    CHECK(shown(g) == "['a', 'b']");
}

TEST_CASE("tee: a source that reads its own iterator is told so", "[itertools][tee]") {
    // >>> class I: ...  (test_tee_reenter)
    struct Reentrant {
        int* depth;
        std::unique_ptr<int> keep = nullptr;
    };
    using Tee = std::remove_cvref_t<decltype(it::tee(std::declval<generator<int>>())[0])>;
    static Tee* self = nullptr;
    auto const reenters = []() -> generator<int> { co_yield self->next(); };
    auto pair = it::tee(reenters());
    self = &pair[1];
    CHECK(message([&] { (void)pair[0].next(); }) == "RuntimeError: cannot re-enter the tee iterator");
    CHECK(pair[0].next(5) == 5);
}

TEST_CASE("tee: a long queue goes away without recursion", "[itertools][tee]") {
    auto [a, b] = it::tee(upto(3'000'000));
    int last = 0;
    for (int x : a) last = x;
    CHECK(last == 2'999'999);
}

// ---- elements that throw ------------------------------------------------------------------------------------------------------

TEST_CASE("adaptors: whatever an element throws, wherever, nothing leaks and nothing is destroyed twice", "[itertools]") {
    using probes::throws_on_nth;
    auto const elements = [](int n) -> generator<throws_on_nth> {
        for (int i = 0; i != n; ++i) {
            throws_on_nth element(i / 2);
            co_yield std::move(element);
        }
    };
    auto const drain = [](auto&& adaptor) {
        for (auto&& element : adaptor) (void)element;
    };
    auto const check = [&](char const* name, auto const& operation) {
        INFO(name);
        for (int n = 1;; ++n) {
            int const before = throws_on_nth::live;
            bool failed = false;
            probes::countdown::arm(n);
            try {
                operation();
            } catch (probes::probe_error const&) {
                failed = true;
            }
            probes::countdown::disarm();
            REQUIRE(throws_on_nth::live == before);
            if (!failed) break;
            REQUIRE(n < 2000);
        }
    };
    auto const add = [](throws_on_nth a, throws_on_nth const& b) {
        a.value += b.value;
        return a;
    };
    check("accumulate", [&] { drain(it::accumulate(elements(4), add)); });
    check("batched", [&] { drain(it::batched(elements(5), 2)); });
    check("batched, kept", [&] {
        std::vector<std::ranges::range_value_t<decltype(it::batched(elements(5), 2))>> kept;
        auto batches = it::batched(elements(5), 2);
        for (auto& batch : batches) kept.push_back(batch);
    });
    check("chain", [&] { drain(it::chain(elements(2), elements(2))); });
    check("combinations", [&] {
        for (auto const& choice : it::combinations(elements(4), 2)) {
            std::ranges::range_value_t<decltype(it::combinations(elements(4), 2))> const owned = choice;
            (void)owned;
        }
    });
    check("cycle", [&] { drain(it::islice(it::cycle(elements(3)), 7)); });
    check("filterfalse", [&] { drain(it::filterfalse([](throws_on_nth const& x) { return x.value == 1; }, elements(4))); });
    check("groupby", [&] {
        for (auto const& [key, group] : it::groupby(elements(5))) drain(group);
    });
    check("pairwise", [&] { drain(it::pairwise(elements(4))); });
    check("permutations", [&] { drain(it::permutations(elements(3))); });
    check("product", [&] { drain(it::product(elements(3), elements(2))); });
    check("sliding_window", [&] { drain(it::sliding_window(elements(5), 3)); });
    check("tail", [&] { drain(it::tail(2, elements(5))); });
    check("tee", [&] {
        auto [a, b] = it::tee(elements(60));
        drain(a);
        drain(b);
    });
    check("unique_everseen", [&] { drain(it::unique_everseen(elements(6), [](throws_on_nth const& x) { return x.value; })); });
    check("zip_longest", [&] { drain(it::zip_longest(elements(3), elements(1))); });
}

TEST_CASE("accumulate: an element at which the function raises is lost", "[itertools][accumulate]") {
    auto const totals_of = [](auto totals) {
        std::string log;
        for (int i = 0; i != 7; ++i) {
            try {
                log += std::to_string(amphis::next(totals)) + " ";
            } catch (ValueError const&) {
                log += "! ";
            } catch (amphis::StopIteration const&) {
                log += ".";
            }
        }
        return log;
    };
    auto const add = [](int total, int x) {
        if (x == 2) throw ValueError("two");
        return total + x;
    };
    std::vector<int> const v{1, 2, 3, 4};
    CHECK(totals_of(amphis::iter(it::accumulate(v, add))) == "1 ! 4 8 ...");
    CHECK(totals_of(amphis::iter(it::accumulate(v, add, "initial"_k = 0))) == "0 1 ! 4 8 ..");
    CHECK(totals_of(it::accumulate(upto(5), add, "initial"_k = 0)) == "0 0 1 ! 4 8 .");
}

namespace {
struct hostile {
    int value = 0;
    std::string rest{};
    hostile* operator&() = delete;
    hostile const* operator&() const = delete;
};
}  // namespace

TEST_CASE("itertools: an element's own operator& is not used", "[itertools]") {
    std::vector<hostile> v(3);
    for (int i = 0; i != 3; ++i) v[static_cast<std::size_t>(i)].value = i;
    auto both = it::tee(v);
    CHECK((both[0].next().value == 0 && both[1].next().value == 0));
    auto const add = [](hostile& total, hostile const& x) -> hostile& {
        total.value += x.value;
        return total;
    };
    int last = 0;
    for (hostile const& total : it::accumulate(v, add)) last = total.value;
    CHECK(last == 3);
}

TEST_CASE("count: the distance across the last int", "[itertools][count]") {
    auto const counter = it::count(std::numeric_limits<long long>::max() - 1);
    auto const first = counter.begin();
    CHECK((first + 4) - first == 4);
    CHECK(first < first + 4);
}

TEST_CASE("zip_longest: is over once a source has raised", "[itertools][zip_longest]") {
    auto const checked = [](int x) {
        if (x == 1) throw ValueError("one");
        return x >= 0;
    };
    // >>> z = zip_longest(filter(checked, upto(4)), upto(4)); next(z); next(z); next(z, None)
    auto columns = it::zip_longest(it::takewhile(checked, upto(4)), upto(4));
    CHECK(columns.next() == std::tuple(std::optional(0), std::optional(0)));
    CHECK_THROWS_AS(columns.next(), ValueError);
    CHECK_THROWS_AS(columns.next(), amphis::StopIteration);
}

TEST_CASE("itertools: one iterator several times, and one that ends elsewhere", "[itertools]") {
    // >>> x = iter(range(5)); list(zip_longest(x, x, fillvalue=-1))
    auto x = upto(5);
    CHECK(shown(it::zip_longest(x, x, "fillvalue"_k = -1)) == "[(0, 1), (2, 3), (4, -1)]");
    auto y = upto(6);
    CHECK(collected(it::compress(y, y)) == std::vector{0, 2, 4});
    auto z = upto(3);
    CHECK(collected(it::roundrobin(z, z)) == std::vector{0, 1, 2});
    auto words = []() -> generator<std::string> {
        for (int i = 0; i < 3; ++i) co_yield std::string(30, static_cast<char>('a' + i));
    };
    auto w = words();
    auto columns = it::zip_longest(w, w, "fillvalue"_k = "none");
    CHECK(columns.next() == std::tuple(std::string(30, 'a'), std::string(30, 'b')));
    CHECK(columns.next() == std::tuple(std::string(30, 'c'), "none"s));
    auto rest = upto(5);
    auto some = it::islice(rest, 4);
    CHECK(some.next() == 0);
    CHECK(collected(rest) == std::vector{1, 2, 3, 4});
    CHECK(collected(some).empty());
}

TEST_CASE("islice: is over once the source has raised", "[itertools][islice]") {
    // >>> s = islice(takewhile(checked, iter(range(6))), 3, None): next(s) raises, next(s, -1) is -1
    auto const checked = [](int x) {
        if (x == 1) throw ValueError("one");
        return true;
    };
    auto source = upto(6);
    auto some = it::islice(it::takewhile(checked, source), 3, None);
    CHECK_THROWS_AS(some.next(), ValueError);
    CHECK(some.next(-1) == -1);
    CHECK(collected(source) == std::vector{2, 3, 4, 5});
    auto other = upto(4);
    auto first = it::islice(it::takewhile(checked, other), 3);
    CHECK(first.next() == 0);
    CHECK_THROWS_AS(first.next(), ValueError);
    CHECK(first.next(-1) == -1);
}

TEST_CASE("itertools: elements that cannot be copied are referred to", "[itertools][batched][combinations][zip_longest]") {
    std::vector<std::unique_ptr<int>> p;
    for (int i = 1; i < 4; ++i) p.push_back(std::make_unique<int>(i));
    using amphis::for_, amphis::list, amphis::map;
    CHECK(list([](auto const& items) { return items.size(); }, for_(it::batched(p, 2))) == std::vector<std::size_t>{2, 1});
    CHECK(list(map([](auto const& items) { return *items[0]; }, it::batched(p, 2))) == std::vector{1, 3});
    CHECK(list([](auto const& items) { return *items[0] + *items[1]; }, for_(it::combinations(p, 2))) == std::vector{3, 4, 5});
    CHECK(list(map([](auto const& items) { return *items[0]; }, it::permutations(p))) == std::vector{1, 1, 2, 2, 3, 3});
    CHECK(list([](auto const& a, auto const& b) { return (a ? **a : 0) + (b ? **b : 0); }, for_(it::zip_longest(p, p))) == std::vector{2, 4, 6});
    CHECK(list([](auto const& a, auto const&) { return *a; }, for_(amphis::zip(p, p))) == std::vector{1, 2, 3});
}

TEST_CASE("zip_longest: rows of optionals are ordered", "[itertools][zip_longest]") {
    std::vector const a{"a"s, "b"s};
    std::vector const b{"c"s};
    CHECK(amphis::repr(amphis::max(it::zip_longest(a, a))) == "('b', 'b')");
    CHECK(amphis::repr(amphis::max(it::zip_longest(a, b))) == "('b', None)");
    CHECK(amphis::repr(amphis::sorted(it::zip_longest(a, b), "reverse"_k = true)) == "[('b', None), ('a', 'c')]");
}

TEST_CASE("groupby: keys that are tuples of references are kept as values", "[itertools][groupby]") {
    auto const long_words = []() -> generator<std::string> {
        for (int i = 0; i < 4; ++i) co_yield std::string(40, static_cast<char>('a' + i / 2));
    };
    using amphis::for_, amphis::list;
    CHECK(list([](auto const& key, auto& group) { return std::get<0>(key).substr(0, 1) + std::to_string(list(group).size()); },
               for_(it::groupby(amphis::zip(long_words(), long_words())))) == std::vector{"a2"s, "b2"s});
    CHECK(list(it::unique_everseen(amphis::zip(long_words(), long_words()))).size() == 2);
    CHECK(list(it::unique_justseen(amphis::zip(long_words(), long_words()))).size() == 2);
}

TEST_CASE("starmap, accumulate: what the function gives back is kept as values", "[itertools][starmap][accumulate]") {
    auto const long_words = [] { return std::vector{std::string(40, 'a'), std::string(40, 'b')}; };
    auto const numbered = amphis::list(it::starmap([](auto row, int) { return row; }, amphis::zip(amphis::enumerate(long_words()), amphis::range(5))));
    static_assert(std::is_same_v<decltype(numbered), std::vector<std::tuple<std::ptrdiff_t, std::string>> const>);
    CHECK(numbered == amphis::list(amphis::enumerate(long_words())));
    CHECK(amphis::list(it::accumulate(amphis::enumerate(long_words()), [](auto const&, auto row) { return row; })) == numbered);
}

namespace {
/// One iterator given twice, and one that the body of a loop drains: all that CPython makes of it.
template <class Make>
void one_iterator_twice(Make make) {
    using amphis::repr, amphis::list;
    auto const with = [&make](auto use) {
        auto source = make();
        return repr(list(use(source)));
    };
    CHECK(with([](auto& a) { return amphis::zip(a, a); }) == "[(0, 1), (2, 3), (4, 5)]");
    CHECK(with([](auto& a) { return amphis::map([](int x, int y) { return x * 10 + y; }, a, a); }) == "[1, 23, 45]");
    CHECK(with([](auto& a) { return it::zip_longest(a, a); }) == "[(0, 1), (2, 3), (4, 5), (6, None)]");
    CHECK(with([](auto& a) { return it::compress(a, a); }) == "[0, 2, 4]");
    CHECK(with([](auto& a) { return it::roundrobin(a, a); }) == "[0, 1, 2, 3, 4, 5, 6]");
    CHECK(with([](auto& a) { return amphis::zip(it::islice(a, 1, None), a); }) == "[(1, 2), (3, 4), (5, 6)]");
    CHECK(with([](auto& a) { return it::product(it::islice(a, 2), it::islice(a, 2)); }) == "[(0, 2), (0, 3), (1, 2), (1, 3)]");
    CHECK(with([](auto& a) { return std::vector{static_cast<long>(it::dotproduct(a, a))}; }) == "[26]");
    auto source = make();
    int rounds = 0;
    for (auto x : source) {
        ++rounds;
        CHECK(x == 0);
        it::consume(source);
    }
    CHECK(rounds == 1);
}
}  // namespace

TEST_CASE("itertools: one iterator twice, of every kind", "[itertools]") {
    auto const same = [](int x) { return x; };
    one_iterator_twice([] { return amphis::iter(amphis::range(7)); });
    one_iterator_twice([] { return amphis::iter(std::vector{0, 1, 2, 3, 4, 5, 6}); });
    one_iterator_twice([&] { return amphis::genexpr(same, amphis::for_(amphis::range(7))); });
    one_iterator_twice([&] { return amphis::iter(amphis::map(same, amphis::range(7))); });
    one_iterator_twice([] { return amphis::iter(it::islice(it::count(0), 7)); });
    one_iterator_twice([] { return it::tee(upto(7))[0]; });
    one_iterator_twice([] { return upto(7); });
    one_iterator_twice([] { return amphis::genexpr([](int key, auto&) { return key; }, amphis::for_(it::groupby(amphis::range(7)))); });
}
