// cached_property: an attribute computed when it is first read
#include <amphis/builtins.hpp>
#include <amphis/functools.hpp>

using amphis::print;

// --- The class
struct Circle {
    double radius = 0;

    double compute_area() const {
        print("computing");
        if (radius < 0) throw amphis::ValueError("Radius cannot be negative");
        return 3.0 * radius * radius;
    }
    amphis::functools::cached_property<&Circle::compute_area, "area"> area{this};
};

int main() {
    // --- Computed once
    Circle c{.radius = 2};
    print(c.area);
    print(c.area);

    // --- It is kept, even where it is out of date
    c.radius = 10;
    print(c.area);

    // --- del forgets it: the next read computes again
    c.area.del();
    print(c.area);

    // --- Assigned, it is an attribute like any other
    c.area = 1;
    print(c.area);

    // --- A copy has the kept value, and its own life
    Circle d = c;
    d.area.del();
    print(d.area, c.area);

    // --- A getter that raises keeps nothing
    Circle e{.radius = -1};
    for (int i = 0; i < 2; ++i) {
        try {
            print(e.area);
        } catch (amphis::ValueError const& error) {
            print("ValueError:", error);
        }
    }
    try {
        e.area.del();
    } catch (amphis::AttributeError const& error) {
        print("AttributeError:", error);
    }
}
