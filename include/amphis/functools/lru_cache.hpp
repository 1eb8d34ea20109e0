// SPDX-License-Identifier: MIT
// lru_cache: memoisation with a bound, and without.  Python: docs.python.org/3/library/functools.html#functools.lru_cache
#ifndef AMPHIS_FUNCTOOLS_LRU_CACHE_HPP
#define AMPHIS_FUNCTOOLS_LRU_CACHE_HPP

#include <amphis/config.hpp>
#include <amphis/detail/callable.hpp>
#include <amphis/detail/invoke.hpp>
#include <amphis/detail/keyword.hpp>
#include <amphis/detail/lock.hpp>
#include <amphis/detail/repr.hpp>
#include <amphis/detail/text.hpp>
#include <amphis/functools/lru_cache/concurrent.hpp>
#include <amphis/functools/lru_cache/engine.hpp>
#include <amphis/functools/lru_cache/key.hpp>
#include <amphis/functools/lru_cache/once.hpp>
#include <amphis/functools/lru_cache/options.hpp>
#include <amphis/lang/decorator.hpp>
#include <amphis/lang/function.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <type_traits>
#include <utility>

namespace amphis::inline v0::functools {

// ---- policies: who may call at once ---------------------------------------------------------------------------------------------------

/// Safe from any thread; exact recency. `fn` runs outside the lock, so two threads that miss one key at once both run it, as in CPython.
struct synchronized {};
/// For one thread: no lock.
struct unsynchronized {};
/// Safe from any thread, for results that many threads read. Where key and result are trivially copied, hits take no lock and scale with
/// the threads; recency is approximated by second chance: a hit marks its entry, and the entry evicted is the first, going round in the
/// order in which the places were filled, that was not hit since the round before. For other types there are 16 caches of 1/16 the size, chosen by
/// the hash (one, below 1024 entries), each with its lock and exact recency. Counts are exact in both. A call that meets another thread's
/// store may miss.
struct concurrent {};
/// Safe from any thread; each key is computed by one caller while the others wait. If that caller's `fn` throws, it alone sees the
/// exception, and the next one computes. A result that depends on itself, in one thread or around several, raises RuntimeError.
struct once {};

}  // namespace amphis::inline v0::functools

