// SPDX-License-Identifier: MIT
// functools/partial: functions with some arguments already given, by position or by keyword.
// Python: docs.python.org/3/library/functools.html#functools.partial
#ifndef AMPHIS_FUNCTOOLS_PARTIAL_HPP
#define AMPHIS_FUNCTOOLS_PARTIAL_HPP

#include <amphis/detail/callable.hpp>
#include <amphis/detail/invoke.hpp>
#include <amphis/detail/keyword.hpp>
#include <amphis/detail/text.hpp>
#include <amphis/lang/decorator.hpp>
#include <amphis/lang/function.hpp>

#include <cstddef>
#include <tuple>
#include <type_traits>
#include <utility>

namespace amphis::inline v0 {

namespace detail {

template <template <class, class> class Partial>
struct make_partial;

/// What is kept of an argument: a value, or the reference in a std::reference_wrapper; std::make_tuple knows.
template <class T>
using stored_t = std::tuple_element_t<0, decltype(std::make_tuple(std::declval<T>()))>;

template <std::size_t N>
struct merge_order {
    std::size_t size = 0;
    std::size_t item[N + 1]{};
};

/// The order of the arguments of the call that a partial makes. Items are numbered: the Stored positional ones, then the
/// arguments A of this call, then the stored keywords K. `leading` arguments of the call go first (self).
/// A keyword of the call replaces the stored one where that stands, as updating a dict does.
template <std::size_t Stored, class Keywords, std::size_t Leading, class... A>
struct merge_plan;
template <std::size_t Stored, class... K, std::size_t Leading, class... A>
struct merge_plan<Stored, keyword_values<K...>, Leading, A...> {
    static constexpr std::size_t count = Stored + sizeof...(A) + sizeof...(K);
    static constexpr auto order = [] {
        merge_order<count> m;
        auto const add = [&m](std::size_t item) { m.item[m.size++] = item; };
        char const* const given[sizeof...(A) + 1]{keyword_of<A>()...};
        // g++ 12 with -fsanitize=undefined: `given[j] != nullptr` is no constant
        bool const named[sizeof...(A) + 1]{Kwarg<A>...};
        char const* const kept[sizeof...(K) + 1]{K::name.data()...};
        bool placed[sizeof...(A) + 1]{};
        std::size_t positional = 0;
        while (positional != sizeof...(A) && !named[positional]) ++positional;

        for (std::size_t j = 0; j != Leading; ++j) add(Stored + j);
        for (std::size_t i = 0; i != Stored; ++i) add(i);
        for (std::size_t j = Leading; j < positional; ++j) add(Stored + j);
        for (std::size_t k = 0; k != sizeof...(K); ++k) {
            std::size_t j = positional;
            while (j != sizeof...(A) && !(named[j] && same_characters(given[j], kept[k]))) ++j;
            placed[j] = true;
            add(j == sizeof...(A) ? Stored + sizeof...(A) + k : Stored + j);
        }
        // A positional argument behind a keyword stays there, and a keyword given twice comes twice: the function complains.
        for (std::size_t j = positional; j != sizeof...(A); ++j) {
            if (!placed[j]) add(Stored + j);
        }
        return m;
    }();
    using indices = std::make_index_sequence<order.size>;
};

template <class Owner, class T>
using like_owner = std::conditional_t<
    std::is_reference_v<T>, T,
    std::conditional_t<std::is_lvalue_reference_v<Owner>,
                       std::conditional_t<std::is_const_v<std::remove_reference_t<Owner>>, T const&, T&>, T&&>>;

/// What a partial keeps: a tuple of positional arguments and values by name.
template <class Args, class Keywords>
struct kept_arguments;

/// The first `Count` of T... as a tuple, the rest as keyword values.
template <std::size_t Count, class... T>
struct split_kept {
    template <std::size_t... P, std::size_t... K>
    static auto split(std::index_sequence<P...>, std::index_sequence<K...>)
        -> kept_arguments<std::tuple<nth<P, T...>...>, keyword_values<nth<Count + K, T...>...>>;
    using type = decltype(split(std::make_index_sequence<Count>{}, std::make_index_sequence<sizeof...(T) - Count>{}));
};

template <class... E, class... K>
struct kept_arguments<std::tuple<E...>, keyword_values<K...>> {
    std::tuple<E...> args;
    AMPHIS_NO_UNIQUE_ADDRESS keyword_values<K...> keywords;

