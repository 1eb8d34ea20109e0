// SPDX-License-Identifier: MIT
// itertools/single_pass: an adaptor over sources that can be iterated once, written as Python writes its iterators.
#ifndef AMPHIS_ITERTOOLS_SINGLE_PASS_HPP
#define AMPHIS_ITERTOOLS_SINGLE_PASS_HPP

#include <amphis/detail/invoke.hpp>
#include <amphis/detail/iteration.hpp>
#include <amphis/detail/keyword.hpp>
#include <amphis/lang/exceptions/hierarchy.hpp>

#include <cstddef>
#include <span>
#include <type_traits>
#include <utility>

namespace amphis::inline v0::detail::itertools {

template <class S>
using iterator_of = std::ranges::iterator_t<S>;
template <class S>
using sentinel_of = std::ranges::sentinel_t<S>;
template <class S>
using reference_of = std::ranges::range_reference_t<S>;
template <class S>
using value_of = std::ranges::range_value_t<S>;

/// The element as a value of its own: moved where nobody else sees it.
template <class S>
[[nodiscard]] constexpr value_of<S> take_value(reference_of<S>&& element) {
    return value_of<S>(taken<S>(static_cast<reference_of<S>&&>(element)));
}

/// Passed around by value: there is nothing to save by referring to it.
template <class T>
inline constexpr bool passed_by_value = std::is_trivially_copyable_v<T> && sizeof(T) <= 16;

/// A view over a machine that works as Python's __next__ does:
///     using value_type, reference;
///     bool pull();          // to the next element; false at the end, and from then on
///     reference get();      // the element; called once for each
///     gives_away            // the consumer may move from the element; absent for no
/// It is an iterator as Python's: next() gives the next element, and iterating it again goes on where it was left.
template <class Machine>
class single_pass : public view_base<single_pass<Machine>> {
public:
    using iterators_refer_to_me = void;

    class iterator : public iterator_base<iterator, std::input_iterator_tag, typename Machine::value_type, typename Machine::reference> {
    public:
        constexpr explicit iterator(Machine& machine) : at_(__builtin_addressof(machine)) { step(); }
        constexpr iterator(iterator&&) noexcept = default;
        constexpr iterator& operator=(iterator&&) noexcept = default;
        constexpr ~iterator() = default;

        [[nodiscard]] constexpr typename Machine::reference operator*() const { return at_->get(); }
        constexpr void step() { more_ = at_->pull(); }
        [[nodiscard]] friend constexpr bool operator==(iterator const& it, std::default_sentinel_t) noexcept { return !it.more_; }

    private:
        Machine* at_;  // never null: clang 19 takes a machine apart into registers only where one pointer leads to it
        bool more_ = false;
    };

    template <class... A>
    constexpr explicit single_pass(std::in_place_t, A&&... arguments) : machine_(static_cast<A&&>(arguments)...) {}

    /// A copy that has read nothing, where the machine has such.
    [[nodiscard]] constexpr single_pass begun_again() const
        requires std::is_constructible_v<Machine, at_its_beginning, Machine const&>
    {
        return single_pass(std::in_place, at_its_beginning(), machine_);
    }

    [[nodiscard]] constexpr iterator begin() { return iterator(machine_); }
    [[nodiscard]] static constexpr std::default_sentinel_t end() noexcept { return {}; }

    /// The next element.
    ///
    /// Raises    StopIteration at the end, and from then on.
    constexpr typename Machine::value_type next() {
        if (!machine_.pull()) throw StopIteration();
        return element();
    }
    /// The next element, or `fallback` at the end.
    template <class Fallback>
    [[nodiscard]] constexpr typename Machine::value_type next(Fallback&& fallback) {
        if (!machine_.pull()) return static_cast<typename Machine::value_type>(static_cast<Fallback&&>(fallback));
        return element();
    }

private:
    constexpr typename Machine::value_type element() {
        return typename Machine::value_type(taken<single_pass>(static_cast<typename Machine::reference>(machine_.get())));
    }

    Machine machine_;
};

template <class Machine>
consteval bool machine_gives_away() noexcept {
    if constexpr (requires { Machine::gives_away; }) {
        return Machine::gives_away;
    } else {
        return false;
    }
}

// ---- arguments ---------------------------------------------------------------------------------------------------------

template <class T>
inline constexpr bool is_none = std::is_same_v<std::remove_cvref_t<T>, none_t>;

template <class T>
concept IntegerArgument = std::is_integral_v<std::remove_cvref_t<T>> && !std::is_same_v<std::remove_cvref_t<T>, bool>;

/// std::integral_constant, or what looks like one: a number that the type knows.
template <class T>
concept ConstantArgument = requires {
    { std::bool_constant<(std::remove_cvref_t<T>::value, true)>{} };
    requires std::is_integral_v<std::remove_cv_t<decltype(std::remove_cvref_t<T>::value)>>;
};

/// A count as CPython's Py_ssize_t; one that does not fit is as good as the greatest.
template <class T>
[[nodiscard]] constexpr std::ptrdiff_t as_count(T const& value) noexcept {
    if constexpr (ConstantArgument<T>) {
        return static_cast<std::ptrdiff_t>(T::value);
    } else if constexpr (std::is_unsigned_v<T>) {
        constexpr auto most = static_cast<std::size_t>(-1) / 2;
        return static_cast<std::ptrdiff_t>(value > most ? static_cast<T>(most) : value);
    } else {
        return static_cast<std::ptrdiff_t>(value);
    }
}

}  // namespace amphis::inline v0::detail::itertools

template <class Machine>
inline constexpr bool amphis::detail::gives_away<amphis::detail::itertools::single_pass<Machine>> =
    amphis::detail::itertools::machine_gives_away<Machine>();
template <class Machine>
inline constexpr bool amphis::detail::gives_away<amphis::detail::referenced<amphis::detail::itertools::single_pass<Machine>>> =
    amphis::detail::itertools::machine_gives_away<Machine>();

#endif  // AMPHIS_ITERTOOLS_SINGLE_PASS_HPP
