// SPDX-License-Identifier: MIT
// closing, nullcontext, suppress, chdir, redirect_stdout, redirect_stderr, the mixins: facts from CPython's test_contextlib.
#include <amphis/contextlib/managers.hpp>

#include <amphis/builtins/print.hpp>
#include <amphis/contextlib/exit_stack.hpp>

#include "support/catch.hpp"

#include <cstdio>
#include <cstdlib>
#include <memory>
#include <optional>
#include <sstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <unistd.h>
#include <utility>
#include <vector>

namespace ctx = amphis::contextlib;
using amphis::enter;
using amphis::exc_info;
using amphis::KeyError;
using amphis::LookupError;
using amphis::print;
using amphis::TypeError;
using amphis::ValueError;
using amphis::with;
using amphis::ZeroDivisionError;
using namespace amphis::literals;

namespace {

template <class E, class F>
std::string raised(F&& f) {
    try {
        f();
    } catch (E const& e) {
        return e.what();
    }
    return "nothing";
}

struct door {
    int closed = 0;
    [[nodiscard]] int close() { return ++closed; }
};

/// CPython's test_contextlib.mycontext.
struct mycontext : ctx::ContextDecorator<mycontext> {
    struct facts {
        bool started = false;
        std::string exc;
    };
    facts* seen;
    bool catches = false;
    explicit mycontext(facts& f, bool c = false) : seen(&f), catches(c) {}
    mycontext& enter() {
        seen->started = true;
        return *this;
    }
    bool exit(exc_info const& exc) {
        seen->exc = exc.type_name();
        return catches;
    }
};
struct track : ctx::ContextDecorator<track> {
    std::vector<std::string>* out;
    explicit track(std::vector<std::string>& o) : out(&o) {}
    void enter() { out->push_back("Starting"); }
    void exit() { out->push_back("Finishing"); }
};

std::string cwd() {
    char path[4096];
    REQUIRE(::getcwd(path, sizeof(path)) != nullptr);
    return path;
}
/// A fresh directory, with two in it.
struct directory {
    std::string path;
    directory() {
        char name[] = "/tmp/amphis_chdir_XXXXXX";
        REQUIRE(::mkdtemp(name) != nullptr);
        char resolved[4096];
        REQUIRE(::realpath(name, resolved) != nullptr);
        path = resolved;
        REQUIRE(std::system(("mkdir " + path + "/a " + path + "/b").c_str()) == 0);
    }
    directory(directory const&) = delete;
    ~directory() {
        for (char const* part : {"/a", "/b", ""}) ::rmdir((path + part).c_str());
    }
};

/// Has write(std::string_view), and nothing else.
struct sink {
    std::string text;
    void write(std::string_view more) { text += more; }
};

}  // namespace

TEST_CASE("closing: closes at the end, also after an exception", "[contextlib][closing]") {
    door d;
    with(ctx::closing(d), [&](door& same) {
        CHECK(&same == &d);
        CHECK(d.closed == 0);
    });
    CHECK(d.closed == 1);
    CHECK_THROWS_AS(with(ctx::closing(d), [](door&) { throw ZeroDivisionError("x"); }), ZeroDivisionError);
    CHECK(d.closed == 2);
    with(ctx::closing(door{}), [](door& own) { CHECK(own.closed == 0); });
    {
        auto held = enter(ctx::closing(d));
        CHECK(held->closed == 2);
    }
    CHECK(d.closed == 3);
    struct pinned : door {
        pinned() = default;
        pinned(pinned const&) = delete;
    } p;
    with(ctx::closing(p), [](auto&) {});
    CHECK(p.closed == 1);
}

TEST_CASE("nullcontext: gives what it was given", "[contextlib][nullcontext]") {
    door d;
    with(ctx::nullcontext(d), [&](door& same) { CHECK(&same == &d); });
    CHECK(with(ctx::nullcontext(3), [](int x) { return x; }) == 3);
    CHECK(*with(ctx::nullcontext(std::make_unique<int>(4)), [](auto& p) { return std::move(p); }) == 4);
    with(ctx::nullcontext(), [] {});
    CHECK_THROWS_AS(with(ctx::nullcontext(), [] { throw ValueError("x"); }), ValueError);
    static_assert(std::is_same_v<decltype(with(ctx::nullcontext(), [] { return 3; })), int>);
}

