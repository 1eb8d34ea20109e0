// SPDX-License-Identifier: MIT
// function/arguments: which argument goes to which parameter, decided at compile time; and what is wrong where none does.
#ifndef AMPHIS_LANG_FUNCTION_ARGUMENTS_HPP
#define AMPHIS_LANG_FUNCTION_ARGUMENTS_HPP

#include <amphis/detail/callable.hpp>
#include <amphis/detail/invoke.hpp>
#include <amphis/detail/keyword.hpp>

#include <cstddef>
#include <type_traits>
#include <utility>

namespace amphis::inline v0 {

/// One parameter of a function made by `def`: what inspect.Parameter tells in Python.
struct parameter {
    enum kind_type : unsigned char { POSITIONAL_ONLY, POSITIONAL_OR_KEYWORD, KEYWORD_ONLY };

    char const* name = "";
    kind_type kind = POSITIONAL_OR_KEYWORD;
    bool has_default = false;
};

/// The parameters of a function, in order. A range of `parameter`; size() counts them.
template <std::size_t N>
struct parameter_table {
    parameter entries[N + 1]{};  // one more than needed: there are no arrays of zero elements

    [[nodiscard]] static constexpr std::size_t size() noexcept { return N; }
    [[nodiscard]] constexpr parameter const* begin() const noexcept { return entries; }
    [[nodiscard]] constexpr parameter const* end() const noexcept { return entries + N; }
    [[nodiscard]] constexpr parameter const& operator[](std::size_t i) const noexcept { return entries[i]; }
};

namespace detail {

// ---- names ------------------------------------------------------------------------------------------------------------

template <fixed_string Name>
struct name_constant {
    static constexpr auto name = Name;
};

template <std::size_t N>
[[nodiscard]] constexpr bool is_identifier(fixed_string<N> const& s) noexcept {
    if (N == 1 || (s.value[0] >= '0' && s.value[0] <= '9')) return false;
    for (std::size_t i = 0; i + 1 < N; ++i) {
        char const c = s.value[i];
        bool const word = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
        if (!word && static_cast<unsigned char>(c) < 0x80) return false;  // beyond ASCII: any letter, as in Python
    }
    return true;
}

[[nodiscard]] constexpr bool same_characters(char const* a, char const* b) noexcept {
    for (; *a == *b; ++a, ++b) {
        if (*a == '\0') return true;
    }
    return false;
}

/// The keyword of an argument, nullptr for a positional one.
template <class A>
[[nodiscard]] consteval char const* keyword_of() noexcept {
    if constexpr (Kwarg<A>) {
        return std::remove_cvref_t<A>::name.data();
    } else {
        return nullptr;
    }
}

/// What was wrong with a definition or a call. The order is that in which Python looks.
// clang-format off
enum class mistake {
    none,
    slash_first, slash_twice, slash_after_star, star_twice, star_last, not_a_name, duplicate_parameter,
    unknown_default, duplicate_default, non_default_after_default,
    positional_after_keyword, keyword_repeated, too_many, multiple_values, positional_only_as_keyword, unknown_keyword,
    missing, missing_keyword_only,
};
// clang-format on

struct finding {
    mistake what = mistake::none;
    std::size_t where = 0;  // index of a name, a default or an argument
};

// ---- the sentences ----------------------------------------------------------------------------------------------------
// A struct a mistake, so that the compiler names the culprit: "In instantiation of unknown_keyword<"z">".

template <class>
inline constexpr bool never = false;

#define AMPHIS_REFUSED(NAME, SENTENCE)                                  \
    template <fixed_string Name>                                        \
    struct NAME {                                                       \
        static_assert(never<name_constant<Name>>, "amphis: " SENTENCE); \
    };
AMPHIS_REFUSED(slash_first, "at least one argument must precede \"/\"")
AMPHIS_REFUSED(slash_twice, "\"/\" may appear only once")
AMPHIS_REFUSED(slash_after_star, "\"/\" must be ahead of \"*\"")
AMPHIS_REFUSED(star_twice, "\"*\" may appear only once")
AMPHIS_REFUSED(star_last, "named arguments must follow bare \"*\"")
AMPHIS_REFUSED(not_a_name, "a parameter's name is an identifier, or one of the markers \"/\" and \"*\"")
AMPHIS_REFUSED(duplicate_parameter, "duplicate argument in function definition")
AMPHIS_REFUSED(unknown_default, "a default is given for a name that is not a parameter")
AMPHIS_REFUSED(duplicate_default, "two defaults are given for one parameter")
AMPHIS_REFUSED(non_default_after_default, "non-default argument follows default argument")
AMPHIS_REFUSED(positional_after_keyword, "positional argument follows keyword argument")
AMPHIS_REFUSED(keyword_repeated, "keyword argument repeated")
AMPHIS_REFUSED(too_many_arguments, "the call gives more positional arguments than the function takes")
AMPHIS_REFUSED(multiple_values, "got multiple values for an argument: it is given by position and by keyword")
AMPHIS_REFUSED(positional_only_as_keyword, "got some positional-only arguments passed as keyword arguments")
AMPHIS_REFUSED(unknown_keyword, "got an unexpected keyword argument")
AMPHIS_REFUSED(missing_argument, "missing a required positional argument")
AMPHIS_REFUSED(missing_keyword_only_argument, "missing a required keyword-only argument")
AMPHIS_REFUSED(default_does_not_convert, "a default does not convert to the type of its parameter")
#undef AMPHIS_REFUSED

template <mistake What, fixed_string Name>
constexpr void explain() noexcept {
    // sizeof instantiates the struct, and with it the sentence.
    if constexpr (What == mistake::slash_first) (void)sizeof(slash_first<Name>);
    if constexpr (What == mistake::slash_twice) (void)sizeof(slash_twice<Name>);
    if constexpr (What == mistake::slash_after_star) (void)sizeof(slash_after_star<Name>);
    if constexpr (What == mistake::star_twice) (void)sizeof(star_twice<Name>);
    if constexpr (What == mistake::star_last) (void)sizeof(star_last<Name>);
    if constexpr (What == mistake::not_a_name) (void)sizeof(not_a_name<Name>);
    if constexpr (What == mistake::duplicate_parameter) (void)sizeof(duplicate_parameter<Name>);
    if constexpr (What == mistake::unknown_default) (void)sizeof(unknown_default<Name>);
    if constexpr (What == mistake::duplicate_default) (void)sizeof(duplicate_default<Name>);
    if constexpr (What == mistake::non_default_after_default) (void)sizeof(non_default_after_default<Name>);
    if constexpr (What == mistake::positional_after_keyword) (void)sizeof(positional_after_keyword<Name>);
    if constexpr (What == mistake::keyword_repeated) (void)sizeof(keyword_repeated<Name>);
    if constexpr (What == mistake::too_many) (void)sizeof(too_many_arguments<Name>);
    if constexpr (What == mistake::multiple_values) (void)sizeof(multiple_values<Name>);
    if constexpr (What == mistake::positional_only_as_keyword) (void)sizeof(positional_only_as_keyword<Name>);
    if constexpr (What == mistake::unknown_keyword) (void)sizeof(unknown_keyword<Name>);
    if constexpr (What == mistake::missing) (void)sizeof(missing_argument<Name>);
    if constexpr (What == mistake::missing_keyword_only) (void)sizeof(missing_keyword_only_argument<Name>);
}

// ---- values stored by name: defaults, partial's keywords --------------------------------------------------------------

template <fixed_string Name, class T>
constexpr kwarg<Name, T>& kwarg_named(kwarg<Name, T>& k) noexcept {
    return k;
}
template <fixed_string Name, class T>
constexpr kwarg<Name, T> const& kwarg_named(kwarg<Name, T> const& k) noexcept {
    return k;
}
template <fixed_string Name, class Stored>
concept StoresName = requires(Stored& stored) { kwarg_named<Name>(stored); };

/// What is stored for a keyword argument: a value, or the reference held by a std::reference_wrapper.
template <class K>
using stored_kwarg = kwarg<std::remove_cvref_t<K>::name, std::decay_t<typename std::remove_cvref_t<K>::type>>;

}  // namespace detail

/// Values by name; `values["y"_k]` reads one. Names are checked at compile time. A range it is not: the types differ.
template <class... Kwargs>
struct keyword_values : Kwargs... {
    [[nodiscard]] static constexpr std::size_t size() noexcept { return sizeof...(Kwargs); }

