// SPDX-License-Identifier: MIT
// contextlib/contextmanager: a context manager from a generator.
// Python: docs.python.org/3/library/contextlib.html#contextlib.contextmanager
#ifndef AMPHIS_CONTEXTLIB_CONTEXTMANAGER_HPP
#define AMPHIS_CONTEXTLIB_CONTEXTMANAGER_HPP

#include <amphis/config.hpp>
#include <amphis/contextlib/kept_argument.hpp>
#include <amphis/contextlib/with.hpp>
#include <amphis/detail/callable.hpp>
#include <amphis/detail/keyword.hpp>
#include <amphis/detail/repr.hpp>
#include <amphis/lang/decorator.hpp>
#include <amphis/lang/exceptions/info.hpp>
#include <amphis/lang/generator.hpp>

#include <exception>
#include <new>
#include <tuple>
#include <type_traits>
#include <utility>

namespace amphis::inline v0 {

namespace detail {

template <class G>
inline constexpr bool takes_exceptions = false;
template <class Y, class S, class R>
inline constexpr bool takes_exceptions<generator<Y, S, R>> = !std::is_void_v<S>;

/// T const& or T&& that is bound to an A: without a conversion, which would make a temporary.
template <class Parameter, class A>
inline constexpr bool binds_directly = std::is_same_v<std::remove_cvref_t<Parameter>, std::remove_cvref_t<A>> ||
                                       std::is_base_of_v<std::remove_cvref_t<Parameter>, std::remove_cvref_t<A>>;

/// How an argument waits until the manager is entered: a temporary is moved in, a variable is copied, unless the function wants to change
/// it, is a template whose parameters are not known, or the variable cannot be copied: then it is referred to. What has to be converted
/// for a parameter that is a reference is converted at once, as the result of a later conversion would be gone before the generator goes on.
template <class Parameter, class A>
consteval auto kept_argument_type() noexcept {
    using Value = std::remove_cvref_t<Parameter>;
    if constexpr (std::is_lvalue_reference_v<Parameter> && !std::is_const_v<std::remove_reference_t<Parameter>>) {
        return std::type_identity<A>{};
    } else if constexpr (std::is_reference_v<Parameter> && !binds_directly<Parameter, A> && std::is_constructible_v<Value, A>) {
        return std::type_identity<Value>{};
    } else if constexpr (std::is_lvalue_reference_v<A> && (std::is_array_v<std::remove_reference_t<A>> || !std::is_copy_constructible_v<std::decay_t<A>>)) {
        return std::type_identity<A>{};
    } else {
        return std::type_identity<std::remove_cvref_t<A>>{};
    }
}
template <class Parameter, class A>
using kept_argument = typename decltype(kept_argument_type<Parameter, A>())::type;

/// Maker<Fn, ...> with the kept types of the arguments A of a call of Fn.
template <template <class, class...> class Maker, class Fn, class... A>
consteval auto keep_arguments() noexcept {
    if constexpr (KnownSignature<Fn>) {
        return []<class... P>(types<P...>) {
            if constexpr (sizeof...(P) == sizeof...(A)) {
                return std::type_identity<Maker<Fn, owned_argument<kept_argument<P, A>>...>>{};
            } else {
                return std::type_identity<Maker<Fn, owned_argument<A>...>>{};
            }
        }(typename signature_of<Fn>::parameters{});
    } else {
        return std::type_identity<Maker<Fn, owned_argument<A>...>>{};
    }
}

template <class F, class... A>
struct bound_arguments;  // of lang/function.hpp, which is included by who has a function made by def

}  // namespace detail

namespace contextlib {

/// What a function decorated with contextmanager returns: a context manager for one with, and a decorator.
///
/// Fn        the function that makes the generator. Args: what it will be called with when the manager is entered: references to what
///           was an lvalue, values of what was not.
template <class Fn, class... Args>
class generator_context_manager : public decorator_base {
    using generator_type = std::invoke_result_t<Fn&, detail::passed_argument_t<Args>...>;
    using access = detail::generator_access;
    using reference = decltype(access::current(std::declval<generator_type&>()));
    static constexpr bool can_be_thrown_into = detail::takes_exceptions<generator_type>;

public:
    template <class F, class... A>
    explicit generator_context_manager(std::in_place_t, F&& fn, A&&... arguments)
        : fn_(static_cast<F&&>(fn)), arguments_(detail::keep_argument<Args>(static_cast<A&&>(arguments))...) {}

