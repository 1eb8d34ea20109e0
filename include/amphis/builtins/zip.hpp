// SPDX-License-Identifier: MIT
// builtins/zip: enumerate() and zip().  Python: docs.python.org/3/library/functions.html#zip
//
//     for (auto [i, name] : enumerate(names, 1)) print(i, name);
//     for (auto [name, age] : zip(names, ages)) print(name, age);
#ifndef AMPHIS_BUILTINS_ZIP_HPP
#define AMPHIS_BUILTINS_ZIP_HPP

#include <amphis/builtins/numbers/kinds.hpp>
#include <amphis/config.hpp>
#include <amphis/detail/arguments.hpp>
#include <amphis/detail/for_each.hpp>
#include <amphis/detail/invoke.hpp>
#include <amphis/detail/iteration.hpp>
#include <amphis/detail/keyword.hpp>
#include <amphis/detail/text.hpp>
#include <amphis/lang/exceptions/hierarchy.hpp>

#include <cstddef>
#include <tuple>
#include <type_traits>
#include <utility>

namespace amphis::inline v0 {
namespace detail {

// ---- enumerate -------------------------------------------------------------------------------------------------------

template <class S, class Index>
class enumerate_view : public view_base<enumerate_view<S, Index>> {
    // The end has an index too, where one can be known.
    template <class T>
    static constexpr bool ends_in_iterator = std::ranges::common_range<T> && std::ranges::sized_range<T> && std::ranges::forward_range<T>;
    static constexpr Index added(Index index, std::ptrdiff_t n) noexcept {
        return static_cast<Index>(static_cast<std::size_t>(index) + static_cast<std::size_t>(n));  // counts past the last int without undefined behaviour
    }

    template <class T>
    class iterator_of : public iterator_base<iterator_of<T>, decltype(iteration_tag<std::random_access_iterator_tag, T>()),
                                             std::tuple<Index, std::ranges::range_value_t<T>>, item_tuple<Index, std::ranges::range_reference_t<T>>> {
        using base = std::ranges::iterator_t<T>;

    public:
        constexpr iterator_of()
            requires std::default_initializable<base>
        = default;
        constexpr iterator_of(base at, Index index) : at_(static_cast<base&&>(at)), index_(index) {}

        [[nodiscard]] constexpr typename iterator_of::reference operator*() const { return typename iterator_of::reference(index_, *at_); }
        constexpr void step() {
            ++at_;
            index_ = added(index_, 1);
        }
        constexpr void back() {
            --at_;
            index_ = added(index_, -1);
        }
        constexpr void jump(std::ptrdiff_t n) {
            at_ += static_cast<std::iter_difference_t<base>>(n);
            index_ = added(index_, n);
        }
        [[nodiscard]] constexpr std::ptrdiff_t until(iterator_of const& other) const { return static_cast<std::ptrdiff_t>(other.at_ - at_); }
        [[nodiscard]] constexpr bool same(iterator_of const& other) const { return at_ == other.at_; }

        [[nodiscard]] friend constexpr bool operator==(iterator_of const& it, std::ranges::sentinel_t<T> const& last)
            requires(!ends_in_iterator<T>)
        {
            return it.at_ == last;
        }
        [[nodiscard]] friend constexpr std::ptrdiff_t operator-(std::ranges::sentinel_t<T> const& last, iterator_of const& it)
            requires(!ends_in_iterator<T> && std::sized_sentinel_for<std::ranges::sentinel_t<T>, base>)
        {
            return static_cast<std::ptrdiff_t>(last - it.at_);
        }
        [[nodiscard]] friend constexpr std::ptrdiff_t operator-(iterator_of const& it, std::ranges::sentinel_t<T> const& last)
            requires(!ends_in_iterator<T> && std::sized_sentinel_for<std::ranges::sentinel_t<T>, base>)
        {
            return static_cast<std::ptrdiff_t>(it.at_ - last);
        }

    private:
        base at_{};
        Index index_{};
    };

    template <class T>
    [[nodiscard]] constexpr auto end_of(T& source) const {
        if constexpr (ends_in_iterator<T>) {
            return iterator_of<T>(std::ranges::end(source), added(start_, static_cast<std::ptrdiff_t>(std::ranges::size(source))));
        } else {
            return std::ranges::end(source);
        }
    }

public:
    constexpr enumerate_view(S source, Index start) : source_(static_cast<S&&>(source)), start_(start) {}

