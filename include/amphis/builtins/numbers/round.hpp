// SPDX-License-Identifier: MIT
// builtins/numbers/round: round half to even, to whole numbers or to decimal digits.
// Python: docs.python.org/3/library/functions.html#round
#ifndef AMPHIS_BUILTINS_NUMBERS_ROUND_HPP
#define AMPHIS_BUILTINS_NUMBERS_ROUND_HPP

#include <amphis/builtins/numbers/kinds.hpp>
#include <amphis/config.hpp>
#include <amphis/detail/arguments.hpp>
#include <amphis/detail/keyword.hpp>
#include <amphis/lang/exceptions/hierarchy.hpp>

#include <charconv>
#include <cstddef>
#include <cstdlib>  // strtod
#include <type_traits>

namespace amphis::inline v0 {
namespace detail {

/// The whole number nearest to x, the even one of two; |x| is less than 2^63.
template <class T = double>
[[nodiscard]] constexpr long long nearest_even(T x) noexcept {
    auto const whole = static_cast<long long>(x);
    T const rest = x - static_cast<T>(whole);  // exact
    if (rest > T(0.5) || (rest == T(0.5) && whole % 2 != 0)) return whole + 1;
    if (rest < T(-0.5) || (rest == T(-0.5) && whole % 2 != 0)) return whole - 1;
    return whole;
}

template <class T = double>
constexpr long long round_to_int(T x) {
    if (x != x) throw_<ValueError>("cannot convert float NaN to integer");
    if (!is_finite(x)) throw_<OverflowError>("cannot convert float infinity to integer");
    if (x >= 0x1p63 || x < -0x1p63) throw_int_overflow<long long>();
    return nearest_even(x);
}

/// 10^n for n to 22: these are exact doubles.
inline constexpr double powers_of_ten[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
                                           1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};

/// Through the exact decimal digits of x, for the few numbers whose rounding does not fit into a double's 53 bits.
template <class T = double>
[[nodiscard]] AMPHIS_COLD T round_by_digits(T x, int digits) {
    char buffer[1200];  // 309 digits before the point, 323 after it, and an exponent
    char* first = buffer + 1;
    char* last = first;
    bool const negative = x < 0;
    T const magnitude = negative ? -x : x;
    if (digits >= 0) {
        last = std::to_chars(first, buffer + sizeof(buffer), magnitude, std::chars_format::fixed, digits).ptr;
    } else {
        // Digits of the whole part, exact too; the fraction only decides ties.
        T const whole = math_floor(magnitude);
        last = std::to_chars(first, buffer + sizeof(buffer), whole, std::chars_format::fixed, 0).ptr;
        auto const dropped = static_cast<std::ptrdiff_t>(-digits);
        if (last - first < dropped) return negative ? -T(0) : T(0);
        char* const cut = last - dropped;
        bool sticky = whole != magnitude;
        for (char* p = cut + 1; p < last; ++p) sticky = sticky || *p != '0';
        bool const odd = cut != first && (cut[-1] - '0') % 2 != 0;
        bool const up = *cut > '5' || (*cut == '5' && (sticky || odd));
        *--first = '0';
        last = cut;
        if (up) {
            char* p = cut - 1;
            while (*p == '9') *p-- = '0';
            ++*p;
        }
    }
    // The point becomes part of the exponent: strtod would want the locale's.
    int exponent = digits < 0 ? -digits : 0;
    char* to = first;
    for (char const* from = first; from != last; ++from) {
        if (*from != '.') *to++ = *from;
    }
    if (digits > 0) exponent = -digits;
    *to++ = 'e';
    to = std::to_chars(to, buffer + sizeof(buffer) - 1, exponent).ptr;
    *to = '\0';
    T const rounded = std::strtod(first, nullptr);
    if (!is_finite(rounded)) throw_<OverflowError>("rounded value too large to represent");
    return negative ? -rounded : rounded;
}

template <class T = double>
constexpr T round_to_digits(T x, int digits) {
    if (!is_finite(x) || x == 0 || digits > 323) return x;
    if (digits < -308) return math_copysign(T(0), x);
    if (digits >= 0 && digits <= 22) {
        T const scale = powers_of_ten[digits];
        T const scaled = x * scale;
        if (math_abs(scaled) < 0x1p52) {
            // scaled + error is x * 10^digits exactly. Both neighbours of a tie are doubles here, so the error only breaks ties.
            T const error = math_fma(x, scale, -scaled);
            auto const whole = static_cast<long long>(scaled);
            T const rest = scaled - static_cast<T>(whole);
            long long nearest = whole;
            if (rest == T(0.5)) {
                nearest += error > 0 || (error == 0 && whole % 2 != 0);
            } else if (rest == T(-0.5)) {
                nearest -= error < 0 || (error == 0 && whole % 2 != 0);
            } else if (rest > T(0.5)) {
                ++nearest;
            } else if (rest < T(-0.5)) {
                --nearest;
            }
            return math_copysign(math_abs(static_cast<T>(nearest)) / scale, x);  // both exact: one rounding
        }
        if (math_abs(x) >= 0x1p52) return x;
    }
    return round_by_digits(x, digits);
}

/// Round an int to a multiple of 10^places.
template <Int T>
constexpr T round_int(T value, unsigned long long places) {
    if (places > 19) return T{0};  // more than half of 10^20 is no 64-bit number
    unsigned long long unit = 1;
    for (; places != 0; --places) unit *= 10;
    unsigned long long const magnitude = magnitude_of(value);
    unsigned long long const rest = magnitude % unit;
    unsigned long long const down = magnitude - rest;
    bool const up = rest > unit - rest || (rest == unit - rest && magnitude / unit % 2 != 0);
    if (up && down > static_cast<unsigned long long>(-1) - unit) throw_int_overflow<T>();
    return int_from<T>(value < 0, up ? down + unit : down);
}

namespace round_adl {
template <class T, class... N>
concept Member = requires(T const& value, N... digits) { value.round(digits...); };
/// A class that is read as a number: a cached_property.
template <class T>
concept ReadsAsNumber = std::is_class_v<T> && !Member<T> && requires {
    requires Number<typename T::value_type>;
    requires std::is_convertible_v<T const&, typename T::value_type const&>;
};
}  // namespace round_adl

struct round_fn {
    template <class T>
    [[nodiscard]] constexpr auto operator()(T const& value) const {
        if constexpr (Int<T>) {
            return +value;
        } else if constexpr (Number<T>) {
            return round_to_int(static_cast<double>(value));
        } else if constexpr (round_adl::ReadsAsNumber<T>) {
            return (*this)(static_cast<typename T::value_type const&>(value));
        } else {
            static_assert(round_adl::Member<T>, "amphis: round() takes an int, a float or a double, or a type with a member round()");
            if constexpr (round_adl::Member<T>) return value.round();
        }
    }
    template <class T, class N>
        requires(!Kwarg<N>)
    [[nodiscard]] constexpr auto operator()(T const& value, N digits) const {
        static_assert(Int<N> || is_one_of<N, none_t, std::nullptr_t>, "amphis: round's number of digits is an int, or None");
        if constexpr (is_one_of<N, none_t, std::nullptr_t>) {
            return (*this)(value);
        } else if constexpr (Int<T> && Int<N>) {
            return digits < N{0} ? round_int(+value, magnitude_of(digits)) : +value;
        } else if constexpr (Number<T> && Int<N>) {
            int const places = magnitude_of(digits) > 1000 ? (digits < N{0} ? -1000 : 1000) : static_cast<int>(digits);
            return static_cast<T>(round_to_digits(static_cast<double>(value), places));
        } else if constexpr (round_adl::ReadsAsNumber<T> && Int<N>) {
            return (*this)(static_cast<typename T::value_type const&>(value), digits);
        } else if constexpr (Int<N>) {
            static_assert(round_adl::Member<T, N>, "amphis: round() takes an int, a float or a double, or a type with a member round(digits)");
            if constexpr (round_adl::Member<T, N>) return value.round(digits);
        }
    }
    template <class T, class Digits>
        requires Kwarg<Digits>
    [[nodiscard]] constexpr auto operator()(T const& value, Digits&& digits) const {
        constexpr bool known = is_named<"ndigits", Digits>();
        static_assert(known, "amphis: round() takes a number, and then one keyword, ndigits");
        if constexpr (known) return (*this)(value, digits.value);
    }
};
}  // namespace detail

/// Round to the nearest whole number, or to `digits` decimals; halves go to the even neighbour.
///
///     round(2.5), round(3.5);           // 2, 4
///     round(2.675, 2);                  // 2.67: the double is a little less than 2.675
///     round(1250, -2);                  // 1200
///
/// value     an int, a float or a double; or a type with a member round().
/// digits    decimals kept; negative: before the point; None: as if left out. By keyword: "ndigits"_k = 2.
/// Returns   without digits a long long of a float; with them the type of the value. An int stays an int.
/// Raises    ValueError for nan and OverflowError for inf or beyond 64 bits, without digits; OverflowError where the rounded value
///           does not fit.
/// Cost      no call for whole numbers; with digits one fma and one division, exact; numbers from 2^52 / 10^digits up, and
///           negative digits, go through their decimal digits.
/// Differs   a float (binary32) is rounded as the double it converts to.
/// Source    Objects/floatobject.c, float___round___impl; Objects/longobject.c, int___round___impl (CPython 3.11).
inline constexpr detail::round_fn round{};

}  // namespace amphis::inline v0

#endif  // AMPHIS_BUILTINS_NUMBERS_ROUND_HPP
