// SPDX-License-Identifier: MIT
// itertools/slicing: batched, islice, pairwise.  Python: docs.python.org/3/library/itertools.html#itertools.batched
#ifndef AMPHIS_ITERTOOLS_SLICING_HPP
#define AMPHIS_ITERTOOLS_SLICING_HPP

#include <amphis/detail/arguments.hpp>
#include <amphis/detail/dynamic_tuple.hpp>
#include <amphis/itertools/infinite.hpp>
#include <amphis/itertools/single_pass.hpp>

#include <cstddef>
#include <span>
#include <tuple>
#include <type_traits>
#include <utility>

namespace amphis::inline v0 {
namespace detail::itertools {

inline constexpr std::ptrdiff_t no_stop = -1;
inline constexpr std::ptrdiff_t greatest = static_cast<std::ptrdiff_t>(static_cast<std::size_t>(-1) / 2);

// ---- islice ------------------------------------------------------------------------------------------------------------

/// Where a slice is, in elements of the source.
struct slice_bounds {
    std::ptrdiff_t start = 0;
    std::ptrdiff_t stop = no_stop;
    std::ptrdiff_t step = 1;
};

template <class S>
inline constexpr bool endless_source = std::is_same_v<sentinel_of<S>, never>;

/// How many elements there are to slice can be known without looking at them.
template <class S>
concept Measured = std::ranges::random_access_range<S> && (std::ranges::sized_range<S> || endless_source<S>);

/// Steps over a random-access source, from its first element.
template <class S, bool Const>
class stride_iterator
    : public iterator_base<stride_iterator<S, Const>, std::random_access_iterator_tag, value_of<maybe_const<Const, S>>, reference_of<maybe_const<Const, S>>> {
    using base = iterator_of<maybe_const<Const, S>>;

public:
    constexpr stride_iterator() = default;
    constexpr stride_iterator(base first, std::ptrdiff_t at, std::ptrdiff_t step) : first_(first), at_(at), step_(step) {}

    [[nodiscard]] constexpr reference_of<maybe_const<Const, S>> operator*() const { return first_[at_]; }
    constexpr void step() noexcept { at_ += step_; }
    constexpr void back() noexcept { at_ -= step_; }
    constexpr void jump(std::ptrdiff_t n) noexcept { at_ += n * step_; }
    [[nodiscard]] constexpr bool same(stride_iterator const& other) const noexcept { return at_ == other.at_; }
    [[nodiscard]] constexpr std::ptrdiff_t until(stride_iterator const& other) const noexcept { return (other.at_ - at_) / step_; }

private:
    base first_{};
    std::ptrdiff_t at_ = 0;  // elements of the source
    std::ptrdiff_t step_ = 1;
};

/// Walks a forward source, and never past the stop.
template <class S, bool Const, bool Stepped>
class slice_iterator
    : public iterator_base<slice_iterator<S, Const, Stepped>, std::forward_iterator_tag, value_of<maybe_const<Const, S>>, reference_of<maybe_const<Const, S>>> {
    using source = maybe_const<Const, S>;

public:
    constexpr slice_iterator() = default;
    constexpr slice_iterator(source& from, slice_bounds bounds)
        : at_(std::ranges::begin(from)), last_(std::ranges::end(from)), stop_(bounds.stop == no_stop ? greatest : bounds.stop), step_(bounds.step) {
        walk(bounds.start);
    }

    [[nodiscard]] constexpr reference_of<source> operator*() const { return *at_; }
    constexpr void step() {
        if constexpr (Stepped) {
            walk(step_ < stop_ - index_ ? index_ + step_ : stop_);
        } else {
            ++at_;
            ++index_;
        }
    }
    [[nodiscard]] constexpr bool same(slice_iterator const& other) const { return at_ == other.at_; }
    [[nodiscard]] friend constexpr bool operator==(slice_iterator const& it, std::default_sentinel_t) {
        return it.index_ >= it.stop_ || it.at_ == it.last_;
    }

private:
    constexpr void walk(std::ptrdiff_t to) {
        for (; index_ < to && !(at_ == last_); ++index_) ++at_;
    }

    iterator_of<source> at_{};
    sentinel_of<source> last_{};
    std::ptrdiff_t index_ = 0;
    std::ptrdiff_t stop_ = 0;
    std::ptrdiff_t step_ = 1;
};

/// Over a multi-pass source. Stepped: the step is not known to be 1.
template <class S, bool Bounded, bool Stepped>
class islice_view : public view_base<islice_view<S, Bounded, Stepped>> {
public:
    constexpr islice_view(S&& source, slice_bounds bounds) : source_(static_cast<S&&>(source)), bounds_(bounds) {}

