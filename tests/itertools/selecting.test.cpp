// SPDX-License-Identifier: MIT
#include <amphis/builtins/repr.hpp>
#include <amphis/itertools.hpp>
#include <amphis/lang/generator.hpp>

#include "support/catch.hpp"
#include "support/iteration.hpp"
#include "support/probes.hpp"

#include <array>
#include <forward_list>
#include <functional>
#include <list>
#include <optional>
#include <ranges>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace it = amphis::itertools;
using namespace amphis::literals;
using namespace std::string_literals;
using amphis::generator, amphis::None, amphis::ValueError;
using probes::input_iterable;
using probes::move_only;
using iteration::ints, iteration::left, iteration::message, iteration::shown;

namespace {
constexpr auto under_three = [](int x) { return x < 3; };
constexpr auto odd = [](int x) { return x % 2 != 0; };

template <class R>
constexpr bool forward_view = std::ranges::forward_range<R> && std::ranges::view<R>;
template <class R>
constexpr bool input_view = std::ranges::input_range<R> && std::ranges::view<R> && !std::ranges::forward_range<R>;
template <class R>
constexpr bool random_view = std::ranges::random_access_range<R> && std::ranges::view<R>;
}  // namespace

// ---- count ------------------------------------------------------------------------------------------------------------------

TEST_CASE("count: from a start, by a step, without end", "[itertools][count]") {
    // >>> list(islice(count(), 3))
    CHECK(shown(it::islice(it::count(), 3)) == "[0, 1, 2]");
    // >>> list(islice(count(10, -3), 4))
    CHECK(shown(it::islice(it::count(10, -3), 4)) == "[10, 7, 4, 1]");
    // >>> list(islice(count(5, 0), 3))
    CHECK(shown(it::islice(it::count(5, 0), 3)) == "[5, 5, 5]");
    // >>> list(islice(count(0.5, 0.1), 6))
    CHECK(shown(it::islice(it::count(0.5, 0.1), 6)) == "[0.5, 0.6, 0.7, 0.7999999999999999, 0.8999999999999999, 0.9999999999999999]");
    // >>> list(islice(count(2, 1.25), 3))
    CHECK(shown(it::islice(it::count(2, 1.25), 3)) == "[2.0, 3.25, 4.5]");  // the first is an int in Python
    // >>> list(islice(count(step=-1), 3))
    CHECK(shown(it::islice(it::count("step"_k = -1), 3)) == "[0, -1, -2]");
    // >>> list(islice(count(start=2, step=3), 3))
    CHECK(shown(it::islice(it::count("start"_k = 2, "step"_k = 3), 3)) == "[2, 5, 8]");
    CHECK(shown(it::islice(it::count(2, "step"_k = 3), 3)) == "[2, 5, 8]");
    CHECK(shown(it::islice(it::count("start"_k = 7), 2)) == "[7, 8]");
}

TEST_CASE("count: integers are a random-access view, floats a forward one", "[itertools][count]") {
    static_assert(random_view<decltype(it::count())> && random_view<decltype(it::count(1, 2))>);
    static_assert(std::ranges::borrowed_range<decltype(it::count(1))>);
    static_assert(forward_view<decltype(it::count(0.5))> && !random_view<decltype(it::count(0.5))>);
    auto const threes = it::count(0, 3);
    CHECK(threes[5] == 15);
    CHECK(threes.begin() + 2 - threes.begin() == 2);
    CHECK(*(threes.begin() + 4 - 3) == 3);
    auto const same = it::count(4, 0);
    CHECK(same.begin() != same.begin() + 1);  // another place with the same number
    static_assert(*(it::count(1).begin() + 4) == 5);
}

TEST_CASE("count: past the greatest integer it goes on from the least", "[itertools][count]") {
    auto numbers = it::count(std::numeric_limits<int>::max());
    auto at = numbers.begin();
    ++at;
    CHECK(*at == std::numeric_limits<int>::min());
    CHECK(at - numbers.begin() == 1);
}

// ---- cycle ------------------------------------------------------------------------------------------------------------------

