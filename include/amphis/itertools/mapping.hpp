// SPDX-License-Identifier: MIT
// itertools/mapping: accumulate, starmap.  Python: docs.python.org/3/library/itertools.html#itertools.accumulate
#ifndef AMPHIS_ITERTOOLS_MAPPING_HPP
#define AMPHIS_ITERTOOLS_MAPPING_HPP

#include <amphis/itertools/single_pass.hpp>

#include <cstddef>
#include <span>
#include <tuple>
#include <type_traits>
#include <utility>

namespace amphis::inline v0 {
namespace detail::itertools {

// ---- accumulate --------------------------------------------------------------------------------------------------------

/// operator.add: the function where none is given.
struct addition {
    template <class A, class B>
    [[nodiscard]] constexpr auto operator()(A&& total, B&& element) const -> decltype(static_cast<A&&>(total) + static_cast<B&&>(element)) {
        return static_cast<A&&>(total) + static_cast<B&&>(element);
    }
};
template <class F>
using fold_of = std::conditional_t<is_none<F>, addition, std::decay_t<F>>;

template <class F>
constexpr fold_of<F> make_fold(std::remove_reference_t<F>& fn) {
    if constexpr (is_none<F>) {
        return addition();
    } else {
        return static_cast<F&&>(fn);
    }
}

/// What the total is given as: an rvalue, so that a string grows in place; an lvalue to a function that takes no other.
template <class F, class Total, class E>
using given_total = std::conditional_t<std::is_invocable_v<F&, Total, E>, Total&&, Total&>;
template <class F, class Total, class E>
concept Folds = std::is_invocable_v<F&, given_total<F, Total, E>, E>;

/// The type of the totals: what the function returns for a first total of type First.
template <class F, class First, class E>
struct total_type {};
template <class F, class First, class E>
    requires Folds<F, First, E>
struct total_type<F, First, E> {
    using type = kept_value<std::decay_t<std::invoke_result_t<F&, given_total<F, First, E>, E>>>;
};

template <class F, class First, class E>
consteval bool assert_folds() noexcept {
    constexpr bool characters_added = std::is_same_v<F, addition> && Character<First>;
    constexpr bool callable = characters_added || Folds<F, First, E>;
    static_assert(!characters_added, "amphis: accumulate: two chars do not add up to a str: give \"initial\"_k = std::string(), or a function");
    static_assert(callable, "amphis: accumulate: the function cannot be called with a total and an element of this iterable");
    if constexpr (callable && !characters_added) {
        using Total = typename total_type<F, First, E>::type;
        constexpr bool repeats = std::is_constructible_v<Total, First> && Folds<F, Total, E>;
        static_assert(repeats, "amphis: accumulate: what the function returns must be a total that it can be given again");
        return repeats;
    } else {
        return false;
    }
}

template <class F, class Total, class E>
constexpr void fold_into(F& fn, Total& total, E&& element) {
    using result = std::invoke_result_t<F&, given_total<F, Total, E>, E>;
    if constexpr (std::is_same_v<result, Total&>) {
        Total& made = call(fn, static_cast<given_total<F, Total, E>>(total), static_cast<E&&>(element));
        if (__builtin_addressof(made) != __builtin_addressof(total)) total = made;
    } else {
        total = call(fn, static_cast<given_total<F, Total, E>>(total), static_cast<E&&>(element));
    }
}

struct no_initial {};

/// Over a multi-pass source.
template <class F, class S, class Total, class Initial>
class accumulate_view : public view_base<accumulate_view<F, S, Total, Initial>> {
    static constexpr bool from_initial = !std::is_same_v<Initial, no_initial>;
    // A total that costs something to copy is shown where it is made, and so is gone at the next.
    static constexpr bool by_value = passed_by_value<Total>;

