// SPDX-License-Identifier: MIT
#include "scratch.hpp"
#include "support/catch.hpp"

#include <amphis/builtins.hpp>
#include <amphis/io.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace {
using namespace amphis::literals;
using namespace std::literals;

using strings = std::vector<std::string>;

// >>> open(name, newline=...).readlines(), .newlines
TEST_CASE("newline: which ends of lines there are, and what becomes of them", "[io][newline]") {
    scratch const dir;
    std::string const name = dir.file("a\r\nb\rc\nd\r\r\n\n");
    auto const lines = [&](auto const& newline) { return amphis::open(name, "newline"_k = newline).readlines(); };
    CHECK(lines(amphis::None) == strings{"a\n", "b\n", "c\n", "d\n", "\n", "\n"});
    CHECK(lines("") == strings{"a\r\n", "b\r", "c\n", "d\r", "\r\n", "\n"});
    CHECK(lines("\n") == strings{"a\r\n", "b\rc\n", "d\r\r\n", "\n"});
    CHECK(lines("\r") == strings{"a\r", "\nb\r", "c\nd\r", "\r", "\n\n"});
    CHECK(lines("\r\n") == strings{"a\r\n", "b\rc\nd\r\r\n", "\n"});
}

TEST_CASE("newlines: the kinds that were met", "[io][newline]") {
    scratch const dir;
    auto const met = [&](std::string_view text, auto const& newline) {
        auto f = amphis::open(dir.file(text), "newline"_k = newline);
        (void)f.read();
        auto g = amphis::open(dir.file(text), "newline"_k = newline);
        (void)g.readlines();
        CHECK(f.newlines() == g.newlines());
        return amphis::repr(f.newlines());
    };
    CHECK(met("abc", amphis::None) == "None");
    CHECK(met("a\n", amphis::None) == "'\\n'");
    CHECK(met("a\r\n", amphis::None) == "'\\r\\n'");
    CHECK(met("a\rb", "") == "'\\r'");
    CHECK(met("a\rb\n", amphis::None) == "('\\r', '\\n')");
    CHECK(met("a\rb\r\nc", "") == "('\\r', '\\r\\n')");
    CHECK(met("a\n\r\n", amphis::None) == "('\\n', '\\r\\n')");
    CHECK(met("a\r\r\n\n", amphis::None) == "('\\r', '\\n', '\\r\\n')");
    CHECK(met("a\n\r", "\n") == "None");
    CHECK(amphis::open(dir.file("")).newlines() == amphis::None);
    auto f = amphis::open(dir.file("a\n"));
    (void)f.read();
    CHECK(f.newlines() == "\n");
    CHECK(!(f.newlines() == "\r\n"));
}

TEST_CASE("newline: what is written for a newline", "[io][newline]") {
    scratch const dir;
    auto const written = [&](auto const& newline) {
        auto f = amphis::open(dir / "x", "w", "newline"_k = newline);
        CHECK(f.write("a\nb\r\nc\r") == 7);
        CHECK(f.write("\u20ac\n") == 2);
        f.close();
        return bytes_of(dir / "x");
    };
    CHECK(written(amphis::None) == "a\nb\r\nc\r\u20ac\n");
    CHECK(written("") == "a\nb\r\nc\r\u20ac\n");
    CHECK(written("\n") == "a\nb\r\nc\r\u20ac\n");
    CHECK(written("\r") == "a\rb\r\rc\r\u20ac\r");
    CHECK(written("\r\n") == "a\r\nb\r\r\nc\r\u20ac\r\n");
}

TEST_CASE("newline: a pair is one also where the buffer ends between", "[io][newline]") {
    scratch const dir;
    for (std::size_t before : {13U, 14U, 15U, 16U, 17U, 8189U, 8190U, 8191U, 8192U}) {
        std::string const name = dir.file(std::string(before, 'x') + "\r\ny\r");
        for (int buffering : {-1, 16}) {
            CHECK(amphis::open(name, "r", buffering).readlines() == strings{std::string(before, 'x') + "\n", "y\n"});
            CHECK(amphis::open(name, "r", buffering, "newline"_k = "").readlines() == strings{std::string(before, 'x') + "\r\n", "y\r"});
            CHECK(amphis::open(name, "r", buffering, "newline"_k = "\r\n").readlines() == strings{std::string(before, 'x') + "\r\n", "y\r"});
        }
        std::string const more = dir.file("\r" + std::string(before, 'x') + "\r\ny");
        CHECK(amphis::open(more, "r", 16).readlines() == strings{"\n", std::string(before, 'x') + "\n", "y"});
        CHECK(amphis::open(more).readlines() == strings{"\n", std::string(before, 'x') + "\n", "y"});
    }
}

