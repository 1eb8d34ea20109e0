// SPDX-License-Identifier: MIT
// itertools/chain: one iterable after the other.  Python: docs.python.org/3/library/itertools.html#itertools.chain
#ifndef AMPHIS_ITERTOOLS_CHAIN_HPP
#define AMPHIS_ITERTOOLS_CHAIN_HPP

#include <amphis/detail/for_each.hpp>
#include <amphis/itertools/single_pass.hpp>

#include <cstddef>
#include <span>
#include <tuple>
#include <type_traits>
#include <utility>

namespace amphis::inline v0 {
namespace detail::itertools {

template <class... S>
using chained_reference = std::common_reference_t<reference_of<S>...>;
template <class... S>
using chained_value = std::common_type_t<value_of<S>...>;

template <class... S>
concept Chainable = requires {
    typename chained_reference<S...>;
    typename chained_value<S...>;
};

/// The iterators of all sources have one type: an iterator is then where it is and where its segment ends, and an element costs what it
/// costs in a loop over one source.
template <class First, class... S>
inline constexpr bool one_iterator =
    (std::is_same_v<iterator_of<First>, iterator_of<S>> && ...) && (std::is_same_v<sentinel_of<First>, sentinel_of<S>> && ...);

/// Every source is multi-pass.
template <class... S>
class chain_view : public view_base<chain_view<S...>> {
    using sources = std::tuple<S...>;
    template <bool Const>
    static constexpr std::size_t last = sizeof...(S) - 1;

    /// Where there is one type of iterator.
    template <bool Const>
    class uniform : public iterator_base<uniform<Const>, std::forward_iterator_tag, chained_value<maybe_const<Const, S>...>,
                                         chained_reference<maybe_const<Const, S>...>> {
        using first = maybe_const<Const, std::tuple_element_t<0, sources>>;

    public:
        constexpr uniform() = default;
        constexpr explicit uniform(maybe_const<Const, sources>& from) : from_(__builtin_addressof(from)) {
            enter<0>();
        }

        [[nodiscard]] constexpr chained_reference<maybe_const<Const, S>...> operator*() const { return *at_; }
        constexpr void step() {
            ++at_;
            more_ = true;  // so that the compiler need not ask again
            if (at_ == end_) [[unlikely]]
                leave();
        }
        [[nodiscard]] constexpr bool same(uniform const& other) const { return segment_ == other.segment_ && at_ == other.at_; }
        [[nodiscard]] friend constexpr bool operator==(uniform const& it, std::default_sentinel_t) noexcept { return !it.more_; }

    private:
        template <std::size_t I>
        constexpr void enter() {
            at_ = std::ranges::begin(std::get<I>(*from_));
            end_ = std::ranges::end(std::get<I>(*from_));
            segment_ = I;
            if (at_ == end_) {
                if constexpr (I + 1 < sizeof...(S)) {
                    enter<I + 1>();
                } else {
                    more_ = false;
                }
            }
        }
        constexpr void leave() {
            if (segment_ + 1 == sizeof...(S)) more_ = false;
            [this]<std::size_t... I>(std::index_sequence<I...>) {
                static_cast<void>(((segment_ == I && (enter<I + 1>(), true)) || ...));
            }(std::make_index_sequence<sizeof...(S) - 1>{});
        }

        iterator_of<first> at_{};
        sentinel_of<first> end_{};
        maybe_const<Const, sources>* from_ = nullptr;
        std::size_t segment_ = 0;
        bool more_ = true;
    };

