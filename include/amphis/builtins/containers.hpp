// SPDX-License-Identifier: MIT
// builtins/containers: list(), tuple(), set() and dict() of any range; to<C>() for other containers.
// Python: docs.python.org/3/library/functions.html#func-list
//
//     list(range(3));                                  // std::vector<int>{0, 1, 2}
//     dict(zip(names, ages));                          // std::unordered_map<std::string, int>
//     to<std::map>(zip(names, ages));
#ifndef AMPHIS_BUILTINS_CONTAINERS_HPP
#define AMPHIS_BUILTINS_CONTAINERS_HPP

#include <amphis/builtins/comprehension.hpp>
#include <amphis/config.hpp>
#include <amphis/detail/arguments.hpp>
#include <amphis/detail/dynamic_tuple.hpp>
#include <amphis/detail/for_each.hpp>
#include <amphis/detail/hash.hpp>
#include <amphis/detail/iteration.hpp>
#include <amphis/detail/keyword.hpp>
#include <amphis/lang/exceptions/hierarchy.hpp>

#include <cstddef>
#include <string>
#include <tuple>
#include <type_traits>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

namespace amphis::inline v0 {
namespace detail {

/// How many elements to make room for; 0 if that is not known. Python: operator.length_hint.
template <class S>
[[nodiscard]] constexpr std::size_t length_hint(S& source) {
    if constexpr (std::ranges::sized_range<S>) {
        if constexpr (noexcept(std::ranges::size(source))) {
            return static_cast<std::size_t>(std::ranges::size(source));
        } else {
            try {
                return static_cast<std::size_t>(std::ranges::size(source));
            } catch (OverflowError const&) {  // a source of too many to count may be zipped with a short one
                return 0;
            }
        }
    } else if constexpr (requires { source.length_hint(); }) {
        return source.length_hint();
    } else {
        return 0;
    }
}

/// A copy is what the range constructor of a container does best.
template <class S>
concept CopiedByIterators = std::ranges::forward_range<S> && std::ranges::common_range<S> && !gives_away<S> && requires {
    typename std::iterator_traits<std::ranges::iterator_t<S>>::iterator_category;
    requires std::is_base_of_v<std::forward_iterator_tag, typename std::iterator_traits<std::ranges::iterator_t<S>>::iterator_category>;
};

template <class R>
inline constexpr bool is_own_vector = false;
template <class T, class A>
inline constexpr bool is_own_vector<std::vector<T, A>> = std::is_same_v<std::vector<T, A>, std::vector<T>>;

struct list_fn {
    template <class R>
        requires(!Clause<R>)
    [[nodiscard]] constexpr auto operator()(R&& source) const {
        if constexpr (assert_iterable<R>()) {
            if constexpr (is_own_vector<R>) {
                return R(static_cast<R&&>(source));
            } else if constexpr (assert_keepable<std::ranges::range_value_t<source_of<R>>>()) {
                using S = source_of<R>;
                using T = std::ranges::range_value_t<S>;
                S elements = hold(static_cast<R&&>(source));
                if constexpr (CopiedByIterators<S> && std::is_constructible_v<T, std::ranges::range_reference_t<S>>) {
                    return std::vector<T>(std::ranges::begin(elements), std::ranges::end(elements));
                } else {
                    std::vector<T> values;
                    if (std::size_t const count = length_hint(elements); count != 0) values.reserve(count);
                    detail::for_each(elements, [&values](auto&& element) { values.emplace_back(taken<S>(static_cast<decltype(element)>(element))); });
                    return values;
                }
            }
        }
    }
    template <class... A>
        requires is_comprehension<A...>
    [[nodiscard]] constexpr auto operator()(A&&... clauses) const {
        return (*this)(genexpr(static_cast<A&&>(clauses)...));
    }
};

struct tuple_fn {
    template <class R>
        requires(!Clause<R>)
    [[nodiscard]] constexpr auto operator()(R&& source) const {
        if constexpr (assert_iterable<R>()) {
            using S = source_of<R>;
            using T = std::ranges::range_value_t<S>;
            if constexpr (assert_keepable<T>()) {
                S elements = hold(static_cast<R&&>(source));
                growing_array<T> values;
                values.reserve(length_hint(elements));
                detail::for_each(elements, [&values](auto&& element) { values.emplace_back(taken<S>(static_cast<decltype(element)>(element))); });
                return dynamic_tuple<T>(static_cast<growing_array<T>&&>(values));
            }
        }
    }
    template <class... A>
        requires is_comprehension<A...>
    [[nodiscard]] constexpr auto operator()(A&&... clauses) const {
        return (*this)(genexpr(static_cast<A&&>(clauses)...));
    }
};

/// std::hash where the type has one; else what lru_cache uses: tuples, pairs, optionals.
struct key_hash {
    template <class T>
    [[nodiscard]] std::size_t operator()(T const& value) const {
        return static_cast<std::size_t>(fold_multiply(hash_raw(value), hash_k0));
    }
};
template <class T>
using hash_for = std::conditional_t<HashStd<T>, std::hash<T>, key_hash>;

template <class T>
consteval bool assert_key() noexcept {
    constexpr bool hashable = HashStd<T> || Hashable<T>;
    static_assert(hashable, "amphis: unhashable type: an element of a set and a key of a dict needs a std::hash, a member hash() or a free hash(); "
                            "to<std::set> and to<std::map> need an operator< instead");
    return hashable;
}

struct set_fn {
    template <class R>
        requires(!Clause<R>)
    [[nodiscard]] auto operator()(R&& source) const {
        if constexpr (assert_iterable<R>()) {
            using S = source_of<R>;
            using T = std::ranges::range_value_t<S>;
            if constexpr (assert_keepable<T>() && assert_key<T>()) {
                S elements = hold(static_cast<R&&>(source));
                std::unordered_set<T, hash_for<T>> values;
                values.reserve(length_hint(elements));
                detail::for_each(elements, [&values](auto&& element) { values.insert(taken<S>(static_cast<decltype(element)>(element))); });
                return values;
            }
        }
    }
    template <class... A>
        requires is_comprehension<A...>
    [[nodiscard]] auto operator()(A&&... clauses) const {
        return (*this)(genexpr(static_cast<A&&>(clauses)...));
    }
};

template <class T>
concept PairLike = requires { requires std::tuple_size<T>::value == 2; };

template <class Pair>
using key_of = std::remove_cvref_t<std::tuple_element_t<0, Pair>>;
template <class Pair>
using mapped_of = std::remove_cvref_t<std::tuple_element_t<1, Pair>>;

namespace pair_access {
using std::get;
template <std::size_t I, class Pair>
constexpr decltype(auto) part(Pair&& pair) {
    return get<I>(static_cast<Pair&&>(pair));
}
}  // namespace pair_access

template <class S, class Map>
void insert_pairs(S& elements, Map& values) {
    detail::for_each(elements, [&values](auto&& element) {
        auto&& pair = taken<S>(static_cast<decltype(element)>(element));
        using Pair = decltype(pair);
        if constexpr (requires { values.insert_or_assign(pair_access::part<0>(static_cast<Pair&&>(pair)), pair_access::part<1>(static_cast<Pair&&>(pair))); }) {
            values.insert_or_assign(pair_access::part<0>(static_cast<Pair&&>(pair)), pair_access::part<1>(static_cast<Pair&&>(pair)));
        } else {  // a multimap keeps them all
            values.emplace(pair_access::part<0>(static_cast<Pair&&>(pair)), pair_access::part<1>(static_cast<Pair&&>(pair)));
        }
    });
}

struct dict_fn {
    template <class R>
        requires(!Clause<R> && !Kwarg<R>)
    [[nodiscard]] auto operator()(R&& source) const {
        if constexpr (assert_iterable<R>()) {
            using S = source_of<R>;
            using Pair = std::ranges::range_value_t<S>;
            static_assert(PairLike<Pair>, "amphis: dict() takes pairs: each element must be a std::pair or a tuple of two, a key and its value");
            if constexpr (PairLike<Pair> && assert_keepable<Pair>()) {
                using Key = key_of<Pair>;
                if constexpr (assert_key<Key>()) {
                    S elements = hold(static_cast<R&&>(source));
                    std::unordered_map<Key, mapped_of<Pair>, hash_for<Key>> values;
                    values.reserve(length_hint(elements));
                    insert_pairs(elements, values);
                    return values;
                }
            }
        }
    }
    template <class... A>
        requires is_comprehension<A...>
    [[nodiscard]] auto operator()(A&&... clauses) const {
        return (*this)(genexpr(static_cast<A&&>(clauses)...));
    }
    template <class... A>
        requires(sizeof...(A) != 0 && (Kwarg<A> && ...))
    [[nodiscard]] auto operator()(A&&... items) const {
        using T = std::common_type_t<std::decay_t<decltype(items.value)>...>;
        std::unordered_map<std::string, std::conditional_t<std::is_convertible_v<T, char const*>, std::string, T>> values;
        (values.emplace(std::string(std::remove_cvref_t<A>::name.data(), std::remove_cvref_t<A>::name.size()), static_cast<decltype(items.value)>(items.value)), ...);
        return values;
    }
};

template <class C, class S>
void insert_all(C& values, S& elements) {
    if constexpr (requires { values.reserve(std::size_t{}); }) values.reserve(length_hint(elements));
    if constexpr (requires { typename C::mapped_type; }) {
        insert_pairs(elements, values);
    } else {
        detail::for_each(elements, [&values](auto&& element) {
            if constexpr (requires { values.emplace_back(taken<S>(static_cast<decltype(element)>(element))); }) {
                values.emplace_back(taken<S>(static_cast<decltype(element)>(element)));
            } else {
                values.insert(values.end(), typename C::value_type(taken<S>(static_cast<decltype(element)>(element))));
            }
        });
    }
}

/// C<T>, or C<Key, Value> for a T that is a pair.
template <template <class...> class C, class T>
consteval auto container_of() noexcept {
    if constexpr (requires { typename C<T>::value_type; }) {
        return std::type_identity<C<T>>{};
    } else {
        static_assert(PairLike<T>, "amphis: to<C>() cannot make a C of these elements: name its type in full, to<C<Key, Value>>()");
        if constexpr (PairLike<T>) return std::type_identity<C<key_of<T>, mapped_of<T>>>{};
    }
}

}  // namespace detail

/// A std::vector of the elements of a range. With clauses, a list comprehension.
///
///     list(range(3));                                                                 // [0, 1, 2]
///     list([](int x) { return x * x; }, for_(range(10)), if_([](int x) { return x % 2 == 0; }));
///     auto copy = list(v);
///
/// source    any range, or Python iterator. The elements of a temporary container are moved.
/// Returns   std::vector<T>, T the range's value type: tuples of values from zip, where its elements are tuples of references.
/// Cost      one allocation where the length is known.
/// Source    Objects/listobject.c, list_extend (CPython 3.11).
inline constexpr detail::list_fn list{};

/// A tuple of the elements of a range, as long as the range.
///
///     tuple(range(3));                                 // (0, 1, 2)
///
/// Returns   a tuple of elements of one type, whose length is known at run time: it indexes, compares, hashes and prints. For elements of several
///           types there is std::tuple.
/// Source    Objects/tupleobject.c, tuple_new_impl (CPython 3.11).
inline constexpr detail::tuple_fn tuple{};

/// A std::unordered_set of the elements of a range. With clauses, a set comprehension.
///
///     len(set("mississippi"));                         // 4
///     set([](int x) { return x % 3; }, for_(v));
///
/// Returns   std::unordered_set<T>: hashed, as Python's set is, and in no order either. to<std::set>() is sorted.
/// Source    Objects/setobject.c, set_update_internal (CPython 3.11).
inline constexpr detail::set_fn set{};

/// A std::unordered_map of the pairs in a range; of two with one key the later stays. With clauses, a dict comprehension.
///
///     dict(zip(names, ages));
///     dict("a"_k = 1, "b"_k = 2);
///     dict([](std::string const& w) { return std::pair(w, len(w)); }, for_(words));      // {w: len(w) for w in words}
///
/// source    a range of std::pair, or tuples of two; a map, to copy it.
/// Returns   std::unordered_map<Key, Value>.
/// Differs   hashed, but not in the order of insertion, which no standard container keeps. to<std::map>() is sorted by key.
/// Source    Objects/dictobject.c, PyDict_MergeFromSeq2 (CPython 3.11).
inline constexpr detail::dict_fn dict{};

/// A container of your choice from the elements of a range.
///
///     to<std::map>(zip(names, ages));                  // std::map<std::string, int>
///     to<std::vector<double>>(range(3));
///     to<std::string>(reversed("abc"));                // cba
///
/// C         a container with emplace_back or insert, or a map; a template, whose arguments are deduced, or a type.
/// Source    ours; Python calls the type: collections.deque(r). std::ranges::to in C++23.
template <class C, class R>
[[nodiscard]] C to(R&& source) {
    C values;
    if constexpr (detail::assert_iterable<R>()) {
        using S = detail::source_of<R>;
        if constexpr (detail::assert_keepable<std::ranges::range_value_t<S>>()) {
            S elements = detail::hold(static_cast<R&&>(source));
            detail::insert_all(values, elements);
        }
    }
    return values;
}
template <template <class...> class C, class R>
[[nodiscard]] auto to(R&& source) {
    if constexpr (detail::assert_iterable<R>()) {
        using Container = decltype(detail::container_of<C, std::ranges::range_value_t<detail::source_of<R>>>());
        return to<typename Container::type>(static_cast<R&&>(source));
    }
}

}  // namespace amphis::inline v0

#endif  // AMPHIS_BUILTINS_CONTAINERS_HPP
