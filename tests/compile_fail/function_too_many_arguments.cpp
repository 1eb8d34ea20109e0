// error: amphis: the call gives more positional arguments than the function takes
#include <amphis/lang/function.hpp>

using namespace amphis::literals;

constexpr auto multiply = amphis::def<"x", "y">([](int x, int y) { return x * y; });

int main() {
#ifdef AMPHIS_OK
    return multiply(1, 2);
#else
    return multiply(1, 2, 3);
#endif
}
