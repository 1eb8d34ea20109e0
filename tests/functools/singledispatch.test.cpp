// SPDX-License-Identifier: MIT
#include <amphis/functools/singledispatch.hpp>

#include <amphis/lang/function.hpp>

#include "support/catch.hpp"
#include "support/probes.hpp"

#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

namespace ft = amphis::functools;
using ft::singledispatch;
using ft::singledispatchmethod;
using probes::move_only;
using probes::throws_on_nth;

namespace {

constexpr auto base = [](auto const&...) { return std::string_view("base"); };
constexpr auto says(std::string_view text) {
    return [text](auto const&...) { return text; };
}

// A small hierarchy without virtual functions, and one with.
struct A {};
struct B : A {};
struct C : A {};
struct D : C {};

struct Shape {
    virtual ~Shape() = default;
};
struct Round {
    virtual ~Round() = default;
};
struct Circle : Shape, Round {
    int radius = 3;
};
struct Disk : Circle {};
struct Square : Shape {
    int side = 2;
};
struct RoundedSquare : Square, Round {};

struct Negator {
    int calls = 0;
    static constexpr auto neg =
        singledispatchmethod([](auto&, auto const&) -> int {
            throw amphis::NotImplementedError("Cannot negate a");
        }).register_<int>([](auto& self, int x) {
              return ++self.calls, -x;
          }).register_<bool>([](auto& self, bool x) { return ++self.calls, static_cast<int>(!x); });
};

}  // namespace

TEST_CASE("singledispatch: chooses by the exact type of the first argument", "[functools][singledispatch]") {
    // CPython: test_simple_overloads
    constexpr auto g = singledispatch(base).register_<int>(says("integer"));
    static_assert(g(12) == "integer");
    static_assert(g("str") == "base");
    static_assert(g(12L) == "base");
    static_assert(g(1.5, 12) == "base");
    int const lvalue = 1;
    CHECK(g(lvalue) == "integer");
}

TEST_CASE("singledispatch: chooses the most derived registered base", "[functools][singledispatch]") {
    // CPython: test_mro
    constexpr auto g = singledispatch(base).register_<A>(says("A")).register_<B>(says("B"));
    CHECK(g(A{}) == "A");
    CHECK(g(B{}) == "B");
    CHECK(g(C{}) == "A");
    CHECK(g(D{}) == "A");
    constexpr auto reversed = singledispatch(base).register_<C>(says("C")).register_<A>(says("A"));
    CHECK(reversed(D{}) == "C");
    CHECK(reversed(B{}) == "A");
}

TEST_CASE("singledispatch: register_ reads the type from the parameter", "[functools][singledispatch]") {
    constexpr auto g = singledispatch(base)
                           .register_([](int x) { return x == 0 ? std::string_view("zero") : std::string_view("int"); })
                           .register_([](std::vector<int> const&) { return std::string_view("list"); });
    CHECK(g(0) == "zero");
    CHECK(g(std::vector{1}) == "list");
    CHECK(g(std::string()) == "base");
}

TEST_CASE("singledispatch: one function for several types", "[functools][singledispatch]") {
    // CPython: test_register_union
    constexpr auto g = singledispatch(base).register_<int, long, std::string>(says("int | long | str"));
    CHECK(g(1) == "int | long | str");
    CHECK(g(1L) == "int | long | str");
    CHECK(g(std::string()) == "int | long | str");
    CHECK(g('c') == "base");
}

TEST_CASE("singledispatch: a later registration of a type counts", "[functools][singledispatch]") {
    constexpr auto first = singledispatch(base).register_<int>(says("first")).register_<A>(says("A"));
    constexpr auto second = first.register_<int>(says("second")).register_<A>(says("again"));
    CHECK(second(1) == "second");
    CHECK(second(A{}) == "again");
    CHECK(second(B{}) == "again");
    CHECK(first(1) == "first");  // the one it was made from is unchanged
}

