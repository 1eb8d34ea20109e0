// SPDX-License-Identifier: MIT
// functools/singledispatch: one function, implemented by type of its first argument.
// Python: docs.python.org/3/library/functools.html#functools.singledispatch
#ifndef AMPHIS_FUNCTOOLS_SINGLEDISPATCH_HPP
#define AMPHIS_FUNCTOOLS_SINGLEDISPATCH_HPP

#include <amphis/config.hpp>
#include <amphis/detail/callable.hpp>
#include <amphis/detail/invoke.hpp>
#include <amphis/detail/text.hpp>
#include <amphis/detail/type_name.hpp>
#include <amphis/lang/decorator.hpp>
#include <amphis/lang/exceptions.hpp>

#include <cstddef>
#include <tuple>
#include <type_traits>
#include <utility>

#if defined(__cpp_rtti)
#include <typeinfo>
#endif

namespace amphis::inline v0 {
namespace detail {

/// Which function is chosen: an index, or none for the default, or two of which neither is the better.
struct resolution {
    static constexpr std::size_t none = static_cast<std::size_t>(-1);

    std::size_t index = none;
    std::size_t rival = none;
};

template <class Derived, class Base>
concept SubclassOf =
    std::is_class_v<Base> && std::is_base_of_v<Base, Derived> && std::is_convertible_v<Derived const*, Base const*>;

/// The registered types, and who derives from whom.
template <class... T>
struct dispatch_table {
    static constexpr std::size_t size = sizeof...(T);

    template <class Row>
    struct row {
        bool derives[size + 1]{SubclassOf<Row, T>...};
    };
    /// The most derived of those that match; the later one of two for the same type.
    static constexpr resolution best(bool const (&match)[size + 1]) noexcept {
        bool const* const derives[size + 1]{row_of<T>.derives...};
        resolution r;
        for (std::size_t i = 0; i != size; ++i) {
            if (!match[i]) continue;
            if (r.index == resolution::none || derives[i][r.index]) r.index = i;
        }
        for (std::size_t i = 0; i != size && r.index != resolution::none; ++i) {
            if (match[i] && !derives[r.index][i]) r.rival = i;
        }
        return r;
    }

    template <class A>
    static consteval resolution for_type() noexcept {
        bool const exact[size + 1]{std::is_same_v<A, T>...};
        for (std::size_t i = size; i-- != 0;) {
            if (exact[i]) return {i, resolution::none};
        }
        return best({SubclassOf<A, T>...});
    }

private:
    template <class Row>
    static constexpr row<Row> row_of{};
};

/// Names the culprits: "In instantiation of ambiguous_dispatch<Shape, Drawable, Printable>".
template <class A, class First, class Second>
struct ambiguous_dispatch {
    static_assert(!std::is_same_v<First, First>,
                  "amphis: Ambiguous dispatch: the type derives from two registered classes, neither of which derives "
                  "from the other");
};

template <class T>
void append_class(text& out) {
    out.append("<class '");
    out.append(type_name<T>());
    out.append("'>");
}

/// A std::variant, told by its shape: its header is not needed here.
template <class T>
inline constexpr std::size_t alternatives_of = 0;
template <template <class...> class V, class... T>
    requires requires(V<T...> const& v) {
        v.index();
        v.valueless_by_exception();
    }
inline constexpr std::size_t alternatives_of<V<T...>> = sizeof...(T);

template <class... R>
struct common_result {
    using type = std::common_type_t<R...>;
};
template <class R, class... Same>
    requires(std::is_same_v<R, Same> && ...)
struct common_result<R, Same...> {
    using type = R;  // references stay references, and void is void
};

/// `Skip` arguments stand before the one that decides: none for functions, one (self) for methods.
template <std::size_t Skip, class Default, class Types, class... Fns>
class dispatcher;
template <std::size_t Skip, class Default, class... T, class... Fns>
class dispatcher<Skip, Default, types<T...>, Fns...> : public function_type_of<signature_of<Default>> {
    using table = dispatch_table<T...>;
    template <class A>
    static constexpr resolution chosen_for = table::template for_type<A>();

public:
    template <class D>
    constexpr dispatcher(D&& fallback, std::tuple<Fns...>&& functions)
        : default_(static_cast<D&&>(fallback)), functions_(static_cast<std::tuple<Fns...>&&>(functions)) {}

