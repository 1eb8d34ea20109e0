// SPDX-License-Identifier: MIT
// itertools/recipes/rearranging: flatten, ncycles, partition, powerset, prepend, roundrobin, sieve, tabulate.
// Python: docs.python.org/3/library/itertools.html#itertools-recipes
#ifndef AMPHIS_ITERTOOLS_RECIPES_REARRANGING_HPP
#define AMPHIS_ITERTOOLS_RECIPES_REARRANGING_HPP

#include <amphis/itertools/chain.hpp>
#include <amphis/itertools/combinatorics.hpp>
#include <amphis/itertools/infinite.hpp>
#include <amphis/itertools/selecting.hpp>
#include <amphis/itertools/tee.hpp>

#include <cstddef>
#include <span>
#include <tuple>
#include <type_traits>
#include <utility>

namespace amphis::inline v0 {
namespace detail::itertools {

struct prepend_fn {
    template <class T, class R>
    [[nodiscard]] constexpr auto operator()(T&& value, R&& iterable) const {
        return chain_fn()(repeat_fn()(static_cast<T&&>(value), 1), static_cast<R&&>(iterable));
    }
};

struct ncycles_fn {
    template <class R, class N>
    [[nodiscard]] constexpr auto operator()(R&& iterable, N n) const {
        static_assert(IntegerArgument<N>, "amphis: ncycles: n must be an integer");
        if constexpr (assert_iterable<R>()) {
            using S = source_of<R>;
            if constexpr (std::ranges::forward_range<S>) {
                return from_iterable_fn()(repeat_fn()(hold(static_cast<R&&>(iterable)), n));
            } else {
                return from_iterable_fn()(repeat_fn()(stored_elements<S>(hold(static_cast<R&&>(iterable))), n));
            }
        }
    }

private:
    template <class S>
    static constexpr dynamic_tuple<value_of<S>> stored_elements(S source) {
        growing_array<value_of<S>> items;
        cursor<S> at;
        while (at.pull(source)) items.emplace_back(take_value<S>(*at));
        return dynamic_tuple<value_of<S>>(static_cast<growing_array<value_of<S>>&&>(items));
    }
};

// ---- tabulate ------------------------------------------------------------------------------------------------------------

template <class F, class T>
class tabulate_view : public view_base<tabulate_view<F, T>> {
    using counter = iterator_of<count_view<T, one>>;

    template <bool Const>
    class iterator_type
        : public iterator_base<iterator_type<Const>, std::random_access_iterator_tag, std::remove_cvref_t<std::invoke_result_t<maybe_const<Const, F>&, T>>,
                               std::invoke_result_t<maybe_const<Const, F>&, T>> {
    public:
        using endless = void;

        constexpr iterator_type() = default;
        constexpr iterator_type(maybe_const<Const, F>& fn, counter at) : fn_(__builtin_addressof(fn)), at_(at) {}

        [[nodiscard]] constexpr std::invoke_result_t<maybe_const<Const, F>&, T> operator*() const { return call(*fn_, *at_); }
        constexpr void step() { ++at_; }
        constexpr void back() { --at_; }
        constexpr void jump(std::ptrdiff_t n) { at_ += n; }
        [[nodiscard]] constexpr bool same(iterator_type const& other) const { return at_ == other.at_; }
        [[nodiscard]] constexpr std::ptrdiff_t until(iterator_type const& other) const { return other.at_ - at_; }

    private:
        maybe_const<Const, F>* fn_ = nullptr;
        counter at_;
    };

public:
    template <class G>
    constexpr tabulate_view(G&& fn, T start) : fn_(static_cast<G&&>(fn)), start_(start) {}

    [[nodiscard]] constexpr auto begin() { return iterator_type<false>(fn_.get(), count_view<T, one>(start_, {}).begin()); }
    [[nodiscard]] constexpr auto begin() const
        requires std::is_invocable_v<F const&, T>
    {
        return iterator_type<true>(fn_.get(), count_view<T, one>(start_, {}).begin());
    }
    [[nodiscard]] static constexpr never end() noexcept { return {}; }

private:
    AMPHIS_NO_UNIQUE_ADDRESS box<F> fn_;
    T start_;
};

struct tabulate_fn {
    template <class F>
    [[nodiscard]] constexpr auto operator()(F&& fn) const {
        return (*this)(static_cast<F&&>(fn), 0);
    }
    template <class F, class T>
    [[nodiscard]] constexpr auto operator()(F&& fn, T start) const {
        static_assert(IntegerArgument<T>, "amphis: tabulate: start must be an integer");
        constexpr bool callable = std::is_invocable_v<std::decay_t<F>&, T>;
        static_assert(callable, "amphis: tabulate: the function cannot be called with an integer");
        if constexpr (callable) return tabulate_view<std::decay_t<F>, T>(static_cast<F&&>(fn), start);
    }
};

// ---- partition -----------------------------------------------------------------------------------------------------------

template <class F>
struct negated {
    AMPHIS_NO_UNIQUE_ADDRESS box<F> pred;

