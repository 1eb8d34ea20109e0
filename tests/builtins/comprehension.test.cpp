// SPDX-License-Identifier: MIT
// Comprehensions and generator expressions: expected values are CPython 3.11's; the comments show the expression.
// Lib/test/test_genexps.py, test_listcomps.py and test_dictcomps.py have the cases.
#include <amphis/builtins.hpp>
#include <amphis/itertools.hpp>
#include <amphis/lang/generator.hpp>

#include <algorithm>
#include <array>
#include <list>
#include <map>
#include <memory>
#include <ranges>
#include <string>
#include <type_traits>
#include <vector>

#include "support/catch.hpp"
#include "support/probes.hpp"

using namespace std::string_literals;
using amphis::dict, amphis::for_, amphis::generator, amphis::genexpr, amphis::if_, amphis::list, amphis::next, amphis::None, amphis::range, amphis::repr,
    amphis::set, amphis::sum;

namespace {

namespace it = amphis::itertools;
using ints = std::vector<int>;
using strings = std::vector<std::string>;
constexpr auto square = [](int x) { return x * x; };
constexpr auto odd = [](int x) { return x % 2 != 0; };
constexpr auto even = [](int x) { return x % 2 == 0; };

generator<int> count_to(int n) {
    for (int i = 0; i < n; ++i) co_yield i;
}

generator<std::string> words_to(int n) {
    for (int i = 0; i < n; ++i) co_yield std::string(40, static_cast<char>('a' + i));
}
/// Iterable, with a new iterator each time.
struct bag {
    int size = 2;
    mutable int begun = 0;
    generator<int> iter() const {
        ++begun;
        return count_to(size);
    }
};
constexpr auto pair_of = [](int x, int y) { return std::pair(x, y); };
constexpr auto same = [](auto element) { return element; };

using simple = decltype(genexpr(square, for_(std::declval<ints&>())));

}  // namespace

static_assert(std::ranges::input_range<simple> && std::ranges::view<simple> && !std::ranges::forward_range<simple>);
static_assert(std::is_same_v<std::ranges::range_value_t<simple>, int>);
static_assert(sum(genexpr(square, for_(range(4)), if_(odd))) == 10);

TEST_CASE("genexpr: one loop, with and without a condition", "[builtins][genexpr]") {
    ints const v{1, 2, 3, 4};
    CHECK(sum(genexpr(square, for_(range(100)), if_(odd))) == 166650);  // >>> sum(i*i for i in range(100) if i&1 == 1)
    CHECK(list(genexpr(square, for_(v))) == ints{1, 4, 9, 16});
    CHECK(list(genexpr(square, for_(v), if_(even))) == ints{4, 16});
    CHECK(list(genexpr(square, for_(v), if_(even), if_([](int x) { return x > 2; }))) == ints{16});
    CHECK(list(genexpr(square, for_(ints{}))).empty());
    CHECK(list(genexpr(for_(v), if_(odd))) == ints{1, 3});
    CHECK(list(genexpr([](char c) { return c; }, for_("abc"))) == std::vector{'a', 'b', 'c'});
}

TEST_CASE("genexpr: nested loops", "[builtins][genexpr]") {
    auto const pair = [](int i, int j) { return std::tuple(i, j); };
    // >>> list((i,j) for i in range(3) for j in range(4))
    CHECK(repr(list(genexpr(pair, for_(range(2)), for_(range(3))))) == "[(0, 0), (0, 1), (0, 2), (1, 0), (1, 1), (1, 2)]");
    // >>> list((i,j) for i in range(4) if i%2 == 0 for j in range(i) if j != 1)
    CHECK(repr(list(genexpr(pair, for_(range(5)), if_(even), for_([](int i) { return range(i); }), if_([](int j) { return j != 1; })))) ==
          "[(2, 0), (4, 0), (4, 2), (4, 3)]");
    CHECK(repr(list(genexpr(for_(range(2)), for_("ab")))) == "[(0, 'a'), (0, 'b'), (1, 'a'), (1, 'b')]");
    // >>> [(x, y, z) for x in range(3) for y in range(x) for z in range(y)]
    CHECK(repr(list([](int x, int y, int z) { return std::tuple(x, y, z); }, for_(range(4)), for_([](int x) { return range(x); }),
                    for_([](int y) { return range(y); }))) == "[(2, 1, 0), (3, 1, 0), (3, 2, 0), (3, 2, 1)]");
    ints const none;
    CHECK(list(genexpr(pair, for_(range(3)), for_(none))).empty());
    CHECK(list(genexpr(pair, for_(none), for_(range(3)))).empty());
}

