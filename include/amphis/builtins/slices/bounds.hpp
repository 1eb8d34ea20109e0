// SPDX-License-Identifier: MIT
// builtins/slices/bounds: start, stop and step of a slice, and the positions they mean.
#ifndef AMPHIS_BUILTINS_SLICES_BOUNDS_HPP
#define AMPHIS_BUILTINS_SLICES_BOUNDS_HPP

#include <amphis/builtins/numbers/kinds.hpp>
#include <amphis/config.hpp>
#include <amphis/detail/repr.hpp>
#include <amphis/detail/text.hpp>
#include <amphis/lang/exceptions/hierarchy.hpp>

#include <cstddef>
#include <tuple>

namespace amphis::inline v0::detail {

/// Positions within a sequence: the first, the one past the last, the distance between two.
struct slice_indices {
    std::ptrdiff_t start = 0;
    std::ptrdiff_t stop = 0;
    std::ptrdiff_t step = 1;
};

/// An int or None. A number beyond the greatest position is as good as that.
class slice_bound {
public:
    constexpr slice_bound(none_t) noexcept {}  // NOLINT(google-explicit-constructor)
    template <Int T>
    constexpr slice_bound(T value) noexcept : value_(clamped(value)), given_(true) {}  // NOLINT(google-explicit-constructor)

    [[nodiscard]] constexpr std::ptrdiff_t value_or(std::ptrdiff_t fallback) const noexcept { return given_ ? value_ : fallback; }
    [[nodiscard]] friend constexpr bool operator==(slice_bound const&, slice_bound const&) noexcept = default;
    friend void repr_to(text& out, slice_bound const& bound) {
        if (bound.given_) {
            repr_to(out, bound.value_);
        } else {
            out.append("None", 4);
        }
    }

private:
    template <class T>
    static constexpr std::ptrdiff_t clamped(T value) noexcept {
        if constexpr (std::is_unsigned_v<T> && sizeof(T) >= sizeof(std::ptrdiff_t)) {
            return value > static_cast<T>(int_max<std::ptrdiff_t>) ? int_max<std::ptrdiff_t> : static_cast<std::ptrdiff_t>(value);
        } else {
            return static_cast<std::ptrdiff_t>(value);
        }
    }

    std::ptrdiff_t value_ = 0;
    bool given_ = false;
};

/// Python's slice object.
class slice_bounds {
public:
    slice_bound start;
    slice_bound stop;
    slice_bound step;

    constexpr explicit slice_bounds(slice_bound last) noexcept : slice_bounds(none_t(), last) {}
    constexpr slice_bounds(slice_bound first, slice_bound last) noexcept : slice_bounds(first, last, none_t()) {}
    constexpr slice_bounds(slice_bound first, slice_bound last, slice_bound by) noexcept : start(first), stop(last), step(by) {}

    constexpr void check() const {
        if (step.value_or(1) == 0) throw_<ValueError>("slice step cannot be zero");
    }
    /// The positions in a sequence of `size` elements.
    [[nodiscard]] constexpr slice_indices within(std::ptrdiff_t size) const noexcept {
        slice_indices at;
        at.step = step.value_or(1);
        if (at.step < -int_max<std::ptrdiff_t>) at.step = -int_max<std::ptrdiff_t>;  // so that it can be negated
        bool const backwards = at.step < 0;
        std::ptrdiff_t const first = backwards ? -1 : 0;
        std::ptrdiff_t const last = backwards ? size - 1 : size;
        at.start = position(start, backwards ? last : first, first, last, size);
        at.stop = position(stop, backwards ? first : last, first, last, size);
        return at;
    }
    /// (start, stop, step) in a sequence of `size` elements.
    ///
    /// Raises    ValueError: slice step cannot be zero; length should not be negative.
    [[nodiscard]] constexpr std::tuple<std::ptrdiff_t, std::ptrdiff_t, std::ptrdiff_t> indices(std::ptrdiff_t size) const {
        if (size < 0) throw_<ValueError>("length should not be negative");
        check();
        slice_indices const at = within(size);
        return {at.start, at.stop, at.step};
    }

    [[nodiscard]] friend constexpr bool operator==(slice_bounds const&, slice_bounds const&) noexcept = default;
    friend void repr_to(text& out, slice_bounds const& value) {
        out.append("slice(", 6);
        repr_to(out, value.start);
        out.append(", ", 2);
        repr_to(out, value.stop);
        out.append(", ", 2);
        repr_to(out, value.step);
        out.push_back(')');
    }
    friend void str_to(text& out, slice_bounds const& value) { repr_to(out, value); }

private:
    static constexpr std::ptrdiff_t position(slice_bound bound, std::ptrdiff_t fallback, std::ptrdiff_t first, std::ptrdiff_t last,
                                             std::ptrdiff_t size) noexcept {
        std::ptrdiff_t at = bound.value_or(fallback);
        if (bound == slice_bound(none_t())) return at;
        if (at < 0) at += size;
        return at < first ? first : at > last ? last : at;
    }
};

}  // namespace amphis::inline v0::detail

#endif  // AMPHIS_BUILTINS_SLICES_BOUNDS_HPP
