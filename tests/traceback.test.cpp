// SPDX-License-Identifier: MIT
// The layouts are CPython 3.11's for the same exceptions, without frames.
#include <amphis/traceback.hpp>

#include <amphis/lang/try.hpp>

#include "support/catch.hpp"

#include <cstdio>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

namespace traceback = amphis::traceback;
using namespace amphis::literals;
using amphis::exc_info, amphis::ExceptionGroup, amphis::KeyError, amphis::None, amphis::OSError, amphis::RuntimeError, amphis::SyntaxError,
    amphis::TypeError, amphis::ValueError;

namespace {

std::string join(std::vector<std::string> const& lines) {
    std::string all;
    for (std::string const& line : lines) {
        CHECK(line.ends_with('\n'));
        all += line;
    }
    return all;
}
/// Without the lines of code, whose numbers change with this file.
template <class E, class... K>
std::string format(E const& e, K const&... keywords) {
    return join(traceback::format_exception(e, "limit"_k = 0, keywords...));
}
template <class E>
exc_info caused_by(E const& e, exc_info const& cause) {
    return amphis::try_([&] { amphis::raise_from(e, cause); }).error();
}
/// What `make` makes while `handled` is being handled.
template <class Make>
exc_info during(exc_info const& handled, Make make) {
    try {
        handled.raise();
    } catch (...) {
        return make();
    }
}

struct MyError : amphis::exception<"MyError", ValueError> {
    using exception::exception;
};
void load() { throw KeyError("port"); }

}  // namespace

TEST_CASE("format_exception: one exception", "[traceback]") {
    CHECK(format(ValueError("a")) == "ValueError: a\n");
    CHECK(format(ValueError()) == "ValueError\n");
    CHECK(format(ValueError("a\nb")) == "ValueError: a\nb\n");
    CHECK(format(KeyError("k")) == "KeyError: 'k'\n");
    CHECK(format(MyError("x", 2)) == "MyError: ('x', 2)\n");
    CHECK(format(amphis::KeyboardInterrupt()) == "KeyboardInterrupt\n");
    CHECK(format(None) == "NoneType: None\n");
    CHECK(format(exc_info()) == "NoneType: None\n");
#if defined(__cpp_rtti)
    CHECK(format(std::runtime_error("std")) == "std::runtime_error: std\n");
#else
    CHECK(format(std::runtime_error("std")) == "std::exception: std\n");
#endif
    CHECK(traceback::format_exception(MyError("x", 2)) == std::vector<std::string>{"MyError: ('x', 2)\n"});  // made in a place that is not known
    CHECK(join(traceback::format_exception_only(ValueError("only"))) == "ValueError: only\n");
}

TEST_CASE("format_exception: the line that made it, if it is known", "[traceback]") {
    try {
        load();
    } catch (KeyError const& e) {
        auto const lines = traceback::format_exception(e);
        REQUIRE(lines.size() == 3);
        CHECK(lines[0] == "Traceback (most recent call last):\n");
        CHECK(lines[1] == "  File \"" + std::string(__FILE__) + "\", line " + std::to_string(e.where().line) + ", in load\n");
        CHECK(lines[2] == "KeyError: 'port'\n");
        CHECK(traceback::format_tb(e) == std::vector<std::string>{lines[1]});
        CHECK(traceback::extract_tb(e).at(0).name == "load");
        CHECK(traceback::format_exc() == join(lines));
        CHECK(traceback::format_exc("limit"_k = 0) == "KeyError: 'port'\n");
        CHECK(traceback::format_exc("limit"_k = None) == join(lines));
    }
    ExceptionGroup const eg("g", ValueError("a", 1, 2));
    auto const lines = traceback::format_exception(eg);
    REQUIRE(lines.size() >= 3);
    CHECK(lines[0] == "  + Exception Group Traceback (most recent call last):\n");
    CHECK(lines[1].starts_with("  |   File \""));
    CHECK(lines[2] == "  | ExceptionGroup: g (1 sub-exception)\n");
    CHECK(traceback::format_exc() == "NoneType: None\n");
}