TEST_CASE("singledispatch: dispatch tells the function for a type, registry the types", "[functools][singledispatch]") {
    constexpr auto g = singledispatch(base).register_<A>(says("A")).register_<int>(says("int"));
    CHECK(g.dispatch<int>()(1) == "int");
    CHECK(g.dispatch<D>()(1) == "A");
    CHECK(g.dispatch<double>()(1) == "base");
    static_assert(std::is_same_v<decltype(g.registry()), amphis::detail::types<A, int>>);
    static_assert(g.registry().size == 2);
}

TEST_CASE("singledispatch: has name and docstring of the default", "[functools][singledispatch]") {
    auto const g = singledispatch(amphis::def<"x">([](auto const&) { return 0; }).named("g").documented("Simple test"))
                       .register_<int>([](int) { return 1; });
    CHECK(std::string_view(g.name()) == "g");
    CHECK(std::string_view(g.doc()) == "Simple test");
    CHECK(g(1) == 1);
    CHECK(g('c') == 0);
}

TEST_CASE("singledispatch: passes the other arguments, references and move-only values on",
          "[functools][singledispatch]") {
    auto const g = singledispatch([](auto&&, int by) {
                       return by;
                   }).register_([](std::vector<int>& v, int by) {
                         return v.push_back(by), static_cast<int>(v.size());
                     }).register_([](std::unique_ptr<int> p, int by) { return *p * by; });
    std::vector<int> v;
    CHECK(g(v, 5) == 1);
    CHECK(v == std::vector{5});
    CHECK(g(std::make_unique<int>(4), 2) == 8);
    CHECK(g("x", 3) == 3);
}

TEST_CASE("singledispatch: results may differ in type, and be references", "[functools][singledispatch]") {
    auto const g = singledispatch([](auto const& x) {
                       return x;
                   }).register_([](std::vector<int>& v) -> int& {
                         return v.front();
                     }).register_([](int) {});
    std::vector<int> v{1};
    g(v) = 7;
    CHECK(v[0] == 7);
    static_assert(std::is_void_v<decltype(g(1))>);
    CHECK(g(2.5) == 2.5);
}

TEST_CASE("singledispatch: a variant is dispatched on what it holds", "[functools][singledispatch]") {
    auto const g = singledispatch([](auto const&) {
                       return std::string("other");
                   }).register_([](int x) {
                         return std::to_string(x);
                     }).register_([](std::string const& s) { return s; });
    std::variant<int, std::string, double> v = 5;
    CHECK(g(v) == "5");
    v = "text";
    CHECK(g(v) == "text");
    v = 2.5;
    CHECK(g(v) == "other");
    CHECK(g(std::variant<std::variant<int, char>, bool>(std::variant<int, char>(7))) == "7");
    auto const whole =
        g.register_<std::variant<int, std::string, double>>([](auto const&) { return std::string("a variant"); });
    CHECK(whole(v) == "a variant");
    auto const take = singledispatch([](auto&&) { return 0; }).register_([](move_only&& m) { return m.value; });
    CHECK(take(std::variant<int, move_only>(move_only{4})) == 4);
    std::variant<int, throws_on_nth> empty = 1;
    probes::countdown::arm(1);
    CHECK_THROWS_AS(empty.emplace<throws_on_nth>(5), probes::probe_error);
    REQUIRE(empty.valueless_by_exception());
    CHECK_THROWS_AS(g(empty), std::bad_variant_access);
}

