// SPDX-License-Identifier: MIT
// lru_cache: memoisation with a bound, and without.  Python: docs.python.org/3/library/functools.html#functools.lru_cache
#ifndef AMPHIS_FUNCTOOLS_LRU_CACHE_HPP
#define AMPHIS_FUNCTOOLS_LRU_CACHE_HPP

#include <amphis/config.hpp>
#include <amphis/detail/callable.hpp>
#include <amphis/detail/lock.hpp>
#include <amphis/detail/lru_engine.hpp>
#include <amphis/detail/lru_key.hpp>
#include <amphis/detail/repr.hpp>
#include <amphis/detail/text.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <type_traits>
#include <utility>

namespace amphis::inline v0::functools {

/// No limit: `lru_cache<unbounded>(fn)`; Python's `maxsize=None`.
struct unbounded_t {
    friend constexpr bool operator==(unbounded_t, unbounded_t) noexcept = default;
};
inline constexpr unbounded_t unbounded{};

// ---- policies: who may call at once ---------------------------------------------------------------------------------------------------

/// Safe from any thread; exact recency. `fn` runs outside the lock, so two threads that miss one key at once both run it, as in CPython.
struct synchronized {};
/// For one thread: no lock.
struct unsynchronized {};

// ---- what a cache tells of itself -----------------------------------------------------------------------------------------------------

/// Python's CacheInfo: counts of calls and entries. `maxsize` is empty (None) for no limit.
struct CacheInfo {
    long long hits = 0;
    long long misses = 0;
    std::optional<long long> maxsize{};
    long long currsize = 0;

    friend bool operator==(CacheInfo const&, CacheInfo const&) = default;
};

/// Python's cache_parameters() dict.
struct CacheParameters {
    std::optional<long long> maxsize{};
    bool typed = false;

    friend bool operator==(CacheParameters const&, CacheParameters const&) = default;
};

/// A limit given when running: a number of entries, or `unbounded`, or None. A negative one is 0.
class cache_size {
public:
    template <class Integer>
        requires(std::is_integral_v<Integer> && !std::is_same_v<Integer, bool>)
    constexpr cache_size(Integer entries) noexcept  // NOLINT(google-explicit-constructor): {.maxsize = 256}
        : entries_(entries < Integer(0) ? 0 : static_cast<unsigned long long>(entries)) {}
    constexpr cache_size(unbounded_t) noexcept : bounded_(false) {}  // NOLINT(google-explicit-constructor)
    constexpr cache_size(none_t) noexcept : bounded_(false) {}       // NOLINT(google-explicit-constructor)

    [[nodiscard]] constexpr bool bounded() const noexcept { return bounded_; }
    [[nodiscard]] constexpr unsigned long long entries() const noexcept { return entries_; }

private:
    bool bounded_ = true;
    unsigned long long entries_ = 0;
};

/// Options known only when running: `lru_cache({.maxsize = n, .typed = true}, fn)`.
struct lru_cache_options {
    cache_size maxsize = 128;
    bool typed = false;  // f(3) and f(3.0) are two keys
};

}  // namespace amphis::inline v0::functools

namespace amphis::inline v0::detail {

template <class Text>
void optional_count_to(Text& out, std::optional<long long> const& count) {
    if (count) {
        repr_to(out, *count);
    } else {
        repr_to(out, None);
    }
}

inline void repr_to(text& out, functools::CacheInfo const& info) {
    out.append("CacheInfo(hits=");
    repr_to(out, info.hits);
    out.append(", misses=");
    repr_to(out, info.misses);
    out.append(", maxsize=");
    optional_count_to(out, info.maxsize);
    out.append(", currsize=");
    repr_to(out, info.currsize);
    out.append(")");
}
inline void str_to(text& out, functools::CacheInfo const& info) { repr_to(out, info); }

inline void repr_to(text& out, functools::CacheParameters const& parameters) {
    out.append("{'maxsize': ");
    optional_count_to(out, parameters.maxsize);
    out.append(", 'typed': ");
    repr_to(out, parameters.typed);
    out.append("}");
}
inline void str_to(text& out, functools::CacheParameters const& parameters) { repr_to(out, parameters); }

// ---- limits ---------------------------------------------------------------------------------------------------------------------------

template <auto MaxSize>
consteval auto limit_of() noexcept {
    using T = std::remove_cv_t<decltype(MaxSize)>;
    if constexpr (std::is_same_v<T, functools::unbounded_t> || std::is_same_v<T, none_t>) {
        return fixed_limit<0, true>{};
    } else {
        static_assert(std::is_integral_v<T> && !std::is_same_v<T, bool>,
                      "amphis: lru_cache: maxsize is a number of entries, or functools::unbounded");
        if constexpr (MaxSize > T(0) && static_cast<unsigned long long>(MaxSize) > 0xFFFFFFFEULL) {
            return fixed_limit<0xFFFFFFFELL, false>{};
        } else {
            return fixed_limit<static_cast<long long>(MaxSize), false>{};
        }
    }
}

[[nodiscard]] constexpr chosen_limit limit_of(functools::cache_size size) noexcept {
    constexpr std::uint32_t top = 0xFFFFFFFEU;
    if (!size.bounded()) return {true, top};
    return {false, size.entries() > top ? top : static_cast<std::uint32_t>(size.entries())};
}

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

/// One address for each sequence of argument types: a type's key without RTTI.
template <class... PythonTypes>
inline constexpr char type_sequence = 0;

template <class... A>
[[nodiscard]] constexpr void const* types_of_call() noexcept {
    return &type_sequence<decltype(python_type<std::remove_cvref_t<A>>())...>;
}

// ---- choosing the parts -----------------------------------------------------------------------------------------------------------------

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

template <class Signature>
struct call_types;
template <class R, class... P>
struct call_types<R(P...)> {
    using result = R;
    using parameters = types<P...>;
    template <bool Typed>
    using key = std::conditional_t<Typed, call_key<void const*, std::remove_cvref_t<P>...>, call_key<std::remove_cvref_t<P>...>>;
    static consteval bool check() noexcept { return (check_parameter<std::remove_cvref_t<P>>() && ... && true); }
};

/// Stands for the cache while the signature of a function that takes itself is read.
struct itself;
/// [](auto& self, int n) -> long: a call operator whose one template parameter is the function itself.
template <class Fn>
concept TakesItself = !PlainFunction<Fn> && !std::is_member_pointer_v<std::remove_cvref_t<Fn>> && !SingleCall<Fn> && SelfCall<Fn, itself>;

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
class lru_cache_wrapper {
    using call = detail::call_types<Signature>;
    static_assert(call::check());
    using R = typename call::result;
    using Key = typename call::template key<Typed>;
    static constexpr bool atomic = !std::is_same_v<Policy, unsynchronized>;
    using Result = detail::result_part<std::conditional_t<std::is_reference_v<R>, R, std::remove_cv_t<R>>, atomic>;
    using engine = typename detail::engine_for<Policy, Key, Result, Limit>::type;

public:
    using function_type = Signature;

