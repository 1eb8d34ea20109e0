// SPDX-License-Identifier: MIT
// decorator: functions that take a function and return one, composed in Python's order.
// Python: docs.python.org/3/glossary.html#term-decorator
//
//     constexpr amphis::around logged = [](auto& fn, auto&&... args) -> decltype(auto) {
//         std::puts("called");
//         return fn(std::forward<decltype(args)>(args)...);
//     };
//     auto f = logged | retry(3) | [](int x) { return 2 * x; };     // logged(retry(3)(fn)): the first name is outermost
#ifndef AMPHIS_LANG_DECORATOR_HPP
#define AMPHIS_LANG_DECORATOR_HPP

#include <amphis/detail/callable.hpp>
#include <amphis/detail/invoke.hpp>

#include <type_traits>
#include <utility>

namespace amphis::inline v0 {

/// What operator| goes by: derive a decorator class of your own from it, or wrap it, amphis::decorator{YourClass{...}}.
struct decorator_base {};

/// T composes with `|`.
template <class T>
concept Decorator = std::is_base_of_v<decorator_base, std::remove_cvref_t<T>>;

namespace detail {

/// A member function as a function: its object is the first argument. Decorators call what they get as fn(args...).
template <class Member>
struct method : function_type_of<signature_of<Member>> {
    Member member;

    constexpr explicit method(Member m) noexcept : member(m) {}

    template <class... A>
        requires std::is_invocable_v<Member const&, A...>
    constexpr std::invoke_result_t<Member const&, A...> operator()(A&&... arguments) const
        noexcept(std::is_nothrow_invocable_v<Member const&, A...>) {
        return call(member, static_cast<A&&>(arguments)...);
    }
};

template <class F>
constexpr decltype(auto) as_function(F&& fn) noexcept {
    if constexpr (std::is_member_pointer_v<std::remove_cvref_t<F>>) {
        return method<std::remove_cvref_t<F>>(fn);
    } else {
        return static_cast<F&&>(fn);
    }
}
template <class F>
using as_function_t = std::decay_t<decltype(as_function(std::declval<F>()))>;

struct call_operator {
    void operator()();
};
template <class T>
struct two_call_operators : T, call_operator {};

/// T can be called in some way. A class has a call operator, even a template or an overloaded one, if adding a second one
/// makes the name ambiguous.
template <class T>
inline constexpr bool is_function_like = PlainFunction<T> || std::is_member_pointer_v<T> || std::is_final_v<T>;
template <class T>
    requires(std::is_class_v<T> && !std::is_final_v<T>)
inline constexpr bool is_function_like<T> = !requires { &two_call_operators<T>::operator(); };

template <class T>
concept FunctionLike = is_function_like<std::remove_cvref_t<T>>;

template <class F>
concept HasName = requires(F const& fn) {
    static_cast<char const*>(fn.name());
    static_cast<char const*>(fn.doc());
};
template <class F>
constexpr char const* name_of(F const& fn) noexcept {
    if constexpr (HasName<F>) {
        return fn.name();
    } else if constexpr (requires {
                             { fn.get() } -> HasName;
                         }) {  // std::reference_wrapper
        return fn.get().name();
    } else {
        return "<lambda>";
    }
}
template <class F>
constexpr char const* doc_of(F const& fn) noexcept {
    if constexpr (HasName<F>) {
        return fn.doc();
    } else if constexpr (requires {
                             { fn.get() } -> HasName;
                         }) {
        return fn.get().doc();
    } else {
        return "";
    }
}

struct name_of_t {
    template <class F>
    [[nodiscard]] constexpr char const* operator()(F const& fn) const noexcept {
        return name_of(fn);
    }
};
struct doc_of_t {
    template <class F>
    [[nodiscard]] constexpr char const* operator()(F const& fn) const noexcept {
        return doc_of(fn);
    }
};

/// F as a base class, so that its members stay visible; what cannot be a base is held.
template <class F>
struct held_function {
    F fn;

    template <class... A>
        requires std::is_invocable_v<F const&, A...>
    constexpr std::invoke_result_t<F const&, A...> operator()(A&&... arguments) const
        noexcept(std::is_nothrow_invocable_v<F const&, A...>) {
        return call(fn, static_cast<A&&>(arguments)...);
    }
};
template <class F>
using base_of_function = std::conditional_t<std::is_class_v<F> && !std::is_final_v<F>, F, held_function<F>>;

}  // namespace detail

/// The name of any function: its name() if it has one, else "<lambda>". Python: fn.__name__.
inline constexpr detail::name_of_t name_of{};
/// The docstring of any function: its doc() if it has one, else "". Python: fn.__doc__.
inline constexpr detail::doc_of_t doc_of{};

/// A decorated function: calls go to `Advice`, which calls `Fn`. Made by `around`.
///
/// State     the members of Advice are members of the decorated function: counted.calls. A copy has its own state; to share
///           one function among several decorated ones, decorate std::ref(fn).
template <class Advice, class Fn>
class decorated : public detail::base_of_function<Advice>, public detail::function_type_of<detail::signature_of<Fn>> {
    using advice_type = detail::base_of_function<Advice>;

public:
    template <class A, class F>
    constexpr decorated(A&& the_advice, F&& the_function)  // names that shadow no member of Advice
        : advice_type{static_cast<A&&>(the_advice)}, fn_(static_cast<F&&>(the_function)) {}

