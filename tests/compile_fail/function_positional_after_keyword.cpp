// error: amphis: positional argument follows keyword argument
// error: "y"
#include <amphis/lang/function.hpp>

using namespace amphis::literals;

constexpr auto multiply = amphis::def<"x", "y">([](int x, int y) { return x * y; });

int main() {
#ifdef AMPHIS_OK
    return multiply(2, "y"_k = 3);
#else
    return multiply("y"_k = 3, 2);
#endif
}
