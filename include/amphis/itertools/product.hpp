// SPDX-License-Identifier: MIT
// itertools/product: the Cartesian product.  Python: docs.python.org/3/library/itertools.html#itertools.product
#ifndef AMPHIS_ITERTOOLS_PRODUCT_HPP
#define AMPHIS_ITERTOOLS_PRODUCT_HPP

#include <amphis/itertools/pool.hpp>

#include <cstddef>
#include <span>
#include <tuple>
#include <type_traits>
#include <utility>

namespace amphis::inline v0 {
namespace detail::itertools {

/// The elements of a source that cannot be walked again and again, made once, when product() is called.
template <class S>
class stored {
public:
    constexpr explicit stored(S&& source) {
        cursor<S> at;
        while (at.pull(source)) items_.emplace_back(take_value<S>(*at));
    }

    [[nodiscard]] constexpr value_of<S> const* begin() const noexcept { return items_.begin(); }
    [[nodiscard]] constexpr value_of<S> const* end() const noexcept { return items_.end(); }
    [[nodiscard]] constexpr std::size_t size() const noexcept { return items_.size(); }

private:
    growing_array<value_of<S>> items_;
};

/// A source of product: itself where its elements can be read again and again, else its elements.
template <class S>
using factor_of = std::conditional_t<RereadableRange<S>, S, stored<S>>;

/// Of as many sources as the compiler knows: an odometer of their iterators, the last of which turns fastest.
template <class... F>
class product_view : public view_base<product_view<F...>> {
    using factors = std::tuple<F...>;
    static constexpr std::size_t innermost = sizeof...(F) - 1;

    template <bool Const>
    class iterator_type : public iterator_base<iterator_type<Const>, std::forward_iterator_tag, std::tuple<value_of<maybe_const<Const, F>>...>,
                                               item_tuple<reference_of<maybe_const<Const, F>>...>> {
        using places = std::tuple<iterator_of<maybe_const<Const, F>>...>;
        using row = item_tuple<reference_of<maybe_const<Const, F>>...>;
        using last_factor = std::tuple_element_t<innermost, std::tuple<maybe_const<Const, F>...>>;

    public:
        constexpr iterator_type() = default;
        constexpr explicit iterator_type(maybe_const<Const, factors>& from)
            : at_(begins(from, std::index_sequence_for<F...>{})), last_(std::ranges::end(std::get<innermost>(from))), from_(__builtin_addressof(from)) {
            more_ = !some_empty(std::index_sequence_for<F...>{});
        }

        [[nodiscard]] constexpr row operator*() const { return read(std::index_sequence_for<F...>{}); }
        constexpr void step() {
            ++std::get<innermost>(at_);
            more_ = true;  // so that the compiler need not ask again
            if (std::get<innermost>(at_) == last_) [[unlikely]]
                more_ = carry<innermost>();
        }
        [[nodiscard]] constexpr bool same(iterator_type const& other) const { return more_ == other.more_ && at_ == other.at_; }
        [[nodiscard]] friend constexpr bool operator==(iterator_type const& it, std::default_sentinel_t) noexcept { return !it.more_; }

    private:
        template <std::size_t... I>
        static constexpr places begins(maybe_const<Const, factors>& from, std::index_sequence<I...>) {
            return places(std::ranges::begin(std::get<I>(from))...);
        }
        template <std::size_t... I>
        [[nodiscard]] constexpr bool some_empty(std::index_sequence<I...>) const {
            return ((std::get<I>(at_) == std::ranges::end(std::get<I>(*from_))) || ...);
        }
        /// The Ith has come to its end: the one before it goes on, and it begins again. False if none does.
        template <std::size_t I>
        constexpr bool carry() {
            if constexpr (I == 0) {
                return false;
            } else {
                ++std::get<I - 1>(at_);
                if (std::get<I - 1>(at_) == std::ranges::end(std::get<I - 1>(*from_)) && !carry<I - 1>()) return false;
                std::get<I>(at_) = std::ranges::begin(std::get<I>(*from_));
                return true;
            }
        }
        template <std::size_t... I>
        [[nodiscard]] constexpr row read(std::index_sequence<I...>) const {
            return row(*std::get<I>(at_)...);
        }

        places at_{};
        sentinel_of<last_factor> last_{};
        maybe_const<Const, factors>* from_ = nullptr;
        bool more_ = false;
    };

public:
    template <class... S>
    constexpr explicit product_view(std::in_place_t, S&&... sources) : factors_{F(static_cast<S&&>(sources))...} {}  // braces: from left to right

