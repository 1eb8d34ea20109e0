// SPDX-License-Identifier: MIT
// list, tuple, set, dict and to<C>: expected values are CPython 3.11's; the comments show the expression.
#include <amphis/builtins.hpp>
#include <amphis/itertools.hpp>
#include <amphis/lang/generator.hpp>

#include <deque>
#include <forward_list>
#include <list>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <type_traits>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "support/catch.hpp"
#include "support/probes.hpp"

using namespace amphis::literals;
using namespace std::string_literals;
using amphis::dict, amphis::generator, amphis::list, amphis::range, amphis::repr, amphis::set, amphis::to, amphis::tuple, amphis::zip;

namespace {

using ints = std::vector<int>;

generator<std::string> words() {
    co_yield "one"s;
    co_yield "two"s;
}

}  // namespace

static_assert(std::is_same_v<decltype(list(range(3))), ints>);
static_assert(std::is_same_v<decltype(list("abc")), std::vector<char>>);
static_assert(std::is_same_v<decltype(list(zip(std::declval<ints&>(), "a"))), std::vector<std::tuple<int, char>>>);
static_assert(std::is_same_v<decltype(set(range(3))), std::unordered_set<int>>);
static_assert(std::is_same_v<decltype(dict(zip(std::declval<std::vector<std::string>&>(), range(3)))), std::unordered_map<std::string, int>>);
static_assert(std::is_same_v<decltype(to<std::map>(zip("a", range(3)))), std::map<char, int>>);
static_assert(std::is_same_v<decltype(to<std::vector>(zip("a", range(3)))), std::vector<std::tuple<char, int>>>);

TEST_CASE("list: a vector of any range", "[builtins][list]") {
    ints const v{1, 2};
    CHECK(list(v) == v);
    CHECK(list(std::forward_list{1, 2}) == v);
    CHECK(list(ints{}).empty());
    CHECK(list("abc") == std::vector{'a', 'b', 'c'});
    CHECK(list(words()) == std::vector{"one"s, "two"s});
    CHECK(list(std::vector{true, false}) == std::vector{true, false});
    CHECK(list(probes::input_iterable{1, 2}) == v);
    char const* const c_string = "xy";
    CHECK(list(c_string) == std::vector{'x', 'y'});
    CHECK(list(std::map<int, char>{{1, 'a'}}) == std::vector{std::pair<int const, char>(1, 'a')});
}

TEST_CASE("list: moves what nothing else sees", "[builtins][list]") {
    std::vector<probes::tracked> v(3);
    probes::tracked::reset();
    auto moved = list(std::move(v));
    CHECK(probes::tracked::copies == 0);
    CHECK(probes::tracked::moves == 0);  // the whole vector at once
    auto from_deque = list(to<std::deque>(std::move(moved)));
    CHECK(probes::tracked::copies == 0);
    CHECK(from_deque.size() == 3);
    CHECK(list(from_deque).size() == 3);
    CHECK(probes::tracked::copies == 3);
    auto const pointers = list(amphis::map([](int x) { return std::make_unique<int>(x); }, range(2)));
    CHECK(*pointers[1] == 1);
    std::vector<std::string> strings{"a long string that is on the heap", "b"};
    auto const views = list(std::span<std::string>(strings));  // a view owns nothing
    CHECK(strings[0] == views[0]);
}

TEST_CASE("tuple: as long as the range", "[builtins][tuple]") {
    CHECK(repr(tuple(range(3))) == "(0, 1, 2)");
    CHECK(repr(tuple(range(1))) == "(0,)");
    CHECK(repr(tuple("")) == "()");
    CHECK(tuple(ints{1, 2}) == tuple(range(1, 3)));
    CHECK(tuple(ints{1, 2}) < tuple(ints{1, 3}));
    CHECK(amphis::len(tuple("abc")) == 3);
    CHECK(set(std::vector{tuple("ab"), tuple("ab")}).size() == 1);
}

TEST_CASE("set: each element once", "[builtins][set]") {
    CHECK(set("mississippi") == std::unordered_set{'m', 'i', 's', 'p'});
    CHECK(set(ints{1, 2, 1}) == std::unordered_set{1, 2});
    CHECK(set(ints{}).empty());
    CHECK(repr(set(ints{})) == "set()");
    CHECK(set(zip(ints{1, 1}, "aa")).size() == 1);
    CHECK(set(words()).contains("two"));
}

TEST_CASE("dict: the later of two with one key stays", "[builtins][dict]") {
    std::vector const names{"a"s, "b"s};
    CHECK(dict(zip(names, range(2))) == std::unordered_map<std::string, int>{{"a", 0}, {"b", 1}});
    CHECK(dict(std::vector<std::pair<int, char>>{{1, 'a'}, {1, 'b'}}) == std::unordered_map<int, char>{{1, 'b'}});
    CHECK(dict(std::map<int, int>{{1, 2}}) == std::unordered_map<int, int>{{1, 2}});
    CHECK(dict("one"_k = 1, "two"_k = 2) == std::unordered_map<std::string, int>{{"one", 1}, {"two", 2}});
    CHECK(dict("name"_k = "Ada") == std::unordered_map<std::string, std::string>{{"name", "Ada"}});
    CHECK(dict(amphis::enumerate("ab")).at(1) == 'b');
    auto const by_pair = dict(zip(zip(ints{1}, ints{2}), "x"));
    CHECK(by_pair.at(std::tuple(1, 2)) == 'x');
    std::vector<std::pair<int, std::unique_ptr<int>>> moved;
    moved.emplace_back(1, std::make_unique<int>(5));
    CHECK(*dict(std::move(moved)).at(1) == 5);
}

TEST_CASE("list: of more than can be counted beside a few", "[builtins][list]") {
    auto const first = [](auto const& order, int i) { return order[0] + i; };
    CHECK(list(amphis::map(first, amphis::itertools::permutations(range(30)), range(3))) == ints{0, 1, 2});
    CHECK(tuple(zip(amphis::itertools::combinations(range(200), 100), range(2))).size() == 2);
}

TEST_CASE("to: any container", "[builtins][to]") {
    CHECK(to<std::set>(ints{2, 1}) == std::set{1, 2});
    CHECK(to<std::deque>(range(2)) == std::deque{0, 1});
    CHECK(to<std::list>("ab") == std::list{'a', 'b'});
    CHECK(to<std::vector<double>>(range(2)) == std::vector{0.0, 1.0});
    CHECK(to<std::string>(amphis::reversed("abc")) == "cba");
    CHECK(to<std::map>(zip("ba", range(2))) == std::map<char, int>{{'a', 1}, {'b', 0}});
    CHECK(to<std::map<char, double>>(zip("ba", range(2))).at('a') == 1.0);
    CHECK(to<std::multimap<int, int>>(zip(ints{1, 1}, ints{2, 3})).size() == 2);
}

static_assert([] {
    auto const v = list(amphis::map([](int x) { return x * x; }, range(4)));
    return v.size() == 4 && v[3] == 9;
}());