TEST_CASE("tell: where to seek to, in translated and in decoded text", "[io][tell]") {
    scratch const dir;
    auto const places = [&](std::string_view bytes, auto const&... options) {
        auto f = amphis::open(dir.file(bytes), "r", options...);
        strings rest;
        std::vector<long long> at;
        for (;;) {
            at.push_back(f.tell());
            if (f.read(1).empty()) break;
        }
        for (std::size_t i = 0; i + 1 != at.size(); ++i) {  // the rest from each place is the rest
            f.seek(at[i]);
            std::string const here = f.read(1);
            CHECK(f.tell() == at[i + 1]);
            CHECK(!here.empty());
        }
        return at;
    };
    using places_t = std::vector<long long>;
    CHECK(places("a\r\nb\u00e9\r\nx\n") == places_t{0, 1, 3, 4, 6, 8, 9, 10});  // as CPython says
    CHECK(places("a\xff\r\nb", "errors"_k = "replace") == places_t{0, 1, 2, 4, 5});
    CHECK(places("\xe9\xe9\rb", "encoding"_k = "latin-1") == places_t{0, 1, 2, 3, 4});
    CHECK(places("\xef\xbb\xbf" "ab", "encoding"_k = "utf-8-sig") == places_t{0, 4, 5});
    CHECK(places("\u20ac\U0001f600") == places_t{0, 3, 7});
    CHECK(places("a\r\nb\r\n", "buffering"_k = 16, "newline"_k = "") == places_t{0, 1, 2, 3, 4, 5, 6});
}

TEST_CASE("tell: works between the lines of a loop", "[io][tell]") {
    scratch const dir;
    std::string text;
    for (int i = 0; i != 5000; ++i) text += "line " + std::to_string(i) + "\r\n";
    std::string const name = dir.file(text);
    auto f = amphis::open(name);
    auto again = amphis::open(name);
    long long expected = 0;
    int number = 0;
    for (auto&& line : f) {
        expected += static_cast<long long>(line.size()) + 1;
        REQUIRE(f.tell() == expected);
        if (++number % 1000 == 0) {
            again.seek(expected);
            REQUIRE(again.readline() == (number == 5000 ? "" : "line " + std::to_string(number) + "\n"));
        }
    }
    CHECK(number == 5000);
}

