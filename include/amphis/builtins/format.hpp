// SPDX-License-Identifier: MIT
// builtins/format: format(value, spec) as Python's builtin; "..."_f, the format strings of str.format and f-strings; str_format.
// Python: docs.python.org/3/library/functions.html#format
#ifndef AMPHIS_BUILTINS_FORMAT_HPP
#define AMPHIS_BUILTINS_FORMAT_HPP

#include <amphis/builtins/format/literal.hpp>
#include <amphis/builtins/format/str_format.hpp>
#include <amphis/builtins/format/value.hpp>
#include <amphis/config.hpp>
#include <amphis/detail/text.hpp>

#include <string>
#include <string_view>

namespace amphis::inline v0 {
namespace detail {

struct format_function {
    template <class T>
    [[nodiscard]] std::string operator()(T const& value, std::string_view spec = {}) const {
        if constexpr (Integer<T>) {
            if (spec.empty()) {
                char buffer[40];
                char* const end = buffer + sizeof(buffer);
                char* const begin = decimal_before(end, value);
                return std::string(begin, static_cast<std::size_t>(end - begin));
            }
        }
        text out;
        format_value(out, value, {spec.data(), spec.size()});
        return std::string(out.data(), out.size());
    }
};

}  // namespace detail

/// The value as the spec says: Python's format mini-language, whole.
///
///     format(1234567.891, ",.2f");    // 1,234,567.89
///     format(255, "#010x");           // 0x000000ff
///     format("py", "*^6");            // **py**
///
/// value     an int, float, bool or str; anything that str() takes, if the spec is empty; a type of yours with a member
///           `format(std::string_view spec)`, or a function `format(T const&, std::string_view)` in its namespace.
/// spec      [[fill]align][sign][z][#][0][width][grouping][.precision][type]; width and precision in code points or digits.
/// Returns   a std::string.
/// Raises    ValueError, TypeError, OverflowError as CPython does, in its words.
/// Cost      one pass over the spec, one over the value, in a buffer whose first 256 bytes are on the stack; then one string.
/// Differs   `n` is the C locale's, whatever the process's; width and precision are ASCII digits.
/// Source    Python/formatter_unicode.c (CPython 3.11).
inline constexpr detail::format_function format{};

}  // namespace amphis::inline v0

#endif  // AMPHIS_BUILTINS_FORMAT_HPP
