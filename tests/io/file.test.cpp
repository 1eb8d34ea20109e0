// SPDX-License-Identifier: MIT
#include "scratch.hpp"
#include "support/catch.hpp"

#include <amphis/builtins.hpp>
#include <amphis/io.hpp>

#include <array>
#include <cstddef>
#include <filesystem>
#include <list>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace {
using namespace amphis::literals;
using amphis::io::File;

static_assert(!std::is_copy_constructible_v<File> && std::is_nothrow_move_constructible_v<File> && std::is_nothrow_move_assignable_v<File>);
static_assert(std::ranges::input_range<File&>);
static_assert(std::is_base_of_v<amphis::OSError, amphis::io::UnsupportedOperation>);

TEST_CASE("open: what is written is read again", "[io][open]") {
    scratch const dir;
    {
        auto f = amphis::open(dir / "x.txt", "w");
        CHECK(f.write("one\n") == 4);
        CHECK(f.write("caf\u00e9\n") == 5);
        CHECK(f.tell() == 10);
    }
    auto f = amphis::open(dir / "x.txt");
    std::string const s = f.read();
    CHECK(s == "one\ncaf\u00e9\n");
    CHECK(f.read().empty());
}

TEST_CASE("open: takes strings, C strings, paths of the standard library and descriptors", "[io][open]") {
    scratch const dir;
    std::string const name = dir.file("x");
    std::string_view const view = name;
    CHECK(amphis::open(name).read() == "x");
    CHECK(amphis::open(name.c_str()).read() == "x");
    CHECK(amphis::open(view.substr(0, view.size())).read() == "x");
    CHECK(amphis::open(std::filesystem::path(name)).read() == "x");
    int const fd = ::open(name.c_str(), O_RDONLY);
    {
        auto f = amphis::open(fd, "closefd"_k = false);
        CHECK(f.read() == "x");
        CHECK(f.name() == std::to_string(fd));
    }
    CHECK(::lseek(fd, 0, SEEK_SET) == 0);  // not closed
    CHECK(amphis::open(fd).read() == "x");
    CHECK(::fcntl(fd, F_GETFD) == -1);  // closed
}

TEST_CASE("open: no child process inherits the descriptor", "[io][open]") {
    scratch const dir;
    auto const f = amphis::open(dir.file("x"));
    CHECK((::fcntl(f.fileno(), F_GETFD) & FD_CLOEXEC) != 0);
}

TEST_CASE("open: each mode does what Python's does", "[io][open]") {
    scratch const dir;
    std::string const name = dir.file("old");
    amphis::open(name, "a").write("+");
    CHECK(bytes_of(name) == "old+");
    CHECK(raised([&] { amphis::open(name, "x"); }) == "FileExistsError: [Errno 17] File exists: '" + name + "'");
    amphis::open(name, "r+").write("NEW");
    CHECK(bytes_of(name) == "NEW+");
    {
        auto f = amphis::open(name, "a+");
        CHECK(f.tell() == 4);
        CHECK(f.read().empty());
        f.seek(0);
        CHECK(f.readline() == "NEW+");
        f.write("end");
        CHECK(f.tell() == 7);
    }
    CHECK(bytes_of(name) == "NEW+end");
    {
        auto f = amphis::open(name, "w+");
        f.write("abc");
        f.seek(0);
        CHECK(f.read() == "abc");
    }
    amphis::open(dir / "new", "x").write("made");
    CHECK(bytes_of(dir / "new") == "made");
}

