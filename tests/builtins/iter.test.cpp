// SPDX-License-Identifier: MIT
// iter() and next(): expected values are CPython 3.11's; the comments show the expression. Lib/test/test_iter.py has the cases.
#include <amphis/builtins.hpp>
#include <amphis/itertools.hpp>
#include <amphis/lang/generator.hpp>

#include <array>
#include <list>
#include <map>
#include <memory>
#include <optional>
#include <ranges>
#include <string>
#include <type_traits>
#include <vector>

#include "support/catch.hpp"
#include "support/probes.hpp"

using namespace std::string_literals;
using amphis::generator, amphis::iter, amphis::list, amphis::map, amphis::next, amphis::None, amphis::range, amphis::StopIteration;

namespace {

using namespace amphis::literals;
using ints = std::vector<int>;

generator<int> count_to(int n) {
    for (int i = 0; i < n; ++i) co_yield i;
}
generator<std::string> words() {
    co_yield "one"s;
    co_yield "two"s;
}

/// Python's __next__.
struct Countdown {
    int n = 0;
    int next() {
        if (n == 0) throw StopIteration();
        return n--;
    }
};
/// Python's __iter__: an iterable that can be iterated again.
struct Deck {
    ints cards{7, 8, 9};
    [[nodiscard]] auto iter() const { return amphis::iter(cards); }
};
/// An iterator over what it does not own.
struct Walker {
    ints& over;
    std::size_t at = 0;
    int& next() {
        if (at == over.size()) throw StopIteration();
        return over[at++];
    }
};

}  // namespace

static_assert(std::ranges::input_range<decltype(iter(std::declval<ints&>()))> && std::ranges::view<decltype(iter(std::declval<ints&>()))>);
static_assert(std::is_same_v<decltype(next(iter(std::declval<ints&>()))), int&>);
static_assert(std::is_same_v<decltype(next(iter(std::declval<ints const&>()))), int const&>);
static_assert(std::is_same_v<decltype(iter(count_to(1))), generator<int>>);
static_assert(std::is_same_v<decltype(next(iter(range(3)), None)), std::optional<int>>);

TEST_CASE("iter: next() gives one element after the other, then StopIteration", "[builtins][iter]") {
    ints v{1, 2, 3};
    auto it = iter(v);
    CHECK(next(it) == 1);
    next(it) = 20;
    CHECK(v[1] == 20);
    CHECK(it.next() == 3);
    CHECK_THROWS_AS(next(it), StopIteration);
    CHECK_THROWS_AS(next(it), StopIteration);  // and for ever
    v.push_back(4);
    CHECK_THROWS_AS(next(it), StopIteration);  // even then: test_iter's test_sinkstate_list
}

TEST_CASE("next: a default stands for the end", "[builtins][next]") {
    auto it = iter(range(1));
    CHECK(next(it, -1) == 0);
    CHECK(next(it, -1) == -1);
    CHECK(next(it, None) == std::nullopt);
    CHECK(next(Countdown{0}, 5) == 5);
    CHECK(next(Countdown{2}, None) == std::optional(2));
    auto g = count_to(1);
    CHECK(next(g, None) == std::optional(0));
    CHECK(next(g, None) == std::nullopt);
    CHECK(next(g, 3) == 3);
    auto w = words();
    CHECK(next(w) == "one");
    CHECK(next(w, "none") == "two");
    CHECK(next(w, "none") == "none");
    auto m = iter(ints{});
    CHECK(m.next(9) == 9);
}

TEST_CASE("iter: a for loop goes on where next() stopped", "[builtins][iter]") {
    ints const v{1, 2, 3, 4};
    auto it = iter(v);
    next(it);
    ints seen;
    for (int x : it) {
        seen.push_back(x);
        if (x == 3) break;
    }
    CHECK(seen == ints{2, 3});
    CHECK(list(it) == ints{4});
    CHECK(list(it).empty());
}

TEST_CASE("iter: of an iterator is the iterator", "[builtins][iter]") {
    ints const v{1, 2, 3};
    auto it = iter(v);
    auto again = iter(it);
    CHECK(next(again) == 1);
    CHECK(next(it) == 2);
    CHECK(next(again) == 3);
    auto g = count_to(3);
    auto of_g = iter(g);
    CHECK(next(of_g) == 0);
    CHECK(next(g) == 1);
    CHECK(list(of_g) == ints{2});
}

