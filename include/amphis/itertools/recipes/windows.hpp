// SPDX-License-Identifier: MIT
// itertools/recipes/windows: grouper, sliding_window, triplewise.  Python: docs.python.org/3/library/itertools.html#itertools-recipes
#ifndef AMPHIS_ITERTOOLS_RECIPES_WINDOWS_HPP
#define AMPHIS_ITERTOOLS_RECIPES_WINDOWS_HPP

#include <amphis/itertools/slicing.hpp>

#include <cstddef>
#include <cstring>
#include <optional>
#include <span>
#include <tuple>
#include <type_traits>
#include <utility>

namespace amphis::inline v0 {
namespace detail::itertools {

// ---- sliding_window ------------------------------------------------------------------------------------------------------

/// Over a source whose elements stay: a window is where it begins.
template <class S>
class sliding_view : public view_base<sliding_view<S>> {
    template <bool Const>
    class iterator_type : public iterator_base<iterator_type<Const>, std::conditional_t<std::ranges::random_access_range<S>, std::random_access_iterator_tag,
                                                                                       std::forward_iterator_tag>,
                                               dynamic_tuple<value_of<maybe_const<Const, S>>>, batch<iterator_of<maybe_const<Const, S>>>> {
        using base = iterator_of<maybe_const<Const, S>>;

    public:
        constexpr iterator_type() = default;
        constexpr iterator_type(base first, base next, std::size_t n) : first_(first), next_(next), n_(n) {}

        [[nodiscard]] constexpr batch<base> operator*() const { return batch<base>(first_, n_); }
        constexpr void step() {
            ++first_;
            ++next_;
        }
        constexpr void back() {
            --first_;
            --next_;
        }
        constexpr void jump(std::ptrdiff_t n) {
            first_ += n;
            next_ += n;
        }
        [[nodiscard]] constexpr bool same(iterator_type const& other) const { return next_ == other.next_; }
        [[nodiscard]] constexpr std::ptrdiff_t until(iterator_type const& other) const { return static_cast<std::ptrdiff_t>(other.next_ - next_); }
        [[nodiscard]] constexpr base const& next() const noexcept { return next_; }

    private:
        base first_{};
        base next_{};  // the last element of the window
        std::size_t n_ = 1;
    };
    template <bool Const>
    struct sentinel_type {
        sentinel_of<maybe_const<Const, S>> last{};
        [[nodiscard]] friend constexpr bool operator==(iterator_type<Const> const& it, sentinel_type const& end) { return it.next() == end.last; }
    };

public:
    constexpr sliding_view(S&& source, std::size_t n) : source_(static_cast<S&&>(source)), n_(n) {}

    [[nodiscard]] constexpr auto begin() { return first<false>(source_); }
    [[nodiscard]] constexpr auto end() { return sentinel_type<false>{std::ranges::end(source_)}; }
    [[nodiscard]] constexpr auto begin() const
        requires RereadableRange<S const>
    {
        return first<true>(source_);
    }
    [[nodiscard]] constexpr auto end() const
        requires RereadableRange<S const>
    {
        return sentinel_type<true>{std::ranges::end(source_)};
    }
    [[nodiscard]] constexpr std::size_t size() const
        requires std::ranges::sized_range<S const>
    {
        auto const size = static_cast<std::size_t>(std::ranges::size(source_));
        return size < n_ ? 0 : size - n_ + 1;
    }

private:
    template <bool Const, class T>
    constexpr iterator_type<Const> first(T& source) const {
        auto const begin = std::ranges::begin(source);
        auto next = begin;
        for (std::size_t i = 1; i != n_ && !(next == std::ranges::end(source)); ++i) ++next;
        return iterator_type<Const>(begin, next, n_);
    }

    S source_;
    std::size_t n_;
};

template <class S>
class sliding_machine {
    using item = value_of<S>;

public:
    using value_type = dynamic_tuple<item>;
    using reference = dynamic_tuple<item> const&;

    constexpr sliding_machine(S&& source, std::size_t n) : source_(static_cast<S&&>(source)), n_(n) {}

