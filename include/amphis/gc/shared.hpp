// SPDX-License-Identifier: MIT
// gc/shared: pointers that count the references to an object which several threads use.  Python: PEP 703, biased reference counting.
//
//     #include <amphis/gc/shared.hpp>                        // gc.hpp does not include it
//     gc::biased_ptr<Config> config = gc::make_biased<Config>("app.toml");
//     std::thread reader([config] { use(config->timeout); });   // a copy for another thread
//     gc::atomic_ptr<Config> other = gc::make_atomic<Config>("app.toml");
//
// Who makes most of the copies decides: the thread that made the object (biased_ptr: it counts without an atomic instruction), or all
// threads alike (atomic_ptr). Neither finds cycles: break them by hand, as with std::shared_ptr, or keep the graph in the heap of one
// thread (gc::make), which does.
#ifndef AMPHIS_GC_SHARED_HPP
#define AMPHIS_GC_SHARED_HPP

#include <amphis/config.hpp>
#include <amphis/gc/shared/counts.hpp>
#include <amphis/lang/exceptions/hierarchy.hpp>

#include <compare>
#include <cstddef>
#include <cstdint>
#include <new>
#include <type_traits>
#include <typeindex>  // the cheapest header that declares std::hash

namespace amphis::inline v0 {
namespace detail::gc_shared {

/// Whether B, a base of D or the same class, may begin where D does, as far as the classes tell. Where it is, is not a constant expression.
template <class B, class D>
consteval bool may_begin_where() noexcept {
    if constexpr (std::is_same_v<B, D> || std::is_void_v<B> || std::is_void_v<D>) {
        return true;
    } else if constexpr (requires(B* base) { static_cast<D*>(base); }) {
        return std::is_polymorphic_v<B> || !std::is_polymorphic_v<D> || std::is_empty_v<B>;  // the address of the virtual table comes first
    } else {
        return false;  // a virtual base
    }
}

template <class To, class From>
inline constexpr bool same_class = std::is_same_v<std::remove_cv_t<To>, std::remove_cv_t<From>>;

[[noreturn]] AMPHIS_COLD inline void throw_base_elsewhere() {
    throw_chars<TypeError>(
        "the base does not begin where the object does, and a pointer of 8 bytes finds the counts before the object: make it the first base");
}

/// `to`, which is null or where `from` is. After a static cast the compiler knows whether it is, and leaves no test.
template <class To, class From>
inline To* checked_same(To* to, From* from) {
    if (to != nullptr && static_cast<void const volatile*>(to) != static_cast<void const volatile*>(from)) throw_base_elsewhere();
    return to;
}

/// A pointer to the same object, as a base of its class.
template <class To, class From>
inline To* same_object(From* from) noexcept(same_class<To, From>) {
    static_assert(may_begin_where<std::remove_cv_t<To>, std::remove_cv_t<From>>(),
                  "amphis: this base does not begin where the object does, and a pointer of 8 bytes finds the counts before the object: make it the "
                  "first base, without virtual inheritance, and polymorphic if the derived class is");
    return checked_same(static_cast<To*>(from), from);
}

}  // namespace detail::gc_shared

namespace gc {

/// Sharing by biased counts: of the thread that makes an object without atomic instructions, of all others with them.
struct biased_counts {
    static void retain(void const volatile* object) noexcept { detail::gc_shared::retain_biased(object); }
    static void drop(void const volatile* object) noexcept { detail::gc_shared::drop_biased(object); }
};
/// Sharing by one atomic count.
struct atomic_counts {
    static void retain(void const volatile* object) noexcept { detail::gc_shared::retain_merged(object); }
    static void drop(void const volatile* object) noexcept { detail::gc_shared::drop_merged(object); }
};

template <class T, class Sharing>
class counted_ptr;

/// A pointer that owns its object together with its copies, in whatever threads; 8 bytes. Made by make_biased, see there.
template <class T>
using biased_ptr = counted_ptr<T, biased_counts>;
/// The same, with one atomic count. Made by make_atomic.
template <class T>
using atomic_ptr = counted_ptr<T, atomic_counts>;

template <class T, class Sharing, class... A>
[[nodiscard]] counted_ptr<T, Sharing> make_counted(A&&... args);

/// What biased_ptr and atomic_ptr are. An object lives until the last pointer to it goes.
///
///     gc::biased_ptr<Shape> shape = gc::make_biased<Circle>(2.0);   // Circle's first base is Shape
///     shape->area();
///     shape.refcount();                                             // 1
///     shape.cast<Circle>()->radius;                                 // 2.0; the caller knows that it is one
///     if (auto square = shape.try_cast<Square>()) { ... }           // null if it is none
///
/// T         the object's class, a base of it that begins where it does, or void; const or not. It may be incomplete until it is used.
/// Raises    TypeError by a conversion to a base that does not begin where the object does: 8 bytes have no room for the difference. Of virtual
///           bases, and of those without virtual functions below a class with some, that is known before: it does not compile.
/// Cost      8 bytes, and 16 before the object. A null pointer costs a test. Destructors do not nest: what a destructor lets go is destroyed
///           after it, in the same thread, so that a chain of any length needs no stack. At most 2**29 pointers to an object.
/// Threads   different pointers to one object may be copied and dropped at once; one and the same pointer may not (as std::shared_ptr).
///           The object itself is not protected: who changes it while others look takes a lock. It is destroyed in the thread that drops
///           the last pointer, or, biased, in the one that made it.
/// Differs   cycles are not collected: break them by hand, or keep the graph in one thread's heap (gc::make). There are no weak references.
/// Source    ours; the counts are those of PEP 703 and of Choi, Shull, Torrellas: Biased Reference Counting (PACT 2018).
template <class T, class Sharing>
class counted_ptr {
public:
    using element_type = T;

