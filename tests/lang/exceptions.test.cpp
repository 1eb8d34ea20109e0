// SPDX-License-Identifier: MIT
// The expected texts are CPython 3.11's.
#include <amphis/lang/exceptions.hpp>

#include "support/allocations.hpp"
#include "support/catch.hpp"

#include <cerrno>
#include <exception>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

using namespace amphis::literals;
using amphis::BaseException, amphis::BlockingIOError, amphis::Exception, amphis::FileNotFoundError, amphis::ImportError, amphis::KeyError,
    amphis::LookupError, amphis::None, amphis::OSError, amphis::raise_os_error, amphis::SyntaxError, amphis::SystemExit, amphis::ValueError;

namespace {

template <class T>
std::string repr_of(T const& value) {
    amphis::detail::text out;
    repr_to(out, value);
    return {out.data(), out.size()};
}
template <class T>
std::string str_of(T const& value) {
    amphis::detail::text out;
    str_to(out, value);
    return {out.data(), out.size()};
}

struct MyError : amphis::exception<"MyError", ValueError> {
    using exception::exception;
};
struct Deeper : amphis::exception<"Deeper", MyError> {
    using exception::exception;
};

/// Its str and repr differ, and either can throw.
struct Point {
    int x = 0;
    friend void repr_to(amphis::detail::text& out, Point const& p) {
        if (p.x < 0) throw std::runtime_error("no repr");
        out.append("Point(x=");
        repr_to(out, p.x);
        out.push_back(')');
    }
    friend void str_to(amphis::detail::text& out, Point const& p) { repr_to(out, p.x); }
};

template <class Thrown, class Caught>
bool caught_as() {
    try {
        throw Thrown("text");
    } catch (Caught const& e) {
        return std::string_view(e.what()).find("text") != std::string_view::npos;
    } catch (...) {
        return false;
    }
}

/// E has this name and this base, is thrown, caught and printed.
template <class E, class Base>
void is_class(std::string const& name) {
    INFO(name);
    static_assert(std::is_base_of_v<Base, E> && std::is_base_of_v<std::exception, E>);
    static_assert(std::is_nothrow_copy_constructible_v<E> && std::is_nothrow_copy_assignable_v<E> && std::is_nothrow_move_constructible_v<E>);
    static_assert(std::is_same_v<decltype(std::declval<E const&>().what()), char const*>);
    CHECK(caught_as<E, E>());
    CHECK(caught_as<E, Base>());
    CHECK(caught_as<E, BaseException>());
    CHECK(caught_as<E, std::exception>());
    CHECK(E().type_name() == name);
    CHECK(repr_of(E()) == name + "()");
    CHECK(repr_of(E("a")) == name + "('a')");
    CHECK(repr_of(E("a", 1)) == name + "('a', 1)");
}
#define IS_CLASS(NAME, BASE) is_class<amphis::NAME, amphis::BASE>(#NAME)

}  // namespace

TEST_CASE("exceptions: every class has CPython's name and base", "[lang][exceptions]") {
    is_class<BaseException, std::exception>("BaseException");
    IS_CLASS(GeneratorExit, BaseException);
    IS_CLASS(KeyboardInterrupt, BaseException);
    IS_CLASS(SystemExit, BaseException);
    IS_CLASS(Exception, BaseException);
    IS_CLASS(ArithmeticError, Exception);
    IS_CLASS(FloatingPointError, ArithmeticError);
    IS_CLASS(OverflowError, ArithmeticError);
    IS_CLASS(ZeroDivisionError, ArithmeticError);
    IS_CLASS(AssertionError, Exception);
    IS_CLASS(AttributeError, Exception);
    IS_CLASS(BufferError, Exception);
    IS_CLASS(EOFError, Exception);
    IS_CLASS(ImportError, Exception);
    IS_CLASS(ModuleNotFoundError, ImportError);
    IS_CLASS(LookupError, Exception);
    IS_CLASS(IndexError, LookupError);
    IS_CLASS(KeyError, LookupError);
    IS_CLASS(MemoryError, Exception);
    IS_CLASS(NameError, Exception);
    IS_CLASS(UnboundLocalError, NameError);
    IS_CLASS(ReferenceError, Exception);
    IS_CLASS(RuntimeError, Exception);
    IS_CLASS(NotImplementedError, RuntimeError);
    IS_CLASS(RecursionError, RuntimeError);
    IS_CLASS(StopIteration, Exception);
    IS_CLASS(StopAsyncIteration, Exception);
    IS_CLASS(SyntaxError, Exception);
    IS_CLASS(IndentationError, SyntaxError);
    IS_CLASS(TabError, IndentationError);
    IS_CLASS(SystemError, Exception);
    IS_CLASS(TypeError, Exception);
    IS_CLASS(ValueError, Exception);
    IS_CLASS(UnicodeError, ValueError);
    is_class<MyError, ValueError>("MyError");
    is_class<Deeper, MyError>("Deeper");
}

