// SPDX-License-Identifier: MIT
// enum: members, names, values, and how they print. What is expected comes from CPython 3.11's enum.
#include <amphis/builtins.hpp>
#include <amphis/enum.hpp>
#include <amphis/lang/exceptions.hpp>

#include "support/catch.hpp"

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <vector>

namespace enum_ = amphis::enum_;
using amphis::format;
using amphis::repr;
using amphis::str;
using namespace amphis::literals;

namespace {
enum class Color { RED = 1, GREEN = 2, BLUE = 3 };
enum class Level { LOW = -1, MIDDLE = 0, HIGH = 10 };
enum class Key { SHIFT, CTRL_L };
enum class Paint { RED = 1, CRIMSON = 1, BLUE = 2 };
enum class Suit { SPADES, HEARTS };
struct Body {
    double mass;
    double radius;
    friend constexpr bool operator==(Body const&, Body const&) = default;
    [[nodiscard]] std::string repr() const { return "(" + amphis::repr(mass) + ", " + amphis::repr(radius) + ")"; }
};
enum class Planet { MERCURY, EARTH };
enum class Season { SPRING = 1, FALL = 3 };
enum class Odd { ONE = 1, OTHER = -1 };
enum class Byte : unsigned char { LAST = 255 };
enum class Letter : char { A = 'a' };
enum class Truth : bool { NO, YES };

namespace own {
enum class Own { A };
std::string repr(Own) { return "my own"; }
enum class OwnStr { A };
std::string str(OwnStr) { return "spelled out"; }
}  // namespace own
using own::Own;
using own::OwnStr;

std::string message_of(auto const& body) {
    try {
        body();
    } catch (amphis::Exception const& e) {
        return std::string(e.type_name()) + ": " + e.what();
    }
    return "nothing raised";
}
}  // namespace

template <>
inline constexpr auto enum_::kind<Level> = enum_::IntEnum;
template <>
inline constexpr auto enum_::kind<Key> = enum_::StrEnum;
template <>
inline constexpr auto enum_::aliases<Paint> = enum_::also<Paint>({{"CRIMSON", Paint::CRIMSON}, {"NAVY", Paint::BLUE}});
template <>
inline constexpr auto enum_::kind<Suit> = enum_::StrEnum;
template <>
inline constexpr auto enum_::values<Suit> = enum_::assign<Suit>({{Suit::HEARTS, "\xE2\x99\xA5"}, {Suit::SPADES, "\xE2\x99\xA0"}});
template <>
inline constexpr auto enum_::values<Planet> = enum_::assign<Planet, Body>({{Planet::MERCURY, {3.303e+23, 2.4397e6}}, {Planet::EARTH, {5.976e+24, 6.37814e6}}});
template <>
inline constexpr auto enum_::missing<Season> = [](int number) -> std::optional<Season> {
    if (number % 2 != 0) return Season::FALL;
    return std::nullopt;
};
template <>
inline constexpr auto enum_::missing<Odd> = [](int) { return Odd::OTHER; };

TEST_CASE("enum: the program of the issue", "[enum]") {
    CHECK(str(Color::RED) + " " + repr(Color::GREEN) == "Color.RED <Color.GREEN: 2>");
    std::string all;
    for (auto color : enum_::members<Color>()) all += std::string(enum_::name(color)) + " " + std::to_string(enum_::value(color)) + "\n";
    CHECK(all == "RED 1\nGREEN 2\nBLUE 3\n");
}

