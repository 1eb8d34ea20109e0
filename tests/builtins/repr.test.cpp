// SPDX-License-Identifier: MIT
// repr and str of containers and types of one's own. The expected values are what CPython 3.11.2 prints.
#include <amphis/builtins/bytes.hpp>
#include <amphis/builtins/repr.hpp>
#include <amphis/lang/exceptions.hpp>

#include <array>
#include <cmath>
#include <complex>
#include <deque>
#include <forward_list>
#include <functional>
#include <list>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <variant>
#include <vector>

#include "support/catch.hpp"
#include "support/probes.hpp"

using amphis::repr;
using amphis::str;
using namespace amphis::literals;
using namespace std::string_literals;
using namespace std::string_view_literals;

namespace shop {
struct price {  // a member repr
    int cents = 0;
    std::string repr() const { return "price(" + amphis::repr(cents) + ")"; }
};
struct card {  // free functions beside the type
    std::string_view suit;
    int rank = 0;
};
std::string repr(card const& c) { return "card(" + amphis::repr(c.suit) + ", " + amphis::repr(c.rank) + ")"; }
std::string str(card const& c) { return amphis::str(c.rank) + " of " + std::string(c.suit); }
struct label {  // only a str
    std::string text;
    std::string const& str() const { return text; }
};
enum class color { red, green };
constexpr char const* repr(color c) { return c == color::red ? "<color.red>" : "<color.green>"; }
constexpr std::string_view str(color c) { return c == color::red ? "red" : "green"; }
struct shelf : std::vector<int> {  // a container that says how it prints
    using vector::vector;
    std::string repr() const { return "shelf of " + amphis::repr(size()); }
};
/// A container of one's own: begin and end are free functions.
struct countdown_from {
    int from = 0;
};
struct countdown_iterator {
    int at = 0;
    int operator*() const { return at; }
    countdown_iterator& operator++() { return --at, *this; }
    bool operator==(countdown_iterator const&) const = default;
};
countdown_iterator begin(countdown_from const& c) { return {c.from}; }
countdown_iterator end(countdown_from const&) { return {0}; }
/// Looks like std::optional, variant and tuple without being one.
struct point {
    int x = 0, y = 0;
    template <std::size_t I>
    int get() const {
        return I == 0 ? x : y;
    }
};
}  // namespace shop
template <>
struct std::tuple_size<shop::point> : std::integral_constant<std::size_t, 2> {};
template <std::size_t I>
struct std::tuple_element<I, shop::point> {
    using type = int;
};

