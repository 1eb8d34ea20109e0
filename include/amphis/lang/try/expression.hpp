// SPDX-License-Identifier: MIT
// try/expression: try, except, else and finally as an expression; a raised exception as a value.
// Python: docs.python.org/3/reference/compound_stmts.html#the-try-statement
//
//     int n = try_([&] { return parse(s); },
//                  except<ValueError>([](ValueError const& e) { print("bad:", e); return 0; }),
//                  except<KeyError, IndexError>([] { return -1; }),
//                  else_([] { print("no error"); }),
//                  finally_([] { print("done"); }));
//     expected<int> m = try_([&] { return parse(s); });
#ifndef AMPHIS_LANG_TRY_EXPRESSION_HPP
#define AMPHIS_LANG_TRY_EXPRESSION_HPP

#include <amphis/config.hpp>
#include <amphis/lang/exceptions/base.hpp>
#include <amphis/lang/exceptions/expected.hpp>
#include <amphis/lang/exceptions/hierarchy.hpp>
#include <amphis/lang/exceptions/info.hpp>

#include <cstddef>
#include <exception>
#include <type_traits>

namespace amphis::inline v0 {
namespace detail {

// ---- the clauses ----------------------------------------------------------------------------------------------------

template <class... E>
struct class_list {};
template <class... A, class... B>
class_list<A..., B...> operator+(class_list<A...>, class_list<B...>);

template <class Fn, class... E>
struct except_clause {
    Fn fn;
};
template <class Fn, class... E>
struct except_star_clause {
    Fn fn;
};
template <class Fn>
struct else_clause {
    Fn fn;
};
template <class Fn>
struct finally_clause {
    Fn fn;
};

template <class... E>
struct except_fn {
    template <class Fn>
    [[nodiscard]] constexpr auto operator()(Fn&& fn) const {
        return except_clause<std::decay_t<Fn>, E...>{static_cast<Fn&&>(fn)};
    }
};
struct else_fn {
    template <class Fn>
    [[nodiscard]] constexpr auto operator()(Fn&& fn) const {
        return else_clause<std::decay_t<Fn>>{static_cast<Fn&&>(fn)};
    }
};
struct finally_fn {
    template <class Fn>
    [[nodiscard]] constexpr auto operator()(Fn&& fn) const {
        static_assert(std::is_invocable_v<std::decay_t<Fn>&>, "amphis: finally_ takes a function without parameters");
        return finally_clause<std::decay_t<Fn>>{static_cast<Fn&&>(fn)};
    }
};

enum class clause_kind { except, bare_except, star, else_, finally_, none };
template <class T>
inline constexpr clause_kind kind_of = clause_kind::none;
template <class Fn, class... E>
inline constexpr clause_kind kind_of<except_clause<Fn, E...>> = sizeof...(E) == 0 ? clause_kind::bare_except : clause_kind::except;
template <class Fn, class... E>
inline constexpr clause_kind kind_of<except_star_clause<Fn, E...>> = clause_kind::star;
template <class Fn>
inline constexpr clause_kind kind_of<else_clause<Fn>> = clause_kind::else_;
template <class Fn>
inline constexpr clause_kind kind_of<finally_clause<Fn>> = clause_kind::finally_;

/// Where the clause of this kind is; the number of clauses if there is none.
template <class... C>
[[nodiscard]] consteval std::size_t find_clause(clause_kind wanted) noexcept {
    clause_kind const kinds[] = {kind_of<C>..., clause_kind::none};
    std::size_t at = 0;
    while (at != sizeof...(C) && kinds[at] != wanted) ++at;
    return at;
}
template <class... C>
[[nodiscard]] consteval std::size_t count_clauses(clause_kind wanted) noexcept {
    clause_kind const kinds[] = {kind_of<C>..., clause_kind::none};
    std::size_t count = 0;
    for (std::size_t i = 0; i != sizeof...(C); ++i) count += kinds[i] == wanted ? 1U : 0U;
    return count;
}
/// except, then else, then finally, as the grammar has it.
template <class... C>
[[nodiscard]] consteval bool clauses_in_order() noexcept {
    clause_kind const kinds[] = {kind_of<C>..., clause_kind::none};
    for (std::size_t i = 1; i < sizeof...(C); ++i) {
        if (kinds[i] < kinds[i - 1] && kinds[i - 1] != clause_kind::bare_except) return false;
    }
    return true;
}
template <class... C>
[[nodiscard]] consteval bool bare_is_last() noexcept {
    std::size_t const at = find_clause<C...>(clause_kind::bare_except);
    return at == sizeof...(C) || at + 1 == count_clauses<C...>(clause_kind::except) + count_clauses<C...>(clause_kind::bare_except);
}

template <std::size_t I, class First, class... Rest>
[[nodiscard]] constexpr auto& clause_at(First& first, Rest&... rest) noexcept {
    if constexpr (I == 0) {
        return first;
    } else {
        return clause_at<I - 1>(rest...);
    }
}

// ---- calling a handler ----------------------------------------------------------------------------------------------

/// The only parameter of a function that is not a template; void if that cannot be known.
template <class T>
struct parameter_of {
    using type = void;
};
template <class R, class A>
struct parameter_of<R (*)(A)> {
    using type = A;
};
template <class R, class A>
struct parameter_of<R (*)(A) noexcept> {
    using type = A;
};
template <class R, class C, class A>
struct parameter_of<R (C::*)(A)> {
    using type = A;
};
template <class R, class C, class A>
struct parameter_of<R (C::*)(A) const> {
    using type = A;
};
template <class R, class C, class A>
struct parameter_of<R (C::*)(A) noexcept> {
    using type = A;
};
template <class R, class C, class A>
struct parameter_of<R (C::*)(A) const noexcept> {
    using type = A;
};
template <class Fn>
struct handler_parameter {
    using type = std::remove_cvref_t<typename parameter_of<Fn>::type>;
};
template <class Fn>
    requires requires { &Fn::operator(); }
struct handler_parameter<Fn> {
    using type = std::remove_cvref_t<typename parameter_of<decltype(&Fn::operator())>::type>;
};

/// Stands for the exception of a handler for everything.
struct anything {};

/// handler(e), handler(exc_info), or handler().
template <class Fn, class E>
constexpr decltype(auto) handle(Fn& handler, E const& e) {
    if constexpr (!std::is_same_v<E, anything> && !std::is_same_v<typename handler_parameter<Fn>::type, exc_info> &&
                  std::is_invocable_v<Fn&, E const&>) {
        return handler(e);
    } else if constexpr (std::is_invocable_v<Fn&, exc_info const&>) {
        if constexpr (std::is_base_of_v<std::exception, E>) {
            return handler(exc_info::current(e));
        } else {
            return handler(exc_info::current());
        }
    } else {
        static_assert(std::is_invocable_v<Fn&>, "amphis: the handler of an except takes the exception, an exc_info, or nothing");
        return handler();
    }
}

template <class Fn, class... E>
[[nodiscard]] std::conditional_t<sizeof...(E) == 0, class_list<anything>, class_list<E...>> classes_of(except_clause<Fn, E...> const&);

/// What the handler returns for each of its exceptions.
template <class Fn, class... E>
[[nodiscard]] class_list<decltype(handle(std::declval<Fn&>(), std::declval<E const&>()))...> answers_of(Fn&, class_list<E...>);

template <class Clause>
[[nodiscard]] consteval auto clause_answers() {
    if constexpr (kind_of<Clause> == clause_kind::except || kind_of<Clause> == clause_kind::bare_except) {
        return decltype(answers_of(std::declval<Clause&>().fn, classes_of(std::declval<Clause&>()))){};
    } else {
        return class_list<>{};
    }
}

// ---- the value ------------------------------------------------------------------------------------------------------

/// Common type of those that are not void.
template <class Kept, class... T>
struct joined;
template <class... Kept>
struct joined<class_list<Kept...>> {
    static_assert(requires { typename std::common_type_t<Kept...>; },
                  "amphis: the body and the handlers of try_ return values without a common type; a handler that always raises says so: [](auto& e) -> int {...}");
    using type = std::common_type_t<Kept...>;
};
template <class... Kept, class First, class... Rest>
struct joined<class_list<Kept...>, First, Rest...>
    : joined<std::conditional_t<std::is_void_v<First>, class_list<Kept...>, class_list<Kept..., First>>, Rest...> {};

/// Of a body that returns Value and handlers that return Answers.
template <class Value, class... Answers>
[[nodiscard]] consteval auto result_type(class_list<Answers...>) {
    if constexpr (std::is_void_v<Value>) {
        return std::type_identity<void>{};
    } else if constexpr ((std::is_void_v<Answers> || ...)) {
        return std::type_identity<expected<typename joined<class_list<>, Value, Answers...>::type>>{};
    } else {
        return typename std::type_identity<typename joined<class_list<>, Value, Answers...>::type>{};
    }
}

// ---- catching -------------------------------------------------------------------------------------------------------

/// One exception class of one clause.
template <class E, std::size_t Clause>
struct catch_entry {
    using type = E;
    static constexpr std::size_t clause = Clause;
};
template <std::size_t Clause, class... E>
[[nodiscard]] class_list<catch_entry<E, Clause>...> entries_of(class_list<E...>);

template <std::size_t I>
[[nodiscard]] class_list<> all_entries();
template <std::size_t I, class First, class... Rest>
[[nodiscard]] consteval auto all_entries() {
    if constexpr (kind_of<First> == clause_kind::except) {
        if constexpr (sizeof...(Rest) == 0) {
            return decltype(entries_of<I>(classes_of(std::declval<First&>()))){};
        } else {
            return decltype(entries_of<I>(classes_of(std::declval<First&>())) + all_entries<I + 1, Rest...>()){};
        }
    } else {
        return class_list<>{};
    }
}

/// Catches nothing: stands where there are fewer exceptions than catch clauses below.
template <std::size_t I>
struct no_exception {};
template <std::size_t I, class List>
struct entry_at {
    using type = catch_entry<no_exception<I>, static_cast<std::size_t>(-1)>;
};
template <class First, class... Rest>
struct entry_at<0, class_list<First, Rest...>> {
    using type = First;
};
template <std::size_t I, class First, class... Rest>
    requires(I != 0)
struct entry_at<I, class_list<First, Rest...>> {
    using next = typename entry_at<I - 1, class_list<Rest...>>::type;
    using type = std::conditional_t<next::clause == static_cast<std::size_t>(-1), catch_entry<no_exception<I>, static_cast<std::size_t>(-1)>, next>;
};

inline constexpr std::size_t catches = 12;

/// The handler's value as that of the whole.
template <class R, class Entry, class E, class... C>
R answer(E const& e, C&... clauses) {
    if constexpr (Entry::clause != static_cast<std::size_t>(-1)) {
        auto& fn = clause_at<Entry::clause>(clauses...).fn;
        if constexpr (std::is_void_v<R>) {
            static_cast<void>(handle(fn, e));
        } else if constexpr (std::is_void_v<decltype(handle(fn, e))>) {
            handle(fn, e);  // the error has been dealt with, but there is no value
            if constexpr (std::is_base_of_v<std::exception, E>) {
                return R(exc_info::current(e));
            } else {
                return R(exc_info::current());
            }
        } else {
            return R(handle(fn, e));
        }
    } else {
        throw;
    }
}

// A handler for a base class before one for a class derived from it: Python's rule is that the first wins, and so it does.
#if defined(__GNUC__)
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wexceptions"
#endif
#define AMPHIS_CATCH(I)                                                                       \
    catch (typename entry_at<I, List>::type::type const& e) {                                 \
        return static_cast<Whole>(answer<R, typename entry_at<I, List>::type>(e, clauses...)); \
    }
#define AMPHIS_CATCH_ALL                                                                                                           \
    AMPHIS_CATCH(0) AMPHIS_CATCH(1) AMPHIS_CATCH(2) AMPHIS_CATCH(3) AMPHIS_CATCH(4) AMPHIS_CATCH(5) AMPHIS_CATCH(6) AMPHIS_CATCH(7) \
    AMPHIS_CATCH(8) AMPHIS_CATCH(9) AMPHIS_CATCH(10) AMPHIS_CATCH(11)

/// body(), or what the handler of its exception returns: one C++ try block, so nothing is thrown a second time to look at it.
template <class Whole, class R, class List, class Body, class... C>
Whole guarded(Body& body, C&... clauses) {
    constexpr std::size_t bare = find_clause<C...>(clause_kind::bare_except);
    if constexpr (bare != sizeof...(C)) {
        try {
            return static_cast<Whole>(body());
        }
        AMPHIS_CATCH_ALL
        catch (...) {
            return static_cast<Whole>(answer<R, catch_entry<anything, bare>>(anything(), clauses...));
        }
    } else {
        try {
            return static_cast<Whole>(body());
        }
        AMPHIS_CATCH_ALL
    }
}
#undef AMPHIS_CATCH_ALL
#undef AMPHIS_CATCH
#if defined(__GNUC__)
#pragma GCC diagnostic pop
#endif

/// What a handler returned; nothing if there was no error.
template <class R>
struct handled {
    expected<R> value{no_value()};

