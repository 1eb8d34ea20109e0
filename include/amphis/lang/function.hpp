// SPDX-License-Identifier: MIT
// function: functions with named parameters, keyword arguments, defaults, a name and a docstring.
// Python: docs.python.org/3/reference/compound_stmts.html#function-definitions
//
//     auto multiply = amphis::def<"x", "y">([](int x, int y) { return x * y; }, "y"_k = 2);
//     multiply(21);                       // 42
//     multiply("y"_k = 3, "x"_k = 4);     // 12
//     multiply("y"_k = 3, 4);             // does not compile: positional argument follows keyword argument
#ifndef AMPHIS_LANG_FUNCTION_HPP
#define AMPHIS_LANG_FUNCTION_HPP

#include <amphis/detail/callable.hpp>
#include <amphis/detail/invoke.hpp>
#include <amphis/detail/keyword.hpp>
#include <amphis/lang/function/arguments.hpp>

#include <cstddef>
#include <type_traits>
#include <utility>

namespace amphis::inline v0 {
namespace detail {

template <class T>
concept DefinedFunction = requires { typename std::remove_cvref_t<T>::parameters_type; };

/// What a wrong call returns after its sentence: it converts to anything, so that no second error follows the first.
struct rejected_call {
    template <class T>
    operator T() const;  // NOLINT(google-explicit-constructor)
};

struct no_about {
    static constexpr char const* name = "<lambda>";
    static constexpr char const* doc = "";
};
struct about {
    char const* name = no_about::name;
    char const* doc = no_about::doc;
};

}  // namespace detail

/// A function that knows the names of its parameters; made by `def`.
///
/// Names     a detail::parameter_names; Fn the function itself; Defaults a keyword_values; About where name and doc are.
/// Cost      a call is the direct call, whatever its form; the object is Fn, plus the defaults, plus two pointers if named.
template <class Names, class Fn, class Defaults, class About>
class function : public detail::function_type_of<detail::signature_of<Fn>> {
public:
    using parameters_type = detail::named_parameters<Names, Defaults>;

    /// The parameters in order: name, kind, has_default. Python: inspect.signature(f).parameters.
    static constexpr auto parameters = parameters_type::defined.parameters;

    template <class F>
    constexpr function(F&& fn, Defaults defaults, About about)
        : fn_(static_cast<F&&>(fn)), defaults_(static_cast<Defaults&&>(defaults)), about_(about) {
        parameters_type::check();
        if constexpr (parameters_type::defined.error.what == detail::mistake::none && detail::KnownSignature<Fn>) {
            parameters_type::check_types(typename detail::signature_of<Fn>::parameters{});
        }
    }

    template <class... A>
        requires detail::call_plan<function const, A...>::accepted
    constexpr auto operator()(A&&... arguments) const noexcept(detail::call_plan<function const, A...>::called::nothrow)
        -> typename detail::call_plan<function const, A...>::called::result {
        using plan = detail::call_plan<function const, A...>;
        return plan::run(*this, {{static_cast<A&&>(arguments)}...}, typename plan::indices{});
    }
    /// A function that changes its captures or its defaults is called where it is not const.
    template <class... A>
        requires detail::call_plan<function, A...>::accepted
    constexpr auto operator()(A&&... arguments) noexcept(detail::call_plan<function, A...>::called::nothrow) ->
        typename detail::call_plan<function, A...>::called::result {
        using plan = detail::call_plan<function, A...>;
        return plan::run(*this, {{static_cast<A&&>(arguments)}...}, typename plan::indices{});
    }
    /// A call that Python would refuse too: its sentence is a compile error.
    template <class... A>
        requires(!detail::call_binding<function const, A...>::correct)
    constexpr detail::rejected_call operator()(A&&...) const noexcept {
        detail::call_binding<function const, A...>::explain_call();
        return {};
    }

    /// Python: f.__name__, "<lambda>" unless `named`.
    [[nodiscard]] constexpr char const* name() const noexcept { return about_.name; }
    /// Python: f.__doc__, "" where Python has None.
    [[nodiscard]] constexpr char const* doc() const noexcept { return about_.doc; }

    /// The same function with a name. The characters are not copied: a literal is meant.
    [[nodiscard]] constexpr auto named(char const* name) const& { return with_about(*this, {name, doc()}); }
    [[nodiscard]] constexpr auto named(char const* name) && {
        return with_about(static_cast<function&&>(*this), {name, doc()});
    }
    /// The same function with a docstring.
    [[nodiscard]] constexpr auto documented(char const* doc) const& { return with_about(*this, {name(), doc}); }
    [[nodiscard]] constexpr auto documented(char const* doc) && {
        return with_about(static_cast<function&&>(*this), {name(), doc});
    }

    /// The defaults by name: f.defaults()["y"_k]. Python: f.__defaults__ and f.__kwdefaults__.
    [[nodiscard]] constexpr Defaults const& defaults() const noexcept { return defaults_; }
    [[nodiscard]] constexpr Defaults& defaults() noexcept { return defaults_; }

