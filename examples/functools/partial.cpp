// partial: a function with some of its arguments already given
#include <amphis/builtins.hpp>
#include <amphis/functools.hpp>

#include <type_traits>

using amphis::def, amphis::print;
using amphis::functools::partial, amphis::functools::partialmethod;
using namespace amphis::literals;

// --- A class, some of whose methods are others with arguments
struct Cell {
    bool alive = false;

    void set_state(bool state) { alive = state; }

    static constexpr auto set_alive = partialmethod(&Cell::set_state, true);
    static constexpr auto set_dead = partialmethod(&Cell::set_state, false);
};

// --- A function of two parameters
constexpr auto power = def<"base", "exponent">([](int base, int exponent) {
    int result = 1;
    for (int i = 0; i < exponent; ++i) result *= base;
    return result;
});

int main() {
    // --- By position and by keyword
    constexpr auto powers_of_two = partial(power, 2);
    constexpr auto square = partial(power, "exponent"_k = 2);
    print(powers_of_two(10), square(5));

    // --- A keyword given later takes precedence
    print(square(5, "exponent"_k = 3), square("base"_k = 4));

    // --- It knows what it is made of
    print(square.func()(3, 2), square.args(), square.keywords());
    print(powers_of_two.args());

    // --- A partial of a partial is one partial
    constexpr auto kilo = partial(powers_of_two, 10);
    print(kilo(), kilo.args(), std::is_same_v<decltype(kilo.func()), decltype((power))>);

    // --- For functions that are not yours: print with another separator
    auto const csv = partial(print, "row", "sep"_k = ", ");
    csv(1, 2, 3);
    csv(1, 2, "sep"_k = ";");

    // --- Methods with arguments given
    Cell cell;
    Cell::set_alive(cell);
    print(cell.alive);
    Cell::set_dead(cell);
    print(cell.alive);
}
