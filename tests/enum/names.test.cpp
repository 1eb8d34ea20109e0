// SPDX-License-Identifier: MIT
// enum: the names the compiler tells, wherever the enum is and whatever its type; and where they are looked for.
#include <amphis/enum.hpp>

#include "support/catch.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace enum_ = amphis::enum_;

namespace shapes {
enum class Color { RED = 1, GREEN = 2, BLUE = 3 };
enum Plain : int { plain_a = 1, plain_b = -2 };
enum class Signed : signed char { LOW = -128, MINUS = -3, HIGH = 127 };
enum class Letter : char { A = 'a', TILDE = '~' };
enum class Truth : bool { NO, YES };
enum class OnlyYes : bool { YES = true };
enum class Wide : char32_t { EURO = 0xAC, LATIN = 0x41 };
enum class Big : std::uint64_t { TOP = ~std::uint64_t{0}, HALF = std::uint64_t{1} << 63U, ZERO = 0 };
enum class Small : std::int64_t { FLOOR = INT64_MIN, ONE = 1, CEILING = INT64_MAX };
enum class Http : short { CONTINUE = 100, OK = 200, IM_USED = 226, FOUND = 302, NOT_FOUND = 404, TEAPOT = 418, LAST = 511 };
enum class Down : int { A = -128, B = -129, C = -384, D = -385, LOST = -5000 };
enum class Port { HTTP = 8080, DEBUG_ = 9090 };
enum class Far { NEAR_ = 3, LOST = 300 };
enum class Edge : unsigned short { LAST = 65535, BEFORE = 65000, FIRST = 0 };
enum class None_ {};
enum class Long { a_name_of_some_length_that_fills_more_than_one_register_or_two = 7, _ = 9, x1 = 10 };
enum class Same { RED = 1, CRIMSON = 1, BLUE = 2 };
template <class T, int N>
struct Box {
    enum class State { OPEN, SHUT };
    enum State2 : int { open2, shut2 };
};
struct Outer {
    enum class Inner { X = 1 };
    struct Deeper {
        enum class Inner { Y = 1 };
    };
};
}  // namespace shapes
namespace {
enum class Hidden { A = 1, B = 2 };
namespace {
enum class Deeper { C = -1, D };
}
}  // namespace
enum Global : unsigned char { global_a = 1 };

template <>
inline constexpr auto enum_::range<shapes::Big> = enum_::only(shapes::Big::TOP, shapes::Big::HALF, shapes::Big::ZERO);
template <>
inline constexpr auto enum_::range<shapes::Small> = enum_::only(shapes::Small::ONE, shapes::Small::FLOOR, shapes::Small::CEILING);
template <>
inline constexpr auto enum_::range<shapes::Port> = enum_::bounds{8000, 9999};
template <>
inline constexpr auto enum_::range<shapes::Edge> = enum_::bounds{65000, 65535};

namespace {

template <class E>
std::string told() {
    std::string all;
    for (E const member : enum_::members<E>()) {
        if (!all.empty()) all += ' ';
        all += enum_::name(member);
        CHECK(enum_::name(member).data()[enum_::name(member).size()] == '\0');
        CHECK(enum_::by_name<E>(enum_::name(member)) == member);
        CHECK(enum_::by_value<E>(enum_::value(member)) == member);
    }
    return all;
}

template <class T>
std::string local_of_template() {
    enum class Local { FIRST = 1, THIRD = 3 };
    return told<Local>();
}

struct Operators {
    std::string operator<(int) const {
        enum class InLess { Z, Y };
        return told<InLess>();
    }
    std::string operator()(int, char const*) const {
        enum class InCall { Z = 5, Y };
        return told<InCall>();
    }
    std::string operator[](Operators (*)(int)) const {
        enum class InIndex { Z = 5, Y };
        return told<InIndex>();
    }
    template <int>
    std::string operator>>(int) const {
        enum class InShift { W = -1, Z = 5, Y };
        return told<InShift>();
    }
    operator std::string() const {  // NOLINT(google-explicit-constructor)
        enum class InConversion { Q };
        return told<InConversion>();
    }
};

}  // namespace

TEST_CASE("enum: names of enums in every place", "[enum][names]") {
    CHECK(told<shapes::Color>() == "RED GREEN BLUE");
    CHECK(told<Hidden>() == "A B");
    CHECK(told<Deeper>() == "C D");
    CHECK(told<shapes::Outer::Inner>() == "X");
    CHECK(told<shapes::Outer::Deeper::Inner>() == "Y");
    CHECK(told<shapes::Box<char const*, 3>::State>() == "OPEN SHUT");
    CHECK(told<shapes::Box<shapes::Box<int, -1>, ')'>::State>() == "OPEN SHUT");
    CHECK(told<shapes::Box<Hidden, 3>::State>() == "OPEN SHUT");
    CHECK(told<shapes::Box<int, 1>::State2>() == "open2 shut2");
    enum class Local { A = 1, operator_ = 2, MANY = 100 };
    CHECK(told<Local>() == "A operator_ MANY");
    CHECK(local_of_template<std::vector<Local>>() == "FIRST THIRD");
    CHECK([](auto) {
        enum class InLambda { L = 2, M = 4 };
        return told<InLambda>();
    }(1) == "L M");
    CHECK((Operators() < 1) == "Z Y");
    CHECK(Operators()(1, "") == "Z Y");
    CHECK(Operators()[nullptr] == "Z Y");
    CHECK(Operators().operator>> <3>(2) == "W Z Y");
    CHECK(std::string(Operators()) == "Q");
}

