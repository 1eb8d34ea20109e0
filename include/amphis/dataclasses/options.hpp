// SPDX-License-Identifier: MIT
// dataclasses/options: what a class says about itself and its fields, and which classes count as dataclasses.
#ifndef AMPHIS_DATACLASSES_OPTIONS_HPP
#define AMPHIS_DATACLASSES_OPTIONS_HPP

#include <amphis/builtins/repr.hpp>
#include <amphis/config.hpp>
#include <amphis/detail/keyword.hpp>
#include <amphis/detail/reflect.hpp>
#include <amphis/detail/text.hpp>
#include <amphis/lang/function/arguments.hpp>

#include <cstddef>
#include <type_traits>
#include <utility>

namespace amphis::inline v0 {
namespace dataclasses {

/// Yes, no, or what another option says.
struct choice {
    signed char value = -1;

    constexpr choice() noexcept = default;
    constexpr choice(bool yes) noexcept : value(yes ? 1 : 0) {}  // NOLINT(google-explicit-constructor)
    [[nodiscard]] constexpr bool value_or(bool other) const noexcept { return value < 0 ? other : value == 1; }
};

/// What `options` says about one field. Python: dataclasses.field(repr=False).
///
///     using dataclass = dc::options<dc::field<"password">{.repr = false, .compare = false}>;
///
/// init      whether make() takes it; a field it does not take has the value of its initialiser.
/// repr      whether repr() shows it.
/// compare   whether eq() and lt() look at it.
/// hash      whether hash() does; as compare unless said.
/// kw_only   whether make() takes it by keyword only.
/// Source    Lib/dataclasses.py, field (CPython 3.11).
template <fixed_string Name>
struct field {
    static constexpr auto name = Name;

    bool init = true;
    bool repr = true;
    bool compare = true;
    choice hash{};
    bool kw_only = false;
};

namespace option {
struct frozen {};
struct order {};
struct kw_only {};
struct unsafe_hash {};
struct all_default {};
template <fixed_string... Names>
struct has_default {};
template <fixed_string Name, auto Factory>
struct default_factory {
    static constexpr auto name = Name;
    static constexpr auto factory = Factory;
};
}  // namespace option

/// The fields do not change: they are declared const, and hash() is allowed. Python: @dataclass(frozen=True).
inline constexpr option::frozen frozen{};
/// lt(), le(), gt() and ge() are allowed. Python: @dataclass(order=True).
inline constexpr option::order order{};
/// make() takes every field by keyword only. Python: @dataclass(kw_only=True).
inline constexpr option::kw_only kw_only{};
/// hash() is allowed, though the fields can change. Python: @dataclass(unsafe_hash=True).
inline constexpr option::unsafe_hash unsafe_hash{};
/// The initialisers of these members are defaults: make() may go without. C++ cannot tell `int age{};`, which is there so that
/// compilers do not warn, from `int age = 0;`, which is meant.
template <fixed_string... Names>
inline constexpr option::has_default<Names...> has_default{};
/// The initialisers of all members are defaults.
inline constexpr option::all_default all_default{};
/// What make() calls for a field it is not given. Python: field(default_factory=list). The member's initialiser does as well.
template <fixed_string Name, auto Factory>
inline constexpr option::default_factory<Name, Factory> default_factory{};

/// What a class says about itself, as Python's decorator does: a nested type.
///
///     struct Person {
///         std::string name{};
///         int age = 18;
///         using dataclass = dc::options<dc::order, dc::has_default<"age">>;
///     };
///
/// Options   frozen, order, kw_only, unsafe_hash, has_default<"x", ...>, all_default, default_factory<"x", fn>, field<"x">{...}.
/// Differs   a plain struct needs none, and may then be compared, ordered and hashed; one with options keeps to them, as in Python.
/// Source    Lib/dataclasses.py, dataclass (CPython 3.11).
template <auto... Options>
struct options {};

/// The options of a class that is not yours: specialise it.
///
///     template <> struct dc::options_for<Foreign> : dc::options<dc::order> {};
template <class T>
struct options_for;

}  // namespace dataclasses

namespace detail::dataclass {

template <class T>
concept NestedOptions = requires { typename T::dataclass; };
template <class T>
concept OutsideOptions = requires { sizeof(dataclasses::options_for<T>); };
template <class T>
concept HasOptions = NestedOptions<T> || OutsideOptions<T>;

template <auto... Options>
consteval dataclasses::options<Options...> as_options(dataclasses::options<Options...> const*) noexcept {
    return {};
}
template <class T>
consteval auto options_of() noexcept {
    if constexpr (NestedOptions<T>) {
        return as_options(static_cast<typename T::dataclass const*>(nullptr));
    } else if constexpr (OutsideOptions<T>) {
        return as_options(static_cast<dataclasses::options_for<T> const*>(nullptr));
    } else {
        return dataclasses::options<>();
    }
}

// ---- which classes ---------------------------------------------------------------------------------------------------

/// A property, a descriptor, a cached_property: an attribute of the class, not a field, as in Python.
template <class F>
concept ClassAttribute = requires {
    typename F::owner_type;
    F::name();
};

/// A plain aggregate that is nothing else: not a string, a container, a pointer, a tuple.
template <class T>
concept Plain = !Primitive<T> && !Shaped<T> && !shapes::TupleLike<T> && !shapes::MutableIterable<T> && !shapes::PointerLike<T>;

template <class T>
concept Dataclass = std::is_class_v<T> && std::is_aggregate_v<T> && (HasOptions<T> || Plain<T>) && Reflectable<T>;

/// One that stands in a field of another: what says itself how it is compared is asked.
template <class T>
concept Aggregate = Dataclass<std::remove_cv_t<T>>;

// ---- what the options say --------------------------------------------------------------------------------------------

struct field_plan {
    bool attribute = false;  // a property: no field at all
    bool init = true;
    bool repr = true;
    bool compare = true;
    bool hash = true;
    bool kw_only = false;
    bool has_default = false;
    bool has_factory = false;
};

enum class policy_fault : unsigned char { none, unknown_field, frozen_but_not_const };

template <std::size_t N>
struct class_plan {
    field_plan fields[N + 1]{};
    bool has_options = false;
    bool frozen = false;
    bool order = false;
    bool kw_only = false;
    bool unsafe_hash = false;
    bool all_default = false;
    policy_fault fault = policy_fault::none;
    chars culprit{};

