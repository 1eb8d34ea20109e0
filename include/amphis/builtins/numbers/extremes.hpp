// SPDX-License-Identifier: MIT
// builtins/numbers/extremes: min() and max() of two or more values.  Python: docs.python.org/3/library/functions.html#max
#ifndef AMPHIS_BUILTINS_NUMBERS_EXTREMES_HPP
#define AMPHIS_BUILTINS_NUMBERS_EXTREMES_HPP

#include <amphis/builtins/numbers/kinds.hpp>
#include <amphis/config.hpp>
#include <amphis/detail/arguments.hpp>
#include <amphis/detail/invoke.hpp>
#include <amphis/detail/keyword.hpp>
#include <amphis/detail/repr.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <type_traits>

namespace amphis::inline v0 {
namespace detail {

template <class T>
concept TextLiteral = (CharacterArray<T> || CharacterPointer<T>) && std::is_convertible_v<T const&, char const*>;

template <class First, class... Rest>
consteval auto ints_result() noexcept {
    if constexpr (sizeof...(Rest) == 0) {
        return promoted<First>{};
    } else {
        return int_result<First, decltype(ints_result<Rest...>())>();
    }
}

template <class T>
struct type_is {
    using type = T;
};

template <class... T>
concept HaveCommonType = requires { typename std::common_type<T...>::type; };

/// The type that can be any of T...: ints by value, text as text; void if there is none.
template <class... T>
consteval auto chosen_type() noexcept {
    if constexpr ((Int<T> && ...)) {
        return type_is<decltype(ints_result<T...>())>{};
    } else if constexpr ((Real<T> && ...)) {
        return type_is<std::common_type_t<std::conditional_t<Int<T>, double, T>...>>{};
    } else if constexpr (((TextLiteral<T> || std::is_same_v<T, std::string_view>) && ...)) {
        return type_is<std::string_view>{};
    } else if constexpr (!HaveCommonType<T...>) {
        return type_is<void>{};
    } else if constexpr (((TextLiteral<T> || CharsLike<T>) && ...) && (!std::is_same_v<T, std::common_type_t<T...>> || ...)) {
        return type_is<std::string>{};
    } else {
        return type_is<std::common_type_t<T...>>{};
    }
}

/// Compare by value: -1 is less than 1u.
template <class A, class B>
constexpr bool value_less(A const& a, B const& b) {
    if constexpr (Int<A> && Int<B>) {
        if constexpr (std::is_signed_v<promoted<A>> == std::is_signed_v<promoted<B>>) {
            return a < b;
        } else if constexpr (std::is_signed_v<promoted<A>>) {
            return a < A{0} || magnitude_of(a) < magnitude_of(b);
        } else {
            return b > B{0} && magnitude_of(a) < magnitude_of(b);
        }
    } else {
        return static_cast<bool>(a < b);
    }
}

struct same_value {
    template <class T>
    constexpr T const& operator()(T const& value) const noexcept {
        return value;
    }
};

template <bool Max, class Key, class T>
constexpr bool is_better(Key const& key, T const& candidate, T const& best) {
    if constexpr (Max) {
        return value_less(call(key, best), call(key, candidate));
    } else {
        return value_less(call(key, candidate), call(key, best));
    }
}

/// All of one type: the first of the best, found without a copy.
template <bool Max, class Key, class T, class... Rest>
constexpr T* best_of(Key const& key, T* best, Rest*... rest) {
    ((best = is_better<Max>(key, *rest, *best) ? rest : best), ...);
    return best;
}

template <bool Max, class R, class T>
constexpr void keep_better(R& best, bool& fits, T const& candidate) {
    // A value that R cannot hold is beyond every R: an unsigned long long among signed ones.
    bool better = false;
    if constexpr (Max) {
        better = fits && value_less(best, candidate);
    } else {
        better = !fits || value_less(candidate, best);
    }
    if (!better) return;
    if constexpr (Int<R> && Int<T>) {
        fits = !value_less(int_max<R>, candidate);
    }
    best = static_cast<R>(candidate);
}

template <bool Max>
struct extreme_fn {
    template <class... A>
    [[nodiscard]] constexpr decltype(auto) operator()(A&&... arguments) const {
        constexpr bool ordered = positional_first<A...>();
        constexpr bool keyed = count_named<"key", A...>() == 1;
        constexpr bool known = keyword_count<A...>() == (keyed ? 1 : 0);
        constexpr bool several = positional_count<A...>() >= 2;
        static_assert(ordered && known, "amphis: min() and max() take values and then one keyword, key");
        static_assert(several || !(ordered && known), "amphis: min() and max() compare two or more values");
        if constexpr (ordered && known && several) {
            return [&]<std::size_t... I>(std::index_sequence<I...>) -> decltype(auto) {
                slots<A...> const all{{static_cast<A&&>(arguments)}...};
                return choose(argument_or<"key">(same_value{}, arguments...), slot_value<I>(all)...);
            }(std::make_index_sequence<positional_count<A...>()>{});
        }
    }

private:
    template <class Key, class First, class... Rest>
    static constexpr decltype(auto) choose(Key const& key, First&& first, Rest&&... rest) {
        using T = std::remove_cvref_t<First>;
        constexpr bool same = (std::is_same_v<T, std::remove_cvref_t<Rest>> && ...) && !std::is_array_v<T> && !std::is_pointer_v<T>;
        if constexpr (same && std::is_lvalue_reference_v<First&&> && (std::is_lvalue_reference_v<Rest&&> && ...)) {
            return static_cast<T const&>(*best_of<Max>(key, static_cast<T const*>(&first), static_cast<T const*>(&rest)...));
        } else if constexpr (same && !(std::is_const_v<std::remove_reference_t<First>> || ... || std::is_const_v<std::remove_reference_t<Rest>>) &&
                             std::is_rvalue_reference_v<First&&> && (std::is_rvalue_reference_v<Rest&&> && ...)) {
            return T(static_cast<T&&>(*best_of<Max>(key, &first, &rest...)));
        } else if constexpr (same) {
            return T(*best_of<Max>(key, static_cast<T const*>(&first), static_cast<T const*>(&rest)...));
        } else {
            using R = typename decltype(chosen_type<T, std::remove_cvref_t<Rest>...>())::type;
            static_assert(!std::is_void_v<R>, "amphis: min() and max(): the values have no common type");
            if constexpr (!std::is_void_v<R>) return choose_converted<R>(key, first, rest...);
        }
    }

