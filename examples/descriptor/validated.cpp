// descriptors: attributes that check what is assigned to them
#include <amphis/builtins.hpp>
#include <amphis/lang/descriptor.hpp>

#include <string>
#include <utility>

using amphis::print;

// --- Validators
using amphis::at_least, amphis::attribute, amphis::one_of;  // a class of yours with a static validate(value) is one, too

// --- A class with checked attributes
struct Component {
    attribute<"kind", std::string, one_of<"wood", "metal", "plastic">> kind;
    attribute<"quantity", int, at_least<0>> quantity;
};
static_assert(sizeof(Component::quantity) == sizeof(int));

int main() {
    // --- Wrong values do not get in
    for (auto [kind, quantity] : {std::pair("metle", 5), {"metal", -5}, {"metal", 5}}) {
        try {
            Component c{kind, quantity};
            print(c.kind, c.quantity);
        } catch (amphis::ValueError const& error) {
            print("ValueError:", error);
        }
    }
    // --- Nor later
    Component c{"metal", 5};
    try {
        c.quantity -= 6;
    } catch (amphis::ValueError const& error) {
        print("ValueError:", error, "- still", c.quantity);
    }
}