TEST_CASE("open: wrong modes are refused as CPython refuses them", "[io][open]") {
    scratch const dir;
    std::string const name = dir.file("keep");
    auto const tried = [&](char const* mode) { return raised([&] { amphis::open(name, mode); }); };
    CHECK(tried("z") == "ValueError: invalid mode: 'z'");
    CHECK(tried("rr") == "ValueError: invalid mode: 'rr'");
    CHECK(tried("r++") == "ValueError: invalid mode: 'r++'");
    CHECK(tried("U") == "ValueError: invalid mode: 'U'");
    CHECK(tried("") == "ValueError: Must have exactly one of create/read/write/append mode and at most one plus");
    CHECK(tried("b+") == "ValueError: Must have exactly one of create/read/write/append mode and at most one plus");
    CHECK(tried("rw") == "ValueError: must have exactly one of create/read/write/append mode");
    CHECK(tried("r+w") == "ValueError: must have exactly one of create/read/write/append mode");
    CHECK(tried("rbt") == "ValueError: can't have text and binary mode at once");
}

TEST_CASE("open: wrong arguments do not touch the file", "[io][open]") {
    scratch const dir;
    std::string const name = dir.file("keep");
    CHECK(raised([&] { amphis::open(name, "w", "encoding"_k = "foo"); }) == "LookupError: unknown encoding: foo");
    CHECK(raised([&] { amphis::open(name, "w", "errors"_k = "foo"); }) == "LookupError: unknown error handler name 'foo'");
    CHECK(raised([&] { amphis::open(name, "w", "newline"_k = "foo"); }) == "ValueError: illegal newline value: foo");
    CHECK(raised([&] { amphis::open(name, "w", 0); }) == "ValueError: can't have unbuffered text I/O");
    CHECK(raised([&] { amphis::open(name, "wb", "encoding"_k = "utf-8"); }) == "ValueError: binary mode doesn't take an encoding argument");
    CHECK(raised([&] { amphis::open(name, "wb", "errors"_k = "strict"); }) == "ValueError: binary mode doesn't take an errors argument");
    CHECK(raised([&] { amphis::open(name, "wb", "newline"_k = ""); }) == "ValueError: binary mode doesn't take a newline argument");
    CHECK(raised([&] { amphis::open(name, "w", "closefd"_k = false); }) == "ValueError: Cannot use closefd=False with file name");
    CHECK(raised([&] { amphis::open(std::string(name).append("\0x", 2), "w"); }) == "ValueError: embedded null byte");
    CHECK(raised([] { amphis::open(-1); }) == "ValueError: negative file descriptor");
    CHECK(raised([] { amphis::open(999); }) == "OSError: [Errno 9] Bad file descriptor");
    CHECK(bytes_of(name) == "keep");
}

TEST_CASE("open: None is as not given", "[io][open]") {
    scratch const dir;
    auto f = amphis::open(dir.file("a\r\nb"), "encoding"_k = amphis::None, "errors"_k = nullptr, "newline"_k = amphis::None, "mode"_k = "r", "buffering"_k = -1);
    CHECK(f.read() == "a\nb");
}

TEST_CASE("File: says what it is", "[io][File]") {
    scratch const dir;
    std::string const name = dir.file("");
    auto const shown = [&](auto const&... arguments) { return amphis::repr(amphis::open(name, arguments...)); };
    std::string const n = "name='" + name + "'";
    CHECK(shown() == "<_io.TextIOWrapper " + n + " mode='r' encoding='utf-8'>");
    CHECK(shown("w", "encoding"_k = "latin-1") == "<_io.TextIOWrapper " + n + " mode='w' encoding='latin-1'>");
    CHECK(shown("rb") == "<_io.BufferedReader " + n + ">");
    CHECK(shown("ab") == "<_io.BufferedWriter " + n + ">");
    CHECK(shown("r+b") == "<_io.BufferedRandom " + n + ">");
    CHECK(shown("wb", 0) == "<_io.FileIO " + n + " mode='wb' closefd=True>");
    auto const mode = [&](char const* given) { return amphis::open(name, given).mode(); };
    CHECK(mode("r+") == "r+");
    CHECK(mode("r+b") == "rb+");
    CHECK(mode("w+b") == "rb+");
    CHECK(mode("a+b") == "ab+");
    CHECK(mode("bw") == "wb");
    auto const f = amphis::open(name, "r+");
    CHECK((f.readable() && f.writable() && f.seekable() && !f.isatty() && !f.closed() && !f.line_buffering()));
    CHECK(f.encoding() == "utf-8");
    CHECK(f.errors() == "strict");
}

