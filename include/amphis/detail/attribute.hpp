// SPDX-License-Identifier: MIT
// attribute: what makes a member stand for a value that is read by get() and written by set(): conversion, operators, iteration,
// printing. It costs no more to include than <type_traits>.
// Used by: lang/descriptor.hpp, lang/property.hpp
#ifndef AMPHIS_DETAIL_ATTRIBUTE_HPP
#define AMPHIS_DETAIL_ATTRIBUTE_HPP

#include <amphis/config.hpp>

#include <compare>
#include <cstddef>
#include <type_traits>

namespace amphis::inline v0::detail {

class text;

template <class T>
T&& some() noexcept;  // std::declval, which is in <utility>

/// A property, an attribute, a descriptor: what get() returns is meant where it is named.
template <class T>
concept Attribute = requires { typename std::remove_cvref_t<T>::stands_for_value; };
/// Its get() can be called on a const one.
template <class T>
concept ReadableAttribute = Attribute<T> && requires(T const& attribute) { attribute.get(); };

/// The attribute's value, any other value itself.
template <class T>
constexpr decltype(auto) plain_value(T&& value) {
    if constexpr (Attribute<T>) {
        return value.get();
    } else {
        return static_cast<T&&>(value);
    }
}

/// What get() of an S returns: S is a reference type.
template <class S>
using read_of = decltype(some<S>().get());
template <class S>
using value_of = std::remove_cvref_t<read_of<S>>;
template <class S>
concept ReadsClass = requires { requires std::is_class_v<value_of<S>>; };
/// Numbers, enumerations and pointers have their operators by conversion. A class's are templates more often than not, and templates look
/// through no conversion; nor does anything where the type to convert to is deduced.
template <class S>
concept NeedsOperators = Attribute<S> && (ReadsClass<S> || !std::remove_cvref_t<S>::amphis_type_is_known);
/// A reference is what it refers to for as long as the object lives; a value ends with the expression that asked for it.
template <class S>
concept ReadsReference = requires { requires std::is_reference_v<read_of<S>>; };
template <class S>
concept ReadsRange = ReadsClass<S> && requires(value_of<S>& value) { value.begin(); value.end(); };
template <class S>
concept ReadsConstRange = ReadsClass<S> && requires(std::remove_reference_t<read_of<S>>& value) { value.begin(); value.end(); };
/// A string has traits_type, and a std::vector<char> has not. A view's characters outlive the view.
template <class S>
concept ReadsCharacters = requires(value_of<S>& value) {
    typename value_of<S>::traits_type;
    value.data();
    value.size();
} && (ReadsReference<S> || !requires(value_of<S>& value) { value.clear(); });

template <class V, class Index>
concept ValueIndexedBy = requires(V& value, Index const& index) { value[index]; };

/// value[index]; the index of a sequence may be an int, as a literal may.
template <class V, class Index>
constexpr decltype(auto) element_at(V& value, Index const& index) {
    if constexpr (std::is_integral_v<Index> && !requires { typename V::key_type; } && requires { value.size(); }) {
        return value[static_cast<std::size_t>(index)];
    } else {
        return value[index];
    }
}

/// Members of a value that ends with the expression.
template <class V>
struct arrow_to_value {
    V value;
    constexpr V* operator->() noexcept { return __builtin_addressof(value); }
};

/// Iterates over a container that get() returned by value, and keeps it meanwhile: a std::input_iterator. One that moves finds its place in
/// what it has moved along, where iterators may point into the container itself, as those of a short string.
template <class V>
class owning_cursor {
public:
    struct end_type {};
    using value_type = std::remove_cvref_t<decltype(*some<V&>().begin())>;
    using difference_type = std::ptrdiff_t;

