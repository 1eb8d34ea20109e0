// SPDX-License-Identifier: MIT
// reflect: how many fields an aggregate has, their types, their names, and a function called with all of them.
//
// Fields are counted by how many initialisers fit, reached by a structured binding, and named by the text in which the
// compiler writes pointers to the fields of an object that is declared and never defined. All pointers are arguments of one
// template, so that one text names all fields.
// Used by: copy.hpp, dataclasses.hpp, gc.hpp
#ifndef AMPHIS_DETAIL_REFLECT_HPP
#define AMPHIS_DETAIL_REFLECT_HPP

#include <amphis/config.hpp>
#include <amphis/detail/callable.hpp>
#include <amphis/detail/reflect/bindings.hpp>
#include <amphis/detail/reflect/imagined.hpp>
#include <amphis/detail/text.hpp>

#include <cstddef>
#include <type_traits>
#include <utility>

namespace amphis::inline v0::detail {

// ---- how many --------------------------------------------------------------------------------------------------------

/// What keeps a class from being taken apart.
enum class reflect_fault : unsigned char { none, not_an_aggregate, too_many, base_with_fields, reference, unknown };

struct reflect_facts {
    std::size_t size = 0;
    reflect_fault fault = reflect_fault::none;
    std::size_t bases = 0;  // empty ones, 1 at most
};

/// Converts to anything; like the next two only ever named, never called.
struct any_value {
    template <class T>
    operator T() const noexcept;  // NOLINT(google-explicit-constructor)
};
/// Converts to a base of T only, empty or not. It cannot be copied: a std::any that is the first field would hold it.
template <class T, bool Empty>
struct any_base {
    any_base() = default;
    any_base(any_base const&) = delete;
    any_base& operator=(any_base const&) = delete;
    template <class Base>
        requires(std::is_base_of_v<Base, T> && !std::is_same_v<Base, T> && std::is_empty_v<Base> == Empty)
    operator Base() const noexcept;  // NOLINT(google-explicit-constructor)
};
/// Converts to a reference only.
struct any_reference {
    template <class T>
    operator T&() const noexcept;  // NOLINT(google-explicit-constructor)
};

template <class T, class Any, std::size_t... I>
consteval bool takes(std::index_sequence<I...>) noexcept {
    return requires { T{(static_cast<void>(I), Any())...}; };
}
template <class T, std::size_t... I, std::size_t... J>
consteval bool takes_braces_at(std::index_sequence<I...>, std::index_sequence<J...>) noexcept {
    return requires { T{(static_cast<void>(I), any_value())..., {}, (static_cast<void>(J), any_value())...}; };
}
template <class T, class Any, std::size_t N>
inline constexpr bool takes_values = takes<T, Any>(std::make_index_sequence<N>{});

/// The most initialisers {} between Low, which fit, and High, which do not.
template <class T, std::size_t Low, std::size_t High>
consteval std::size_t most_braces() noexcept {
    if constexpr (High - Low <= 1) {
        return Low;
    } else {
        constexpr std::size_t middle = Low + (High - Low) / 2;
        if constexpr (aggregate<middle>::template fits<T>) {
            return most_braces<T, middle, High>();
        } else {
            return most_braces<T, Low, middle>();
        }
    }
}
template <class T, std::size_t N = 4>
consteval std::size_t count_braces() noexcept {
    if constexpr (N > most_fields) {
        return most_fields;
    } else if constexpr (aggregate<N>::template fits<T>) {
        return count_braces<T, 2 * N>();
    } else {
        return most_braces<T, N == 4 ? 0 : N / 2, N>();
    }
}

// The long way, for a class with a field that {} does not initialise. The elements of an array count one by one at first.
template <class T, class Any, std::size_t N = 1>
consteval std::size_t first_that_fits() noexcept {
    if constexpr (N > most_fields || takes_values<T, Any, N>) {
        return N;
    } else {
        return first_that_fits<T, Any, N + 1>();
    }
}
template <class T, std::size_t N>
consteval std::size_t last_that_fits() noexcept {
    if constexpr (N > most_fields || !takes_values<T, any_value, N + 1>) {
        return N;
    } else {
        return last_that_fits<T, N + 1>();
    }
}
/// How many of the `Flat` values from the I-th on one field takes: more than one is an array, which {} initialises as a whole.
template <class T, std::size_t I, std::size_t Flat, std::size_t Width = 1>
consteval std::size_t width_of() noexcept {
    if constexpr (I + Width > Flat) {
        return 1;
    } else if constexpr (takes_braces_at<T>(std::make_index_sequence<I>{}, std::make_index_sequence<Flat - I - Width>{})) {
        return Width;
    } else {
        return width_of<T, I, Flat, Width + 1>();
    }
}
template <class T, std::size_t Flat, std::size_t I = 0>
consteval std::size_t count_unflattened() noexcept {
    if constexpr (I >= Flat) {
        return 0;
    } else {
        return 1 + count_unflattened<T, Flat, I + width_of<T, I, Flat>()>();
    }
}

template <class T>
consteval reflect_facts count_values(std::size_t bases) noexcept {
    constexpr std::size_t first = first_that_fits<T, any_value>();
    if constexpr (first <= most_fields) {
        constexpr std::size_t flat = last_that_fits<T, first>();
        if (flat > most_fields) return {0, reflect_fault::too_many};
        return {count_unflattened<T, flat>() - bases, reflect_fault::none, bases};
    } else {
        return {0, first_that_fits<T, any_reference>() <= most_fields ? reflect_fault::reference : reflect_fault::unknown};
    }
}

template <class T>
consteval reflect_facts reflect_on() noexcept {
    if constexpr (!std::is_class_v<T> || !std::is_aggregate_v<T>) {
        return {0, reflect_fault::not_an_aggregate};
    } else if constexpr (requires { T{any_base<T, false>()}; }) {
        return {0, reflect_fault::base_with_fields};
    } else {
        constexpr std::size_t bases = !requires { T{any_base<T, true>()}; }                            ? 0
                                      : !requires { T{any_base<T, true>(), any_base<T, true>()}; } ? 1
                                                                                                     : 2;
        if constexpr (requires { T{any_base<T, true>(), any_base<T, false>()}; } || bases == 2) {
            return {0, reflect_fault::base_with_fields};
        } else if constexpr (std::is_empty_v<T> && bases == 0 && !aggregate<1>::fits<T>) {
            return {0, reflect_fault::none};
        } else if constexpr (requires { T{}; }) {
            constexpr std::size_t braces = count_braces<T>();
            if constexpr (braces == most_fields && aggregate<most_fields>::fits<T, any_value>) {
                return {0, reflect_fault::too_many};
            } else if constexpr (aggregate<braces>::template fits<T, any_reference> && !aggregate<braces>::template fits<T, any_value>) {
                return {0, reflect_fault::reference};  // it has a default initializer
            } else if constexpr (!aggregate<braces>::template fits<T, any_value>) {
                return {braces - bases, reflect_fault::none, bases};
            } else {
                return count_values<T>(bases);
            }
        } else {
            return count_values<T>(bases);
        }
    }
}

/// Looked at once for each class, const or not.
template <class T>
inline constexpr reflect_facts reflected_facts = reflect_on<T>();

/// A class whose fields can be reached and named.
template <class T>
concept Reflectable = reflected_facts<std::remove_cv_t<T>>.fault == reflect_fault::none;

template <class T>
inline constexpr std::size_t field_count = reflected_facts<std::remove_cv_t<T>>.size;

/// The sentence for a class that cannot be taken apart.
template <class T>
consteval void assert_reflectable() noexcept {
    constexpr reflect_fault fault = reflected_facts<std::remove_cv_t<T>>.fault;
    static_assert(fault != reflect_fault::not_an_aggregate,
                  "amphis: a dataclass is an aggregate: a struct with public fields and no constructors");
    static_assert(fault != reflect_fault::too_many, "amphis: a dataclass has at most 128 fields");
    static_assert(fault != reflect_fault::base_with_fields,
                  "amphis: a dataclass has no base class with fields: hold the other object as a field");
    static_assert(fault != reflect_fault::reference,
                  "amphis: a dataclass holds values: a field is a reference; hold a pointer or a std::reference_wrapper");
    static_assert(fault != reflect_fault::unknown,
                  "amphis: the fields of this class cannot be counted: one is a reference, or can neither be made of {} nor be copied or moved");
}

// ---- all fields ------------------------------------------------------------------------------------------------------

/// function(field...) with every field of the object, in order, as lvalues.
template <class T, class F>
constexpr decltype(auto) with_fields(T& object, F&& function) {
    return aggregate<field_count<T>>::apply(object, static_cast<F&&>(function));
}

struct as_types {
    template <class... Field>
    constexpr types<Field...> operator()(Field&...) const noexcept {
        return {};
    }
};
/// types<...> of the fields, const where they are declared so.
template <class T>
using field_types = decltype(with_fields(std::declval<T&>(), as_types()));

/// Takes an argument that does not matter.
struct ignored {
    template <class T>
    constexpr ignored(T const volatile&) noexcept {}  // NOLINT(google-explicit-constructor)
};
template <std::size_t>
using ignored_at = ignored;
template <class Indices>
struct pick_after;
template <std::size_t... I>
struct pick_after<std::index_sequence<I...>> {
    template <class Field, class... Rest>
    constexpr Field& operator()(ignored_at<I>..., Field& field, Rest&...) const noexcept {
        return field;
    }
};

/// The I-th field.
template <std::size_t I, class T>
constexpr auto& field_at(T& object) noexcept {
    return with_fields(object, pick_after<std::make_index_sequence<I>>());
}
template <std::size_t I, class T>
using field_type = std::remove_reference_t<decltype(field_at<I>(std::declval<T&>()))>;

// ---- names -----------------------------------------------------------------------------------------------------------

constexpr bool in_identifier(char c) noexcept {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '$' ||
           static_cast<unsigned char>(c) >= 0x80;
}

/// Whether the characters at `at` are others than those of a C string.
constexpr bool chars_differ(char const* at, char const* wanted) noexcept {
    for (; *wanted != '\0'; ++at, ++wanted) {
        if (*at != *wanted) return true;
    }
    return false;
}

template <std::size_t N>
struct name_table {
    chars entries[N + 1]{};  // one more than needed: there are no arrays of zero elements

