// SPDX-License-Identifier: MIT
// builtins/range: an arithmetic sequence of ints.  Python: docs.python.org/3/library/stdtypes.html#range
//
//     for (int i : range(10, 0, -3)) print(i);        // 10, 7, 4, 1
#ifndef AMPHIS_BUILTINS_RANGE_HPP
#define AMPHIS_BUILTINS_RANGE_HPP

#include <amphis/builtins/numbers/compare.hpp>
#include <amphis/builtins/numbers/hash.hpp>
#include <amphis/builtins/numbers/kinds.hpp>
#include <amphis/builtins/slices/bounds.hpp>
#include <amphis/config.hpp>
#include <amphis/detail/iteration.hpp>
#include <amphis/detail/repr.hpp>
#include <amphis/detail/text.hpp>
#include <amphis/lang/exceptions/hierarchy.hpp>

#include <cstddef>
#include <span>
#include <type_traits>

namespace amphis::inline v0 {

template <class T>
class range;

namespace detail {

template <class T>
inline constexpr bool is_range_object = false;
template <class T>
inline constexpr bool is_range_object<range<T>> = true;

template <class Stop>
consteval auto range_int(Stop) noexcept {
    return promoted<Stop>{};
}
template <class Start, class Stop>
consteval auto range_int(Start, Stop) noexcept {
    return int_result<Start, Stop>();
}
template <class Start, class Stop, class Step>
consteval auto range_int(Start, Stop, Step) noexcept {
    using T = decltype(int_result<Start, Stop>());
    if constexpr (sizeof(Step) > sizeof(T)) {
        return int_result<T, std::make_signed_t<promoted<Step>>>();  // so that the step fits
    } else {
        return T{};
    }
}

template <class... A>
consteval auto range_element() noexcept {
    constexpr bool ints = (Int<A> && ...);
    static_assert(ints, "amphis: range() takes ints: an object of another type cannot be interpreted as an integer");
    if constexpr (!ints) {
        return 0;
    } else {
        return range_int(A{}...);
    }
}

}  // namespace detail

/// The ints from start to stop, without stop, by step.
///
///     for (std::size_t i : range(v.size())) v[i] = f(i);
///     range(0, 10, 2)[-1];                            // 8
///     range(10)[slice(None, None, -1)];               // range(9, -1, -1)
///     range(0, 100, 7).contains(49);                  // True
///
/// start     0 unless two or three arguments are given.
/// step      not 0; what is between start and stop modulo step is left out.
/// Returns   a view with random access, whose copies are as good as itself. Its ints have the type of start and stop, by value: of an int and
///           an unsigned int they are long long.
/// Raises    ValueError: range() arg 3 must not be zero. OverflowError for a mix of signed and unsigned 64-bit values that do not fit.
/// Cost      the loop takes the instructions of the one written by hand; one division when a range with a step is made.
/// Differs   ints of 64 bits. start(), stop() and step() are functions.
/// Source    Objects/rangeobject.c (CPython 3.11).
template <class T>
class range : public detail::view_base<range<T>> {
    static_assert(detail::Int<T> && std::is_same_v<T, detail::promoted<T>>, "amphis: range<T> has int, long or long long, or an unsigned one, as elements");
    using count_type = std::make_unsigned_t<T>;

public:
    using value_type = T;
    using step_type = std::make_signed_t<T>;

    class iterator : public detail::iterator_base<iterator, std::random_access_iterator_tag, T, T> {
    public:
        constexpr iterator() noexcept = default;

        [[nodiscard]] constexpr T operator*() const noexcept { return value_; }
        constexpr void step() noexcept {
            value_ = moved(value_, step_, 1);
            --left_;
        }
        constexpr void back() noexcept { jump(-1); }
        constexpr void jump(std::ptrdiff_t n) noexcept {
            value_ = moved(value_, step_, static_cast<count_type>(n));
            left_ -= static_cast<count_type>(n);
        }
        [[nodiscard]] constexpr std::ptrdiff_t until(iterator const& other) const noexcept {
            return static_cast<std::ptrdiff_t>(static_cast<unsigned long long>(left_) - static_cast<unsigned long long>(other.left_));
        }
        [[nodiscard]] constexpr bool same(iterator const& other) const noexcept { return left_ == other.left_; }

    private:
        friend range;
        constexpr iterator(T value, step_type by, count_type left) noexcept : value_(value), step_(by), left_(left) {}

        // A wide step: clang 19 returns two narrow members in one register, and then takes 12 instructions an element instead of 7.
        T value_{};
        long long step_{};
        count_type left_{};  // elements from here to the end: a value past the end may be past the last int
    };

