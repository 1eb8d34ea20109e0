// error: amphis: total_ordering: must define ==
#include <amphis/functools.hpp>

namespace ft = amphis::functools;
using namespace amphis::literals;

constexpr auto multiply = amphis::def<"x", "y">([](int x, int y) { return x * y; });

struct Point : ft::total_ordering {
    friend bool operator<(Point const&, Point const&) { return false; }
#ifdef AMPHIS_OK
    friend bool operator==(Point const&, Point const&) = default;
#endif
};

int main() {
#ifdef AMPHIS_OK
    return Point() <= Point();
#else
    return Point() <= Point();
#endif
}