    static constexpr std::size_t positional = sizeof...(E);
    static constexpr std::size_t named = sizeof...(K);

    template <std::size_t Leading, class... A>
    using plan = merge_plan<sizeof...(E), keyword_values<K...>, Leading, A...>;

    /// The N-th item, with the constness and value category of Owner, which is kept_arguments [const] &[&].
    template <std::size_t N, class Owner, class... A>
    static constexpr decltype(auto) item([[maybe_unused]] Owner&& kept,
                                         [[maybe_unused]] slots<A...> const& given) noexcept {
        if constexpr (N < sizeof...(E)) {
            return std::get<N>(static_cast<Owner&&>(kept).args);
        } else if constexpr (N < sizeof...(E) + sizeof...(A)) {
            return slot_value<N - sizeof...(E)>(given);
        } else {
            using Stored = nth<N - sizeof...(E) - sizeof...(A), K...>;
            using V = like_owner<Owner&&, typename Stored::type>;
            return kwarg<Stored::name, V>(static_cast<V>(static_cast<like_owner<Owner&, Stored>>(kept.keywords).value));
        }
    }
    template <std::size_t N, class... A>
    static constexpr auto stored_item() noexcept {
        if constexpr (N < sizeof...(E)) {
            return std::type_identity<nth<N, E...>>{};
        } else if constexpr (N < sizeof...(E) + sizeof...(A)) {
            using Given = nth<N - sizeof...(E), A...>;
            if constexpr (Kwarg<Given>) {
                using K_ = std::remove_cvref_t<Given>;
                return std::type_identity<kwarg<K_::name, stored_t<typename K_::type>>>{};
            } else {
                return std::type_identity<stored_t<Given>>{};
            }
        } else {
            return std::type_identity<nth<N - sizeof...(E) - sizeof...(A), K...>>{};
        }
    }

    template <class Fn, class Owner, class Plan, class Indices, class... A>
    struct call_types;
    template <class Fn, class Owner, class Plan, std::size_t... I, class... A>
    struct call_types<Fn, Owner, Plan, std::index_sequence<I...>, A...> {
        static constexpr bool invocable =
            std::is_invocable_v<Fn, decltype(item<Plan::order.item[I]>(std::declval<Owner>(),
                                                                       std::declval<slots<A...> const&>()))...>;
        static constexpr bool nothrow =
            std::is_nothrow_invocable_v<Fn, decltype(item<Plan::order.item[I]>(std::declval<Owner>(),
                                                                               std::declval<slots<A...> const&>()))...>;
    };
    template <class Fn, class Owner, std::size_t Leading, class... A>
    using call_of = call_types<Fn, Owner, plan<Leading, A...>, typename plan<Leading, A...>::indices, A...>;

    template <std::size_t Leading, class Fn, class Owner, class... A>
    static constexpr decltype(auto) run(Fn&& fn, Owner&& kept, slots<A...> const& given) {
        using Plan = plan<Leading, A...>;
        return [&]<std::size_t... I>(std::index_sequence<I...>) -> decltype(auto) {
            return call(static_cast<Fn&&>(fn), item<Plan::order.item[I]>(static_cast<Owner&&>(kept), given)...);
        }(typename Plan::indices{});
    }

