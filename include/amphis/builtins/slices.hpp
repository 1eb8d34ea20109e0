// SPDX-License-Identifier: MIT
// builtins/slices: slice() and reversed(), of anything with random access.  Python: docs.python.org/3/library/functions.html#slice
//
//     std::vector v{0, 1, 2, 3, 4, 5};
//     print(slice(v, 1, -1));              // [1, 2, 3, 4]
//     print(slice(v, None, None, -2));     // [5, 3, 1]
#ifndef AMPHIS_BUILTINS_SLICES_HPP
#define AMPHIS_BUILTINS_SLICES_HPP

#include <amphis/builtins/range.hpp>
#include <amphis/builtins/slices/bounds.hpp>
#include <amphis/config.hpp>
#include <amphis/detail/iteration.hpp>
#include <amphis/detail/repr.hpp>
#include <amphis/detail/text.hpp>

#include <cstddef>
#include <span>  // reverse_iterator
#include <type_traits>

namespace amphis::inline v0 {
namespace detail {

template <class S>
using difference_of = std::ranges::range_difference_t<S>;

template <class S>
concept SliceSource = std::ranges::random_access_range<S> && std::ranges::sized_range<S>;

template <class S>
class sliced;
template <class S>
class strided;

/// What str, repr and everything else takes for a string; a slice of one is a string too.
template <class S>
inline constexpr bool is_str_source = StrLike<S>;
template <class T>
inline constexpr bool is_str_source<referenced<T>> = is_str_source<std::remove_cv_t<T>>;
template <class T>
inline constexpr bool is_str_source<owned<T>> = StrLike<T>;
template <class T>
inline constexpr bool is_str_source<characters<T>> = true;
template <class S>
inline constexpr bool is_str_source<sliced<S>> = is_str_source<S>;
template <class S>
inline constexpr bool is_str_source<strided<S>> = is_str_source<S>;

/// The characters of a string whose slices skip some.
template <class S>
void letters_to(text& out, S const& letters) {
    for (auto letter : letters) characters_to<false>(out, &letter, 1);
}
template <class S>
void letters_repr_to(text& out, S const& letters) {
    text plain;
    letters_to(plain, letters);
    characters_to<true>(out, plain.data(), plain.size());
}

/// r[start:stop]: the iterators are those of the source.
template <class S>
class sliced : public view_base<sliced<S>> {
public:
    constexpr sliced(S source, slice_bounds bounds) : source_(static_cast<S&&>(source)), bounds_(bounds) {}

    [[nodiscard]] constexpr auto begin()
        requires SliceSource<S>
    {
        return std::ranges::begin(source_) + static_cast<difference_of<S>>(first(source_));
    }
    [[nodiscard]] constexpr auto end()
        requires SliceSource<S>
    {
        return std::ranges::begin(source_) + static_cast<difference_of<S>>(last(source_));
    }
    [[nodiscard]] constexpr auto begin() const
        requires SliceSource<S const>
    {
        return std::ranges::begin(source_) + static_cast<difference_of<S>>(first(source_));
    }
    [[nodiscard]] constexpr auto end() const
        requires SliceSource<S const>
    {
        return std::ranges::begin(source_) + static_cast<difference_of<S>>(last(source_));
    }
    [[nodiscard]] constexpr std::size_t size() const
        requires SliceSource<S const>
    {
        return static_cast<std::size_t>(last(source_) - first(source_));
    }
    /// The characters of a slice of a string, which makes the slice a string for str, repr, print, len, ...
    [[nodiscard]] constexpr auto data() const
        requires(is_str_source<S> && std::ranges::contiguous_range<S const>)
    {
        return std::ranges::data(source_) + first(source_);
    }
    friend void repr_to(text& out, sliced const& value)
        requires(is_str_source<S> && !std::ranges::contiguous_range<S const>)
    {
        letters_repr_to(out, value);
    }
    friend void str_to(text& out, sliced const& value)
        requires(is_str_source<S> && !std::ranges::contiguous_range<S const>)
    {
        letters_to(out, value);
    }

private:
    template <class T>
    [[nodiscard]] constexpr std::ptrdiff_t first(T& source) const {
        return bounds_.within(static_cast<std::ptrdiff_t>(std::ranges::size(source))).start;
    }
    template <class T>
    [[nodiscard]] constexpr std::ptrdiff_t last(T& source) const {
        slice_indices const at = bounds_.within(static_cast<std::ptrdiff_t>(std::ranges::size(source)));
        return at.stop < at.start ? at.start : at.stop;
    }

    S source_;
    slice_bounds bounds_;
};

/// r[start:stop:step].
template <class S>
class strided : public view_base<strided<S>> {
    using index = range<std::ptrdiff_t>::iterator;