TEST_CASE("cycle: again and again", "[itertools][cycle]") {
    // >>> list(islice(cycle('abc'), 7))
    CHECK(shown(it::islice(it::cycle("abc"s), 7)) == "['a', 'b', 'c', 'a', 'b', 'c', 'a']");
    // >>> list(cycle(''))
    CHECK(shown(it::cycle(""s)) == "[]");
    CHECK(shown(it::cycle(ints({}))) == "[]");
    // >>> list(islice(cycle(iter([0, 1, 2])), 7))
    CHECK(shown(it::islice(it::cycle(ints({0, 1, 2})), 7)) == "[0, 1, 2, 0, 1, 2, 0]");
    CHECK(shown(it::islice(it::cycle(input_iterable{5, 6}), 5)) == "[5, 6, 5, 6, 5]");
    CHECK(shown(it::islice(it::cycle(std::list{1}), 3)) == "[1, 1, 1]");
}

TEST_CASE("cycle: a container is referred to, and laps differ", "[itertools][cycle]") {
    std::vector v{1, 2};
    auto cycled = it::cycle(v);
    static_assert(forward_view<decltype(cycled)> && std::ranges::forward_range<decltype(cycled) const>);
    *cycled.begin() = 7;
    CHECK(v.front() == 7);
    auto at = cycled.begin();
    ++at, ++at;
    CHECK(at != cycled.begin());
    CHECK(*at == 7);
    static_assert(input_view<decltype(it::cycle(ints({1})))>);
}

// ---- repeat -----------------------------------------------------------------------------------------------------------------

TEST_CASE("repeat: times, none if negative, or for ever", "[itertools][repeat]") {
    // >>> list(repeat('a', 3)), list(repeat('a', 0)), list(repeat('a', -3))
    CHECK(shown(it::repeat('a', 3)) == "['a', 'a', 'a']");
    CHECK(shown(it::repeat('a', 0)) == "[]");
    CHECK(shown(it::repeat('a', -3)) == "[]");
    CHECK(shown(it::repeat("ha"s, "times"_k = 2)) == "['ha', 'ha']");
    CHECK(shown(it::islice(it::repeat(7), 2)) == "[7, 7]");
    CHECK(it::repeat(1, 5).size() == 5);
    static_assert(random_view<decltype(it::repeat(1, 3))> && std::ranges::sized_range<decltype(it::repeat(1, 3))> &&
                  std::ranges::common_range<decltype(it::repeat(1, 3))> && std::ranges::borrowed_range<decltype(it::repeat(1, 3))>);
    static_assert(random_view<decltype(it::repeat(1))> && !std::ranges::sized_range<decltype(it::repeat(1))>);
    static_assert(*(it::repeat(4, 9).begin() + 3) == 4);
}

TEST_CASE("repeat: refers to an lvalue, owns an rvalue, copies nothing", "[itertools][repeat]") {
    probes::tracked::reset();
    probes::tracked object{1};
    for (auto& x : it::repeat(object, 2)) ++x.value;
    CHECK(object.value == 3);
    CHECK(probes::tracked::copies == 0);
    for (auto const& x : it::repeat(probes::tracked{5}, 2)) CHECK(x.value == 5);
    CHECK(probes::tracked::copies == 0);
    for (auto const& x : it::repeat(move_only{4}, 2)) CHECK(x.value == 4);
}

// ---- chain ------------------------------------------------------------------------------------------------------------------

TEST_CASE("chain: one iterable after the other", "[itertools][chain]") {
    // >>> list(chain('abc', 'def')), list(chain('abc')), list(chain('')), list(chain())
    CHECK(shown(it::chain("abc"s, "def"s)) == "['a', 'b', 'c', 'd', 'e', 'f']");
    CHECK(shown(it::chain("abc"s)) == "['a', 'b', 'c']");
    CHECK(shown(it::chain(""s)) == "[]");
    CHECK(shown(it::chain()) == "[]");
    // >>> list(islice(chain('abc', 'def'), 4))
    CHECK(shown(it::islice(it::chain("abc"s, "def"s), 4)) == "['a', 'b', 'c', 'd']");
    CHECK(shown(it::chain("ab", "cd")) == "['a', 'b', 'c', 'd']");  // C strings
    std::vector const none = std::vector<int>{};
    std::vector const some{1, 2};
    CHECK(shown(it::chain(none, some, none, none, some, none)) == "[1, 2, 1, 2]");
    CHECK(shown(it::chain(none, none)) == "[]");
}

