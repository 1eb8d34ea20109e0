// SPDX-License-Identifier: MIT
// descriptor/attribute: a member that holds its value and says what may be assigned to it.
// Python: docs.python.org/3/howto/descriptor.html#complete-practical-example
#ifndef AMPHIS_LANG_DESCRIPTOR_ATTRIBUTE_HPP
#define AMPHIS_LANG_DESCRIPTOR_ATTRIBUTE_HPP

#include <amphis/config.hpp>
#include <amphis/detail/attribute.hpp>
#include <amphis/detail/keyword.hpp>
#include <amphis/detail/maybe.hpp>
#include <amphis/detail/text.hpp>
#include <amphis/lang/exceptions/hierarchy.hpp>

#include <type_traits>

namespace amphis::inline v0 {
namespace detail {

template <class Policy, class T>
concept Validates = requires(T const& value) { Policy::validate(value); };
template <class Policy>
concept HasInitial = requires { Policy::initial(); };
template <class Policy>
concept Computes = requires { Policy::compute(); };
template <class Policy>
concept ReadOnly = requires { requires Policy::is_read_only; };
template <class Policy>
concept WriteOnce = requires { requires Policy::is_write_once; };
template <class Policy, class T>
concept Observes = requires(char const* name, T const& value) { Policy::changed(name, value, value); };
template <class Policy, class U>
concept Coerces = requires(U&& value) { Policy::coerce(static_cast<U&&>(value)); };
/// What a first read fills in, through a const object as well.
template <class T>
class filled_when_read {
public:
    [[nodiscard]] constexpr explicit operator bool() const noexcept { return static_cast<bool>(held_); }
    [[nodiscard]] constexpr T& operator*() const noexcept { return *held_; }
    template <class Make>
    constexpr void fill(Make&& make) const {
        held_.fill(make);
    }
    constexpr void emplace(T&& value) { held_.emplace(static_cast<T&&>(value)); }

private:
    mutable maybe<T> held_;
};

[[noreturn]] AMPHIS_COLD inline void throw_attribute(chars before, chars name, chars after) {
    text message;
    message.append(before);
    message.push_back('\'');
    message.append(name);
    message.push_back('\'');
    message.append(after);
    throw_chars<AttributeError>(message.view());
}

/// The T that is assigned as a U, where C++ would lose a part of the number without a word.
template <class T, class U>
constexpr T exactly(U&& value) {
    using V = std::remove_cvref_t<U>;
    if constexpr (std::is_integral_v<T> && std::is_floating_point_v<V>) {
        static_assert(!std::is_floating_point_v<V>, "amphis: the attribute holds an int, and a float would be cut: round it first");
        return T();
    } else if constexpr (std::is_integral_v<T> && std::is_integral_v<V> && !std::is_same_v<T, bool> && !std::is_same_v<V, T>) {
        T const result = static_cast<T>(value);
        if (static_cast<V>(result) != value || (result < T{}) != (value < V{})) throw_<OverflowError>("int too large to convert");
        return result;
    } else if constexpr (std::is_arithmetic_v<T> && std::is_arithmetic_v<V>) {
        return static_cast<T>(value);
    } else {
        return static_cast<U&&>(value);
    }
}

}  // namespace detail

/// A member that checks what is assigned to it, and otherwise is its value.
///
///     struct Person {
///         attribute<"age", int, in_range<0, 150>> age;
///     };
///     Person p{.age = 30};
///     p.age += 1;                     // 31
///     p.age = -1;                     // ValueError: Expected -1 to be at least 0
///
/// Name       what name() and messages say.
/// T          what is held.
/// Policies   validators, run in order: at_least, at_most, in_range, one_of, min_size, max_size, predicate, or a class of yours with
///            a static validate(value); coerced, in_unit; default_value, default_text; read_only, write_once; observed; computed_once.
/// Reads      as property: it converts, prints, compares, calculates, iterates and is indexed as the value; *p.age, p.name->size().
/// Raises     what the validators raise, and then the old value stays; OverflowError for an int that does not fit T.
///            AttributeError for a second assignment to a write_once, and for reading one that was not assigned.
/// Cost       sizeof(T) and the checks; with write_once and computed_once a flag.
/// Differs    one that has validators and no default must be initialised, where Python finds out when it is read.
///            Elements that change through a reference, p.tags->push_back(...), are not checked, as in Python; const ones cannot.
/// Source     Doc/howto/descriptor.rst, Validator (CPython 3.11).
template <fixed_string Name, class T, class... Policies>
class attribute : public detail::attribute_base<attribute<Name, T, Policies...>, T const&> {
    static_assert(std::is_object_v<T> && !std::is_array_v<T> && !std::is_const_v<T>, "amphis: an attribute holds a value: attribute<\"age\", int>");

    static constexpr bool has_default = (detail::HasInitial<Policies> || ...);
    static constexpr bool is_computed = (detail::Computes<Policies> || ...);
    static constexpr bool is_read_only = (detail::ReadOnly<Policies> || ...);
    static constexpr bool is_write_once = (detail::WriteOnce<Policies> || ...);
    static constexpr bool is_observed = (detail::Observes<Policies, T> || ...);
    static constexpr bool is_checked = (detail::Validates<Policies, T> || ...);
    static constexpr bool may_be_empty = is_write_once || is_computed;
    static constexpr bool is_plain = !is_read_only && !is_write_once && !is_observed;