    template <detail::Int Stop>
    constexpr explicit range(Stop last) : range(T{0}, detail::int_as<T>(last), step_type{1}, checked()) {}
    // The one error that the deduction guide reports is enough.
    template <class Stop>
        requires(!detail::Int<Stop> && !detail::is_range_object<Stop>)
    explicit range(Stop const& last) = delete;
    template <detail::Int Start, detail::Int Stop>
    constexpr range(Start first, Stop last) : range(detail::int_as<T>(first), detail::int_as<T>(last), step_type{1}, checked()) {}
    template <detail::Int Start, detail::Int Stop, detail::Int Step>
    constexpr range(Start first, Stop last, Step by)
        : range(detail::int_as<T>(first), detail::int_as<T>(last), detail::int_as<step_type>(not_zero(by)), checked()) {}

    [[nodiscard]] constexpr T start() const noexcept { return start_; }
    [[nodiscard]] constexpr T stop() const noexcept { return stop_; }
    [[nodiscard]] constexpr step_type step() const noexcept { return step_; }

    [[nodiscard]] constexpr iterator begin() const noexcept { return iterator(start_, step_, count_); }
    [[nodiscard]] constexpr iterator end() const noexcept { return iterator(at(count_), step_, 0); }
    [[nodiscard]] constexpr std::size_t size() const noexcept { return count_; }
    [[nodiscard]] constexpr bool empty() const noexcept { return count_ == 0; }

    /// Python: len(r).
    ///
    /// Raises    OverflowError if there are more than 2**63 - 1.
    [[nodiscard]] constexpr std::ptrdiff_t len() const {
        if constexpr (sizeof(T) >= sizeof(std::ptrdiff_t)) {
            if (count_ > static_cast<count_type>(detail::int_max<std::ptrdiff_t>)) detail::throw_<OverflowError>("Python int too large to convert to C ssize_t");
        }
        return static_cast<std::ptrdiff_t>(count_);
    }

    /// The element at `index`; a negative one counts from the end.
    ///
    /// Raises    IndexError: range object index out of range.
    template <detail::Int I>
    [[nodiscard]] constexpr T operator[](I index) const {
        unsigned long long const magnitude = detail::magnitude_of(index);
        unsigned long long const count = count_;
        if (index < I{0} ? magnitude > count : magnitude >= count) detail::throw_<IndexError>("range object index out of range");
        return at(static_cast<count_type>(index < I{0} ? count - magnitude : magnitude));
    }
    /// The range of the elements that a slice chooses.
    ///
    /// Raises    ValueError: slice step cannot be zero.
    [[nodiscard]] constexpr range operator[](detail::slice_bounds const& bounds) const {
        bounds.check();
        detail::slice_indices const chosen = bounds.within(len());
        step_type const by = detail::int_from<step_type>((chosen.step < 0) != (step_ < 0), times(detail::magnitude_of(chosen.step), detail::magnitude_of(step_)));
        range part(at(static_cast<count_type>(chosen.start)), at(static_cast<count_type>(chosen.stop)), by, unchecked());
        std::ptrdiff_t const distance = chosen.step < 0 ? chosen.start - chosen.stop : chosen.stop - chosen.start;
        auto const every = detail::magnitude_of(chosen.step);
        part.count_ = distance <= 0 ? 0 : static_cast<count_type>((static_cast<unsigned long long>(distance) - 1) / every + 1);
        return part;
    }
    /// The same elements backwards: r[::-1].
    [[nodiscard]] constexpr range reversed() const { return (*this)[detail::slice_bounds(none_t(), none_t(), -1)]; }

    /// Python: value in r. In O(1).
    template <detail::Real V>
    [[nodiscard]] constexpr bool contains(V value) const noexcept {
        return find(value) != count_;
    }
    /// The position of a value.
    ///
    /// Raises    ValueError: 3 is not in range.
    template <detail::Real V>
    [[nodiscard]] constexpr std::ptrdiff_t index(V value) const {
        count_type const found = find(value);
        if (found == count_) raise_not_in_range(value);
        return static_cast<std::ptrdiff_t>(found);
    }
    /// How often a value is in it: 0 or 1.
    template <detail::Real V>
    [[nodiscard]] constexpr std::ptrdiff_t count(V value) const noexcept {
        return find(value) != count_ ? 1 : 0;
    }

