// error: amphis: format spec: unknown type for a str; there is s
// error: amphis: format spec: a str has no sign
// error: amphis: format spec: 'z' is for floats, not for a str
// error: amphis: format spec: '#' is for numbers, not for a str
// error: amphis: format spec: '=' alignment is for numbers, not for a str
// SPDX-License-Identifier: MIT
// Specs that a str does not take.
#include <amphis/builtins/format.hpp>

using namespace amphis::literals;

int main() {
    std::string out;
#ifdef AMPHIS_OK
    out += "{:s}"_f("a");
    out += "{:>2}"_f("a");
    out += "{:z<2}"_f("a");
    out += "{:#<2}"_f("a");
    out += "{:<5}"_f(std::string("a"));
#else
    out += "{:d}"_f("a");
    out += "{:+}"_f("a");
    out += "{:z}"_f("a");
    out += "{:#}"_f("a");
    out += "{:=5}"_f(std::string("a"));
#endif
    return static_cast<int>(out.size());
}