TEST_CASE("enum: lookup by name and by value", "[enum]") {
    CHECK(enum_::by_name<Color>("RED") == Color::RED);
    CHECK(enum_::by_name<Color>(std::string("GREEN")) == Color::GREEN);
    CHECK(enum_::by_value<Color>(3) == Color::BLUE);
    CHECK(enum_::by_value<Color>(3ULL) == Color::BLUE);
    CHECK(enum_::by_value<Color>(Color::BLUE) == Color::BLUE);
    CHECK(enum_::by_value<Color>(true) == Color::RED);  // >>> Color(True)
    // >>> Color["PURPLE"], Color(5)
    CHECK(message_of([] { (void)enum_::by_name<Color>("PURPLE"); }) == "KeyError: 'PURPLE'");
    CHECK(message_of([] { (void)enum_::by_name<Color>("red"); }) == "KeyError: 'red'");
    CHECK(message_of([] { (void)enum_::by_value<Color>(5); }) == "ValueError: 5 is not a valid Color");
    CHECK(message_of([] { (void)enum_::by_value<Color>(-1); }) == "ValueError: -1 is not a valid Color");
    CHECK(message_of([] { (void)enum_::by_value<Color>(0x1'0000'0001ULL); }) == "ValueError: 4294967297 is not a valid Color");
    CHECK(message_of([] { (void)enum_::by_value<Color>(static_cast<Color>(9)); }) == "ValueError: 9 is not a valid Color");
    CHECK(message_of([] { (void)enum_::by_value<Byte>(-1); }) == "ValueError: -1 is not a valid Byte");
    CHECK(enum_::by_value<Byte>(255) == Byte::LAST);
    CHECK(enum_::by_value<Letter>('a') == Letter::A);
    CHECK(enum_::by_value<Letter>(97) == Letter::A);
    CHECK(enum_::by_value<Truth>(true) == Truth::YES);
}

TEST_CASE("enum: contains, by member and by value", "[enum]") {
    CHECK(enum_::contains<Color>(Color::RED));
    CHECK(!enum_::contains<Color>(static_cast<Color>(7)));
    CHECK(enum_::contains<Color>(2));
    CHECK(!enum_::contains<Color>(0));
    CHECK(enum_::contains<Suit>("\xE2\x99\xA5"));
    CHECK(!enum_::contains<Suit>("hearts"));
    CHECK(amphis::in(Color::RED, enum_::members<Color>()));
    CHECK(amphis::in("RED", enum_::names<Color>()));
}

TEST_CASE("enum: members as a sequence and as a mapping", "[enum]") {
    CHECK(repr(enum_::members<Color>()) == "[<Color.RED: 1>, <Color.GREEN: 2>, <Color.BLUE: 3>]");
    CHECK(repr(enum_::names<Level>()) == "['LOW', 'MIDDLE', 'HIGH']");
    CHECK(repr(enum_::members_map<Color>()) == "{'RED': <Color.RED: 1>, 'GREEN': <Color.GREEN: 2>, 'BLUE': <Color.BLUE: 3>}");
    CHECK(amphis::len(enum_::members<Color>()) == 3);
    CHECK(repr(amphis::list(amphis::reversed(enum_::members<Color>()))) == "[<Color.BLUE: 3>, <Color.GREEN: 2>, <Color.RED: 1>]");
    CHECK(std::vector<Color>(enum_::members<Color>().begin(), enum_::members<Color>().end()) ==
          std::vector{Color::RED, Color::GREEN, Color::BLUE});
}

TEST_CASE("enum: a number that is no member", "[enum]") {
    auto const odd = static_cast<Color>(7);
    CHECK(str(odd) == "Color(7)");
    CHECK(repr(odd) == "<Color: 7>");
    CHECK(enum_::value(odd) == 7);
    CHECK(message_of([&] { (void)enum_::name(odd); }) == "ValueError: 7 is not a valid Color");
}

