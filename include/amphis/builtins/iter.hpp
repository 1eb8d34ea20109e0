// SPDX-License-Identifier: MIT
// builtins/iter: iter() and next(), the iteration protocol.  Python: docs.python.org/3/library/functions.html#iter
//
//     auto it = iter(v);
//     print(next(it), next(it, None));
//     for (auto& line : iter(read_line, "")) print(line);        // until read_line() returns ""
#ifndef AMPHIS_BUILTINS_ITER_HPP
#define AMPHIS_BUILTINS_ITER_HPP

#include <amphis/config.hpp>
#include <amphis/detail/invoke.hpp>
#include <amphis/detail/iteration.hpp>
#include <amphis/detail/repr.hpp>
#include <amphis/lang/exceptions/hierarchy.hpp>

#include <cstddef>
#include <optional>
#include <type_traits>
#include <utility>

namespace amphis::inline v0 {
namespace detail {

/// The base of an object that is a Python iterator and a range. Self has pull(), to the next element, false from the end on; get(), the
/// element, whose type is Reference; and take(), the element as next() returns it, whose type is Item.
template <class Self, class Value, class Reference, class Item>
class iterator_object : public view_base<iterator_object<Self, Value, Reference, Item>> {
public:
    using iterators_refer_to_me = void;

    class iterator : public iterator_base<iterator, std::input_iterator_tag, Value, Reference> {
    public:
        constexpr explicit iterator(Self& from) : from_(from.pull() ? __builtin_addressof(from) : nullptr) {}
        constexpr iterator(iterator&&) noexcept = default;
        constexpr iterator& operator=(iterator&&) noexcept = default;
        constexpr ~iterator() = default;

        [[nodiscard]] constexpr Reference operator*() const { return from_->get(); }
        constexpr void step() {
            if (!from_->pull()) from_ = nullptr;
        }
        [[nodiscard]] friend constexpr bool operator==(iterator const& it, std::default_sentinel_t) noexcept { return it.from_ == nullptr; }

    private:
        Self* from_;
    };