    constexpr counted_ptr() noexcept = default;
    constexpr counted_ptr(std::nullptr_t) noexcept {}
    counted_ptr(counted_ptr const& other) noexcept : object_(other.object_) { retain(); }
    constexpr counted_ptr(counted_ptr&& other) noexcept : object_(other.object_) { other.object_ = nullptr; }
    template <class U>
        requires std::is_convertible_v<U*, T*>
    counted_ptr(counted_ptr<U, Sharing> const& other) noexcept(detail::gc_shared::same_class<T, U>)
        : object_(detail::gc_shared::same_object<T>(other.object_)) {
        retain();
    }
    template <class U>
        requires std::is_convertible_v<U*, T*>
    counted_ptr(counted_ptr<U, Sharing>&& other) noexcept(detail::gc_shared::same_class<T, U>)
        : object_(detail::gc_shared::same_object<T>(other.object_)) {
        other.object_ = nullptr;
    }
    ~counted_ptr() {
        if (object_ != nullptr) Sharing::drop(object_);
    }
    counted_ptr& operator=(counted_ptr other) noexcept {
        swap(other);
        return *this;
    }

    /// A pointer more to the object whose member function calls it: counted_ptr::self(this). The class must begin where the object does.
    ///
    /// Threads   undefined for an object that was not made by make_biased or make_atomic, whichever this pointer is of.
    [[nodiscard]] static counted_ptr self(T* object) noexcept {
        counted_ptr one_more;
        one_more.object_ = object;
        one_more.retain();
        return one_more;
    }

    [[nodiscard]] T* get() const noexcept { return object_; }
    [[nodiscard]] T* operator->() const noexcept { return object_; }
    [[nodiscard]] std::add_lvalue_reference_t<T> operator*() const noexcept
        requires(!std::is_void_v<T>)
    {
        return *object_;
    }
    [[nodiscard]] explicit operator bool() const noexcept { return object_ != nullptr; }

    void reset() noexcept { counted_ptr().swap(*this); }
    void swap(counted_ptr& other) noexcept {
        T* const mine = object_;
        object_ = other.object_;
        other.object_ = mine;
    }
    friend void swap(counted_ptr& a, counted_ptr& b) noexcept { a.swap(b); }

    /// How many pointers there are to the object, 0 of null.  Python: sys.getrefcount(), less the one that its argument is.
    ///
    /// Threads   exact if nobody else copies or drops one; but of a biased object another thread than its own counts all the pointers that this
    ///           one made as one, and so does that one while the object is queued to it.
    [[nodiscard]] std::size_t refcount() const noexcept {
        return object_ != nullptr ? detail::gc_shared::count_of(detail::gc_shared::header_of(object_)) : 0;
    }

    /// The same object as a U, which the caller knows that it is. Raises TypeError if the U does not begin where the object does.
    template <class U>
    [[nodiscard]] counted_ptr<U, Sharing> cast() const {
        using A = std::remove_cv_t<T>;
        using B = std::remove_cv_t<U>;
        static_assert(std::is_base_of_v<A, B> ? detail::gc_shared::may_begin_where<A, B>() : detail::gc_shared::may_begin_where<B, A>(),
                      "amphis: cast: of these two classes, the base does not begin where the object does: there is no such pointer to it");
        counted_ptr<U, Sharing> result;
        result.object_ = detail::gc_shared::checked_same(static_cast<U*>(object_), object_);
        result.retain();
        return result;
    }
    /// The same object as a U; null if it is none.
    ///
    /// Raises    TypeError: it is one, and the U does not begin where the object does.
    template <class U>
    [[nodiscard]] counted_ptr<U, Sharing> try_cast() const {
        static_assert(std::is_polymorphic_v<T>, "amphis: try_cast: only an object of a class with a virtual function knows what it is: use cast");
        counted_ptr<U, Sharing> result;
        result.object_ = detail::gc_shared::checked_same(dynamic_cast<U*>(object_), object_);
        result.retain();
        return result;
    }

    template <class U>
    [[nodiscard]] friend bool operator==(counted_ptr const& a, counted_ptr<U, Sharing> const& b) noexcept {
        return a.get() == b.get();
    }
    [[nodiscard]] friend bool operator==(counted_ptr const& a, std::nullptr_t) noexcept { return a.object_ == nullptr; }
    template <class U>
    [[nodiscard]] friend std::strong_ordering operator<=>(counted_ptr const& a, counted_ptr<U, Sharing> const& b) noexcept {
        return std::compare_three_way()(a.get(), b.get());
    }

private:
    template <class, class>
    friend class counted_ptr;
    template <class U, class S, class... A>
    friend counted_ptr<U, S> make_counted(A&&... args);