    template <class S>
        requires(!std::is_same_v<std::remove_const_t<S>, owning_cursor>)
    constexpr explicit owning_cursor(S& attribute) : value_(attribute.get()), at_(value_.begin()), last_(value_.end()) {}
    constexpr owning_cursor(owning_cursor&& other)
        : value_(static_cast<V&&>(other.value_)), at_(value_.begin()), last_(value_.end()), steps_(other.steps_) {
        find_place();
    }
    constexpr owning_cursor& operator=(owning_cursor&& other) {
        if (this == __builtin_addressof(other)) return *this;
        value_ = static_cast<V&&>(other.value_);
        at_ = value_.begin();
        last_ = value_.end();
        steps_ = other.steps_;
        find_place();
        return *this;
    }

    [[nodiscard]] constexpr decltype(auto) operator*() const { return *at_; }
    constexpr owning_cursor& operator++() {
        ++at_;
        ++steps_;
        return *this;
    }
    constexpr void operator++(int) { ++*this; }
    [[nodiscard]] friend constexpr bool operator==(owning_cursor const& cursor, end_type) { return cursor.at_ == cursor.last_; }

private:
    constexpr void find_place() {
        for (difference_type i = 0; i != steps_; ++i) ++at_;
    }

    V value_;
    decltype(some<V&>().begin()) at_;
    decltype(some<V&>().end()) last_;
    difference_type steps_ = 0;
};

// An operand that converts to the value's type converts here, and not on the line that wrote the operator.
#if defined(__GNUC__)
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wconversion"
#pragma GCC diagnostic ignored "-Wsign-conversion"
#pragma GCC diagnostic ignored "-Wsign-compare"
#pragma GCC diagnostic ignored "-Wfloat-conversion"
#pragma GCC diagnostic ignored "-Wdouble-promotion"
#endif

/// The conversion of Self to what its get() returns.
template <class Self, class Read>
class attribute_conversion {
public:
    static constexpr bool amphis_type_is_known = true;

    // NOLINTNEXTLINE(google-explicit-constructor): an attribute is its value
    constexpr operator Read() const
        requires ReadableAttribute<Self>
    {
        return static_cast<Self const&>(*this).get();
    }
    // NOLINTNEXTLINE(google-explicit-constructor)
    constexpr operator Read() { return static_cast<Self&>(*this).get(); }
};
template <class Self>
class attribute_conversion<Self, void> {
public:
    static constexpr bool amphis_type_is_known = false;

    // NOLINTNEXTLINE(google-explicit-constructor)
    constexpr operator decltype(auto)() const
        requires ReadableAttribute<Self>
    {
        return static_cast<Self const&>(*this).get();
    }
    // NOLINTNEXTLINE(google-explicit-constructor)
    constexpr operator decltype(auto)() { return static_cast<Self&>(*this).get(); }
};

/// The base of what stands for a value: Self has get() and, if it can be written, set(value).
///
/// Read   the type of what get() returns; void where only calling it tells.
template <class Self, class Read>
class attribute_base : public attribute_conversion<Self, Read> {
public:
    using stands_for_value = void;

    [[nodiscard]] constexpr decltype(auto) operator*() const
        requires ReadableAttribute<Self>
    {
        return self().get();
    }
    [[nodiscard]] constexpr decltype(auto) operator*() { return self().get(); }

    [[nodiscard]] constexpr auto operator->() const
        requires ReadableAttribute<Self>
    {
        return arrow(self());
    }
    [[nodiscard]] constexpr auto operator->() { return arrow(self()); }

    // ---- what a language construct or a function looks for in the value; only the value's own names, and only where it has them

