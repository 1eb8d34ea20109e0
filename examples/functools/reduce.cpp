// reduce: many values to one
#include <amphis/builtins.hpp>
#include <amphis/functools.hpp>

#include <algorithm>
#include <functional>
#include <map>
#include <numeric>
#include <string>
#include <utility>
#include <vector>

using amphis::print, amphis::functools::reduce;
using Text = std::string;

int main() {
    // --- From the left, from the first element or from an initial value
    print(reduce(std::multiplies<>{}, std::vector{1, 2, 3, 4}));
    print(reduce(std::minus<>{}, std::vector{10, 1, 2}, 100));
    print(reduce(std::plus<>{}, std::vector<Text>{"py", "thon"}, ">"));

    // --- One element, none
    std::vector<int> const none;
    print(reduce(std::plus<>{}, std::vector{7}), reduce(std::plus<>{}, none, 0));
    try {
        (void)reduce(std::plus<>{}, none);
    } catch (amphis::TypeError const& error) {
        print("TypeError:", error);
    }

    // --- The accumulated value may be of another type
    std::vector<Text> const words{"to", "be", "or", "not", "to", "be"};
    print(reduce([](std::size_t total, Text const& word) { return total + word.size(); }, words, 0));
    print(reduce([](double sum, int x) { return sum + x / 2.0; }, std::vector{1, 2, 3}, 0));

    // --- It may be a container that grows
    auto const count = [](auto counts, Text const& word) {
        ++counts[word];
        return counts;  // moved, not copied
    };
    auto const counts = reduce(count, words, std::map<Text, int>{});
    print(std::vector<std::pair<Text, int>>(counts.begin(), counts.end()));

    // --- Often there is a plainer way
    auto const values = {1, 3, 2};
    print(std::accumulate(values.begin(), values.end(), 0), std::max(values), ">" + Text("py") + "thon");
}
