// error: structured_bindings_need_r_as_a_std_integral_constant_
// error: a_batch_has_no_structured_bindings_use_an_index_
// SPDX-License-Identifier: MIT
// Tuples whose length is known at run time, taken apart by name.
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
    for (auto [a, b] : it::combinations(v, std::integral_constant<int, 2>())) static_cast<void>(a + b);
    for (auto const& b : it::batched(v, 2)) static_cast<void>(b[0]);
#else
    for (auto [a, b] : it::combinations(v, 2)) static_cast<void>(a + b);
    for (auto [a, b] : it::batched(v, 2)) static_cast<void>(a + b);
#endif
}
