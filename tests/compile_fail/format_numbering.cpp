// error: amphis: format string: \{\} and \{0\} are mixed
// error: amphis: format string: \{0\} and \{\} are mixed
// SPDX-License-Identifier: MIT
// Fields numbered by hand and not, in one string.
#include <amphis/builtins/format.hpp>

using namespace amphis::literals;

int main() {
    std::string out;
#ifdef AMPHIS_OK
    out += "{} {}"_f(1, 1);
    out += "{0} {0}"_f(1);
#else
    out += "{} {0}"_f(1);
    out += "{0} {}"_f(1);
#endif
    return static_cast<int>(out.size());
}
