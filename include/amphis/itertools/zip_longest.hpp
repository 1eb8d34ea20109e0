// SPDX-License-Identifier: MIT
// itertools/zip_longest: side by side until the longest ends.  Python: docs.python.org/3/library/itertools.html#itertools.zip_longest
#ifndef AMPHIS_ITERTOOLS_ZIP_LONGEST_HPP
#define AMPHIS_ITERTOOLS_ZIP_LONGEST_HPP

#include <amphis/detail/dynamic_tuple.hpp>
#include <amphis/itertools/single_pass.hpp>

#include <compare>
#include <cstddef>
#include <optional>
#include <span>
#include <tuple>
#include <type_traits>
#include <utility>

namespace amphis::inline v0 {
namespace detail::itertools {

template <class T>
class optional_reference;
template <class U, class V>
inline constexpr bool is_optional_of = std::is_same_v<U, std::optional<V>>;
template <class T, class V>
inline constexpr bool is_optional_of<optional_reference<T>, V> = std::is_same_v<std::remove_const_t<T>, V>;
template <class U, class V>
concept OptionalOf = is_optional_of<U, V>;

/// A reference or None: a std::optional of a reference.
template <class T>
class optional_reference {
public:
    using value_type = std::remove_const_t<T>;
    using amphis_kept = typename std::conditional_t<std::is_copy_constructible_v<value_type>, std::type_identity<std::optional<value_type>>,
                                                    std::type_identity<optional_reference>>::type;

    constexpr optional_reference() noexcept = default;
    constexpr explicit optional_reference(T& value) noexcept : value_(__builtin_addressof(value)) {}

    [[nodiscard]] constexpr bool has_value() const noexcept { return value_ != nullptr; }
    [[nodiscard]] constexpr explicit operator bool() const noexcept { return value_ != nullptr; }
    [[nodiscard]] constexpr T& operator*() const noexcept { return *value_; }
    [[nodiscard]] constexpr T* operator->() const noexcept { return value_; }
    template <class U>
    [[nodiscard]] constexpr value_type value_or(U&& fallback) const {
        return value_ != nullptr ? value_type(*value_) : static_cast<value_type>(static_cast<U&&>(fallback));
    }
    // NOLINTNEXTLINE(google-explicit-constructor): as a reference to a value
    [[nodiscard]] constexpr operator std::optional<value_type>() const
        requires std::is_copy_constructible_v<value_type>
    {
        return value_ != nullptr ? std::optional<value_type>(*value_) : std::optional<value_type>();
    }
    [[nodiscard]] friend constexpr bool operator==(optional_reference const& a, std::nullopt_t) noexcept { return a.value_ == nullptr; }
    [[nodiscard]] friend constexpr bool operator==(optional_reference const& a, none_t) noexcept { return a.value_ == nullptr; }
    [[nodiscard]] friend constexpr bool operator==(optional_reference const& a, T const& b)
        requires requires(T const& value) { static_cast<bool>(value == value); }
    {
        return a.value_ != nullptr && *a.value_ == b;
    }
    // As optionals.
    template <class U>
        requires OptionalOf<U, value_type> && requires(T const& value) { static_cast<bool>(value == value); }
    [[nodiscard]] friend constexpr bool operator==(optional_reference const& a, U const& b) {
        return a.has_value() && b.has_value() ? static_cast<bool>(*a == *b) : a.has_value() == b.has_value();
    }
    template <class U>
        requires OptionalOf<U, value_type> && requires(T const& value) { static_cast<bool>(value < value); }
    [[nodiscard]] friend constexpr auto operator<=>(optional_reference const& a, U const& b) {
        using ordering = std::common_comparison_category_t<decltype(compare_items(*a, *b)), std::strong_ordering>;
        return a.has_value() && b.has_value() ? ordering(compare_items(*a, *b)) : ordering(a.has_value() <=> b.has_value());
    }

private:
    T* value_ = nullptr;
};

/// How a column shows an element, or what stands in for one. Fill is none_t, or the fill value's type.
template <class R, class V, class Fill>
struct longest_column {
    static constexpr bool none = std::is_same_v<Fill, none_t>;
    static constexpr bool refers = std::is_lvalue_reference_v<R> && !passed_by_value<V>;
    static constexpr bool same = std::is_same_v<V, Fill>;