TEST_CASE("iter: nothing is read before it is asked for", "[builtins][iter]") {
    int calls = 0;
    auto it = iter(map([&](int x) { return ++calls, x; }, range(3)));
    CHECK(calls == 0);
    CHECK(next(it) == 0);
    CHECK(calls == 1);
    Countdown c{3};
    auto of_c = iter(c);
    CHECK(c.n == 3);
    next(of_c);
    CHECK(c.n == 2);
    CHECK(list(iter(probes::input_iterable{1, 2})) == ints{1, 2});
}

TEST_CASE("iter: keeps a temporary, wherever it is moved to", "[builtins][iter]") {
    auto it = iter("short"s);
    CHECK(next(it) == 's');
    auto moved = std::move(it);
    CHECK(next(moved) == 'h');
    CHECK(list(moved) == std::vector{'o', 'r', 't'});
    auto of_array = iter(std::array{1, 2, 3});
    next(of_array);
    auto second = std::move(of_array);
    CHECK(next(second) == 2);
    std::vector<probes::move_only> only;
    only.emplace_back(5);
    auto of_only = iter(std::move(only));
    CHECK(next(of_only).value == 5);
}

TEST_CASE("iter: a class with next() is an iterator, one with iter() an iterable", "[builtins][iter]") {
    CHECK(list(Countdown{3}) == ints{3, 2, 1});
    Countdown c{4};
    for (int x : iter(c)) {
        if (x == 3) break;
    }
    CHECK(c.n == 2);
    CHECK(amphis::sum(c) == 3);
    CHECK(c.n == 0);
    Deck const deck;
    CHECK(list(deck) == ints{7, 8, 9});
    CHECK(amphis::sum(deck) == 24);
    CHECK(next(iter(deck)) == 7);
    ints v{1, 2};
    for (int& x : iter(Walker{v})) x += 1;
    CHECK(v == ints{2, 3});
    CHECK(list(amphis::zip(Walker{v}, Countdown{2})) == std::vector<std::tuple<int, int>>{{2, 2}, {3, 1}});
}

TEST_CASE("iter: calls a function until it returns the sentinel", "[builtins][iter]") {
    int i = 0;
    auto const spam = [&i] { return i++; };
    CHECK(list(iter(spam, 4)) == ints{0, 1, 2, 3});
    CHECK(i == 5);
    auto it = iter(spam, 7);
    CHECK(next(it) == 5);
    CHECK(next(it) == 6);
    CHECK_THROWS_AS(next(it), StopIteration);
    CHECK_THROWS_AS(next(it), StopIteration);
    CHECK(i == 8);  // it is not called again: test_iter's test_sinkstate_callable
    CHECK(list(iter([] { return ""s; }, "")).empty());
    int left = 3;
    CHECK(list(iter([&left] {
        if (left == 0) throw StopIteration();
        return left--;
    }, -1)) == ints{3, 2, 1});
    CHECK_THROWS_AS(list(iter([]() -> int { throw amphis::ValueError("f"); }, 1)), amphis::ValueError);
    auto const pointers = [n = std::make_shared<int>(0)] { return std::make_unique<int>((*n)++); };
    auto of_pointers = iter(pointers, nullptr);
    next(of_pointers);
    CHECK(*next(of_pointers) == 1);
}

TEST_CASE("iter: goes on after an exception where the source does", "[builtins][iter]") {
    auto it = iter([]() -> generator<int> {
        co_yield 1;
        throw amphis::KeyError("k");
    }());
    CHECK(next(it) == 1);
    CHECK_THROWS_AS(next(it), amphis::KeyError);
    CHECK_THROWS_AS(next(it), StopIteration);
    struct Hiccup {
        int n = 0;
        int next() {
            if (++n == 2) throw amphis::ValueError("hiccup");
            if (n > 3) throw StopIteration();
            return n;
        }
    };
    Hiccup h;
    CHECK(next(h) == 1);
    CHECK_THROWS_AS(next(h), amphis::ValueError);
    CHECK(next(h) == 3);
    CHECK(next(h, 0) == 0);
}