    template <class... A>
        requires std::is_invocable_v<Fn const&, A...> && std::is_invocable_v<advice_type const&, Fn const&, A...>
    constexpr decltype(auto) operator()(A&&... the_arguments) const
        noexcept(std::is_nothrow_invocable_v<advice_type const&, Fn const&, A...>) {
        return static_cast<advice_type const&>(*this)(fn_, static_cast<A&&>(the_arguments)...);
    }
    /// Advice or a function with state of its own is called where it is not const.
    template <class... A>
        requires std::is_invocable_v<Fn&, A...> && std::is_invocable_v<advice_type&, Fn&, A...>
    constexpr decltype(auto) operator()(A&&... the_arguments) noexcept(
        std::is_nothrow_invocable_v<advice_type&, Fn&, A...>) {
        return static_cast<advice_type&>(*this)(fn_, static_cast<A&&>(the_arguments)...);
    }

    /// The name and the docstring of the wrapped function.
    [[nodiscard]] constexpr char const* name() const noexcept { return detail::name_of(fn_); }
    [[nodiscard]] constexpr char const* doc() const noexcept { return detail::doc_of(fn_); }

    /// The function inside. Python: f.__wrapped__.
    [[nodiscard]] constexpr Fn& wrapped() & noexcept { return fn_; }
    [[nodiscard]] constexpr Fn const& wrapped() const& noexcept { return fn_; }
    [[nodiscard]] constexpr Fn&& wrapped() && noexcept { return static_cast<Fn&&>(fn_); }

private:
    AMPHIS_NO_UNIQUE_ADDRESS Fn fn_;
};

/// A decorator from what happens around the call.
///
///     constexpr amphis::around doubled = [](auto& fn, auto&&... args) { return 2 * fn(std::forward<decltype(args)>(args)...); };
///     auto f = doubled | [](int x) { return x + 1; };
///     f(20);                      // 42
///
/// Advice    called with the function and the arguments of each call; it calls fn with arguments fn takes, or does not.
/// Returns   on a function: a `decorated` with the function's name(), doc(), signature and wrapped(); wraps() is built in.
/// Raises    whatever the advice and the function raise.
/// Cost      nothing of its own: the calls are direct and inlined, an empty advice takes no space.
/// Differs   a decorator that changes the parameters is a `decorator`, since this one promises the function's signature.
/// Source    ours; Python writes the inner function `wrapper` by hand.
template <class Advice>
class around : public decorator_base {
public:
    // NOLINTNEXTLINE(google-explicit-constructor): constexpr around timed = [](auto& fn, auto&&... args) { ... };
    constexpr around(Advice advice) noexcept(std::is_nothrow_move_constructible_v<Advice>)
        : advice_(static_cast<Advice&&>(advice)) {}

    template <class F>
    [[nodiscard]] constexpr auto operator()(F&& fn) const& {
        static_assert(detail::FunctionLike<F>, "amphis: a decorator is applied to a function");
        return decorated<Advice, detail::as_function_t<F>>(advice_, detail::as_function(static_cast<F&&>(fn)));
    }
    template <class F>
    [[nodiscard]] constexpr auto operator()(F&& fn) && {
        static_assert(detail::FunctionLike<F>, "amphis: a decorator is applied to a function");
        return decorated<Advice, detail::as_function_t<F>>(static_cast<Advice&&>(advice_),
                                                           detail::as_function(static_cast<F&&>(fn)));
    }

private:
    AMPHIS_NO_UNIQUE_ADDRESS Advice advice_;
};

/// A decorator from any callable that takes a function and returns a function.
///
///     constexpr amphis::decorator shout = [](auto fn) {
///         return [fn](std::string_view who) { return fn(who) + "!"; };
///     };
///     auto greet = shout | [](std::string_view who) { return std::string(who); };
///
/// F         lambda or object; an object that keeps arguments is a decorator with arguments: decorator{Retry{3}}.
/// Returns   on a function: what F returns, and nothing else, as in Python; functools::wraps carries name, doc and signature.
/// Raises    whatever F raises. What returns no function does not compile.
/// Cost      nothing of its own.
/// Source    ours, after the Language Reference, 8.7 Function definitions.
template <class F>
class decorator : public decorator_base {
public:
    // NOLINTNEXTLINE(google-explicit-constructor): constexpr decorator shout = [](auto fn) { ... };
    constexpr decorator(F fn) noexcept(std::is_nothrow_move_constructible_v<F>) : fn_(static_cast<F&&>(fn)) {}