    /// The same function with `fn` for first arguments of each of the types. A later registration of a type counts.
    template <class First, class... Rest, class Fn>
    [[nodiscard]] constexpr auto register_(Fn&& fn) const& {
        return add<First, Rest...>(*this, as_function(static_cast<Fn&&>(fn)));
    }
    template <class First, class... Rest, class Fn>
    [[nodiscard]] constexpr auto register_(Fn&& fn) && {
        return add<First, Rest...>(static_cast<dispatcher&&>(*this), as_function(static_cast<Fn&&>(fn)));
    }
    /// For the type that the parameter of `fn` is declared with. Python: the annotation.
    template <class Fn>
    [[nodiscard]] constexpr auto register_(Fn&& fn) const& {
        return add<annotated<Fn>>(*this, as_function(static_cast<Fn&&>(fn)));
    }
    template <class Fn>
    [[nodiscard]] constexpr auto register_(Fn&& fn) && {
        return add<annotated<Fn>>(static_cast<dispatcher&&>(*this), as_function(static_cast<Fn&&>(fn)));
    }

    template <class... A>
        requires(Skip == 0)
    constexpr decltype(auto) operator()(A&&... arguments) const {
        static_assert(sizeof...(A) != 0, "amphis: a singledispatch function requires at least 1 positional argument");
        if constexpr (sizeof...(A) != 0) return split(static_cast<A&&>(arguments)...);
    }
    template <class Self, class... A>
        requires(Skip == 1)
    constexpr decltype(auto) operator()(Self&& self, A&&... arguments) const {
        static_assert(sizeof...(A) != 0, "amphis: a singledispatchmethod requires at least 1 positional argument");
        if constexpr (sizeof...(A) != 0) return split_method(static_cast<Self&&>(self), static_cast<A&&>(arguments)...);
    }

    /// The function that is called for an A.
    template <class A>
    [[nodiscard]] constexpr auto const& dispatch() const noexcept {
        return function_at<checked<A>()>();
    }

    /// The types registered, in order; the default is for all others.
    [[nodiscard]] static constexpr types<T...> registry() noexcept { return {}; }

    /// Those of the default.
    [[nodiscard]] constexpr char const* name() const noexcept { return name_of(default_); }
    [[nodiscard]] constexpr char const* doc() const noexcept { return doc_of(default_); }

private:
    template <class Fn>
    static consteval auto annotation() noexcept {
        static_assert(KnownSignature<Fn>,
                      "amphis: register_ cannot read the parameter's type of a generic function: register_<Type>(fn)");
        if constexpr (KnownSignature<Fn>) {
            return []<class... P>(types<P...>) {
                static_assert(sizeof...(P) > Skip, "amphis: a registered function needs a parameter to dispatch on");
                return std::type_identity<std::remove_cvref_t<nth<Skip, P...>>>{};
            }(typename signature_of<Fn>::parameters{});
        } else {
            return std::type_identity<void>{};
        }
    }
    template <class Fn>
    using annotated = typename decltype(annotation<Fn>())::type;

    template <class New, class... More, class Self, class Fn>
    static constexpr auto add(Self&& self, Fn&& fn) {
        static_assert(std::is_same_v<New, std::remove_cvref_t<New>>,
                      "amphis: register_ takes plain types, without const and reference");
        using Next = dispatcher<Skip, Default, types<T..., New>, Fns..., std::decay_t<Fn>>;
        if constexpr (sizeof...(More) == 0) {
            return Next(static_cast<Self&&>(self).default_,
                        std::tuple_cat(static_cast<Self&&>(self).functions_,
                                       std::tuple<std::decay_t<Fn>>(static_cast<Fn&&>(fn))));
        } else {  // several types: a copy of the function for each but the last
            return Next::template add<More...>(add<New>(static_cast<Self&&>(self), std::as_const(fn)),
                                               static_cast<Fn&&>(fn));
        }
    }
    template <std::size_t, class, class, class...>
    friend class dispatcher;

    template <class A>
    static consteval std::size_t checked() noexcept {
        constexpr resolution r = chosen_for<A>;
        if constexpr (r.rival != resolution::none)
            (void)sizeof(ambiguous_dispatch<A, nth<r.index, T...>, nth<r.rival, T...>>);
        return r.index;
    }
    template <std::size_t I>
    constexpr auto const& function_at() const noexcept {
        if constexpr (I == resolution::none) {
            return default_;
        } else {
            return std::get<I>(functions_);
        }
    }

