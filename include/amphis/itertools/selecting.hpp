// SPDX-License-Identifier: MIT
// itertools/selecting: compress, dropwhile, filterfalse, takewhile.  Python: docs.python.org/3/library/itertools.html#itertools.compress
#ifndef AMPHIS_ITERTOOLS_SELECTING_HPP
#define AMPHIS_ITERTOOLS_SELECTING_HPP

#include <amphis/detail/for_each.hpp>
#include <amphis/detail/truth.hpp>
#include <amphis/itertools/single_pass.hpp>

#include <span>
#include <type_traits>
#include <utility>

namespace amphis::inline v0 {
namespace detail::itertools {

/// The predicate None: the element's own truth value.
struct truth_of_element {
    template <class T>
    [[nodiscard]] constexpr bool operator()(T const& value) const {
        return truth(value);
    }
};
template <class F>
using predicate_of = std::conditional_t<is_none<F>, truth_of_element, std::decay_t<F>>;

template <class F>
constexpr predicate_of<F> make_predicate(std::remove_reference_t<F>& pred) {
    if constexpr (is_none<F>) {
        return truth_of_element();
    } else {
        return static_cast<F&&>(pred);
    }
}

/// What the predicate says of an element.
template <class F, class E>
[[nodiscard]] constexpr bool test(F& pred, E&& element) {
    return truth(call(pred, static_cast<E&&>(element)));
}

template <class F, class S>
concept PredicateOn = std::is_invocable_v<F&, reference_of<S>> && !std::is_void_v<std::invoke_result_t<F&, reference_of<S>>>;

template <class F, class S>
consteval bool assert_predicate() noexcept {
    constexpr bool ok = PredicateOn<F, S>;
    static_assert(ok, "amphis: the predicate cannot be called with an element of this iterable, or returns nothing");
    return ok;
}

// ---- filterfalse -------------------------------------------------------------------------------------------------------

template <class F, class S>
class filterfalse_view : public view_base<filterfalse_view<F, S>> {
    template <bool Const>
    class iterator_type : public iterator_base<iterator_type<Const>, std::forward_iterator_tag, value_of<maybe_const<Const, S>>,
                                               reference_of<maybe_const<Const, S>>> {
        using source = maybe_const<Const, S>;

    public:
        constexpr iterator_type() = default;
        constexpr iterator_type(source& from, maybe_const<Const, F>& pred)
            : at_(std::ranges::begin(from)), last_(std::ranges::end(from)), pred_(__builtin_addressof(pred)) {
            while (!(at_ == last_) && test(*pred_, *at_)) ++at_;
        }

        [[nodiscard]] constexpr reference_of<source> operator*() const { return *at_; }
        // One increment in one loop: with a second place for it g++ 12 keeps two copies of the iterator, 2 instructions an element.
        constexpr void step() {
            do {
                ++at_;
            } while (!(at_ == last_) && test(*pred_, *at_));
        }
        [[nodiscard]] constexpr bool same(iterator_type const& other) const { return at_ == other.at_; }
        [[nodiscard]] friend constexpr bool operator==(iterator_type const& it, std::default_sentinel_t) { return it.at_ == it.last_; }

    private:
        iterator_of<source> at_{};
        sentinel_of<source> last_{};
        maybe_const<Const, F>* pred_ = nullptr;
    };

public:
    template <class G>
    constexpr filterfalse_view(G&& pred, S&& source) : source_(static_cast<S&&>(source)), pred_(static_cast<G&&>(pred)) {}

    [[nodiscard]] constexpr auto begin() { return iterator_type<false>(source_, pred_.get()); }
    [[nodiscard]] constexpr auto begin() const
        requires RereadableRange<S const> && PredicateOn<F const, S const>
    {
        return iterator_type<true>(source_, pred_.get());
    }
    [[nodiscard]] static constexpr std::default_sentinel_t end() noexcept { return {}; }

