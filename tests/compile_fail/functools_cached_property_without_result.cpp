// error: amphis: cached_property needs a function that returns a value
#include <amphis/functools.hpp>

namespace ft = amphis::functools;
using namespace amphis::literals;

constexpr auto multiply = amphis::def<"x", "y">([](int x, int y) { return x * y; });

struct Circle {
    double area() const { return 1; }
    double scaled(double by) const { return by; }
    void draw() const {}
#ifdef AMPHIS_OK
    ft::cached_property<&Circle::area> value{this};
#else
    ft::cached_property<&Circle::draw> value{this};
#endif
};

int main() {
#ifdef AMPHIS_OK
    return Circle().value > 0;
#else
    (void)Circle().value;
#endif
}
