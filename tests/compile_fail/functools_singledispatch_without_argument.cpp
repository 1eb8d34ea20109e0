// error: amphis: a singledispatch function requires at least 1 positional argument
#include <amphis/functools.hpp>

namespace ft = amphis::functools;
using namespace amphis::literals;

constexpr auto multiply = amphis::def<"x", "y">([](int x, int y) { return x * y; });

constexpr auto f = ft::singledispatch([](auto const&) { return 0; });

int main() {
#ifdef AMPHIS_OK
    return f(1);
#else
    f();
#endif
}
