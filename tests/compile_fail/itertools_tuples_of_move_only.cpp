// error: amphis: these elements cannot be copied, and the tuples only refer to them: take what you need of each
// SPDX-License-Identifier: MIT
// Lists of tuples whose elements cannot be copied.
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
    std::vector<std::unique_ptr<int>> p(3);
    static_cast<void>(list([](auto const& items) { return items.size(); }, for_(it::batched(p, 2))));
#else
    std::vector<std::unique_ptr<int>> p(3);
    list(it::batched(p, 2));
    list(it::combinations(p, 2));
#endif
}