    template <bool Const>
    class iterator_type
        : public iterator_base<iterator_type<Const>, std::conditional_t<by_value, std::forward_iterator_tag, std::input_iterator_tag>, Total,
                               std::conditional_t<by_value, Total, Total const&>> {
        using source = maybe_const<Const, S>;

    public:
        constexpr iterator_type()
            requires by_value
        = default;
        constexpr iterator_type(source& from, maybe_const<Const, F>& fn, Initial const& initial)
            : at_(std::ranges::begin(from)), last_(std::ranges::end(from)), fn_(__builtin_addressof(fn)) {
            if constexpr (from_initial) {
                total_.fill([&initial]() -> Total { return initial; });
            } else if (!(at_ == last_)) {
                total_.fill([this]() -> Total { return Total(*at_); });
            }
        }

        [[nodiscard]] constexpr std::conditional_t<by_value, Total, Total const&> operator*() const { return *total_; }
        constexpr void step() {
            if constexpr (from_initial) {
                if (at_ == last_) {
                    done_ = true;
                } else {
                    fold_over();
                }
            } else {
                ++at_;
                if (!(at_ == last_)) fold_into(*fn_, *total_, *at_);
            }
        }
        [[nodiscard]] constexpr bool same(iterator_type const& other) const { return at_ == other.at_ && done_ == other.done_; }
        [[nodiscard]] friend constexpr bool operator==(iterator_type const& it, std::default_sentinel_t) {
            if constexpr (from_initial) {
                return it.done_;
            } else {
                return it.at_ == it.last_;
            }
        }

    private:
        /// An element at which the function raises has been read, as in CPython.
        constexpr void fold_over() {
            try {
                fold_into(*fn_, *total_, *at_);
            } catch (...) {
                ++at_;
                throw;
            }
            ++at_;
        }

        iterator_of<source> at_{};
        sentinel_of<source> last_{};
        maybe_const<Const, F>* fn_ = nullptr;
        std::conditional_t<by_value, late_value<Total>, maybe<Total>> total_{};
        bool done_ = false;
    };

public:
    template <class G, class I>
    constexpr accumulate_view(G&& fn, S&& source, I&& initial)
        : source_(static_cast<S&&>(source)), fn_(static_cast<G&&>(fn)), initial_(static_cast<I&&>(initial)) {}

    [[nodiscard]] constexpr auto begin() { return iterator_type<false>(source_, fn_.get(), initial_); }
    [[nodiscard]] constexpr auto begin() const
        requires std::ranges::forward_range<S const> && Folds<F const, Total, reference_of<S const>>
    {
        return iterator_type<true>(source_, fn_.get(), initial_);
    }
    [[nodiscard]] static constexpr std::default_sentinel_t end() noexcept { return {}; }
    [[nodiscard]] constexpr std::size_t size() const
        requires std::ranges::sized_range<S const>
    {
        return static_cast<std::size_t>(std::ranges::size(source_)) + (from_initial ? 1 : 0);
    }

private:
    S source_;
    AMPHIS_NO_UNIQUE_ADDRESS box<F> fn_;
    AMPHIS_NO_UNIQUE_ADDRESS Initial initial_;
};

template <class F, class S, class Total, class Initial>
class accumulate_machine {
    static constexpr bool by_value = passed_by_value<Total>;

public:
    using value_type = Total;
    using reference = std::conditional_t<by_value, Total, Total const&>;

    template <class G, class I>
    constexpr accumulate_machine(G&& fn, S&& source, I&& initial) : source_(static_cast<S&&>(source)), fn_(static_cast<G&&>(fn)), initial_(static_cast<I&&>(initial)) {}