TEST_CASE("enum: names of enums of every type", "[enum][names]") {
    CHECK(told<shapes::Plain>() == "plain_b plain_a");
    CHECK(told<Global>() == "global_a");
    CHECK(told<shapes::Signed>() == "LOW MINUS HIGH");
    CHECK(told<shapes::Letter>() == "A TILDE");
    CHECK(told<shapes::Truth>() == "NO YES");
    CHECK(told<shapes::OnlyYes>() == "YES");
    CHECK(told<shapes::Wide>() == "LATIN EURO");
    CHECK(told<shapes::Long>() == "a_name_of_some_length_that_fills_more_than_one_register_or_two _ x1");
    CHECK(told<shapes::None_>().empty());
    CHECK(enum_::members<shapes::None_>().empty());
    CHECK(told<shapes::Same>() == "RED BLUE");  // CRIMSON is another name for RED, and C++ does not tell it
}

TEST_CASE("enum: 64-bit numbers, in the order that is given", "[enum][names]") {
    CHECK(told<shapes::Big>() == "TOP HALF ZERO");
    CHECK(enum_::value(enum_::by_name<shapes::Big>("TOP")) == ~std::uint64_t{0});
    CHECK(told<shapes::Small>() == "ONE FLOOR CEILING");
    CHECK(enum_::value(shapes::Small::FLOOR) == INT64_MIN);
    CHECK(!enum_::contains<shapes::Small>(0));
    CHECK(!enum_::contains<shapes::Big>(-1));  // its bits are those of TOP
}

TEST_CASE("enum: from -128 to 255, and on while there are members in the outer half", "[enum][names]") {
    CHECK(told<shapes::Http>() == "CONTINUE OK IM_USED FOUND NOT_FOUND TEAPOT LAST");
    CHECK(told<shapes::Down>() == "D C B A");
    CHECK(told<shapes::Far>() == "NEAR_");
    CHECK(told<shapes::Port>() == "HTTP DEBUG_");
    CHECK(told<shapes::Edge>() == "BEFORE LAST");
}

TEST_CASE("enum: the index of a member, with gaps or without", "[enum][names]") {
    using amphis::detail::member_index;
    static_assert(member_index<shapes::Color>::gapless);
    static_assert(!member_index<shapes::Http>::gapless && !member_index<shapes::Http>::dense);
    static_assert(member_index<shapes::Letter>::dense);
    static_assert(!member_index<shapes::Big>::dense);
    for (int n = -1; n != 600; ++n) {
        bool const named = n == 100 || n == 200 || n == 226 || n == 302 || n == 404 || n == 418 || n == 511;
        CHECK(enum_::contains<shapes::Http>(n) == named);
        CHECK(enum_::contains<shapes::Color>(n) == (n >= 1 && n <= 3));
        CHECK(enum_::contains<shapes::Letter>(n) == (n == 'a' || n == '~'));
    }
    CHECK(!enum_::contains<shapes::Http>(65536 + 100));  // no number of a short
}

TEST_CASE("enum: all of it at compile time", "[enum][names]") {
    static_assert(enum_::name(shapes::Color::GREEN) == "GREEN");
    static_assert(enum_::by_name<shapes::Color>("BLUE") == shapes::Color::BLUE);
    static_assert(enum_::by_value<shapes::Color>(1) == shapes::Color::RED);
    static_assert(enum_::by_value<shapes::Color>(shapes::Color::RED) == shapes::Color::RED);
    static_assert(enum_::members<shapes::Color>().size() == 3 && enum_::members<shapes::Color>()[1] == shapes::Color::GREEN);
    static_assert(enum_::names<shapes::Color>().front() == "RED" && enum_::names<shapes::Color>().back() == "BLUE");
    static_assert(enum_::value(shapes::Letter::A) == 'a');
    SUCCEED();
}

TEST_CASE("enum: names are found among many", "[enum][names]") {
    enum class Many {
        // clang-format off
        a0, a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, a11, a12, a13, a14, a15, a16, a17, a18, a19, a20, a21, a22, a23, a24, a25, a26, a27, a28,
        configuration_of_left_1, configuration_of_left_2, configuration_of_left_3, configuration_at_left_1, configuration_at_left_2,
        x, xx, xxx, xxxx, xxxxx, xxxxxx, xxxxxxx, xxxxxxxx, xxxxxxxxx, xxxxxxxxxx, xxxxxxxxxxxxxxxx, xxxxxxxxxxxxxxxxx
        // clang-format on
    };
    CHECK(enum_::members<Many>().size() == 46);
    told<Many>();
    for (std::string_view wrong : {"", "a", "a29", "A1", "configuration_of_left_4", "xxxxxxxxxxx", "a1 ", "configuration_at_left_"}) {
        CHECK_THROWS_AS(enum_::by_name<Many>(wrong), amphis::KeyError);
    }
    CHECK_THROWS_AS(enum_::by_name<Many>(std::string_view("a1\0", 3)), amphis::KeyError);
}