    [[nodiscard]] constexpr auto begin() { return iterator_type<false>(factors_); }
    [[nodiscard]] constexpr auto begin() const
        requires(std::ranges::forward_range<F const> && ...)
    {
        return iterator_type<true>(factors_);
    }
    [[nodiscard]] static constexpr std::default_sentinel_t end() noexcept { return {}; }
    /// Raises OverflowError where there are more than a std::size_t can count.
    [[nodiscard]] constexpr std::size_t size() const
        requires(std::ranges::sized_range<F const> && ...)
    {
        choice_count count(1);
        bool empty = false;
        [&]<std::size_t... I>(std::index_sequence<I...>) {
            ((empty = empty || std::ranges::size(std::get<I>(factors_)) == 0), ...);
            if (!empty) ((count *= static_cast<std::size_t>(std::ranges::size(std::get<I>(factors_)))), ...);
        }(std::index_sequence_for<F...>{});
        return empty ? 0 : count.value();
    }

    /// Loops in loops.
    template <class Fn>
    constexpr void for_each(Fn&& fn) {
        nest(fn);
    }

private:
    template <class Fn, class... E>
    constexpr void nest(Fn& fn, E&... outer) {
        constexpr std::size_t depth = sizeof...(E);
        if constexpr (depth == sizeof...(F)) {
            fn(item_tuple<reference_of<F>...>(static_cast<reference_of<F>>(outer)...));
        } else {
            for (auto&& element : std::get<depth>(factors_)) nest(fn, outer..., element);
        }
    }

    factors factors_;
};

/// product(): one tuple of nothing.
class unit_view : public view_base<unit_view> {
public:
    constexpr unit_view() noexcept = default;

    [[nodiscard]] constexpr std::tuple<> const* begin() const noexcept { return &unit_; }
    [[nodiscard]] constexpr std::tuple<> const* end() const noexcept { return &unit_ + 1; }
    [[nodiscard]] static constexpr std::size_t size() noexcept { return 1; }

private:
    std::tuple<> unit_;
};

// ---- repeat known at run time --------------------------------------------------------------------------------------------

/// Any indices, each from 0 to n - 1.
class repeat_rule {
public:
    constexpr repeat_rule(std::size_t n, std::size_t r) noexcept : n_(n), r_(r) {}

    [[nodiscard]] constexpr std::size_t room() const noexcept { return r_; }
    [[nodiscard]] constexpr std::size_t shown() const noexcept { return r_; }
    [[nodiscard]] constexpr bool first(index_array::index* at) const noexcept {
        for (std::size_t i = 0; i != r_; ++i) at[i] = 0;
        return n_ != 0 || r_ == 0;
    }
    [[nodiscard]] constexpr bool next(index_array::index* at) const noexcept {
        for (std::size_t i = r_; i-- != 0;) {
            if (++at[i] < n_) [[likely]]
                return true;
            at[i] = 0;
        }
        return false;
    }
    [[nodiscard]] constexpr std::size_t size() const {
        if (n_ == 0) return r_ == 0 ? 1 : 0;
        choice_count count(1);
        for (std::size_t i = 0; i != r_; ++i) count *= n_;
        return count.value();
    }

private:
    std::size_t n_;
    std::size_t r_;
};

[[noreturn]] AMPHIS_COLD inline void negative_repeat() { throw_<ValueError>("repeat argument cannot be negative"); }

struct product_fn {
    template <class... A>
    [[nodiscard]] constexpr auto operator()(A&&... arguments) const {
        constexpr std::size_t keywords = (std::size_t{0} + ... + (Kwarg<A> ? 1U : 0U));
        if constexpr (keywords == 0) {
            return once(static_cast<A&&>(arguments)...);
        } else {
            constexpr bool known = keywords == 1 && is_repeat<nth<sizeof...(A) - 1, A...>>();
            static_assert(known, "amphis: product() takes one keyword, repeat, after the iterables");
            if constexpr (known) {
                return with_repeat(std::make_index_sequence<sizeof...(A) - 1>{}, slots<A...>{{static_cast<A&&>(arguments)}...});
            }
        }
    }

private:
    template <class A>
    static consteval bool is_repeat() noexcept {
        if constexpr (Kwarg<A>) {
            return same_name(std::remove_cvref_t<A>::name, fixed_string("repeat"));
        } else {
            return false;
        }
    }