    template <class First, class... Rest>
    constexpr decltype(auto) split(First&& first, Rest&&... rest) const {
        return by_value(static_cast<First&&>(first), [&](auto const& fn, auto&& value) -> decltype(auto) {
            return call(fn, static_cast<decltype(value)>(value), static_cast<Rest&&>(rest)...);
        });
    }
    template <class Self, class First, class... Rest>
    constexpr decltype(auto) split_method(Self&& self, First&& first, Rest&&... rest) const {
        return by_value(static_cast<First&&>(first), [&](auto const& fn, auto&& value) -> decltype(auto) {
            return call(fn, static_cast<Self&&>(self), static_cast<decltype(value)>(value),
                        static_cast<Rest&&>(rest)...);
        });
    }

    /// A registered type, a variant, an object of a class hierarchy, anything else.
    template <class First, class Call>
    constexpr decltype(auto) by_value(First&& first, Call const& then) const {
        using A = std::remove_cvref_t<First>;
        if constexpr (alternatives_of<A> != 0 && chosen_for<A>.index == resolution::none) {
            return by_alternative(static_cast<First&&>(first), then, std::make_index_sequence<alternatives_of<A>>{});
        } else if constexpr (has_dynamic_type<A>()) {
            return by_dynamic_type(static_cast<First&&>(first), then);
        } else {
            return then(function_at<checked<std::decay_t<First>>()>(), static_cast<First&&>(first));
        }
    }

    // ---- variants

    template <class First, class Call, std::size_t... I>
    constexpr decltype(auto) by_alternative(First&& first, Call const& then, std::index_sequence<I...>) const {
        using R = typename common_result<decltype(by_value(get<I>(static_cast<First&&>(first)), then))...>::type;
        return alternative<R, 0, sizeof...(I)>(static_cast<First&&>(first), then);
    }
    template <class R, std::size_t I, std::size_t Count, class First, class Call>
    constexpr R alternative(First&& first, Call const& then) const {
        if constexpr (I + 1 < Count) {
            if (first.index() != I) return alternative<R, I + 1, Count>(static_cast<First&&>(first), then);
        }
        return static_cast<R>(
            by_value(get<I>(static_cast<First&&>(first)), then));  // get throws where there is no value
    }

    // ---- class hierarchies: the type the object has when running

#if defined(__cpp_rtti)
    template <class A, class Registered>
    static consteval bool may_be() noexcept {
        if constexpr (std::is_class_v<Registered> && !SubclassOf<A, Registered>) {
            return requires(A const* object) { dynamic_cast<Registered const*>(object); };
        }
        return false;
    }
    template <class A>
    static consteval bool has_dynamic_type() noexcept {
        if constexpr (std::is_polymorphic_v<A> && !std::is_final_v<A>) return (may_be<A, T>() || ...);
        return false;
    }
    template <class A, std::size_t I>
    static consteval bool can_be_chosen() noexcept {
        return SubclassOf<A, nth<I, T...>> || may_be<A, nth<I, T...>>();
    }

    template <class Registered, class A>
    static bool is_a(A const& object) noexcept {
        if constexpr (SubclassOf<A, Registered>) {
            return true;
        } else if constexpr (may_be<A, Registered>()) {
            return dynamic_cast<Registered const*>(&object) != nullptr;
        } else {
            return false;
        }
    }
    template <class Registered, class A>
    static bool is_exactly(A const& object) noexcept {
        if constexpr (std::is_class_v<Registered>) {
            return typeid(object) == typeid(Registered);
        } else {
            return false;
        }
    }

    template <class A>
    static std::size_t dynamic_choice(A const& object) {
        bool const exact[sizeof...(T) + 1]{is_exactly<T>(object)...};
        for (std::size_t i = sizeof...(T); i-- != 0;) {
            if (exact[i]) return i;
        }
        resolution const r = table::best({is_a<T>(object)...});
        if (r.rival != resolution::none) throw_ambiguous(r);
        return r.index;
    }
    [[noreturn]] AMPHIS_COLD static void throw_ambiguous(resolution r) {
        constexpr void (*names[sizeof...(T) + 1])(text&) = {&append_class<T>...};
        text message;
        message.append("Ambiguous dispatch: ");
        names[r.index < r.rival ? r.index : r.rival](message);
        message.append(" or ");
        names[r.index < r.rival ? r.rival : r.index](message);
        throw_chars<RuntimeError>(message.view());
    }

    template <class To, class First>
    static decltype(auto) cast(First&& first) noexcept {
        using Object = std::conditional_t<std::is_const_v<std::remove_reference_t<First>>, To const, To>;
        using Result = std::conditional_t<std::is_lvalue_reference_v<First>, Object&, Object&&>;
        if constexpr (SubclassOf<std::remove_cvref_t<First>, To>) {
            return static_cast<Result>(first);
        } else {
            return static_cast<Result>(*dynamic_cast<Object*>(&first));
        }
    }

