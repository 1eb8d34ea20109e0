// SPDX-License-Identifier: MIT
// weakref/method: a method of an object that is not kept alive.
#ifndef AMPHIS_WEAKREF_METHOD_HPP
#define AMPHIS_WEAKREF_METHOD_HPP

#include <amphis/config.hpp>
#include <amphis/gc/ptr.hpp>
#include <amphis/lang/exceptions/hierarchy.hpp>
#include <amphis/weakref/ref.hpp>

#include <cstddef>
#include <cstdint>
#include <type_traits>

namespace amphis::inline v0 {
namespace weakref {

/// A member function with its object, which it keeps alive: what a WeakMethod gives. Null when the object is gone.
template <class T, class M>
class bound_method {
    gc::ptr<T> object_{};
    M method_{};

public:
    bound_method(gc::ptr<T> object, M method) noexcept : object_(static_cast<gc::ptr<T>&&>(object)), method_(method) {}

    [[nodiscard]] explicit operator bool() const noexcept { return static_cast<bool>(object_); }
    [[nodiscard]] friend bool operator==(bound_method const& a, std::nullptr_t) noexcept { return a.object_ == nullptr; }
    /// Raises TypeError when it is null.
    template <class... A>
        requires std::is_invocable_v<M, T&, A...>
    decltype(auto) operator()(A&&... args) const {
        if (!object_) throw TypeError("'NoneType' object is not callable");
        auto const keep = object_;
        return ((*keep).*method_)(static_cast<A&&>(args)...);
    }
};

/// A method of an object that lives as long as others keep it: for lists of listeners.
///
///     auto listener = weakref::WeakMethod(panel, &Panel::redraw);
///     if (auto redraw = listener()) redraw();
///
/// callback  called with the WeakMethod when the object goes, as that of ref.
/// Raises    TypeError for a null pointer.
/// Differs   takes the object and the member function, which C++ has no name for together.
/// Source    docs.python.org/3/library/weakref.html#weakref.WeakMethod
template <class T, class M>
class WeakMethod {
    static_assert(std::is_member_function_pointer_v<M>, "amphis: weakref::WeakMethod takes an object and a member function: WeakMethod(panel, &Panel::redraw)");

    ref<T> ref_{};
    M method_{};

    WeakMethod(ref<T> const& gone, M method) noexcept : ref_(gone), method_(method) {}

public:
    WeakMethod(gc::ptr<T> const& object, M method) : ref_(object), method_(method) {}
    template <class F>
    WeakMethod(gc::ptr<T> const& object, M method, F&& callback)
        : ref_(object,
               [method, fn = std::decay_t<F>(static_cast<F&&>(callback))](ref<T> const& gone) mutable {
                   static_assert(std::is_invocable_v<std::decay_t<F>&, WeakMethod const&>, "amphis: the callback of a WeakMethod is called with it: [](auto const& gone) { ... }");
                   fn(WeakMethod(gone, method));
               }),
          method_(method) {}

    [[nodiscard]] bound_method<T, M> operator()() const noexcept { return {ref_(), method_}; }
    /// While the objects live: the same object and method. Afterwards, whether it is a copy of the other.
    [[nodiscard]] friend bool operator==(WeakMethod const& a, WeakMethod const& b) noexcept {
        auto const first = a.ref_();
        auto const second = b.ref_();
        if (!first || !second) return a.ref_.is(b.ref_) && a.method_ == b.method_;
        return first == second && a.method_ == b.method_;
    }
    [[nodiscard]] std::uint64_t hash() const
        requires detail::weakrefs::HashableObject<T>
    {
        return ref_.hash();
    }
    friend void repr_to(detail::text& out, WeakMethod const& m) { repr_to(out, m.ref_); }
    void traverse(auto&& visit) { visit(ref_); }
    using gc_acyclic = void;
};
template <class T, class M>
WeakMethod(gc::ptr<T> const&, M) -> WeakMethod<T, M>;
template <class T, class M, class F>
WeakMethod(gc::ptr<T> const&, M, F&&) -> WeakMethod<T, M>;

}  // namespace weakref
}  // namespace amphis::inline v0

#endif  // AMPHIS_WEAKREF_METHOD_HPP