    [[nodiscard]] constexpr auto begin() { return first<false>(source_); }
    [[nodiscard]] constexpr auto end() { return last<false>(source_); }
    [[nodiscard]] constexpr auto begin() const
        requires std::ranges::forward_range<S const>
    {
        return first<true>(source_);
    }
    [[nodiscard]] constexpr auto end() const
        requires std::ranges::forward_range<S const>
    {
        return last<true>(source_);
    }
    [[nodiscard]] constexpr std::size_t size() const
        requires std::ranges::sized_range<S const> || (endless_source<S> && Bounded)
    {
        return static_cast<std::size_t>(length(source_));
    }

private:
    template <class T>
    [[nodiscard]] static constexpr std::ptrdiff_t size_of([[maybe_unused]] T& source) {
        if constexpr (std::ranges::sized_range<T>) {
            return static_cast<std::ptrdiff_t>(std::ranges::size(source));
        } else {
            return greatest;
        }
    }
    template <class T>
    [[nodiscard]] constexpr std::ptrdiff_t stop_in(T& source) const {
        std::ptrdiff_t const size = size_of(source);
        return bounds_.stop == no_stop || bounds_.stop > size ? size : bounds_.stop;
    }
    template <class T>
    [[nodiscard]] constexpr std::ptrdiff_t start_in(T& source) const {
        std::ptrdiff_t const stop = stop_in(source);
        return bounds_.start < stop ? bounds_.start : stop;
    }
    template <class T>
    [[nodiscard]] constexpr std::ptrdiff_t length(T& source) const {
        std::ptrdiff_t const span = stop_in(source) - start_in(source);
        return span == 0 ? 0 : 1 + (span - 1) / bounds_.step;
    }

    /// A step over everything is as good as a longer one, and no place overflows.
    template <class T>
    [[nodiscard]] constexpr std::ptrdiff_t step_in(T& source) const {
        std::ptrdiff_t const span = stop_in(source) - start_in(source);
        return bounds_.step > span ? span + (span == 0 ? 1 : 0) : bounds_.step;
    }

    template <bool Const, class T>
    [[nodiscard]] constexpr auto first(T& source) const {
        if constexpr (!Measured<T>) {
            return slice_iterator<S, Const, Stepped>(source, bounds_);
        } else if constexpr (Stepped) {
            return stride_iterator<S, Const>(std::ranges::begin(source) + start_in(source), 0, step_in(source));
        } else {
            return std::ranges::begin(source) + start_in(source);
        }
    }
    template <bool Const, class T>
    [[nodiscard]] constexpr auto last(T& source) const {
        if constexpr (!Measured<T>) {
            return std::default_sentinel_t();
        } else if constexpr (endless_source<T> && !Bounded && !Stepped) {
            return never();
        } else if constexpr (Stepped) {
            std::ptrdiff_t const step = step_in(source);
            return stride_iterator<S, Const>(std::ranges::begin(source) + start_in(source), length(source) * step, step);
        } else {
            return std::ranges::begin(source) + stop_in(source);
        }
    }