    template <std::size_t I, class First, class Call>
    static auto result_at() noexcept {
        if constexpr (I == sizeof...(T)) {
            return std::type_identity<decltype(std::declval<Call const&>()(std::declval<Default const&>(),
                                                                           std::declval<First>()))>{};
        } else if constexpr (can_be_chosen<std::remove_cvref_t<First>, I>()) {
            using Fn = nth<I, Fns...>;
            return std::type_identity<decltype(std::declval<Call const&>()(
                std::declval<Fn const&>(), cast<nth<I, T...>>(std::declval<First>())))>{};
        } else {
            return result_at<sizeof...(T), First, Call>();
        }
    }

    template <class First, class Call>
    decltype(auto) by_dynamic_type(First&& first, Call const& then) const {
        return [&]<std::size_t... I>(std::index_sequence<I...>) -> decltype(auto) {
            using R = typename common_result<typename decltype(result_at<I, First&&, Call>())::type...>::type;
            return dynamic<R, 0>(dynamic_choice(first), static_cast<First&&>(first), then);
        }(std::make_index_sequence<sizeof...(T) + 1>{});
    }
    template <class R, std::size_t I, class First, class Call>
    R dynamic(std::size_t choice, First&& first, Call const& then) const {
        if constexpr (I == sizeof...(T)) {
            return static_cast<R>(then(default_, static_cast<First&&>(first)));
        } else {
            if constexpr (can_be_chosen<std::remove_cvref_t<First>, I>()) {
                if (choice == I)
                    return static_cast<R>(
                        then(std::get<I>(functions_), cast<nth<I, T...>>(static_cast<First&&>(first))));
            }
            return dynamic<R, I + 1>(choice, static_cast<First&&>(first), then);
        }
    }
#else
    template <class A>
    static consteval bool has_dynamic_type() noexcept {
        return false;
    }
#endif

    AMPHIS_NO_UNIQUE_ADDRESS Default default_;
    AMPHIS_NO_UNIQUE_ADDRESS std::tuple<Fns...> functions_;
};

template <std::size_t Skip>
struct singledispatch_t {
    template <class Fn>
    [[nodiscard]] constexpr auto operator()(Fn&& fn) const {
        static_assert(FunctionLike<Fn>,
                      "amphis: singledispatch takes the function for all types that have none of their own");
        return dispatcher<Skip, as_function_t<Fn>, types<>>(as_function(static_cast<Fn&&>(fn)), std::tuple<>());
    }
};

}  // namespace detail

namespace functools {

/// A function with one implementation for each type of its first argument.
///
///     constexpr auto kind = functools::singledispatch([](auto const&) { return "something"; })
///                               .register_([](int) { return "an int"; })
///                               .register_<float, double>([](double) { return "a float"; });
///     kind(3);                        // an int
///     kind(std::variant<int, bool>(true));  // something
///
/// fn        the default. register_(f) reads the type from f's parameter, register_<A, B>(f) names it.
/// Chosen    at compile time by the exact type, else by the most derived registered base. A std::variant is dispatched on what it
///           holds, a reference to a polymorphic class on the object's own class, when running.
/// Returns   a callable; register_ returns a new one. dispatch<T>() is the function for T, registry() the list of types.
/// Raises    RuntimeError: Ambiguous dispatch, where it shows when running; where the types show it, it does not compile.
/// Cost      a direct call; for a variant one switch; for a class hierarchy one dynamic_cast for each registered class, at most.
/// Differs   registration makes a new function and is over when the program is compiled. Types are C++'s: bool and long are not
///           int, "text" is a char const*. Without RTTI a polymorphic object counts as the class of the reference.
/// Source    Lib/functools.py, singledispatch (CPython 3.11).
inline constexpr detail::singledispatch_t<0> singledispatch{};

/// singledispatch on the first argument after the object.
///
///     struct Negator {
///         static constexpr auto neg = functools::singledispatchmethod([](auto const& self, auto const&) { throw ...; })
///                                         .register_<int>([](auto const& self, int x) { return -x; });
///     };
///     Negator::neg(negator, 5);       // -5
///
/// Source    Lib/functools.py, singledispatchmethod (CPython 3.11).
inline constexpr detail::singledispatch_t<1> singledispatchmethod{};

}  // namespace functools
}  // namespace amphis::inline v0

#endif  // AMPHIS_FUNCTOOLS_SINGLEDISPATCH_HPP
