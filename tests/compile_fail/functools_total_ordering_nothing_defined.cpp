// error: amphis: total_ordering: must define at least one ordering operation: < > <= >=
#include <amphis/functools.hpp>

namespace ft = amphis::functools;
using namespace amphis::literals;

constexpr auto multiply = amphis::def<"x", "y">([](int x, int y) { return x * y; });

struct Point : ft::total_ordering {
    friend bool operator==(Point const&, Point const&) = default;
#ifdef AMPHIS_OK
    friend bool operator<(Point const&, Point const&) { return false; }
#endif
};

int main() {
#ifdef AMPHIS_OK
    return Point() >= Point();
#else
    return Point() >= Point();
#endif
}