TEST_CASE("File: reads by characters, lines and hints", "[io][File]") {
    scratch const dir;
    std::string const name = dir.file("\u20acuro\nl2\nl3\nlast");
    auto f = amphis::open(name);
    CHECK(f.read(1) == "\u20ac");
    CHECK(f.read(0).empty());
    CHECK(f.tell() == 3);
    CHECK(f.readline(2) == "ur");
    CHECK(f.readline(0).empty());
    CHECK(f.readline() == "o\n");
    CHECK(f.readlines(1) == std::vector<std::string>{"l2\n"});
    CHECK(f.next() == "l3\n");
    CHECK(amphis::next(f) == "last");
    CHECK(amphis::next(f, "none") == "none");
    CHECK_THROWS_AS(f.next(), amphis::StopIteration);
    CHECK(f.readline().empty());
    f.seek(0);
    CHECK(f.readlines() == std::vector<std::string>{"\u20acuro\n", "l2\n", "l3\n", "last"});
}

TEST_CASE("File: a loop goes on where the last one stopped", "[io][File]") {
    scratch const dir;
    auto f = amphis::open(dir.file("1\n2\n3\n4\n"));
    for (auto&& line : f) {
        if (line == "2\n") break;
    }
    CHECK(f.tell() == 4);
    CHECK(f.readline() == "3\n");
    std::string rest;
    for (std::string const& line : f) rest += line;
    CHECK(rest == "4\n");
}

TEST_CASE("File: is a range to all that takes one, and a temporary too", "[io][File]") {
    scratch const dir;
    std::string const name = dir.file("b\na\n");
    CHECK(amphis::list(amphis::open(name)) == std::vector<std::string>{"b\n", "a\n"});
    CHECK(amphis::sorted(amphis::open(name)) == std::vector<std::string>{"a\n", "b\n"});
    std::string text;
    for (auto&& [i, line] : amphis::enumerate(amphis::open(name))) text += std::to_string(i) + line;
    CHECK(text == "0b\n1a\n");
    auto f = amphis::open(name);
    auto const lengths = amphis::list(amphis::map(amphis::len, f));
    CHECK(amphis::list(lengths) == std::vector<std::ptrdiff_t>{2, 2});
}

TEST_CASE("File: writes what print prints, and any range of strings", "[io][File]") {
    scratch const dir;
    auto f = amphis::open(dir / "x", "w");
    amphis::print("pi", 3.14, "sep"_k = "=", "file"_k = f, "flush"_k = true);
    CHECK(bytes_of(dir / "x") == "pi=3.14\n");
    f.writelines(std::vector<std::string>{"a", "b"});
    f.writelines(std::list<std::string_view>{"c"});
    char const* const more[] = {"d", "e\n"};
    f.writelines(more);
    f.close();
    CHECK(bytes_of(dir / "x") == "pi=3.14\nabcde\n");
}

TEST_CASE("File: binary mode gives and takes the bytes as they are", "[io][File]") {
    scratch const dir;
    {
        auto f = amphis::open(dir / "x", "wb");
        CHECK(f.write("a\r\n\xff\0z"_b) == 6);
        CHECK(f.write(std::string("\xe9")) == 1);
    }
    auto f = amphis::open(dir / "x", "rb");
    CHECK(f.readline() == "a\r\n");
    CHECK(f.tell() == 3);
    std::vector<unsigned char> buffer(3);
    CHECK(f.readinto(buffer) == 3);
    CHECK(buffer == std::vector<unsigned char>{0xff, 0, 'z'});
    std::array<std::byte, 8> more{};
    CHECK(f.readinto(more) == 1);
    CHECK(more[0] == std::byte{0xe9});
    CHECK(f.seek(-2, 2) == 5);
    CHECK(f.read() == "z\xe9");
    CHECK(f.seek(1) == 1);
    CHECK(f.seek(1, 1) == 2);
    CHECK(f.read1(2) == "\n\xff");
    CHECK(f.encoding().empty());
}

