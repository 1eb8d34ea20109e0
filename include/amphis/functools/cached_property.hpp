// SPDX-License-Identifier: MIT
// functools/cached_property: an attribute computed when it is first read, and kept with its object.
// Python: docs.python.org/3/library/functools.html#functools.cached_property
#ifndef AMPHIS_FUNCTOOLS_CACHED_PROPERTY_HPP
#define AMPHIS_FUNCTOOLS_CACHED_PROPERTY_HPP

#include <amphis/config.hpp>
#include <amphis/detail/callable.hpp>
#include <amphis/detail/invoke.hpp>
#include <amphis/detail/keyword.hpp>
#include <amphis/detail/repr.hpp>
#include <amphis/detail/text.hpp>
#include <amphis/detail/type_name.hpp>
#include <amphis/lang/exceptions.hpp>

#include <cstddef>
#include <new>
#include <type_traits>
#include <utility>

// g++ 12, PR 80635: does not see that the flag tells whether there is a value, in code that it inlines.
#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"
#endif

namespace amphis::inline v0 {
namespace functools {
template <auto Getter, fixed_string Name = "">
class cached_property;
}  // namespace functools

namespace detail {

template <class T>
inline constexpr bool is_cached_property = false;
template <auto Getter, fixed_string Name>
inline constexpr bool is_cached_property<functools::cached_property<Getter, Name>> = true;

/// Owner and value of a getter: double (Circle::*)() const, or double (*)(Circle const&).
template <class R, class Parameters>
struct getter_facts {
    static_assert(std::is_void_v<R> && !std::is_void_v<R>,
                  "amphis: cached_property takes a member function without parameters");
};
template <class R, class Self>
struct getter_facts<R, types<Self>> {
    static_assert(!std::is_void_v<R>, "amphis: cached_property needs a function that returns a value");
    using owner = std::remove_cvref_t<Self>;
    using value = std::decay_t<R>;
};

template <class P, class T>
concept EqualAsValue = !is_cached_property<T> && std::is_class_v<typename P::value_type> && P::readable() &&
                       requires(typename P::type& a, T const& b) { static_cast<bool>(a == b); };
template <class P, class T>
concept OrderedAsValue = !is_cached_property<T> && std::is_class_v<typename P::value_type> && P::readable() &&
                         requires(typename P::type& a, T const& b) { a <=> b; };

template <class V, class Index>
concept IndexedBy = std::is_class_v<V> && requires(V& value, Index const& index) { value[index]; };

/// value[index]; the index of a sequence may be an int, as a literal may.
template <class V, class Index>
constexpr decltype(auto) at_index(V& value, Index const& index) {
    if constexpr (std::is_integral_v<Index> && !requires { typename V::key_type; } && requires { value.size(); }) {
        return value[static_cast<std::size_t>(index)];
    } else {
        return value[index];
    }
}

[[noreturn]] AMPHIS_COLD inline void throw_no_attribute(chars owner, chars attribute) {
    text message;
    message.push_back('\'');
    message.append(owner);
    message.append("' object has no attribute '");
    message.append(attribute);
    message.push_back('\'');
    throw_chars<AttributeError>(message.view());
}

}  // namespace detail

namespace functools {

/// An attribute that is computed when it is first read, and kept with its object.
///
///     struct Circle {
///         double radius = 0;
///         double compute_area() const { return 3.14159 * radius * radius; }     // declared above the property
///         functools::cached_property<&Circle::compute_area, "area"> area{this};
///     };
///     Circle c{2};
///     c.area;             // computed, 12.56636
///     c.area;             // kept
///     c.area.del();       // forgotten: the next read computes again
///
/// Getter    a member function without parameters, or a function of the object; its result type is written out.
/// Name      what name() and messages say; "" for the getter's name.
/// Reads     convert by themselves; print, format, iterate, compare, index and have a size() as the value; elsewhere say *c.area,
///           c.area->empty(), c.area.get().
/// Copies    of the object have the kept value too, as copies of a Python object's __dict__ do; a moved-from object has none.
/// Raises    whatever the getter raises, and nothing is kept; del() of nothing: AttributeError: 'Circle' object has no attribute 'area'.
/// Cost      one branch for each read; the value, a flag and an offset (8 bytes) in each object. It cannot be free: it stores.
/// Threads   not safe: two threads that read first at once race, unlike two that read later.
/// Differs   `{this}` tells the property its object; an assigned value is kept, as in Python, and converted to the getter's type.
/// Source    Lib/functools.py, cached_property (CPython 3.11, without its lock, which 3.12 removed).
template <auto Getter, fixed_string Name>
class cached_property {
    using signature = detail::signature_of<decltype(Getter)>;
    using facts = detail::getter_facts<typename signature::result, typename signature::parameters>;

public:
    using owner_type = typename facts::owner;
    using value_type = typename facts::value;
    using type = value_type const;  // as a std::reference_wrapper has: what tells shapes looks through it