#if defined(__cpp_rtti)
TEST_CASE("singledispatch: a polymorphic object is dispatched on its own class", "[functools][singledispatch]") {
    auto const area = singledispatch([](Shape const&) {
                          return 0;
                      }).register_([](Circle const& c) {
                            return c.radius * 10;
                        }).register_([](Square const& s) { return s.side; });
    Circle circle;
    Disk disk;
    Square square;
    Shape plain;
    for (auto const& [shape, expected] :
         std::vector<std::pair<Shape*, int>>{{&circle, 30}, {&disk, 30}, {&square, 2}, {&plain, 0}}) {
        CHECK(area(*shape) == expected);
        CHECK(area(static_cast<Shape const&>(*shape)) == expected);
    }
    auto const grow = singledispatch([](Shape&) {}).register_([](Square& s) { ++s.side; });
    grow(static_cast<Shape&>(square));
    CHECK(square.side == 3);
}

TEST_CASE("singledispatch: looks across a hierarchy for an interface", "[functools][singledispatch]") {
    auto const g = singledispatch([](Shape const&) { return "shape"; }).register_([](Round const&) { return "round"; });
    Circle circle;
    Square square;
    CHECK(std::string_view(g(static_cast<Shape const&>(circle))) == "round");
    CHECK(std::string_view(g(static_cast<Shape const&>(square))) == "shape");
}

TEST_CASE("singledispatch: an ambiguous object raises RuntimeError", "[functools][singledispatch]") {
    // CPython: test_mro_conflicts: RuntimeError: Ambiguous dispatch: <class 'O'> or <class 'P'>
    auto const g = singledispatch([](Shape const&) {
                       return "shape";
                   }).register_([](Round const&) {
                         return "round";
                     }).register_([](Square const&) { return "square"; });
    RoundedSquare both;
    try {
        g(static_cast<Shape const&>(both));
        FAIL("it is ambiguous");
    } catch (amphis::RuntimeError const& e) {
        CHECK(std::string_view(e.what()) == "Ambiguous dispatch: <class 'Round'> or <class 'Square'>");
    }
    auto const settled = g.register_([](RoundedSquare const&) { return "both"; });
    CHECK(std::string_view(settled(static_cast<Shape const&>(both))) == "both");
}
#endif

TEST_CASE("singledispatch: an exception of the chosen function passes through", "[functools][singledispatch]") {
    auto const g = singledispatch([](auto const&) -> int {
                       throw amphis::NotImplementedError("Cannot do that");
                   }).register_([](int x) { return -x; });
    CHECK(g(2) == -2);
    CHECK_THROWS_AS(g("a"), amphis::NotImplementedError);
}

TEST_CASE("singledispatch: takes no space for functions without state", "[functools][singledispatch]") {
    auto const g = singledispatch([](auto const&) { return 0; }).register_([](int) { return 1; });
    static_assert(sizeof(g) == 1);
    auto const held =
        singledispatch([](auto const&) { return 0; }).register_([p = std::make_unique<int>(4)](int) { return *p; });
    CHECK(held(1) == 4);
}

TEST_CASE("singledispatchmethod: chooses by the argument after the object", "[functools][singledispatch]") {
    Negator n;
    CHECK(Negator::neg(n, 5) == -5);
    CHECK(Negator::neg(n, true) == 0);
    CHECK(n.calls == 2);
    CHECK_THROWS_AS(Negator::neg(n, "x"), amphis::NotImplementedError);
    auto const by_annotation = singledispatchmethod([](Negator const&, auto const&) {
                                   return 0;
                               }).register_([](Negator const& self, int x) { return self.calls + x; });
    CHECK(by_annotation(n, 1) == 3);
    CHECK(by_annotation(n, 'c') == 0);
}

TEST_CASE("singledispatchmethod: takes member functions", "[functools][singledispatch]") {
    struct Sink {
        std::string text;
        void put_int(int x) { text += std::to_string(x); }
        void put_string(std::string const& s) { text += s; }
        void put_any(char const* s) { text += s; }
    };
    auto const put = singledispatchmethod(&Sink::put_any).register_(&Sink::put_int).register_(&Sink::put_string);
    Sink sink;
    put(sink, 1);
    put(sink, std::string("-"));
    put(sink, "any");
    CHECK(sink.text == "1-any");
}
