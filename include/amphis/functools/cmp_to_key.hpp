// SPDX-License-Identifier: MIT
// functools/cmp_to_key: a three-way comparison function as a sort key.
// Python: docs.python.org/3/library/functools.html#functools.cmp_to_key
#ifndef AMPHIS_FUNCTOOLS_CMP_TO_KEY_HPP
#define AMPHIS_FUNCTOOLS_CMP_TO_KEY_HPP

#include <amphis/detail/invoke.hpp>

#include <type_traits>
#include <utility>

namespace amphis::inline v0 {
namespace functools {

/// What a key function made by `cmp_to_key` returns: an object compared by `Cmp`. T is a reference for an lvalue.
template <class Cmp, class T>
class key_wrapper {
public:
    T obj;

    constexpr key_wrapper(Cmp const& cmp AMPHIS_LIFETIMEBOUND, T&& object)
        : obj(static_cast<T&&>(object)), cmp_(&cmp) {}

    template <class U>
    [[nodiscard]] constexpr bool operator==(key_wrapper<Cmp, U> const& other) const {
        return compare(other) == 0;
    }
    template <class U>
    [[nodiscard]] constexpr bool operator<(key_wrapper<Cmp, U> const& other) const {
        return compare(other) < 0;
    }
    template <class U>
    [[nodiscard]] constexpr bool operator>(key_wrapper<Cmp, U> const& other) const {
        return compare(other) > 0;
    }
    template <class U>
    [[nodiscard]] constexpr bool operator<=(key_wrapper<Cmp, U> const& other) const {
        return compare(other) <= 0;
    }
    template <class U>
    [[nodiscard]] constexpr bool operator>=(key_wrapper<Cmp, U> const& other) const {
        return compare(other) >= 0;
    }

private:
    template <class U>
    constexpr auto compare(key_wrapper<Cmp, U> const& other) const {
        static_assert(
            std::is_invocable_v<Cmp const&, std::remove_reference_t<T> const&, std::remove_reference_t<U> const&>,
            "amphis: cmp_to_key takes a function of two objects to compare");
        return detail::call(*cmp_, std::as_const(obj), std::as_const(other.obj));
    }

    Cmp const* cmp_;
};

/// A key function; made by `cmp_to_key`. Its keys refer to it.
template <class Cmp>
class cmp_key {
public:
    constexpr explicit cmp_key(Cmp cmp) : cmp_(static_cast<Cmp&&>(cmp)) {}

    // One type for all lvalues: an algorithm compares the key of an element with that of a const copy of one.
    template <class T>
    [[nodiscard]] constexpr auto operator()(T&& object) const AMPHIS_LIFETIMEBOUND {
        using Kept = std::conditional_t<std::is_lvalue_reference_v<T>, std::remove_reference_t<T> const&, T>;
        return key_wrapper<Cmp, Kept>(cmp_, static_cast<T&&>(object));
    }

private:
    AMPHIS_NO_UNIQUE_ADDRESS Cmp cmp_;
};

}  // namespace functools

namespace detail {
struct cmp_to_key_t {
    template <class Cmp>
    [[nodiscard]] constexpr auto operator()(Cmp&& cmp) const {
        return functools::cmp_key<std::decay_t<Cmp>>(static_cast<Cmp&&>(cmp));
    }
};
}  // namespace detail

namespace functools {

/// Turn a comparison function into a key function.
///
///     auto by_length = functools::cmp_to_key([](auto const& a, auto const& b) { return ssize(a) - ssize(b); });
///     std::ranges::sort(words, {}, by_length);
///
/// cmp       called with two objects; returns something to compare with 0: negative for less, an int or a std::strong_ordering.
/// Returns   a callable: key(object) compares by cmp and refers to an lvalue, keeps an rvalue; key(object).obj is the object.
///           The key function must outlive its keys.
/// Raises    whatever cmp raises.
/// Cost      cmp once for each comparison.
/// Differs   in C++ an order is usually given as a predicate; this is for comparisons that come as numbers.
/// Source    Lib/functools.py, cmp_to_key (CPython 3.11).
inline constexpr detail::cmp_to_key_t cmp_to_key{};

}  // namespace functools
}  // namespace amphis::inline v0

#endif  // AMPHIS_FUNCTOOLS_CMP_TO_KEY_HPP
