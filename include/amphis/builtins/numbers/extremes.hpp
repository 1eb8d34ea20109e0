// SPDX-License-Identifier: MIT
// builtins/numbers/extremes: min() and max() of two or more values, or of a range.  Python: docs.python.org/3/library/functions.html#max
#ifndef AMPHIS_BUILTINS_NUMBERS_EXTREMES_HPP
#define AMPHIS_BUILTINS_NUMBERS_EXTREMES_HPP

#include <amphis/builtins/numbers/compare.hpp>
#include <amphis/builtins/numbers/kinds.hpp>
#include <amphis/config.hpp>
#include <amphis/detail/arguments.hpp>
#include <amphis/detail/invoke.hpp>
#include <amphis/detail/iteration.hpp>
#include <amphis/detail/keyword.hpp>
#include <amphis/detail/repr.hpp>
#include <amphis/lang/exceptions/hierarchy.hpp>

#include <cstddef>
#include <optional>
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

struct same_value {
    template <class T>
    constexpr T const& operator()(T const& value) const noexcept {
        return value;
    }
};

template <bool Max, class A, class B>
constexpr bool beats(A const& candidate, B const& best) {
    if constexpr (Max) {
        return value_less(best, candidate);
    } else {
        return value_less(candidate, best);
    }
}