    [[nodiscard]] constexpr field_plan& named(name_table<N> const& names, chars name) noexcept {
        std::size_t const i = names.find(name);
        if (i == N && fault == policy_fault::none) {
            fault = policy_fault::unknown_field;
            culprit = name;
        }
        return fields[i];  // there is one more than there are fields
    }
};

template <std::size_t N>
constexpr void read_option(class_plan<N>& plan, name_table<N> const&, dataclasses::option::frozen) noexcept {
    plan.frozen = true;
}
template <std::size_t N>
constexpr void read_option(class_plan<N>& plan, name_table<N> const&, dataclasses::option::order) noexcept {
    plan.order = true;
}
template <std::size_t N>
constexpr void read_option(class_plan<N>& plan, name_table<N> const&, dataclasses::option::kw_only) noexcept {
    plan.kw_only = true;
}
template <std::size_t N>
constexpr void read_option(class_plan<N>& plan, name_table<N> const&, dataclasses::option::unsafe_hash) noexcept {
    plan.unsafe_hash = true;
}
template <std::size_t N>
constexpr void read_option(class_plan<N>& plan, name_table<N> const&, dataclasses::option::all_default) noexcept {
    plan.all_default = true;
}
template <std::size_t N, fixed_string... Names>
constexpr void read_option(class_plan<N>& plan, name_table<N> const& names, dataclasses::option::has_default<Names...>) noexcept {
    ((plan.named(names, chars(Names.data(), Names.size())).has_default = true), ...);
}
template <std::size_t N, fixed_string Name, auto Factory>
constexpr void read_option(class_plan<N>& plan, name_table<N> const& names,
                           dataclasses::option::default_factory<Name, Factory>) noexcept {
    field_plan& f = plan.named(names, chars(Name.data(), Name.size()));
    f.has_default = f.has_factory = true;
}
template <std::size_t N, fixed_string Name>
constexpr void read_option(class_plan<N>& plan, name_table<N> const& names, dataclasses::field<Name> const& said) noexcept {
    field_plan& f = plan.named(names, chars(Name.data(), Name.size()));
    f.init = said.init;
    f.repr = said.repr;
    f.compare = said.compare;
    f.hash = said.hash.value_or(said.compare);
    f.kw_only = said.kw_only;
}

template <class... Field>
consteval void mark_attributes(field_plan* plan, types<Field...>) noexcept {
    ((plan->attribute = ClassAttribute<Field>, ++plan), ...);
}
template <class... Field>
consteval bool all_const(types<Field...>) noexcept {
    return ((std::is_const_v<Field> || ClassAttribute<Field>) && ...);
}

template <class T>
consteval auto make_plan() noexcept {
    constexpr std::size_t n = field_count<T>;
    class_plan<n> plan;
    mark_attributes(plan.fields, field_types<T>());
    if constexpr (HasOptions<T>) {
        plan.has_options = true;
        [&plan]<auto... Options>(dataclasses::options<Options...>) {
            (read_option(plan, field_names<T>, Options), ...);
        }(options_of<T>());
        for (field_plan& f : plan.fields) {
            if (plan.kw_only) f.kw_only = true;
            if (plan.all_default) f.has_default = true;
        }
        if (plan.frozen && !all_const(field_types<T>())) plan.fault = policy_fault::frozen_but_not_const;
    }
    for (field_plan& f : plan.fields) {
        if (f.attribute) f.init = f.repr = f.compare = f.hash = false;
    }
    return plan;
}

template <class T>
inline constexpr auto plan_of = make_plan<T>();

/// The name of a field as a template argument, for a message, and with the NUL that `chars` lacks.
template <std::size_t N>
consteval auto fixed_name(chars name) noexcept {
    char characters[N + 1]{};
    for (std::size_t i = 0; i != N; ++i) characters[i] = name.data[i];
    return fixed_string<N + 1>(characters);
}
template <class T, std::size_t I>
inline constexpr auto name_of = fixed_name<field_names<T>[I].size>(field_names<T>[I]);

// A struct for each mistake, so that the compiler names the culprit: "In instantiation of no_such_field<"agge">".
#define AMPHIS_REFUSED(NAME, SENTENCE)                                  \
    template <fixed_string Name>                                        \
    struct NAME {                                                       \
        static_assert(never<name_constant<Name>>, "amphis: " SENTENCE); \
    };
AMPHIS_REFUSED(no_such_field, "there is no field of this name")
AMPHIS_REFUSED(no_init_in_replace, "the field is declared with init=False, it cannot be specified with replace()")
AMPHIS_REFUSED(value_does_not_convert, "a value does not convert to the type of its field")
#undef AMPHIS_REFUSED

/// The sentence for what is no dataclass, or whose options contradict it.
template <class T>
consteval bool assert_dataclass() noexcept {
    constexpr bool aggregate = std::is_class_v<T> && std::is_aggregate_v<T>;
    if constexpr (!aggregate || !Reflectable<T>) {
        assert_reflectable<T>();
        return false;
    } else {
        static_assert(Dataclass<T>, "amphis: a dataclass is a plain struct, not a container, a string, a pointer or a tuple");
        constexpr auto const& plan = plan_of<T>;
        if constexpr (plan.fault == policy_fault::unknown_field) (void)sizeof(no_such_field<fixed_name<plan.culprit.size>(plan.culprit)>);
        static_assert(plan.fault != policy_fault::frozen_but_not_const,
                      "amphis: the fields of a frozen dataclass are declared const: then the compiler refuses to assign them");
        return Dataclass<T> && plan.fault == policy_fault::none;
    }
}

/// function(field...) with the fields for which the member `Use` of their plan is true.
template <class T, bool field_plan::* Use>
consteval std::size_t count_used() noexcept {
    std::size_t count = 0;
    for (std::size_t i = 0; i != field_count<T>; ++i) count += plan_of<T>.fields[i].*Use ? 1U : 0U;
    return count;
}

}  // namespace detail::dataclass
}  // namespace amphis::inline v0

#endif  // AMPHIS_DATACLASSES_OPTIONS_HPP
