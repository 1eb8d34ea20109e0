// SPDX-License-Identifier: MIT
// itertools/pool: what combinations, permutations and product choose from, and the tuples that they choose.
#ifndef AMPHIS_ITERTOOLS_POOL_HPP
#define AMPHIS_ITERTOOLS_POOL_HPP

#include <amphis/detail/dynamic_tuple.hpp>
#include <amphis/itertools/single_pass.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <tuple>
#include <type_traits>
#include <utility>

namespace amphis::inline v0::detail::itertools {

/// It is its own pool: any element can be had at once, and stays where it is.
template <class S>
concept IndexablePool = std::ranges::random_access_range<S> && std::ranges::sized_range<S> && std::is_lvalue_reference_v<reference_of<S>>;

/// The elements of a source by index. CPython makes a tuple of them when combinations() is called; so do we, where the source is no array
/// itself: of pointers where its elements stay, else of the elements.
template <class S>
class pool {
    // The elements of a container that was moved in may move with it: then they are taken out of it.
    static constexpr bool by_value =
        !(std::ranges::forward_range<S> && std::is_lvalue_reference_v<reference_of<S>>) || detail::gives_away<S>;
    using cell = std::conditional_t<by_value, value_of<S>, std::remove_reference_t<reference_of<S>>*>;

    /// Dereferences the pointers.
    class indirect {
    public:
        using value_type = value_of<S>;
        using difference_type = std::ptrdiff_t;
        using reference = reference_of<S>;

        constexpr indirect() = default;
        constexpr explicit indirect(cell const* at) noexcept : at_(at) {}
        [[nodiscard]] constexpr reference operator*() const noexcept { return **at_; }
        [[nodiscard]] constexpr reference operator[](std::ptrdiff_t n) const noexcept { return *at_[n]; }

    private:
        cell const* at_ = nullptr;
    };

public:
    using iterator = std::conditional_t<by_value, cell const*, indirect>;
    using const_iterator = iterator;
    using value_type = value_of<S>;

    constexpr explicit pool(S&& source) : source_(static_cast<S&&>(source)) {
        if constexpr (by_value) {
            cursor<S> at;
            while (at.pull(source_)) cells_.emplace_back(take_value<S>(*at));
        } else {
            for (auto&& element : source_) cells_.emplace_back(__builtin_addressof(element));
        }
    }

    [[nodiscard]] constexpr iterator items() const noexcept { return iterator(cells_.begin()); }
    [[nodiscard]] constexpr std::size_t size() const noexcept { return cells_.size(); }

private:
    S source_;
    growing_array<cell> cells_;
};

template <IndexablePool S>
class pool<S> {
public:
    using iterator = iterator_of<S>;
    using const_iterator = iterator_of<maybe_const<std::ranges::range<S const>, S>>;
    using value_type = value_of<S>;

    constexpr explicit pool(S&& source) : source_(static_cast<S&&>(source)) {}

    [[nodiscard]] constexpr iterator items() { return std::ranges::begin(source_); }
    [[nodiscard]] constexpr const_iterator items() const
        requires std::ranges::range<S const>
    {
        return std::ranges::begin(source_);
    }
    [[nodiscard]] constexpr std::size_t size() const { return static_cast<std::size_t>(std::ranges::size(source_)); }

private:
    S source_;
};

/// Indices into a pool; a few without allocation.
class index_array {
public:
    using index = std::uint32_t;

    constexpr index_array() noexcept = default;
    constexpr explicit index_array(std::size_t size) : size_(size) {
        if (size > inline_size) at_ = new index[size]{};
    }
    constexpr index_array(index_array const& other) : index_array(other.size_) { copy(other, size_); }
    constexpr index_array(index_array&& other) noexcept : size_(other.size_) { take(other); }
    constexpr index_array& operator=(index_array const& other) {
        if (this != &other) *this = index_array(other);
        return *this;
    }
    constexpr index_array& operator=(index_array&& other) noexcept {
        if (this != &other) {
            release();
            size_ = other.size_;
            take(other);
        }
        return *this;
    }
    constexpr ~index_array() { release(); }

