// SPDX-License-Identifier: MIT
// exceptions/expected: a value, or the exception that came instead of it. Nothing is thrown until somebody asks for the value.
//
//     expected<int> parse(std::string_view s) {
//         if (s.empty()) return ValueError("nothing to parse");           // made, not thrown
//         return number(s);
//     }
//     if (auto n = parse(s)) use(*n); else print(n.error());
//     int n = parse(s).value();                                           // throws the ValueError
#ifndef AMPHIS_LANG_EXCEPTIONS_EXPECTED_HPP
#define AMPHIS_LANG_EXCEPTIONS_EXPECTED_HPP

#include <amphis/config.hpp>
#include <amphis/detail/repr.hpp>
#include <amphis/detail/text.hpp>
#include <amphis/lang/exceptions/base.hpp>
#include <amphis/lang/exceptions/hierarchy.hpp>
#include <amphis/lang/exceptions/info.hpp>

#include <new>
#include <type_traits>

namespace amphis::inline v0 {

template <class T>
class expected;
template <>
class expected<void>;

namespace detail {

template <class T>
inline constexpr bool is_expected = false;
template <class T>
inline constexpr bool is_expected<expected<T>> = true;

/// Is taken for the value of an expected<T>, not for its error.
template <class U, class T>
concept ExpectedValue = std::is_constructible_v<T, U> && !is_expected<std::remove_cvref_t<U>> && !std::is_same_v<std::remove_cvref_t<U>, exc_info> &&
                        (!std::is_base_of_v<std::exception, std::remove_cvref_t<U>> || std::is_same_v<std::remove_cvref_t<U>, T>);

AMPHIS_COLD inline void check_error(exc_info const& error) {
    if (!error) throw_<ValueError>("an expected without a value needs an exception");
}

struct no_value {};

/// fn(value...) in an expected.
template <class Fn, class... V>
using transformed_t = expected<std::remove_cvref_t<std::invoke_result_t<Fn, V...>>>;
template <class Fn, class... V>
transformed_t<Fn, V...> transformed(Fn&& fn, V&&... value) {
    if constexpr (std::is_void_v<std::invoke_result_t<Fn, V...>>) {
        static_cast<Fn&&>(fn)(static_cast<V&&>(value)...);
        return {};
    } else {
        return transformed_t<Fn, V...>(static_cast<Fn&&>(fn)(static_cast<V&&>(value)...));
    }
}

/// What or_else makes of an error: another expected, a value, or nothing, which leaves the error as it is.
template <class Result, class Fn>
Result recovered(Fn&& fn, exc_info const& error) {
    static_assert(std::is_invocable_v<Fn, exc_info const&>, "amphis: or_else takes a function of the error: [](exc_info const& e) { return ...; }");
    using answer = std::invoke_result_t<Fn, exc_info const&>;
    if constexpr (std::is_void_v<answer>) {
        static_cast<Fn&&>(fn)(error);
        return Result(error);
    } else {
        return Result(static_cast<Fn&&>(fn)(error));
    }
}

}  // namespace detail

/// A T, or the exception that came instead of it: an error that is returned, at the price of a return.
///
///     expected<int> a = 7;
///     expected<int> b = ValueError("no");         // made, not thrown
///     print(a.has_value(), *a, a.value_or(0));    // True 7 7
///     print(b.has_value(), b.error());            // False no
///     b.value();                                  // throws the ValueError
///     a.transform([](int n) { return n * 2; }).and_then(check).or_else([](exc_info const& e) { return 0; });
///
/// Members   those of C++23's std::expected, with exc_info as the error. error() is None where there is a value.
/// Raises    value(): the error. and_then, transform and or_else: what the function raises.
/// Cost      an error: the allocations of the exception and of its exc_info; no throw, and none for passing it on. A value: none.
/// Threads   as T and exc_info.
/// Differs   Python has nothing of the kind: it raises.
///           With -fno-rtti and libstdc++, and with libc++ before 18, making an error from an exception throws it once, inside of the library.
template <class T>
class [[nodiscard("amphis: what an expected holds may be an error")]] expected {
    static_assert(std::is_object_v<T> && !std::is_array_v<T> && std::is_same_v<T, std::remove_cv_t<T>>,
                  "amphis: an expected holds an object or void: expected<int>; for a reference, a pointer");

public:
    using value_type = T;
    using error_type = exc_info;

    expected()
        requires std::is_default_constructible_v<T>
        : value_(), has_value_(true) {}

    /// The value.
    template <class U = T>
        requires detail::ExpectedValue<U, T>
    explicit(!std::is_convertible_v<U, T>) expected(U&& value) : value_(static_cast<U&&>(value)), has_value_(true) {}

    /// The error: what is being handled, by reference, is kept as it is; another exception is copied as the type it has here.
    template <class E>
        requires(std::is_base_of_v<std::exception, E> && !std::is_same_v<E, T>)
    expected(E const& error) : error_(detail::same_or_copy(error)) {}  // NOLINT(google-explicit-constructor): return ValueError("...")
    expected(exc_info error)                                           // NOLINT(google-explicit-constructor): return other.error()
        requires(!std::is_same_v<T, exc_info>)
        : error_(static_cast<exc_info&&>(error)) {
        detail::check_error(error_);
    }