    [[nodiscard]] constexpr auto begin() { return iterator_of<S>(std::ranges::begin(source_), start_); }
    [[nodiscard]] constexpr auto end() { return end_of(source_); }
    [[nodiscard]] constexpr auto begin() const
        requires std::ranges::input_range<S const>
    {
        return iterator_of<S const>(std::ranges::begin(source_), start_);
    }
    [[nodiscard]] constexpr auto end() const
        requires std::ranges::input_range<S const>
    {
        return end_of(source_);
    }
    [[nodiscard]] constexpr auto size()
        requires std::ranges::sized_range<S>
    {
        return std::ranges::size(source_);
    }
    [[nodiscard]] constexpr auto size() const
        requires std::ranges::sized_range<S const>
    {
        return std::ranges::size(source_);
    }
    template <class Fn>
        requires requires(S& source, void (*fn)(std::ranges::range_reference_t<S>)) { source.for_each(fn); }
    constexpr void for_each(Fn&& fn) {
        Index index = start_;
        source_.for_each([&](auto&& element) {
            fn(item_tuple<Index, decltype(element)>(index, static_cast<decltype(element)>(element)));
            index = added(index, 1);
        });
    }

private:
    S source_;
    Index start_;
};

struct enumerate_fn {
    template <class R, class... Start>
    [[nodiscard]] constexpr auto operator()(R&& source, Start&&... start) const {
        if constexpr (assert_iterable<R>()) {
            constexpr bool known = sizeof...(Start) <= 1 && (... && (!Kwarg<Start> || is_named<"start", Start>()));
            static_assert(known, "amphis: enumerate() takes a range and one more argument, start");
            if constexpr (known) {
                if constexpr (sizeof...(Start) == 0) {
                    return enumerate_view<source_of<R>, std::ptrdiff_t>(hold(static_cast<R&&>(source)), 0);
                } else {
                    return from(static_cast<R&&>(source), value_of(start)...);
                }
            }
        }
    }

private:
    template <class T>
    static constexpr auto value_of(T const& argument) {
        if constexpr (Kwarg<T>) {
            return argument.value;
        } else {
            return argument;
        }
    }
    template <class R, class Start>
    static constexpr auto from(R&& source, Start start) {
        static_assert(Int<Start>, "amphis: enumerate() counts ints: its start cannot be interpreted as an integer");
        // An int would be too narrow for what it counts.
        using Index = std::conditional_t<std::is_unsigned_v<Start> && !std::is_same_v<Start, bool>, std::size_t, std::ptrdiff_t>;
        if constexpr (Int<Start>) return enumerate_view<source_of<R>, Index>(hold(static_cast<R&&>(source)), static_cast<Index>(start));
    }
};

// ---- zip -------------------------------------------------------------------------------------------------------------

/// Which argument of zip(strict) differs in length from those before it.
struct zip_mismatch {
    unsigned argument = 0;  // counted from 0; 0 is none
    bool longer = false;

    [[noreturn]] AMPHIS_COLD void raise() const {
        text message;
        message.append("zip() argument ");
        repr_to(message, argument + 1);
        message.append(longer ? chars(" is longer than argument") : chars(" is shorter than argument"));
        message.append(argument == 1 ? chars(" ") : chars("s 1-"));
        repr_to(message, argument);
        throw_<ValueError>(message.view());
    }
};

template <class... S>
class zip_view : public view_base<zip_view<S...>> {
    static constexpr bool multi_pass = (std::ranges::forward_range<S> && ...);
    template <bool Const>
    static constexpr bool counted = (std::ranges::random_access_range<maybe_const<Const, S>> && ...) &&
                                    (std::ranges::sized_range<maybe_const<Const, S>> && ...);
    using indices = std::index_sequence_for<S...>;

    template <bool Const>
    class sentinel_of;