    template <fixed_string Name>
    [[nodiscard]] static constexpr bool contains(detail::keyword<Name>) noexcept {
        return (detail::same_name(Name, Kwargs::name) || ...);
    }

    template <fixed_string Name>
    [[nodiscard]] constexpr auto const& operator[](detail::keyword<Name>) const noexcept {
        static_assert(contains(detail::keyword<Name>{}), "amphis: there is no value of this name");
        return detail::kwarg_named<Name>(*this).value;
    }
};

namespace detail {

// ---- definitions ------------------------------------------------------------------------------------------------------

template <std::size_t N>
struct definition {
    parameter_table<N> parameters{};
    std::size_t origin[N + 1]{};  // where each parameter stands among the names, markers counted
    std::size_t positional = 0;   // how many can be given by position
    finding error{};
};

/// The list of names, markers included, that def was given.
template <fixed_string... Names>
struct parameter_names {
    static constexpr std::size_t size =
        sizeof...(Names) - ((same_name(Names, fixed_string("/")) + ... + std::size_t{}) +
                            (same_name(Names, fixed_string("*")) + ... + std::size_t{}));
    template <std::size_t I>
    static constexpr auto at = nth<I, name_constant<Names>...>::name;

    template <class... Kwargs>
    [[nodiscard]] static consteval definition<size> define() noexcept {
        definition<size> d;
        constexpr std::size_t count = sizeof...(Names);
        char const* const names[count + 1]{Names.data()...};
        bool const valid[count + 1]{is_identifier(Names)...};
        char const* const defaults[sizeof...(Kwargs) + 1]{keyword_of<Kwargs>()...};
        bool used[sizeof...(Kwargs) + 1]{};
        auto const fail = [&d](mistake what, std::size_t where) {
            if (d.error.what == mistake::none) d.error = {what, where};
        };
        std::size_t n = 0;
        bool slash = false;
        bool star = false;
        bool seen_default = false;
        for (std::size_t i = 0; i != count; ++i) {
            if (same_characters(names[i], "/")) {
                if (n == 0 && !star) fail(mistake::slash_first, i);
                if (slash) fail(mistake::slash_twice, i);
                if (star) fail(mistake::slash_after_star, i);
                slash = true;
                for (std::size_t k = 0; k != n; ++k) d.parameters.entries[k].kind = parameter::POSITIONAL_ONLY;
                continue;
            }
            if (same_characters(names[i], "*")) {
                if (star) fail(mistake::star_twice, i);
                if (i + 1 == count) fail(mistake::star_last, i);
                star = true;
                continue;
            }
            if (!valid[i]) fail(mistake::not_a_name, i);
            for (std::size_t k = 0; k != n; ++k) {
                if (same_characters(names[i], d.parameters.entries[k].name)) fail(mistake::duplicate_parameter, i);
            }
            d.origin[n] = i;
            parameter& p = d.parameters.entries[n++];
            p.name = names[i];
            p.kind = star ? parameter::KEYWORD_ONLY : parameter::POSITIONAL_OR_KEYWORD;
            if (!star) ++d.positional;
            for (std::size_t k = 0; k != sizeof...(Kwargs); ++k) {
                if (!same_characters(names[i], defaults[k])) continue;
                if (p.has_default) fail(mistake::duplicate_default, i);
                p.has_default = used[k] = true;
            }
            if (!star && seen_default && !p.has_default) fail(mistake::non_default_after_default, i);
            seen_default = seen_default || p.has_default;
        }
        for (std::size_t k = 0; k != sizeof...(Kwargs); ++k) {
            if (!used[k]) fail(mistake::unknown_default, k);
        }
        return d;
    }
};

// ---- calls ------------------------------------------------------------------------------------------------------------

/// Which argument each parameter gets; `from_default` for its default.
template <std::size_t N>
struct binding {
    static constexpr std::size_t from_default = static_cast<std::size_t>(-1);

