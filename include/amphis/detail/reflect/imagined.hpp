// SPDX-License-Identifier: MIT
// reflect/imagined: an object of any class that does not exist, and the text in which the compiler writes pointers to its fields.
// Used by: detail/reflect.hpp
#ifndef AMPHIS_DETAIL_REFLECT_IMAGINED_HPP
#define AMPHIS_DETAIL_REFLECT_IMAGINED_HPP

#include <amphis/config.hpp>
#include <amphis/detail/text.hpp>

#if defined(__clang__)
#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Wundefined-internal"  // a class in an unnamed namespace
#pragma clang diagnostic ignored "-Wundefined-var-template"
#endif

namespace amphis::inline v0::detail {

template <class T>
struct never_made {
    T const object;
};
/// Not defined anywhere: only addresses within it are named, in constant expressions. A wrapper, because clang refuses pointers into
/// the object itself where its class is local; a constexpr function reads it, for the same reason.
template <class T>
extern never_made<T> const nowhere;
template <class T>
consteval T const& imagined() noexcept {
    return nowhere<T>.object;
}

/// A pointer to void: one type, and one short text, for fields of any type. In a class, because clang 16 takes no pointer to a subobject
/// as a template argument.
struct address {
    void const* to = nullptr;
};

template <address... Fields>
consteval chars written_with() noexcept {
    return chars(__PRETTY_FUNCTION__, sizeof(__PRETTY_FUNCTION__) - 1);
}

}  // namespace amphis::inline v0::detail

#if defined(__clang__)
#pragma clang diagnostic pop
#endif

#endif  // AMPHIS_DETAIL_REFLECT_IMAGINED_HPP