    S source_;
    slice_bounds bounds_;
};

/// Over a single-pass source: takes from it what CPython takes, no more and no less.
template <class S, bool Stepped>
class islice_machine {
public:
    using value_type = value_of<S>;
    using reference = reference_of<S>;
    static constexpr bool gives_away = detail::gives_away<S>;

    constexpr islice_machine(S&& source, slice_bounds bounds)
        : source_(static_cast<S&&>(source)),
          skip_(bounds.start),
          left_(bounds.stop == no_stop ? greatest : bounds.stop < bounds.start ? 0 : bounds.stop - bounds.start),
          step_(bounds.step) {}

    constexpr bool pull() {
        if (skip_ != 0) [[unlikely]]
            skip();
        if (left_ == 0 || !pull_one()) return false;
        --left_;
        if constexpr (Stepped) {
            skip_ = step_ - 1 < left_ ? step_ - 1 : left_;
            left_ -= skip_;
        }
        return true;
    }
    [[nodiscard]] constexpr reference get() { return *cursor_; }

private:
    constexpr void skip() {
        for (; skip_ != 0; --skip_) {
            if (!pull_one()) return;
        }
    }
    /// A source that raises ends it, as in CPython.
    constexpr bool pull_one() {
        try {
            return cursor_.pull(source_);
        } catch (...) {
            skip_ = left_ = 0;
            throw;
        }
    }

    S source_;
    cursor<S> cursor_;
    std::ptrdiff_t skip_;  // elements to pass over before the next one
    std::ptrdiff_t left_;  // elements from there to the stop
    std::ptrdiff_t step_;
};

struct islice_fn {
    template <class R, class Stop>
    [[nodiscard]] constexpr auto operator()(R&& iterable, Stop stop) const {
        slice_bounds bounds;
        bounds.stop = index<Stop>(stop, no_stop);
        if constexpr (!is_none<Stop>) {
            if (bounds.stop == -1) bad_stop();
            if (bounds.stop < 0) bad_index();
        }
        return make<!is_none<Stop>, false>(static_cast<R&&>(iterable), bounds);
    }
    template <class R, class Start, class Stop>
    [[nodiscard]] constexpr auto operator()(R&& iterable, Start start, Stop stop) const {
        return make<!is_none<Stop>, false>(static_cast<R&&>(iterable), checked(start, stop));
    }
    template <class R, class Start, class Stop, class Step>
    [[nodiscard]] constexpr auto operator()(R&& iterable, Start start, Stop stop, Step step) const {
        slice_bounds bounds = checked(start, stop);
        bounds.step = index<Step>(step, 1);
        if (bounds.step < 1) bad_step();
        return make<!is_none<Stop>, !is_none<Step>>(static_cast<R&&>(iterable), bounds);
    }

private:
    template <class T>
    static constexpr std::ptrdiff_t index(T const& value, std::ptrdiff_t none) noexcept {
        static_assert(is_none<T> || IntegerArgument<T> || ConstantArgument<T>, "amphis: islice: indices must be None or an integer");
        if constexpr (is_none<T>) {
            return none;
        } else {
            return as_count(value);
        }
    }
    template <class Start, class Stop>
    static constexpr slice_bounds checked(Start const& start, Stop const& stop) {
        slice_bounds bounds;
        bounds.start = index(start, 0);
        bounds.stop = index(stop, no_stop);
        if constexpr (!is_none<Stop>) {
            if (bounds.stop == -1) bad_stop();
        }
        if (bounds.start < 0 || bounds.stop < -1) bad_index();
        return bounds;
    }
    [[noreturn]] AMPHIS_COLD static void bad_stop() {
        throw_<ValueError>("Stop argument for islice() must be None or an integer: 0 <= x <= sys.maxsize.");
    }
    [[noreturn]] AMPHIS_COLD static void bad_index() {
        throw_<ValueError>("Indices for islice() must be None or an integer: 0 <= x <= sys.maxsize.");
    }
    [[noreturn]] AMPHIS_COLD static void bad_step() { throw_<ValueError>("Step for islice() must be a positive integer or None."); }

