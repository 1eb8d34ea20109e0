// Division: what Python 3 does with ints, and C++ does not
#include <amphis/builtins.hpp>

int main() {
    // Here and not outside: C has a ::round of its own.
    using amphis::divmod, amphis::floordiv, amphis::mod, amphis::print, amphis::round, amphis::truediv;

    // --- Two divisions
    print(truediv(7, 2), 7 / 2);
    print(truediv(8, 2), 8 / 2);

    // --- Rounded down, not towards zero
    print(floordiv(-7, 2), mod(-7, 2));  // C++: -7 / 2 is -3, -7 % 2 is -1
    print(floordiv(7, -2), mod(7, -2));
    print(divmod(-7, 2), divmod(7.5, -2));

    // --- Why: clocks and indices wrap the right way
    for (int hour : {23, 24, -1}) print(hour, "o'clock is", mod(hour, 24));
    auto const [hours, minutes] = divmod(135, 60);
    print(hours, "h", minutes, "min");

    // --- By zero
    auto const attempt = [](auto divide) {
        try {
            divide();
        } catch (amphis::ZeroDivisionError const& error) {
            print("ZeroDivisionError:", error);
        }
    };
    attempt([] { truediv(1, 0); });
    attempt([] { floordiv(1, 0); });
    attempt([] { mod(1.0, 0); });

    // --- Rounding goes to the even neighbour
    print(round(0.5), round(1.5), round(2.5), round(-0.5));
    print(round(2.675, 2), round(1250, -2), round(1.0, 1));
}
