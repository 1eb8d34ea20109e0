// Comprehensions: lists, sets and dicts written as what is in them
#include <amphis/builtins.hpp>

#include <map>
#include <string>
#include <tuple>
#include <vector>

using amphis::dict, amphis::enumerate, amphis::for_, amphis::if_, amphis::in, amphis::len, amphis::list, amphis::print, amphis::range;

int main() {
    std::vector const numbers{3, 1, 4, 1, 5, 9, 2, 6};
    std::vector<std::string> const words{"apple", "fig", "banana"};
    auto const even = [](int x) { return x % 2 == 0; };

    // --- A list: an expression, a loop, a condition
    print(list([](int x) { return x * x; }, for_(numbers)));
    print(list([](int x) { return x * x; }, for_(numbers), if_(even)));
    print(list(for_(numbers), if_([](int x) { return x > 3; })));

    // --- Two loops: the later is the inner one
    print(list([](int x, char c) { return std::tuple(x, c); }, for_(range(2)), for_("ab")));
    print(list(for_(numbers), for_(numbers), if_([](int x, int y) { return x < y && x + y == 10; })));

    // --- A loop over what an outer loop gives
    std::vector<std::vector<int>> const matrix{{1, 2, 3}, {4, 5, 6}};
    print(list([](int x) { return x; }, for_(matrix), for_([](auto& row) -> auto& { return row; })));
    print(list([](int y) { return y; }, for_(range(4)), for_([](int x) { return range(x); })));

    // --- A list of lists: the transpose
    print(list([&](auto i) { return list([&](auto& row) { return row[i]; }, for_(matrix)); }, for_(range(3U))));

    // --- Items of a pair
    std::map<std::string, int> const ages{{"Ada", 36}, {"Bob", 41}};
    print(list([](auto& name, int age) { return name + " is " + amphis::str(age); }, for_(ages), if_([](auto&, int age) { return age > 40; })));
    print(list([](auto i, int) { return i; }, for_(enumerate(numbers)), if_([](auto, int x) { return x == 1; })));

    // --- A set and a dict
    print(amphis::sorted(amphis::set([](int x) { return x % 3; }, for_(numbers))));
    auto const lengths = dict([](auto& word) { return std::pair(word, len(word)); }, for_(words), if_([](auto& word) { return len(word) > 3; }));
    print(lengths.at("apple"), lengths.at("banana"), in("fig", lengths));
    auto const swapped = dict([](auto& name, int age) { return std::pair(age, name); }, for_(ages));
    print(swapped.at(41));
}
