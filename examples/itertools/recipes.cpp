// recipes: what the documentation builds from itertools
#include <amphis/builtins.hpp>
#include <amphis/itertools.hpp>

#include <cctype>
#include <string>
#include <vector>

using amphis::list, amphis::None, amphis::print, amphis::range;
using namespace amphis::itertools;  // the recipes are part of it

char lower(char c) { return static_cast<char>(std::tolower(static_cast<unsigned char>(c))); }

int main() {
    // --- Take some, skip some
    print(take(4, count(1)), list(islice("ABCDEFG", 4, None)));

    // --- Windows over a series
    print(list(sliding_window("ABCDE", 3)));

    // --- Two sides of a question, each lazy
    auto [evens, odds] = partition([](int x) { return x % 2; }, range(10));
    print(list(evens), list(odds));

    // --- All subsets, all different, all in turns
    print(list(powerset(std::vector{1, 2, 3})));
    print(list(unique_everseen("AAAABBBCCDAABBB")), list(unique_everseen(std::vector{'b', 'A', 'a'}, lower)));
    print(list(roundrobin("ABC", "D", "EF")));
}
