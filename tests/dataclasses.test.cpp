// SPDX-License-Identifier: MIT
#include <amphis/builtins.hpp>
#include <amphis/dataclasses.hpp>
#include <amphis/functools.hpp>
#include <amphis/lang/property.hpp>

#include "support/catch.hpp"
#include "support/probes.hpp"

#include <any>
#include <array>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <variant>
#include <vector>

namespace dc = amphis::dataclasses;
using namespace amphis::literals;
using amphis::repr;
using amphis::str;

namespace {

struct Person {
    std::string name{};
    int age{};
};
struct Point {
    int x{};
    int y{};
};
struct Empty {};
struct Line {
    Point from{};
    Point to{};
    std::vector<Point> via{};
    std::optional<Point> middle{};
    std::map<std::string, Point> named{};
    int weights[2]{};
};
template <class T>
struct Box {
    T value{};
};
struct MoveOnly {
    std::unique_ptr<int> pointer{};
    int number{};
};

}  // namespace

TEST_CASE("dataclasses: a plain struct prints its fields", "[dataclasses][repr]") {
    // >>> @dataclass class Person: name: str; age: int
    CHECK(repr(Person{"Alice", 30}) == "Person(name='Alice', age=30)");
    CHECK(str(Person{"Alice", 30}) == "Person(name='Alice', age=30)");
    CHECK(repr(Empty()) == "Empty()");
    CHECK(repr(Box<double>{1.5}) == "Box(value=1.5)");
    CHECK(repr(std::vector<Point>{{1, 2}, {3, 4}}) == "[Point(x=1, y=2), Point(x=3, y=4)]");
    CHECK(repr(Line{{1, 2}, {3, 4}, {{5, 6}}, Point{7, 8}, {{"a", {9, 0}}}, {1, 2}}) ==
          "Line(from=Point(x=1, y=2), to=Point(x=3, y=4), via=[Point(x=5, y=6)], middle=Point(x=7, y=8), named={'a': Point(x=9, y=0)}, "
          "weights=[1, 2])");
}

TEST_CASE("dataclasses: local classes and classes in unnamed namespaces have names", "[dataclasses][repr]") {
    struct Local {
        int first{};
        std::string second{};
    };
    CHECK(repr(Local{1, "b"}) == "Local(first=1, second='b')");
    CHECK(dc::fields<Local>()[1].name == "second");
}

namespace {
struct Loud {
    int x{};
    [[nodiscard]] std::string repr() const { return "LOUD"; }
};
struct Quoted {
    int x{};
    [[nodiscard]] std::string repr() const { return "<" + dc::repr(*this) + ">"; }
};
struct OnlyStr {
    int x{};
    [[nodiscard]] std::string str() const { return "as text"; }
};
struct Sequence {
    int values[3]{};
    [[nodiscard]] int const* begin() const { return values; }
    [[nodiscard]] int const* end() const { return values + 3; }
};
}  // namespace

TEST_CASE("dataclasses: what printed before prints as it did", "[dataclasses][repr]") {
    CHECK(repr(Loud{1}) == "LOUD");
    CHECK(dc::repr(Loud{1}) == "Loud(x=1)");
    CHECK(repr(Quoted{1}) == "<Quoted(x=1)>");
    CHECK(str(OnlyStr{1}) == "as text");
    CHECK(repr(OnlyStr{1}) == "OnlyStr(x=1)");
    CHECK(repr(Sequence{{1, 2, 3}}) == "[1, 2, 3]");
    CHECK(repr(std::array<int, 2>{1, 2}) == "[1, 2]");
    CHECK_FALSE(dc::is_dataclass<Sequence>());
    CHECK_FALSE(dc::is_dataclass<std::array<int, 2>>());
}

TEST_CASE("dataclasses: is_dataclass", "[dataclasses]") {
    STATIC_REQUIRE(dc::is_dataclass<Person>());
    STATIC_REQUIRE(dc::is_dataclass<Empty>());
    STATIC_REQUIRE(dc::is_dataclass<MoveOnly>());
    STATIC_REQUIRE_FALSE(dc::is_dataclass<int>());
    STATIC_REQUIRE_FALSE(dc::is_dataclass<std::string>());
    STATIC_REQUIRE_FALSE(dc::is_dataclass<std::unique_ptr<int>>());
    STATIC_REQUIRE_FALSE(dc::is_dataclass<std::pair<int, int>>());
    CHECK(dc::is_dataclass(Person()));
}

// ---- eq, order, hash

