// SPDX-License-Identifier: MIT
// enum/lookup: a member by its value, and whether there is one.  Python: Color(1)
#ifndef AMPHIS_ENUM_LOOKUP_HPP
#define AMPHIS_ENUM_LOOKUP_HPP

#include <amphis/config.hpp>
#include <amphis/detail/repr.hpp>
#include <amphis/detail/text.hpp>
#include <amphis/enum/members.hpp>
#include <amphis/enum/names.hpp>
#include <amphis/enum/traits.hpp>
#include <amphis/lang/exceptions/hierarchy.hpp>

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <type_traits>
#include <utility>

#pragma push_macro("STRICT")
#undef STRICT

namespace amphis::inline v0 {
namespace enum_ {

/// What by_value() makes of a number, with the boundary EJECT: a member, or a number if it has bits that no flag has.
template <class E>
class member_or_number {
public:
    using underlying_type = std::underlying_type_t<E>;

    constexpr member_or_number(E bits, bool is_member) noexcept : bits_(bits), is_member_(is_member) {}

    [[nodiscard]] constexpr bool is_member() const noexcept { return is_member_; }
    /// Raises    ValueError if it is a number.
    [[nodiscard]] constexpr E member() const {
        if (!is_member_) detail::throw_no_member<E>(number());
        return bits_;
    }
    [[nodiscard]] constexpr underlying_type number() const noexcept { return static_cast<underlying_type>(bits_); }

