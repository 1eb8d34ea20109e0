// error: amphis: wraps takes the function that is wrapped
#include <amphis/functools.hpp>

namespace ft = amphis::functools;
using namespace amphis::literals;

constexpr auto multiply = amphis::def<"x", "y">([](int x, int y) { return x * y; });

int main() {
#ifdef AMPHIS_OK
    return ft::wraps(multiply)([](int x) { return x; })(1);
#else
    (void)ft::wraps(3);
#endif
}