    constexpr bool pull() {
        if constexpr (!std::is_same_v<Initial, no_initial>) {
            if (!begun_) {
                total_.fill([this]() -> Total { return static_cast<Initial&&>(initial_); });
                return begun_ = true;
            }
        }
        if (!cursor_.pull(source_)) return false;
        if (begun_) [[likely]] {
            fold_into(fn_.get(), *total_, *cursor_);
        } else {
            total_.fill([this]() -> Total { return Total(*cursor_); });
            begun_ = true;
        }
        return true;
    }
    [[nodiscard]] constexpr reference get() const { return *total_; }

private:
    S source_;
    AMPHIS_NO_UNIQUE_ADDRESS box<F> fn_;
    cursor<S> cursor_;
    std::conditional_t<std::is_scalar_v<Total>, late_value<Total>, maybe<Total>> total_;
    bool begun_ = false;
    AMPHIS_NO_UNIQUE_ADDRESS Initial initial_;
};

struct accumulate_fn {
    template <class R, class F, class I>
        requires(!Kwarg<F> && !Kwarg<I>)
    constexpr void operator()(R&&, F&&, I&&) const {
        static_assert(std::is_void_v<R>, "amphis: accumulate: initial is a keyword: accumulate(iterable, function, \"initial\"_k = 0)");
    }
    template <class R>
    [[nodiscard]] constexpr auto operator()(R&& iterable) const {
        return make(static_cast<R&&>(iterable), none_t(), no_initial());
    }
    template <class R, class F>
        requires(!Kwarg<F>)
    [[nodiscard]] constexpr auto operator()(R&& iterable, F&& fn) const {
        return make(static_cast<R&&>(iterable), static_cast<F&&>(fn), no_initial());
    }
    template <class R, class I>
    [[nodiscard]] constexpr auto operator()(R&& iterable, kwarg<"initial", I> initial) const {
        return with_initial(static_cast<R&&>(iterable), none_t(), static_cast<I&&>(initial.value));
    }
    template <class R, class F, class I>
        requires(!Kwarg<F>)
    [[nodiscard]] constexpr auto operator()(R&& iterable, F&& fn, kwarg<"initial", I> initial) const {
        return with_initial(static_cast<R&&>(iterable), static_cast<F&&>(fn), static_cast<I&&>(initial.value));
    }
    template <class R, class F>
    [[nodiscard]] constexpr auto operator()(R&& iterable, kwarg<"func", F> fn) const {
        return make(static_cast<R&&>(iterable), static_cast<F&&>(fn.value), no_initial());
    }
    template <class R, class F, class I>
    [[nodiscard]] constexpr auto operator()(R&& iterable, kwarg<"func", F> fn, kwarg<"initial", I> initial) const {
        return with_initial(static_cast<R&&>(iterable), static_cast<F&&>(fn.value), static_cast<I&&>(initial.value));
    }

private:
    template <class R, class F, class I>
    static constexpr auto with_initial(R&& iterable, F&& fn, I&& initial) {
        if constexpr (is_none<I>) {
            return make(static_cast<R&&>(iterable), static_cast<F&&>(fn), no_initial());
        } else {
            return make(static_cast<R&&>(iterable), static_cast<F&&>(fn), static_cast<I&&>(initial));
        }
    }
    template <class R, class F, class I>
    static constexpr auto make(R&& iterable, F&& fn, I&& initial) {
        if constexpr (assert_iterable<R>()) {
            using S = source_of<R>;
            using G = fold_of<F>;
            constexpr bool from_initial = !std::is_same_v<std::decay_t<I>, no_initial>;
            using First = std::conditional_t<from_initial, std::decay_t<I>, value_of<S>>;
            if constexpr (assert_folds<G, First, reference_of<S>>()) {
                using Total = typename total_type<G, First, reference_of<S>>::type;
                using Initial = std::conditional_t<from_initial, Total, no_initial>;
                if constexpr (std::ranges::forward_range<S>) {
                    return accumulate_view<G, S, Total, Initial>(make_fold<F>(fn), hold(static_cast<R&&>(iterable)), static_cast<I&&>(initial));
                } else {
                    return single_pass<accumulate_machine<G, S, Total, Initial>>(std::in_place, make_fold<F>(fn), hold(static_cast<R&&>(iterable)),
                                                                               static_cast<I&&>(initial));
                }
            }
        }
    }
};

// ---- starmap -----------------------------------------------------------------------------------------------------------

template <class Row>
inline constexpr bool is_row = requires { std::tuple_size<std::remove_cvref_t<Row>>::value; };

namespace row_access {
using std::get;
template <class F, class Row, std::size_t... I>
constexpr decltype(auto) spread(F& fn, Row&& row, std::index_sequence<I...>) {
    return call(fn, get<I>(static_cast<Row&&>(row))...);
}
template <class F, class Row, class Indices>
inline constexpr bool spreads = false;
template <class F, class Row, std::size_t... I>
inline constexpr bool spreads<F, Row, std::index_sequence<I...>> =
    requires(F& fn, Row&& row) { requires std::is_invocable_v<F&, decltype(get<I>(static_cast<Row&&>(row)))...>; };
}  // namespace row_access

template <class Row>
using row_indices = std::make_index_sequence<std::tuple_size<std::remove_cvref_t<Row>>::value>;

template <class F, class Row>
concept Spreads = is_row<Row> && row_access::spreads<F, Row, row_indices<Row>>;

/// fn(*row)
template <class F, class Row>
constexpr decltype(auto) spread(F& fn, Row&& row) {
    return row_access::spread(fn, static_cast<Row&&>(row), row_indices<Row>{});
}
template <class F, class Row>
using spread_result = kept_reference<decltype(spread(std::declval<F&>(), std::declval<Row>()))>;

template <class F, class S>
class starmap_view : public view_base<starmap_view<F, S>> {
    template <bool Const>
    class iterator_type : public iterator_base<iterator_type<Const>, decltype(iteration_tag<std::random_access_iterator_tag, maybe_const<Const, S>>()),
                                               kept_value<spread_result<maybe_const<Const, F>, reference_of<maybe_const<Const, S>>>>,
                                               spread_result<maybe_const<Const, F>, reference_of<maybe_const<Const, S>>>> {
        using source = maybe_const<Const, S>;
        using base = iterator_of<source>;

    public:
        constexpr iterator_type() = default;
        constexpr iterator_type(base at, maybe_const<Const, F>& fn) : at_(at), fn_(__builtin_addressof(fn)) {}

        [[nodiscard]] constexpr typename iterator_type::reference operator*() const {
            return static_cast<typename iterator_type::reference>(spread(*fn_, *at_));
        }
        constexpr void step() { ++at_; }
        constexpr void back() { --at_; }
        constexpr void jump(std::ptrdiff_t n) { at_ += n; }
        [[nodiscard]] constexpr bool same(iterator_type const& other) const { return at_ == other.at_; }
        [[nodiscard]] constexpr std::ptrdiff_t until(iterator_type const& other) const { return static_cast<std::ptrdiff_t>(other.at_ - at_); }
        [[nodiscard]] constexpr base const& at() const noexcept { return at_; }

    private:
        base at_{};
        maybe_const<Const, F>* fn_ = nullptr;
    };
    template <bool Const>
    struct sentinel_type {
        sentinel_of<maybe_const<Const, S>> last{};
        [[nodiscard]] friend constexpr bool operator==(iterator_type<Const> const& it, sentinel_type const& end) { return it.at() == end.last; }
    };

public:
    template <class G>
    constexpr starmap_view(G&& fn, S&& source) : source_(static_cast<S&&>(source)), fn_(static_cast<G&&>(fn)) {}