TEST_CASE("chain: of different kinds of iterables", "[itertools][chain]") {
    std::vector v{1, 2};
    std::list l{3};
    std::array<int, 0> const none{};
    CHECK(shown(it::chain(v, l, none, std::array{4, 5})) == "[1, 2, 3, 4, 5]");
    CHECK(shown(it::chain(none, l, none, v, none)) == "[3, 1, 2]");
    CHECK(shown(it::chain(none, std::list<int>{})) == "[]");
    CHECK(shown(it::chain(v, it::islice(it::count(7L), 2))) == "[1, 2, 7, 8]");
    CHECK(shown(it::chain(v, ints({8, 9}), l)) == "[1, 2, 8, 9, 3]");
    static_assert(std::same_as<std::ranges::range_reference_t<decltype(it::chain(v, l))>, int&>);
    for (int& x : it::chain(v, l)) x = 0;
    CHECK(v == std::vector{0, 0});
    static_assert(forward_view<decltype(it::chain(v, l))> && std::ranges::forward_range<decltype(it::chain(v, l)) const>);
    CHECK(it::chain(v, l).size() == 3);
}

TEST_CASE("chain: a later source is not touched before its turn", "[itertools][chain]") {
    std::string log;
    auto const logged = [](std::string& to, char name) -> generator<int> {
        to += name;
        co_yield 1;
        to += static_cast<char>(name + 1);
    };
    auto all = it::chain(logged(log, 'a'), logged(log, 'x'));
    CHECK(log.empty());
    CHECK(all.next() == 1);
    CHECK(log == "a");
    CHECK(all.next() == 1);
    CHECK(log == "abx");
    CHECK_THROWS_AS(all.next(), amphis::StopIteration);
    CHECK(log == "abxy");
    CHECK(all.next(5) == 5);
}

TEST_CASE("chain: iterators of all segments compare", "[itertools][chain]") {
    std::vector const a{1, 2}, b{3};
    auto const chained = it::chain(a, b);
    auto at = chained.begin();
    auto const begin = at;
    CHECK(at++ == begin);
    CHECK(*++at == 3);
    CHECK(at != begin);
    CHECK(++at == chained.end());
    auto const mixed = it::chain(a, std::list{3});
    auto place = mixed.begin();
    CHECK(place == mixed.begin());
    ++place, ++place;
    CHECK(*place == 3);
    CHECK(++place == mixed.end());
}

TEST_CASE("chain.from_iterable: from an iterable of iterables", "[itertools][chain]") {
    // >>> list(chain.from_iterable(['abc', '', 'def']))
    std::vector const words{"abc"s, ""s, "def"s};
    CHECK(shown(it::chain.from_iterable(words)) == "['a', 'b', 'c', 'd', 'e', 'f']");
    CHECK(shown(it::chain.from_iterable(std::vector{""s})) == "[]");
    CHECK(shown(it::chain.from_iterable(std::vector<std::string>{})) == "[]");
    CHECK(shown(it::islice(it::chain.from_iterable(words), 4)) == "['a', 'b', 'c', 'd']");
    static_assert(forward_view<decltype(it::chain.from_iterable(words))>);
    auto const counted = [](int n) -> generator<std::vector<int>> {
        for (int i = 0; i != n; ++i) co_yield std::vector<int>(static_cast<std::size_t>(i), i);
    };
    CHECK(shown(it::chain.from_iterable(counted(4))) == "[1, 2, 2, 3, 3, 3]");
    CHECK(shown(it::chain.from_iterable(words | std::views::transform([](auto const& word) { return word + "!"; }))) ==
          "['a', 'b', 'c', '!', '!', 'd', 'e', 'f', '!']");
    CHECK(shown(it::chain.from_iterable(it::repeat(std::vector{1, 2}, 2))) == "[1, 2, 1, 2]");
    std::vector<generator<int>> generators;
    generators.push_back(ints({1}));
    generators.push_back(ints({2, 3}));
    CHECK(shown(it::chain.from_iterable(generators)) == "[1, 2, 3]");
}

