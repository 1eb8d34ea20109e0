// error: amphis: got an unexpected keyword argument
// error: "z"
#include <amphis/functools.hpp>

namespace ft = amphis::functools;
using namespace amphis::literals;

constexpr auto multiply = amphis::def<"x", "y">([](int x, int y) { return x * y; });

int main() {
#ifdef AMPHIS_OK
    return ft::partial(multiply, "y"_k = 2)(1);
#else
    return ft::partial(multiply, "z"_k = 2)(1);
#endif
}