    handled() = default;
    explicit handled(R&& answered) { value.fill(static_cast<R&&>(answered)); }
};

template <class... E>
[[nodiscard]] consteval std::size_t count_of(class_list<E...>) noexcept {
    return sizeof...(E);
}

/// What else_ gives is the value in place of the body's, unless it gives none.
template <class Value, class Fn>
decltype(auto) run_else(Fn& fn, expected<Value>& value) {
    if constexpr (std::is_void_v<Value>) {
        return fn();
    } else if constexpr (std::is_invocable_v<Fn&, Value const&>) {
        if constexpr (std::is_void_v<std::invoke_result_t<Fn&, Value const&>>) {
            fn(static_cast<Value const&>(*value));
            return static_cast<Value&&>(*value);
        } else {
            return fn(static_cast<Value const&>(*value));
        }
    } else {
        static_assert(std::is_invocable_v<Fn&>, "amphis: else_ takes a function of the body's value, or of nothing");
        if constexpr (std::is_void_v<std::invoke_result_t<Fn&>>) {
            fn();
            return static_cast<Value&&>(*value);
        } else {
            return fn();
        }
    }
}

/// Runs what is left to do when the scope ends, which cannot raise.
template <class Fn>
struct at_exit {
    Fn& fn;
    explicit at_exit(Fn& function) noexcept : fn(function) {}
    at_exit(at_exit const&) = delete;
    at_exit& operator=(at_exit const&) = delete;
    ~at_exit() { static_cast<void>(fn()); }
};

template <class Run, class Fn>
decltype(auto) run_finally(Run&& run, Fn& fn) {
    using result = decltype(run());
    if constexpr (std::is_nothrow_invocable_v<Fn&>) {
        at_exit<Fn> const last(fn);
        return run();
    } else {
        auto const guarded_run = [&]() -> result {
            try {
                return run();
            } catch (...) {
                static_cast<void>(fn());  // an exception out of it has this one as its context
                throw;
            }
        };
        if constexpr (std::is_void_v<result>) {
            guarded_run();
            static_cast<void>(fn());
        } else {
            result value = guarded_run();
            static_cast<void>(fn());
            return value;
        }
    }
}

/// The exception of `body` as a value. What ends a program or a generator passes, as it passes `except Exception`.
template <class Body>
auto as_expected(Body& body) {
    using value = std::remove_cvref_t<std::invoke_result_t<Body&>>;
    using result = typename std::conditional_t<is_expected<value>, std::type_identity<value>, std::type_identity<expected<value>>>::type;
    try {
        if constexpr (std::is_void_v<value>) {
            body();
            return result();
        } else {
            return result(body());
        }
    } catch (Exception const& e) {
        return result(exc_info::current(e));
    } catch (BaseException const&) {
        throw;
    } catch (std::exception const& e) {
        return result(exc_info::current(e));
    }
}

struct try_fn {
    template <class Body, class... C>
    decltype(auto) operator()(Body&& body, C&&... clauses) const {
        constexpr bool known = ((kind_of<std::remove_cvref_t<C>> != clause_kind::none && kind_of<std::remove_cvref_t<C>> != clause_kind::star) && ...);
        static_assert(std::is_invocable_v<Body&>, "amphis: the body of try_ is a function without parameters");
        static_assert(known, "amphis: after its body, try_ takes except<...>(...), else_(...) and finally_(...)");
        if constexpr (known && std::is_invocable_v<Body&>) return run(body, clauses...);
    }

private:
    template <class Body, class... C>
    static decltype(auto) run(Body& body, C&... clauses) {
        using list = class_list<std::remove_cv_t<C>...>;
        return check(list(), body, clauses...);
    }
    template <class... Clauses, class Body, class... C>
    static decltype(auto) check(class_list<Clauses...>, Body& body, C&... clauses) {
        static_assert(clauses_in_order<Clauses...>(), "amphis: in try_, except comes first, then else_, then finally_");
        static_assert(bare_is_last<Clauses...>(), "amphis: default 'except:' must be last: except<>(...) after the others");
        static_assert(count_clauses<Clauses...>(clause_kind::else_) <= 1 && count_clauses<Clauses...>(clause_kind::finally_) <= 1,
                      "amphis: try_ takes else_ and finally_ once");
        constexpr std::size_t handlers = count_clauses<Clauses...>(clause_kind::except) + count_clauses<Clauses...>(clause_kind::bare_except);
        constexpr std::size_t last = find_clause<Clauses...>(clause_kind::finally_);
        static_assert(handlers != 0 || count_clauses<Clauses...>(clause_kind::else_) == 0, "amphis: else_ of try_ needs an except before it");
        if constexpr (sizeof...(Clauses) == 0) {
            return as_expected(body);
        } else if constexpr (last != sizeof...(Clauses)) {
            return run_finally([&]() -> decltype(auto) { return run_handlers<Clauses...>(body, clauses...); }, clause_at<last>(clauses...).fn);
        } else {
            return run_handlers<Clauses...>(body, clauses...);
        }
    }