TEST_CASE("genexpr: the loops over the rows of a matrix", "[builtins][genexpr]") {
    std::vector<ints> matrix{{1, 2}, {}, {3}};
    auto const each = [](auto& row) -> auto& { return row; };
    CHECK(list([](int x) { return x; }, for_(matrix), for_(each)) == ints{1, 2, 3});
    CHECK(list([](ints const& row, int x) { return amphis::len(row) * x; }, for_(matrix), for_(each)) == std::vector<std::ptrdiff_t>{2, 4, 3});
    for (int& x : genexpr([](int& y) -> int& { return y; }, for_(matrix), for_(each))) x = -x;
    CHECK(matrix == std::vector<ints>{{-1, -2}, {}, {-3}});
    // >>> [[row[i] for row in matrix] for i in range(2)]
    std::vector<ints> const square_matrix{{1, 2}, {3, 4}};
    CHECK(list([&](int i) { return list([i](ints const& row) { return row[static_cast<std::size_t>(i)]; }, for_(square_matrix)); }, for_(range(2))) ==
          std::vector<ints>{{1, 3}, {2, 4}});
}

TEST_CASE("genexpr: a variable that is a tuple comes as its items", "[builtins][genexpr]") {
    std::map<std::string, int> const ages{{"Ada", 36}, {"Bob", 41}};
    CHECK(list([](std::string const& name, int age) { return name + amphis::str(age); }, for_(ages)) == std::vector{"Ada36"s, "Bob41"s});
    CHECK(list([](auto const& item) { return item.second; }, for_(ages)) == ints{36, 41});
    CHECK(list([](std::ptrdiff_t i, char c) { return amphis::str(c) + amphis::str(i); }, for_(amphis::enumerate("ab")), if_([](auto i, char) { return i > 0; })) ==
          std::vector{"b1"s});
    CHECK(list([](int x, std::string const& name, int age) { return x * age + static_cast<int>(name.size()); }, for_(range(2)), for_(ages)) ==
          ints{3, 3, 39, 44});
}

TEST_CASE("genexpr: is an iterator, as Python's", "[builtins][genexpr]") {
    ints const v{1, 2, 3};
    auto g = genexpr(square, for_(v));
    CHECK(next(g) == 1);
    for (int x : g) {
        CHECK(x == 4);
        break;
    }
    CHECK(list(g) == ints{9});
    CHECK(list(g).empty());
    CHECK_THROWS_AS(next(g), amphis::StopIteration);
    CHECK(next(g, None) == std::nullopt);
    CHECK(list(genexpr(square, for_(v)) | std::views::take(2)) == ints{1, 4});
}

TEST_CASE("genexpr: consumes its sources as CPython's does", "[builtins][genexpr]") {
    auto g = count_to(10);
    auto evens = genexpr(square, for_(g), if_(even));
    CHECK(next(evens) == 0);
    CHECK(next(g) == 1);
    CHECK(next(evens) == 4);
    CHECK(next(g) == 3);
    CHECK(list(evens) == ints{16, 36, 64});
    CHECK(list(genexpr(square, for_(probes::input_iterable{1, 2, 3}), if_(odd))) == ints{1, 9});
}

TEST_CASE("genexpr: a generator is read once, a function makes one each round", "[builtins][genexpr]") {
    auto const once = list(for_(range(2)), for_(count_to(2)));                            // [(0, 0), (0, 1)]: it is exhausted after the first round
    auto const each = list(for_(range(2)), for_([](int) { return count_to(2); }));        // [(0, 0), (0, 1), (1, 0), (1, 1)]
    CHECK(once == std::vector<std::tuple<int, int>>{{0, 0}, {0, 1}});
    CHECK(each == std::vector<std::tuple<int, int>>{{0, 0}, {0, 1}, {1, 0}, {1, 1}});
}

TEST_CASE("genexpr: evaluates each thing once, when it is asked for", "[builtins][genexpr]") {
    int evaluated = 0;
    int tested = 0;
    auto g = genexpr([&](int x) { return ++evaluated, x; }, for_(amphis::map([](int x) { return x; }, range(6))), if_([&](int x) { return ++tested, odd(x); }));
    CHECK(evaluated + tested == 0);
    CHECK(next(g) == 1);
    CHECK(evaluated == 1);
    CHECK(tested == 2);
    CHECK(sum(g) == 8);
    CHECK(evaluated == 3);
    CHECK(tested == 6);
}

