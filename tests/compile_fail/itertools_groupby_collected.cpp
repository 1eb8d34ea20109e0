// error: amphis: a group ends with its groupby, and when the next one is asked for: collect each as it comes, list\(\[\]\(auto const& key, auto& group\)
// SPDX-License-Identifier: MIT
// Groups collected after they have ended.
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
    static_cast<void>(list([](auto const& key, auto& group) { return std::pair(key, list(group)); }, for_(it::groupby(v))));
#else
    list(it::groupby(v));
    amphis::tuple(it::groupby(v));
    amphis::sorted(it::groupby(v));
    amphis::dict(it::groupby(v));
    list(for_(it::groupby(v)));
#endif
}