TEST_CASE("dataclasses: eq compares the fields in order", "[dataclasses][eq]") {
    CHECK(dc::eq(Person{"Alice", 30}, Person{"Alice", 30}));
    CHECK_FALSE(dc::eq(Person{"Alice", 30}, Person{"Alice", 31}));
    CHECK_FALSE(dc::eq(Person{"Alice", 30}, Person{"Bob", 30}));
    CHECK(dc::eq(Empty(), Empty()));
    CHECK_FALSE(dc::eq(Point{1, 2}, Person()));  // >>> Point(1, 2) == Person("", 0)  False
    STATIC_REQUIRE(dc::eq(Point{1, 2}, Point{1, 2}));
}

TEST_CASE("dataclasses: eq looks into containers of dataclasses", "[dataclasses][eq]") {
    Line const a{{1, 2}, {3, 4}, {{5, 6}}, Point{7, 8}, {{"a", {9, 0}}}, {1, 2}};
    Line b = a;
    CHECK(dc::eq(a, b));
    b.via[0].y = 0;
    CHECK_FALSE(dc::eq(a, b));
    b = a;
    b.via.emplace_back();
    CHECK_FALSE(dc::eq(a, b));
    b = a;
    b.middle.reset();
    CHECK_FALSE(dc::eq(a, b));
    b = a;
    b.named["a"].x = 0;
    CHECK_FALSE(dc::eq(a, b));
    b = a;
    b.weights[1] = 0;
    CHECK_FALSE(dc::eq(a, b));
}

TEST_CASE("dataclasses: order is that of the tuples of the fields", "[dataclasses][order]") {
    // >>> C(1, 2) < C(1, 3) ...: test_dataclasses.py, test_simple_ordering
    CHECK(dc::lt(Point{1, 2}, Point{1, 3}));
    CHECK(dc::lt(Point{0, 9}, Point{1, 0}));
    CHECK_FALSE(dc::lt(Point{1, 2}, Point{1, 2}));
    CHECK(dc::le(Point{1, 2}, Point{1, 2}));
    CHECK(dc::ge(Point{1, 2}, Point{1, 2}));
    CHECK(dc::gt(Point{2, 0}, Point{1, 9}));
    CHECK((dc::compare(Person{"A", 1}, Person{"A", 1}) == 0));
    CHECK((dc::compare(Box<double>{0.0 / 1.0}, Box<double>{1.0}) < 0));
    CHECK_FALSE(dc::le(Box<double>{__builtin_nan("")}, Box<double>{1.0}));
    CHECK(dc::lt(Box<Point>{{1, 2}}, Box<Point>{{1, 3}}));
}

TEST_CASE("dataclasses: hash is that of the tuple of the fields", "[dataclasses][hash]") {
    CHECK(dc::hash(Point{1, 2}) == -3550055125485641917);  // >>> hash((1, 2))
    CHECK(dc::hash(Empty()) == 5740354900026072187);       // >>> hash(())
    CHECK(dc::hash(Box<Point>{{1, 2}}) == 7059930188335900088);  // >>> hash(((1, 2),))
    CHECK(dc::hash(Person{"a", 1}) != dc::hash(Person{"a", 2}));
    STATIC_REQUIRE(dc::hash(Point{1, 2}) == -3550055125485641917);
}

// ---- options

namespace {
struct Account {
    std::string const owner{};
    std::string const password{};
    int const logins = 7;
    using dataclass = dc::options<dc::frozen, dc::order, dc::field<"password">{.repr = false, .compare = false}, dc::has_default<"logins">>;
};
struct Tagged {
    int id{};
    std::vector<std::string> tags{};
    int serial = 9;
    using dataclass = dc::options<dc::default_factory<"tags", [] { return std::vector<std::string>{"new"}; }>, dc::has_default<"serial">,
                                  dc::field<"serial">{.kw_only = true}>;
};
struct KeywordOnly {
    int a{};
    int b = 2;
    using dataclass = dc::options<dc::kw_only, dc::has_default<"b">>;
};
struct Sum {
    int a{};
    int b{};
    int total{};
    void post_init() { total = a + b; }
    using dataclass = dc::options<dc::field<"total">{.init = false}, dc::unsafe_hash>;
};
struct Foreign {
    int key{};
    int note{};
};
struct HashDiffers {
    int x{};
    int y{};
    using dataclass = dc::options<dc::unsafe_hash, dc::field<"y">{.hash = false}>;
};
}  // namespace
template <>
struct amphis::dataclasses::options_for<Foreign> : dc::options<dc::order, dc::field<"note">{.compare = false}> {};