    static constexpr bool fillable = none || same || std::is_convertible_v<Fill const&, V> || requires { typename std::common_type_t<V, Fill>; };

    static consteval auto find_value() {
        if constexpr (none && refers && !std::is_copy_constructible_v<V>) {
            return std::type_identity<optional_reference<std::remove_reference_t<R>>>();
        } else if constexpr (none) {
            return std::type_identity<std::optional<V>>();
        } else if constexpr (std::is_same_v<V, Fill>) {
            return std::type_identity<V>();
        } else if constexpr (std::is_convertible_v<Fill const&, V>) {
            return std::type_identity<V>();  // "-" beside strings
        } else {
            if constexpr (fillable) {
                return std::type_identity<std::common_type_t<V, Fill>>();
            } else {
                return std::type_identity<V>();
            }
        }
    }
    static consteval auto find_reference() {
        using value = typename decltype(find_value())::type;
        if constexpr (none && refers) {
            return std::type_identity<optional_reference<std::remove_reference_t<R>>>();
        } else if constexpr (refers && same) {
            return std::type_identity<V const&>();
        } else {
            return std::type_identity<value>();
        }
    }
    using value_type = typename decltype(find_value())::type;
    using reference = typename decltype(find_reference())::type;

    template <class E>
    static constexpr reference of(E&& element) {
        if constexpr (std::is_reference_v<reference>) {
            return static_cast<E&&>(element);
        } else {
            return reference(static_cast<E&&>(element));
        }
    }
    static constexpr reference missing([[maybe_unused]] Fill const& fill) {
        if constexpr (none) {
            return reference();
        } else {
            return static_cast<reference>(fill);
        }
    }
};

template <class Fill, class... S>
consteval bool assert_fillable() noexcept {
    constexpr bool fillable = (longest_column<reference_of<S>, value_of<S>, Fill>::fillable && ...);
    static_assert(fillable, "amphis: zip_longest: fillvalue and the elements of an iterable have no common type");
    return fillable;
}

template <class S, class Fill>
using column_of = longest_column<reference_of<S>, value_of<S>, Fill>;

/// Every source is multi-pass.
template <class Fill, class... S>
class zip_longest_view : public view_base<zip_longest_view<Fill, S...>> {
    using sources = std::tuple<S...>;
    template <bool Const>
    using row_value = std::tuple<typename column_of<maybe_const<Const, S>, Fill>::value_type...>;
    template <bool Const>
    using row_reference = item_tuple<typename column_of<maybe_const<Const, S>, Fill>::reference...>;

    template <bool Const>
    class iterator_type : public iterator_base<iterator_type<Const>, std::forward_iterator_tag, row_value<Const>, row_reference<Const>> {
    public:
        constexpr iterator_type() = default;
        constexpr iterator_type(maybe_const<Const, sources>& from, Fill const& fill)
            : at_(begins(from, std::index_sequence_for<S...>{})), last_(ends(from, std::index_sequence_for<S...>{})), fill_(__builtin_addressof(fill)) {}

        [[nodiscard]] constexpr row_reference<Const> operator*() const { return read(std::index_sequence_for<S...>{}); }
        constexpr void step() { advance(std::index_sequence_for<S...>{}); }
        [[nodiscard]] constexpr bool same(iterator_type const& other) const { return at_ == other.at_; }
        [[nodiscard]] friend constexpr bool operator==(iterator_type const& it, std::default_sentinel_t) {
            return it.ended(std::index_sequence_for<S...>{});
        }