    /// These and more of them: partial(partial(f, 1), 2) keeps (1, 2).
    template <class Owner, class... A>
    static constexpr auto extend(Owner&& kept, slots<A...> const& given) {
        using Plan = plan<0, A...>;
        constexpr std::size_t by_position = sizeof...(E) + (std::size_t{} + ... + !Kwarg<A>);
        return [&]<std::size_t... I, std::size_t... P, std::size_t... N>(
                   std::index_sequence<I...>, std::index_sequence<P...>, std::index_sequence<N...>) {
            using Kept =
                typename split_kept<by_position,
                                    typename decltype(stored_item<Plan::order.item[I], A...>())::type...>::type;
            return Kept::make(
                item<Plan::order.item[P]>(static_cast<Owner&&>(kept), given)...,
                argument_value(item<Plan::order.item[by_position + N]>(static_cast<Owner&&>(kept), given))...);
        }(typename Plan::indices{}, std::make_index_sequence<by_position>{},
               std::make_index_sequence<Plan::order.size - by_position>{});
    }
    template <class... V>
    static constexpr kept_arguments make(V&&... values) {
        return make_from(slots<V...>{{static_cast<V&&>(values)}...}, std::index_sequence_for<E...>{},
                         std::index_sequence_for<K...>{});
    }

private:
    template <class Slots, std::size_t... P, std::size_t... N>
    static constexpr kept_arguments make_from([[maybe_unused]] Slots const& values, std::index_sequence<P...>,
                                              std::index_sequence<N...>) {
        return {std::tuple<E...>(slot_value<P>(values)...),
                keyword_values<K...>{K(slot_value<sizeof...(E) + N>(values))...}};
    }
};

/// The signature of a partial: that of its function without the first parameters. Absent where it cannot be known, and with
/// keywords, which may stand for any parameter.
template <std::size_t Count, class Signature>
struct without_first {};
template <std::size_t Count, class R, class... P>
    requires(Count <= sizeof...(P))
struct without_first<Count, signature_facts<R, P...>> {
    template <std::size_t... I>
    static auto rest(std::index_sequence<I...>) -> R (*)(nth<Count + I, P...>...);
    using function_type = std::remove_pointer_t<decltype(rest(std::make_index_sequence<sizeof...(P) - Count>{}))>;
};
template <class R, class... P>
signature_facts<R, P...> facts_of(signature_facts<R, P...> const&);

template <class Fn, class Kept>
struct partial_signature {};
template <class Fn, class Kept>
    requires(Kept::named == 0 && KnownSignature<Fn>)
struct partial_signature<Fn, Kept>
    : without_first<Kept::positional, decltype(facts_of(std::declval<signature_of<Fn> const&>()))> {};

}  // namespace detail

namespace functools {

/// A function with some of its arguments; made by `partial`.
///
/// Kept      the arguments, a detail::kept_arguments. An lvalue partial gives them as lvalues, each call the same ones, as in
///           Python; an expiring one, std::move(p)(), gives them away.
template <class Fn, class Kept>
class partial_function : public detail::partial_signature<Fn, Kept> {
    // Keywords for a function that has no names to bind them to.
    template <class... A>
    static constexpr bool nameless_call = (Kept::named != 0 || (detail::Kwarg<A> || ...)) && detail::KnownSignature<Fn> &&
                                          !detail::DefinedFunction<Fn>;

public:
    template <class F>
    constexpr partial_function(F&& fn, Kept&& kept) : fn_(static_cast<F&&>(fn)), kept_(static_cast<Kept&&>(kept)) {}

    template <class... A>
        requires(Kept::template call_of<Fn&, Kept&, 0, A...>::invocable)
    constexpr decltype(auto) operator()(A&&... arguments) & noexcept(
        Kept::template call_of<Fn&, Kept&, 0, A...>::nothrow) {
        return Kept::template run<0, Fn&, Kept&, A...>(fn_, kept_, {{static_cast<A&&>(arguments)}...});
    }
    // Asks about `Kept&` on purpose: to ask about `Kept const&` would compile the body of [](auto& x) { x += 1; } for a const x,
    // although the overload above is meant.
    template <class... A>
        requires(Kept::template call_of<Fn const&, Kept&, 0, A...>::invocable)
    constexpr decltype(auto) operator()(A&&... arguments) const& noexcept(
        Kept::template call_of<Fn const&, Kept const&, 0, A...>::nothrow) {
        return Kept::template run<0, Fn const&, Kept const&, A...>(fn_, kept_, {{static_cast<A&&>(arguments)}...});
    }
    template <class... A>
        requires(Kept::template call_of<Fn, Kept, 0, A...>::invocable)
    constexpr decltype(auto) operator()(A&&... arguments) && noexcept(
        Kept::template call_of<Fn, Kept, 0, A...>::nothrow) {
        return Kept::template run<0, Fn, Kept, A...>(static_cast<Fn&&>(fn_), static_cast<Kept&&>(kept_),
                                                     {{static_cast<A&&>(arguments)}...});
    }
    /// A call with keywords that the function cannot take: its sentence is a compile error.
    template <class... A>
        requires(nameless_call<A...> && !Kept::template call_of<Fn&, Kept&, 0, A...>::invocable &&
                 !Kept::template call_of<Fn, Kept, 0, A...>::invocable)
    constexpr detail::rejected_call operator()(A&&...) const& noexcept {
        static_assert(detail::never<Fn>,
                      "amphis: partial: the function takes no keywords, its parameters have no names: give them names with "
                      "def<\"x\", \"y\">(fn)");
        return {};
    }

