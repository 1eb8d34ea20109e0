// SPDX-License-Identifier: MIT
// keyword: names at compile time, and arguments that carry one: "sep"_k = ", ".
// Used by: builtins.hpp, contextlib.hpp, dataclasses.hpp, detail/arguments.hpp, functools.hpp, io.hpp, itertools.hpp,
//          lang/descriptor.hpp, lang/exceptions.hpp, lang/function.hpp, lang/property.hpp, traceback.hpp,
//          tracemalloc.hpp
#ifndef AMPHIS_DETAIL_KEYWORD_HPP
#define AMPHIS_DETAIL_KEYWORD_HPP

#include <amphis/config.hpp>

#include <cstddef>
#include <type_traits>

namespace amphis::inline v0 {

/// A string as a template argument.
///
///     template <fixed_string Name> struct tag {};
///     tag<"x">{};
///
/// Source    ours; Python needs no such thing, its names are run-time strings.
template <std::size_t N>
struct fixed_string {
    char value[N]{};

    // constexpr, as with consteval clang 19 checks the access of a member's {} from where its class is made.
    // NOLINTNEXTLINE(google-explicit-constructor): a literal must convert by itself
    constexpr fixed_string(char const (&text)[N]) noexcept {
        for (std::size_t i = 0; i != N; ++i) value[i] = text[i];
    }

    [[nodiscard]] static constexpr std::size_t size() noexcept { return N - 1; }
    [[nodiscard]] constexpr char const* data() const noexcept { return value; }
};

namespace detail {

template <std::size_t N, std::size_t M>
[[nodiscard]] constexpr bool same_name(fixed_string<N> const& a, fixed_string<M> const& b) noexcept {
    if constexpr (N != M) {
        return false;
    } else {
        for (std::size_t i = 0; i != N; ++i) {
            if (a.value[i] != b.value[i]) return false;
        }
        return true;
    }
}

/// An argument with its name. `T` is a reference type at a call, a plain type where it is stored.
template <fixed_string Name, class T>
struct kwarg {
    using type = T;
    static constexpr auto name = Name;
    T value;

    constexpr explicit kwarg(T v) noexcept(noexcept(T(static_cast<T&&>(v)))) : value(static_cast<T&&>(v)) {}
};

/// What "x"_k is; assigning to it makes the argument.
template <fixed_string Name>
struct keyword {
    static constexpr auto name = Name;

    template <class T>
    [[nodiscard]] constexpr kwarg<Name, T&&> operator=(T&& value) const noexcept {  // NOLINT: not an assignment operator
        return kwarg<Name, T&&>(static_cast<T&&>(value));
    }
};

template <class T>
inline constexpr bool is_kwarg = false;
template <fixed_string Name, class T>
inline constexpr bool is_kwarg<kwarg<Name, T>> = true;

/// T, without const and reference, is a keyword argument.
template <class T>
concept Kwarg = is_kwarg<std::remove_cvref_t<T>>;

}  // namespace detail

inline namespace literals {

/// Name an argument: `print(1, 2, "sep"_k = ", ")`.
///
/// Differs   the value is referenced until the full expression ends, as any argument is.
template <fixed_string Name>
[[nodiscard]] consteval detail::keyword<Name> operator""_k() noexcept {
    return {};
}

}  // namespace literals
}  // namespace amphis::inline v0

#endif  // AMPHIS_DETAIL_KEYWORD_HPP
