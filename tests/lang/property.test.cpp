// SPDX-License-Identifier: MIT
#include <amphis/lang/property.hpp>

#include <amphis/builtins.hpp>

#include "support/catch.hpp"
#include "support/probes.hpp"

#include <compare>
#include <cstring>
#include <map>
#include <memory>
#include <sstream>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

using namespace amphis::literals;
using amphis::in_place;
using amphis::property;
using amphis::property_of;

namespace {

class Circle {
    double radius_;
    double get_radius() const { return radius_; }
    void set_radius(double value) {
        if (value < 0) throw amphis::ValueError("Radius cannot be negative");
        radius_ = value;
    }
    double get_area() const { return 3.0 * radius_ * radius_; }

public:
    explicit constexpr Circle(double r) : radius_(r) {}
    [[no_unique_address]] property<"radius", &Circle::get_radius, &Circle::set_radius, nullptr, "The distance to the edge."> radius;
    [[no_unique_address]] property<"area", &Circle::get_area> area;
};
static_assert(sizeof(Circle) == sizeof(double));
static_assert(in_place<&Circle::radius, &Circle::area>);
static_assert(std::is_trivially_copyable_v<Circle> && std::is_nothrow_move_constructible_v<Circle>);
static_assert(std::is_empty_v<decltype(Circle::radius)>);
static_assert(!std::is_same_v<decltype(Circle::radius), decltype(Circle::area)>);
static_assert(!std::is_copy_constructible_v<decltype(Circle::radius)> && !std::is_move_constructible_v<decltype(Circle::radius)>);
static_assert(!std::is_default_constructible_v<decltype(Circle::radius)>);

/// Every kind of accessor; an aggregate.
struct Record {
    char first = 'x';
    std::vector<int> items_{1, 2, 3};
    std::string name_ = "caf\u00e9";
    std::map<std::string, int> sizes_{{"a", 1}};
    bool deleted = false;

    std::vector<int> copy_items() const { return items_; }
    std::vector<int> const& get_items() const { return items_; }
    std::vector<int>& change_items() { return items_; }
    std::string copy_name() const { return name_; }
    std::string const& get_name() const noexcept { return name_; }
    std::string_view view_name() const { return name_; }
    void set_name(std::string const& text) { name_ = text; }
    void del_name() {
        deleted = true;
        name_.clear();
    }
    static std::size_t length_of(Record const& self) { return self.items_.size(); }
    static void set_length_of(Record& self, std::size_t length) { self.items_.resize(length); }

    [[no_unique_address]] property<"copied", &Record::copy_items> copied{};
    [[no_unique_address]] property<"items", &Record::get_items> items{};
    [[no_unique_address]] property<"changing", &Record::change_items> changing{};
    [[no_unique_address]] property<"name", &Record::get_name, &Record::set_name, &Record::del_name> name{};
    [[no_unique_address]] property<"copied_name", &Record::copy_name> copied_name{};
    [[no_unique_address]] property<"name_view", &Record::view_name> name_view{};
    [[no_unique_address]] property<"sizes", &Record::sizes_> sizes{};
    [[no_unique_address]] property<"direct", &Record::name_, &Record::name_> direct{};
    [[no_unique_address]] property<"length", &Record::length_of, &Record::set_length_of> length{};
    [[no_unique_address]] property_of<Record, "last", [](auto& self) -> auto& { return self.items_.back(); },
                                      [](auto& self, int value) { self.items_.back() = value; }>
        last{};
    [[no_unique_address]] property_of<Record, "any", [](auto const& self) { return self.items_.front() + 0.5; },
                                      [](auto& self, auto value) { self.items_.front() = static_cast<int>(value); }>
        any{};
    [[no_unique_address]] property_of<Record, "limit", [] { return 3; }> limit{};
};
static_assert(in_place<&Record::copied, &Record::items, &Record::changing, &Record::name, &Record::copied_name, &Record::name_view,
                       &Record::sizes, &Record::direct, &Record::length, &Record::last, &Record::any, &Record::limit>);

class Shape {
    double scale_ = 2;
    double get_scale() const { return scale_; }
    void set_scale(double value) { scale_ = value; }
    virtual double get_area() const { return 0; }

public:
    virtual ~Shape() = default;
    [[no_unique_address]] property<"area", &Shape::get_area> area;
    [[no_unique_address]] property<"scale", &Shape::get_scale, &Shape::set_scale> scale;
};
class Named {
    std::string name_ = "shape";
    std::string const& get_name() const { return name_; }
    void set_name(std::string text) { name_ = std::move(text); }

public:
    [[no_unique_address]] property<"name", &Named::get_name, &Named::set_name> name;
};
struct Square : Shape, Named {
    double side = 3;
    double get_area() const override { return side * side * scale; }
    double get_half() const { return side / 2; }
    [[no_unique_address]] property<"half", &Square::get_half> half;
    // The getter is a base's, and the base is not where the object begins.
    [[no_unique_address]] property_of<Square, "title", [](auto const& self) -> std::string const& { return self.name; }> title;
};
static_assert(in_place<&Square::half, &Square::title>);
static_assert(sizeof(Shape) == 2 * sizeof(double));

struct Base {
    int id_ = 7;
    int get_id() const { return id_; }
    [[no_unique_address]] property<"id", &Base::get_id> id;
};
struct Left : virtual Base {
    int left_ = 1;
    int get_left() const { return left_; }
    [[no_unique_address]] property<"left", &Left::get_left> left;
};
struct Right : virtual Base {
    int right_ = 2;
    int get_right() const { return right_ + id; }
    [[no_unique_address]] property<"right", &Right::get_right> right;
};
struct Diamond : Left, Right {
    int get_sum() const { return left + right; }
    [[no_unique_address]] property<"sum", &Diamond::get_sum> sum;
};

}  // namespace

