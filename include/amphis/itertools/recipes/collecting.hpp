// SPDX-License-Identifier: MIT
// itertools/recipes/collecting: all_equal, consume, dotproduct, first_true, nth, quantify, tail, take: from an iterable to a value.
// Python: docs.python.org/3/library/itertools.html#itertools-recipes
#ifndef AMPHIS_ITERTOOLS_RECIPES_COLLECTING_HPP
#define AMPHIS_ITERTOOLS_RECIPES_COLLECTING_HPP

#include <amphis/detail/arguments.hpp>
#include <amphis/detail/dynamic_tuple.hpp>
#include <amphis/itertools/selecting.hpp>
#include <amphis/itertools/slicing.hpp>

#include <cstddef>
#include <optional>
#include <span>
#include <type_traits>
#include <utility>
#include <vector>

namespace amphis::inline v0 {
namespace detail::itertools {

struct take_fn {
    template <class N, class R>
    [[nodiscard]] constexpr auto operator()(N n, R&& iterable) const {
        if constexpr (assert_iterable<R>()) {
            auto slice = islice_fn()(static_cast<R&&>(iterable), n);
            using Slice = decltype(slice);
            std::vector<value_of<Slice>> taken;
            if constexpr (std::ranges::sized_range<Slice>) taken.reserve(static_cast<std::size_t>(std::ranges::size(slice)));
            for (auto&& element : slice) taken.push_back(take_value<Slice>(static_cast<reference_of<Slice>>(element)));
            return taken;
        }
    }
};

struct nth_fn {
    template <class R, class N>
    [[nodiscard]] constexpr auto operator()(R&& iterable, N n) const {
        if constexpr (assert_iterable<R>()) {
            using S = source_of<R>;
            std::optional<value_of<S>> found;
            visit(static_cast<R&&>(iterable), n, [&found](auto&& element) { found.emplace(take_value<S>(static_cast<reference_of<S>>(element))); });
            return found;
        }
    }
    template <class R, class N, class Default>
    [[nodiscard]] constexpr auto operator()(R&& iterable, N n, Default&& fallback) const {
        if constexpr (is_none<Default>) {
            return (*this)(static_cast<R&&>(iterable), n);
        } else {
            auto found = (*this)(static_cast<R&&>(iterable), n);
            using Value = typename decltype(found)::value_type;
            return found.has_value() ? static_cast<Value>(*static_cast<decltype(found)&&>(found)) : static_cast<Value>(static_cast<Default&&>(fallback));
        }
    }

private:
    template <class R, class N, class Fn>
    static constexpr void visit(R&& iterable, N n, Fn&& fn) {
        static_assert(IntegerArgument<N>, "amphis: nth: n must be an integer");
        slice_bounds bounds;
        bounds.start = as_count(n);
        if (bounds.start < 0) throw_<ValueError>("Indices for islice() must be None or an integer: 0 <= x <= sys.maxsize.");
        auto rest = islice_fn()(static_cast<R&&>(iterable), bounds.start, none_t());
        auto it = std::ranges::begin(rest);
        if (it != std::ranges::end(rest)) fn(*it);
    }
};

struct consume_fn {
    template <class R>
    constexpr void operator()(R&& iterator) const {
        (*this)(static_cast<R&&>(iterator), none_t());
    }
    template <class R, class N>
    constexpr void operator()(R&& iterator, N n) const {
        if constexpr (assert_iterable<R>()) {
            auto slice = islice_fn()(static_cast<R&&>(iterator), n);
            auto it = std::ranges::begin(slice);
            auto const last = std::ranges::end(slice);
            for (; it != last; ++it) static_cast<void>(*it);
        }
    }
};

struct all_equal_fn {
    template <class R>
    [[nodiscard]] constexpr bool operator()(R&& iterable) const {
        if constexpr (assert_iterable<R>()) {
            using S = source_of<R>;
            S source = hold(static_cast<R&&>(iterable));
            cursor<S> at;
            if (!at.pull(source)) return true;
            if constexpr (std::ranges::forward_range<S> && std::is_lvalue_reference_v<reference_of<S>>) {
                auto const& first = *at;
                while (at.pull(source)) {
                    if (!(first == *at)) return false;
                }
            } else {
                value_of<S> const first = take_value<S>(*at);
                while (at.pull(source)) {
                    if (!(first == *at)) return false;
                }
            }
            return true;
        }
    }
};

struct quantify_fn {
    template <class R>
    [[nodiscard]] constexpr std::size_t operator()(R&& iterable) const {
        return (*this)(static_cast<R&&>(iterable), truth_of_element());
    }
    template <class R, class F>
    [[nodiscard]] constexpr std::size_t operator()(R&& iterable, F&& pred) const {
        if constexpr (assert_iterable<R>()) {
            using S = source_of<R>;
            std::size_t count = 0;
            if constexpr (assert_predicate<std::remove_reference_t<F>, S>()) {
                S source = hold(static_cast<R&&>(iterable));
                detail::for_each(source, [&](auto&& element) { count += test(pred, static_cast<decltype(element)>(element)) ? 1U : 0U; });
            }
            return count;
        }
    }
};

struct first_true_fn {
    template <class R>
    [[nodiscard]] constexpr auto operator()(R&& iterable) const {
        return find(static_cast<R&&>(iterable), truth_of_element());
    }
    /// The first true element, else `fallback`.
    template <class R, class Default>
    [[nodiscard]] constexpr auto operator()(R&& iterable, Default&& fallback) const {
        if constexpr (is_named<"pred", Default>()) {
            return (*this)(static_cast<R&&>(iterable), none_t(), static_cast<decltype(fallback.value)>(fallback.value));
        } else {
            return (*this)(static_cast<R&&>(iterable), static_cast<Default&&>(fallback), none_t());
        }
    }
    template <class R, class Default, class F>
    [[nodiscard]] constexpr auto operator()(R&& iterable, Default&& fallback, F&& pred) const {
        if constexpr (is_named<"pred", Default>()) {  // keywords in the other order
            return (*this)(static_cast<R&&>(iterable), static_cast<F&&>(pred), static_cast<decltype(fallback.value)>(fallback.value));
        } else if constexpr (Kwarg<Default>) {
            return (*this)(static_cast<R&&>(iterable), static_cast<decltype(fallback.value)>(fallback.value), static_cast<F&&>(pred));
        } else if constexpr (Kwarg<F>) {
            return (*this)(static_cast<R&&>(iterable), static_cast<Default&&>(fallback), static_cast<decltype(pred.value)>(pred.value));
        } else if constexpr (is_none<Default>) {
            return find(static_cast<R&&>(iterable), make_predicate<F>(pred));
        } else if constexpr (assert_iterable<R>()) {
            auto found = find(static_cast<R&&>(iterable), make_predicate<F>(pred));
            using Value = typename decltype(found)::value_type;
            return found.has_value() ? static_cast<Value>(*static_cast<decltype(found)&&>(found)) : static_cast<Value>(static_cast<Default&&>(fallback));
        }
    }

private:
    template <class R, class F>
    static constexpr auto find(R&& iterable, F pred) {
        if constexpr (assert_iterable<R>()) {
            using S = source_of<R>;
            S source = hold(static_cast<R&&>(iterable));
            cursor<S> at;
            std::optional<value_of<S>> found;
            held_element<reference_of<S>> element;
            while (at.pull(source)) {
                element.fill([&at]() -> decltype(auto) { return *at; });
                if (!test(pred, element.get())) continue;
                if constexpr (detail::gives_away<S> || !std::is_lvalue_reference_v<reference_of<S>>) {
                    found.emplace(static_cast<std::remove_reference_t<decltype(element.get())>&&>(element.get()));
                } else {
                    found.emplace(element.get());
                }
                break;
            }
            return found;
        }
    }
};

struct dotproduct_fn {
    template <class R1, class R2>
    [[nodiscard]] constexpr auto operator()(R1&& a, R2&& b) const {
        if constexpr (assert_iterable<R1>() && assert_iterable<R2>()) {
            using S1 = source_of<R1>;
            using S2 = source_of<R2>;
            S1 left = hold(static_cast<R1&&>(a));
            S2 right = hold(static_cast<R2&&>(b));
            cursor<S1> x;
            cursor<S2> y;
            std::remove_cvref_t<decltype(*x * *y + *x * *y)> total{};
            kept_element<S1, S1, S2> first;  // read before the other is asked, which may be the same iterator
            while (x.pull(left)) {
                first.keep(x);
                if (!y.pull(right)) break;
                total = total + first.get(x) * *y;
            }
            return total;
        }
    }
};

struct tail_fn {
    template <class N, class R>
    [[nodiscard]] constexpr auto operator()(N n, R&& iterable) const {
        static_assert(IntegerArgument<N>, "amphis: tail: n must be an integer");
        if constexpr (assert_iterable<R>()) {
            using S = source_of<R>;
            std::ptrdiff_t const count = as_count(n);
            if (count < 0) throw_<ValueError>("maxlen must be non-negative");
            auto const most = static_cast<std::size_t>(count);
            if constexpr (std::ranges::random_access_range<S> && std::ranges::sized_range<S>) {
                std::ptrdiff_t const size = source_size(iterable);
                return islice_fn()(static_cast<R&&>(iterable), size > count ? size - count : 0, none_t());
            } else {
                S source = hold(static_cast<R&&>(iterable));
                cursor<S> at;
                growing_array<value_of<S>> ring;
                std::size_t oldest = 0;
                while (at.pull(source)) {
                    if (ring.size() < most) {
                        ring.emplace_back(take_value<S>(*at));
                    } else if (most != 0) {
                        ring[oldest] = take_value<S>(*at);
                        oldest = oldest + 1 == most ? 0 : oldest + 1;
                    }
                }
                std::vector<value_of<S>> last;
                last.reserve(ring.size());
                for (std::size_t i = 0; i != ring.size(); ++i) {
                    last.push_back(static_cast<value_of<S>&&>(ring[(oldest + i) % ring.size()]));
                }
                return last;
            }
        }
    }

private:
    template <class R>
    static constexpr std::ptrdiff_t source_size(R& iterable) {
        return static_cast<std::ptrdiff_t>(std::ranges::size(hold(iterable)));  // a literal's NUL is no element
    }
};

}  // namespace detail::itertools

namespace itertools {

/// The first `n` elements, as a std::vector.
///
///     itertools::take(3, itertools::count());               // [0, 1, 2]
inline constexpr detail::itertools::take_fn take{};

/// The element at place `n`, as an optional; or of its own type, with a fallback.
///
///     itertools::nth("abc"s, 1);                            // 'b'
///     itertools::nth("abc"s, 9, '?');                       // '?'
inline constexpr detail::itertools::nth_fn nth{};

/// Read `n` elements of a generator or any other iterator, and drop them; all of them without `n`, or for None.
inline constexpr detail::itertools::consume_fn consume{};

/// All elements are equal to the first one. True of none.
inline constexpr detail::itertools::all_equal_fn all_equal{};

/// How many elements the predicate holds for; how many are true without one.
inline constexpr detail::itertools::quantify_fn quantify{};

/// The first element that is true, or that the predicate holds for: first_true(iterable, default, pred).
///
///     itertools::first_true(std::vector{0, 3, 5});                                                     // 3, as an optional
///     itertools::first_true(v, -1, [](int x) { return x > 9; });                                       // -1 if there is none
inline constexpr detail::itertools::first_true_fn first_true{};

/// The sum of the products of the elements at one place.
inline constexpr detail::itertools::dotproduct_fn dotproduct{};

/// The last `n` elements: a slice of a random-access source, else a std::vector.
///
///     itertools::tail(3, "ABCDEFG"s);                       // E F G
inline constexpr detail::itertools::tail_fn tail{};

}  // namespace itertools
}  // namespace amphis::inline v0

#endif  // AMPHIS_ITERTOOLS_RECIPES_COLLECTING_HPP
