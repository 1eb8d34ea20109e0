// error: amphis: keyword argument repeated
// error: "x"
#include <amphis/lang/function.hpp>

using namespace amphis::literals;

constexpr auto multiply = amphis::def<"x", "y">([](int x, int y) { return x * y; });

int main() {
#ifdef AMPHIS_OK
    return multiply("x"_k = 1, "y"_k = 2);
#else
    return multiply("x"_k = 1, "x"_k = 2);
#endif
}
