// SPDX-License-Identifier: MIT
// truth: Python's truth value. False, None, zero and what is empty are false; everything else is true.
// Used by: builtins.hpp, itertools.hpp
#ifndef AMPHIS_DETAIL_TRUTH_HPP
#define AMPHIS_DETAIL_TRUTH_HPP

#include <amphis/config.hpp>
#include <amphis/detail/repr.hpp>

#include <type_traits>

namespace amphis::inline v0::detail {

template <class T>
[[nodiscard]] constexpr bool truth(T const& value) {
    if constexpr (std::is_same_v<T, none_t> || std::is_null_pointer_v<T>) {
        return false;
    } else if constexpr (Character<T>) {
        return true;  // a str of length 1, whichever
    } else if constexpr (CharacterArray<T> || CharacterPointer<T>) {
        return value != nullptr && *value != 0;
    } else if constexpr (requires { static_cast<bool>(value.empty()); }) {
        return !value.empty();
    } else if constexpr (requires { static_cast<bool>(value); }) {
        return static_cast<bool>(value);
    } else if constexpr (requires { value.size() != 0; }) {
        return value.size() != 0;
    } else {
        return true;
    }
}

}  // namespace amphis::inline v0::detail

#endif  // AMPHIS_DETAIL_TRUTH_HPP