    /// The function that `def` was given.
    [[nodiscard]] constexpr Fn const& body() const noexcept { return fn_; }
    [[nodiscard]] constexpr Fn& body() noexcept { return fn_; }

private:
    template <class Self>
    static constexpr auto with_about(Self&& self, detail::about about) {
        // A member of an expiring function is moved, one of an lvalue copied.
        return function<Names, Fn, Defaults, detail::about>(static_cast<Self&&>(self).fn_,
                                                            static_cast<Self&&>(self).defaults_, about);
    }

    template <class, class, class, class>
    friend class function;

    AMPHIS_NO_UNIQUE_ADDRESS Fn fn_;
    AMPHIS_NO_UNIQUE_ADDRESS Defaults defaults_;
    AMPHIS_NO_UNIQUE_ADDRESS About about_;
};

namespace detail {

template <fixed_string... Names>
struct def_t {
    /// The function and its defaults, in any order.
    template <class... Parts>
    [[nodiscard]] constexpr auto operator()(Parts&&... parts) const {
        constexpr std::size_t functions = (std::size_t{} + ... + !Kwarg<Parts>);
        static_assert(functions == 1, "amphis: def takes one function, and defaults such as \"y\"_k = 2");
        if constexpr (functions == 1) return make(static_cast<Parts&&>(parts)...);
    }

private:
    template <class Fn, class... Kwargs>
    static constexpr auto make(Fn&& fn, Kwargs&&... defaults) {
        using Defaults = keyword_values<stored_kwarg<Kwargs>...>;
        return function<parameter_names<Names...>, std::decay_t<Fn>, Defaults, no_about>(
            static_cast<Fn&&>(fn), Defaults{stored_kwarg<Kwargs>(argument_value(static_cast<Kwargs&&>(defaults)))...},
            no_about{});
    }
    // Defaults before the function: turn them behind it.
    template <Kwarg First, class... Rest>
    static constexpr auto make(First&& first, Rest&&... rest) {
        return make(static_cast<Rest&&>(rest)..., static_cast<First&&>(first));
    }
};

}  // namespace detail

/// Give a function what Python's `def` gives: names for its parameters, keyword arguments, defaults, a name, a docstring.
///
///     auto area = amphis::def<"width", "/", "height", "*", "scale">(
///         [](double w, double h, double scale) { return w * h * scale; }, "scale"_k = 1.0).named("area");
///     area(2.0, "height"_k = 3.0);     // 6.0
///     area.parameters[2].has_default;  // true
///
/// Names     one for each parameter; "/" ends the positional-only ones, "*" starts the keyword-only ones.
/// fn        lambda, function, function object or member function (its object is the first parameter).
/// defaults  "name"_k = value; kept once in the function and shared by its calls, as in Python.
/// Returns   a `function`: callable, with name(), doc(), named(), documented(), parameters, defaults(), body().
/// Raises    whatever fn raises; a call that Python would refuse does not compile.
/// Cost      the direct call; nothing is copied on the way, an rvalue is moved once into a by-value parameter.
/// Differs   mistakes are found by the compiler; doc() is "" where Python has None; evaluation order of arguments is C++'s.
/// Source    ours, after the Language Reference, 6.3.4 Calls.
template <fixed_string... Names>
inline constexpr detail::def_t<Names...> def{};

namespace detail {

/// The arguments of a call in the order of the parameters, and the form of the call; for functions that wrap a def.
template <class F, class... A>
struct bound_arguments {
    using plan = call_plan<F, A...>;
    using values = typename plan::values;  // types<V&&...>, one for each parameter
    static constexpr std::size_t size = plan::parameters::size;
    /// Tells f(1, 2), f(1, y=2), f(x=1, y=2), f(y=2, x=1) and a default from a given value, as keys of CPython's caches do.
    static constexpr unsigned long long shape = plan::bound.shape;

    F& function;
    slots<A...> arguments;

    template <std::size_t I>
    [[nodiscard]] constexpr decltype(auto) get() const noexcept {
        return plan::template value<I>(function, arguments);
    }
    /// then(values...), in the order of the parameters.
    template <class Then>
    constexpr decltype(auto) apply(Then&& then) const {
        return [&]<std::size_t... I>(std::index_sequence<I...>) -> decltype(auto) {
            return static_cast<Then&&>(then)(this->template get<I>()...);
        }(typename plan::indices{});
    }
};

/// Bind the arguments of a call without calling. The references live as long as the arguments do.
template <class F, class... A>
    requires DefinedFunction<F>
constexpr auto bind_arguments(F& f, A&&... arguments) {
    call_binding<F, A...>::explain_call();
    if constexpr (call_binding<F, A...>::correct)
        return bound_arguments<F, A...>{f, {{static_cast<A&&>(arguments)}...}};
}

}  // namespace detail
}  // namespace amphis::inline v0

#endif  // AMPHIS_LANG_FUNCTION_HPP
