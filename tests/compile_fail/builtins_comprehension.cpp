// error: amphis: list\(\)/genexpr\(\) takes a function and then clauses
// error: amphis: the first clause of list\(\)/genexpr\(\) is for_\(range\)
// error: amphis: list\(\)/genexpr\(\) takes a function of the variables of its for_ clauses
// error: amphis: if_\(\) takes a function of the variables of the for_ clauses before it
// error: amphis: for_\(\) takes a range, or a function of the variables
// SPDX-License-Identifier: MIT
// Comprehensions whose parts do not fit.
#include <amphis/builtins.hpp>

#include <string>
#include <vector>

int main() {
    using amphis::for_, amphis::genexpr, amphis::if_, amphis::range;
    auto const length = [](std::string const& s) { return s.size(); };
    auto const odd = [](int x) { return x % 2 != 0; };
#ifdef AMPHIS_OK
    static_cast<void>(genexpr(odd, for_(range(3)), if_(odd)));
    static_cast<void>(genexpr(length, for_(std::vector<std::string>{"a"})));
#else
    genexpr(odd, range(3));
    genexpr(odd, if_(odd));
    genexpr(length, for_(range(3)));
    genexpr(odd, for_(range(3)), if_(length));
    genexpr(odd, for_(range(3)), for_(length));
#endif
}
