// SPDX-License-Identifier: MIT
// gc/traverse/acyclic: which objects cannot take part in a cycle, known from their classes.
#ifndef AMPHIS_GC_TRAVERSE_ACYCLIC_HPP
#define AMPHIS_GC_TRAVERSE_ACYCLIC_HPP

#include <amphis/config.hpp>
#include <amphis/detail/callable.hpp>
#include <amphis/gc/edge.hpp>
#include <amphis/gc/traverse/holds.hpp>
#include <amphis/gc/traverse/kind.hpp>

#include <type_traits>

namespace amphis::inline v0::detail::gc {

/// What a gc::ptr may point to, as far as it is known: its class, or one derived from it. unknown: anything.
struct unknown;

template <class T>
struct pointee_of {
    using type = types<>;
};
template <class T>
struct pointee_of<amphis::gc::ptr<T>> {
    using type = types<std::remove_cv_t<T>>;
};

template <class T>
consteval auto pointees_through() noexcept {
    constexpr kind what = kind_of<T>;
    if constexpr (what == kind::edge) {
        return typename pointee_of<T>::type();
    } else if constexpr (what == kind::part) {
        return types<unknown>();  // it keeps the whole that the part is of, of any class
    } else if constexpr (what == kind::by_hand) {
        return std::conditional_t<MarkedAcyclic<T>, types<>, types<unknown>>();
    } else {
        return std::conditional_t<(bits_of_kind(what) & edge_bit) != 0, types<unknown>, types<>>();
    }
}
template <class... Ts>
consteval auto pointees_of_set(type_set<Ts...>) noexcept {
    return (type_set<>() + ... + pointees_through<Ts>());
}
/// What an object of class T points to.
template <class T>
consteval auto find_pointees() noexcept {
    if constexpr (std::is_same_v<T, unknown>) {
        return type_set<>();
    } else if constexpr (MarkedAcyclic<T>) {
        return type_set<>();
    } else if constexpr (kind_of<T> == kind::leaf) {
        return type_set<>();
    } else {
        return pointees_of_set(contained<T>());
    }
}
/// What an object that a gc::ptr<T> points to may point to.
template <class T>
struct next_pointees {
    static consteval auto find() noexcept {
        if constexpr (std::is_same_v<T, unknown>) {
            return type_set<>();
        } else if constexpr (std::is_void_v<T>) {
            return type_set<unknown>();
        } else if constexpr (!std::is_class_v<T> && !std::is_union_v<T> && !std::is_array_v<T>) {
            return type_set<>();
        } else if constexpr (MarkedLeaf<T>) {
            return type_set<>();
        } else if constexpr (!Complete<T>) {
            return type_set<unknown>();
        } else if constexpr (MarkedAcyclic<T>) {
            return type_set<>();
        } else if constexpr (std::is_polymorphic_v<T> && !std::is_final_v<T>) {
            return type_set<unknown>();
        } else {
            return find_pointees<T>();
        }
    }
    using type = decltype(find());
};
/// Whether T, or what is unknown, is among what `fresh` leads to.
template <class T, class... Seen, class... Fresh>
consteval bool leads_back(type_set<Seen...>, type_set<Fresh...>) noexcept {
    if constexpr (has_type<type_set<Fresh...>, T> || has_type<type_set<Fresh...>, unknown>) {
        return true;
    } else if constexpr (sizeof...(Fresh) == 0) {
        return false;
    } else {
        type_set<Seen..., Fresh...> const all;
        return leads_back<T>(all, (type_set<>() + ... + typename next_pointees<Fresh>::type()) - all);
    }
}
template <class T>
inline constexpr bool leads_back_to = leads_back<T>(type_set<>(), find_pointees<T>());

template <class... Ts>
consteval bool leads_in_circles(type_set<Ts...>) noexcept {
    return (leads_back_to<Ts> || ...);
}
template <class T>
consteval bool find_acyclic() noexcept {
    static_assert(std::is_void_v<T> || Complete<T>, "amphis: whether an object can take part in a cycle is asked before its class is defined");
    if constexpr (std::is_void_v<T>) {
        return false;
    } else if constexpr (leads_back_to<T>) {
        return false;
    } else {
        return !leads_in_circles(closure<next_pointees>(type_set<>(), find_pointees<T>()));
    }
}
/// No object of exactly this class, nor any that it leads to, can take part in a cycle of gc pointers. False where that is not known: behind
/// a class that is not defined yet, a base class with virtual functions, a gc::member_ptr, or a traverse() without `using gc_acyclic = void;`.
///
/// It relies on keeps_acyclic: a gc::ptr to a base class does not bring in pointers that the base class does not have.
template <class T>
inline constexpr bool acyclic = find_acyclic<std::remove_cv_t<T>>();

/// A gc::ptr<Derived> may become a gc::ptr<Base>: others rely on what Base says of cycles. Both are complete.
template <class Derived, class Base>
consteval bool find_keeps_acyclic() noexcept {
    if constexpr (std::is_void_v<Base> || std::is_same_v<Derived, Base> || (std::is_polymorphic_v<Base> && !std::is_final_v<Base>)) {
        return true;
    } else if constexpr (acyclic<Base> && std::is_empty_v<Base> && std::is_polymorphic_v<Derived>) {
        return !holds_edges<Derived> && next_pointees<Derived>::type::size == 0;  // an empty base is at the beginning of what is derived further, too
    } else {
        return !acyclic<Base> || !holds_edges<Derived>;
    }
}
template <class Derived, class Base>
inline constexpr bool keeps_acyclic = find_keeps_acyclic<std::remove_cv_t<Derived>, std::remove_cv_t<Base>>();

}  // namespace amphis::inline v0::detail::gc

#endif  // AMPHIS_GC_TRAVERSE_ACYCLIC_HPP
