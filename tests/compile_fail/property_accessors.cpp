// error: amphis: a property's getter takes no arguments
// error: amphis: a property's getter returns a value
// error: amphis: a property's setter takes one value: void set_radius\(double value\)
// error: amphis: a generic function does not say whose property it is: write property_of<Circle, "radius", ...>
// error: amphis: a property has a getter, a setter or a deleter: property<"radius", &Circle::get_radius>
#include <amphis/lang/property.hpp>

using amphis::property;
using amphis::property_of;

struct Circle {
    double get() const { return 1; }
    double scaled(double by) const { return by; }
    void nothing() const {}
    void set(double) {}
    void set_both(double, double) {}
#ifdef AMPHIS_OK
    [[no_unique_address]] property<"a", &Circle::get> a;
    [[no_unique_address]] property_of<Circle, "b", [](auto const& self) { return self.get(); }> b;
    [[no_unique_address]] property<"c", &Circle::get, &Circle::set> c;
#else
    [[no_unique_address]] property<"a", &Circle::scaled> a;
    [[no_unique_address]] property<"b", &Circle::nothing> b;
    [[no_unique_address]] property<"c", &Circle::get, &Circle::set_both> c;
    [[no_unique_address]] property<"d", [](auto const& self) { return self.get(); }> d;
    [[no_unique_address]] property<"e", nullptr> e;
#endif
};

int main() { return static_cast<int>(Circle().a.get()); }
