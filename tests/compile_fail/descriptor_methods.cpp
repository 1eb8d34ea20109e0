// error: amphis: a classmethod's function takes the class, then these arguments: \[\]\(auto cls, int year\) \{ return cls\(year\); \}
// error: amphis: slots names data members: slots<&Point::x, &Point::y>
#include <amphis/lang/descriptor.hpp>

struct Point {
    int x = 0;
    int norm() const { return x; }
    static constexpr auto make = amphis::classmethod<Point>([](auto cls, int x) { return cls(x); });
};

int main() {
    Point p;
#ifdef AMPHIS_OK
    p = Point::make(1);
    amphis::slots<&Point::x>::setattr(p, "x", 2);
#else
    Point::make("one", "two");
    amphis::slots<&Point::norm>::setattr(p, "x", 2);
#endif
    return p.x;
}
