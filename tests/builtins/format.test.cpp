// SPDX-License-Identifier: MIT
#include <amphis/builtins/format.hpp>

#include "builtins/format_cases.hpp"
#include "support/catch.hpp"

#include <array>
#include <complex>
#include <cstddef>
#include <deque>
#include <functional>
#include <limits>
#include <list>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <utility>
#include <variant>
#include <vector>

using amphis::format;
using namespace amphis::literals;
using namespace std::string_literals;
using namespace std::string_view_literals;

namespace {

/// The text, or what CPython prints below a traceback.
template <class Call>
std::string outcome(Call call) {
    try {
        return call();
    } catch (amphis::Exception const& e) {
        return e.type_name() + ": "s + e.what();
    }
}

template <class T>
std::string shown(T const& value, std::string_view spec) {
    return outcome([&] { return format(value, spec); });
}

struct comparison {
    std::string spec;
    std::string text;
    friend bool operator==(comparison const&, comparison const&) = default;
    friend std::ostream& operator<<(std::ostream& out, comparison const& c) { return out << c.spec << " -> " << c.text; }
};

/// A type with everything: {0:SPEC}, {0!r}, {0!s}, {0.x}.
struct point {
    int x = 0;
    int y = 0;
    std::string repr() const { return "point({x}, {y})"_f("x"_k = x, "y"_k = y); }
    std::string str() const { return "<{}, {}>"_f(x, y); }
    std::string format(std::string_view spec) const { return spec.empty() ? str() : "{:{s}}/{:{s}}"_f(x, y, "s"_k = spec); }
    template <amphis::fixed_string Name>
        requires(std::string_view(Name.data()) == "x" || std::string_view(Name.data()) == "y")
    int getattr() const {
        return std::string_view(Name.data()) == "x" ? x : y;
    }
};

/// A repr and nothing else, as most classes.
struct plain {
    std::string repr() const { return "plain('ʹ')"; }
};

/// Asks for a std::string.
struct old_fashioned {
    std::string format(std::string const& spec) const { return "old " + spec; }
};

struct indexed {
    int operator[](std::size_t i) const { return static_cast<int>(i) * 10; }
    std::string operator[](std::string_view name) const { return "<" + std::string(name) + ">"; }
};

struct fragile {
    std::string format(std::string_view) const { throw amphis::RuntimeError("no format today"); }
};

template <class T>
struct box {
    std::string repr() const { return "box()"; }
};

}  // namespace

namespace elsewhere {
struct money {
    long cents = 0;
};
std::string format(money const& m, std::string_view spec) { return amphis::format(static_cast<double>(m.cents) / 100, spec) + " EUR"; }
std::string str(money const& m) { return format(m, ".2f"); }

struct opaque {};
std::string repr(opaque const&) { return "opaque()"; }
}  // namespace elsewhere

// ---- the mini-language ----------------------------------------------------------------------------------------------

TEST_CASE("format: an int is shown as CPython shows it", "[builtins][format]") {
    for (auto const& c : format_cases::ints) CHECK(comparison{c.spec, shown(c.value, c.spec)} == comparison{c.spec, c.expected});
}

TEST_CASE("format: a float is shown as CPython shows it", "[builtins][format]") {
    for (auto const& c : format_cases::floats) CHECK(comparison{c.spec, shown(c.value, c.spec)} == comparison{c.spec, c.expected});
}

TEST_CASE("format: a complex is shown as CPython shows it", "[builtins][format]") {
    for (auto const& c : format_cases::complexes) {
        std::complex<double> const value(c.value.real, c.value.imag);
        CHECK(comparison{c.spec, shown(value, c.spec)} == comparison{c.spec, c.expected});
    }
}

