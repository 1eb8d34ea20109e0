// error: amphis: sum\(\) can't sum strings
// error: amphis: sum\(\) adds the elements: give their type an operator\+
// error: amphis: sum\(\) takes a range and one more argument, start
// error: amphis: in\(\): the value cannot be compared with the elements
// error: amphis: sorted\(\) orders the elements by <
// error: amphis: sorted\(\): key must be callable with an element
// error: amphis: sorted\(\) takes a range and then keywords, key and reverse
// SPDX-License-Identifier: MIT
// sum, in and sorted of what they cannot take.
#include <amphis/builtins.hpp>

#include <string>
#include <vector>

using namespace amphis::literals;

struct plain {};

int main() {
    std::vector<std::string> const words{"a"};
    std::vector<plain> const plains(1);
#ifdef AMPHIS_OK
    static_cast<void>(amphis::sum(amphis::map(amphis::len, words)));
    static_cast<void>(amphis::in("a", words));
    static_cast<void>(amphis::sorted(words, "key"_k = amphis::len));
    static_cast<void>(plains);
#else
    amphis::sum(words);
    amphis::sum(plains);
    amphis::sum(words, 1, 2);
    static_cast<void>(amphis::in(5, words));
    static_cast<void>(amphis::sorted(plains));
    static_cast<void>(amphis::sorted(words, "key"_k = 5));
    amphis::sorted(words, "cmp"_k = 1);
#endif
}