TEST_CASE("genexpr: an exception ends nothing but the call", "[builtins][genexpr]") {
    auto const inverse = [](int x) {
        if (x == 0) throw amphis::ZeroDivisionError("division by zero");
        return 12 / x;
    };
    auto g = genexpr(inverse, for_(range(-1, 2)));
    CHECK(next(g) == -12);
    CHECK_THROWS_AS(next(g), amphis::ZeroDivisionError);
    CHECK(next(g) == 12);  // CPython's generator would be finished here
    auto const failing = []() -> generator<int> {
        co_yield 1;
        throw amphis::KeyError("source");
    };
    auto h = genexpr(square, for_(failing()));
    CHECK(next(h) == 1);
    CHECK_THROWS_AS(next(h), amphis::KeyError);
    CHECK_THROWS_AS(next(h), amphis::StopIteration);
    auto nested = genexpr([](int x, int y) { return x * y; }, for_(range(1, 3)), for_([&](int) { return failing(); }));
    CHECK(next(nested) == 1);
    CHECK_THROWS_AS(next(nested), amphis::KeyError);
    CHECK(next(nested) == 2);  // the next round has a generator of its own
}

TEST_CASE("genexpr: moves what it owns", "[builtins][genexpr]") {
    std::vector<std::unique_ptr<int>> v;
    v.push_back(std::make_unique<int>(4));
    auto g = genexpr([](auto& p) { return *p; }, for_(std::move(v)));
    auto moved = std::move(g);
    CHECK(list(moved) == ints{4});
    auto made = list([](int x) { return std::make_unique<int>(x); }, for_(range(3)), if_(odd));
    CHECK(*made[0] == 1);
    auto kept = amphis::iter(genexpr(square, for_(range(3))));
    next(kept);
    CHECK(list(kept) == ints{1, 4});
}

TEST_CASE("comprehensions: list, set, tuple and dict", "[builtins][comprehension]") {
    std::vector const words{"one"s, "three"s, "four"s};
    CHECK(list(amphis::len, for_(words)) == std::vector<std::ptrdiff_t>{3, 5, 4});
    CHECK(set([](int x) { return x % 3; }, for_(range(10))) == std::unordered_set{0, 1, 2});
    CHECK(repr(amphis::tuple(square, for_(range(3)))) == "(0, 1, 4)");
    // >>> {w: len(w) for w in words if len(w) > 3}
    CHECK(dict([](std::string const& w) { return std::pair(w, w.size()); }, for_(words), if_([](std::string const& w) { return w.size() > 3; })) ==
          std::unordered_map<std::string, std::size_t>{{"three", 5}, {"four", 4}});
    // >>> {k: v for v, k in enumerate('ab')}
    CHECK(dict([](auto i, char c) { return std::tuple(c, i); }, for_(amphis::enumerate("ab"))) == std::unordered_map<char, std::ptrdiff_t>{{'a', 0}, {'b', 1}});
    CHECK(list(for_(range(5)), if_(even)) == ints{0, 2, 4});
    // >>> [c for w in words for c in w if c in 'aeiou']
    CHECK(amphis::to<std::string>(genexpr([](char c) { return c; }, for_(words), for_([](std::string const& w) { return std::string_view(w); }),
                                          if_([](char c) { return amphis::in(c, "aeiou"); }))) == "oeeeou");
}

TEST_CASE("comprehensions: keep values of their own, not tuples of references", "[builtins][comprehension]") {
    CHECK(repr(list(for_(it::permutations(ints{1, 2, 3}, 2)))) == "[(1, 2), (1, 3), (2, 1), (2, 3), (3, 1), (3, 2)]");
    ints v{5, 6};
    auto numbered = list(for_(amphis::enumerate(v)));
    v[0] = 99;
    CHECK(repr(numbered) == "[(0, 5), (1, 6)]");
    static_assert(std::is_same_v<decltype(numbered), std::vector<std::tuple<std::ptrdiff_t, int>>>);
    CHECK(repr(list(for_(amphis::enumerate(words_to(2))), if_([](auto i, auto&) { return i == 1; }))) == "[(1, '" + std::string(40, 'b') + "')]");
    auto pairs = list(for_(amphis::zip(v, "ba")));
    std::ranges::sort(pairs);
    CHECK(repr(pairs) == "[(6, 'a'), (99, 'b')]");
    CHECK(repr(list(same, for_(it::combinations(strings{std::string(40, 'x'), std::string(40, 'y')}, 2)))) ==
          "[('" + std::string(40, 'x') + "', '" + std::string(40, 'y') + "')]");
    CHECK(repr(list(same, for_(it::batched(ints{1, 2, 3}, 2)))) == "[(1, 2), (3,)]");
    CHECK(repr(list(same, for_(it::zip_longest(strings{"a", "b"}, strings{"c"})))) == "[('a', 'c'), ('b', None)]");
    CHECK(repr(amphis::set(same, for_(amphis::zip(words_to(1), words_to(1))))) == "{('" + std::string(40, 'a') + "', '" + std::string(40, 'a') + "')}");
}

