// SPDX-License-Identifier: MIT
// dataclasses/make: objects from keyword arguments, and copies with other values: make, replace, setattr.
#ifndef AMPHIS_DATACLASSES_MAKE_HPP
#define AMPHIS_DATACLASSES_MAKE_HPP

#include <amphis/config.hpp>
#include <amphis/dataclasses/options.hpp>
#include <amphis/detail/arguments.hpp>
#include <amphis/detail/invoke.hpp>
#include <amphis/detail/keyword.hpp>
#include <amphis/detail/reflect.hpp>
#include <amphis/lang/function/arguments.hpp>

#include <cstddef>
#include <type_traits>
#include <utility>

namespace amphis::inline v0 {
namespace detail::dataclass {

// A value that converts to its field converts here, and not on the line that made the call. A field without an initialiser is no
// mistake here: it is made of {}.
#if defined(__GNUC__)
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wconversion"
#pragma GCC diagnostic ignored "-Wsign-conversion"
#pragma GCC diagnostic ignored "-Wfloat-conversion"
#pragma GCC diagnostic ignored "-Wdouble-promotion"
#pragma GCC diagnostic ignored "-Wmissing-field-initializers"
#endif

// ---- parameters ------------------------------------------------------------------------------------------------------

/// The parameters of make(): the fields with init, those by keyword only behind the others, as in Python.
template <std::size_t N, std::size_t Fields>
struct parameter_plan {
    definition<N> defined{};
    std::size_t field[N + 1]{};              // which field a parameter is
    std::size_t parameter_of[Fields + 1]{};  // and the other way round; N for a field without
};
template <class T>
inline constexpr std::size_t parameter_count = count_used<T, &field_plan::init>();

template <class T, std::size_t... I>
consteval auto plan_parameters(std::index_sequence<I...>) noexcept {
    constexpr std::size_t n = parameter_count<T>;
    parameter_plan<n, sizeof...(I)> plan;
    char const* const names[sizeof...(I) + 1] = {name_of<T, I>.data()..., nullptr};
    for (std::size_t& p : plan.parameter_of) p = n;
    std::size_t at = 0;
    bool seen_default = false;
    for (bool const keyword_only : {false, true}) {
        for (std::size_t i = 0; i != sizeof...(I); ++i) {
            field_plan const& f = plan_of<T>.fields[i];
            if (!f.init || f.kw_only != keyword_only) continue;
            plan.field[at] = i;
            plan.parameter_of[i] = at;
            parameter& p = plan.defined.parameters.entries[at++];
            p.name = names[i];
            p.kind = keyword_only ? parameter::KEYWORD_ONLY : parameter::POSITIONAL_OR_KEYWORD;
            p.has_default = f.has_default;
            if (keyword_only) continue;
            plan.defined.positional = at;
            if (seen_default && !p.has_default && plan.defined.error.what == mistake::none) {
                plan.defined.error = {mistake::non_default_after_default, i};
            }
            seen_default = seen_default || p.has_default;
        }
    }
    return plan;
}
template <class T>
inline constexpr auto parameters_of = plan_parameters<T>(std::make_index_sequence<field_count<T>>());

/// Which argument of a call of make each field gets.
template <class T, class... A>
struct make_call {
    static constexpr std::size_t count = parameter_count<T>;
    static constexpr auto const& plan = parameters_of<T>;
    static constexpr binding<count> bound = bind_names<count, A...>(plan.defined);
    static constexpr std::size_t not_given = binding<count>::from_default;

    static consteval bool check() noexcept {
        constexpr finding in_class = plan.defined.error;
        constexpr finding error = bound.error;
        if constexpr (in_class.what != mistake::none) {
            explain<in_class.what, name_of<T, in_class.where>>();
        } else if constexpr (error.what == mistake::missing || error.what == mistake::missing_keyword_only) {
            explain<error.what, name_of<T, plan.field[error.where]>>();
        } else if constexpr (error.what == mistake::too_many) {
            explain<error.what, "">();
        } else if constexpr (error.what == mistake::positional_after_keyword) {
            explain<error.what, std::remove_cvref_t<nth<error.where - 1, A...>>::name>();
        } else if constexpr (error.what != mistake::none) {
            explain<error.what, std::remove_cvref_t<nth<error.where, A...>>::name>();
        }
        return in_class.what == mistake::none && error.what == mistake::none;
    }