TEST_CASE("enum: repr, str and format", "[enum]") {
    // >>> "{:>12}|{!r}|{}".format(Color.RED, Color.RED, Color.RED)
    CHECK("{:>12}|{!r}|{}"_f(Color::RED, Color::RED, Color::RED) == "   Color.RED|<Color.RED: 1>|Color.RED");
    CHECK(format(Color::RED, "*^13") == "**Color.RED**");
    CHECK(format(Color::RED, ".5") == "Color");
    CHECK(amphis::str_format("{0:<11}|{0!s}", Color::RED) == "Color.RED  |Color.RED");
    CHECK(message_of([] { (void)format(Color::RED, "d"); }).starts_with("ValueError: Unknown format code 'd' for object of type"));
    CHECK(repr(std::vector{Color::RED}) == "[<Color.RED: 1>]");
    CHECK(str(std::tuple{Color::RED, 1}) == "(<Color.RED: 1>, 1)");
    CHECK(str(std::optional(Color::RED)) == "Color.RED");
    CHECK(repr(std::map<Color, int>{{Color::BLUE, 1}}) == "{<Color.BLUE: 3>: 1}");
    CHECK(message_of([] { throw amphis::KeyError(Color::RED); }) == "KeyError: <Color.RED: 1>");
    CHECK(repr(Letter::A) == "<Letter.A: 'a'>");
    CHECK(repr(Byte::LAST) == "<Byte.LAST: 255>");
    CHECK(repr(Truth::YES) == "<Truth.YES: True>");
}

TEST_CASE("enum: local enums print, too", "[enum]") {
    enum class Local { A = 4 };
    CHECK(repr(Local::A) == "<Local.A: 4>");
    CHECK([](auto) {
        enum class Inner { B };
        return repr(Inner::B);
    }(0) == "<Inner.B: 0>");
}

TEST_CASE("enum: a repr or str of one's own stays", "[enum]") {
    CHECK(amphis::repr(Own::A) == "my own");
    CHECK(amphis::str(Own::A) == "my own");
    CHECK(amphis::str(OwnStr::A) == "spelled out");
    CHECK(amphis::repr(OwnStr::A) == "<OwnStr.A: 0>");
    CHECK("{}"_f(OwnStr::A) == "spelled out");
    CHECK(amphis::repr(std::byte{7}) == "7");
}

TEST_CASE("enum: IntEnum", "[enum]") {
    using namespace amphis::enum_::operators;
    CHECK(str(Level::HIGH) == "10");  // >>> str(Level.HIGH)
    CHECK(repr(Level::LOW) == "<Level.LOW: -1>");
    CHECK(format(Level::HIGH, "04") == "0010");
    CHECK("{:x} {!r}"_f(Level::HIGH, Level::HIGH) == "a <Level.HIGH: 10>");
    CHECK((Level::HIGH == 10));
    CHECK((10 == Level::HIGH));
    CHECK((Level::LOW != 10U));
    CHECK((Level::LOW < 0U));
    CHECK((Level::HIGH > Level::LOW));
    CHECK((5 < Level::HIGH));
    CHECK(+Level::HIGH + 1 == 11);
    static_assert(Level::MIDDLE == 0L);
    CHECK(message_of([] { (void)enum_::by_value<Level>(7); }) == "ValueError: 7 is not a valid Level");
}

TEST_CASE("enum: StrEnum, by auto() and by assignment", "[enum]") {
    using namespace amphis::enum_::operators;
    // >>> class Key(StrEnum): SHIFT = auto(); CTRL_L = auto()
    CHECK(str(Key::CTRL_L) == "ctrl_l");
    CHECK(repr(Key::CTRL_L) == "<Key.CTRL_L: 'ctrl_l'>");
    CHECK(enum_::name(Key::SHIFT) == "SHIFT");
    CHECK(enum_::value(Key::SHIFT) == "shift");
    CHECK(enum_::by_value<Key>("shift") == Key::SHIFT);
    CHECK(format(Key::SHIFT, ">7") == "  shift");
    CHECK((Key::SHIFT == "shift"));
    CHECK(("ctrl_l" == Key::CTRL_L));
    CHECK((Key::CTRL_L < "d" && Key::SHIFT >= std::string("shift") && "a" < Key::CTRL_L));
    CHECK(message_of([] { (void)enum_::by_value<Key>("SHIFT"); }) == "ValueError: 'SHIFT' is not a valid Key");
    CHECK(message_of([] { (void)enum_::by_value<Key>(std::string("it's")); }) == "ValueError: \"it's\" is not a valid Key");
    CHECK(str(Suit::HEARTS) == "\xE2\x99\xA5");
    CHECK(repr(Suit::SPADES) == "<Suit.SPADES: '\xE2\x99\xA0'>");
    CHECK(enum_::by_value<Suit>("\xE2\x99\xA0") == Suit::SPADES);
    CHECK(str(static_cast<Key>(9)) == "Key(9)");
    CHECK(repr(static_cast<Key>(9)) == "<Key: 9>");
    CHECK(message_of([] { (void)enum_::value(static_cast<Key>(9)); }) == "ValueError: 9 is not a valid Key");
    static_assert(enum_::by_value<Key>("shift") == Key::SHIFT && Suit::SPADES == "\xE2\x99\xA0");
}