    /// Over sources that can be iterated again.
    template <bool Const>
    class iterator_of : public iterator_base<iterator_of<Const>, decltype(iteration_tag<std::random_access_iterator_tag, maybe_const<Const, S>...>()),
                                             std::tuple<std::ranges::range_value_t<S>...>, item_tuple<std::ranges::range_reference_t<maybe_const<Const, S>>...>> {
        using bases = std::tuple<std::ranges::iterator_t<maybe_const<Const, S>>...>;

    public:
        constexpr iterator_of() = default;
        constexpr explicit iterator_of(bases at) : at_(static_cast<bases&&>(at)) {}

        [[nodiscard]] constexpr typename iterator_of::reference operator*() const {
            return [this]<std::size_t... I>(std::index_sequence<I...>) -> typename iterator_of::reference {
                return typename iterator_of::reference(*std::get<I>(at_)...);
            }(indices{});
        }
        constexpr void step() {
            if (raised()) [[unlikely]]
                return;
            each([](auto& it) { ++it; });
        }
        constexpr void back() {
            each([](auto& it) { --it; });
        }
        constexpr void jump(std::ptrdiff_t n) {
            each([n](auto& it) { it += static_cast<std::iter_difference_t<std::remove_reference_t<decltype(it)>>>(n); });
        }
        [[nodiscard]] constexpr std::ptrdiff_t until(iterator_of const& other) const {
            return static_cast<std::ptrdiff_t>(std::get<0>(other.at_) - std::get<0>(at_));
        }
        [[nodiscard]] constexpr bool same(iterator_of const& other) const { return std::get<0>(at_) == std::get<0>(other.at_); }

    private:
        friend sentinel_of<Const>;
        template <class Fn>
        constexpr void each(Fn fn) {
            [&]<std::size_t... I>(std::index_sequence<I...>) { (fn(std::get<I>(at_)), ...); }(indices{});
        }
        /// g++ 12 reads no mutable member in a constant expression; nothing is raised there.
        [[nodiscard]] constexpr bool raised() const noexcept { return !std::is_constant_evaluated() && raised_; }

        bases at_{};
        // Comparing with the end has raised: whoever goes on finds the end, and does not step over it.
        mutable bool raised_ = false;
    };

    template <bool Const>
    class sentinel_of {
        using iterator = iterator_of<Const>;
        using first_iterator = std::ranges::iterator_t<maybe_const<Const, nth<0, S...>>>;
        // Where all lengths are known, the end of the shortest is a place in the first: one comparison an element.
        using last_type = typename std::conditional_t<counted<Const>, std::type_identity<first_iterator>,
                                                      std::type_identity<std::tuple<std::ranges::sentinel_t<maybe_const<Const, S>>...>>>::type;

    public:
        constexpr sentinel_of() = default;
        constexpr sentinel_of(last_type last, zip_mismatch mismatch, bool strict)
            : last_(static_cast<last_type&&>(last)), mismatch_(mismatch), strict_(strict) {}

        [[nodiscard]] friend constexpr bool operator==(iterator const& it, sentinel_of const& last) { return last.reached(it); }
        [[nodiscard]] friend constexpr std::ptrdiff_t operator-(sentinel_of const& last, iterator const& it)
            requires counted<Const>
        {
            return last.from(it);
        }
        [[nodiscard]] friend constexpr std::ptrdiff_t operator-(iterator const& it, sentinel_of const& last)
            requires counted<Const>
        {
            return -last.from(it);
        }

    private:
        [[nodiscard]] constexpr std::ptrdiff_t from(iterator const& it) const { return static_cast<std::ptrdiff_t>(last_ - std::get<0>(it.at_)); }
        [[nodiscard]] constexpr bool reached(iterator const& it) const {
            if constexpr (counted<Const>) {
                if (!(std::get<0>(it.at_) == last_)) return false;
                if (mismatch_.argument != 0 && !it.raised()) [[unlikely]] {
                    it.raised_ = true;
                    mismatch_.raise();
                }
                return true;
            } else {
                return [&]<std::size_t... I>(std::index_sequence<I...>) {
                    if (!((std::get<I>(it.at_) == std::get<I>(last_)) || ...)) return false;
                    if (strict_ && !it.raised()) [[unlikely]] {
                        bool const ended[] = {static_cast<bool>(std::get<I>(it.at_) == std::get<I>(last_))...};
                        if (!std::is_constant_evaluated()) it.raised_ = true;
                        check(ended);
                        if (!std::is_constant_evaluated()) it.raised_ = false;
                    }
                    return true;
                }(indices{});
            }
        }
        static constexpr void check(bool const (&ended)[sizeof...(S)]) {
            for (unsigned i = 1; i != sizeof...(S); ++i) {
                if (ended[i] != ended[0]) zip_mismatch{i, ended[0]}.raise();
            }
        }

        last_type last_{};
        zip_mismatch mismatch_{};
        bool strict_ = false;
    };

