// error: amphis: format spec: unknown type for a float; there are e E f F g G n %
// error: amphis: format spec: the precision after '\.' is missing
// error: amphis: format spec: the precision is too big
// error: amphis: format spec: unknown type for a complex; there are e E f F g G n
// error: amphis: format spec: a complex is not filled with zeros
// error: amphis: format spec: '=' alignment is not for a complex
// SPDX-License-Identifier: MIT
// Specs that a float does not take.
#include <amphis/builtins/format.hpp>

#include <complex>
#include <string>

using namespace amphis::literals;

int main() {
    std::string out;
#ifdef AMPHIS_OK
    out += "{:.0f}"_f(1.0);
    out += "{:.1f}"_f(1.0);
    out += "{:.20f}"_f(1.0);
    out += "{:f}"_f(std::complex<double>(1, 2));
    out += "{:8}"_f(std::complex<double>(1, 2));
    out += "{:>8}"_f(std::complex<double>(1, 2));
#else
    out += "{:d}"_f(1.0);
    out += "{:.f}"_f(1.0);
    out += "{:.2147483648f}"_f(1.0);
    out += "{:%}"_f(std::complex<double>(1, 2));
    out += "{:08}"_f(std::complex<double>(1, 2));
    out += "{:=8}"_f(std::complex<double>(1, 2));
#endif
    return static_cast<int>(out.size());
}
