// SPDX-License-Identifier: MIT
// dataclasses/fields: what is known of a class: fields, match_args, is_dataclass.
#ifndef AMPHIS_DATACLASSES_FIELDS_HPP
#define AMPHIS_DATACLASSES_FIELDS_HPP

#include <amphis/builtins/repr.hpp>
#include <amphis/config.hpp>
#include <amphis/dataclasses/options.hpp>
#include <amphis/detail/callable.hpp>
#include <amphis/detail/reflect.hpp>
#include <amphis/detail/text.hpp>
#include <amphis/detail/type_name.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <type_traits>

namespace amphis::inline v0 {
namespace dataclasses {

/// One field of a dataclass. Python: dataclasses.Field.
struct Field {
    std::string_view name{};
    std::string_view type{};  // the last name of its type: `int`, `basic_string`
    bool init = true;
    bool repr = true;
    bool compare = true;
    bool hash = true;
    bool kw_only = false;
    bool has_default = false;
};

}  // namespace dataclasses

namespace detail::dataclass {

/// N things that show as a tuple.
template <class T, std::size_t N>
struct constant_tuple {
    T entries[N + 1]{};  // one more than needed: there are no arrays of zero elements

    [[nodiscard]] static constexpr std::size_t size() noexcept { return N; }
    [[nodiscard]] static constexpr bool empty() noexcept { return N == 0; }
    [[nodiscard]] constexpr T const* begin() const noexcept { return entries; }
    [[nodiscard]] constexpr T const* end() const noexcept { return entries + N; }
    [[nodiscard]] constexpr T const& operator[](std::size_t i) const noexcept { return entries[i]; }
    [[nodiscard]] friend constexpr bool operator==(constant_tuple const&, constant_tuple const&) = default;
};

constexpr std::string_view as_view(chars s) noexcept { return {s.data, s.size}; }

template <class T, class... F>
consteval auto list_fields(types<F...>) noexcept {
    constexpr std::size_t n = []() {
        std::size_t count = 0;
        for (std::size_t i = 0; i != field_count<T>; ++i) count += plan_of<T>.fields[i].attribute ? 0U : 1U;
        return count;
    }();
    constant_tuple<dataclasses::Field, n> fields;
    std::string_view const names[] = {as_view(type_name<std::remove_cv_t<F>>())..., std::string_view()};
    std::size_t at = 0;
    for (std::size_t i = 0; i != field_count<T>; ++i) {
        field_plan const& f = plan_of<T>.fields[i];
        if (f.attribute) continue;
        fields.entries[at++] = {as_view(field_names<T>[i]), names[i], f.init, f.repr, f.compare, f.hash, f.kw_only, f.has_default};
    }
    return fields;
}

template <class T>
inline constexpr std::size_t match_count = [] {
    std::size_t count = 0;
    for (std::size_t i = 0; i != field_count<T>; ++i) count += plan_of<T>.fields[i].init && !plan_of<T>.fields[i].kw_only ? 1U : 0U;
    return count;
}();

}  // namespace detail::dataclass

namespace detail {

template <class T, std::size_t N>
void repr_to(text& out, dataclass::constant_tuple<T, N> const& tuple) {
    out.push_back('(');
    for (std::size_t i = 0; i != N; ++i) {
        if (i != 0) out.append(", ", 2);
        repr_item(out, tuple[i]);
    }
    if (N == 1) out.push_back(',');
    out.push_back(')');
}
template <class T, std::size_t N>
void str_to(text& out, dataclass::constant_tuple<T, N> const& tuple) {
    repr_to(out, tuple);
}

}  // namespace detail

namespace dataclasses {

/// The fields of a dataclass, in order; a tuple of Field.
///
///     for (auto const& f : dc::fields<Person>()) print(f.name, f.type);       // name basic_string / age int
///
/// Returns   a constexpr range with size() and [i]: name, type, init, repr, compare, hash, kw_only, has_default.
/// Source    Lib/dataclasses.py, fields (CPython 3.11).
template <class T>
[[nodiscard]] constexpr auto fields() noexcept {
    if constexpr (detail::dataclass::assert_dataclass<T>()) {
        return detail::dataclass::list_fields<T>(detail::field_types<T>());
    } else {
        return detail::dataclass::constant_tuple<Field, 0>();
    }
}
template <class T>
[[nodiscard]] constexpr auto fields(T const&) noexcept {
    return dataclasses::fields<T>();
}

/// The names of the fields that can be given by position. Python: Person.__match_args__.
///
///     print(dc::match_args<Person>());       // ('name', 'age')
template <class T>
[[nodiscard]] constexpr auto match_args() noexcept {
    using namespace detail::dataclass;
    if constexpr (assert_dataclass<T>()) {
        constant_tuple<std::string_view, match_count<T>> names;
        std::size_t at = 0;
        for (std::size_t i = 0; i != detail::field_count<T>; ++i) {
            field_plan const& f = plan_of<T>.fields[i];
            if (f.init && !f.kw_only) names.entries[at++] = as_view(detail::field_names<T>[i]);
        }
        return names;
    } else {
        return constant_tuple<std::string_view, 0>();
    }
}
template <class T>
[[nodiscard]] constexpr auto match_args(T const&) noexcept {
    return dataclasses::match_args<T>();
}

/// Whether T is a dataclass: an aggregate that is not a container, a tuple or a string, and whose fields can be counted.
template <class T>
[[nodiscard]] consteval bool is_dataclass() noexcept {
    return detail::dataclass::Dataclass<std::remove_cvref_t<T>>;
}
template <class T>
[[nodiscard]] constexpr bool is_dataclass(T const&) noexcept {
    return detail::dataclass::Dataclass<T>;
}

}  // namespace dataclasses
}  // namespace amphis::inline v0

#endif  // AMPHIS_DATACLASSES_FIELDS_HPP