    lru_cache_wrapper(Fn fn, Limit limit, bool typed) : fn_(std::move(fn)), engine_(limit), typed_(typed) {}

    /// The result for these arguments: from the cache, or from the function, which is then called with them.
    template <class... A>
    auto operator()(A&&... arguments) const {
        return finish(get(typename call::parameters{}, static_cast<A&&>(arguments)...));
    }

    /// As the call, but returns a handle that shares the cached result instead of a copy of it.
    template <class... A>
    [[nodiscard]] auto shared(A&&... arguments) const {
        static_assert(Result::boxed, "amphis: lru_cache: a small result that is trivially copied is not shared: call the function instead");
        return cached_result<R, atomic>(get(typename call::parameters{}, static_cast<A&&>(arguments)...));
    }

    /// Counts of calls and entries. Exact, whatever threads call.
    [[nodiscard]] CacheInfo cache_info() const {
        detail::lru_counts const counts = engine_.counts();
        return {static_cast<long long>(counts.hits), static_cast<long long>(counts.misses), maxsize(), static_cast<long long>(counts.entries)};
    }

    /// Forgets all entries and counts. Results and keys are destroyed before it returns, outside any lock.
    void cache_clear() const { engine_.clear(); }

    [[nodiscard]] CacheParameters cache_parameters() const { return {maxsize(), typed_}; }

    /// The function itself; Python's __wrapped__.
    [[nodiscard]] Fn const& wrapped() const noexcept AMPHIS_LIFETIMEBOUND { return fn_; }

private:
    [[nodiscard]] std::optional<long long> maxsize() const {
        Limit const& limit = engine_.limit();
        if (limit.unbounded) return std::nullopt;
        return static_cast<long long>(limit.most);
    }

    static constexpr auto finish(typename Result::token&& token) {
        if constexpr (!Result::boxed) {
            return static_cast<typename Result::token&&>(token);
        } else if constexpr (std::is_copy_constructible_v<R>) {
            return R(std::as_const(token.box_->value));
        } else {
            return cached_result<R, atomic>(std::move(token));
        }
    }

    template <class... P, class... A>
    typename Result::token get(detail::types<P...>, A&&... arguments) const {
        static_assert(sizeof...(P) == sizeof...(A), "amphis: lru_cache: the call gives another number of arguments than the function takes");
        auto run = [&]() -> R {
            if constexpr (detail::TakesItself<Fn>) {
                return fn_(*this, detail::pass_as<P, A>(arguments)...);
            } else {
                return fn_(detail::pass_as<P, A>(arguments)...);
            }
        };
        if constexpr (Typed) {
            return engine_.get(run, typed_ ? detail::types_of_call<A...>() : nullptr, detail::look_at<std::remove_cvref_t<P>>(arguments)...);
        } else {
            return engine_.get(run, detail::look_at<std::remove_cvref_t<P>>(arguments)...);
        }
    }

    AMPHIS_NO_UNIQUE_ADDRESS mutable Fn fn_;
    mutable engine engine_;
    bool typed_;
};

template <auto MaxSize = 128, class Policy = synchronized, class Fn>
[[nodiscard]] auto lru_cache(Fn fn) {
    using Limit = decltype(detail::limit_of<MaxSize>());
    using signature = detail::signature_of<Fn, detail::itself>;
    return lru_cache_wrapper<Fn, typename signature::function_type, Limit, Policy, false>(std::move(fn), Limit{}, false);
}

template <class Policy = synchronized, class Fn>
[[nodiscard]] auto lru_cache(lru_cache_options options, Fn fn) {
    using signature = detail::signature_of<Fn, detail::itself>;
    return lru_cache_wrapper<Fn, typename signature::function_type, detail::chosen_limit, Policy, true>(
        std::move(fn), detail::limit_of(options.maxsize), options.typed);
}

}  // namespace amphis::inline v0::functools

#endif  // AMPHIS_FUNCTOOLS_LRU_CACHE_HPP
