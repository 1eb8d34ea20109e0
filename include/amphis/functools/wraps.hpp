// SPDX-License-Identifier: MIT
// functools/wraps: a wrapper that goes by the name, docstring and signature of what it wraps.
// Python: docs.python.org/3/library/functools.html#functools.wraps
#ifndef AMPHIS_FUNCTOOLS_WRAPS_HPP
#define AMPHIS_FUNCTOOLS_WRAPS_HPP

#include <amphis/detail/callable.hpp>
#include <amphis/detail/invoke.hpp>
#include <amphis/lang/decorator.hpp>

#include <type_traits>
#include <utility>

namespace amphis::inline v0 {
namespace functools {

/// A wrapper with the identity of the function it wraps. Its call operator and its members are the wrapper's own.
template <class Wrapper, class Fn>
class wrapped_function : public detail::base_of_function<Wrapper>,
                         public detail::function_type_of<detail::signature_of<Fn>> {
    using wrapper_type = detail::base_of_function<Wrapper>;

public:
    using wrapper_type::operator();

    template <class W, class F>
    constexpr wrapped_function(W&& the_wrapper, F&& the_function)  // names that shadow no member of Wrapper
        : wrapper_type{static_cast<W&&>(the_wrapper)}, fn_(static_cast<F&&>(the_function)) {}

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

}  // namespace functools

namespace detail {

struct update_wrapper_t {
    template <class Wrapper, class Fn>
    [[nodiscard]] constexpr auto operator()(Wrapper&& wrapper, Fn&& fn) const {
        static_assert(FunctionLike<Wrapper> && FunctionLike<Fn>,
                      "amphis: update_wrapper takes a wrapper and the function it wraps");
        return functools::wrapped_function<as_function_t<Wrapper>, as_function_t<Fn>>(
            as_function(static_cast<Wrapper&&>(wrapper)), as_function(static_cast<Fn&&>(fn)));
    }
};

/// wraps(fn): a decorator for the wrapper.
template <class Fn>
class wraps_decorator : public decorator_base {
public:
    template <class F>
    constexpr wraps_decorator(std::in_place_t, F&& fn) : fn_(static_cast<F&&>(fn)) {}

    template <class Wrapper>
    [[nodiscard]] constexpr auto operator()(Wrapper&& wrapper) const& {
        return update_wrapper_t{}(static_cast<Wrapper&&>(wrapper), fn_);
    }
    template <class Wrapper>
    [[nodiscard]] constexpr auto operator()(Wrapper&& wrapper) && {
        return update_wrapper_t{}(static_cast<Wrapper&&>(wrapper), static_cast<Fn&&>(fn_));
    }

private:
    AMPHIS_NO_UNIQUE_ADDRESS Fn fn_;
};

struct wraps_t {
    template <class Fn>
    [[nodiscard]] constexpr auto operator()(Fn&& fn) const {
        static_assert(FunctionLike<Fn>, "amphis: wraps takes the function that is wrapped");
        return wraps_decorator<as_function_t<Fn>>(std::in_place, as_function(static_cast<Fn&&>(fn)));
    }
};

}  // namespace detail

namespace functools {

/// Give a wrapper the name, docstring, signature and `wrapped()` of the function it wraps.
///
///     auto greet = functools::update_wrapper(wrapper, fn);
///     greet.name();       // fn's
///     greet.wrapped();    // fn
///
/// wrapper   the function that is called; its members stay visible on the result.
/// fn        the function it stands for. Both are copied from lvalues and moved from rvalues; std::ref shares.
/// Returns   a `wrapped_function`.
/// Cost      no cost per call; the size of fn, nothing for a lambda without captures.
/// Differs   returns a new function: the type of a C++ function cannot change under it. The signature is fn's, as
///           inspect.signature tells it in Python.
/// Source    Lib/functools.py, update_wrapper (CPython 3.11).
inline constexpr detail::update_wrapper_t update_wrapper{};

/// update_wrapper as a decorator of the wrapper: functools::wraps(fn)(wrapper), or functools::wraps(fn) | wrapper.
///
///     constexpr amphis::decorator shout = [](auto fn) {
///         return functools::wraps(fn)([fn](auto&&... args) { return fn(std::forward<decltype(args)>(args)...) + "!"; });
///     };
///
/// Source    Lib/functools.py, wraps (CPython 3.11).
inline constexpr detail::wraps_t wraps{};

}  // namespace functools
}  // namespace amphis::inline v0

#endif  // AMPHIS_FUNCTOOLS_WRAPS_HPP
