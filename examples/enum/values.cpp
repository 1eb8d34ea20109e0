// values: members that stand for something else than a number, and enumerations that are checked
#include <amphis/builtins.hpp>
#include <amphis/enum.hpp>
#include <amphis/lang/exceptions.hpp>

#include <optional>

namespace enum_ = amphis::enum_;
using amphis::print, amphis::repr, amphis::ValueError;

void report(auto const& body) {
    try {
        body();
    } catch (ValueError const& e) {
        print("ValueError:", e);
    }
}

// --- Strings as values
enum class Suit { CLUBS, HEARTS };
template <>
inline constexpr auto amphis::enum_::kind<Suit> = amphis::enum_::StrEnum;
template <>
inline constexpr auto amphis::enum_::values<Suit> = amphis::enum_::assign<Suit>({{Suit::CLUBS, "c"}, {Suit::HEARTS, "h"}});

void strings() {
    print(Suit::HEARTS, repr(Suit::HEARTS), enum_::name(enum_::by_value<Suit>("c")));
    report([] { print(enum_::by_value<Suit>("x")); });
}

// --- What becomes of other values
enum class Season { SPRING = 1, FALL = 3 };
template <>
inline constexpr auto amphis::enum_::missing<Season> = [](int number) { return number > 3 ? std::optional(Season::FALL) : std::nullopt; };

void others() {
    print(enum_::by_value<Season>(1), enum_::by_value<Season>(9));
    report([] { print(enum_::by_value<Season>(2)); });
}

// --- Two names for one number
enum class Color { RED = 1, BLUE = 2, CRIMSON = 1 };
template <>
inline constexpr auto amphis::enum_::aliases<Color> = amphis::enum_::also<Color>({{"CRIMSON", Color::CRIMSON}});

int main() {
    strings();
    others();
    print(enum_::by_name<Color>("CRIMSON"), enum_::members<Color>());
    report([] { enum_::unique<Color>(); });

    // --- Numbers that are left out
    report([] { enum_::verify<Season>(enum_::CONTINUOUS); });
}