/// All of one type: the first of the best, found without a copy.
template <bool Max, class Key, class T, class... Rest>
constexpr T* best_of(Key const& key, T* best, Rest*... rest) {
    if constexpr (std::is_same_v<Key, same_value>) {
        ((best = beats<Max>(*rest, *best) ? rest : best), ...);
    } else {
        held_element<decltype(call(key, *best))> best_key;
        best_key.fill([&]() -> decltype(auto) { return call(key, *best); });
        auto const keep = [&](T* candidate) {
            held_element<decltype(call(key, *best))> new_key;
            if (!beats<Max>(new_key.fill([&]() -> decltype(auto) { return call(key, *candidate); }), best_key.get())) return;
            best = candidate;
            best_key = static_cast<decltype(new_key)&&>(new_key);
        };
        (keep(rest), ...);
    }
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

/// The elements stay where they are after the call, so that the result can be the element itself.
template <class R>
concept LastingElements = std::ranges::forward_range<source_of<R>> && std::is_lvalue_reference_v<std::ranges::range_reference_t<source_of<R>>> &&
                          std::ranges::borrowed_range<source_of<R>>;

/// The best of a range: the element itself (Item is a reference), or a value; what empty() returns if there is none.
template <bool Max, class Item, class Key, class S, class Empty>
constexpr auto best_of_range(Key const& key, S& source, Empty empty) -> decltype(empty()) {
    auto it = std::ranges::begin(source);
    auto const last = std::ranges::end(source);
    if (it == last) return empty();
    auto&& first = *it;
    constexpr bool keyed = !std::is_same_v<Key, same_value>;
    // A key is kept by value: one that refers to an element would be gone with it.
    using KeyValue = std::remove_cvref_t<decltype(call(key, first))>;
    if constexpr (std::is_reference_v<Item>) {
        auto* best = __builtin_addressof(first);
        if constexpr (keyed) {
            KeyValue best_key(call(key, first));
            for (++it; !(it == last); ++it) {
                auto&& element = *it;
                KeyValue new_key(call(key, element));
                if (!beats<Max>(new_key, best_key)) continue;
                best = __builtin_addressof(element);
                best_key = static_cast<KeyValue&&>(new_key);
            }
        } else {
            for (++it; !(it == last); ++it) {
                auto&& element = *it;
                if (beats<Max>(element, *best)) best = __builtin_addressof(element);
            }
        }
        return *best;
    } else if constexpr (keyed) {
        KeyValue best_key(call(key, first));
        Item best(taken<S>(static_cast<decltype(first)>(first)));
        for (++it; !(it == last); ++it) {
            auto&& element = *it;
            KeyValue new_key(call(key, element));
            if (!beats<Max>(new_key, best_key)) continue;
            best = Item(taken<S>(static_cast<decltype(element)>(element)));
            best_key = static_cast<KeyValue&&>(new_key);
        }
        return best;
    } else {
        Item best(taken<S>(static_cast<decltype(first)>(first)));
        for (++it; !(it == last); ++it) {
            auto&& element = *it;
            if (beats<Max>(element, best)) best = Item(taken<S>(static_cast<decltype(element)>(element)));
        }
        return best;
    }
}

template <bool Max>
struct extreme_fn {
    template <class... A>
    [[nodiscard]] constexpr decltype(auto) operator()(A&&... arguments) const {
        constexpr std::size_t positional = positional_count<A...>();
        constexpr bool ordered = positional_first<A...>();
        constexpr std::size_t options = count_named<"key", A...>() + (positional == 1 ? count_named<"default", A...>() : 0);
        constexpr bool known = keyword_count<A...>() == options && count_named<"key", A...>() <= 1 && count_named<"default", A...>() <= 1;
        static_assert(ordered && known, "amphis: min() and max() take values and then one keyword, key; or a range and then two, key and default");
        static_assert(positional != 0 || !(ordered && known), "amphis: min() and max() take a range, or two or more values");
        if constexpr (ordered && known && positional >= 2) {
            return [&]<std::size_t... I>(std::index_sequence<I...>) -> decltype(auto) {
                slots<A...> const values{{static_cast<A&&>(arguments)}...};
                return choose(argument_or<"key">(same_value{}, arguments...), slot_value<I>(values)...);
            }(std::make_index_sequence<positional>{});
        } else if constexpr (ordered && known && positional == 1) {
            return in_range(static_cast<A&&>(arguments)...);
        }
    }

private:
    template <class R, class... Options>
    static constexpr decltype(auto) in_range(R&& source, Options&&... options) {
        if constexpr (assert_iterable<R>()) {
            using S = source_of<R>;
            using Key = std::remove_cvref_t<decltype(argument_or<"key">(same_value{}, options...))>;
            using Value = std::ranges::range_value_t<S>;
            constexpr bool callable = std::is_invocable_v<Key const&, std::remove_reference_t<std::ranges::range_reference_t<S>>&>;
            static_assert(callable, "amphis: min() and max(): key must be callable with an element");
            if constexpr (callable) {
                S elements = hold(static_cast<R&&>(source));
                Key const& key = argument_or<"key">(same_value{}, options...);
                if constexpr (count_named<"default", Options...>() != 0) {
                    return or_default<Value>(key, elements, argument_or<"default">(same_value{}, options...));
                } else if constexpr (LastingElements<R>) {
                    return best_of_range<Max, std::ranges::range_reference_t<S>>(key, elements, []() -> std::ranges::range_reference_t<S> { raise_empty(); });
                } else {
                    return best_of_range<Max, Value>(key, elements, []() -> Value { raise_empty(); });
                }
            }
        }
    }
    template <class Value, class Key, class S, class Default>
    static constexpr auto or_default(Key const& key, S& elements, Default& fallback) {
        if constexpr (std::is_same_v<std::remove_cv_t<Default>, none_t> && !std::is_constructible_v<Value, none_t>) {
            return best_of_range<Max, Value>(key, elements, [] { return std::optional<Value>(); });
        } else {
            constexpr bool fits = std::is_constructible_v<Value, Default&>;
            static_assert(fits, "amphis: min() and max(): default must convert to an element, or be None");
            if constexpr (fits) return best_of_range<Max, Value>(key, elements, [&fallback] { return static_cast<Value>(fallback); });
        }
    }
    [[noreturn]] AMPHIS_COLD static void raise_empty() {
        throw_<ValueError>(Max ? chars("max() arg is an empty sequence") : chars("min() arg is an empty sequence"));
    }

    template <class T>
    static constexpr T const* address(T const& value) noexcept {
        return __builtin_addressof(value);
    }

    template <class Key, class First, class... Rest>
    static constexpr decltype(auto) choose(Key const& key, First&& first, Rest&&... rest) {
        using T = std::remove_cvref_t<First>;
        constexpr bool same = (std::is_same_v<T, std::remove_cvref_t<Rest>> && ...) && !std::is_array_v<T> && !std::is_pointer_v<T>;
        if constexpr (same && std::is_lvalue_reference_v<First&&> && (std::is_lvalue_reference_v<Rest&&> && ...)) {
            return static_cast<T const&>(*best_of<Max>(key, address(first), address(rest)...));
        } else if constexpr (same && !(std::is_const_v<std::remove_reference_t<First>> || ... || std::is_const_v<std::remove_reference_t<Rest>>) &&
                             std::is_rvalue_reference_v<First&&> && (std::is_rvalue_reference_v<Rest&&> && ...)) {
            return T(static_cast<T&&>(*best_of<Max>(key, __builtin_addressof(first), __builtin_addressof(rest)...)));
        } else if constexpr (same) {
            return T(*best_of<Max>(key, address(first), address(rest)...));
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
        } else if constexpr (std::is_same_v<Key, same_value>) {
            R best(first);
            auto const keep = [&](R candidate) {
                if (beats<Max>(candidate, best)) best = static_cast<R&&>(candidate);
            };
            (keep(R(rest)), ...);
            return best;
        } else {
            R best(first);
            using KeyValue = std::remove_cvref_t<decltype(call(key, best))>;
            held_element<KeyValue> best_key;
            best_key.fill([&]() -> KeyValue { return call(key, best); });
            auto const keep = [&](R candidate) {
                held_element<KeyValue> new_key;
                if (!beats<Max>(new_key.fill([&]() -> KeyValue { return call(key, candidate); }), best_key.get())) return;
                best = static_cast<R&&>(candidate);
                best_key = static_cast<held_element<KeyValue>&&>(new_key);
            };
            (keep(R(rest)), ...);
            return best;
        }
    }
};
}  // namespace detail

