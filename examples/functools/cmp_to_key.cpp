// cmp_to_key: sort by a function that compares two
#include <amphis/builtins.hpp>
#include <amphis/functools.hpp>

#include <algorithm>
#include <compare>
#include <string>
#include <vector>

using amphis::print, amphis::functools::cmp_to_key;
using Text = std::string;

// --- Two comparisons
constexpr auto compare_lengths = [](Text const& a, Text const& b) { return a.size() <=> b.size(); };
/// Which order of the two makes the greater number?
constexpr auto compare_joined = [](Text const& a, Text const& b) { return (b + a).compare(a + b); };

int main() {
    // --- Negative is less, positive is greater, zero is equal
    std::vector<Text> words{"pear", "fig", "banana", "apple"};
    std::ranges::sort(words, {}, cmp_to_key(compare_lengths));
    print(words);

    // --- An order that no single word has as a key
    std::vector<Text> numbers{"3", "30", "34", "5", "9"};
    std::ranges::sort(numbers, {}, cmp_to_key(compare_joined));
    Text joined;
    for (Text const& number : numbers) joined += number;
    print(joined);

    // --- The key objects compare, and keep their object
    auto const key = cmp_to_key(compare_lengths);
    Text const fig = "fig", kiwi = "kiwi", pear = "pear", banana = "banana";
    print(key(fig) < key(kiwi), key(pear) == key(kiwi), key(banana) >= key(fig));
    print(key(pear).obj);

    // --- The greatest by a comparison
    print(std::ranges::max(words, {}, key));
}
