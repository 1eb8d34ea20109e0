// SPDX-License-Identifier: MIT
#include <amphis/lang/descriptor.hpp>

#include <amphis/builtins.hpp>
#include <amphis/lang/property.hpp>

#include "support/catch.hpp"
#include "support/probes.hpp"

#include <limits>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

using namespace amphis::literals;
using amphis::at_least;
using amphis::attribute;
using amphis::default_text;
using amphis::default_value;
using amphis::descriptor;
using amphis::in_place;
using amphis::in_range;
using amphis::non_data_descriptor;
using amphis::one_of;
using amphis::quantity;

namespace {

template <class Fn>
std::string raised(Fn&& fn) {
    try {
        fn();
    } catch (amphis::Exception const& e) {
        return std::string(e.type_name()) + ": " + e.what();
    }
    return "nothing raised";
}

bool is_upper(std::string const& text) {
    for (char c : text) {
        if (c >= 'a' && c <= 'z') return false;
    }
    return true;
}

// The Component of CPython's Descriptor HOWTO.
struct Component {
    attribute<"name", std::string, amphis::size_range<3, 10>, amphis::predicate<"isupper", is_upper>> name;
    attribute<"kind", std::string, one_of<"wood", "metal", "plastic">> kind;
    attribute<"quantity", int, at_least<0>> quantity;
};
static_assert(sizeof(attribute<"quantity", int, at_least<0>>) == sizeof(int));
static_assert(std::is_trivially_copyable_v<attribute<"quantity", int, at_least<0>>>);
static_assert(!std::is_default_constructible_v<attribute<"quantity", int, at_least<0>>>);
static_assert(std::is_default_constructible_v<attribute<"quantity", int>>);

}  // namespace

TEST_CASE("attribute: validators raise as the HOWTO's do, and the old value stays", "[descriptor][attribute]") {
    CHECK(raised([] { return Component{"Widget", "metal", 5}; }) == "ValueError: Expected isupper to be true for 'Widget'");
    CHECK(raised([] { return Component{"WIDGET", "metle", 5}; }) == "ValueError: Expected 'metle' to be one of ('wood', 'metal', 'plastic')");
    CHECK(raised([] { return Component{"WIDGET", "metal", -5}; }) == "ValueError: Expected -5 to be at least 0");
    CHECK(raised([] { return Component{"AB", "metal", 1}; }) == "ValueError: Expected 'AB' to be no smaller than 3");
    Component c{"WIDGET", "metal", 5};
    CHECK(raised([&] { c.name = "ABCDEFGHIJK"; }) == "ValueError: Expected 'ABCDEFGHIJK' to be no bigger than 10");
    CHECK(raised([&] { c.quantity -= 6; }) == "ValueError: Expected -1 to be at least 0");
    CHECK(c.name == "WIDGET");
    CHECK(c.quantity == 5);
    c.quantity += 2;
    CHECK(c.quantity == 7);
    c.name = std::string("\u00c4\u00d6\u00dc\u00c4\u00d6\u00dc");  // six characters in twelve bytes
    CHECK(amphis::len(c.name) == 6);
}

TEST_CASE("attribute: bounds", "[descriptor][attribute]") {
    attribute<"x", double, in_range<0, [] { return 2.5; }>> x = 1;
    CHECK(raised([&] { x = 2.75; }) == "ValueError: Expected 2.75 to be no more than 2.5");
    CHECK(raised([&] { x = -0.5; }) == "ValueError: Expected -0.5 to be at least 0");
    CHECK(raised([&] { x = std::numeric_limits<double>::quiet_NaN(); }) == "ValueError: Expected nan to be at least 0");
    x = 2.5;
    CHECK(x == 2.5);
    attribute<"n", unsigned, at_least<-1>> n = 0U;
    CHECK(n == 0U);
    CHECK(raised([&] { n = -1; }) == "OverflowError: int too large to convert");
    attribute<"small", signed char> small = 1;
    CHECK(raised([&] { small = 128; }) == "OverflowError: int too large to convert");
    CHECK(small == 1);
    attribute<"bits", int, amphis::one_of_values<8, 16, 32>> bits = 8;
    CHECK(raised([&] { bits = 9; }) == "ValueError: Expected 9 to be one of (8, 16, 32)");
}

