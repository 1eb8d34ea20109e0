// SPDX-License-Identifier: MIT
// builtins/comprehension: generator expressions, and the clauses of list, set and dict comprehensions.
// Python: docs.python.org/3/reference/expressions.html#generator-expressions
//
//     sum(genexpr([](int x) { return x * x; }, for_(xs), if_(is_odd)));        // sum(x * x for x in xs if is_odd(x))
//     list(make_pair, for_(xs), for_(ys), if_(std::not_equal_to<>()));         // [(x, y) for x in xs for y in ys if x != y]
#ifndef AMPHIS_BUILTINS_COMPREHENSION_HPP
#define AMPHIS_BUILTINS_COMPREHENSION_HPP

#include <amphis/builtins/iter.hpp>
#include <amphis/config.hpp>
#include <amphis/detail/callable.hpp>
#include <amphis/detail/for_each.hpp>
#include <amphis/detail/invoke.hpp>
#include <amphis/detail/iteration.hpp>
#include <amphis/detail/truth.hpp>

#include <cstddef>
#include <tuple>
#include <type_traits>
#include <utility>

namespace amphis::inline v0 {
namespace detail {

// ---- clauses ---------------------------------------------------------------------------------------------------------

template <class S>
struct for_range {
    S source;
};
template <class Fn>
struct for_function {
    AMPHIS_NO_UNIQUE_ADDRESS box<Fn> fn;
};
template <class Fn>
struct if_true {
    AMPHIS_NO_UNIQUE_ADDRESS box<Fn> fn;
};

template <class T>
inline constexpr bool is_for = false;
template <class S>
inline constexpr bool is_for<for_range<S>> = true;
template <class Fn>
inline constexpr bool is_for<for_function<Fn>> = true;
template <class T>
inline constexpr bool is_if = false;
template <class Fn>
inline constexpr bool is_if<if_true<Fn>> = true;

template <class T>
concept Clause = is_for<std::remove_cvref_t<T>> || is_if<std::remove_cvref_t<T>>;

/// Clauses, or a function and then clauses.
template <class... A>
inline constexpr bool is_comprehension = false;
template <Clause First, class... A>
inline constexpr bool is_comprehension<First, A...> = (Clause<A> && ...);
template <class Fn, Clause First, class... A>
    requires(!Clause<Fn>)
inline constexpr bool is_comprehension<Fn, First, A...> = (Clause<A> && ...);

// ---- a function of the variables -------------------------------------------------------------------------------------

template <class T>
concept Spreadable = requires { std::tuple_size<T>::value; };

/// The variables, a tuple as its items: what `for a, b in pairs` makes of a pair.
template <class V>
constexpr auto spread(V& variable) {
    if constexpr (Spreadable<std::remove_cv_t<V>>) {
        return std::apply([](auto&... item) { return std::tuple<decltype(item)...>(item...); }, variable);
    } else {
        return std::tuple<V&>(variable);
    }
}
template <class... V>
using spread_of = decltype(std::tuple_cat(spread(std::declval<V&>())...));

template <class Fn, class Tuple>
inline constexpr bool takes_items = false;
template <class Fn, class... V>
inline constexpr bool takes_items<Fn, std::tuple<V...>> = std::is_invocable_v<Fn&, V...>;

template <class... V>
consteval bool spreads() noexcept {
    return (Spreadable<std::remove_cvref_t<V>> || ...);
}
template <class Fn, class... V>
consteval bool takes_spread() noexcept {
    if constexpr (spreads<V...>()) {
        return takes_items<Fn, spread_of<V...>>;
    } else {
        return false;
    }
}

/// Fn can be called with all the variables so far, or with the last of them: with as many as it takes. Fewer are only tried where more do not
/// do, since a generic function may take any number, and fail inside.
template <class Fn>
consteval bool takes_some() noexcept {
    return std::is_invocable_v<Fn&>;
}
template <class Fn, class First, class... V>
consteval bool takes_some() noexcept {
    if constexpr (std::is_invocable_v<Fn&, First&, V&...>) {
        return true;
    } else if constexpr (takes_spread<Fn, First, V...>()) {
        return true;
    } else {
        return takes_some<Fn, V...>();
    }
}
template <class Fn, class... V>
inline constexpr bool takes_variables = takes_some<Fn, V...>();

template <class Fn>
constexpr decltype(auto) call_with(Fn& fn) {
    return call(fn);
}
template <class Fn, class First, class... V>
constexpr decltype(auto) call_with(Fn& fn, First& first, V&... variables) {
    if constexpr (std::is_invocable_v<Fn&, First&, V&...>) {
        return call(fn, first, variables...);
    } else if constexpr (takes_spread<Fn, First, V...>()) {
        return std::apply(fn, std::tuple_cat(spread(first), spread(variables)...));
    } else {
        return call_with(fn, variables...);
    }
}

/// The expression of a comprehension that has none: the variable, or a tuple of them.
struct variables_themselves {
    template <class V>
    constexpr V& operator()(V& variable) const noexcept {
        return variable;
    }
    template <class First, class... V>
        requires(sizeof...(V) != 0)
    constexpr std::tuple<kept_value<First>, kept_value<V>...> operator()(First& first, V&... variables) const {
        return {first, variables...};
    }
};

/// What a loop's variable is: a tuple of references to what a source gives away takes it, so that it can be copied as other variables.
template <class Reference>
struct variable_type {
    using type = Reference;
};
template <class... R>
    requires(std::is_rvalue_reference_v<R> || ...)
struct variable_type<ref_tuple<R...>> {
    using type = item_tuple<std::conditional_t<std::is_rvalue_reference_v<R>, std::remove_cvref_t<R>, R>...>;
};

// ---- the loops -------------------------------------------------------------------------------------------------------

/// The loops and conditions from one clause on; V... are the variables of those before it. first() goes to the first place where all
/// conditions hold, advance() to the next one: both say whether there is one. push() runs the rest as the loops that they are.
template <class Variables, class... C>
class nest;

template <class... V>
class nest<types<V...>> {
public:
    static constexpr bool again = true;
    static constexpr bool in_place = true;
    static constexpr bool last = true;
    constexpr nest() = default;
    constexpr nest(at_its_beginning, nest const&) noexcept {}

