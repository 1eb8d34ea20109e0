// SPDX-License-Identifier: MIT
// property: an attribute whose reads and writes are calls, in no bytes and no instructions.
// Python: docs.python.org/3/library/functions.html#property
//
//     class Circle {
//         double radius_;
//         double get_radius() const { return radius_; }
//         void set_radius(double value) { if (value < 0) throw ValueError("Radius cannot be negative"); radius_ = value; }
//     public:
//         [[no_unique_address]] property<"radius", &Circle::get_radius, &Circle::set_radius> radius;
//     };
//     static_assert(in_place<&Circle::radius>);       // says whether [[no_unique_address]] was forgotten
#ifndef AMPHIS_LANG_PROPERTY_HPP
#define AMPHIS_LANG_PROPERTY_HPP

#include <amphis/config.hpp>
#include <amphis/detail/attribute.hpp>
#include <amphis/detail/callable.hpp>
#include <amphis/detail/keyword.hpp>

#include <cstddef>
#include <type_traits>

namespace amphis::inline v0 {
namespace detail {

template <auto Accessor>
inline constexpr bool is_absent = std::is_null_pointer_v<std::remove_cv_t<decltype(Accessor)>>;

struct unknown_owner;
/// The class whose objects an accessor takes: double (Circle::*)() const, double Circle::*, double (*)(Circle const&).
template <class Accessor>
struct accessor_owner {
    using type = unknown_owner;
};
template <class Member, class Class>
struct accessor_owner<Member Class::*> {
    using type = Class;
};
template <class Accessor>
    requires(KnownSignature<Accessor> && !std::is_member_pointer_v<Accessor>)
struct accessor_owner<Accessor> {
    template <class List>
    struct first {
        using type = unknown_owner;
    };
    template <class First, class... Rest>
    struct first<types<First, Rest...>> {
        using type = std::remove_cvref_t<First>;
    };
    using type = typename first<typename signature_of<Accessor>::parameters>::type;
};

template <auto Getter, auto Setter, auto Deleter>
consteval auto find_property_owner() noexcept {
    using FromGetter = typename accessor_owner<std::remove_cv_t<decltype(Getter)>>::type;
    using FromSetter = typename accessor_owner<std::remove_cv_t<decltype(Setter)>>::type;
    using FromDeleter = typename accessor_owner<std::remove_cv_t<decltype(Deleter)>>::type;
    static_assert(!is_absent<Getter> || !is_absent<Setter> || !is_absent<Deleter>,
                  "amphis: a property has a getter, a setter or a deleter: property<\"radius\", &Circle::get_radius>");
    static_assert(!std::is_same_v<FromGetter, unknown_owner> || !std::is_same_v<FromSetter, unknown_owner> ||
                      !std::is_same_v<FromDeleter, unknown_owner>,
                  "amphis: a generic function does not say whose property it is: write property_of<Circle, \"radius\", ...>");
    if constexpr (!std::is_same_v<FromGetter, unknown_owner>) {
        return types<FromGetter>{};
    } else if constexpr (!std::is_same_v<FromSetter, unknown_owner>) {
        return types<FromSetter>{};
    } else {
        return types<FromDeleter>{};
    }
}
template <auto Getter, auto Setter, auto Deleter>
using property_owner = typename tail_of<decltype(find_property_owner<Getter, Setter, Deleter>())>::head;

/// What cannot be made: the parameter of an operator= that is not there.
struct no_argument {
    no_argument() = delete;
};

/// The declared type of what a setter takes; no_argument where it is generic.
template <class Setter>
consteval auto find_setter_argument() noexcept {
    if constexpr (std::is_member_object_pointer_v<Setter>) {
        return []<class Member, class Class>(Member Class::*) {
            return types<Member const&>{};
        }(Setter());
    } else if constexpr (!std::is_null_pointer_v<Setter> && KnownSignature<Setter>) {
        using Parameters = typename signature_of<Setter>::parameters;
        static_assert(Parameters::size == 2, "amphis: a property's setter takes one value: void set_radius(double value)");
        if constexpr (Parameters::size == 2) {
            return []<class Self, class Value>(types<Self, Value>) {
                return types<Value>{};
            }(Parameters());
        } else {
            return types<no_argument>{};
        }
    } else {
        return types<no_argument>{};
    }
}
template <class Setter>
using setter_argument = typename tail_of<decltype(find_setter_argument<Setter>())>::head;

/// The type that a getter returns; void where it is generic, or absent.
template <class Getter>
consteval auto find_getter_result() noexcept {
    if constexpr (std::is_member_object_pointer_v<Getter>) {
        return []<class Member, class Class>(Member Class::*) {
            return types<Member const&>{};
        }(Getter());
    } else if constexpr (!std::is_null_pointer_v<Getter> && KnownSignature<Getter>) {
        using Signature = signature_of<Getter>;
        static_assert(Signature::parameters::size <= 1, "amphis: a property's getter takes no arguments");
        static_assert(!std::is_void_v<typename Signature::result>, "amphis: a property's getter returns a value");
        return types<typename Signature::result>{};
    } else {
        return types<void>{};
    }
}
template <class Getter>
using getter_result = typename tail_of<decltype(find_getter_result<Getter>())>::head;

template <auto Accessor, class... A>
concept CallableWith = requires(A&&... arguments) { Accessor(static_cast<A&&>(arguments)...); };

/// Calls an accessor with the object, as C++ calls it: a data member is read, or assigned; a function without parameters is called without.
template <auto Accessor, class Object, class... A>
constexpr decltype(auto) access(Object& object, A&&... arguments) {
    using F = std::remove_cv_t<decltype(Accessor)>;
    if constexpr (std::is_member_object_pointer_v<F> && sizeof...(A) == 0) {
        return static_cast<std::remove_reference_t<decltype(object.*Accessor)> const&>(object.*Accessor);
    } else if constexpr (std::is_member_object_pointer_v<F>) {
        ((object.*Accessor = static_cast<A&&>(arguments)), ...);
    } else if constexpr (std::is_member_function_pointer_v<F>) {
        return (object.*Accessor)(static_cast<A&&>(arguments)...);
    } else {
        return Accessor(object, static_cast<A&&>(arguments)...);
    }
}
template <auto Accessor, class Object, class... A>
concept Accessible = requires(Object& object, A&&... arguments) { access<Accessor>(object, static_cast<A&&>(arguments)...); };

template <auto Accessor, class Object>
consteval bool can_read() noexcept {
    using F = std::remove_cv_t<decltype(Accessor)>;
    if constexpr (is_absent<Accessor>) {
        return false;
    } else if constexpr (std::is_member_pointer_v<F>) {
        return std::is_invocable_v<F, Object&>;
    } else {
        return std::is_invocable_v<F const&, Object&> || std::is_invocable_v<F const&>;
    }
}

/// One that is never made: only addresses in it are taken.
template <class T>
union unmade {
    char nothing;
    T value;
    constexpr unmade() noexcept : nothing() {}
    constexpr ~unmade() {}
};
template <class T>
inline unmade<T> place_of_any{};

template <auto Member>
struct member_place;
template <class Member, class Class, Member Class::* Pointer>
struct member_place<Pointer> {
    static constexpr bool first =
        static_cast<void const*>(__builtin_addressof(place_of_any<Class>.value)) ==
        static_cast<void const*>(__builtin_addressof(place_of_any<Class>.value.*Pointer));
};

}  // namespace detail

/// Whether these properties lie where they look for their object: false when [[no_unique_address]] was forgotten, or two are of one type.
///
///     static_assert(in_place<&Circle::radius, &Circle::area>);        // after the class
template <auto... Members>
inline constexpr bool in_place = (detail::member_place<Members>::first && ...);

/// A property that says whose it is; `property` takes that from the getter.
///
///     struct Square : Shape {
///         [[no_unique_address]] property_of<Square, "side", &Shape::get_width, [](auto& self, double side) { self.set_side(side); }> side;
///     };
///
/// Owner     the class that declares the member. Needed where the accessors are a base's, or generic.
template <class Owner, fixed_string Name, auto Getter, auto Setter = nullptr, auto Deleter = nullptr, fixed_string Doc = "">
class property_of : public detail::attribute_base<property_of<Owner, Name, Getter, Setter, Deleter, Doc>,
                                                  detail::getter_result<std::remove_cv_t<decltype(Getter)>>> {
    static constexpr bool has_getter = !detail::is_absent<Getter>;
    static constexpr bool has_setter = !detail::is_absent<Setter>;
    static constexpr bool has_deleter = !detail::is_absent<Deleter>;

    // Without an object: a constant can be read at compile time, where no object can be found.
    template <auto Accessor, class... A>
    static constexpr bool is_static = detail::CallableWith<Accessor, A...>;

    using argument = detail::setter_argument<std::remove_cv_t<decltype(Setter)>>;
    static constexpr bool knows_argument = !std::is_same_v<argument, detail::no_argument>;

public:
    using owner_type = Owner;
    using value_type = std::remove_cvref_t<detail::getter_result<std::remove_cv_t<decltype(Getter)>>>;  // void: the getter is generic

    /// Python: property.fget, fset, fdel; nullptr for None.
    static constexpr auto fget = Getter;
    static constexpr auto fset = Setter;
    static constexpr auto fdel = Deleter;

    // A function, because the owner is complete only when it is called.
    static consteval bool readable() noexcept { return detail::can_read<Getter, Owner const>(); }

    /// What the getter returns: a value, or a reference.
    [[nodiscard]] constexpr decltype(auto) get() const
        requires(readable())
    {
        return read(*this);
    }
    [[nodiscard]] constexpr decltype(auto) get() {
        static_assert(has_getter, "amphis: property of object has no getter");
        if constexpr (has_getter) return read(*this);
    }

    /// Call the setter.
    template <class T>
    constexpr void set(T&& value) {
        static_assert(has_setter, "amphis: property of object has no setter");
        if constexpr (has_setter) write(*this, static_cast<T&&>(value));
    }

    /// Call the deleter. Python: del c.radius.
    constexpr void del() {
        static_assert(has_deleter, "amphis: property of object has no deleter");
        if constexpr (has_deleter) {
            if constexpr (is_static<Deleter>) {
                static_cast<void>(Deleter());
            } else {
                static_cast<void>(detail::access<Deleter>(owner()));
            }
        }
    }

    /// Call the setter with the parameter it declares, so that braces and conversions are the call's.
    constexpr property_of& operator=(argument value)
        requires knows_argument
    {
        set(static_cast<argument&&>(value));
        return *this;
    }
    constexpr property_of const& operator=(argument value) const
        requires knows_argument
    {
        constexpr bool writable = std::is_invocable_v<decltype(Setter), Owner const&, argument>;
        static_assert(writable, "amphis: the object is const, and the setter of its property is not");
        if constexpr (writable) write(*this, static_cast<argument&&>(value));
        return *this;
    }
    template <class T>
        requires(!knows_argument && !std::is_same_v<std::remove_cvref_t<T>, property_of>)
    constexpr property_of& operator=(T&& value) {
        set(static_cast<T&&>(value));
        return *this;
    }
    /// Assign what another object's property reads as.
    template <class P>
        requires std::is_same_v<P, property_of>
    constexpr property_of& operator=(P& other) {
        set(other.get());
        return *this;
    }

    /// Python: the name the class knows it by, of __set_name__.
    [[nodiscard]] static constexpr char const* name() noexcept { return Name.value; }
    /// Python: property.__doc__.
    [[nodiscard]] static constexpr char const* doc() noexcept { return Doc.value; }

    template <class P>
        requires std::is_same_v<P, property_of>
    property_of(P&) {
        static_assert(!std::is_same_v<P, property_of>,
                      "amphis: a property is not copied out of its object: write auto x = c.x.get(), or the type of the value");
    }

private:
    friend Owner;
    // Written out: of a defaulted one, g++ 12 makes `x{}` in an aggregate zero the members before it.
    // The compiler shows these lines when they are used from elsewhere.
    constexpr property_of() noexcept {}                      // amphis: only its owner declares a property: property_of<Owner, ...> says who
    property_of(property_of const&) = default;               // amphis: a property is not copied out of its object: write auto x = c.x.get()
    property_of(property_of&&) = default;                    // amphis: a property is not copied out of its object: write auto x = c.x.get()
    property_of& operator=(property_of const&) & = default;  // amphis: from a const or a temporary object write c.x = other.x.get()
    property_of& operator=(property_of&&) & = default;       // amphis: from a const or a temporary object write c.x = other.x.get()

    // All empty members of a class lie at its beginning, if their types differ. The standard does not say so, nor that this cast finds
    // the object there; the ABIs do, and in_place and the tests check it. docs/property.md, "How it works".
    [[nodiscard]] Owner const& owner() const noexcept { return *reinterpret_cast<Owner const*>(this); }
    [[nodiscard]] Owner& owner() noexcept { return *reinterpret_cast<Owner*>(this); }

    template <class Self>
    static constexpr decltype(auto) read(Self& self) {
        if constexpr (is_static<Getter>) {
            return Getter();
        } else {
            return detail::access<Getter>(self.owner());
        }
    }
    template <class Self, class T>
    static constexpr void write(Self& self, T&& value) {
        if constexpr (detail::Attribute<T>) {
            write(self, value.get());
        } else if constexpr (is_static<Setter, T>) {
            static_cast<void>(Setter(static_cast<T&&>(value)));
        } else {
            static_cast<void>(detail::access<Setter>(self.owner(), static_cast<T&&>(value)));
        }
    }
};

/// An attribute whose reads and writes call functions of its object.
///
///     [[no_unique_address]] property<"radius", &Circle::get_radius, &Circle::set_radius> radius;
///     c.radius = 10;                  // c.set_radius(10)
///     c.radius += 1;                  // c.set_radius(c.get_radius() + 1)
///     print(c.radius);                // 11.0
///
/// Name      what name() says. It also makes the types of two properties differ, and so their places equal: a class has each name once.
/// Getter    a member function, a data member, or a function of the object; returns a value or a reference. nullptr: none.
/// Setter    takes the value. nullptr: none, the property is read-only.
/// Deleter   what c.radius.del() calls.
/// Doc       what doc() says.
/// Reads     convert by themselves; print, format, compare, calculate, iterate and index as the value; elsewhere say *c.radius, c.name->size().
/// Copies    of the object are what they would be without properties: it stays trivially copyable. `auto r = c.radius` is a compile error.
/// Cost      none: no byte, and the instructions of the call, inlined. [[no_unique_address]] is needed; in_place checks it.
/// Differs   what has no setter or deleter is a compile error, not an AttributeError.
/// Source    Objects/descrobject.c, property_descr_get, property_descr_set (CPython 3.11).
template <fixed_string Name, auto Getter, auto Setter = nullptr, auto Deleter = nullptr, fixed_string Doc = "">
using property = property_of<detail::property_owner<Getter, Setter, Deleter>, Name, Getter, Setter, Deleter, Doc>;

}  // namespace amphis::inline v0

#endif  // AMPHIS_LANG_PROPERTY_HPP
