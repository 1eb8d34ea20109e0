// SPDX-License-Identifier: MIT
// itertools/combinatorics: combinations, combinations_with_replacement, permutations.
// Python: docs.python.org/3/library/itertools.html#itertools.combinations
#ifndef AMPHIS_ITERTOOLS_COMBINATORICS_HPP
#define AMPHIS_ITERTOOLS_COMBINATORICS_HPP

#include <amphis/itertools/pool.hpp>

#include <cstddef>
#include <type_traits>
#include <utility>

namespace amphis::inline v0 {
namespace detail::itertools {

using index_type = index_array::index;

[[nodiscard]] constexpr index_type as_index(std::size_t n) noexcept { return static_cast<index_type>(n); }

/// Ascending indices.
class combination_rule {
public:
    constexpr combination_rule(std::size_t n, std::size_t r) noexcept : n_(n), r_(r) {}

    [[nodiscard]] constexpr std::size_t room() const noexcept { return r_ > n_ ? 0 : r_; }
    [[nodiscard]] constexpr std::size_t shown() const noexcept { return room(); }
    [[nodiscard]] constexpr bool first(index_type* at) const noexcept {
        if (r_ > n_) return false;
        for (std::size_t i = 0; i != r_; ++i) at[i] = as_index(i);
        return true;
    }
    [[nodiscard]] constexpr bool next(index_type* at) const noexcept {
        if (r_ == 0) return false;
        std::size_t i = r_ - 1;
        if (++at[i] < n_) [[likely]]
            return true;
        index_type value;
        do {  // the rightmost that can still grow
            if (i == 0) return false;
            --i;
            value = ++at[i];
        } while (value > n_ - r_ + i);
        while (++i != r_) at[i] = ++value;
        return true;
    }
    [[nodiscard]] constexpr std::size_t size() const { return binomial(n_, r_); }

private:
    std::size_t n_;
    std::size_t r_;
};

/// Indices that do not descend.
class replacement_rule {
public:
    constexpr replacement_rule(std::size_t n, std::size_t r) noexcept : n_(n), r_(r) {}

    [[nodiscard]] constexpr std::size_t room() const noexcept { return r_; }
    [[nodiscard]] constexpr std::size_t shown() const noexcept { return r_; }
    [[nodiscard]] constexpr bool first(index_type* at) const noexcept {
        for (std::size_t i = 0; i != r_; ++i) at[i] = 0;
        return n_ != 0 || r_ == 0;
    }
    [[nodiscard]] constexpr bool next(index_type* at) const noexcept {
        if (r_ == 0) return false;
        std::size_t i = r_ - 1;
        if (++at[i] < n_) [[likely]]
            return true;
        index_type value;
        do {
            if (i == 0) return false;
            --i;
            value = ++at[i];
        } while (value == n_);
        while (++i != r_) at[i] = value;
        return true;
    }
    [[nodiscard]] constexpr std::size_t size() const {
        if (n_ == 0) return r_ == 0 ? 1 : 0;
        return binomial(n_ + r_ - 1, r_);
    }

private:
    std::size_t n_;
    std::size_t r_;
};

constexpr void swap_indices(index_type& a, index_type& b) noexcept {
    index_type const c = a;
    a = b;
    b = c;
}

/// The same value, which g++ 12 does not load, nor store, together with its neighbour: what is stored apart and loaded as one is waited for
/// (2.2 of 4.3 ns for a permutation of 10).
[[nodiscard]] constexpr index_type apart(index_type value) noexcept {
#if defined(__GNUC__) && !defined(__clang__)
    if (!std::is_constant_evaluated()) asm("" : "+r"(value));
#endif
    return value;
}

/// All indices: the next greater order, as std::next_permutation finds it.
class full_permutation_rule {
public:
    constexpr explicit full_permutation_rule(std::size_t n) noexcept : n_(n) {}

