// SPDX-License-Identifier: MIT
// itertools/infinite: count, cycle, repeat.  Python: docs.python.org/3/library/itertools.html#itertools.count
#ifndef AMPHIS_ITERTOOLS_INFINITE_HPP
#define AMPHIS_ITERTOOLS_INFINITE_HPP

#include <amphis/detail/dynamic_tuple.hpp>
#include <amphis/itertools/single_pass.hpp>

#include <cstddef>
#include <span>
#include <type_traits>
#include <utility>

namespace amphis::inline v0 {
namespace detail::itertools {

/// The end of what has none.
struct never {
    template <class T>
    [[nodiscard]] friend constexpr bool operator==(T const&, never) noexcept
        requires requires { typename T::endless; }
    {
        return false;
    }
};

/// a + b, of integers modulo 2**bits: counting on past the greatest value is no undefined behaviour.
template <class T>
[[nodiscard]] constexpr T plus(T a, T b) {
    if constexpr (std::is_integral_v<T>) {
        using U = std::make_unsigned_t<T>;
        return static_cast<T>(static_cast<U>(static_cast<U>(a) + static_cast<U>(b)));
    } else {
        return a + b;
    }
}
template <class T>
[[nodiscard]] constexpr T times(T a, std::ptrdiff_t n) {
    using U = std::make_unsigned_t<T>;
    return static_cast<T>(static_cast<U>(static_cast<std::size_t>(static_cast<U>(a)) * static_cast<std::size_t>(n)));
}

struct one {};

/// Numbers from a start; Step is the number's type, or `one`.
template <class T, class Step>
class count_view : public view_base<count_view<T, Step>> {
    static constexpr bool by_one = std::is_same_v<Step, one>;
    // Floats are added up one by one, as CPython does: only so is the nth the same.
    using tag = std::conditional_t<std::is_integral_v<T>, std::random_access_iterator_tag, std::forward_iterator_tag>;

public:
    class iterator : public iterator_base<iterator, tag, T, T> {
    public:
        using endless = void;

        constexpr iterator() = default;
        constexpr iterator(T value, Step by) : value_(value), step_(by) {}

        [[nodiscard]] constexpr T operator*() const { return value_; }
        constexpr void step() {
            value_ = plus(value_, by());
            if constexpr (counts) ++index_;
        }
        [[nodiscard]] constexpr bool same(iterator const& other) const {
            if constexpr (counts) {
                return index_ == other.index_;
            } else {
                return value_ == other.value_;
            }
        }
        constexpr void back() { jump(-1); }
        constexpr void jump(std::ptrdiff_t n) {
            value_ = plus(value_, times(by(), n));
            if constexpr (counts) index_ += n;
        }
        [[nodiscard]] constexpr std::ptrdiff_t until(iterator const& other) const {
            if constexpr (counts) {
                return other.index_ - index_;
            } else {
                return static_cast<std::ptrdiff_t>(static_cast<std::size_t>(other.value_) - static_cast<std::size_t>(value_));  // past the last int, too
            }
        }

    private:
        static constexpr bool counts = !by_one || !std::is_integral_v<T> || sizeof(T) < sizeof(std::ptrdiff_t);
        struct nothing {};

        [[nodiscard]] constexpr T by() const {
            if constexpr (by_one) {
                return T(1);
            } else {
                return step_;
            }
        }

        T value_{};
        AMPHIS_NO_UNIQUE_ADDRESS Step step_{};
        AMPHIS_NO_UNIQUE_ADDRESS std::conditional_t<counts, std::ptrdiff_t, nothing> index_{};
    };

    constexpr count_view(T start, Step by) : start_(start), step_(by) {}