    /// Runs the generator to its yield, and returns what it yields; nothing for one that yields None.
    ///
    /// Raises    what the generator raises; RuntimeError if it does not yield, or was entered before.
    auto enter() -> std::conditional_t<std::is_same_v<std::remove_cvref_t<reference>, none_t>, void, reference> {
        if (stage_ != fresh) not_yielded();
        start();
        if (!access::advance(generator_)) not_yielded();
        stage_ = inside;
        if constexpr (!std::is_same_v<std::remove_cvref_t<reference>, none_t>) return access::current(generator_);
    }

    /// Goes on after the yield, or raises the exception there. True if the generator caught it.
    ///
    /// Raises    what the generator raises, but the exception itself; RuntimeError if it yields once more.
    bool exit(exc_info const& exc)
        requires can_be_thrown_into
    {
        if (stage_ != inside) [[unlikely]] return exit_outside(exc);
        stage_ = left;
        if (!exc) [[likely]] {
            finish();
            return false;
        }
        std::exception_ptr out;
        bool const yielded = access::throw_into(generator_, exc.pointer(), out);
        drop();
        if (yielded) detail::throw_<RuntimeError>("generator didn't stop after throw()");
        if (!out) return true;
        if (out == exc.pointer()) return false;
        return raise_out(out, exc);
    }
    /// Of a generator that cannot be thrown into: its locals die where it waits.
    void exit(exc_info const& exc)
        requires(!can_be_thrown_into)
    {
        if (stage_ != inside) [[unlikely]] return static_cast<void>(exit_outside(exc));
        stage_ = left;
        if (!exc) [[likely]] return finish();
        drop();
    }

    /// As a decorator: each call of the function runs within a new manager.
    template <class F>
    [[nodiscard]] auto operator()(F&& fn) const {
        static_assert(((std::is_reference_v<Args> || std::is_copy_constructible_v<Args>) && ...),
                      "amphis: contextmanager: a manager is made anew for each call, which needs arguments that can be copied");
        auto advice = [self = *this](auto& wrapped, auto&&... arguments) -> decltype(auto) {
            return with(generator_context_manager(self), [&]() -> decltype(auto) { return wrapped(static_cast<decltype(arguments)>(arguments)...); });
        };
        return around<decltype(advice)>(static_cast<decltype(advice)&&>(advice))(static_cast<F&&>(fn));
    }

    /// To be entered instead of `other`, or as well. One that was entered has no arguments left: its copies cannot be entered either.
    generator_context_manager(generator_context_manager const& other)
        requires(std::is_copy_constructible_v<Fn> && ((std::is_reference_v<Args> || std::is_copy_constructible_v<Args>) && ...))
        : fn_(other.fn_), arguments_(other.arguments_), stage_(other.stage_ == fresh ? fresh : gone) {}
    /// Raises    RuntimeError if `other` is entered: its generator refers to it.
    generator_context_manager(generator_context_manager&& other)
        : fn_(static_cast<Fn&&>(other.unentered().fn_)), arguments_(static_cast<std::tuple<Args...>&&>(other.arguments_)), stage_(other.stage_ == fresh ? fresh : gone) {}
    generator_context_manager& operator=(generator_context_manager const&) = delete;
    generator_context_manager& operator=(generator_context_manager&&) = delete;
    ~generator_context_manager() {
        if (stage_ == inside || stage_ == left) generator_.~generator_type();
    }

private:
    enum stage : unsigned char { fresh, gone, inside, left };  // in the last two there is a generator

    void start() {
        stage_ = gone;
        std::apply([&](auto&... stored) { ::new (static_cast<void*>(__builtin_addressof(generator_))) generator_type(fn_(detail::passed_argument<Args>::pass(stored)...)); },
                   arguments_);
        stage_ = left;
    }
    /// Destroys its frame, with the locals that are still there.
    AMPHIS_COLD void drop() { static_cast<void>(generator_type(static_cast<generator_type&&>(generator_))); }
    void finish() {
        if (!access::advance(generator_)) [[likely]] return;
        drop();
        detail::throw_<RuntimeError>("generator didn't stop");
    }
    /// What came out of the generator instead of `exc`. False if it is `exc` after all.
    AMPHIS_COLD static bool raise_out(std::exception_ptr const& out, exc_info const& exc) {
        if (!exc.is<StopIteration>()) detail::rethrow_from_generator(out);
        try {
            detail::rethrow_from_generator(out);
        } catch (RuntimeError const& e) {
            // StopIteration that was caught and raised again, or replaced by a RuntimeError for its cause, goes on as it was.
            exc_info const cause = e.cause();
            if (cause.value() != nullptr && detail::exception_access::state(*cause.value()) == detail::exception_access::state(*exc.value())) return false;
            throw;
        }
    }
    /// exit without enter, or once more: what next() and throw() do with a generator that has not begun, or has finished.
    AMPHIS_COLD bool exit_outside(exc_info const& exc) {
        if (stage_ == fresh && !exc) {
            start();
            finish();
        }
        return false;
    }
    [[nodiscard]] generator_context_manager& unentered() {
        if (stage_ == inside) [[unlikely]] detail::throw_<RuntimeError>("cannot move a context manager that is entered");
        return *this;
    }
    [[noreturn]] AMPHIS_COLD static void not_yielded() { raise_from(RuntimeError("generator didn't yield"), None); }