    /// Where there are several: each keeps its place, and the number of the segment says which counts.
    template <bool Const>
    class mixed : public iterator_base<mixed<Const>, std::forward_iterator_tag, chained_value<maybe_const<Const, S>...>,
                                       chained_reference<maybe_const<Const, S>...>> {
        using reference_type = chained_reference<maybe_const<Const, S>...>;

    public:
        constexpr mixed() = default;
        constexpr explicit mixed(maybe_const<Const, sources>& from) : from_(__builtin_addressof(from)) { enter<0>(); }

        [[nodiscard]] constexpr reference_type operator*() const { return read<0>(); }
        constexpr void step() { step_in<0>(); }
        [[nodiscard]] constexpr bool same(mixed const& other) const { return segment_ == other.segment_ && same_in<0>(other); }
        [[nodiscard]] friend constexpr bool operator==(mixed const& it, std::default_sentinel_t) noexcept {
            return it.segment_ == sizeof...(S);
        }

    private:
        template <std::size_t I>
        constexpr void enter() {
            if constexpr (I == sizeof...(S)) {
                segment_ = I;
            } else {
                std::get<I>(at_) = std::ranges::begin(std::get<I>(*from_));
                if (std::get<I>(at_) == std::ranges::end(std::get<I>(*from_))) return enter<I + 1>();
                segment_ = I;
            }
        }
        template <std::size_t I>
        constexpr void step_in() {
            if (I + 1 == sizeof...(S) || segment_ == I) {
                ++std::get<I>(at_);
                if (std::get<I>(at_) == std::ranges::end(std::get<I>(*from_))) [[unlikely]]
                    enter<I + 1>();
            } else if constexpr (I + 1 < sizeof...(S)) {
                step_in<I + 1>();
            }
        }
        template <std::size_t I>
        [[nodiscard]] constexpr reference_type read() const {
            if constexpr (I + 1 == sizeof...(S)) {
                return *std::get<I>(at_);
            } else {
                if (segment_ == I) return *std::get<I>(at_);
                return read<I + 1>();
            }
        }
        template <std::size_t I>
        [[nodiscard]] constexpr bool same_in(mixed const& other) const {
            if constexpr (I == sizeof...(S)) {
                return true;
            } else {
                return segment_ == I ? std::get<I>(at_) == std::get<I>(other.at_) : same_in<I + 1>(other);
            }
        }

        std::tuple<iterator_of<maybe_const<Const, S>>...> at_{};
        maybe_const<Const, sources>* from_ = nullptr;
        std::size_t segment_ = sizeof...(S);
    };

    template <bool Const>
    using iterator_type = typename std::conditional_t<one_iterator<maybe_const<Const, S>...>, std::type_identity<uniform<Const>>,
                                                      std::type_identity<mixed<Const>>>::type;

public:
    constexpr explicit chain_view(S&&... parts) : sources_(static_cast<S&&>(parts)...) {}

    [[nodiscard]] constexpr auto begin() { return iterator_type<false>(sources_); }
    [[nodiscard]] constexpr auto begin() const
        requires(std::ranges::forward_range<S const> && ...) && Chainable<S const...>
    {
        return iterator_type<true>(sources_);
    }
    [[nodiscard]] static constexpr std::default_sentinel_t end() noexcept { return {}; }
    [[nodiscard]] constexpr std::size_t size() const
        requires(std::ranges::sized_range<S const> && ...)
    {
        return [this]<std::size_t... I>(std::index_sequence<I...>) {
            return (std::size_t{0} + ... + static_cast<std::size_t>(std::ranges::size(std::get<I>(sources_))));
        }(std::index_sequence_for<S...>{});
    }

    /// One loop for each source.
    template <class Fn>
    constexpr void for_each(Fn&& fn) {
        auto const give = [&fn](auto&& element) { fn(static_cast<chained_reference<S...>>(static_cast<decltype(element)>(element))); };
        [this, &give]<std::size_t... I>(std::index_sequence<I...>) {
            (detail::for_each(std::get<I>(sources_), give), ...);
        }(std::index_sequence_for<S...>{});
    }

private:
    sources sources_;
};

/// Some source is single-pass: none is begun before the one in front of it has ended.
template <class... S>
class chain_machine {
public:
    using value_type = chained_value<S...>;
    using reference = chained_reference<S...>;
    static constexpr bool gives_away = (detail::gives_away<S> && ...);

    constexpr explicit chain_machine(S&&... parts) : sources_(static_cast<S&&>(parts)...) {}
    constexpr chain_machine(at_its_beginning, chain_machine const& other)
        requires(repeatable<S> && ...)
        : sources_(std::apply([](S const&... parts) { return std::tuple<S...>(detail::begun_again(parts)...); }, other.sources_)) {}