    private:
        template <std::size_t... I>
        static constexpr auto begins(maybe_const<Const, sources>& from, std::index_sequence<I...>) {
            return std::tuple<iterator_of<maybe_const<Const, S>>...>(std::ranges::begin(std::get<I>(from))...);
        }
        template <std::size_t... I>
        static constexpr auto ends(maybe_const<Const, sources>& from, std::index_sequence<I...>) {
            return std::tuple<sentinel_of<maybe_const<Const, S>>...>(std::ranges::end(std::get<I>(from))...);
        }
        template <std::size_t I, class T>
        [[nodiscard]] constexpr typename column_of<T, Fill>::reference cell() const {
            using column = column_of<T, Fill>;
            if (std::get<I>(at_) == std::get<I>(last_)) return column::missing(*fill_);
            return column::of(*std::get<I>(at_));
        }
        template <std::size_t... I>
        [[nodiscard]] constexpr row_reference<Const> read(std::index_sequence<I...>) const {
            return row_reference<Const>(cell<I, maybe_const<Const, S>>()...);
        }
        template <std::size_t... I>
        constexpr void advance(std::index_sequence<I...>) {
            ((std::get<I>(at_) == std::get<I>(last_) ? void() : static_cast<void>(++std::get<I>(at_))), ...);
        }
        template <std::size_t... I>
        [[nodiscard]] constexpr bool ended(std::index_sequence<I...>) const {
            return ((std::get<I>(at_) == std::get<I>(last_)) && ...);
        }

        std::tuple<iterator_of<maybe_const<Const, S>>...> at_{};
        std::tuple<sentinel_of<maybe_const<Const, S>>...> last_{};
        Fill const* fill_ = nullptr;
    };

public:
    template <class V>
    constexpr explicit zip_longest_view(V&& fill, S&&... parts) : sources_(static_cast<S&&>(parts)...), fill_(static_cast<V&&>(fill)) {}

    [[nodiscard]] constexpr auto begin() { return iterator_type<false>(sources_, fill_); }
    [[nodiscard]] constexpr auto begin() const
        requires(std::ranges::forward_range<S const> && ...)
    {
        return iterator_type<true>(sources_, fill_);
    }
    [[nodiscard]] static constexpr std::default_sentinel_t end() noexcept { return {}; }
    [[nodiscard]] constexpr std::size_t size() const
        requires(std::ranges::sized_range<S const> && ...)
    {
        std::size_t longest = 0;
        [&]<std::size_t... I>(std::index_sequence<I...>) {
            (grow(longest, static_cast<std::size_t>(std::ranges::size(std::get<I>(sources_)))), ...);
        }(std::index_sequence_for<S...>{});
        return longest;
    }

private:
    static constexpr void grow(std::size_t& longest, std::size_t size) noexcept {
        if (size > longest) longest = size;
    }

    sources sources_;
    AMPHIS_NO_UNIQUE_ADDRESS Fill fill_;
};

/// Some source is single-pass.
template <class Fill, class... S>
class zip_longest_machine {
    template <class T>
    using kept = kept_element<T, S...>;
    template <class T>
    using column_of = longest_column<typename kept<T>::reference, value_of<T>, Fill>;

public:
    using value_type = std::tuple<typename column_of<S>::value_type...>;
    using reference = item_tuple<typename column_of<S>::reference...>;

    template <class V>
    constexpr explicit zip_longest_machine(V&& fill, S&&... parts) : sources_(static_cast<S&&>(parts)...), fill_(static_cast<V&&>(fill)) {}

    constexpr bool pull() {
        if (failed_) return false;
        try {
            return pull_each(std::index_sequence_for<S...>{});
        } catch (...) {  // the columns may have come apart: it is over, as in CPython
            failed_ = true;
            throw;
        }
    }
    [[nodiscard]] constexpr reference get() {
        try {
            return read(std::index_sequence_for<S...>{});
        } catch (...) {
            failed_ = true;
            throw;
        }
    }

private:
    template <std::size_t... I>
    constexpr bool pull_each(std::index_sequence<I...>) {
        bool any_left = false;
        ((any_left = pull_one<I>() || any_left), ...);
        return any_left;
    }
    template <std::size_t I>
    constexpr bool pull_one() {
        if (!std::get<I>(cursors_).pull(std::get<I>(sources_))) return false;
        std::get<I>(kept_).keep(std::get<I>(cursors_));
        return true;
    }
    template <std::size_t I, class T>
    [[nodiscard]] constexpr typename column_of<T>::reference cell() {
        using column = column_of<T>;
        if (std::get<I>(cursors_).ended()) return column::missing(fill_);
        return column::of(std::get<I>(kept_).get(std::get<I>(cursors_)));
    }
    template <std::size_t... I>
    [[nodiscard]] constexpr reference read(std::index_sequence<I...>) {
        return reference(cell<I, S>()...);
    }