    template <std::size_t I>
    static consteval std::size_t source() noexcept {
        return plan.parameter_of[I] == count ? not_given : bound.source[plan.parameter_of[I]];
    }
};

// ---- values ----------------------------------------------------------------------------------------------------------

/// A C array takes the elements of another, or of a std::array; one of char takes a shorter string.
template <class F, class V>
consteval bool fits_array() noexcept {
    if constexpr (!std::is_array_v<F>) {
        return false;
    } else if constexpr (std::is_array_v<V>) {
        constexpr bool text = std::is_same_v<std::remove_cv_t<std::remove_extent_t<F>>, char>;
        return std::is_convertible_v<std::remove_all_extents_t<V>, std::remove_all_extents_t<F>> &&
               (text ? std::extent_v<V> <= std::extent_v<F> : std::extent_v<V> == std::extent_v<F>);
    } else if constexpr (requires { std::tuple_size<V>::value; }) {
        return std::tuple_size<V>::value == std::extent_v<F>;
    } else {
        return false;
    }
}

template <class T, std::size_t I, class V>
consteval bool check_value() noexcept {
    using F = std::remove_cv_t<field_type<I, T>>;
    constexpr bool fits = std::is_convertible_v<V, F> || fits_array<F, std::remove_cvref_t<V>>();
    if constexpr (!fits) (void)sizeof(value_does_not_convert<name_of<T, I>>);
    return fits;
}

template <class F, class V>
constexpr void assign(F& field, V&& value) {
    if constexpr (std::is_array_v<F>) {
        std::size_t i = 0;
        for (auto&& item : value) dataclass::assign(field[i++], static_cast<decltype(item)&&>(item));
        if constexpr (!std::is_array_v<std::remove_extent_t<F>>) {
            for (; i != std::extent_v<F>; ++i) field[i] = {};  // behind a shorter string
        }
    } else {
        field = static_cast<F>(static_cast<V&&>(value));
    }
}

/// Every field can be given to T{...}: no base, no arrays, which cannot be copied so, and no properties.
template <class... Field>
consteval bool all_given(types<Field...>) noexcept {
    return ((!std::is_array_v<Field> && !ClassAttribute<Field>) && ...);
}
template <class T>
inline constexpr bool given_at_once = reflected_facts<T>.bases == 0 && all_given(field_types<T>());

template <class T>
concept HasPostInit = requires(T& object) { object.post_init(); };

/// An object whose field I is source.get<I>() where source.has<I>(), and as its initialiser says elsewhere.
template <class T, class Source, std::size_t... I>
constexpr T build(Source const& source, std::index_sequence<I...>) {
    constexpr std::size_t prefix = [] {
        std::size_t last = 0;
        ((last = Source::template has<I>() ? I + 1 : last), ...);
        return last;
    }();
    constexpr bool no_gap = prefix == (std::size_t{0} + ... + (Source::template has<I>() ? 1U : 0U));
    if constexpr (given_at_once<T> && no_gap) {
        return [&]<std::size_t... J>(std::index_sequence<J...>) -> T {
            return T{source.template get<J>()...};
        }(std::make_index_sequence<prefix>());
    } else {
        constexpr bool can_start = requires { T{}; };
        static_assert(can_start, "amphis: a field is left to its initialiser, and another, given one has none: T{} must be possible");
        if constexpr (!can_start) {
            __builtin_unreachable();
        } else if constexpr (given_at_once<T>) {
            T start{};
            [[maybe_unused]] auto const choose = [&]<std::size_t J>(std::integral_constant<std::size_t, J>) -> std::remove_cv_t<field_type<J, T>> {
                if constexpr (Source::template has<J>()) {
                    return source.template get<J>();
                } else {
                    return static_cast<field_type<J, T>&&>(field_at<J>(start));
                }
            };
            return T{choose(std::integral_constant<std::size_t, I>())...};
        } else {
            T result{};
            [[maybe_unused]] auto const put = [&]<std::size_t J>(std::integral_constant<std::size_t, J>) {
                if constexpr (Source::template has<J>()) {
                    constexpr bool assignable = !std::is_const_v<field_type<J, T>>;
                    static_assert(assignable, "amphis: a const array cannot be given: leave it to its initialiser");
                    if constexpr (assignable) dataclass::assign(field_at<J>(result), source.template value<J>());
                }
            };
            (put(std::integral_constant<std::size_t, I>()), ...);
            return result;
        }
    }
}

/// What makes the field of an option default_factory<Name, Factory>.
template <fixed_string Name, class Option>
consteval bool makes_field() noexcept {
    return false;
}
template <fixed_string Name, class Option>
    requires requires { Option::factory; }
consteval bool makes_field() noexcept {
    return same_name(Name, Option::name);
}
template <fixed_string Name, auto First, auto... Rest>
constexpr decltype(auto) call_factory() {
    using Option = std::remove_cv_t<decltype(First)>;
    if constexpr (makes_field<Name, Option>()) {
        return Option::factory();
    } else {
        return call_factory<Name, Rest...>();
    }
}
template <fixed_string Name, auto... Options>
constexpr decltype(auto) call_factory_of(dataclasses::options<Options...>) {
    return call_factory<Name, Options...>();
}

/// The values of a call of make.
template <class T, class... A>
struct made_of {
    using call = make_call<T, A...>;
    slots<A...> arguments;