TEST_CASE("chain: move-only elements pass through", "[itertools][chain]") {
    std::vector<move_only> a, b;
    a.emplace_back(1);
    b.emplace_back(2);
    int sum = 0;
    for (auto& x : it::chain(a, b)) sum += x.value;
    CHECK(sum == 3);
}

// ---- compress, dropwhile, filterfalse, takewhile ---------------------------------------------------------------------------------

TEST_CASE("compress: what is selected", "[itertools][compress]") {
    // >>> list(compress('ABCDEF', [1, 0, 1, 0, 1, 1])), list(compress('ABCDEF', [0] * 6)), list(compress('ABCDEF', [1, 0, 1]))
    CHECK(shown(it::compress("ABCDEF"s, std::vector{1, 0, 1, 0, 1, 1})) == "['A', 'C', 'E', 'F']");
    CHECK(shown(it::compress("ABCDEF"s, std::vector(6, 0))) == "[]");
    CHECK(shown(it::compress("ABCDEF"s, std::vector{1, 0, 1})) == "['A', 'C']");
    CHECK(shown(it::compress("ABC"s, std::vector{0, 1, 1, 1, 1})) == "['B', 'C']");
    CHECK(shown(it::compress("ABC"s, std::vector<bool>{true, false, true})) == "['A', 'C']");
    CHECK(shown(it::compress("ABC"s, std::vector{""s, "x"s, ""s})) == "['B']");  // the truth of a str
    CHECK(shown(it::compress(input_iterable{1, 2, 3}, input_iterable{1, 0, 1})) == "[1, 3]");
    std::string const data = "AB";
    std::vector const selectors{true, true};
    static_assert(std::ranges::forward_range<decltype(it::compress(data, selectors)) const>);
}

TEST_CASE("compress: takes an element before its selector", "[itertools][compress]") {
    // >>> data = iter(range(6)); list(compress(data, [1, 0, 1])), list(data)
    auto data = ints({0, 1, 2, 3, 4, 5});
    CHECK(shown(it::compress(data, std::vector{1, 0, 1})) == "[0, 2]");
    CHECK(left(data) == "[4, 5]");
    // >>> selectors = iter([1, 1, 1, 1]); list(compress([1, 2], selectors)), list(selectors)
    auto selectors = ints({1, 1, 1, 1});
    CHECK(shown(it::compress(std::vector{1, 2}, selectors)) == "[1, 2]");
    CHECK(left(selectors) == "[1, 1]");
}

TEST_CASE("dropwhile: from the first that fails", "[itertools][dropwhile]") {
    // >>> list(dropwhile(lambda x: x < 10, [1, 3, 5, 20, 2, 4, 6, 8])), list(dropwhile(lambda x: x < 10, []))
    auto const under_ten = [](int x) { return x < 10; };
    CHECK(shown(it::dropwhile(under_ten, std::vector{1, 3, 5, 20, 2, 4, 6, 8})) == "[20, 2, 4, 6, 8]");
    CHECK(shown(it::dropwhile(under_ten, std::vector<int>{})) == "[]");
    CHECK(shown(it::dropwhile(under_ten, std::vector{1, 2})) == "[]");
    CHECK(shown(it::dropwhile(under_ten, input_iterable{1, 20, 2})) == "[20, 2]");
    std::vector v{1, 12, 3};
    auto dropped = it::dropwhile(under_ten, v);
    static_assert(random_view<decltype(dropped)> && std::ranges::common_range<decltype(dropped)>);
    *dropped.begin() = 0;
    CHECK(v == std::vector{1, 0, 3});
}

