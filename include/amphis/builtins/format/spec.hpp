// SPDX-License-Identifier: MIT
// format/spec: the format mini-language, parsed and checked, at compile time or at run time.
// Python: docs.python.org/3/library/string.html#format-specification-mini-language
#ifndef AMPHIS_BUILTINS_FORMAT_SPEC_HPP
#define AMPHIS_BUILTINS_FORMAT_SPEC_HPP

#include <amphis/config.hpp>
#include <amphis/detail/text.hpp>
#include <amphis/detail/utf8.hpp>

#include <cstddef>

namespace amphis::inline v0::detail {

/// How a value is formatted. Every type belongs to one kind, so that a spec can be checked without a value.
enum class format_kind : unsigned char { integer, boolean, floating, complex, string, other };

/// What can be wrong with a spec; `none` when nothing is.
enum class spec_error : unsigned char {
    none,
    invalid,
    too_many_digits,
    no_precision,
    comma_and_underscore,
    grouping_with_type,
    unknown_type,
    precision_with_int,
    precision_too_big,
    negative_zero_with_int,
    sign_with_char,
    alternate_with_char,
    sign_with_str,
    space_with_str,
    negative_zero_with_str,
    alternate_with_str,
    equals_with_str,
    zeros_with_complex,
    equals_with_complex,
    not_supported,
};

/// One parsed spec: [[fill]align][sign][z][#][0][width][grouping][.precision][type].
struct format_spec {
    std::ptrdiff_t width = -1;      // code points; -1: none was given
    std::ptrdiff_t precision = -1;  // digits, or code points of a str; -1: none was given
    char32_t type = 0;              // code point; 0: none was given
    char fill[4] = {' ', '\0', '\0', '\0'};  // one character of UTF-8
    unsigned char fill_size = 1;               // bytes
    char align = '>';
    char sign = '-';
    char grouping = '\0';  // ',' or '_'
    bool sign_given = false;
    bool negative_zero = true;  // false: z was given, -0.0 is shown as 0.0
    bool alternate = false;
};

[[nodiscard]] constexpr bool is_alignment(char c) noexcept { return c == '<' || c == '>' || c == '=' || c == '^'; }

/// Read digits; false when they do not fit. Nothing is read where there are none.
[[nodiscard]] constexpr bool parse_digits(char const*& at, char const* end, std::ptrdiff_t& value) noexcept {
    if (at == end || *at < '0' || *at > '9') return true;
    constexpr auto limit = static_cast<std::ptrdiff_t>(static_cast<std::size_t>(-1) / 2);
    value = 0;
    for (; at != end && *at >= '0' && *at <= '9'; ++at) {
        std::ptrdiff_t const digit = *at - '0';
        if (value > (limit - digit) / 10) return false;
        value = value * 10 + digit;
    }
    return true;
}

/// Which types take ',' and '_'.
[[nodiscard]] constexpr bool takes_grouping(char32_t type, char grouping) noexcept {
    switch (type) {
        case 0:
        case U'd':
        case U'e':
        case U'E':
        case U'f':
        case U'F':
        case U'g':
        case U'G':
        case U'%': return true;
        case U'b':
        case U'o':
        case U'x':
        case U'X': return grouping == '_';
        default: return false;
    }
}

/// Read `text` as a spec for a value of `kind`. What depends on the kind's types is left to check_spec().
[[nodiscard]] constexpr spec_error parse_spec(chars text, format_kind kind, format_spec& spec) noexcept {
    char const* at = text.data;
    char const* const end = at + text.size;
    bool const number = kind != format_kind::string;
    spec = format_spec{};
    bool fill_given = false;
    bool align_given = false;
    if (!number) spec.align = '<', spec.type = U's';

    if (at != end) {
        std::size_t const size = decode_utf8(at, end).size;
        if (static_cast<std::size_t>(end - at) > size && is_alignment(at[size])) {
            for (std::size_t i = 0; i != size; ++i) spec.fill[i] = at[i];
            spec.fill_size = static_cast<unsigned char>(size);
            spec.align = at[size];
            fill_given = align_given = true;
            at += size + 1;
        } else if (is_alignment(*at)) {
            spec.align = *at++;
            align_given = true;
        }
    }
    if (at != end && (*at == '+' || *at == '-' || *at == ' ')) {
        spec.sign = *at++;
        spec.sign_given = true;
    }
    if (at != end && *at == 'z') {
        spec.negative_zero = false;
        ++at;
    }
    if (at != end && *at == '#') {
        spec.alternate = true;
        ++at;
    }
    if (!fill_given && at != end && *at == '0') {
        spec.fill[0] = '0';
        if (!align_given && number) spec.align = '=';
        ++at;
    }
    if (!parse_digits(at, end, spec.width)) return spec_error::too_many_digits;
    if (at != end && *at == ',') spec.grouping = *at++;
    if (at != end && *at == '_') {
        if (spec.grouping != '\0') return spec_error::comma_and_underscore;
        spec.grouping = *at++;
    }
    if (at != end && *at == ',' && spec.grouping == '_') return spec_error::comma_and_underscore;
    if (at != end && *at == '.') {
        ++at;
        if (!parse_digits(at, end, spec.precision)) return spec_error::too_many_digits;
        if (spec.precision < 0) return spec_error::no_precision;
    }
    if (at != end) {
        code_point const type = decode_utf8(at, end);
        if (static_cast<std::size_t>(end - at) > type.size) return spec_error::invalid;
        spec.type = type.value;
    }
    if (spec.grouping != '\0' && !takes_grouping(spec.type, spec.grouping)) return spec_error::grouping_with_type;
    return spec_error::none;
}

[[nodiscard]] constexpr bool is_float_type(char32_t type) noexcept {
    switch (type) {
        case U'e':
        case U'E':
        case U'f':
        case U'F':
        case U'g':
        case U'G':
        case U'n':
        case U'%': return true;
        default: return false;
    }
}

/// What an int is shown as: a float, when its type is a float's.
[[nodiscard]] constexpr bool int_as_float(format_spec const& spec) noexcept {
    return spec.type != U'n' && is_float_type(spec.type);
}

[[nodiscard]] constexpr spec_error check_float_spec(format_spec const& spec) noexcept {
    if (spec.type != 0 && !is_float_type(spec.type)) return spec_error::unknown_type;
    return spec.precision > 0x7FFFFFFF ? spec_error::precision_too_big : spec_error::none;
}

[[nodiscard]] constexpr spec_error check_int_spec(format_spec const& spec) noexcept {
    switch (spec.type) {
        case 0:
        case U'b':
        case U'c':
        case U'd':
        case U'n':
        case U'o':
        case U'x':
        case U'X': break;
        default: return int_as_float(spec) ? check_float_spec(spec) : spec_error::unknown_type;
    }
    if (spec.precision >= 0) return spec_error::precision_with_int;
    if (!spec.negative_zero) return spec_error::negative_zero_with_int;
    if (spec.type == U'c') {
        if (spec.sign_given) return spec_error::sign_with_char;
        if (spec.alternate) return spec_error::alternate_with_char;
    }
    return spec_error::none;
}

[[nodiscard]] constexpr spec_error check_str_spec(format_spec const& spec) noexcept {
    if (spec.type != U's') return spec_error::unknown_type;
    if (spec.sign_given) return spec.sign == ' ' ? spec_error::space_with_str : spec_error::sign_with_str;
    if (!spec.negative_zero) return spec_error::negative_zero_with_str;
    if (spec.alternate) return spec_error::alternate_with_str;
    return spec.align == '=' ? spec_error::equals_with_str : spec_error::none;
}

[[nodiscard]] constexpr spec_error check_complex_spec(format_spec const& spec) noexcept {
    if (spec.type == U'%') return spec_error::unknown_type;
    spec_error const error = check_float_spec(spec);
    if (error != spec_error::none) return error;
    if (spec.fill[0] == '0') return spec_error::zeros_with_complex;
    return spec.align == '=' ? spec_error::equals_with_complex : spec_error::none;
}

/// Can a value of `kind` be shown as the spec says?
[[nodiscard]] constexpr spec_error check_spec(format_spec const& spec, format_kind kind) noexcept {
    switch (kind) {
        case format_kind::integer:
        case format_kind::boolean: return check_int_spec(spec);
        case format_kind::floating: return check_float_spec(spec);
        case format_kind::complex: return check_complex_spec(spec);
        case format_kind::string: return check_str_spec(spec);
        case format_kind::other: break;
    }
    return spec_error::not_supported;
}

/// Parse and check in one step.
[[nodiscard]] constexpr spec_error read_spec(chars text, format_kind kind, format_spec& spec) noexcept {
    if (kind == format_kind::other) return text.size == 0 ? spec_error::none : spec_error::not_supported;
    spec_error const error = parse_spec(text, kind, spec);
    return error != spec_error::none ? error : check_spec(spec, kind);
}

}  // namespace amphis::inline v0::detail

#endif  // AMPHIS_BUILTINS_FORMAT_SPEC_HPP