    [[nodiscard]] constexpr auto begin() { return iterator_type<false>(std::ranges::begin(source_), fn_.get()); }
    [[nodiscard]] constexpr auto end() {
        if constexpr (std::ranges::common_range<S>) {
            return iterator_type<false>(std::ranges::end(source_), fn_.get());
        } else {
            return sentinel_type<false>{std::ranges::end(source_)};
        }
    }
    [[nodiscard]] constexpr auto begin() const
        requires std::ranges::forward_range<S const> && Spreads<F const, reference_of<S const>>
    {
        return iterator_type<true>(std::ranges::begin(source_), fn_.get());
    }
    [[nodiscard]] constexpr auto end() const
        requires std::ranges::forward_range<S const> && Spreads<F const, reference_of<S const>>
    {
        if constexpr (std::ranges::common_range<S const>) {
            return iterator_type<true>(std::ranges::end(source_), fn_.get());
        } else {
            return sentinel_type<true>{std::ranges::end(source_)};
        }
    }
    [[nodiscard]] constexpr std::size_t size() const
        requires std::ranges::sized_range<S const>
    {
        return static_cast<std::size_t>(std::ranges::size(source_));
    }

private:
    S source_;
    AMPHIS_NO_UNIQUE_ADDRESS box<F> fn_;
};

template <class F, class S>
class starmap_machine {
public:
    using reference = spread_result<F, reference_of<S>>;
    using value_type = kept_value<reference>;

