// SPDX-License-Identifier: MIT
// weakref/ref: a reference that does not keep its object alive, with a callback for when it goes.
#ifndef AMPHIS_WEAKREF_REF_HPP
#define AMPHIS_WEAKREF_REF_HPP

#include <amphis/config.hpp>
#include <amphis/detail/invoke.hpp>
#include <amphis/detail/maybe.hpp>
#include <amphis/detail/text.hpp>
#include <amphis/gc/heap.hpp>
#include <amphis/gc/ptr.hpp>
#include <amphis/weakref/block.hpp>

#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <vector>

namespace amphis::inline v0 {
namespace weakref {

template <class T>
class ref;

}  // namespace weakref
namespace detail::weakrefs {

/// A block with a callback, which is called once and is gone then.
template <class T, class Fn>
struct calling_block : block {
    maybe<Fn> fn;

    template <class F>
    explicit calling_block(F&& given) {
        fn.emplace(static_cast<F&&>(given));
        is_ref = true;
        call = &calling_block::call_it;
        destroy = [](weak_block* self) noexcept { delete static_cast<calling_block*>(self); };
    }
    static void call_it(weak_block& self);
};

struct ref_access {
    template <class T>
    static weak_block* block(amphis::weakref::ref<T> const& r) noexcept {
        return r.block_;
    }
    template <class T>
    static amphis::weakref::ref<T> share(weak_block* b) noexcept {
        use(b);
        amphis::weakref::ref<T> r;
        r.block_ = b;
        return r;
    }
};

}  // namespace detail::weakrefs

namespace weakref {

/// A weak reference: `w()` is a gc::ptr to the object, or null when it is gone.
///
///     auto node = gc::make<Node>("a");
///     auto w = weakref::ref(node);
///     w()->name;                                                  // a
///     auto told = weakref::ref(node, [](auto const&) { print("gone"); });
///     node = nullptr;                                             // gone
///     w() == nullptr;                                             // True
///
/// callback  called with the weak reference, which gives null by then, once, when the object goes and the reference is still there; the
///           newest first. What it raises is reported on stderr. References without one share 64 bytes.
/// Raises    TypeError for a null pointer.
/// Costs     8 bytes. A call is a test and a copy of a pointer; objects without weak references pay nothing.
/// Threads   it belongs to the thread of its object.
/// Differs   a copy is the same weak reference, as another name is in Python. A callback whose references were all dropped by an earlier
///           callback is not called: what it captured may be gone. A gc::ptr that it captures is not seen by the collector.
/// Source    docs.python.org/3/library/weakref.html#weakref.ref; Objects/weakrefobject.c (CPython 3.11)
template <class T>
class ref {
    detail::gc::weak_block* block_ = nullptr;

public:
    using element_type = T;
    using amphis_gc_weak = void;  // the collector reads block_, the only member

    /// Refers to nothing.
    constexpr ref() noexcept = default;
    explicit ref(gc::ptr<T> const& object) : block_(detail::weakrefs::share_plain(object.object)) {}
    template <class F>
    ref(gc::ptr<T> const& object, F&& callback) {
        using Fn = std::decay_t<F>;
        static_assert(std::is_invocable_v<Fn&, ref const&>, "amphis: the callback of a weak reference is called with it: [](weakref::ref<Node> const& gone) { ... }");
        block_ = detail::weakrefs::attach(object.object, new detail::weakrefs::calling_block<T, Fn>(static_cast<F&&>(callback)));
    }
    ref(ref const& other) noexcept : block_(other.block_) { detail::weakrefs::use(block_); }
    ref(ref&& other) noexcept : block_(other.block_) { other.block_ = nullptr; }
    /// To a base class, which must be at the beginning of the object. Raises TypeError where it is not, which the compiler knows.
    template <class U>
        requires(!std::is_same_v<U, T> && detail::gc::PointsTo<U, T>)
    ref(ref<U> const& other) {  // NOLINT(google-explicit-constructor)
        gc::ptr<T> const checked = other();
        block_ = detail::weakrefs::ref_access::block(other);
        detail::weakrefs::use(block_);
    }
    ~ref() { detail::weakrefs::release(block_); }
    ref& operator=(ref other) noexcept {
        swap(other);
        return *this;
    }