    template <class... Clauses, class Body, class... C>
    static auto run_handlers(Body& body, C&... clauses) {
        using value = std::remove_cvref_t<std::invoke_result_t<Body&>>;
        using entries = decltype(all_entries<0, Clauses...>());
        using answers = decltype((class_list<>() + ... + clause_answers<Clauses>()));
        static_assert(count_of(entries()) <= catches, "amphis: try_ takes up to twelve exception classes; use a base class, or a C++ try block");
        constexpr std::size_t other = find_clause<Clauses...>(clause_kind::else_);
        if constexpr (other == sizeof...(Clauses)) {
            using result = typename decltype(result_type<value>(answers()))::type;
            return guarded<result, result, entries>(body, clauses...);
        } else {
            auto& fn = clause_at<other>(clauses...).fn;
            expected<std::conditional_t<std::is_void_v<value>, bool, value>> kept{no_value()};
            auto const filled = [&] {
                if constexpr (std::is_void_v<value>) {
                    body();
                    kept.fill(true);
                } else {
                    kept.fill(body());
                }
            };
            return with_else<value, entries>(answers(), fn, kept, filled, clauses...);
        }
    }
    template <class Value, class Entries, class Answers, class Fn, class Kept, class Body, class... C>
    static auto with_else(Answers answers, Fn& fn, Kept& kept, Body& body, C&... clauses) {
        if constexpr (std::is_void_v<Value>) {
            guarded<void, void, Entries>(body, clauses...);
            if (kept.has_value()) static_cast<void>(fn());
        } else {
            using final_value = std::remove_cvref_t<decltype(run_else<Value>(fn, kept))>;
            using result = typename decltype(result_type<final_value>(answers))::type;
            auto const unhandled = [&] {
                body();
                return handled<result>();
            };
            handled<result> answered = guarded<handled<result>, result, Entries>(unhandled, clauses...);
            if (answered.value.has_value()) return static_cast<result>(*static_cast<expected<result>&&>(answered.value));
            return static_cast<result>(run_else<Value>(fn, kept));
        }
    }
};

}  // namespace detail

/// A handler for exceptions of these classes, in try_. Without a class: for whatever can be thrown.
///
///     except<KeyError, IndexError>([](LookupError const& e) { return 0; })
///
/// handler   is called with the exception, with an exc_info, or with nothing, within the C++ catch clause: `throw;` raises it again.
template <class... E>
inline constexpr detail::except_fn<E...> except{};
/// What try_ does after a body without an error; its exceptions are not handled there. Called with the body's value, or with nothing.
inline constexpr detail::else_fn else_{};
/// What try_ does in the end, whatever happened.
inline constexpr detail::finally_fn finally_{};

/// try, except, else and finally as one expression, with the value of the body, or of the handler of its exception.
///
///     auto n = try_([&] { return numbers.at(key); }, except<KeyError>([] { return 0; }), finally_([&] { log("read"); }));
///     expected<int> m = try_([&] { return parse(s); });                    // alone: the exception as a value
///
/// body      a function without parameters.
/// Returns   the common type of what body and handlers return. void if the body returns nothing. If a handler of a body with a value returns nothing:
///           an expected, which holds the exception that was handled; a handler that always raises says so: `[](auto& e) -> int {...}`.
///           What else_ returns takes the place of the body's value; what finally_ returns is dropped.
///           Without clauses: an expected. GeneratorExit, KeyboardInterrupt and SystemExit pass, as they pass `except Exception`.
/// Raises    what is not handled, and what handlers, else_ and finally_ raise.
/// Cost      that of the C++ try block. A finally_ that is not noexcept catches and throws again what passes.
/// Differs   `return` leaves the lambda, not the function around it.
/// Source    Reference manual, 8.4.
inline constexpr detail::try_fn try_{};

}  // namespace amphis::inline v0

#endif  // AMPHIS_LANG_TRY_EXPRESSION_HPP
