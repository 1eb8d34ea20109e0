// error: amphis: partial: the function takes no keywords, its parameters have no names: give them names with def<"x", "y">\(fn\)
#include <amphis/functools.hpp>

namespace ft = amphis::functools;
using namespace amphis::literals;

int main() {
    auto const subtract = [](int a, int b) { return a - b; };
#ifdef AMPHIS_OK
    return ft::partial(amphis::def<"a", "b">(subtract), 3)("b"_k = 3);
#else
    return ft::partial(subtract, 3)("b"_k = 3);
#endif
}