TEST_CASE("format: a str is shown as CPython shows it, whatever string type holds it", "[builtins][format]") {
    for (auto const& c : format_cases::strs) {
        comparison const expected{c.spec, c.expected};
        CHECK(comparison{c.spec, shown(c.value, c.spec)} == expected);
        CHECK(comparison{c.spec, shown(std::string(c.value), c.spec)} == expected);
        CHECK(comparison{c.spec, shown(std::string_view(c.value), c.spec)} == expected);
    }
    CHECK(format(u8"grüße", "^7") == " grüße ");
    CHECK(format(u"grüße", "*>7.3") == "****grü");
    CHECK(format(U'ß', "3") == "ß  ");
    CHECK(format('a', ">3") == "  a");
    CHECK(format("a\0b"sv, "5") == "a\0b  "s);
    char const unterminated[2] = {'a', 'b'};
    CHECK(format(unterminated, "3") == "ab ");
}

TEST_CASE("format: a bool is its name without a spec, an int with one", "[builtins][format]") {
    for (auto const& c : format_cases::bools) CHECK(comparison{c.spec, shown(c.value, c.spec)} == comparison{c.spec, c.expected});
    CHECK(format(false, "c") == "\0"s);
    std::vector<bool> const flags{true, false};
    CHECK(format(flags[0]) == "True");
    CHECK(format(flags[1], "03") == "000");
}

TEST_CASE("format: every integer type is an int, at its limits too", "[builtins][format]") {
    CHECK(format(static_cast<signed char>(-128), "d") == "-128");
    CHECK(format(static_cast<unsigned char>(255), "x") == "ff");
    CHECK(format(std::byte{7}, "03b") == "111");
    CHECK(format(std::numeric_limits<short>::min(), ",") == "-32,768");
    CHECK(format(std::numeric_limits<unsigned long long>::max(), ",") == "18,446,744,073,709,551,615");
    CHECK(format(std::numeric_limits<long long>::min(), "#x") == "-0x8000000000000000");
    CHECK(shown(std::numeric_limits<unsigned long long>::max(), "c") == "OverflowError: Python int too large to convert to C long");
#if defined(__SIZEOF_INT128__)
    using amphis::detail::int128;
    using amphis::detail::uint128;
    auto const most = ~uint128{0};
    auto const least = static_cast<int128>(uint128{1} << 127);
    CHECK(format(most) == "340282366920938463463374607431768211455");
    CHECK(format(least) == "-170141183460469231731687303715884105728");
    CHECK(format(least, "_") == "-170_141_183_460_469_231_731_687_303_715_884_105_728");  // >>> format(-2**127, "_")
    CHECK(format(most, "#_X") == "0XFFFF_FFFF_FFFF_FFFF_FFFF_FFFF_FFFF_FFFF");
    CHECK(format(uint128{1} << 127, "b") == "1" + std::string(127, '0'));
    CHECK(format(int128{10000000000000000000ULL} * 10000000000000000000ULL, "") == "1" + std::string(38, '0'));
    CHECK(format(most, ".3e") == "3.403e+38");
    CHECK(shown(most, "c") == "OverflowError: Python int too large to convert to C long");
#endif
}

TEST_CASE("format: a float is shorter without a type, and its double with one", "[builtins][format]") {
    CHECK(format(0.1F) == "0.1");
    CHECK(format(0.1F, "8") == "     0.1");
    CHECK(format(0.1F, ".17g") == "0.10000000149011612");  // >>> format(struct.unpack("f", struct.pack("f", .1))[0], ".17g")
    CHECK(format(0.5L, ".3f") == "0.500");
    CHECK(format(0.1L, "10") == "       0.1");
    CHECK(format(-0.0L, "zf") == "0.000000");
}

TEST_CASE("format: precision and width have no limit but memory", "[builtins][format]") {
    // >>> format(5e-324, ".1074f")[-20:], len(format(1.7976931348623157e308, "f"))
    std::string const tiny = format(5e-324, ".1074f");
    CHECK(tiny.size() == 1076);
    CHECK(tiny.substr(1056) == "19718265533447265625");
    CHECK(format(1.7976931348623157e308, "f").size() == 316);
    CHECK(format(1.0, ".2000f") == "1." + std::string(2000, '0'));
    CHECK(format(1.0, ".2000g") == "1");
    CHECK(format(1.0, "#.2000g") == "1." + std::string(1999, '0'));
    CHECK(format("a", "10000") == "a" + std::string(9999, ' '));
    CHECK(format(7, "010000") == std::string(9999, '0') + "7");
    CHECK(format("", "10000000").size() == 10'000'000);
    CHECK_THROWS_AS(format(1, "9223372036854775807"), std::bad_alloc);  // CPython: MemoryError
    CHECK_THROWS_AS(format(1, "é>9223372036854775807"), std::bad_alloc);
}