    template <class R, class Key, class First, class... Rest>
    static constexpr R choose_converted(Key const& key, First const& first, Rest const&... rest) {
        if constexpr (Int<R> && std::is_same_v<Key, same_value>) {
            bool fits = !value_less(int_max<R>, first);
            R best = static_cast<R>(first);
            (keep_better<Max>(best, fits, rest), ...);
            if (!fits) throw_int_overflow<R>();
            return best;
        } else {
            R best(first);
            auto const keep = [&](R candidate) {
                if (is_better<Max>(key, candidate, best)) best = static_cast<R&&>(candidate);
            };
            (keep(R(rest)), ...);
            return best;
        }
    }
};
}  // namespace detail

/// The smallest of two or more values; the first one of equals.
///
///     min(3, 1, 2);                                             // 1
///     min(-1, 1u);                                              // -1: by value, where C++ compares 4294967295 with 1
///     min("pear"s, "fig"s, "key"_k = &std::string::size);       // fig
///
/// values    of one type, or of types with a common one: ints compare by value, an int and a float as doubles, C strings as text.
/// key       a function of one value; what it returns is compared.
/// Returns   a reference to an lvalue when all values are lvalues of one type, else a new value of the common type.
/// Raises    whatever comparing raises; OverflowError if the result is an unsigned 64-bit int that does not fit beside signed ones.
/// Cost      as many comparisons as values less one; no copy of lvalues of one type.
/// Differs   min(1, 2.5) is the float 1.0. An iterable of values is not taken here.
/// Source    Python/bltinmodule.c, min_max (CPython 3.11).
inline constexpr detail::extreme_fn<false> min{};

/// The largest of two or more values; the first one of equals.
///
///     max(3, 1, 2);                                             // 3
///     max("pear"s, "fig"s, "key"_k = &std::string::size);       // pear
///
/// As min().
/// Source    Python/bltinmodule.c, min_max (CPython 3.11).
inline constexpr detail::extreme_fn<true> max{};

}  // namespace amphis::inline v0

#endif  // AMPHIS_BUILTINS_NUMBERS_EXTREMES_HPP
