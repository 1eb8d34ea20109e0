// SPDX-License-Identifier: MIT
// builtins/numbers/compare: ints of any two types compared by value.
#ifndef AMPHIS_BUILTINS_NUMBERS_COMPARE_HPP
#define AMPHIS_BUILTINS_NUMBERS_COMPARE_HPP

#include <amphis/builtins/numbers/kinds.hpp>
#include <amphis/config.hpp>

#include <type_traits>

namespace amphis::inline v0::detail {

/// Compare by value: -1 is less than 1u.
template <class A, class B>
constexpr bool value_less(A const& a, B const& b) {
    if constexpr (Int<A> && Int<B>) {
        if constexpr (std::is_signed_v<promoted<A>> == std::is_signed_v<promoted<B>>) {
            return a < b;
        } else if constexpr (std::is_signed_v<promoted<A>>) {
            return a < A{0} || magnitude_of(a) < magnitude_of(b);
        } else {
            return b > B{0} && magnitude_of(a) < magnitude_of(b);
        }
    } else {
        return static_cast<bool>(a < b);
    }
}

template <class A, class B>
constexpr bool value_equal(A const& a, B const& b) {
    if constexpr (Int<A> && Int<B>) {
        return !value_less(a, b) && !value_less(b, a);
    } else {
        return static_cast<bool>(a == b);
    }
}

}  // namespace amphis::inline v0::detail

#endif  // AMPHIS_BUILTINS_NUMBERS_COMPARE_HPP
