// error: amphis: format string: the conversion after '!' is missing
// error: amphis: format string: unknown conversion; there are !r, !s and !a
// error: amphis: format string: ':' or '\}' must follow the conversion
// error: amphis: format string: nothing follows '\.'
// error: amphis: format string: only '\.' or '\[' may follow '\]'
// error: amphis: format string: the number of an argument has too many digits
// error: amphis: format string: a field inside a spec cannot have fields in its own spec
// SPDX-License-Identifier: MIT
// Fields that str.format does not know.
#include <amphis/builtins/format.hpp>

using namespace amphis::literals;

int main() {
    std::string out;
#ifdef AMPHIS_OK
    out += "{!s}"_f(1);
    out += "{!a}"_f(1);
    out += "{!r:5}"_f(1);
    out += "{0}"_f(1);
    out += "{0[1]}"_f("ab");
    out += "{0}"_f(1);
    out += "{:{}}"_f(1, 2);
#else
    out += "{!"_f(1);
    out += "{!x}"_f(1);
    out += "{!r5}"_f(1);
    out += "{0.}"_f(1);
    out += "{0[1]x}"_f("ab");
    out += "{99999999999999999999}"_f(1);
    out += "{:{:{}}}"_f(1, 2, 3);
#endif
    return static_cast<int>(out.size());
}
