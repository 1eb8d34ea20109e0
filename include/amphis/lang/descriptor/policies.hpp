// SPDX-License-Identifier: MIT
// descriptor/policies: what an attribute does with a value on its way in: check, convert, refuse, report.
// Python: docs.python.org/3/howto/descriptor.html#custom-validators
#ifndef AMPHIS_LANG_DESCRIPTOR_POLICIES_HPP
#define AMPHIS_LANG_DESCRIPTOR_POLICIES_HPP

#include <amphis/config.hpp>
#include <amphis/detail/keyword.hpp>
#include <amphis/detail/repr.hpp>
#include <amphis/detail/text.hpp>
#include <amphis/detail/utf8.hpp>
#include <amphis/lang/exceptions/hierarchy.hpp>

#include <cstddef>
#include <type_traits>

namespace amphis::inline v0 {
namespace detail {

/// A template argument that is a value, or a lambda that returns one: clang 16 takes no floating-point template arguments.
template <auto Argument>
constexpr auto constant() {
    if constexpr (requires { Argument(); }) {
        return Argument();
    } else {
        return Argument;
    }
}

/// ValueError: Expected -5 to be at least 0
template <class E = ValueError, class T, class Write>
[[noreturn]] AMPHIS_COLD void throw_expected(T const& value, Write&& write) {
    text message;
    message.append("Expected ");
    repr_to(message, value);
    message.push_back(' ');
    write(message);
    throw_chars<E>(message.view());
}
template <class T, class Bound>
[[noreturn]] AMPHIS_COLD void throw_bound(T const& value, chars relation, Bound const& bound) {
    throw_expected(value, [&](text& out) {
        out.append(relation);
        repr_to(out, bound);
    });
}

template <class T>
[[noreturn]] AMPHIS_COLD void throw_predicate(chars name, T const& value) {
    text message;
    message.append("Expected ");
    message.append(name);
    message.append(" to be true for ");
    repr_to(message, value);
    throw_chars<ValueError>(message.view());
}

/// Compares as numbers, -1 < 1u.
template <class A, class B>
constexpr bool is_less(A const& a, B const& b) {
    if constexpr (std::is_integral_v<A> && std::is_integral_v<B> && std::is_signed_v<A> != std::is_signed_v<B>) {
        if constexpr (std::is_signed_v<A>) {
            return a < 0 || static_cast<std::make_unsigned_t<A>>(a) < b;
        } else {
            return b > 0 && a < static_cast<std::make_unsigned_t<B>>(b);
        }
    } else if constexpr (std::is_arithmetic_v<A> && std::is_arithmetic_v<B>) {
        using Common = std::common_type_t<A, B>;
        return static_cast<Common>(a) < static_cast<Common>(b);
    } else {
        return a < b;
    }
}

/// Python's len: code points of a string, elements of anything else.
template <class T>
std::size_t length(T const& value) {
    if constexpr (StrLike<T> && CharsLike<T>) {
        return count_code_points(value.data(), value.data() + value.size());
    } else {
        return static_cast<std::size_t>(value.size());
    }
}

}  // namespace detail

/// ValueError: Expected 5 to be at least 10. A bound that is no integer is a lambda: at_least<[] { return 0.5; }>.
template <auto Min>
struct at_least {
    template <class T>
    static constexpr void validate(T const& value) {
        if (!detail::is_less(value, detail::constant<Min>()) && value == value) return;
        detail::throw_bound(value, "to be at least ", detail::constant<Min>());
    }
};

/// ValueError: Expected 5 to be no more than 3
template <auto Max>
struct at_most {
    template <class T>
    static constexpr void validate(T const& value) {
        if (!detail::is_less(detail::constant<Max>(), value) && value == value) return;
        detail::throw_bound(value, "to be no more than ", detail::constant<Max>());
    }
};

/// From Min to Max, both included.
template <auto Min, auto Max>
struct in_range {
    static_assert(!detail::is_less(detail::constant<Max>(), detail::constant<Min>()), "amphis: in_range<Min, Max>: Max is less than Min");
    template <class T>
    static constexpr void validate(T const& value) {
        at_least<Min>::validate(value);
        at_most<Max>::validate(value);
    }
};

/// ValueError: Expected 'tin' to be one of ('wood', 'metal')
template <fixed_string... Options>
struct one_of {
    template <class T>
    static constexpr void validate(T const& value) {
        auto const is = [&value](char const* option, std::size_t size) {
            if (static_cast<std::size_t>(value.size()) != size) return false;
            for (std::size_t i = 0; i != size; ++i) {
                if (value[i] != option[i]) return false;
            }
            return true;
        };
        if ((is(Options.data(), Options.size()) || ...)) return;
        detail::throw_expected(value, [](detail::text& out) {
            out.append("to be one of (");
            std::size_t left = sizeof...(Options);
            ((repr_to(out, detail::chars(Options.data(), Options.size())), --left != 0 ? out.append(", ") : void()), ...);
            out.append(sizeof...(Options) == 1 ? ",)" : ")");
        });
    }
};

/// The same of values that are no strings: one_of_values<1, 2, 4>.
template <auto... Options>
struct one_of_values {
    template <class T>
    static constexpr void validate(T const& value) {
        if (((value == static_cast<T>(Options)) || ...)) return;
        detail::throw_expected(value, [](detail::text& out) {
            out.append("to be one of (");
            std::size_t left = sizeof...(Options);
            ((repr_to(out, Options), --left != 0 ? out.append(", ") : void()), ...);
            out.append(sizeof...(Options) == 1 ? ",)" : ")");
        });
    }
};

/// ValueError: Expected 'a' to be no smaller than 3. Of strings: characters, as Python counts them.
template <std::size_t Min>
struct min_size {
    template <class T>
    static void validate(T const& value) {
        if (detail::length(value) < Min) detail::throw_bound(value, "to be no smaller than ", Min);
    }
};
/// ValueError: Expected 'abcd' to be no bigger than 3
template <std::size_t Max>
struct max_size {
    template <class T>
    static void validate(T const& value) {
        if (detail::length(value) > Max) detail::throw_bound(value, "to be no bigger than ", Max);
    }
};
template <std::size_t Min, std::size_t Max>
struct size_range {
    template <class T>
    static void validate(T const& value) {
        min_size<Min>::validate(value);
        max_size<Max>::validate(value);
    }
};

/// ValueError: Expected isupper to be true for 'Metal'
///
///     attribute<"name", std::string, predicate<"isupper", [](std::string const& s) { ... }>> name;
template <fixed_string Name, auto Test>
struct predicate {
    template <class T>
    static constexpr void validate(T const& value) {
        if (!Test(value)) detail::throw_predicate(detail::chars(Name.data(), Name.size()), value);
    }
};

/// What is assigned goes through Fn first, then the checks: coerced<[](std::string_view s) { return strip(s); }>.
template <auto Fn>
struct coerced {
    template <class U>
        requires requires(U&& value) { Fn(static_cast<U&&>(value)); }
    static constexpr decltype(auto) coerce(U&& value) {
        return Fn(static_cast<U&&>(value));
    }
};

/// The value of an attribute that is not initialised: default_<18>, default_<"unnamed">, default_<[] { return std::vector{1}; }>.
template <auto Value>
struct default_value {
    static constexpr auto initial() { return detail::constant<Value>(); }
};
template <fixed_string Value>
struct default_text {
    static constexpr char const* initial() noexcept { return Value.value; }
};

/// Assigned once, when its object is made. Assigning it does not compile, nor does assigning its object.
struct read_only {
    static constexpr bool is_read_only = true;
};

/// Assigned once, whenever; then AttributeError: cannot assign to field 'id'
struct write_once {
    static constexpr bool is_write_once = true;
};

/// Calls Fn(name, before, after) when the value was assigned.
template <auto Fn>
struct observed {
    template <class T>
    static constexpr void changed(char const* name, T const& before, T const& after) {
        Fn(name, before, after);
    }
};

/// Computed by Fn() when it is first read without having been assigned.
template <auto Fn>
struct computed_once {
    static constexpr decltype(auto) compute() { return Fn(); }
};

/// A number with its unit: quantity<"km">(5).
template <fixed_string Unit, class T = double>
struct quantity {
    T value{};
    constexpr explicit quantity(T v) : value(static_cast<T&&>(v)) {}
};

/// Takes numbers of this unit only: a plain number, or one of another unit, does not compile.
///
///     attribute<"length", double, in_unit<"m">> length{quantity<"m">(2.5)};
template <fixed_string Unit>
struct in_unit {
    template <fixed_string Other, class T>
    static constexpr T coerce(quantity<Other, T> const& value) {
        static_assert(detail::same_name(Unit, Other), "amphis: this number is in another unit than the attribute's: convert it first");
        return value.value;
    }
    template <class T>
        requires std::is_arithmetic_v<std::remove_cvref_t<T>>
    static constexpr T coerce(T const& value) {
        static_assert(!std::is_arithmetic_v<T>, "amphis: a number without a unit: write quantity<\"m\">(value)");
        return value;
    }
};

}  // namespace amphis::inline v0

#endif  // AMPHIS_LANG_DESCRIPTOR_POLICIES_HPP