TEST_CASE("format: any character fills", "[builtins][format]") {
    // From test_unicode.test_format: 0:\x00<6s and the like.
    CHECK(format("foo", "\0<6s"sv) == "foo\0\0\0"s);
    CHECK(format(3, "\x01^6"sv) == "\x01\x01" "3\x01\x01\x01");
    CHECK(format(3.14, "\0<6"sv) == "3.14\0\0"s);
    CHECK(format(std::complex<double>(3, 2), "\0^12"sv) == "\0\0\0(3+2j)\0\0\0"s);
    CHECK(format(12345.6, "1=20") == "111111111111112345.6");
    CHECK(format(-12345.6, "é=+10") == "-éé12345.6");
}

TEST_CASE("format: rounds as CPython does, half to even of the exact value", "[builtins][format]") {
    // >>> [format(x, ".0f") for x in (0.5, 1.5, 2.5, 3.5)]
    CHECK(format(0.5, ".0f") == "0");
    CHECK(format(1.5, ".0f") == "2");
    CHECK(format(2.5, ".0f") == "2");
    CHECK(format(0.125, ".2f") == "0.12");
    CHECK(format(0.375, ".2f") == "0.38");
    CHECK(format(2.675, ".2f") == "2.67");  // 2.67499999...
    CHECK(format(1e-30, ".10f") == "0.0000000000");
    CHECK(format(9007199254740993.0, ".3f") == "9007199254740992.000");
    CHECK(format(9223372036854774784.0, ".10f") == "9223372036854774784.0000000000");  // the last below 2^63
    CHECK(format(9223372036854775808.0, ".1f") == "9223372036854775808.0");
    CHECK(format(0.9999999999999999, ".10f") == "1.0000000000");
    CHECK(format(1505.0, ".3g") == "1.5e+03");  // bpo-40780
    CHECK(format(1505.0, "#.3g") == "1.50e+03");
    CHECK(format(12300050.0, "#.6g") == "1.23000e+07");
}

TEST_CASE("format: other types take no spec, and say so", "[builtins][format]") {
    CHECK(format(amphis::None) == "None");
    CHECK(format(std::vector{1, 2}) == "[1, 2]");
    CHECK(format(std::map<std::string, int>{{"a", 1}}) == "{'a': 1}");
    CHECK(shown(amphis::None, "5") == "TypeError: unsupported format string passed to NoneType.__format__");
    CHECK(shown(nullptr, "5") == "TypeError: unsupported format string passed to NoneType.__format__");
    CHECK(shown(static_cast<char const*>(nullptr), "5") == "TypeError: unsupported format string passed to NoneType.__format__");
    CHECK(shown(std::monostate{}, "5") == "TypeError: unsupported format string passed to NoneType.__format__");
    CHECK(shown(std::vector{1}, "5") == "TypeError: unsupported format string passed to list.__format__");
    CHECK(shown(std::array{1}, "5") == "TypeError: unsupported format string passed to list.__format__");
    CHECK(shown(std::tuple{1}, "5") == "TypeError: unsupported format string passed to tuple.__format__");
    CHECK(shown(std::pair{1, 2}, "5") == "TypeError: unsupported format string passed to tuple.__format__");
    CHECK(shown(std::map<int, int>{}, "5") == "TypeError: unsupported format string passed to dict.__format__");
    CHECK(shown(std::set<int>{}, "5") == "TypeError: unsupported format string passed to set.__format__");
    CHECK(shown(std::vector<std::byte>{}, "5") == "TypeError: unsupported format string passed to bytes.__format__");
    CHECK(shown(plain{}, "5") == "TypeError: unsupported format string passed to plain.__format__");
    CHECK(shown(elsewhere::opaque{}, "5") == "TypeError: unsupported format string passed to opaque.__format__");
    struct local {
        std::string repr() const { return "local()"; }
    };
    CHECK(shown(local{}, "5") == "TypeError: unsupported format string passed to local.__format__");
    CHECK(shown(amphis::ValueError("x"), "5") == "TypeError: unsupported format string passed to ValueError.__format__");
    CHECK(shown(box<std::vector<int>>{}, "5") == "TypeError: unsupported format string passed to box.__format__");
}