TEST_CASE("enum: values of any type", "[enum]") {
    CHECK(enum_::value(Planet::EARTH).radius == 6.37814e6);
    CHECK(repr(Planet::MERCURY) == "<Planet.MERCURY: (3.303e+23, 2439700.0)>");
    CHECK(str(Planet::MERCURY) == "Planet.MERCURY");
    CHECK(enum_::by_value<Planet>(Body{5.976e+24, 6.37814e6}) == Planet::EARTH);
    CHECK(message_of([] { (void)enum_::by_value<Planet>(Body{1, 2}); }) == "ValueError: (1.0, 2.0) is not a valid Planet");
}

TEST_CASE("enum: aliases that are declared", "[enum]") {
    CHECK(enum_::by_name<Paint>("CRIMSON") == Paint::RED);
    CHECK(enum_::by_name<Paint>("NAVY") == Paint::BLUE);
    CHECK(repr(Paint::CRIMSON) == "<Paint.RED: 1>");
    CHECK(enum_::members<Paint>().size() == 2);
    CHECK(repr(enum_::members_map<Paint>()) == "{'RED': <Paint.RED: 1>, 'BLUE': <Paint.BLUE: 2>, 'CRIMSON': <Paint.RED: 1>, 'NAVY': <Paint.BLUE: 2>}");
}

TEST_CASE("enum: missing", "[enum]") {
    CHECK(enum_::by_value<Season>(1) == Season::SPRING);
    CHECK(enum_::by_value<Season>(7) == Season::FALL);
    CHECK(message_of([] { (void)enum_::by_value<Season>(8); }) == "ValueError: 8 is not a valid Season");
    CHECK(enum_::by_value<Odd>(8) == Odd::OTHER);
}

TEST_CASE("enum: unique and verify", "[enum]") {
    enum class Gaps { A = -2, B = 1, C = 3 };
    enum class Wide { A = 1, B = 127 };
    CHECK(enum_::unique<Color>());
    static_assert(enum_::unique<Color>() && enum_::verify<Color>(enum_::CONTINUOUS, enum_::UNIQUE, enum_::NAMED_FLAGS));
    CHECK(message_of([] { enum_::unique<Paint>(); }) == "ValueError: duplicate values found in <enum 'Paint'>: CRIMSON -> RED, NAVY -> BLUE");
    CHECK(message_of([] { enum_::verify<Paint>(enum_::CONTINUOUS, enum_::UNIQUE); }) ==
          "ValueError: aliases found in <enum 'Paint'>: CRIMSON -> RED, NAVY -> BLUE");
    CHECK(message_of([] { enum_::verify<Gaps>(enum_::UNIQUE, enum_::CONTINUOUS); }) == "ValueError: invalid enum 'Gaps': missing values -1, 0, 2");
    std::string const cut = message_of([] { enum_::verify<Wide>(enum_::CONTINUOUS); });
    CHECK(cut.size() == std::string_view("ValueError: ").size() + 256);
    CHECK(cut.starts_with("ValueError: invalid enum 'Wide': missing values 2, 3, 4, "));
}

TEST_CASE("enum: hash, and keys of containers", "[enum]") {
    CHECK(amphis::hash(Color::RED) == amphis::hash(Color::RED));
    std::unordered_map<Color, int> counts;
    ++counts[Color::RED];
    CHECK(counts[Color::RED] == 1);
}
