// SPDX-License-Identifier: MIT
// dataclasses/compare: eq, lt, le, gt, ge, compare and hash, as of the tuples of the fields.
#ifndef AMPHIS_DATACLASSES_COMPARE_HPP
#define AMPHIS_DATACLASSES_COMPARE_HPP

#include <amphis/builtins/numbers/hash.hpp>
#include <amphis/builtins/repr.hpp>
#include <amphis/config.hpp>
#include <amphis/dataclasses/options.hpp>
#include <amphis/detail/reflect.hpp>

#include <bit>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <utility>

namespace amphis::inline v0 {
namespace detail::dataclass {

// ---- values of fields ------------------------------------------------------------------------------------------------

template <class T>
concept OwnEq = requires(T const& a, T const& b) { static_cast<bool>(a == b); };
template <class T>
concept OwnLess = requires(T const& a, T const& b) { static_cast<bool>(a < b); };

/// Whether == means the values, down to the last element. The == of a std::vector is declared for every element type.
template <class T>
consteval bool compares_itself() noexcept;
template <class T, std::size_t... I>
consteval bool parts_compare(std::index_sequence<I...>) noexcept {
    return (compares_itself<std::remove_cvref_t<std::tuple_element_t<I, T>>>() && ...);
}
template <class T>
consteval bool compares_itself() noexcept {
    if constexpr (Primitive<T> && !std::is_array_v<T>) {
        return true;
    } else if constexpr (std::is_array_v<T>) {
        return false;  // == of arrays compares addresses
    } else {
        constexpr shape kind = shapes::shape_of<T>();
        if constexpr (kind == shape::dict) {
            return compares_itself<typename T::mapped_type>();
        } else if constexpr (kind == shape::set) {
            return true;
        } else if constexpr (kind == shape::list) {
            return compares_itself<shapes::element_of<T>>();
        } else if constexpr (kind == shape::optional) {
            return compares_itself<std::remove_cv_t<typename T::value_type>>();
        } else if constexpr (kind == shape::tuple) {
            return parts_compare<T>(std::make_index_sequence<std::tuple_size<T>::value>());
        } else {
            return OwnEq<T>;
        }
    }
}

template <class T>
consteval void assert_comparable() noexcept {
    static_assert(OwnEq<T> || Aggregate<T>, "amphis: a field cannot be compared: give its class an operator==");
}
template <class T>
consteval void assert_ordered() noexcept {
    static_assert(OwnLess<T> || Aggregate<T>, "amphis: '<' is not supported between the values of a field: give their class an operator<=>");
}

template <class T>
constexpr bool equal_fields(T const& a, T const& b);

template <class T>
constexpr bool equal(T const& a, T const& b) {
    if constexpr (compares_itself<T>()) {
        return static_cast<bool>(a == b);
    } else if constexpr (std::is_array_v<T>) {
        for (std::size_t i = 0; i != std::extent_v<T>; ++i) {
            if (!equal(a[i], b[i])) return false;
        }
        return true;
    } else {
        constexpr shape kind = shapes::shape_of<T>();
        if constexpr (kind == shape::dict) {
            if (a.size() != b.size()) return false;
            for (auto const& [key, value] : a) {
                auto const found = b.find(key);
                if (found == b.end() || !equal(value, found->second)) return false;
            }
            return true;
        } else if constexpr (kind == shape::list) {
            auto first = b.begin();
            auto const last = b.end();
            for (auto const& item : a) {
                if (first == last || !equal(item, *first)) return false;
                ++first;
            }
            return first == last;
        } else if constexpr (kind == shape::optional) {
            return a.has_value() == b.has_value() && (!a.has_value() || equal(*a, *b));
        } else if constexpr (kind == shape::tuple) {
            return [&]<std::size_t... I>(std::index_sequence<I...>) {
                return (equal(tuple_access::element<I>(a), tuple_access::element<I>(b)) && ...);
            }(std::make_index_sequence<std::tuple_size<T>::value>());
        } else {
            assert_comparable<T>();
            if constexpr (Aggregate<T>) {
                return equal_fields(a, b);
            } else {
                return false;
            }
        }
    }
}

template <class T>
constexpr std::partial_ordering order_fields(T const& a, T const& b);

/// As Python compares: what is equal goes on, of the first that is not == decides <.
template <class T>
constexpr std::partial_ordering order(T const& a, T const& b) {
    if constexpr (std::is_array_v<T>) {
        for (std::size_t i = 0; i != std::extent_v<T>; ++i) {
            std::partial_ordering const c = dataclass::order(a[i], b[i]);
            if (c != 0) return c;
        }
        return std::partial_ordering::equivalent;
    } else if constexpr (Aggregate<T> && !OwnLess<T>) {
        return order_fields(a, b);
    } else {
        assert_ordered<T>();
        if constexpr (OwnLess<T>) {
            if constexpr (requires { std::partial_ordering(a <=> b); } && !std::is_same_v<T, bool>) {
                return a <=> b;
            } else {
                if (equal(a, b)) return std::partial_ordering::equivalent;
                if (a < b) return std::partial_ordering::less;
                return b < a ? std::partial_ordering::greater : std::partial_ordering::unordered;
            }
        } else {
            return std::partial_ordering::unordered;
        }
    }
}

template <class T>
constexpr std::ptrdiff_t hash_fields(T const& object);

template <class T>
constexpr std::ptrdiff_t hash_of_field(T const& value) {
    if constexpr (!can_hash<T>() && Aggregate<T>) {
        return hash_fields(value);
    } else {
        assert_hashable<T>();
        if constexpr (can_hash<T>()) {
            return hash_value(value);
        } else {
            return 0;
        }
    }
}

// ---- objects ---------------------------------------------------------------------------------------------------------

template <class T>
constexpr bool equal_fields(T const& a, T const& b) {
    return with_fields(a, [&b](auto const&... x) {
        return with_fields(b, [&](auto const&... y) {
            return [&]<std::size_t... I>(std::index_sequence<I...>) {
                [[maybe_unused]] auto const one = []<std::size_t Index>(std::integral_constant<std::size_t, Index>, auto const& p, auto const& q) {
                    if constexpr (plan_of<T>.fields[Index].compare) {
                        return equal(p, q);
                    } else {
                        return true;
                    }
                };
                return (one(std::integral_constant<std::size_t, I>(), x, y) && ...);
            }(std::index_sequence_for<decltype(x)...>());
        });
    });
}

template <class T>
constexpr std::partial_ordering order_fields(T const& a, T const& b) {
    std::partial_ordering result = std::partial_ordering::equivalent;
    with_fields(a, [&](auto const&... x) {
        with_fields(b, [&](auto const&... y) {
            [&]<std::size_t... I>(std::index_sequence<I...>) {
                [[maybe_unused]] auto const one = [&result]<std::size_t Index>(std::integral_constant<std::size_t, Index>, auto const& p, auto const& q) {
                    if constexpr (plan_of<T>.fields[Index].compare) {
                        result = dataclass::order(p, q);
                        return result == 0;
                    } else {
                        return true;
                    }
                };
                static_cast<void>((one(std::integral_constant<std::size_t, I>(), x, y) && ...));
            }(std::index_sequence_for<decltype(x)...>());
        });
    });
    return result;
}

/// The hash of the tuple of the fields, as CPython combines them.
template <class T>
constexpr std::ptrdiff_t hash_fields(T const& object) {
    constexpr std::uint64_t prime1 = 11400714785074694791U;
    constexpr std::uint64_t prime2 = 14029467366897019727U;
    constexpr std::uint64_t prime5 = 2870177450012600261U;
    std::uint64_t sum = prime5;
    with_fields(object, [&sum](auto const&... field) {
        [&]<std::size_t... I>(std::index_sequence<I...>) {
            [[maybe_unused]] auto const one = [&sum]<std::size_t Index>(std::integral_constant<std::size_t, Index>, auto const& value) {
                if constexpr (plan_of<T>.fields[Index].hash) {
                    sum += static_cast<std::uint64_t>(hash_of_field(value)) * prime2;
                    sum = std::rotl(sum, 31) * prime1;
                }
            };
            (one(std::integral_constant<std::size_t, I>(), field), ...);
        }(std::index_sequence_for<decltype(field)...>());
    });
    sum += count_used<T, &field_plan::hash>() ^ (prime5 ^ 3527539U);
    return sum == static_cast<std::uint64_t>(-1) ? 1546275796 : as_hash(sum);
}

struct eq_fn {
    template <class A, class B>
    [[nodiscard]] constexpr bool operator()(A const& a, B const& b) const {
        constexpr bool ok = assert_dataclass<A>() && assert_dataclass<B>();
        if constexpr (ok && std::is_same_v<A, B>) {
            return equal_fields(a, b);
        } else {
            return false;
        }
    }
};

struct compare_fn {
    template <class A, class B>
    [[nodiscard]] constexpr std::partial_ordering operator()(A const& a, B const& b) const {
        if constexpr (assert_dataclass<A>() && assert_dataclass<B>()) {
            constexpr bool same = std::is_same_v<A, B>;
            constexpr bool allowed = !plan_of<A>.has_options || plan_of<A>.order;
            static_assert(same, "amphis: '<' is not supported between objects of two dataclasses");
            static_assert(allowed, "amphis: '<' is not supported between objects of this dataclass: its options lack dataclasses::order");
            if constexpr (same && allowed) return order_fields(a, b);
        }
        return std::partial_ordering::unordered;
    }
};
struct lt_fn {
    template <class A, class B>
    [[nodiscard]] constexpr bool operator()(A const& a, B const& b) const {
        return compare_fn()(a, b) < 0;
    }
};
struct le_fn {
    template <class A, class B>
    [[nodiscard]] constexpr bool operator()(A const& a, B const& b) const {
        return compare_fn()(a, b) <= 0;
    }
};
struct gt_fn {
    template <class A, class B>
    [[nodiscard]] constexpr bool operator()(A const& a, B const& b) const {
        return compare_fn()(a, b) > 0;
    }
};
struct ge_fn {
    template <class A, class B>
    [[nodiscard]] constexpr bool operator()(A const& a, B const& b) const {
        return compare_fn()(a, b) >= 0;
    }
};

struct hash_fn {
    template <class T>
    [[nodiscard]] constexpr std::ptrdiff_t operator()(T const& object) const {
        if constexpr (assert_dataclass<T>()) {
            constexpr auto const& plan = plan_of<T>;
            constexpr bool allowed = !plan.has_options || plan.frozen || plan.unsafe_hash;
            static_assert(allowed, "amphis: unhashable type: the options of this dataclass have neither dataclasses::frozen nor dataclasses::unsafe_hash");
            if constexpr (allowed) return hash_fields(object);
        }
        return 0;
    }
};

}  // namespace detail::dataclass

namespace dataclasses {

/// Whether two objects of one class have equal fields, in order; false for objects of two classes.
///
///     dc::eq(Person{"Alice", 30}, Person{"Alice", 30});       // True
///     bool operator==(Person const& other) const { return dc::eq(*this, other); }
///
/// Fields    that are dataclasses, arrays, or containers of those, are compared through, even without an operator==.
/// Cost      what comparing the fields by hand costs: nothing is made, the first that differs ends it.
/// Differs   a nan is not equal to itself, where CPython takes an object for equal to itself without asking.
/// Source    Lib/dataclasses.py, _cmp_fn (CPython 3.11).
inline constexpr detail::dataclass::eq_fn eq{};

/// How two objects of one class stand, as their tuples of fields do: std::partial_ordering.
///
///     std::sort(people.begin(), people.end(), dc::lt);
///
/// Raises    nothing; a compile error where the class has options and `order` is not among them.
/// Source    Lib/dataclasses.py, _cmp_fn (CPython 3.11).
inline constexpr detail::dataclass::compare_fn compare{};
/// a < b, as their tuples of fields. See compare.
inline constexpr detail::dataclass::lt_fn lt{};
/// a <= b, as their tuples of fields. See compare.
inline constexpr detail::dataclass::le_fn le{};
/// a > b, as their tuples of fields. See compare.
inline constexpr detail::dataclass::gt_fn gt{};
/// a >= b, as their tuples of fields. See compare.
inline constexpr detail::dataclass::ge_fn ge{};

/// The hash of the tuple of the fields, CPython's value where the fields have CPython's.
///
///     dc::hash(Point{1, 2});       // -3550055125485641917, as hash((1, 2))
///     std::ptrdiff_t hash() const { return dc::hash(*this); }       // makes the class a key, for amphis::hash and lru_cache
///
/// Raises    nothing; a compile error where the class has options and neither `frozen` nor `unsafe_hash` is among them, and for a
///           field that has no hash, such as a std::vector.
/// Source    Lib/dataclasses.py, _hash_fn; Objects/tupleobject.c, tuplehash (CPython 3.11).
inline constexpr detail::dataclass::hash_fn hash{};

}  // namespace dataclasses
}  // namespace amphis::inline v0

#endif  // AMPHIS_DATACLASSES_COMPARE_HPP
