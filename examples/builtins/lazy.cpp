// Lazy evaluation: nothing is computed before it is asked for
#include <amphis/builtins.hpp>

#include <string>
#include <vector>

using amphis::filter, amphis::for_, amphis::genexpr, amphis::iter, amphis::list, amphis::map, amphis::next, amphis::None, amphis::print,
    amphis::range, amphis::slice, amphis::zip;

int square(int x) {
    print("square", x);
    return x * x;
}

int main() {
    // --- Map computes an element when it is asked for
    auto squares = iter(map(square, std::vector{1, 2, 3}));
    print("nothing yet");
    print(next(squares));

    // --- Filter asks map, and stops at the first that will do
    auto big = iter(filter([](int x) { return x > 3; }, map(square, range(10))));
    print("first:", next(big));

    // --- Any stops at the first true one, all at the first false one
    print(amphis::any(genexpr([](int x) { return square(x) > 1; }, for_(range(10)))));
    print(amphis::all(genexpr([](int x) { return x < 4; }, for_(map(square, range(10))))));

    // --- Zip stops at the shortest, so one of them may be without end
    std::vector<std::string> const names{"Ada", "Bob"};
    for (auto [number, name] : amphis::enumerate(names, 1)) print(number, name);
    print(list(zip(names, range(1'000'000'000))));

    // --- A range holds no numbers, only where they begin and end
    auto const million = range(0, 1'000'000, 7);
    print(amphis::len(million), million[-1], million.contains(700), million[slice(10, 13)]);

    // --- Slices and reversals of a sequence
    std::vector const values{0, 1, 2, 3, 4, 5};
    print(slice(values, 1, -1), slice(values, None, None, -2), list(amphis::reversed(values)));
}