TEST_CASE("attribute: is used as its value is", "[descriptor][attribute]") {
    struct Item {
        attribute<"name", std::string> name;
        attribute<"tags", std::vector<int>> tags;
        attribute<"price", double> price;
        attribute<"owner", std::unique_ptr<int>> owner{};
    };
    Item item{"tin", std::vector{3, 1}, 2.5};
    Item const& same = item;
    CHECK(amphis::repr(same.name) == "'tin'");
    CHECK("{:.2f} {:>5} {!r}"_f(item.price, item.name, item.tags) == "2.50   tin [3, 1]");
    CHECK(item.name + "s" == "tins");
    CHECK(item.price * 2 == 5);
    CHECK(same.name->size() == 3);
    CHECK(same.tags[1] == 1);
    int sum = 0;
    for (int tag : item.tags) sum += tag;
    CHECK(sum == 4);
    CHECK(amphis::len(item.tags) == 2);
    item.tags = {7, 8, 9};
    CHECK(item.tags->size() == 3);
    item.owner = std::make_unique<int>(4);
    CHECK(**item.owner == 4);
    double const price = item.price;
    CHECK(price < item.price + 1);
    CHECK(amphis::hash(item.name) == amphis::hash(std::string("tin")));
    item.name = item.name + "!";
    item.name += "?";
    CHECK(item.name == "tin!?");
    CHECK(std::string_view(item.name.name()) == "name");
}

TEST_CASE("attribute: copies with its object, and between objects", "[descriptor][attribute]") {
    struct Person {
        attribute<"age", int, in_range<0, 150>> age;
    };
    Person a{30}, b{40};
    a.age = b.age;
    CHECK(a.age == 40);
    b.age = 50;
    Person const c = b;
    a = c;
    CHECK(a.age == 50);
    a.age = c.age;
    static_assert(std::is_trivially_copyable_v<Person>);
}

TEST_CASE("attribute: defaults", "[descriptor][attribute]") {
    struct Options {
        attribute<"depth", int, in_range<1, 9>, default_value<3>> depth{};
        attribute<"name", std::string, default_text<"unnamed">> name{};
        attribute<"sizes", std::vector<int>, default_value<[] { return std::vector{1, 2}; }>> sizes{};
        attribute<"plain", int> plain{};
    };
    Options o;
    CHECK(o.depth == 3);
    CHECK(o.name == "unnamed");
    CHECK(amphis::repr(o.sizes) == "[1, 2]");
    CHECK(o.plain == 0);
    Options p{.depth = 5};
    CHECK(p.depth == 5);
}

TEST_CASE("attribute: converts before it checks", "[descriptor][attribute]") {
    struct Account {
        attribute<"name", std::string, amphis::coerced<[](std::string_view s) { return std::string(s.substr(s.find_first_not_of(' '))); }>,
                  amphis::min_size<1>>
            name;
    };
    Account a{"  ann"};
    CHECK(a.name == "ann");
    a.name = " bob";
    CHECK(a.name == "bob");
}

TEST_CASE("attribute: read_only has the value it was made with", "[descriptor][attribute]") {
    struct Ticket {
        attribute<"id", int, at_least<1>, amphis::read_only> id;
    };
    Ticket const t{7};
    Ticket u = t;
    CHECK(u.id == 7);
    static_assert(!std::is_copy_assignable_v<Ticket> && !std::is_move_assignable_v<Ticket>);
    CHECK(raised([] { return Ticket{0}; }) == "ValueError: Expected 0 to be at least 1");
}

TEST_CASE("attribute: write_once is assigned once", "[descriptor][attribute]") {
    struct Job {
        attribute<"result", std::string, amphis::write_once> result{};
    };
    Job job;
    CHECK_FALSE(job.result.is_set());
    CHECK(raised([&] { return job.result.get(); }) == "AttributeError: attribute 'result' has no value");
    job.result = "done";
    CHECK(job.result == "done");
    CHECK(raised([&] { job.result = "again"; }) == "AttributeError: cannot assign to field 'result'");
    CHECK(job.result == "done");
    Job const copy = job;
    CHECK(copy.result == "done");
}

TEST_CASE("attribute: observed reports what was assigned", "[descriptor][attribute]") {
    static std::vector<std::string> seen;
    seen.clear();
    struct Model {
        attribute<"volume", int, in_range<0, 11>, amphis::observed<[](char const* name, int before, int after) {
                      seen.push_back(std::string(name) + " " + std::to_string(before) + " " + std::to_string(after));
                  }>>
            volume{3};
    };
    Model m;
    m.volume = 5;
    m.volume += 6;
    CHECK_THROWS_AS(m.volume = 12, amphis::ValueError);
    Model other;
    other.volume = m.volume;
    CHECK(seen == std::vector<std::string>{"volume 3 5", "volume 5 11", "volume 3 11"});
    CHECK(m.volume == 11);
}

