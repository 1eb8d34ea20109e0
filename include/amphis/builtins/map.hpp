// SPDX-License-Identifier: MIT
// builtins/map: map() and filter().  Python: docs.python.org/3/library/functions.html#map
//
//     print(list(map(str, range(3))));                                  // ['0', '1', '2']
//     print(list(filter([](int x) { return x % 2 == 0; }, range(6))));  // [0, 2, 4]
#ifndef AMPHIS_BUILTINS_MAP_HPP
#define AMPHIS_BUILTINS_MAP_HPP

#include <amphis/builtins/zip.hpp>
#include <amphis/config.hpp>
#include <amphis/detail/for_each.hpp>
#include <amphis/detail/invoke.hpp>
#include <amphis/detail/iteration.hpp>
#include <amphis/detail/repr.hpp>
#include <amphis/detail/truth.hpp>

#include <cstddef>
#include <tuple>
#include <type_traits>
#include <utility>

namespace amphis::inline v0 {
namespace detail {

/// Fn as a const view can call it: const if it is callable so, and else not from there.
template <class Fn, class Element>
using callable_as = std::conditional_t<std::is_invocable_v<Fn const&, Element>, Fn const, Fn>;

// ---- map -------------------------------------------------------------------------------------------------------------

template <class Fn, class S>
class map_view : public view_base<map_view<Fn, S>> {
    template <class T, class F>
    class iterator_of : public iterator_base<iterator_of<T, F>, decltype(iteration_tag<std::random_access_iterator_tag, T>()),
                                             kept_value<std::invoke_result_t<F&, std::ranges::range_reference_t<T>>>,
                                             kept_reference<std::invoke_result_t<F&, std::ranges::range_reference_t<T>>>> {
        using base = std::ranges::iterator_t<T>;

    public:
        constexpr iterator_of()
            requires std::default_initializable<base>
        = default;
        constexpr iterator_of(base at, F& fn) : at_(static_cast<base&&>(at)), fn_(__builtin_addressof(fn)) {}

        [[nodiscard]] constexpr typename iterator_of::reference operator*() const {
            return static_cast<typename iterator_of::reference>(call(*fn_, *at_));
        }
        constexpr void step() { ++at_; }
        constexpr void back() { --at_; }
        constexpr void jump(std::ptrdiff_t n) { at_ += static_cast<std::iter_difference_t<base>>(n); }
        [[nodiscard]] constexpr std::ptrdiff_t until(iterator_of const& other) const { return static_cast<std::ptrdiff_t>(other.at_ - at_); }
        [[nodiscard]] constexpr bool same(iterator_of const& other) const { return at_ == other.at_; }

        [[nodiscard]] friend constexpr bool operator==(iterator_of const& it, std::ranges::sentinel_t<T> const& last)
            requires(!std::ranges::common_range<T>)
        {
            return it.at_ == last;
        }
        [[nodiscard]] friend constexpr std::ptrdiff_t operator-(std::ranges::sentinel_t<T> const& last, iterator_of const& it)
            requires(!std::ranges::common_range<T> && std::sized_sentinel_for<std::ranges::sentinel_t<T>, base>)
        {
            return static_cast<std::ptrdiff_t>(last - it.at_);
        }
        [[nodiscard]] friend constexpr std::ptrdiff_t operator-(iterator_of const& it, std::ranges::sentinel_t<T> const& last)
            requires(!std::ranges::common_range<T> && std::sized_sentinel_for<std::ranges::sentinel_t<T>, base>)
        {
            return static_cast<std::ptrdiff_t>(it.at_ - last);
        }

    private:
        base at_{};
        F* fn_ = nullptr;
    };

    template <class T, class F>
    static constexpr auto end_of(T& source, F& fn) {
        if constexpr (std::ranges::common_range<T>) {
            return iterator_of<T, F>(std::ranges::end(source), fn);
        } else {
            return std::ranges::end(source);
        }
    }
    using function = callable_as<Fn, std::ranges::range_reference_t<S>>;

public:
    constexpr map_view(Fn fn, S source) : fn_(static_cast<Fn&&>(fn)), source_(static_cast<S&&>(source)) {}