    template <bool Bounded, bool Stepped, class R>
    static constexpr auto make(R&& iterable, slice_bounds bounds) {
        if constexpr (assert_iterable<R>()) {
            using S = source_of<R>;
            if constexpr (std::ranges::forward_range<S>) {
                return islice_view<S, Bounded, Stepped>(hold(static_cast<R&&>(iterable)), bounds);
            } else {
                return single_pass<islice_machine<S, Stepped>>(std::in_place, hold(static_cast<R&&>(iterable)), bounds);
            }
        }
    }
};

// ---- pairwise ----------------------------------------------------------------------------------------------------------

template <class S>
class pairwise_view : public view_base<pairwise_view<S>> {
    template <bool Const>
    class iterator_type
        : public iterator_base<iterator_type<Const>, decltype(iteration_tag<std::random_access_iterator_tag, maybe_const<Const, S>>()),
                               std::tuple<value_of<maybe_const<Const, S>>, value_of<maybe_const<Const, S>>>,
                               item_tuple<reference_of<maybe_const<Const, S>>, reference_of<maybe_const<Const, S>>>> {
        using source = maybe_const<Const, S>;
        using base = iterator_of<source>;
        static constexpr bool goes_back = std::ranges::bidirectional_range<source>;
        struct nothing {
            constexpr nothing() = default;
            constexpr explicit nothing(base const&) noexcept {}
        };

    public:
        constexpr iterator_type() = default;
        constexpr iterator_type(base left, base right) : right_(right), left_(left) {}

        [[nodiscard]] constexpr item_tuple<reference_of<source>, reference_of<source>> operator*() const {
            if constexpr (goes_back) {
                base left = right_;
                --left;
                return item_tuple<reference_of<source>, reference_of<source>>(*left, *right_);
            } else {
                return item_tuple<reference_of<source>, reference_of<source>>(*left_, *right_);
            }
        }
        constexpr void step() {
            if constexpr (!goes_back) left_ = right_;
            ++right_;
        }
        constexpr void back() { --right_; }
        constexpr void jump(std::ptrdiff_t n) { right_ += n; }
        [[nodiscard]] constexpr bool same(iterator_type const& other) const { return right_ == other.right_; }
        [[nodiscard]] constexpr std::ptrdiff_t until(iterator_type const& other) const {
            return static_cast<std::ptrdiff_t>(other.right_ - right_);
        }
        [[nodiscard]] constexpr base const& right() const noexcept { return right_; }

    private:
        base right_{};
        AMPHIS_NO_UNIQUE_ADDRESS std::conditional_t<goes_back, nothing, base> left_{};
    };

    /// The end of the source, where that is no iterator.
    template <bool Const>
    struct sentinel_type {
        sentinel_of<maybe_const<Const, S>> last{};
        [[nodiscard]] friend constexpr bool operator==(iterator_type<Const> const& it, sentinel_type const& end) {
            return it.right() == end.last;
        }
    };

public:
    constexpr explicit pairwise_view(S&& source) : source_(static_cast<S&&>(source)) {}

    [[nodiscard]] constexpr auto begin() { return first<false>(source_); }
    [[nodiscard]] constexpr auto end() { return last<false>(source_); }
    [[nodiscard]] constexpr auto begin() const
        requires RereadableRange<S const>
    {
        return first<true>(source_);
    }
    [[nodiscard]] constexpr auto end() const
        requires RereadableRange<S const>
    {
        return last<true>(source_);
    }
    [[nodiscard]] constexpr std::size_t size() const
        requires std::ranges::sized_range<S const>
    {
        auto const size = static_cast<std::size_t>(std::ranges::size(source_));
        return size == 0 ? 0 : size - 1;
    }

private:
    template <bool Const, class T>
    static constexpr iterator_type<Const> first(T& source) {
        auto left = std::ranges::begin(source);
        auto right = left;
        if (!(right == std::ranges::end(source))) ++right;
        return iterator_type<Const>(left, right);
    }
    template <bool Const, class T>
    static constexpr auto last(T& source) {
        if constexpr (std::ranges::common_range<T>) {
            return iterator_type<Const>(std::ranges::end(source), std::ranges::end(source));
        } else {
            return sentinel_type<Const>{std::ranges::end(source)};
        }
    }