TEST_CASE("property: reads and writes call the accessors", "[property]") {
    Circle c(5);
    CHECK(c.radius == 5);
    CHECK(c.area == 75);
    c.radius = 10;
    CHECK(c.area == 300);
    double const area = c.area;
    CHECK(area == 300);
    CHECK(c.radius.get() == 10);
    c.radius.set(2);
    CHECK(*c.radius == 2);
}

TEST_CASE("property: a setter that raises leaves the object as it was", "[property]") {
    Circle c(5);
    CHECK_THROWS_AS(c.radius = -1, amphis::ValueError);
    CHECK_THROWS_AS(c.radius -= 6, amphis::ValueError);
    CHECK(c.radius == 5);
}

TEST_CASE("property: takes no place and leaves the others theirs", "[property]") {
    static_assert(sizeof(Circle[3]) == 3 * sizeof(double));
    Record r;
    CHECK(r.first == 'x');  // all properties lie on it
    r.first = 'y';
    Record s = r;
    CHECK(s.first == 'y');
    s = Record{.first = 'z'};
    CHECK(s.first == 'z');
    Record t = std::move(s);
    CHECK(t.first == 'z');
    std::swap(r, t);
    CHECK(r.first == 'z');
    Record u{'u'};
    CHECK(u.first == 'u');
    CHECK(static_cast<void const*>(&u.name) == static_cast<void const*>(&u));
}

TEST_CASE("property: is made without a write to the members it lies on", "[property]") {
    // g++ 12 zeroes them when an empty class with a defaulted constructor is made by {}
    struct Buffer {
        char text_[32] = "abc";
        long size_ = 7;
        char const* get_text() const { return text_; }
        void set_text(char const* characters) { std::strcpy(text_, characters); }
        [[no_unique_address]] property<"text", &Buffer::get_text, &Buffer::set_text> text{};
        [[no_unique_address]] property<"size", &Buffer::size_> size{};
    };
    Buffer a;
    Buffer b{};
    static constexpr Buffer c{.text_ = "xyz"};
    auto const d = std::make_unique<Buffer>();
    CHECK((a.size == 7 && b.size == 7 && c.size == 7 && d->size == 7));
    CHECK(std::string_view(a.text) == "abc");
    a.text = "0123456789";
    b = a;
    Buffer const copy = b;
    CHECK(std::string_view(copy.text) == "0123456789");
    CHECK(copy.size == 7);
    CHECK(std::string_view(c.text) == "xyz");
    CHECK(std::string_view(d->text) == "abc");
}