    template <class Fn>
    constexpr void for_each(Fn&& fn) {
        detail::for_each(source_, [this, &fn](auto&& element) {
            if (!test(pred_.get(), element)) fn(static_cast<decltype(element)>(element));
        });
    }

private:
    S source_;
    AMPHIS_NO_UNIQUE_ADDRESS box<F> pred_;
};

template <class F, class S>
class filterfalse_machine {
public:
    using value_type = value_of<S>;
    using reference = typename held_element<reference_of<S>>::reference;
    static constexpr bool gives_away = detail::gives_away<S> || !std::is_lvalue_reference_v<reference_of<S>>;

    template <class G>
    constexpr filterfalse_machine(G&& pred, S&& source) : source_(static_cast<S&&>(source)), pred_(static_cast<G&&>(pred)) {}

    constexpr bool pull() {
        while (cursor_.pull(source_)) {
            element_.fill([this]() -> decltype(auto) { return *cursor_; });
            if (!test(pred_.get(), element_.get())) return true;
        }
        return false;
    }
    [[nodiscard]] constexpr reference get() { return element_.get(); }

private:
    S source_;
    AMPHIS_NO_UNIQUE_ADDRESS box<F> pred_;
    cursor<S> cursor_;
    held_element<reference_of<S>> element_;
};

struct filterfalse_fn {
    template <class F, class R>
    [[nodiscard]] constexpr auto operator()(F&& pred, R&& iterable) const {
        if constexpr (assert_function_first<F, R>()) {
            using S = source_of<R>;
            using P = predicate_of<F>;
            if constexpr (assert_predicate<P, S>()) {
                if constexpr (RereadableRange<S>) {
                    return filterfalse_view<P, S>(make_predicate<F>(pred), hold(static_cast<R&&>(iterable)));
                } else {
                    return single_pass<filterfalse_machine<P, S>>(std::in_place, make_predicate<F>(pred), hold(static_cast<R&&>(iterable)));
                }
            }
        }
    }
};

// ---- takewhile ---------------------------------------------------------------------------------------------------------

/// The source's own iterators; the end is where the predicate says so.
template <class F, class S>
class takewhile_view : public view_base<takewhile_view<F, S>> {
    template <bool Const>
    class sentinel_type {
        using source = maybe_const<Const, S>;

    public:
        constexpr sentinel_type() = default;
        constexpr sentinel_type(sentinel_of<source> last, maybe_const<Const, F>& pred) : last_(last), pred_(__builtin_addressof(pred)) {}

        [[nodiscard]] friend constexpr bool operator==(iterator_of<source> const& it, sentinel_type const& end) {
            return it == end.last_ || !test(*end.pred_, *it);
        }

    private:
        sentinel_of<source> last_{};
        maybe_const<Const, F>* pred_ = nullptr;
    };

public:
    template <class G>
    constexpr takewhile_view(G&& pred, S&& source) : source_(static_cast<S&&>(source)), pred_(static_cast<G&&>(pred)) {}

    [[nodiscard]] constexpr auto begin() { return std::ranges::begin(source_); }
    [[nodiscard]] constexpr auto end() { return sentinel_type<false>(std::ranges::end(source_), pred_.get()); }
    [[nodiscard]] constexpr auto begin() const
        requires RereadableRange<S const> && PredicateOn<F const, S const>
    {
        return std::ranges::begin(source_);
    }
    [[nodiscard]] constexpr auto end() const
        requires RereadableRange<S const> && PredicateOn<F const, S const>
    {
        return sentinel_type<true>(std::ranges::end(source_), pred_.get());
    }

private:
    S source_;
    AMPHIS_NO_UNIQUE_ADDRESS box<F> pred_;
};

template <class F, class S>
class takewhile_machine {
public:
    using value_type = value_of<S>;
    using reference = typename held_element<reference_of<S>>::reference;
    static constexpr bool gives_away = detail::gives_away<S> || !std::is_lvalue_reference_v<reference_of<S>>;

    template <class G>
    constexpr takewhile_machine(G&& pred, S&& source) : source_(static_cast<S&&>(source)), pred_(static_cast<G&&>(pred)) {}