    /// The function, its positional arguments as a tuple, and its keyword arguments: keywords()["y"_k].
    [[nodiscard]] constexpr Fn const& func() const noexcept { return fn_; }
    [[nodiscard]] constexpr auto const& args() const noexcept { return kept_.args; }
    [[nodiscard]] constexpr auto const& keywords() const noexcept { return kept_.keywords; }
    [[nodiscard]] constexpr Kept const& kept() const noexcept { return kept_; }

private:
    template <template <class, class> class>
    friend struct detail::make_partial;

    AMPHIS_NO_UNIQUE_ADDRESS Fn fn_;
    AMPHIS_NO_UNIQUE_ADDRESS Kept kept_;
};

}  // namespace functools

namespace functools {

/// A method with some of its arguments; made by `partialmethod`.
template <class Fn, class Kept>
class partialmethod_function {
public:
    template <class F>
    constexpr partialmethod_function(F&& fn, Kept&& kept)
        : fn_(static_cast<F&&>(fn)), kept_(static_cast<Kept&&>(kept)) {}

    template <class Self, class... A>
        requires(Kept::template call_of<Fn const&, Kept const&, 1, Self, A...>::invocable)
    constexpr decltype(auto) operator()(Self&& self, A&&... arguments) const
        noexcept(Kept::template call_of<Fn const&, Kept const&, 1, Self, A...>::nothrow) {
        return Kept::template run<1, Fn const&, Kept const&, Self, A...>(
            fn_, kept_, {{static_cast<Self&&>(self)}, {static_cast<A&&>(arguments)}...});
    }

    /// The method bound to its object, which must outlive it. Python: what __get__ returns.
    template <class Self>
    [[nodiscard]] constexpr auto get(Self& self) const& {
        return [this, &self]<class... A>(A&&... arguments) -> decltype(auto) {
            return (*this)(self, static_cast<A&&>(arguments)...);
        };
    }

    [[nodiscard]] constexpr Fn const& func() const noexcept { return fn_; }
    [[nodiscard]] constexpr auto const& args() const noexcept { return kept_.args; }
    [[nodiscard]] constexpr auto const& keywords() const noexcept { return kept_.keywords; }

private:
    template <template <class, class> class>
    friend struct detail::make_partial;

    AMPHIS_NO_UNIQUE_ADDRESS Fn fn_;
    AMPHIS_NO_UNIQUE_ADDRESS Kept kept_;
};

}  // namespace functools

namespace detail {

template <class... A>
consteval bool positional_then_keywords() noexcept {
    bool keyword = false;
    bool ordered = true;
    ((ordered = ordered && (!keyword || Kwarg<A>), keyword = keyword || Kwarg<A>), ...);
    return ordered;
}

/// Partial<Fn, Kept> from a function and arguments; one from another is one, not two.
template <template <class, class> class Partial>
struct make_partial {
    template <class T>
    struct parts {
        static constexpr bool is_partial = false;
    };
    template <class Fn, class Kept>
    struct parts<Partial<Fn, Kept>> {
        static constexpr bool is_partial = true;
        using function = Fn;
        using kept_type = Kept;
    };

