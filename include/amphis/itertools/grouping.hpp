// SPDX-License-Identifier: MIT
// itertools/grouping: groupby.  Python: docs.python.org/3/library/itertools.html#itertools.groupby
#ifndef AMPHIS_ITERTOOLS_GROUPING_HPP
#define AMPHIS_ITERTOOLS_GROUPING_HPP

#include <amphis/itertools/single_pass.hpp>

#include <cstddef>
#include <span>
#include <tuple>
#include <type_traits>
#include <utility>

namespace amphis::inline v0 {
namespace detail::itertools {

/// The key None: the element itself.
struct itself {
    template <class T>
    [[nodiscard]] constexpr T&& operator()(T&& element) const noexcept {
        return static_cast<T&&>(element);
    }
};
template <class F>
using key_of = std::conditional_t<is_none<F>, itself, std::decay_t<F>>;

template <class F>
constexpr key_of<F> make_key(std::remove_reference_t<F>& key) {
    if constexpr (is_none<F>) {
        return itself();
    } else {
        return static_cast<F&&>(key);
    }
}

/// Goes through a source, which says when it begins: with a cursor where elements come and go, by its iterators where they stay.
template <class S>
class reader {
public:
    constexpr bool pull(S& source, bool) {
        if (!cursor_.pull(source)) return false;
        element_.fill([this]() -> decltype(auto) { return *cursor_; });
        return true;
    }
    [[nodiscard]] constexpr typename held_element<reference_of<S>>::reference get() const { return element_.get(); }

private:
    cursor<S> cursor_;
    held_element<reference_of<S>> element_;
};
template <class S>
    requires std::ranges::forward_range<S> && std::is_lvalue_reference_v<reference_of<S>>
class reader<S> {
public:
    constexpr bool pull(S& source, bool first) {
        if (first) {
            at_ = std::ranges::begin(source);
            last_ = std::ranges::end(source);
        } else {
            ++at_;
        }
        return !(at_ == last_);
    }
    [[nodiscard]] constexpr reference_of<S> get() const { return *at_; }

private:
    iterator_of<S> at_{};
    sentinel_of<S> last_{};
};

/// What a group and the groups share. As in CPython there is one place in the source, and the current element may be ahead of the consumer.
template <class F, class S>
class groupby_state {
    using key_result = std::invoke_result_t<F&, typename held_element<reference_of<S>>::reference>;
    /// A key that lies in an element that stays is referred to; another one is kept.
    static constexpr bool refers = std::ranges::forward_range<S> && std::is_lvalue_reference_v<reference_of<S>> && std::is_lvalue_reference_v<key_result> &&
                                   std::is_same_v<kept_value<key_result>, std::remove_cvref_t<key_result>>;
    using kept_key = std::conditional_t<refers, std::remove_reference_t<key_result> const&, kept_value<key_result>>;
    using key_slot = typename std::conditional_t<std::is_scalar_v<kept_key>, std::type_identity<late_value<kept_key>>, std::type_identity<maybe<kept_key>>>::type;

public:
    using key_type = kept_value<key_result>;
    using item = typename held_element<reference_of<S>>::reference;

    template <class G>
    constexpr groupby_state(G&& key, S&& source) : source_(static_cast<S&&>(source)), key_(static_cast<G&&>(key)) {}

    /// To the next group, past what is left of this one.
    constexpr bool next_group() {
        ++group_;
        while (stage_ != stage::boundary) {
            if (stage_ == stage::ended) return false;
            advance();
        }
        stage_ = stage::ahead;
        target_ = static_cast<key_slot&&>(pending_);
        begun_ = true;
        return true;
    }
    /// To the next element of the group numbered so.
    constexpr bool next_element(std::size_t group) {
        if (group != group_) return false;
        if (stage_ == stage::given) advance();
        if (stage_ != stage::ahead) return false;
        stage_ = stage::given;
        return true;
    }

    [[nodiscard]] constexpr std::size_t group() const noexcept { return group_; }
    [[nodiscard]] constexpr key_type const& target() const noexcept { return *target_; }
    [[nodiscard]] constexpr item get() const { return reader_.get(); }

private:
    /// Of the current element: none yet; read and not given; given; the first of the next group; none any more.
    enum class stage : unsigned char { fresh, ahead, given, boundary, ended };

    [[nodiscard]] constexpr bool has_target() const noexcept {
        if constexpr (refers) {
            return static_cast<bool>(target_);  // and not begun_: g++ 12 warns of the null pointer
        } else {
            return begun_;
        }
    }
    /// The next element and its key.
    constexpr void advance() {
        bool const first = stage_ == stage::fresh;
        stage_ = stage::given;  // should anything throw, the element is lost
        if (!reader_.pull(source_, first)) {
            stage_ = stage::ended;
            return;
        }
        key_result&& key = call(key_.get(), reader_.get());
        if (has_target() && static_cast<bool>(*target_ == key)) {
            stage_ = stage::ahead;
            return;
        }
        pending_.fill([&key]() -> kept_key { return static_cast<key_result&&>(key); });
        stage_ = stage::boundary;
    }