TEST_CASE("property: in_place says when it would look for its object elsewhere", "[property]") {
    struct Forgotten {
        double value = 1;
        double get() const { return value; }
        property<"x", &Forgotten::get> x{};  // no [[no_unique_address]]
    };
    struct Twice {
        double value = 1;
        double get() const { return value; }
        [[no_unique_address]] property<"x", &Twice::get> x{};
        [[no_unique_address]] property<"x", &Twice::get> y{};  // the same type
    };
    static_assert(!in_place<&Forgotten::x>);
    static_assert(in_place<&Twice::x> && !in_place<&Twice::y> && !in_place<&Twice::x, &Twice::y>);
    SUCCEED();
}

TEST_CASE("property: += reads, changes and writes", "[property]") {
    Circle c(5);
    (c.radius += 1) *= 2;
    CHECK(c.radius == 12);
    c.radius -= 2;
    c.radius /= 4;
    CHECK(c.radius == 2.5);
    CHECK(c.radius++ == 2.5);
    CHECK(++c.radius == 4.5);
    CHECK(c.radius-- == 4.5);
    CHECK(--c.radius == 2.5);
    Record r;
    r.name += "!";
    CHECK(r.name == "caf\u00e9!");
    r.length += 2;
    r.length <<= 1;
    r.length |= 1;
    r.length %= 8;
    r.length ^= 1;
    r.length &= 7;
    r.length >>= 1;
    CHECK(r.items_.size() == 1);
    r.last += r.limit;
    CHECK(r.items_[0] == 4);
}

TEST_CASE("property: assigns from other properties and objects", "[property]") {
    Circle a(1), b(2);
    Circle const c(3);
    a.radius = b.radius;
    CHECK(a.radius == 2);
    a.radius = b.radius = 7;
    CHECK(a.radius == 7);
    a.radius = c.area;
    CHECK(a.radius == 27);
    a.radius = c.radius.get();
    CHECK(a.radius == 3);
    a.radius = {};
    CHECK(a.radius == 0);
    a = c;
    CHECK(a.radius == 3);
    Record r;
    r.name = r.direct;
    r.name = {'a', 'b'};
    CHECK(r.direct == "ab");
    r.direct = std::string("cd");
    CHECK(r.name == "cd");
    r.any = 8.5;
    CHECK(r.any == 8.5);
}

TEST_CASE("property: the deleter is called by del", "[property]") {
    Record r;
    r.name.del();
    CHECK(r.deleted);
    CHECK(r.name->empty());
}

TEST_CASE("property: computes as its value", "[property]") {
    Circle const c(2);
    CHECK(c.radius + c.area == 14);
    CHECK(-c.radius * 2 == -4);
    CHECK(c.radius < c.area);
    CHECK((c.radius <=> 2.0) == std::partial_ordering::equivalent);
    CHECK(c.radius == c.radius);
    Record const r;
    CHECK(r.any + r.any == 3);  // what it returns is only known from its body
    CHECK(r.any == 1.5);
    CHECK(2 * r.any == r.limit);
    CHECK(c.radius + r.any == 3.5);
    CHECK(r.any < c.area);
}

TEST_CASE("property: a string is a string", "[property]") {
    Record const r;
    CHECK(r.name + "s" == "caf\u00e9s");
    CHECK("a " + r.copied_name == "a caf\u00e9");
    CHECK(r.name == r.copied_name);
    CHECK(r.copied_name < "d");
    CHECK(r.name.size() == 5);
    CHECK(r.copied_name->substr(0, 2) == "ca");
    std::string const s = r.copied_name;
    std::string const t(r.name);
    std::string_view const v = r.name_view;
    CHECK((s == t && v == s));
    CHECK(amphis::len(r.name) == 4);
    CHECK(amphis::len(r.copied_name) == 4);
    CHECK(amphis::len(r.name_view) == 4);
    CHECK(amphis::hash(r.copied_name) == amphis::hash(s));
    CHECK(amphis::hash(r.name) == amphis::hash(s));
    std::ostringstream out;
    out << r.copied_name << ' ' << r.limit;
    CHECK(out.str() == "caf\u00e9 3");
}

