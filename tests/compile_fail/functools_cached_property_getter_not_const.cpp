// error: amphis: cached_property: the getter is not const: make it const, or print \*c.area
#include <amphis/builtins.hpp>
#include <amphis/functools.hpp>

namespace ft = amphis::functools;

struct Circle {
    double compute_area() { return 1; }
    ft::cached_property<&Circle::compute_area> area{this};
};

int main() {
    Circle c;
#ifdef AMPHIS_OK
    amphis::print(*c.area);
#else
    amphis::print(c.area);
#endif
}