    template <class G>
    constexpr starmap_machine(G&& fn, S&& source) : source_(static_cast<S&&>(source)), fn_(static_cast<G&&>(fn)) {}

    constexpr bool pull() { return cursor_.pull(source_); }
    [[nodiscard]] constexpr reference get() { return static_cast<reference>(spread(fn_.get(), *cursor_)); }

private:
    S source_;
    AMPHIS_NO_UNIQUE_ADDRESS box<F> fn_;
    cursor<S> cursor_;
};

template <class F, class S>
consteval bool assert_spreads() noexcept {
    constexpr bool rows = is_row<reference_of<S>>;
    static_assert(rows, "amphis: starmap: the elements of this iterable must be tuples, pairs or arrays, whose length the compiler knows");
    if constexpr (rows) {
        constexpr bool callable = Spreads<F, reference_of<S>>;
        static_assert(callable, "amphis: starmap: the function cannot be called with the items of an element of this iterable");
        return callable;
    } else {
        return false;
    }
}

struct starmap_fn {
    template <class F, class R>
    [[nodiscard]] constexpr auto operator()(F&& fn, R&& iterable) const {
        if constexpr (assert_function_first<F, R>()) {
            using S = source_of<R>;
            using G = std::decay_t<F>;
            if constexpr (assert_spreads<G, S>()) {
                if constexpr (std::ranges::forward_range<S>) {
                    return starmap_view<G, S>(static_cast<F&&>(fn), hold(static_cast<R&&>(iterable)));
                } else {
                    return single_pass<starmap_machine<G, S>>(std::in_place, static_cast<F&&>(fn), hold(static_cast<R&&>(iterable)));
                }
            }
        }
    }
};

}  // namespace detail::itertools

namespace itertools {

/// The running totals: sums, or what `fn` makes of the total so far and the next element.
///
///     itertools::accumulate(std::vector{1, 2, 3, 4});                                         // 1 3 6 10
///     itertools::accumulate(std::vector{1, 2, 3}, [](int a, int b) { return a * b; });         // 1 2 6
///     itertools::accumulate(std::vector{1, 2}, "initial"_k = 100);                            // 100 101 103
///
/// iterable  an lvalue is referred to, an rvalue moved in; each element is read once.
/// fn        takes the total and an element; the total is given as an rvalue, so it may be moved from. Also "func"_k; addition without it, or None.
/// initial   "initial"_k: comes first, before any element. None: as without.
/// Returns   a view of totals, whose type is what `fn` returns: a forward one where they are small and trivial; where not, a total is
///           referred to and lives until the next one. Single-pass over a single-pass source.
/// Raises    whatever `fn` raises.
/// Differs   totals have one type, where Python's may change on the way; chars do not add up to a str without an initial one.
/// Source    Modules/itertoolsmodule.c, accumulate_next (CPython 3.11).
inline constexpr detail::itertools::accumulate_fn accumulate{};

/// fn(*row) for each row.
///
///     itertools::starmap(pow, std::vector{std::pair{2, 5}, std::pair{3, 2}});      // 32 9
///
/// fn        takes as many arguments as a row has items.
/// iterable  of tuples, pairs, arrays; an lvalue is referred to, an rvalue moved in.
/// Returns   a view as strong as the source; `fn` is called when an element is read.
/// Raises    whatever `fn` raises.
/// Differs   the length of a row must be known to the compiler.
/// Source    Modules/itertoolsmodule.c, starmap_next (CPython 3.11).
inline constexpr detail::itertools::starmap_fn starmap{};

}  // namespace itertools
}  // namespace amphis::inline v0

#endif  // AMPHIS_ITERTOOLS_MAPPING_HPP
