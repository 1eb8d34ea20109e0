// error: amphis: combinations\(\) and combinations_with_replacement\(\) take an iterable and r
// error: amphis: batched\(\) takes an iterable and n
// error: amphis: accumulate: initial is a keyword: accumulate\(iterable, function, \\?"initial\\?"_k = 0\)
// error: amphis: product\(\) takes iterables: how often they are repeated is a keyword, \\?"repeat\\?"_k = 2
// error: amphis: zip_longest\(\) takes iterables: what stands in for missing elements is a keyword, \\?"fillvalue\\?"_k = 0
// error: amphis: filter\(\) takes a function and an iterable: filter\(None, iterable\)
// error: amphis: any\(\) and all\(\) take one iterable: any\(map\(predicate, iterable\)\)
// SPDX-License-Identifier: MIT
// An argument too few, or one that is a keyword.
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
    static_cast<void>(it::accumulate(v, [](int a, int b) { return a + b; }, "initial"_k = 0));
    static_cast<void>(it::product(v, "repeat"_k = 2));
    static_cast<void>(it::zip_longest(v, v, "fillvalue"_k = 0));
    static_cast<void>(amphis::any(amphis::map(positive, v)));
#else
    it::combinations(v);
    it::batched(v);
    it::accumulate(v, [](int a, int b) { return a + b; }, 0);
    it::product(v, 2);
    it::zip_longest(v, v, 0);
    amphis::filter(v);
    amphis::any(positive, v);
#endif
}
