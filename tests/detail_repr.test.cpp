// SPDX-License-Identifier: MIT
// The expected texts are CPython 3.11's: repr(...) of the value on the left.
#include <amphis/detail/keyword.hpp>
#include <amphis/detail/repr.hpp>

#include "support/catch.hpp"

#include <array>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <limits>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace {

using amphis::detail::text;

std::string taken(text const& out) { return {out.data(), out.size()}; }

template <class T>
std::string repr_of(T const& value) {
    text out;
    repr_to(out, value);
    return taken(out);
}
template <class T>
std::string str_of(T const& value) {
    text out;
    str_to(out, value);
    return taken(out);
}

}  // namespace

TEST_CASE("repr_to: integers of every type print their digits", "[detail][repr]") {
    CHECK(repr_of(0) == "0");
    CHECK(repr_of(-1) == "-1");
    CHECK(repr_of(9) == "9");
    CHECK(repr_of(10) == "10");
    CHECK(repr_of(99) == "99");
    CHECK(repr_of(100) == "100");
    CHECK(repr_of(12345L) == "12345");
    CHECK(repr_of(std::int8_t{-128}) == "-128");
    CHECK(repr_of(static_cast<unsigned char>(255)) == "255");
    CHECK(repr_of(std::byte{7}) == "7");
    CHECK(repr_of(std::int16_t{-32768}) == "-32768");
    CHECK(repr_of(std::numeric_limits<std::int32_t>::min()) == "-2147483648");
    CHECK(repr_of(std::numeric_limits<long long>::min()) == "-9223372036854775808");
    CHECK(repr_of(std::numeric_limits<unsigned long long>::max()) == "18446744073709551615");
    CHECK(str_of(-42) == "-42");
}

TEST_CASE("repr_to: every number of digits is right", "[detail][repr]") {
    std::string digits;
    unsigned long long value = 0;
    for (unsigned n = 1; n != 20; ++n) {
        value = value * 10 + n % 10;
        digits += static_cast<char>('0' + n % 10);
        CHECK(repr_of(value) == digits);
        CHECK(repr_of(-static_cast<long long>(value)) == "-" + digits);
    }
}

TEST_CASE("repr_to: 128-bit integers print all their digits", "[detail][repr]") {
    using amphis::detail::int128, amphis::detail::uint128;
    auto const power = [](int exponent) { return static_cast<int128>(static_cast<uint128>(1) << exponent); };
    CHECK(repr_of(power(64)) == "18446744073709551616");
    CHECK(repr_of(power(126)) == "85070591730234615865843651857942052864");
    CHECK(repr_of(power(127)) == "-170141183460469231731687303715884105728");
    CHECK(repr_of(static_cast<uint128>(-1)) == "340282366920938463463374607431768211455");
    // 10**19 and 10**38: the chunks are full of zeros
    CHECK(repr_of(static_cast<uint128>(10'000'000'000'000'000'000U)) == "10000000000000000000");
    CHECK(repr_of(static_cast<uint128>(10'000'000'000'000'000'000U) * 10'000'000'000'000'000'000U) == "1" + std::string(38, '0'));
}

TEST_CASE("repr_to: bool, None and nullptr", "[detail][repr]") {
    CHECK(repr_of(true) == "True");
    CHECK(str_of(false) == "False");
    CHECK(repr_of(amphis::None) == "None");
    CHECK(str_of(nullptr) == "None");
    CHECK(amphis::None == amphis::none_t());
}

TEST_CASE("repr_to: a float is the shortest text that reads back as the same float", "[detail][repr]") {
    struct {
        double value;
        char const* expected;
    } const cases[] = {
        {0.0, "0.0"}, {-0.0, "-0.0"}, {1.0, "1.0"}, {-1.5, "-1.5"}, {0.1, "0.1"}, {0.1 + 0.2, "0.30000000000000004"},
        {100.0, "100.0"}, {123456.789, "123456.789"}, {1e15, "1000000000000000.0"}, {9999999999999998.0, "9999999999999998.0"},
        {1e16, "1e+16"}, {1.5e16, "1.5e+16"}, {12345678901234567890.0, "1.2345678901234567e+19"}, {1e22, "1e+22"}, {1e100, "1e+100"},
        {0.001, "0.001"}, {0.0001, "0.0001"}, {0.00012345, "0.00012345"}, {1e-05, "1e-05"}, {1.25e-05, "1.25e-05"}, {1e-10, "1e-10"},
        {5e-324, "5e-324"}, {2.2250738585072014e-308, "2.2250738585072014e-308"}, {1.7976931348623157e308, "1.7976931348623157e+308"},
        {9007199254740993.0, "9007199254740992.0"}, {5.684341886080802e-14, "5.684341886080802e-14"}, {1 / 3.0, "0.3333333333333333"},
        {2 / 3.0, "0.6666666666666666"}, {1e23, "1e+23"}, {9.5367431640625e-07, "9.5367431640625e-07"},
        {-0x1.750923ceb3ffdp-644, "-1.996150245444706e-194"}, {0x1.363698b529b4ap-489, "7.581454333883296e-148"},
        {-0x1.b5bf55eb561a4p+680, "-8.57789382212775e+204"}, {0x1.b929e9a9a80fdp+918, "3.818526826307957e+276"},
        {-0x1.2b8fda02f34a6p-692, "-5.694946403451123e-209"}, {-0x1.8529f035efa25p+651, "-1.4204294611674214e+196"},
        {0x1.f9c58d6645fa9p+898, "4.1749440189827914e+270"}, {-0x1.038ec42650644p-815, "-4.64031489464657e-246"},
        {0x1.07665442b0660p+18, "269721.316570377"}, {0x1.6a34d76eb85c0p+15, "46362.420766602736"},
        {-0x1.a9c023f416c09p+19, "-871937.1235460053"}, {0x1.f3d86268ecc45p-74, "1.0336557535322433e-22"},
    };
    for (auto const& [value, expected] : cases) {
        CHECK(repr_of(value) == expected);
        CHECK(str_of(value) == expected);
    }
}