TEST_CASE("comprehensions: keep values of their own within tuples and pairs too", "[builtins][comprehension]") {
    ints const v{5, 6};
    CHECK(repr(list([](auto chosen, int x) { return std::pair(chosen, x); }, for_(it::combinations(v, 1)), for_(range(2)))) ==
          "[((5,), 0), ((5,), 1), ((6,), 0), ((6,), 1)]");
    auto crossed = list(for_(amphis::enumerate(v)), for_(amphis::zip(v, v)), if_([](auto i, int, int, int) { return i == 0; }));
    static_assert(std::is_same_v<decltype(crossed), std::vector<std::tuple<std::tuple<std::ptrdiff_t, int>, std::tuple<int, int>>>>);
    CHECK(repr(crossed) == "[((0, 5), (5, 5)), ((0, 5), (6, 6))]");
    auto g = genexpr([](auto row) { return std::tuple(row, 1); }, for_(amphis::zip(v, v)));
    static_assert(std::ranges::input_range<decltype(g)>);
    CHECK(repr(next(g)) == "((5, 5), 1)");
    CHECK(repr(amphis::sorted(g)) == "[((6, 6), 1)]");
    std::vector<bool> bits{true, false};
    auto copies = list(for_(bits));
    static_assert(std::is_same_v<decltype(copies), std::vector<bool>>);
    auto rows = list(for_(amphis::zip(bits, bits)));
    bits[0] = false;
    CHECK(copies == std::vector{true, false});
    CHECK(repr(rows) == "[(True, True), (False, False)]");
}

TEST_CASE("genexpr: an element that is used and not kept is the element itself", "[builtins][genexpr]") {
    ints v{1, 2};
    for (auto [i, x] : genexpr(for_(amphis::enumerate(v)))) x += static_cast<int>(i) * 10;
    CHECK(v == ints{1, 12});
    static_assert(std::is_same_v<std::ranges::range_reference_t<decltype(genexpr(for_(it::combinations(v, 2))))>,
                                 std::ranges::range_reference_t<decltype(it::combinations(v, 2))>>);
}

TEST_CASE("genexpr: an inner loop begins again in each round", "[builtins][genexpr]") {
    auto const twice = "[(0, 0), (0, 1), (1, 0), (1, 1)]"s;
    bag const b;
    CHECK(repr(list(pair_of, for_(range(2)), for_(b))) == twice);
    CHECK(b.begun == 2);
    CHECK(repr(list(pair_of, for_(range(2)), for_(bag()))) == twice);
    CHECK(repr(list(genexpr(pair_of, for_(b), for_(b)) | std::views::take(9))) == twice);
    ints const v{0, 1};
    CHECK(repr(list(pair_of, for_(range(2)), for_(genexpr(same, for_(v))))) == twice);
    CHECK(repr(list(genexpr(pair_of, for_(range(2)), for_(genexpr(same, for_(b)))))) == twice);
    CHECK(repr(list(pair_of, for_(range(2)), for_(amphis::iter(v)))) == twice);
    // >>> [(x, y) for x in range(2) for y in chain(v, b)]
    CHECK(repr(list(pair_of, for_(range(2)), for_(it::chain(v, b)))) == "[(0, 0), (0, 1), (0, 0), (0, 1), (1, 0), (1, 1), (1, 0), (1, 1)]");
    CHECK(repr(list([](int x, int key, auto& group) { return std::tuple(x, key, list(group)); }, for_(range(2)), for_(it::groupby(v)))) ==
          "[(0, 0, [0]), (0, 1, [1]), (1, 0, [0]), (1, 1, [1])]");
    CHECK(repr(list([](int x, auto, int y) { return std::pair(x, y); }, for_(range(2)), for_(amphis::enumerate(b)))) == twice);
    // a name is an iterator that is read once, in Python too
    auto once = amphis::iter(v);
    CHECK(repr(list(pair_of, for_(range(2)), for_(once))) == "[(0, 0), (0, 1)]");
}