    /// From one of another type.
    template <class U>
        requires(!std::is_same_v<U, T> && std::is_constructible_v<T, U const&>)
    explicit(!std::is_convertible_v<U const&, T>) expected(expected<U> const& other) : error_(other.error()) {
        if (other.has_value()) fill(*other);
    }
    template <class U>
        requires(!std::is_same_v<U, T> && std::is_constructible_v<T, U>)
    explicit(!std::is_convertible_v<U, T>) expected(expected<U>&& other) : error_(static_cast<expected<U>&&>(other).error()) {
        if (other.has_value()) fill(*static_cast<expected<U>&&>(other));
    }

    expected(expected const& other)
        requires std::is_copy_constructible_v<T>
        : error_(other.error_) {
        if (other.has_value_) fill(other.value_);
    }
    expected(expected&& other) noexcept(std::is_nothrow_move_constructible_v<T>)
        requires std::is_move_constructible_v<T>
        : error_(static_cast<exc_info&&>(other.error_)) {
        if (other.has_value_) fill(static_cast<T&&>(other.value_));
    }
    expected& operator=(expected const& other)
        requires std::is_copy_constructible_v<T>
    {
        if (this != &other) *this = expected(other);
        return *this;
    }
    expected& operator=(expected&& other) noexcept(std::is_nothrow_move_constructible_v<T>)
        requires std::is_move_constructible_v<T>
    {
        if (this == &other) return *this;
        clear();
        error_ = static_cast<exc_info&&>(other.error_);
        if (other.has_value_) fill(static_cast<T&&>(other.value_));
        return *this;
    }
    ~expected() { clear(); }

    [[nodiscard]] bool has_value() const noexcept { return has_value_; }
    [[nodiscard]] explicit operator bool() const noexcept { return has_value_; }

    /// The value, which must be there.
    [[nodiscard]] T const& operator*() const& noexcept AMPHIS_LIFETIMEBOUND { return value_; }
    [[nodiscard]] T& operator*() & noexcept AMPHIS_LIFETIMEBOUND { return value_; }
    [[nodiscard]] T&& operator*() && noexcept AMPHIS_LIFETIMEBOUND { return static_cast<T&&>(value_); }
    [[nodiscard]] T const* operator->() const noexcept AMPHIS_LIFETIMEBOUND { return __builtin_addressof(value_); }
    [[nodiscard]] T* operator->() noexcept AMPHIS_LIFETIMEBOUND { return __builtin_addressof(value_); }

    /// The value; throws the error if there is none. Asked for and left: `static_cast<void>(e.value())`.
    T const& value() const& AMPHIS_LIFETIMEBOUND {
        if (!has_value_) error_.raise();
        return value_;
    }
    T& value() & AMPHIS_LIFETIMEBOUND {
        if (!has_value_) error_.raise();
        return value_;
    }
    T&& value() && AMPHIS_LIFETIMEBOUND {
        if (!has_value_) error_.raise();
        return static_cast<T&&>(value_);
    }
    /// The error; None if there is a value.
    [[nodiscard]] exc_info const& error() const& noexcept AMPHIS_LIFETIMEBOUND { return error_; }
    [[nodiscard]] exc_info&& error() && noexcept AMPHIS_LIFETIMEBOUND { return static_cast<exc_info&&>(error_); }

    template <class U>
    [[nodiscard]] T value_or(U&& fallback) const& {
        return has_value_ ? value_ : static_cast<T>(static_cast<U&&>(fallback));
    }
    template <class U>
    [[nodiscard]] T value_or(U&& fallback) && {
        return has_value_ ? static_cast<T&&>(value_) : static_cast<T>(static_cast<U&&>(fallback));
    }

    /// fn(value), which returns an expected; or the error.
    template <class Fn>
    std::remove_cvref_t<std::invoke_result_t<Fn, T const&>> and_then(Fn&& fn) const& {
        return then<std::remove_cvref_t<std::invoke_result_t<Fn, T const&>>>(static_cast<Fn&&>(fn), *this);
    }
    template <class Fn>
    std::remove_cvref_t<std::invoke_result_t<Fn, T>> and_then(Fn&& fn) && {
        return then<std::remove_cvref_t<std::invoke_result_t<Fn, T>>>(static_cast<Fn&&>(fn), static_cast<expected&&>(*this));
    }
    /// An expected of fn(value); or the error.
    template <class Fn>
    detail::transformed_t<Fn, T const&> transform(Fn&& fn) const& {
        if (!has_value_) return error_;
        return detail::transformed(static_cast<Fn&&>(fn), value_);
    }
    template <class Fn>
    detail::transformed_t<Fn, T> transform(Fn&& fn) && {
        if (!has_value_) return static_cast<exc_info&&>(error_);
        return detail::transformed(static_cast<Fn&&>(fn), static_cast<T&&>(value_));
    }
    /// The value; or what fn(error) makes of it: an expected, a value, an exception. If it returns nothing, the error stays.
    template <class Fn>
    expected or_else(Fn&& fn) const& {
        return has_value_ ? *this : detail::recovered<expected>(static_cast<Fn&&>(fn), error_);
    }
    template <class Fn>
    expected or_else(Fn&& fn) && {
        return has_value_ ? static_cast<expected&&>(*this) : detail::recovered<expected>(static_cast<Fn&&>(fn), error_);
    }

