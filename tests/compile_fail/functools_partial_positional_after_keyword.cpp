// error: amphis: positional argument follows keyword argument
#include <amphis/functools.hpp>

namespace ft = amphis::functools;
using namespace amphis::literals;

constexpr auto multiply = amphis::def<"x", "y">([](int x, int y) { return x * y; });

int main() {
#ifdef AMPHIS_OK
    return ft::partial(multiply, 1, "y"_k = 2)();
#else
    (void)ft::partial(multiply, "y"_k = 2, 1);
#endif
}
