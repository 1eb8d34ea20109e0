// error: amphis: what fn returns must be a value that reduce\(\) can give it again
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
    (void)ft::reduce([](int, int) { return "text"; }, v, 1);
#endif
}