    template <class Fn>
    static constexpr bool takes = takes_variables<Fn, V...>;
    template <class Fn>
    using result = decltype(call_with(std::declval<Fn&>(), std::declval<V&>()...));

    template <class Fn>
    static constexpr decltype(auto) value(Fn& fn, V&... variables) {
        return call_with(fn, variables...);
    }
    static constexpr bool first(V&...) noexcept { return true; }
    static constexpr bool advance(V&...) noexcept { return false; }
    template <class Fn, class Use>
    static constexpr void push(Fn& fn, Use& use, V&... variables) {
        use(static_cast<kept_reference<result<Fn>>>(call_with(fn, variables...)));
    }
};

template <class... V, class Predicate, class... C>
class nest<types<V...>, if_true<Predicate>, C...> {
    using inner = nest<types<V...>, C...>;

    static constexpr bool callable = takes_variables<Predicate, V...>;
    static_assert(callable, "amphis: if_() takes a function of the variables of the for_ clauses before it, or of the last of them");

public:
    template <class Fn>
    static constexpr bool takes = inner::template takes<Fn>;
    template <class Fn>
    using result = typename inner::template result<Fn>;

    static constexpr bool again = inner::again && std::is_copy_constructible_v<Predicate>;
    static constexpr bool in_place = inner::in_place;
    static constexpr bool last = inner::last;
    constexpr nest(at_its_beginning tag, nest const& other) : clause_(other.clause_), inner_(tag, other.inner_) {}
    constexpr explicit nest(if_true<Predicate>&& clause, C&&... rest) : clause_(static_cast<if_true<Predicate>&&>(clause)), inner_(static_cast<C&&>(rest)...) {}

    template <class Fn>
    constexpr decltype(auto) value(Fn& fn, V&... variables) {
        return inner_.value(fn, variables...);
    }
    AMPHIS_ALWAYS_INLINE constexpr bool first(V&... variables) { return holds(variables...) && inner_.first(variables...); }
    AMPHIS_ALWAYS_INLINE constexpr bool advance(V&... variables) { return inner_.advance(variables...); }
    template <class Fn, class Use>
    constexpr void push(Fn& fn, Use& use, V&... variables) {
        if (holds(variables...)) inner_.push(fn, use, variables...);
    }

private:
    constexpr bool holds(V&... variables) { return truth(call_with(clause_.fn.get(), variables...)); }

