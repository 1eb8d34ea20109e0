// SPDX-License-Identifier: MIT
// weakref/proxy: stands for an object without keeping it alive; the use of one whose object is gone raises ReferenceError.
#ifndef AMPHIS_WEAKREF_PROXY_HPP
#define AMPHIS_WEAKREF_PROXY_HPP

#include <amphis/config.hpp>
#include <amphis/detail/invoke.hpp>
#include <amphis/detail/text.hpp>
#include <amphis/gc/ptr.hpp>
#include <amphis/lang/exceptions/hierarchy.hpp>
#include <amphis/weakref/block.hpp>
#include <amphis/weakref/ref.hpp>

#include <cstddef>
#include <type_traits>

namespace amphis::inline v0 {
namespace detail::weakrefs {

AMPHIS_COLD inline void object_gone() { throw ReferenceError("weakly-referenced object no longer exists"); }

}  // namespace detail::weakrefs
namespace weakref {

/// A weak reference that is used like the object itself.
///
///     auto p = weakref::proxy(node);
///     p->name;                            // a
///     node = nullptr;
///     p->name;                            // ReferenceError: weakly-referenced object no longer exists
///
/// callback  called with the proxy, as that of ref.
/// Raises    ReferenceError from ->, *, () and == when the object is gone; TypeError for a null pointer.
/// Costs     8 bytes; each use a test and a copy of a pointer, which keeps the object until the end of the statement.
/// Differs   `*p` is a reference: it does not keep the object. A proxy without a callback and a ref count as one in getweakrefcount().
/// Source    docs.python.org/3/library/weakref.html#weakref.proxy
template <class T>
class proxy {
    ref<T> ref_;

public:
    using element_type = T;
    using amphis_gc_weak = void;

    explicit proxy(gc::ptr<T> const& object) : ref_(object) {}
    template <class F>
    proxy(gc::ptr<T> const& object, F&& callback)
        : ref_(object, [fn = std::decay_t<F>(static_cast<F&&>(callback))](ref<T> const& gone) mutable {
              static_assert(std::is_invocable_v<std::decay_t<F>&, proxy const&>, "amphis: the callback of a proxy is called with it: [](weakref::proxy<Node> const& gone) { ... }");
              fn(proxy(gone));
          }) {}

    [[nodiscard]] gc::ptr<T> operator->() const { return locked(); }
    [[nodiscard]] T& operator*() const { return *locked(); }
    template <class... A>
        requires std::is_invocable_v<T&, A...>
    decltype(auto) operator()(A&&... args) const {
        auto const object = locked();
        return detail::call(*object, static_cast<A&&>(args)...);
    }
    /// Whether the objects are equal.
    [[nodiscard]] friend bool operator==(proxy const& a, proxy const& b) { return detail::weakrefs::same_value<T>(a.locked().object, b.locked().object); }
    [[nodiscard]] friend bool operator==(proxy const& a, gc::ptr<T> const& b) { return b && detail::weakrefs::same_value<T>(a.locked().object, b.object); }

    friend void repr_to(detail::text& out, proxy const& p) {
        void* const at = detail::weakrefs::ref_access::block(p.ref_);
        detail::weakrefs::describe(out, detail::chars("weakproxy"), at, detail::weakrefs::ref_access::block(p.ref_));
    }

private:
    explicit proxy(ref<T> const& gone) noexcept : ref_(gone) {}
    [[nodiscard]] gc::ptr<T> locked() const {
        auto object = ref_();
        if (!object) [[unlikely]] detail::weakrefs::object_gone();
        return object;
    }
};
template <class T>
proxy(gc::ptr<T> const&) -> proxy<T>;
template <class T, class F>
proxy(gc::ptr<T> const&, F&&) -> proxy<T>;

}  // namespace weakref
}  // namespace amphis::inline v0

#endif  // AMPHIS_WEAKREF_PROXY_HPP