TEST_CASE("property: a container is iterated and indexed, one returned by value too", "[property]") {
    Record r;
    Record const c;
    int sum = 0;
    for (int i : c.items) sum += i;
    for (int i : c.copied) sum += 10 * i;
    for (int i : r.copied) sum += 100 * i;
    CHECK(sum == 666);
    for (int& i : r.changing) i += 1;
    CHECK(r.items_ == std::vector{2, 3, 4});
    CHECK(r.items[0] + c.copied[1] == 4);
    r.changing[2] = 9;
    CHECK(r.items[2] == 9);
    CHECK(c.sizes->at("a") == 1);
    CHECK(amphis::len(c.copied) == 3);
    CHECK(amphis::sum(c.items) == 6);
    CHECK(c.copied == c.items);
    CHECK(c.items->front() == 1);
    r.changing->push_back(5);
    CHECK(r.length == 4U);
    CHECK(&r.last.get() == &r.items_.back());
    static_assert(std::is_same_v<decltype(c.last.get()), int const&> && std::is_same_v<decltype(r.last.get()), int&>);
}

namespace {
struct NoAddress {
    int value = 1;
    NoAddress* operator&() const = delete;
};
struct HoldsNoAddress {
    NoAddress held{};
    NoAddress* operator&() const = delete;
    [[nodiscard]] NoAddress& get() { return held; }
    [[nodiscard]] NoAddress copy() const { return held; }
    [[no_unique_address]] property<"seen", &HoldsNoAddress::get> seen{};
    [[no_unique_address]] property<"copied", &HoldsNoAddress::copy> copied{};
};
static_assert(in_place<&HoldsNoAddress::seen, &HoldsNoAddress::copied>);
}  // namespace

TEST_CASE("property: of classes whose address is not taken by &", "[property]") {
    HoldsNoAddress h;
    h.seen->value = 5;
    CHECK(h.copied->value == 5);
}

TEST_CASE("property: prints and formats as its value", "[property]") {
    Circle const c(2);
    Record const r;
    CHECK(amphis::repr(c.area) == "12.0");
    CHECK(amphis::repr(r.copied) == "[1, 2, 3]");
    CHECK(amphis::repr(r.items) == "[1, 2, 3]");
    CHECK(amphis::repr(r.sizes) == "{'a': 1}");
    CHECK(amphis::repr(r.name) == "'caf\u00e9'");
    CHECK(amphis::str(r.copied_name) == "caf\u00e9");
    CHECK(amphis::repr(std::vector<std::reference_wrapper<decltype(r.limit) const>>{r.limit}) == "[3]");
    CHECK("{:.2f} {:>5} {:>5} {!r} {:d}"_f(c.area, r.name, r.copied_name, r.copied, r.limit) == "12.00  caf\u00e9  caf\u00e9 [1, 2, 3] 3");
    CHECK(amphis::round(c.area, 1) == 12);
    CHECK(amphis::round(c.area) == 12);
}

TEST_CASE("property: has the name and the doc it was given", "[property]") {
    static_assert(std::string_view(decltype(Circle::radius)::name()) == "radius");
    static_assert(std::string_view(decltype(Circle::radius)::doc()) == "The distance to the edge.");
    static_assert(std::string_view(decltype(Circle::area)::doc()).empty());
    static_assert(decltype(Circle::area)::fset == nullptr);
    CHECK(Circle(1).radius.name() == std::string("radius"));
}

TEST_CASE("property: is inherited, and follows an overridden getter", "[property]") {
    Square s;
    CHECK(s.area == 18);
    Shape& shape = s;
    CHECK(shape.area == 18);
    shape.scale = 1;
    CHECK(s.area == 9);
    CHECK(Shape().area == 0);
    CHECK(s.half == 1.5);
    s.name = "square";
    CHECK(s.title == "square");
    Named const& named = s;
    CHECK(named.name == "square");
    Square const copy = s;
    s.side = 1;
    CHECK(copy.area == 9);
    CHECK(copy.title + "!" == "square!");
}

TEST_CASE("property: works in virtual bases", "[property]") {
    Diamond d;
    d.id_ = 40;
    CHECK(d.id == 40);
    CHECK(d.left == 1);
    CHECK(d.right == 42);
    CHECK(d.sum == 43);
    Left& left = d;
    Right const& right = d;
    CHECK(left.id == 40);
    CHECK(right.right == 42);
}