TEST_CASE("takewhile: up to the first that fails, which is lost", "[itertools][takewhile]") {
    // >>> list(takewhile(lambda x: x < 10, [1, 3, 5, 20, 2, 4, 6, 8])), list(takewhile(lambda x: x < 10, []))
    auto const under_ten = [](int x) { return x < 10; };
    CHECK(shown(it::takewhile(under_ten, std::vector{1, 3, 5, 20, 2, 4, 6, 8})) == "[1, 3, 5]");
    CHECK(shown(it::takewhile(under_ten, std::vector<int>{})) == "[]");
    CHECK(shown(it::takewhile(under_ten, input_iterable{1, 20, 2})) == "[1]");
    // >>> g = iter(range(6)); list(takewhile(lambda x: x < 3, g)), list(g)
    auto g = ints({0, 1, 2, 3, 4, 5});
    auto taken = it::takewhile(under_three, g);
    CHECK(shown(taken) == "[0, 1, 2]");
    CHECK_THROWS_AS(taken.next(), amphis::StopIteration);  // and stays ended
    CHECK(left(g) == "[4, 5]");
    std::vector v{1, 2};
    static_assert(random_view<decltype(it::takewhile(under_ten, v))>);
    CHECK(shown(it::takewhile(under_ten, it::count(7))) == "[7, 8, 9]");
}

TEST_CASE("filterfalse: what fails", "[itertools][filterfalse]") {
    // >>> list(filterfalse(lambda x: x % 2, range(6))), list(filterfalse(None, [0, 1, 0, 2, 0])), list(filterfalse(None, ['', 'a']))
    CHECK(shown(it::filterfalse(odd, it::islice(it::count(), 6))) == "[0, 2, 4]");
    CHECK(shown(it::filterfalse(None, std::vector{0, 1, 0, 2, 0})) == "[0, 0, 0]");
    CHECK(shown(it::filterfalse(None, std::vector{""s, "a"s})) == "['']");
    CHECK(shown(it::filterfalse(odd, input_iterable{1, 2, 3, 4})) == "[2, 4]");
    CHECK(shown(it::filterfalse(odd, std::vector{1, 3})) == "[]");
    std::vector v{1, 2};
    *it::filterfalse(odd, v).begin() = 4;
    CHECK(v == std::vector{1, 4});
    static_assert(std::ranges::forward_range<decltype(it::filterfalse(odd, v)) const>);
}

TEST_CASE("adaptors with a predicate: elements that are computed are computed once", "[itertools][filterfalse]") {
    int calls = 0;
    std::vector const v{1, 2, 3, 4};
    auto const squares = v | std::views::transform([&calls](int x) { return ++calls, x * x; });
    static_assert(input_view<decltype(it::filterfalse(odd, squares))>);
    CHECK(shown(it::filterfalse(odd, squares)) == "[4, 16]");
    CHECK(calls == 4);
    calls = 0;
    CHECK(shown(it::takewhile(under_three, squares)) == "[1]");
    CHECK(calls == 2);
    calls = 0;
    CHECK(shown(it::dropwhile(under_three, squares)) == "[4, 9, 16]");
    CHECK(calls == 4);
    calls = 0;
    CHECK(shown(it::pairwise(squares)) == "[(1, 4), (4, 9), (9, 16)]");
    CHECK(calls == 4);
}

TEST_CASE("adaptors with a predicate: an exception of it is raised once, and the next element follows", "[itertools][filterfalse]") {
    // >>> f = filterfalse(lambda x: 1 // (x - 2), iter([1, 2, 3, 0])); the second next() raises, the third goes on
    auto const fails_on_two = [](int x) {
        if (x == 2) throw ValueError("two");
        return x == 0;
    };
    auto f = it::filterfalse(fails_on_two, ints({1, 2, 3, 0}));
    CHECK(f.next() == 1);
    CHECK_THROWS_AS(f.next(), ValueError);
    CHECK(f.next() == 3);
    CHECK_THROWS_AS(f.next(), amphis::StopIteration);
    auto t = it::takewhile([](int x) -> bool { throw ValueError(x); }, ints({1, 2}));
    CHECK_THROWS_AS(t.next(), ValueError);
    CHECK_THROWS_AS(t.next(), ValueError);
    CHECK(t.next(0) == 0);
}