    template <class G>
        requires(!std::is_same_v<std::remove_cvref_t<G>, negated>)
    constexpr explicit negated(G&& fn) : pred(static_cast<G&&>(fn)) {}

    template <class E>
        requires std::is_invocable_v<F&, E>
    constexpr bool operator()(E&& element) {
        return !test(pred.get(), static_cast<E&&>(element));
    }
    template <class E>
        requires std::is_invocable_v<F const&, E>
    constexpr bool operator()(E&& element) const {
        return !test(pred.get(), static_cast<E&&>(element));
    }
};

struct partition_fn {
    template <class F, class R>
    [[nodiscard]] constexpr auto operator()(F&& pred, R&& iterable) const {
        if constexpr (assert_iterable<R>()) {
            using S = source_of<R>;
            using P = predicate_of<F>;
            if constexpr (assert_predicate<P, S>()) {
                P given = make_predicate<F>(pred);
                P copy(given);
                if constexpr (std::is_lvalue_reference_v<R> && RereadableRange<S>) {
                    return both<P>(static_cast<P&&>(given), static_cast<P&&>(copy), iterable, iterable);
                } else {
                    auto sources = tee_fn()(static_cast<R&&>(iterable));
                    return both<P>(static_cast<P&&>(given), static_cast<P&&>(copy), static_cast<decltype(sources[0])&&>(sources[0]),
                                   static_cast<decltype(sources[1])&&>(sources[1]));
                }
            }
        }
    }

private:
    template <class T>
    static constexpr decltype(auto) moved_unless_shared(T& source) {
        if constexpr (is_tee<T>) {
            return static_cast<T&&>(source);
        } else {
            return (source);
        }
    }
    template <class P, class A, class B>
    static constexpr auto both(P&& given, P&& copy, A& a, B& b) {
        auto falses = filterfalse_fn()(static_cast<P&&>(given), moved_unless_shared(a));
        auto trues = filterfalse_fn()(negated<P>(static_cast<P&&>(copy)), moved_unless_shared(b));
        return std::pair<decltype(falses), decltype(trues)>(static_cast<decltype(falses)&&>(falses), static_cast<decltype(trues)&&>(trues));
    }
};

// ---- roundrobin ----------------------------------------------------------------------------------------------------------

template <class... S>
class roundrobin_machine {
public:
    using value_type = chained_value<S...>;
    using reference = chained_reference<S...>;
    static constexpr bool gives_away = (detail::gives_away<S> && ...);

    constexpr explicit roundrobin_machine(S&&... parts) : sources_(static_cast<S&&>(parts)...) {}

    constexpr bool pull() {
        for (std::size_t turn = 0; turn != sizeof...(S); ++turn) {
            at_ = next_;
            next_ = next_ + 1 == sizeof...(S) ? 0 : next_ + 1;
            if (pull_from<0>()) return true;
        }
        return false;
    }
    [[nodiscard]] constexpr reference get() { return read<0>(); }

private:
    template <std::size_t I>
    constexpr bool pull_from() {
        if constexpr (I == sizeof...(S)) {
            return false;
        } else {
            return at_ == I ? std::get<I>(cursors_).pull(std::get<I>(sources_)) : pull_from<I + 1>();
        }
    }
    template <std::size_t I>
    [[nodiscard]] constexpr reference read() {
        if constexpr (I + 1 == sizeof...(S)) {
            return *std::get<I>(cursors_);
        } else {
            if (at_ == I) return *std::get<I>(cursors_);
            return read<I + 1>();
        }
    }

    std::tuple<S...> sources_;
    std::tuple<cursor<S>...> cursors_;
    std::size_t at_ = 0;
    std::size_t next_ = 0;
};

struct roundrobin_fn {
    [[nodiscard]] constexpr empty_view operator()() const noexcept { return empty_view(); }
    template <class... R>
        requires(sizeof...(R) > 0)
    [[nodiscard]] constexpr auto operator()(R&&... iterables) const {
        if constexpr ((assert_iterable<R>() && ...)) {
            if constexpr (assert_chainable<source_of<R>...>()) {
                return single_pass<roundrobin_machine<source_of<R>...>>(std::in_place, hold(static_cast<R&&>(iterables))...);
            }
        }
    }
};

// ---- powerset ------------------------------------------------------------------------------------------------------------

/// The combinations of 0, 1, ... n elements.
class powerset_rule {
public:
    constexpr explicit powerset_rule(std::size_t n) noexcept : n_(n) {}