TEST_CASE("format: an optional, a reference and a variant are formatted as what they hold", "[builtins][format]") {
    std::optional<double> number = 2.5;
    CHECK(format(number, ".2f") == "2.50");
    number.reset();
    CHECK(format(number) == "None");
    CHECK(shown(number, ".2f") == "TypeError: unsupported format string passed to NoneType.__format__");
    int const n = 7;
    CHECK(format(std::cref(n), "03") == "007");
    std::variant<int, std::string> either = "py";
    CHECK(format(either, ">4") == "  py");
    either = 5;
    CHECK(format(either, "+") == "+5");
    CHECK(shown(either, "s") == "ValueError: Unknown format code 's' for object of type 'int'");
}

TEST_CASE("format: a type's own format sees the spec", "[builtins][format]") {
    CHECK(format(point{1, 2}) == "<1, 2>");
    CHECK(format(point{1, 2}, "03") == "001/002");
    CHECK(format(old_fashioned{}, "spec") == "old spec");
    CHECK(format(elsewhere::money{12345}, ",.2f") == "123.45 EUR");
    CHECK(shown(fragile{}, "x") == "RuntimeError: no format today");
    CHECK(format(std::optional(point{1, 2}), "3") == "  1/  2");
}

// ---- format strings -------------------------------------------------------------------------------------------------

TEST_CASE("_f: text and braces", "[builtins][format][literal]") {
    CHECK(""_f() == "");
    CHECK("abc"_f() == "abc");
    CHECK("a{{"_f() == "a{");
    CHECK("}}b"_f() == "}b");
    CHECK("{{}}"_f() == "{}");
    CHECK("}}{{"_f() == "}{");
    CHECK("{{{0}}}"_f(123) == "{123}");
    CHECK("{{{{0}}}}"_f() == "{{0}}");
    CHECK("grüße {}"_f("ß") == "grüße ß");
    CHECK("a\0b{}"_f(1) == "a\0b1"s);
}

TEST_CASE("_f: arguments by position and by name", "[builtins][format][literal]") {
    CHECK("{}{}"_f(1, "a") == "1a");
    CHECK("X{1}Y{0}"_f(-15, "abc") == "XabcY-15");
    CHECK("{0}{1}{0}"_f("abra", "cad") == "abracadabra");
    CHECK("{lat}, {long}"_f("lat"_k = "37.24N", "long"_k = "-115.81W") == "37.24N, -115.81W");
    CHECK("{} {x} {}"_f(1, 2, "x"_k = 3) == "1 3 2");
    CHECK("{01}"_f(1, 2) == "2");
    CHECK("{a b}"_f("a b"_k = 1) == "1");
    CHECK("{}"_f(1, 2, 3, "unused"_k = 4) == "1");
}

TEST_CASE("_f: every kind of argument, lvalue and rvalue", "[builtins][format][literal]") {
    std::string word = "word";
    std::string const constant = "const";
    char buffer[] = "buffer";
    struct {
        unsigned bits : 3;
    } field{5};
    CHECK("{} {} {} {} {}"_f(word, constant, buffer, std::string("temporary"), field.bits) == "word const buffer temporary 5");
    CHECK("{a} {b}"_f("a"_k = word, "b"_k = std::string("temporary")) == "word temporary");
    CHECK("{} {} {} {}"_f(true, amphis::None, 1.0, 'c') == "True None 1.0 c");
    CHECK("{} {}"_f(std::vector<std::string>{"a"}, std::pair{1, 2.5}) == "['a'] (1, 2.5)");
}

