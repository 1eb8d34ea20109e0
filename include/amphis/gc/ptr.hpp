// SPDX-License-Identifier: MIT
// gc/ptr: pointers that count, and the making of what they point to.
#ifndef AMPHIS_GC_PTR_HPP
#define AMPHIS_GC_PTR_HPP

#include <amphis/config.hpp>
#include <amphis/gc/collector.hpp>
#include <amphis/gc/heap.hpp>
#include <amphis/gc/incremental.hpp>  // of which the collector calls some
#include <amphis/gc/traverse.hpp>
#include <amphis/lang/exceptions/hierarchy.hpp>

#include <compare>
#include <concepts>
#include <cstddef>
#include <new>
#include <type_traits>
#include <typeindex>  // the cheapest header that declares std::hash
#include <utility>

namespace amphis::inline v0 {
namespace detail::gc {

/// Tags a constructor that takes over a count.
struct adopt {};
/// Makes and takes apart pointers, for the rest of the library.
struct access;

template <class From, class To>
concept PointsTo = std::is_convertible_v<From*, To*>;

template <class T, class... A>
concept BraceMade = !std::is_constructible_v<T, A...> && requires { T{std::declval<A>()...}; };

AMPHIS_COLD inline void not_made() { throw RuntimeError("gc::self() of an object that gc::make() did not make, or not yet, or that is on its way out"); }

template <class From, class To>
AMPHIS_COLD void not_at_the_beginning() {
    text message;
    message.append(type_name<To>());
    message.append(chars(" is not at the beginning of "));
    message.append(type_name<From>());
    message.append(chars(": gc::member_ptr can point to it"));
    throw TypeError(message.view());
}

template <class Derived, class Base>
consteval void assert_keeps_acyclic() noexcept {
    static_assert(std::is_void_v<std::remove_cv_t<Base>> || keeps_acyclic<Derived, Base>,
                  "amphis: a gc::ptr<Base> cannot point to this class: by its fields Base is in no cycle, and its objects are not collected, but this class can "
                  "be: give Base a virtual destructor, or make a gc::ptr of the class itself");
}

}  // namespace detail::gc

namespace gc {

/// An owning pointer to an object that gc::make() made; 8 bytes. The object dies when the last pointer to it goes, or when gc::collect() finds
/// that only what nobody can reach points to it.
///
///     auto a = gc::make<Node>("a");
///     auto b = a;              // two pointers, one object
///     a->next = b;             // a cycle: collect() will find it
///
/// Costs     8 bytes, and 8 before the object. A copy and its end are 8 instructions.
/// Threads   an object belongs to the thread that made it, and so do all pointers to it. Without NDEBUG the use of one on another thread
///           ends the program with a message; gc/shared.hpp has pointers that threads may share.
/// Differs   from CPython: the members of an object go in the order of C++, the last declared first.
/// Source    docs.python.org/3/library/gc.html
template <class T>
class [[nodiscard]] ptr : public detail::gc::edge {
public:
    using element_type = T;

    constexpr ptr() noexcept = default;
    constexpr ptr(std::nullptr_t) noexcept {}  // NOLINT(google-explicit-constructor)
    ptr(ptr const& other) noexcept : edge{other.object} {
        if (object != nullptr) detail::gc::take(object);
    }
    ptr(ptr&& other) noexcept : edge{other.object} { other.object = nullptr; }
    /// To a base class, which must be at the beginning of the object. Raises TypeError where it is not, which the compiler knows.
    template <detail::gc::PointsTo<T> U>
        requires(!std::is_same_v<U, T>)
    ptr(ptr<U> const& other) : edge{other.object} {  // NOLINT(google-explicit-constructor)
        check_base(other.get());
        if (object != nullptr) detail::gc::take(object);
    }
    template <detail::gc::PointsTo<T> U>
        requires(!std::is_same_v<U, T>)
    ptr(ptr<U>&& other) : edge{other.object} {  // NOLINT(google-explicit-constructor)
        check_base(other.get());
        other.object = nullptr;
    }
    ptr(detail::gc::adopt, void* made) noexcept : edge{made} {}
    ~ptr() {
        if (object != nullptr) detail::gc::drop(object);
    }
    ptr& operator=(ptr const& other) noexcept {
        if (other.object != nullptr) detail::gc::take(other.object);
        put(other.object);
        return *this;
    }
    ptr& operator=(ptr&& other) noexcept {
        if (this == __builtin_addressof(other)) return *this;
        void* const taken = other.object;
        other.object = nullptr;
        put(taken);
        return *this;
    }
    ptr& operator=(std::nullptr_t) noexcept {
        put(nullptr);
        return *this;
    }