    void retain() const noexcept {
        if (object_ != nullptr) Sharing::retain(object_);
    }

    T* object_ = nullptr;
};

/// make_biased and make_atomic, where the sharing is a parameter.
template <class T, class Sharing, class... A>
[[nodiscard]] counted_ptr<T, Sharing> make_counted(A&&... args) {
    namespace impl = detail::gc_shared;
    static_assert(std::is_object_v<T> && !std::is_array_v<T>, "amphis: a shared pointer is made to an object: for several, make a std::vector of them");
    static_assert(std::is_nothrow_destructible_v<T>, "amphis: the destructor of a shared object runs in whatever thread drops it: it may not raise");
    using made_type = std::remove_cv_t<T>;
    constexpr bool counts_locally = std::is_same_v<Sharing, biased_counts>;
    if constexpr (counts_locally) {
        if (impl::me.own == nullptr) [[unlikely]] {
            if (!impl::me.ended) impl::open_record();
        } else if (__atomic_load_n(&impl::me.own->queue, __ATOMIC_RELAXED) != 0) [[unlikely]] {
            impl::merge_queue(*impl::me.own);
        }
    }
    std::uint32_t type = __atomic_load_n(&impl::type_index<made_type>, __ATOMIC_ACQUIRE);
    if (type == 0) [[unlikely]] type = impl::all.add_type(impl::type_index<made_type>, &impl::block<made_type>::destroy);

    impl::header* const h = impl::block<made_type>::allocate();
    impl::unfinished<made_type> memory{h};
    bool locally = false;
    if constexpr (counts_locally) locally = impl::me.own != nullptr && impl::fits_link(h);
    h->owner = locally ? impl::me.id : 0;
    h->type = type;
    h->local = locally ? 1 : 0;
    h->shared = locally ? impl::split : impl::one;
    made_type* const made = ::new (static_cast<void*>(h + 1)) made_type(static_cast<A&&>(args)...);
    if (locally) ++impl::me.own->live;
    memory.h = nullptr;

    counted_ptr<T, Sharing> result;
    result.object_ = made;
    return result;
}

/// Make an object which this thread uses most, and others, too.
///
///     auto cache = gc::make_biased<Cache>(1024);
///     std::thread worker([cache] { cache->look_up("key"); });     // counted atomically there, and not here
///     cache.refcount();                                           // 1, and 1 more while the worker has its copy
///
/// args      for the constructor of T.
/// Raises    whatever the constructor raises; the memory is given back then.
/// Cost      a copy and a drop in this thread: no atomic instruction; in others: two, and more if the last pointer goes there.
/// Threads   what other threads drop and only this one can decide is queued to it: it is destroyed in its next make_biased(), in gc::merge(),
///           or when it ends. What is left then is destroyed by whoever drops it, wherever that is. In a child of fork() nobody empties the
///           queues of threads that only the parent has.
/// Source    PEP 703, Biased Reference Counting; Python/brc.c (CPython 3.13).
template <class T, class... A>
[[nodiscard]] biased_ptr<T> make_biased(A&&... args) {
    return make_counted<T, biased_counts>(static_cast<A&&>(args)...);
}

/// Make an object that many threads use alike.
///
///     auto config = gc::make_atomic<Config>("app.toml");
///
/// args      for the constructor of T.
/// Raises    whatever the constructor raises; the memory is given back then.
/// Cost      a copy is an atomic addition, a drop an atomic subtraction; but for the last one, which needs none.
/// Threads   the object is destroyed at once, in the thread that drops the last pointer.
template <class T, class... A>
[[nodiscard]] atomic_ptr<T> make_atomic(A&&... args) {
    return make_counted<T, atomic_counts>(static_cast<A&&>(args)...);
}

}  // namespace gc

namespace detail::gc_shared {

struct merge_fn {
    std::size_t operator()() const noexcept {
        return me.own != nullptr && __atomic_load_n(&me.own->queue, __ATOMIC_RELAXED) != 0 ? merge_queue(*me.own) : 0;
    }
};

}  // namespace detail::gc_shared

namespace gc {

/// Take over the objects of this thread that others have dropped, and destroy those to which there is no pointer left.
///
///     for (auto& job : jobs) { job.run(); gc::merge(); }    // in a thread that makes nothing for long
///
/// Returns   how many were looked at.
/// Cost      a load and a test if there are none.
/// Threads   make_biased() and the end of the thread do the same.
inline constexpr detail::gc_shared::merge_fn merge{};

}  // namespace gc
}  // namespace amphis::inline v0

template <class T, class Sharing>
struct std::hash<amphis::gc::counted_ptr<T, Sharing>> {
    std::size_t operator()(amphis::gc::counted_ptr<T, Sharing> const& p) const noexcept { return reinterpret_cast<std::uintptr_t>(p.get()); }
};

#endif  // AMPHIS_GC_SHARED_HPP