TEST_CASE("dataclasses: a field can stay out of repr and comparison", "[dataclasses][options]") {
    CHECK(repr(Account{"ann", "secret", 1}) == "Account(owner='ann', logins=1)");
    CHECK(dc::eq(Account{"ann", "one", 1}, Account{"ann", "two", 1}));
    CHECK(dc::hash(Account{"ann", "one", 1}) == dc::hash(Account{"ann", "two", 1}));
    CHECK_FALSE(dc::lt(Account{"ann", "a", 1}, Account{"ann", "b", 1}));
    CHECK(dc::hash(HashDiffers{1, 2}) == dc::hash(HashDiffers{1, 3}));
    CHECK_FALSE(dc::eq(HashDiffers{1, 2}, HashDiffers{1, 3}));
    CHECK(dc::eq(Foreign{1, 2}, Foreign{1, 3}));
    CHECK(dc::lt(Foreign{1, 2}, Foreign{2, 1}));
}

TEST_CASE("dataclasses: fields and match_args tell what is known", "[dataclasses][fields]") {
    CHECK(repr(dc::match_args<Person>()) == "('name', 'age')");
    CHECK(repr(dc::match_args<Tagged>()) == "('id', 'tags')");
    CHECK(repr(dc::match_args<KeywordOnly>()) == "()");
    CHECK(repr(dc::match_args(Sum())) == "('a', 'b')");
    constexpr auto fields = dc::fields<Account>();
    STATIC_REQUIRE(fields.size() == 3);
    CHECK(fields[1].name == "password");
    CHECK_FALSE(fields[1].repr);
    CHECK_FALSE(fields[1].hash);
    CHECK(fields[2].type == "int");
    CHECK(fields[2].has_default);
    CHECK(dc::fields(Empty()).size() == 0);
}

// ---- make, replace, setattr

TEST_CASE("dataclasses: make takes fields by position and by keyword", "[dataclasses][make]") {
    CHECK(repr(dc::make<Person>("name"_k = "Alice", "age"_k = 30)) == "Person(name='Alice', age=30)");
    CHECK(repr(dc::make<Person>("age"_k = 30, "name"_k = "Alice")) == "Person(name='Alice', age=30)");
    CHECK(repr(dc::make<Person>("Bob", "age"_k = 25)) == "Person(name='Bob', age=25)");
    CHECK(repr(dc::make<Person>("Bob", 25)) == "Person(name='Bob', age=25)");
    STATIC_REQUIRE(dc::make<Point>(1, "y"_k = 2).y == 2);
    MoveOnly const m = dc::make<MoveOnly>(std::make_unique<int>(3), 4);
    CHECK(*m.pointer == 3);
    std::string const name = "a name that does not fit into the string itself";
    CHECK(dc::make<Person>(name, 1).name == name);
    CHECK(dc::make<Line>(Point{1, 2}, Point(), std::vector<Point>(), std::nullopt, std::map<std::string, Point>(), std::array{3, 4}).weights[1] == 4);
}

TEST_CASE("dataclasses: make moves what it is given, once", "[dataclasses][make]") {
    using probes::tracked;
    struct Holder {
        tracked a{};
        tracked b{};
    };
    tracked::reset();
    {
        tracked x(1), y(2);
        tracked::copies = tracked::moves = 0;
        Holder const h = dc::make<Holder>(std::move(x), "b"_k = y);
        CHECK(h.a.value == 1);
        CHECK(tracked::copies == 1);
        CHECK(tracked::moves == 1);
    }
    CHECK(tracked::live == 0);
}

TEST_CASE("dataclasses: defaults are initialisers and factories", "[dataclasses][make]") {
    CHECK(repr(dc::make<Account>("ann", "pw")) == "Account(owner='ann', logins=7)");
    CHECK(repr(dc::make<Tagged>(1)) == "Tagged(id=1, tags=['new'], serial=9)");
    CHECK(repr(dc::make<Tagged>("id"_k = 1, "serial"_k = 3)) == "Tagged(id=1, tags=['new'], serial=3)");
    CHECK(dc::make<Tagged>(1, std::vector<std::string>()).tags.empty());
    CHECK(repr(dc::make<KeywordOnly>("a"_k = 1)) == "KeywordOnly(a=1, b=2)");
    Tagged first = dc::make<Tagged>(1);
    first.tags.emplace_back("old");
    CHECK(dc::make<Tagged>(2).tags.size() == 1);  // the factory runs for each object
}

namespace {
struct Gap {
    int a = 1;
    std::string b = "default";
    std::string const c = "end";
    using dataclass = dc::options<dc::all_default>;
};
}  // namespace