    template <class U>
    [[nodiscard]] friend bool operator==(expected const& a, expected<U> const& b) {
        if (a.has_value_ && b.has_value()) return static_cast<bool>(*a == *b);
        return a.has_value_ == b.has_value() && a.error_ == b.error();
    }
    template <class U>
        requires(!detail::is_expected<U> && !std::is_base_of_v<std::exception, U>)
    [[nodiscard]] friend bool operator==(expected const& a, U const& b) {
        return a.has_value_ && static_cast<bool>(*a == b);
    }

    /// expected(7), expected(ValueError('no')).
    friend void repr_to(detail::text& out, expected const& e) {
        out.append("expected(");
        if (e.has_value_) {
            repr_to(out, e.value_);
        } else {
            repr_to(out, e.error_);
        }
        out.push_back(')');
    }
    friend void str_to(detail::text& out, expected const& e) { repr_to(out, e); }

    // For the library: neither a value nor an error, yet.
    explicit expected(detail::no_value) noexcept {}
    template <class... U>
    void fill(U&&... value) {
        ::new (static_cast<void*>(__builtin_addressof(value_))) T(static_cast<U&&>(value)...);
        has_value_ = true;
    }

private:
    template <class Result, class Fn, class Self>
    static Result then(Fn&& fn, Self&& self) {
        static_assert(detail::is_expected<Result>, "amphis: the function of and_then returns an expected; transform takes one that returns a value");
        if (!self.has_value_) return static_cast<Self&&>(self).error();
        return static_cast<Fn&&>(fn)(*static_cast<Self&&>(self));
    }
    void clear() noexcept {
        if (!has_value_) return;
        has_value_ = false;
        value_.~T();
    }

    exc_info error_{};
    union {
        T value_;
    };
    bool has_value_ = false;
};

/// Success, or the exception that came instead. A failure is returned as an exception: `return ValueError("...");`, success as `return {};`.
template <>
class [[nodiscard("amphis: what an expected holds may be an error")]] expected<void> {
public:
    using value_type = void;
    using error_type = exc_info;

    expected() noexcept = default;
    template <class E>
        requires std::is_base_of_v<std::exception, E>
    expected(E const& error) : error_(detail::same_or_copy(error)) {}  // NOLINT(google-explicit-constructor): return ValueError("...")
    expected(exc_info error) : error_(static_cast<exc_info&&>(error)) { detail::check_error(error_); }  // NOLINT(google-explicit-constructor)
    template <class U>
        requires(!std::is_void_v<U>)
    explicit expected(expected<U> const& other) : error_(other.error()) {}

    [[nodiscard]] bool has_value() const noexcept { return !error_; }
    [[nodiscard]] explicit operator bool() const noexcept { return !error_; }
    void operator*() const noexcept {}
    void value() const {
        if (error_) error_.raise();
    }
    [[nodiscard]] exc_info const& error() const& noexcept AMPHIS_LIFETIMEBOUND { return error_; }
    /// Taken out; what is left is success.
    [[nodiscard]] exc_info&& error() && noexcept AMPHIS_LIFETIMEBOUND { return static_cast<exc_info&&>(error_); }

    template <class Fn>
    auto and_then(Fn&& fn) const {
        using result = std::remove_cvref_t<std::invoke_result_t<Fn>>;
        static_assert(detail::is_expected<result>, "amphis: the function of and_then returns an expected; transform takes one that returns a value");
        if (error_) return result(error_);
        return static_cast<result>(static_cast<Fn&&>(fn)());
    }
    template <class Fn>
    detail::transformed_t<Fn> transform(Fn&& fn) const {
        if (error_) return error_;
        return detail::transformed(static_cast<Fn&&>(fn));
    }
    template <class Fn>
    expected or_else(Fn&& fn) const {
        return error_ ? detail::recovered<expected>(static_cast<Fn&&>(fn), error_) : *this;
    }

    [[nodiscard]] friend bool operator==(expected const&, expected const&) noexcept = default;

    friend void repr_to(detail::text& out, expected const& e) {
        out.append("expected(");
        if (e.error_) repr_to(out, e.error_);
        out.push_back(')');
    }
    friend void str_to(detail::text& out, expected const& e) { repr_to(out, e); }

private:
    exc_info error_{};
};

}  // namespace amphis::inline v0

#endif  // AMPHIS_LANG_EXCEPTIONS_EXPECTED_HPP