namespace amphis::inline v0::detail {

// ---- typed: the Python type of an argument ----------------------------------------------------------------------------------------------

template <class T>
consteval auto python_type() noexcept {
    if constexpr (std::is_same_v<T, bool>) {
        return types<bool>{};
    } else if constexpr (TextKey<T> || std::is_same_v<T, char> || std::is_array_v<T>) {
        return types<chars>{};
    } else if constexpr (std::is_integral_v<T>) {
        return types<int>{};
    } else if constexpr (std::is_floating_point_v<T>) {
        return types<double>{};
    } else {
        return types<T>{};
    }
}

/// The form of a call: which arguments came by keyword, in which order, and where `typed` says so their types. One address for each
/// form: a type's key without RTTI.
template <unsigned long long Shape, class... PythonTypes>
inline constexpr char call_form = 0;

template <class A>
struct given {
    using type = std::remove_cvref_t<A>;
};
template <Kwarg A>
struct given<A> {
    using type = std::remove_cvref_t<typename std::remove_cvref_t<A>::type>;
};

template <unsigned long long Shape, class... A>
[[nodiscard]] constexpr void const* form_of_call(bool typed) noexcept {
    return typed ? &call_form<Shape, decltype(python_type<typename given<A>::type>())...> : &call_form<Shape>;
}

// ---- choosing the parts -----------------------------------------------------------------------------------------------------------------

/// The engine of a policy: how look-ups and stores of several threads meet.
template <class Policy, class Key, class Result, class Limit>
struct engine_for {
    static_assert(!std::is_same_v<Policy, Policy>,
                  "amphis: lru_cache: a policy is one of functools::synchronized, unsynchronized, concurrent, once");
};
template <class Key, class Result, class Limit>
struct engine_for<functools::unsynchronized, Key, Result, Limit> {
    using type = lru_engine<Key, Result, Limit, no_lock>;
};
template <class Key, class Result, class Limit>
struct engine_for<functools::synchronized, Key, Result, Limit> {
    // Only a key whose comparison is the user's code can come back while the lock is held.
    using type = lru_engine<Key, Result, Limit, std::conditional_t<Key::calls_back, recursive_lock, lock>>;
};

template <class Key, class Result, class Limit>
struct engine_for<functools::concurrent, Key, Result, Limit> {
    static constexpr bool copied = Key::trivial && !Key::calls_back && !Result::boxed;
    using key_lock = std::conditional_t<Key::calls_back, recursive_lock, lock>;
    using type = std::conditional_t<copied, clock_engine<Key, Result, Limit, lock>, sharded_engine<Key, Result, Limit, key_lock>>;
};
template <class Key, class Result, class Limit>
struct engine_for<functools::once, Key, Result, Limit> {
    using type = once_engine<Key, Result, Limit, std::conditional_t<Key::calls_back, recursive_lock, lock>>;
};

template <class D>
consteval bool check_parameter() noexcept {
    static_assert(Hashable<D>,
                  "amphis: unhashable type: lru_cache needs a hash for each parameter; the type is the D of check_parameter. Give it a "
                  "member hash(), a free function hash(T const&) or a std::hash. A list, dict or set is unhashable as in Python: use a tuple or an array");
    static_assert(std::is_scalar_v<D> || TextKey<D> || requires(D const& a, D const& b) { static_cast<bool>(a == b); },
                  "amphis: lru_cache needs an operator== for each parameter; the type is the D of check_parameter");
    static_assert(std::is_copy_constructible_v<D>,
                  "amphis: lru_cache keeps a copy of the arguments, and the type D of check_parameter cannot be copied: pass a reference to "
                  "something that can, or a key of it");
    return true;
}

}  // namespace amphis::inline v0::detail

namespace amphis::inline v0::functools {

/// A shared hold on a result: what `shared(...)` returns, and what a call returns where the result cannot be copied. The result stays
/// alive for as long as a handle to it does, whether or not its entry is still in the cache.
///
///     auto page = functools::lru_cache([](int n) { return std::make_unique<Page>(n); });
///     auto held = page(7);      // cached_result<std::unique_ptr<Page>>
///     (*held)->title();
///
/// Cost      one word; copying counts (atomically, except under `unsynchronized`), and never allocates.
/// Differs   Python has only this: every name is such a handle.
template <class R, bool Atomic>
class [[nodiscard]] cached_result {
public:
    explicit cached_result(detail::result_handle<R, Atomic> handle) noexcept : handle_(std::move(handle)) {}

    [[nodiscard]] R const& get() const noexcept AMPHIS_LIFETIMEBOUND { return handle_.box_->value; }
    [[nodiscard]] R const& operator*() const noexcept AMPHIS_LIFETIMEBOUND { return get(); }
    [[nodiscard]] R const* operator->() const noexcept AMPHIS_LIFETIMEBOUND { return &get(); }
    operator R const&() const noexcept AMPHIS_LIFETIMEBOUND { return get(); }  // NOLINT(google-explicit-constructor)

    /// Python's `is`: both hold one object.
    [[nodiscard]] friend bool is(cached_result const& a, cached_result const& b) noexcept { return a.handle_.box_ == b.handle_.box_; }

private:
    detail::result_handle<R, Atomic> handle_;
};

/// What lru_cache and cache return; see there.
template <class Fn, class Signature, class Limit, class Policy, bool Typed>
class lru_cache_wrapper;

}  // namespace amphis::inline v0::functools