TEST_CASE("repr_to: nan has no sign, inf has one", "[detail][repr]") {
    CHECK(repr_of(std::nan("")) == "nan");
    CHECK(repr_of(std::copysign(std::nan(""), -1.0)) == "nan");
    CHECK(repr_of(HUGE_VAL) == "inf");
    CHECK(repr_of(-HUGE_VAL) == "-inf");
    CHECK(repr_of(-HUGE_VALF) == "-inf");
}

TEST_CASE("repr_to: float and long double are shortest for their own type", "[detail][repr]") {
    CHECK(repr_of(0.1F) == "0.1");
    CHECK(repr_of(16777216.0F) == "16777216.0");
    CHECK(repr_of(3.4028235e38F) == "3.4028235e+38");
    CHECK(repr_of(1e-45F) == "1e-45");
    CHECK(repr_of(0.1L) == "0.1");
    CHECK(repr_of(1e16L) == "1e+16");
    CHECK(repr_of(2.5L) == "2.5");
}

TEST_CASE("repr_to: any double reads back as itself", "[detail][repr]") {
    std::mt19937_64 bits(7);
    for (int i = 0; i != 20000; ++i) {
        std::uint64_t const pattern = bits();
        double value;
        std::memcpy(&value, &pattern, sizeof(value));
        if (std::isnan(value)) continue;
        std::string const shown = repr_of(value);
        char* end = nullptr;
        double const back = std::strtod(shown.c_str(), &end);  // libc++ 19 has no from_chars for double
        REQUIRE(end == shown.data() + shown.size());
        REQUIRE(std::memcmp(&back, &value, sizeof(value)) == 0);
    }
}

