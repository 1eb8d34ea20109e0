// error: amphis: property of object has no deleter
#include <amphis/lang/property.hpp>

class Circle {
    double radius_ = 1;
    double get_radius() const { return radius_; }
    void set_radius(double value) { radius_ = value; }

public:
    [[no_unique_address]] amphis::property<"radius", &Circle::get_radius, &Circle::set_radius> radius;
    [[no_unique_address]] amphis::property<"diameter", &Circle::get_radius> diameter;
};

int main() {
    Circle c;
#ifdef AMPHIS_OK
    c.radius = 0;
#else
    c.radius.del();
#endif
}
