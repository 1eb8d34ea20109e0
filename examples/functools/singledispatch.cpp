// singledispatch: one function, implemented by type
#include <amphis/builtins.hpp>
#include <amphis/functools.hpp>

#include <string>
#include <variant>
#include <vector>

using amphis::print, amphis::functools::singledispatch;
using Text = std::string;
using Item = std::variant<std::monostate, int, Text>;  // a list of anything, made of what it can hold

struct Shape {};
struct Circle : Shape {};
struct Disk : Circle {};

int main() {
    // --- A function for each type
    auto const describe_item = singledispatch([](auto const&) { return Text("something"); })
                                   .register_([](int value) { return "the int " + std::to_string(value); })
                                   .register_<Text>([](auto const& value) { return std::to_string(value.size()) + " characters"; });
    auto const describe = describe_item.register_([&](std::vector<Item> const& items) {
        Text text;
        for (Item const& item : items) text += (text.empty() ? "a list of " : ", ") + describe_item(item);
        return text;
    });

    // --- The type of the first argument decides
    print(describe(42));
    print(describe(Text("text")));
    print(describe(std::vector<Item>{1, "a", {}}));
    print(describe(2.5));

    // --- A class counts as its nearest registered base
    auto const describe_all = describe.register_<Shape>([](auto const&) { return Text("a shape"); })  //
                                  .register_<Circle>([](auto const&) { return Text("a circle"); });
    print(std::vector{describe_all(Shape()), describe_all(Circle()), describe_all(Disk())});

    // --- Which function would be called
    print(describe_all.dispatch<Disk>()(Disk()), "-", describe_all.dispatch<float>()(2.5F));
}
