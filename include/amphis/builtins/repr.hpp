// SPDX-License-Identifier: MIT
// builtins/repr: repr() and str() of values, containers and your own types, as CPython writes them.
// Python: docs.python.org/3/library/functions.html#repr
//
// Containers are told by their shape (value_type, has_value(), tuple_size, ...), never by including their headers: printing a
// std::map costs nothing to who has none, and a container of your own prints as the standard's do.
#ifndef AMPHIS_BUILTINS_REPR_HPP
#define AMPHIS_BUILTINS_REPR_HPP

#include <amphis/config.hpp>
#include <amphis/detail/repr.hpp>
#include <amphis/detail/text.hpp>

#include <cstddef>
#include <cstring>
#include <string>
#include <type_traits>
#include <utility>

namespace amphis::inline v0 {
namespace detail {

// ---- a type's own repr() and str() ----------------------------------------------------------------------------------

template <class R>
concept Rendered = CharsLike<std::remove_cvref_t<R>> || std::is_convertible_v<R, char const*>;

// Looked up from here, because amphis::repr and amphis::str are objects, and an object found first stops the search.
namespace own {
void repr() = delete;
void str() = delete;

template <class T>
concept MemberRepr = requires(T const& value) { { value.repr() } -> Rendered; };
template <class T>
concept FreeRepr = requires(T const& value) { { repr(value) } -> Rendered; };
template <class T>
concept MemberStr = requires(T const& value) { { value.str() } -> Rendered; };
template <class T>
concept FreeStr = requires(T const& value) { { str(value) } -> Rendered; };

template <class T>
decltype(auto) call_repr(T const& value) {
    if constexpr (MemberRepr<T>) {
        return value.repr();
    } else {
        return repr(value);
    }
}
template <class T>
decltype(auto) call_str(T const& value) {
    if constexpr (MemberStr<T>) {
        return value.str();
    } else if constexpr (FreeStr<T>) {
        return str(value);
    } else {
        return call_repr(value);
    }
}
}  // namespace own

template <class T>
inline constexpr bool can_have_own =
    (std::is_class_v<T> || std::is_union_v<T> || std::is_enum_v<T>) && !std::is_same_v<T, none_t>;
template <class T>
concept OwnRepr = can_have_own<T> && (own::MemberRepr<T> || own::FreeRepr<T>);
template <class T>
concept OwnStr = can_have_own<T> && (own::MemberStr<T> || own::FreeStr<T> || OwnRepr<T>);

template <Rendered R>
void append_rendered(text& out, R const& rendered) {
    if constexpr (CharsLike<R>) {
        out.append(static_cast<char const*>(rendered.data()), static_cast<std::size_t>(rendered.size()));
    } else {
        out.append(chars(static_cast<char const*>(rendered)));
    }
}

// ---- shapes ---------------------------------------------------------------------------------------------------------

enum class shape : unsigned char {
    none,  // numbers, strings, and what cannot be printed
    reference,
    optional,
    variant,
    monostate,
    tuple,
    bytes,
    dict,
    set,
    list,
    complex,
    flag,  // what vector<bool>'s operator[] returns
};

namespace shapes {
// ADL only: <iterator> is not needed to iterate a container.
namespace range_access {
void begin() = delete;
void end() = delete;
template <class T>
concept Member = requires(T& range) { *range.begin(); range.begin() != range.end(); };
template <class T>
concept Free = requires(T& range) { *begin(range); begin(range) != end(range); };

template <class T>
decltype(auto) first_of(T& range) {
    if constexpr (std::is_array_v<T>) {
        return (range[0]);
    } else if constexpr (Member<T>) {
        return *range.begin();
    } else {
        return *begin(range);
    }
}
}  // namespace range_access

/// Iterable through a const reference, so that printing changes nothing.
template <class T>
concept ConstIterable = std::is_array_v<T> || range_access::Member<T const> || range_access::Free<T const>;
template <class T>
concept MutableIterable = range_access::Member<T> || range_access::Free<T>;

template <class T>
using element_of = std::remove_cvref_t<decltype(range_access::first_of(std::declval<T const&>()))>;

template <class T>
concept ReferenceWrapperLike = requires(T const& value) {
    typename T::type;
    requires std::is_same_v<decltype(value.get()), typename T::type&>;
    requires std::is_convertible_v<T const&, typename T::type&>;
};
/// A property: it stands for what get() returns, be it a string.
template <class T>
concept AttributeLike = requires(T const& value) {
    typename T::stands_for_value;
    value.get();
};
template <class T>
concept OptionalLike = requires(T const& value) {
    typename T::value_type;
    static_cast<bool>(value.has_value());
    *value;
    value.value_or(*value);
} && !requires(T const& value) { value.error(); };
template <class T>
concept VariantLike = requires(T const& value) { value.index(); value.valueless_by_exception(); };
template <class T>
concept TupleLike = requires { std::tuple_size<T>::value; };
template <class T>
concept ComplexLike = requires(T const& value) {
    typename T::value_type;
    requires std::is_floating_point_v<typename T::value_type>;
    requires std::is_same_v<std::remove_cvref_t<decltype(value.real())>, typename T::value_type>;
    requires std::is_same_v<std::remove_cvref_t<decltype(value.imag())>, typename T::value_type>;
};
template <class T>
concept BytesLike = requires(T const& value) {
    requires std::is_same_v<std::remove_cvref_t<decltype(*value.data())>, std::byte>;
    static_cast<std::size_t>(value.size());
};
template <class T>
concept FlagLike = std::is_convertible_v<T const&, bool> && (requires(T& value) {
    value.flip();
    value = true;
} || requires(T const& value) {
    // A const vector's flag with libc++: it cannot be changed, and its address is an iterator.
    requires std::is_same_v<typename decltype(&value)::value_type, bool>;
});
template <class T>
concept PointerLike = std::is_pointer_v<T> || std::is_member_pointer_v<T> || requires(T const& value) {
    requires std::is_pointer_v<decltype(value.get())>;
    static_cast<bool>(value);
};

// std::monostate has no shape: it is empty. Its name tells it, since naming it needs <variant>.
template <class T>
consteval bool unit_by_name() noexcept {
#if defined(_MSC_VER)
    constexpr chars name = __FUNCSIG__;
#else
    constexpr chars name = __PRETTY_FUNCTION__;
#endif
    constexpr chars from = "std::";
    constexpr chars wanted = "monostate";
    bool in_std = false;
    for (std::size_t i = 0; i + wanted.size <= name.size; ++i) {
        std::size_t same = 0;
        while (same != from.size && i + same < name.size && name.data[i + same] == from.data[same]) ++same;
        if (same == from.size) in_std = true;
        same = 0;
        while (same != wanted.size && name.data[i + same] == wanted.data[same]) ++same;
        if (same == wanted.size && in_std && name.data[i - 1] == ':') return true;
    }
    return false;
}

template <class T>
consteval shape shape_of() noexcept {
    if constexpr (std::is_array_v<T>) {
        using E = std::remove_cv_t<std::remove_extent_t<T>>;
        return Character<E> ? shape::none : std::is_same_v<E, std::byte> ? shape::bytes : shape::list;
    } else if constexpr (!std::is_class_v<T> || (Primitive<T> && !AttributeLike<T>)) {
        return shape::none;
    } else if constexpr (ReferenceWrapperLike<T> || AttributeLike<T>) {
        return shape::reference;  // first: a cached_property of a list is iterable, too
    } else if constexpr (BytesLike<T>) {
        return shape::bytes;
    } else if constexpr (ConstIterable<T>) {
        if constexpr (std::is_same_v<element_of<T>, T>) {
            return shape::none;  // std::filesystem::path: a range of itself
        } else if constexpr (requires { typename T::key_type; typename T::mapped_type; }) {
            return shape::dict;
        } else if constexpr (requires { typename T::key_type; }) {
            return shape::set;
        } else {
            return shape::list;
        }
    } else if constexpr (VariantLike<T>) {
        return shape::variant;
    } else if constexpr (OptionalLike<T>) {
        return shape::optional;
    } else if constexpr (ComplexLike<T>) {
        return shape::complex;
    } else if constexpr (TupleLike<T>) {
        return shape::tuple;
    } else if constexpr (FlagLike<T>) {
        return shape::flag;
    } else if constexpr (std::is_empty_v<T>) {
        return unit_by_name<T>() ? shape::monostate : shape::none;
    } else {
        return shape::none;
    }
}

}  // namespace shapes

template <class T>
concept Shaped = shapes::shape_of<T>() != shape::none;

// ---- one element ----------------------------------------------------------------------------------------------------

template <class T>
concept Reprable = requires(text& out, T const& value) { repr_to(out, value); };
template <class T>
concept Strable = requires(text& out, T const& value) { str_to(out, value); };

/// The sentence for a type that cannot be printed; one fails, the one that helps.
template <class T, bool Ok>
consteval void assert_printable() noexcept {
    constexpr bool pointer = shapes::PointerLike<T> || std::is_function_v<T>;
    constexpr bool consumed = shapes::MutableIterable<T> && !shapes::ConstIterable<T>;
    static_assert(Ok || !pointer,
                  "amphis: a pointer does not print: print what it points to, *p, or the comparison p == nullptr");
    static_assert(Ok || !consumed,
                  "amphis: this range has no const begin(): printing would consume it, so collect it into a std::vector first");
    static_assert(Ok || pointer || consumed || !std::is_enum_v<T>,
                  "amphis: this enumeration has no repr: define `std::string_view repr(E)` beside it, or print its number");
    static_assert(Ok || pointer || consumed || std::is_enum_v<T>,
                  "amphis: this type has no repr: give it a member `std::string repr() const`, or define "
                  "`std::string repr(T const&)` in its namespace; a struct whose bases have no fields prints with <amphis/dataclasses.hpp>");
}

template <class T>
void repr_item(text& out, T const& value) {
    assert_printable<T, Reprable<T>>();
    if constexpr (Reprable<T>) repr_to(out, value);
}
template <class T>
void str_item(text& out, T const& value) {
    assert_printable<T, Strable<T>>();
    if constexpr (Strable<T>) str_to(out, value);
}

// ---- each shape -----------------------------------------------------------------------------------------------------

template <class Part>
void complex_part(text& out, Part part) {
    std::size_t const start = out.size();
    repr_to(out, part);
    // A whole number is written without ".0" here: (1+2j).
    if (out.size() - start > 2 && out.data()[out.size() - 2] == '.' && out.back() == '0') out.truncate(out.size() - 2);
}
template <class Part>
void complex_repr(text& out, Part real, Part imag) {
    std::size_t const start = out.size();
    out.push_back('(');
    complex_part(out, real);
    bool const alone = real == 0 && out.data()[start + 1] != '-';  // 0.0, but not -0.0, is left out: 1j, (-0+1j)
    if (alone) out.truncate(start);
    std::size_t const sign = out.size();
    out.push_back('+');
    complex_part(out, imag);
    if (out.data()[sign + 1] == '-' || alone) {
        std::size_t const count = out.size() - sign - 1;
        std::memmove(out.data() + sign, out.data() + sign + 1, count);
        out.truncate(sign + count);
    }
    out.push_back('j');
    if (!alone) out.push_back(')');
}

namespace tuple_access {
template <std::size_t I>
void get() = delete;
template <std::size_t I, class T>
decltype(auto) element(T const& tuple) {
    if constexpr (requires { tuple.template get<I>(); }) {
        return tuple.template get<I>();
    } else {
        return get<I>(tuple);
    }
}
}  // namespace tuple_access

template <class T>
void tuple_repr(text& out, T const& tuple) {
    constexpr std::size_t size = std::tuple_size<T>::value;
    out.push_back('(');
    [&]<std::size_t... I>(std::index_sequence<I...>) {
        (((I == 0 ? void() : out.append(", ", 2)), repr_item(out, tuple_access::element<I>(tuple))), ...);
    }(std::make_index_sequence<size>{});
    if constexpr (size == 1) out.push_back(',');
    out.push_back(')');
}

namespace variant_access {
template <std::size_t I>
void get_if() = delete;

template <bool Repr, template <class...> class Variant, class... Ts>
void active(text& out, Variant<Ts...> const& value) {
    auto const index = static_cast<std::size_t>(value.index());
    bool const found = [&]<std::size_t... I>(std::index_sequence<I...>) {
        return ((index == I && ((Repr ? repr_item(out, *get_if<I>(&value)) : str_item(out, *get_if<I>(&value))), true)) || ...);
    }(std::index_sequence_for<Ts...>{});
    if (!found) out.append("<valueless variant>");
}
}  // namespace variant_access

/// std::vector<bool>, whose const elements are bool with libstdc++ and a proxy with libc++.
template <class T>
concept HoldsFlags = requires { requires std::is_same_v<typename T::value_type, bool>; };

template <class T>
void list_repr(text& out, T const& range) {
    out.push_back('[');
    bool first = true;
    for (auto&& element : range) {
        if (!first) out.append(", ", 2);
        first = false;
        if constexpr (HoldsFlags<T>) {
            repr_to(out, static_cast<bool>(element));
        } else {
            repr_item(out, element);
        }
    }
    out.push_back(']');
}
template <class T>
void dict_repr(text& out, T const& map) {
    out.push_back('{');
    bool first = true;
    for (auto&& [key, value] : map) {
        if (!first) out.append(", ", 2);
        first = false;
        repr_item(out, key);
        out.append(": ", 2);
        repr_item(out, value);
    }
    out.push_back('}');
}
template <class T>
void set_repr(text& out, T const& set) {
    bool first = true;
    for (auto&& element : set) {
        if (first) {
            out.push_back('{');
        } else {
            out.append(", ", 2);
        }
        first = false;
        repr_item(out, element);
    }
    if (first) return out.append("set()");
    out.push_back('}');
}

/// What holds one other value shows it as if it were the value; only there do repr and str differ.
template <bool Repr, class T>
void shaped_to(text& out, T const& value) {
    constexpr shape kind = shapes::shape_of<T>();
    auto const inner = [&out](auto const& held) {
        if constexpr (Repr) {
            repr_item(out, held);
        } else {
            str_item(out, held);
        }
    };
    if constexpr (kind == shape::reference) {
        inner(value.get());
    } else if constexpr (kind == shape::optional) {
        if (!value.has_value()) return out.append("None", 4);
        inner(*value);
    } else if constexpr (kind == shape::variant) {
        variant_access::active<Repr>(out, value);
    } else if constexpr (kind == shape::monostate) {
        out.append("None", 4);
    } else if constexpr (kind == shape::tuple) {
        tuple_repr(out, value);
    } else if constexpr (kind == shape::bytes) {
        if constexpr (std::is_array_v<T>) {
            repr_bytes_to(out, chars(reinterpret_cast<char const*>(value), std::extent_v<T>));
        } else {
            repr_bytes_to(out, chars(reinterpret_cast<char const*>(value.data()), static_cast<std::size_t>(value.size())));
        }
    } else if constexpr (kind == shape::dict) {
        dict_repr(out, value);
    } else if constexpr (kind == shape::set) {
        set_repr(out, value);
    } else if constexpr (kind == shape::list) {
        list_repr(out, value);
    } else if constexpr (kind == shape::complex) {
        complex_repr(out, value.real(), value.imag());
    } else {
        repr_to(out, static_cast<bool>(value));
    }
}

// ---- the overloads --------------------------------------------------------------------------------------------------

template <class T>
    requires(OwnRepr<T> && !Primitive<T>)
void repr_to(text& out, T const& value) {
    append_rendered(out, own::call_repr(value));
}
template <class T>
    requires(Shaped<T> && !OwnRepr<T>)
void repr_to(text& out, T const& value) {
    shaped_to<true>(out, value);
}

template <class T>
    requires(OwnStr<T> && !Primitive<T>)
void str_to(text& out, T const& value) {
    append_rendered(out, own::call_str(value));
}
template <class T>
    requires(Shaped<T> && !OwnStr<T>)
void str_to(text& out, T const& value) {
    shaped_to<false>(out, value);
}
struct repr_fn {
    template <class T>
    [[nodiscard]] std::string operator()(T const& value) const {
        text out;
        repr_item(out, value);
        return std::string(out.data(), out.size());
    }
};

struct str_fn {
    [[nodiscard]] std::string operator()() const { return std::string(); }
    template <class T>
    [[nodiscard]] std::string operator()(T const& value) const {
        text out;
        str_item(out, value);
        return std::string(out.data(), out.size());
    }
};
}  // namespace detail

/// The value as a programmer writes it: strings in quotes, containers as displays.
///
///     repr("it's");                                     // "it's"
///     repr(std::map<std::string, int>{{"a", 1}});       // {'a': 1}
///     repr(std::tuple{1, 2.0, true});                   // (1, 2.0, True)
///
/// value     numbers, strings, None, containers, tuples, optionals, variants, exceptions, in any depth; or a type of yours
///           with a member `repr()`, or a function `repr(T const&)` in its namespace, that returns any string.
/// Returns   a std::string.
/// Raises    whatever your repr() raises.
/// Cost      one pass into a buffer whose first 256 bytes are on the stack, then one string.
/// Differs   unordered containers print in their own order; a multimap prints a key as often as it holds it. A pointer, and a
///           range that can only be read by consuming it, do not compile.
/// Source    Objects/object.c, PyObject_Repr (CPython 3.11).
inline constexpr detail::repr_fn repr{};

/// The value as a reader wants it: a string is itself, anything else its repr, unless it has a str() of its own.
///
///     str("it's");                                      // it's
///     str(std::vector<std::string>{"a"});               // ['a']
///     str(std::optional<std::string>("a"));             // a
///
/// value     as for repr(); a member `str()` or a function `str(T const&)` comes before `repr`.
/// Returns   a std::string; str() is the empty one.
/// Raises    whatever your str() raises.
/// Source    Objects/object.c, PyObject_Str (CPython 3.11).
inline constexpr detail::str_fn str{};

}  // namespace amphis::inline v0

#endif  // AMPHIS_BUILTINS_REPR_HPP