    /// A const object can compute the value. A function, because the owner is complete only when it is called.
    static consteval bool readable() noexcept { return std::is_invocable_v<decltype(Getter), owner_type const&>; }

    explicit cached_property(owner_type* owner) noexcept
        : offset_(static_cast<int>(reinterpret_cast<char const*>(this) - reinterpret_cast<char const*>(owner))) {}
    ~cached_property() { forget(); }

    /// The value; computed if it is not kept.
    [[nodiscard]] value_type const& get() const
        requires(readable())
    {
        if (!cached_) compute(*this);
        return value_;
    }
    [[nodiscard]] value_type& get() {
        if (!cached_) compute(*this);
        return value_;
    }

    // NOLINTNEXTLINE(google-explicit-constructor): an attribute is its value
    operator value_type const&() const
        requires(readable())
    {
        return get();
    }
    operator value_type const&() { return get(); }  // NOLINT(google-explicit-constructor)
    [[nodiscard]] value_type const& operator*() const { return get(); }
    [[nodiscard]] value_type& operator*() { return get(); }
    [[nodiscard]] value_type const* operator->() const { return &get(); }
    [[nodiscard]] value_type* operator->() { return &get(); }

    // ---- what a language construct or a function looks for in the value; only the value's own names, and only where it has them

    [[nodiscard]] auto begin() const
        requires(readable() && requires(value_type const& v) { v.begin(); })
    {
        return get().begin();
    }
    [[nodiscard]] auto begin()
        requires requires(value_type& v) { v.begin(); }
    {
        return get().begin();
    }
    [[nodiscard]] auto end() const
        requires(readable() && requires(value_type const& v) { v.end(); })
    {
        return get().end();
    }
    [[nodiscard]] auto end()
        requires requires(value_type& v) { v.end(); }
    {
        return get().end();
    }
    [[nodiscard]] auto size() const
        requires(readable() && requires(value_type const& v) { v.size(); })
    {
        return get().size();
    }
    [[nodiscard]] auto size()
        requires requires(value_type& v) { v.size(); }
    {
        return get().size();
    }
    /// The characters of a string, so that a property is one.
    [[nodiscard]] auto data() const
        requires(readable() && detail::StrLike<value_type>)
    {
        return get().data();
    }
    template <class Index>
        requires(readable() && detail::IndexedBy<value_type const, Index>)
    [[nodiscard]] decltype(auto) operator[](Index const& index) const {
        return detail::at_index(get(), index);
    }
    template <class Index>
        requires detail::IndexedBy<value_type, Index>
    [[nodiscard]] decltype(auto) operator[](Index const& index) {
        return detail::at_index(get(), index);
    }

    /// Keep this value instead of a computed one. Python: c.area = 5.
    template <class T>
        requires(std::is_convertible_v<T, value_type> && !std::is_same_v<std::remove_cvref_t<T>, cached_property>)
    cached_property& operator=(T&& value) {
        keep(static_cast<T&&>(value));
        return *this;
    }

    /// Forget the value: the next read computes it again. Python: del c.area.
    void del() {
        if (!cached_) detail::throw_no_attribute(detail::type_name<owner_type>(), attribute());
        forget();
    }

    /// Whether a value is kept. Python: "area" in c.__dict__.
    [[nodiscard]] bool cached() const noexcept { return cached_; }

    /// Python: Circle.area.attrname.
    [[nodiscard]] static constexpr char const* name() noexcept {
        if constexpr (Name.size() != 0) {
            return Name.data();
        } else {
            return getter_name.characters;
        }
    }

private:
    static constexpr detail::chars attribute() noexcept {
        if constexpr (Name.size() != 0) {
            return {Name.data(), Name.size()};
        } else {
            return detail::member_name<Getter>();
        }
    }

    // Only the owner copies it, as a part of itself: a copy elsewhere would look for an owner that is not there.
    friend owner_type;