// >>> open(name, errors=...).read()
TEST_CASE("decoding: what is not UTF-8 is found and replaced as CPython does", "[io][decode]") {
    struct sample {
        std::string_view bytes;
        char const* message;  // after "'utf-8' codec can't decode "
        char const* replaced;
        char const* escaped;
        char const* ignored;
    };
    static constexpr sample samples[] = {
        {"\xff", "byte 0xff in position 0: invalid start byte", "\ufffd", "\\xff", ""},
        {"ab\xc3", "byte 0xc3 in position 2: unexpected end of data", "ab\ufffd", "ab\\xc3", "ab"},
        {"\xe2\x82", "bytes in position 0-1: unexpected end of data", "\ufffd", "\\xe2\\x82", ""},
        {"\xe2\x82x", "bytes in position 0-1: invalid continuation byte", "\ufffdx", "\\xe2\\x82x", "x"},
        {"\xe2x", "byte 0xe2 in position 0: invalid continuation byte", "\ufffdx", "\\xe2x", "x"},
        {"\xed\xa0\x80", "byte 0xed in position 0: invalid continuation byte", "\ufffd\ufffd\ufffd", "\\xed\\xa0\\x80", ""},
        {"\xc0\x80", "byte 0xc0 in position 0: invalid start byte", "\ufffd\ufffd", "\\xc0\\x80", ""},
        {"\xf4\x90\x80\x80", "byte 0xf4 in position 0: invalid continuation byte", "\ufffd\ufffd\ufffd\ufffd", "\\xf4\\x90\\x80\\x80", ""},
        {"\xf0\x9f\x98", "bytes in position 0-2: unexpected end of data", "\ufffd", "\\xf0\\x9f\\x98", ""},
        {"\xf0\x9f\x98x", "bytes in position 0-2: invalid continuation byte", "\ufffdx", "\\xf0\\x9f\\x98x", "x"},
        {"\xe0\x80\x80", "byte 0xe0 in position 0: invalid continuation byte", "\ufffd\ufffd\ufffd", "\\xe0\\x80\\x80", ""},
        {"\x80", "byte 0x80 in position 0: invalid start byte", "\ufffd", "\\x80", ""},
        {"\xf0\x80", "byte 0xf0 in position 0: invalid continuation byte", "\ufffd\ufffd", "\\xf0\\x80", ""},
        {"\u20ac\r\n\xffz\r", "byte 0xff in position 5: invalid start byte", "\u20ac\n\ufffdz\n", "\u20ac\n\\xffz\n", "\u20ac\nz\n"},
    };
    scratch const dir;
    for (sample const& s : samples) {
        std::string const name = dir.file(s.bytes);
        std::string const message = std::string("UnicodeDecodeError: 'utf-8' codec can't decode ") + s.message;
        CHECK(raised([&] { (void)amphis::open(name).read(); }) == message);
        CHECK_THROWS_AS(amphis::open(name).readline(), amphis::UnicodeDecodeError);
        auto const text = [&](char const* errors) {
            std::string const all = amphis::open(name, "errors"_k = errors).read();
            std::string joined;
            for (auto&& line : amphis::open(name, "errors"_k = errors)) joined += line;
            CHECK(joined == all);
            return all;
        };
        CHECK(text("replace") == s.replaced);
        CHECK(text("backslashreplace") == s.escaped);
        CHECK(text("ignore") == s.ignored);
        CHECK(amphis::open(name, "errors"_k = "surrogateescape", "newline"_k = "").read() == s.bytes);
    }
}

TEST_CASE("decoding: a code point is one also where the buffer ends within", "[io][decode]") {
    scratch const dir;
    for (std::size_t before : {13U, 14U, 15U, 16U, 8189U, 8190U, 8191U, 8192U, 24575U}) {
        std::string const text = std::string(before, 'x') + "\U0001f600\u20ac\u00e9end";
        std::string const name = dir.file(text);
        for (int buffering : {-1, 16}) {
            CHECK(amphis::open(name, "r", buffering).readline() == text);
            CHECK(amphis::open(name, "r", buffering, "errors"_k = "replace").readline() == text);
            CHECK(amphis::open(name, "r", buffering, "errors"_k = "surrogateescape").readline() == text);
            auto f = amphis::open(name, "r", buffering);
            CHECK(f.read(static_cast<long long>(before) + 1) == std::string(before, 'x') + "\U0001f600");
            CHECK(f.read(2) == "\u20ac\u00e9");
            CHECK(f.read() == "end");
        }
        std::string const cut = dir.file(text.substr(0, before + 2));
        CHECK_THROWS_AS(amphis::open(cut).readline(), amphis::UnicodeDecodeError);
        CHECK(amphis::open(cut, "errors"_k = "replace").readline() == std::string(before, 'x') + "\ufffd");
        std::string const wrong = dir.file(text.substr(0, before + 2) + "z");
        CHECK(amphis::open(wrong, "errors"_k = "replace").readline() == std::string(before, 'x') + "\ufffdz");
    }
}

TEST_CASE("decoding: what is cut off at the end is found when the end is reached", "[io][decode]") {
    scratch const dir;
    auto f = amphis::open(dir.file("ab\xc3"));
    CHECK(f.read(1) == "a");
    // >>> open(name).readline()
    CHECK(raised([&] { (void)f.readline(); }) == "UnicodeDecodeError: 'utf-8' codec can't decode byte 0xc3 in position 0: unexpected end of data");
}

