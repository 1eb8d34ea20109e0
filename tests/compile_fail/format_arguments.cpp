// error: amphis: format string: too few positional arguments are given
// error: amphis: format string: no argument named in the format is given
// error: amphis: format string: a positional argument follows a keyword argument
// error: amphis: format string: a keyword argument is repeated
// SPDX-License-Identifier: MIT
// Arguments that do not go with the fields.
#include <amphis/builtins/format.hpp>

using namespace amphis::literals;

int main() {
    std::string out;
#ifdef AMPHIS_OK
    out += "{} {}"_f(1, 2);
    out += "{x} {y}"_f("x"_k = 1, "y"_k = 2);
    out += "{} {x}"_f(2, "x"_k = 1);
    out += "{x}"_f("x"_k = 1);
#else
    out += "{} {}"_f(1);
    out += "{x} {y}"_f("x"_k = 1);
    out += "{} {x}"_f("x"_k = 1, 2);
    out += "{x}"_f("x"_k = 1, "x"_k = 2);
#endif
    return static_cast<int>(out.size());
}
