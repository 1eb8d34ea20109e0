// SPDX-License-Identifier: MIT
// hash: one hash for every key, in 32 well-mixed bits, and what counts as hashable.
// Used by: builtins.hpp, detail/dynamic_tuple.hpp, functools.hpp, itertools.hpp, sys.hpp, weakref.hpp
#ifndef AMPHIS_DETAIL_HASH_HPP
#define AMPHIS_DETAIL_HASH_HPP

#include <amphis/config.hpp>
#include <amphis/detail/text.hpp>

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <type_traits>
#include <typeindex>  // the cheapest header that declares std::hash
#include <utility>

namespace amphis::inline v0::detail {

// Odd constants with the bits of the golden ratio and of sqrt(3), sqrt(5): any odd, dense number does.
inline constexpr std::uint64_t hash_k0 = 0x9E3779B97F4A7C15U;
inline constexpr std::uint64_t hash_k1 = 0xBB67AE8584CAA73BU;
inline constexpr std::uint64_t hash_k2 = 0x3C6EF372FE94F82BU;

/// The 128-bit product of a and b, folded: each bit of the result depends on each bit of both.
[[nodiscard]] constexpr std::uint64_t fold_multiply(std::uint64_t a, std::uint64_t b) noexcept {
#if defined(__SIZEOF_INT128__)
    __extension__ using wide = unsigned __int128;
    wide const product = static_cast<wide>(a) * b;
    return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64U);
#else
    std::uint64_t const a0 = a & 0xFFFFFFFFU, a1 = a >> 32U, b0 = b & 0xFFFFFFFFU, b1 = b >> 32U;
    std::uint64_t const low = a0 * b0, mid0 = a1 * b0, mid1 = a0 * b1;
    std::uint64_t const carry = ((low >> 32U) + (mid0 & 0xFFFFFFFFU) + (mid1 & 0xFFFFFFFFU)) >> 32U;
    return (a * b) ^ (a1 * b1 + (mid0 >> 32U) + (mid1 >> 32U) + carry);
#endif
}

[[nodiscard]] inline std::uint64_t load64(char const* from) noexcept {
    std::uint64_t word;
    std::memcpy(&word, from, sizeof(word));
    return word;
}
[[nodiscard]] inline std::uint64_t load32(char const* from) noexcept {
    std::uint32_t word;
    std::memcpy(&word, from, sizeof(word));
    return word;
}

/// Hash of bytes. Two overlapping loads cover any length up to 16, so short keys take no loop.
[[nodiscard]] inline std::uint64_t hash_bytes(char const* data, std::size_t size) noexcept {
    std::uint64_t seed = hash_k2 ^ size;
    std::uint64_t a = 0, b = 0;
    if (size <= 16) {
        if (size >= 8) {
            a = load64(data);
            b = load64(data + size - 8);
        } else if (size >= 4) {
            a = load32(data);
            b = load32(data + size - 4);
        } else if (size != 0) {
            auto const at = [data](std::size_t i) { return static_cast<std::uint64_t>(static_cast<unsigned char>(data[i])); };
            a = at(0) << 16U | at(size / 2) << 8U | at(size - 1);
        }
    } else {
        std::size_t left = size;
        for (; left > 16; left -= 16, data += 16) seed = fold_multiply(load64(data) ^ hash_k0, load64(data + 8) ^ seed);
        a = load64(data + left - 16);
        b = load64(data + left - 8);
    }
    return fold_multiply(a ^ hash_k1, b ^ seed);
}

template <class T>
concept TextKey = (CharsLike<T> && requires { typename T::traits_type; }) || std::is_same_v<T, char const*> || std::is_same_v<T, char*>;

template <TextKey T>
[[nodiscard]] constexpr chars key_chars(T const& value) noexcept {
    if constexpr (std::is_pointer_v<T>) {
        return value != nullptr ? chars(value) : chars("", 1);  // null is a key of its own: no C string is one zero character
    } else {
        return chars(value.data(), value.size());
    }
}

template <class T>
concept HashMember = requires(T const& value) { static_cast<std::uint64_t>(value.hash()); };

namespace hash_adl {
void hash() = delete;  // keeps ordinary look-up from finding the function object amphis::hash
template <class T>
concept HasHash = requires(T const& value) { static_cast<std::uint64_t>(hash(value)); };
template <class T>
[[nodiscard]] constexpr std::uint64_t call(T const& value) {
    return static_cast<std::uint64_t>(hash(value));
}
}  // namespace hash_adl

