// __str__ for readers, __repr__ for programmers
#include <amphis/builtins.hpp>

#include <map>
#include <string>
#include <vector>

using amphis::len, amphis::print, amphis::repr, amphis::str;
using namespace amphis::literals;

// --- A type with both
struct Money {
    int cents;
    std::string currency;

    std::string repr() const { return "Money({!r}, {!r})"_f(cents, currency); }
    std::string str() const { return "{:.2f} {}"_f(cents / 100.0, currency); }
};

// --- A type with only one: str falls back to repr
namespace geometry {
struct Point {
    int x, y;
};
std::string repr(Point const& p) { return "Point({}, {})"_f(p.x, p.y); }  // beside a type you would rather not change
}  // namespace geometry

int main() {
    // --- Which one is called
    using geometry::Point;
    Money const price{1250, "EUR"};
    print(price);
    print(str(price), repr(price));
    print("{} or {!r}"_f(price, price));
    print(Point{1, 2}, str(Point{1, 2}) == repr(Point{1, 2}));

    // --- A container shows the repr of what it holds
    print(std::vector{price}, std::map<std::string, Point>{{"start", {0, 0}}});

    // --- A string shows the difference
    std::string const quote = "it's\n";
    print(repr(quote), len(quote));
    print(str(3.0) == repr(3.0), str("a") == repr("a"));
}