TEST_CASE("_f: specs are those of format()", "[builtins][format][literal]") {
    CHECK("{:>8}|{:.4f}|{:,}|{n:#x}"_f("py", 3.14159, 1234567, "n"_k = 255) == "      py|3.1416|1,234,567|0xff");
    CHECK("{:}"_f("a") == "a");
    CHECK("{0:.3s}{0:*^9s}"_f("abcdef") == "abc*abcdef**");
    CHECK("{:é>4}"_f(1) == "ééé1");
    CHECK("{:+.1%}"_f(0.125) == "+12.5%");
    CHECK("{:c}{:c}"_f(0x20AC, 65) == "€A");
    CHECK("{:>5}|{:d}"_f(true, true) == "    1|1");
    CHECK("{:.2f}"_f(std::complex<double>(1, -2)) == "1.00-2.00j");
    CHECK("{:\0<3}|"_f(1) == "1\0\0|"s);
    CHECK("{:>6}"_f(u"grüße") == " grüße");
    CHECK("{:3}{:03}"_f(std::optional(1), std::variant<int, double>(2)) == "  1002");
    CHECK(outcome([] { return "{:c}"_f(-1); }) == "OverflowError: %c arg not in range(0x110000)");
    CHECK(outcome([] { return "{:5}"_f(static_cast<char const*>(nullptr)); }) ==
          "TypeError: unsupported format string passed to NoneType.__format__");
}

TEST_CASE("_f: conversions", "[builtins][format][literal]") {
    CHECK("{!r} {!s} {!a}"_f("ß\n", "ß", "ß") == "'ß\\n' ß '\\xdf'");
    CHECK("{!a}"_f("\u20ac\U0001f600") == "'\\u20ac\\U0001f600'");
    CHECK("{0!s:>6}|{0!r:^7}|{0!r:.3}"_f("py") == "    py| 'py'  |'py");
    CHECK("{!s:>6}"_f(std::vector{1}) == "   [1]");
    CHECK("{0!r} {0!s} {0}"_f(point{1, 2}) == "point(1, 2) <1, 2> <1, 2>");
    CHECK("{!a}"_f(plain{}) == "plain('\\u02b9')");
    CHECK("{!s:}"_f(1) == "1");
    CHECK("{x!r:>{w}}"_f("x"_k = "a", "w"_k = 5) == "  'a'");
}

TEST_CASE("_f: fields in a spec", "[builtins][format][literal]") {
    CHECK("{:{}.{}f}|{}"_f(2.5, 8, 2, "next") == "    2.50|next");
    CHECK("{0:{1}}{2}"_f("a", 3, "b") == "a  b");
    CHECK("{:{w}.{p}f}"_f(2.5, "w"_k = 8, "p"_k = 2) == "    2.50");
    CHECK("{0:{fill}{align}{width}}"_f("x", "fill"_k = '*', "align"_k = "^", "width"_k = 5) == "**x**");
    CHECK("{0:.{1}s}"_f("hello world", 5) == "hello");
    CHECK("{:{w!s:>1}}"_f(5, "w"_k = 3) == "  5");
    CHECK("0x{:0{:d}X}"_f(0, 16) == "0x0000000000000000");
    CHECK("{:{}}"_f(point{1, 2}, "02") == "01/02");
    CHECK(outcome([] { return "{:{}}"_f(1, "s"); }) == "ValueError: Unknown format code 's' for object of type 'int'");
    CHECK(outcome([] { return "{:{{}}}"_f(1); }) == "ValueError: Invalid format specifier '{}' for object of type 'int'");
    CHECK(outcome([] { return "{:{}}"_f(std::vector{1}, 5); }) ==
          "TypeError: unsupported format string passed to list.__format__");
}