TEST_CASE("in: looks for a value", "[builtins][in]") {
    using amphis::in;
    ints const v{1, 2, 3};
    CHECK(in(2, v));
    CHECK_FALSE(in(4, v));
    CHECK(in(2.0, v));
    CHECK_FALSE(in(-1, std::vector{4294967295U}));  // by value
    CHECK(in("ell", "hello"s));
    CHECK(in("", "hello"s));
    CHECK(in('h', "hello"s));
    CHECK_FALSE(in("hi", "hello"s));
    CHECK(in('b', "abc"));
    CHECK(in("b"s, std::map<std::string, int>{{"b", 1}}));
    CHECK(in("b", std::vector{"a"s, "b"s}));
    CHECK(in(3, range(10)));
    auto g = count_to(10);
    CHECK(in(3, g));
    CHECK(next(g) == 4);  // >>> g = iter(range(10)); 3 in g; next(g)
    CHECK(in(2, Countdown{5}));
}

static_assert([] {
    std::array const a{1, 2, 3};
    auto it = iter(a);
    next(it);
    return next(it) + next(it, 7) + next(it, 7);
}() == 12);

// ---- moved about -------------------------------------------------------------------------------------------------------------

namespace {

/// What is left of an iterator after one element, when it was moved then: in Python it would be the same object.
template <class A>
auto moved_rest(A adaptor) {
    static_cast<void>(amphis::next(adaptor));
    auto there = std::move(adaptor);
    A and_there(std::move(there));
    return amphis::list(and_there);
}

}  // namespace

TEST_CASE("adaptors: an iterator that has begun can be moved, also over what it owns", "[itertools]") {
    namespace it = amphis::itertools;

    std::string const text = "abcd";
    auto const letters = [&] { return iter(std::string(text)); };
    auto const all = std::vector{'b', 'c', 'd'};
    CHECK(moved_rest(letters()) == all);
    CHECK(moved_rest(it::chain(std::string("ab"), iter(std::string("cd")))) == all);
    CHECK(moved_rest(it::islice(letters(), 9)) == all);
    CHECK(moved_rest(it::takewhile([](char c) { return c != 'x'; }, letters())) == all);
    CHECK(moved_rest(it::filterfalse([](char c) { return c == 'x'; }, letters())) == all);
    CHECK(moved_rest(iter(amphis::filter([](char c) { return c != 'x'; }, std::string(text)))) == all);
    CHECK(moved_rest(amphis::genexpr([](char c) { return c; }, amphis::for_(std::string(text)))) == all);
    CHECK(moved_rest(amphis::genexpr([](char c) { return c; }, amphis::for_(it::islice(letters(), 9)))) == all);
    auto const rows = [](int n) { return std::vector<std::string>(std::size_t(n), "xy"); };
    CHECK(moved_rest(amphis::genexpr(amphis::for_(std::vector{1, 2}), amphis::for_(rows), amphis::for_([](std::string& s) -> std::string& { return s; }))).size() == 5);
    CHECK(moved_rest(it::accumulate(iter(std::vector{1, 2, 3}))) == std::vector{3, 6});
    CHECK(moved_rest(it::pairwise(letters())).size() == 2);
    CHECK(moved_rest(iter(amphis::zip(std::string(text), std::vector{1, 2, 3, 4}))).size() == 3);
}

namespace {
/// Its iter() makes what is iterated.
struct MadeAnew {
    static std::vector<int> iter() { return {1, 2, 3}; }
};
}  // namespace

TEST_CASE("iterables: iter() may make a container", "[builtins]") {
    MadeAnew const made;
    std::vector<int> seen;
    for (auto [i, x] : amphis::enumerate(made)) seen.push_back(static_cast<int>(i) * x);
    CHECK(seen == std::vector{0, 2, 6});
    CHECK(amphis::list(amphis::zip(made, made)).size() == 3);
    CHECK(amphis::sorted(made, "reverse"_k = true) == std::vector{3, 2, 1});
    CHECK(amphis::sum(made) == 6);
}
