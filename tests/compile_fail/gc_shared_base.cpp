// error: amphis: this base does not begin where the object does
#include <amphis/gc/shared.hpp>

struct Point {
    int x = 0;
#ifdef AMPHIS_OK
    virtual ~Point() = default;
#endif
};
struct Shape : Point {
    virtual double area() const { return 0; }
};

int main() {
    amphis::gc::biased_ptr<Point> const point = amphis::gc::make_biased<Shape>();
    return point->x;
}
