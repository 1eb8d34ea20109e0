// SPDX-License-Identifier: MIT
// contextlib/with: with(cm, body), and enter(cm).  Python: docs.python.org/3/reference/compound_stmts.html#with
#ifndef AMPHIS_CONTEXTLIB_WITH_HPP
#define AMPHIS_CONTEXTLIB_WITH_HPP

#include <amphis/config.hpp>
#include <amphis/detail/invoke.hpp>
#include <amphis/lang/exceptions/info.hpp>
#include <amphis/lang/exceptions/unraisable.hpp>

#include <concepts>
#include <exception>
#include <optional>
#include <type_traits>
#include <utility>

namespace amphis::inline v0 {

namespace detail {

template <class Cm>
concept Enters = requires(Cm& cm) { cm.enter(); };
/// exit(exc_info const&): it is told how the body ended.
template <class Cm>
concept ExitSees = requires(Cm& cm, exc_info const& exc) { cm.exit(exc); };
/// exit(): it cleans up, however the body ended.
template <class Cm>
concept ExitIsPlain = !ExitSees<Cm> && requires(Cm& cm) { cm.exit(); };
/// exit(exc_info const&) -> bool: true is "handled, go on after the with".
template <class Cm>
concept ExitSuppresses = ExitSees<Cm> && requires(Cm& cm, exc_info const& exc) {
    { cm.exit(exc) } -> std::convertible_to<bool>;
};

/// bool exit(): it means to suppress, and cannot.
template <class Cm>
concept IgnoresExit = ExitIsPlain<Cm> && requires(Cm& cm) {
    { cm.exit() } -> std::same_as<bool>;
};
/// It derives from a manager whose enter() returns the manager: the body gets the derived one.
template <class Cm>
concept EntersAsItself = requires { typename Cm::enters_as_itself; } && requires(Cm& cm) {
    { cm.enter() } -> std::same_as<typename Cm::enters_as_itself&>;
};

template <class Cm>
inline constexpr bool may_suppress = ExitSuppresses<std::remove_reference_t<Cm>>;

}  // namespace detail

/// A context manager: enter() and exit().
///
///     struct Timer {
///         Clock start;
///         Timer& enter() { start = Clock::now(); return *this; }      // what it returns is what `as` names; or void
///         void exit() { print(Clock::now() - start); }
///     };
///
/// exit()                              cleans up; it does not see how the body ended, and costs what a destructor costs.
/// exit(exc_info const&)               sees the exception, or None; it may throw another one, whose context is the first.
/// exit(exc_info const&) -> bool       may also suppress it, by returning true.
template <class Cm>
concept ContextManager = detail::Enters<std::remove_reference_t<Cm>> &&
                         (detail::ExitSees<std::remove_reference_t<Cm>> || detail::ExitIsPlain<std::remove_reference_t<Cm>>);

namespace detail {

/// Leaves a manager whose exit throws nothing, as a destructor does: plain RAII, without a try block.
template <class Cm>
struct exits_at_scope_end {
    Cm& cm;
    explicit exits_at_scope_end(Cm& c) noexcept : cm(c) {}
    exits_at_scope_end(exits_at_scope_end const&) = delete;
    exits_at_scope_end& operator=(exits_at_scope_end const&) = delete;
    ~exits_at_scope_end() { cm.exit(); }
};

/// Tell `cm` of the exception that is being handled, and go on with it unless `cm` suppresses it.
template <class Cm>
AMPHIS_COLD void exit_with(Cm& cm, exc_info const& exc) {
    if constexpr (ExitSuppresses<Cm>) {
        if (static_cast<bool>(cm.exit(exc))) return;
    } else {
        cm.exit(exc);
    }
    throw;
}

/// The body within an entered manager. Result: of the body, or, where a manager may suppress, an optional of it.
template <class Result, class Cm, class Body>
Result run_within(Cm& cm, Body const& body) {
    if constexpr (ExitIsPlain<Cm>) {
        if constexpr (noexcept(cm.exit())) {
            exits_at_scope_end<Cm> const guard(cm);
            return body();
        } else if constexpr (std::is_void_v<Result>) {
            try {
                body();
            } catch (...) {
                cm.exit();
                throw;
            }
            cm.exit();
        } else {
            Result result = [&]() -> Result {
                try {
                    return body();
                } catch (...) {
                    cm.exit();
                    throw;
                }
            }();
            cm.exit();
            return static_cast<Result&&>(result);
        }
    } else if constexpr (std::is_void_v<Result>) {
        // Three handlers, so that the exception is known by reference, and need not be thrown again to be looked at.
        try {
            body();
        } catch (BaseException const& e) {
            return exit_with(cm, exc_info::current(e));
        } catch (std::exception const& e) {
            return exit_with(cm, exc_info::current(e));
        } catch (...) {
            return exit_with(cm, exc_info::current());
        }
        static_cast<void>(cm.exit(exc_info()));
    } else {
        bool suppressed = false;
        Result result = [&]() -> Result {
            try {
                return body();
            } catch (BaseException const& e) {
                exit_with(cm, exc_info::current(e));
            } catch (std::exception const& e) {
                exit_with(cm, exc_info::current(e));
            } catch (...) {
                exit_with(cm, exc_info::current());
            }
            suppressed = true;
            if constexpr (may_suppress<Cm>) {
                return std::nullopt;
            } else {
                __builtin_unreachable();
            }
        }();
        if (!suppressed) static_cast<void>(cm.exit(exc_info()));
        return static_cast<Result&&>(result);
    }
}

/// What the body returns: R, or optional<R> if a manager may suppress.
template <class R, bool Suppresses>
struct with_result {
    using type = R;
};
template <class R>
    requires(!std::is_void_v<R>)
struct with_result<R, true> {
    using type = std::optional<std::remove_cvref_t<R>>;
};

/// The body is the last of `rest`; `call` calls it with the values of the managers before.
template <bool Suppresses, class Call, class Cm, class... Rest>
decltype(auto) run_with(Call const& call, Cm& cm, Rest&... rest) {
    static_assert(ContextManager<Cm>, "amphis: with: this object does not support the context manager protocol: "
                                      "it needs enter(), and exit() or exit(amphis::exc_info const&)");
    auto const inner = [&](auto const& caller) -> decltype(auto) {
        auto const body = [&]() -> decltype(auto) {
            if constexpr (sizeof...(Rest) == 1) {
                return caller(rest...);
            } else {
                return run_with<Suppresses>(caller, rest...);
            }
        };
        using Inner = decltype(body());
        using Result = std::conditional_t<sizeof...(Rest) == 1, typename with_result<Inner, Suppresses>::type, Inner>;
        return run_within<Result>(cm, body);
    };
    static_assert(!IgnoresExit<Cm>, "amphis: with: this exit() returns a bool but takes nothing: to suppress an exception it must see it, "
                                    "exit(amphis::exc_info const&)");
    if constexpr (std::is_void_v<decltype(cm.enter())>) {
        cm.enter();
        return inner(call);
    } else if constexpr (EntersAsItself<Cm>) {
        cm.enter();
        return inner([&](auto& body, auto&... more) -> decltype(auto) { return call(body, cm, more...); });
    } else {
        auto&& value = cm.enter();
        return inner([&](auto& body, auto&... more) -> decltype(auto) { return call(body, value, more...); });
    }
}

struct call_body {
    template <class Body, class... Values>
    decltype(auto) operator()(Body& body, Values&... values) const {
        if constexpr (std::is_member_pointer_v<Body> && std::is_invocable_v<Body&, Values&...>) {
            return detail::call(body, values...);
        } else if constexpr (std::is_invocable_v<Body&, Values&...>) {
            return body(values...);
        } else {
            static_assert(std::is_invocable_v<Body&>,
                          "amphis: with: the last argument is the body: a function of what the managers' enter() returns, each by reference, or of nothing");
            return body();
        }
    }
};

template <class... T>
struct with_managers;  // all but the last of a pack
template <class Body>
struct with_managers<Body> {
    static constexpr bool suppress = false;
};
template <class Cm, class... Rest>
    requires(sizeof...(Rest) > 0)
struct with_managers<Cm, Rest...> {
    static constexpr bool suppress = may_suppress<Cm> || with_managers<Rest...>::suppress;
};

struct with_fn {
    template <class... CmsAndBody>
    decltype(auto) operator()(CmsAndBody&&... managers_and_body) const {
        static_assert(sizeof...(CmsAndBody) >= 2, "amphis: with takes one or more context managers, then the body: with(cm, [](auto& value) { ... })");
        return run_with<with_managers<CmsAndBody...>::suppress>(call_body(), managers_and_body...);
    }
};

}  // namespace detail

/// Run `body` within context managers: Python's with statement.
///
///     with(open("x.txt"), [](auto& f) { for (auto&& line : f) print(line, "end"_k = ""); });
///     int n = with(lock, [&] { return ++count; });
///     with(Managed{"a"}, Managed{"b"}, [](auto& a, auto& b) { ... });     // entered in order, left in reverse
///
/// managers  one or more. An lvalue is referred to; a temporary lives until the with is left.
/// body      the last argument: called with what each enter() returned, by reference (nothing for one that returns void), or with nothing.
/// Returns   what the body returns; if a manager may suppress an exception, a std::optional of it, empty after one was. `return` in the
///           body leaves the with.
/// Raises    what enter, the body and exit raise; where enter of a later manager raises, the earlier ones are left with that exception.
///           What exit raises replaces the exception of the body, which becomes its context.
/// Cost      none: with a manager that has only exit(), the instructions of the cleanup written by hand. A manager that sees exceptions
///           has them caught, and thrown again if it does not suppress them: about 1 us each.
/// Differs   break and continue cannot leave a body that is a lambda.
/// Source    PEP 343.
inline constexpr detail::with_fn with;

namespace detail {

template <class Cm>
struct held_manager {
    Cm cm_;
};
/// What enter() returns is made here, so that it need not be movable.
template <class Value>
struct held_value {
    Value value_;
    template <class Cm>
    explicit held_value(Cm& cm) : value_(cm.enter()) {}
};
template <>
struct held_value<void> {
    template <class Cm>
    explicit held_value(Cm& cm) {
        cm.enter();
    }
};
/// Whether a scope is left by an exception: there are more on their way than when it began, which may have been in a destructor that runs
/// because of one.
template <bool ExitThrows>
struct left_by_exception {
    int before = std::uncaught_exceptions();
    [[nodiscard]] bool operator()() const noexcept { return std::uncaught_exceptions() > before; }
};
template <>
struct left_by_exception<false> {};

}  // namespace detail

/// An entered context manager that is left at the end of the scope. Made by enter().
template <class Cm>
class [[nodiscard]] entered : detail::held_manager<Cm>, detail::held_value<decltype(std::declval<Cm&>().enter())> {
    using manager = std::remove_reference_t<Cm>;
    using value_type = decltype(std::declval<manager&>().enter());
    using detail::held_manager<Cm>::cm_;

public:
    explicit entered(Cm&& cm) : detail::held_manager<Cm>{static_cast<Cm&&>(cm)}, detail::held_value<value_type>(cm_) {}
    entered(entered const&) = delete;
    entered& operator=(entered const&) = delete;