    constexpr bool pull() {
        if (stopped_ || !cursor_.pull(source_)) return false;
        element_.fill([this]() -> decltype(auto) { return *cursor_; });
        if (test(pred_.get(), element_.get())) return true;
        stopped_ = true;
        return false;
    }
    [[nodiscard]] constexpr reference get() { return element_.get(); }

private:
    S source_;
    AMPHIS_NO_UNIQUE_ADDRESS box<F> pred_;
    cursor<S> cursor_;
    held_element<reference_of<S>> element_;
    bool stopped_ = false;
};

struct takewhile_fn {
    template <class F, class R>
    [[nodiscard]] constexpr auto operator()(F&& pred, R&& iterable) const {
        if constexpr (assert_function_first<F, R>()) {
            using S = source_of<R>;
            using P = std::decay_t<F>;
            if constexpr (assert_predicate<P, S>()) {
                if constexpr (RereadableRange<S>) {
                    return takewhile_view<P, S>(static_cast<F&&>(pred), hold(static_cast<R&&>(iterable)));
                } else {
                    return single_pass<takewhile_machine<P, S>>(std::in_place, static_cast<F&&>(pred), hold(static_cast<R&&>(iterable)));
                }
            }
        }
    }
};

// ---- dropwhile ---------------------------------------------------------------------------------------------------------

/// The source's own iterators; the begin is where the predicate says so.
template <class F, class S>
class dropwhile_view : public view_base<dropwhile_view<F, S>> {
public:
    template <class G>
    constexpr dropwhile_view(G&& pred, S&& source) : source_(static_cast<S&&>(source)), pred_(static_cast<G&&>(pred)) {}

    [[nodiscard]] constexpr auto begin() { return first(source_, pred_.get()); }
    [[nodiscard]] constexpr auto end() { return std::ranges::end(source_); }
    [[nodiscard]] constexpr auto begin() const
        requires RereadableRange<S const> && PredicateOn<F const, S const>
    {
        return first(source_, pred_.get());
    }
    [[nodiscard]] constexpr auto end() const
        requires RereadableRange<S const> && PredicateOn<F const, S const>
    {
        return std::ranges::end(source_);
    }

private:
    template <class T, class G>
    static constexpr auto first(T& source, G& pred) {
        auto it = std::ranges::begin(source);
        auto const last = std::ranges::end(source);
        while (!(it == last) && test(pred, *it)) ++it;
        return it;
    }

    S source_;
    AMPHIS_NO_UNIQUE_ADDRESS box<F> pred_;
};

template <class F, class S>
class dropwhile_machine {
public:
    using value_type = value_of<S>;
    using reference = typename held_element<reference_of<S>>::reference;
    static constexpr bool gives_away = detail::gives_away<S> || !std::is_lvalue_reference_v<reference_of<S>>;

    template <class G>
    constexpr dropwhile_machine(G&& pred, S&& source) : source_(static_cast<S&&>(source)), pred_(static_cast<G&&>(pred)) {}