TEST_CASE("File: writing after reading goes on at the same place", "[io][File]") {
    scratch const dir;
    for (char const* const mode : {"r+", "r+b"}) {
        std::string const name = dir.file("line1\nline2\nline3\n");
        auto f = amphis::open(name, mode);
        CHECK(f.readline() == "line1\n");
        f.write("LINE");
        CHECK(f.tell() == 10);
        CHECK(f.readline() == "2\n");
        CHECK(f.read() == "line3\n");
        f.write("more");
        f.close();
        CHECK(bytes_of(name) == "line1\nLINE2\nline3\nmore");
    }
}

TEST_CASE("File: truncate cuts at the position or a size, and the position stays", "[io][File]") {
    scratch const dir;
    std::string const name = dir.file("0123456789");
    auto f = amphis::open(name, "r+");
    CHECK(f.read(4) == "0123");
    CHECK(f.truncate() == 4);
    CHECK(f.read().empty());
    CHECK(f.truncate(2) == 2);
    CHECK(f.tell() == 4);
    f.write("x");
    f.close();
    CHECK(bytes_of(name) == std::string("01\0\0x", 5));
    CHECK(raised([&] { amphis::open(name, "r+").truncate(-3); }) == "OSError: [Errno 22] Invalid argument");
    CHECK(raised([&] { amphis::open(name).truncate(); }) == "UnsupportedOperation: truncate");
}

TEST_CASE("File: seek refuses what CPython refuses", "[io][File]") {
    scratch const dir;
    std::string const name = dir.file("abc");
    auto f = amphis::open(name);
    CHECK(raised([&] { f.seek(1, 1); }) == "UnsupportedOperation: can't do nonzero cur-relative seeks");
    CHECK(raised([&] { f.seek(1, 2); }) == "UnsupportedOperation: can't do nonzero end-relative seeks");
    CHECK(raised([&] { f.seek(-1); }) == "ValueError: negative seek position -1");
    CHECK(raised([&] { f.seek(0, 3); }) == "ValueError: invalid whence (3, should be 0, 1 or 2)");
    CHECK(f.seek(0, 2) == 3);
    CHECK(f.seek(0, 1) == 3);
    auto b = amphis::open(name, "rb");
    CHECK(raised([&] { b.seek(-1); }) == "OSError: [Errno 22] Invalid argument");
    CHECK(raised([&] { b.seek(0, 7); }) == "ValueError: whence value 7 unsupported");
    CHECK(b.seek(7) == 7);
    CHECK(b.read().empty());
}

TEST_CASE("File: what its mode has no part of is an UnsupportedOperation", "[io][File]") {
    scratch const dir;
    std::string const name = dir.file("abc");
    auto const tried = [&](char const* mode, auto call) { return raised([&] { auto f = amphis::open(name, mode); call(f); }); };
    CHECK(tried("r", [](File& f) { f.write("x"); }) == "UnsupportedOperation: not writable");
    CHECK(tried("rb", [](File& f) { f.write("x"); }) == "UnsupportedOperation: write");
    CHECK(tried("a", [](File& f) { (void)f.read(); }) == "UnsupportedOperation: not readable");
    CHECK(tried("a", [](File& f) { (void)f.readline(); }) == "UnsupportedOperation: not readable");
    CHECK(tried("a", [](File& f) { f.next(); }) == "UnsupportedOperation: not readable");
    CHECK(tried("ab", [](File& f) { (void)f.read(); }) == "UnsupportedOperation: read");
    CHECK(tried("rb", [](File& f) { (void)f.read(-2); }) == "ValueError: read length must be non-negative or -1");
    CHECK(tried("a", [](File& f) { f.write("x"_b); }) == "TypeError: write() argument must be str, not bytes");
    CHECK(tried("r", [](File& f) { f.writelines(std::vector<std::string>()); }) == "nothing");
    CHECK_THROWS_AS(amphis::open(name).write("x"), amphis::OSError);
}