    [[nodiscard]] T* get() const noexcept { return static_cast<T*>(const_cast<void*>(static_cast<void const*>(object))); }
    [[nodiscard]] T* operator->() const noexcept { return get(); }
    [[nodiscard]] std::add_lvalue_reference_t<T> operator*() const noexcept
        requires(!std::is_void_v<T>)
    {
        return *get();
    }
    [[nodiscard]] explicit operator bool() const noexcept { return object != nullptr; }
    void reset() noexcept { put(nullptr); }
    void swap(ptr& other) noexcept {
        void* const before = object;
        object = other.object;
        other.object = before;
    }
    friend void swap(ptr& a, ptr& b) noexcept { a.swap(b); }

    // `is`: whether it is the same object.
    template <class U>
    [[nodiscard]] friend bool operator==(ptr const& a, ptr<U> const& b) noexcept {
        return a.object == b.object;
    }
    [[nodiscard]] friend bool operator==(ptr const& a, std::nullptr_t) noexcept { return a.object == nullptr; }
    template <class U>
    [[nodiscard]] friend std::strong_ordering operator<=>(ptr const& a, ptr<U> const& b) noexcept {
        return reinterpret_cast<std::uintptr_t>(a.object) <=> reinterpret_cast<std::uintptr_t>(b.object);
    }

private:
    void put(void* other) noexcept {
        void* const before = object;
        object = other;
        if (before != nullptr) detail::gc::drop(before);
    }
    template <class U>
    static void check_base(U* from) {
        detail::gc::assert_keeps_acyclic<U, T>();
        if (static_cast<void const volatile*>(static_cast<T*>(from)) != static_cast<void const volatile*>(from)) detail::gc::not_at_the_beginning<U, T>();
    }
};
template <class T>
ptr(ptr<T>) -> ptr<T>;

/// A pointer to a part of an object, a member, an element of an array in it, a base class anywhere, that keeps the whole object alive.
///
///     gc::member_ptr<std::string> name(node, &node->name);
///
/// Raises    ValueError when the part does not lie in the object.
/// Costs     8 bytes. A copy or its end finds the object in about 10 instructions more than gc::ptr.
template <class T>
class [[nodiscard]] member_ptr : public detail::gc::part_edge {
public:
    using element_type = T;

    constexpr member_ptr() noexcept = default;
    constexpr member_ptr(std::nullptr_t) noexcept {}  // NOLINT(google-explicit-constructor)
    template <class Owner>
    member_ptr(ptr<Owner> const& owner, T* member) : part_edge{address(member)} {
        static_assert(sizeof(Owner) <= 32768, "amphis: gc::member_ptr points into objects of up to 32 KiB");
        if (part == nullptr) return;
        auto const* const first = static_cast<char const*>(owner.object);
        if (first == nullptr || static_cast<char*>(part) < first || static_cast<char*>(part) + sizeof(T) > first + detail::gc::type_at(detail::gc::header_of(owner.object)->meta).size) {
            throw ValueError("gc::member_ptr to what is not in the object");
        }
        if (static_cast<char*>(part) - first > 32768) throw ValueError("gc::member_ptr points into the first 32 KiB of an object");
        detail::gc::take(owner.object);
    }
    /// To the object itself, or to a base class of it.
    template <detail::gc::PointsTo<T> U>
    member_ptr(ptr<U> const& owner)  // NOLINT(google-explicit-constructor)
        : member_ptr(owner, static_cast<T*>(owner.get())) {}
    template <detail::gc::PointsTo<T> U>
        requires(!std::is_same_v<U, T>)
    member_ptr(member_ptr<U> const& other) noexcept : part_edge{address(static_cast<T*>(other.get()))} {  // NOLINT(google-explicit-constructor)
        if (part != nullptr) detail::gc::take(detail::gc::whole_of(part));
    }
    member_ptr(member_ptr const& other) noexcept : part_edge{other.part} {
        if (part != nullptr) detail::gc::take(detail::gc::whole_of(part));
    }
    member_ptr(member_ptr&& other) noexcept : part_edge{other.part} { other.part = nullptr; }
    ~member_ptr() {
        if (part != nullptr) detail::gc::drop(detail::gc::whole_of(part));
    }
    member_ptr& operator=(member_ptr other) noexcept {
        swap(other);
        return *this;
    }