TEST_CASE("_f: items", "[builtins][format][literal]") {
    std::vector<std::vector<int>> const matrix{{1, 2}, {3, 4}};
    std::map<std::string, int> const ages{{"Ann", 30}, {"foo-bar", 1}, {" ", 3}, {"{}", 5}, {"[", 6}, {"}", 7}, {"!", 8}};
    std::unordered_map<int, std::string> const names{{7, "seven"}};
    CHECK("{0[1][0]} {0[0]}"_f(matrix) == "3 [1, 2]");
    CHECK("{0[Ann]:03} {0[foo-bar]} {0[ ]}"_f(ages) == "030 1 3");
    CHECK("{[{}]}{[[]}"_f(ages, ages) == "56");
    CHECK("{[}]}{[!]}"_f(ages, ages) == "78");
    CHECK("{m[7]}"_f("m"_k = names) == "seven");
    CHECK("{0[0]} {0[1]:>4} {0[2]}"_f(std::tuple{1, "two", 3.0}) == "1  two 3.0");
    CHECK("{0[1]} {1[0]}"_f(std::pair{1, 2}, std::array{5}) == "2 5");
    int const raw[] = {1, 2};
    CHECK("{0[1]} {1[1]}"_f(raw, std::deque{1, 4}) == "2 4");
    CHECK("{0[1]}{1[0]}"_f("grüße", u8"ß"s) == "rß");
    CHECK("{0[2]}"_f("grüße") == "ü");
    CHECK("{[0]}"_f(std::vector<bool>{true}) == "True");
    CHECK("{0[3]} {0[key]}"_f(indexed{}) == "30 <key>");
    CHECK("{0[1]}"_f(std::optional(std::vector{1, 2})) == "2");
    CHECK("{0[1]}"_f(std::cref(matrix)) == "[3, 4]");
    CHECK(outcome([&] { return "{0[5]}"_f(matrix); }) == "IndexError: list index out of range");
    CHECK(outcome([&] { return "{0[9]}"_f("grüße"); }) == "IndexError: string index out of range");
    CHECK(outcome([&] { return "{0[Bob]}"_f(ages); }) == "KeyError: 'Bob'");
    CHECK(outcome([&] { return "{0[8]}"_f(names); }) == "KeyError: 8");
    CHECK(outcome([&] { return "{0[1]}"_f(std::optional<std::vector<int>>()); }) ==
          "TypeError: 'NoneType' object is not subscriptable");
}

TEST_CASE("_f: attributes, by a member getattr", "[builtins][format][literal]") {
    CHECK("{0.x} {0.y:03} {p.x!r}"_f(point{1, 2}, "p"_k = point{3, 4}) == "1 002 3");
    CHECK("{0[1].x}"_f(std::vector{point{1, 2}, point{3, 4}}) == "3");
    CHECK("{.y}"_f(point{1, 2}) == "2");
}

TEST_CASE("_f: an f-string's {x=}", "[builtins][format][literal]") {
    std::string const x = "it's";
    CHECK("{x=}"_f("x"_k = x) == "x=\"it's\"");           // >>> f"{x=}"
    CHECK("{x = }"_f("x"_k = 1.5) == "x = 1.5");          // >>> f"{x = }"
    CHECK("{ x=:>6.2f}"_f("x"_k = 1.5) == " x=  1.50");   // >>> f"{ x=:>6.2f}"
    CHECK("{x=!s}"_f("x"_k = x) == "x=it's");             // >>> f"{x=!s}"
    CHECK("{x[0]=}"_f("x"_k = std::vector{1}) == "x[0]=1");
}

TEST_CASE("_f: what a value raises passes through", "[builtins][format][literal]") {
    CHECK(outcome([] { return "{} {:x}"_f(1, fragile{}); }) == "RuntimeError: no format today");
}

TEST_CASE("_f: a literal is a callable that can be kept and passed on", "[builtins][format][literal]") {
    constexpr auto row = "{:<6}{:>4}"_f;
    static_assert(sizeof(row) == 1);
    CHECK(row("a", 1) == "a        1");
    auto const apply = [](auto const& f) { return f(1, 2); };
    CHECK(apply("{1}{0}"_f) == "21");
}