    AMPHIS_NO_UNIQUE_ADDRESS if_true<Predicate> clause_;
    AMPHIS_NO_UNIQUE_ADDRESS inner inner_;
};

/// The loop of a for_ clause. Self has source(variables...), the range of this round.
template <class Self, class S, class Variables, class... C>
class loop;
template <class Self, class S, class... V, class... C>
class loop<Self, S, types<V...>, C...> {
    using iterator = std::ranges::iterator_t<S>;
    using sentinel = std::ranges::sentinel_t<S>;
    using item = typename variable_type<std::ranges::range_reference_t<S>>::type;
    using element = held_element<item>;
    using variable = std::remove_reference_t<typename element::reference>;
    using inner = nest<types<V..., variable>, C...>;

public:
    // What has begun can be moved where no iterator refers to its source, and no inner loop to a variable that lies in the nest.
    static constexpr bool last = false;
    static constexpr bool in_place = stays_in_place<S> && inner::in_place && (inner::last || std::is_reference_v<item> || std::is_scalar_v<item>);

    template <class Fn>
    static constexpr bool takes = inner::template takes<Fn>;
    template <class Fn>
    using result = typename inner::template result<Fn>;

    template <class Fn>
    constexpr decltype(auto) value(Fn& fn, V&... variables) {
        return inner_.value(fn, variables..., element_.get());
    }
    AMPHIS_ALWAYS_INLINE constexpr bool first(V&... variables) {
        S& range_of_round = static_cast<Self&>(*this).source(variables...);
        at_.fill([&]() -> iterator { return std::ranges::begin(range_of_round); });
        last_.fill([&]() -> sentinel { return std::ranges::end(range_of_round); });
        return settle(variables...);
    }
    AMPHIS_ALWAYS_INLINE constexpr bool advance(V&... variables) {
        if (inner_.advance(variables..., element_.get())) return true;
        if constexpr (!std::ranges::forward_range<S>) {
            if (*at_ == *last_) return false;  // the last step threw, and ended a generator
        }
        ++*at_;
        return settle(variables...);
    }
    template <class Fn, class Use>
    constexpr void push(Fn& fn, Use& use, V&... variables) {
        for_each(static_cast<Self&>(*this).source(variables...), [&](auto&& given) {
            if constexpr (std::is_same_v<item, std::ranges::range_reference_t<S>>) {
                inner_.push(fn, use, variables..., given);
            } else {
                item taken_over(static_cast<decltype(given)>(given));
                inner_.push(fn, use, variables..., taken_over);
            }
        });
    }

protected:
    static constexpr bool inner_again = inner::again;
    constexpr explicit loop(C&&... rest) : inner_(static_cast<C&&>(rest)...) {}
    constexpr loop(at_its_beginning tag, loop const& other) : inner_(tag, other.inner_) {}

private:
    AMPHIS_ALWAYS_INLINE constexpr bool settle(V&... variables) {
        for (; !(*at_ == *last_); ++*at_) {
            auto& current = element_.fill([this]() -> item { return static_cast<item>(**at_); });
            if (inner_.first(variables..., current)) return true;
        }
        return false;
    }

    late_value<iterator> at_{};
    late_value<sentinel> last_{};
    element element_{};
    AMPHIS_NO_UNIQUE_ADDRESS inner inner_;
};

template <class S>
inline constexpr bool is_referenced = false;
template <class T>
inline constexpr bool is_referenced<referenced<T>> = true;
template <class T>
inline constexpr bool is_referenced<polled<T&>> = true;

template <class... V, class S, class... C>
class nest<types<V...>, for_range<S>, C...> : public loop<nest<types<V...>, for_range<S>, C...>, S, types<V...>, C...> {
public:
    constexpr explicit nest(for_range<S>&& clause, C&&... rest)
        : loop<nest, S, types<V...>, C...>(static_cast<C&&>(rest)...), source_(static_cast<S&&>(clause.source)) {}
    static constexpr bool again = loop<nest, S, types<V...>, C...>::inner_again && repeatable<S>;
    constexpr nest(at_its_beginning tag, nest const& other) : loop<nest, S, types<V...>, C...>(tag, other), source_(begun_again(other.source_)) {}

    constexpr S& source(V&...) {
        if constexpr (each_round) {
            return round_.fill([this]() -> S { return begun_again(source_); });
        } else {
            return source_;
        }
    }

private:
    // Python evaluates the iterable of an inner loop in each round of the outer ones. Of an iterator that was made in the clause, each gets
    // a copy, as far as it can be copied.
    static constexpr bool each_round = sizeof...(V) != 0 && !std::ranges::forward_range<S> && !is_referenced<S> && repeatable<S>;
    struct nothing {};

