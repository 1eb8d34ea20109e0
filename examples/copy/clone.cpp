// Cloning: a copy of the class that the object is
#include <amphis/builtins.hpp>
#include <amphis/copy.hpp>

#include <map>
#include <memory>

using amphis::print;
namespace copy = amphis::copy;
using namespace amphis::literals;

// --- A base class, and two that derive from it
struct Shape {
    virtual ~Shape() = default;
    virtual std::unique_ptr<Shape> clone() const = 0;
    virtual std::string describe() const = 0;
};
struct Circle : copy::clonable<Circle, Shape> {
    int radius;
    explicit Circle(int r) : radius(r) {}
    std::string describe() const override { return "circle of radius {}"_f(radius); }
};
struct Square : copy::clonable<Square, Shape> {
    int side;
    explicit Square(int s) : side(s) {}
    std::string describe() const override { return "square of side {}"_f(side); }
};

// --- A copy, whatever the class
void twice(Shape const& shape) {
    print(shape.describe());
    print(copy::clone(shape)->describe());
}

int main() {
    twice(Circle(2));
    twice(Square(3));

    // --- A drawing that shows one shape twice
    auto const circle = std::make_shared<Circle>(5);
    std::vector<std::shared_ptr<Shape>> const drawing{circle, std::make_shared<Square>(1), circle};
    auto const other = copy::deepcopy(drawing);
    print(amphis::list([](auto const& shape) { return shape->describe(); }, amphis::for_(other)));
    print(other[0] == circle, other[0] == other[2]);

    // --- Prototypes: copies of what is registered by name
    std::map<std::string, std::shared_ptr<Shape>> const prototypes{{"dot", std::make_shared<Circle>(1)}, {"box", std::make_shared<Square>(10)}};
    print(copy::deepcopy(prototypes.at("dot"))->describe());
    print(copy::deepcopy(prototypes.at("box"))->describe());
}