    /// The next element.
    ///
    /// Raises    StopIteration at the end, and from then on.
    constexpr Item next() {
        if (!self().pull()) throw StopIteration();
        return self().take();
    }
    /// The next element, or `fallback` at the end.
    template <class Fallback>
    [[nodiscard]] constexpr Value next(Fallback&& fallback) {
        if (!self().pull()) return static_cast<Value>(static_cast<Fallback&&>(fallback));
        return Value(self().take());
    }
    [[nodiscard]] constexpr iterator begin() { return iterator(self()); }
    [[nodiscard]] static constexpr std::default_sentinel_t end() noexcept { return {}; }

private:
    constexpr Self& self() noexcept { return static_cast<Self&>(*this); }
};

template <class S>
using element_item = std::conditional_t<std::ranges::forward_range<S> && std::is_lvalue_reference_v<std::ranges::range_reference_t<S>>,
                                        std::ranges::range_reference_t<S>, std::ranges::range_value_t<S>>;

/// Python's iterator over a range.
template <class S>
class range_iterator
    : public iterator_object<range_iterator<S>, std::ranges::range_value_t<S>, std::ranges::range_reference_t<S>, element_item<S>> {
public:
    constexpr explicit range_iterator(S source) : source_(static_cast<S&&>(source)) {}

    constexpr bool pull() { return at_.pull(source_); }
    [[nodiscard]] constexpr std::ranges::range_reference_t<S> get() const { return *at_; }
    [[nodiscard]] constexpr element_item<S> take() const {
        if constexpr (std::is_reference_v<element_item<S>>) {
            return *at_;
        } else {
            return element_item<S>(taken<S>(*at_));
        }
    }

private:
    S source_;
    cursor<S> at_{};
};

/// What a function returns, until it returns the sentinel.
template <class Fn, class Sentinel>
class call_iterator : public iterator_object<call_iterator<Fn, Sentinel>, std::decay_t<std::invoke_result_t<Fn&>>,
                                             std::decay_t<std::invoke_result_t<Fn&>>&, std::decay_t<std::invoke_result_t<Fn&>>> {
    using value = std::decay_t<std::invoke_result_t<Fn&>>;

public:
    constexpr call_iterator(Fn fn, Sentinel sentinel) : fn_(static_cast<Fn&&>(fn)), sentinel_(static_cast<Sentinel&&>(sentinel)) {}

    constexpr bool pull() {
        if (ended_) return false;
        try {
            item_.fill([this]() -> value { return call(fn_.get()); });
        } catch (StopIteration const&) {
            ended_ = true;
            return false;
        }
        ended_ = static_cast<bool>(*item_ == sentinel_.get());
        return !ended_;
    }
    [[nodiscard]] constexpr value& get() noexcept { return *item_; }
    [[nodiscard]] constexpr value take() noexcept(std::is_nothrow_move_constructible_v<value>) { return static_cast<value&&>(*item_); }

private:
    AMPHIS_NO_UNIQUE_ADDRESS box<Fn> fn_;
    box<Sentinel> sentinel_;
    maybe<value> item_{};
    bool ended_ = false;
};

struct iter_fn {
    template <class R>
    [[nodiscard]] constexpr auto operator()(R&& source) const {
        if constexpr (assert_iterable<R>()) {
            if constexpr (!std::is_lvalue_reference_v<R> && RangeIterator<R>) {
                return static_cast<R&&>(source);  // it is its own iterator
            } else {
                return range_iterator<source_of<R>>(hold(static_cast<R&&>(source)));
            }
        }
    }
    template <class Fn, class Sentinel>
    [[nodiscard]] constexpr auto operator()(Fn&& fn, Sentinel&& sentinel) const {
        constexpr bool callable = std::is_invocable_v<std::decay_t<Fn>&>;
        static_assert(callable, "amphis: iter(v, w): v must be callable without arguments");
        if constexpr (callable) {
            constexpr bool comparable = requires(std::decay_t<std::invoke_result_t<std::decay_t<Fn>&>>& value, std::decay_t<Sentinel> const& last) {
                static_cast<bool>(value == last);
            };
            static_assert(comparable, "amphis: iter(v, w): what v returns must be comparable with w by ==");
            if constexpr (comparable) {
                return call_iterator<std::decay_t<Fn>, std::decay_t<Sentinel>>(static_cast<Fn&&>(fn), static_cast<Sentinel&&>(sentinel));
            }
        }
    }
};

template <class T>
concept HasNext = requires(T& it) { it.next(); };

struct next_fn {
    template <class It>
    constexpr decltype(auto) operator()(It&& it) const {
        static_assert(HasNext<It>, "amphis: this object is not an iterator: make one of a range with iter(), and call next() on that");
        if constexpr (HasNext<It>) return it.next();
    }
    template <class It, class Fallback>
    [[nodiscard]] constexpr auto operator()(It&& it, Fallback&& fallback) const {
        static_assert(HasNext<It>, "amphis: this object is not an iterator: make one of a range with iter(), and call next() on that");
        if constexpr (HasNext<It>) {
            using Value = std::remove_cvref_t<decltype(it.next())>;
            constexpr bool none = std::is_same_v<std::remove_cvref_t<Fallback>, none_t> && !std::is_constructible_v<Value, none_t>;
            using Result = typename std::conditional_t<none, std::type_identity<std::optional<Value>>, std::type_identity<Value>>::type;
            constexpr bool fits = none || std::is_constructible_v<Value, Fallback>;
            static_assert(fits, "amphis: next(): the default cannot stand for an element: use one of its type, or None for a std::optional");
            if constexpr (fits) {
                auto const otherwise = [&]() -> Result {
                    if constexpr (none) {
                        return Result();
                    } else {
                        return static_cast<Result>(static_cast<Fallback&&>(fallback));
                    }
                };
                if constexpr (RangeIterator<std::remove_reference_t<It>>) {
                    auto at = std::ranges::begin(it);
                    if (at == std::ranges::end(it)) return otherwise();
                    return Result(taken<std::remove_cvref_t<It>>(*at));
                } else {
                    try {
                        return Result(it.next());
                    } catch (StopIteration const&) {
                        return otherwise();
                    }
                }
            }
        }
    }
};

}  // namespace detail

/// A Python iterator: an object whose next() gives the next element, and that a for loop goes on with from there.
///
///     auto it = iter(v);
///     next(it);                                     // v[0]
///     for (int x : it) print(x);                    // from v[1] on
///     iter(read_block, "")                          // what read_block() returns, until it returns ""
///
/// source    any range, an lvalue is referred to, an rvalue moved in; or an object with next(), or iter(). Or, with a sentinel, a function.
/// Returns   a single-pass view with next(). Nothing is read before it is asked for. An rvalue that is an iterator already, as a generator, is
///           returned as it is.
/// Cost      a step costs a test more than the range's own iterator; one allocation for an rvalue whose iterators point into it.
/// Source    Python/bltinmodule.c, builtin_iter (CPython 3.11).
inline constexpr detail::iter_fn iter{};

/// The next element of an iterator.
///
///     next(it);                    // raises StopIteration at the end
///     next(it, 0);                 // 0 at the end
///     next(it, None);              // a std::optional, empty at the end
///
/// it        a generator, what iter() returns, or any object with next().
/// fallback  what to return at the end: it must convert to the element's type, or be None.
/// Returns   the element; a reference where it lives on, as in a container.
/// Raises    StopIteration at the end, without a fallback.
/// Source    Python/bltinmodule.c, builtin_next (CPython 3.11).
inline constexpr detail::next_fn next{};

}  // namespace amphis::inline v0

template <class Fn, class Sentinel>
inline constexpr bool amphis::detail::gives_away<amphis::detail::call_iterator<Fn, Sentinel>> = true;

#endif  // AMPHIS_BUILTINS_ITER_HPP
