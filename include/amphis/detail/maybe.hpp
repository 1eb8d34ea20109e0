// SPDX-License-Identifier: MIT
// maybe: a value that may not be there, one that is filled in later, and a function that can be assigned.
// Used by: detail/iteration.hpp, lang/descriptor.hpp, weakref.hpp
#ifndef AMPHIS_DETAIL_MAYBE_HPP
#define AMPHIS_DETAIL_MAYBE_HPP

#include <amphis/config.hpp>

#include <concepts>
#include <new>
#include <span>  // construct_at, for a fifth of what <memory> costs
#include <type_traits>
#include <utility>

// g++ 12, PR 80635: does not see that the flag tells whether there is a value, in code that it inlines.
#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"
#endif

namespace amphis::inline v0::detail {

/// A T or nothing: std::optional, for a tenth of its header. A reference is held as a pointer.
template <class T>
class maybe {
public:
    constexpr maybe() noexcept {}
    constexpr maybe(maybe const& other)
        requires std::is_copy_constructible_v<T>
    {
        if (other.full_) emplace(other.value_);
    }
    constexpr maybe(maybe&& other) noexcept(std::is_nothrow_move_constructible_v<T>) {
        if (other.full_) emplace(static_cast<T&&>(other.value_));
    }
    constexpr maybe& operator=(maybe const& other)
        requires std::is_copy_constructible_v<T>
    {
        if (this != &other) {
            reset();
            if (other.full_) emplace(other.value_);
        }
        return *this;
    }
    constexpr maybe& operator=(maybe&& other) noexcept(std::is_nothrow_move_constructible_v<T>) {
        if (this != &other) {
            reset();
            if (other.full_) emplace(static_cast<T&&>(other.value_));
        }
        return *this;
    }
    constexpr ~maybe()
        requires std::is_trivially_destructible_v<T>
    = default;
    constexpr ~maybe() { reset(); }

    /// The new value; the old one is gone even if making the new one throws.
    template <class... A>
    constexpr T& emplace(A&&... arguments) {
        reset();
        return fill([&]() -> T { return T(static_cast<A&&>(arguments)...); });
    }
    /// As emplace(make()), where `make` returns a T: nothing is moved.
    template <class Make>
    constexpr T& fill(Make&& make) {
        reset();
        if constexpr (std::is_move_constructible_v<T>) {
            if (std::is_constant_evaluated()) {  // which allows no other placement new
                std::construct_at(__builtin_addressof(value_), make());
                full_ = true;
                return value_;
            }
        }
        ::new (static_cast<void*>(__builtin_addressof(value_))) T(make());
        full_ = true;
        return value_;
    }
    constexpr void reset() noexcept {
        if (full_) {
            full_ = false;
            value_.~T();
        }
    }
    [[nodiscard]] constexpr explicit operator bool() const noexcept { return full_; }
    [[nodiscard]] constexpr T& operator*() noexcept { return value_; }
    [[nodiscard]] constexpr T const& operator*() const noexcept { return value_; }
    [[nodiscard]] constexpr T* operator->() noexcept { return __builtin_addressof(value_); }
    [[nodiscard]] constexpr T const* operator->() const noexcept { return __builtin_addressof(value_); }

private:
    union {
        T value_;
    };
    bool full_ = false;
};

template <class T>
class maybe<T&> {
public:
    constexpr maybe() noexcept = default;
    constexpr T& emplace(T& value) noexcept { return *(value_ = __builtin_addressof(value)); }
    template <class Make>
    constexpr T& fill(Make&& make) {
        return emplace(make());
    }
    constexpr void reset() noexcept { value_ = nullptr; }
    [[nodiscard]] constexpr explicit operator bool() const noexcept { return value_ != nullptr; }
    [[nodiscard]] constexpr T& operator*() const noexcept { return *value_; }
    [[nodiscard]] constexpr T* operator->() const noexcept { return value_; }

private:
    T* value_ = nullptr;
};

/// A value that is filled in before it is read: as it is where T can be made of nothing, so that it costs no flag.
template <class T, bool = std::default_initializable<T> && std::is_move_assignable_v<T>>
class late_value {
public:
    template <class Make>
    constexpr T& fill(Make&& make) {
        return value_ = make();
    }
    [[nodiscard]] constexpr T& operator*() noexcept { return value_; }
    [[nodiscard]] constexpr T const& operator*() const noexcept { return value_; }

private:
    AMPHIS_NO_UNIQUE_ADDRESS T value_{};
};
template <class T>
class late_value<T, false> : public maybe<T> {};

/// A function object that can be assigned, as a lambda cannot, so that the views that hold it can.
template <class F>
class box {
public:
    constexpr box() = default;
    template <class G>
        requires(!std::is_same_v<std::remove_cvref_t<G>, box> && std::is_constructible_v<F, G>)
    constexpr explicit box(G&& function) noexcept(std::is_nothrow_constructible_v<F, G>) : value_(static_cast<G&&>(function)) {}
    constexpr box(box const&) = default;
    constexpr box(box&&) = default;
    constexpr ~box() = default;

    constexpr box& operator=(box const& other)
        requires(std::is_copy_constructible_v<F> && (std::is_copy_assignable_v<F> || std::is_nothrow_move_constructible_v<F>))
    {
        if constexpr (std::is_copy_assignable_v<F>) {
            value_ = other.value_;
        } else if (this != &other) {
            F copy(other.value_);  // may throw: the old one is still there
            renew(static_cast<F&&>(copy));
        }
        return *this;
    }
    constexpr box& operator=(box&& other) noexcept
        requires(std::is_move_assignable_v<F> || std::is_nothrow_move_constructible_v<F>)
    {
        if constexpr (std::is_move_assignable_v<F>) {
            value_ = static_cast<F&&>(other.value_);
        } else if (this != &other) {
            renew(static_cast<F&&>(other.value_));
        }
        return *this;
    }

    [[nodiscard]] constexpr F& get() noexcept { return value_; }
    [[nodiscard]] constexpr F const& get() const noexcept { return value_; }

private:
    constexpr void renew(F&& function) noexcept {
        if constexpr (!std::is_empty_v<F>) {  // one without state is as good as the other, and its byte may be another member's
            value_.~F();
            ::new (static_cast<void*>(__builtin_addressof(value_))) F(static_cast<F&&>(function));
        }
    }

    AMPHIS_NO_UNIQUE_ADDRESS F value_;
};

}  // namespace amphis::inline v0::detail

#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic pop
#endif

#endif  // AMPHIS_DETAIL_MAYBE_HPP
