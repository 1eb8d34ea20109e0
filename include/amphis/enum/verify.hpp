// SPDX-License-Identifier: MIT
// enum/verify: checks of a whole enumeration.  Python: docs.python.org/3/library/enum.html#enum.verify
#ifndef AMPHIS_ENUM_VERIFY_HPP
#define AMPHIS_ENUM_VERIFY_HPP

#include <amphis/config.hpp>
#include <amphis/detail/repr.hpp>
#include <amphis/detail/text.hpp>
#include <amphis/enum/lookup.hpp>
#include <amphis/enum/members.hpp>
#include <amphis/enum/traits.hpp>
#include <amphis/lang/exceptions/hierarchy.hpp>

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace amphis::inline v0 {
namespace enum_ {

/// What verify() can look for.
enum class EnumCheck : unsigned char {
    CONTINUOUS,   // no number between the lowest and the highest is left out; of flags, no bit
    NAMED_FLAGS,  // the combinations of flags that have a name are of bits that have one
    UNIQUE,       // there are no aliases
};
inline constexpr EnumCheck CONTINUOUS = EnumCheck::CONTINUOUS;
inline constexpr EnumCheck NAMED_FLAGS = EnumCheck::NAMED_FLAGS;
inline constexpr EnumCheck UNIQUE = EnumCheck::UNIQUE;

}  // namespace enum_

namespace detail {

AMPHIS_COLD inline void comma_to(text& out, bool& first) {
    if (!first) out.append(", ", 2);
    first = false;
}

template <class E>
AMPHIS_COLD void throw_aliases(char const* what) {
    text message;
    message.append(what);
    message.append(FlagEnum<E> ? " found in <flag '" : " found in <enum '");
    message.append(enum_name<E>());
    message.append("'>: ");
    bool first = true;
    auto const tell = [&](std::string_view name, E member) {
        comma_to(message, first);
        message.append(name.data(), name.size());
        message.append(" -> ");
        std::string_view const own = enumerator_table<E>::name(index_of(member));
        message.append(own.data(), own.size());
    };
    if constexpr (has_aliases<E>) {
        for (auto const& other : enum_::aliases<E>.entries) tell(other.name, other.member);
    }
    throw_chars<ValueError>(message.view());
}

/// Calls tell() for each number that is left out, up to `most` times; false if there is none.
template <class E, class Tell>
constexpr bool gaps(Tell const& tell) {
    auto const all = enum_::members<E>();
    if (all.size() < 2) return false;
    bool any = false;
    if constexpr (FlagEnum<E>) {
        std::uint64_t const mask = flag_facts<E>::mask;
        std::uint64_t bit = mask & (0 - mask);
        for (; bit != 0 && bit <= mask; bit <<= 1U) {
            if ((mask & bit) != 0) continue;
            any = true;
            if (!tell(bit, false)) break;
        }
    } else {
        using index = member_index<E>;
        for (std::size_t i = 1; i < index::count; ++i) {
            for (std::uint64_t rank = index::by_number::at(i - 1).key + 1; rank != index::by_number::at(i).key; ++rank) {
                any = true;
                std::uint64_t const bits = is_signed_enum<E> ? rank ^ (std::uint64_t{1} << 63U) : rank;
                if (!tell(bits, is_signed_enum<E> && static_cast<std::int64_t>(bits) < 0)) return true;
            }
        }
    }
    return any;
}

template <class E>
AMPHIS_COLD void throw_gaps() {
    text message;
    message.append(FlagEnum<E> ? "invalid flag '" : "invalid enum '");
    message.append(enum_name<E>());
    message.append("': missing values ");
    bool first = true;
    gaps<E>([&](std::uint64_t bits, bool negative) {
        comma_to(message, first);
        if (negative) {
            integer_to(message, static_cast<std::int64_t>(bits));
        } else {
            integer_to(message, bits);
        }
        return message.size() < 256;
    });
    if (message.size() > 256) message.truncate(256);  // as CPython does
    throw_chars<ValueError>(message.view());
}

/// The bits that the combination `member` has and no flag has.
template <class E>
constexpr std::uint64_t nameless_bits(E member) noexcept {
    std::uint64_t const bits = bits_of(member);
    return is_one_bit(bits) ? 0 : bits & ~flag_facts<E>::mask;
}

template <class E>
AMPHIS_COLD void throw_nameless() {
    text message;
    message.append("invalid Flag '");
    message.append(enum_name<E>());
    message.append("': ");
    std::uint64_t missing = 0;
    std::size_t count = 0;
    for (auto const& [name, member] : enum_::members_map<E>()) {
        if (nameless_bits(member) == 0) continue;
        missing |= nameless_bits(member);
        ++count;
    }
    message.append(count == 1 ? "alias " : "aliases ");
    std::size_t told = 0;
    for (auto const& [name, member] : enum_::members_map<E>()) {
        if (nameless_bits(member) == 0) continue;
        if (told != 0) message.append(told + 1 == count ? " and " : ", ");
        message.append(name.data(), name.size());
        ++told;
    }
    message.append(count == 1 ? " is missing " : " are missing ");
    message.append(is_one_bit(missing) ? "value 0x" : "combined values of 0x");
    for (unsigned digit = (bit_length(missing) + 3) / 4; digit-- != 0;) message.push_back("0123456789abcdef"[missing >> (4 * digit) & 0xFU]);
    message.append(" [use enum.show_flag_values(value) for details]");
    throw_chars<ValueError>(message.view());
}

template <class E>
constexpr void verify_one(enum_::EnumCheck check) {
    if (check == enum_::UNIQUE) {
        if constexpr (has_aliases<E>) throw_aliases<E>("aliases");
    } else if (check == enum_::CONTINUOUS) {
        if (gaps<E>([](std::uint64_t, bool) { return false; })) throw_gaps<E>();
    } else {
        if constexpr (FlagEnum<E>) {
            for (auto const& entry : enum_::members_map<E>()) {
                if (nameless_bits(entry.second) != 0) throw_nameless<E>();
            }
        }
    }
}

}  // namespace detail

namespace enum_ {

/// Check an enumeration. Python: @verify(CONTINUOUS, UNIQUE).
///
///     static_assert(verify<Color>(CONTINUOUS));         // the compiler checks; the error names throw_gaps<Color>
///     verify<Color>(CONTINUOUS);                        // raises
///
/// Returns   true.
/// Raises    ValueError: invalid enum 'Color': missing values 4, and others as CPython's.
/// Differs   aliases are those that aliases<E> declares; the compiler does not tell others.
/// Source    Lib/enum.py, verify (CPython 3.11).
template <class E, class... Checks>
constexpr bool verify(Checks... checks) {
    detail::assert_enumeration<E>();
    (detail::verify_one<E>(checks), ...);
    return true;
}

/// Check that there are no aliases. Python: @unique.
///
/// Raises    ValueError: duplicate values found in <enum 'Color'>: CRIMSON -> RED.
/// Differs   aliases are those that aliases<E> declares; the compiler does not tell others.
template <class E>
constexpr bool unique() {
    detail::assert_enumeration<E>();
    if constexpr (detail::has_aliases<E>) detail::throw_aliases<E>("duplicate values");
    return true;
}

}  // namespace enum_
}  // namespace amphis::inline v0

#endif  // AMPHIS_ENUM_VERIFY_HPP