    constexpr bool pull() {
        while (cursor_.pull(source_)) {
            element_.fill([this]() -> decltype(auto) { return *cursor_; });
            if (started_) return true;
            started_ = !test(pred_.get(), element_.get());
            if (started_) return true;
        }
        return false;
    }
    [[nodiscard]] constexpr reference get() { return element_.get(); }

private:
    S source_;
    AMPHIS_NO_UNIQUE_ADDRESS box<F> pred_;
    cursor<S> cursor_;
    held_element<reference_of<S>> element_;
    bool started_ = false;
};

struct dropwhile_fn {
    template <class F, class R>
    [[nodiscard]] constexpr auto operator()(F&& pred, R&& iterable) const {
        if constexpr (assert_function_first<F, R>()) {
            using S = source_of<R>;
            using P = std::decay_t<F>;
            if constexpr (assert_predicate<P, S>()) {
                if constexpr (RereadableRange<S>) {
                    return dropwhile_view<P, S>(static_cast<F&&>(pred), hold(static_cast<R&&>(iterable)));
                } else {
                    return single_pass<dropwhile_machine<P, S>>(std::in_place, static_cast<F&&>(pred), hold(static_cast<R&&>(iterable)));
                }
            }
        }
    }
};

// ---- compress ----------------------------------------------------------------------------------------------------------

template <class D, class S>
class compress_view : public view_base<compress_view<D, S>> {
    template <bool Const>
    class iterator_type : public iterator_base<iterator_type<Const>, std::forward_iterator_tag, value_of<maybe_const<Const, D>>,
                                               reference_of<maybe_const<Const, D>>> {
        using data = maybe_const<Const, D>;
        using selectors = maybe_const<Const, S>;

    public:
        constexpr iterator_type() = default;
        constexpr iterator_type(data& from, selectors& chosen)
            : at_(std::ranges::begin(from)), last_(std::ranges::end(from)), chosen_(std::ranges::begin(chosen)), chosen_last_(std::ranges::end(chosen)) {
            if (chosen_ == chosen_last_) {
                end_here();
            } else if (!(at_ == last_) && !truth(*chosen_)) {
                step();
            }
        }

        [[nodiscard]] constexpr reference_of<data> operator*() const { return *at_; }
        // This order of tests: with another one g++ 12 keeps two copies of the iterators, 2 instructions an element.
        constexpr void step() {
            for (;;) {
                ++chosen_;
                ++at_;
                if (chosen_ == chosen_last_) {
                    end_here();
                    return;
                }
                if (at_ == last_ || truth(*chosen_)) return;
            }
        }
        [[nodiscard]] constexpr bool same(iterator_type const& other) const { return at_ == other.at_ && ended_ == other.ended_; }
        [[nodiscard]] friend constexpr bool operator==(iterator_type const& it, std::default_sentinel_t) {
            return it.at_ == it.last_ || (!moves_to_end && it.ended_);
        }

    private:
        static constexpr bool moves_to_end = std::ranges::common_range<data>;
        /// There is no selector left: the end is where the data ends, so that there is one end to look for.
        constexpr void end_here() {
            if constexpr (moves_to_end) {
                at_ = last_;
            } else {
                ended_ = true;
            }
        }

        iterator_of<data> at_{};
        sentinel_of<data> last_{};
        iterator_of<selectors> chosen_{};
        sentinel_of<selectors> chosen_last_{};
        bool ended_ = false;
    };

public:
    constexpr compress_view(D&& data, S&& selectors) : data_(static_cast<D&&>(data)), selectors_(static_cast<S&&>(selectors)) {}

    [[nodiscard]] constexpr auto begin() { return iterator_type<false>(data_, selectors_); }
    [[nodiscard]] constexpr auto begin() const
        requires std::ranges::forward_range<D const> && std::ranges::forward_range<S const>
    {
        return iterator_type<true>(data_, selectors_);
    }
    [[nodiscard]] static constexpr std::default_sentinel_t end() noexcept { return {}; }

private:
    D data_;
    S selectors_;
};

template <class D, class S>
class compress_machine {
    using element = kept_element<D, D, S>;

public:
    using value_type = value_of<D>;
    using reference = typename element::reference;
    static constexpr bool gives_away = detail::gives_away<D> || !std::is_lvalue_reference_v<reference>;

    constexpr compress_machine(D&& data, S&& selectors) : data_(static_cast<D&&>(data)), selectors_(static_cast<S&&>(selectors)) {}

