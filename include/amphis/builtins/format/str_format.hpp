// SPDX-License-Identifier: MIT
// format/str_format: Python's str.format for format strings that are known only at run time.
// Python: docs.python.org/3/library/stdtypes.html#str.format
#ifndef AMPHIS_BUILTINS_FORMAT_STR_FORMAT_HPP
#define AMPHIS_BUILTINS_FORMAT_STR_FORMAT_HPP

#include <amphis/builtins/format/access.hpp>
#include <amphis/builtins/format/template.hpp>
#include <amphis/builtins/format/value.hpp>
#include <amphis/builtins/repr.hpp>
#include <amphis/config.hpp>
#include <amphis/detail/text.hpp>
#include <amphis/lang/exceptions.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace amphis::inline v0 {
namespace detail {

[[noreturn]] AMPHIS_COLD inline void throw_template_error(template_error error) {
    using enum template_error;
    switch (error) {
        case lone_open: throw_<ValueError>("Single '{' encountered in format string");
        case lone_close: throw_<ValueError>("Single '}' encountered in format string");
        case open_in_name: throw_<ValueError>("unexpected '{' in field name");
        case conversion_missing: throw_<ValueError>("end of string while looking for conversion specifier");
        case colon_missing: throw_<ValueError>("expected ':' after conversion specifier");
        case spec_not_closed: throw_<ValueError>("unmatched '{' in format spec");
        case attribute_empty: throw_<ValueError>("Empty attribute in format string");
        case bracket_not_closed: throw_<ValueError>("Missing ']' in format string");
        case after_bracket: throw_<ValueError>("Only '.' or '[' may follow ']' in format field specifier");
        case too_many_digits: throw_<ValueError>("Too many decimal digits in format string");
        case automatic_to_manual:
            throw_<ValueError>("cannot switch from automatic field numbering to manual field specification");
        case manual_to_automatic:
            throw_<ValueError>("cannot switch from manual field specification to automatic field numbering");
        case nested_too_deep: throw_<ValueError>("Max string recursion exceeded");
        case none:
        case conversion_unknown:
        case field_not_closed: break;
    }
    throw_<ValueError>("expected '}' before end of string");
}

[[noreturn]] AMPHIS_COLD inline void throw_unknown_conversion(char32_t conversion) {
    text message;
    message.append("Unknown conversion specifier ");
    if (conversion > 32 && conversion < 127) {
        message.push_back(static_cast<char>(conversion));
    } else {
        quote_code_to(message, conversion);
    }
    throw_<ValueError>(message.view());
}

[[noreturn]] AMPHIS_COLD inline void throw_type_error(chars before, chars type_name, chars after) {
    text message;
    message.append(before);
    message.append(type_name);
    message.append(after);
    throw_<TypeError>(message.view());
}

struct erased_arguments;

/// One field at work. Errors come in CPython's order: argument, path, conversion, the fields of the spec, the value.
struct field_task {
    template_scanner& scan;
    template_piece const& piece;
    erased_arguments const& arguments;
};

/// Append the spec of a field, with its own fields put in.
inline void put_spec(text& out, field_task const& task);

template <class T>
void show_field(text& out, T const& value, field_task const& task, std::size_t at);

template <class T>
void show_item(text& out, T const& value, field_task const& task, std::size_t at, path_step const& step) {
    constexpr shape kind = shapes::shape_of<T>();
    auto const index = static_cast<std::size_t>(step.index);
    bool const is_index = step.index >= 0;
    chars const name(task.scan.s + step.name, step.name_size);
    if constexpr (kind == shape::optional) {
        if (!value.has_value()) throw_<TypeError>("'NoneType' object is not subscriptable");
        show_item(out, *value, task, at, step);
    } else if constexpr (kind == shape::reference) {
        show_item(out, value.get(), task, at, step);
    } else if constexpr (kind == shape::dict) {
        using Key = typename T::key_type;
        if constexpr (Integer<Key>) {
            if (is_index) {
                auto const found = value.find(static_cast<Key>(step.index));
                if (found != value.end()) return show_field(out, found->second, task, at);
            }
        } else if constexpr (CharsLike<Key> && std::is_constructible_v<Key, char const*, std::size_t>) {
            if (!is_index) {
                auto const found = value.find(Key(name.data, name.size));
                if (found != value.end()) return show_field(out, found->second, task, at);
            }
        }
        if (is_index) throw_<KeyError>(step.index);
        throw_<KeyError>(name);
    } else if constexpr (kind == shape::tuple) {
        if (!is_index) throw_<TypeError>("tuple indices must be integers or slices, not str");
        bool const found = [&]<std::size_t... I>(std::index_sequence<I...>) {
            return ((I == index && (show_field(out, tuple_access::element<I>(value), task, at), true)) || ...);
        }(std::make_index_sequence<std::tuple_size<T>::value>{});
        if (!found) throw_<IndexError>("tuple index out of range");
    } else if constexpr (HasCharacters<T>) {
        if (!is_index) throw_<TypeError>("string indices must be integers, not 'str'");
        show_field(out, code_point_of(detail::characters_of(value), index), task, at);
    } else if constexpr (kind == shape::list && Indexed<T>) {
        if (!is_index) throw_<TypeError>("list indices must be integers or slices, not str");
        if (index >= detail::length_of(value)) throw_<IndexError>("list index out of range");
        show_field(out, value[index], task, at);
    } else {
        throw_type_error("'", python_type_name<T>(), "' object is not subscriptable");
    }
}

template <class T>
void show_field(text& out, T const& value, field_task const& task, std::size_t at) {
    std::size_t const path_end = task.piece.path + task.piece.path_size;
    if (at != path_end) {
        path_step step;
        template_error const error = next_step(task.scan.s, at, path_end, step);
        if (error != template_error::none) throw_template_error(error);
        if (!step.attribute) return show_item(out, value, task, at, step);
        text message;
        message.push_back('\'');
        message.append(python_type_name<T>());
        message.append("' object has no attribute '");
        message.append(task.scan.s + step.name, step.name_size);
        message.push_back('\'');
        throw_<AttributeError>(message.view());
    }
    char32_t const conversion = task.piece.conversion;
    text converted;
    if (conversion == U'r') {
        repr_item(converted, value);
    } else if (conversion == U's') {
        str_item(converted, value);
    } else if (conversion == U'a') {
        ascii_to(converted, value);
    } else if (conversion != 0) {
        throw_unknown_conversion(conversion);
    }
    text spec;
    put_spec(spec, task);
    if (conversion == 0) {
        format_value(out, value, spec.view());
    } else {
        format_value(out, converted.view(), spec.view());
    }
}

/// An argument without its type.
struct erased_argument {
    chars name;
    void const* value;
    void (*show)(text&, void const*, field_task const&, std::size_t);
};

template <class A>
[[nodiscard]] erased_argument erase(A const& argument) noexcept {
    auto const& value = detail::unnamed(argument);
    using T = std::remove_cvref_t<decltype(value)>;
    return {argument_name<A>(), &reinterpret_cast<char const&>(value),
            [](text& out, void const* p, field_task const& task, std::size_t at) {
                show_field(out, *static_cast<T const*>(p), task, at);
            }};
}

/// The arguments of one call; those by position come first.
struct erased_arguments {
    erased_argument const* first;
    std::size_t positional;
    std::size_t count;

