// property: an attribute whose reads and writes are calls
#include <amphis/builtins.hpp>
#include <amphis/lang/property.hpp>

using amphis::print, amphis::property;
using namespace amphis::literals;

// --- The class
class Circle {
    double radius_;

    double get_radius() const { return radius_; }
    void set_radius(double value) {
        if (value < 0) throw amphis::ValueError("Radius cannot be negative");
        radius_ = value;
    }
    void del_radius() {
        print("back to the unit circle");
        radius_ = 1;
    }
    double get_area() const { return 3.0 * radius_ * radius_; }

public:
    explicit Circle(double r) : radius_(r) {}
    [[no_unique_address]] property<"radius", &Circle::get_radius, &Circle::set_radius, &Circle::del_radius> radius;
    [[no_unique_address]] property<"area", &Circle::get_area> area;
};
static_assert(amphis::in_place<&Circle::radius, &Circle::area> && sizeof(Circle) == sizeof(double));

int main() {
    // --- Reads and writes look like those of a member
    Circle c(5);
    print(c.radius, c.area);
    c.radius = 10;
    c.radius += 1;
    print(c.radius, c.area);

    // --- The setter checks, whichever way the value comes
    for (double change : {-1.0, -12.0}) {
        try {
            c.radius = change == -1 ? change : c.radius + change;
        } catch (amphis::ValueError const& error) {
            print("ValueError:", error);
        }
    }
    print(c.radius);

    // --- It is used as its value
    print(c.radius * 2, c.radius == 11, "{:.2f}"_f(c.area), amphis::round(c.area));
    Circle other(2);
    other.radius = c.radius;
    print(other.radius);

    // --- The deleter
    other.radius.del();
    print(other.radius);
}
