// SPDX-License-Identifier: MIT
// contextlib/kept_argument: arguments that wait for a call that comes later. A keyword argument, which refers to its value, must own it.
#ifndef AMPHIS_CONTEXTLIB_KEPT_ARGUMENT_HPP
#define AMPHIS_CONTEXTLIB_KEPT_ARGUMENT_HPP

#include <amphis/config.hpp>
#include <amphis/detail/keyword.hpp>

#include <type_traits>

namespace amphis::inline v0::detail {

template <class A>
struct owned_keyword {
    using type = A;
};
template <fixed_string Name, class T>
struct owned_keyword<kwarg<Name, T>> {
    using type = kwarg<Name, std::conditional_t<std::is_lvalue_reference_v<T>, T, std::remove_cvref_t<T>>>;
};
/// What is stored for an argument that is given as an A: a keyword argument owns what was a temporary, and refers to a variable.
template <class A>
using owned_argument = typename owned_keyword<A>::type;

/// An argument on its way into a stored one of type To.
template <class To, class A>
decltype(auto) keep_argument(A&& argument) {
    if constexpr (Kwarg<A>) {
        return To(static_cast<typename std::remove_cvref_t<A>::type>(argument.value));
    } else {
        return static_cast<A&&>(argument);
    }
}

/// How a stored argument is passed on: moved, but for references; a keyword argument refers again.
template <class Stored>
struct passed_argument {
    using type = Stored&&;
    static constexpr type pass(std::remove_reference_t<Stored>& stored) noexcept { return static_cast<type>(stored); }
};
template <fixed_string Name, class T>
struct passed_argument<kwarg<Name, T>> {
    using type = kwarg<Name, T&&>;
    static constexpr type pass(kwarg<Name, T>& stored) noexcept { return type(static_cast<T&&>(stored.value)); }
};
template <class Stored>
using passed_argument_t = typename passed_argument<Stored>::type;

}  // namespace amphis::inline v0::detail

#endif  // AMPHIS_CONTEXTLIB_KEPT_ARGUMENT_HPP
