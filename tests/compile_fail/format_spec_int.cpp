// error: amphis: format spec: unknown type for an int; there are b c d o x X n
// error: amphis: format spec: an int has no precision
// error: amphis: format spec: 'z' is for floats
// error: amphis: format spec: the type c has no sign
// error: amphis: format spec: '#' does not go with the type c
// error: amphis: format spec: ',' and '_' cannot be given both
// error: amphis: format spec: ',' and '_' do not go with this type
// error: amphis: format spec: it must be \[\[fill\]align\]\[sign\]
// error: amphis: format spec: width or precision has too many digits
// SPDX-License-Identifier: MIT
// Specs that an int does not take.
#include <amphis/builtins/format.hpp>

using namespace amphis::literals;

int main() {
    std::string out;
#ifdef AMPHIS_OK
    out += "{!s:s}"_f(1);
    out += "{:.2f}"_f(1);
    out += "{:zf}"_f(1);
    out += "{:c}"_f(65);
    out += "{:#x}"_f(65);
    out += "{:_}"_f(1);
    out += "{:_x}"_f(1);
    out += "{:5>5d}"_f(true);
    out += "{:9}"_f(1);
#else
    out += "{:s}"_f(1);
    out += "{:.2}"_f(1);
    out += "{:z}"_f(1);
    out += "{:+c}"_f(65);
    out += "{:#c}"_f(65);
    out += "{:,_}"_f(1);
    out += "{:,x}"_f(1);
    out += "{:5>5dd}"_f(true);
    out += "{:99999999999999999999}"_f(1);
#endif
    return static_cast<int>(out.size());
}