    /// The object, or null when it is gone or on its way out.
    [[nodiscard]] gc::ptr<T> operator()() const noexcept {
        void* const object = detail::weakrefs::live(block_);
        if (object == nullptr) return nullptr;
        return detail::gc::access::share<T>(object);
    }
    /// Whether a callback is still to be called. Python: `w.__callback__ is not None`.
    [[nodiscard]] bool has_callback() const noexcept { return block_ != nullptr && block_->object != nullptr && block_->call != nullptr; }
    /// `is`: whether both are the same weak reference.
    template <class U>
    [[nodiscard]] bool is(ref<U> const& other) const noexcept {
        return block_ == detail::weakrefs::ref_access::block(other);
    }

    /// While both objects live, whether these are equal, by operator== if the class has one; afterwards, whether both are the same reference.
    [[nodiscard]] friend bool operator==(ref const& a, ref const& b) {
        void* const first = detail::weakrefs::live(a.block_);
        void* const second = detail::weakrefs::live(b.block_);
        if (first == nullptr || second == nullptr) return a.block_ == b.block_;
        return detail::weakrefs::same_value<T>(first, second);
    }
    /// The hash of the object. Raises TypeError if it is gone and nobody asked before.
    [[nodiscard]] std::uint64_t hash() const
        requires detail::weakrefs::HashableObject<T>
    {
        return detail::weakrefs::hash_of_block<T>(block_);
    }

    void swap(ref& other) noexcept {
        detail::gc::weak_block* const before = block_;
        block_ = other.block_;
        other.block_ = before;
    }
    friend void swap(ref& a, ref& b) noexcept { a.swap(b); }
    friend void repr_to(detail::text& out, ref const& r) { detail::weakrefs::describe(out, detail::chars("weakref"), r.block_, r.block_); }
    friend void str_to(detail::text& out, ref const& r) { repr_to(out, r); }

private:
    friend detail::weakrefs::ref_access;
};
template <class T>
ref(gc::ptr<T> const&) -> ref<T>;
template <class T, class F>
ref(gc::ptr<T> const&, F&&) -> ref<T>;

}  // namespace weakref

namespace detail::weakrefs {

template <class T, class Fn>
void calling_block<T, Fn>::call_it(weak_block& self) {
    auto const gone = ref_access::share<T>(__builtin_addressof(self));
    auto& all = static_cast<calling_block&>(self);
    struct at_end {
        maybe<Fn>& fn;
        ~at_end() { fn.reset(); }
    } const ending{all.fn};
    static_cast<void>(detail::call(*all.fn, gone));
}

struct getweakrefcount_fn {
    template <class T>
    [[nodiscard]] std::size_t operator()(amphis::gc::ptr<T> const& object) const noexcept {
        std::size_t n = 0;
        if (object && (gc::header_of(object.object)->meta & gc::has_weak) != 0) {
            for (weak_block* b = heap_of(object.object).weak.find(object.object); b != nullptr; b = b->next) ++n;
        }
        return n;
    }
};
struct getweakrefs_fn {
    template <class T>
    [[nodiscard]] std::vector<amphis::weakref::ref<T>> operator()(amphis::gc::ptr<T> const& object) const {
        std::vector<amphis::weakref::ref<T>> all;
        if (object && (gc::header_of(object.object)->meta & gc::has_weak) != 0) {
            for (weak_block* b = heap_of(object.object).weak.find(object.object); b != nullptr; b = b->next) {
                if (static_cast<block*>(b)->is_ref) all.push_back(ref_access::share<T>(b));
            }
        }
        return all;
    }
};

}  // namespace detail::weakrefs

namespace weakref {

/// How many weak references there are to an object: those without a callback count once, those of containers and finalizers one each.
inline constexpr detail::weakrefs::getweakrefcount_fn getweakrefcount{};
/// The weak references to an object, as a list; those of containers and finalizers are not among them.
inline constexpr detail::weakrefs::getweakrefs_fn getweakrefs{};

}  // namespace weakref
}  // namespace amphis::inline v0

template <class T>
struct std::hash<amphis::weakref::ref<T>> {
    [[nodiscard]] std::size_t operator()(amphis::weakref::ref<T> const& r) const { return static_cast<std::size_t>(r.hash()); }
};

#endif  // AMPHIS_WEAKREF_REF_HPP
