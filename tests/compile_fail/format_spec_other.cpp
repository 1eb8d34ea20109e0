// error: amphis: format spec: a value of this type takes no format spec
// SPDX-License-Identifier: MIT
// A spec for a type that takes none.
#include <amphis/builtins/format.hpp>

#include <string>
#include <vector>

using namespace amphis::literals;

int main() {
    std::string out;
#ifdef AMPHIS_OK
    out += "{!s:>10}"_f(std::vector<int>());
#else
    out += "{:>10}"_f(std::vector<int>());
#endif
    return static_cast<int>(out.size());
}