    template <class... R>
    static constexpr auto once(R&&... iterables) {
        constexpr bool number = (IntegerArgument<R> || ...);
        static_assert(!number, "amphis: product() takes iterables: how often they are repeated is a keyword, \"repeat\"_k = 2");
        if constexpr (number) {
            return;
        } else if constexpr (sizeof...(R) == 0) {
            return unit_view();
        } else if constexpr ((assert_iterable<R>() && ...)) {
            return product_view<factor_of<source_of<R>>...>(std::in_place, hold(static_cast<R&&>(iterables))...);
        }
    }

    template <std::size_t... I, class Slots>
    static constexpr auto with_repeat(std::index_sequence<I...>, Slots const& all) {
        auto const& times = slot_at<sizeof...(I)>(all).value.value;
        using N = std::remove_cvref_t<decltype(times)>;
        static_assert(IntegerArgument<N> || ConstantArgument<N>, "amphis: product: repeat must be an integer");
        if constexpr (ConstantArgument<N>) {
            static_assert(N::value >= 0, "amphis: product: repeat argument cannot be negative");
            constexpr auto count = static_cast<std::size_t>(N::value);
            if constexpr (count == 0 || sizeof...(I) == 0) {
                return unit_view();
            } else {
                return constant(std::make_index_sequence<sizeof...(I) * count>{}, slot_value<I>(all)...);
            }
        } else {
            std::ptrdiff_t const count = as_count(times);
            if (count < 0) negative_repeat();
            return dynamic(static_cast<std::size_t>(count), slot_value<I>(all)...);
        }
    }

    /// Held in several places, so it must be somewhere else, and be read again and again.
    template <class R>
    static constexpr bool repeatable = RereadableRange<source_of<R&>> && (std::is_lvalue_reference_v<R> || CopiedView<std::remove_cvref_t<R>>);

    template <std::size_t... I, class... R>
    static constexpr auto constant(std::index_sequence<I...>, R&&... iterables) {
        if constexpr ((assert_iterable<R>() && ...)) {
            constexpr bool ok = (repeatable<R> && ...);
            static_assert(ok, "amphis: product: with a repeat that the compiler knows the iterables are read in several places: name them, and "
                              "collect what can be read only once");
            if constexpr (ok) {
                slots<R...> const all{{static_cast<R&&>(iterables)}...};
                return product_view<factor_of<source_of<nth<I % sizeof...(R), R...>&>>...>(std::in_place, hold(slot_at<I % sizeof...(R)>(all).value)...);
            }
        }
    }

    template <class... R>
    static constexpr auto dynamic(std::size_t times, R&&... iterables) {
        if constexpr ((assert_iterable<R>() && ...)) {
            constexpr bool one = sizeof...(R) == 1;
            static_assert(one, "amphis: product: repeat of several iterables must be known to the compiler: "
                               "\"repeat\"_k = std::integral_constant<int, 2>()");
            if constexpr (one) {
                return choices_view<repeat_rule, source_of<nth<0, R...>>>(hold(static_cast<R&&>(iterables)...),
                                                                        [times](std::size_t n) { return repeat_rule(n, times); });
            }
        }
    }
};

}  // namespace detail::itertools

namespace itertools {

/// Every tuple of one element from each iterable; the last one turns fastest.
///
///     for (auto [x, y] : itertools::product(range(2), "ab"s)) ...          // (0, 'a') (0, 'b') (1, 'a') (1, 'b')
///     itertools::product(bits, "repeat"_k = 3);                            // tuples of 3, whose length is known at run time
///     for (auto [a, b] : itertools::product(bits, "repeat"_k = std::integral_constant<int, 2>())) ...
///
/// iterables  lvalues are referred to, rvalues moved in; what can be iterated only once is read when product() is called, as in Python.
/// repeat     "repeat"_k: the iterables so many times over. Known to the compiler, the tuples can be taken apart by name; else of one iterable.
/// Returns    a forward view of tuples of references, sized where the sources are. With a repeat known at run time the tuple is the same object
///            at each step, so copy it to keep it.
/// Raises     ValueError: repeat argument cannot be negative.
/// Cost       that of loops in loops. Nothing is copied.
/// Source     Modules/itertoolsmodule.c, product_next (CPython 3.11).
inline constexpr detail::itertools::product_fn product{};

}  // namespace itertools
}  // namespace amphis::inline v0

#endif  // AMPHIS_ITERTOOLS_PRODUCT_HPP