namespace amphis::inline v0::detail {

template <class R, bool Atomic>
void repr_to(text& out, functools::cached_result<R, Atomic> const& result) {
    repr_to(out, result.get());
}
template <class R, bool Atomic>
void str_to(text& out, functools::cached_result<R, Atomic> const& result) {
    str_to(out, result.get());
}

/// Stands for the cache while the signature of a function that takes itself is read.
struct itself {
    template <class... A>
    auto operator()(A&&...) const {
        static_assert(sizeof...(A) > 1000,
                      "amphis: lru_cache: a function that takes itself must state its result, as in [](auto& self, int n) -> long { ... }");
    }
};
/// [](auto& self, int n) -> long: a call operator whose one template parameter is the function itself, by reference.
template <class Fn>
consteval bool takes_itself() noexcept {
    if constexpr (PlainFunction<Fn> || std::is_member_pointer_v<std::remove_cvref_t<Fn>> || SingleCall<Fn>) {
        return false;
    } else if constexpr (SelfCall<Fn, itself>) {
        using M = member_signature<decltype(&std::remove_cvref_t<Fn>::template operator()<itself>)>;
        return std::is_reference_v<typename tail_of<typename M::parameters>::head>;
    } else {
        return false;
    }
}
template <class Fn>
concept TakesItself = takes_itself<Fn>();

/// The function that is called with the values: the one inside a `def`.
template <class Fn>
[[nodiscard]] constexpr auto& innermost(Fn& fn) noexcept {
    if constexpr (DefinedFunction<Fn>) {
        return fn.body();
    } else {
        return fn;
    }
}

/// The `def` that gives names to the parameters: the function itself, or the one that decorators which keep its signature wrap.
template <class Fn>
[[nodiscard]] constexpr auto& def_of(Fn& fn) noexcept {
    if constexpr (DefinedFunction<Fn>) {
        return fn;
    } else if constexpr (requires { typename Fn::function_type; fn.wrapped(); }) {
        return def_of(fn.wrapped());
    } else {
        return fn;
    }
}
template <class Fn>
using def_type = std::remove_reference_t<decltype(def_of(std::declval<Fn&>()))>;

/// What the cache must know of a function: R(P...).
template <class Fn, class Given>
consteval auto cached_signature() noexcept {
    using Inner = std::remove_cvref_t<decltype(innermost(std::declval<Fn&>()))>;
    if constexpr (!std::is_void_v<Given>) {
        return function_signature<Given>{};
    } else if constexpr (requires { typename Inner::function_type; }) {
        return function_signature<typename Inner::function_type>{};
    } else if constexpr (TakesItself<Inner> || !std::is_class_v<Inner> || SingleCall<Inner>) {
        return signature_of<Inner, itself>{};
    } else {
        static_assert(!std::is_same_v<Fn, Fn>,
                      "amphis: lru_cache: the function can be called in more than one way, so its keys have no type: write the types of its "
                      "parameters, or give the signature, as in lru_cache<128, functools::synchronized, long(int)>(fn)");
    }
}

template <class Signature>
struct call_types;
template <class R, class... P>
struct call_types<R(P...)> {
    using parameters = types<P...>;
    static constexpr std::size_t size = sizeof...(P);
    template <bool HasForm>
    using key = std::conditional_t<HasForm, call_key<void const*, std::remove_cvref_t<P>...>, call_key<std::remove_cvref_t<P>...>>;
    static consteval bool check() noexcept { return (check_parameter<std::remove_cvref_t<P>>() && ... && true); }
};

/// What a cache keeps: a const or expiring result as a value, an lvalue by its address.
template <class R>
using kept_result = std::conditional_t<std::is_lvalue_reference_v<R>, R, std::remove_cvref_t<R>>;

template <class Kept, bool Atomic>
struct call_result_of {
    using type = Kept;
};
template <class Kept, bool Atomic>
    requires(result_part<Kept, Atomic>::boxed && !std::is_copy_constructible_v<Kept>)
struct call_result_of<Kept, Atomic> {
    using type = functools::cached_result<Kept, Atomic>;
};
template <class Signature, bool Atomic>
using call_result = typename call_result_of<kept_result<typename function_signature<Signature>::result>, Atomic>::type;

/// How a braced argument is taken: f({1, 2}). Whatever has a type goes to the call that keeps it, and is not copied here.
template <class P>
using braced = std::conditional_t<std::is_reference_v<P> || std::is_scalar_v<P>, P, P const&>;

template <class Fn, class Signature>
using braced_parameters = std::conditional_t<DefinedFunction<def_type<Fn>>, types<>, typename function_signature<Signature>::parameters>;

template <class Cache, class Result, class Parameters>
struct braced_call {
    void operator()(no_member) const = delete;  // something for the using-declaration
};
template <class Cache, class Result, class... P>
    requires(sizeof...(P) != 0)
struct braced_call<Cache, Result, types<P...>> {
    Result operator()(braced<P>... arguments) const {
        return static_cast<Cache const&>(*this).result_of(static_cast<braced<P>>(arguments)...);
    }
};

/// An argument as the parameter type P wants it, keeping whether it may be moved from.
template <class P, class A>
[[nodiscard]] constexpr decltype(auto) pass_as(std::remove_reference_t<A>& argument) {
    if constexpr (std::is_scalar_v<P>) {
        return static_cast<P>(argument);
    } else if constexpr (std::is_convertible_v<A, P>) {
        return static_cast<A&&>(argument);
    } else {
        return std::remove_cvref_t<P>(static_cast<A&&>(argument));  // std::string from std::string_view is explicit
    }
}

}  // namespace amphis::inline v0::detail