    [[nodiscard]] friend constexpr bool operator==(member_or_number const&, member_or_number const&) noexcept = default;

private:
    E bits_;
    bool is_member_;
};

}  // namespace enum_

namespace detail {

/// A number of any integer type: its sign, and its bits as 64 of two's complement.
struct any_number {
    std::uint64_t bits;
    bool negative;
};
template <Integer V>
constexpr any_number any_number_of(V number) noexcept {
    return {static_cast<std::uint64_t>(number), number < V{0}};
}

/// The number as one of E; false if E has no such number.
template <class E>
constexpr bool number_to_member(any_number number, E& member) noexcept {
    member = static_cast<E>(static_cast<underlying<E>>(number.bits));
    auto const back = static_cast<std::uint64_t>(static_cast<underlying<E>>(member));
    return back == number.bits && (number.negative == (is_signed_enum<E> && static_cast<underlying<E>>(member) < underlying<E>{}));
}

// 0b0 1000: as CPython's enum.bin() shows a number in `digits` digits, the sign bit apart.
AMPHIS_COLD inline void sign_and_bits_to(text& out, any_number number, unsigned digits) {
    out.append(number.negative ? "0b1 " : "0b0 ", 4);
    while (digits-- != 0) out.push_back((number.bits >> digits & 1U) != 0 ? '1' : '0');
}
constexpr unsigned bit_length(std::uint64_t bits) noexcept {
    unsigned length = 0;
    for (; bits != 0; bits >>= 1U) ++length;
    return length;
}
[[noreturn]] AMPHIS_COLD inline void throw_invalid_flag(chars name, any_number number, std::uint64_t mask) {
    unsigned const own = bit_length(number.negative ? 0 - number.bits : number.bits);
    unsigned const digits = own > bit_length(mask) ? own : bit_length(mask);
    text message;
    message.append("<flag '");
    message.append(name);
    message.append("'> invalid value ");
    if (number.negative) {
        integer_to(message, static_cast<std::int64_t>(number.bits));
    } else {
        integer_to(message, number.bits);
    }
    message.append("\n    given ");
    sign_and_bits_to(message, number, digits);
    message.append("\n  allowed ");
    sign_and_bits_to(message, {mask, false}, digits);
    throw_chars<ValueError>(message.view());
}

/// A number that the boundary would keep, and the type has no room for.
[[noreturn]] AMPHIS_COLD inline void throw_not_a_number_of(any_number number, chars name) {
    text message;
    if (number.negative) {
        integer_to(message, static_cast<std::int64_t>(number.bits));
    } else {
        integer_to(message, number.bits);
    }
    throw_not_valid(message, name);
}

/// Lib/enum.py, Flag._missing_: a combination of flags, or what the boundary makes of other bits.
template <class E>
constexpr auto flag_by_number(any_number number) {
    using facts = flag_facts<E>;
    constexpr enum_::FlagBoundary boundary = enum_::boundary<E>;
    auto const result = [](std::uint64_t bits, bool is_member = true) {
        E const member = static_cast<E>(static_cast<underlying<E>>(bits));
        if constexpr (boundary == enum_::EJECT) {
            return enum_::member_or_number<E>(member, is_member);
        } else {
            (void)is_member;
            return member;
        }
    };
    E named{};
    if (number_to_member(number, named) && index_of(named) != member_index<E>::none) return result(number.bits);
    bool const outside = number.negative ? number.bits < ~facts::all_bits : number.bits > facts::all_bits;
    if (outside || (number.bits & (facts::all_bits ^ facts::mask)) != 0) {
        if constexpr (boundary == enum_::STRICT) {
            throw_invalid_flag(enum_name<E>(), number, facts::mask);
        } else if constexpr (boundary == enum_::CONFORM) {
            return result(number.bits & facts::mask);
        } else {
            if constexpr (boundary == enum_::EJECT) {
                if (number_to_member(number, named)) return result(number.bits, false);
            } else {
                if (number.negative) {
                    std::uint64_t const least = facts::all_bits + 1;
                    unsigned const length = bit_length(0 - number.bits);
                    std::uint64_t const power = length < 64 ? std::uint64_t{1} << length : 0;
                    number = {number.bits + (power > least ? power : least), false};
                }
                named = static_cast<E>(static_cast<underlying<E>>(number.bits));
                if (bits_of(named) == number.bits) return result(number.bits);
            }
            throw_not_a_number_of(number, enum_name<E>());
        }
    }
    return result(number.negative ? number.bits & facts::all_bits : number.bits);
}

template <class E, class V>
consteval void assert_value_type() noexcept {
    assert_enumeration<E>();
    if constexpr (enum_stands_for_value<E>) {
        using Value = typename value_source<E>::value_type;
        constexpr bool comparable = requires(Value const& a, V const& b) { static_cast<bool>(a == b); };
        static_assert(comparable, "amphis: enum: the members of this enumeration stand for values of another type than this one");
    } else {
        constexpr bool number = Integer<V> || std::is_same_v<V, bool> || std::is_same_v<V, underlying<E>>;
        static_assert(number, "amphis: enum: the members of this enumeration stand for integers");
    }
}

/// The index of the member that stands for `wanted`; `none` if there is none.
template <class E, class V>
constexpr std::size_t index_by_value(V const& wanted) {
    if constexpr (enum_stands_for_value<E>) {
        using Value = typename value_source<E>::value_type;
        if constexpr (std::is_same_v<Value, std::string_view>) {
            return string_index<value_keys<E>>::find(wanted);
        } else {
            std::size_t index = 0;
            while (index != enumerator_table<E>::count && !static_cast<bool>(value_source<E>::at(index) == wanted)) ++index;
            return index;
        }
    } else {
        E member{};
        if constexpr (Integer<V>) {
            if (!number_to_member(any_number_of(wanted), member)) return member_index<E>::none;
        } else {
            member = static_cast<E>(wanted);
        }
        return index_of(member);
    }
}

template <class E, class V>
constexpr auto by_value_of(V const& wanted) {
    if constexpr (std::is_same_v<V, E>) {
        return by_value_of<E>(static_cast<underlying<E>>(wanted));
    } else if constexpr (FlagEnum<E>) {
        assert_value_type<E, V>();
        if constexpr (Integer<V>) {
            return flag_by_number<E>(any_number_of(wanted));
        } else {
            return flag_by_number<E>(any_number_of(static_cast<int>(wanted)));
        }
    } else {
        assert_value_type<E, V>();
        std::size_t const index = index_by_value<E>(wanted);
        if (index != member_index<E>::none) return enumerator_table<E>::all.members[index];
        if constexpr (has_missing<E>) {
            auto const other = enum_::missing<E>(wanted);
            if constexpr (std::is_same_v<std::remove_cvref_t<decltype(other)>, E>) {
                return other;
            } else {
                if (static_cast<bool>(other)) return static_cast<E>(*other);
            }
        }
        throw_no_member<E>(wanted);
    }
}

// Arrays of characters are strings.
template <class T>
constexpr decltype(auto) as_value(T const& wanted) noexcept {
    if constexpr (std::is_array_v<T>) {
        return std::string_view(wanted);
    } else {
        return (wanted);
    }
}

template <class E>
consteval void assert_flags() noexcept {
    assert_enumeration<E>();
    static_assert(FlagEnum<E>, "amphis: enum: this enumeration is no Flag: specialise amphis::enum_::kind for it");
}

}  // namespace detail

namespace enum_ {

/// The member that stands for a value. Python: Color(1).
///
///     by_value<Color>(2);               // Color::GREEN
///     by_value<Perm>(6);                // Perm::R | Perm::W
///
/// wanted    an integer, or what values<E> has; a member is returned as it is.
/// Returns   the member; of a Flag with the boundary EJECT, a member_or_number.
/// Raises    ValueError: 5 is not a valid Color, unless missing<E> knows better; of a Flag, as its boundary has it.
/// Cost      as name(); strings are found in constant time, values of another type by comparing one by one. constexpr.
/// Source    Lib/enum.py, EnumType.__call__, Flag._missing_ (CPython 3.11).
template <class E, class V>
[[nodiscard]] constexpr auto by_value(V const& wanted) {
    if constexpr (detail::enum_stands_for_value<E> && std::is_same_v<V, E>) {
        (void)value(wanted);  // raises for what is no member
        return wanted;
    } else {
        return detail::by_value_of<E>(detail::as_value(wanted));
    }
}

/// Whether there is a member that stands for this value, or, given a member, whether it has a name. Python: Color.RED in Color.
///
///     contains<Color>(5);               // False
///
/// Differs   Python 3.11 has it for members only; from 3.12 on also for values.
template <class E, class V>
[[nodiscard]] constexpr bool contains(V const& wanted) {
    if constexpr (std::is_same_v<V, E>) {
        detail::assert_enumeration<E>();
        return detail::index_of(wanted) != detail::member_index<E>::none ||
               (detail::FlagEnum<E> && (detail::bits_of(wanted) & ~detail::flag_facts<E>::mask) == 0);
    } else {
        using Value = std::remove_cvref_t<decltype(detail::as_value(wanted))>;
        detail::assert_value_type<E, Value>();
        return detail::index_by_value<E>(detail::as_value(wanted)) != detail::member_index<E>::none;
    }
}

}  // namespace enum_
}  // namespace amphis::inline v0

#pragma pop_macro("STRICT")

#endif  // AMPHIS_ENUM_LOOKUP_HPP