    S source_;
};

template <class S>
class pairwise_machine {
    using item = value_of<S>;

public:
    using value_type = std::tuple<item, item>;
    using reference = std::conditional_t<passed_by_value<item>, std::tuple<item, item>, ref_tuple<item const&, item const&>>;

    constexpr explicit pairwise_machine(S&& source) : source_(static_cast<S&&>(source)) {}

    constexpr bool pull() {
        if (!begun_) [[unlikely]] {
            if (!pull_right()) return false;
            begun_ = true;
        }
        left_ = static_cast<slot&&>(right_);
        return pull_right();
    }
    [[nodiscard]] constexpr reference get() const { return reference(*left_, *right_); }

private:
    using slot = std::conditional_t<std::is_scalar_v<item>, late_value<item>, maybe<item>>;

    constexpr bool pull_right() {
        if (!cursor_.pull(source_)) return false;
        right_.fill([this]() -> item { return take_value<S>(*cursor_); });
        return true;
    }

    S source_;
    cursor<S> cursor_;
    slot left_;
    slot right_;
    bool begun_ = false;
};

struct pairwise_fn {
    template <class R>
    [[nodiscard]] constexpr auto operator()(R&& iterable) const {
        if constexpr (assert_iterable<R>()) {
            using S = source_of<R>;
            if constexpr (RereadableRange<S>) {
                return pairwise_view<S>(hold(static_cast<R&&>(iterable)));
            } else {
                return single_pass<pairwise_machine<S>>(std::in_place, hold(static_cast<R&&>(iterable)));
            }
        }
    }
};

// ---- batched -----------------------------------------------------------------------------------------------------------

/// Consecutive elements of a source, which stay there: a tuple of references.
template <class It>
class batch : public tuple_of_any_size {
public:
    using value_type = std::iter_value_t<It>;
    using iterator = It;
    using const_iterator = It;
    using difference_type = std::ptrdiff_t;
    using amphis_kept = std::conditional_t<std::is_copy_constructible_v<value_type>, dynamic_tuple<value_type>, batch>;

    constexpr batch(It first, std::size_t size) : first_(first), size_(size) {}

    [[nodiscard]] constexpr It begin() const { return first_; }
    [[nodiscard]] constexpr auto end() const {
        if constexpr (std::random_access_iterator<It>) {
            return first_ + static_cast<std::ptrdiff_t>(size_);
        } else {
            It last = first_;
            for (std::size_t i = 0; i != size_; ++i) ++last;
            return last;
        }
    }
    [[nodiscard]] constexpr std::size_t size() const noexcept { return size_; }
    [[nodiscard]] constexpr bool empty() const noexcept { return size_ == 0; }
    [[nodiscard]] constexpr decltype(auto) operator[](std::size_t i) const
        requires std::random_access_iterator<It>
    {
        return first_[static_cast<std::ptrdiff_t>(i)];
    }