    [[nodiscard]] constexpr auto begin() const
        requires(ReadableAttribute<Self> && ReadsConstRange<Self const&>)
    {
        return first_of(self());
    }
    [[nodiscard]] constexpr auto begin()
        requires ReadsConstRange<Self&>
    {
        return first_of(self());
    }
    [[nodiscard]] constexpr auto end() const
        requires(ReadableAttribute<Self> && ReadsConstRange<Self const&>)
    {
        return last_of(self());
    }
    [[nodiscard]] constexpr auto end()
        requires ReadsConstRange<Self&>
    {
        return last_of(self());
    }
    [[nodiscard]] constexpr auto size() const
        requires(ReadableAttribute<Self> && requires(value_of<Self const&> const& value) { value.size(); })
    {
        return self().get().size();
    }
    [[nodiscard]] constexpr auto size()
        requires requires(value_of<Self&> const& value) { value.size(); }
    {
        return self().get().size();
    }
    /// The characters of a string, so that its attribute is one.
    [[nodiscard]] constexpr auto data() const
        requires(ReadableAttribute<Self> && ReadsCharacters<Self const&>)
    {
        return self().get().data();
    }
    template <class Index>
        requires(ReadableAttribute<Self> && ReadsClass<Self const&> && ValueIndexedBy<std::remove_reference_t<read_of<Self const&>>, Index>)
    [[nodiscard]] constexpr decltype(auto) operator[](Index const& index) const {
        return element(self(), index);
    }
    template <class Index>
        requires(ReadsClass<Self&> && ValueIndexedBy<std::remove_reference_t<read_of<Self&>>, Index>)
    [[nodiscard]] constexpr decltype(auto) operator[](Index const& index) {
        return element(self(), index);
    }

    // ---- c.x += 1: read, change, write

#define AMPHIS_ATTRIBUTE_COMPOUND(OP)                                                 \
    template <class T>                                                                \
        requires requires(value_of<Self&> value, T&& operand) { value OP plain_value(operand); } \
    constexpr Self& operator OP(T&& operand) {                                        \
        auto value = self().get();                                                    \
        value OP plain_value(static_cast<T&&>(operand));                              \
        self().set(static_cast<decltype(value)&&>(value));                            \
        return self();                                                                \
    }
    AMPHIS_ATTRIBUTE_COMPOUND(+=)
    AMPHIS_ATTRIBUTE_COMPOUND(-=)
    AMPHIS_ATTRIBUTE_COMPOUND(*=)
    AMPHIS_ATTRIBUTE_COMPOUND(/=)
    AMPHIS_ATTRIBUTE_COMPOUND(%=)
    AMPHIS_ATTRIBUTE_COMPOUND(&=)
    AMPHIS_ATTRIBUTE_COMPOUND(|=)
    AMPHIS_ATTRIBUTE_COMPOUND(^=)
    AMPHIS_ATTRIBUTE_COMPOUND(<<=)
    AMPHIS_ATTRIBUTE_COMPOUND(>>=)
#undef AMPHIS_ATTRIBUTE_COMPOUND

    constexpr Self& operator++()
        requires requires(value_of<Self&> value) { ++value; }
    {
        auto value = self().get();
        ++value;
        self().set(static_cast<decltype(value)&&>(value));
        return self();
    }
    constexpr Self& operator--()
        requires requires(value_of<Self&> value) { --value; }
    {
        auto value = self().get();
        --value;
        self().set(static_cast<decltype(value)&&>(value));
        return self();
    }
    constexpr auto operator++(int)
        requires requires(value_of<Self&> value) { ++value; }
    {
        auto before = self().get();
        ++*this;
        return before;
    }
    constexpr auto operator--(int)
        requires requires(value_of<Self&> value) { --value; }
    {
        auto before = self().get();
        --*this;
        return before;
    }

    // ---- printing

    friend void repr_to(text& out, Self const& attribute)
        requires(!ReadableAttribute<Self> || requires { repr_to(out, attribute.get()); })
    {
        if constexpr (assert_readable<Self>()) repr_to(out, attribute.get());
    }
    friend void str_to(text& out, Self const& attribute)
        requires(!ReadableAttribute<Self> || requires { str_to(out, attribute.get()); })
    {
        if constexpr (assert_readable<Self>()) str_to(out, attribute.get());
    }

private:
    friend Self;
    attribute_base() = default;

