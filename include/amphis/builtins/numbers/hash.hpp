// SPDX-License-Identifier: MIT
// builtins/numbers/hash: hash(), the same for equal numbers of any type.  Python: docs.python.org/3/library/functions.html#hash
#ifndef AMPHIS_BUILTINS_NUMBERS_HASH_HPP
#define AMPHIS_BUILTINS_NUMBERS_HASH_HPP

#include <amphis/builtins/numbers/kinds.hpp>
#include <amphis/builtins/repr.hpp>
#include <amphis/config.hpp>
#include <amphis/detail/hash.hpp>
#include <amphis/detail/repr.hpp>

#include <bit>
#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <utility>

namespace amphis::inline v0 {
namespace detail {

// Python's hash of a number is the number modulo this prime, whatever its type (docs.python.org/3/library/stdtypes.html#hashing-of-numeric-types).
inline constexpr std::uint64_t number_modulus = (std::uint64_t{1} << 61U) - 1;

constexpr std::ptrdiff_t signed_hash(bool negative, std::uint64_t magnitude) noexcept {
    auto const value = static_cast<std::ptrdiff_t>(magnitude);
    std::ptrdiff_t const result = negative ? -value : value;
    return result == -1 ? -2 : result;  // -1 is CPython's error mark
}

template <Int T>
[[nodiscard]] constexpr std::ptrdiff_t number_hash(T value) noexcept {
    return signed_hash(value < T{0}, magnitude_of(value) % number_modulus);
}
/// A double is mantissa * 2^exponent, and to multiply by 2 modulo 2^61 - 1 is to rotate 61 bits.
[[nodiscard]] constexpr std::ptrdiff_t number_hash(double value) noexcept {
    auto const bits = std::bit_cast<std::uint64_t>(value);
    bool const negative = bits >> 63U != 0;
    auto const biased = static_cast<unsigned>(bits >> 52U & 0x7FFU);
    std::uint64_t mantissa = bits & ((std::uint64_t{1} << 52U) - 1);
    if (biased == 0x7FF) return mantissa != 0 ? 0 : negative ? -314159 : 314159;
    if (biased != 0) mantissa |= std::uint64_t{1} << 52U;
    unsigned const exponent = biased != 0 ? biased : 1;  // 2^(exponent - 1075)
    unsigned const rotation = (exponent + 61 * 18 - 1075) % 61;
    return signed_hash(negative, (mantissa << rotation & number_modulus) | mantissa >> (61U - rotation));
}

[[nodiscard]] constexpr std::ptrdiff_t as_hash(std::uint64_t bits) noexcept { return static_cast<std::ptrdiff_t>(bits); }

template <class T>
inline constexpr bool is_char_array = std::is_array_v<T> && std::is_same_v<std::remove_cv_t<std::remove_extent_t<T>>, char>;

template <class T>
consteval bool can_hash() noexcept;
template <class T, std::size_t... I>
consteval bool can_hash_parts(std::index_sequence<I...>) noexcept {
    return (can_hash<std::remove_cvref_t<std::tuple_element_t<I, T>>>() && ...);
}
template <template <class...> class Variant, class... Ts>
consteval bool can_hash_alternatives(Variant<Ts...> const*) noexcept {
    return (can_hash<Ts>() && ...);
}

/// What prints with [] or {} can change, and has no hash; std::array, whose size cannot, counts as a tuple.
template <class T>
consteval bool can_hash() noexcept {
    if constexpr (Real<T> || Character<T> || is_one_of<T, none_t, std::nullptr_t> || is_char_array<T>) {
        return true;
    } else if constexpr (HashMember<T> || hash_adl::HasHash<T>) {
        return true;
    } else {
        constexpr shape kind = shapes::shape_of<T>();
        if constexpr (kind == shape::tuple || (kind == shape::list && shapes::TupleLike<T>)) {
            return can_hash_parts<T>(std::make_index_sequence<std::tuple_size<T>::value>{});
        } else if constexpr (kind == shape::optional) {
            return can_hash<std::remove_cv_t<typename T::value_type>>();
        } else if constexpr (kind == shape::reference) {
            return can_hash<std::remove_cvref_t<decltype(std::declval<T const&>().get())>>();
        } else if constexpr (kind == shape::variant) {
            return can_hash_alternatives(static_cast<T const*>(nullptr));
        } else if constexpr (kind == shape::monostate || kind == shape::flag) {
            return true;
        } else if constexpr (kind == shape::list || kind == shape::dict || kind == shape::set || kind == shape::bytes) {
            return false;
        } else {
            return is_hashable<T>();
        }
    }
}

template <class T>
[[nodiscard]] constexpr std::ptrdiff_t hash_value(T const& value);

/// As CPython combines the hashes of a tuple's items: xxHash, with the primes of its specification.
template <class T, std::size_t... I>
[[nodiscard]] constexpr std::ptrdiff_t tuple_hash(T const& tuple, std::index_sequence<I...>) {
    constexpr std::uint64_t prime1 = 11400714785074694791U;
    constexpr std::uint64_t prime2 = 14029467366897019727U;
    constexpr std::uint64_t prime5 = 2870177450012600261U;
    std::uint64_t sum = prime5;
    [[maybe_unused]] auto const add = [&sum](std::ptrdiff_t item) {
        sum += static_cast<std::uint64_t>(item) * prime2;
        sum = std::rotl(sum, 31) * prime1;
    };
    (add(hash_value(tuple_access::element<I>(tuple))), ...);
    sum += sizeof...(I) ^ (prime5 ^ 3527539U);
    return sum == static_cast<std::uint64_t>(-1) ? 1546275796 : as_hash(sum);
}

namespace variant_access {
template <template <class...> class Variant, class... Ts>
[[nodiscard]] constexpr std::ptrdiff_t active_hash(Variant<Ts...> const& value) {
    auto const index = static_cast<std::size_t>(value.index());
    std::ptrdiff_t result = -1;
    [&]<std::size_t... I>(std::index_sequence<I...>) {
        (void)((index == I && (result = hash_value(*get_if<I>(&value)), true)) || ...);
    }(std::index_sequence_for<Ts...>{});
    return result;
}
}  // namespace variant_access

template <class T>
constexpr std::ptrdiff_t hash_value(T const& value) {
    constexpr std::ptrdiff_t none = 0xFCA86420;  // CPython's, from 3.12 on; an address before
    if constexpr (Int<T>) {
        return number_hash(value);
    } else if constexpr (Float<T>) {
        return number_hash(static_cast<double>(value));
    } else if constexpr (is_one_of<T, none_t, std::nullptr_t>) {
        return none;
    } else if constexpr (std::is_same_v<T, char>) {
        return as_hash(hash_bytes(&value, 1));
    } else if constexpr (is_char_array<T>) {
        return as_hash(hash_raw(static_cast<char const*>(value)));
    } else if constexpr (HashMember<T>) {
        return as_hash(static_cast<std::uint64_t>(value.hash()));
    } else if constexpr (hash_adl::HasHash<T>) {
        return as_hash(hash_adl::call(value));
    } else {
        constexpr shape kind = shapes::shape_of<T>();
        if constexpr (kind == shape::tuple || (kind == shape::list && shapes::TupleLike<T>)) {
            return tuple_hash(value, std::make_index_sequence<std::tuple_size<T>::value>{});
        } else if constexpr (kind == shape::optional) {
            return value.has_value() ? hash_value(*value) : none;
        } else if constexpr (kind == shape::reference) {
            return hash_value(value.get());
        } else if constexpr (kind == shape::variant) {
            return variant_access::active_hash(value);
        } else if constexpr (kind == shape::monostate) {
            return none;
        } else if constexpr (kind == shape::flag) {
            return number_hash(static_cast<bool>(value));
        } else {
            return as_hash(hash_raw(value));
        }
    }
}

template <class T>
consteval void assert_hashable() noexcept {
    constexpr shape kind = shapes::shape_of<T>();
    constexpr bool ok = can_hash<T>();
    static_assert(ok || kind != shape::list, "amphis: unhashable type: 'list': its elements can change; use a tuple or a std::array");
    static_assert(ok || kind != shape::dict, "amphis: unhashable type: 'dict': its items can change");
    static_assert(ok || kind != shape::set, "amphis: unhashable type: 'set': its elements can change");
    static_assert(ok || kind == shape::list || kind == shape::dict || kind == shape::set,
                  "amphis: unhashable type: give it a member hash(), a function hash(T const&) in its namespace, or a std::hash");
}

struct hash_fn {
    template <class T>
    [[nodiscard]] constexpr std::ptrdiff_t operator()(T const& value) const {
        assert_hashable<T>();
        if constexpr (can_hash<T>()) {
            return hash_value(value);
        } else {
            return 0;
        }
    }
};
}  // namespace detail

/// The hash of a value. Equal numbers have equal hashes, whatever their types, and CPython's values.
///
///     hash(1) == hash(1.0) && hash(1.0) == hash(true);          // True
///     hash(0.5);                                                // 1152921504606846976
///     hash(std::tuple{1, 2});                                   // -3550055125485641917
///
/// value     numbers, strings, bytes, None, tuples, optionals, variants; types with a member hash(), a free hash(T const&) or a std::hash.
///           A list, dict or set does not compile, as it is a TypeError in Python.
/// Returns   a std::ptrdiff_t, signed as Python's.
/// Cost      constexpr for numbers: one modulo; a tuple's is its items'.
/// Differs   the hash of a string is the same in every run; hash(nan) is 0 where CPython's depends on the address.
/// Source    Python/pyhash.c; Objects/tupleobject.c, tuplehash (CPython 3.11).
inline constexpr detail::hash_fn hash{};

/// Whether hash() takes a T: Python's collections.abc.Hashable.
template <class T>
concept Hashable = detail::can_hash<std::remove_cvref_t<T>>();

}  // namespace amphis::inline v0

#endif  // AMPHIS_BUILTINS_NUMBERS_HASH_HPP
