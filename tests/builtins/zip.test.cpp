// SPDX-License-Identifier: MIT
// enumerate() and zip(): expected values are CPython 3.11's; the comments show the expression. Lib/test/test_enumerate.py and
// test_builtin.py (BuiltinTest.test_zip*) have the cases.
#include <amphis/builtins.hpp>
#include <amphis/lang/generator.hpp>

#include <algorithm>
#include <array>
#include <climits>
#include <forward_list>
#include <list>
#include <map>
#include <ranges>
#include <string>
#include <type_traits>
#include <vector>

#include "support/catch.hpp"
#include "support/probes.hpp"

using namespace amphis::literals;
using namespace std::string_literals;
using amphis::enumerate, amphis::generator, amphis::list, amphis::range, amphis::repr, amphis::zip;

namespace {

using ints = std::vector<int>;
using vector_zip = decltype(zip(std::declval<ints&>(), std::declval<ints&>()));
using list_zip = decltype(zip(std::declval<ints const&>(), std::declval<std::list<int>&>()));
using generator_zip = decltype(zip(std::declval<ints&>(), std::declval<generator<int>>()));
using owning_zip = decltype(zip(std::declval<ints>(), std::declval<ints>()));
using vector_enumerate = decltype(enumerate(std::declval<ints&>()));

generator<int> count_to(int n) {
    for (int i = 0; i < n; ++i) co_yield i;
}

/// Python's iterator: a class with next().
struct Countdown {
    int n = 0;
    int next() {
        if (n == 0) throw amphis::StopIteration();
        return n--;
    }
};

template <class R>
void exhaust(R&& source) {
    for (auto&& element : source) static_cast<void>(element);
}

}  // namespace

static_assert(std::ranges::random_access_range<vector_zip> && std::ranges::sized_range<vector_zip> && std::ranges::view<vector_zip>);
static_assert(std::ranges::random_access_range<vector_zip const> && std::ranges::borrowed_range<vector_zip>);
static_assert(std::ranges::bidirectional_range<list_zip> && !std::ranges::random_access_range<list_zip>);
static_assert(std::ranges::input_range<generator_zip> && !std::ranges::forward_range<generator_zip> && std::ranges::view<generator_zip>);
static_assert(std::ranges::random_access_range<owning_zip> && !std::ranges::borrowed_range<owning_zip> && !std::copyable<owning_zip>);
static_assert(std::ranges::random_access_range<decltype(zip(std::declval<std::vector<probes::move_only>&>()))>);
static_assert(std::is_same_v<std::ranges::range_value_t<vector_zip>, std::tuple<int, int>>);
static_assert(std::ranges::random_access_range<vector_enumerate> && std::ranges::common_range<vector_enumerate> && std::ranges::sized_range<vector_enumerate>);
static_assert(std::ranges::view<vector_enumerate> && std::ranges::borrowed_range<vector_enumerate> && std::ranges::random_access_range<vector_enumerate const>);
static_assert(std::ranges::forward_range<decltype(enumerate(std::declval<std::forward_list<int>&>()))>);

TEST_CASE("enumerate: numbers the elements", "[builtins][enumerate]") {
    std::string const s = "abc";
    CHECK(repr(list(enumerate(s))) == "[(0, 'a'), (1, 'b'), (2, 'c')]");
    CHECK(repr(list(enumerate(s, 1))) == "[(1, 'a'), (2, 'b'), (3, 'c')]");
    CHECK(repr(list(enumerate("ab", "start"_k = 10))) == "[(10, 'a'), (11, 'b')]");
    CHECK(repr(list(enumerate(ints{}))) == "[]");
    CHECK(repr(list(enumerate(std::list{7}, -1))) == "[(-1, 7)]");
    CHECK(repr(list(enumerate(Countdown{2}))) == "[(0, 2), (1, 1)]");
    CHECK(repr(list(enumerate(count_to(2)))) == "[(0, 0), (1, 1)]");
    CHECK(repr(list(enumerate(probes::input_iterable{5, 6}))) == "[(0, 5), (1, 6)]");
}

TEST_CASE("enumerate: gives the elements themselves", "[builtins][enumerate]") {
    ints v{1, 2, 3};
    for (auto [i, x] : enumerate(v)) x += static_cast<int>(i);
    CHECK(v == ints{1, 3, 5});
    std::vector<probes::tracked> tracked(3);
    probes::tracked::reset();
    for (auto&& [i, x] : enumerate(tracked)) CHECK(&x == &tracked[static_cast<std::size_t>(i)]);
    for (auto&& [i, x] : enumerate(std::move(tracked))) CHECK(x.value == 0);
    CHECK(probes::tracked::copies == 0);
    CHECK(probes::tracked::moves == 0);
}

