// The format mini-language: width, alignment, sign, grouping, precision, type
#include <amphis/builtins.hpp>

#include <string>
#include <string_view>
#include <vector>

using amphis::format, amphis::print, amphis::repr;
using namespace amphis::literals;

// --- Alignment and fill
void alignment() {
    print(format("left", "<10") + "|" + format("right", ">10") + "|" + format("mid", "*^9"));
    print(format("grüße", "é>8"), format("mini-language", ".4"));
}

// --- Integers
void integers() {
    print(format(255, "d"), format(255, "#x"), format(255, "#o"), format(255, "08b"), format(8364, "c"));
    print(format(1234567, ","), format(3735928559, "_x"), format(-42, "=+8"));
}

// --- Floats
void floats() {
    double const pi = 3.141592653589793;
    print(format(pi), format(pi, ".2f"), format(pi, ".3e"), format(pi, ".5g"), format(0.256, ".1%"));
    print(format(-1234.5, "+012,.2f"), format(1e16, "g"), format(1e16, ""), format(-0.0001, "z.2f"));
}

// --- Rounding is half to even, of the exact value
void rounding() { print(std::vector{format(0.5, ".0f"), format(1.5, ".0f"), format(2.5, ".0f")}, format(2.675, ".2f")); }

// --- Booleans are ints
void booleans() { print(format(true), format(true, "d"), format(false, "03")); }

// --- Your own types
struct Angle {
    double degrees;
    std::string format(std::string_view spec) const { return amphis::format(degrees, spec) + "°"; }
};
void own_types() { print(format(Angle{12.345}, ".1f"), "{:>6}"_f(Angle{7.0})); }

// --- Errors
template <class T>
void show_error(T const& value, char const* spec) {
    try {
        print(format(value, spec));
    } catch (amphis::Exception const& error) {
        print(repr(error));
    }
}

int main() {
    alignment(), integers(), floats(), rounding(), booleans(), own_types();
    show_error(1.0, "d"), show_error(1, ".2"), show_error("py", "="), show_error(std::vector{1}, "5");
}