TEST_CASE("File: once closed it says so, and only close may be called again", "[io][File]") {
    scratch const dir;
    std::string const name = dir.file("abc");
    auto f = amphis::open(name);
    CHECK(f.read(1) == "a");
    f.close();
    f.close();
    CHECK(f.closed());
    std::string const closed = "ValueError: I/O operation on closed file.";
    CHECK(raised([&] { (void)f.read(); }) == closed);
    CHECK(raised([&] { (void)f.read(0); }) == closed);
    CHECK(raised([&] { f.write(""); }) == closed);
    CHECK(raised([&] { (void)f.readline(); }) == closed);
    CHECK(raised([&] { (void)f.readlines(); }) == closed);
    CHECK(raised([&] { f.next(); }) == closed);
    CHECK(raised([&] { (void)f.begin(); }) == closed);
    CHECK(raised([&] { f.seek(0); }) == closed);
    CHECK(raised([&] { (void)f.tell(); }) == closed);
    CHECK(raised([&] { f.flush(); }) == closed);
    CHECK(raised([&] { f.truncate(); }) == closed);
    CHECK(raised([&] { f.enter(); }) == closed);
    CHECK(raised([&] { f.writelines(std::vector<std::string>()); }) == closed);
    CHECK(raised([&] { (void)f.fileno(); }) == "ValueError: I/O operation on closed file");
    CHECK(raised([&] { (void)f.readable(); }) == "ValueError: I/O operation on closed file");
    CHECK(f.name() == name);
    auto b = amphis::open(name, "rb");
    b.close();
    CHECK(raised([&] { (void)b.read(); }) == "ValueError: read of closed file");
    CHECK(raised([&] { (void)b.readline(); }) == "ValueError: readline of closed file");
    CHECK(raised([&] { b.seek(0); }) == "ValueError: seek of closed file");
}

TEST_CASE("File: enter returns itself and exit closes", "[io][File]") {
    scratch const dir;
    auto f = amphis::open(dir / "x", "w");
    CHECK(&f.enter() == &f);
    f.write("x");
    f.exit();
    CHECK(f.closed());
    CHECK(bytes_of(dir / "x") == "x");
}

TEST_CASE("File: moving takes the descriptor, the buffer and the place along", "[io][File]") {
    scratch const dir;
    std::size_t const before = open_descriptors();
    {
        auto f = amphis::open(dir.file("a\r\nb\r\nc\r\n"));
        CHECK(f.readline() == "a\n");
        File g = std::move(f);
        CHECK(f.closed());
        CHECK(raised([&] { (void)f.read(); }) == "ValueError: I/O operation on closed file.");
        CHECK(g.readline() == "b\n");
        CHECK(g.tell() == 6);
        auto other = amphis::open(dir / "y", "w");
        other.write("kept");
        other = std::move(g);  // closes y
        CHECK(bytes_of(dir / "y") == "kept");
        CHECK(other.read() == "c\n");
        auto w = amphis::open(dir / "z", "w");
        w.write("one ");
        File v = std::move(w);
        v.write("two");
        v.close();
        CHECK(bytes_of(dir / "z") == "one two");
    }
    CHECK(open_descriptors() == before);
}