namespace amphis::inline v0::functools {

template <class Fn, class Signature, class Limit, class Policy, bool Typed>
class lru_cache_wrapper : public detail::braced_call<lru_cache_wrapper<Fn, Signature, Limit, Policy, Typed>,
                                                     detail::call_result<Signature, !std::is_same_v<Policy, unsynchronized>>,
                                                     detail::braced_parameters<Fn, Signature>> {
    using call = detail::call_types<Signature>;
    static_assert(call::check());
    using Def = detail::def_type<Fn>;
    static constexpr bool defined = detail::DefinedFunction<Def>;
    static constexpr bool atomic = !std::is_same_v<Policy, unsynchronized>;
    using Returned = typename detail::function_signature<Signature>::result;
    using R = detail::kept_result<Returned>;
    using Key = typename call::template key<Typed || defined>;
    using Result = detail::result_part<R, atomic>;
    using Engine = typename detail::engine_for<Policy, Key, Result, Limit>::type;

    /// As many arguments as parameters, by position; a `def` sees to its own.
    template <class... A>
    static consteval bool right_form() noexcept {
        if constexpr (defined) {
            return detail::call_binding<Def, A...>::correct;
        } else {
            return sizeof...(A) == call::size && !(detail::Kwarg<A> || ...);
        }
    }
    template <class... A>
    static consteval bool converts() noexcept {
        if constexpr (!right_form<A...>()) {
            return false;
        } else if constexpr (defined) {
            return detail::call_plan<Def, A...>::accepted;
        } else {
            return []<class... P>(detail::types<P...>) {
                return ((std::is_convertible_v<A, P> || std::is_constructible_v<std::remove_cvref_t<P>, A>)&&...);
            }(typename call::parameters{});
        }
    }

public:
    using function_type = Signature;
    using result_type = detail::call_result<Signature, atomic>;

    /// As a data member, whose type must be written: see lru_cache_of.
    explicit lru_cache_wrapper(Fn fn) : lru_cache_wrapper(static_cast<Fn&&>(fn), Limit{}, false) {}
    lru_cache_wrapper(Fn fn, Limit limit, bool typed) : fn_(static_cast<Fn&&>(fn)), engine_(limit), typed_(typed) {}

    /// The result for these arguments: from the cache, or from the function, which is then called with them.
    template <class... A>
        requires(converts<A...>())
    result_type operator()(A&&... arguments) const {
        return result_of(static_cast<A&&>(arguments)...);
    }
    using detail::braced_call<lru_cache_wrapper, result_type, detail::braced_parameters<Fn, Signature>>::operator();
    /// A call that Python would refuse too: its sentence is a compile error.
    template <class... A>
        requires(!right_form<A...>())
    detail::rejected_call operator()(A&&... arguments) const {
        if constexpr (defined) {
            (void)detail::bind_arguments(detail::def_of(fn_), static_cast<A&&>(arguments)...);
        } else if constexpr ((detail::Kwarg<A> || ...)) {
            static_assert(detail::never<Fn>, "amphis: lru_cache: keyword arguments need names: cache a function made by amphis::def<\"x\", \"y\">(...)");
        } else {
            static_assert(detail::never<Fn>, "amphis: lru_cache: the call has more or fewer arguments than the function has parameters");
        }
        return {};
    }

    /// As the call, but returns a handle that shares the cached result instead of a copy of it: a hit allocates nothing, whatever
    /// the result is.
    template <class... A>
        requires(converts<A...>())
    [[nodiscard]] cached_result<R, atomic> shared(A&&... arguments) const {
        static_assert(Result::boxed, "amphis: lru_cache: a small result that is trivially copied is not shared: call the function instead");
        return cached_result<R, atomic>(token(static_cast<A&&>(arguments)...));
    }

    /// Counts of calls and entries. Exact, whatever threads call.
    [[nodiscard]] CacheInfo cache_info() const {
        detail::lru_counts const counts = engine_.counts();
        return {static_cast<long long>(counts.hits), static_cast<long long>(counts.misses), maxsize(), static_cast<long long>(counts.entries)};
    }

    /// Forgets all entries and counts. Keys and results are destroyed before it returns, outside any lock.
    void cache_clear() const { engine_.clear(); }

    [[nodiscard]] CacheParameters cache_parameters() const { return {maxsize(), typed_}; }

    /// The function itself; Python's __wrapped__.
    [[nodiscard]] Fn const& wrapped() const noexcept AMPHIS_LIFETIMEBOUND { return fn_; }

    /// The name and the docstring of the function, where it has them.
    [[nodiscard]] constexpr char const* name() const noexcept
        requires requires(Fn const& fn) { fn.name(); }
    {
        return fn_.name();
    }
    [[nodiscard]] constexpr char const* doc() const noexcept
        requires requires(Fn const& fn) { fn.doc(); }
    {
        return fn_.doc();
    }

private:
    template <class, class, class>
    friend struct detail::braced_call;

    template <class... A>
    result_type result_of(A&&... arguments) const {
        if constexpr (Result::boxed && std::is_copy_constructible_v<R>) {
            return given<detail::give_copy<R, Result>>(static_cast<A&&>(arguments)...);
        } else if constexpr (Result::boxed) {
            return result_type(token(static_cast<A&&>(arguments)...));
        } else if constexpr (std::is_lvalue_reference_v<R>) {
            return *token(static_cast<A&&>(arguments)...);
        } else if constexpr (std::is_void_v<R>) {
            (void)token(static_cast<A&&>(arguments)...);
        } else {
            return token(static_cast<A&&>(arguments)...);
        }
    }

    [[nodiscard]] std::optional<long long> maxsize() const {
        Limit const& limit = engine_.limit();
        if (limit.unbounded) return std::nullopt;
        return static_cast<long long>(limit.most);
    }

    template <class... A>
    typename Result::token token(A&&... arguments) const {
        return given<detail::give_token<Result>>(static_cast<A&&>(arguments)...);
    }

    template <class Give, class... A>
    typename Give::type given(A&&... arguments) const {
        using P = typename call::parameters;
        if constexpr (defined) {
            auto bound = detail::bind_arguments(detail::def_of(fn_), static_cast<A&&>(arguments)...);
            return bound.apply([&]<class... V>(V&&... values) {
                return given_for<Give>(P{}, detail::form_of_call<decltype(bound)::shape, A...>(typed_), static_cast<V&&>(values)...);
            });
        } else if constexpr (Typed) {
            return given_for<Give>(P{}, typed_ ? detail::form_of_call<0, A...>(true) : nullptr, static_cast<A&&>(arguments)...);
        } else {
            return given_for<Give>(P{}, nullptr, static_cast<A&&>(arguments)...);
        }
    }

    template <class Give, class... P, class... V>
    typename Give::type given_for(detail::types<P...>, [[maybe_unused]] void const* form, V&&... values) const {
        auto run = [&]() -> Returned {
            auto& fn = detail::innermost(fn_);
            if constexpr (std::is_invocable_v<decltype(fn), P...>) {
                return detail::call(fn, detail::pass_as<P, V>(values)...);
            } else {
                return detail::call(fn, *this, detail::pass_as<P, V>(values)...);
            }
        };
        if constexpr (Typed || defined) {
            return engine_.template get<Give>(run, form, detail::look_at<std::remove_cvref_t<P>>(values)...);
        } else {
            return engine_.template get<Give>(run, detail::look_at<std::remove_cvref_t<P>>(values)...);
        }
    }

    AMPHIS_NO_UNIQUE_ADDRESS mutable Fn fn_;
    mutable Engine engine_;
    bool typed_;
};

/// Memoise `fn`, keeping the `maxsize` most recently used results.
///
///     auto fib = functools::lru_cache<functools::unbounded>([](auto& self, int n) -> long { return n < 2 ? n : self(n - 1) + self(n - 2); });
///     fib(90);              // 2880067194370816120
///     fib.cache_info();     // CacheInfo(hits=88, misses=91, maxsize=None, currsize=91)
///
/// MaxSize   entries kept, 128 unless given; `unbounded` (Python: None) for no limit; 0 or less keeps none and counts misses.
/// Policy    who may call at once: `synchronized`, `unsynchronized`, `concurrent`, `once`.
/// fn        anything with one signature: lambda, function, function object, member function, a `def` (then calls may use keywords); a
///           generic lambda whose first parameter is `auto& self` gets the cache itself, for recursion. Others give Signature by hand.
/// Returns   a callable with cache_info(), cache_clear(), cache_parameters(), wrapped(), shared(args...). It is movable, not copyable;
///           hold it by reference where it is called. Results come by value, references as references, and results that cannot be
///           copied as a cached_result, which keeps them alive.
/// Raises    whatever `fn` raises: counted as a miss, nothing is stored. A throwing hash, comparison or copy, or a lack of memory,
///           leaves the cache as it was.
/// Cost      O(1) expected per call: one hash, and for a hit one relinking. A hit allocates nothing; a miss that evicts allocates
///           nothing where key and result are trivially copied. Memory: 11 bytes an entry for the index (16 up to 1024 entries), 12 for the order, key and result.
/// Threads   as the policy says; `fn` never runs under a lock, except that `once` makes callers of the same key wait for it.
/// Differs   arguments are first converted to the parameters' types, so f(10) and f(10u) are one key, and f(1) and f(1.0) too where the
///           parameter is a double. nan is found again. A call from inside a key's operator== is answered but not stored.
/// Source    Modules/_functoolsmodule.c, lru_cache_object (CPython 3.11).
template <auto MaxSize = 128, class Policy = synchronized, class Signature = void, class Fn>
    requires(!detail::CacheOption<Fn>)
[[nodiscard]] auto lru_cache(Fn fn) {
    static_assert(detail::FunctionLike<Fn>, "amphis: lru_cache takes a function; options go in braces: lru_cache({.maxsize = 256}, fn)");
    using Limit = decltype(detail::limit_of<MaxSize>());
    using signature = decltype(detail::cached_signature<Fn, Signature>());
    return lru_cache_wrapper<Fn, typename signature::function_type, Limit, Policy, false>(static_cast<Fn&&>(fn), Limit{}, false);
}

/// The same with options known when running.
///
///     auto square = functools::lru_cache({.maxsize = 256, .typed = true}, [](double x) { return x * x; });
///     square(3);
///     square(3.0);
///     square.cache_info();     // CacheInfo(hits=0, misses=2, maxsize=256, currsize=2)
///
/// options   maxsize: a number, `unbounded` or None; typed: arguments of different Python types are different keys.
template <class Policy = synchronized, class Signature = void, class Fn>
[[nodiscard]] auto lru_cache(lru_cache_options options, Fn fn) {
    using signature = decltype(detail::cached_signature<Fn, Signature>());
    return lru_cache_wrapper<Fn, typename signature::function_type, detail::chosen_limit, Policy, true>(
        static_cast<Fn&&>(fn), detail::limit_of(options.maxsize), options.typed);
}

/// Memoise `fn` without a limit: lru_cache<unbounded>, which is smaller and faster as nothing is ever evicted.
///
///     auto factorial = functools::cache([](auto& self, int n) -> long { return n ? n * self(n - 1) : 1; });
///     factorial(10);     // 3628800
template <class Policy = synchronized, class Signature = void, class Fn>
[[nodiscard]] auto cache(Fn fn) {
    return lru_cache<unbounded, Policy, Signature>(static_cast<Fn&&>(fn));
}

/// lru_cache and cache as decorators: what Python writes as @lru_cache(maxsize=256).
///
///     auto area = timed | functools::lru_cache<256>() | [](double r) { return 3.0 * r * r; };
template <auto MaxSize, class Policy, class Signature>
struct lru_cache_decorator : decorator_base {
    template <class Fn>
    [[nodiscard]] auto operator()(Fn&& fn) const {
        return lru_cache<MaxSize, Policy, Signature>(std::decay_t<Fn>(static_cast<Fn&&>(fn)));
    }
};
template <class Policy, class Signature>
struct lru_cache_options_decorator : decorator_base {
    lru_cache_options options{};