    template <std::size_t I>
    static consteval bool has() noexcept {
        return call::template source<I>() != call::not_given || plan_of<T>.fields[I].has_factory;
    }
    template <std::size_t I>
    constexpr decltype(auto) value() const {
        if constexpr (call::template source<I>() != call::not_given) {
            return argument_value(slot_value<call::template source<I>()>(arguments));
        } else {
            return call_factory_of<name_of<T, I>>(options_of<T>());
        }
    }
    template <std::size_t I>
    constexpr std::remove_cv_t<field_type<I, T>> get() const {
        return static_cast<std::remove_cv_t<field_type<I, T>>>(value<I>());
    }
    template <std::size_t... I>
    static consteval bool check(std::index_sequence<I...>) noexcept {
        return (check_one<I>() && ...);
    }

private:
    template <std::size_t I>
    static consteval bool check_one() noexcept {
        if constexpr (has<I>()) {
            return check_value<T, I, decltype(std::declval<made_of const&>().template value<I>())>();
        } else {
            return true;
        }
    }
};

/// The values of a call of replace: given, or the object's.
template <class T, class Object, class... K>
struct replaced_in {
    Object&& object;
    slots<K...> arguments;

    template <std::size_t I>
    static consteval std::size_t source() noexcept {
        std::size_t found = sizeof...(K);
        [[maybe_unused]] std::size_t at = 0;
        ((found = same_name(name_of<T, I>, std::remove_cvref_t<K>::name) ? at : found, ++at), ...);
        return found;
    }
    template <std::size_t I>
    static consteval bool has() noexcept {
        return plan_of<T>.fields[I].init;
    }
    template <std::size_t I>
    constexpr decltype(auto) value() const {
        if constexpr (source<I>() != sizeof...(K)) {
            return argument_value(slot_value<source<I>()>(arguments));
        } else if constexpr (std::is_lvalue_reference_v<Object&&>) {
            return std::as_const(field_at<I>(object));
        } else {
            return static_cast<std::remove_reference_t<decltype(field_at<I>(object))>&&>(field_at<I>(object));
        }
    }
    template <std::size_t I>
    constexpr std::remove_cv_t<field_type<I, T>> get() const {
        return static_cast<std::remove_cv_t<field_type<I, T>>>(value<I>());
    }
    template <class Keyword>
    static consteval bool check_keyword() noexcept {
        using K1 = std::remove_cvref_t<Keyword>;
        constexpr std::size_t i = field_names<T>.find(chars(K1::name.data(), K1::name.size()));
        constexpr bool known = i != field_count<T> && !plan_of<T>.fields[i].attribute;
        constexpr bool once = count_named<K1::name, K...>() == 1;
        if constexpr (!known) {
            explain<mistake::unknown_keyword, K1::name>();
            return false;
        } else if constexpr (!once) {
            explain<mistake::keyword_repeated, K1::name>();
            return false;
        } else if constexpr (!plan_of<T>.fields[i].init) {
            (void)sizeof(no_init_in_replace<K1::name>);
            return false;
        } else {
            return check_value<T, i, decltype(argument_value(std::declval<Keyword>()))>();
        }
    }
};

/// The object, with post_init() called where the class has one.
template <class T, class Source>
constexpr T build_and_finish(Source const& source) {
    if constexpr (HasPostInit<T>) {
        T object = build<T>(source, std::make_index_sequence<field_count<T>>());
        object.post_init();
        return object;
    } else {
        return build<T>(source, std::make_index_sequence<field_count<T>>());
    }
}

template <class T, class... A>
constexpr T make(A&&... arguments) {
    constexpr bool plain = assert_dataclass<T>();
    if constexpr (plain) {
        constexpr bool bound = make_call<T, A...>::check();
        if constexpr (bound) {
            if constexpr (made_of<T, A...>::check(std::make_index_sequence<field_count<T>>())) {
                return build_and_finish<T>(made_of<T, A...>{{{static_cast<A&&>(arguments)}...}});
            } else {
                __builtin_unreachable();  // a sentence says why
            }
        } else {
            __builtin_unreachable();
        }
    } else {
        __builtin_unreachable();
    }
}

struct replace_fn {
    template <class Object, class... K>
    [[nodiscard]] constexpr std::remove_cvref_t<Object> operator()(Object&& object, K&&... changes) const {
        using T = std::remove_cvref_t<Object>;
        constexpr bool keywords = (Kwarg<K> && ...);
        static_assert(keywords, "amphis: replace() takes its changes by keyword: replace(person, \"age\"_k = 31)");
        if constexpr (keywords && assert_dataclass<T>()) {
            using Source = replaced_in<T, Object, K...>;
            if constexpr ((Source::template check_keyword<K>() && ...)) {
                return build_and_finish<T>(Source{static_cast<Object&&>(object), {{static_cast<K&&>(changes)}...}});
            } else {
                __builtin_unreachable();  // a sentence says why
            }
        } else {
            __builtin_unreachable();
        }
    }
};

struct setattr_fn {
    template <class T, class... K>
    constexpr void operator()(T& object, K&&... changes) const {
        constexpr bool keywords = (Kwarg<K> && ...);
        static_assert(keywords, "amphis: setattr() takes its changes by keyword: setattr(person, \"age\"_k = 31)");
        if constexpr (keywords && assert_dataclass<std::remove_cv_t<T>>()) {
            constexpr bool changeable = !std::is_const_v<T> && !plan_of<std::remove_cv_t<T>>.frozen;
            static_assert(changeable, "amphis: FrozenInstanceError: cannot assign to a field of a frozen dataclass, or of a const object");
            if constexpr (changeable && (replaced_in<T, T&, K...>::template check_keyword<K>() && ...)) {
                (dataclass::assign(field_at<field_names<T>.find(chars(std::remove_cvref_t<K>::name.data(), std::remove_cvref_t<K>::name.size()))>(object),
                                   argument_value(static_cast<K&&>(changes))),
                 ...);
            }
        }
    }
};

#if defined(__GNUC__)
#pragma GCC diagnostic pop
#endif

}  // namespace detail::dataclass

namespace dataclasses {

/// An object from its fields, by position or by keyword, as the __init__ that Python's decorator writes.
///
///     auto p = dc::make<Person>("name"_k = "Alice", "age"_k = 30);
///     dc::make<Person>("Bob", "age"_k = 25);
///     dc::make<Person>("name"_k = "Carol");       // a compile error: missing_argument<"age">
///
/// T         an aggregate; post_init() is called when it has one.
/// Raises    what a constructor, a default_factory or post_init() raises. A missing, unknown or repeated field is a compile error that
///           names it, and so is a value that does not convert.
/// Cost      that of T{...}: names are gone when the program runs.
/// Differs   what has a default is said by options: has_default<"age">, all_default or default_factory<"tags", fn>.
/// Source    Lib/dataclasses.py, _init_fn (CPython 3.11).
template <class T, class... A>
[[nodiscard]] constexpr T make(A&&... arguments) {
    return detail::dataclass::make<T>(static_cast<A&&>(arguments)...);
}

/// A new object with some fields changed.
///
///     dc::replace(p, "age"_k = 31);                     // Person(name='Alice', age=31); p is as it was
///     dc::replace(std::move(p), "age"_k = 31);          // the other fields are moved
///
/// Raises    what post_init() and copying raise. An unknown field, and one with init=False, is a compile error that names it.
/// Cost      each field is copied, or moved, once.
/// Source    Lib/dataclasses.py, replace (CPython 3.11).
inline constexpr detail::dataclass::replace_fn replace{};

/// Assign fields by name. A frozen dataclass refuses, as Python's raises FrozenInstanceError.
///
///     dc::setattr(p, "age"_k = 32, "name"_k = "Al");
///
/// Source    Lib/dataclasses.py, _frozen_get_del_attr (CPython 3.11).
inline constexpr detail::dataclass::setattr_fn setattr{};

}  // namespace dataclasses

namespace copy {

/// A new object with some fields changed: dataclasses::replace, which Python 3.13 also calls copy.replace. It comes with dataclasses.hpp.
inline constexpr detail::dataclass::replace_fn replace{};

}  // namespace copy
}  // namespace amphis::inline v0

#endif  // AMPHIS_DATACLASSES_MAKE_HPP