TEST_CASE("suppress: the exact class and those that derive from it", "[contextlib][suppress]") {
    with(ctx::suppress<ValueError>(), [] {});
    CHECK(with(ctx::suppress<ValueError>(), [] { return 32; }) == 32);
    with(ctx::suppress<TypeError>(), [] { throw TypeError("x"); });
    with(ctx::suppress<LookupError>(), [] { throw amphis::IndexError("x"); });
    with(ctx::suppress<amphis::BaseException>(), [] { throw amphis::KeyboardInterrupt(); });
    struct Mine : amphis::exception<"Mine", KeyError> {
        using exception::exception;
    };
    with(ctx::suppress<LookupError>(), [] { throw Mine("x"); });
    with(ctx::suppress<Mine>(), [] { throw Mine("x"); });
    CHECK_THROWS_AS(with(ctx::suppress<Mine>(), [] { throw KeyError("x"); }), KeyError);
    CHECK_THROWS_AS(with(ctx::suppress<TypeError>(), [] { throw ZeroDivisionError("x"); }), ZeroDivisionError);
    CHECK_THROWS_AS(with(ctx::suppress<amphis::Exception>(), [] { throw amphis::KeyboardInterrupt(); }), amphis::KeyboardInterrupt);
}

TEST_CASE("suppress: without a class suppresses nothing", "[contextlib][suppress]") {
    CHECK_THROWS_AS(with(ctx::suppress(), [] { throw ZeroDivisionError("x"); }), ZeroDivisionError);
}

TEST_CASE("suppress: several classes", "[contextlib][suppress]") {
    ctx::suppress<ZeroDivisionError, TypeError> const ignore;
    with(ignore, [] { throw ZeroDivisionError("x"); });
    with(ignore, [] { throw TypeError("x"); });
    CHECK_THROWS_AS(with(ignore, [] { throw KeyError("x"); }), KeyError);
}

TEST_CASE("suppress: exceptions that are not ours", "[contextlib][suppress]") {
    with(ctx::suppress<std::logic_error>(), [] { throw std::out_of_range("x"); });
    with(ctx::suppress<std::exception>(), [] { throw std::runtime_error("x"); });
    with(ctx::suppress<std::exception>(), [] { throw ValueError("x"); });
    CHECK_THROWS_AS(with(ctx::suppress<std::out_of_range>(), [] { throw std::logic_error("x"); }), std::logic_error);
    CHECK_THROWS_AS(with(ctx::suppress<amphis::BaseException>(), [] { throw std::logic_error("x"); }), std::logic_error);
    struct no_exception {};
    with(ctx::suppress<no_exception>(), [] { throw no_exception(); });
    CHECK_THROWS_AS(with(ctx::suppress<std::exception>(), [] { throw 42; }), int);
}

TEST_CASE("suppress: can be entered while it is entered", "[contextlib][suppress]") {
    ctx::suppress<amphis::Exception> const ignore;
    bool outer_continued = false;
    with(ignore, [] {});
    with(ignore, [] { throw TypeError("x"); });
    with(ignore, [&] {
        with(ignore, [] { throw TypeError("x"); });
        outer_continued = true;
        throw ZeroDivisionError("x");
    });
    CHECK(outer_continued);
    CHECK_FALSE(with(ignore, []() -> int { throw TypeError("x"); }).has_value());
}

TEST_CASE("redirect_stdout: begins with enter, and ends with exit", "[contextlib][redirect]") {
    std::ostringstream f;
    ctx::redirect_stdout redirect(f);
    sink other;
    with(ctx::redirect_stdout(other), [] { print("not redirected yet"); });
    CHECK(other.text == "not redirected yet\n");
    with(redirect, [&](auto& target) {
        CHECK(&target == &f);
        print("Consider an API like help()");
        print("also this", "file"_k = stdout, "flush"_k = true);
    });
    CHECK(f.str() == "Consider an API like help()\nalso this\n");
    CHECK_THROWS_AS(with(redirect, [] { throw ValueError("x"); }), ValueError);
    CHECK(amphis::detail::redirected_stdout == nullptr);
}

TEST_CASE("redirect_stdout: can be used again, and while it is entered", "[contextlib][redirect]") {
    sink f;
    ctx::redirect_stdout write_to_f(f);
    with(write_to_f, [] { print("Hello", "end"_k = " "); });
    with(write_to_f, [] { print("World!"); });
    CHECK(f.text == "Hello World!\n");
    f.text.clear();
    with(write_to_f, [&] {
        print("Hello", "end"_k = " ");
        with(write_to_f, [] { print("World!"); });
        print("and", "end"_k = "");
    });
    CHECK(f.text == "Hello World!\nand");
    CHECK(amphis::detail::redirected_stdout == nullptr);
}