    // NOLINTNEXTLINE(google-explicit-constructor): it is that tuple, before anybody keeps it
    [[nodiscard]] constexpr operator dynamic_tuple<value_type>() const
        requires std::is_copy_constructible_v<value_type>
    {
        growing_array<value_type> items;
        items.reserve(size_);
        It it = first_;
        for (std::size_t i = 0; i != size_; ++i, static_cast<void>(++it)) items.emplace_back(*it);
        return dynamic_tuple<value_type>(static_cast<growing_array<value_type>&&>(items));
    }

private:
    // An error of auto [a, b] names the first member: it says what to do.
    AMPHIS_NO_UNIQUE_ADDRESS none_t a_batch_has_no_structured_bindings_use_an_index_{};
    It first_;
    std::size_t size_;
};

[[noreturn]] AMPHIS_COLD inline void incomplete_batch() { throw_<ValueError>("batched(): incomplete batch"); }

template <class S>
class batched_view : public view_base<batched_view<S>> {
    /// The nth batch is at n * size.
    template <bool Const>
    class indexed : public iterator_base<indexed<Const>, std::random_access_iterator_tag, kept_value<batch<iterator_of<maybe_const<Const, S>>>>,
                                         batch<iterator_of<maybe_const<Const, S>>>> {
        using base = iterator_of<maybe_const<Const, S>>;

    public:
        constexpr indexed() = default;
        constexpr indexed(base first, std::ptrdiff_t at, std::ptrdiff_t total, std::ptrdiff_t n, bool strict)
            : first_(first), at_(at), total_(total), n_(n), strict_(strict) {}

        [[nodiscard]] constexpr batch<base> operator*() const {
            std::ptrdiff_t size = n_;
            if (n_ > total_ - at_) [[unlikely]] {
                size = total_ - at_;
                if (strict_) incomplete_batch();
            }
            return batch<base>(first_ + at_, static_cast<std::size_t>(size));
        }
        constexpr void step() noexcept { at_ = n_ < total_ - at_ ? at_ + n_ : total_; }
        constexpr void back() noexcept { at_ = at_ == total_ ? (total_ - 1) / n_ * n_ : at_ - n_; }
        constexpr void jump(std::ptrdiff_t count) noexcept {
            std::ptrdiff_t const to = index() + count;
            at_ = to >= batches(total_) ? total_ : to * n_;
        }
        [[nodiscard]] constexpr bool same(indexed const& other) const noexcept { return at_ == other.at_; }
        [[nodiscard]] constexpr std::ptrdiff_t until(indexed const& other) const noexcept { return other.index() - index(); }

    private:
        [[nodiscard]] constexpr std::ptrdiff_t batches(std::ptrdiff_t elements) const noexcept {
            return elements == 0 ? 0 : 1 + (elements - 1) / n_;
        }
        [[nodiscard]] constexpr std::ptrdiff_t index() const noexcept { return batches(at_); }

        base first_{};
        std::ptrdiff_t at_ = 0;     // elements before this batch
        std::ptrdiff_t total_ = 0;  // elements
        std::ptrdiff_t n_ = 1;
        bool strict_ = false;
    };

    template <bool Const>
    class walking : public iterator_base<walking<Const>, std::forward_iterator_tag, kept_value<batch<iterator_of<maybe_const<Const, S>>>>,
                                         batch<iterator_of<maybe_const<Const, S>>>> {
        using source = maybe_const<Const, S>;

    public:
        constexpr walking() = default;
        constexpr walking(source& from, std::ptrdiff_t n, bool strict)
            : first_(std::ranges::begin(from)), next_(first_), last_(std::ranges::end(from)), n_(n), strict_(strict) {
            gather();
        }

        [[nodiscard]] constexpr batch<iterator_of<source>> operator*() const {
            if (strict_ && size_ < static_cast<std::size_t>(n_)) [[unlikely]]
                incomplete_batch();
            return batch<iterator_of<source>>(first_, size_);
        }
        constexpr void step() {
            first_ = next_;
            gather();
        }
        [[nodiscard]] constexpr bool same(walking const& other) const { return first_ == other.first_; }
        [[nodiscard]] friend constexpr bool operator==(walking const& it, std::default_sentinel_t) noexcept { return it.size_ == 0; }

    private:
        constexpr void gather() {
            for (size_ = 0; size_ != static_cast<std::size_t>(n_) && !(next_ == last_); ++size_) ++next_;
        }

        iterator_of<source> first_{};
        iterator_of<source> next_{};
        sentinel_of<source> last_{};
        std::ptrdiff_t n_ = 1;
        std::size_t size_ = 0;
        bool strict_ = false;
    };