TEST_CASE("repr_to: strings have the quotes and escapes of CPython", "[detail][repr]") {
    using namespace std::string_view_literals;
    struct {
        std::string_view value;
        std::string_view expected;
    } const cases[] = {
        {"", "''"},
        {"a", "'a'"},
        {"it's", R"("it's")"},
        {R"(say "hi")", R"('say "hi"')"},
        {R"(it's "both")", R"('it\'s "both"')"},
        {R"(back\slash)", R"('back\\slash')"},
        {"tab\tnl\ncr\r", R"('tab\tnl\ncr\r')"},
        {"\0\x01\x1b\x7f"sv, R"('\x00\x01\x1b\x7f')"},
        {"\u0080\u00a0\u00ad\u00ff", "'\\x80\\xa0\\xad\u00ff'"},
        {"\u0378\u200b\u2028\ue000\ufeff\uffff", R"('\u0378\u200b\u2028\ue000\ufeff\uffff')"},
        {"caf\u00e9 \u4e2d\u6587 \U0001f600", "'caf\u00e9 \u4e2d\u6587 \U0001f600'"},
        {"\U000e0001\U0010ffff\U0002ebe1", R"('\U000e0001\U0010ffff\U0002ebe1')"},
    };
    for (auto const& [value, expected] : cases) {
        CHECK(repr_of(value) == expected);
        CHECK(str_of(value) == value);
    }
}

TEST_CASE("repr_to: bytes that are not UTF-8 print as the surrogates Python has for them", "[detail][repr]") {
    // >>> repr(b"\xff".decode("utf-8", "surrogateescape"))
    struct {
        char const* value;
        char const* expected;
    } const cases[] = {
        {"\xff", R"('\udcff')"},
        {"a\x80" "b", R"('a\udc80b')"},
        {"\xc0\xaf", R"('\udcc0\udcaf')"},
        {"\xe2\x82", R"('\udce2\udc82')"},
        {"\xe0\x80\xaf", R"('\udce0\udc80\udcaf')"},
        {"\xed\xa0\x80", R"('\udced\udca0\udc80')"},
        {"\xf4\x90\x80\x80", R"('\udcf4\udc90\udc80\udc80')"},
        {"\xf0\x9f\x98", R"('\udcf0\udc9f\udc98')"},
        {"\xf8\x88\x80\x80\x80", R"('\udcf8\udc88\udc80\udc80\udc80')"},
        {"ok\xe2\x82\xac\xff", "'ok\u20ac\\udcff'"},
    };
    for (auto const& [value, expected] : cases) {
        CHECK(repr_of(value) == expected);
        CHECK(str_of(value) == value);
    }
}

TEST_CASE("repr_to: a string is whatever has characters", "[detail][repr]") {
    char const array[4] = {'a', 'b', 'c', 'd'};  // without a NUL
    char const padded[8] = "ab";
    char const* null = nullptr;
    CHECK(repr_of(array) == "'abcd'");
    CHECK(repr_of(padded) == "'ab'");
    CHECK(repr_of(null) == "None");
    CHECK(repr_of('x') == "'x'");
    CHECK(repr_of('\n') == R"('\n')");
    CHECK(repr_of('\xe9') == R"('\udce9')");
    CHECK(repr_of(std::string("x")) == "'x'");
    CHECK(repr_of(std::string_view()) == "''");
    CHECK(repr_of(amphis::detail::chars("x")) == "'x'");
    CHECK(repr_of(amphis::fixed_string("x")) == "'x'");
    static_assert(!amphis::detail::Primitive<std::vector<char>>, "a list, not a str");
    static_assert(!amphis::detail::Primitive<std::array<char, 2>>);
    static_assert(!amphis::detail::Primitive<int*> && !amphis::detail::Primitive<void const*>);
}

TEST_CASE("repr_to: wide strings print as the text they hold", "[detail][repr]") {
    CHECK(repr_of(u8"caf\u00e9") == "'caf\u00e9'");
    CHECK(repr_of(u"it's \U0001f600") == "\"it's \U0001f600\"");
    CHECK(repr_of(U"\U0010ffff") == R"('\U0010ffff')");
    CHECK(repr_of(L"w") == "'w'");
    CHECK(repr_of(U'\u200b') == R"('\u200b')");
    CHECK(repr_of(std::u16string(1, static_cast<char16_t>(0xD800))) == R"('\ud800')");
    CHECK(repr_of(std::u32string(1, static_cast<char32_t>(0x110000))) == "'\ufffd'");
    CHECK(str_of(std::u16string(u"\u00e9\U0001f600")) == "\u00e9\U0001f600");
    CHECK(str_of(std::wstring_view(L"\u4e2d")) == "\u4e2d");
    CHECK(str_of(u8'x') == "x");
}

TEST_CASE("repr_bytes_to: bytes print as in Python", "[detail][repr]") {
    auto const bytes = [](std::string_view s) {
        text out;
        amphis::detail::repr_bytes_to(out, {s.data(), s.size()});
        return taken(out);
    };
    CHECK(bytes("") == "b''");
    CHECK(bytes({"a\0'\xff\n", 5}) == R"(b"a\x00'\xff\n")");
    CHECK(bytes("'\"\\") == R"(b'\'"\\')");
    CHECK(bytes("caf\u00e9") == R"(b'caf\xc3\xa9')");
}

TEST_CASE("is_printable: agrees with CPython 3.11 for every code point", "[detail][repr]") {
    // >>> for c in range(0x110000): h = (h ^ chr(c).isprintable()) * 1099511628211 % 2**64
    std::uint64_t hash = 1469598103934665603U;
    unsigned printable = 0;
    for (char32_t c = 0; c != 0x110000; ++c) {
        bool const yes = amphis::detail::is_printable(c);
        printable += yes ? 1 : 0;
        hash = (hash ^ static_cast<std::uint64_t>(yes)) * 1099511628211U;
    }
    CHECK(printable == 144516);
    CHECK(hash == 0x22b22a799263fb7U);
}

TEST_CASE("decode_utf8: takes back what encode_utf8 writes", "[detail][utf8]") {
    for (char32_t c = 0; c != 0x110000; ++c) {
        if (c >= 0xD800 && c < 0xE000) continue;
        char bytes[4];
        unsigned const size = amphis::detail::encode_utf8(c, bytes);
        auto const back = amphis::detail::decode_utf8(bytes, bytes + size);
        if (back.value != c || back.size != size) FAIL("U+" << static_cast<unsigned>(c));
    }
    char byte;
    CHECK(amphis::detail::encode_utf8(0xDC80, &byte) == 1);
    CHECK(byte == '\x80');
}

TEST_CASE("count_code_points: is Python's len", "[detail][utf8]") {
    std::string_view const s = "caf\u00e9 \U0001f600 \xff";
    CHECK(amphis::detail::count_code_points(s.data(), s.data() + s.size()) == 8);
    CHECK(amphis::detail::count_code_points(s.data(), s.data()) == 0);
}
