// SPDX-License-Identifier: MIT
// builtins/numbers/pow: powers, exact for ints, and modular powers.  Python: docs.python.org/3/library/functions.html#pow
#ifndef AMPHIS_BUILTINS_NUMBERS_POW_HPP
#define AMPHIS_BUILTINS_NUMBERS_POW_HPP

#include <amphis/builtins/numbers/kinds.hpp>
#include <amphis/config.hpp>
#include <amphis/detail/arguments.hpp>
#include <amphis/detail/invoke.hpp>
#include <amphis/detail/keyword.hpp>
#include <amphis/detail/repr.hpp>
#include <amphis/lang/exceptions/hierarchy.hpp>

#include <cstddef>
#include <type_traits>

namespace amphis::inline v0 {
namespace detail {

/// The product, or false where it does not fit.
template <Int T>
[[nodiscard]] constexpr bool multiply_into(T& product, T a, T b) noexcept {
#if defined(__GNUC__)
    return !__builtin_mul_overflow(a, b, &product);
#else
    unsigned long long const x = magnitude_of(a);
    unsigned long long const y = magnitude_of(b);
    if (x != 0 && y > static_cast<unsigned long long>(-1) / x) return false;
    bool const negative = (a < 0) != (b < 0);
    if (x * y > static_cast<unsigned long long>(int_max<T>) + (negative && std::is_signed_v<T> ? 1U : 0U)) return false;
    product = static_cast<T>(negative ? 0 - x * y : x * y);
    return true;
#endif
}

template <Int T>
constexpr T int_power(T base, unsigned long long exponent) {
    T result = 1;
    while (true) {
        if (exponent % 2 != 0 && !multiply_into(result, result, base)) throw_int_overflow<T>();
        exponent /= 2;
        if (exponent == 0) return result;
        // Every bit left multiplies once more by what is squared here, so its overflow is the result's, but for 0, 1 and -1.
        if (!multiply_into(base, base, base)) throw_int_overflow<T>();
    }
}

template <class T = double>
constexpr T float_power(T base, T exponent) {
    if (is_finite(base) && is_finite(exponent)) {
        if (base == 0 && exponent < 0) throw_<ZeroDivisionError>("0.0 cannot be raised to a negative power");
        if (base < 0 && math_floor(exponent) != exponent) throw_<ValueError>("negative number cannot be raised to a fractional power");
        T const result = math_pow(base, exponent);
        if (!is_finite(result)) throw_<OverflowError>(34, "Numerical result out of range");
        return result;
    }
    return math_pow(base, exponent);
}

/// a * b mod m, for a and b less than m.
[[nodiscard]] constexpr unsigned long long multiply_mod(unsigned long long a, unsigned long long b, unsigned long long m) noexcept {
#if defined(__SIZEOF_INT128__)
    if (m <= 1ULL << 32) return a * b % m;
    return static_cast<unsigned long long>(static_cast<uint128>(a) * b % m);
#else
    unsigned long long sum = 0;
    for (; b != 0; b /= 2) {
        if (b % 2 != 0) sum = sum >= m - a ? sum - (m - a) : sum + a;
        a = a >= m - a ? a - (m - a) : a + a;
    }
    return sum;
#endif
}

/// The x with a * x = 1 mod m: Euclid's algorithm, its coefficients kept modulo m so that they stay unsigned.
template <class T = unsigned long long>
constexpr T inverse_mod(T a, T m) {
    T r0 = m;
    T r1 = a;
    T x0 = 0;
    T x1 = 1 % m;
    while (r1 != 0) {
        T const step = multiply_mod(r0 / r1 % m, x1, m);
        T const x2 = x0 >= step ? x0 - step : x0 + (m - step);
        T const r2 = r0 % r1;
        r0 = r1, r1 = r2;
        x0 = x1, x1 = x2;
    }
    if (r0 != 1) throw_<ValueError>("base is not invertible for the given modulus");
    return x0;
}

/// base^exponent mod m, with the sign of m.
template <Int Base, Int Exponent, Int Modulus>
constexpr promoted<Modulus> power_mod(Base base, Exponent exponent, Modulus modulus) {
    if (modulus == Modulus{0}) throw_<ValueError>("pow() 3rd argument cannot be 0");
    unsigned long long const m = magnitude_of(modulus);
    unsigned long long square = magnitude_of(base) % m;
    if (base < Base{0} && square != 0) square = m - square;
    if (exponent < Exponent{0}) square = inverse_mod(square, m);
    unsigned long long result = 1 % m;
    for (unsigned long long left = magnitude_of(exponent); left != 0; left /= 2) {
        if (left % 2 != 0) result = multiply_mod(result, square, m);
        square = multiply_mod(square, square, m);
    }
    if (modulus < Modulus{0} && result != 0) return int_from<promoted<Modulus>>(true, m - result);
    return int_from<promoted<Modulus>>(false, result);
}

struct pow_fn {
    template <class Base, class Exponent>
        requires(StandsForValue<Base> || StandsForValue<Exponent>)
    [[nodiscard]] constexpr auto operator()(Base const& base, Exponent const& exponent) const {
        return (*this)(behind(base), behind(exponent));
    }
    template <class Base, class Exponent>
        requires(!Kwarg<Base> && !Kwarg<Exponent> && !StandsForValue<Base> && !StandsForValue<Exponent>)
    [[nodiscard]] constexpr auto operator()(Base base, Exponent exponent) const {
        static_assert(Number<Base> && Number<Exponent>, "amphis: pow() takes ints, floats and doubles");
        if constexpr (Int<Base> && Int<Exponent>) {
            using R = std::conditional_t<std::is_signed_v<promoted<Base>>, long long, unsigned long long>;
            if (exponent < Exponent{0}) {
                if (base == Base{0}) throw_<ZeroDivisionError>("0.0 cannot be raised to a negative power");
                throw_<ValueError>("pow() of an int with a negative exponent is a float: make the base a float");
            }
            return int_power(static_cast<R>(base), magnitude_of(exponent));
        } else if constexpr (Number<Base> && Number<Exponent>) {
            return static_cast<result_of<Base, Exponent>>(float_power(static_cast<double>(base), static_cast<double>(exponent)));
        }
    }
    template <class Base, class Exponent, class Modulus>
        requires(!Kwarg<Base> && !Kwarg<Exponent> && !Kwarg<Modulus>)
    [[nodiscard]] constexpr auto operator()(Base base, Exponent exponent, Modulus modulus) const {
        if constexpr (is_one_of<Modulus, none_t, std::nullptr_t>) {
            return (*this)(base, exponent);
        } else {
            static_assert(Int<Base> && Int<Exponent> && Int<Modulus>,
                          "amphis: pow() 3rd argument not allowed unless all arguments are integers");
            if constexpr (Int<Base> && Int<Exponent> && Int<Modulus>) return power_mod(base, exponent, modulus);
        }
    }
    template <class... A>
        requires(Kwarg<A> || ...)
    [[nodiscard]] constexpr auto operator()(A&&... arguments) const {
        constexpr std::size_t given = positional_count<A...>();
        constexpr std::size_t base = count_named<"base", A...>();
        constexpr std::size_t exp = count_named<"exp", A...>();
        constexpr std::size_t mod = count_named<"mod", A...>();
        constexpr bool known = given + base + exp + mod == sizeof...(A) && base == (given < 1 ? 1U : 0U) &&
                               exp == (given < 2 ? 1U : 0U) && mod <= (given < 3 ? 1U : 0U);
        static_assert(known, "amphis: pow() takes base, exp and mod, each once, by position and then by keyword");
        if constexpr (known) {
            slots<A...> const all{{static_cast<A&&>(arguments)}...};
            return (*this)(value_of<0, given, "base">(all, arguments...), value_of<1, given, "exp">(all, arguments...),
                           argument_or<"mod">(none_t{}, arguments...));
        }
    }

private:
    template <std::size_t I, std::size_t Given, fixed_string Name, class Slots, class... A>
    static constexpr auto value_of([[maybe_unused]] Slots const& all, [[maybe_unused]] A const&... arguments) {
        if constexpr (I < Given) {
            return slot_value<I>(all);
        } else {
            return argument_or<Name>(none_t{}, arguments...);
        }
    }
};
}  // namespace detail

/// base to the power of exponent; with a third argument, modulo it.
///
///     pow(2, 62);                       // 4611686018427387904, exact
///     pow(2.0, -1);                     // 0.5
///     pow(3, 200, 13);                  // 9
///     pow(3, -1, 7);                    // 5: 3 * 5 == 1 modulo 7
///
/// base, exponent    ints or floats.
/// modulus           an int; then all three are. None: as if left out. By keyword: base, exp, mod.
/// Returns           of ints a long long (unsigned long long for an unsigned base); else a double; with a modulus its type and sign.
/// Raises            OverflowError where the result does not fit; ZeroDivisionError for 0 to a negative power; ValueError for a
///                   modulus of 0, or a base without an inverse.
/// Cost              O(log exponent) multiplications, constexpr for ints.
/// Differs           a type cannot depend on a value: an int to a negative power, which Python makes a float, and a negative float to a
///                   fractional one, which Python makes complex, raise ValueError.
/// Source            Objects/longobject.c, long_pow; Objects/floatobject.c, float_pow (CPython 3.11).
inline constexpr detail::pow_fn pow{};

}  // namespace amphis::inline v0

#endif  // AMPHIS_BUILTINS_NUMBERS_POW_HPP