// ---- format strings known at run time -------------------------------------------------------------------------------

TEST_CASE("str_format: what _f does, from a string", "[builtins][format][str_format]") {
    using amphis::str_format;
    std::vector<std::vector<int>> const matrix{{1, 2}, {3, 4}};
    std::map<std::string, int> const ages{{"Ann", 36}};
    CHECK(str_format("") == "");
    CHECK(str_format("{{{}}} {x!r:>5} {x:{w}}|"s, 1, "x"_k = "a", "w"_k = 3) == "{1}   'a' a  |");
    CHECK(str_format("{0[1][0]} {1[Ann]:03} {2[1]} {3[1]}"sv, matrix, ages, std::pair{1, 2.5}, "grüße") == "3 036 2.5 r");
    CHECK(str_format("{:{}.{}f}|{}", 2.5, 8, 2, "next") == "    2.50|next");
    CHECK(str_format("{:03}|{!a}", point{1, 2}, "ß") == "001/002|'\\xdf'");
    CHECK(str_format("{[0][1]}", std::optional(matrix)) == "2");
}

TEST_CASE("str_format: raises what CPython raises", "[builtins][format][str_format]") {
    auto const error = [](std::string_view fmt) {
        return outcome([fmt] {
            std::map<std::string, int> const ages{{"Ann", 36}};
            std::map<int, int> const squares{{2, 4}};
            return amphis::str_format(fmt, 1, std::vector{7}, std::tuple{1, "a"}, "ages"_k = ages, "squares"_k = squares, "s"_k = "py");
        });
    };
    CHECK(error("{") == "ValueError: Single '{' encountered in format string");
    CHECK(error("a}") == "ValueError: Single '}' encountered in format string");
    CHECK(error("{0") == "ValueError: expected '}' before end of string");
    CHECK(error("{0[}") == "ValueError: expected '}' before end of string");
    CHECK(error("{!") == "ValueError: end of string while looking for conversion specifier");
    CHECK(error("{!}") == "ValueError: unmatched '{' in format spec");
    CHECK(error("{:{}") == "ValueError: unmatched '{' in format spec");
    CHECK(error("{0!rx}") == "ValueError: expected ':' after conversion specifier");
    CHECK(error("{0!x}") == "ValueError: Unknown conversion specifier x");
    CHECK(error("{0!é}") == "ValueError: Unknown conversion specifier \\xe9");
    CHECK(error("{a{}}") == "ValueError: unexpected '{' in field name");
    CHECK(error("{1[]}") == "ValueError: Empty attribute in format string");
    CHECK(error("{1[0]x}") == "ValueError: Only '.' or '[' may follow ']' in format field specifier");
    CHECK(error("{99999999999999999999}") == "ValueError: Too many decimal digits in format string");
    CHECK(error("{}{0}") == "ValueError: cannot switch from automatic field numbering to manual field specification");
    CHECK(error("{0}{}") == "ValueError: cannot switch from manual field specification to automatic field numbering");
    CHECK(error("{0:{0:{0}}}") == "ValueError: Max string recursion exceeded");
    CHECK(error("{0:s}") == "ValueError: Unknown format code 's' for object of type 'int'");
    CHECK(error("{}{}{}{}") == "IndexError: Replacement index 3 out of range for positional args tuple");
    CHECK(error("{nobody}") == "KeyError: 'nobody'");
    CHECK(error("{-1}") == "KeyError: '-1'");
    CHECK(error("{x=}") == "KeyError: 'x='");
    CHECK(error("{0.real}") == "AttributeError: 'int' object has no attribute 'real'");  // as C++ has no names at run time
    CHECK(error("{0[0]}") == "TypeError: 'int' object is not subscriptable");
    CHECK(error("{1[1]}") == "IndexError: list index out of range");
    CHECK(error("{1[a]}") == "TypeError: list indices must be integers or slices, not str");
    CHECK(error("{2[2]}") == "IndexError: tuple index out of range");
    CHECK(error("{2[a]}") == "TypeError: tuple indices must be integers or slices, not str");
    CHECK(error("{s[2]}") == "IndexError: string index out of range");
    CHECK(error("{s[a]}") == "TypeError: string indices must be integers, not 'str'");
    CHECK(error("{ages[Bob]}") == "KeyError: 'Bob'");
    CHECK(error("{ages[1]}") == "KeyError: 1");
    CHECK(error("{squares[3]}") == "KeyError: 3");
    CHECK(error("{squares[two]}") == "KeyError: 'two'");
    CHECK(error("{1:5}") == "TypeError: unsupported format string passed to list.__format__");
}