    [[nodiscard]] constexpr auto begin() { return iterator_of<S, function>(std::ranges::begin(source_), fn_.get()); }
    [[nodiscard]] constexpr auto end() { return end_of<S, function>(source_, fn_.get()); }
    [[nodiscard]] constexpr auto begin() const
        requires(std::ranges::input_range<S const> && std::is_invocable_v<Fn const&, std::ranges::range_reference_t<S const>>)
    {
        return iterator_of<S const, Fn const>(std::ranges::begin(source_), fn_.get());
    }
    [[nodiscard]] constexpr auto end() const
        requires(std::ranges::input_range<S const> && std::is_invocable_v<Fn const&, std::ranges::range_reference_t<S const>>)
    {
        return end_of<S const, Fn const>(source_, fn_.get());
    }
    [[nodiscard]] constexpr auto size()
        requires std::ranges::sized_range<S>
    {
        return std::ranges::size(source_);
    }
    [[nodiscard]] constexpr auto size() const
        requires std::ranges::sized_range<S const>
    {
        return std::ranges::size(source_);
    }
    template <class Use>
    constexpr void for_each(Use&& use) {
        function& fn = fn_.get();
        detail::for_each(source_, [&](auto&& element) {
            using result = kept_reference<decltype(call(fn, static_cast<decltype(element)>(element)))>;
            use(static_cast<result>(call(fn, static_cast<decltype(element)>(element))));
        });
    }

private:
    AMPHIS_NO_UNIQUE_ADDRESS box<Fn> fn_;
    S source_;
};

template <class Tuple>
using indices_of = std::make_index_sequence<std::tuple_size<std::remove_cvref_t<Tuple>>::value>;

/// fn(a, b), given the tuple (a, b).
template <class Fn, class Tuple, std::size_t... I>
    requires std::is_invocable_v<Fn&, std::tuple_element_t<I, std::remove_cvref_t<Tuple>>...>
constexpr decltype(auto) call_spread(Fn& fn, Tuple&& items, std::index_sequence<I...>) {
    return call(fn, static_cast<std::tuple_element_t<I, std::remove_cvref_t<Tuple>>&&>(std::get<I>(items))...);
}

/// fn(a, b) as a function of the tuple (a, b).
template <class Fn>
struct spreading {
    Fn fn;

