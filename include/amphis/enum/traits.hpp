// SPDX-License-Identifier: MIT
// enum/traits: what one says about an enum class: that it is a Flag, where its values lie, what they stand for.
//
// All of these are variable templates, specialised beside the enum class, before its first use:
//     enum class Perm { X = 1, W = 2, R = 4 };
//     template <> inline constexpr auto amphis::enum_::kind<Perm> = amphis::enum_::Flag;
#ifndef AMPHIS_ENUM_TRAITS_HPP
#define AMPHIS_ENUM_TRAITS_HPP

#include <amphis/config.hpp>
#include <amphis/detail/repr.hpp>

#include <cstddef>
#include <string_view>
#include <type_traits>

#pragma push_macro("STRICT")
#undef STRICT

namespace amphis::inline v0::enum_ {

/// Python's classes to derive an enumeration from.
enum class EnumKind : unsigned char { Enum, IntEnum, StrEnum, Flag, IntFlag };
inline constexpr EnumKind Enum = EnumKind::Enum;
inline constexpr EnumKind IntEnum = EnumKind::IntEnum;
inline constexpr EnumKind StrEnum = EnumKind::StrEnum;
inline constexpr EnumKind Flag = EnumKind::Flag;
inline constexpr EnumKind IntFlag = EnumKind::IntFlag;

/// Which of Python's enumerations E is: Enum, IntEnum, StrEnum, Flag or IntFlag. Without a specialisation, Enum.
///
///     template <> inline constexpr auto amphis::enum_::kind<Perm> = amphis::enum_::Flag;
template <class E>
inline constexpr EnumKind kind = Enum;

/// What by_value() makes of bits that no flag has.
enum class FlagBoundary : unsigned char {
    STRICT,   // ValueError
    CONFORM,  // they are dropped
    EJECT,    // the result is a plain number
    KEEP,     // they are kept
};
inline constexpr FlagBoundary STRICT = FlagBoundary::STRICT;
inline constexpr FlagBoundary CONFORM = FlagBoundary::CONFORM;
inline constexpr FlagBoundary EJECT = FlagBoundary::EJECT;
inline constexpr FlagBoundary KEEP = FlagBoundary::KEEP;

/// Python's boundary=, of a Flag. Without a specialisation, STRICT for a Flag and KEEP for an IntFlag.
///
///     template <> inline constexpr auto amphis::enum_::boundary<Perm> = amphis::enum_::CONFORM;
template <class E>
inline constexpr FlagBoundary boundary = kind<E> == IntFlag ? KEEP : STRICT;

/// A range of numbers, both ends included.
struct bounds {
    long long first;
    long long last;
};

/// Exactly these members, in this order.
template <class E, std::size_t N>
struct only_list {
    E members[N];
    static constexpr std::size_t count = N;
};
template <class E, class... Es>
    requires(std::is_enum_v<E> && (std::is_same_v<E, Es> && ...))
[[nodiscard]] consteval only_list<E, 1 + sizeof...(Es)> only(E first, Es... rest) noexcept {
    return {{first, rest...}};
}

/// Looks from -128 to 255, and on in either direction as long as there are members in the outer half of what was looked at.
struct automatic {};

/// Where to look for the members of E, if they are neither near zero nor near one another.
///
///     template <> inline constexpr auto amphis::enum_::range<Port> = amphis::enum_::bounds{1000, 2000};
///     template <> inline constexpr auto amphis::enum_::range<Magic> = amphis::enum_::only(Magic::PNG, Magic::GIF);
///
/// bounds    all members in a range; the compile time grows with its length, about 15 us a number.
/// only      these members, and iteration is in this order, as in Python it is in that of the definition.
template <class E>
inline constexpr auto range = automatic{};

/// A member and the value it stands for.
template <class E, class V>
struct entry {
    E member;
    V value;
};
template <class E, class V, std::size_t N>
struct value_table {
    using value_type = V;
    entry<E, V> entries[N];
    static constexpr std::size_t count = N;
};
/// A name and the member it means.
template <class E>
struct alias {
    std::string_view name;
    E member;
};
template <class E, std::size_t N>
struct alias_table {
    alias<E> entries[N];
    static constexpr std::size_t count = N;
};

/// The values that members stand for; strings, or the type V.
template <class E, class V = std::string_view, std::size_t N>
[[nodiscard]] consteval value_table<E, V, N> assign(entry<E, V> const (&list)[N]) {
    value_table<E, V, N> table{};
    for (std::size_t i = 0; i != N; ++i) table.entries[i] = list[i];
    return table;
}
/// Other names of members.
template <class E, std::size_t N>
[[nodiscard]] consteval alias_table<E, N> also(alias<E> const (&list)[N]) {
    alias_table<E, N> table{};
    for (std::size_t i = 0; i != N; ++i) table.entries[i] = list[i];
    return table;
}

/// What the members of E stand for, if it is not their number. A StrEnum without it has its names in lower case, as auto() gives them.
///
///     template <> inline constexpr auto amphis::enum_::values<Color> =
///         amphis::enum_::assign<Color>({{Color::RED, "#f00"}, {Color::GREEN, "#0f0"}});
template <class E>
inline constexpr auto values = nullptr;

/// Other names for members of E. The compiler tells only the first name of each value, so by_name() and members_map() know no others.
///
///     template <> inline constexpr auto amphis::enum_::aliases<Color> = amphis::enum_::also<Color>({{"CRIMSON", Color::RED}});
template <class E>
inline constexpr auto aliases = nullptr;

/// Called by by_value() for a value that is none: returns a member, or an optional of one. Python: _missing_.
///
///     template <> inline constexpr auto amphis::enum_::missing<Color> = [](int) { return Color::RED; };
template <class E>
inline constexpr auto missing = nullptr;

/// An enum class, or an enum with a fixed underlying type; not std::byte, which is a number.
template <class E>
concept Enumeration = std::is_enum_v<E> && !std::is_same_v<E, std::byte> && requires { E{0}; };

}  // namespace amphis::inline v0::enum_

namespace amphis::inline v0::detail {

template <class E>
concept FlagEnum = enum_::Enumeration<E> && (enum_::kind<E> == enum_::Flag || enum_::kind<E> == enum_::IntFlag);
template <class E>
concept NumberEnum = enum_::Enumeration<E> && (enum_::kind<E> == enum_::IntEnum || enum_::kind<E> == enum_::IntFlag);
template <class E>
concept TextEnum = enum_::Enumeration<E> && enum_::kind<E> == enum_::StrEnum;

template <class E>
inline constexpr bool has_values = !std::is_same_v<decltype(enum_::values<E>), std::nullptr_t const>;
template <class E>
inline constexpr bool has_aliases = !std::is_same_v<decltype(enum_::aliases<E>), std::nullptr_t const>;
template <class E>
inline constexpr bool has_missing = !std::is_same_v<decltype(enum_::missing<E>), std::nullptr_t const>;

template <class T>
inline constexpr bool is_only_list = false;
template <class E, std::size_t N>
inline constexpr bool is_only_list<enum_::only_list<E, N>> = true;
template <class E>
using range_kind = std::remove_const_t<decltype(enum_::range<E>)>;

}  // namespace amphis::inline v0::detail

#pragma pop_macro("STRICT")

#endif  // AMPHIS_ENUM_TRAITS_HPP
