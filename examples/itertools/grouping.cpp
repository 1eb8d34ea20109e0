// grouping: runs, batches and neighbours
#include <amphis/builtins.hpp>
#include <amphis/itertools.hpp>
#include <amphis/lang/generator.hpp>

#include <string>
#include <tuple>
#include <utility>
#include <vector>

using amphis::generator, amphis::len, amphis::list, amphis::next, amphis::print, amphis::range, amphis::sorted, amphis::zip;
using namespace amphis::itertools;
using namespace amphis::literals;
using Order = std::pair<std::string, int>;

generator<int> squares(int n) {
    for (int i : range(n)) co_yield i * i;
}
constexpr auto difference = [](int a, int b) { return b - a; };

int main() {
    // --- Runs of equal elements
    print(list(starmap([](char letter, auto run) { return std::tuple(letter, len(list(run))); }, groupby("AAABBBCCDA"))));

    // --- Group records by a key: sort them by it first
    std::vector<Order> const orders{{"ann", 30}, {"bob", 5}, {"ann", 12}, {"bob", 7}};
    for (auto [name, group] : groupby(sorted(orders, "key"_k = &Order::first), &Order::first)) {
        int total = 0;
        for (auto const& [_, amount] : group) total += amount;
        print(name, total);
    }

    // --- Batches (itertools.batched since Python 3.12)
    print(list(batched("ABCDEFG", 3)));

    // --- Neighbours and running totals
    std::vector const temperatures{12, 15, 11, 14};
    print(list(starmap(difference, pairwise(temperatures))));
    print(list(accumulate(temperatures)), list(accumulate(temperatures, amphis::max)));
    print(list(accumulate(std::vector{5, 7}, "initial"_k = 100)));

    // --- One after the other, side by side
    print(list(chain("AB", "CD")), list(chain.from_iterable(std::vector<std::vector<int>>{{1, 2}, {}, {3}})));
    print(list(zip_longest("ABC", "x", "fillvalue"_k = '-')), list(zip_longest("AB", "x")));

    // --- Read a source once, use it twice
    auto [values, later] = tee(squares(5));
    next(later);
    print(list(starmap(difference, zip(values, later))));

    // --- A group is gone once the next one is asked for
    auto groups = groupby("AAB");
    auto first = next(groups), second = next(groups);
    print(std::get<0>(first), list(std::get<1>(first)), std::get<0>(second), list(std::get<1>(second)));
}
