// SPDX-License-Identifier: MIT
// format/value: which kind a C++ value is formatted as, and the errors of a spec in CPython's words.
#ifndef AMPHIS_BUILTINS_FORMAT_VALUE_HPP
#define AMPHIS_BUILTINS_FORMAT_VALUE_HPP

#include <amphis/builtins/format/number.hpp>
#include <amphis/builtins/format/spec.hpp>
#include <amphis/builtins/repr.hpp>
#include <amphis/config.hpp>
#include <amphis/detail/repr.hpp>
#include <amphis/detail/text.hpp>
#include <amphis/detail/type_name.hpp>
#include <amphis/lang/exceptions.hpp>

#include <cstddef>
#include <cstring>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace amphis::inline v0::detail {

template <class T>
concept StrKind = Character<T> || StrLike<T> || CharacterPointer<T> || CharacterArray<T>;

/// A type that formats as another one: format_as(scratch, value) returns what to format. enum.hpp has it for its enumerations.
template <class T>
concept FormatsAs = std::is_enum_v<T> && requires(text& scratch, T const& value) { format_as(scratch, value); };

template <class T>
consteval format_kind format_kind_of() noexcept {
    if constexpr (std::is_same_v<T, bool>) {
        return format_kind::boolean;
    } else if constexpr (Integer<T> || std::is_same_v<T, std::byte>) {
        return format_kind::integer;
    } else if constexpr (Float<T>) {
        return format_kind::floating;
    } else if constexpr (StrKind<T>) {
        return format_kind::string;
    } else if constexpr (shapes::shape_of<T>() == shape::complex) {
        return format_kind::complex;
    } else if constexpr (FormatsAs<T>) {
        return format_kind_of<decltype(format_as(std::declval<text&>(), std::declval<T const&>()))>();
    } else {
        return format_kind::other;
    }
}

// ---- a type's own format(spec)

// As for repr: amphis::format is an object, and an object found first stops the search.
namespace own {
void format() = delete;

template <class T, class Spec>
concept MemberFormat = requires(T const& value, Spec const& spec) { { value.format(spec) } -> Rendered; };
template <class T, class Spec>
concept FreeFormat = !StrKind<T> && requires(T const& value, Spec const& spec) { { format(value, spec) } -> Rendered; };

template <class T>
concept Format = MemberFormat<T, std::string_view> || MemberFormat<T, std::string> || FreeFormat<T, std::string_view> ||
                 FreeFormat<T, std::string>;

template <class T>
decltype(auto) call_format(T const& value, std::string_view spec) {
    if constexpr (MemberFormat<T, std::string_view>) {
        return value.format(spec);
    } else if constexpr (MemberFormat<T, std::string>) {
        return value.format(std::string(spec));
    } else if constexpr (FreeFormat<T, std::string_view>) {
        return format(value, spec);
    } else {
        return format(value, std::string(spec));
    }
}
}  // namespace own

template <class T>
concept OwnFormat = can_have_own<T> && own::Format<T>;

// ---- names of types, for messages

/// What Python calls the type of this value.
template <class T>
constexpr chars python_type_name() noexcept {
    if constexpr (is_one_of<T, none_t, std::nullptr_t>) {
        return "NoneType";
    } else if constexpr (std::is_same_v<T, bool>) {
        return "bool";
    } else if constexpr (format_kind_of<T>() == format_kind::integer) {
        return "int";
    } else if constexpr (Float<T>) {
        return "float";
    } else if constexpr (StrKind<T>) {
        return "str";
    } else {
        switch (shapes::shape_of<T>()) {
            case shape::monostate: return "NoneType";
            case shape::tuple: return "tuple";
            case shape::bytes: return "bytes";
            case shape::dict: return "dict";
            case shape::set: return "set";
            case shape::list: return "list";
            case shape::complex: return "complex";
            default: return type_name<T>();
        }
    }
}

// ---- errors

/// Append a code point as CPython's messages do: \x20ac.
inline void quote_code_to(text& out, char32_t code) {
    char buffer[8];
    char* const end = buffer + sizeof(buffer);
    char* const begin = put_binary(end, static_cast<unsigned>(code), 4, false);
    out.append("\\x", 2);
    out.append(begin, static_cast<std::size_t>(end - begin));
}

/// Append the type of a spec in quotes: 'd' or '\x20ac'.
inline void quote_type_to(text& out, char32_t type) {
    out.push_back('\'');
    if (type > 32 && type < 128) {
        out.push_back(static_cast<char>(type));
    } else {
        quote_code_to(out, type);
    }
    out.push_back('\'');
}