TEST_CASE("attribute: computed_once is computed when it is first read", "[descriptor][attribute]") {
    static int computed = 0;
    computed = 0;
    struct Settings {
        attribute<"table", std::vector<int>, amphis::computed_once<[] { return ++computed, std::vector{1, 2, 3}; }>> table{};
    };
    Settings const s;
    CHECK_FALSE(s.table.is_set());
    CHECK(computed == 0);
    CHECK(s.table[2] == 3);
    CHECK(amphis::len(s.table) == 3);
    CHECK(computed == 1);
    Settings t;
    t.table = std::vector{9};
    CHECK(t.table[0] == 9);
    CHECK(computed == 1);
}

TEST_CASE("attribute: in_unit takes numbers of its unit", "[descriptor][attribute]") {
    struct Road {
        attribute<"length", double, amphis::in_unit<"km">, at_least<0>> length;
    };
    Road r{quantity<"km">(5)};
    CHECK(r.length == 5);
    r.length = quantity<"km">(7.5);
    CHECK(r.length == 7.5);
    CHECK(raised([&] { r.length = quantity<"km">(-1); }) == "ValueError: Expected -1.0 to be at least 0");
}

TEST_CASE("attribute: validators of your own", "[descriptor][attribute]") {
    struct even {
        static constexpr void validate(int value) {
            if (value % 2 != 0) throw amphis::ValueError("odd");
        }
    };
    struct Box {
        attribute<"n", int, even> n{0};
    };
    Box b;
    CHECK(raised([&] { b.n = 3; }) == "ValueError: odd");
    CHECK(raised([&] { ++b.n; }) == "ValueError: odd");
    b.n = 4;
    CHECK(b.n == 4);
    static constexpr Box at_compile_time{8};
    static_assert(at_compile_time.n == 8 && at_compile_time.n + 1 == 9);
}

TEST_CASE("attribute: a validator that raises on the way in leaves no copy behind", "[descriptor][attribute]") {
    using probes::tracked;
    struct positive {
        static void validate(tracked const& t) {
            if (t.value < 0) throw amphis::ValueError("negative");
        }
    };
    tracked::reset();
    {
        attribute<"x", tracked, positive> x = tracked(1);
        CHECK(tracked::copies == 0);
        CHECK(raised([&] { x = tracked(-5); }) == "ValueError: negative");
        CHECK(x->value == 1);
        CHECK(tracked::live == 1);
        CHECK(tracked::copies == 0);
    }
    CHECK(tracked::live == 0);
}

// ---- descriptors of one's own ---------------------------------------------------------------------------------------

namespace {

struct Ten {
    template <class O>
    int get(O const&) const {
        return 10;
    }
};
struct Logged {
    std::string public_name, owner;
    std::vector<std::string> log;
    void set_name(char const* owner_name, char const* name) {
        owner = owner_name;
        public_name = name;
    }
    template <class O>
    int const& get(O& object) {
        log.push_back("get " + public_name);
        return object.age_;
    }
    template <class O>
    void set(O& object, int value) {
        log.push_back("set " + public_name);
        object.age_ = value;
    }
    template <class O>
    void del(O& object) {
        log.push_back("del " + public_name);
        object.age_ = 0;
    }
};
struct Person {
    int first = 1;
    int age_ = 0;
    [[no_unique_address]] descriptor<"x", Person, Ten> x{};
    [[no_unique_address]] descriptor<"age", Person, Logged> age{};
    [[no_unique_address]] amphis::property<"raw_age", &Person::age_> raw_age{};
};
static_assert(sizeof(Person) == 2 * sizeof(int));
static_assert(in_place<&Person::x, &Person::age, &Person::raw_age>);
static_assert(std::is_trivially_copyable_v<Person>);

struct Other {
    int age_ = 0;
    [[no_unique_address]] descriptor<"years", Other, Logged> years{};
};

}  // namespace

TEST_CASE("descriptor: get, set and del are called with the object", "[descriptor]") {
    Person p, q;
    auto& log = decltype(Person::age)::instance().log;
    log.clear();
    CHECK(p.x == 10);
    CHECK(p.x + 5 == 15);
    p.age = 5;
    q.age = 6;
    CHECK(p.age == 5);
    p.age += 1;
    CHECK(amphis::repr(p.age) == "6");
    q.age.del();
    CHECK(q.age_ == 0);
    CHECK(log == std::vector<std::string>{"set age", "set age", "get age", "get age", "set age", "get age", "del age"});
    CHECK((p.first == 1 && q.first == 1));
    p.age = q.age;
    CHECK(p.raw_age == 0);
}

TEST_CASE("descriptor: there is one for a class, which is told its name once", "[descriptor]") {
    CHECK(&decltype(Person::age)::instance() == &decltype(Person::age)::instance());
    CHECK(decltype(Person::age)::instance().public_name == "age");
    CHECK(decltype(Person::age)::instance().owner == "Person");
    CHECK(decltype(Other::years)::instance().public_name == "years");
    CHECK(decltype(Other::years)::instance().owner == "Other");
    CHECK(std::string_view(decltype(Other::years)::name()) == "years");
}