    constexpr bool pull() {
        growing_array<item>& items = window_.items();
        if (items.size() == n_) {
            if (!cursor_.pull(source_)) return false;
            items.pop_front();
            items.emplace_back(take_value<S>(*cursor_));
            return true;
        }
        while (items.size() != n_) {
            if (!cursor_.pull(source_)) return false;
            items.emplace_back(take_value<S>(*cursor_));
        }
        return true;
    }
    [[nodiscard]] constexpr reference get() const noexcept { return window_; }

private:
    S source_;
    cursor<S> cursor_;
    dynamic_tuple<item> window_;
    std::size_t n_;
};

struct sliding_window_fn {
    template <class R, class N>
    [[nodiscard]] constexpr auto operator()(R&& iterable, N n) const {
        static_assert(IntegerArgument<N> || ConstantArgument<N>, "amphis: sliding_window: n must be an integer");
        if constexpr (assert_iterable<R>()) {
            using S = source_of<R>;
            std::ptrdiff_t const size = as_count(n);
            if (size < 1) throw_<ValueError>("n must be at least one");
            if constexpr (RereadableRange<S>) {
                return sliding_view<S>(hold(static_cast<R&&>(iterable)), static_cast<std::size_t>(size));
            } else {
                return single_pass<sliding_machine<S>>(std::in_place, hold(static_cast<R&&>(iterable)), static_cast<std::size_t>(size));
            }
        }
    }
};

// ---- triplewise ----------------------------------------------------------------------------------------------------------

template <class S>
class triplewise_machine {
    using item = value_of<S>;
    static constexpr bool by_value = passed_by_value<item>;

public:
    using value_type = std::tuple<item, item, item>;
    using reference = std::conditional_t<by_value, value_type, ref_tuple<item const&, item const&, item const&>>;

    constexpr explicit triplewise_machine(S&& source) : window_(static_cast<S&&>(source), 3) {}

    constexpr bool pull() { return window_.pull(); }
    [[nodiscard]] constexpr reference get() const {
        auto const& window = window_.get();
        return reference(window[0], window[1], window[2]);
    }

private:
    sliding_machine<S> window_;
};

template <class S>
class triplewise_view : public view_base<triplewise_view<S>> {
    template <bool Const>
    class iterator_type : public iterator_base<iterator_type<Const>, std::forward_iterator_tag,
                                               std::tuple<value_of<maybe_const<Const, S>>, value_of<maybe_const<Const, S>>, value_of<maybe_const<Const, S>>>,
                                               item_tuple<reference_of<maybe_const<Const, S>>, reference_of<maybe_const<Const, S>>,
                                                          reference_of<maybe_const<Const, S>>>> {
        using source = maybe_const<Const, S>;
        using base = iterator_of<source>;

    public:
        constexpr iterator_type() = default;
        constexpr explicit iterator_type(source& from) : first_(std::ranges::begin(from)), second_(first_), third_(first_), last_(std::ranges::end(from)) {
            if (third_ == last_) return;
            ++second_;
            third_ = second_;
            if (!(third_ == last_)) ++third_;
        }

        [[nodiscard]] constexpr auto operator*() const {
            return item_tuple<reference_of<source>, reference_of<source>, reference_of<source>>(*first_, *second_, *third_);
        }
        constexpr void step() {
            first_ = second_;
            second_ = third_;
            ++third_;
        }
        [[nodiscard]] constexpr bool same(iterator_type const& other) const { return third_ == other.third_; }
        [[nodiscard]] friend constexpr bool operator==(iterator_type const& it, std::default_sentinel_t) { return it.third_ == it.last_; }

    private:
        base first_{};
        base second_{};
        base third_{};
        sentinel_of<source> last_{};
    };

public:
    constexpr explicit triplewise_view(S&& source) : source_(static_cast<S&&>(source)) {}

    [[nodiscard]] constexpr auto begin() { return iterator_type<false>(source_); }
    [[nodiscard]] constexpr auto begin() const
        requires RereadableRange<S const>
    {
        return iterator_type<true>(source_);
    }
    [[nodiscard]] static constexpr std::default_sentinel_t end() noexcept { return {}; }

private:
    S source_;
};

struct triplewise_fn {
    template <class R>
    [[nodiscard]] constexpr auto operator()(R&& iterable) const {
        if constexpr (assert_iterable<R>()) {
            using S = source_of<R>;
            if constexpr (RereadableRange<S>) {
                return triplewise_view<S>(hold(static_cast<R&&>(iterable)));
            } else {
                return single_pass<triplewise_machine<S>>(std::in_place, hold(static_cast<R&&>(iterable)));
            }
        }
    }
};

// ---- grouper -------------------------------------------------------------------------------------------------------------

enum class incomplete_mode : unsigned char { fill, strict, ignore };

/// What zip(*[iter] * n, strict=True) says: the first argument without an element is the one after the last.
[[noreturn]] AMPHIS_COLD inline void shorter_argument(std::size_t found) {
    text message;
    message.append("zip() argument ");
    integer_to(message, found + 1);
    message.append(found == 1 ? " is shorter than argument 1" : " is shorter than arguments 1-");
    if (found != 1) integer_to(message, found);
    throw ValueError(message.view());
}

template <class S, class Fill>
class grouper_machine {
    static constexpr bool none = std::is_same_v<Fill, none_t>;
    // Without a fill value a place may be None; the modes that fill nothing never show one.
    using item = std::conditional_t<none, std::optional<value_of<S>>, value_of<S>>;

public:
    using value_type = dynamic_tuple<item>;
    using reference = dynamic_tuple<item>&;
    static constexpr bool gives_away = true;