    S source_;
    AMPHIS_NO_UNIQUE_ADDRESS typename std::conditional_t<each_round, std::type_identity<maybe<S>>, std::type_identity<nothing>>::type round_{};
};

template <class Fn, class... V>
consteval bool assert_makes_range() noexcept {
    constexpr bool callable = takes_variables<Fn, V...>;
    static_assert(callable, "amphis: for_() takes a range, or a function of the variables of the for_ clauses before it that returns one");
    if constexpr (callable) {
        return assert_iterable<decltype(call_with(std::declval<Fn&>(), std::declval<V&>()...))>();
    } else {
        return false;
    }
}

template <class... V, class Fn, class... C>
    requires(assert_makes_range<Fn, V...>())
class nest<types<V...>, for_function<Fn>, C...>
    : public loop<nest<types<V...>, for_function<Fn>, C...>, source_of<decltype(call_with(std::declval<Fn&>(), std::declval<V&>()...))>, types<V...>, C...> {
    using S = source_of<decltype(call_with(std::declval<Fn&>(), std::declval<V&>()...))>;

public:
    constexpr explicit nest(for_function<Fn>&& clause, C&&... rest)
        : loop<nest, S, types<V...>, C...>(static_cast<C&&>(rest)...), clause_(static_cast<for_function<Fn>&&>(clause)) {}
    static constexpr bool again = loop<nest, S, types<V...>, C...>::inner_again && std::is_copy_constructible_v<Fn>;
    constexpr nest(at_its_beginning tag, nest const& other) : loop<nest, S, types<V...>, C...>(tag, other), clause_(other.clause_) {}

    constexpr S& source(V&... variables) {
        return source_.fill([&]() -> S { return hold(call_with(clause_.fn.get(), variables...)); });
    }

private:
    AMPHIS_NO_UNIQUE_ADDRESS for_function<Fn> clause_;
    maybe<S> source_{};
};

// ---- the generator expression ----------------------------------------------------------------------------------------

template <class Fn, class... C>
using expression_result = typename nest<types<>, C...>::template result<Fn>;

template <class Fn, class... C>
class generator_expression : public iterator_object<generator_expression<Fn, C...>, kept_value<expression_result<Fn, C...>>,
                                                    kept_reference<expression_result<Fn, C...>>, kept_value<expression_result<Fn, C...>>> {
    using value = kept_value<expression_result<Fn, C...>>;
    using reference = kept_reference<expression_result<Fn, C...>>;

public:
    constexpr explicit generator_expression(Fn fn, C... clauses) : fn_(static_cast<Fn&&>(fn)), loops_(static_cast<C&&>(clauses)...) {}

    /// As it was made, for the rounds of an outer loop.
    [[nodiscard]] constexpr generator_expression begun_again() const
        requires(nest<types<>, C...>::again && std::is_copy_constructible_v<Fn>)
    {
        return generator_expression(at_its_beginning(), *this);
    }

    /// Inlined, because clang 19 does not by itself where loops are nested: 32 instructions an element instead of 20.
    AMPHIS_ALWAYS_INLINE constexpr bool pull() {
        if (stage_ == stage::inside) [[likely]] {
            if (place_.get(loops_).advance()) return true;
        } else if (stage_ == stage::fresh) {
            stage_ = stage::inside;
            if (place_.begin(loops_).first()) return true;
        }
        stage_ = stage::ended;
        return false;
    }
    [[nodiscard]] constexpr reference get() { return static_cast<reference>(place_.get(loops_).value(fn_.get())); }
    [[nodiscard]] constexpr value take() { return static_cast<value>(get()); }

    template <class Use>
    constexpr void for_each(Use&& use) {
        if (stage_ == stage::fresh) {
            stage_ = stage::ended;
            loops_.push(fn_.get(), use);
        } else {
            while (pull()) use(get());
        }
    }
    /// Of a single loop without a condition: as many elements as its range has.
    [[nodiscard]] constexpr std::size_t length_hint()
        requires(sizeof...(C) == 1 && (std::ranges::sized_range<decltype(std::declval<C&>().source)> && ...))
    {
        return stage_ == stage::fresh ? static_cast<std::size_t>(std::ranges::size(loops_.source())) : 0;
    }

private:
    enum class stage : unsigned char { fresh, inside, ended };

    constexpr generator_expression(at_its_beginning tag, generator_expression const& other) : fn_(other.fn_), loops_(tag, other.loops_) {}

    AMPHIS_NO_UNIQUE_ADDRESS box<Fn> fn_;
    nest<types<>, C...> loops_;
    AMPHIS_NO_UNIQUE_ADDRESS cursor_source<nest<types<>, C...>, nest<types<>, C...>::in_place> place_{};
    stage stage_ = stage::fresh;
};

struct for_fn {
    template <class R>
    [[nodiscard]] constexpr auto operator()(R&& source) const {
        if constexpr (Iterable<R>) {
            return for_range<source_of<R>>{hold(static_cast<R&&>(source))};
        } else {
            return for_function<std::decay_t<R>>{box<std::decay_t<R>>(static_cast<R&&>(source))};
        }
    }
};
struct if_fn {
    template <class Fn>
    [[nodiscard]] constexpr auto operator()(Fn&& predicate) const {
        return if_true<std::decay_t<Fn>>{box<std::decay_t<Fn>>(static_cast<Fn&&>(predicate))};
    }
};

template <class First, class... C>
consteval bool begins_with_range() noexcept {
    return is_for<First>;
}

struct genexpr_fn {
    template <class Fn, class... C>
    [[nodiscard]] constexpr auto operator()(Fn&& fn, C&&... clauses) const {
        if constexpr (Clause<Fn>) {
            return make(variables_themselves{}, static_cast<Fn&&>(fn), static_cast<C&&>(clauses)...);
        } else {
            return make(static_cast<Fn&&>(fn), static_cast<C&&>(clauses)...);
        }
    }

private:
    template <class Fn, class... C>
    static constexpr auto make(Fn&& fn, C&&... clauses) {
        constexpr bool only_clauses = sizeof...(C) != 0 && (Clause<C> && ...);
        static_assert(only_clauses, "amphis: list()/genexpr() takes a function and then clauses, for_(range) and if_(condition)");
        if constexpr (only_clauses) {
            constexpr bool loops = begins_with_range<std::remove_cvref_t<C>...>();
            static_assert(loops, "amphis: the first clause of list()/genexpr() is for_(range)");
            if constexpr (loops) {
                using F = std::decay_t<Fn>;
                constexpr bool callable = nest<types<>, std::remove_cvref_t<C>...>::template takes<F>;
                static_assert(callable, "amphis: list()/genexpr() takes a function of the variables of its for_ clauses, or of the last of them");
                if constexpr (callable) {
                    return generator_expression<F, std::remove_cvref_t<C>...>(static_cast<Fn&&>(fn), static_cast<C&&>(clauses)...);
                }
            }
        }
    }
};

}  // namespace detail

/// A loop of a comprehension: `for x in source`.
///
/// source    a range, an lvalue referred to, an rvalue moved in; or a function of the variables so far (or the last of them) that returns one:
///           for_([](auto& row) -> auto& { return row; }).
inline constexpr detail::for_fn for_{};

/// A condition of a comprehension: `if condition`.
///
/// condition a function of the variables so far, or of the last of them: of as many as it takes. Its result has a truth value.
inline constexpr detail::if_fn if_{};

/// A generator expression: what `fn` makes of the variables, where the conditions hold.
///
///     sum(genexpr([](int x) { return x * x; }, for_(xs), if_(is_odd)));             // sum(x * x for x in xs if is_odd(x))
///     genexpr([](int x, int y) { return x * y; }, for_(xs), for_(ys));             // (x * y for x in xs for y in ys)
///     genexpr(for_(matrix), for_([](auto& row) -> auto& { return row; }));         // tuples (row, x)
///     list([](auto& name, int age) { return name; }, for_(zip(names, ages)));      // [name for name, age in zip(names, ages)]
///
/// fn        a function of the variables, one a for_ clause, in order: of all of them, or of the last, as many as it takes. A variable that is
///           a tuple comes as its items where the function takes those. Without it, the element is the variable, or a tuple of them.
/// clauses   for_ and if_, in the order of Python: a for_ first.
/// Returns   an iterator: a single-pass view with next(). Nothing is read before it is asked for.
/// Cost      that of the loops written by hand; it is no coroutine, and allocates nothing.
/// Differs   the expression and the conditions are functions, as C++ has no other form of code that waits.
/// Source    PEP 289.
inline constexpr detail::genexpr_fn genexpr{};

}  // namespace amphis::inline v0

template <class Fn, class... C>
inline constexpr bool amphis::detail::gives_away<amphis::detail::generator_expression<Fn, C...>> = false;

#endif  // AMPHIS_BUILTINS_COMPREHENSION_HPP