    [[nodiscard]] constexpr std::size_t room() const noexcept { return n_; }
    [[nodiscard]] constexpr std::size_t shown() const noexcept { return n_; }
    [[nodiscard]] constexpr bool first(index_type* at) const noexcept {
        for (std::size_t i = 0; i != n_; ++i) at[i] = as_index(i);
        return true;
    }
    [[nodiscard]] constexpr bool next(index_type* at) const noexcept {
        if (n_ < 2) return false;
        std::size_t i = n_ - 1;
        index_type right = apart(at[i]);
        index_type left = apart(at[i - 1]);
        if (left < right) {  // half of all
            at[i - 1] = right;
            at[i] = left;
            return true;
        }
        do {  // what descends from here on has had all its orders
            --i;
            if (i == 0) return false;
            right = left;
            left = at[i - 1];
        } while (left > right);
        std::size_t j = n_ - 1;
        while (at[j] < left) --j;
        at[i - 1] = at[j];
        at[j] = left;
        for (std::size_t low = i, high = n_ - 1; low < high; ++low, --high) swap_indices(at[low], at[high]);
        return true;
    }
    [[nodiscard]] constexpr std::size_t size() const {
        choice_count count(1);
        for (std::size_t i = 2; i <= n_; ++i) count *= i;
        return count.value();
    }

private:
    std::size_t n_;
};

/// Some indices, in the order of their positions. All n are kept: r are shown, the others follow in ascending order.
class permutation_rule {
public:
    constexpr permutation_rule(std::size_t n, std::size_t r) noexcept : n_(n), r_(r) {}

    [[nodiscard]] constexpr std::size_t room() const noexcept { return r_ > n_ ? 0 : n_; }
    [[nodiscard]] constexpr std::size_t shown() const noexcept { return r_ > n_ ? 0 : r_; }
    [[nodiscard]] constexpr bool first(index_type* at) const noexcept { return r_ <= n_ && full_permutation_rule(n_).first(at); }
    [[nodiscard]] constexpr bool next(index_type* at) const noexcept {
        if (r_ == n_) return full_permutation_rule(n_).next(at);
        if (r_ == 0) return false;
        // The others ascend: the first one greater takes the place, and what was there falls in where that was.
        index_type const value = at[r_ - 1];
        for (std::size_t j = r_; j != n_; ++j) {
            if (at[j] > value) {
                at[r_ - 1] = at[j];
                at[j] = value;
                return true;
            }
        }
        return next_further_left(at);
    }
    [[nodiscard]] constexpr std::size_t size() const {
        if (r_ > n_) return 0;
        choice_count count(1);
        for (std::size_t i = 0; i != r_; ++i) count *= n_ - i;
        return count.value();
    }

private:
    /// The last place has had its greatest.
    [[nodiscard]] constexpr bool next_further_left(index_type* at) const noexcept {
        for (std::size_t i = r_; i-- != 0;) {
            index_type const value = at[i];
            if (value > at[n_ - 1]) {  // greater than all that follow: goes behind them
                for (std::size_t j = i + 1; j != n_; ++j) at[j - 1] = at[j];
                at[n_ - 1] = value;
                continue;
            }
            std::size_t j = i + 1;
            while (at[j] < value) ++j;
            at[i] = at[j];
            at[j] = value;
            return true;
        }
        return false;
    }

