// SPDX-License-Identifier: MIT
#include "scratch.hpp"
#include "support/catch.hpp"

#include <amphis/builtins.hpp>
#include <amphis/io.hpp>

#include <array>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace {
using namespace amphis::literals;
using amphis::io::BytesIO;
using amphis::io::StringIO;
using strings = std::vector<std::string>;

TEST_CASE("StringIO: takes what print prints", "[io][StringIO]") {
    StringIO memo;
    amphis::print("x", 3, "file"_k = memo, "flush"_k = true);
    CHECK(memo.write("caf\u00e9") == 4);
    CHECK(memo.getvalue() == "x 3\ncaf\u00e9");
    CHECK(memo.read().empty());
    memo.seek(0);
    CHECK(memo.readline() == "x 3\n");
    CHECK(memo.tell() == 4);
    CHECK(memo.read() == "caf\u00e9");
    CHECK(memo.tell() == 8);
    CHECK(amphis::repr(memo) == "<_io.StringIO object>");
}

TEST_CASE("StringIO: positions are characters, and writing overwrites", "[io][StringIO]") {
    StringIO s("h\u00e9llo");
    s.seek(2);
    CHECK(s.write("\u20ac\u20ac") == 2);
    CHECK(s.getvalue() == "h\u00e9\u20ac\u20aco");
    CHECK(s.tell() == 4);
    CHECK(s.read(1) == "o");
    s.seek(1);
    s.write("e");
    CHECK(s.getvalue() == "he\u20ac\u20aco");
    CHECK(s.seek(0, 2) == 5);
    s.write("!");
    CHECK(s.getvalue() == "he\u20ac\u20aco!");
    CHECK(s.truncate(3) == 3);
    CHECK(s.getvalue() == "he\u20ac");
    CHECK(s.tell() == 6);
    s.write("x");
    CHECK(s.getvalue() == std::string("he\u20ac\0\0\0x", 9));
}

TEST_CASE("StringIO: beyond the end it fills up with NUL when it is written", "[io][StringIO]") {
    StringIO s("abc");
    CHECK(s.seek(10) == 10);
    CHECK(s.read().empty());
    CHECK(s.readlines().empty());
    CHECK(s.getvalue() == "abc");
    s.write("");
    CHECK(s.getvalue() == "abc");
    s.write("x");
    CHECK(s.getvalue() == std::string("abc\0\0\0\0\0\0\0x", 11));
    CHECK(s.truncate(2) == 2);
    CHECK(s.tell() == 11);
}

// >>> s = StringIO('a\r\nb\rc\n', newline=...); s.getvalue(), s.readlines(), s.newlines; s.write('p\nq\r\n'); s.getvalue()
TEST_CASE("StringIO: newline translates what is written", "[io][StringIO]") {
    auto const tried = [](auto const& newline, char const* value, strings const& lines, char const* newlines, char const* after) {
        StringIO s("a\r\nb\rc\n", newline);
        CHECK(s.getvalue() == value);
        CHECK(s.readlines() == lines);
        CHECK(amphis::repr(s.newlines()) == newlines);
        s.write("p\nq\r\n");
        CHECK(s.getvalue() == after);
    };
    tried("newline"_k = amphis::None, "a\nb\nc\n", {"a\n", "b\n", "c\n"}, "('\\r', '\\n', '\\r\\n')", "a\nb\nc\np\nq\n");
    tried("newline"_k = "", "a\r\nb\rc\n", {"a\r\n", "b\r", "c\n"}, "('\\r', '\\n', '\\r\\n')", "a\r\nb\rc\np\nq\r\n");
    tried("newline"_k = "\n", "a\r\nb\rc\n", {"a\r\n", "b\rc\n"}, "None", "a\r\nb\rc\np\nq\r\n");
    tried("newline"_k = "\r", "a\r\rb\rc\r", {"a\r", "\r", "b\r", "c\r"}, "None", "a\r\rb\rc\rp\rq\r\r");
    tried("\r\n", "a\r\r\nb\rc\r\n", {"a\r\r\n", "b\rc\r\n"}, "None", "a\r\r\nb\rc\r\np\r\nq\r\r\n");
    CHECK(raised([] { StringIO("x", "newline"_k = "x"); }) == "ValueError: illegal newline value: 'x'");
    CHECK(StringIO(amphis::None).getvalue().empty());
    CHECK(StringIO("newline"_k = "").getvalue().empty());
}

TEST_CASE("StringIO: lines, limits and loops", "[io][StringIO]") {
    StringIO s("a\nbc\n\u20acd");
    CHECK(s.readline(1) == "a");
    CHECK(s.next() == "\n");
    CHECK(s.readlines(1) == strings{"bc\n"});
    CHECK(s.readline(1) == "\u20ac");
    CHECK(amphis::next(s, "") == "d");
    CHECK_THROWS_AS(s.next(), amphis::StopIteration);
    std::string joined;
    for (auto&& line : StringIO("1\n2\n")) joined += "<" + line + ">";
    CHECK(joined == "<1\n><2\n>");
    StringIO w;
    w.writelines(strings{"x", "y"});
    CHECK(std::move(w).getvalue() == "xy");
}