TEST_CASE("exceptions: every OSError has CPython's name and base", "[lang][exceptions]") {
    IS_CLASS(OSError, Exception);
    IS_CLASS(BlockingIOError, OSError);
    IS_CLASS(ChildProcessError, OSError);
    IS_CLASS(ConnectionError, OSError);
    IS_CLASS(BrokenPipeError, ConnectionError);
    IS_CLASS(ConnectionAbortedError, ConnectionError);
    IS_CLASS(ConnectionRefusedError, ConnectionError);
    IS_CLASS(ConnectionResetError, ConnectionError);
    IS_CLASS(FileExistsError, OSError);
    IS_CLASS(FileNotFoundError, OSError);
    IS_CLASS(InterruptedError, OSError);
    IS_CLASS(IsADirectoryError, OSError);
    IS_CLASS(NotADirectoryError, OSError);
    IS_CLASS(PermissionError, OSError);
    IS_CLASS(ProcessLookupError, OSError);
    IS_CLASS(TimeoutError, OSError);
    static_assert(std::is_same_v<amphis::EnvironmentError, OSError> && std::is_same_v<amphis::IOError, OSError>);
}

TEST_CASE("exceptions: every warning has CPython's name and base", "[lang][exceptions]") {
    IS_CLASS(Warning, Exception);
    IS_CLASS(BytesWarning, Warning);
    IS_CLASS(DeprecationWarning, Warning);
    IS_CLASS(EncodingWarning, Warning);
    IS_CLASS(FutureWarning, Warning);
    IS_CLASS(ImportWarning, Warning);
    IS_CLASS(PendingDeprecationWarning, Warning);
    IS_CLASS(ResourceWarning, Warning);
    IS_CLASS(RuntimeWarning, Warning);
    IS_CLASS(SyntaxWarning, Warning);
    IS_CLASS(UnicodeWarning, Warning);
    IS_CLASS(UserWarning, Warning);
}

TEST_CASE("exceptions: a class is not caught as its sibling", "[lang][exceptions]") {
    CHECK_FALSE(caught_as<ValueError, LookupError>());
    CHECK_FALSE(caught_as<KeyError, amphis::IndexError>());
    CHECK_FALSE(caught_as<amphis::KeyboardInterrupt, Exception>());
    CHECK_FALSE(caught_as<ValueError, MyError>());
}

TEST_CASE("exceptions: str is empty, the only argument, or the tuple of all", "[lang][exceptions]") {
    CHECK(str_of(ValueError()).empty());
    CHECK(*ValueError().what() == '\0');
    CHECK(str_of(ValueError("boom")) == "boom");
    CHECK(str_of(ValueError(42)) == "42");
    CHECK(str_of(ValueError(None)) == "None");
    CHECK(str_of(ValueError("a", 1, 2.5, None, true)) == "('a', 1, 2.5, None, True)");
    CHECK(std::string_view(ValueError("a", 1).what()) == "('a', 1)");
}