template <class T>
concept HashStd = requires(T const& value) { static_cast<std::uint64_t>(std::hash<T>{}(value)); };

template <class T>
concept TupleLike = requires { std::tuple_size<T>::value; };
template <class T>
concept OptionalLike = requires(T const& value) {
    static_cast<bool>(value.has_value());
    *value;
    typename T::value_type;
};

template <class T>
consteval bool is_hashable() noexcept;

template <class T, std::size_t... I>
consteval bool parts_hashable(std::index_sequence<I...>) noexcept {
    return (is_hashable<std::remove_cvref_t<std::tuple_element_t<I, T>>>() && ...);
}

template <class T>
consteval bool is_hashable() noexcept {
    if constexpr (std::is_arithmetic_v<T> || std::is_enum_v<T> || std::is_pointer_v<T> || std::is_null_pointer_v<T> || TextKey<T>) {
        return true;
    } else if constexpr (HashMember<T> || hash_adl::HasHash<T>) {
        return true;
    } else if constexpr (TupleLike<T>) {
        return parts_hashable<T>(std::make_index_sequence<std::tuple_size<T>::value>{});
    } else if constexpr (OptionalLike<T>) {
        return is_hashable<typename T::value_type>();
    } else {
        return HashStd<T>;
    }
}

/// A type that can be a key. As in Python: numbers, text, None, tuples and optionals of such, and every type that says how
/// (a member `hash()`, a free `hash(T const&)`, a std::hash); not the containers that can change.
template <class T>
concept Hashable = is_hashable<std::remove_cvref_t<T>>();

/// `raw` is a scalar's own bits (the caller mixes), or a finished hash of anything else.
template <class T>
[[nodiscard]] constexpr std::uint64_t hash_raw(T const& value) {
    if constexpr (std::is_floating_point_v<T>) {
        if (value == T(0)) return 0;      // -0.0 == 0.0
        if (value != value) return 0x7FF8;  // every nan is one key
        if constexpr (sizeof(T) == 4) {
            return std::bit_cast<std::uint32_t>(value);
        } else {
            return std::bit_cast<std::uint64_t>(static_cast<double>(value));
        }
    } else if constexpr (std::is_integral_v<T> || std::is_enum_v<T>) {
        if constexpr (sizeof(T) > 8) {
            return static_cast<std::uint64_t>(value) ^ fold_multiply(static_cast<std::uint64_t>(value >> 64), hash_k1);
        } else {
            return static_cast<std::uint64_t>(value);
        }
    } else if constexpr (TextKey<T>) {
        auto const text = key_chars(value);
        return hash_bytes(text.data, text.size);
    } else if constexpr (std::is_pointer_v<T>) {
        return static_cast<std::uint64_t>(reinterpret_cast<std::uintptr_t>(value));
    } else if constexpr (std::is_null_pointer_v<T>) {
        return 0;
    } else if constexpr (HashMember<T>) {
        return static_cast<std::uint64_t>(value.hash());
    } else if constexpr (hash_adl::HasHash<T>) {
        return hash_adl::call(value);
    } else if constexpr (TupleLike<T>) {
        return [&]<std::size_t... I>(std::index_sequence<I...>) {
            using std::get;
            std::uint64_t folded = hash_k2;
            ((folded = fold_multiply(folded ^ hash_raw(get<I>(value)), hash_k0)), ...);
            return folded;
        }(std::make_index_sequence<std::tuple_size<T>::value>{});
    } else if constexpr (OptionalLike<T>) {
        return value.has_value() ? fold_multiply(hash_raw(*value) ^ hash_k1, hash_k0) : 0;
    } else {
        static_assert(HashStd<T>,
                      "amphis: unhashable type: give it a member hash(), a free function hash(T const&) or a std::hash; the type is the T of "
                      "this function. A list, dict or set is unhashable as in Python: use a tuple or an array");
        return static_cast<std::uint64_t>(std::hash<T>{}(value));
    }
}

/// 32 well-mixed bits of one key.
template <class T>
[[nodiscard]] constexpr std::uint32_t hash32(T const& value) {
    return static_cast<std::uint32_t>(fold_multiply(hash_raw(value), hash_k0) >> 32U);
}

}  // namespace amphis::inline v0::detail

#endif  // AMPHIS_DETAIL_HASH_HPP