/// The smallest of two or more values, or of the elements of a range; the first one of equals.
///
///     min(3, 1, 2);                                             // 1
///     min(-1, 1u);                                              // -1: by value, where C++ compares 4294967295 with 1
///     min("pear"s, "fig"s, "key"_k = &std::string::size);       // fig
///     min(people, "key"_k = &Person::age).name;
///     min(numbers, "default"_k = 0);                            // 0 if there are none
///
/// values    of one type, or of types with a common one: ints compare by value, an int and a float as doubles, C strings as text.
/// range     one argument is a range, or Python iterator, whose elements are compared.
/// key       a function of one value, called once for each; what it returns is compared.
/// default   of a range only: what to return if it is empty. None makes the result a std::optional.
/// Returns   a reference to an lvalue when all values are lvalues of one type, or the range is an lvalue that holds its elements; else a value.
/// Raises    ValueError: min() arg is an empty sequence. Whatever comparing raises; OverflowError if the result is an unsigned 64-bit int that does
///           not fit beside signed ones.
/// Cost      as many comparisons as values less one; no copy of lvalues of one type. That of the loop for a range.
/// Differs   min(1, 2.5) is the float 1.0.
/// Source    Python/bltinmodule.c, min_max (CPython 3.11).
inline constexpr detail::extreme_fn<false> min{};

/// The largest of two or more values, or of the elements of a range; the first one of equals.
///
///     max(3, 1, 2);                                             // 3
///     max("pear"s, "fig"s, "key"_k = &std::string::size);       // pear
///     max(map(len, words));
///
/// As min().
/// Source    Python/bltinmodule.c, min_max (CPython 3.11).
inline constexpr detail::extreme_fn<true> max{};

}  // namespace amphis::inline v0

#endif  // AMPHIS_BUILTINS_NUMBERS_EXTREMES_HPP