TEST_CASE("dataclasses: a default in the middle is the initialiser's", "[dataclasses][make]") {
    CHECK(repr(dc::make<Gap>("c"_k = "C")) == "Gap(a=1, b='default', c='C')");
    CHECK(repr(dc::make<Gap>("b"_k = "B")) == "Gap(a=1, b='B', c='end')");
    CHECK(repr(dc::make<Gap>()) == "Gap(a=1, b='default', c='end')");
}

TEST_CASE("dataclasses: post_init runs after the fields are there", "[dataclasses][make]") {
    CHECK(repr(dc::make<Sum>(1, 2)) == "Sum(a=1, b=2, total=3)");
    Sum const s = dc::make<Sum>(1, 2);
    CHECK(repr(dc::replace(s, "a"_k = 10)) == "Sum(a=10, b=2, total=12)");  // replace() makes it anew
}

TEST_CASE("dataclasses: replace copies, with changes", "[dataclasses][replace]") {
    Person const p{"Alice", 30};
    CHECK(repr(dc::replace(p, "age"_k = 31)) == "Person(name='Alice', age=31)");
    CHECK(repr(amphis::copy::replace(p, "age"_k = 31)) == "Person(name='Alice', age=31)");
    CHECK(repr(dc::replace(p)) == "Person(name='Alice', age=30)");
    CHECK(repr(dc::replace(p, "age"_k = 1, "name"_k = "B")) == "Person(name='B', age=1)");
    CHECK(p.age == 30);
    CHECK(repr(dc::replace(Account{"ann", "pw", 1}, "logins"_k = 2)) == "Account(owner='ann', logins=2)");
    Line const line{{1, 2}, {3, 4}, {}, std::nullopt, {}, {5, 6}};
    CHECK(dc::replace(line, "to"_k = Point{9, 9}).weights[1] == 6);
    CHECK(dc::replace(line, "weights"_k = std::array{7, 8}).weights[0] == 7);
}

TEST_CASE("dataclasses: replace moves out of an rvalue", "[dataclasses][replace]") {
    MoveOnly m{std::make_unique<int>(3), 4};
    MoveOnly const n = dc::replace(std::move(m), "number"_k = 5);
    CHECK(*n.pointer == 3);
    CHECK(n.number == 5);
    CHECK(m.pointer == nullptr);
}

TEST_CASE("dataclasses: setattr assigns by name", "[dataclasses]") {
    Person p{"Alice", 30};
    dc::setattr(p, "age"_k = 31, "name"_k = "Al");
    CHECK(repr(p) == "Person(name='Al', age=31)");
}

// ---- asdict, astuple

TEST_CASE("dataclasses: asdict shows and is read as a dict", "[dataclasses][asdict]") {
    Person const p{"Alice", 30};
    auto d = dc::asdict(p);
    CHECK(repr(d) == "{'name': 'Alice', 'age': 30}");
    CHECK(d["age"_k] == 30);
    d["age"_k] = 31;
    CHECK(repr(d) == "{'name': 'Alice', 'age': 31}");
    CHECK(p.age == 30);
    CHECK(repr(d.keys()) == "('name', 'age')");
    CHECK(amphis::len(d) == 2);
    CHECK(d.contains("age"));
    CHECK_FALSE(d.contains("size"));
    CHECK(dc::asdict(p) == dc::asdict(Person{"Alice", 30}));
    CHECK(repr(dc::asdict(Empty())) == "{}");
    std::string shown;
    d.for_each([&](std::string_view key, auto const& value) { shown += std::string(key) + "=" + str(value) + ";"; });
    CHECK(shown == "name=Alice;age=31;");
    Person const again = d.unpack([](auto&&... k) { return dc::make<Person>(static_cast<decltype(k)&&>(k)...); });
    CHECK(again.age == 31);
}

TEST_CASE("dataclasses: asdict recurses into dataclasses, lists, dicts and optionals", "[dataclasses][asdict]") {
    // test_dataclasses.py, test_helper_asdict_builtin_containers
    Line const line{{1, 2}, {3, 4}, {{5, 6}}, Point{7, 8}, {{"a", {9, 0}}}, {1, 2}};
    auto const d = dc::asdict(line);
    CHECK(repr(d) ==
          "{'from': {'x': 1, 'y': 2}, 'to': {'x': 3, 'y': 4}, 'via': [{'x': 5, 'y': 6}], 'middle': {'x': 7, 'y': 8}, "
          "'named': {'a': {'x': 9, 'y': 0}}, 'weights': [1, 2]}");
    CHECK(repr(d["via"_k]) == "[{'x': 5, 'y': 6}]");
    CHECK(d["via"_k][0]["y"_k] == 6);
    CHECK(d["to"_k]["x"_k] == 3);
    CHECK(d["named"_k]["a"]["x"_k] == 9);
}