TEST_CASE("adaptors: an exception of the source is raised once, and ends a generator", "[itertools]") {
    auto const broken = []() -> generator<int> {
        co_yield 1;
        throw ValueError("broken");
    };
    auto const check = [](auto adaptor) {
        CHECK_THROWS_AS((adaptor.next(), adaptor.next()), ValueError);
        CHECK_THROWS_AS(adaptor.next(), amphis::StopIteration);
    };
    check(it::islice(broken(), 5));
    check(it::chain(broken(), std::vector<int>{}));
    check(it::filterfalse(odd, it::chain(std::vector{2}, broken())));
    check(it::takewhile(odd, broken()));
    check(it::accumulate(broken()));
    check(it::compress(broken(), it::repeat(true)));
    check(it::zip_longest(broken()));
    check(it::groupby(broken()));
    check(it::starmap([](int x) { return x; }, []() -> generator<std::tuple<int>> {
        std::tuple<int> const one(1);
        co_yield one;
        throw ValueError("broken");
    }()));
    check(std::get<0>(it::tee(broken())));
    check(it::unique_everseen(broken()));
    auto pairs = it::pairwise(broken());
    CHECK_THROWS_AS(pairs.next(), ValueError);
    auto batches = it::batched(broken(), 2);
    CHECK_THROWS_AS(batches.next(), ValueError);
}

TEST_CASE("adaptors: take part in pipelines of std::ranges", "[itertools]") {
    std::vector const v{1, 2, 3, 4, 5, 6};
    auto const doubled = std::views::transform([](int x) { return 2 * x; });
    CHECK(shown(it::filterfalse(odd, v) | doubled | std::views::take(2)) == "[4, 8]");
    CHECK(shown(it::chain(v, v) | std::views::drop(10)) == "[5, 6]");
    CHECK(shown(it::islice(v, 1, None, 2) | std::views::reverse) == "[6, 4, 2]");
    CHECK(shown(it::pairwise(v | std::views::take(3))) == "[(1, 2), (2, 3)]");
    CHECK(shown(it::takewhile(under_three, v) | doubled) == "[2, 4]");
    CHECK(std::ranges::equal(it::accumulate(v), std::vector{1, 3, 6, 10, 15, 21}));
    CHECK(std::ranges::distance(it::batched(v, 4)) == 2);
    CHECK(shown(ints({1, 2, 3}) | std::views::filter(odd) | std::views::transform([](int x) { return x + 1; })) == "[2, 4]");
}

TEST_CASE("adaptors: Python iterators and C strings are iterables", "[itertools]") {
    struct Countdown {
        int n;
        int next() {
            if (n == 0) throw amphis::StopIteration();
            return n--;
        }
    };
    CHECK(shown(it::islice(Countdown{5}, 3)) == "[5, 4, 3]");
    CHECK(shown(it::chain(Countdown{2}, Countdown{1})) == "[2, 1, 1]");
    CHECK(shown(it::filterfalse(odd, Countdown{4})) == "[4, 2]");
    CHECK(shown(it::combinations(Countdown{3}, 2)) == "[(3, 2), (3, 1), (2, 1)]");
    CHECK(shown(it::pairwise("ABC")) == "[('A', 'B'), ('B', 'C')]");
}

TEST_CASE("adaptors: are constexpr", "[itertools]") {
    static constexpr std::array numbers{1, 2, 3, 4, 5};
    constexpr auto total = [](auto&& elements) {
        int sum = 0;
        for (auto&& x : elements) sum += static_cast<int>(x);
        return sum;
    };
    static_assert(total(it::chain(numbers, numbers)) == 30);
    static_assert(total(it::islice(numbers, 1, None, 2)) == 6);
    static_assert(total(it::filterfalse(odd, numbers)) == 6);
    static_assert(total(it::takewhile(under_three, numbers)) == 3);
    static_assert(total(it::dropwhile(under_three, numbers)) == 12);
    static_assert(total(it::compress(numbers, numbers)) == 15);
    static_assert(total(it::accumulate(numbers)) == 35);
    static_assert(total(it::islice(it::cycle(numbers), 6)) == 16);
    static_assert(it::batched(numbers, 2).size() == 3);
    static_assert([] {
        int sum = 0;
        for (auto [a, b] : it::pairwise(numbers)) sum += a * b;
        for (auto [a, b] : it::product(numbers, numbers)) sum += a * b;
        for (auto const& c : it::combinations(numbers, 2)) sum += c[0] * c[1];
        for (auto const& p : it::permutations(numbers, 2)) sum += p[0] - p[1];
        return sum;
    }() == 40 + 225 + 85);
    SUCCEED();
}