    /// The first `size` of others.
    constexpr index_array(index_array const& other, std::size_t size) : index_array(size) { copy(other, size); }

    [[nodiscard]] constexpr std::size_t size() const noexcept { return size_; }
    [[nodiscard]] constexpr index* data() noexcept { return at_; }
    [[nodiscard]] constexpr index const* data() const noexcept { return at_; }
    [[nodiscard]] constexpr index& operator[](std::size_t i) noexcept { return at_[i]; }
    [[nodiscard]] constexpr index operator[](std::size_t i) const noexcept { return at_[i]; }

private:
    static constexpr std::size_t inline_size = 16;

    constexpr void copy(index_array const& other, std::size_t size) noexcept {
        for (std::size_t i = 0; i != size; ++i) at_[i] = other.at_[i];
    }
    constexpr void take(index_array& other) noexcept {
        if (other.at_ != other.local_) {
            at_ = std::exchange(other.at_, other.local_);
            other.size_ = 0;
        } else {
            at_ = local_;
            copy(other, size_);
        }
    }
    constexpr void release() noexcept {
        if (at_ != local_) delete[] at_;
        at_ = local_;
    }

    index local_[inline_size]{};
    index* at_ = local_;
    std::size_t size_ = 0;
};

/// A pool's size, which indices can hold.
[[nodiscard]] constexpr std::size_t checked_pool_size(std::size_t size) {
    if (size > static_cast<index_array::index>(-1)) throw_<OverflowError>("the pool has more than 4294967295 elements");
    return size;
}

/// The elements of a pool at some indices: a tuple of references, to be read before the next one is asked for. A copy of it stays as it is,
/// as long as the pool does; as a dynamic_tuple it has its own elements.
template <class It>
class chosen : public tuple_of_any_size {
public:
    using value_type = std::iter_value_t<It>;
    using difference_type = std::ptrdiff_t;
    using amphis_kept = std::conditional_t<std::is_copy_constructible_v<value_type>, dynamic_tuple<value_type>, chosen>;

    class iterator : public iterator_base<iterator, std::random_access_iterator_tag, value_type, std::iter_reference_t<It>> {
    public:
        constexpr iterator() = default;
        constexpr iterator(It items, index_array::index const* at) : items_(items), at_(at) {}

        [[nodiscard]] constexpr std::iter_reference_t<It> operator*() const { return items_[static_cast<std::iter_difference_t<It>>(*at_)]; }
        constexpr void step() noexcept { ++at_; }
        constexpr void back() noexcept { --at_; }
        constexpr void jump(std::ptrdiff_t n) noexcept { at_ += n; }
        [[nodiscard]] constexpr bool same(iterator const& other) const noexcept { return at_ == other.at_; }
        [[nodiscard]] constexpr std::ptrdiff_t until(iterator const& other) const noexcept { return other.at_ - at_; }

    private:
        It items_{};
        index_array::index const* at_ = nullptr;
    };
    using const_iterator = iterator;

    /// Of `indices`, the first `size`.
    constexpr chosen(It items, index_array&& indices, std::size_t size)
        : items_(items), indices_(static_cast<index_array&&>(indices)), size_(size) {}
    constexpr chosen(chosen const& other) : items_(other.items_), indices_(other.indices_, other.size_), size_(other.size_) {}
    constexpr chosen(chosen&&) noexcept = default;
    constexpr chosen& operator=(chosen const& other) {
        if (this != &other) *this = chosen(other);
        return *this;
    }
    constexpr chosen& operator=(chosen&&) noexcept = default;
    constexpr ~chosen() = default;

