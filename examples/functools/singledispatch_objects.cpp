// singledispatch on objects: each by its own class, which only the running program knows (needs RTTI)
#include <amphis/builtins.hpp>
#include <amphis/functools.hpp>

#include <memory>
#include <string>
#include <vector>

using amphis::print, amphis::functools::singledispatch;
using Text = std::string;

struct Shape {
    virtual ~Shape() = default;
};
struct Circle : Shape {};
struct Disk : Circle {};
struct Square : Shape {};

int main() {
    // --- A function for some of the classes
    auto const describe = singledispatch([](auto const&) { return Text("something"); })
                              .register_<Shape>([](auto const&) { return Text("a shape"); })
                              .register_<Circle>([](auto const&) { return Text("a circle"); });

    // --- A list of objects, each by its own class
    std::vector<std::unique_ptr<Shape>> shapes;
    shapes.push_back(std::make_unique<Shape>());
    shapes.push_back(std::make_unique<Circle>());
    shapes.push_back(std::make_unique<Disk>());
    shapes.push_back(std::make_unique<Square>());
    std::vector<Text> texts;
    for (auto const& shape : shapes) texts.push_back(describe(*shape));  // by the object's class, not by the pointer's
    print(texts);
}
