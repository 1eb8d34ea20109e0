// SPDX-License-Identifier: MIT
#include <amphis/functools/cached_property.hpp>

#include <amphis/builtins.hpp>

#include "support/catch.hpp"
#include "support/probes.hpp"

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace ft = amphis::functools;
using namespace amphis::literals;
using probes::move_only;
using probes::throws_on_nth_copy;
using probes::tracked;

namespace {

struct Circle {
    double radius = 0;
    int* computed = nullptr;

    double compute_area() const {
        if (computed != nullptr) ++*computed;
        if (radius < 0) throw amphis::ValueError("Radius cannot be negative");
        return 3 * radius * radius;
    }
    ft::cached_property<&Circle::compute_area, "area"> area{this};
};

struct Table {
    std::vector<int> make_rows() { return {1, 2, 3}; }
    std::string make_title() const { return "title"; }
    ft::cached_property<&Table::make_rows> rows{this};
    ft::cached_property<&Table::make_title, "title"> title{this};
};

struct Owner {
    std::unique_ptr<int> make() const { return std::make_unique<int>(7); }
    ft::cached_property<&Owner::make, "value"> value{this};
};

struct Cylinder : Circle {
    double height = 2;
    static double compute_volume(Cylinder const& self) { return self.area * self.height; }
    ft::cached_property<&Cylinder::compute_volume, "volume"> volume{this};
};

}  // namespace

TEST_CASE("cached_property: is computed once, when first read", "[functools][cached_property]") {
    int computed = 0;
    Circle c{.radius = 2, .computed = &computed};
    CHECK(computed == 0);
    CHECK_FALSE(c.area.cached());
    CHECK(c.area == 12);
    CHECK(c.area == 12);
    CHECK(computed == 1);
    CHECK(c.area.cached());
}

TEST_CASE("cached_property: is kept for each object", "[functools][cached_property]") {
    Circle a{.radius = 1}, b{.radius = 2};
    CHECK(a.area == 3);
    CHECK(b.area == 12);
    a.radius = 10;
    CHECK(a.area == 3);  // kept, as in Python
}

TEST_CASE("cached_property: del forgets the value", "[functools][cached_property]") {
    Circle c{.radius = 1};
    CHECK(c.area == 3);
    c.radius = 2;
    c.area.del();
    CHECK(c.area == 12);
    c.area.del();
    try {
        c.area.del();
        FAIL("nothing was kept");
    } catch (amphis::AttributeError const& e) {
        CHECK(std::string_view(e.what()) == "'Circle' object has no attribute 'area'");
    }
}

TEST_CASE("cached_property: an assigned value is kept", "[functools][cached_property]") {
    int computed = 0;
    Circle c{.radius = 1, .computed = &computed};
    c.area = 9;
    CHECK(c.area == 9);
    c.area = 2.5;
    CHECK(c.area == 2.5);
    CHECK(computed == 0);
    c.area.del();
    CHECK(c.area == 3);
}

TEST_CASE("cached_property: reads as its value", "[functools][cached_property]") {
    Circle const c{.radius = 1};
    double const area = c.area;
    CHECK(area + c.area * 2 == 9);
    Table t;
    CHECK(t.rows->size() == 3);
    t.rows->push_back(4);
    CHECK(t.rows.get() == std::vector{1, 2, 3, 4});
    CHECK(*t.title + "s" == "titles");
    std::string const& title = t.title;
    CHECK(&title == &t.title.get());
}

TEST_CASE("cached_property: prints as its value", "[functools][cached_property]") {
    Table t;
    CHECK(amphis::repr(t.title) == "'title'");
    CHECK(amphis::str(t.title) == "title");
    CHECK(amphis::repr(Circle{.radius = 1}.area) == "3.0");
}

TEST_CASE("cached_property: has a name, that of the getter by default", "[functools][cached_property]") {
    CHECK(std::string_view(Circle{}.area.name()) == "area");
    CHECK(std::string_view(Table{}.rows.name()) == "make_rows");
}

