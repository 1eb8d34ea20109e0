// SPDX-License-Identifier: MIT
// try/except_star: each handler gets its part of a group.
// Python: docs.python.org/3/reference/compound_stmts.html#except-star
//
//     except_star([] { throw ExceptionGroup("all", ValueError("a"), TypeError("b"), OSError("c")); },
//                 on<ValueError>([](ExceptionGroup const& eg) { print(eg.exceptions()); }),
//                 on<TypeError, KeyError>([](exc_info const& eg) { print(eg.exceptions()); }));     // raises what is left: the OSError
#ifndef AMPHIS_LANG_TRY_EXCEPT_STAR_HPP
#define AMPHIS_LANG_TRY_EXCEPT_STAR_HPP

#include <amphis/config.hpp>
#include <amphis/detail/pointer_set.hpp>
#include <amphis/lang/exceptions/base.hpp>
#include <amphis/lang/exceptions/group.hpp>
#include <amphis/lang/exceptions/hierarchy.hpp>
#include <amphis/lang/exceptions/info.hpp>
#include <amphis/lang/try/expression.hpp>

#include <exception>
#include <type_traits>

namespace amphis::inline v0 {
namespace detail {

template <class... E>
struct on_fn {
    template <class Fn>
    [[nodiscard]] constexpr auto operator()(Fn&& fn) const {
        static_assert(sizeof...(E) != 0, "amphis: on<...> names the exceptions that it handles");
        static_assert((std::is_base_of_v<std::exception, E> && ...), "amphis: catching classes that do not inherit from BaseException is not allowed");
        static_assert(((!std::is_base_of_v<ExceptionGroup, E> && !std::is_base_of_v<BaseExceptionGroup, E>)&&...),
                      "amphis: catching ExceptionGroup with except* is not allowed. Use except instead.");
        return except_star_clause<std::decay_t<Fn>, E...>{static_cast<Fn&&>(fn)};
    }
};

inline void collect_leaves(pointer_set& leaves, exc_info const& e, unsigned depth = 0) {
    if (members_of(e.value()) == nullptr) {
        leaves.insert(identity_of(e));
        return;
    }
    if (depth == 1000) throw_<RecursionError>("maximum recursion depth exceeded in collect_exception_group_leaf_ids");
    for (exc_info const& member : e.exceptions()) collect_leaves(leaves, member, depth + 1);
}

/// The group that holds what except_star has collected. It is not raised where it is made, so what is handled there is not its context.
[[nodiscard]] AMPHIS_COLD inline exc_info collected(group_builder&& exceptions) {
    exc_info group = make_group("", static_cast<group_builder&&>(exceptions));
    if (exception_links* const links = exception_access::links(*group.value())) links->context = nullptr;
    return group;
}

/// The exception of the body on its way through the clauses.
class star_handling {
public:
    explicit star_handling(exc_info&& raised)
        : original_(static_cast<exc_info&&>(raised)), rest_(original_), naked_(members_of(original_.value()) == nullptr) {}

    /// The part that a clause handles, as a group; None if there is nothing for it.
    [[nodiscard]] AMPHIS_COLD exc_info take(exception_filter filter) {
        if (!rest_) return {};
        if (naked_) {
            if (!filter(rest_)) return {};
            group_builder one;
            one.push(static_cast<exc_info&&>(rest_));
            one.print_as_tuple();
            rest_ = exc_info();
            return collected(static_cast<group_builder&&>(one));
        }
        group_split both = split_group(rest_, rest_.value(), filter);
        rest_ = static_cast<exc_info&&>(both.rest);
        return static_cast<exc_info&&>(both.match);
    }
    /// What a handler raised, given `match`.
    void add(exc_info const& match, exc_info&& raised) {
        (raised.pointer() == match.pointer() ? raised_again_ : raised_).push(static_cast<exc_info&&>(raised));
    }
    /// Raise what is left.
    AMPHIS_COLD void finish() {
        if (naked_) {
            if (raised_.size() != 0) raised_.exceptions()[0].raise();
            if (raised_again_.size() != 0) raised_again_.exceptions()[0].raise();
            if (rest_) rest_.raise();
            return;
        }
        exc_info const again = left();
        if (raised_.size() == 0) {
            if (again) again.raise();
            return;
        }
        if (!again && raised_.size() == 1) raised_.exceptions()[0].raise();
        if (again) raised_.push(again);
        collected(static_cast<group_builder&&>(raised_)).raise();
    }

private:
    /// What was not handled, or raised again as it was, in the shape of the original group.
    [[nodiscard]] exc_info left() {
        if (rest_ == original_) return original_;
        if (rest_) raised_again_.push(rest_);
        if (raised_again_.size() == 0) return {};
        pointer_set leaves;
        for (exc_info const& e : raised_again_.exceptions()) collect_leaves(leaves, e);
        auto const is_left = [&](exc_info const& e) { return leaves.contains(identity_of(e)); };
        return split_group(original_, original_.value(), filter_by(is_left)).match;
    }