    constexpr bool pull() { return pull_in<0>(); }
    [[nodiscard]] constexpr reference get() { return read<0>(); }

private:
    template <std::size_t I>
    constexpr bool pull_in() {
        if constexpr (I == sizeof...(S)) {
            return false;
        } else {
            if (segment_ == I) {
                if (std::get<I>(cursors_).pull(std::get<I>(sources_))) return true;
                ++segment_;
            }
            return pull_in<I + 1>();
        }
    }
    template <std::size_t I>
    [[nodiscard]] constexpr reference read() {
        if constexpr (I + 1 == sizeof...(S)) {
            return *std::get<I>(cursors_);
        } else {
            if (segment_ == I) return *std::get<I>(cursors_);
            return read<I + 1>();
        }
    }

    std::tuple<S...> sources_;
    std::tuple<cursor<S>...> cursors_;
    std::size_t segment_ = 0;
};

/// What chain() of nothing gives; it has no element type, so None's does.
class empty_view : public view_base<empty_view> {
public:
    constexpr empty_view() noexcept = default;

    [[nodiscard]] static constexpr none_t* begin() noexcept { return nullptr; }
    [[nodiscard]] static constexpr none_t* end() noexcept { return nullptr; }
    [[nodiscard]] static constexpr std::size_t size() noexcept { return 0; }
};

// ---- from_iterable -----------------------------------------------------------------------------------------------------

/// The inner ranges stay where they are, or are views that can be made again: multi-pass as a whole.
template <class S>
concept FlatForward = std::ranges::forward_range<S> && std::is_lvalue_reference_v<reference_of<S>> &&
                      std::ranges::forward_range<std::remove_reference_t<reference_of<S>>>;

template <class S>
class flat_view : public view_base<flat_view<S>> {
    template <bool Const>
    class iterator_type
        : public iterator_base<iterator_type<Const>, std::forward_iterator_tag, value_of<std::remove_reference_t<reference_of<maybe_const<Const, S>>>>,
                               reference_of<std::remove_reference_t<reference_of<maybe_const<Const, S>>>>> {
        using source = maybe_const<Const, S>;
        using inner = std::remove_reference_t<reference_of<source>>;

    public:
        constexpr iterator_type() = default;
        constexpr explicit iterator_type(source& from) : outer_(std::ranges::begin(from)), last_(std::ranges::end(from)) { enter(); }

        [[nodiscard]] constexpr reference_of<inner> operator*() const { return *at_; }
        constexpr void step() {
            ++at_;
            if (at_ == end_) [[unlikely]] {
                ++outer_;
                enter();
            }
        }
        [[nodiscard]] constexpr bool same(iterator_type const& other) const {
            return outer_ == other.outer_ && (!more_ || at_ == other.at_);
        }
        [[nodiscard]] friend constexpr bool operator==(iterator_type const& it, std::default_sentinel_t) noexcept { return !it.more_; }

    private:
        constexpr void enter() {
            for (; outer_ != last_; ++outer_) {
                inner& segment = *outer_;
                at_ = std::ranges::begin(segment);
                end_ = std::ranges::end(segment);
                if (at_ != end_) return;
            }
            more_ = false;
        }

        iterator_of<inner> at_{};
        sentinel_of<inner> end_{};
        iterator_of<source> outer_{};
        sentinel_of<source> last_{};
        bool more_ = true;
    };

public:
    constexpr explicit flat_view(S&& source) : source_(static_cast<S&&>(source)) {}

    [[nodiscard]] constexpr auto begin() { return iterator_type<false>(source_); }
    [[nodiscard]] constexpr auto begin() const
        requires FlatForward<S const>
    {
        return iterator_type<true>(source_);
    }
    [[nodiscard]] static constexpr std::default_sentinel_t end() noexcept { return {}; }