    template <class Fn>
    [[nodiscard]] constexpr auto operator()(Fn&& fn) const {
        return apply(fn_, static_cast<Fn&&>(fn));
    }
    template <class Fn>
    [[nodiscard]] constexpr auto operator()(Fn&& fn) {
        return apply(fn_, static_cast<Fn&&>(fn));
    }

private:
    template <class Self, class Fn>
    static constexpr auto apply(Self& self, Fn&& fn) {
        static_assert(detail::FunctionLike<Fn>, "amphis: a decorator is applied to a function");
        using Result = decltype(self(detail::as_function(static_cast<Fn&&>(fn))));
        static_assert(detail::FunctionLike<Result>,
                      "amphis: a decorator must return a function; does yours return its wrapper?");
        if constexpr (detail::FunctionLike<Result>) {
            return self(detail::as_function(static_cast<Fn&&>(fn)));
        } else {
            return detail::as_function(static_cast<Fn&&>(fn));  // one error is enough
        }
    }

    AMPHIS_NO_UNIQUE_ADDRESS F fn_;
};

namespace detail {

template <template <class...> class Wrapper>
struct class_decorator : decorator_base {
    template <class F>
    [[nodiscard]] constexpr auto operator()(F&& fn) const {
        static_assert(FunctionLike<F>, "amphis: a decorator is applied to a function");
        using Result = Wrapper<as_function_t<F>>;
        static_assert(FunctionLike<Result>, "amphis: a class used as a decorator needs operator()");
        return Result{as_function(static_cast<F&&>(fn))};
    }
};

template <class Outer, class Inner>
class composed_decorator : public decorator_base {
public:
    template <class O, class I>
    constexpr composed_decorator(O&& outer, I&& inner)
        : outer_(static_cast<O&&>(outer)), inner_(static_cast<I&&>(inner)) {}

    template <class F>
    [[nodiscard]] constexpr auto operator()(F&& fn) const& {
        return outer_(inner_(static_cast<F&&>(fn)));
    }
    template <class F>
    [[nodiscard]] constexpr auto operator()(F&& fn) && {
        return static_cast<Outer&&>(outer_)(static_cast<Inner&&>(inner_)(static_cast<F&&>(fn)));
    }

private:
    AMPHIS_NO_UNIQUE_ADDRESS Outer outer_;
    AMPHIS_NO_UNIQUE_ADDRESS Inner inner_;
};

}  // namespace detail

/// A class template as a decorator: its constructor takes the function, its operator() is the call.
///
///     template <class Fn> struct CountCalls {
///         Fn fn;
///         int calls = 0;
///         decltype(auto) operator()(auto&&... args) { return ++calls, fn(std::forward<decltype(args)>(args)...); }
///     };
///     auto hello = amphis::decorator_class<CountCalls> | [] { std::puts("hello"); };
///     hello();
///     hello.calls;        // 1
///
/// Returns   on a function: a Wrapper<Fn>.
/// Source    ours; in Python a class is its own constructor, so @CountCalls needs no help.
template <template <class...> class Wrapper>
inline constexpr detail::class_decorator<Wrapper> decorator_class{};

/// Apply a decorator, or stack two: a | b | fn is a(b(fn)), the order in which Python's @a, @b, def are read.
///
/// outer     a decorator. inner: a decorator, or the function: lambda, function, function object, member function.
/// Returns   the decorated function, which owns a copy of an lvalue; with two decorators, one that applies both.
/// Cost      nothing.
template <Decorator Outer, class Inner>
[[nodiscard]] constexpr auto operator|(Outer&& outer, Inner&& inner) {
    if constexpr (Decorator<Inner>) {
        return detail::composed_decorator<std::decay_t<Outer>, std::decay_t<Inner>>(static_cast<Outer&&>(outer),
                                                                                    static_cast<Inner&&>(inner));
    } else {
        return static_cast<Outer&&>(outer)(static_cast<Inner&&>(inner));
    }
}

template <class NotDecorator, Decorator Inner>
    requires(!Decorator<NotDecorator>)
constexpr auto operator|(NotDecorator&&, Inner&& inner) {
    static_assert(!Decorator<Inner>,
                  "amphis: what stands left of | must be a decorator: timed | fn, or amphis::decorator{fn} | timed");
    return static_cast<Inner&&>(inner);
}

}  // namespace amphis::inline v0

#endif  // AMPHIS_LANG_DECORATOR_HPP