    AMPHIS_NO_UNIQUE_ADDRESS Fn fn_;
    std::tuple<Args...> arguments_;
    stage stage_ = fresh;
    union {
        generator_type generator_;  // after what its parameters may refer to
    };
};

/// A context manager from a generator that yields once: before the yield is enter, after it exit.
///
///     auto tag = contextmanager([](std::string name) -> generator<std::string, none_t> {
///         print("<" + name + ">");
///         co_yield name;
///         print("</" + name + ">");
///     });
///     with(tag("h1"), [](auto& name) { print("in", name); });         // <h1> / in h1 / </h1>
///     auto f = tag("p") | [] { print("paragraph"); };                 // a decorator too
///
/// fn        a function that returns a generator. generator<T, none_t> has an exception of the body raised at its yield, and may catch it;
///           generator<T> is left at the yield: its locals die, nothing after the yield runs, nothing can be caught.
///           What is to run in every case belongs in a destructor, or after a try block.
/// Returns   of a call: a manager for one with, which keeps the arguments: what the function changes by reference is referred to, and so are
///           the variables given to a function template or by keyword.
/// Raises    RuntimeError: "generator didn't yield", "generator didn't stop", "generator didn't stop after throw()".
/// Cost      a generator: about 8 ns, no allocation after the first. An exception through it: two throws more.
/// Differs   the generator begins when the manager is entered, not when it is made; so a copy can be entered as well. Entered twice, it
///           raises RuntimeError("generator didn't yield"), where CPython raises AttributeError.
/// Source    Lib/contextlib.py, _GeneratorContextManager (CPython 3.11).
template <class Fn>
class contextmanager {
public:
    using amphis_function = Fn;

    // NOLINTNEXTLINE(google-explicit-constructor): constexpr contextmanager tag = [](std::string name) -> generator<...> { ... };
    constexpr contextmanager(Fn fn) noexcept(std::is_nothrow_move_constructible_v<Fn>) : fn_(static_cast<Fn&&>(fn)) {}

    template <class... A>
    [[nodiscard]] auto operator()(A&&... arguments) const {
        static_assert(std::is_copy_constructible_v<Fn>, "amphis: contextmanager: each manager has a copy of the function, so it must be copyable");
        static_assert(std::is_invocable_v<Fn&, A...>, "amphis: contextmanager: the function cannot be called with these arguments");
        static_assert(detail::is_generator<std::remove_cvref_t<std::invoke_result_t<Fn&, A...>>>,
                      "amphis: contextmanager: the function must return a generator: -> generator<T, none_t>");
        if constexpr ((detail::Kwarg<A> || ...) && requires(Fn const& fn) { fn.body(); }) {
            return detail::bound_arguments<Fn const, A...>{fn_, {{static_cast<A&&>(arguments)}...}}.apply(
                [this](auto&&... values) { return make(fn_.body(), static_cast<decltype(values)>(values)...); });
        } else {
            return make(fn_, static_cast<A&&>(arguments)...);
        }
    }

    [[nodiscard]] constexpr char const* name() const noexcept { return detail::name_of(fn_); }
    [[nodiscard]] constexpr char const* doc() const noexcept { return detail::doc_of(fn_); }

private:
    template <class F, class... A>
    static auto make(F const& fn, A&&... arguments) {
        using Manager = typename decltype(detail::keep_arguments<generator_context_manager, F, A...>())::type;
        return Manager(std::in_place, fn, static_cast<A&&>(arguments)...);
    }

    AMPHIS_NO_UNIQUE_ADDRESS Fn fn_;
};

}  // namespace contextlib
}  // namespace amphis::inline v0

#endif  // AMPHIS_CONTEXTLIB_CONTEXTMANAGER_HPP