    /// A position counts from the first element of the source: an iterator beyond its ends would be undefined behaviour.
    template <class T>
    class iterator_of
        : public iterator_base<iterator_of<T>, std::random_access_iterator_tag, std::ranges::range_value_t<T>, std::ranges::range_reference_t<T>> {
    public:
        constexpr iterator_of() = default;
        constexpr iterator_of(std::ranges::iterator_t<T> first, index at) : first_(first), at_(at) {}

        [[nodiscard]] constexpr std::ranges::range_reference_t<T> operator*() const { return first_[static_cast<difference_of<T>>(*at_)]; }
        constexpr void step() { at_.step(); }
        constexpr void back() { at_.jump(-1); }
        constexpr void jump(std::ptrdiff_t n) { at_.jump(n); }
        [[nodiscard]] constexpr std::ptrdiff_t until(iterator_of const& other) const { return at_.until(other.at_); }
        [[nodiscard]] constexpr bool same(iterator_of const& other) const { return at_.same(other.at_); }

    private:
        std::ranges::iterator_t<T> first_{};
        index at_{};
    };

public:
    constexpr strided(S source, slice_bounds bounds) : source_(static_cast<S&&>(source)), bounds_(bounds) {}

    [[nodiscard]] constexpr auto begin()
        requires SliceSource<S>
    {
        return iterator_of<S>(std::ranges::begin(source_), positions(source_).begin());
    }
    [[nodiscard]] constexpr auto end()
        requires SliceSource<S>
    {
        return iterator_of<S>(std::ranges::begin(source_), positions(source_).end());
    }
    [[nodiscard]] constexpr auto begin() const
        requires SliceSource<S const>
    {
        return iterator_of<S const>(std::ranges::begin(source_), positions(source_).begin());
    }
    [[nodiscard]] constexpr auto end() const
        requires SliceSource<S const>
    {
        return iterator_of<S const>(std::ranges::begin(source_), positions(source_).end());
    }
    [[nodiscard]] constexpr std::size_t size() const
        requires SliceSource<S const>
    {
        return positions(source_).size();
    }

    friend void repr_to(text& out, strided const& value)
        requires is_str_source<S>
    {
        letters_repr_to(out, value);
    }
    friend void str_to(text& out, strided const& value)
        requires is_str_source<S>
    {
        letters_to(out, value);
    }

private:
    template <class T>
    [[nodiscard]] constexpr range<std::ptrdiff_t> positions(T& source) const {
        slice_indices const at = bounds_.within(static_cast<std::ptrdiff_t>(std::ranges::size(source)));
        return {at.start, at.stop, at.step};
    }

    S source_;
    slice_bounds bounds_;
};

template <class T>
concept SliceBound = Int<std::remove_cvref_t<T>> || std::is_same_v<std::remove_cvref_t<T>, none_t>;

struct slice_fn {
    template <class R, class... Bounds>
        requires(!SliceBound<R>)
    [[nodiscard]] constexpr auto operator()(R&& source, Bounds const&... bounds) const {
        if constexpr (assert_iterable<R>()) {
            constexpr bool sliceable = SliceSource<source_of<R>>;
            constexpr bool bounded = (sizeof...(Bounds) >= 1 && sizeof...(Bounds) <= 3 && (SliceBound<Bounds> && ...)) ||
                                     (sizeof...(Bounds) == 1 && (std::is_same_v<Bounds, slice_bounds> && ...));
            static_assert(sliceable, "amphis: this object is not subscriptable: a slice needs random access and a size; itertools::islice takes any range");
            static_assert(bounded, "amphis: slice indices must be integers or None: slice(range, stop), (range, start, stop) or (range, start, stop, step)");
            if constexpr (sliceable && bounded) {
                if constexpr (sizeof...(Bounds) == 1 && (std::is_same_v<Bounds, slice_bounds> && ...)) {
                    (bounds.check(), ...);
                    return strided<source_of<R>>(hold(static_cast<R&&>(source)), bounds...);
                } else if constexpr (sizeof...(Bounds) == 3) {
                    slice_bounds const asked = slice_bounds(bounds...);
                    asked.check();
                    return strided<source_of<R>>(hold(static_cast<R&&>(source)), asked);
                } else {
                    return sliced<source_of<R>>(hold(static_cast<R&&>(source)), slice_bounds(bounds...));
                }
            }
        }
    }
    template <class... Bounds>
        requires(SliceBound<Bounds> && ...)
    [[nodiscard]] constexpr slice_bounds operator()(Bounds... bounds) const noexcept {
        static_assert(sizeof...(Bounds) >= 1 && sizeof...(Bounds) <= 3, "amphis: slice expects one to three bounds: (stop), (start, stop) or (start, stop, step)");
        return slice_bounds(bounds...);
    }
};

// ---- reversed --------------------------------------------------------------------------------------------------------

template <class S>
class reversed_view : public view_base<reversed_view<S>> {
    template <class T>
    static constexpr auto last_of(T& source) {
        if constexpr (std::ranges::common_range<T>) {
            return std::ranges::end(source);
        } else if constexpr (std::ranges::random_access_range<T> && std::ranges::sized_range<T>) {
            return std::ranges::begin(source) + static_cast<difference_of<T>>(std::ranges::size(source));
        } else {
            auto it = std::ranges::begin(source);
            auto const last = std::ranges::end(source);
            while (it != last) ++it;
            return it;
        }
    }

