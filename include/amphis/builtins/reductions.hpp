// SPDX-License-Identifier: MIT
// builtins/reductions: sum(), any(), all(), and in().  Python: docs.python.org/3/library/functions.html#sum
#ifndef AMPHIS_BUILTINS_REDUCTIONS_HPP
#define AMPHIS_BUILTINS_REDUCTIONS_HPP

#include <amphis/builtins/numbers/compare.hpp>
#include <amphis/builtins/numbers/kinds.hpp>
#include <amphis/config.hpp>
#include <amphis/detail/arguments.hpp>
#include <amphis/detail/for_each.hpp>
#include <amphis/detail/iteration.hpp>
#include <amphis/detail/keyword.hpp>
#include <amphis/detail/repr.hpp>
#include <amphis/detail/truth.hpp>

#include <cstddef>
#include <type_traits>

namespace amphis::inline v0 {
namespace detail {

/// The type that can hold the sum of many T.
template <class T>
consteval auto sum_of() noexcept {
    if constexpr (Int<T>) {
        if constexpr (std::is_unsigned_v<promoted<T>>) {
            return 0ULL;
        } else {
            return 0LL;
        }
    } else if constexpr (std::is_same_v<T, float>) {
        return 0.0;
    } else if constexpr (Float<T>) {
        return T{};
    } else {
        return std::type_identity<std::decay_t<decltype(std::declval<T const&>() + std::declval<T const&>())>>{};
    }
}
template <class Start, class T>
consteval auto sum_from() noexcept {
    if constexpr (Int<Start> && Int<T>) {
        return int_result<Start, decltype(sum_of<T>())>();
    } else if constexpr (Real<Start> && Real<T>) {
        return decltype(real_result<decltype(sum_of<Start>()), decltype(sum_of<T>())>()){};
    } else {
        return std::type_identity<std::decay_t<decltype(std::declval<Start const&>() + std::declval<T const&>())>>{};
    }
}
template <class T>
struct unwrapped {
    using type = T;
};
template <class T>
struct unwrapped<std::type_identity<T>> {
    using type = T;
};

template <class T, class U>
concept Addable = requires(T const& a, U const& b) { a + b; };

#if defined(__SIZEOF_INT128__)
inline constexpr bool sums_in_128_bits = true;
#else
inline constexpr bool sums_in_128_bits = false;
#endif

/// total += value.
template <class R, class E>
constexpr void add_to(R& total, E&& element) {
    using T = std::remove_cvref_t<E>;
    if constexpr (sums_in_128_bits && std::is_same_v<R, int128> && Int<T>) {
        total += static_cast<int128>(element);
    } else if constexpr (Int<R> && Int<T>) {
        R const value = int_as<R>(static_cast<promoted<T>>(element));
        if constexpr (sizeof(T) == sizeof(R) && !sums_in_128_bits) {
            if (value < R{0} ? total < int_min<R> - value : total > int_max<R> - value) throw_int_overflow<R>();
        }
        total = static_cast<R>(total + value);
    } else if constexpr (std::is_arithmetic_v<R>) {
        total += static_cast<R>(element);
    } else if constexpr (requires { total = static_cast<R&&>(total) + static_cast<E&&>(element); }) {
        total = static_cast<R&&>(total) + static_cast<E&&>(element);
    } else {
        total = static_cast<R>(static_cast<R&&>(total) + static_cast<E&&>(element));
    }
}

struct sum_fn {
    template <class R, class... Start>
    [[nodiscard]] constexpr auto operator()(R&& source, Start&&... start) const {
        if constexpr (assert_iterable<R>()) {
            constexpr bool known = sizeof...(Start) <= 1 && (... && (!Kwarg<Start> || is_named<"start", Start>()));
            static_assert(known, "amphis: sum() takes a range and one more argument, start");
            if constexpr (known) {
                using Element = std::ranges::range_value_t<source_of<R>>;
                if constexpr (sizeof...(Start) == 0) {
                    constexpr bool addable = !StrLike<Element> && !Character<Element> && Addable<Element, Element>;
                    static_assert(!StrLike<Element> && !Character<Element>, "amphis: sum() can't sum strings: join them instead");
                    static_assert(addable || StrLike<Element> || Character<Element>, "amphis: sum() adds the elements: give their type an operator+");
                    if constexpr (addable) {
                        using Total = typename unwrapped<decltype(sum_of<Element>())>::type;
                        return total<Total, false>(static_cast<R&&>(source), Total());
                    }
                } else {
                    return from(static_cast<R&&>(source), value_of(start)...);
                }
            }
        }
    }

private:
    template <class T>
    static constexpr auto const& value_of(T const& argument) {
        if constexpr (Kwarg<T>) {
            return argument.value;
        } else {
            return argument;
        }
    }
    template <class R, class Start>
    static constexpr auto from(R&& source, Start const& start) {
        using Element = std::ranges::range_value_t<source_of<R>>;
        constexpr bool strings = StrLike<Start> || Character<Start> || CString<Start>;
        constexpr bool addable = Addable<Start, Element>;
        static_assert(!strings, "amphis: sum() can't sum strings: join them instead");
        static_assert(strings || addable, "amphis: sum() adds the elements to start: give their types an operator+");
        if constexpr (!strings && addable) {
            using Total = typename unwrapped<decltype(sum_from<Start, Element>())>::type;
            if constexpr (Int<Start> && Int<Total>) {
                return total<Total, (sizeof(Start) == sizeof(Total))>(static_cast<R&&>(source), start);
            } else {
                return total<Total, false>(static_cast<R&&>(source), start);
            }
        }
    }
    /// Sums of 64-bit ints are made in 128 bits: only the result has to fit, as in Python, and no element waits for a test. 2**32 narrower ones
    /// do not overflow 64 bits.
    template <class Total, bool Wide, class R, class Start>
    static constexpr Total total(R&& source, Start const& start) {
        using S = source_of<R>;
        using Element = std::ranges::range_value_t<S>;
        S elements = hold(static_cast<R&&>(source));
        if constexpr (Int<Total> && Int<Element> && sums_in_128_bits && (Wide || sizeof(Element) == sizeof(Total))) {
            int128 sum_so_far = static_cast<int128>(start);
            detail::for_each(elements, [&sum_so_far](auto&& element) { add_to(sum_so_far, element); });
            if (sum_so_far < static_cast<int128>(int_min<Total>) || sum_so_far > static_cast<int128>(int_max<Total>)) throw_int_overflow<Total>();
            return static_cast<Total>(sum_so_far);
        } else {
            Total sum_so_far = first<Total>(start);
            detail::for_each(elements, [&sum_so_far](auto&& element) { add_to(sum_so_far, static_cast<decltype(element)>(element)); });
            return sum_so_far;
        }
    }
    template <class Total, class Start>
    static constexpr Total first(Start const& start) {
        if constexpr (Int<Total> && Int<Start>) {
            return int_as<Total>(static_cast<promoted<Start>>(start));
        } else {
            return static_cast<Total>(start);
        }
    }
};

/// any(predicate, iterable) and all(predicate, iterable) are not Python.
template <class Fn, class R>
consteval void with_predicate() noexcept {
    static_assert(!Iterable<R>, "amphis: any() and all() take one iterable: any(map(predicate, iterable))");
}

struct any_fn {
    template <class Fn, Iterable R>
        requires(!Iterable<Fn>)
    constexpr bool operator()(Fn&&, R&&) const {
        with_predicate<Fn, R>();
        return false;
    }
    template <class R>
    [[nodiscard]] constexpr bool operator()(R&& source) const {
        if constexpr (assert_iterable<R>()) {
            source_of<R> elements = hold(static_cast<R&&>(source));
            for (auto&& element : elements) {
                if (truth(element)) return true;
            }
        }
        return false;
    }
};
struct all_fn {
    template <class Fn, Iterable R>
        requires(!Iterable<Fn>)
    constexpr bool operator()(Fn&&, R&&) const {
        with_predicate<Fn, R>();
        return false;
    }
    template <class R>
    [[nodiscard]] constexpr bool operator()(R&& source) const {
        if constexpr (assert_iterable<R>()) {
            source_of<R> elements = hold(static_cast<R&&>(source));
            for (auto&& element : elements) {
                if (!truth(element)) return false;
            }
        }
        return true;
    }
};

template <class T, class U>
concept EqualComparable = (Int<T> && Int<U>) || requires(T const& a, U const& b) { static_cast<bool>(a == b); };

struct in_fn {
    template <class T, class R>
    [[nodiscard]] constexpr bool operator()(T const& value, R&& source) const {
        using Bare = std::remove_cvref_t<R>;
        if constexpr (requires { static_cast<bool>(source.contains(value)); }) {
            return static_cast<bool>(source.contains(value));
        } else if constexpr (StrLike<Bare> && !Int<T> && requires { source.find(value) == Bare::npos; }) {
            return source.find(value) != Bare::npos;  // a str is in a str as a part of it
        } else if constexpr (assert_iterable<R>()) {
            constexpr bool comparable = EqualComparable<std::ranges::range_value_t<source_of<R>>, T>;
            static_assert(comparable, "amphis: in(): the value cannot be compared with the elements by ==");
            if constexpr (comparable) {
                source_of<R> elements = hold(static_cast<R&&>(source));
                for (auto&& element : elements) {
                    if (value_equal(element, value)) return true;
                }
            }
        }
        return false;
    }
};

}  // namespace detail

/// The elements added up, from left to right.
///
///     sum(range(101));                             // 5050
///     sum(std::vector{0.5, 0.25});                 // 0.75
///     sum(map(&Item::price, basket), money(0));
///
/// source    any range, or Python iterator.
/// start     what to begin with: 0, or a value of the elements' type, unless given.
/// Returns   a long long for ints (unsigned long long for unsigned ones), a double for floats; for others what their operator+ returns.
/// Raises    OverflowError if a sum of 64-bit ints does not fit.
/// Cost      that of the loop; 64-bit ints are added up in 128 bits, at one instruction more an element.
/// Differs   Python's ints have no end.
/// Source    Python/bltinmodule.c, builtin_sum_impl (CPython 3.11).
inline constexpr detail::sum_fn sum{};

/// Whether an element is true: False for an empty range.
///
///     any(map([](int x) { return x > 2; }, v));
///
/// source    any range, or Python iterator; nothing after the first true element is read.
/// Source    Python/bltinmodule.c, builtin_any (CPython 3.11).
inline constexpr detail::any_fn any{};

/// Whether every element is true: True for an empty range.
///
/// source    any range, or Python iterator; nothing after the first false element is read.
/// Source    Python/bltinmodule.c, builtin_all (CPython 3.11).
inline constexpr detail::all_fn all{};

/// Python's `value in source`.
///
///     in(3, v);  in("ell", "hello"s);  in("key", d);
///
/// source    a container with contains(), which is asked; a std::string, of which value is a part or not; else a range, which is searched.
/// Cost      that of contains(); else linear.
/// Source    Objects/abstract.c, PySequence_Contains (CPython 3.11).
inline constexpr detail::in_fn in{};

}  // namespace amphis::inline v0

#endif  // AMPHIS_BUILTINS_REDUCTIONS_HPP