    std::size_t source[N + 1]{};
    std::size_t positional = 0;  // arguments given by position
    bool direct = false;         // every parameter is given, by position
    unsigned long long shape = 0;
    finding error{};
};

template <std::size_t N, class... A>
[[nodiscard]] consteval binding<N> bind_names(definition<N> const& d) noexcept {
    constexpr std::size_t count = sizeof...(A);
    char const* const keywords[count + 1]{keyword_of<A>()...};
    // g++ 12 with -fsanitize=undefined: `keywords[j] != nullptr` is no constant
    bool const named[count + 1]{Kwarg<A>...};
    constexpr std::size_t unbound = static_cast<std::size_t>(-2);
    binding<N> b;
    auto const fail = [&b](mistake what, std::size_t where) {
        if (b.error.what == mistake::none) b.error = {what, where};
    };
    for (std::size_t& s : b.source) s = unbound;

    while (b.positional != count && !named[b.positional]) ++b.positional;
    for (std::size_t j = b.positional; j != count; ++j) {
        if (!named[j]) {
            fail(mistake::positional_after_keyword, j);
            return b;
        }
        for (std::size_t k = b.positional; k != j; ++k) {
            if (same_characters(keywords[j], keywords[k])) fail(mistake::keyword_repeated, j);
        }
    }
    for (std::size_t j = 0; j != b.positional && j != d.positional; ++j) b.source[j] = j;

    // The shape tells calls apart as CPython's lru_cache does: how many arguments came by position, then which keywords in
    // which order. Digits 1 .. N+1 in base N+2, so that no two calls of a function share one.
    b.shape = b.positional + 1;
    for (std::size_t j = b.positional; j != count; ++j) {
        std::size_t i = 0;
        while (i != N && !same_characters(keywords[j], d.parameters[i].name)) ++i;
        if (i == N) {
            fail(mistake::unknown_keyword, j);
        } else if (d.parameters[i].kind == parameter::POSITIONAL_ONLY) {
            fail(mistake::positional_only_as_keyword, j);
        } else if (b.source[i] != unbound) {
            fail(mistake::multiple_values, j);
        } else {
            b.source[i] = j;
        }
        b.shape = b.shape * (N + 2) + i + 1;
    }
    if (b.positional > d.positional) fail(mistake::too_many, d.positional);
    for (std::size_t i = 0; i != N; ++i) {
        if (b.source[i] != unbound) continue;
        b.source[i] = binding<N>::from_default;
        if (d.parameters[i].has_default) continue;
        fail(d.parameters[i].kind == parameter::KEYWORD_ONLY ? mistake::missing_keyword_only : mistake::missing, i);
    }
    b.direct = b.positional == N && count == N;
    return b;
}

/// The value of an argument: what a keyword argument names, or the argument itself. A keyword argument that is an lvalue,
/// because a decorator means to pass it on twice, gives an lvalue.
template <class A>
constexpr decltype(auto) argument_value(A&& a) noexcept {
    if constexpr (!Kwarg<A>) {
        return static_cast<A&&>(a);
    } else if constexpr (std::is_lvalue_reference_v<A>) {
        auto& value = a.value;  // g++ 12 takes (a.value) for an rvalue where the member is an rvalue reference
        return static_cast<decltype(value)>(value);
    } else {
        return static_cast<typename std::remove_cvref_t<A>::type&&>(a.value);
    }
}

}  // namespace detail

namespace detail {

/// Names and defaults together: all that a call needs to know at compile time.
template <class Names, class Defaults>
struct named_parameters;
template <class Names, class... Kwargs>
struct named_parameters<Names, keyword_values<Kwargs...>> {
    static constexpr std::size_t size = Names::size;
    static constexpr definition<size> defined = Names::template define<Kwargs...>();