TEST_CASE("dataclasses: asdict and astuple copy deeply", "[dataclasses][asdict]") {
    Box<std::shared_ptr<int>> const box{std::make_shared<int>(1)};
    auto const d = dc::asdict(box);
    CHECK(d["value"_k] != box.value);
    CHECK(*d["value"_k] == 1);
}

TEST_CASE("dataclasses: astuple is a tuple all the way down", "[dataclasses][astuple]") {
    CHECK(dc::astuple(Person{"Alice", 30}) == std::tuple(std::string("Alice"), 30));
    struct Polyline {
        Point start{};
        std::vector<Point> rest{};
        std::array<Point, 1> last{};
    };
    CHECK(repr(dc::astuple(Polyline{{1, 2}, {{3, 4}, {5, 6}}, {{{7, 8}}}})) == "((1, 2), [(3, 4), (5, 6)], [(7, 8)])");
    CHECK(repr(dc::astuple(Empty())) == "()");
}

// ---- together with the rest

namespace {
struct Circle {
    double radius{};
    [[nodiscard]] double get_diameter() const { return 2 * radius; }
    void set_diameter(double value) { radius = value / 2; }
    [[no_unique_address]] amphis::property<"diameter", &Circle::get_diameter, &Circle::set_diameter> diameter{};
};
struct Square {
    double side{};
    [[nodiscard]] double compute_area() const { return side * side; }
    amphis::functools::cached_property<&Square::compute_area, "area"> area{this};
};
struct Family {
    std::string name{};
    std::vector<Family> children{};
};
struct Key {
    std::string name{};
    int number{};
    bool operator==(Key const&) const = default;
    [[nodiscard]] std::ptrdiff_t hash() const { return dc::hash(*this); }
};
}  // namespace

TEST_CASE("dataclasses: properties are not fields", "[dataclasses]") {
    Circle c{3};
    c.diameter = 8;
    CHECK(repr(c) == "Circle(radius=4.0)");
    CHECK(repr(dc::asdict(c)) == "{'radius': 4.0}");
    CHECK(dc::fields(c).size() == 1);
    CHECK(dc::eq(c, Circle{4}));
    CHECK(dc::make<Circle>("radius"_k = 4).diameter.get() == 8.0);
    CHECK(dc::replace(c, "radius"_k = 9).diameter.get() == 18.0);
    Square const s{3};
    CHECK(s.area == 9.0);
    CHECK(repr(s) == "Square(side=3.0)");
    CHECK(dc::replace(s, "side"_k = 5).area == 25.0);
}

TEST_CASE("dataclasses: a class that holds itself", "[dataclasses]") {
    Family const f{"a", {{"b", {}}, {"c", {{"d", {}}}}}};
    CHECK(repr(f) == "Family(name='a', children=[Family(name='b', children=[]), Family(name='c', children=[Family(name='d', children=[])])])");
    CHECK(dc::eq(f, f));
    CHECK(dc::asdict(f)["children"_k][1]["children"_k][0]["name"_k] == "d");
}

namespace {
struct Anything {
    std::any first{};  // takes whatever it is given, a base of Anything, too
    std::function<int()> second{};
    int last{};
};
struct Board {
    int cells[2][3]{};
    int moves{};
};
}  // namespace

TEST_CASE("dataclasses: fields that take everything, and arrays of arrays", "[dataclasses]") {
    CHECK(dc::fields<Anything>().size() == 3);
    Anything const a{1, {}, 2};
    CHECK(std::any_cast<int>(dc::replace(a, "last"_k = 3).first) == 1);
    Board const b{{{1, 2, 3}, {4, 5, 6}}, 1};
    CHECK(dc::replace(b, "moves"_k = 2).cells[1][2] == 6);
    CHECK(dc::make<Board>("moves"_k = 0, "cells"_k = b.cells).cells[0][1] == 2);
}

TEST_CASE("dataclasses: one is a key by one line", "[dataclasses][hash]") {
    int calls = 0;
    auto f = amphis::functools::lru_cache<8>([&calls](Key k) -> int { return ++calls, k.number; });
    CHECK(f(Key{"a", 3}) == 3);
    CHECK(f(Key{"a", 3}) == 3);
    CHECK(calls == 1);
    CHECK(amphis::hash(Key{"a", 3}) == dc::hash(Key{"a", 3}));
}