    [[nodiscard]] T* get() const noexcept { return static_cast<T*>(part); }
    [[nodiscard]] T* operator->() const noexcept { return get(); }
    [[nodiscard]] T& operator*() const noexcept { return *get(); }
    [[nodiscard]] explicit operator bool() const noexcept { return part != nullptr; }
    void reset() noexcept { member_ptr().swap(*this); }
    void swap(member_ptr& other) noexcept {
        void* const before = part;
        part = other.part;
        other.part = before;
    }
    friend void swap(member_ptr& a, member_ptr& b) noexcept { a.swap(b); }

    template <class U>
    [[nodiscard]] friend bool operator==(member_ptr const& a, member_ptr<U> const& b) noexcept {
        return a.part == b.part;
    }
    [[nodiscard]] friend bool operator==(member_ptr const& a, std::nullptr_t) noexcept { return a.part == nullptr; }
    template <class U>
    [[nodiscard]] friend std::strong_ordering operator<=>(member_ptr const& a, member_ptr<U> const& b) noexcept {
        return reinterpret_cast<std::uintptr_t>(a.part) <=> reinterpret_cast<std::uintptr_t>(b.part);
    }

private:
    static void* address(T* member) noexcept { return const_cast<void*>(static_cast<void const volatile*>(member)); }
};

}  // namespace gc

namespace detail::gc {

struct access {
    template <class T>
    static amphis::gc::ptr<T> share(void* object) noexcept {
        take(object);
        return amphis::gc::ptr<T>(adopt(), object);
    }
};

template <class T>
struct make_fn {
    static_assert(std::is_object_v<T> && !std::is_const_v<T> && !std::is_volatile_v<T> && !std::is_array_v<T>,
                  "amphis: gc::make() makes objects: no const (point to it with a gc::ptr<T const>), no arrays (a std::vector in an object)");