    template <std::size_t I>
    static constexpr auto name = Names::template at<defined.origin[I]>;

    static constexpr void check() noexcept {
        constexpr finding error = defined.error;
        if constexpr (error.what == mistake::unknown_default) {
            explain<error.what, nth<error.where, Kwargs...>::name>();
        } else if constexpr (error.what != mistake::none) {
            explain<error.what, Names::template at<error.where>>();
        }
    }

    template <class... P>
    static constexpr void check_types(types<P...>) noexcept {
        static_assert(sizeof...(P) == size, "amphis: def needs one name for each parameter of its function");
        if constexpr (sizeof...(P) == size) {
            (check_default<Kwargs, P...>(std::make_index_sequence<size>{}), ...);
        }
    }

private:
    template <class Default, class... P, std::size_t... I>
    static constexpr void check_default(std::index_sequence<I...>) noexcept {
        using T = typename Default::type;
        constexpr bool fits = ((!same_name(Default::name, name<I>) || std::is_convertible_v<T&, P> ||
                                std::is_convertible_v<T const&, P>) &&
                               ...);
        if constexpr (!fits) (void)sizeof(default_does_not_convert<Default::name>);
    }
};

/// What calling Fn with the values of the list comes to.
template <class Fn, class Self, class Values>
struct outcome {
    static constexpr bool accepted = false;
};
template <class Fn, class Self, class... V>
    requires std::is_invocable_v<Fn, V...>
struct outcome<Fn, Self, types<V...>> {
    static constexpr bool accepted = true;
    static constexpr bool takes_itself = false;
    static constexpr bool nothrow = std::is_nothrow_invocable_v<Fn, V...>;
    using result = std::invoke_result_t<Fn, V...>;
};
// One parameter more than there are names: the function takes itself first, [](auto& self, int n) -> long.
template <class Fn, class Self, class... V>
    requires(!std::is_invocable_v<Fn, V...> && std::is_invocable_v<Fn, Self, V...>)
struct outcome<Fn, Self, types<V...>> {
    static constexpr bool accepted = true;
    static constexpr bool takes_itself = true;
    static constexpr bool nothrow = std::is_nothrow_invocable_v<Fn, Self, V...>;
    using result = std::invoke_result_t<Fn, Self, V...>;
};

template <class F, class... A>
struct call_binding {
    using parameters = typename F::parameters_type;
    static constexpr binding<parameters::size> bound = bind_names<parameters::size, A...>(parameters::defined);
    static constexpr bool correct = bound.error.what == mistake::none;