    template <class F, class... A>
    static constexpr auto from(F&& fn, A&&... arguments) {
        using P = parts<std::remove_cvref_t<F>>;
        if constexpr (!FunctionLike<F> || !positional_then_keywords<A...>()) {
            return as_function(static_cast<F&&>(fn));  // one error is enough
        } else if constexpr (P::is_partial) {
            auto kept = P::kept_type::extend(static_cast<F&&>(fn).kept_, slots<A...>{{static_cast<A&&>(arguments)}...});
            return Partial<typename P::function, decltype(kept)>(static_cast<F&&>(fn).fn_,
                                                                 static_cast<decltype(kept)&&>(kept));
        } else {
            using Nothing = kept_arguments<std::tuple<>, keyword_values<>>;
            auto kept = Nothing::extend(Nothing{}, slots<A...>{{static_cast<A&&>(arguments)}...});
            return Partial<std::decay_t<F>, decltype(kept)>(static_cast<F&&>(fn), static_cast<decltype(kept)&&>(kept));
        }
    }
};

struct partial_t {
    template <class F, class... A>
    [[nodiscard]] constexpr auto operator()(F&& fn, A&&... arguments) const {
        static_assert(FunctionLike<F>, "amphis: the first argument of partial must be callable");
        static_assert(positional_then_keywords<A...>(), "amphis: positional argument follows keyword argument");
        return make_partial<functools::partial_function>::from(static_cast<F&&>(fn), static_cast<A&&>(arguments)...);
    }
};

struct partialmethod_t {
    template <class F, class... A>
    [[nodiscard]] constexpr auto operator()(F&& fn, A&&... arguments) const {
        static_assert(FunctionLike<F>, "amphis: the first argument of partialmethod must be callable");
        static_assert(positional_then_keywords<A...>(), "amphis: positional argument follows keyword argument");
        return make_partial<functools::partialmethod_function>::from(static_cast<F&&>(fn),
                                                                     static_cast<A&&>(arguments)...);
    }
};

// ---- repr: functools.partial(<function multiply>, 1, y=2) -------------------------------------------------------------

template <class Kept, class Write>
void each_kept(Kept const& kept, Write write) {
    std::apply([&](auto const&... values) { (write(nullptr, values), ...); }, kept.args);
    [&]<class... K>(keyword_values<K...> const& keywords) {
        (write(K::name.data(), static_cast<K const&>(keywords).value), ...);
    }(kept.keywords);
}

template <class Fn, class Kept>
void repr_to(text& out, functools::partial_function<Fn, Kept> const& p) {
    out.append("functools.partial(<function ");
    out.append(name_of(p.func()));
    out.push_back('>');
    each_kept(p.kept(), [&out](char const* name, auto const& value) {
        out.append(", ");
        if (name != nullptr) {
            out.append(name);
            out.push_back('=');
        }
        repr_to(out, value);
    });
    out.push_back(')');
}
template <class Fn, class Kept>
void str_to(text& out, functools::partial_function<Fn, Kept> const& p) {
    repr_to(out, p);
}

/// Values by name print as the dict they are in Python.
template <class... K>
void repr_to(text& out, keyword_values<K...> const& values) {
    out.push_back('{');
    [[maybe_unused]] bool first = true;
    [[maybe_unused]] auto const write = [&](char const* name, auto const& value) {
        out.append(first ? "'" : ", '");
        first = false;
        out.append(name);
        out.append("': ");
        repr_to(out, value);
    };
    (write(K::name.data(), static_cast<K const&>(values).value), ...);
    out.push_back('}');
}
template <class... K>
void str_to(text& out, keyword_values<K...> const& values) {
    repr_to(out, values);
}

}  // namespace detail

namespace functools {

/// Give a function some of its arguments now, and the others when it is called.
///
///     auto twice = functools::partial(multiply, "y"_k = 2);
///     twice(5);               // 10
///     twice(5, "y"_k = 3);    // 15: a keyword given later takes precedence
///
/// fn        anything callable; keywords need one that takes them, such as a function made by `def`.
/// args      kept by value, std::ref(x) by reference; rvalues are moved in.
/// Returns   a callable with func(), args(), keywords(). partial(partial(f, 1), 2) is partial(f, 1, 2). It states its signature where
///           that of fn is known and no keyword is kept, so that lru_cache takes it.
/// Raises    whatever fn raises.
/// Cost      that of a lambda which captures the arguments: no allocation, no indirection.
/// Differs   std::move(p)() gives the kept arguments away, so that move-only ones can be consumed.
/// Source    Lib/functools.py, partial (CPython 3.11).
inline constexpr detail::partial_t partial{};

/// A method with some of its arguments: its object comes first, then the arguments given here, then those of the call.
///
///     struct Cell {
///         bool alive = false;
///         void set_state(bool state) { alive = state; }
///         static constexpr auto set_alive = functools::partialmethod(&Cell::set_state, true);
///     };
///     Cell::set_alive(cell);              // cell.set_state(true)
///     auto revive = Cell::set_alive.get(cell);   // bound to its object, as cell.set_alive is in Python
///
/// Returns   a callable with get(object), func(), args(), keywords().
/// Differs   a static member does not know its object: Cell::set_alive(cell), where Python writes cell.set_alive().
/// Source    Lib/functools.py, partialmethod (CPython 3.11).
inline constexpr detail::partialmethod_t partialmethod{};

}  // namespace functools
}  // namespace amphis::inline v0

#endif  // AMPHIS_FUNCTOOLS_PARTIAL_HPP