    /// Over sources that can be iterated once: asks them in turn, and no further one after the first that has ended, as CPython does.
    class pulling : public iterator_base<pulling, std::input_iterator_tag, std::tuple<std::ranges::range_value_t<S>...>,
                                         item_tuple<typename kept_element<S, S...>::reference...>> {
    public:
        constexpr explicit pulling(zip_view& from) : from_(__builtin_addressof(from)) { step(); }
        constexpr pulling(pulling&&) = default;
        constexpr pulling& operator=(pulling&&) = default;
        constexpr ~pulling() = default;

        [[nodiscard]] constexpr typename pulling::reference operator*() const {
            return [this]<std::size_t... I>(std::index_sequence<I...>) -> typename pulling::reference {
                return typename pulling::reference(std::get<I>(kept_).get(std::get<I>(at_))...);
            }(indices{});
        }
        constexpr void step() {
            [this]<std::size_t... I>(std::index_sequence<I...>) {
                unsigned pulled = 0;
                ended_ = true;
                ended_ = !((pull<I>() && (++pulled, true)) && ...);
                if (ended_ && from_->strict_) {
                    if (pulled != 0) zip_mismatch{pulled, false}.raise();
                    unsigned other = 0;
                    (void)((I != 0 && std::get<I>(at_).pull(std::get<I>(from_->sources_)) && (other = I, true)) || ...);
                    if (other != 0) zip_mismatch{other, true}.raise();
                }
            }(indices{});
        }
        [[nodiscard]] friend constexpr bool operator==(pulling const& it, std::default_sentinel_t) noexcept { return it.ended_; }

    private:
        template <std::size_t I>
        constexpr bool pull() {
            if (!std::get<I>(at_).pull(std::get<I>(from_->sources_))) return false;
            std::get<I>(kept_).keep(std::get<I>(at_));
            return true;
        }

        zip_view* from_;
        std::tuple<cursor<S>...> at_{};
        std::tuple<kept_element<S, S...>...> kept_{};
        bool ended_ = false;
    };

    /// The shortest length, and the argument whose length shows that they are not all the same.
    template <class Sources>
    static constexpr std::ptrdiff_t shortest(Sources& sources) {
        return std::apply(
            [](auto&... source) {
                std::size_t least = static_cast<std::size_t>(-1);
                ((least = static_cast<std::size_t>(std::ranges::size(source)) < least ? static_cast<std::size_t>(std::ranges::size(source)) : least), ...);
                return static_cast<std::ptrdiff_t>(least);
            },
            sources);
    }
    template <class Sources>
    static constexpr zip_mismatch mismatch(Sources& sources, std::ptrdiff_t least) {
        return std::apply(
            [least](auto&... source) {
                std::ptrdiff_t const sizes[] = {static_cast<std::ptrdiff_t>(std::ranges::size(source))...};
                for (unsigned i = 1; i != sizeof...(S); ++i) {
                    if ((sizes[i] == least) != (sizes[0] == least)) return zip_mismatch{i, sizes[0] == least};
                }
                return zip_mismatch{};
            },
            sources);
    }
    template <bool Const, class Sources>
    static constexpr auto first_of(Sources& sources) {
        return std::apply([](auto&... source) { return iterator_of<Const>(std::tuple(std::ranges::begin(source)...)); }, sources);
    }
    template <bool Const, class Sources>
    constexpr auto last_of(Sources& sources) const {
        if constexpr (counted<Const>) {
            std::ptrdiff_t const least = shortest(sources);
            auto& first = std::get<0>(sources);
            return sentinel_of<Const>(std::ranges::begin(first) + static_cast<std::ranges::range_difference_t<decltype(first)>>(least),
                                      strict_ ? mismatch(sources, least) : zip_mismatch{}, strict_);
        } else {
            return std::apply(
                [this](auto&... source) { return sentinel_of<Const>(std::tuple(std::ranges::end(source)...), zip_mismatch{}, strict_); }, sources);
        }
    }

public:
    constexpr explicit zip_view(bool strict, S... sources) : sources_(static_cast<S&&>(sources)...), strict_(strict) {}

