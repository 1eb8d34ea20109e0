// Stacked decorators: the nearest to the function is applied first and runs innermost
#include <amphis/builtins.hpp>
#include <amphis/functools.hpp>
#include <amphis/lang/decorator.hpp>

#include <cctype>
#include <string>

using amphis::print;
using Text = std::string;

// --- A decorator that leaves a mark
auto tagged(Text const& tag) {
    return amphis::decorator{[tag](auto fn) {
        print("apply", tag);
        return amphis::functools::wraps(fn)([=](auto const&... args) { return "<" + tag + ">" + fn(args...) + "</" + tag + ">"; });
    }};
}

Text to_title(Text s) {
    bool start = true;
    for (char& c : s) {
        if (start) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
        start = c == ' ';
    }
    return s;
}

int main() {
    auto const identity = [](Text const& s) { return s; };

    // --- Applied from the bottom up
    auto const text = tagged("b") | tagged("i") | identity;

    // --- Run from the top down
    print(text("words"));

    // --- The @ lines are calls, one inside the other
    auto const same = tagged("b")(tagged("i")(identity));
    print(same("words"));

    // --- The order matters
    print((tagged("i") | tagged("b") | identity)("words"));

    // --- A stack has a name when it is needed twice
    auto const strong = tagged("p") | tagged("b");
    auto const title = strong | to_title;
    print(title("stacked decorators"));
    print(title.wrapped().wrapped()("peeled"));
}
