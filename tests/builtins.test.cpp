// SPDX-License-Identifier: MIT
// builtins.hpp alone: the names are there, and the printing lines of a first program print what CPython prints.
#include <amphis/builtins.hpp>

#include <string>
#include <string_view>
#include <vector>

#include "support/catch.hpp"

namespace {

struct memo {
    std::string text;
    void write(std::string_view s) { text += s; }
};

TEST_CASE("builtins: a first program", "[builtins]") {
    using amphis::print, amphis::repr, amphis::format;
    using namespace amphis::literals;
    memo out;
    print(1.0, 1e16, 0.1 + 0.2, true, amphis::None, "sep"_k = ", ", "file"_k = out);
    print(repr(std::map<std::string, std::vector<int>>{{"a", {1, 2}}, {"b", {}}}), "file"_k = out);
    print("{:>8}|{:.4f}|{:,}|{n:#x}"_f("py", 3.14159, 1234567, "n"_k = 255), "file"_k = out);
    print(format(-1234.5, "+012,.2f"), format("py", "*^6"), "file"_k = out);
    print(amphis::divmod(-7, 2), amphis::round(2.5), "file"_k = out);
    try {
        amphis::divmod(1, 0);
    } catch (amphis::ZeroDivisionError const& e) {
        print(repr(e), "file"_k = out);
    }
    CHECK(out.text ==
          "1.0, 1e+16, 0.30000000000000004, True, None\n"
          "{'a': [1, 2], 'b': []}\n"
          "      py|3.1416|1,234,567|0xff\n"
          "-0,001,234.50 **py**\n"
          "(-4, 1) 2\n"
          "ZeroDivisionError('integer division or modulo by zero')\n");
}

TEST_CASE("builtins: objects, so that a name is an argument as in Python", "[builtins]") {
    std::vector<std::string> const words{"pear", "fig"};
    std::string lengths;
    for (auto const& function : {&amphis::len}) lengths += amphis::repr((*function)(words[0]));
    CHECK(lengths == "4");
    CHECK(amphis::max(-3, 2, amphis::detail::keyword<"key">() = amphis::abs) == -3);
}

}  // namespace