TEST_CASE("property: each element of an array has its own", "[property]") {
    std::vector<Circle> circles;
    for (int i = 0; i != 10; ++i) circles.emplace_back(i);
    double sum = 0;
    for (Circle& c : circles) sum += c.radius;
    CHECK(sum == 45);
    circles.erase(circles.begin());
    CHECK(circles[0].radius == 1);
    Circle pair[] = {Circle(1), Circle(2)};
    pair[1].radius = pair[0].radius;
    CHECK(pair[1].radius == 1);
    auto const shared = std::make_shared<Circle>(4.0);
    CHECK(shared->radius == 4);
    Circle bytes(0);
    std::memcpy(static_cast<void*>(&bytes), static_cast<void const*>(&circles[3]), sizeof(Circle));
    CHECK(bytes.radius == 4);
}

TEST_CASE("property: constexpr objects have properties, read at run time; those of no object are read at compile time", "[property]") {
    static constexpr Circle c(3);
    CHECK(c.radius == 3);
    struct Limits {
        [[no_unique_address]] property_of<Limits, "pi", [] { return 3.25; }> pi{};
    };
    static constexpr Limits limits{};
    static_assert(limits.pi == 3.25 && limits.pi * 2 == 6.5);
    SUCCEED();
}

TEST_CASE("property: a setter that is const writes through a const object", "[property]") {
    struct Handle {
        int* target = nullptr;
        int get() const { return *target; }
        void set(int number) const { *target = number; }
        [[no_unique_address]] property<"value", &Handle::get, &Handle::set> value{};
    };
    int x = 1;
    Handle const h{&x};
    h.value = 5;
    CHECK(x == 5);
    CHECK(h.value == 5);
}

TEST_CASE("property: values that cannot be copied are passed on", "[property]") {
    struct Owner {
        std::unique_ptr<int> held;
        std::unique_ptr<int> const& get() const { return held; }
        void set(std::unique_ptr<int> pointer) { held = std::move(pointer); }
        [[no_unique_address]] property<"value", &Owner::get, &Owner::set> value{};
    };
    Owner o;
    o.value = std::make_unique<int>(3);
    CHECK(**o.value == 3);
    CHECK(*o.value->get() == 3);
    Owner p = std::move(o);
    CHECK(*p.value.get() == 3);
    static_assert(!std::is_copy_constructible_v<Owner>);
}

TEST_CASE("property: without a getter it is written only", "[property]") {
    struct Secret {
        std::string hash;
        void set_password(std::string_view word) { hash = std::string(word.rbegin(), word.rend()); }
        [[no_unique_address]] property<"password", nullptr, &Secret::set_password> password{};
    };
    Secret s;
    s.password = "abc";
    CHECK(s.hash == "cba");
}

TEST_CASE("property: pointers and enumerations are themselves", "[property]") {
    enum class mode { off, on };
    struct Node {
        int value = 0;
        Node* next_ = nullptr;
        mode mode_ = mode::off;
        Node* get_next() const { return next_; }
        void set_next(Node* node) { next_ = node; }
        [[no_unique_address]] property<"next", &Node::get_next, &Node::set_next> next{};
        [[no_unique_address]] property<"mode", &Node::mode_, &Node::mode_> switched{};
    };
    Node a{1}, b{2};
    CHECK(a.next == nullptr);
    a.next = &b;
    CHECK(a.next->value == 2);
    CHECK((*a.next)->value == 2);
    CHECK(a.switched == mode::off);
    a.switched = mode::on;
    CHECK(a.switched == mode::on);
}

namespace {

struct Thermometer {
    double celsius_ = -7.5;
    int steps_ = 9;
    [[no_unique_address]] amphis::property<"celsius", &Thermometer::celsius_> celsius{};
    [[no_unique_address]] amphis::property<"steps", &Thermometer::steps_> steps{};
};

}  // namespace

TEST_CASE("property: the functions of numbers take what it stands for", "[property]") {
    Thermometer const t;
    CHECK(amphis::abs(t.celsius) == 7.5);
    CHECK(amphis::abs(t.steps) == 9);
    CHECK(amphis::divmod(t.steps, 4) == std::pair(2, 1));
    CHECK(amphis::floordiv(t.celsius, 2) == -4.0);
    CHECK(amphis::mod(11, t.steps) == 2);
    CHECK(amphis::truediv(t.celsius, t.steps) == -7.5 / 9);
    CHECK(amphis::pow(t.steps, 2) == 81);
}
