// error: amphis: format string: tuple index out of range
// error: amphis: format string: list index out of range
// error: amphis: format string: \[name\] is for maps with string keys; list indices are integers
// error: amphis: format string: a value of this type cannot be indexed
// error: amphis: format string: \[name\] asks a map for a string, and its keys are not strings
// error: amphis: format string: \[1\] asks a map for an int, and its keys are not integers
// SPDX-License-Identifier: MIT
// Items that an argument does not have.
#include <amphis/builtins/format.hpp>

#include <array>
#include <map>
#include <string>
#include <utility>

using namespace amphis::literals;

int main() {
    std::string out;
#ifdef AMPHIS_OK
    out += "{0[1]}"_f(std::pair<int, int>(1, 2));
    out += "{0[1]}"_f(std::array<int, 2>{1, 2});
    out += "{0[0]}"_f(std::array<int, 1>());
    out += "{0}"_f(1);
    out += "{0[1]}"_f(std::map<int, int>{{1, 2}});
    out += "{0[a]}"_f(std::map<std::string, int>{{"a", 1}});
#else
    out += "{0[2]}"_f(std::pair<int, int>(1, 2));
    out += "{0[2]}"_f(std::array<int, 2>{1, 2});
    out += "{0[a]}"_f(std::array<int, 1>());
    out += "{0[0]}"_f(1);
    out += "{0[a]}"_f(std::map<int, int>());
    out += "{0[1]}"_f(std::map<std::string, int>());
#endif
    return static_cast<int>(out.size());
}