    template <class... A>
        requires(std::is_constructible_v<T, A...> || BraceMade<T, A...>)
    amphis::gc::ptr<T> operator()(A&&... args) const {
        static_assert(alignof(T) <= 4096, "amphis: gc::make() aligns to 4096 bytes at most");
        heap& h = current();
        bool due = false;
        if constexpr (!acyclic<T>) {
            due = ++h.count0 > h.limit;
            if (due) [[unlikely]] h.due();
        }
        struct slot {
            heap& h;
            void* object;
            ~slot() {
                if (object != nullptr) h.release(object);
            }
        } place{h, h.template allocate<sizeof(T), alignof(T)>()};
        T* made = nullptr;
        if constexpr (BraceMade<T, A...>) {
            made = ::new (place.object) T{static_cast<A&&>(args)...};
        } else {
            made = ::new (place.object) T(static_cast<A&&>(args)...);
        }
        std::uint32_t meta = __atomic_load_n(&type_of<T>.meta, __ATOMIC_ACQUIRE);
        if (meta == 0) [[unlikely]] {
            try {
                meta = register_type<T>(*made);
            } catch (...) {
                made->~T();
                throw;
            }
        }
        header* const head = header_of(made);
        head->meta = meta;
        if constexpr (acyclic<T>) {
            head->count = quiet + 1;
        } else {
            head->count = 1;
            ++h.live;
            if (due) [[unlikely]] h.blacken(made);
        }
        place.object = nullptr;
        return amphis::gc::ptr<T>(adopt(), made);
    }
};

}  // namespace detail::gc

namespace gc {

/// A new object in this thread's heap, and a pointer to it.
///
///     auto node = gc::make<Node>("a", next);     // Node("a", next), or Node{"a", next} of an aggregate
///
/// Raises    what the constructor raises, then nothing is left of it; std::bad_alloc.
/// Costs     about 20 instructions beside the constructor. Every 700 objects more than went, a collection (gc::set_threshold()).
template <class T>
inline constexpr detail::gc::make_fn<T> make{};

/// A pointer to the object that calls it, as of shared_from_this().
///
///     auto me = gc::self(this);
///
/// Raises    RuntimeError when gc::make() did not make the object, in its constructor, and in its destructor.
struct self_fn {
    template <class T>
    ptr<T> operator()(T* object) const {
        void* const address = const_cast<void*>(static_cast<void const volatile*>(object));
        for (detail::gc::heap* around = detail::gc::here; around == nullptr || !around->owns(address); around = around->outer) {
            if (around == nullptr) detail::gc::not_made();
        }
        return detail::gc::access::share<T>(address);
    }
};
inline constexpr self_fn self{};

/// The pointer as one to a class derived from its own, or to a base class: the caller knows that it is one.
template <class To, class From>
ptr<To> static_pointer_cast(ptr<From> const& from) {
    static_assert(detail::gc::PointsTo<To, From> || detail::gc::PointsTo<From, To>, "amphis: static_pointer_cast() goes up or down a hierarchy");
    if constexpr (detail::gc::PointsTo<From, To>) detail::gc::assert_keeps_acyclic<From, To>();
    if (!from) return nullptr;
    auto* const to = static_cast<To*>(from.get());
    if (static_cast<void const volatile*>(to) != static_cast<void const volatile*>(from.get())) detail::gc::not_at_the_beginning<To, From>();
    return detail::gc::access::share<To>(from.object);
}
#if defined(__cpp_rtti) || defined(__GXX_RTTI)
/// The pointer as one to a class derived from its own, or null if the object is none of it.
template <class To, class From>
ptr<To> dynamic_pointer_cast(ptr<From> const& from) {
    if constexpr (detail::gc::PointsTo<From, To>) {
        detail::gc::assert_keeps_acyclic<From, To>();
    } else {
        static_assert(std::is_polymorphic_v<To> || !detail::gc::acyclic<To>,
                      "amphis: dynamic_pointer_cast() to a class that is not derived from this one: by its fields it is in no cycle, but the object can be: give "
                      "it a virtual destructor");
    }
    auto* const to = dynamic_cast<To*>(from.get());
    if (to == nullptr) return nullptr;
    if (static_cast<void const volatile*>(to) != static_cast<void const volatile*>(from.get())) detail::gc::not_at_the_beginning<To, From>();
    return detail::gc::access::share<To>(from.object);
}
#endif
/// The pointer as one to what may be changed.
template <class To, class From>
ptr<To> const_pointer_cast(ptr<From> const& from) {
    static_assert(std::is_same_v<To, std::remove_const_t<From>>);
    return from ? detail::gc::access::share<To>(from.object) : ptr<To>();
}

}  // namespace gc
}  // namespace amphis::inline v0

template <class T>
struct std::hash<amphis::gc::ptr<T>> {
    [[nodiscard]] std::size_t operator()(amphis::gc::ptr<T> const& p) const noexcept { return reinterpret_cast<std::size_t>(p.object) >> 3U; }
};
template <class T>
struct std::hash<amphis::gc::member_ptr<T>> {
    [[nodiscard]] std::size_t operator()(amphis::gc::member_ptr<T> const& p) const noexcept { return reinterpret_cast<std::size_t>(p.part); }
};

#endif  // AMPHIS_GC_PTR_HPP