    [[nodiscard]] constexpr iterator begin() const noexcept { return iterator(items_, indices_.data()); }
    [[nodiscard]] constexpr iterator end() const noexcept { return iterator(items_, indices_.data() + size_); }
    [[nodiscard]] constexpr std::size_t size() const noexcept { return size_; }
    [[nodiscard]] constexpr bool empty() const noexcept { return size_ == 0; }
    [[nodiscard]] constexpr std::iter_reference_t<It> operator[](std::size_t i) const {
        return items_[static_cast<std::iter_difference_t<It>>(indices_[i])];
    }

    // NOLINTNEXTLINE(google-explicit-constructor): it is that tuple, before anybody keeps it
    [[nodiscard]] constexpr operator dynamic_tuple<value_type>() const
        requires std::is_copy_constructible_v<value_type>
    {
        growing_array<value_type> items;
        items.reserve(size_);
        for (std::size_t i = 0; i != size_; ++i) items.emplace_back((*this)[i]);
        return dynamic_tuple<value_type>(static_cast<growing_array<value_type>&&>(items));
    }

    [[nodiscard]] constexpr index_array& indices() noexcept { return indices_; }
    constexpr void resize(std::size_t size) noexcept { size_ = size; }

private:
    // An error of auto [a, b] names the first member: it says what to do.
    AMPHIS_NO_UNIQUE_ADDRESS none_t structured_bindings_need_r_as_a_std_integral_constant_{};
    It items_;
    index_array indices_;
    std::size_t size_;
};

/// A view of choices from a pool. Rule says which come after each other:
///     Rule(n, r);                                          // r out of n
///     std::size_t room();                                  // indices
///     bool first(indices);                                 // false if there is none
///     bool next(indices);                                  // false after the last
///     size()
template <class Rule, class S>
class choices_view : public view_base<choices_view<Rule, S>> {
    template <bool Const>
    class iterator_type
        : public iterator_base<iterator_type<Const>, std::input_iterator_tag,
                               kept_value<chosen<std::conditional_t<Const, typename pool<S>::const_iterator, typename pool<S>::iterator>>>,
                               chosen<std::conditional_t<Const, typename pool<S>::const_iterator, typename pool<S>::iterator>> const&> {
        using items = std::conditional_t<Const, typename pool<S>::const_iterator, typename pool<S>::iterator>;

    public:
        constexpr iterator_type(items from, Rule const& rule) : chosen_(from, index_array(rule.room()), rule.shown()), rule_(rule) {
            more_ = rule_.first(chosen_.indices().data());
        }
        constexpr iterator_type(iterator_type&&) noexcept = default;
        constexpr iterator_type& operator=(iterator_type&&) noexcept = default;
        constexpr ~iterator_type() = default;

        [[nodiscard]] constexpr chosen<items> const& operator*() const noexcept { return chosen_; }
        constexpr void step() {
            more_ = rule_.next(chosen_.indices().data());
            if constexpr (requires { rule_.grows(); }) chosen_.resize(rule_.shown());
        }
        [[nodiscard]] friend constexpr bool operator==(iterator_type const& it, std::default_sentinel_t) noexcept { return !it.more_; }

    private:
        chosen<items> chosen_;
        Rule rule_;
        bool more_ = false;
    };

public:
    template <class Make>
    constexpr choices_view(S&& source, Make&& make) : pool_(static_cast<S&&>(source)), rule_(make(checked_pool_size(pool_.size()))) {}

    [[nodiscard]] constexpr auto begin() { return iterator_type<false>(pool_.items(), rule_); }
    [[nodiscard]] constexpr auto begin() const
        requires requires(pool<S> const& items) { items.items(); }
    {
        return iterator_type<true>(pool_.items(), rule_);
    }
    [[nodiscard]] static constexpr std::default_sentinel_t end() noexcept { return {}; }
    /// Raises OverflowError where there are more than a std::size_t can count.
    [[nodiscard]] constexpr std::size_t size() const { return rule_.size(); }

private:
    pool<S> pool_;
    Rule rule_;
};

/// As choices_view, of as many as the compiler knows: tuples that can be taken apart by name.
template <class Rule, class S, class Indices>
class named_choices_view;
template <class Rule, class S, std::size_t... I>
class named_choices_view<Rule, S, std::index_sequence<I...>> : public view_base<named_choices_view<Rule, S, std::index_sequence<I...>>> {
    template <std::size_t, class T>
    using same_type = T;
    template <bool Const>
    using items_of = std::conditional_t<Const, typename pool<S>::const_iterator, typename pool<S>::iterator>;
    template <bool Const>
    using row = item_tuple<same_type<I, std::iter_reference_t<items_of<Const>>>...>;