    [[nodiscard]] constexpr auto begin() {
        if constexpr (multi_pass) {
            return first_of<false>(sources_);
        } else {
            return pulling(*this);
        }
    }
    [[nodiscard]] constexpr auto end() {
        if constexpr (multi_pass) {
            return last_of<false>(sources_);
        } else {
            return std::default_sentinel;
        }
    }
    [[nodiscard]] constexpr auto begin() const
        requires(std::ranges::forward_range<S const> && ...)
    {
        return first_of<true>(sources_);
    }
    [[nodiscard]] constexpr auto end() const
        requires(std::ranges::forward_range<S const> && ...)
    {
        return last_of<true>(sources_);
    }
    [[nodiscard]] constexpr std::size_t size()
        requires(std::ranges::sized_range<S> && ...)
    {
        return static_cast<std::size_t>(shortest(sources_));
    }
    [[nodiscard]] constexpr std::size_t size() const
        requires(std::ranges::sized_range<S const> && ...)
    {
        return static_cast<std::size_t>(shortest(sources_));
    }

private:
    std::tuple<S...> sources_;
    bool strict_;
};

/// zip() of nothing is nothing.
template <>
class zip_view<> : public view_base<zip_view<>> {
public:
    constexpr explicit zip_view(bool) noexcept {}
    [[nodiscard]] static constexpr std::tuple<> const* begin() noexcept { return nullptr; }
    [[nodiscard]] static constexpr std::tuple<> const* end() noexcept { return nullptr; }
    [[nodiscard]] static constexpr std::size_t size() noexcept { return 0; }
};

struct zip_fn {
    template <class... A>
    [[nodiscard]] constexpr auto operator()(A&&... arguments) const {
        constexpr bool known = positional_first<A...>() && count_named<"strict", A...>() == keyword_count<A...>() && keyword_count<A...>() <= 1;
        static_assert(known, "amphis: zip() takes ranges and then one keyword, strict");
        if constexpr (known) {
            return [&]<std::size_t... I>(std::index_sequence<I...>) {
                if constexpr ((assert_iterable<nth<I, A...>>() && ...)) {
                    slots<A...> const all_of{{static_cast<A&&>(arguments)}...};
                    return zip_view<source_of<nth<I, A...>>...>(static_cast<bool>(argument_or<"strict">(false, arguments...)), hold(slot_value<I>(all_of))...);
                }
            }(std::make_index_sequence<positional_count<A...>()>{});
        }
    }
};

}  // namespace detail

/// Each element with its number.
///
///     for (auto [i, name] : enumerate(names)) print(i, name);
///     enumerate(names, 1);                         // or "start"_k = 1
///
/// source    any range, or Python iterator: an lvalue is referred to, an rvalue moved in.
/// start     an int; the numbers are std::ptrdiff_t, or std::size_t if it is unsigned.
/// Returns   a view as strong as the source (random access, size). Its elements are tuples of the number and the element itself, not a copy.
/// Cost      that of the loop with a counter.
/// Differs   the number wraps around after 2**63 - 1.
/// Source    Objects/enumobject.c (CPython 3.11).
inline constexpr detail::enumerate_fn enumerate{};

/// The first elements of several ranges, the second ones, ..., up to the end of the shortest.
///
///     for (auto [name, age] : zip(names, ages)) print(name, age);
///     zip(names, ages, "strict"_k = true);         // ValueError at the end if one is longer
///
/// sources   any ranges, or Python iterators: lvalues are referred to, rvalues moved in.
/// strict    raise at the end if the ranges have not one length.
/// Returns   a view with random access where all sources have it, and a size where all have one. Its elements are tuples of the elements themselves.
/// Raises    ValueError: zip() argument 2 is shorter than argument 1; is longer than arguments 1-2.
/// Cost      that of the loop over all of them; one comparison an element where lengths are known.
/// Differs   sources that can be iterated again can be so here. Sources that cannot lose what CPython takes from them, not more.
/// Source    Python/bltinmodule.c, zip_next (CPython 3.11).
inline constexpr detail::zip_fn zip{};

}  // namespace amphis::inline v0

template <class S, class Index>
inline constexpr bool std::ranges::enable_borrowed_range<amphis::detail::enumerate_view<S, Index>> = std::ranges::enable_borrowed_range<S>;
template <class... S>
inline constexpr bool std::ranges::enable_borrowed_range<amphis::detail::zip_view<S...>> = (std::ranges::enable_borrowed_range<S> && ...);

template <class S, class Index>
inline constexpr bool amphis::detail::self_contained<amphis::detail::enumerate_view<S, Index>> = amphis::detail::self_contained<S>;
template <class... S>
inline constexpr bool amphis::detail::self_contained<amphis::detail::zip_view<S...>> = (amphis::detail::self_contained<S> && ...);

#endif  // AMPHIS_BUILTINS_ZIP_HPP