    static constexpr void explain_call() noexcept {
        constexpr finding error = bound.error;
        if constexpr (error.what == mistake::missing || error.what == mistake::missing_keyword_only) {
            explain<error.what, parameters::template name<error.where>>();
        } else if constexpr (error.what == mistake::too_many) {
            explain<error.what, "">();
        } else if constexpr (error.what == mistake::positional_after_keyword) {
            explain<error.what, std::remove_cvref_t<nth<error.where - 1, A...>>::name>();
        } else if constexpr (error.what != mistake::none) {
            explain<error.what, std::remove_cvref_t<nth<error.where, A...>>::name>();
        }
    }
};

/// How the call of an F (const or not) goes. Where the binding is wrong there is no plan.
template <class F, class... A>
struct call_plan {
    static constexpr bool accepted = false;
};
template <class F, class... A>
    requires call_binding<F, A...>::correct
struct call_plan<F, A...> : call_binding<F, A...> {
    using typename call_binding<F, A...>::parameters;
    using call_binding<F, A...>::bound;
    using indices = std::make_index_sequence<parameters::size>;

    /// The value for the I-th parameter, from the arguments or the defaults.
    template <std::size_t I>
    static constexpr decltype(auto) value([[maybe_unused]] F& f,
                                          [[maybe_unused]] slots<A...> const& arguments) noexcept {
        if constexpr (bound.source[I] == binding<parameters::size>::from_default) {
            return (kwarg_named<parameters::template name<I>>(f.defaults()).value);
        } else {
            return argument_value(slot_value<bound.source[I]>(arguments));
        }
    }

    template <std::size_t... I>
    static auto list(std::index_sequence<I...>)
        -> types<decltype(value<I>(std::declval<F&>(), std::declval<slots<A...> const&>()))...>;
    using values = decltype(list(indices{}));
    using called = outcome<decltype(std::declval<F&>().body()), F&, values>;
    static constexpr bool accepted = called::accepted;

    template <std::size_t... I>
    static constexpr decltype(auto) run(F& f, slots<A...> const& arguments, std::index_sequence<I...>) {
        if constexpr (called::takes_itself) {
            return call(f.body(), f, value<I>(f, arguments)...);
        } else {
            return call(f.body(), value<I>(f, arguments)...);
        }
    }
};

}  // namespace detail
}  // namespace amphis::inline v0

#endif  // AMPHIS_LANG_FUNCTION_ARGUMENTS_HPP