    std::size_t n_;
    std::size_t r_;
};

[[noreturn]] AMPHIS_COLD inline void negative_r() { throw_<ValueError>("r must be non-negative"); }

template <class N>
[[nodiscard]] constexpr std::size_t checked_r(N const& r) {
    static_assert(IntegerArgument<N>, "amphis: r must be an integer");
    std::ptrdiff_t const count = as_count(r);
    if (count < 0) negative_r();
    return static_cast<std::size_t>(count);
}

template <class Rule>
struct choose_fn {
    template <class R>
    constexpr void operator()(R&&) const {
        static_assert(std::is_void_v<R>, "amphis: combinations() and combinations_with_replacement() take an iterable and r, how many elements to choose");
    }
    template <class R, class N>
        requires(!Kwarg<N>)
    [[nodiscard]] constexpr auto operator()(R&& iterable, N r) const {
        if constexpr (!assert_iterable<R>()) {
            return;
        } else if constexpr (ConstantArgument<N>) {
            static_assert(N::value >= 0, "amphis: r must be non-negative");
            return named_choices_view<Rule, source_of<R>, std::make_index_sequence<static_cast<std::size_t>(N::value)>>(hold(static_cast<R&&>(iterable)));
        } else {
            std::size_t const count = checked_r(r);
            return choices_view<Rule, source_of<R>>(hold(static_cast<R&&>(iterable)), [count](std::size_t n) { return Rule(n, count); });
        }
    }
    template <class R, class N>
    [[nodiscard]] constexpr auto operator()(R&& iterable, kwarg<"r", N> r) const {
        return (*this)(static_cast<R&&>(iterable), std::decay_t<N>(r.value));
    }
};

struct permutations_fn {
    template <class R>
    [[nodiscard]] constexpr auto operator()(R&& iterable) const {
        if constexpr (assert_iterable<R>()) {
            return choices_view<full_permutation_rule, source_of<R>>(hold(static_cast<R&&>(iterable)),
                                                                     [](std::size_t n) { return full_permutation_rule(n); });
        }
    }
    template <class R, class N>
        requires(!Kwarg<N>)
    [[nodiscard]] constexpr auto operator()(R&& iterable, N r) const {
        if constexpr (is_none<N>) {
            return (*this)(static_cast<R&&>(iterable));
        } else {
            return choose_fn<permutation_rule>()(static_cast<R&&>(iterable), r);
        }
    }
    template <class R, class N>
    [[nodiscard]] constexpr auto operator()(R&& iterable, kwarg<"r", N> r) const {
        return (*this)(static_cast<R&&>(iterable), std::decay_t<N>(r.value));
    }
};

}  // namespace detail::itertools

namespace itertools {

/// Every choice of `r` elements, in the order of their places.
///
///     for (auto const& pair : itertools::combinations("ABCD"s, 2)) ...     // ('A', 'B') ('A', 'C') ('A', 'D') ('B', 'C') ('B', 'D') ('C', 'D')
///
/// iterable  an lvalue is referred to, an rvalue moved in; a source that is no array is read when combinations() is called, as in Python.
///           Equal elements count as different ones.
/// r         elements in each tuple; none come if there are fewer in `iterable`. As a std::integral_constant the tuples are std::tuples of
///           references: for (auto [a, b] : itertools::combinations(s, std::integral_constant<int, 2>())) ...
/// Returns   a sized view, which can be iterated again and again. A tuple refers to the elements; it is the same object at each step, so copy it
///           to keep it (`auto`, list()).
/// Raises    ValueError: r must be non-negative.
/// Cost      amortised O(1) a tuple, nothing is copied.
/// Source    Modules/itertoolsmodule.c, combinations_next (CPython 3.11).
inline constexpr detail::itertools::choose_fn<detail::itertools::combination_rule> combinations{};

/// Every choice of `r` elements, each as often as you like, in the order of their places.
///
///     itertools::combinations_with_replacement("AB"s, 2);                  // ('A', 'A') ('A', 'B') ('B', 'B')
///
/// Arguments, result and errors are those of combinations.
/// Source    Modules/itertoolsmodule.c, cwr_next (CPython 3.11).
inline constexpr detail::itertools::choose_fn<detail::itertools::replacement_rule> combinations_with_replacement{};

/// Every order of `r` elements, or of all.
///
///     itertools::permutations("ABC"s, 2);                                  // ('A', 'B') ('A', 'C') ('B', 'A') ('B', 'C') ('C', 'A') ('C', 'B')
///
/// r         elements in each tuple; all of them without it, or for None.
/// The other arguments, result and errors are those of combinations. The order is that of the places: lexicographic if `iterable` is sorted.
/// Cost      amortised O(1) a tuple of all elements (std::next_permutation's algorithm, on indices).
/// Source    Modules/itertoolsmodule.c, permutations_next (CPython 3.11).
inline constexpr detail::itertools::permutations_fn permutations{};

}  // namespace itertools
}  // namespace amphis::inline v0

#endif  // AMPHIS_ITERTOOLS_COMBINATORICS_HPP
