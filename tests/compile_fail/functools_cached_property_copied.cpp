// error: private|friend
#include <amphis/functools.hpp>

namespace ft = amphis::functools;
using namespace amphis::literals;

constexpr auto multiply = amphis::def<"x", "y">([](int x, int y) { return x * y; });

struct Circle {
    double compute_area() const { return 1; }
    ft::cached_property<&Circle::compute_area> area{this};
};

int main() {
#ifdef AMPHIS_OK
    Circle c;
    double const area = c.area;
    return area > 0;
#else
    Circle c;
    auto const area = c.area;
    return area > 0;
#endif
}
