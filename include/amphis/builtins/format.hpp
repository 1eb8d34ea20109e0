// SPDX-License-Identifier: MIT
// builtins/format: format(value, spec) as Python's builtin.
// Python: docs.python.org/3/library/functions.html#format
#ifndef AMPHIS_BUILTINS_FORMAT_HPP
#define AMPHIS_BUILTINS_FORMAT_HPP

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
        text out;
        format_value(out, value, {spec.data(), spec.size()});
        return std::string(out.data(), out.size());
    }
};

}  // namespace detail

inline constexpr detail::format_function format{};

}  // namespace amphis::inline v0

#endif  // AMPHIS_BUILTINS_FORMAT_HPP
