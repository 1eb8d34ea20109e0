// error: amphis: the first argument of partial must be callable
#include <amphis/functools.hpp>

namespace ft = amphis::functools;
using namespace amphis::literals;

constexpr auto multiply = amphis::def<"x", "y">([](int x, int y) { return x * y; });

int main() {
#ifdef AMPHIS_OK
    return ft::partial(multiply, 2)(3);
#else
    (void)ft::partial(3);
#endif
}
