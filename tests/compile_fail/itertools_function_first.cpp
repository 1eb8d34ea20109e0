// error: amphis: the function comes first, and then the iterable, as in map\(function, iterable\)
// SPDX-License-Identifier: MIT
// The iterable where the function belongs.
#include <amphis/builtins.hpp>
#include <amphis/itertools.hpp>

#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace it = amphis::itertools;
using namespace amphis::literals;
using amphis::for_, amphis::list;

int main() {
    std::vector<int> const v{1, 2};
    auto const positive = [](int x) { return x > 0; };
    static_cast<void>(positive);
#ifdef AMPHIS_OK
    static_cast<void>(amphis::map(positive, v));
    static_cast<void>(it::takewhile(positive, v));
#else
    amphis::map(v, positive);
    amphis::filter(v, positive);
    it::takewhile(v, positive);
    it::dropwhile(v, positive);
    it::filterfalse(v, positive);
    it::starmap(v, positive);
#endif
}
