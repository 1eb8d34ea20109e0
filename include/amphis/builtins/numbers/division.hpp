// SPDX-License-Identifier: MIT
// builtins/numbers/division: floor division and modulo with Python's signs, divmod, and true division.
// Python: docs.python.org/3/library/functions.html#divmod
#ifndef AMPHIS_BUILTINS_NUMBERS_DIVISION_HPP
#define AMPHIS_BUILTINS_NUMBERS_DIVISION_HPP

#include <amphis/builtins/numbers/kinds.hpp>
#include <amphis/config.hpp>
#include <amphis/lang/exceptions/hierarchy.hpp>

#include <type_traits>
#include <utility>

namespace amphis::inline v0 {
namespace detail {

template <class T>
struct quotient_remainder {
    T quotient;
    T remainder;
};

/// Rounded down; the remainder has the sign of b. What C++ leaves undefined, the smallest int divided by -1, is an OverflowError.
template <Int T>
constexpr quotient_remainder<T> floor_divide_int(T a, T b) {
    if constexpr (std::is_signed_v<T>) {
        if (b == -1) {
            if (a == int_min<T>) throw_int_overflow<T>();
            return {-a, 0};
        }
        T const quotient = a / b;
        T const remainder = a - quotient * b;
        if (remainder != 0 && (remainder ^ b) < 0) return {quotient - 1, remainder + b};
        return {quotient, remainder};
    } else {
        return {a / b, a % b};
    }
}
/// As above, but the remainder of the smallest int and -1 is 0.
template <Int T>
constexpr T floor_remainder(T a, T b) noexcept {
    if constexpr (std::is_signed_v<T>) {
        if (b == -1) return 0;
        T const remainder = a % b;
        return remainder != 0 && (remainder ^ b) < 0 ? remainder + b : remainder;
    } else {
        return a % b;
    }
}

/// b is not zero. The quotient is exact as far as a double is, and whole; zeros keep the sign of what they stand for.

template <class T = double>
constexpr quotient_remainder<T> floor_divide(T a, T b) noexcept {
    T remainder = math_fmod(a, b);
    T quotient = (a - remainder) / b;  // nearly whole: fmod is exact
    if (remainder == 0) {
        remainder = math_copysign(T(0), b);
    } else if ((b < 0) != (remainder < 0)) {
        remainder += b;
        quotient -= 1;
    }
    if (quotient == 0) {
        quotient = math_copysign(T(0), a / b);
    } else {
        T const floor = math_floor(quotient);
        quotient = quotient - floor > T(0.5) ? floor + 1 : floor;
    }
    return {quotient, remainder};
}

#define AMPHIS_DIVISION_OPERANDS "amphis: unsupported operand types for division: these are not both numbers (a char is a str, and long double is none of Python's)"

/// a / b for ints: the double nearest to the exact quotient.
template <class T = double>
constexpr T true_quotient(bool negative, unsigned long long a, unsigned long long b) noexcept {
    constexpr unsigned long long exact = 1ULL << 53;
    T result = 0;
    if (a <= exact && b <= exact) {
        result = static_cast<T>(a) / static_cast<T>(b);
    } else {
        // Long division to 62 or more significant bits; what is left over only decides ties, as the lowest bit.
        int shift = 0;
        unsigned long long quotient = a / b;
        unsigned long long rest = a % b;
        while (rest != 0 && quotient < (1ULL << 62)) {
            bool const carry = rest > (static_cast<unsigned long long>(-1) >> 1U);
            rest <<= 1U;
            bool const one = carry || rest >= b;
            if (one) rest -= b;
            quotient = quotient << 1U | (one ? 1U : 0U);
            ++shift;
        }
        result = static_cast<T>(quotient | (rest != 0 ? 1U : 0U));
        for (; shift != 0; --shift) result *= T(0.5);
    }
    return negative ? -result : result;
}

struct floordiv_fn {
    template <class A, class B>
        requires(StandsForValue<A> || StandsForValue<B>)
    constexpr auto operator()(A const& a, B const& b) const {
        return (*this)(behind(a), behind(b));
    }
    template <class A, class B>
        requires(!StandsForValue<A> && !StandsForValue<B>)
    constexpr auto operator()(A a, B b) const {
        static_assert(Number<A> && Number<B>, AMPHIS_DIVISION_OPERANDS);
        if constexpr (Number<A> && Number<B>) {
            using R = result_of<A, B>;
            if constexpr (Int<A> && Int<B>) {
                if (b == B{0}) throw_<ZeroDivisionError>("integer division or modulo by zero");
                return floor_divide_int(int_as<R>(a), int_as<R>(b)).quotient;
            } else {
                if (b == B{0}) throw_<ZeroDivisionError>("float floor division by zero");
                return static_cast<R>(floor_divide(static_cast<double>(a), static_cast<double>(b)).quotient);
            }
        }
    }
};

struct mod_fn {
    template <class A, class B>
        requires(StandsForValue<A> || StandsForValue<B>)
    constexpr auto operator()(A const& a, B const& b) const {
        return (*this)(behind(a), behind(b));
    }
    template <class A, class B>
        requires(!StandsForValue<A> && !StandsForValue<B>)
    constexpr auto operator()(A a, B b) const {
        static_assert(Number<A> && Number<B>, AMPHIS_DIVISION_OPERANDS);
        if constexpr (Number<A> && Number<B>) {
            using R = result_of<A, B>;
            if constexpr (Int<A> && Int<B>) {
                if (b == B{0}) throw_<ZeroDivisionError>("integer modulo by zero");
                return floor_remainder(int_as<R>(a), int_as<R>(b));
            } else {
                if (b == B{0}) throw_<ZeroDivisionError>("float modulo");
                return static_cast<R>(floor_divide(static_cast<double>(a), static_cast<double>(b)).remainder);
            }
        }
    }
};

struct divmod_fn {
    template <class A, class B>
        requires(StandsForValue<A> || StandsForValue<B>)
    constexpr auto operator()(A const& a, B const& b) const {
        return (*this)(behind(a), behind(b));
    }
    template <class A, class B>
        requires(!StandsForValue<A> && !StandsForValue<B>)
    constexpr auto operator()(A a, B b) const {
        static_assert(Number<A> && Number<B>, AMPHIS_DIVISION_OPERANDS);
        if constexpr (Number<A> && Number<B>) {
            using R = result_of<A, B>;
            if constexpr (Int<A> && Int<B>) {
                if (b == B{0}) throw_<ZeroDivisionError>("integer division or modulo by zero");
                auto const [quotient, remainder] = floor_divide_int(int_as<R>(a), int_as<R>(b));
                return std::pair<R, R>(quotient, remainder);
            } else {
                if (b == B{0}) throw_<ZeroDivisionError>("float divmod()");
                auto const [quotient, remainder] = floor_divide(static_cast<double>(a), static_cast<double>(b));
                return std::pair<R, R>(static_cast<R>(quotient), static_cast<R>(remainder));
            }
        }
    }
};

struct truediv_fn {
    template <class A, class B>
        requires(StandsForValue<A> || StandsForValue<B>)
    constexpr auto operator()(A const& a, B const& b) const {
        return (*this)(behind(a), behind(b));
    }
    template <class A, class B>
        requires(!StandsForValue<A> && !StandsForValue<B>)
    constexpr auto operator()(A a, B b) const {
        static_assert(Number<A> && Number<B>, AMPHIS_DIVISION_OPERANDS);
        if constexpr (Int<A> && Int<B>) {
            if (b == B{0}) throw_<ZeroDivisionError>("division by zero");
            return true_quotient((a < A{0}) != (b < B{0}), magnitude_of(a), magnitude_of(b));
        } else if constexpr (Number<A> && Number<B>) {
            if (b == B{0}) throw_<ZeroDivisionError>("float division by zero");
            return static_cast<result_of<A, B>>(a) / static_cast<result_of<A, B>>(b);
        }
    }
};
#undef AMPHIS_DIVISION_OPERANDS

}  // namespace detail

/// Python's `a // b`: the quotient rounded down, where C++'s `/` on ints rounds to zero.
///
///     floordiv(-7, 2);              // -4        C++: -7 / 2 == -3
///     floordiv(7.5, -2);            // -4.0
///
/// a, b      ints or floats. Ints of different signedness give a long long, an int and a float a double.
/// Raises    ZeroDivisionError; OverflowError where the result does not fit, as for the smallest int and -1.
/// Cost      constexpr for ints; what `/` costs and two to four instructions. A constant b leaves no check for zero.
/// Source    Objects/longobject.c, fast_floor_div; Objects/floatobject.c, float_floor_div (CPython 3.11).
inline constexpr detail::floordiv_fn floordiv{};

/// Python's `a % b`: the remainder has the sign of b, where C++'s has the sign of a.
///
///     mod(-7, 3);                   // 2         C++: -7 % 3 == -1
///     mod(-7.5, 2);                 // 0.5
///
/// Raises    ZeroDivisionError.
/// Cost      as floordiv.
/// Source    Objects/longobject.c, fast_mod; Objects/floatobject.c, float_rem (CPython 3.11).
inline constexpr detail::mod_fn mod{};

/// Quotient and remainder at once: (floordiv(a, b), mod(a, b)).
///
///     divmod(-7, 2);                                // (-4, 1)
///     auto [hours, minutes] = divmod(135, 60);      // 2, 15
///
/// Returns   a std::pair of the common type, which prints as a tuple.
/// Raises    as floordiv.
/// Cost      one division and one multiplication.
/// Source    Objects/longobject.c, l_divmod; Objects/floatobject.c, float_divmod (CPython 3.11).
inline constexpr detail::divmod_fn divmod{};

/// Python's `a / b`: always a float, where C++'s `/` on ints is an int.
///
///     truediv(7, 2);                // 3.5
///     truediv(1, 3);                // 0.3333333333333333
///
/// Returns   a double, the one nearest to the exact quotient of two ints; a float of two floats.
/// Raises    ZeroDivisionError, also for floats, where C++ gives inf or nan.
/// Source    Objects/longobject.c, long_true_divide (CPython 3.11).
inline constexpr detail::truediv_fn truediv{};

}  // namespace amphis::inline v0

#endif  // AMPHIS_BUILTINS_NUMBERS_DIVISION_HPP
