// SPDX-License-Identifier: MIT
// for_each: every element of a range to a function. A range of several parts (chain, product) runs its own loops, so that no element
// pays for finding out which part it is in.
// Used by: builtins.hpp, itertools.hpp
#ifndef AMPHIS_DETAIL_FOR_EACH_HPP
#define AMPHIS_DETAIL_FOR_EACH_HPP

#include <amphis/config.hpp>

namespace amphis::inline v0::detail {

/// Calls fn(element) for each element.
template <class R, class Fn>
constexpr void for_each(R& elements, Fn&& fn) {
    if constexpr (requires { elements.for_each(fn); }) {
        elements.for_each(fn);
    } else {
        for (auto&& element : elements) fn(static_cast<decltype(element)>(element));
    }
}

}  // namespace amphis::inline v0::detail

#endif  // AMPHIS_DETAIL_FOR_EACH_HPP