TEST_CASE("redirect_stdout: nests", "[contextlib][redirect]") {
    sink outer;
    sink inner;
    with(ctx::redirect_stdout(outer), [&] {
        print(1);
        with(ctx::redirect_stdout(inner), [] { print(2); });
        print(3);
    });
    CHECK(outer.text == "1\n3\n");
    CHECK(inner.text == "2\n");
}

TEST_CASE("redirect_stdout: a temporary target is moved in, and moves with its manager", "[contextlib][redirect]") {
    std::string const text = with(ctx::redirect_stdout(sink()), [](sink& f) {
        print("hidden");
        return f.text;
    });
    CHECK(text == "hidden\n");
    with(ctx::ExitStack{}, [](auto& stack) {
        sink& f = stack.enter_context(ctx::redirect_stdout(sink()));
        print("x");
        CHECK(f.text == "x\n");
    });
    ctx::redirect_stdout first{sink()};
    first.enter();
    first.enter();
    auto second = std::move(first);
    print("moved");
    second.exit();
    print("again");
    second.exit();
    CHECK(amphis::detail::redirected_stdout == nullptr);
}

TEST_CASE("redirect_stdout: into a FILE", "[contextlib][redirect]") {
    std::FILE* const file = std::tmpfile();
    REQUIRE(file != nullptr);
    with(ctx::redirect_stdout(file), [&] {
        print("to the file", "flush"_k = true);
        print("and directly", "file"_k = file);
    });
    std::rewind(file);
    char text[100] = "";
    std::size_t const size = std::fread(text, 1, sizeof(text) - 1, file);
    std::fclose(file);
    CHECK(std::string(text, size) == "to the file\nand directly\n");
    with(ctx::redirect_stdout(stderr), [] {});  // the idiom of its docs
}

TEST_CASE("redirect_stderr: what is printed to stderr", "[contextlib][redirect]") {
    sink out;
    sink err;
    with(ctx::redirect_stdout(out), ctx::redirect_stderr(err), [](auto&, auto&) {
        print("to stdout");
        print("to stderr", "file"_k = stderr);
    });
    CHECK(out.text == "to stdout\n");
    CHECK(err.text == "to stderr\n");
    ctx::redirect_stderr again(err);
    err.text.clear();
    with(again, [&] {
        print("Hello", "end"_k = " ", "file"_k = stderr);
        with(again, [] { print("World!", "file"_k = stderr); });
    });
    CHECK(err.text == "Hello World!\n");
    CHECK(amphis::detail::redirected_stderr == nullptr);
}

TEST_CASE("redirect_stdout: a target that raises", "[contextlib][redirect]") {
    struct bad {
        void write(std::string_view) { throw ValueError("I/O operation on closed file"); }
    } target;
    CHECK(raised<ValueError>([&] { with(ctx::redirect_stdout(target), [] { print(1); }); }) == "I/O operation on closed file");
    CHECK(amphis::detail::redirected_stdout == nullptr);
}

TEST_CASE("chdir: there and back", "[contextlib][chdir]") {
    directory const d;
    std::string const before = cwd();
    with(ctx::chdir(d.path), [&] { CHECK(cwd() == d.path); });
    CHECK(cwd() == before);
    with(ctx::chdir(d.path.c_str()), [&] { CHECK(cwd() == d.path); });
    with(ctx::chdir(std::string_view(d.path)), [&] { CHECK(cwd() == d.path); });
    {
        auto const held = enter(ctx::chdir(d.path));
        CHECK(cwd() == d.path);
    }
    CHECK(cwd() == before);
    CHECK_THROWS_AS(with(ctx::chdir(d.path), [] { throw ValueError("boom"); }), ValueError);
    CHECK(cwd() == before);
}

TEST_CASE("chdir: can be entered while it is entered", "[contextlib][chdir]") {
    directory const d;
    std::string const before = cwd();
    ctx::chdir first(d.path + "/a");
    ctx::chdir second(d.path + "/b");
    with(first, [&] {
        CHECK(cwd() == d.path + "/a");
        with(second, [&] {
            CHECK(cwd() == d.path + "/b");
            with(first, [&] { CHECK(cwd() == d.path + "/a"); });
            CHECK(cwd() == d.path + "/b");
        });
        CHECK(cwd() == d.path + "/a");
    });
    CHECK(cwd() == before);
}