    // The type is named: std::reverse_iterator(it) of a reverse_iterator is a copy.
    template <class T>
    using iterator_of = std::reverse_iterator<std::ranges::iterator_t<T>>;

public:
    constexpr explicit reversed_view(S source) : source_(static_cast<S&&>(source)) {}

    [[nodiscard]] constexpr auto begin() { return iterator_of<S>(last_of(source_)); }
    [[nodiscard]] constexpr auto end() { return iterator_of<S>(std::ranges::begin(source_)); }
    [[nodiscard]] constexpr auto begin() const
        requires std::ranges::bidirectional_range<S const>
    {
        return iterator_of<S const>(last_of(source_));
    }
    [[nodiscard]] constexpr auto end() const
        requires std::ranges::bidirectional_range<S const>
    {
        return iterator_of<S const>(std::ranges::begin(source_));
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

private:
    S source_;
};

struct reversed_fn {
    template <class R>
    [[nodiscard]] constexpr auto operator()(R&& source) const {
        if constexpr (requires { source.reversed(); }) {
            return source.reversed();
        } else if constexpr (assert_iterable<R>()) {
            constexpr bool reversible = std::ranges::bidirectional_range<source_of<R>>;
            static_assert(reversible, "amphis: this object is not reversible: it can only be iterated forwards, so make a list of it first");
            if constexpr (reversible) return reversed_view<source_of<R>>(hold(static_cast<R&&>(source)));
        }
    }
};

}  // namespace detail

/// Part of a range with random access, by Python's rules: a negative index counts from the end, one beyond the ends is cut off.
///
///     slice(v, 2);                         // v[:2]
///     slice(v, 1, -1);                     // v[1:-1]
///     slice(v, None, None, -1);            // v[::-1]
///     range(10)[slice(None, None, 3)];     // range(0, 10, 3)
///
/// source    a range with random access and a size: an lvalue is referred to, an rvalue moved in.
/// bounds    stop; start, stop; or start, stop, step: ints or None. Without a source, the slice itself is made, for operator[] and slice(r, s).
/// Returns   a view: without a step its iterators are the source's, so a slice of a vector is contiguous, and one of a string a string.
/// Raises    ValueError: slice step cannot be zero.
/// Cost      O(1); the bounds are resolved when iteration begins. An element costs what it costs by index.
/// Differs   a view, where Python copies: change an element of the slice, and you change the source. Strings are sliced by bytes.
/// Source    Objects/sliceobject.c, PySlice_AdjustIndices (CPython 3.11).
inline constexpr detail::slice_fn slice{};

/// A range from its last element to its first.
///
///     for (auto& x : reversed(v)) print(x);
///     reversed(range(3));                  // range(2, -1, -1)
///
/// source    a range that can be iterated backwards, an lvalue referred to, an rvalue moved in; or an object with a member reversed().
/// Returns   a view as strong as the source; of a range, a range.
/// Source    Objects/enumobject.c, reversed_new_impl (CPython 3.11).
inline constexpr detail::reversed_fn reversed{};

}  // namespace amphis::inline v0

template <class S>
inline constexpr bool std::ranges::enable_borrowed_range<amphis::detail::sliced<S>> = std::ranges::enable_borrowed_range<S>;
template <class S>
inline constexpr bool std::ranges::enable_borrowed_range<amphis::detail::strided<S>> = std::ranges::enable_borrowed_range<S>;
template <class S>
inline constexpr bool std::ranges::enable_borrowed_range<amphis::detail::reversed_view<S>> = std::ranges::enable_borrowed_range<S>;

template <class S>
inline constexpr bool amphis::detail::self_contained<amphis::detail::sliced<S>> = amphis::detail::self_contained<S>;
template <class S>
inline constexpr bool amphis::detail::self_contained<amphis::detail::strided<S>> = amphis::detail::self_contained<S>;
template <class S>
inline constexpr bool amphis::detail::self_contained<amphis::detail::reversed_view<S>> = amphis::detail::self_contained<S>;

#endif  // AMPHIS_BUILTINS_SLICES_HPP
