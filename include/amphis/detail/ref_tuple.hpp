// SPDX-License-Identifier: MIT
// ref_tuple: a tuple of what several iterators refer to.
// Used by: detail/iteration.hpp
#ifndef AMPHIS_DETAIL_REF_TUPLE_HPP
#define AMPHIS_DETAIL_REF_TUPLE_HPP

#include <amphis/config.hpp>

#include <cstddef>
#include <tuple>
#include <type_traits>
#include <utility>

namespace amphis::inline v0::detail {

/// A std::tuple of references to elements, or of some. It differs from std::tuple in that it and the tuple of the values have a common
/// reference, which C++20 asks of an iterator and only C++23's std::tuple has.
template <class... R>
class ref_tuple : public std::tuple<R...> {
    using base = std::tuple<R...>;

    template <class Tuple, std::size_t... I>
    constexpr ref_tuple(std::index_sequence<I...>, Tuple&& values) : base(std::get<I>(static_cast<Tuple&&>(values))...) {}

public:
    constexpr explicit ref_tuple(R... items) : base(static_cast<R>(items)...) {}

    // NOLINTBEGIN(google-explicit-constructor): a tuple of values converts to one of references, as a value to a reference
    template <class... V>
        requires(sizeof...(V) == sizeof...(R) && (std::is_constructible_v<R, V&> && ...))
    constexpr ref_tuple(std::tuple<V...>& values) : ref_tuple(std::index_sequence_for<R...>{}, values) {}
    template <class... V>
        requires(sizeof...(V) == sizeof...(R) && (std::is_constructible_v<R, V const&> && ...))
    constexpr ref_tuple(std::tuple<V...> const& values) : ref_tuple(std::index_sequence_for<R...>{}, values) {}
    template <class... V>
        requires(sizeof...(V) == sizeof...(R) && (std::is_constructible_v<R, V> && ...))
    constexpr ref_tuple(std::tuple<V...>&& values) : ref_tuple(std::index_sequence_for<R...>{}, static_cast<std::tuple<V...>&&>(values)) {}
    // NOLINTEND(google-explicit-constructor)
};

/// The tuple that an adaptor over several sources gives: std::tuple where every item is a value.
template <class... R>
using item_tuple = std::conditional_t<(std::is_reference_v<R> || ...), ref_tuple<R...>, std::tuple<R...>>;

// ---- elements that refer to others -----------------------------------------------------------------------------------

/// Where an element is kept, as in a list: the type that has its own values. A class that refers to elements names it: amphis_kept.
template <class T>
struct kept_type {
    using type = T;
};
template <class T>
using kept_value = typename kept_type<std::remove_cvref_t<T>>::type;

template <class T>
    requires requires { typename T::amphis_kept; }
struct kept_type<T> {
    using type = typename T::amphis_kept;
};
template <class... R>
struct kept_type<ref_tuple<R...>> {
    using type = std::tuple<kept_value<R>...>;
};
/// An element of a std::vector<bool>, whose header this one does without: given a bool, and no bool itself.
template <class T>
concept BitReference = std::is_class_v<T> && std::is_convertible_v<T, bool> && std::is_assignable_v<T&, bool> && !std::is_constructible_v<T, bool> &&
                       requires(T& bit) { bit.flip(); };
template <BitReference T>
struct kept_type<T> {
    using type = bool;
};
template <class T>
using kept_item = typename std::conditional_t<std::is_reference_v<T>, std::type_identity<T>, kept_type<T>>::type;
template <class... V>
struct kept_type<std::tuple<V...>> {
    using type = std::tuple<kept_item<V>...>;
};
template <class A, class B>
struct kept_type<std::pair<A, B>> {
    using type = std::pair<kept_item<A>, kept_item<B>>;
};

template <class T>
inline constexpr bool is_composed = false;
template <class... V>
inline constexpr bool is_composed<std::tuple<V...>> = true;
template <class A, class B>
inline constexpr bool is_composed<std::pair<A, B>> = true;

/// As what a view that calls a function gives its result: as it is, but a std::tuple or std::pair with parts that refer to elements as one of
/// values, since C++20 knows no common reference of those two.
template <class T>
using kept_reference =
    std::conditional_t<is_composed<std::remove_cvref_t<T>> && !std::is_same_v<kept_value<T>, std::remove_cvref_t<T>>, kept_value<T>, T>;

}  // namespace amphis::inline v0::detail

template <class... R>
struct std::tuple_size<amphis::detail::ref_tuple<R...>> : std::integral_constant<std::size_t, sizeof...(R)> {};
template <std::size_t I, class... R>
struct std::tuple_element<I, amphis::detail::ref_tuple<R...>> : std::tuple_element<I, std::tuple<R...>> {};

template <class... R, class... V, template <class> class Q1, template <class> class Q2>
    requires(sizeof...(R) == sizeof...(V)) && requires { typename amphis::detail::item_tuple<std::common_reference_t<R, Q2<V>>...>; }
struct std::basic_common_reference<amphis::detail::ref_tuple<R...>, std::tuple<V...>, Q1, Q2> {
    using type = amphis::detail::item_tuple<std::common_reference_t<R, Q2<V>>...>;
};
template <class... V, class... R, template <class> class Q1, template <class> class Q2>
    requires(sizeof...(R) == sizeof...(V)) && requires { typename amphis::detail::item_tuple<std::common_reference_t<Q1<V>, R>...>; }
struct std::basic_common_reference<std::tuple<V...>, amphis::detail::ref_tuple<R...>, Q1, Q2> {
    using type = amphis::detail::item_tuple<std::common_reference_t<Q1<V>, R>...>;
};
template <class... R1, class... R2, template <class> class Q1, template <class> class Q2>
    requires(sizeof...(R1) == sizeof...(R2)) && requires { typename amphis::detail::item_tuple<std::common_reference_t<R1, R2>...>; }
struct std::basic_common_reference<amphis::detail::ref_tuple<R1...>, amphis::detail::ref_tuple<R2...>, Q1, Q2> {
    using type = amphis::detail::item_tuple<std::common_reference_t<R1, R2>...>;
};

#endif  // AMPHIS_DETAIL_REF_TUPLE_HPP
