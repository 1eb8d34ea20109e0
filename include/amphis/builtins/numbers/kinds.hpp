// SPDX-License-Identifier: MIT
// builtins/numbers/kinds: which types are numbers, the type of a result, and overflow; abs().
// Python: docs.python.org/3/library/functions.html#abs
#ifndef AMPHIS_BUILTINS_NUMBERS_KINDS_HPP
#define AMPHIS_BUILTINS_NUMBERS_KINDS_HPP

#include <amphis/config.hpp>
#include <amphis/detail/repr.hpp>
#include <amphis/lang/exceptions/hierarchy.hpp>

#include <type_traits>

#if !defined(__GNUC__)
#include <cmath>  // fmod, floor, pow, fma: compiler built-ins elsewhere, for <cmath> costs 1.2 times <vector>
#endif

namespace amphis::inline v0 {
namespace detail {

/// Python's int: the integer types and bool, up to 64 bits. A char is a str of length 1, not a number.
template <class T>
concept Int = (Integer<T> || std::is_same_v<T, bool>) && sizeof(T) <= 8;
template <class T>
concept Real = Int<T> || Float<T>;
/// What arithmetic takes: Python's float is a double, so long double is left out.
template <class T>
concept Number = Int<T> || is_one_of<T, float, double>;

template <Int T>
using promoted = decltype(+T{});

template <Int A, Int B>
consteval auto int_result() noexcept {
    using P = promoted<A>;
    using Q = promoted<B>;
    if constexpr (std::is_signed_v<P> == std::is_signed_v<Q>) {
        return std::common_type_t<P, Q>{};
    } else {
        return 0LL;
    }
}
template <class A, class B>
consteval auto real_result() noexcept {
    if constexpr (Int<A> && Int<B>) {
        return int_result<A, B>();
    } else if constexpr (Int<A>) {
        return std::common_type_t<B, double>{};
    } else if constexpr (Int<B>) {
        return std::common_type_t<A, double>{};
    } else {
        return std::common_type_t<A, B>{};
    }
}
/// The type of an operation on A and B: C++'s, except that values never wrap around. signed and unsigned give long long, an int
/// and a float give double.
template <Real A, Real B>
using result_of = decltype(real_result<A, B>());

template <class T>
consteval chars int_name() noexcept {
    if constexpr (std::is_same_v<T, int>) return "int";
    if constexpr (std::is_same_v<T, unsigned>) return "unsigned int";
    if constexpr (std::is_same_v<T, long>) return "long";
    if constexpr (std::is_same_v<T, unsigned long>) return "unsigned long";
    if constexpr (std::is_same_v<T, unsigned long long>) return "unsigned long long";
    return "long long";
}

/// Python's ints have no end; ours do, and say so.
template <class R>
[[noreturn]] AMPHIS_COLD void throw_int_overflow() {
    text message;
    message.append("Python int too large to convert to C ");
    message.append(int_name<R>());
    throw_<OverflowError>(message.view());
}

template <Int R>
inline constexpr R int_max = static_cast<R>(static_cast<std::make_unsigned_t<R>>(-1) >> (std::is_signed_v<R> ? 1 : 0));
template <Int R>
inline constexpr R int_min = std::is_signed_v<R> ? static_cast<R>(-int_max<R> - 1) : R{0};

/// `value` as an R. Only a mix of signed and unsigned 64-bit types can fail.
template <Int R, Int T>
constexpr R int_as(T value) {
    if constexpr (std::is_signed_v<R> && !std::is_signed_v<T> && sizeof(T) == sizeof(R)) {
        if (value > static_cast<T>(-1) / 2) throw_int_overflow<R>();
    }
    return static_cast<R>(value);
}

/// The magnitude of an int as an unsigned 64-bit number.
template <Int T>
[[nodiscard]] constexpr unsigned long long magnitude_of(T value) noexcept {
    auto const bits = static_cast<unsigned long long>(value);
    return value < T{0} ? 0 - bits : bits;
}

/// The R that is plus or minus `magnitude`.
template <Int R>
constexpr R int_from(bool negative, unsigned long long magnitude) {
    constexpr auto limit = static_cast<unsigned long long>(static_cast<std::make_unsigned_t<R>>(-1));
    if constexpr (std::is_signed_v<R>) {
        if (magnitude > limit / 2 + (negative ? 1U : 0U)) throw_int_overflow<R>();
    } else {
        if (magnitude > limit || (negative && magnitude != 0)) throw_int_overflow<R>();
    }
    return static_cast<R>(negative ? 0 - magnitude : magnitude);
}

// ---- the few functions of <cmath> ------------------------------------------------------------------------------------

#if defined(__GNUC__)
#define AMPHIS_MATH(NAME, ARGUMENTS) __builtin_##NAME ARGUMENTS
#else
#define AMPHIS_MATH(NAME, ARGUMENTS) std::NAME ARGUMENTS
#endif
// Templates, because clang refuses a constexpr function that is never constant, and only g++ folds all of them.
template <class T = double>
[[nodiscard]] constexpr T math_fmod(T a, T b) noexcept {
    return AMPHIS_MATH(fmod, (a, b));
}
template <class T = double>
[[nodiscard]] constexpr T math_floor(T a) noexcept {
    return AMPHIS_MATH(floor, (a));
}
template <class T = double>
[[nodiscard]] constexpr T math_pow(T a, T b) noexcept {
    return AMPHIS_MATH(pow, (a, b));
}
template <class T = double>
[[nodiscard]] constexpr T math_fma(T a, T b, T c) noexcept {
    return AMPHIS_MATH(fma, (a, b, c));
}
template <class T = double>
[[nodiscard]] constexpr T math_abs(T a) noexcept {
    return AMPHIS_MATH(fabs, (a));
}
template <class T = double>
[[nodiscard]] constexpr T math_copysign(T a, T b) noexcept {
    return AMPHIS_MATH(copysign, (a, b));
}
#undef AMPHIS_MATH

[[nodiscard]] constexpr bool is_finite(double x) noexcept { return x - x == 0; }

// ---- abs ------------------------------------------------------------------------------------------------------------

/// A property: the functions of numbers take what it stands for.
template <class T>
concept StandsForValue = requires(T const& value) {
    typename T::stands_for_value;
    value.get();
};
template <class T>
[[nodiscard]] constexpr decltype(auto) behind(T const& value) {
    if constexpr (StandsForValue<T>) {
        return value.get();
    } else {
        return (value);
    }
}

namespace abs_adl {
void abs() = delete;
/// Becomes a T, and nothing that a T becomes.
template <class T>
struct only {
    operator T const&() const noexcept;
};
template <class T>
concept Member = requires(T const& value) { value.abs(); };
/// Not by way of a number: C's abs(int) would cut a class that converts to double.
template <class T>
concept Free = requires(T const& value) { abs(value); } && (!std::is_convertible_v<T const&, double> || requires(only<T> value) { abs(value); });
template <class T>
constexpr decltype(auto) call(T const& value) {
    return abs(value);
}
}  // namespace abs_adl

struct abs_fn {
    template <Int T>
    [[nodiscard]] constexpr promoted<T> operator()(T value) const {
        using R = promoted<T>;
        if constexpr (std::is_signed_v<R>) {
            if (value < T{0}) {
                if (static_cast<R>(value) == int_min<R>) throw_int_overflow<R>();
                return -static_cast<R>(value);
            }
        }
        return static_cast<R>(value);
    }
    template <Float T>
    [[nodiscard]] constexpr T operator()(T value) const noexcept {
        if constexpr (std::is_same_v<T, long double>) {
            return value > 0 ? value : 0 - value;
        } else {
            return static_cast<T>(math_abs(static_cast<double>(value)));
        }
    }
    template <class T>
        requires(!Real<T>)
    [[nodiscard]] constexpr decltype(auto) operator()(T const& value) const {
        if constexpr (StandsForValue<T>) {
            return (*this)(value.get());
        } else if constexpr (abs_adl::Member<T>) {
            return value.abs();
        } else {
            static_assert(abs_adl::Free<T>, "amphis: bad operand type for abs(): give the type a member abs(), or define abs(T const&) in its namespace");
            if constexpr (abs_adl::Free<T>) return abs_adl::call(value);
        }
    }
};
}  // namespace detail

/// The absolute value.
///
///     abs(-7);                          // 7
///     abs(-0.0);                        // 0.0
///     abs(std::complex(3.0, 4.0));      // 5.0
///
/// value     an int, a bool (then an int), a float, or a type with a member or free abs().
/// Raises    OverflowError for the smallest int, whose absolute value is not an int.
/// Cost      constexpr; one comparison more than std::abs, for that int.
/// Source    Python/bltinmodule.c, builtin_abs (CPython 3.11).
inline constexpr detail::abs_fn abs{};

}  // namespace amphis::inline v0

#endif  // AMPHIS_BUILTINS_NUMBERS_KINDS_HPP
