// SPDX-License-Identifier: MIT
// format/access: the arguments of a format string, by number and by name, and what {0[1]} and {x.y} take from them.
#ifndef AMPHIS_BUILTINS_FORMAT_ACCESS_HPP
#define AMPHIS_BUILTINS_FORMAT_ACCESS_HPP

#include <amphis/builtins/format/template.hpp>
#include <amphis/builtins/format/value.hpp>
#include <amphis/builtins/repr.hpp>
#include <amphis/config.hpp>
#include <amphis/detail/keyword.hpp>
#include <amphis/detail/repr.hpp>
#include <amphis/detail/text.hpp>
#include <amphis/detail/utf8.hpp>
#include <amphis/lang/exceptions.hpp>

#include <cstddef>
#include <string_view>
#include <type_traits>
#include <utility>

namespace amphis::inline v0::detail {

// ---- arguments

template <std::size_t I, class T>
struct format_argument {
    T const& value;
};

template <std::size_t I, class T>
[[nodiscard]] constexpr T const& pick(format_argument<I, T> const& argument) noexcept {
    return argument.value;
}

template <class A>
[[nodiscard]] constexpr auto const& unnamed(A const& argument) noexcept {
    if constexpr (Kwarg<A>) {
        return argument.value;
    } else {
        return argument;
    }
}

/// The type of an argument, without its name.
template <class A>
using argument_type = std::remove_cvref_t<decltype(detail::unnamed(std::declval<A const&>()))>;

template <class Indices, class... T>
struct format_argument_list;
/// The last one is no argument, but what a piece without a field takes.
template <std::size_t... I, class... T>
struct format_argument_list<std::index_sequence<I...>, T...> : format_argument<I, T>...,
                                                               format_argument<sizeof...(T), int> {};

template <class... A>
using call_arguments = format_argument_list<std::index_sequence_for<A...>, argument_type<A>...>;

template <class A>
constexpr chars argument_name() noexcept {
    if constexpr (Kwarg<A>) {
        return {A::name.data(), A::name.size()};
    } else {
        return {};
    }
}

constexpr bool same_chars(chars a, chars b) noexcept {
    if (a.size != b.size) return false;
    for (std::size_t i = 0; i != a.size; ++i) {
        if (a.data[i] != b.data[i]) return false;
    }
    return true;
}

/// What can be wrong with a call.
enum class call_error : unsigned char { none, no_position, no_name };

/// What the types of the arguments say, whatever their values.
template <class... A>
struct argument_facts {
    static constexpr std::size_t count = sizeof...(A);
    static constexpr bool named[count + 1] = {Kwarg<A>..., false};
    static constexpr chars names[count + 1] = {argument_name<A>()..., chars()};

