// error: amphis: format string: this type has no attribute of that name
// SPDX-License-Identifier: MIT
// An attribute that a type does not tell of.
#include <amphis/builtins/format.hpp>

#include <string>

using namespace amphis::literals;

struct point {
    int x = 0;
};

int main() {
    std::string out;
#ifdef AMPHIS_OK
    out += "{}"_f(point().x);
#else
    out += "{0.x}"_f(point());
#endif
    return static_cast<int>(out.size());
}