// ---- what the compiler knows ----------------------------------------------------------------------------------------

namespace {

namespace d = amphis::detail;

constexpr d::format_spec parsed(std::string_view spec, d::format_kind kind) {
    d::format_spec result;
    return d::read_spec({spec.data(), spec.size()}, kind, result) == d::spec_error::none ? result : throw "spec";
}
constexpr d::spec_error error(std::string_view spec, d::format_kind kind) {
    d::format_spec ignored;
    return d::read_spec({spec.data(), spec.size()}, kind, ignored);
}
template <amphis::fixed_string Text>
constexpr d::template_error template_error = d::whole_plan<Text>::facts.error;

static_assert(parsed("é^+#012,.3f", d::format_kind::floating).width == 12);
static_assert(parsed("é^+#012,.3f", d::format_kind::floating).fill_size == 2);
static_assert(parsed("012", d::format_kind::integer).align == '=');
static_assert(parsed("012", d::format_kind::string).align == '<');
static_assert(error(",x", d::format_kind::integer) == d::spec_error::grouping_with_type);
static_assert(error("5", d::format_kind::other) == d::spec_error::not_supported);
static_assert(error("", d::format_kind::other) == d::spec_error::none);
static_assert(d::format_kind_of<signed char>() == d::format_kind::integer);
static_assert(d::format_kind_of<char>() == d::format_kind::string);
static_assert(d::format_kind_of<char[3]>() == d::format_kind::string);
static_assert(d::format_kind_of<std::vector<char>>() == d::format_kind::other);

// Each as CPython's str.format refuses it.
static_assert(template_error<"{"> == d::template_error::lone_open);
static_assert(template_error<"a}"> == d::template_error::lone_close);
static_assert(template_error<"}{"> == d::template_error::lone_close);
static_assert(template_error<"{0"> == d::template_error::field_not_closed);
static_assert(template_error<"{0[}"> == d::template_error::field_not_closed);
static_assert(template_error<"{a{}b}"> == d::template_error::open_in_name);
static_assert(template_error<"{!"> == d::template_error::conversion_missing);
static_assert(template_error<"{!x}"> == d::template_error::conversion_unknown);
static_assert(template_error<"{!rs}"> == d::template_error::colon_missing);
static_assert(template_error<"{!}"> == d::template_error::spec_not_closed);
static_assert(template_error<"{:{}"> == d::template_error::spec_not_closed);
static_assert(template_error<"{0.}"> == d::template_error::attribute_empty);
static_assert(template_error<"{0..x}"> == d::template_error::attribute_empty);
static_assert(template_error<"{0[]}"> == d::template_error::attribute_empty);
static_assert(template_error<"{0[0]x}"> == d::template_error::after_bracket);
static_assert(template_error<"{23098475029384702983476098230754973209482573}"> == d::template_error::too_many_digits);
static_assert(template_error<"{[23098475029384702983476098230754973209482573]}"> == d::template_error::too_many_digits);
static_assert(template_error<"{}{0}"> == d::template_error::automatic_to_manual);
static_assert(template_error<"{0}{}"> == d::template_error::manual_to_automatic);
static_assert(template_error<"{:{0}}"> == d::template_error::automatic_to_manual);
static_assert(template_error<"{:{:{}}}"> == d::template_error::nested_too_deep);
static_assert(template_error<"{{{0}}} {x!r:>{w}} {0[a].b}"> == d::template_error::none);

}  // namespace