    /// Ranges are equal if their elements are.
    template <class U>
    [[nodiscard]] friend constexpr bool operator==(range const& a, range<U> const& b) noexcept {
        if (a.size() != b.size()) return false;
        if (a.empty()) return true;
        return detail::value_equal(a.start(), b.start()) && (a.size() == 1 || detail::value_equal(a.step(), b.step()));
    }
    [[nodiscard]] constexpr std::ptrdiff_t hash() const {
        if (count_ == 0) return detail::hash_value(std::tuple<count_type, none_t, none_t>(count_, none_t(), none_t()));
        if (count_ == 1) return detail::hash_value(std::tuple<count_type, T, none_t>(count_, start_, none_t()));
        return detail::hash_value(std::tuple<count_type, T, step_type>(count_, start_, step_));
    }
    friend void repr_to(detail::text& out, range const& value) {
        out.append("range(", 6);
        repr_to(out, value.start_);
        out.append(", ", 2);
        repr_to(out, value.exact_stop());
        if (value.step_ != 1) {
            out.append(", ", 2);
            repr_to(out, value.step_);
        }
        out.push_back(')');
    }
    friend void str_to(detail::text& out, range const& value) { repr_to(out, value); }

private:
    struct checked {};
    struct unchecked {};

    constexpr range(T first, T last, step_type by, unchecked) noexcept : start_(first), stop_(last), step_(by) {}
    constexpr range(T first, T last, step_type by, checked) noexcept : range(first, last, by, unchecked()) {
        if (by > 0 ? first < last : first > last) {
            auto const distance = by > 0 ? difference(last, first) : difference(first, last);
            count_ = static_cast<count_type>((distance - 1) / static_cast<count_type>(detail::magnitude_of(by)) + 1);
        }
    }

    template <class Step>
    static constexpr Step not_zero(Step by) {
        if (by == Step{0}) detail::throw_<ValueError>("range() arg 3 must not be zero");
        return by;
    }
    // Modulo 2**bits, as what stands past the last element may be past the last int.
    static constexpr T moved(T from, long long by, count_type times_by) noexcept {
        return static_cast<T>(static_cast<count_type>(static_cast<count_type>(from) + static_cast<count_type>(static_cast<count_type>(by) * times_by)));
    }
    static constexpr count_type difference(T a, T b) noexcept { return static_cast<count_type>(static_cast<count_type>(a) - static_cast<count_type>(b)); }
    [[nodiscard]] constexpr T at(count_type index) const noexcept { return moved(start_, step_, index); }

    static constexpr unsigned long long times(unsigned long long a, unsigned long long b) {
        if (b != 0 && a > static_cast<unsigned long long>(-1) / b) detail::throw_int_overflow<step_type>();
        return a * b;
    }

    /// The position of `value`; count_ if it is not in the range.
    template <class V>
    [[nodiscard]] constexpr count_type find(V value) const noexcept {
        if constexpr (detail::Float<V>) {
            constexpr V beyond = static_cast<V>(detail::int_max<T> / 2 + 1) * 2;  // the power of two after the last int
            if (!(value >= static_cast<V>(detail::int_min<T>) && value < beyond)) return count_;
            auto const whole = static_cast<T>(value);
            return static_cast<V>(whole) == value ? find(whole) : count_;
        } else {
            if (detail::value_less(value, detail::int_min<T>) || detail::value_less(detail::int_max<T>, value)) return count_;
            T const element = static_cast<T>(value);
            if (step_ > 0 ? element < start_ : element > start_) return count_;
            count_type const distance = step_ > 0 ? difference(element, start_) : difference(start_, element);
            auto const by = static_cast<count_type>(detail::magnitude_of(step_));
            if (distance % by != 0 || distance / by >= count_) return count_;
            return static_cast<count_type>(distance / by);
        }
    }
    template <class V>
    [[noreturn]] AMPHIS_COLD static void raise_not_in_range(V value) {
        detail::text message;
        repr_to(message, value);
        message.append(" is not in range");
        detail::throw_<ValueError>(message.view());
    }
    /// stop, where the reversed range of one that starts at the first int has one that is no T.
    [[nodiscard]] constexpr auto exact_stop() const noexcept {
        if constexpr (sizeof(detail::int128) > sizeof(T)) {
            auto exact = static_cast<detail::int128>(stop_);
            auto const modulus = static_cast<detail::int128>(static_cast<count_type>(-1)) + 1;
            if (count_ != 0 && step_ > 0 && stop_ <= start_) exact += modulus;
            if (count_ != 0 && step_ < 0 && stop_ >= start_) exact -= modulus;
            return exact;
        } else {
            return stop_;
        }
    }

    T start_;
    T stop_;
    step_type step_;
    count_type count_ = 0;
};

template <class Stop>
    requires(!detail::is_range_object<Stop>)
range(Stop) -> range<decltype(detail::range_element<Stop>())>;
template <class Start, class Stop>
range(Start, Stop) -> range<decltype(detail::range_element<Start, Stop>())>;
template <class Start, class Stop, class Step>
range(Start, Stop, Step) -> range<decltype(detail::range_element<Start, Stop, Step>())>;

}  // namespace amphis::inline v0

template <class T>
inline constexpr bool std::ranges::enable_borrowed_range<amphis::range<T>> = true;

#endif  // AMPHIS_BUILTINS_RANGE_HPP