    ~entered() noexcept(noexcept(std::declval<manager&>().exit())) {
        if constexpr (noexcept(cm_.exit())) {
            cm_.exit();
        } else {
            // A destructor that throws while another exception is on its way ends the program.
            try {
                cm_.exit();
            } catch (...) {
                if (!unwinding_()) throw;
                detail::unraisable("exit of a context manager");
            }
        }
    }

    /// What enter() returned.
    [[nodiscard]] auto& value() noexcept AMPHIS_LIFETIMEBOUND
        requires(!std::is_void_v<value_type>)
    {
        return this->value_;
    }
    [[nodiscard]] auto& operator*() noexcept AMPHIS_LIFETIMEBOUND
        requires(!std::is_void_v<value_type>)
    {
        return this->value_;
    }
    [[nodiscard]] auto* operator->() noexcept AMPHIS_LIFETIMEBOUND
        requires(!std::is_void_v<value_type>)
    {
        return __builtin_addressof(this->value_);
    }

private:
    AMPHIS_NO_UNIQUE_ADDRESS detail::left_by_exception<!noexcept(std::declval<manager&>().exit())> unwinding_{};
};

namespace detail {

struct enter_fn {
    template <class Cm>
    [[nodiscard]] entered<Cm> operator()(Cm&& cm) const {
        using manager = std::remove_reference_t<Cm>;
        static_assert(ContextManager<Cm>, "amphis: enter: this object does not support the context manager protocol: "
                                          "it needs enter(), and exit() or exit(amphis::exc_info const&)");
        static_assert(!ExitSuppresses<manager>, "amphis: enter: this manager may suppress exceptions, which a scope cannot: use with(cm, body)");
        static_assert(ExitSuppresses<manager> || !ExitSees<manager>,
                      "amphis: enter: this manager wants to see the exception, which the end of a scope does not: use with(cm, body)");
        return entered<Cm>(static_cast<Cm&&>(cm));
    }
};

}  // namespace detail

/// Enter a context manager until the end of the scope: `with` without a lambda, for managers that only clean up.
///
///     auto f = enter(open("x.txt"));
///     print(f->read());
///
/// cm        has enter() and exit(). An lvalue is referred to; an rvalue is moved in, then entered.
/// Returns   an object that holds what enter() returned (`*f`, `f->`, f.value()) and leaves the manager when it dies. It cannot be moved.
/// Raises    what enter raises; at the end of the scope, what exit raises, unless another exception is on its way: then it is reported on
///           stderr, as Python does for exceptions that cannot be raised.
/// Cost      the instructions of a destructor.
/// Source    ours: Python has no scopes.
inline constexpr detail::enter_fn enter;

}  // namespace amphis::inline v0

#endif  // AMPHIS_CONTEXTLIB_WITH_HPP