TEST_CASE("decoding: an error is raised again, and seek gets past it", "[io][decode]") {
    scratch const dir;
    auto f = amphis::open(dir.file("ok\n\xff\nmore\n"));
    CHECK_THROWS_AS(f.readline(), amphis::UnicodeDecodeError);
    CHECK_THROWS_AS(f.readline(), amphis::UnicodeDecodeError);
    CHECK_THROWS_AS(f.read(), amphis::UnicodeDecodeError);
    CHECK_THROWS_AS(f.read(), amphis::UnicodeDecodeError);
    CHECK(f.tell() == 0);
    f.seek(5);
    CHECK(f.read() == "more\n");
}

TEST_CASE("decoding: a buffer of nothing but what is ignored does not end the text", "[io][decode]") {
    scratch const dir;
    std::string const name = dir.file("a\r" + std::string(100, '\xff') + "\nb\xe2\x82");
    for (int buffering : {-1, 16, 17, 18}) {
        auto f = amphis::open(name, "r", buffering, "errors"_k = "ignore");
        std::string const all = f.read();
        CHECK(all == "a\nb");
        f.seek(0);
        CHECK(f.readlines().back() == "b");
        CHECK(f.tell() == 106);
    }
    CHECK(amphis::open(dir.file(std::string(50, '\xff')), "r", 16, "errors"_k = "ignore").readline().empty());
}

TEST_CASE("decoding: other encodings by all their names", "[io][decode]") {
    scratch const dir;
    std::string const name = dir.file("a\xe9");
    for (char const* encoding : {"latin-1", "LATIN1", "iso-8859-1", "ISO8859-1", "l1", "8859", "cp819", "iso_8859_1"}) {
        CHECK(amphis::open(name, "encoding"_k = encoding).read() == "a\u00e9");
        CHECK(amphis::open(name, "encoding"_k = encoding).readline() == "a\u00e9");
    }
    for (char const* encoding : {"ascii", "US-ASCII", "646", "ansi_x3.4_1968", "us"}) {
        CHECK(raised([&] { (void)amphis::open(name, "encoding"_k = encoding).read(); }) ==
              "UnicodeDecodeError: 'ascii' codec can't decode byte 0xe9 in position 1: ordinal not in range(128)");
        CHECK(amphis::open(name, "encoding"_k = encoding, "errors"_k = "replace").read() == "a\ufffd");
    }
    std::string const marked = dir.file("\xef\xbb\xbf" "abc");
    for (char const* encoding : {"utf-8", "UTF8", "u8", "utf", "cp65001", "utf 8", "utf--8", "locale"}) {
        CHECK(amphis::open(marked, "encoding"_k = encoding).read() == "\ufeff" "abc");
    }
    CHECK(amphis::open(marked, "encoding"_k = "UTF-8-SIG").read() == "abc");
    CHECK(amphis::open(marked, "encoding"_k = "utf_8_sig").readline() == "abc");
    CHECK(amphis::open(dir.file("\xef\xbb"), "encoding"_k = "utf-8-sig").read().empty());
    CHECK(amphis::open(dir.file("\xef\xbb"), "encoding"_k = "utf-8-sig").readline().empty());
    CHECK(amphis::open(dir.file("abc"), "encoding"_k = "utf-8-sig").read() == "abc");
    CHECK(amphis::open(dir.file("\xef\xbb\xbf"), "encoding"_k = "utf-8-sig").read(1).empty());  // the mark alone
    CHECK(amphis::open(dir.file("a\r\xff\n"), "errors"_k = "ignore").readlines() == strings{"a\n"});  // the two meet
    for (char const* encoding : {"", "utf.8", "utf-16", "utf8-sig", "a name that is longer than any"}) {
        CHECK(raised([&] { amphis::open(marked, "encoding"_k = encoding); }) == std::string("LookupError: unknown encoding: ") + encoding);
    }
}

TEST_CASE("encoding: utf-8-sig writes its mark at the beginning alone", "[io][encode]") {
    scratch const dir;
    std::string const name = dir / "x";
    {
        auto f = amphis::open(name, "w", "encoding"_k = "utf-8-sig");
        f.write("a");
        CHECK(f.tell() == 4);
        f.seek(0);
        f.write("bc");
    }
    CHECK(bytes_of(name) == "\xef\xbb\xbf" "bc");
    amphis::open(name, "a", "encoding"_k = "utf-8-sig").write("d");
    CHECK(bytes_of(name) == "\xef\xbb\xbf" "bcd");
    auto f = amphis::open(name, "r+", "encoding"_k = "utf-8-sig");
    CHECK(f.read(1) == "b");
    CHECK(f.tell() == 4);
    CHECK(f.read() == "cd");
    f.seek(0);
    CHECK(f.read() == "bcd");
}

