// error: amphis: cmp_to_key takes a function of two objects to compare
#include <amphis/functools.hpp>

namespace ft = amphis::functools;
using namespace amphis::literals;

constexpr auto multiply = amphis::def<"x", "y">([](int x, int y) { return x * y; });

int main() {
#ifdef AMPHIS_OK
    constexpr auto key = ft::cmp_to_key([](int a, int b) { return a - b; });
    return key(1) < key(2);
#else
    constexpr auto key = ft::cmp_to_key([](int a) { return a; });
    return key(1) < key(2);
#endif
}
