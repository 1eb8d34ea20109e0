// error: amphis: format spec: unknown type for a str
// SPDX-License-Identifier: MIT
// A member formats as its str, so 'd' is no code for it.
#include <amphis/builtins.hpp>
#include <amphis/enum.hpp>

using namespace amphis::literals;
enum class Color { RED = 1 };
int main() {
#ifdef AMPHIS_OK
    return static_cast<int>("{:>10}"_f(Color::RED).size());
#else
    return static_cast<int>("{:d}"_f(Color::RED).size());
#endif
}