TEST_CASE("exceptions: repr is how the exception was made", "[lang][exceptions]") {
    CHECK(repr_of(ValueError("it's")) == R"(ValueError("it's"))");
    CHECK(repr_of(ValueError("a\nb")) == R"(ValueError('a\nb'))");
    CHECK(repr_of(ValueError(42)) == "ValueError(42)");
    CHECK(repr_of(ValueError("42")) == "ValueError('42')");
    CHECK(repr_of(ValueError('c', 1e16, nullptr)) == "ValueError('c', 1e+16, None)");
    CHECK(repr_of(ValueError(std::string("s"), std::string_view("v"))) == "ValueError('s', 'v')");
    CHECK(repr_of(ValueError(u"caf\u00e9", L"w")) == "ValueError('caf\u00e9', 'w')");
    CHECK(repr_of(Exception(ValueError("inner"))) == "Exception(ValueError('inner'))");
    CHECK(str_of(ValueError(KeyError("k"))) == "'k'");
    CHECK(repr_of(ValueError(Point{3})) == "ValueError(Point(x=3))");
    CHECK(str_of(ValueError(Point{3})) == "3");
}

TEST_CASE("exceptions: args are what was given, in order", "[lang][exceptions]") {
    ValueError const e("a", 1, std::string("b"), Point{2});
    REQUIRE(e.args().size() == 4);
    CHECK(e.args()[0] == "a");
    CHECK(e.args()[1] == "1");
    CHECK(e.args()[2] == std::string("b"));
    CHECK(repr_of(e.args()[0]) == "'a'");
    CHECK(repr_of(e.args()[1]) == "1");
    CHECK(repr_of(e.args()[3]) == "Point(x=2)");
    CHECK(str_of(e.args()[3]) == "2");
    CHECK(e.args()[0].is_str());
    CHECK_FALSE(e.args()[1].is_str());
    std::string text = e.args()[0];
    CHECK(text == "a");
    std::string_view const view(e.args()[2]);
    CHECK(view == "b");
    CHECK(repr_of(e.args()) == "('a', 1, 'b', Point(x=2))");
    CHECK(repr_of(ValueError().args()) == "()");
    CHECK(repr_of(ValueError("a").args()) == "('a',)");
    std::string joined;
    for (auto const& arg : e.args()) joined.append(arg.data(), arg.size());
    CHECK(joined == "a1b2");
}

TEST_CASE("exceptions: a None argument is None, the text 'None' is not", "[lang][exceptions]") {
    CHECK(ValueError(None).args()[0].is_none());
    CHECK(ValueError(nullptr).args()[0].is_none());
    CHECK_FALSE(ValueError("None").args()[0].is_none());
    char const* null = nullptr;
    CHECK(repr_of(ValueError(null)) == "ValueError(None)");
}

TEST_CASE("exceptions: an argument's own str and repr may throw", "[lang][exceptions]") {
    CHECK_THROWS_AS(ValueError("before", Point{-1}), std::runtime_error);
}

TEST_CASE("exceptions: long texts and NULs are kept", "[lang][exceptions]") {
    std::string const text(1 << 20, 'x');
    ValueError const e(text, text);
    CHECK(e.args()[1].size() == text.size());
    CHECK(str_of(e) == "('" + text + "', '" + text + "')");
    std::string const nul("a\0b", 3);
    CHECK(str_of(ValueError(nul)) == nul);
    CHECK(repr_of(ValueError(nul)) == R"(ValueError('a\x00b'))");
    CHECK(std::string_view(ValueError(nul).what()) == "a");  // a C string
}

TEST_CASE("exceptions: a copy shares the text, which lives as long as any copy", "[lang][exceptions]") {
    char const* text = nullptr;
    std::exception_ptr kept;
    {
        ValueError first("shared text");
        text = first.what();
        ValueError const second = first;
        CHECK(second.what() == text);
        kept = std::make_exception_ptr(second);
        first = ValueError("another");
        CHECK(std::string_view(first.what()) == "another");
        first = *&first;
        CHECK(std::string_view(first.what()) == "another");
    }
    CHECK(std::string_view(text) == "shared text");
    try {
        std::rethrow_exception(kept);
    } catch (ValueError const& e) {
        CHECK(e.what() == text);
    }
}

TEST_CASE("exceptions: slicing keeps name and text", "[lang][exceptions]") {
    try {
        throw MyError("boom", 7);
    } catch (Exception const& e) {
        Exception const sliced = e;
        CHECK(std::string_view(sliced.type_name()) == "MyError");
        CHECK(repr_of(sliced) == "MyError('boom', 7)");
    }
    KeyError const key("x");
    LookupError const& base = key;
    CHECK(repr_of(LookupError(base)) == "KeyError('x')");          // the same class: a copy
    CHECK(repr_of(Exception(key)) == "Exception(KeyError('x'))");  // another class: wrapped, as in Python
}

TEST_CASE("exceptions: moved-from exceptions are still whole", "[lang][exceptions]") {
    ValueError first("a");
    ValueError const second = std::move(first);
    CHECK(std::string_view(first.what()) == "a");  // NOLINT(bugprone-use-after-move)
    CHECK(std::string_view(second.what()) == "a");
}

TEST_CASE("exceptions: notes are kept in order and shared by copies", "[lang][exceptions]") {
    ValueError const e("boom");
    CHECK(e.notes().empty());
    try {
        try {
            throw e;
        } catch (Exception const& caught) {
            caught.add_note("first");
            throw;
        }
    } catch (ValueError const& caught) {
        caught.add_note(std::string("second"));
        caught.add_note(std::string(1000, 'x'));
    }
    REQUIRE(e.notes().size() == 3);
    auto note = e.notes().begin();
    CHECK(*note == "first");
    CHECK(*++note == "second");
    CHECK(repr_of(*note) == "'second'");
    CHECK((++note)->size() == 1000);
    CHECK(++note == e.notes().end());
    CHECK(str_of(e) == "boom");
}

TEST_CASE("KeyError: str is the repr of its only argument", "[lang][exceptions]") {
    CHECK(str_of(KeyError("x")) == "'x'");
    CHECK(str_of(KeyError("")) == "''");
    CHECK(str_of(KeyError(1)) == "1");
    CHECK(str_of(KeyError("a", 1)) == "('a', 1)");
    CHECK(str_of(KeyError()).empty());
    CHECK(repr_of(KeyError("x")) == "KeyError('x')");
    CHECK(KeyError("x").args()[0] == "x");
}

TEST_CASE("SystemExit: code is what was given, status what a process returns", "[lang][exceptions]") {
    CHECK(SystemExit().code().is_none());
    CHECK(SystemExit().status() == 0);
    CHECK(SystemExit(3).code() == "3");
    CHECK(SystemExit(3).status() == 3);
    CHECK(SystemExit(None).status() == 0);
    CHECK(SystemExit("message").code() == "message");
    CHECK(SystemExit("message").code().is_str());
    CHECK(SystemExit("message").status() == 1);
    CHECK(repr_of(SystemExit(1, 2).code()) == "(1, 2)");
    CHECK(SystemExit(1, 2).status() == 1);
    struct Quit : amphis::exception<"Quit", SystemExit> {
        using exception::exception;
    };
    CHECK(Quit(4).status() == 4);
}

TEST_CASE("StopIteration: value is the first argument, or None", "[lang][exceptions]") {
    CHECK(amphis::StopIteration().value().is_none());
    CHECK(amphis::StopIteration(42, "x").value() == "42");
}

TEST_CASE("AttributeError, NameError, ImportError: keywords are kept beside the arguments", "[lang][exceptions]") {
    amphis::AttributeError const e("no x", "name"_k = "x", "obj"_k = 5);
    CHECK(e.name() == "x");
    CHECK(e.obj() == "5");
    CHECK(repr_of(e) == "AttributeError('no x')");
    CHECK(str_of(e) == "no x");
    CHECK(amphis::AttributeError("no x").name().is_none());
    CHECK(amphis::UnboundLocalError("m", "name"_k = std::string("y")).name() == "y");
    ImportError const import("m", "path"_k = "p.py");
    CHECK(import.msg() == "m");
    CHECK(import.name().is_none());
    CHECK(import.path() == "p.py");
    CHECK(ImportError("a", "b").msg().is_none());
    CHECK(amphis::ModuleNotFoundError("No module named 'x'", "name"_k = "x").name() == "x");
}

TEST_CASE("SyntaxError: str says where", "[lang][exceptions]") {
    CHECK(str_of(SyntaxError()) == "None");
    CHECK(str_of(SyntaxError("bad")) == "bad");
    CHECK(str_of(SyntaxError("bad", "lineno"_k = 4)) == "bad (line 4)");
    CHECK(str_of(SyntaxError("bad", "filename"_k = "x/y.py")) == "bad (y.py)");
    amphis::TabError const e("bad", "filename"_k = "/a/f.py", "lineno"_k = 3, "offset"_k = 1, "text"_k = "t", "end_lineno"_k = 5, "end_offset"_k = 6);
    CHECK(str_of(e) == "bad (f.py, line 3)");
    CHECK(e.msg() == "bad");
    CHECK(e.filename() == "/a/f.py");
    CHECK(e.lineno() == "3");
    CHECK(e.offset() == "1");
    CHECK(e.text() == "t");
    CHECK(e.end_lineno() == "5");
    CHECK(e.end_offset() == "6");
}

TEST_CASE("UnicodeDecodeError: names the byte", "[lang][exceptions]") {
    amphis::UnicodeDecodeError const e("utf-8", "a\xff", 1, 2, "invalid start byte");
    CHECK(str_of(e) == "'utf-8' codec can't decode byte 0xff in position 1: invalid start byte");
    CHECK(repr_of(e) == R"(UnicodeDecodeError('utf-8', b'a\xff', 1, 2, 'invalid start byte'))");
    CHECK(e.encoding() == "utf-8");
    CHECK(repr_of(e.object()) == R"(b'a\xff')");
    CHECK(e.start() == 1);
    CHECK(e.end() == 2);
    CHECK(e.reason() == "invalid start byte");
    CHECK(caught_as<ValueError, ValueError>());
    CHECK(str_of(amphis::UnicodeDecodeError("utf-8", std::string("\xe2\x82"), 0, 2, "unexpected end of data")) ==
          "'utf-8' codec can't decode bytes in position 0-1: unexpected end of data");
    CHECK(str_of(amphis::UnicodeDecodeError("utf-8", "", 3, 4, "r")) == "'utf-8' codec can't decode bytes in position 3-3: r");
}

TEST_CASE("UnicodeEncodeError, UnicodeTranslateError: name the character", "[lang][exceptions]") {
    amphis::UnicodeEncodeError const e("ascii", "caf\u00e9", 3, 4, "ordinal not in range(128)");
    CHECK(str_of(e) == R"('ascii' codec can't encode character '\xe9' in position 3: ordinal not in range(128))");
    CHECK(repr_of(e) == "UnicodeEncodeError('ascii', 'caf\u00e9', 3, 4, 'ordinal not in range(128)')");
    CHECK(e.object() == "caf\u00e9");
    CHECK(e.start() == 3);
    CHECK(str_of(amphis::UnicodeEncodeError("ascii", "\u4e2d", 0, 1, "r")) == R"('ascii' codec can't encode character '\u4e2d' in position 0: r)");
    CHECK(str_of(amphis::UnicodeEncodeError("ascii", "\U0001f600", 0, 1, "r")) ==
          R"('ascii' codec can't encode character '\U0001f600' in position 0: r)");
    CHECK(str_of(amphis::UnicodeEncodeError("ascii", "\u00e9\u00e9", 0, 2, "r")) == "'ascii' codec can't encode characters in position 0-1: r");
    CHECK(str_of(amphis::UnicodeTranslateError("caf\u00e9", 3, 4, "ouch")) == R"(can't translate character '\xe9' in position 3: ouch)");
    CHECK(str_of(amphis::UnicodeTranslateError("caf\u00e9", 1, 4, "ouch")) == "can't translate characters in position 1-3: ouch");
}

TEST_CASE("OSError: errno, text and file names print as in CPython", "[lang][exceptions]") {
    // >>> OSError(2, "x", ...), made as the class it names
    CHECK(str_of(OSError("plain")) == "plain");
    CHECK(OSError("plain").errno_() == 0);
    CHECK(OSError("plain").strerror().is_none());
    CHECK(str_of(OSError(2, "x")) == "[Errno 2] x");
    CHECK(OSError(2, "x").errno_() == 2);
    CHECK(OSError(2, "x").strerror() == "x");
    OSError const named(2, "No such file or directory", "x.txt");
    CHECK(str_of(named) == "[Errno 2] No such file or directory: 'x.txt'");
    CHECK(repr_of(named) == "OSError(2, 'No such file or directory')");
    CHECK(named.filename() == "x.txt");
    CHECK(named.filename2().is_none());
    CHECK(named.args().size() == 2);
    OSError const two(18, "x", "a", None, "b");
    CHECK(str_of(two) == "[Errno 18] x: 'a' -> 'b'");
    CHECK(two.filename2() == "b");
    CHECK(str_of(OSError(2, "x", "f", None, None)) == "[Errno 2] x: 'f'");
    CHECK(repr_of(OSError(2, "x", None)) == "OSError(2, 'x', None)");
    CHECK(str_of(OSError(2, "x", None)) == "[Errno 2] x");
    CHECK(OSError(2, "x", None).filename().is_none());
    CHECK(str_of(OSError(2, "x", 7)) == "[Errno 2] x: 7");
    CHECK(str_of(OSError(None, "x")) == "[Errno None] x");
    CHECK(str_of(OSError("a", "b")) == "[Errno a] b");
    CHECK(str_of(OSError(1, 2, 3, 4, 5, 6)) == "(1, 2, 3, 4, 5, 6)");
    CHECK(OSError(1, 2, 3, 4, 5, 6).errno_() == 0);
}

TEST_CASE("BlockingIOError: the third argument may be a count", "[lang][exceptions]") {
    BlockingIOError const counted(11, "x", 5);
    CHECK(counted.characters_written() == 5);
    CHECK(repr_of(counted) == "BlockingIOError(11, 'x', 5)");
    CHECK(str_of(counted) == "[Errno 11] x");
    BlockingIOError const named(11, "x", "f");
    CHECK(str_of(named) == "[Errno 11] x: 'f'");
    CHECK(repr_of(named) == "BlockingIOError(11, 'x')");
    CHECK_THROWS_AS(named.characters_written(), amphis::AttributeError);
}

TEST_CASE("raise_os_error: throws the class CPython maps the errno to", "[lang][exceptions]") {
    auto const raised = [](int error) {
        try {
            raise_os_error(error);
        } catch (OSError const& e) {
            CHECK(e.errno_() == error);
            return std::string(e.type_name());
        }
    };
    // >>> type(OSError(errno.EAGAIN, "")).__name__
    CHECK(raised(EAGAIN) == "BlockingIOError");
    CHECK(raised(EWOULDBLOCK) == "BlockingIOError");
    CHECK(raised(EALREADY) == "BlockingIOError");
    CHECK(raised(EINPROGRESS) == "BlockingIOError");
    CHECK(raised(EPIPE) == "BrokenPipeError");
    CHECK(raised(ESHUTDOWN) == "BrokenPipeError");
    CHECK(raised(ECHILD) == "ChildProcessError");
    CHECK(raised(ECONNABORTED) == "ConnectionAbortedError");
    CHECK(raised(ECONNREFUSED) == "ConnectionRefusedError");
    CHECK(raised(ECONNRESET) == "ConnectionResetError");
    CHECK(raised(EEXIST) == "FileExistsError");
    CHECK(raised(ENOENT) == "FileNotFoundError");
    CHECK(raised(EINTR) == "InterruptedError");
    CHECK(raised(EISDIR) == "IsADirectoryError");
    CHECK(raised(ENOTDIR) == "NotADirectoryError");
    CHECK(raised(EACCES) == "PermissionError");
    CHECK(raised(EPERM) == "PermissionError");
    CHECK(raised(ESRCH) == "ProcessLookupError");
    CHECK(raised(ETIMEDOUT) == "TimeoutError");
    CHECK(raised(EINVAL) == "OSError");
    CHECK(raised(0) == "OSError");
}

TEST_CASE("raise_os_error: takes no, one or two file names", "[lang][exceptions]") {
    try {
        raise_os_error(ENOENT, std::string("x.txt"));
    } catch (FileNotFoundError const& e) {
        CHECK(str_of(e) == "[Errno 2] No such file or directory: 'x.txt'");
        CHECK(repr_of(e) == "FileNotFoundError(2, 'No such file or directory')");
    }
    try {
        raise_os_error(EXDEV, "a", "b");
    } catch (OSError const& e) {
        CHECK(str_of(e) == "[Errno 18] Invalid cross-device link: 'a' -> 'b'");
    }
    try {
        raise_os_error(99999);
    } catch (OSError const& e) {
        CHECK(str_of(e) == "[Errno 99999] Unknown error 99999");
    }
}

TEST_CASE("exception<Name, Base>: may have its own members and text", "[lang][exceptions]") {
    struct InsufficientFunds : amphis::exception<"InsufficientFunds"> {
        explicit InsufficientFunds(int amount) : exception("missing", amount), missing(amount) {}
        char const* what() const noexcept override { return "not enough"; }
        int missing;
    };
    try {
        throw InsufficientFunds(5);
    } catch (Exception const& e) {
        CHECK(str_of(e) == "not enough");
        CHECK(repr_of(e) == "InsufficientFunds('missing', 5)");
    }
    struct Io : amphis::exception<"Io", FileNotFoundError> {
        using exception::exception;
    };
    CHECK(str_of(Io(2, "x", "f")) == "[Errno 2] x: 'f'");
    CHECK(Io(2, "x", "f").errno_() == 2);
    struct Decode : amphis::exception<"Decode", amphis::UnicodeDecodeError> {
        using exception::exception;
    };
    CHECK(repr_of(Decode("a", "b", 0, 1, "r")) == "Decode('a', b'b', 0, 1, 'r')");
}

TEST_CASE("exceptions: any std::exception prints", "[lang][exceptions]") {
    CHECK(str_of(std::out_of_range("far")) == "far");
    CHECK(repr_of(std::out_of_range("far")) == "std::exception('far')");
    CHECK(str_of(static_cast<std::exception const&>(ValueError("boom"))) == "boom");
}

TEST_CASE("throw_: throws with the arguments", "[lang][exceptions]") {
    CHECK_THROWS_AS(amphis::detail::throw_<KeyError>("x"), KeyError);
    try {
        amphis::detail::throw_<ValueError>("a", 1);
    } catch (ValueError const& e) {
        CHECK(repr_of(e) == "ValueError('a', 1)");
    }
    try {
        amphis::detail::throw_<ValueError>("literal");
    } catch (ValueError const& e) {
        CHECK(repr_of(e) == "ValueError('literal')");
    }
}

TEST_CASE("exceptions: one allocation when made, none when copied", "[lang][exceptions]") {
    static_assert(sizeof(ValueError) == 2 * sizeof(void*));
    auto const before = allocation_count();
    KeyError const e("key", 1);
    CHECK(allocation_count() - before == 1);
    KeyError const copy = e;  // NOLINT
    CHECK(std::string_view(copy.what()) == "('key', 1)");
    CHECK(allocation_count() - before == 1);
}

TEST_CASE("exceptions: without memory the class survives and the text is lost", "[lang][exceptions]") {
    std::string const text(5000, 'x');
    for (std::size_t nth = 1; nth != 20; ++nth) {
        fail_allocation(nth);
        try {
            throw OSError(ENOENT, text, "x.txt");
        } catch (FileNotFoundError const&) {
            FAIL("the wrong class");
        } catch (OSError const& e) {
            bool const failed = probes::allocations_until_failure.load() == 0;
            fail_allocation(0);
            CHECK(e.errno_() == ENOENT);
            if (!failed) {
                CHECK(e.args().size() == 2);
                CHECK(nth > 2);
                return;
            }
            CHECK(str_of(e) == "(message lost: out of memory)");
            CHECK(repr_of(e) == "OSError()");
            CHECK(e.filename().is_none());
            OSError const copy = e;
            copy.add_note("dropped: this text belongs to no exception alone");
            CHECK(copy.notes().empty());
        }
    }
    FAIL("it never succeeded");
}

TEST_CASE("exceptions: a note that finds no memory raises bad_alloc and leaves the others", "[lang][exceptions]") {
    ValueError const e("boom");
    e.add_note("kept");
    fail_allocation(1);
    CHECK_THROWS_AS(e.add_note("lost"), std::bad_alloc);
    fail_allocation(0);
    CHECK(e.notes().size() == 1);
}