    [[nodiscard]] constexpr iterator begin() const { return iterator(start_, step_); }
    [[nodiscard]] static constexpr never end() noexcept { return {}; }

private:
    T start_;
    AMPHIS_NO_UNIQUE_ADDRESS Step step_;
};

template <class T>
concept Number = std::is_arithmetic_v<T> && !std::is_same_v<T, bool> && !Character<T>;

template <class T>
consteval bool assert_number() noexcept {
    // Any type with + counts: complex, a fraction, a decimal.
    constexpr bool number = Number<T> || (std::is_class_v<T> && !StrLike<T> && requires(T const& a) { T(a + a); });
    static_assert(number, "amphis: count: a number is required");
    return number;
}

struct count_fn {
    [[nodiscard]] constexpr auto operator()() const { return count_view<std::ptrdiff_t, one>(0, {}); }
    template <class T>
        requires(!Kwarg<T>)
    [[nodiscard]] constexpr auto operator()(T start) const {
        if constexpr (assert_number<T>()) return count_view<T, one>(start, {});
    }
    template <class T, class Step>
        requires(!Kwarg<T> && !Kwarg<Step>)
    [[nodiscard]] constexpr auto operator()(T start, Step step) const {
        if constexpr (assert_number<T>() && assert_number<Step>()) {
            using Sum = std::remove_cvref_t<decltype(start + step)>;
            return count_view<Sum, Sum>(static_cast<Sum>(start), static_cast<Sum>(step));
        }
    }
    template <class T>
    [[nodiscard]] constexpr auto operator()(kwarg<"start", T> start) const {
        return (*this)(std::decay_t<T>(start.value));
    }
    template <class T, class Step>
    [[nodiscard]] constexpr auto operator()(T start, kwarg<"step", Step> step) const {
        if constexpr (Kwarg<T>) {
            static_assert(same_name(T::name, fixed_string("start")), "amphis: count() takes the keywords start and step");
            return (*this)(std::decay_t<decltype(start.value)>(start.value), std::decay_t<Step>(step.value));
        } else {
            return (*this)(start, std::decay_t<Step>(step.value));
        }
    }
    template <class Step>
    [[nodiscard]] constexpr auto operator()(kwarg<"step", Step> step) const {
        using T = std::decay_t<Step>;
        if constexpr (std::is_integral_v<T>) {
            return (*this)(std::ptrdiff_t{0}, T(step.value));
        } else {
            return (*this)(T(0), T(step.value));
        }
    }
};

// ---- repeat ------------------------------------------------------------------------------------------------------------

/// A value that nobody can change behind our back may as well be copied.
template <class T>
inline constexpr bool repeats_copy = std::is_scalar_v<std::remove_cvref_t<T>>;

/// T is X& for an lvalue, X for an rvalue or a number. Bound: the type of the count, or `never`.
template <class T, bool Endless>
class repeat_view : public view_base<repeat_view<T, Endless>> {
    using object = std::remove_reference_t<T>;
    static constexpr bool by_value = repeats_copy<T>;
    static constexpr bool by_reference = std::is_reference_v<T>;
    using item = std::conditional_t<by_value, std::remove_cvref_t<T>, std::conditional_t<by_reference, object&, object const&>>;
    using held = std::conditional_t<by_value, std::remove_cvref_t<T>, std::conditional_t<by_reference, object*, object>>;

public:
    class iterator : public iterator_base<iterator, std::random_access_iterator_tag, std::remove_cvref_t<T>, item> {
        using place = std::conditional_t<by_value, std::remove_cvref_t<T>, std::remove_reference_t<item>*>;

    public:
        using endless = std::conditional_t<Endless, void, void>;

        constexpr iterator() = default;
        constexpr iterator(place value, std::ptrdiff_t index) : value_(value), index_(index) {}

        [[nodiscard]] constexpr item operator*() const noexcept {
            if constexpr (by_value) {
                return value_;
            } else {
                return *value_;
            }
        }
        constexpr void step() noexcept { ++index_; }
        constexpr void back() noexcept { --index_; }
        constexpr void jump(std::ptrdiff_t n) noexcept { index_ += n; }
        [[nodiscard]] constexpr bool same(iterator const& other) const noexcept { return index_ == other.index_; }
        [[nodiscard]] constexpr std::ptrdiff_t until(iterator const& other) const noexcept { return other.index_ - index_; }

    private:
        place value_{};
        std::ptrdiff_t index_ = 0;
    };

