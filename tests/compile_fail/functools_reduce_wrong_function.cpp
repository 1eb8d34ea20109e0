// error: amphis: reduce\(\) arg 1 must be callable with the accumulated value and an element
#include <amphis/functools.hpp>

namespace ft = amphis::functools;
using namespace amphis::literals;

constexpr auto multiply = amphis::def<"x", "y">([](int x, int y) { return x * y; });

int main() {
#ifdef AMPHIS_OK
    int const v[] = {1, 2};
    return ft::reduce([](int a, int b) { return a + b; }, v, 1);
#else
    int const v[] = {1, 2};
    (void)ft::reduce([](int a) { return a; }, v, 1);
#endif
}
