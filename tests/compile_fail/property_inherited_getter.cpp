// error: amphis: only its owner declares a property: property_of<Owner, ...> says who|field 'side' has an inaccessible default constructor
#include <amphis/lang/property.hpp>

struct Shape {
    double width = 1;
    double get_width() const { return width; }
};
struct Named {
    int name = 0;
};
struct Square : Named, Shape {
#ifdef AMPHIS_OK
    [[no_unique_address]] amphis::property_of<Square, "side", &Square::get_width> side;
#else
    [[no_unique_address]] amphis::property<"side", &Square::get_width> side;
#endif
};

int main() {
    Square s;
    return s.side > 2;
}