TEST_CASE("chdir: errors are those of os.chdir", "[contextlib][chdir]") {
    std::string const before = cwd();
    CHECK(raised<amphis::FileNotFoundError>([] { with(ctx::chdir("/nonexistent"), [] { FAIL("the body"); }); }) ==
          "[Errno 2] No such file or directory: '/nonexistent'");
    CHECK(raised<amphis::NotADirectoryError>([] { with(ctx::chdir("/etc/passwd"), [] {}); }) == "[Errno 20] Not a directory: '/etc/passwd'");
    CHECK(raised<ValueError>([] { with(ctx::chdir(std::string("/tmp\0/x", 7)), [] {}); }) == "embedded null byte");
    CHECK(cwd() == before);
    // The directory to go back to is gone.
    auto gone = std::make_optional<directory>();
    std::string const path = gone->path;
    with(ctx::chdir(before), [&] {
        CHECK(raised<amphis::FileNotFoundError>([&] {
                  with(ctx::chdir(path + "/a"), [&] { with(ctx::chdir(path + "/b"), [&] { gone.reset(); }); });
              }) == "[Errno 2] No such file or directory: '" + path + "/a'");
    });
    CHECK(cwd() == before);
}

TEST_CASE("AbstractContextManager: enter() gives the manager itself", "[contextlib][AbstractContextManager]") {
    struct transaction : ctx::AbstractContextManager<transaction> {
        std::string state = "open";
        void exit(exc_info const& exc) { state = exc ? "rolled back" : "committed"; }
    };
    transaction t;
    CHECK(&t.enter() == &t);
    with(t, [&](transaction& same) { CHECK(&same == &t); });
    CHECK(t.state == "committed");
    CHECK_THROWS_AS(with(t, [] { throw ValueError("x"); }), ValueError);
    CHECK(t.state == "rolled back");
    static_assert(amphis::ContextManager<transaction>);
}

TEST_CASE("ContextDecorator: is a context manager", "[contextlib][ContextDecorator]") {
    mycontext::facts seen;
    mycontext context(seen);
    with(context, [&](mycontext& same) {
        CHECK(&same == &context);
        CHECK(seen.started);
    });
    CHECK(seen.exc == "NoneType");
    CHECK_THROWS_AS(with(context, [] { throw amphis::NameError("foo"); }), amphis::NameError);
    CHECK(seen.exc == "NameError");
    with(mycontext(seen, true), [] { throw amphis::NameError("foo"); });
}

TEST_CASE("ContextDecorator: each call runs within the manager", "[contextlib][ContextDecorator]") {
    mycontext::facts seen;
    mycontext context(seen);
    auto test = context | [&] {
        CHECK(seen.exc.empty());
        CHECK(seen.started);
    };
    CHECK_FALSE(seen.started);
    test();
    CHECK(seen.exc == "NoneType");
    auto fails = mycontext(seen) | [] { throw amphis::NameError("foo"); };
    CHECK(raised<amphis::NameError>([&] { fails(); }) == "foo");
    CHECK(seen.exc == "NameError");
    auto suppressed = mycontext(seen, true) | [](bool raise) {
        if (raise) throw amphis::NameError("foo");
        return 1;
    };
    CHECK(suppressed(false) == 1);
    CHECK_FALSE(suppressed(true).has_value());
}

TEST_CASE("ContextDecorator: passes arguments on, and decorates methods", "[contextlib][ContextDecorator]") {
    std::vector<std::string> out;
    struct test {
        int a = 0;
        int method(int x, int y) { return a = 10 * x + y; }
    };
    auto method = track(out) | &test::method;
    test t;
    CHECK(method(t, 1, 2) == 12);
    CHECK(t.a == 12);
    CHECK(out == std::vector<std::string>{"Starting", "Finishing"});
    auto same = track(out)([](std::unique_ptr<int> p) { return p; });
    CHECK(*same(std::make_unique<int>(3)) == 3);
    auto twice = track(out) | track(out) | [&] { out.push_back("body"); };
    out.clear();
    twice();
    CHECK(out == std::vector<std::string>{"Starting", "Starting", "body", "Finishing", "Finishing"});
}