    [[nodiscard]] constexpr Self const& self() const noexcept { return static_cast<Self const&>(*this); }
    [[nodiscard]] constexpr Self& self() noexcept { return static_cast<Self&>(*this); }

    template <class S>
    static consteval bool assert_readable() noexcept {
        static_assert(ReadableAttribute<S>, "amphis: the attribute's getter is not const: make it const, or print c.x.get()");
        return ReadableAttribute<S>;
    }

    template <class S>
    static constexpr auto arrow(S& s) {
        if constexpr (std::is_pointer_v<value_of<S&>>) {
            return s.get();
        } else if constexpr (ReadsReference<S&>) {
            return __builtin_addressof(s.get());
        } else {
            return arrow_to_value<value_of<S&>>{s.get()};
        }
    }
    template <class S>
    static constexpr auto first_of(S& s) {
        if constexpr (ReadsReference<S&>) {
            return s.get().begin();
        } else {
            return owning_cursor<value_of<S&>>(s);
        }
    }
    template <class S>
    static constexpr auto last_of(S& s) {
        if constexpr (ReadsReference<S&>) {
            return s.get().end();
        } else {
            return typename owning_cursor<value_of<S&>>::end_type{};
        }
    }
    // An element of a value that ends with the expression is copied out of it.
    template <class S, class Index>
    static constexpr decltype(auto) element(S& s, Index const& index) {
        if constexpr (ReadsReference<S&>) {
            return element_at(s.get(), index);
        } else {
            auto value = s.get();
            return std::remove_cvref_t<decltype(element_at(value, index))>(element_at(value, index));
        }
    }
};

// The operators of classes. Not friends: the attribute is deduced, so that the constraints are asked of nothing else.

template <NeedsOperators A, class T>
    requires requires(value_of<A const&> const& a, T const& b) { static_cast<bool>(a == plain_value(b)); }
[[nodiscard]] constexpr bool operator==(A const& a, T const& b) {
    return static_cast<bool>(a.get() == plain_value(b));
}
template <NeedsOperators A, class T>
    requires requires(value_of<A const&> const& a, T const& b) { a <=> plain_value(b); }
[[nodiscard]] constexpr auto operator<=>(A const& a, T const& b) {
    return a.get() <=> plain_value(b);
}

#define AMPHIS_ATTRIBUTE_BINARY(OP)                                                                         \
    template <NeedsOperators A, class T>                                                                    \
        requires requires(value_of<A const&> const& a, T const& b) { a OP plain_value(b); }                 \
    [[nodiscard]] constexpr auto operator OP(A const& a, T const& b) {                                      \
        return a.get() OP plain_value(b);                                                                   \
    }                                                                                                       \
    template <class T, NeedsOperators A>                                                                    \
        requires(!NeedsOperators<T> && requires(T const& a, value_of<A const&> const& b) { plain_value(a) OP b; }) \
    [[nodiscard]] constexpr auto operator OP(T const& a, A const& b) {                                      \
        return plain_value(a) OP b.get();                                                                   \
    }
AMPHIS_ATTRIBUTE_BINARY(+)
AMPHIS_ATTRIBUTE_BINARY(-)
AMPHIS_ATTRIBUTE_BINARY(*)
AMPHIS_ATTRIBUTE_BINARY(/)
AMPHIS_ATTRIBUTE_BINARY(%)
#undef AMPHIS_ATTRIBUTE_BINARY

/// std::cout << c.name
template <class Stream, NeedsOperators A>
    requires(!Attribute<Stream> &&
             requires(Stream& to, value_of<A const&> const& b) { requires std::is_lvalue_reference_v<decltype(to << b)>; })
decltype(auto) operator<<(Stream& to, A const& b) {
    return to << b.get();
}

#if defined(__GNUC__)
#pragma GCC diagnostic pop
#endif

}  // namespace amphis::inline v0::detail

#endif  // AMPHIS_DETAIL_ATTRIBUTE_HPP
