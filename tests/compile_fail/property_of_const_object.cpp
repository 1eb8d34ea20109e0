// error: amphis: the object is const, and the setter of its property is not
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
    Circle& k = c;
    k.radius = 2;
#else
    Circle const& k = c;
    k.radius = 2;
#endif
}
