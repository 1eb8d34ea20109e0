// SPDX-License-Identifier: MIT
// itertools/recipes/unique: unique_everseen, unique_justseen.  Python: docs.python.org/3/library/itertools.html#itertools-recipes
#ifndef AMPHIS_ITERTOOLS_RECIPES_UNIQUE_HPP
#define AMPHIS_ITERTOOLS_RECIPES_UNIQUE_HPP

#include <amphis/detail/dynamic_tuple.hpp>
#include <amphis/detail/hash.hpp>
#include <amphis/itertools/grouping.hpp>

#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <utility>

namespace amphis::inline v0 {
namespace detail::itertools {

/// The keys seen so far: open addressing, the places in order of arrival.
template <class Key>
class seen_keys {
    static constexpr bool refers = std::is_reference_v<Key>;
    using key_type = std::remove_cvref_t<Key>;
    using cell = std::conditional_t<refers, key_type const*, key_type>;

public:
    /// True where `key` is new; then it is kept.
    template <class K>
    constexpr bool add(K&& key) {
        if (2 * (keys_.size() + 1) > places_.size()) grow();
        std::size_t const mask = places_.size() - 1;
        std::size_t at = hash32(static_cast<key_type const&>(key)) & mask;
        while (places_[at] != 0) {
            if (shown(keys_[places_[at] - 1]) == key) return false;
            at = (at + 1) & mask;
        }
        if constexpr (refers) {
            keys_.emplace_back(__builtin_addressof(key));
        } else {
            keys_.emplace_back(static_cast<K&&>(key));
        }
        places_[at] = static_cast<std::uint32_t>(keys_.size());
        return true;
    }

private:
    static constexpr key_type const& shown(cell const& kept) noexcept {
        if constexpr (refers) {
            return *kept;
        } else {
            return kept;
        }
    }
    constexpr void grow() {
        std::size_t const size = places_.size() == 0 ? 16 : 2 * places_.size();
        growing_array<std::uint32_t> places;
        places.reserve(size);
        for (std::size_t i = 0; i != size; ++i) places.emplace_back(0U);
        for (std::size_t i = 0; i != keys_.size(); ++i) {
            std::size_t at = hash32(shown(keys_[i])) & (size - 1);
            while (places[at] != 0) at = (at + 1) & (size - 1);
            places[at] = static_cast<std::uint32_t>(i + 1);
        }
        places_ = static_cast<growing_array<std::uint32_t>&&>(places);
    }

    growing_array<cell> keys_;
    growing_array<std::uint32_t> places_;  // a key's number from 1 on, or 0
};

template <class F, class S>
class unique_everseen_machine {
    using element = held_element<reference_of<S>>;
    using key_result = std::invoke_result_t<F&, typename element::reference>;
    static constexpr bool refers = std::ranges::forward_range<S> && std::is_lvalue_reference_v<reference_of<S>> && std::is_lvalue_reference_v<key_result> &&
                                   std::is_same_v<kept_value<key_result>, std::remove_cvref_t<key_result>>;

public:
    using value_type = value_of<S>;
    using reference = typename element::reference;
    static constexpr bool gives_away = !refers && (detail::gives_away<S> || !std::is_lvalue_reference_v<reference_of<S>>);

    template <class G>
    constexpr unique_everseen_machine(G&& key, S&& source) : source_(static_cast<S&&>(source)), key_(static_cast<G&&>(key)) {}

    constexpr bool pull() {
        while (cursor_.pull(source_)) {
            element_.fill([this]() -> decltype(auto) { return *cursor_; });
            if (seen_.add(call(key_.get(), element_.get()))) return true;
        }
        return false;
    }
    [[nodiscard]] constexpr reference get() { return element_.get(); }

private:
    S source_;
    AMPHIS_NO_UNIQUE_ADDRESS box<F> key_;
    cursor<S> cursor_;
    element element_;
    seen_keys<std::conditional_t<refers, key_result, kept_value<key_result>>> seen_;
};

template <class F, class S>
class unique_justseen_machine {
    using state = groupby_state<F, S>;

public:
    using value_type = value_of<S>;
    using reference = typename state::item;

    template <class G>
    constexpr unique_justseen_machine(G&& key, S&& source) : state_(static_cast<G&&>(key), static_cast<S&&>(source)) {}

    constexpr bool pull() { return state_.next_group() && state_.next_element(state_.group()); }
    [[nodiscard]] constexpr reference get() { return state_.get(); }

private:
    state state_;
};

template <template <class, class> class Machine>
struct unique_fn {
    template <class R>
    [[nodiscard]] constexpr auto operator()(R&& iterable) const {
        return make(static_cast<R&&>(iterable), none_t());
    }
    template <class R, class F>
        requires(!Kwarg<F>)
    [[nodiscard]] constexpr auto operator()(R&& iterable, F&& key) const {
        return make(static_cast<R&&>(iterable), static_cast<F&&>(key));
    }
    template <class R, class F>
    [[nodiscard]] constexpr auto operator()(R&& iterable, kwarg<"key", F> key) const {
        return make(static_cast<R&&>(iterable), static_cast<F&&>(key.value));
    }

private:
    template <class R, class F>
    static constexpr auto make(R&& iterable, F&& key) {
        if constexpr (assert_iterable<R>()) {
            using S = source_of<R>;
            using K = key_of<F>;
            if constexpr (assert_key<K, S>()) {
                return single_pass<Machine<K, S>>(std::in_place, make_key<F>(key), hold(static_cast<R&&>(iterable)));
            }
        }
    }
};

}  // namespace detail::itertools

namespace itertools {

/// The elements whose key was not seen before.
///
///     itertools::unique_everseen("AAAABBBCCDAABBB"s);                       // A B C D
///     itertools::unique_everseen("ABBcCAD"s, [](char c) { return lower(c); });   // A B c D
///
/// key       called once for each element; the element itself without it, or for None. Must be hashable. Also "key"_k.
/// Returns   a single-pass view.
/// Cost      one hash an element; memory for the keys, or for pointers to them where they lie in elements that stay.
inline constexpr detail::itertools::unique_fn<detail::itertools::unique_everseen_machine> unique_everseen{};

/// The elements whose key differs from the one before.
///
///     itertools::unique_justseen("AAAABBBCCDAABBB"s);                       // A B C D A B
///
/// key       called once for each element; the element itself without it, or for None. Also "key"_k.
/// Returns   a single-pass view.
inline constexpr detail::itertools::unique_fn<detail::itertools::unique_justseen_machine> unique_justseen{};

}  // namespace itertools
}  // namespace amphis::inline v0

#endif  // AMPHIS_ITERTOOLS_RECIPES_UNIQUE_HPP