TEST_CASE("format_exception: cause, context, and what suppresses it", "[traceback]") {
    CHECK(format(caused_by(RuntimeError("r"), KeyError("k"))) ==
          "KeyError: 'k'\n\nThe above exception was the direct cause of the following exception:\n\nRuntimeError: r\n");
    exc_info const second = during(KeyError("k"), [] { return RuntimeError("r"); });
    CHECK(format(second) == "KeyError: 'k'\n\nDuring handling of the above exception, another exception occurred:\n\nRuntimeError: r\n");
    CHECK(format(second, "chain"_k = false) == "RuntimeError: r\n");
    second.value()->suppress_context(true);
    CHECK(format(second) == "RuntimeError: r\n");
    exc_info const none = during(KeyError("k"), [] { return caused_by(RuntimeError("r"), None); });
    CHECK(format(none) == "RuntimeError: r\n");
    exc_info const three = caused_by(OSError("o"), during(KeyError("k"), [] { return RuntimeError("r"); }));
    CHECK(traceback::format_exception(three, "limit"_k = 0).size() == 5);
}

TEST_CASE("format_exception: notes follow the message", "[traceback]") {
    ValueError const e("n");
    e.add_note("one\ntwo");
    e.add_note("");
    CHECK(join(traceback::format_exception_only(e)) == "ValueError: n\none\ntwo\n\n");
    ExceptionGroup const eg("g", e);
    eg.add_note("of the group");
    CHECK(format(eg) ==
          "  | ExceptionGroup: g (1 sub-exception)\n"
          "  | of the group\n"
          "  +-+---------------- 1 ----------------\n"
          "    | ValueError: n\n"
          "    | one\n"
          "    | two\n"
          "    | \n"
          "    +------------------------------------\n");
}

TEST_CASE("format_exception: groups within groups, with causes", "[traceback]") {
    CHECK(format(ExceptionGroup("g", {ValueError("a"), ExceptionGroup("h", {TypeError("b"), KeyError("c\nd")}), OSError("z")})) ==
          "  | ExceptionGroup: g (3 sub-exceptions)\n"
          "  +-+---------------- 1 ----------------\n"
          "    | ValueError: a\n"
          "    +---------------- 2 ----------------\n"
          "    | ExceptionGroup: h (2 sub-exceptions)\n"
          "    +-+---------------- 1 ----------------\n"
          "      | TypeError: b\n"
          "      +---------------- 2 ----------------\n"
          "      | KeyError: 'c\\nd'\n"
          "      +------------------------------------\n"
          "    +---------------- 3 ----------------\n"
          "    | OSError: z\n"
          "    +------------------------------------\n");
    CHECK(format(caused_by(ExceptionGroup("g", caused_by(ValueError("a"), KeyError("b"))), ExceptionGroup("x", OSError(3)))) ==
          "  | ExceptionGroup: x (1 sub-exception)\n"
          "  +-+---------------- 1 ----------------\n"
          "    | OSError: 3\n"
          "    +------------------------------------\n"
          "\n"
          "The above exception was the direct cause of the following exception:\n"
          "\n"
          "  | ExceptionGroup: g (1 sub-exception)\n"
          "  +-+---------------- 1 ----------------\n"
          "    | KeyError: 'b'\n"
          "    | \n"
          "    | The above exception was the direct cause of the following exception:\n"
          "    | \n"
          "    | ValueError: a\n"
          "    +------------------------------------\n");
}