[[noreturn]] AMPHIS_COLD inline void throw_spec_error(spec_error error, chars spec_text, format_spec const& spec, chars type_name) {
    text message;
    switch (error) {
        case spec_error::invalid:
            message.append("Invalid format specifier '");
            message.append(spec_text);
            message.append("' for object of type '");
            message.append(type_name);
            message.push_back('\'');
            break;
        case spec_error::too_many_digits: message.append("Too many decimal digits in format string"); break;
        case spec_error::no_precision: message.append("Format specifier missing precision"); break;
        case spec_error::comma_and_underscore: message.append("Cannot specify both ',' and '_'."); break;
        case spec_error::grouping_with_type:
            message.append("Cannot specify '");
            message.push_back(spec.grouping);
            message.append("' with ");
            quote_type_to(message, spec.type);
            message.push_back('.');
            break;
        case spec_error::unknown_type:
            message.append("Unknown format code ");
            quote_type_to(message, spec.type);
            message.append(" for object of type '");
            message.append(type_name);
            message.push_back('\'');
            break;
        case spec_error::precision_with_int: message.append("Precision not allowed in integer format specifier"); break;
        case spec_error::precision_too_big: message.append("precision too big"); break;
        case spec_error::negative_zero_with_int:
            message.append("Negative zero coercion (z) not allowed in integer format specifier");
            break;
        case spec_error::sign_with_char: message.append("Sign not allowed with integer format specifier 'c'"); break;
        case spec_error::alternate_with_char:
            message.append("Alternate form (#) not allowed with integer format specifier 'c'");
            break;
        case spec_error::sign_with_str: message.append("Sign not allowed in string format specifier"); break;
        case spec_error::space_with_str: message.append("Space not allowed in string format specifier"); break;
        case spec_error::negative_zero_with_str:
            message.append("Negative zero coercion (z) not allowed in string format specifier");
            break;
        case spec_error::alternate_with_str:
            message.append("Alternate form (#) not allowed in string format specifier");
            break;
        case spec_error::equals_with_str: message.append("'=' alignment not allowed in string format specifier"); break;
        case spec_error::zeros_with_complex: message.append("Zero padding is not allowed in complex format specifier"); break;
        case spec_error::equals_with_complex:
            message.append("'=' alignment flag is not allowed in complex format specifier");
            break;
        case spec_error::none:
        case spec_error::not_supported:
            message.append("unsupported format string passed to ");
            message.append(type_name);
            message.append(".__format__");
            throw_<TypeError>(message.view());
    }
    throw_<ValueError>(message.view());
}

// ---- values

/// Append Python's ascii(value): its repr, with what is not ASCII escaped.
template <class T>
void ascii_to(text& out, T const& value) {
    text shown;
    repr_item(shown, value);
    char const* at = shown.data();
    char const* const end = at + shown.size();
    while (at != end) {
        code_point const c = decode_utf8(at, end);
        if (c.value < 0x80) {
            out.push_back(*at);
        } else {
            char buffer[8];
            char* const last = buffer + sizeof(buffer);
            char* first = put_binary(last, static_cast<unsigned>(c.value), 4, false);
            std::ptrdiff_t const digits = c.value < 0x100 ? 2 : c.value < 0x10000 ? 4 : 8;
            while (last - first < digits) *--first = '0';
            out.push_back('\\');
            out.push_back(digits == 2 ? 'x' : digits == 4 ? 'u' : 'U');
            out.append(first, static_cast<std::size_t>(digits));
        }
        at += c.size;
    }
}

/// Append what !r, !s or !a makes of a value.
template <char32_t Conversion, class T>
void convert_to(text& out, T const& value) {
    if constexpr (Conversion == U'r') {
        repr_item(out, value);
    } else if constexpr (Conversion == U'a') {
        ascii_to(out, value);
    } else {
        str_item(out, value);
    }
}

/// Strings whose bytes can be looked at where they are.
template <class T>
concept HasCharacters = is_one_of<T, chars, char, char8_t> || CharsLike<T> ||
                        requires(T const& value) { requires WideCharsLike<T> && sizeof(*value.data()) == 1; } ||
                        ((CharacterPointer<T> || CharacterArray<T>) && requires(T const& value) { requires sizeof(*value) == 1; });

