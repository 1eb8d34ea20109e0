// combinatorics: every pair, every order, every choice
#include <amphis/builtins.hpp>
#include <amphis/itertools.hpp>

#include <string>
#include <vector>

using amphis::list, amphis::print, amphis::range, amphis::sum;
using namespace amphis::itertools;
using namespace amphis::literals;
using Text = std::string;

Text joined(auto const& words) {
    Text all;
    for (Text const& word : words) all += (all.empty() ? "" : " ") + word;
    return all;
}

int main() {
    // --- Pairs, without repetition and with
    print(list(combinations("ABCD", 2)));
    print(list(combinations_with_replacement("AB", 2)));

    // --- Orders
    print(list(permutations("ABC", 2)));
    std::vector<Text> orders;
    for (auto const& order : permutations(std::vector<Text>{"to", "be", "or"})) orders.push_back(joined(order));
    print(orders);

    // --- One of each: loops in loops
    for (auto [size, topping] : product(std::vector<Text>{"small", "large"}, std::vector<Text>{"ham", "tuna"})) print(size, topping);
    print(list(product(std::vector{0, 1}, "repeat"_k = 2)));

    // --- By place, not by value; nothing from nothing
    print(list(combinations("AAB", 2)));
    print(list(combinations("AB", 3)), list(permutations(std::vector<int>())), list(product()));

    // --- How many
    print(combinations(range(10), 3).size(), permutations(range(5)).size());  // computed, not counted

    // --- Search: the first triple that sums to zero
    std::vector const numbers{-25, -10, -7, -3, 2, 4, 8, 10};
    for (auto const& triple : combinations(numbers, 3)) {
        if (sum(triple) != 0) continue;
        print(triple);
        break;
    }

    // --- Bad input
    auto const raises = [](auto const& choose) {
        try {
            (void)choose("AB", -1);
        } catch (amphis::ValueError const& error) {
            print("ValueError:", error);
        }
    };
    raises(combinations);
    raises(permutations);
}