// >>> open(name, "w", encoding=..., errors=...).write("a\xe9\u20ac\U0001f600")
TEST_CASE("encoding: what an encoding cannot express", "[io][encode]") {
    scratch const dir;
    auto const written = [&](std::string_view text, char const* encoding, char const* errors, long long count) {
        auto f = amphis::open(dir / "x", "w", "encoding"_k = encoding, "errors"_k = errors);
        CHECK(f.write(text) == count);
        f.close();
        return bytes_of(dir / "x");
    };
    auto const text = "a\u00e9\u20ac\U0001f600"sv;
    CHECK(written(text, "ascii", "replace", 4) == "a???");
    CHECK(written(text, "ascii", "ignore", 4) == "a");
    CHECK(written(text, "ascii", "backslashreplace", 4) == "a\\xe9\\u20ac\\U0001f600");
    CHECK(written(text, "ascii", "xmlcharrefreplace", 4) == "a&#233;&#8364;&#128512;");
    CHECK(written(text, "latin-1", "replace", 4) == "a\xe9??");
    CHECK(written("a\xffz", "utf-8", "replace", 3) == "a?z");
    CHECK(written("a\xffz", "utf-8", "ignore", 3) == "az");
    CHECK(written("a\xffz", "utf-8", "backslashreplace", 3) == "a\\udcffz");
    CHECK(written("a\xffz", "utf-8", "surrogateescape", 3) == "a\xffz");
    CHECK(written("a\xffz", "ascii", "surrogateescape", 3) == "a\xffz");
    CHECK(written("a\xffz", "utf-8", "xmlcharrefreplace", 3) == "a&#56575;z");
    auto const tried = [&](std::string_view bad, char const* encoding) {
        return raised([&] { amphis::open(dir / "x", "w", "encoding"_k = encoding).write(bad); });
    };
    CHECK(tried("caf\u00e9", "ascii") == "UnicodeEncodeError: 'ascii' codec can't encode character '\\xe9' in position 3: ordinal not in range(128)");
    CHECK(tried("\u20ac\u20acx", "ascii") == "UnicodeEncodeError: 'ascii' codec can't encode characters in position 0-1: ordinal not in range(128)");
    CHECK(tried("caf\u20ac", "latin-1") == "UnicodeEncodeError: 'latin-1' codec can't encode character '\\u20ac' in position 3: ordinal not in range(256)");
    CHECK(tried("\xff", "utf-8") == "UnicodeEncodeError: 'utf-8' codec can't encode character '\\udcff' in position 0: surrogates not allowed");
    CHECK(bytes_of(dir / "x").empty());
}

TEST_CASE("text: what is written is read, whatever the sizes", "[io][text]") {
    scratch const dir;
    std::string const letters[] = {"a", "\u00e9", "\u20ac", "\U0001f600", "\n", "long ascii run "};
    std::string all;
    unsigned long long state = 3;
    auto f = amphis::open(dir / "x", "w", 100);
    for (int i = 0; i != 30'000; ++i) {
        state = state * 6364136223846793005U + 1442695040888963407U;
        std::string piece;
        for (std::size_t n = (state >> 40U) % 7; n != 0; --n) piece += letters[(state >> (33 + n)) % 6];
        f.write(piece);
        all += piece;
    }
    f.close();
    CHECK(bytes_of(dir / "x") == all);
    CHECK(amphis::open(dir / "x").read() == all);
    std::string by_lines;
    for (auto&& line : amphis::open(dir / "x")) by_lines += line;
    CHECK(by_lines == all);
    std::string by_parts;
    auto g = amphis::open(dir / "x", "r", 333);
    for (std::string part; !(part = g.read(77)).empty();) by_parts += part;
    CHECK(by_parts == all);
}

}  // namespace
