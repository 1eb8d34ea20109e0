// error: amphis: register_ cannot read the parameter's type of a generic function
#include <amphis/functools.hpp>

namespace ft = amphis::functools;
using namespace amphis::literals;

constexpr auto multiply = amphis::def<"x", "y">([](int x, int y) { return x * y; });

constexpr auto f = ft::singledispatch([](auto const&) { return 0; });

int main() {
#ifdef AMPHIS_OK
    return f.register_<int>([](auto x) { return x; })(1);
#else
    (void)f.register_([](auto x) { return x; });
#endif
}
