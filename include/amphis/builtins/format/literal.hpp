// SPDX-License-Identifier: MIT
// format/literal: "{:>8} {x:.2f}"_f(a, "x"_k = b): str.format and f-strings, read and checked by the compiler.
// Python: docs.python.org/3/library/string.html#format-string-syntax
#ifndef AMPHIS_BUILTINS_FORMAT_LITERAL_HPP
#define AMPHIS_BUILTINS_FORMAT_LITERAL_HPP

#include <amphis/builtins/format/access.hpp>
#include <amphis/builtins/format/spec.hpp>
#include <amphis/builtins/format/template.hpp>
#include <amphis/builtins/format/value.hpp>
#include <amphis/config.hpp>
#include <amphis/detail/keyword.hpp>
#include <amphis/detail/text.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <type_traits>
#include <utility>

namespace amphis::inline v0 {
namespace detail {

// ---- the sentences of compile errors; one is false

/// Error in Text at the character At.
template <template_error Error, fixed_string Text, std::size_t At>
consteval void report_template() noexcept {
    using enum template_error;
    static_assert(Error != lone_open, "amphis: format string: '{' without '}'; a brace is written '{{'");
    static_assert(Error != lone_close, "amphis: format string: '}' without '{'; a brace is written '}}'");
    static_assert(Error != open_in_name, "amphis: format string: '{' in the name of a field");
    static_assert(Error != field_not_closed, "amphis: format string: a field has no '}'");
    static_assert(Error != conversion_missing, "amphis: format string: the conversion after '!' is missing");
    static_assert(Error != conversion_unknown, "amphis: format string: unknown conversion; there are !r, !s and !a");
    static_assert(Error != colon_missing, "amphis: format string: ':' or '}' must follow the conversion");
    static_assert(Error != spec_not_closed, "amphis: format string: a field has no '}' after its ':' or '!'");
    static_assert(Error != attribute_empty,
                  "amphis: format string: nothing follows '.', or nothing is between '[' and ']'");
    static_assert(Error != bracket_not_closed, "amphis: format string: '[' without ']'");
    static_assert(Error != after_bracket, "amphis: format string: only '.' or '[' may follow ']' in a field");
    static_assert(Error != too_many_digits, "amphis: format string: the number of an argument has too many digits");
    static_assert(Error != automatic_to_manual,
                  "amphis: format string: {} and {0} are mixed; number all fields or none");
    static_assert(Error != manual_to_automatic,
                  "amphis: format string: {0} and {} are mixed; number all fields or none");
    static_assert(Error != nested_too_deep,
                  "amphis: format string: a field inside a spec cannot have fields in its own spec");
}

/// Error in Spec for a value of Kind.
template <spec_error Error, format_kind Kind, fixed_string Spec>
consteval void report_spec() noexcept {
    using enum spec_error;
    constexpr bool unknown = Error == unknown_type;
    constexpr bool number = Kind == format_kind::integer || Kind == format_kind::boolean;
    static_assert(Error != invalid,
                  "amphis: format spec: it must be [[fill]align][sign][z][#][0][width][,_][.precision][type]");
    static_assert(Error != too_many_digits, "amphis: format spec: width or precision has too many digits");
    static_assert(Error != no_precision, "amphis: format spec: the precision after '.' is missing");
    static_assert(Error != comma_and_underscore, "amphis: format spec: ',' and '_' cannot be given both");
    static_assert(Error != grouping_with_type,
                  "amphis: format spec: ',' and '_' do not go with this type; ',' groups d e f g %, '_' also b o x");
    static_assert(!(unknown && number),
                  "amphis: format spec: unknown type for an int; there are b c d o x X n and e E f F g G %");
    static_assert(!(unknown && Kind == format_kind::floating),
                  "amphis: format spec: unknown type for a float; there are e E f F g G n %");
    static_assert(!(unknown && Kind == format_kind::complex),
                  "amphis: format spec: unknown type for a complex; there are e E f F g G n");
    static_assert(!(unknown && Kind == format_kind::string), "amphis: format spec: unknown type for a str; there is s");
    static_assert(Error != precision_with_int,
                  "amphis: format spec: an int has no precision, unless its type is e f g %");
    static_assert(Error != precision_too_big, "amphis: format spec: the precision is too big");
    static_assert(Error != negative_zero_with_int, "amphis: format spec: 'z' is for floats");
    static_assert(Error != sign_with_char, "amphis: format spec: the type c has no sign");
    static_assert(Error != alternate_with_char, "amphis: format spec: '#' does not go with the type c");
    static_assert(Error != sign_with_str && Error != space_with_str, "amphis: format spec: a str has no sign");
    static_assert(Error != negative_zero_with_str, "amphis: format spec: 'z' is for floats, not for a str");
    static_assert(Error != alternate_with_str, "amphis: format spec: '#' is for numbers, not for a str");
    static_assert(Error != equals_with_str, "amphis: format spec: '=' alignment is for numbers, not for a str");
    static_assert(Error != zeros_with_complex, "amphis: format spec: a complex is not filled with zeros");
    static_assert(Error != equals_with_complex, "amphis: format spec: '=' alignment is not for a complex");
    static_assert(Error != not_supported,
                  "amphis: format spec: a value of this type takes no format spec; give the type a member "
                  "`std::string format(std::string_view spec) const`, or format its str or repr: {!s:>10}");
}

/// An argument is missing.
template <call_error Error, fixed_string Text, std::size_t At>
consteval void report_call() noexcept {
    static_assert(Error != call_error::no_position, "amphis: format string: too few positional arguments are given");
    static_assert(Error != call_error::no_name,
                  "amphis: format string: no argument named in the format is given; name it \"x\"_k = value");
}

// ---- a format string, read once

template <fixed_string Text>
consteval std::size_t count_braces() noexcept {
    std::size_t n = 0;
    for (char const c : Text.value) n += c == '{' || c == '}' ? 1 : 0;
    return n;
}

/// The pieces of Text[Begin, Begin + Size), the first {} of which is argument number Automatic.
template <fixed_string Text, std::size_t Begin, std::size_t Size, std::ptrdiff_t Automatic, int Depth>
struct template_plan {
    struct reading {
        std::size_t count = 0;
        template_error error = template_error::none;
        std::size_t at = 0;  // of the error
        template_piece pieces[count_braces<Text>() + 1]{};
    };
    static consteval reading read() noexcept {
        reading result;
        template_scanner scan;
        scan.s = Text.data();
        scan.at = Begin;
        scan.end = Begin + Size;
        scan.automatic = Automatic;
        scan.depth = Depth;
        scan.whole = true;
        while (scan.at != scan.end && result.error == template_error::none) {
            result.at = scan.at;
            result.error = scan.next(result.pieces[result.count]);
            ++result.count;
        }
        return result;
    }
    static constexpr reading facts = read();
    static constexpr bool valid = facts.error == template_error::none;
};

template <fixed_string Text>
using whole_plan = template_plan<Text, 0, Text.size(), 0, 2>;

// ---- a format string with the types of its arguments

/// Types whose spec cannot be checked by their type alone: those with a format of their own, and those that stand for another.
template <class T>
consteval bool spec_is_static() noexcept {
    return !OwnFormat<T> && !(stands_for_another<T> && !OwnStr<T>);
}

/// What is done for one piece. The table of a call is data that one function per type of argument reads: another format string
/// costs its table and a few calls. A function for each field was no faster, and took twice the time to compile: 12 ms instead
/// of 6 for a string with three fields.
struct format_op {
    std::uint32_t literal = 0;
    std::uint32_t literal_size = 0;
    std::uint32_t text = 0;  // the spec as text
    std::uint32_t text_size = 0;
    std::uint32_t argument = 0;
    bool field = false;
    bool special = false;  // a conversion, a path, a spec with fields, {x=}: compiled for itself
    format_spec spec;      // parsed, where the type says how
};

template <class Plan, fixed_string Text, class... A>
struct literal_call {
    using Facts = argument_facts<A...>;
    struct table {
        call_error error = call_error::none;
        spec_error wrong = spec_error::none;
        format_kind kind = format_kind::other;  // of the argument with the wrong spec
        std::size_t at = 0;                     // the piece with the error
        format_op ops[Plan::facts.count != 0 ? Plan::facts.count : 1]{};
    };
    static consteval table make() noexcept {
        constexpr format_kind kinds[] = {format_kind_of<argument_type<A>>()..., format_kind::other};
        constexpr bool checked[] = {spec_is_static<argument_type<A>>()..., false};
        table result;
        for (; result.at != Plan::facts.count; ++result.at) {
            template_piece const& piece = Plan::facts.pieces[result.at];
            format_op& op = result.ops[result.at];
            op.literal = static_cast<std::uint32_t>(piece.literal);
            op.literal_size = static_cast<std::uint32_t>(piece.literal_size);
            op.argument = static_cast<std::uint32_t>(Facts::count);
            op.field = piece.field;
            if (!piece.field) continue;
            op.text = static_cast<std::uint32_t>(piece.spec);
            op.text_size = static_cast<std::uint32_t>(piece.spec_size);
            op.special = piece.conversion != 0 || piece.path_size != 0 || piece.nested || piece.shown_size != 0;
            if (piece.index < 0) {
                op.argument = static_cast<std::uint32_t>(Facts::find({Text.data() + piece.name, piece.name_size}));
                if (op.argument == Facts::count) result.error = call_error::no_name;
            } else if (static_cast<std::size_t>(piece.index) < Facts::positional()) {
                op.argument = static_cast<std::uint32_t>(piece.index);
            } else {
                result.error = call_error::no_position;
            }
            if (result.error != call_error::none) break;
            if (!op.special && op.text_size != 0 && checked[op.argument]) {
                result.kind = kinds[op.argument];
                result.wrong = read_spec({Text.data() + op.text, op.text_size}, result.kind, op.spec);
                if (result.wrong != spec_error::none) break;
            }
        }
        return result;
    }
    static constexpr table facts = make();
};

// ---- rendering

/// Show a value as a spec says that is not in the table.
template <fixed_string Text, std::size_t First, std::size_t Size, class T>
void put_static(text& out, T const& value) {
    constexpr format_kind kind = format_kind_of<T>();
    constexpr spec_error wrong = [] {
        format_spec ignored;
        return spec_is_static<T>() ? read_spec({Text.data() + First, Size}, kind, ignored) : spec_error::none;
    }();
    if constexpr (wrong == spec_error::none) {
        format_value(out, value, {Text.data() + First, Size});
    } else {
        report_spec<wrong, kind, part_of<Text, First, Size>()>();
    }
}

/// Call `show` with what the path Text[At, End) leads to from `value`.
template <fixed_string Text, std::size_t At, std::size_t End, class T, class Show>
void follow(T const& value, Show const& show) {
    if constexpr (At == End) {
        show(value);
    } else {
        struct stepped {
            path_step step;
            std::size_t next = At;
        };
        constexpr stepped to = [] {
            stepped result;
            static_cast<void>(next_step(Text.data(), result.next, End, result.step));
            return result;
        }();
        constexpr auto name = part_of<Text, to.step.name, to.step.name_size>();
        if constexpr (to.step.attribute) {
            follow<Text, to.next, End>(attribute_of<name>(value), show);
        } else {
            follow<Text, to.next, End>(item_of<name, to.step.index>(value), show);
        }
    }
}

template <class Plan, fixed_string Text, class... A>
void put_all(text& out, call_arguments<A...> const& arguments);

struct simple_field {
    template <class T>
    static void put(text& out, char const* s, format_op const& op, T const& value, void const*) {
        if (op.literal_size != 0) out.append(s + op.literal, op.literal_size);
        if (!op.field) return;
        if constexpr (!spec_is_static<T>()) {
            format_value(out, value, {s + op.text, op.text_size});
        } else {
            if (op.text_size == 0) return str_item(out, value);
            if constexpr (CharacterPointer<T>) {
                if (value == nullptr) throw_spec_error(spec_error::not_supported, {}, {}, "NoneType");
            }
            if constexpr (format_kind_of<T>() != format_kind::other) put_value(out, op.spec, value);
        }
    }
};

template <class Plan, std::size_t I, fixed_string Text, class... A>
struct special_field {
    template <class T>
    static void put(text& out, char const* s, format_op const& op, T const& argument, void const* arguments) {
        constexpr template_piece piece = Plan::facts.pieces[I];
        constexpr bool repr_shown = piece.shown_size != 0 && piece.spec_size == 0 && piece.conversion == 0;
        constexpr char32_t conversion = repr_shown ? U'r' : piece.conversion;
        out.append(s + op.literal, op.literal_size);
        out.append(s + piece.shown, piece.shown_size);
        follow<Text, piece.path, piece.path + piece.path_size>(argument, [&](auto const& value) {
            if constexpr (piece.nested) {
                text spec;
                using Inner = template_plan<Text, piece.spec, piece.spec_size, piece.automatic, 1>;
                put_all<Inner, Text, A...>(spec, *static_cast<call_arguments<A...> const*>(arguments));
                if constexpr (conversion == 0) {
                    format_value(out, value, spec.view());
                } else {
                    text converted;
                    convert_to<conversion>(converted, value);
                    format_value(out, converted.view(), spec.view());
                }
            } else if constexpr (conversion == 0) {
                put_static<Text, piece.spec, piece.spec_size>(out, value);
            } else if constexpr (piece.spec_size == 0) {
                convert_to<conversion>(out, value);
            } else {
                text converted;
                convert_to<conversion>(converted, value);
                put_static<Text, piece.spec, piece.spec_size>(out, converted.view());
            }
        });
    }
};

template <class Plan, fixed_string Text, class... A, std::size_t... I>
void put_pieces(text& out, call_arguments<A...> const& arguments, std::index_sequence<I...>) {
    constexpr auto& ops = literal_call<Plan, Text, A...>::facts.ops;
    (std::conditional_t<ops[I].special, special_field<Plan, I, Text, A...>, simple_field>::put(
         out, Text.data(), ops[I], pick<ops[I].argument>(arguments), &arguments),
     ...);
}

template <class Plan, fixed_string Text, class... A>
void put_all([[maybe_unused]] text& out, [[maybe_unused]] call_arguments<A...> const& arguments) {
    using Call = literal_call<Plan, Text, A...>;
    if constexpr (Call::facts.error != call_error::none) {
        report_call<Call::facts.error, Text, Call::facts.at>();
    } else if constexpr (Call::facts.wrong != spec_error::none) {
        constexpr format_op op = Call::facts.ops[Call::facts.at];
        report_spec<Call::facts.wrong, Call::facts.kind, part_of<Text, op.text, op.text_size>()>();
    } else if constexpr (Plan::facts.count != 0) {
        put_pieces<Plan, Text, A...>(out, arguments, std::make_index_sequence<Plan::facts.count>{});
    }
}

/// A format string that waits for its arguments.
template <fixed_string Text>
struct format_literal {
    template <class... A>
    [[nodiscard]] std::string operator()(A const&... args) const {
        using Facts = argument_facts<A...>;
        static_assert(Facts::positional_first(),
                      "amphis: format string: a positional argument follows a keyword argument");
        static_assert(Facts::names_differ(), "amphis: format string: a keyword argument is repeated");
        text out;
        if constexpr (whole_plan<Text>::valid && Facts::positional_first() && Facts::names_differ()) {
            put_all<whole_plan<Text>, Text, A...>(out, call_arguments<A...>{{detail::unnamed(args)}..., {0}});
        }
        return std::string(out.data(), out.size());
    }
};

}  // namespace detail

inline namespace literals {

/// A format string as str.format and f-strings have it, read and checked by the compiler.
///
///     "{:>8}|{:.4f}"_f("py", 3.14159);              //       py|3.1416
///     "{n:#x} {n!r:>5}"_f("n"_k = 255);             // 0xff   255
///     "{:{w}.{p}f}"_f(2.5, "w"_k = 8, "p"_k = 2);   //     2.50
///     "{0[1]} {x=}"_f(list, "x"_k = 1.5);           // 2 x=1.5
///
/// args      by position, then by keyword, "x"_k = value; those that no field names are not used.
/// Returns   a std::string.
/// Raises    ValueError for a spec with fields in it that does not suit its value; IndexError and KeyError from {0[1]}; whatever
///           a value's own str, repr or format raises. All else that is wrong does not compile.
/// Cost      the string and its specs are read at compile time; at run time each piece is rendered into one buffer whose first
///           256 bytes are on the stack, then one std::string is made.
/// Differs   {x=} is an f-string's, and works here too. {x.y} needs a member template getattr<"y">() in x.
/// Source    Objects/stringlib/unicode_format.h (CPython 3.11).
template <fixed_string Text>
[[nodiscard]] consteval detail::format_literal<Text> operator""_f() noexcept {
    using Plan = detail::whole_plan<Text>;
    if constexpr (!Plan::valid) detail::report_template<Plan::facts.error, Text, Plan::facts.at>();
    return {};
}

}  // namespace literals
}  // namespace amphis::inline v0

#endif  // AMPHIS_BUILTINS_FORMAT_LITERAL_HPP
