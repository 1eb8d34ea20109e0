// SPDX-License-Identifier: MIT
// enum/print: repr, str and format of enumerations that have none of their own.
//
// With this header a repr(color) compiles that did not; one that did means what it meant: a type with a repr() of its own keeps it.
#ifndef AMPHIS_ENUM_PRINT_HPP
#define AMPHIS_ENUM_PRINT_HPP

#include <amphis/config.hpp>
#include <amphis/detail/repr.hpp>
#include <amphis/detail/text.hpp>
#include <amphis/enum/lookup.hpp>
#include <amphis/enum/members.hpp>
#include <amphis/enum/names.hpp>
#include <amphis/enum/traits.hpp>
#include <amphis/lang/exceptions/base.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <type_traits>

namespace amphis::inline v0::detail {

template <class E>
void enum_value_to(text& out, E member) {
    if constexpr (enum_stands_for_value<E>) {
        std::size_t const index = index_of(member);
        if constexpr (assert_value_has_repr<typename value_source<E>::value_type>()) {
            if (index != member_index<E>::none) return repr_to(out, value_source<E>::at(index));
        }
    }
    repr_to(out, static_cast<underlying<E>>(member));
}

/// False, and nothing appended, if it has no name.
template <class E>
bool enum_name_to(text& out, E member) {
    if constexpr (FlagEnum<E>) {
        return flag_name_to(out, member);
    } else {
        std::size_t const index = index_of(member);
        if (index == member_index<E>::none) return false;
        std::string_view const own = enumerator_table<E>::name(index);
        out.append(own.data(), own.size());
        return true;
    }
}

/// <Color.RED: 1>, or <Color: 7> of what has no name.
template <class E>
void enum_repr_to(text& out, E member) {
    out.push_back('<');
    out.append(enum_name<E>());
    out.push_back('.');
    if (!enum_name_to(out, member)) out.truncate(out.size() - 1);
    out.append(": ", 2);
    enum_value_to(out, member);
    out.push_back('>');
}

/// Color.RED, or Color(7) of what has no name. An IntEnum, IntFlag and StrEnum is its value.
template <class E>
void enum_str_to(text& out, E member) {
    if constexpr (NumberEnum<E>) {
        str_to(out, static_cast<underlying<E>>(member));
    } else {
        if constexpr (TextEnum<E>) {
            std::size_t const index = index_of(member);
            if (index != member_index<E>::none) return str_to(out, value_source<E>::at(index));
        }
        out.append(enum_name<E>());
        out.push_back('.');
        if (enum_name_to(out, member)) return;
        out.truncate(out.size() - 1);
        out.push_back('(');
        enum_value_to(out, member);
        out.push_back(')');
    }
}

template <enum_::Enumeration E>
    requires(!own_text::HasRepr<E>)
void repr_to(text& out, E const& member) {
    enum_repr_to(out, member);
}
template <enum_::Enumeration E>
    requires(!own_text::HasStr<E>)
void str_to(text& out, E const& member) {
    enum_str_to(out, member);
}

template <class E>
void repr_to(text& out, enum_::member_or_number<E> const& made) {
    if (made.is_member()) {
        repr_to(out, made.member());
    } else {
        repr_to(out, made.number());
    }
}
template <class E>
void str_to(text& out, enum_::member_or_number<E> const& made) {
    if (made.is_member()) {
        str_to(out, made.member());
    } else {
        str_to(out, made.number());
    }
}

/// What format() and format strings make of it: its number, or its str.
template <enum_::Enumeration E>
    requires(!own_text::HasStr<E>)
auto format_as(text& out, E const& member) {
    if constexpr (NumberEnum<E>) {
        return static_cast<underlying<E>>(member);
    } else {
        out.clear();
        enum_str_to(out, member);
        return out.view();
    }
}

}  // namespace amphis::inline v0::detail

#endif  // AMPHIS_ENUM_PRINT_HPP
