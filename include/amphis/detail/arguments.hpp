// SPDX-License-Identifier: MIT
// arguments: the keyword arguments at the end of a call such as print(1, 2, "sep"_k = ", "), found at compile time.
// Used by: builtins.hpp, dataclasses.hpp, io.hpp, itertools.hpp, traceback.hpp, tracemalloc.hpp
#ifndef AMPHIS_DETAIL_ARGUMENTS_HPP
#define AMPHIS_DETAIL_ARGUMENTS_HPP

#include <amphis/config.hpp>
#include <amphis/detail/keyword.hpp>

#include <cstddef>
#include <type_traits>

namespace amphis::inline v0::detail {

/// How many arguments come before the first keyword.
template <class... A>
consteval std::size_t positional_count() noexcept {
    std::size_t count = 0;
    bool positional = true;
    ((positional = positional && !Kwarg<A>, count += positional ? 1U : 0U), ...);
    return count;
}

template <class... A>
consteval std::size_t keyword_count() noexcept {
    return (std::size_t{0} + ... + (Kwarg<A> ? 1U : 0U));
}

template <class... A>
consteval bool positional_first() noexcept {
    return positional_count<A...>() + keyword_count<A...>() == sizeof...(A);
}

template <fixed_string Name, class A>
consteval bool is_named() noexcept {
    if constexpr (Kwarg<A>) {
        return same_name(std::remove_cvref_t<A>::name, Name);
    } else {
        return false;
    }
}

/// How often `Name` is among the arguments.
template <fixed_string Name, class... A>
consteval std::size_t count_named() noexcept {
    return (std::size_t{0} + ... + (is_named<Name, A>() ? 1U : 0U));
}

/// The value of the argument `Name`, or `fallback`.
template <fixed_string Name, class Fallback>
constexpr Fallback const& argument_or(Fallback const& fallback) noexcept {
    return fallback;
}
template <fixed_string Name, class Fallback, class First, class... Rest>
constexpr auto& argument_or(Fallback const& fallback, First& first, Rest&... rest) noexcept {
    if constexpr (is_named<Name, First>()) {
        return first.value;
    } else {
        return argument_or<Name>(fallback, rest...);
    }
}

}  // namespace amphis::inline v0::detail

#endif  // AMPHIS_DETAIL_ARGUMENTS_HPP