    [[nodiscard]] static constexpr std::size_t size() noexcept { return N; }
    [[nodiscard]] constexpr chars operator[](std::size_t i) const noexcept { return entries[i]; }
    /// The field of this name; N when there is none.
    [[nodiscard]] constexpr std::size_t find(chars name) const noexcept {
        for (std::size_t i = 0; i != N; ++i) {
            if (entries[i].size != name.size) continue;
            std::size_t same = 0;
            while (same != name.size && entries[i].data[same] == name.data[same]) ++same;
            if (same == name.size) return i;
        }
        return N;
    }
};

template <std::size_t N>
struct address_table {
    address entries[N + 1]{};
};
struct as_addresses {
    template <class... Field>
    constexpr address_table<sizeof...(Field)> operator()(Field const&... field) const noexcept {
        return {{address{__builtin_addressof(field)}...}};
    }
};
template <class T, std::size_t... I>
consteval chars written_names(std::index_sequence<I...>) noexcept {
    constexpr auto table = with_fields(imagined<T>(), as_addresses());  // g++: a local one, or the linker would look for the object
    return written_with<table.entries[I]...>();
}

// What follows a name in the compiler's text:
//     g++    consteval chars written_with() [with address ...Fields = {address{((const void*)(& nowhere<T>.never_made<T>::object.T::x))}, ...}]
//     clang  chars written_with() [Fields = <address{&nowhere.object.x}, ...>]
struct text_form {
    std::size_t close = 0;  // characters from the end of a name to the end of its "}"
    std::size_t tail = 0;   // characters behind the last of those
};
struct one_field {
    int x = 0;
};
consteval text_form find_text_form() noexcept {
    constexpr chars text = written_names<one_field>(std::index_sequence<0>());
    std::size_t name = text.size;
    while (text.data[name - 1] != 'x') --name;
    std::size_t close = name;
    while (text.data[close] != '}') ++close;
    return {close + 1 - name, text.size - close - 1};
}
inline constexpr text_form form_of_text = find_text_form();

/// Read from the end, because the name of a class may hold any characters: Q<'}'>.
template <class T, std::size_t N>
consteval name_table<N> read_names() noexcept {
    name_table<N> names;
    if constexpr (N != 0) {
        constexpr chars text = written_names<T>(std::make_index_sequence<N>());
        std::size_t last = text.size - form_of_text.tail;
        std::size_t before = 0;  // characters between "address{" and a name: as many for each field
        for (std::size_t i = N; i-- != 0;) {
            std::size_t const end = last - form_of_text.close;
            std::size_t first = end;
            while (in_identifier(text.data[first - 1])) --first;
            names.entries[i] = chars(text.data + first, end - first);
            if (i + 1 == N) {
                while (chars_differ(text.data + first - before, "address{")) ++before;
            }
            last = first - before - 2;  // ", "
        }
    }
    return names;
}

/// The names of the fields, in order.
template <class T>
inline constexpr name_table<field_count<T>> field_names = read_names<std::remove_cv_t<T>, field_count<T>>();
}  // namespace amphis::inline v0::detail

#endif  // AMPHIS_DETAIL_REFLECT_HPP