TEST_CASE("cached_property: a copy of the object has the kept value and its own owner",
          "[functools][cached_property]") {
    // >>> d = copy.copy(c); d.radius = 2; d.area    # c.area was read: it is in the __dict__ that was copied
    Circle c{.radius = 1};
    Circle const unread = c;
    CHECK(c.area == 3);
    Circle d = c;
    d.radius = 2;
    CHECK(d.area == 3);
    d.area.del();
    CHECK(d.area == 12);
    CHECK(c.area == 3);
    CHECK(unread.area == 3);
    d = Circle{.radius = 5};
    CHECK_FALSE(d.area.cached());
    CHECK(d.area == 75);
    c = d;
    CHECK(c.area.cached());
    CHECK(c.area == 75);
}

TEST_CASE("cached_property: moves with its object, and leaves nothing behind", "[functools][cached_property]") {
    Table a;
    a.title = "a title too long to be stored in place";
    Table b = std::move(a);
    CHECK(b.title.get().size() == 38);
    CHECK_FALSE(a.title.cached());
    std::vector<Circle> circles;
    for (int i = 0; i != 10; ++i)
        CHECK(circles.emplace_back(Circle{.radius = static_cast<double>(i)}).area == 3.0 * i * i);
    circles.erase(circles.begin());
    CHECK(circles.front().area == 3);
    std::swap(circles[0], circles[1]);
    CHECK(circles[0].area == 12);
}

TEST_CASE("cached_property: belongs to its object", "[functools][cached_property]") {
    static_assert(!std::is_copy_constructible_v<decltype(Circle::area)>);
    static_assert(!std::is_move_constructible_v<decltype(Circle::area)>);
    static_assert(std::is_copy_constructible_v<Circle> && std::is_nothrow_move_constructible_v<Circle>);
    static_assert(!std::is_copy_constructible_v<Owner> && std::is_nothrow_move_constructible_v<Owner>);
    Owner a;
    CHECK(*a.value.get() == 7);
    Owner b = std::move(a);
    CHECK(**b.value == 7);
    CHECK(**a.value == 7);  // computed again
}

TEST_CASE("cached_property: a getter that throws keeps nothing", "[functools][cached_property]") {
    int computed = 0;
    Circle c{.radius = -1, .computed = &computed};
    CHECK_THROWS_AS(c.area.get(), amphis::ValueError);
    CHECK_THROWS_AS(c.area.get(), amphis::ValueError);
    CHECK(computed == 2);
    CHECK_FALSE(c.area.cached());
    c.radius = 1;
    CHECK(c.area == 3);
}

TEST_CASE("cached_property: a throwing copy leaves the object as it was", "[functools][cached_property]") {
    struct Holder {
        throws_on_nth_copy make() const { return throws_on_nth_copy(5); }
        ft::cached_property<&Holder::make> value{this};
    };
    {
        Holder a, b;
        CHECK(a.value->value == 5);
        probes::countdown::arm(1);
        CHECK_THROWS_AS(Holder(a), probes::probe_error);
        probes::countdown::arm(1);
        CHECK_THROWS_AS(b = a, probes::probe_error);
        probes::countdown::disarm();
        CHECK_FALSE(b.value.cached());
        CHECK(a.value->value == 5);
    }
    CHECK(throws_on_nth_copy::live == 0);
}

TEST_CASE("cached_property: a getter may read and assign the attribute", "[functools][cached_property]") {
    struct Node {
        int depth = 3;
        int compute() {
            if (depth-- == 0) return 1;
            return 2 * value.get();  // re-entered while computing
        }
        ft::cached_property<&Node::compute> value{this};
    };
    Node n;
    CHECK(n.value.get() == 8);  // the outermost value stays, as in CPython
    CHECK(n.value.get() == 8);
    struct Sets {
        std::string compute() {
            value = "from inside";
            return "computed";
        }
        ft::cached_property<&Sets::compute> value{this};
    };
    Sets s;
    CHECK(*s.value == "computed");
}