TEST_CASE("enumerate: has random access, and an end with a number", "[builtins][enumerate]") {
    ints v{1, 2, 3};
    auto e = enumerate(v, 5);
    CHECK(e[1] == std::tuple(6, 2));
    CHECK(e.size() == 3);
    CHECK(*--e.end() == std::tuple(7, 3));
    CHECK(e.end() - e.begin() == 3);
    CHECK(enumerate(v, 0U).begin() != enumerate(v, 0U).end());
    // >>> list(enumerate('ab', sys.maxsize)); our ints end there
    CHECK(std::get<0>(enumerate("ab", LLONG_MAX)[1]) == LLONG_MIN);
}

TEST_CASE("zip: stops at the end of the shortest", "[builtins][zip]") {
    ints const a{1, 2, 3};
    std::string const t = "abcd";
    CHECK(repr(list(zip(a, t))) == "[(1, 'a'), (2, 'b'), (3, 'c')]");
    CHECK(repr(list(zip(t, a))) == "[('a', 1), ('b', 2), ('c', 3)]");
    CHECK(repr(list(zip(a, std::list{7, 8}, range(100)))) == "[(1, 7, 0), (2, 8, 1)]");
    CHECK(repr(list(zip(a))) == "[(1,), (2,), (3,)]");
    CHECK(repr(list(zip())) == "[]");
    CHECK(repr(list(zip(a, ints{}))) == "[]");
    CHECK(repr(list(zip(Countdown{2}, "xyz"))) == "[(2, 'x'), (1, 'y')]");
    CHECK(repr(list(zip(a, a, "strict"_k = true))) == "[(1, 1), (2, 2), (3, 3)]");
    CHECK(repr(list(zip("strict"_k = true))) == "[]");
}

TEST_CASE("zip: takes from single-pass sources what CPython takes", "[builtins][zip]") {
    ints const v{1, 2, 3};
    {
        auto g = count_to(10);
        exhaust(zip(v, g));
        CHECK(g.next() == 3);  // >>> g = iter(range(10)); list(zip([1, 2, 3], g)); next(g)
    }
    {
        auto g = count_to(10);
        exhaust(zip(g, v));
        CHECK(g.next() == 4);  // one was taken before v ended
    }
    {
        auto g = count_to(2);
        Countdown c{10};
        exhaust(zip(g, c));
        CHECK(c.n == 8);
    }
    CHECK(repr(list(zip(probes::input_iterable{1, 2}, probes::input_iterable{3, 4, 5}))) == "[(1, 3), (2, 4)]");
}

TEST_CASE("zip: takes nothing before it is asked", "[builtins][zip]") {
    Countdown c{3};
    auto z = zip(c, c);
    CHECK(c.n == 3);
    auto it = z.begin();
    CHECK(*it == std::tuple(3, 2));
    CHECK(c.n == 1);
}

TEST_CASE("zip: strict raises at the end", "[builtins][zip]") {
    ints const two{1, 2};
    ints const three{1, 2, 3};
    std::list<int> const two_linked{1, 2};
    std::list<int> const three_linked{1, 2, 3};
    auto const strict = [](auto&&... sources) { exhaust(zip(sources..., "strict"_k = true)); };
    CHECK_THROWS_WITH(strict(two, three), "zip() argument 2 is longer than argument 1");
    CHECK_THROWS_WITH(strict(three, two), "zip() argument 2 is shorter than argument 1");
    CHECK_THROWS_WITH(strict(two, two, three), "zip() argument 3 is longer than arguments 1-2");
    CHECK_THROWS_WITH(strict(three, three, two), "zip() argument 3 is shorter than arguments 1-2");
    CHECK_THROWS_WITH(strict(two_linked, three_linked), "zip() argument 2 is longer than argument 1");
    CHECK_THROWS_WITH(strict(three_linked, three, two_linked), "zip() argument 3 is shorter than arguments 1-2");
    CHECK_THROWS_WITH(strict(count_to(2), three), "zip() argument 2 is longer than argument 1");
    CHECK_THROWS_WITH(strict(count_to(2), two, count_to(3)), "zip() argument 3 is longer than arguments 1-2");
    CHECK_THROWS_WITH(strict(count_to(2), count_to(1)), "zip() argument 2 is shorter than argument 1");
    CHECK_THROWS_AS(strict(two, three), amphis::ValueError);
    CHECK_NOTHROW(strict(two, two_linked, count_to(2)));

    std::string seen;  // what is before the end comes first
    CHECK_THROWS_AS([&] {
        for (auto [a, b] : zip(three, two, "strict"_k = true)) seen += amphis::str(a * b);
    }(), amphis::ValueError);
    CHECK(seen == "14");
}

