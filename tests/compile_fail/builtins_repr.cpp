// error: amphis: a pointer does not print: print what it points to, \*p, or the comparison p == nullptr
// error: amphis: this range has no const begin\(\): printing would consume it, so collect it into a std::vector first
// error: amphis: this enumeration has no repr
// error: amphis: this type has no repr: give it a member `std::string repr\(\) const`, or define `std::string repr\(T const&\)` in its namespace
// SPDX-License-Identifier: MIT
// Values that have no repr.
#include <amphis/builtins/repr.hpp>

#include <memory>
#include <string>
#include <vector>

enum class color { red };
struct plain {};
struct once {
    int* begin() { return nullptr; }
    int* end() { return nullptr; }
};

int main() {
    int number = 1;
    std::string out;
#ifdef AMPHIS_OK
    out += amphis::repr(number);
    out += amphis::repr(std::vector{number});
#else
    out += amphis::repr(&number);
    out += amphis::repr(std::make_unique<int>(1));
    out += amphis::str(once());
    out += amphis::repr(color::red);
    out += amphis::repr(std::vector<plain>());
#endif
    return out.empty() ? 1 : number;
}