template <HasCharacters T>
chars characters_of(T const& value) noexcept {
    if constexpr (std::is_same_v<T, chars>) {
        return value;
    } else if constexpr (is_one_of<T, char, char8_t>) {
        return {reinterpret_cast<char const*>(&value), 1};
    } else if constexpr (CharsLike<T>) {
        return {static_cast<char const*>(value.data()), static_cast<std::size_t>(value.size())};
    } else if constexpr (WideCharsLike<T>) {
        return {reinterpret_cast<char const*>(value.data()), static_cast<std::size_t>(value.size())};
    } else {
        auto const* const first = reinterpret_cast<char const*>(&value[0]);
        std::size_t size = 0;  // a C string: it ends at its NUL, or with the array
        if constexpr (CharacterArray<T>) {
            while (size != std::extent_v<T> && first[size] != '\0') ++size;
        } else {
            size = std::strlen(first);
        }
        return {first, size};
    }
}

template <class T>
void put_int(text& out, format_spec const& spec, T value) {
    if (int_as_float(spec)) return put_float(out, spec, static_cast<double>(value));
    if (spec.type == U'c') {
        // CPython tells numbers that a C long cannot hold from other wrong ones.
        constexpr uint128 most = 0x7FFF'FFFF'FFFF'FFFFU;
        auto const bits = static_cast<uint128>(value);
        if (value < 0 ? uint128{0} - bits > most + 1 : bits > most) {
            throw_<OverflowError>("Python int too large to convert to C long");
        }
        if (value < 0 || bits > 0x10FFFF) throw_<OverflowError>("%c arg not in range(0x110000)");
        return put_character(out, spec, static_cast<char32_t>(value));
    }
    using U = std::conditional_t<(sizeof(T) > 8), uint128, unsigned long long>;
    bool const negative = value < 0;
    put_integer(out, spec, negative ? U{0} - static_cast<U>(value) : static_cast<U>(value), negative);
}

/// A value of a kind that the spec was checked for.
template <class T>
void put_value(text& out, format_spec const& spec, T const& value) {
    constexpr format_kind kind = format_kind_of<T>();
    if constexpr (FormatsAs<T>) {
        text scratch;
        put_value(out, spec, format_as(scratch, value));
    } else if constexpr (kind == format_kind::boolean) {
        put_int(out, spec, static_cast<int>(value));
    } else if constexpr (kind == format_kind::integer) {
        if constexpr (std::is_same_v<T, std::byte>) {
            put_int(out, spec, static_cast<int>(value));
        } else if constexpr (sizeof(T) < sizeof(int)) {
            put_int(out, spec, static_cast<int>(value));
        } else {
            put_int(out, spec, value);
        }
    } else if constexpr (kind == format_kind::floating) {
        put_float(out, spec, value);
    } else if constexpr (kind == format_kind::complex) {
        put_complex(out, spec, value.real(), value.imag());
    } else if constexpr (HasCharacters<T>) {
        put_string(out, spec, detail::characters_of(value));
    } else {
        text transcoded;
        str_to(transcoded, value);
        put_string(out, spec, transcoded.view());
    }
}

/// What a value stands for: an optional's or a reference's value, a vector<bool>'s flag, else the value itself.
template <class T>
inline constexpr bool stands_for_another = shapes::shape_of<T>() == shape::optional || shapes::shape_of<T>() == shape::reference ||
                                           shapes::shape_of<T>() == shape::flag || shapes::shape_of<T>() == shape::variant;

/// Append format(value, spec).
template <class T>
void format_value(text& out, T const& value, chars spec) {
    if constexpr (OwnFormat<T>) {
        append_rendered(out, own::call_format(value, std::string_view(spec.data, spec.size)));
    } else {
        if (spec.size == 0) return str_item(out, value);
        if constexpr (!OwnStr<T> && stands_for_another<T>) {
            constexpr shape kind = shapes::shape_of<T>();
            if constexpr (kind == shape::optional) {
                if (!value.has_value()) throw_spec_error(spec_error::not_supported, spec, {}, "NoneType");
                format_value(out, *value, spec);
            } else if constexpr (kind == shape::reference) {
                format_value(out, value.get(), spec);
            } else if constexpr (kind == shape::variant) {
                visit([&](auto const& held) { format_value(out, held, spec); }, value);
            } else {
                format_value(out, static_cast<bool>(value), spec);
            }
        } else {
            constexpr format_kind kind = format_kind_of<T>();
            if constexpr (CharacterPointer<T>) {
                if (value == nullptr) throw_spec_error(spec_error::not_supported, spec, {}, "NoneType");
            }
            format_spec parsed;
            spec_error const error = read_spec(spec, kind, parsed);
            if (error != spec_error::none) throw_spec_error(error, spec, parsed, python_type_name<T>());
            if constexpr (kind != format_kind::other) put_value(out, parsed, value);
        }
    }
}

}  // namespace amphis::inline v0::detail

#endif  // AMPHIS_BUILTINS_FORMAT_VALUE_HPP
