// SPDX-License-Identifier: MIT
// descriptor/methods: functions that take a class, or nothing, in the place of an object.
// Python: docs.python.org/3/library/functions.html#classmethod
#ifndef AMPHIS_LANG_DESCRIPTOR_METHODS_HPP
#define AMPHIS_LANG_DESCRIPTOR_METHODS_HPP

#include <amphis/config.hpp>
#include <amphis/detail/attribute.hpp>
#include <amphis/lang/descriptor/custom.hpp>

#include <type_traits>

namespace amphis::inline v0 {

/// The `cls` of a class method: calling it makes an object.
template <class T>
struct cls {
    using type = T;

    template <class... A>
    [[nodiscard]] constexpr T operator()(A&&... arguments) const {
        return T{static_cast<A&&>(arguments)...};
    }
    /// Python: cls.__name__
    [[nodiscard]] static constexpr char const* name() noexcept { return detail::owner_name<T>::characters; }
    /// Python: issubclass(cls, Base)
    template <class Base>
    [[nodiscard]] static constexpr bool is_subclass_of() noexcept {
        return std::is_base_of_v<Base, T>;
    }
};

namespace detail {

template <class Owner, class Fn>
class class_method {
public:
    constexpr explicit class_method(Fn fn) : fn_(static_cast<Fn&&>(fn)) {}

    template <class... A>
    constexpr decltype(auto) operator()(A&&... arguments) const {
        static_assert(std::is_invocable_v<Fn const&, cls<Owner>, A...>,
                      "amphis: a classmethod's function takes the class, then these arguments: [](auto cls, int year) { return cls(year); }");
        if constexpr (std::is_invocable_v<Fn const&, cls<Owner>, A...>) return fn_(cls<Owner>(), static_cast<A&&>(arguments)...);
    }

    /// The same for a class that derives from the one that has it.
    template <class Derived>
    [[nodiscard]] constexpr class_method<Derived, Fn> of() const {
        return class_method<Derived, Fn>(fn_);
    }
    /// Python: method.__func__
    [[nodiscard]] constexpr Fn const& func() const noexcept { return fn_; }

private:
    Fn fn_;
};

template <class Owner>
struct classmethod_fn {
    template <class Fn>
    [[nodiscard]] constexpr class_method<Owner, Fn> operator()(Fn fn) const {
        return class_method<Owner, Fn>(static_cast<Fn&&>(fn));
    }
};

template <class Fn>
class static_method {
public:
    constexpr explicit static_method(Fn fn) : fn_(static_cast<Fn&&>(fn)) {}

    template <class... A>
        requires std::is_invocable_v<Fn const&, A...>
    constexpr decltype(auto) operator()(A&&... arguments) const noexcept(std::is_nothrow_invocable_v<Fn const&, A...>) {
        return fn_(static_cast<A&&>(arguments)...);
    }
    /// Python: method.__func__
    [[nodiscard]] constexpr Fn const& func() const noexcept { return fn_; }

private:
    Fn fn_;
};

struct staticmethod_fn {
    template <class Fn>
    [[nodiscard]] constexpr static_method<Fn> operator()(Fn fn) const {
        return static_method<Fn>(static_cast<Fn&&>(fn));
    }
};

}  // namespace detail

/// A function of the class: an alternative constructor that derived classes have, too.
///
///     struct Date {
///         int year = 0, month = 0, day = 0;
///         static constexpr auto today = classmethod<Date>([](auto cls) { return cls(2024, 2, 29); });
///     };
///     struct Deadline : Date {
///         static constexpr auto today = Date::today.of<Deadline>();     // returns a Deadline
///     };
///
/// fn        takes a cls first: cls(arguments...) makes an object, cls.name() is its name, decltype(cls)::type the class.
/// Cost      none.
/// Differs   a derived class says so with of<Derived>(): a static member does not know through which class it was named.
/// Source    Objects/funcobject.c, cm_descr_get (CPython 3.11).
template <class Owner>
inline constexpr detail::classmethod_fn<Owner> classmethod{};

/// A function that lives in a class and takes neither an object nor the class. A C++ static member function is one; this is
/// for a function object: `static constexpr auto is_leap = staticmethod([](int year) { ... });`.
///
/// Source    Objects/funcobject.c, sm_descr_get (CPython 3.11).
inline constexpr detail::staticmethod_fn staticmethod{};

}  // namespace amphis::inline v0

#endif  // AMPHIS_LANG_DESCRIPTOR_METHODS_HPP