    std::tuple<S...> sources_;
    std::tuple<cursor<S>...> cursors_;
    std::tuple<kept<S>...> kept_;
    bool failed_ = false;
    AMPHIS_NO_UNIQUE_ADDRESS Fill fill_;
};

template <class A>
consteval bool is_fillvalue() noexcept {
    if constexpr (Kwarg<A>) {
        return same_name(std::remove_cvref_t<A>::name, fixed_string("fillvalue"));
    } else {
        return false;
    }
}

/// Iterables, and then something else.
template <class... A>
consteval bool ends_in_value() noexcept {
    if constexpr (sizeof...(A) < 2) {
        return false;
    } else {
        return !Iterable<nth<sizeof...(A) - 1, A...>> && (std::size_t{0} + ... + (Iterable<A> ? 1U : 0U)) == sizeof...(A) - 1;
    }
}

struct zip_longest_fn {
    template <class... A>
    [[nodiscard]] constexpr auto operator()(A&&... arguments) const {
        constexpr std::size_t keywords = (std::size_t{0} + ... + (Kwarg<A> ? 1U : 0U));
        if constexpr (keywords == 0) {
            constexpr bool filled = ends_in_value<A...>();
            static_assert(!filled, "amphis: zip_longest() takes iterables: what stands in for missing elements is a keyword, \"fillvalue\"_k = 0");
            if constexpr (!filled) return make(none_t(), static_cast<A&&>(arguments)...);
        } else {
            constexpr bool known = keywords == 1 && (is_fillvalue<A>() || ...) && is_fillvalue<nth<sizeof...(A) - 1, A...>>();
            static_assert(known, "amphis: zip_longest() takes one keyword, fillvalue, after the iterables");
            if constexpr (known) {
                return with_fill(std::make_index_sequence<sizeof...(A) - 1>{}, slots<A...>{{static_cast<A&&>(arguments)}...});
            }
        }
    }

private:
    template <std::size_t... I, class Slots>
    static constexpr auto with_fill(std::index_sequence<I...>, Slots const& all) {
        auto& fill = slot_at<sizeof...(I)>(all).value;
        return make(static_cast<decltype(fill.value)>(fill.value), slot_value<I>(all)...);
    }
    template <class V, class... R>
    static constexpr auto make([[maybe_unused]] V&& fill, R&&... iterables) {
        if constexpr ((assert_iterable<R>() && ...)) {
            using Fill = std::decay_t<V>;
            if constexpr (!assert_fillable<Fill, source_of<R>...>()) {
                return;
            } else if constexpr ((std::ranges::forward_range<source_of<R>> && ...)) {
                return zip_longest_view<Fill, source_of<R>...>(static_cast<V&&>(fill), hold(static_cast<R&&>(iterables))...);
            } else {
                return single_pass<zip_longest_machine<Fill, source_of<R>...>>(std::in_place, static_cast<V&&>(fill),
                                                                              hold(static_cast<R&&>(iterables))...);
            }
        }
    }
};

}  // namespace detail::itertools

namespace itertools {

/// Tuples of the elements at one place of each iterable, until the longest ends.
///
///     itertools::zip_longest("ABCD"s, "xy"s, "fillvalue"_k = '-');     // ('A', 'x') ('B', 'y') ('C', '-') ('D', '-')
///     itertools::zip_longest("AB"s, "x"s);                             // ('A', 'x') ('B', None): optionals
///
/// iterables  lvalues are referred to, rvalues moved in.
/// fillvalue  "fillvalue"_k: stands in for what is missing; None without it, and then each item is an optional.
/// Returns    a forward view, sized if all sources are; single-pass if one is.
/// Source     Modules/itertoolsmodule.c, zip_longest_next (CPython 3.11).
inline constexpr detail::itertools::zip_longest_fn zip_longest{};

}  // namespace itertools
}  // namespace amphis::inline v0

#endif  // AMPHIS_ITERTOOLS_ZIP_LONGEST_HPP