    /// How many come by position.
    static consteval std::size_t positional() noexcept {
        std::size_t n = 0;
        for (bool is_named : named) n += is_named ? 0 : 1;
        return n - 1;  // the last entry of `named` is no argument
    }
    static consteval bool positional_first() noexcept {
        for (std::size_t i = 0; i != positional(); ++i) {
            if (named[i]) return false;
        }
        return true;
    }
    static consteval bool names_differ() noexcept {
        for (std::size_t i = positional(); i < count; ++i) {
            for (std::size_t j = i + 1; j < count; ++j) {
                if (same_chars(names[i], names[j])) return false;
            }
        }
        return true;
    }
    /// The argument with this name; `count` when there is none.
    static constexpr std::size_t find(chars name) noexcept {
        std::size_t i = positional();
        while (i < count && !same_chars(names[i], name)) ++i;
        return i < count ? i : count;
    }
};

// ---- one step of a path

/// A part of Text as a name of its own.
template <fixed_string Text, std::size_t First, std::size_t Size>
consteval fixed_string<Size + 1> part_of() noexcept {
    char part[Size + 1]{};
    for (std::size_t i = 0; i != Size; ++i) part[i] = Text.value[First + i];
    return fixed_string<Size + 1>(part);
}

template <class T, fixed_string Name>
concept HasAttribute = requires(T const& value) { value.template getattr<Name>(); };

/// value.NAME: C++ has no names at run time, so a type tells its attributes by a member `getattr<Name>()`.
template <fixed_string Name, class T>
decltype(auto) attribute_of(T const& value) {
    static_assert(HasAttribute<T, Name>,
                  "amphis: format string: this type has no attribute of that name: pass the attribute itself as an argument, "
                  "or give the type a member template `getattr<Name>()` that returns it");
    if constexpr (HasAttribute<T, Name>) {
        return value.template getattr<Name>();
    } else {
        return 0;
    }
}

/// Python counts code points in a string.
inline std::string_view code_point_of(chars s, std::size_t index) {
    char const* at = s.data;
    char const* const end = s.data + s.size;
    while (at != end && index != 0) {
        at += decode_utf8(at, end).size;
        --index;
    }
    if (at == end) throw_<IndexError>("string index out of range");
    return std::string_view(at, decode_utf8(at, end).size);
}

template <class T>
constexpr std::size_t length_of(T const& value) noexcept {
    if constexpr (std::is_array_v<T>) {
        return std::extent_v<T>;
    } else {
        return static_cast<std::size_t>(value.size());
    }
}

template <class T>
concept Indexed = std::is_array_v<T> || requires(T const& value, std::size_t i) {
    value[i];
    value.size();
};

/// A class with an operator[] of its own that is no container we know.
template <class T, std::ptrdiff_t Index>
concept OwnItem = !Shaped<T> && !StrKind<T> && std::is_class_v<T> &&
                  ((Index >= 0 && requires(T const& value) { value[static_cast<std::size_t>(Index)]; }) ||
                   (Index < 0 && requires(T const& value) { value[std::string_view()]; }));

/// value[NAME], where Index is NAME as a number or -1.
template <fixed_string Name, std::ptrdiff_t Index, class T>
decltype(auto) item_of(T const& value) {
    constexpr shape kind = shapes::shape_of<T>();
    constexpr auto index = static_cast<std::size_t>(Index);
    if constexpr (kind == shape::optional) {
        if (!value.has_value()) throw_<TypeError>("'NoneType' object is not subscriptable");
        return item_of<Name, Index>(*value);
    } else if constexpr (kind == shape::reference) {
        return item_of<Name, Index>(value.get());
    } else if constexpr (kind == shape::dict) {
        using Key = typename T::key_type;
        if constexpr (Index >= 0 && Integer<Key>) {
            auto const found = value.find(static_cast<Key>(Index));
            if (found == value.end()) throw_<KeyError>(Index);
            return (found->second);
        } else if constexpr (Index < 0 && CharsLike<Key> && std::is_constructible_v<Key, char const*, std::size_t>) {
            auto const found = value.find(Key(Name.data(), Name.size()));
            if (found == value.end()) throw_<KeyError>(chars(Name.data(), Name.size()));
            return (found->second);
        } else {
            static_assert(Index >= 0, "amphis: format string: [name] asks a map for a string, and its keys are not strings");
            static_assert(Index < 0, "amphis: format string: [1] asks a map for an int, and its keys are not integers");
            return 0;
        }
    } else if constexpr (OwnItem<T, Index>) {
        if constexpr (Index >= 0) {
            return value[index];
        } else {
            return value[std::string_view(Name.data(), Name.size())];
        }
    } else if constexpr (Index < 0) {
        static_assert(Index >= 0, "amphis: format string: [name] is for maps with string keys; list indices are integers");
        return 0;
    } else if constexpr (kind == shape::tuple) {
        constexpr bool inside = index < std::tuple_size<T>::value;
        static_assert(inside, "amphis: format string: tuple index out of range");
        if constexpr (inside) {
            return tuple_access::element<index>(value);
        } else {
            return 0;
        }
    } else if constexpr (HasCharacters<T>) {
        return code_point_of(detail::characters_of(value), index);
    } else if constexpr (Indexed<T>) {
        if constexpr (requires { std::tuple_size<T>::value; }) {
            static_assert(index < std::tuple_size<T>::value, "amphis: format string: list index out of range");
        }
        if (index >= detail::length_of(value)) throw_<IndexError>("list index out of range");
        return (value[index]);
    } else {
        static_assert(Indexed<T>, "amphis: format string: a value of this type cannot be indexed");
        return 0;
    }
}

}  // namespace amphis::inline v0::detail

#endif  // AMPHIS_BUILTINS_FORMAT_ACCESS_HPP
