// infinite: count, cycle and repeat never end; islice, takewhile and zip end them
#include <amphis/builtins.hpp>
#include <amphis/itertools.hpp>
#include <amphis/lang/generator.hpp>

#include <string>
#include <vector>

using amphis::generator, amphis::iter, amphis::list, amphis::map, amphis::next, amphis::print, amphis::range, amphis::zip;
using namespace amphis::itertools;
using namespace amphis::literals;
using Text = std::string;

generator<int> squares_from(int first) {
    for (int n : count(first)) co_yield n * n;
}

int main() {
    // --- Count from a start, by a step
    print(list(islice(count(10), 5)));
    print(list(islice(count(10, -3), 5)));
    print(list(islice(count(0.5, 0.25), 3)));

    // --- An iterator remembers where it is
    auto ticket = iter(count("start"_k = 100, "step"_k = 5));
    int const first = next(ticket), second = next(ticket);
    print(first, second, next(ticket));

    // --- Number what has no numbers
    for (auto [n, word] : zip(count(1), std::vector<Text>{"spam", "eggs"})) print(n, word);

    // --- Again and again
    auto lights = iter(cycle(std::vector<Text>{"green", "yellow", "red"}));
    print(list(islice(lights, 5)));
    print(list(cycle(std::vector<int>())));

    // --- The same object, for ever or a few times
    print(list(map(amphis::pow, range(5), repeat(2))));
    print(list(repeat(Text("ha"), 3)), list(repeat(Text("ha"), -1)));

    // --- Until a condition fails
    auto squares = squares_from(1);
    print(list(takewhile([](int x) { return x < 50; }, squares)));
    print(next(squares));  // 64 was taken to see that it fails

    // --- What a slice cannot be
    try {
        (void)islice(count(), -1);
    } catch (amphis::ValueError const& error) {
        print("ValueError:", error);
    }
}