    template <class T>
    static constexpr bool by_index = std::ranges::random_access_range<T> && std::ranges::sized_range<T>;

public:
    constexpr batched_view(S&& source, std::ptrdiff_t n, bool strict) : source_(static_cast<S&&>(source)), n_(n), strict_(strict) {}

    [[nodiscard]] constexpr auto begin() { return first<false>(source_); }
    [[nodiscard]] constexpr auto end() { return last<false>(source_); }
    [[nodiscard]] constexpr auto begin() const
        requires RereadableRange<S const>
    {
        return first<true>(source_);
    }
    [[nodiscard]] constexpr auto end() const
        requires RereadableRange<S const>
    {
        return last<true>(source_);
    }
    [[nodiscard]] constexpr std::size_t size() const
        requires std::ranges::sized_range<S const>
    {
        auto const total = static_cast<std::size_t>(std::ranges::size(source_));
        return total == 0 ? 0 : 1 + (total - 1) / static_cast<std::size_t>(n_);
    }

private:
    template <bool Const, class T>
    constexpr auto first(T& source) const {
        if constexpr (by_index<T>) {
            return indexed<Const>(std::ranges::begin(source), 0, static_cast<std::ptrdiff_t>(std::ranges::size(source)), n_, strict_);
        } else {
            return walking<Const>(source, n_, strict_);
        }
    }
    template <bool Const, class T>
    constexpr auto last(T& source) const {
        if constexpr (by_index<T>) {
            auto const total = static_cast<std::ptrdiff_t>(std::ranges::size(source));
            return indexed<Const>(std::ranges::begin(source), total, total, n_, strict_);
        } else {
            return std::default_sentinel_t();
        }
    }

    S source_;
    std::ptrdiff_t n_;
    bool strict_;
};

template <class S>
class batched_machine {
    using item = value_of<S>;

public:
    using value_type = dynamic_tuple<item>;
    using reference = dynamic_tuple<item>&;
    static constexpr bool gives_away = true;

    constexpr batched_machine(S&& source, std::ptrdiff_t n, bool strict)
        : source_(static_cast<S&&>(source)), n_(static_cast<std::size_t>(n)), strict_(strict) {}

