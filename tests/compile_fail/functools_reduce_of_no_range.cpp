// error: amphis: reduce\(\) arg 2 must support iteration
#include <amphis/functools.hpp>

namespace ft = amphis::functools;
using namespace amphis::literals;

constexpr auto multiply = amphis::def<"x", "y">([](int x, int y) { return x * y; });

int main() {
#ifdef AMPHIS_OK
    int const v[] = {1, 2};
    return ft::reduce(multiply, v, 1);
#else
    return ft::reduce(multiply, 3, 1);
#endif
}