    constexpr repeat_view(held value, std::ptrdiff_t times) : value_(static_cast<held&&>(value)), times_(times < 0 ? 0 : times) {}

    [[nodiscard]] constexpr iterator begin() const { return at(0); }
    [[nodiscard]] constexpr auto end() const {
        if constexpr (Endless) {
            return never{};
        } else {
            return at(times_);
        }
    }
    [[nodiscard]] constexpr std::size_t size() const noexcept
        requires(!Endless)
    {
        return static_cast<std::size_t>(times_);
    }

private:
    constexpr iterator at(std::ptrdiff_t index) const {
        if constexpr (by_value || by_reference) {
            return iterator(value_, index);
        } else {
            return iterator(__builtin_addressof(value_), index);
        }
    }

    held value_;
    std::ptrdiff_t times_;
};

struct repeat_fn {
    template <class T>
    [[nodiscard]] constexpr auto operator()(T&& object) const {
        return make<T, true>(object, 0);
    }
    template <class T, class N>
        requires(!Kwarg<N>)
    [[nodiscard]] constexpr auto operator()(T&& object, N times) const {
        static_assert(IntegerArgument<N>, "amphis: repeat: times must be an integer");
        return make<T, false>(object, as_count(times));
    }
    template <class T, class N>
    [[nodiscard]] constexpr auto operator()(T&& object, kwarg<"times", N> times) const {
        return (*this)(static_cast<T&&>(object), std::decay_t<N>(times.value));
    }

private:
    template <class T, bool Endless>
    static constexpr auto make(std::remove_reference_t<T>& object, std::ptrdiff_t times) {
        using Bare = std::remove_cvref_t<T>;
        if constexpr (repeats_copy<T>) {
            return repeat_view<Bare, Endless>(object, times);
        } else if constexpr (CharacterArray<Bare>) {
            return repeat_view<std::remove_extent_t<Bare> const*, Endless>(&object[0], times);  // a literal
        } else if constexpr (std::is_array_v<Bare>) {
            return repeat_view<std::remove_reference_t<T>&, Endless>(&object, times);
        } else if constexpr (std::is_reference_v<T>) {
            return repeat_view<T, Endless>(__builtin_addressof(object), times);
        } else {
            return repeat_view<Bare, Endless>(static_cast<T&&>(object), times);
        }
    }
};

// ---- cycle -------------------------------------------------------------------------------------------------------------

/// Over what can be iterated again and again.
template <class S>
class cycle_view : public view_base<cycle_view<S>> {
    template <bool Const>
    class iterator_type : public iterator_base<iterator_type<Const>, std::forward_iterator_tag, value_of<maybe_const<Const, S>>,
                                               reference_of<maybe_const<Const, S>>> {
        using source = maybe_const<Const, S>;

    public:
        constexpr iterator_type() = default;
        constexpr explicit iterator_type(source& from) : at_(std::ranges::begin(from)), last_(std::ranges::end(from)) {
            if (!(at_ == last_)) from_ = __builtin_addressof(from);
        }

        [[nodiscard]] constexpr reference_of<source> operator*() const { return *at_; }
        constexpr void step() {
            ++at_;
            if (at_ == last_) [[unlikely]] {
                at_ = std::ranges::begin(*from_);
                ++lap_;
            }
        }
        [[nodiscard]] constexpr bool same(iterator_type const& other) const { return lap_ == other.lap_ && at_ == other.at_; }
        /// Only nothing ends.
        [[nodiscard]] friend constexpr bool operator==(iterator_type const& it, std::default_sentinel_t) noexcept { return it.from_ == nullptr; }

    private:
        iterator_of<source> at_{};
        sentinel_of<source> last_{};
        source* from_ = nullptr;
        std::size_t lap_ = 0;
    };

public:
    constexpr explicit cycle_view(S&& source) : source_(static_cast<S&&>(source)) {}