namespace {

TEST_CASE("repr: lists", "[builtins][repr]") {
    CHECK(repr(std::vector<int>{}) == "[]");                                      // >>> repr([])
    CHECK(repr(std::vector{1}) == "[1]");                                         // >>> repr([1])
    CHECK(repr(std::vector{1, 2, 3}) == "[1, 2, 3]");                             // >>> repr([1, 2, 3])
    CHECK(repr(std::vector{1.0, 1e16, 0.1, -0.0}) == "[1.0, 1e+16, 0.1, -0.0]");  // >>> repr([1.0, 1e16, 0.1, -0.0])
    CHECK(repr(std::vector<bool>{true, false}) == "[True, False]");               // >>> repr([True, False])
    // >>> repr(["a", "it's", 'say "hi"', "\n"])
    CHECK(repr((std::vector<std::string>{"a", "it's", "say \"hi\"", "\n"})) == "['a', \"it's\", 'say \"hi\"', '\\n']");
    // >>> repr(["é", "\x7f", "\u200b"])
    CHECK(repr((std::vector<std::string>{"\303\251", "\177", "\342\200\213"})) == "['\303\251', '\\x7f', '\\u200b']");
    CHECK(repr(std::array{1, 2}) == "[1, 2]");                                            // >>> repr([1, 2])
    CHECK(repr(std::array<int, 0>{}) == "[]");                                            // >>> repr([])
    CHECK(repr((std::deque<char const*>{"a"})) == "['a']");                               // >>> repr(["a"])
    CHECK(repr(std::list{1}) == "[1]");                                                   // >>> repr([1])
    CHECK(repr((std::forward_list<char>{'a', 'b'})) == "['a', 'b']");                     // >>> repr(["a", "b"])
    CHECK(repr((std::initializer_list<int>{1, 2})) == "[1, 2]");                          // >>> repr([1, 2])
    CHECK(repr((std::vector<std::vector<int>>{{1, 2}, {3, 4}})) == "[[1, 2], [3, 4]]");   // >>> repr([[1, 2], [3, 4]])
    CHECK(repr((std::vector<std::vector<std::vector<int>>>{{}, {{}}})) == "[[], [[]]]");  // >>> repr([[], [[]]])
    CHECK(repr((std::vector<char>{'a', 'b'})) == "['a', 'b']");                           // >>> repr(["a", "b"])
    CHECK(repr((std::vector<unsigned char>{97, 98})) == "[97, 98]");                      // >>> repr([97, 98])
}

TEST_CASE("repr: arrays and spans", "[builtins][repr]") {
    int numbers[] = {1, 2, 3};
    int const table[2][2] = {{1, 2}, {3, 4}};
    char const* const names[] = {"a", "b"};
    CHECK(repr(numbers) == "[1, 2, 3]");                             // >>> repr([1, 2, 3])
    CHECK(repr(std::span(numbers)) == "[1, 2, 3]");                  // >>> repr([1, 2, 3])
    CHECK(repr((std::span<int const, 3>(numbers))) == "[1, 2, 3]");  // >>> repr([1, 2, 3])
    CHECK(repr(table) == "[[1, 2], [3, 4]]");                        // >>> repr([[1, 2], [3, 4]])
    CHECK(repr(names) == "['a', 'b']");                              // >>> repr(['a', 'b'])
    std::vector<bool> flags{true, false};
    CHECK(repr(flags[0]) == "True");                  // >>> repr(True)
    CHECK(repr(std::vector{flags[1]}) == "[False]");  // >>> repr([False])
}

TEST_CASE("repr: dicts", "[builtins][repr]") {
    CHECK(repr((std::map<int, int>{})) == "{}");  // >>> repr({})
    // >>> repr({"a": [1, 2], "b": []})
    CHECK(repr((std::map<std::string, std::vector<int>>{{"a", {1, 2}}, {"b", {}}})) == "{'a': [1, 2], 'b': []}");
    CHECK(repr((std::unordered_map<int, double>{{1, 2.0}})) == "{1: 2.0}");  // >>> repr({1: 2.0})
    // >>> repr({(1, 2): {"x": None}})
    CHECK(repr((std::map<std::pair<int, int>, std::map<char, std::optional<int>>>{{{1, 2}, {{'x', std::nullopt}}}})) ==
          "{(1, 2): {'x': None}}");
    CHECK(repr(std::multimap<int, char>{{1, 'a'}, {1, 'b'}}) == "{1: 'a', 1: 'b'}");
    CHECK(repr(std::unordered_multimap<int, int>{{1, 2}, {1, 2}}) == "{1: 2, 1: 2}");
}

TEST_CASE("repr: sets", "[builtins][repr]") {
    CHECK(repr(std::set<int>{}) == "set()");                         // >>> repr(set())
    CHECK(repr(std::set{2, 1}) == "{1, 2}");                         // >>> repr({1, 2})
    CHECK(repr((std::unordered_set<std::string>{"a"})) == "{'a'}");  // >>> repr({"a"})
    CHECK(repr(std::unordered_set<int>{}) == "set()");               // >>> repr(set())
    CHECK(repr(std::multiset{1, 1}) == "{1, 1}");
    CHECK(repr((std::set<std::tuple<int>>{std::tuple{1}})) == "{(1,)}");   // >>> repr({(1,)})
    CHECK(repr((std::vector<std::set<int>>{{}, {1}})) == "[set(), {1}]");  // >>> repr([set(), {1}])
}

TEST_CASE("repr: tuples", "[builtins][repr]") {
    CHECK(repr(std::tuple<>{}) == "()");             // >>> repr(())
    CHECK(repr(std::tuple{1}) == "(1,)");            // >>> repr((1,))
    CHECK(repr((std::pair{1, "x"})) == "(1, 'x')");  // >>> repr((1, "x"))
    // >>> repr((1, 2.0, True, None, "s"))
    CHECK(repr((std::tuple{1, 2.0, true, amphis::None, "s"s})) == "(1, 2.0, True, None, 's')");
    CHECK(repr((std::pair{std::pair{1, 2}, std::vector{3}})) == "((1, 2), [3])");  // >>> repr(((1, 2), [3]))
    CHECK(repr((shop::point{1, 2})) == "(1, 2)");                                  // >>> repr((1, 2))
    int const x = 7;
    CHECK(repr(std::tie(x, x)) == "(7, 7)");  // >>> repr((7, 7))
}

TEST_CASE("repr: optionals, variants and None", "[builtins][repr]") {
    CHECK(repr(std::optional<int>{}) == "None");                                              // >>> repr(None)
    CHECK(repr(std::optional{3}) == "3");                                                     // >>> repr(3)
    CHECK(repr(std::optional{"x"s}) == "'x'");                                                // >>> repr('x')
    CHECK(repr((std::vector<std::optional<int>>{{}, 3})) == "[None, 3]");                     // >>> repr([None, 3])
    CHECK(repr((std::optional<std::optional<int>>{std::in_place, std::nullopt})) == "None");  // >>> repr(None)
    CHECK(repr(amphis::None) == "None");                                                      // >>> repr(None)
    CHECK(repr(nullptr) == "None");                                                           // >>> repr(None)
    CHECK(repr((std::variant<int, std::string>{1})) == "1");                                  // >>> repr(1)
    CHECK(repr((std::variant<int, std::string>{"a"})) == "'a'");                              // >>> repr('a')
    CHECK(repr((std::variant<std::monostate, int>{})) == "None");                             // >>> repr(None)
    CHECK(repr(std::monostate{}) == "None");                                                  // >>> repr(None)
    // >>> repr([1, "a", [2.0]])
    CHECK(repr((std::vector<std::variant<int, char, std::vector<double>>>{1, 'a', std::vector{2.0}})) ==
          "[1, 'a', [2.0]]");
}

TEST_CASE("repr: bytes", "[builtins][repr]") {
    CHECK(repr("abc"_b) == "b'abc'");  // >>> repr(b'abc')
    // >>> repr(b'a\x00\'"\n\t\r\\\x7f\xff')
    CHECK(repr("a\0'\"\n\t\r\\\x7f\xff"_b) == "b'a\\x00\\'\"\\n\\t\\r\\\\\\x7f\\xff'");
    CHECK(repr("it's"_b) == "b\"it's\"");                                   // >>> repr(b"it's")
    CHECK(repr(""_b) == "b''");                                             // >>> repr(b'')
    CHECK(repr((std::array{std::byte{0}, std::byte{65}})) == "b'\\x00A'");  // >>> repr(b'\x00A')
    CHECK(repr((std::vector{std::byte{65}})) == "b'A'");                    // >>> repr(b'A')
    std::byte const raw[] = {std::byte{65}, std::byte{10}};
    CHECK(repr(raw) == "b'A\\n'");                // >>> repr(b'A\n')
    CHECK(repr(std::span(raw)) == "b'A\\n'");     // >>> repr(b'A\n')
    CHECK(repr(std::vector{"a"_b}) == "[b'a']");  // >>> repr([b"a"])
    CHECK(repr(std::byte{65}) == "65");           // >>> repr(65)
}

TEST_CASE("repr: complex numbers", "[builtins][repr]") {
    CHECK(repr(std::complex(1.0, 2.0)) == "(1+2j)");                  // >>> repr(1+2j)
    CHECK(repr(std::complex(0.0, 1.0)) == "1j");                      // >>> repr(1j)
    CHECK(repr(std::complex(0.0, -1.0)) == "-1j");                    // >>> repr(complex(0,-1))
    CHECK(repr(std::complex(-0.0, 1.0)) == "(-0+1j)");                // >>> repr(complex(-0.0, 1))
    CHECK(repr(std::complex(1.5, -0.25)) == "(1.5-0.25j)");           // >>> repr(complex(1.5, -0.25))
    CHECK(repr(std::complex(1e16, std::nan(""))) == "(1e+16+nanj)");  // >>> repr(complex(1e16, float("nan")))
    // >>> repr(complex(float("inf"), float("-inf")))
    CHECK(repr(std::complex(1e308 * 10, -1e308 * 10)) == "(inf-infj)");
    CHECK(repr(std::vector{std::complex<double>{}}) == "[0j]");  // >>> repr([0j])
    CHECK(repr(std::complex(0.0, -0.0)) == "-0j");               // >>> repr(complex(0, -0.0))
}

TEST_CASE("repr: exceptions inside containers", "[builtins][repr]") {
    // >>> repr([ValueError('bad', 1)])
    CHECK(repr(std::vector{amphis::ValueError("bad", 1)}) == "[ValueError('bad', 1)]");
    // >>> repr((KeyError('k'), None))
    CHECK(repr((std::tuple{amphis::KeyError("k"), amphis::None})) == "(KeyError('k'), None)");
}

TEST_CASE("repr: a type of your own", "[builtins][repr]") {
    CHECK(repr(shop::price{5}) == "price(5)");
    CHECK(repr(shop::card{"hearts", 7}) == "card('hearts', 7)");
    CHECK(repr(shop::color::red) == "<color.red>");
    CHECK(repr(shop::shelf{1, 2}) == "shelf of 2");
    CHECK(repr(shop::countdown_from{3}) == "[3, 2, 1]");
    CHECK(repr(std::map<int, std::vector<shop::price>>{{1, {{2}, {3}}}}) == "{1: [price(2), price(3)]}");
    CHECK(repr(std::tuple{shop::card{"hearts", 7}, shop::color::green}) == "(card('hearts', 7), <color.green>)");
}

TEST_CASE("str: a type of your own", "[builtins][str]") {
    CHECK(str(shop::price{5}) == "price(5)");
    CHECK(str(shop::card{"hearts", 7}) == "7 of hearts");
    CHECK(str(shop::label{"a b"}) == "a b");
    CHECK(str(shop::color::red) == "red");
    // A container shows the repr of what it holds, as in Python.
    CHECK(str(std::vector{shop::card{"hearts", 7}}) == "[card('hearts', 7)]");
    CHECK(str(std::optional{shop::card{"hearts", 7}}) == "7 of hearts");
}

TEST_CASE("str: a string is itself, a container is its repr", "[builtins][str]") {
    CHECK(str("it's") == "it's");                              // >>> str("it's")
    CHECK(str("a"s) == "a");                                   // >>> str("a")
    CHECK(str(std::vector{"a"s}) == "['a']");                  // >>> str(["a"])
    CHECK(str(std::optional{"a"s}) == "a");                    // >>> str("a")
    CHECK(str((std::variant<int, std::string>{"a"})) == "a");  // >>> str("a")
    CHECK(str(std::optional<int>{}) == "None");                // >>> str(None)
    CHECK(str(1.0) == "1.0");                                  // >>> str(1.0)
    CHECK(str("a"_b) == "b'a'");                               // >>> str(b"a")
    CHECK(str(std::tuple{"a"}) == "('a',)");                   // >>> str(("a",))
    CHECK(str() == "");
    CHECK(str(u"\u00e9") == "\303\251");                                     // >>> str("é")
    CHECK(str((std::vector<std::u16string>{u"\u00e9"})) == "['\303\251']");  // >>> str(["é"])
}

TEST_CASE("repr: a reference is what it refers to", "[builtins][repr]") {
    int const x = 3;
    std::string const s = "a";
    CHECK(repr(std::cref(x)) == "3");
    CHECK(repr(std::vector{std::cref(s)}) == "['a']");
    CHECK(str(std::ref(s)) == "a");
}

TEST_CASE("repr: copies no element", "[builtins][repr]") {
    struct seen : probes::tracked {
        using tracked::tracked;
        std::string repr() const { return amphis::repr(value); }
    };
    std::vector<seen> const values(3);
    std::optional<seen> const one(std::in_place, 5);
    probes::tracked::reset();
    CHECK(repr(values) == "[0, 0, 0]");
    CHECK(repr(one) == "5");
    CHECK(probes::tracked::copies == 0);
    CHECK(probes::tracked::moves == 0);
}

TEST_CASE("repr: elements may be move-only", "[builtins][repr]") {
    struct only {
        std::unique_ptr<int> held = std::make_unique<int>(4);
        std::string repr() const { return "only(" + amphis::repr(*held) + ")"; }
    };
    std::vector<only> values(2);
    CHECK(repr(values) == "[only(4), only(4)]");
    CHECK(repr(std::tuple<only>()) == "(only(4),)");
}

TEST_CASE("repr: what an element raises comes through", "[builtins][repr]") {
    struct broken {
        std::string repr() const { throw amphis::ValueError("no repr today"); }
    };
    CHECK_THROWS_AS(repr(std::vector<broken>(1)), amphis::ValueError);
}

TEST_CASE("repr: a variant that lost its value says so", "[builtins][repr]") {
    struct throws_on_copy {
        throws_on_copy() = default;
        throws_on_copy(throws_on_copy const&) { throw std::runtime_error("copy"); }
        throws_on_copy& operator=(throws_on_copy const&) = default;
        std::string repr() const { return "?"; }
    };
    std::variant<int, throws_on_copy> value = 1;
    throws_on_copy const source;
    CHECK_THROWS(value.emplace<1>(source));
    CHECK(repr(value) == "<valueless variant>");
}

TEST_CASE("repr: a long list outgrows the buffer on the stack", "[builtins][repr]") {
    std::string expected = "[0";
    std::vector<int> values{0};
    for (int i = 1; i != 1000; ++i) {
        values.push_back(i);
        expected += ", " + std::to_string(i);
    }
    CHECK(repr(values) == expected + "]");
}

TEST_CASE("bytes: a sequence of ints that compares and indexes", "[builtins][bytes]") {
    auto const data = "caf\303\251"_b;
    CHECK(data.size() == 5);
    CHECK(data[3] == 195);  // >>> "café".encode()[3]
    CHECK(std::vector<int>(data.begin(), data.end()) == std::vector{99, 97, 102, 195, 169});
    CHECK("a\0b"_b.size() == 3);
    CHECK("a"_b == "a"_b);
    CHECK("a"_b < "\xff"_b);  // >>> b"a" < b"\xff"
    CHECK(amphis::bytes().empty());
    CHECK(repr(amphis::bytes(std::string("a\0\xff", 3))) == "b'a\\x00\\xff'");
}

// What prints, as facts.
template <class T>
concept Prints = amphis::detail::Reprable<T>;
static_assert(Prints<std::vector<std::map<int, std::tuple<std::string, bool>>>>);
static_assert(!Prints<int*> && !Prints<void*> && !Prints<std::unique_ptr<int>> && !Prints<int (*)()>);
static_assert(Prints<char const*> && Prints<std::nullptr_t>);
static_assert(amphis::detail::Strable<shop::label>);
static_assert(Prints<shop::color>);
#ifndef AMPHIS_DATACLASSES_HPP  // which, with enum.hpp, prints these: they are in the single header
static_assert(!Prints<shop::label>);
enum plain_enum { plain_value };
enum class scoped_enum { value };
static_assert(!Prints<plain_enum> && !Prints<scoped_enum>);
struct nothing {};
static_assert(!Prints<nothing>);
#endif

}  // namespace
