// SPDX-License-Identifier: MIT
// lru_cache/options: how large a cache may be, what its keys tell apart, and what it tells of itself.
#ifndef AMPHIS_FUNCTOOLS_LRU_CACHE_OPTIONS_HPP
#define AMPHIS_FUNCTOOLS_LRU_CACHE_OPTIONS_HPP

#include <amphis/config.hpp>
#include <amphis/detail/keyword.hpp>
#include <amphis/detail/repr.hpp>
#include <amphis/detail/text.hpp>
#include <amphis/functools/lru_cache/engine.hpp>

#include <cstdint>
#include <optional>
#include <type_traits>

namespace amphis::inline v0::functools {

/// No limit: `lru_cache<unbounded>(fn)`; Python's `maxsize=None`.
struct unbounded_t {
    friend constexpr bool operator==(unbounded_t, unbounded_t) noexcept = default;
};
inline constexpr unbounded_t unbounded{};

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

// ---- options ------------------------------------------------------------------------------------------------------------------------

/// What stands where Python has lru_cache's arguments instead of a function.
template <class T>
concept CacheOption = std::is_integral_v<std::remove_cvref_t<T>> || std::is_same_v<std::remove_cvref_t<T>, none_t> ||
                      std::is_same_v<std::remove_cvref_t<T>, functools::unbounded_t> || Kwarg<T>;

template <int Position, class T>
constexpr void read_option(functools::lru_cache_options& options, T const& option) noexcept {
    if constexpr (!Kwarg<T>) {
        constexpr bool flag = std::is_same_v<T, bool>;
        static_assert(Position == 0 ? !flag : flag, "amphis: lru_cache: maxsize is a number of entries or None, typed a bool after it");
        if constexpr (flag) {
            options.typed = option;
        } else {
            options.maxsize = option;
        }
    } else if constexpr (same_name(T::name, fixed_string("maxsize"))) {
        options.maxsize = option.value;
    } else {
        static_assert(same_name(T::name, fixed_string("typed")), "amphis: lru_cache() takes the keyword arguments maxsize and typed");
        options.typed = option.value;
    }
}

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

}  // namespace amphis::inline v0::detail

#endif  // AMPHIS_FUNCTOOLS_LRU_CACHE_OPTIONS_HPP