    template <class Fn>
    constexpr void for_each(Fn&& fn) {
        detail::for_each(source_, [&fn](auto& segment) { detail::for_each(segment, fn); });
    }

private:
    S source_;
};

/// Inner ranges that are made as we go, or single-pass: each is held while it is iterated.
template <class S>
class flat_machine {
    using inner = source_of<reference_of<S>>;

public:
    using value_type = value_of<inner>;
    using reference = reference_of<inner>;
    static constexpr bool gives_away = detail::gives_away<inner>;

    constexpr explicit flat_machine(S&& source) : source_(static_cast<S&&>(source)) {}

    constexpr bool pull() {
        for (;;) {
            if (inner_) {
                if (inside_.pull(*inner_)) return true;
                inner_.reset();
            }
            if (!outer_.pull(source_)) return false;
            inside_ = cursor<inner>();
            inner_.fill([&]() -> inner { return hold(static_cast<reference_of<S>>(*outer_)); });
        }
    }
    [[nodiscard]] constexpr reference get() { return *inside_; }

private:
    S source_;
    cursor<S> outer_;
    maybe<inner> inner_;
    cursor<inner> inside_;
};

template <class S>
consteval bool assert_nested() noexcept {
    constexpr bool nested = Iterable<reference_of<S>>;
    static_assert(nested, "amphis: chain.from_iterable: the elements of this object are not iterable");
    return nested;
}

struct from_iterable_fn {
    template <class R>
    [[nodiscard]] constexpr auto operator()(R&& iterable) const {
        if constexpr (assert_iterable<R>()) {
            using S = source_of<R>;
            if constexpr (assert_nested<S>()) {
                if constexpr (FlatForward<S>) {
                    return flat_view<S>(hold(static_cast<R&&>(iterable)));
                } else {
                    return single_pass<flat_machine<S>>(std::in_place, hold(static_cast<R&&>(iterable)));
                }
            }
        }
    }
};

template <class... S>
consteval bool assert_chainable() noexcept {
    constexpr bool chainable = Chainable<S...>;
    static_assert(chainable, "amphis: chain: the elements of these iterables have no common type");
    return chainable;
}

struct chain_fn {
    /// The elements of the elements: one iterable after the other, from an iterable of them.
    ///
    ///     itertools::chain.from_iterable(std::vector<std::string>{"ab", "c"});      // a b c
    ///
    /// Source    Modules/itertoolsmodule.c, chain_new_from_iterable (CPython 3.11).
    from_iterable_fn from_iterable{};

    [[nodiscard]] constexpr empty_view operator()() const noexcept { return empty_view(); }
    template <class... R>
        requires(sizeof...(R) > 0)
    [[nodiscard]] constexpr auto operator()(R&&... iterables) const {
        if constexpr ((assert_iterable<R>() && ...)) {
            if constexpr (assert_chainable<source_of<R>...>()) {
                if constexpr ((std::ranges::forward_range<source_of<R>> && ...)) {
                    return chain_view<source_of<R>...>(hold(static_cast<R&&>(iterables))...);
                } else {
                    return single_pass<chain_machine<source_of<R>...>>(std::in_place, hold(static_cast<R&&>(iterables))...);
                }
            }
        }
    }
};

}  // namespace detail::itertools

namespace itertools {

/// One iterable after the other, as if they were one.
///
///     itertools::chain("AB"s, "CD"s);                               // A B C D
///     itertools::chain.from_iterable(std::vector{"AB"s, "CD"s});    // A B C D
///
/// iterables  lvalues are referred to, rvalues moved in; their elements need a common type.
/// Returns    a forward view, sized if all are; single-pass if one is, and then none is touched before the one in front of it has ended.
/// Cost       that of one loop after the other where the iterators have one type, or where list(), sum() and their like collect it; else a
///            predicted branch an element.
/// Source     Modules/itertoolsmodule.c, chain_next (CPython 3.11).
inline constexpr detail::itertools::chain_fn chain{};

}  // namespace itertools
}  // namespace amphis::inline v0

template <class... S>
    requires(amphis::detail::gives_away<S> && ...)
inline constexpr bool amphis::detail::gives_away<amphis::detail::itertools::chain_view<S...>> = true;

#endif  // AMPHIS_ITERTOOLS_CHAIN_HPP