    template <class Tuple>
    constexpr auto operator()(Tuple&& items) const -> decltype(call_spread(fn, static_cast<Tuple&&>(items), indices_of<Tuple>())) {
        return call_spread(fn, static_cast<Tuple&&>(items), indices_of<Tuple>());
    }
    template <class Tuple>
    constexpr auto operator()(Tuple&& items) -> decltype(call_spread(fn, static_cast<Tuple&&>(items), indices_of<Tuple>())) {
        return call_spread(fn, static_cast<Tuple&&>(items), indices_of<Tuple>());
    }
};

struct map_fn {
    template <class Fn, class... R>
    [[nodiscard]] constexpr auto operator()(Fn&& fn, R&&... sources) const {
        static_assert(sizeof...(R) != 0, "amphis: map() must have at least two arguments: a function, and a range for each of its parameters");
        if constexpr (sizeof...(R) != 0 && assert_function_first<Fn, R...>()) {
            using F = std::decay_t<Fn>;
            constexpr bool callable = std::is_invocable_v<F&, std::ranges::range_reference_t<source_of<R>>...>;
            static_assert(callable, "amphis: map() arg 1 must be callable with one element of each range");
            if constexpr (callable) {
                using Result = std::invoke_result_t<F&, std::ranges::range_reference_t<source_of<R>>...>;
                static_assert(!std::is_void_v<Result>, "amphis: map() arg 1 must return something: for what a function does, and not what it makes, write a loop");
                if constexpr (std::is_void_v<Result>) {
                    return;
                } else if constexpr (sizeof...(R) == 1) {
                    return map_view<F, source_of<R>...>(static_cast<Fn&&>(fn), hold(static_cast<R&&>(sources))...);
                } else {
                    return map_view<spreading<F>, zip_view<source_of<R>...>>(spreading<F>{static_cast<Fn&&>(fn)},
                                                                           zip_view<source_of<R>...>(false, hold(static_cast<R&&>(sources))...));
                }
            }
        }
    }
};

// ---- filter ----------------------------------------------------------------------------------------------------------

/// What filter(None, r) asks.
struct is_true {
    template <class T>
    constexpr bool operator()(T const& value) const {
        return truth(value);
    }
};

template <class Fn, class S>
class filter_view : public view_base<filter_view<Fn, S>> {
    /// Over elements that can be looked at and then given on.
    template <class T, class F>
    class iterator_of : public iterator_base<iterator_of<T, F>, decltype(iteration_tag<std::bidirectional_iterator_tag, T>()), std::ranges::range_value_t<T>,
                                             std::ranges::range_reference_t<T>> {
        using base = std::ranges::iterator_t<T>;
        using sentinel = std::ranges::sentinel_t<T>;

    public:
        constexpr iterator_of() = default;
        constexpr iterator_of(base at, sentinel last, F& fn) : at_(static_cast<base&&>(at)), last_(static_cast<sentinel&&>(last)), fn_(__builtin_addressof(fn)) {}

        [[nodiscard]] constexpr std::ranges::range_reference_t<T> operator*() const { return *at_; }
        constexpr void settle() {
            // That it has ended is noted, and not found out again by the loop: with clang 19 an element takes no more than by hand.
            for (;; ++at_) {
                if (at_ == last_) {
                    ended_ = true;
                    return;
                }
                if (truth(call(*fn_, *at_))) return;
            }
        }
        constexpr void step() {
            ++at_;
            settle();
        }
        constexpr void back() {
            ended_ = false;
            do --at_;
            while (!truth(call(*fn_, *at_)));
        }
        [[nodiscard]] constexpr bool same(iterator_of const& other) const { return at_ == other.at_; }
        [[nodiscard]] friend constexpr bool operator==(iterator_of const& it, std::default_sentinel_t) { return it.ended_; }

    private:
        base at_{};
        sentinel last_{};
        F* fn_ = nullptr;
        bool ended_ = false;
    };

    /// Over elements that are made when they are read, or can be read once: the view keeps the element.
    class keeping : public iterator_base<keeping, std::input_iterator_tag, std::ranges::range_value_t<S>,
                                         typename held_element<std::ranges::range_reference_t<S>>::reference> {
    public:
        constexpr explicit keeping(filter_view& from) : from_(__builtin_addressof(from)) {
            from.place_.at = cursor<S>();
            step();
        }
        constexpr keeping(keeping&&) = default;
        constexpr keeping& operator=(keeping&&) = default;
        constexpr ~keeping() = default;

        [[nodiscard]] constexpr typename keeping::reference operator*() const { return from_->place_.element.get(); }
        constexpr void step() {
            reading& place = from_->place_;
            while (place.at.pull(from_->source_)) {
                auto&& element = place.element.fill([&place]() -> decltype(auto) { return *place.at; });
                if (truth(call(from_->fn_.get(), element))) return;
            }
        }
        [[nodiscard]] friend constexpr bool operator==(keeping const& it, std::default_sentinel_t) noexcept { return it.ended(); }

    private:
        [[nodiscard]] constexpr bool ended() const noexcept { return from_->place_.at.ended(); }

        filter_view* from_;
    };
    /// Not in the iterator, which may be moved: an element can lie in the iterator that reads it.
    struct reading {
        cursor<S> at{};
        held_element<std::ranges::range_reference_t<S>> element{};
    };
    struct nothing {};
    using place = typename std::conditional_t<RereadableRange<S>, std::type_identity<nothing>, std::type_identity<reading>>::type;

    template <class T, class F>
    static constexpr auto first_of(T& source, F& fn) {
        iterator_of<T, F> first(std::ranges::begin(source), std::ranges::end(source), fn);
        first.settle();
        return first;
    }
    using function = callable_as<Fn, typename held_element<std::ranges::range_reference_t<S>>::reference>;

public:
    constexpr filter_view(Fn fn, S source) : fn_(static_cast<Fn&&>(fn)), source_(static_cast<S&&>(source)) {}

