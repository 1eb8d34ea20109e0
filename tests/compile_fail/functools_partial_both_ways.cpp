// error: amphis: got multiple values for an argument
// error: "x"
#include <amphis/functools.hpp>

namespace ft = amphis::functools;
using namespace amphis::literals;

constexpr auto multiply = amphis::def<"x", "y">([](int x, int y) { return x * y; });

int main() {
#ifdef AMPHIS_OK
    return ft::partial(multiply, 1)("y"_k = 2);
#else
    return ft::partial(multiply, 1)(2, "x"_k = 2);
#endif
}