    template <bool Const>
    class iterator_type
        : public iterator_base<iterator_type<Const>, std::forward_iterator_tag, std::tuple<same_type<I, value_of<S>>...>, row<Const>> {
    public:
        constexpr iterator_type() = default;
        constexpr iterator_type(items_of<Const> items, Rule const& rule) : items_(items), indices_(rule.room()), rule_(rule) {
            more_ = rule_.first(indices_.data());
        }

        [[nodiscard]] constexpr row<Const> operator*() const { return row<Const>(items_[static_cast<std::ptrdiff_t>(indices_[I])]...); }
        constexpr void step() { more_ = rule_.next(indices_.data()); }
        [[nodiscard]] constexpr bool same(iterator_type const& other) const noexcept {
            if (!more_ || !other.more_) return more_ == other.more_;
            return ((indices_[I] == other.indices_[I]) && ...);
        }
        [[nodiscard]] friend constexpr bool operator==(iterator_type const& it, std::default_sentinel_t) noexcept { return !it.more_; }

    private:
        items_of<Const> items_{};
        index_array indices_;
        Rule rule_{0, 0};
        bool more_ = false;
    };

public:
    constexpr explicit named_choices_view(S&& source)
        : pool_(static_cast<S&&>(source)), rule_(checked_pool_size(pool_.size()), sizeof...(I)) {}

    [[nodiscard]] constexpr auto begin() { return iterator_type<false>(pool_.items(), rule_); }
    [[nodiscard]] constexpr auto begin() const
        requires requires(pool<S> const& items) { items.items(); }
    {
        return iterator_type<true>(pool_.items(), rule_);
    }
    [[nodiscard]] static constexpr std::default_sentinel_t end() noexcept { return {}; }
    [[nodiscard]] constexpr std::size_t size() const { return rule_.size(); }

private:
    pool<S> pool_;
    Rule rule_;
};

/// A number of choices that may be too great for one.
class choice_count {
public:
    constexpr explicit choice_count(std::size_t n) noexcept : value_(n) {}
    constexpr choice_count& operator*=(std::size_t n) {
        if (n != 0 && value_ > static_cast<std::size_t>(-1) / 2 / n) overflow();
        value_ *= n;
        return *this;
    }
    constexpr choice_count& operator+=(std::size_t n) {
        if (value_ > static_cast<std::size_t>(-1) / 2 - n) overflow();
        value_ += n;
        return *this;
    }
    [[nodiscard]] constexpr std::size_t value() const noexcept { return value_; }

private:
    [[noreturn]] AMPHIS_COLD static void overflow() { throw_<OverflowError>("cannot fit 'int' into an index-sized integer"); }
    std::size_t value_;
};

/// n over r.
[[nodiscard]] constexpr std::size_t binomial(std::size_t n, std::size_t r) {
    if (r > n) return 0;
    if (r > n - r) r = n - r;
    std::size_t result = 1;
    for (std::size_t i = 1; i <= r; ++i) {
        // result * (n - r + i) / i, without a product that is greater than the result: i divides it
        std::size_t const factor = n - r + i;
        std::size_t const whole = result / i;
        std::size_t const rest = result % i;
        choice_count product(whole);
        product *= factor;
        choice_count remainder(rest);
        remainder *= factor;
        product += remainder.value() / i;
        result = product.value();
    }
    return result;
}

}  // namespace amphis::inline v0::detail::itertools

#endif  // AMPHIS_ITERTOOLS_POOL_HPP
