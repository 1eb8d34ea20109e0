// Exceptions: try, except, else and finally, and errors as values
#include <amphis/builtins.hpp>
#include <amphis/lang/try.hpp>

#include <optional>
#include <string>

using amphis::else_, amphis::except, amphis::expected, amphis::finally_, amphis::print, amphis::repr, amphis::try_, amphis::ValueError;
using namespace amphis::literals;

// --- else runs without an error, finally in any case
std::optional<double> divide(double a, double b) {
    using result = std::optional<double>;
    return try_([=]() -> result { return amphis::truediv(a, b); },
                except<amphis::ZeroDivisionError>([] { return print("cannot divide by zero"), result(); }),  //
                else_([] { print("no error"); }),                                                            //
                finally_([] { print("done"); }));
}

// --- The first handler that fits decides the value
int port_of(std::string const& text) {
    auto const parse = [&] {
        if (text.find_first_not_of("0123456789") != std::string::npos) throw ValueError("not a number");
        return std::stoi(text);
    };
    return try_(parse, except<ValueError, amphis::TypeError>([](auto const& e) { return -static_cast<int>(e.args().size()); }));
}

// --- An error of finally has the one before it as its context
void twice() {
    try_([] { throw amphis::KeyError("first"); }, finally_([] { throw ValueError("second"); }));
}

// --- Where errors are common, they are values, and nothing is raised
expected<int> half(int n) {
    if (n % 2 != 0) return ValueError("{} is odd"_f(n));
    return n / 2;
}

int main() {
    print(divide(9, 2));
    print(divide(1, 0));
    print(port_of("8080"), port_of("http"));
    try {
        twice();
    } catch (ValueError const& e) {
        print(repr(e), "after", repr(e.context()));
    }
    for (int n : {8, 7}) {
        if (auto const value = half(n)) {
            print(*value);
        } else {
            print(repr(value.error()));
        }
    }
}