    [[nodiscard]] constexpr auto begin() {
        if constexpr (RereadableRange<S>) {
            return first_of<S, function>(source_, fn_.get());
        } else {
            return keeping(*this);
        }
    }
    [[nodiscard]] static constexpr std::default_sentinel_t end() noexcept { return {}; }
    [[nodiscard]] constexpr auto begin() const
        requires(RereadableRange<S const> && std::is_invocable_v<Fn const&, std::ranges::range_reference_t<S const>>)
    {
        return first_of<S const, Fn const>(source_, fn_.get());
    }
    template <class Use>
    constexpr void for_each(Use&& use) {
        function& fn = fn_.get();
        detail::for_each(source_, [&](auto&& element) {
            if (truth(call(fn, element))) use(static_cast<decltype(element)>(element));
        });
    }

private:
    AMPHIS_NO_UNIQUE_ADDRESS box<Fn> fn_;
    S source_;
    AMPHIS_NO_UNIQUE_ADDRESS place place_{};
};

struct filter_fn {
    template <class R>
    constexpr void operator()(R&&) const {
        static_assert(!Iterable<R>, "amphis: filter() takes a function and an iterable: filter(None, iterable) for the elements that are true themselves");
        static_assert(Iterable<R>, "amphis: filter() takes a function and an iterable");
    }
    template <class Fn, class R>
    [[nodiscard]] constexpr auto operator()(Fn&& fn, R&& source) const {
        if constexpr (assert_function_first<Fn, R>()) {
            if constexpr (std::is_same_v<std::remove_cvref_t<Fn>, none_t>) {
                return filter_view<is_true, source_of<R>>(is_true{}, hold(static_cast<R&&>(source)));
            } else {
                using F = std::decay_t<Fn>;
                constexpr bool callable = std::is_invocable_v<F&, typename held_element<std::ranges::range_reference_t<source_of<R>>>::reference>;
                static_assert(callable, "amphis: filter() arg 1 must be None, or callable with one element of the range");
                if constexpr (callable) return filter_view<F, source_of<R>>(static_cast<Fn&&>(fn), hold(static_cast<R&&>(source)));
            }
        }
    }
};

}  // namespace detail

/// What `fn` makes of each element; of several ranges, of their first elements, their second ones, ...
///
///     list(map(str, range(3)));                                             // ['0', '1', '2']
///     list(map([](int a, int b) { return a + b; }, range(3), range(10)));   // [0, 2, 4]
///     list(map(&Person::name, people));
///
/// fn        a function, function object or member pointer; it is copied or moved in.
/// sources   any ranges, or Python iterators: lvalues are referred to, rvalues moved in; the shortest one ends it.
/// Returns   a view with random access and a size where the sources have them. `fn` is called when an element is read.
/// Cost      that of the loop.
/// Source    Python/bltinmodule.c, map_next (CPython 3.11).
inline constexpr detail::map_fn map{};

/// The elements that `fn` is true of.
///
///     list(filter([](int x) { return x % 2 == 0; }, range(6)));             // [0, 2, 4]
///     list(filter(None, std::vector{0, 1, 2}));                             // [1, 2]
///
/// fn        a function of an element, whose result has a truth value; None takes the elements that are true themselves.
/// source    any range, or Python iterator: an lvalue is referred to, an rvalue moved in.
/// Returns   a view, bidirectional where the source is. Over elements that are computed (by map, say) it is single-pass: so each is computed once.
/// Cost      that of the loop with an if.
/// Source    Python/bltinmodule.c, filter_next (CPython 3.11).
inline constexpr detail::filter_fn filter{};

}  // namespace amphis::inline v0

template <class Fn, class S>
    requires(!amphis::detail::RereadableRange<S> && !std::is_reference_v<std::ranges::range_reference_t<S>>)
inline constexpr bool amphis::detail::gives_away<amphis::detail::filter_view<Fn, S>> = true;

#endif  // AMPHIS_BUILTINS_MAP_HPP
