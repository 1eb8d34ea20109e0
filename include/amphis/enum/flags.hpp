// SPDX-License-Identifier: MIT
// enum/flags: the arithmetic of flags and of enumerations that are numbers, and the flags that are set.
#ifndef AMPHIS_ENUM_FLAGS_HPP
#define AMPHIS_ENUM_FLAGS_HPP

#include <amphis/config.hpp>
#include <amphis/detail/repr.hpp>
#include <amphis/enum/lookup.hpp>
#include <amphis/enum/members.hpp>
#include <amphis/enum/traits.hpp>

#include <compare>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <type_traits>
#include <utility>

#pragma push_macro("STRICT")
#undef STRICT

namespace amphis::inline v0 {
namespace enum_ {

/// The flags that are set in a combination.
template <class E>
class flag_list {
public:
    using value_type = E;
    using size_type = std::size_t;
    using iterator = E const*;
    using const_iterator = E const*;

    constexpr explicit flag_list(E flags) noexcept {
        for (E const flag : members<E>()) {
            if ((detail::bits_of(flags) & detail::bits_of(flag)) != 0) members_[count_++] = flag;
        }
    }
    [[nodiscard]] constexpr E const* begin() const noexcept { return members_; }
    [[nodiscard]] constexpr E const* end() const noexcept { return members_ + count_; }
    [[nodiscard]] constexpr std::size_t size() const noexcept { return count_; }
    [[nodiscard]] constexpr bool empty() const noexcept { return count_ == 0; }
    [[nodiscard]] constexpr E operator[](std::size_t index) const noexcept { return members_[index]; }

private:
    E members_[detail::canonical_members<E>::count != 0 ? detail::canonical_members<E>::count : 1]{};
    std::size_t count_ = 0;
};

/// The flags of one bit that are set, as Python iterates a flag: list(Perm.R | Perm.W).
///
///     for (Perm flag : members(Perm::R | Perm::W)) print(flag);        // Perm.W Perm.R
///
/// Returns   a list that holds them; its size() is Python's len(flags), unless bits are set that no flag has.
template <class E>
[[nodiscard]] constexpr flag_list<E> members(E flags) noexcept {
    detail::assert_flags<E>();
    return flag_list<E>(flags);
}

/// Whether all bits of `flag` are set in `flags`. Python: Perm.R in flags.
template <class E>
[[nodiscard]] constexpr bool contains(E flags, std::type_identity_t<E> flag) noexcept {
    detail::assert_flags<E>();
    return (detail::bits_of(flags) & detail::bits_of(flag)) == detail::bits_of(flag);
}

}  // namespace enum_

namespace detail {

/// Python's ~: the flags that are not set. With KEEP and EJECT, see Lib/enum.py, Flag.__invert__ and _missing_.
template <class E>
constexpr E inverted(E flags) noexcept {
    using facts = flag_facts<E>;
    std::uint64_t const bits = bits_of(flags);
    std::uint64_t result = 0;
    if constexpr (enum_::boundary<E> != enum_::KEEP) {
        result = facts::mask ^ (bits & facts::mask);
    } else if (bits <= facts::all_bits) {
        result = facts::all_bits ^ bits;
    } else {
        unsigned const length = bit_length(bits + 1);
        result = (length < 64 ? std::uint64_t{1} << length : 0) - (bits + 1);
    }
    return static_cast<E>(static_cast<underlying<E>>(result));
}

template <class E>
constexpr E from_bits(std::uint64_t bits) noexcept {
    return static_cast<E>(static_cast<underlying<E>>(bits));
}

}  // namespace detail

namespace enum_ {

/// The operators of flags, and of enumerations that are numbers or strings. They are found where they are used:
///
///     using namespace amphis::enum_::operators;         // in a namespace or a function
///     Perm const both = Perm::R | Perm::W;
///     both & ~Perm::R;                                  // <Perm.W: 2>
///
/// Flag, IntFlag     | & ^ ~ and their assignments, as the machine's operators; ~ gives the flags that are not set.
/// IntEnum, IntFlag  == and <=> with integers, and + for the number: +Level::HIGH.
/// StrEnum           == and <=> with strings.
/// Cost              that of the operators on integers.
/// Differs           operators do not check bits; by_value() does. Python's operators make members only from members.
namespace operators {

template <detail::FlagEnum E>
[[nodiscard]] constexpr E operator|(E a, E b) noexcept {
    return detail::from_bits<E>(detail::bits_of(a) | detail::bits_of(b));
}
template <detail::FlagEnum E>
[[nodiscard]] constexpr E operator&(E a, E b) noexcept {
    return detail::from_bits<E>(detail::bits_of(a) & detail::bits_of(b));
}
template <detail::FlagEnum E>
[[nodiscard]] constexpr E operator^(E a, E b) noexcept {
    return detail::from_bits<E>(detail::bits_of(a) ^ detail::bits_of(b));
}
template <detail::FlagEnum E>
[[nodiscard]] constexpr E operator~(E flags) noexcept {
    return detail::inverted(flags);
}
template <detail::FlagEnum E>
constexpr E& operator|=(E& a, E b) noexcept {
    return a = a | b;
}
template <detail::FlagEnum E>
constexpr E& operator&=(E& a, E b) noexcept {
    return a = a & b;
}
template <detail::FlagEnum E>
constexpr E& operator^=(E& a, E b) noexcept {
    return a = a ^ b;
}

template <detail::NumberEnum E>
[[nodiscard]] constexpr auto operator+(E member) noexcept {
    return +static_cast<detail::underlying<E>>(member);
}
template <detail::NumberEnum E, detail::Integer N>
[[nodiscard]] constexpr bool operator==(E member, N number) noexcept {
    return std::cmp_equal(static_cast<detail::underlying<E>>(member), number);
}
template <detail::NumberEnum E, detail::Integer N>
[[nodiscard]] constexpr std::strong_ordering operator<=>(E member, N number) noexcept {
    if (std::cmp_less(static_cast<detail::underlying<E>>(member), number)) return std::strong_ordering::less;
    return member == number ? std::strong_ordering::equal : std::strong_ordering::greater;
}
template <detail::TextEnum E>
[[nodiscard]] constexpr bool operator==(E member, std::string_view text) {
    return value(member) == text;
}
template <detail::TextEnum E>
[[nodiscard]] constexpr std::strong_ordering operator<=>(E member, std::string_view text) {
    return value(member) <=> text;
}

}  // namespace operators
}  // namespace enum_
}  // namespace amphis::inline v0

#pragma pop_macro("STRICT")

#endif  // AMPHIS_ENUM_FLAGS_HPP