TEST_CASE("File: buffering is of the size that is asked for", "[io][File]") {
    scratch const dir;
    std::string const name = dir / "x";
    auto size_after = [&](auto& f, char const* text) {
        f.write(text);
        return bytes_of(name);
    };
    {
        auto f = amphis::open(name, "wb", 0);
        CHECK(size_after(f, "a") == "a");
        CHECK(size_after(f, "b") == "ab");
    }
    {
        auto f = amphis::open(name, "w", 1);
        CHECK(f.line_buffering());
        CHECK(size_after(f, "a").empty());
        CHECK(size_after(f, "b\nc") == "ab\nc");
        CHECK(size_after(f, "d\r") == "ab\ncd\r");
    }
    {
        auto f = amphis::open(name, "wb", 4);
        CHECK(size_after(f, "abcd").empty());
        CHECK(size_after(f, "e") == "abcd");
        CHECK(size_after(f, "123456789") == "abcde123456789");
    }
    for (int buffering : {1, 2, 5, 17, 100}) {
        std::string const text = "\u20ac12\r\n\n\r\U0001f600xyz\n\r\n";
        dir.file(text);
        CHECK(amphis::open(dir / "x.txt", "r", buffering).readlines() ==
              std::vector<std::string>{"\u20ac12\n", "\n", "\n", "\U0001f600xyz\n", "\n"});
        CHECK(amphis::open(dir / "x.txt", "rb", buffering).readlines() == std::vector<std::string>{"\u20ac12\r\n", "\n", "\r\U0001f600xyz\n", "\r\n"});
    }
    auto raw = amphis::open(dir.file("line\nrest"), "rb", 0);
    CHECK(raw.readline() == "line\n");
    CHECK(raw.read(2) == "re");
    CHECK(raw.read() == "st");
}

TEST_CASE("File: random reads and seeks agree with the bytes", "[io][File]") {
    scratch const dir;
    std::string content;
    unsigned long long state = 7;
    auto const random = [&](std::size_t below) {
        state = state * 6364136223846793005U + 1442695040888963407U;
        return static_cast<std::size_t>((state >> 33U) % below);
    };
    for (int i = 0; i != 300'000; ++i) content += random(40) == 0 ? '\n' : static_cast<char>(random(256));
    auto f = amphis::open(dir.file(content), "rb");
    std::size_t at = 0;
    for (int i = 0; i != 2000; ++i) {
        if (random(3) == 0) {
            at = random(content.size());
            REQUIRE(f.seek(static_cast<long long>(at)) == static_cast<long long>(at));
        } else if (random(2) == 0) {
            std::size_t const size = random(20'000);
            REQUIRE(f.read(static_cast<long long>(size)) == content.substr(at, size));
            at = at + size < content.size() ? at + size : content.size();
        } else {
            std::string const line = f.readline();
            REQUIRE(line == content.substr(at, line.size()));
            at += line.size();
            REQUIRE((at == content.size() || content[at - 1] == '\n'));
        }
        REQUIRE(f.tell() == static_cast<long long>(at));
    }
}

TEST_CASE("File: the hint of readlines counts characters, or bytes", "[io][File]") {
    scratch const dir;
    std::string const name = dir.file("\u20ac\n\u20ac\n\u20ac\n");
    CHECK(amphis::open(name).readlines(1).size() == 1);
    CHECK(amphis::open(name).readlines(2).size() == 2);
    CHECK(amphis::open(name).readlines(3).size() == 2);
    CHECK(amphis::open(name, "rb").readlines(3).size() == 1);
    CHECK(amphis::open(name, "rb").readlines(4).size() == 2);
}

TEST_CASE("File: nothing is written, from nowhere", "[io][File]") {
    scratch const dir;
    auto f = amphis::open(dir / "x.txt", "w");
    CHECK(f.write("a") == 1);
    CHECK(f.write(std::string_view()) == 0);
    std::string const full(8191, 'x');
    CHECK(f.write(full) == 8191);
    CHECK(f.write(std::string_view()) == 0);
    f.close();
    CHECK(amphis::open(dir / "x.txt").read() == "a" + full);
}

}  // namespace
