// SPDX-License-Identifier: MIT
// functools/reduce: fold an iterable from the left.  Python: docs.python.org/3/library/functools.html#functools.reduce
#ifndef AMPHIS_FUNCTOOLS_REDUCE_HPP
#define AMPHIS_FUNCTOOLS_REDUCE_HPP

#include <amphis/detail/invoke.hpp>
#include <amphis/lang/exceptions.hpp>

#include <cstddef>
#include <initializer_list>
#include <type_traits>
#include <utility>

namespace amphis::inline v0 {
namespace detail {

// What a range-based for loop calls; std::ranges would have to be included.
namespace iterate {
void begin() = delete;
void end() = delete;

template <class R>
constexpr auto first(R& range) {
    if constexpr (std::is_array_v<R>) {
        return static_cast<std::remove_extent_t<R>*>(range);
    } else if constexpr (requires { range.begin(); }) {
        return range.begin();
    } else {
        return begin(range);
    }
}
template <class R>
constexpr auto last(R& range) {
    if constexpr (std::is_array_v<R>) {
        return range + std::extent_v<R>;
    } else if constexpr (requires { range.end(); }) {
        return range.end();
    } else {
        return end(range);
    }
}
template <class R>
concept Iterable = std::is_bounded_array_v<R> || requires(R& range) {
    range.begin();
    range.end();
} || requires(R& range) {
    begin(range);
    end(range);
};
}  // namespace iterate

struct reduce_t {
    template <class Fn, class Range, class Initial>
    [[nodiscard]] constexpr auto operator()(Fn&& fn, Range&& range, Initial&& initial) const {
        return from(fn, range, static_cast<Initial&&>(initial));
    }
    template <class Fn, class Range>
    [[nodiscard]] constexpr auto operator()(Fn&& fn, Range&& range) const {
        return from_first(fn, range);
    }
    /// reduce(fn, {1, 2, 3})
    template <class Fn, class T, class Initial>
    [[nodiscard]] constexpr auto operator()(Fn&& fn, std::initializer_list<T> list, Initial&& initial) const {
        return from(fn, list, static_cast<Initial&&>(initial));
    }
    template <class Fn, class T>
    [[nodiscard]] constexpr auto operator()(Fn&& fn, std::initializer_list<T> list) const {
        return from_first(fn, list);
    }

private:
    /// The accumulator has the type fn returns: summing doubles from an int 0 sums doubles, as it does in Python.
    template <class Fn, class Range, class Initial>
    static constexpr auto from(Fn& fn, Range& range, Initial&& initial) {
        if constexpr (check<Range>()) {
            auto it = iterate::first(range);
            return fold(fn, it, iterate::last(range), static_cast<Initial&&>(initial));
        }
    }
    template <class Fn, class Range>
    static constexpr auto from_first(Fn& fn, Range& range) {
        if constexpr (check<Range>()) {
            auto it = iterate::first(range);
            auto const last = iterate::last(range);
            if (!(it != last)) throw_<TypeError>("reduce() of empty iterable with no initial value");
            std::decay_t<decltype(*it)> initial(*it);
            ++it;
            return fold(fn, it, last, static_cast<decltype(initial)&&>(initial));
        }
    }

    template <class Range>
    static consteval bool check() noexcept {
        constexpr bool iterable = iterate::Iterable<std::remove_reference_t<Range>>;
        static_assert(iterable, "amphis: reduce() arg 2 must support iteration");
        return iterable;
    }

    /// Acc&& where fn takes one, so that nothing is copied; else Acc&.
    template <class Fn, class Acc, class Element>
    using given = std::conditional_t<std::is_invocable_v<Fn&, Acc, Element>, Acc&&, Acc&>;

    template <class Fn, class Iterator, class Sentinel, class Initial>
    static constexpr auto fold(Fn& fn, Iterator& it, Sentinel const& last, Initial&& initial) {
        using First = given<Fn, std::decay_t<Initial>, decltype(*it)>;
        constexpr bool callable = std::is_invocable_v<Fn&, First, decltype(*it)>;
        static_assert(callable, "amphis: reduce() arg 1 must be callable with the accumulated value and an element");
        if constexpr (callable) {
            using Result = std::decay_t<std::invoke_result_t<Fn&, First, decltype(*it)>>;
            using Next = given<Fn, Result, decltype(*it)>;
            constexpr bool repeats =
                std::is_constructible_v<Result, Initial> && std::is_invocable_v<Fn&, Next, decltype(*it)>;
            static_assert(repeats, "amphis: what fn returns must be a value that reduce() can give it again");
            if constexpr (repeats) {
                auto result = static_cast<Result>(static_cast<Initial&&>(initial));
                for (; it != last; ++it) {
                    if constexpr (std::is_same_v<std::invoke_result_t<Fn&, Next, decltype(*it)>, Result&>) {
                        Result& next = call(fn, static_cast<Next>(result), *it);
                        if (&next != &result) result = next;  // [](auto& sum, auto x) -> auto& { return sum += x; }
                    } else {
                        result = call(fn, static_cast<Next>(result), *it);
                    }
                }
                return result;
            }
        }
    }
};

}  // namespace detail

namespace functools {

/// Fold an iterable from the left: fn(fn(fn(initial, a), b), c).
///
///     functools::reduce([](int a, int b) { return a * b; }, std::vector{1, 2, 3, 4});   // 24
///     functools::reduce(std::plus<>{}, std::vector<std::string>{"a", "b"}, "");          // "ab"
///
/// fn        takes the accumulated value and an element; the accumulated value is given as an rvalue, so it may be moved from.
/// range     whatever a range-based for loop takes, single-pass too, and {1, 2, 3}; each element is read once.
/// initial   what to start from; without it, the first element.
/// Returns   the last accumulated value, by value; its type is what fn returns.
/// Raises    TypeError: reduce() of empty iterable with no initial value; and whatever fn raises.
/// Cost      that of the loop.
/// Differs   the accumulator has one type, where Python's may change on the way.
/// Source    Lib/functools.py, reduce (CPython 3.11).
inline constexpr detail::reduce_t reduce{};

}  // namespace functools
}  // namespace amphis::inline v0

#endif  // AMPHIS_FUNCTOOLS_REDUCE_HPP