    template <class Fn>
    [[nodiscard]] auto operator()(Fn&& fn) const {
        return lru_cache<Policy, Signature>(options, std::decay_t<Fn>(static_cast<Fn&&>(fn)));
    }
};

template <auto MaxSize = 128, class Policy = synchronized, class Signature = void>
[[nodiscard]] constexpr lru_cache_decorator<MaxSize, Policy, Signature> lru_cache() noexcept {
    return {};
}
template <class Policy = synchronized, class Signature = void>
[[nodiscard]] constexpr lru_cache_options_decorator<Policy, Signature> lru_cache(lru_cache_options options) noexcept {
    return {{}, options};
}
/// Python's @lru_cache(256), @lru_cache(None), @lru_cache(maxsize=256, typed=True): options known when running.
template <class Policy = synchronized, class Signature = void, detail::CacheOption First, detail::CacheOption... Rest>
[[nodiscard]] constexpr lru_cache_options_decorator<Policy, Signature> lru_cache(First&& first, Rest&&... rest) noexcept {
    lru_cache_options options;
    detail::read_option<0>(options, first);
    (detail::read_option<1>(options, rest), ...);
    return {{}, options};
}
template <class Policy = synchronized, class Signature = void>
[[nodiscard]] constexpr lru_cache_decorator<unbounded, Policy, Signature> cache() noexcept {
    return {};
}

/// The type of lru_cache<MaxSize, Policy>(fn), for a data member.
///
///     struct Table {
///         long base = 3;
///         functools::lru_cache_of<std::function<long(int)>, 256> power{[this](int n) { return compute(n); }};
///     };
///
/// Differs   such an object must not be copied or moved, as its function refers to it; the cache sees to the copying.
template <class Fn, auto MaxSize = 128, class Policy = synchronized, class Signature = void>
using lru_cache_of = decltype(functools::lru_cache<MaxSize, Policy, Signature>(std::declval<Fn>()));

}  // namespace amphis::inline v0::functools

#endif  // AMPHIS_FUNCTOOLS_LRU_CACHE_HPP
