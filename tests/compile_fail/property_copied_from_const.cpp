// error: amphis: a property is not copied out of its object: write auto x = c.x.get\(\)
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
    Circle const k;
    double const radius = k.radius;
    return radius > c.radius;
#else
    Circle const k;
    auto const radius = k.radius;
    return radius > c.radius;
#endif
}