TEST_CASE("zip: gives the elements themselves", "[builtins][zip]") {
    ints a{3, 1, 2};
    std::vector names{"c"s, "a"s, "b"s};
    for (auto [number, name] : zip(a, names)) name += amphis::str(number);
    CHECK(names == std::vector{"c3"s, "a1"s, "b2"s});
    auto z = zip(a, names);
    std::vector<std::tuple<int, std::string>> const copied(std::ranges::begin(z), std::ranges::begin(z) + 2);
    CHECK(repr(copied) == "[(3, 'c3'), (1, 'a1')]");
    CHECK(zip(a, names)[1] == std::tuple(1, "a1"s));
    auto pairs = list(zip(a, names));
    names[0] = "changed";
    CHECK(std::get<1>(pairs[0]) == "c3");  // a list holds values
}

TEST_CASE("zip: works in pipelines and algorithms of the standard library", "[builtins][zip]") {
    ints const a{1, 2, 3};
    auto z = zip(a, range(10));
    CHECK(std::ranges::find(z, std::tuple(2, 1)) - z.begin() == 1);
    int sum = 0;
    for (auto [x, y] : zip(a, a) | std::views::drop(1) | std::views::reverse) sum = sum * 10 + x * y;
    CHECK(sum == 94);
    CHECK(std::ranges::distance(zip(a, std::views::iota(0))) == 3);
}

TEST_CASE("zip: moved-from and move-only sources", "[builtins][zip]") {
    std::vector<probes::move_only> only;
    only.emplace_back(4);
    for (auto [x, i] : zip(std::move(only), range(1))) CHECK(x.value == 4);
    auto z = zip(ints{1, 2}, "ab");
    auto moved = std::move(z);
    CHECK(repr(list(moved)) == "[(1, 'a'), (2, 'b')]");
    for (auto&& element : z) static_cast<void>(element);  // NOLINT: empty, and no error
}

TEST_CASE("zip: a source that throws leaves it destructible", "[builtins][zip]") {
    auto const failing = []() -> generator<int> {
        co_yield 1;
        throw amphis::KeyError("source");
    };
    auto z = zip(failing(), range(5));
    std::string seen;
    CHECK_THROWS_AS([&] {
        for (auto [x, i] : z) seen += amphis::str(x);
    }(), amphis::KeyError);
    CHECK(seen == "1");
    CHECK(list(z).empty());  // a generator that raised is finished
}

static_assert([] {
    std::array const a{1, 2, 3};
    int sum = 0;
    for (auto [i, x] : enumerate(a)) sum += static_cast<int>(i) * x;
    for (auto [x, y] : zip(a, range(10))) sum += x * y;
    return sum;
}() == 16);

TEST_CASE("zip: of one iterator twice gives its elements in pairs", "[builtins][zip]") {
    // >>> x = iter(range(7)); list(zip(x, x))
    std::vector<std::tuple<int, int>> const pairs{{0, 1}, {2, 3}, {4, 5}};
    auto numbers = count_to(7);
    CHECK(list(zip(numbers, numbers)) == pairs);
    auto again = amphis::iter(range(7));
    CHECK(list(zip(again, again)) == pairs);
    auto beside = count_to(7);
    CHECK(list(amphis::map([](int a, int b) { return a * 10 + b; }, beside, beside)) == ints{1, 23, 45});
    auto through = count_to(7);
    CHECK(list(zip(amphis::filter([](int) { return true; }, through), amphis::map([](int x) { return -x; }, through))) ==
          std::vector<std::tuple<int, int>>{{0, -1}, {2, -3}, {4, -5}});
    auto words = [](int n) -> generator<std::string> {
        for (int i = 0; i < n; ++i) co_yield std::string(30, static_cast<char>('a' + i));
    };
    auto texts = words(4);
    CHECK(list(zip(texts, texts))[1] == std::tuple(std::string(30, 'c'), std::string(30, 'd')));
}

TEST_CASE("zip: strict raises once, and is at its end then", "[builtins][zip]") {
    ints const v{1, 2, 3};
    std::list<int> const shorter{1, 2};
    auto const ends = [](auto pairs) {
        std::string log;
        for (int i = 0; i != 5; ++i) {
            try {
                amphis::next(pairs);
                log += ".";
            } catch (amphis::ValueError const&) {
                log += "!";
            } catch (amphis::StopIteration const&) {
                log += "#";
            }
        }
        return log;
    };
    auto const any = [](auto const&) { return true; };
    CHECK(ends(amphis::iter(zip(v, range(2), "strict"_k = true))) == "..!##");
    CHECK(ends(amphis::iter(zip(v, shorter, "strict"_k = true))) == "..!##");
    CHECK(ends(amphis::iter(amphis::filter(any, zip(v, range(2), "strict"_k = true)))) == "..!##");
    CHECK(ends(amphis::iter(amphis::filter(any, zip(v, shorter, "strict"_k = true)))) == "..!##");
    CHECK(ends(amphis::iter(zip(v, count_to(2), "strict"_k = true))) == "..!##");
}
