// SPDX-License-Identifier: MIT
// What the tests of iteration share: ranges shown as Python lists, generators of ints, what is left of a source.
#ifndef AMPHIS_TESTS_SUPPORT_ITERATION_HPP
#define AMPHIS_TESTS_SUPPORT_ITERATION_HPP

#include <amphis/builtins/repr.hpp>
#include <amphis/lang/generator.hpp>

#include <initializer_list>
#include <ranges>
#include <string>
#include <utility>
#include <vector>

namespace iteration {

/// repr(list(elements)), with std::vector for list.
template <class R>
std::string shown(R&& elements) {
    std::vector<std::ranges::range_value_t<R>> all;
    for (auto&& element : elements) all.emplace_back(std::forward<decltype(element)>(element));
    return amphis::repr(all);
}

/// iter([...])
inline amphis::generator<int> ints(std::vector<int> values) {
    for (int x : values) co_yield x;
}

/// repr(list(it)): what was not taken from it.
template <class It>
std::string left(It& iterator) {
    return shown(iterator);
}

/// What it raises, as "ValueError: message".
template <class Fn>
std::string message(Fn&& fn) {
    try {
        fn();
    } catch (amphis::Exception const& error) {
        return std::string(error.type_name()) + ": " + error.what();
    }
    return "nothing raised";
}

}  // namespace iteration

#endif