    cached_property(cached_property const& other)
        requires std::is_copy_constructible_v<value_type>
        : offset_(other.offset_) {
        if (other.cached_) keep(std::as_const(other.value_));
    }
    cached_property(cached_property&& other) noexcept(std::is_nothrow_move_constructible_v<value_type>)
        : offset_(other.offset_) {
        take(other);
    }
    cached_property& operator=(cached_property const& other)
        requires std::is_copy_constructible_v<value_type>
    {
        if (this != &other) other.cached_ ? keep(std::as_const(other.value_)) : forget();
        return *this;
    }
    cached_property& operator=(cached_property&& other) noexcept(std::is_nothrow_move_constructible_v<value_type>) {
        if (this != &other) {
            forget();
            take(other);
        }
        return *this;
    }

    owner_type const& owner() const noexcept {
        return *reinterpret_cast<owner_type const*>(reinterpret_cast<char const*>(this) - offset_);
    }
    owner_type& owner() noexcept { return *reinterpret_cast<owner_type*>(reinterpret_cast<char*>(this) - offset_); }

    template <class Self>
    AMPHIS_COLD static void compute(Self& self) {
        self.keep(detail::call(Getter, self.owner()));
    }

    // The getter may have read or assigned the attribute meanwhile; the outer value stays, as in CPython.
    template <class T>
    void keep(T&& value) const {
        if (!cached_) {
            ::new (static_cast<void*>(&value_)) value_type(static_cast<T&&>(value));
            cached_ = true;
        } else if constexpr (std::is_assignable_v<value_type&, T>) {
            value_ = static_cast<T&&>(value);
        } else {
            value_type fresh(static_cast<T&&>(value));
            forget();
            keep(static_cast<value_type&&>(fresh));
        }
    }
    void take(cached_property& other) noexcept(std::is_nothrow_move_constructible_v<value_type>) {
        if (!other.cached_) return;
        keep(static_cast<value_type&&>(other.value_));
        other.forget();
    }
    void forget() const noexcept {
        if (!cached_) return;
        cached_ = false;
        value_.~value_type();
    }

    struct name_buffer {
        char characters[detail::member_name<Getter>().size + 1]{};
    };
    static constexpr name_buffer getter_name = [] {
        name_buffer buffer;
        constexpr detail::chars name = detail::member_name<Getter>();
        for (std::size_t i = 0; i != name.size; ++i) buffer.characters[i] = name.data[i];
        return buffer;
    }();

    union {
        mutable value_type value_;
    };
    mutable bool cached_ = false;
    int offset_ = 0;  // bytes from the owner to this; the same in every copy of the owner
};

// Numbers, enumerations and pointers compare because they convert, and a literal keeps its exemption from -Wsign-compare.
// Not friends: the property is deduced, so that the constraints are not asked of anything else.
template <auto Getter, fixed_string Name, class T>
    requires detail::EqualAsValue<cached_property<Getter, Name>, T>
bool operator==(cached_property<Getter, Name> const& a, T const& b) {
    return static_cast<bool>(a.get() == b);
}
template <auto Getter, fixed_string Name, auto G, fixed_string N>
    requires detail::EqualAsValue<cached_property<Getter, Name>, typename cached_property<G, N>::value_type>
bool operator==(cached_property<Getter, Name> const& a, cached_property<G, N> const& b) {
    return static_cast<bool>(a.get() == b.get());
}
template <auto Getter, fixed_string Name, class T>
    requires detail::OrderedAsValue<cached_property<Getter, Name>, T>
auto operator<=>(cached_property<Getter, Name> const& a, T const& b) {
    return a.get() <=> b;
}
template <auto Getter, fixed_string Name, auto G, fixed_string N>
    requires detail::OrderedAsValue<cached_property<Getter, Name>, typename cached_property<G, N>::value_type>
auto operator<=>(cached_property<Getter, Name> const& a, cached_property<G, N> const& b) {
    return a.get() <=> b.get();
}

}  // namespace functools

namespace detail {

template <class Property>
consteval bool assert_readable() noexcept {
    constexpr bool readable = Property::readable();
    static_assert(readable, "amphis: cached_property: the getter is not const: make it const, or print *c.area");
    return readable;
}
template <auto Getter, fixed_string Name>
void repr_to(text& out, functools::cached_property<Getter, Name> const& property) {
    if constexpr (assert_readable<functools::cached_property<Getter, Name>>()) repr_to(out, property.get());
}
template <auto Getter, fixed_string Name>
void str_to(text& out, functools::cached_property<Getter, Name> const& property) {
    if constexpr (assert_readable<functools::cached_property<Getter, Name>>()) str_to(out, property.get());
}

}  // namespace detail
}  // namespace amphis::inline v0

#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic pop
#endif

#endif  // AMPHIS_FUNCTOOLS_CACHED_PROPERTY_HPP
