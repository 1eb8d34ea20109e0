// Generator expressions: a comprehension that is not stored
#include <amphis/builtins.hpp>

#include <string>
#include <string_view>
#include <tuple>
#include <vector>

using namespace amphis::literals;
using amphis::for_, amphis::genexpr, amphis::if_, amphis::len, amphis::list, amphis::next, amphis::print, amphis::range, amphis::sum;

std::string strip(std::string_view line) {
    auto const first = line.find_first_not_of(" \n");
    return first == line.npos ? "" : std::string(line.substr(first, line.find_last_not_of(" \n") + 1 - first));
}

int main() {
    std::vector<std::tuple<std::string, int, double>> const orders{{"pen", 3, 1.5}, {"ink", 1, 8.0}, {"pad", 10, 0.75}};

    // --- Consumed as it is made
    print(sum(genexpr([](auto&, int count, double price) { return count * price; }, for_(orders))));
    print(amphis::max(genexpr([](auto& name, int, double) { return len(name); }, for_(orders))));
    print(amphis::any(genexpr([](auto&, int, double price) { return price > 5; }, for_(orders))));

    // --- With a condition, and a second loop
    print(sum(genexpr([](int x) { return x * x; }, for_(range(100)), if_([](int x) { return (x & 1) == 1; }))));
    print(sum(genexpr([](int x, int y) { return x * y; }, for_(range(4)), for_([](int x) { return range(x); }))));

    // --- It waits to be asked
    auto evens = genexpr(for_(range(1'000'000'000)), if_([](int x) { return x % 2 == 0; }));
    for (int i : range(3)) print(next(evens), "end"_k = i < 2 ? " " : "\n");

    // --- It is an iterator: what was read is gone
    auto const upper = [](std::string name) {
        for (char& c : name) c = static_cast<char>(c - 'a' + 'A');
        return name;
    };
    auto short_names = genexpr([&](auto& name, int, double) { return upper(name); }, for_(orders), if_([](auto&, int count, double) { return count > 1; }));
    print(next(short_names));
    auto const rest = list(short_names);
    print(rest, list(short_names));

    // --- It draws on what others draw on too
    auto numbers = amphis::iter(range(10));
    auto squares = genexpr([](int x) { return x * x; }, for_(numbers));
    int const first = next(squares);
    int const second = next(numbers);
    print(first, second, next(squares));

    // --- One feeds another
    auto words = genexpr(strip, for_(std::vector<std::string>{"  to be \n", "or not\n", "\n"}));
    auto lengths = genexpr([](auto& word) { return len(word); }, for_(words), if_([](auto& word) { return !word.empty(); }));
    print(list(lengths));
}
