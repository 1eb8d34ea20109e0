// color: members, names and values
#include <amphis/builtins.hpp>
#include <amphis/enum.hpp>
#include <amphis/lang/exceptions.hpp>

namespace enum_ = amphis::enum_;
using amphis::len, amphis::print, amphis::repr;
using namespace amphis::literals;
using namespace amphis::enum_::operators;

// --- Three enumerations
enum class Color { RED = 1, GREEN = 2, BLUE = 3 };
enum class Level { LOW = 1, HIGH = 10 };
enum class Key { SHIFT, CTRL };
template <>
inline constexpr auto amphis::enum_::kind<Level> = amphis::enum_::IntEnum;
template <>
inline constexpr auto amphis::enum_::kind<Key> = amphis::enum_::StrEnum;

int main() {
    // --- A member, its name and its value
    print(Color::RED, repr(Color::GREEN));
    print(enum_::name(Color::RED), enum_::value(Color::RED));

    // --- All members
    for (auto color : enum_::members<Color>()) print(enum_::name(color), enum_::value(color));
    print(enum_::members<Color>(), len(enum_::members<Color>()));

    // --- By name and by value
    print(enum_::by_name<Color>("BLUE"), enum_::by_value<Color>(2));
    try {
        print(enum_::by_name<Color>("PURPLE"));
    } catch (amphis::KeyError const& e) {
        print("KeyError:", e);
    }
    try {
        print(enum_::by_value<Color>(5));
    } catch (amphis::ValueError const& e) {
        print("ValueError:", e);
    }

    // --- Members that are numbers, members that are strings
    print(Level::HIGH, repr(Level::HIGH), Level::LOW < 5, Level::HIGH == 10);
    print(Key::SHIFT, repr(Key::SHIFT), enum_::name(enum_::by_value<Key>("ctrl")));

    // --- In format strings and as keys
    print("{:>10}|{:04}|{:<6}|"_f(Color::RED, Level::HIGH, Key::CTRL));
    print(std::map<Color, std::string>{{Color::RED, "apple"}, {Color::GREEN, "pear"}});
}