    constexpr bool pull() {
        while (at_.pull(data_)) {
            element_.keep(at_);  // made before its selector is asked for, as in Python
            if (!chosen_.pull(selectors_)) return false;
            if (truth(*chosen_)) return true;
        }
        return false;
    }
    [[nodiscard]] constexpr reference get() { return element_.get(at_); }

private:
    D data_;
    S selectors_;
    cursor<D> at_;
    cursor<S> chosen_;
    element element_;
};

struct compress_fn {
    template <class R1, class R2>
    [[nodiscard]] constexpr auto operator()(R1&& data, R2&& selectors) const {
        if constexpr (assert_iterable<R1>() && assert_iterable<R2>()) {
            using D = source_of<R1>;
            using S = source_of<R2>;
            if constexpr (std::ranges::forward_range<D> && std::ranges::forward_range<S>) {
                return compress_view<D, S>(hold(static_cast<R1&&>(data)), hold(static_cast<R2&&>(selectors)));
            } else {
                return single_pass<compress_machine<D, S>>(std::in_place, hold(static_cast<R1&&>(data)), hold(static_cast<R2&&>(selectors)));
            }
        }
    }
};

}  // namespace detail::itertools

namespace itertools {

/// The elements of `data` whose selector is true.
///
///     itertools::compress("ABCDEF"s, std::vector{1, 0, 1, 0, 1, 1});    // A C E F
///
/// data, selectors  lvalues are referred to, rvalues moved in. Ends with the shorter one; an element is read before its selector.
/// Returns          a forward view, or a single-pass one if a source is.
/// Source           Modules/itertoolsmodule.c, compress_next (CPython 3.11).
inline constexpr detail::itertools::compress_fn compress{};

/// The elements from the first one on for which the predicate is false.
///
///     itertools::dropwhile([](int x) { return x < 5; }, std::vector{1, 4, 6, 4, 1});    // 6 4 1
///
/// pred      called for each element up to that one.
/// iterable  an lvalue is referred to, an rvalue moved in.
/// Returns   a view with the iterators of `iterable`; a single-pass one if it is, or if its elements are made as they are read.
/// Raises    whatever `pred` raises.
/// Source    Modules/itertoolsmodule.c, dropwhile_next (CPython 3.11).
inline constexpr detail::itertools::dropwhile_fn dropwhile{};

/// The elements for which the predicate is false.
///
///     itertools::filterfalse([](int x) { return x % 2; }, range(10));      // 0 2 4 6 8
///     itertools::filterfalse(None, std::vector{0, 1, 0, 2});               // 0 0
///
/// pred      called once for each element; or None for the elements' own truth.
/// iterable  an lvalue is referred to, an rvalue moved in.
/// Returns   a forward view; a single-pass one if `iterable` is, or if its elements are made as they are read.
/// Raises    whatever `pred` raises.
/// Source    Modules/itertoolsmodule.c, filterfalse_next (CPython 3.11).
inline constexpr detail::itertools::filterfalse_fn filterfalse{};

/// The elements up to the first one for which the predicate is false.
///
///     itertools::takewhile([](int x) { return x < 5; }, std::vector{1, 4, 6, 4, 1});    // 1 4
///
/// pred      called once for each element up to that one.
/// iterable  an lvalue is referred to, an rvalue moved in. From a single-pass one the first element that fails is taken and lost, as in Python.
/// Returns   a view with the iterators of `iterable`; a single-pass one if it is, or if its elements are made as they are read.
/// Raises    whatever `pred` raises.
/// Source    Modules/itertoolsmodule.c, takewhile_next (CPython 3.11).
inline constexpr detail::itertools::takewhile_fn takewhile{};

}  // namespace itertools
}  // namespace amphis::inline v0

template <class F, class S>
    requires amphis::detail::gives_away<S>
inline constexpr bool amphis::detail::gives_away<amphis::detail::itertools::filterfalse_view<F, S>> = true;
template <class F, class S>
    requires amphis::detail::gives_away<S>
inline constexpr bool amphis::detail::gives_away<amphis::detail::itertools::takewhile_view<F, S>> = true;
template <class F, class S>
    requires amphis::detail::gives_away<S>
inline constexpr bool amphis::detail::gives_away<amphis::detail::itertools::dropwhile_view<F, S>> = true;
template <class D, class S>
    requires amphis::detail::gives_away<D>
inline constexpr bool amphis::detail::gives_away<amphis::detail::itertools::compress_view<D, S>> = true;

#endif  // AMPHIS_ITERTOOLS_SELECTING_HPP
