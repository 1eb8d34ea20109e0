// SPDX-License-Identifier: MIT
// gc/traverse/holds: which pointers are in an object, known from its class.
#ifndef AMPHIS_GC_TRAVERSE_HOLDS_HPP
#define AMPHIS_GC_TRAVERSE_HOLDS_HPP

#include <amphis/config.hpp>
#include <amphis/detail/callable.hpp>
#include <amphis/gc/traverse/kind.hpp>

#include <type_traits>

namespace amphis::inline v0::detail::gc {

/// fixed: pointers at a place that is the same in each object. moving: the others, which stand in containers, optionals, variants, behind
/// a std::unique_ptr, or are reported by traverse(). all: both.
enum class part_of_walk : unsigned char { fixed, moving, all };

/// Types without repetition; sets are added up by +.
template <class T>
struct one_type {};
template <class... Ts>
struct type_set : one_type<Ts>... {
    static constexpr std::size_t size = sizeof...(Ts);
};
template <class Set, class T>
inline constexpr bool has_type = std::is_base_of_v<one_type<T>, Set>;

template <class... Ts, class T>
consteval auto operator+(type_set<Ts...> set, one_type<T>) noexcept {
    if constexpr (has_type<type_set<Ts...>, T>) {
        return set;
    } else {
        return type_set<Ts..., T>();
    }
}
template <class... Ts, class... Us>
consteval auto operator+(type_set<Ts...> set, types<Us...>) noexcept {
    return (set + ... + one_type<Us>());
}
template <class... Ts, class... Us>
consteval auto operator+(type_set<Ts...> set, type_set<Us...>) noexcept {
    return (set + ... + one_type<Us>());
}
template <class... Ts, class... Us>
consteval auto operator-(type_set<Ts...>, type_set<Us...>) noexcept {
    return (type_set<>() + ... + std::conditional_t<has_type<type_set<Us...>, Ts>, types<>, types<Ts>>());
}

/// What Next leads to from `fresh`, with it and with `seen`. Level by level, because the depth of templates is bounded.
template <template <class> class Next, class... Seen, class... Fresh>
consteval auto closure(type_set<Seen...> seen, type_set<Fresh...>) noexcept {
    if constexpr (sizeof...(Fresh) == 0) {
        return seen;
    } else {
        type_set<Seen..., Fresh...> const all;
        return closure<Next>(all, (type_set<>() + ... + typename Next<Fresh>::type()) - all);
    }
}

/// The parts that are not leaves.
template <class... Ts>
consteval auto without_leaves(types<Ts...>) noexcept {
    return (type_set<>() + ... + std::conditional_t<std::is_reference_v<Ts> || kind_of<std::remove_const_t<Ts>> == kind::leaf, types<>, types<std::remove_const_t<Ts>>>());
}
template <class T>
struct next_parts {
    using type = decltype(without_leaves(parts_of<T>()));
};
/// All that is in an object of class T, in any depth; T itself comes first.
template <class T>
using contained = decltype(closure<next_parts>(type_set<>(), type_set<T>()));

inline constexpr unsigned edge_bit = 1, weak_bit = 2, hand_bit = 4;

consteval unsigned bits_of_kind(kind what) noexcept {
    switch (what) {
        case kind::edge:
        case kind::part:
        case kind::opaque:  // the walk says so
        case kind::opaque_base:
        case kind::incomplete:
        case kind::inherits: return edge_bit;
        case kind::weak: return weak_bit;
        case kind::by_hand: return edge_bit | weak_bit | hand_bit;
        default: return 0;
    }
}
template <class... Ts>
consteval unsigned bits_of_set(type_set<Ts...>) noexcept {
    return (0U | ... | bits_of_kind(kind_of<Ts>));
}
template <class T>
inline constexpr unsigned all_bits = bits_of_set(contained<std::remove_const_t<T>>());

template <class T>
inline constexpr bool is_apart = kind_of<T> == kind::array || kind_of<T> == kind::std_array || kind_of<T> == kind::tuple || kind_of<T> == kind::fields || kind_of<T> == kind::listed;

template <class T>
consteval unsigned find_fixed_bits() noexcept;
template <class... Ts>
consteval unsigned fixed_bits_of(types<Ts...>) noexcept {
    return (0U | ... | find_fixed_bits<Ts>());
}
template <class T>
consteval unsigned find_fixed_bits() noexcept {
    using U = std::remove_const_t<T>;
    if constexpr (std::is_reference_v<T> || kind_of<U> == kind::by_hand) {
        return 0;
    } else if constexpr (is_apart<U>) {
        return fixed_bits_of(parts_of<U>());
    } else {
        return bits_of_kind(kind_of<U>);
    }
}
template <class T>
consteval unsigned find_moving_bits() noexcept;
template <class... Ts>
consteval unsigned moving_bits_of(types<Ts...>) noexcept {
    return (0U | ... | find_moving_bits<Ts>());
}
template <class T>
consteval unsigned find_moving_bits() noexcept {
    using U = std::remove_const_t<T>;
    if constexpr (std::is_reference_v<T>) {
        return 0;
    } else if constexpr (is_apart<U>) {
        return moving_bits_of(parts_of<U>());
    } else if constexpr (kind_of<U> == kind::by_hand || bits_of_kind(kind_of<U>) == 0) {
        return all_bits<U>;
    } else {
        return 0;
    }
}
template <class T>
inline constexpr unsigned fixed_bits = find_fixed_bits<T>();
template <class T>
inline constexpr unsigned moving_bits = find_moving_bits<T>();

/// An object of class T holds gc pointers, itself or in its parts. True also of what walk() will refuse.
template <class T>
inline constexpr bool holds_edges = (all_bits<T> & edge_bit) != 0;
template <class T>
inline constexpr bool holds_weak = (all_bits<T> & weak_bit) != 0;
template <class T>
inline constexpr bool has_fixed_edges = (fixed_bits<T> & edge_bit) != 0;
template <class T>
inline constexpr bool has_moving_edges = (moving_bits<T> & edge_bit) != 0;
/// Some of them are reported by a traverse() that a user wrote.
template <class T>
inline constexpr bool walked_by_hand = (all_bits<T> & hand_bit) != 0;

template <part_of_walk W, class T>
inline constexpr unsigned walk_bits = W == part_of_walk::fixed ? fixed_bits<T> : W == part_of_walk::moving ? moving_bits<T> : all_bits<T>;

}  // namespace amphis::inline v0::detail::gc

#endif  // AMPHIS_GC_TRAVERSE_HOLDS_HPP