TEST_CASE("format_exception: 15 exceptions of a group are shown, and 10 groups within each other", "[traceback]") {
    auto const of = [](int count) {
        std::vector<exc_info> many;
        for (int i = 0; i != count; ++i) many.push_back(ValueError(i));
        return format(ExceptionGroup("w", many));
    };
    std::string const end = "    +------------------------------------\n";
    CHECK(of(15).ends_with("    +---------------- 15 ----------------\n    | ValueError: 14\n" + end));
    CHECK(of(16).ends_with("    | ValueError: 14\n    +---------------- ... ----------------\n    | and 1 more exception\n" + end));
    CHECK(of(20).ends_with("    | and 5 more exceptions\n" + end));
    exc_info deep = ValueError("deep");
    for (int i = 0; i != 100'000; ++i) deep = ExceptionGroup("d", deep);
    std::string const text = format(deep);
    CHECK(text.ends_with("                    +-+---------------- 1 ----------------\n"
                         "                      | ... (max_group_depth is 10)\n"
                         "                      +------------------------------------\n"));
    CHECK(text.find("deep") == std::string::npos);
}

TEST_CASE("format_exception: what has been shown is not shown again", "[traceback]") {
    ValueError const member("m");
    CHECK(format(caused_by(ExceptionGroup("g", member), member)) ==
          "ValueError: m\n\nThe above exception was the direct cause of the following exception:\n\n"
          "  | ExceptionGroup: g (1 sub-exception)\n"
          "  +-+---------------- 1 ----------------\n"
          "    | ValueError: m\n"
          "    +------------------------------------\n");
    exc_info const shared = KeyError("k");
    CHECK(format(ExceptionGroup("g", {caused_by(ValueError("a"), shared), caused_by(ValueError("b"), shared)})) ==
          "  | ExceptionGroup: g (2 sub-exceptions)\n"
          "  +-+---------------- 1 ----------------\n"
          "    | ValueError: a\n"
          "    +---------------- 2 ----------------\n"
          "    | KeyError: 'k'\n"
          "    | \n"
          "    | The above exception was the direct cause of the following exception:\n"
          "    | \n"
          "    | ValueError: b\n"
          "    +------------------------------------\n");
    exc_info const itself = caused_by(member, member);
    CHECK(format(itself) == "ValueError: m\n");
}

TEST_CASE("format_exception: a chain of 100,000", "[traceback]") {
    exc_info e = ValueError(0);
    for (int i = 1; i != 100'000; ++i) e = during(e, [&] { return ValueError(i); });
    auto const lines = traceback::format_exception(e, "limit"_k = 0);
    CHECK(lines.size() == 199'999);
    CHECK(lines.front() == "ValueError: 0\n");
    CHECK(lines.back() == "ValueError: 99999\n");
}

TEST_CASE("format_exception_only: a SyntaxError shows the place", "[traceback]") {
    CHECK(format(SyntaxError("bad", "filename"_k = "f.py", "lineno"_k = 3, "offset"_k = 5, "text"_k = "   foo bar\n", "end_offset"_k = 8)) ==
          "  File \"f.py\", line 3\n    foo bar\n     ^^^\nSyntaxError: bad\n");
    CHECK(format(SyntaxError("bad")) == "SyntaxError: bad\n");
    CHECK(format(SyntaxError("bad", "filename"_k = "f.py")) == "SyntaxError: bad (f.py)\n");
    CHECK(format(SyntaxError("bad", "lineno"_k = 1, "offset"_k = 2, "text"_k = "\tx")) == "  File \"<string>\", line 1\n    \tx\n    \t^\nSyntaxError: bad\n");
}

TEST_CASE("print_exc and print_exception: to a file or a stream", "[traceback]") {
    std::ostringstream out;
    try {
        throw ValueError("printed");
    } catch (std::exception const& e) {
        traceback::print_exception(e, "file"_k = out, "limit"_k = 0);
        traceback::print_exc("file"_k = out, "chain"_k = false);
    }
    CHECK(out.str().starts_with("ValueError: printed\nTraceback (most recent call last):\n  File \""));
    CHECK(out.str().ends_with("ValueError: printed\n"));
    std::FILE* const file = std::tmpfile();
    REQUIRE(file != nullptr);
    traceback::print_exception(ExceptionGroup("g", ValueError(1)), "file"_k = file, "limit"_k = 0);
    char text[256] = {};
    std::rewind(file);
    std::size_t const size = std::fread(text, 1, sizeof(text), file);
    std::fclose(file);
    CHECK(std::string(text, size) == format(ExceptionGroup("g", ValueError(1))));
}

TEST_CASE("extract_stack: the calls around it, or nothing where there are none to be had", "[traceback]") {
    auto const all = traceback::extract_stack();
    CHECK(all.empty() != traceback::has_stack);
    if (!traceback::has_stack) return;
    CHECK(all.size() > 2);
    CHECK(traceback::extract_stack("limit"_k = 2).size() == 2);
    CHECK(traceback::extract_stack("limit"_k = -1).at(0) == all.at(0));
    for (std::string const& line : traceback::format_stack()) {
        CHECK(line.starts_with("  File \""));
        CHECK(line.ends_with('\n'));
    }
    std::ostringstream out;
    traceback::print_stack("file"_k = out, "limit"_k = 1);
    CHECK(out.str().starts_with("  File \""));
}