    [[nodiscard]] constexpr std::size_t room() const noexcept { return n_; }
    [[nodiscard]] constexpr std::size_t shown() const noexcept { return r_; }
    static constexpr void grows() noexcept {}
    [[nodiscard]] constexpr bool first(index_type*) noexcept { return true; }
    [[nodiscard]] constexpr bool next(index_type* at) noexcept {
        if (combination_rule(n_, r_).next(at)) return true;
        if (r_ == n_) return false;
        ++r_;
        return combination_rule(n_, r_).first(at);
    }
    [[nodiscard]] constexpr std::size_t size() const {
        choice_count count(1);
        for (std::size_t i = 0; i != n_; ++i) count *= 2;
        return count.value();
    }

private:
    std::size_t n_;
    std::size_t r_ = 0;
};

struct powerset_fn {
    template <class R>
    [[nodiscard]] constexpr auto operator()(R&& iterable) const {
        if constexpr (assert_iterable<R>()) {
            return choices_view<powerset_rule, source_of<R>>(hold(static_cast<R&&>(iterable)), [](std::size_t n) { return powerset_rule(n); });
        }
    }
};

// ---- sieve ---------------------------------------------------------------------------------------------------------------

/// The primes below a number. Of the odd numbers, a byte each says whether it is one.
template <class T>
class sieve_view : public view_base<sieve_view<T>> {
public:
    class iterator : public iterator_base<iterator, std::forward_iterator_tag, T, T> {
    public:
        constexpr iterator() = default;
        constexpr iterator(sieve_view const& from, std::size_t number) : from_(__builtin_addressof(from)), number_(number) {}

        [[nodiscard]] constexpr T operator*() const noexcept { return static_cast<T>(number_); }
        constexpr void step() noexcept {
            number_ = number_ == 2 ? 3 : number_ + 2;
            while (number_ < from_->below_ && !from_->odd_[number_ / 2]) number_ += 2;
        }
        [[nodiscard]] constexpr bool same(iterator const& other) const noexcept { return number_ == other.number_; }
        [[nodiscard]] friend constexpr bool operator==(iterator const& it, std::default_sentinel_t) noexcept {
            return it.ended();
        }

    private:
        [[nodiscard]] constexpr bool ended() const noexcept { return number_ >= from_->below_; }

        sieve_view const* from_ = nullptr;
        std::size_t number_ = 0;
    };

    constexpr explicit sieve_view(std::size_t below) : below_(below) {
        odd_.reserve(below / 2);
        for (std::size_t i = 0; i != below / 2; ++i) odd_.emplace_back(true);
        for (std::size_t p = 3; p <= (below - 1) / p; p += 2) {
            if (!odd_[p / 2]) continue;
            for (std::size_t multiple = p * p; multiple < below; multiple += p + p) odd_[multiple / 2] = false;
        }
    }

    [[nodiscard]] constexpr iterator begin() const noexcept { return iterator(*this, 2); }
    [[nodiscard]] static constexpr std::default_sentinel_t end() noexcept { return {}; }

private:
    std::size_t below_;
    growing_array<bool> odd_;
};

struct sieve_fn {
    template <class N>
    [[nodiscard]] constexpr auto operator()(N n) const {
        static_assert(IntegerArgument<N>, "amphis: sieve: n must be an integer");
        return sieve_view<N>(n < N(2) ? 2 : static_cast<std::size_t>(n));
    }
};

}  // namespace detail::itertools

namespace itertools {

/// One level of nesting less: chain.from_iterable by another name.
inline constexpr detail::itertools::from_iterable_fn flatten{};

/// `value`, then the elements.
///
///     itertools::prepend(1, std::vector{2, 3});             // 1 2 3
inline constexpr detail::itertools::prepend_fn prepend{};

/// The elements `n` times over.
///
///     itertools::ncycles("ab"s, 2);                         // a b a b
inline constexpr detail::itertools::ncycles_fn ncycles{};

/// fn(0), fn(1), ...: tabulate(fn, start).
inline constexpr detail::itertools::tabulate_fn tabulate{};

/// The elements for which the predicate is false, and those for which it is true.
///
///     auto [evens, odds] = itertools::partition(is_odd, range(10));        // 0 2 4 6 8 and 1 3 5 7 9
///
/// Cost      the predicate is called for each element by each of the two. A source that is no lvalue, or single-pass, is shared as by tee.
inline constexpr detail::itertools::partition_fn partition{};

/// The iterables in turns.
///
///     itertools::roundrobin("ABC"s, "D"s, "EF"s);           // A D E B F C
inline constexpr detail::itertools::roundrobin_fn roundrobin{};

/// All subsets, the small ones first.
///
///     itertools::powerset(std::vector{1, 2, 3});            // () (1,) (2,) (3,) (1, 2) (1, 3) (2, 3) (1, 2, 3)
///
/// Returns   a view as combinations gives it.
inline constexpr detail::itertools::powerset_fn powerset{};

/// The primes below `n`.
///
///     itertools::sieve(30);                                 // 2 3 5 7 11 13 17 19 23 29
///
/// Cost      O(n log log n) when it is called; n / 2 bytes.
inline constexpr detail::itertools::sieve_fn sieve{};

}  // namespace itertools
}  // namespace amphis::inline v0

#endif  // AMPHIS_ITERTOOLS_RECIPES_REARRANGING_HPP
