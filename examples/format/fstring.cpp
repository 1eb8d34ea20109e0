// f-strings and str.format: fields by position, by name, with specs and conversions
#include <amphis/builtins.hpp>

#include <map>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

using amphis::print;
using namespace amphis::literals;

int main() {
    std::string const name = "Ann", language = "Python";
    int const year = 1991;

    // --- Fields
    print("{} has written {} since {}"_f(name, language, year));
    print("{0}, {1}, {0} again, and a brace: {{}}"_f("one", "two"));

    // --- Specs
    auto const [price, quantity] = std::tuple{1234.5, 3};
    print("{:>10}|{:10,.2f}|{q:03d}|{q:#06b}"_f(language, price, "q"_k = quantity));

    // --- Conversions
    print("{0} {0!r} {1!a} {0!r:>7}"_f(name, "grüße"));

    // --- Specs that are computed
    int const width = 12, digits = 3;
    print("{:*^{}.{}f}"_f(2 / 3.0, width, digits));

    // --- Items of an argument
    std::pair const point{3, 4};
    std::vector<std::vector<int>> const matrix{{1, 2}, {3, 4}};
    std::map<std::string, int> const ages{{"Ann", 36}};
    print("{0[0]}/{0[1]} {1[1][0]} {2[Ann]}"_f(point, matrix, ages));

    // --- Names shown with their values
    print("{year=} {name=} {price=:.2f}"_f("year"_k = year, "name"_k = name, "price"_k = price));

    // --- A table
    constexpr auto row = "{:<8}{:>8}{:>10}"_f;
    print(row("item", "count", "price"));
    for (auto const& [item, count, cost] : {std::tuple{"spam", 3, 1.5}, std::tuple{"eggs", 12, 0.25}}) {
        print(row(item, count, "{:.2f}"_f(cost)));
    }

    // --- An error that only the run can find
    try {
        print("{:{}}"_f(3, "s"));
    } catch (amphis::ValueError const& error) {
        print("ValueError:", error);
    }
}