    S source_;
    AMPHIS_NO_UNIQUE_ADDRESS box<F> key_;
    reader<S> reader_;
    key_slot target_;   // of the current group
    key_slot pending_;  // of the next group, at its boundary
    std::size_t group_ = 0;
    bool begun_ = false;  // there is a current group
    stage stage_ = stage::fresh;
};

/// The elements of one group, until the next one is asked for.
template <class State, class Value>
class group_view : public view_base<group_view<State, Value>> {
public:
    class iterator : public iterator_base<iterator, std::input_iterator_tag, Value, typename State::item> {
    public:
        constexpr iterator(State& state, std::size_t group) : state_(__builtin_addressof(state)), group_(group) { step(); }
        constexpr iterator(iterator&&) noexcept = default;
        constexpr iterator& operator=(iterator&&) noexcept = default;
        constexpr ~iterator() = default;

        [[nodiscard]] constexpr typename State::item operator*() const { return state_->get(); }
        constexpr void step() { more_ = state_->next_element(group_); }
        [[nodiscard]] friend constexpr bool operator==(iterator const& it, std::default_sentinel_t) noexcept { return !it.more_; }

    private:
        State* state_;
        std::size_t group_;
        bool more_ = false;
    };

    constexpr explicit group_view(State& state) noexcept : state_(__builtin_addressof(state)), group_(state.group()) {}

    [[nodiscard]] constexpr iterator begin() const { return iterator(*state_, group_); }
    [[nodiscard]] static constexpr std::default_sentinel_t end() noexcept { return {}; }

private:
    State* state_;
    std::size_t group_;
};

template <class F, class S>
class groupby_machine {
    using state = groupby_state<F, S>;
    using group = group_view<state, value_of<S>>;
    using key_type = typename state::key_type;

public:
    using value_type = std::tuple<key_type, group>;
    using reference = item_tuple<std::conditional_t<passed_by_value<key_type>, key_type, key_type const&>, group>;

    template <class G>
    constexpr groupby_machine(G&& key, S&& source) : state_(static_cast<G&&>(key), static_cast<S&&>(source)) {}

    constexpr bool pull() { return state_.next_group(); }
    [[nodiscard]] constexpr reference get() { return reference(state_.target(), group(state_)); }

private:
    state state_;
};

template <class F, class S>
consteval bool assert_key() noexcept {
    using reference = typename held_element<reference_of<S>>::reference;
    constexpr bool callable = std::is_invocable_v<F&, reference>;
    static_assert(callable, "amphis: groupby: the key function cannot be called with an element of this iterable");
    if constexpr (callable) {
        using key = kept_value<std::invoke_result_t<F&, reference>>;
        constexpr bool comparable = requires(key const& a) { static_cast<bool>(a == a); };
        static_assert(comparable, "amphis: groupby: the keys have no ==");
        using result = std::invoke_result_t<F&, reference>;
        constexpr bool kept = std::is_constructible_v<key, result> ||
                              (std::ranges::forward_range<S> && std::is_lvalue_reference_v<reference_of<S>> && std::is_lvalue_reference_v<result>);
        static_assert(kept, "amphis: groupby: the key lies in an element that can be read only once, and cannot be copied: give a key function");
        return comparable && kept;
    } else {
        return false;
    }
}

struct groupby_fn {
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
                return single_pass<groupby_machine<K, S>>(std::in_place, make_key<F>(key), hold(static_cast<R&&>(iterable)));
            }
        }
    }
};

}  // namespace detail::itertools

namespace itertools {

/// Runs of elements with equal keys: (key, group) for each.
///
///     for (auto [key, group] : itertools::groupby("AAABBC"s)) print(key, list(group));   // A ['A', 'A', 'A'], B ['B', 'B'], C ['C']
///     itertools::groupby(orders, &Order::customer);
///
/// iterable  an lvalue is referred to, an rvalue moved in; sort it by the key first if all that are equal shall meet.
/// key       called once for each element; the element itself without it, or for None. Also "key"_k.
/// Returns   a single-pass view. A group shares its place in the source with the groups: once the next one is asked for, it is empty.
/// Raises    whatever `key` or == raises.
/// Cost      one call of `key` and one == an element; no memory. Where elements stay and the key lies in them, no key is copied.
/// Differs   a group refers to the groupby, and must not outlive it.
/// Source    Modules/itertoolsmodule.c, groupby_next (CPython 3.11).
inline constexpr detail::itertools::groupby_fn groupby{};

}  // namespace itertools
}  // namespace amphis::inline v0

template <class State, class Value>
inline constexpr bool amphis::detail::is_group<amphis::detail::itertools::group_view<State, Value>> = true;

template <class F, class S>
    requires(amphis::detail::gives_away<S> || !std::is_lvalue_reference_v<std::ranges::range_reference_t<S>>)
inline constexpr bool amphis::detail::gives_away<
    amphis::detail::itertools::group_view<amphis::detail::itertools::groupby_state<F, S>, std::ranges::range_value_t<S>>> = true;

#endif  // AMPHIS_ITERTOOLS_GROUPING_HPP