    static_assert(!(has_default && may_be_empty), "amphis: an attribute with a default has a value from the start: use read_only, or no default");

    using storage = std::conditional_t<is_computed, detail::filled_when_read<T>, std::conditional_t<may_be_empty, detail::maybe<T>, T>>;

public:
    using value_type = T;

    constexpr attribute()
        requires(may_be_empty)
    = default;
    constexpr attribute()
        requires(has_default && !may_be_empty)
        : value_(first_default()) {}
    constexpr attribute()
        requires(!has_default && !may_be_empty && !is_checked)
        : value_() {}

    /// Checks, as an assignment does.
    template <class U>
        requires(!std::is_same_v<std::remove_cvref_t<U>, attribute> && (std::is_convertible_v<U, T> || (detail::Coerces<Policies, U> || ...)))
    // NOLINTNEXTLINE(google-explicit-constructor): an attribute is its value
    constexpr attribute(U&& value) : value_(made(static_cast<U&&>(value))) {}

    attribute(attribute const&) = default;
    attribute(attribute&&) = default;
    constexpr attribute& operator=(attribute const& other)
        requires is_plain
    = default;
    constexpr attribute& operator=(attribute&& other)
        requires is_plain
    = default;
    constexpr attribute& operator=(attribute const& other)
        requires(!is_plain && !is_read_only)
    {
        set(other.get());
        return *this;
    }
    ~attribute() = default;

    [[nodiscard]] constexpr T const& get() const {
        if constexpr (is_computed) {
            if (!value_) value_.fill(compute);
            return *value_;
        } else if constexpr (may_be_empty) {
            if (!value_) detail::throw_attribute("attribute ", {Name.data(), Name.size()}, " has no value");
            return *value_;
        } else {
            return value_;
        }
    }

    /// Assign: convert, check, keep, report.
    template <class U>
    constexpr void set(U&& value) {
        static_assert(!is_read_only, "amphis: the attribute is read_only: it has the value it was made with");
        if constexpr (is_write_once) {
            if (is_set()) detail::throw_attribute("cannot assign to field ", {Name.data(), Name.size()}, "");
        }
        if constexpr (is_observed && !may_be_empty) {
            T after = prepare(static_cast<U&&>(value));
            T const before = static_cast<T&&>(value_);
            value_ = static_cast<T&&>(after);
            (report<Policies>(before), ...);
        } else {
            store(prepare(static_cast<U&&>(value)));
        }
    }

    template <class U>
        requires(!std::is_same_v<std::remove_cvref_t<U>, attribute>)
    constexpr attribute& operator=(U&& value) {
        if constexpr (detail::Attribute<U>) {
            set(value.get());
        } else {
            set(static_cast<U&&>(value));
        }
        return *this;
    }
    constexpr attribute& operator=(T value)
        requires(!is_read_only && std::is_class_v<T>)
    {
        set(static_cast<T&&>(value));
        return *this;
    }

    /// Whether there is a value: false of a write_once that was not assigned, and of a computed_once that was not read.
    [[nodiscard]] constexpr bool is_set() const noexcept {
        if constexpr (may_be_empty) {
            return static_cast<bool>(value_);
        } else {
            return true;
        }
    }

    [[nodiscard]] static constexpr char const* name() noexcept { return Name.value; }

private:
    template <class Policy>
    static constexpr void check(T const& value) {
        if constexpr (detail::Validates<Policy, T>) Policy::validate(value);
    }
    template <class Policy>
    constexpr void report(T const& before) {
        if constexpr (detail::Observes<Policy, T>) Policy::changed(Name.value, before, value_);
    }

    template <class U>
    static constexpr T prepare(U&& value) {
        T result = convert<U, Policies...>(static_cast<U&&>(value));
        (check<Policies>(result), ...);
        return result;
    }
    template <class U>
    static constexpr T convert(U&& value) {
        return detail::exactly<T>(static_cast<U&&>(value));
    }
    template <class U, class First, class... Rest>
    static constexpr T convert(U&& value) {
        if constexpr (detail::Coerces<First, U>) {
            return detail::exactly<T>(First::coerce(static_cast<U&&>(value)));
        } else {
            return convert<U, Rest...>(static_cast<U&&>(value));
        }
    }
    template <class U>
    static constexpr storage made(U&& value) {
        if constexpr (may_be_empty) {
            storage result;
            result.emplace(prepare(static_cast<U&&>(value)));
            return result;
        } else {
            return prepare(static_cast<U&&>(value));
        }
    }
    constexpr void store(T&& value) {
        if constexpr (may_be_empty) {
            value_.emplace(static_cast<T&&>(value));
        } else {
            value_ = static_cast<T&&>(value);
        }
    }
    static constexpr T first_default() { return find_default<Policies...>(); }
    template <class First, class... Rest>
    static constexpr T find_default() {
        if constexpr (detail::HasInitial<First>) {
            return prepare(First::initial());
        } else {
            return find_default<Rest...>();
        }
    }
    static constexpr T compute() { return find_computed<Policies...>(); }
    template <class First, class... Rest>
    static constexpr T find_computed() {
        if constexpr (detail::Computes<First>) {
            return prepare(First::compute());
        } else {
            return find_computed<Rest...>();
        }
    }

    storage value_;
};

}  // namespace amphis::inline v0

#endif  // AMPHIS_LANG_DESCRIPTOR_ATTRIBUTE_HPP
