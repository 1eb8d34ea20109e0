// error: amphis: format string: '\{' without '\}'
// error: amphis: format string: '\}' without '\{'
// error: amphis: format string: '\{' in the name of a field
// error: amphis: format string: a field has no '\}'
// error: amphis: format string: a field has no '\}' after its ':' or '!'
// SPDX-License-Identifier: MIT
// A format string that is not closed, or not opened.
#include <amphis/builtins/format.hpp>

using namespace amphis::literals;

int main() {
    std::string out;
#ifdef AMPHIS_OK
    out += "{{"_f();
    out += "50%}}"_f();
    out += "{a}"_f("a"_k = 1);
    out += "{0}"_f(1);
    out += "{:5}"_f(1);
#else
    out += "{"_f();
    out += "50%}"_f();
    out += "{a{}}"_f(1);
    out += "{0"_f(1);
    out += "{:5"_f(1);
#endif
    return static_cast<int>(out.size());
}