    template <class V>
    constexpr grouper_machine(S&& source, std::size_t n, incomplete_mode mode, V&& fill)
        : source_(static_cast<S&&>(source)), n_(n), mode_(mode), fill_(static_cast<V&&>(fill)) {}

    constexpr bool pull() {
        growing_array<item>& items = group_.items();
        items.clear();
        while (items.size() != n_ && cursor_.pull(source_)) items.emplace_back(take_value<S>(*cursor_));
        std::size_t const found = items.size();
        if (found == n_) return n_ != 0;
        if (found == 0 || mode_ == incomplete_mode::ignore) return false;
        if (mode_ == incomplete_mode::strict) shorter_argument(found);
        while (items.size() != n_) {
            if constexpr (none) {
                items.emplace_back();
            } else {
                items.emplace_back(fill_);
            }
        }
        return true;
    }
    [[nodiscard]] constexpr reference get() noexcept { return group_; }

private:
    S source_;
    cursor<S> cursor_;
    dynamic_tuple<item> group_;
    std::size_t n_;
    incomplete_mode mode_;
    AMPHIS_NO_UNIQUE_ADDRESS Fill fill_;
};

[[nodiscard]] constexpr bool is_word(chars text, chars word) noexcept {
    if (text.size != word.size) return false;
    for (std::size_t i = 0; i != word.size; ++i) {
        if (text.data[i] != word.data[i]) return false;
    }
    return true;
}
[[nodiscard]] constexpr incomplete_mode incomplete_mode_of(chars word) {
    if (is_word(word, "fill")) return incomplete_mode::fill;
    if (is_word(word, "strict")) return incomplete_mode::strict;
    if (!is_word(word, "ignore")) throw_<ValueError>("Expected fill, strict, or ignore");
    return incomplete_mode::ignore;
}
template <class T>
[[nodiscard]] constexpr chars chars_of(T const& word) noexcept {
    if constexpr (CharsLike<T>) {
        return chars(static_cast<char const*>(word.data()), static_cast<std::size_t>(word.size()));
    } else {
        return chars(static_cast<char const*>(word));
    }
}

struct grouper_fn {
    template <class R, class N, class... K>
    [[nodiscard]] constexpr auto operator()(R&& iterable, N n, K&&... keywords) const {
        static_assert(IntegerArgument<N>, "amphis: grouper: n must be an integer");
        constexpr bool known = (Kwarg<K> && ...) && count_named<"incomplete", K...>() <= 1 && count_named<"fillvalue", K...>() <= 1 &&
                               count_named<"incomplete", K...>() + count_named<"fillvalue", K...>() == sizeof...(K);
        static_assert(known, "amphis: grouper() takes the keywords incomplete and fillvalue");
        if constexpr (known && assert_iterable<R>()) {
            using S = source_of<R>;
            none_t const none{};
            auto const& fill = argument_or<"fillvalue">(none, keywords...);
            using Given = std::decay_t<decltype(fill)>;
            using Fill = std::conditional_t<is_none<Given>, none_t, value_of<S>>;
            incomplete_mode const mode = incomplete_mode_of(chars_of(argument_or<"incomplete">(chars("fill"), keywords...)));
            std::ptrdiff_t const size = as_count(n);
            return single_pass<grouper_machine<S, Fill>>(std::in_place, hold(static_cast<R&&>(iterable)), static_cast<std::size_t>(size < 0 ? 0 : size), mode,
                                                       static_cast<Fill>(fill));
        }
    }
};

}  // namespace detail::itertools

namespace itertools {

/// Every `n` elements that follow each other, as tuples whose length is known at run time.
///
///     itertools::sliding_window("ABCDE"s, 3);               // ('A', 'B', 'C') ('B', 'C', 'D') ('C', 'D', 'E')
///
/// Raises    ValueError: n must be at least one.
inline constexpr detail::itertools::sliding_window_fn sliding_window{};

/// Every three elements that follow each other.
///
///     for (auto [a, b, c] : itertools::triplewise("ABCDE"s)) ...
inline constexpr detail::itertools::triplewise_fn triplewise{};

/// Tuples of `n` elements; what happens to the last one, if it is shorter, is said by `incomplete`: "fill", "strict" or "ignore".
///
///     itertools::grouper("ABCDEFG"s, 3, "fillvalue"_k = 'x');                  // ('A', 'B', 'C') ('D', 'E', 'F') ('G', 'x', 'x')
///     itertools::grouper("ABCDEFG"s, 3, "incomplete"_k = "ignore");            // ('A', 'B', 'C') ('D', 'E', 'F')
///
/// Returns   a single-pass view; of tuples of optionals without a fill value.
/// Raises    ValueError: Expected fill, strict, or ignore; with "strict", zip's ValueError for the shorter one.
inline constexpr detail::itertools::grouper_fn grouper{};

}  // namespace itertools
}  // namespace amphis::inline v0

#endif  // AMPHIS_ITERTOOLS_RECIPES_WINDOWS_HPP