    [[nodiscard]] constexpr auto begin() { return iterator_type<false>(source_); }
    [[nodiscard]] constexpr auto begin() const
        requires std::ranges::forward_range<S const>
    {
        return iterator_type<true>(source_);
    }
    [[nodiscard]] static constexpr std::default_sentinel_t end() noexcept { return {}; }

private:
    S source_;
};

/// Over what can be iterated once: the elements are kept for the second lap.
template <class S>
class cycle_machine {
public:
    using value_type = value_of<S>;
    using reference = value_type const&;

    constexpr explicit cycle_machine(S&& source) : source_(static_cast<S&&>(source)) {}

    constexpr bool pull() {
        if (cursor_.pull(source_)) {
            index_ = saved_.size();
            saved_.emplace_back(*cursor_);
            return true;
        }
        if (saved_.size() == 0) return false;
        if (++index_ >= saved_.size()) index_ = 0;
        return true;
    }
    [[nodiscard]] constexpr reference get() const noexcept { return saved_[index_]; }

private:
    S source_;
    cursor<S> cursor_;
    growing_array<value_type> saved_;
    std::size_t index_ = 0;
};

struct cycle_fn {
    template <class R>
    [[nodiscard]] constexpr auto operator()(R&& iterable) const {
        if constexpr (assert_iterable<R>()) {
            using S = source_of<R>;
            if constexpr (std::ranges::forward_range<S>) {
                return cycle_view<S>(hold(static_cast<R&&>(iterable)));
            } else {
                return single_pass<cycle_machine<S>>(std::in_place, hold(static_cast<R&&>(iterable)));
            }
        }
    }
};

}  // namespace detail::itertools

namespace itertools {

/// Numbers from `start`, `step` apart, without end.
///
///     for (auto [n, word] : zip(itertools::count(1), words)) ...     // 1, 2, 3, ...
///     itertools::count(10, -3);                                     // 10, 7, 4, 1, -2, ...
///     itertools::count(0.5, 0.25);                                  // 0.5, 0.75, 1.0, ...
///
/// start     the first number; 0 of type std::ptrdiff_t without it. Also "start"_k, "step"_k.
/// step      what is added; negative or zero too.
/// Returns   a random-access view of integers, a forward one of other numbers: those are added up one by one, so that each rounds as in Python.
/// Differs   an int counts in an int and wraps around at its ends, where Python's grows: start from a wider type for more than 2**31 of them.
/// Source    Modules/itertoolsmodule.c, count (CPython 3.11).
inline constexpr detail::itertools::count_fn count{};

/// The elements of `iterable` again and again.
///
///     itertools::cycle("ABC"s);        // A B C A B C A ...
///
/// iterable  an lvalue is referred to, an rvalue moved in; of a single-pass one the elements are kept, from the first lap on.
/// Returns   a forward view, or a single-pass one; empty if `iterable` is.
/// Cost      that of the loop, and one comparison an element; memory only for a single-pass source.
/// Differs   a container is read again at each lap, where Python reads copies of the first.
/// Source    Modules/itertoolsmodule.c, cycle (CPython 3.11).
inline constexpr detail::itertools::cycle_fn cycle{};

/// The same object, without end or `times` times.
///
///     map(pow, range(10), itertools::repeat(2));       // squares
///     itertools::repeat("ha"s, 3);                     // ha ha ha
///
/// object    an lvalue is referred to (a number is copied), an rvalue moved in.
/// times     how often; none if negative. Also "times"_k.
/// Returns   a random-access view; sized with `times`.
/// Source    Modules/itertoolsmodule.c, repeat (CPython 3.11).
inline constexpr detail::itertools::repeat_fn repeat{};

}  // namespace itertools
}  // namespace amphis::inline v0

template <class T, class Step>
inline constexpr bool std::ranges::enable_borrowed_range<amphis::detail::itertools::count_view<T, Step>> = true;
template <class T, bool Endless>
    requires(std::is_reference_v<T> || amphis::detail::itertools::repeats_copy<T>)
inline constexpr bool std::ranges::enable_borrowed_range<amphis::detail::itertools::repeat_view<T, Endless>> = true;

#endif  // AMPHIS_ITERTOOLS_INFINITE_HPP