    constexpr bool pull() {
        growing_array<item>& items = batch_.items();
        items.clear();
        while (items.size() != n_ && cursor_.pull(source_)) items.emplace_back(take_value<S>(*cursor_));
        if (items.size() == 0) return false;
        if (strict_ && items.size() != n_) incomplete_batch();
        return true;
    }
    [[nodiscard]] constexpr reference get() noexcept { return batch_; }

private:
    S source_;
    cursor<S> cursor_;
    dynamic_tuple<item> batch_;
    std::size_t n_;
    bool strict_;
};

struct batched_fn {
    template <class R>
    constexpr void operator()(R&&) const {
        static_assert(std::is_void_v<R>, "amphis: batched() takes an iterable and n, how many elements there are in a batch");
    }
    template <class R, class N>
        requires(!Kwarg<N>)
    [[nodiscard]] constexpr auto operator()(R&& iterable, N n) const {
        return make(static_cast<R&&>(iterable), n, false);
    }
    template <class R, class N>
        requires(!Kwarg<N>)
    [[nodiscard]] constexpr auto operator()(R&& iterable, N n, kwarg<"strict", bool&&> strict) const {
        return make(static_cast<R&&>(iterable), n, strict.value);
    }
    template <class R, class N>
        requires(!Kwarg<N>)
    [[nodiscard]] constexpr auto operator()(R&& iterable, N n, kwarg<"strict", bool const&> strict) const {
        return make(static_cast<R&&>(iterable), n, strict.value);
    }
    template <class R, class N>
        requires(!Kwarg<N>)
    [[nodiscard]] constexpr auto operator()(R&& iterable, N n, kwarg<"strict", bool&> strict) const {
        return make(static_cast<R&&>(iterable), n, strict.value);
    }

private:
    template <class R, class N>
    static constexpr auto make(R&& iterable, N const& n, bool strict) {
        static_assert(IntegerArgument<N> || ConstantArgument<N>, "amphis: batched: n must be an integer");
        std::ptrdiff_t const size = as_count(n);
        if (size < 1) throw_<ValueError>("n must be at least one");
        if constexpr (assert_iterable<R>()) {
            using S = source_of<R>;
            // Elements that cannot be copied are moved out of what was moved in.
            constexpr bool refers = RereadableRange<S> && (std::is_copy_constructible_v<value_of<S>> || !detail::gives_away<S>);
            if constexpr (refers) {
                return batched_view<S>(hold(static_cast<R&&>(iterable)), size, strict);
            } else {
                return single_pass<batched_machine<S>>(std::in_place, hold(static_cast<R&&>(iterable)), size, strict);
            }
        }
    }
};

}  // namespace detail::itertools

namespace itertools {

/// Tuples of `n` elements; the last one may be shorter.
///
///     itertools::batched("ABCDEFG"s, 3);                            // ('A', 'B', 'C') ('D', 'E', 'F') ('G',)
///
/// iterable  an lvalue is referred to, an rvalue moved in.
/// n         elements in a batch, at least one.
/// strict    "strict"_k = true: a last batch that is shorter is an error (CPython 3.13).
/// Returns   a random-access view over such a source, whose batches refer to the elements where they are; a single-pass one of tuples over
///           single-pass sources and elements that are made as they are read.
/// Raises    ValueError: n must be at least one; ValueError: batched(): incomplete batch.
/// Source    Modules/itertoolsmodule.c, batched_next (CPython 3.12).
inline constexpr detail::itertools::batched_fn batched{};

/// A slice of any iterable: islice(iterable, stop), islice(iterable, start, stop), islice(iterable, start, stop, step).
///
///     itertools::islice("ABCDEFG"s, 2);                // A B
///     itertools::islice("ABCDEFG"s, 2, None);          // C D E F G
///     itertools::islice("ABCDEFG"s, 0, None, 2);       // A C E G
///
/// iterable           an lvalue is referred to, an rvalue moved in. A single-pass one loses exactly what CPython's would: all up to the stop.
/// start, stop, step  integers from 0 on, or None.
/// Returns            a view with the iterators of a random-access source where the step is 1, else one as strong; a single-pass one over such.
/// Raises             ValueError for a negative index, or a step below 1.
/// Source             Modules/itertoolsmodule.c, islice_next (CPython 3.11).
inline constexpr detail::itertools::islice_fn islice{};

/// Every two elements that follow each other.
///
///     for (auto [left, right] : itertools::pairwise("ABCD"s)) ...     // A B, B C, C D
///
/// iterable  an lvalue is referred to, an rvalue moved in.
/// Returns   a view as strong as the source, of tuples of references; a single-pass one over single-pass sources and elements made as they are read.
/// Source    Modules/itertoolsmodule.c, pairwise_next (CPython 3.11).
inline constexpr detail::itertools::pairwise_fn pairwise{};

}  // namespace itertools
}  // namespace amphis::inline v0

template <class S, bool Bounded, bool Stepped>
    requires amphis::detail::gives_away<S>
inline constexpr bool amphis::detail::gives_away<amphis::detail::itertools::islice_view<S, Bounded, Stepped>> = true;

#endif  // AMPHIS_ITERTOOLS_SLICING_HPP
