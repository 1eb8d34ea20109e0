// slots: objects that hold their members and nothing else
#include <amphis/builtins.hpp>
#include <amphis/lang/descriptor.hpp>

#include <map>
#include <string>

using amphis::print;

// --- The same class with and without slots
struct Point {
    double x = 0, y = 0;
};
using point = amphis::slots<&Point::x, &Point::y>;

struct LoosePoint {
    std::map<std::string, double> dict{{"x", 0}, {"y", 0}};
};

int main() {
    Point p{1, 2};
    LoosePoint loose{{{"x", 1}, {"y", 2}}};

    // --- The names are known, and there are no others
    print(point::names);
    point::setattr(p, "x", 3);
    print(p.x, point::getattr(p, "y"));
    try {
        point::setattr(p, "z", 4);
    } catch (amphis::AttributeError const& error) {
        print("AttributeError:", error);
    }

    // --- Without slots any name will do
    loose.dict["z"] = 4;
    print(loose.dict["z"], amphis::list([](auto const& item) { return item.first; }, amphis::for_(loose.dict)));

    // --- What that costs
    constexpr auto has_dict = [](auto const& object) { return requires { object.dict; }; };
    print(has_dict(p), has_dict(loose));
    print(sizeof(Point) < sizeof(LoosePoint));
}