TEST_CASE("cached_property: destroys what it keeps", "[functools][cached_property]") {
    struct Holder {
        tracked make() const { return tracked{1}; }
        ft::cached_property<&Holder::make> value{this};
    };
    tracked::reset();
    {
        Holder a;
        CHECK(tracked::live == 0);
        CHECK(a.value->value == 1);
        CHECK(tracked::live == 1);
        CHECK(tracked::copies == 0);
        CHECK(tracked::moves == 1);
        Holder b = a;
        CHECK(tracked::live == 2);
        a.value.del();
        CHECK(tracked::live == 1);
    }
    CHECK(tracked::live == 0);
}

TEST_CASE("cached_property: works in base classes and with free functions", "[functools][cached_property]") {
    Cylinder c;
    c.radius = 1;
    CHECK(c.volume == 6);
    CHECK(c.area.cached());
    Cylinder d = c;
    d.volume.del();
    d.height = 3;
    CHECK(d.volume == 9);
}

TEST_CASE("cached_property: costs the value, a flag and an offset", "[functools][cached_property]") {
    static_assert(sizeof(decltype(Circle::area)) == sizeof(double) + 8);
    SUCCEED();
}

TEST_CASE("cached_property: is used as its value is", "[functools][cached_property]") {
    struct Report {
        std::vector<int> make_items() const { return {3, 1, 2}; }
        std::string make_name() const { return "caf\u00e9"; }
        std::map<std::string, int> make_sizes() const { return {{"a", 1}}; }
        double make_area() const { return 2.675; }
        unsigned make_count() const { return 3; }
        ft::cached_property<&Report::make_items, "items"> items{this};
        ft::cached_property<&Report::make_name, "name"> name{this};
        ft::cached_property<&Report::make_sizes, "sizes"> sizes{this};
        ft::cached_property<&Report::make_area, "area"> area{this};
        ft::cached_property<&Report::make_count, "count"> count{this};
    };
    Report const c;
    Report d;
    // formats
    CHECK("{:.2f} {:>6} {!r}"_f(c.area, d.name, c.items) == "2.67   caf\u00e9 [3, 1, 2]");
    CHECK("{}"_f(d.sizes) == "{'a': 1}");
    CHECK(amphis::format(d.area, ".1f") == "2.7");
    CHECK_THROWS_AS(amphis::format(c.items, "5"), amphis::TypeError);
    // has a length
    CHECK(amphis::len(c.items) == 3);
    CHECK(amphis::len(d.name) == 4);
    CHECK(amphis::len(c.sizes) == 1);
    // rounds
    CHECK(amphis::round(c.area, 2) == 2.67);
    CHECK(amphis::round(d.area) == 3);
    CHECK(amphis::round(c.area, "ndigits"_k = 1) == 2.7);
    // iterates, by reference where the object is not const
    int sum = 0;
    for (int i : c.items) sum += i;
    for (int& i : d.items) i *= 10;
    CHECK(sum == 6);
    CHECK(d.items[0] == 30);
    CHECK(c.items[2] == 2);
    CHECK(d.sizes["a"] == 1);
    // compares
    CHECK(c.name == "caf\u00e9");
    CHECK("caf\u00e9" == d.name);
    CHECK(c.name != std::string("tea"));
    CHECK(c.name == d.name);
    CHECK(c.name < "d");
    CHECK("d" > c.name);
    CHECK(c.items < d.items);
    CHECK(c.items == std::vector{3, 1, 2});
    CHECK(c.items != d.items);
    CHECK(c.area < 3);
    CHECK((c.count == 3));  // without -Wsign-compare
    CHECK((c.area == d.area));
    // converts, as ever
    std::string const& name = c.name;
    CHECK(&name == &c.name.get());
    constexpr auto iterable = []<class P>(P& property) { return requires { property.begin(); }; };
    constexpr auto string = []<class P>(P& property) { return requires { property.data(); }; };
    CHECK((iterable(c.items) && iterable(d.name) && !iterable(c.area)));
    CHECK((string(c.name) && !string(c.items) && !string(c.area)));
}

TEST_CASE("cached_property: a getter that is not const is read where the object is not", "[functools][cached_property]") {
    Table t;
    CHECK(t.rows.size() == 3);
    CHECK(t.rows[1] == 2);
    int sum = 0;
    for (int row : t.rows) sum += row;
    CHECK(sum == 6);
    CHECK(amphis::str(*t.rows) == "[1, 2, 3]");
}