TEST_CASE("StringIO: refuses what CPython refuses", "[io][StringIO]") {
    StringIO s("abc");
    CHECK(raised([&] { s.seek(1, 1); }) == "OSError: Can't do nonzero cur-relative seeks");
    CHECK(raised([&] { s.seek(1, 2); }) == "OSError: Can't do nonzero cur-relative seeks");
    CHECK(raised([&] { s.seek(-1); }) == "ValueError: Negative seek position -1");
    CHECK(raised([&] { s.seek(0, 5); }) == "ValueError: Invalid whence (5, should be 0, 1 or 2)");
    CHECK(raised([&] { s.truncate(-1); }) == "ValueError: Negative size value -1");
    CHECK(raised([&] { (void)s.fileno(); }) == "UnsupportedOperation: fileno");
    CHECK((s.readable() && s.writable() && s.seekable() && !s.isatty() && !s.line_buffering()));
    s.exit();
    s.close();
    CHECK(s.closed());
    s.flush();
    std::string const closed = "ValueError: I/O operation on closed file";
    CHECK(raised([&] { (void)s.read(); }) == closed);
    CHECK(raised([&] { s.write(""); }) == closed);
    CHECK(raised([&] { (void)s.getvalue(); }) == closed);
    CHECK(raised([&] { (void)s.tell(); }) == closed);
    CHECK(raised([&] { (void)s.newlines(); }) == closed);
    CHECK(raised([&] { (void)s.begin(); }) == closed);
    CHECK(raised([&] { s.enter(); }) == closed + ".");
}

TEST_CASE("StringIO: what is moved from is empty, and can be used", "[io][StringIO]") {
    StringIO a("one\ntwo\n");
    CHECK(a.readline() == "one\n");
    StringIO b = std::move(a);
    CHECK(b.readline() == "two\n");
    CHECK(a.readline().empty());
    a.write("new");
    CHECK(a.getvalue() == "new");
    a = std::move(b);
    CHECK(a.tell() == 8);
    CHECK(b.getvalue().empty());
}

TEST_CASE("BytesIO: bytes in and out", "[io][BytesIO]") {
    BytesIO b("a\nb\xff\0c"_b);
    CHECK(b.readline() == "a\n");
    CHECK(b.read(2) == "b\xff");
    CHECK(b.read1() == std::string("\0c", 2));
    CHECK(b.read().empty());
    CHECK(b.seek(-1, 2) == 5);
    CHECK(b.write("XYZ"_b) == 3);
    CHECK(b.getvalue() == std::string("a\nb\xff\0XYZ", 8));
    CHECK(b.seek(-100, 1) == 0);
    std::array<char, 3> three{};
    CHECK(b.readinto(three) == 3);
    CHECK(three[2] == 'b');
    CHECK(b.readlines() == strings{std::string("\xff\0XYZ", 5)});
    CHECK(b.truncate(2) == 2);
    CHECK(b.read().empty());
    CHECK(b.tell() == 8);
    b.write(std::string("!"));
    CHECK(b.getvalue() == std::string("a\n\0\0\0\0\0\0!", 9));
    CHECK(amphis::repr(b) == "<_io.BytesIO object>");
}

TEST_CASE("BytesIO: refuses what CPython refuses", "[io][BytesIO]") {
    BytesIO b("abc");
    CHECK(raised([&] { b.seek(-1); }) == "ValueError: negative seek value -1");
    CHECK(raised([&] { b.seek(0, 5); }) == "ValueError: invalid whence (5, should be 0, 1 or 2)");
    CHECK(raised([&] { b.truncate(-1); }) == "ValueError: negative size value -1");
    CHECK(raised([&] { (void)b.fileno(); }) == "UnsupportedOperation: fileno");
    CHECK(b.truncate(20) == 20);
    CHECK(b.getvalue() == "abc");
    b.close();
    CHECK(b.closed());
    CHECK(raised([&] { (void)b.read(); }) == "ValueError: I/O operation on closed file.");
    CHECK(raised([&] { b.flush(); }) == "ValueError: I/O operation on closed file.");
    CHECK(raised([&] { b.enter(); }) == "ValueError: I/O operation on closed file.");
}

TEST_CASE("StringIO and BytesIO: what they hold can be written to themselves", "[io][StringIO][BytesIO]") {
    std::string const before(100, 'a');
    StringIO s;
    s.write(before);
    s.seek(5000);
    CHECK(s.write(s.getvalue()) == 100);
    CHECK(s.getvalue() == before + std::string(4900, '\0') + before);
    BytesIO b(before);
    b.seek(5000);
    CHECK(b.write(b.getvalue()) == 100);
    CHECK(b.getvalue() == before + std::string(4900, '\0') + before);
    b.seek(50);
    b.write(b.getvalue().substr(0, 60));
    b.seek(4990);
    b.write(b.getvalue());
    CHECK(b.getvalue().size() == 4990 + 5100);
}

// >>> [len(io.StringIO('a\nb\nc\n').readlines(n)) for n in (2, 3)], len(io.StringIO('\u20ac\n' * 3).readlines(3)), [... io.BytesIO ...]
TEST_CASE("StringIO and BytesIO: the hint of readlines", "[io][StringIO][BytesIO]") {
    CHECK(StringIO("a\nb\nc\n").readlines(1).size() == 1);
    CHECK(StringIO("a\nb\nc\n").readlines(2).size() == 2);
    CHECK(StringIO("a\nb\nc\n").readlines(0).size() == 3);
    CHECK(StringIO("\u20ac\n\u20ac\n\u20ac\n").readlines(3).size() == 2);
    CHECK(BytesIO("a\nb\nc\n").readlines(2).size() == 1);
    CHECK(BytesIO("a\nb\nc\n").readlines(3).size() == 2);
}

}  // namespace