    exc_info original_;
    exc_info rest_;
    group_builder raised_{};
    group_builder raised_again_{};
    bool naked_;
};

/// fn()'s exception, or None. What is no std::exception passes.
template <class Fn>
[[nodiscard]] exc_info exception_of(Fn&& fn) {
    try {
        fn();
        return {};
    } catch (BaseException const& e) {
        return exc_info::current(e);
    } catch (std::exception const& e) {
        return exc_info::current(e);
    }
}

struct except_star_fn {
    template <class Body, class... C>
    void operator()(Body&& body, C&&... clauses) const {
        static_assert(std::is_invocable_v<Body&>, "amphis: the body of except_star is a function without parameters");
        run<std::remove_cvref_t<C>...>(body, clauses...);
    }

private:
    template <class... Clauses, class Body, class... C>
    static void run(Body& body, C&... clauses) {
        static_assert(count_clauses<Clauses...>(clause_kind::star) != 0 &&
                          count_clauses<Clauses...>(clause_kind::star) + count_clauses<Clauses...>(clause_kind::else_) +
                                  count_clauses<Clauses...>(clause_kind::finally_) ==
                              sizeof...(Clauses),
                      "amphis: after its body, except_star takes on<...>(...), then else_(...) and finally_(...)");
        static_assert(clauses_in_order<Clauses...>(), "amphis: in except_star, on<...> comes first, then else_, then finally_");
        constexpr std::size_t last = find_clause<Clauses...>(clause_kind::finally_);
        if constexpr (last != sizeof...(Clauses)) {
            run_finally([&] { run_clauses<Clauses...>(body, clauses...); }, clause_at<last>(clauses...).fn);
        } else {
            run_clauses<Clauses...>(body, clauses...);
        }
    }
    template <class... Clauses, class Body, class... C>
    static void run_clauses(Body& body, C&... clauses) {
        exc_info raised = exception_of(body);
        if (!raised) {
            constexpr std::size_t other = find_clause<Clauses...>(clause_kind::else_);
            if constexpr (other != sizeof...(Clauses)) static_cast<void>(clause_at<other>(clauses...).fn());
            return;
        }
        star_handling handling(static_cast<exc_info&&>(raised));
        (run_clause(handling, clauses), ...);
        handling.finish();
    }
    template <class Fn, class... E>
    static void run_clause(star_handling& handling, except_star_clause<Fn, E...>& clause) {
        if (exc_info const match = handling.take(filter_by_type<E...>())) {
            exc_info raised = exception_of([&] { run_handler<Fn, E...>(clause.fn, match); });
            if (raised) handling.add(match, static_cast<exc_info&&>(raised));
        }
    }
    template <class Other>
    static void run_clause(star_handling&, Other&) noexcept {}

    /// The match is being handled then: `throw;` raises it again, and it is the context of what is raised.
    template <class Fn, class... E>
    static void run_handler(Fn& handler, exc_info const& match) {
        using parameter = typename handler_parameter<Fn>::type;
        if constexpr (std::is_base_of_v<BaseException, parameter>) {
            static_assert(!std::is_base_of_v<Exception, parameter> || ((std::is_base_of_v<Exception, E> || !std::is_base_of_v<BaseException, E>)&&...),
                          "amphis: what this on<...> handles may be a BaseExceptionGroup, which is no ExceptionGroup: let the handler take an exc_info");
            try {
                match.raise();
            } catch (parameter const& group) {
                static_cast<void>(handler(group));
            }
        } else {
            try {
                match.raise();
            } catch (...) {
                if constexpr (std::is_invocable_v<Fn&, exc_info const&>) {
                    static_cast<void>(handler(match));
                } else {
                    static_assert(std::is_invocable_v<Fn&>, "amphis: the handler of an on<...> takes an ExceptionGroup, an exc_info, or nothing");
                    static_cast<void>(handler());
                }
            }
        }
    }
};

}  // namespace detail

/// A handler of except_star, for the exceptions of these classes.
///
/// handler   is called with the ExceptionGroup of them, with an exc_info, or with nothing.
template <class... E>
inline constexpr detail::on_fn<E...> on{};

/// Python's try with except*: each handler gets the part of the group that it names; what no handler names is raised.
///
///     except_star(body, on<ValueError>([](ExceptionGroup const& eg) { ... }), on<OSError>([] { ... }), else_(f), finally_(g));
///
/// body      a function without parameters. An exception that is no group goes to its handler as ExceptionGroup("", {it}).
/// Raises    the unhandled part, as a group of the same shape. What handlers raise, and that part, as one ExceptionGroup("", ...), where there is more than
///           one of them; `throw;` in a handler raises its part again, which then joins the unhandled. What is no std::exception passes.
/// Cost      a throw for each handler that runs, so that its part is what is being handled, and one for what is left.
/// Source    PEP 654; Python/ceval.c, exception_group_match (CPython 3.11).
inline constexpr detail::except_star_fn except_star{};

}  // namespace amphis::inline v0

#endif  // AMPHIS_LANG_TRY_EXCEPT_STAR_HPP