namespace {
struct Greeting {
    template <class O>
    std::string get(O const& object) const {
        return "Hello, " + object.name;
    }
};
struct Guest {
    std::string name = "Ann";
    non_data_descriptor<"greeting", Guest, std::string, Greeting> greeting{this};
};
}  // namespace

TEST_CASE("non_data_descriptor: what is assigned hides it until del", "[descriptor]") {
    Guest g;
    CHECK(g.greeting == "Hello, Ann");
    g.name = "Bob";
    CHECK(g.greeting == "Hello, Bob");
    g.greeting = "Hi";
    CHECK(g.greeting == "Hi");
    CHECK(g.greeting.is_assigned());
    Guest copy = g;
    g.greeting.del();
    CHECK(g.greeting + "!" == "Hello, Bob!");
    CHECK(copy.greeting == "Hi");
    copy.greeting.del();
    copy.name = "Cy";
    CHECK(copy.greeting == "Hello, Cy");
    CHECK(raised([&] { copy.greeting.del(); }) == "AttributeError: 'Guest' object has no attribute 'greeting'");
    Guest moved = std::move(copy);
    CHECK(amphis::repr(moved.greeting) == "'Hello, Cy'");
}

namespace {
struct Date {
    int year = 0, month = 0, day = 0;
    static constexpr auto from_string = amphis::classmethod<Date>([](auto cls, std::string_view text) {
        return cls((text[0] - '0') * 1000 + (text[1] - '0') * 100 + (text[2] - '0') * 10 + (text[3] - '0'));
    });
    static constexpr auto class_name = amphis::classmethod<Date>([](auto cls) { return std::string(cls.name()); });
    static constexpr auto is_leap = amphis::staticmethod([](int y) { return (y % 4 == 0 && y % 100 != 0) || y % 400 == 0; });
};
struct Deadline : Date {
    static constexpr auto from_string = Date::from_string.of<Deadline>();
    static constexpr auto class_name = Date::class_name.of<Deadline>();
};
}  // namespace

TEST_CASE("classmethod: gets the class it was bound to", "[descriptor]") {
    static_assert(std::is_same_v<decltype(Date::from_string("2024")), Date>);
    CHECK(Date::from_string("2024").year == 2024);
    static_assert(std::is_same_v<decltype(Deadline::from_string("2024")), Deadline>);
    CHECK(Deadline::from_string("2023").year == 2023);
    CHECK(Date::class_name() == "Date");
    CHECK(Deadline::class_name() == "Deadline");
    CHECK(Date().class_name() == "Date");
    static_assert(amphis::cls<Deadline>::is_subclass_of<Date>());
}

TEST_CASE("staticmethod: gets neither object nor class", "[descriptor]") {
    static_assert(Date::is_leap(2024) && !Date::is_leap(1900));
    CHECK(Date().is_leap(2000));
    CHECK(Date::is_leap.func()(2004));
}

namespace {
struct Point {
    double x = 0, y = 0;
    int label = 0;
};
using point_slots = amphis::slots<&Point::x, &Point::y, &Point::label>;
}  // namespace

TEST_CASE("slots: members by name, and no others", "[descriptor]") {
    Point p;
    point_slots::setattr(p, "x", 3);
    point_slots::setattr(p, "label", 7);
    CHECK(p.x == 3);
    CHECK(point_slots::getattr(p, "label") == 7);
    CHECK(raised([&] { point_slots::setattr(p, "z", 1); }) == "AttributeError: 'Point' object has no attribute 'z'");
    CHECK(raised([&] { static_cast<void>(point_slots::getattr(p, "")); }) == "AttributeError: 'Point' object has no attribute ''");
    CHECK(point_slots::hasattr("y"));
    CHECK_FALSE(point_slots::hasattr("yy"));
    CHECK(amphis::repr(point_slots::names) == "['x', 'y', 'label']");
}

TEST_CASE("slots: members of types that have nothing in common", "[descriptor]") {
    struct Item {
        std::string name = "a";
        int size = 1;
    };
    using item_slots = amphis::slots<&Item::name, &Item::size>;
    Item item;
    item_slots::setattr(item, "name", "b");
    item_slots::setattr(item, "size", 2);
    std::string shown;
    for (auto const& name : item_slots::names) item_slots::visit(item, name, [&](auto const& member) { shown += amphis::repr(member); });
    CHECK(shown == "'b'2");
    CHECK(raised([&] { item_slots::setattr(item, "size", "large"); }) == "TypeError: the attribute does not take a value of this type");
}
