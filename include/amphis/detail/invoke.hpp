// SPDX-License-Identifier: MIT
// invoke: call anything callable, a member pointer included, without the price of <functional>; and packs as lists.
// Used by: builtins.hpp, contextlib.hpp, dataclasses.hpp, functools.hpp, itertools.hpp, lang/decorator.hpp,
//          lang/function.hpp, weakref.hpp
#ifndef AMPHIS_DETAIL_INVOKE_HPP
#define AMPHIS_DETAIL_INVOKE_HPP

#include <amphis/config.hpp>

#include <cstddef>
#include <type_traits>
#include <utility>

namespace amphis::inline v0::detail {

// An argument that converts to its parameter converts here, and not on the line that made the call; std::invoke is a system
// header's, and silent too. -Warray-bounds: g++ 12 follows a member pointer into the vtable that the class does not have.
#if defined(__GNUC__)
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wconversion"
#pragma GCC diagnostic ignored "-Wsign-conversion"
#pragma GCC diagnostic ignored "-Wfloat-conversion"
#pragma GCC diagnostic ignored "-Wdouble-promotion"
#pragma GCC diagnostic ignored "-Warray-bounds"
#endif

template <class Class, class Object>
constexpr decltype(auto) member_target(Object&& object) noexcept {
    if constexpr (std::is_base_of_v<Class, std::remove_cvref_t<Object>>) {
        return static_cast<Object&&>(object);
    } else if constexpr (requires { static_cast<Class const&>(object.get()); }) {  // std::reference_wrapper
        return object.get();
    } else {
        return *static_cast<Object&&>(object);
    }
}

template <class Member, class Class, class Object, class... A>
constexpr decltype(auto) call_member(Member Class::* member, Object&& object, A&&... arguments) {
    if constexpr (std::is_function_v<Member>) {
        return (member_target<Class>(static_cast<Object&&>(object)).*member)(static_cast<A&&>(arguments)...);
    } else {
        return (member_target<Class>(static_cast<Object&&>(object)).*member);
    }
}

/// std::invoke, for which <functional> would have to be included.
template <class F, class... A>
    requires std::is_invocable_v<F, A...>
constexpr std::invoke_result_t<F, A...> call(F&& function,
                                             A&&... arguments) noexcept(std::is_nothrow_invocable_v<F, A...>) {
    if constexpr (std::is_member_pointer_v<std::remove_cvref_t<F>>) {
        return call_member(function, static_cast<A&&>(arguments)...);
    } else {
        return static_cast<F&&>(function)(static_cast<A&&>(arguments)...);
    }
}

#if defined(__GNUC__)
#pragma GCC diagnostic pop
#endif

/// One element of a pack, found by its index through overload resolution rather than recursion.
template <std::size_t I, class T>
struct slot {
    using type = T;
    T&& value;
};

template <class Indices, class... T>
struct slots_base;
template <std::size_t... I, class... T>
struct slots_base<std::index_sequence<I...>, T...> : slot<I, T>... {};

/// The arguments of a call, by reference: slots<A...>{{static_cast<A&&>(a)}...}.
template <class... T>
using slots = slots_base<std::index_sequence_for<T...>, T...>;

template <std::size_t I, class T>
constexpr slot<I, T> const& slot_at(slot<I, T> const& s) noexcept {
    return s;
}

template <std::size_t I, class T>
constexpr T&& slot_value(slot<I, T> const& s) noexcept {
    return static_cast<T&&>(s.value);
}

/// The I-th of T...
template <std::size_t I, class... T>
using nth = typename std::remove_cvref_t<decltype(slot_at<I>(std::declval<slots<T...> const&>()))>::type;

/// Reads the function signature `function_type` of F's wrapped function; absent where it cannot be known.
template <class Signature>
struct function_type_of {};
template <class Signature>
    requires requires { typename Signature::function_type; }
struct function_type_of<Signature> {
    using function_type = typename Signature::function_type;
};

}  // namespace amphis::inline v0::detail

#endif  // AMPHIS_DETAIL_INVOKE_HPP
