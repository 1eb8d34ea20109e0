// SPDX-License-Identifier: MIT
// functools/total_ordering: < > <= >= from one of them and ==.
// Python: docs.python.org/3/library/functools.html#functools.total_ordering
#ifndef AMPHIS_FUNCTOOLS_TOTAL_ORDERING_HPP
#define AMPHIS_FUNCTOOLS_TOTAL_ORDERING_HPP

#include <amphis/config.hpp>

#include <compare>
#include <type_traits>

namespace amphis::inline v0 {
namespace detail::ordering {

/// Give a class with == and one of < <= > >= the other three. Python's @total_ordering; a base class here.
///
///     struct Student : functools::total_ordering {
///         std::string last, first;
///         Student(std::string l, std::string f) : last(std::move(l)), first(std::move(f)) {}
///         friend bool operator==(Student const&, Student const&) = default;
///         friend bool operator<(Student const& a, Student const& b) { return std::tie(a.last, a.first) < std::tie(b.last, b.first); }
///     };
///     Student("Lovelace", "Ada") >= Student("Hopper", "Grace");    // true
///
/// Defines   only what the class does not define itself, as friend, member or through <=>.
/// Errors    a class with none of the four: must define at least one ordering operation: < > <= >=.
/// Cost      the operator you wrote, and == where CPython's formula has it: a <= b is a < b or a == b.
/// Differs   C++20 does better with one line, auto operator<=>(Student const&) const = default; use that where members compare in
///           order, and this where one comparison is all there is. Having a base, the class needs a constructor.
/// Source    Lib/functools.py, total_ordering (CPython 3.11).
struct total_ordering {
    // For `= default` in the class, which compares its bases too. Templates, lest they compare the class itself.
    template <class T>
        requires std::is_same_v<T, total_ordering>
    [[nodiscard]] friend constexpr bool operator==(T const&, T const&) noexcept {
        return true;
    }
    template <class T>
        requires std::is_same_v<T, total_ordering>
    [[nodiscard]] friend constexpr std::strong_ordering operator<=>(T const&, T const&) noexcept {
        return std::strong_ordering::equal;
    }
};

/// T without the operators below: what T defines itself is found for it, and nothing else.
template <class T>
struct without_ours : T {
    static constexpr bool without_our_operators = true;
};

template <class T>
concept Ordered = std::is_base_of_v<total_ordering, T> && !requires { T::without_our_operators; };

// A final class cannot be derived from; only its members can be asked for.
template <class T, class U>
concept Lt = requires(T const& a, U const& b) { a.operator<(b); } ||
             (!std::is_final_v<T> && requires(without_ours<T> const& a, U const& b) { a < b; });
template <class T, class U>
concept Le = requires(T const& a, U const& b) { a.operator<=(b); } ||
             (!std::is_final_v<T> && requires(without_ours<T> const& a, U const& b) { a <= b; });
template <class T, class U>
concept Gt = requires(T const& a, U const& b) { a.operator>(b); } ||
             (!std::is_final_v<T> && requires(without_ours<T> const& a, U const& b) { a > b; });
template <class T, class U>
concept Ge = requires(T const& a, U const& b) { a.operator>=(b); } ||
             (!std::is_final_v<T> && requires(without_ours<T> const& a, U const& b) { a >= b; });

template <class T, class U>
concept Derivable = Lt<T, U> || Le<T, U> || Gt<T, U> || Ge<T, U> || std::is_same_v<T, U>;

enum class wanted { lt, le, gt, ge };

/// CPython's formulas; of several operators it prefers < to <= to > to >=.
template <wanted Want, class T, class U>
constexpr bool derive(T const& a, U const& b) {
    constexpr bool defined = Lt<T, U> || Le<T, U> || Gt<T, U> || Ge<T, U>;
    constexpr bool equality = requires { static_cast<bool>(a == b); };
    static_assert(defined, "amphis: total_ordering: must define at least one ordering operation: < > <= >=");
    static_assert(equality, "amphis: total_ordering: must define ==");
    if constexpr (!defined || !equality) {
        return false;
    } else if constexpr (Lt<T, U>) {
        if constexpr (Want == wanted::gt) return !(a < b) && !(a == b);
        if constexpr (Want == wanted::le) return (a < b) || (a == b);
        if constexpr (Want == wanted::ge) return !(a < b);
    } else if constexpr (Le<T, U>) {
        if constexpr (Want == wanted::ge) return !(a <= b) || (a == b);
        if constexpr (Want == wanted::lt) return (a <= b) && !(a == b);
        if constexpr (Want == wanted::gt) return !(a <= b);
    } else if constexpr (Gt<T, U>) {
        if constexpr (Want == wanted::lt) return !(a > b) && !(a == b);
        if constexpr (Want == wanted::ge) return (a > b) || (a == b);
        if constexpr (Want == wanted::le) return !(a > b);
    } else {
        if constexpr (Want == wanted::le) return !(a >= b) || (a == b);
        if constexpr (Want == wanted::gt) return (a >= b) && !(a == b);
        if constexpr (Want == wanted::lt) return !(a >= b);
    }
}

template <Ordered T, class U>
    requires(!Lt<T, U> && Derivable<T, U>)
[[nodiscard]] constexpr bool operator<(T const& a, U const& b) {
    return derive<wanted::lt>(a, b);
}
template <Ordered T, class U>
    requires(!Le<T, U> && Derivable<T, U>)
[[nodiscard]] constexpr bool operator<=(T const& a, U const& b) {
    return derive<wanted::le>(a, b);
}
template <Ordered T, class U>
    requires(!Gt<T, U> && Derivable<T, U>)
[[nodiscard]] constexpr bool operator>(T const& a, U const& b) {
    return derive<wanted::gt>(a, b);
}
template <Ordered T, class U>
    requires(!Ge<T, U> && Derivable<T, U>)
[[nodiscard]] constexpr bool operator>=(T const& a, U const& b) {
    return derive<wanted::ge>(a, b);
}

}  // namespace detail::ordering

namespace functools {
using detail::ordering::total_ordering;
}  // namespace functools
}  // namespace amphis::inline v0

#endif  // AMPHIS_FUNCTOOLS_TOTAL_ORDERING_HPP