    [[nodiscard]] erased_argument const& find(char const* s, template_piece const& piece) const {
        if (piece.index >= 0) {
            if (static_cast<std::size_t>(piece.index) < positional) return first[piece.index];
            text message;
            message.append("Replacement index ");
            str_to(message, piece.index);
            message.append(" out of range for positional args tuple");
            throw_<IndexError>(message.view());
        }
        chars const name(s + piece.name, piece.name_size);
        for (std::size_t i = positional; i != count; ++i) {
            if (same_chars(first[i].name, name)) return first[i];
        }
        throw_<KeyError>(name);
    }
};

inline void put_template(text& out, template_scanner& scan, erased_arguments const& arguments) {
    template_piece piece;
    while (scan.at != scan.end) {
        template_error const error = scan.next(piece);
        if (error != template_error::none) throw_template_error(error);
        out.append(scan.s + piece.literal, piece.literal_size);
        if (!piece.field) continue;
        erased_argument const& argument = arguments.find(scan.s, piece);
        argument.show(out, argument.value, {scan, piece, arguments}, piece.path);
    }
}

inline void put_spec(text& out, field_task const& task) {
    if (!task.piece.nested) return out.append(task.scan.s + task.piece.spec, task.piece.spec_size);
    if (task.scan.depth == 1) throw_template_error(template_error::nested_too_deep);
    template_scanner inner = task.scan;
    inner.at = task.piece.spec;
    inner.end = task.piece.spec + task.piece.spec_size;
    --inner.depth;
    put_template(out, inner, task.arguments);
    task.scan.automatic = inner.automatic;
    task.scan.mode = inner.mode;
}

struct str_format_function {
    template <class... A>
    [[nodiscard]] std::string operator()(std::string_view fmt, A const&... args) const {
        using Facts = argument_facts<A...>;
        static_assert(Facts::positional_first(), "amphis: str_format: a positional argument follows a keyword argument");
        static_assert(Facts::names_differ(), "amphis: str_format: a keyword argument is repeated");
        erased_argument const erased[sizeof...(A) + 1] = {detail::erase(args)..., erased_argument()};
        template_scanner scan;
        scan.s = fmt.data();
        scan.end = fmt.size();
        text out;
        put_template(out, scan, {erased, Facts::positional(), sizeof...(A)});
        return std::string(out.data(), out.size());
    }
};

}  // namespace detail

/// Python's str.format, for a format string that is known only at run time; where it is a literal, "..."_f says at compile
/// time what is wrong with it, and is faster.
///
///     str_format(translated, "name"_k = "Ann", "count"_k = 3);    // {count} Nachrichten für {name}
///
/// fmt       the format string.
/// args      by position, then by keyword, "x"_k = value; those that no field names are not used.
/// Returns   a std::string.
/// Raises    ValueError, IndexError, KeyError, TypeError, AttributeError as CPython does, in its words.
/// Cost      one pass over `fmt`; each field is one indirect call.
/// Differs   {x.y} raises AttributeError: C++ has no names of attributes at run time.
/// Source    Objects/stringlib/unicode_format.h (CPython 3.11).
inline constexpr detail::str_format_function str_format{};

}  // namespace amphis::inline v0

#endif  // AMPHIS_BUILTINS_FORMAT_STR_FORMAT_HPP
