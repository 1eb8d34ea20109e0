// SPDX-License-Identifier: MIT
// type_name: what a class or a member function is called, without RTTI; for messages.
// Used by: builtins.hpp, dataclasses.hpp, enum.hpp, functools.hpp, gc.hpp, lang/descriptor.hpp, lang/singleton.hpp
#ifndef AMPHIS_DETAIL_TYPE_NAME_HPP
#define AMPHIS_DETAIL_TYPE_NAME_HPP

#include <amphis/config.hpp>
#include <amphis/detail/text.hpp>

#include <cstddef>

#if defined(_MSC_VER)
#define AMPHIS_FUNCTION_NAME __FUNCSIG__
#else
#define AMPHIS_FUNCTION_NAME __PRETTY_FUNCTION__
#endif

namespace amphis::inline v0::detail {

/// What follows the last "X = " of the name the compiler gives to a template's instantiation, up to the end.
constexpr chars template_argument(chars whole) noexcept {
#if defined(_MSC_VER)
    std::size_t first = 0;
    while (whole.data[first] != '<') ++first;
    ++first;
    std::size_t last = whole.size;
    while (whole.data[last - 1] != '>') --last;
#else
    std::size_t first = 0;
    while (whole.data[first] != '=') ++first;
    first += 2;
    std::size_t last = whole.size;
#endif
    return {whole.data + first, last - 1 - first};
}

/// The last name in a qualified one: `Circle` in shapes::Circle, Box in shapes::Box<int>, `area` in &Circle::area.
constexpr chars last_name(chars qualified) noexcept {
    std::size_t first = 0;
    std::size_t last = 0;
    for (; last != qualified.size; ++last) {
        char const c = qualified.data[last];
        // "f()::Local" and "(anonymous namespace)::T" go on; "(& f)" is over.
        if (c == '<' || c == ';' || (c == ')' && (last + 1 == qualified.size || qualified.data[last + 1] != ':')))
            break;
        if (c == ':' || c == ' ' || c == '&' || c == '(') first = last + 1;
    }
    return {qualified.data + first, last - first};
}

/// The name that a type's text ends with; of a template, last_name(). What comes before may be a function or a lambda with signs of any kind.
constexpr chars last_type_name(chars qualified) noexcept {
    std::size_t first = qualified.size;
    while (first != 0) {
        char const c = qualified.data[first - 1];
        bool const in_name = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '$' || (c & '\x80') != 0;
        if (!in_name) break;
        --first;
    }
    if (first == qualified.size) return last_name(qualified);
    return {qualified.data + first, qualified.size - first};
}

template <class T>
constexpr chars type_name() noexcept {
    return last_type_name(template_argument(AMPHIS_FUNCTION_NAME));
}

template <auto Member>
constexpr chars member_name() noexcept {
    return last_name(template_argument(AMPHIS_FUNCTION_NAME));
}

}  // namespace amphis::inline v0::detail

#undef AMPHIS_FUNCTION_NAME

#endif  // AMPHIS_DETAIL_TYPE_NAME_HPP
