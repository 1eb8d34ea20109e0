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
    static_assert(Error != attribute_empty, "amphis: format string: nothing follows '.', or nothing is between '[' and ']'");
    static_assert(Error != bracket_not_closed, "amphis: format string: '[' without ']'");
    static_assert(Error != after_bracket, "amphis: format string: only '.' or '[' may follow ']' in a field");
    static_assert(Error != too_many_digits, "amphis: format string: the number of an argument has too many digits");
    static_assert(Error != automatic_to_manual, "amphis: format string: {} and {0} are mixed; number all fields or none");
    static_assert(Error != manual_to_automatic, "amphis: format string: {0} and {} are mixed; number all fields or none");
    static_assert(Error != nested_too_deep, "amphis: format string: a field inside a spec cannot have fields in its own spec");
}

/// Error in Spec for a value of Kind.
template <spec_error Error, format_kind Kind, fixed_string Spec>
consteval void report_spec() noexcept {
    using enum spec_error;
    constexpr bool unknown = Error == unknown_type;
    constexpr bool number = Kind == format_kind::integer || Kind == format_kind::boolean;
    static_assert(Error != invalid, "amphis: format spec: it must be [[fill]align][sign][z][#][0][width][,_][.precision][type]");
    static_assert(Error != too_many_digits, "amphis: format spec: width or precision has too many digits");
    static_assert(Error != no_precision, "amphis: format spec: the precision after '.' is missing");
    static_assert(Error != comma_and_underscore, "amphis: format spec: ',' and '_' cannot be given both");
    static_assert(Error != grouping_with_type, "amphis: format spec: ',' and '_' do not go with this type; ',' groups d e f g %, '_' also b o x");
    static_assert(!(unknown && number), "amphis: format spec: unknown type for an int; there are b c d o x X n and e E f F g G %");
    static_assert(!(unknown && Kind == format_kind::floating), "amphis: format spec: unknown type for a float; there are e E f F g G n %");
    static_assert(!(unknown && Kind == format_kind::complex), "amphis: format spec: unknown type for a complex; there are e E f F g G n");
    static_assert(!(unknown && Kind == format_kind::string), "amphis: format spec: unknown type for a str; there is s");
    static_assert(Error != precision_with_int, "amphis: format spec: an int has no precision, unless its type is e f g %");
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
    static_assert(Error != not_supported, "amphis: format spec: a value of this type takes no format spec; give the type a member "
                                          "`std::string format(std::string_view spec) const`, or format its str or repr: {!s:>10}");
}

// ---- a format string, read

/// The pieces of Text[Begin, Begin + Size), the first {} of which is argument number Automatic.
template <fixed_string Text, std::size_t Begin, std::size_t Size, std::ptrdiff_t Automatic, int Depth>
struct template_plan {
    static consteval template_scanner scanner() noexcept {
        template_scanner scan;
        scan.s = Text.data();
        scan.at = Begin;
        scan.end = Begin + Size;
        scan.automatic = Automatic;
        scan.depth = Depth;
        scan.whole = true;
        return scan;
    }

    struct reading {
        std::size_t count = 0;
        template_error error = template_error::none;
        std::size_t at = 0;
    };
    static consteval reading read() noexcept {
        reading result;
        template_scanner scan = scanner();
        template_piece piece;
        while (scan.at != scan.end) {
            result.at = scan.at;
            result.error = scan.next(piece);
            if (result.error != template_error::none) break;
            ++result.count;
        }
        return result;
    }
    static constexpr reading facts = read();
    static constexpr bool valid = facts.error == template_error::none;

    struct list {
        template_piece all[facts.count + 1];
    };
    static consteval list collect() noexcept {
        list result{};
        template_scanner scan = scanner();
        for (std::size_t i = 0; i != facts.count; ++i) static_cast<void>(scan.next(result.all[i]));
        return result;
    }
    static constexpr list pieces = collect();
};

template <fixed_string Text>
using whole_plan = template_plan<Text, 0, Text.size(), 0, 2>;

// ---- rendering

template <class T>
consteval bool spec_is_static() noexcept {
    return !OwnFormat<T> && !(stands_for_another<T> && !OwnStr<T>);
}

/// Text[First, First + Size) as a spec for a T, checked.
template <fixed_string Text, std::size_t First, std::size_t Size, class T>
struct static_spec {
    struct reading {
        format_spec spec;
        spec_error error = spec_error::none;
    };
    static consteval reading read() noexcept {
        reading result;
        result.error = read_spec({Text.data() + First, Size}, format_kind_of<T>(), result.spec);
        return result;
    }
    static constexpr reading facts = read();
};

/// Show a value as a spec says that is known at compile time.
template <fixed_string Text, std::size_t First, std::size_t Size, class T>
void put_static(text& out, T const& value) {
    if constexpr (Size == 0 && !OwnFormat<T>) {
        str_item(out, value);
    } else if constexpr (!spec_is_static<T>()) {
        format_value(out, value, {Text.data() + First, Size});
    } else {
        using parsed = static_spec<Text, First, Size, T>;
        if constexpr (parsed::facts.error != spec_error::none) {
            report_spec<parsed::facts.error, format_kind_of<T>(), part_of<Text, First, Size>()>();
        } else {
            if constexpr (CharacterPointer<T>) {
                if (value == nullptr) throw_spec_error(spec_error::not_supported, {}, {}, "NoneType");
            }
            put_value(out, parsed::facts.spec, value);
        }
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

template <class Plan, fixed_string Text, class Facts, class Arguments>
void put_pieces(text& out, Arguments const& arguments);

template <fixed_string Text, class Facts>
consteval std::size_t argument_index(template_piece const& piece) noexcept {
    if (piece.index < 0) return Facts::find({Text.data() + piece.name, piece.name_size});
    auto const index = static_cast<std::size_t>(piece.index);
    return index < Facts::positional() ? index : Facts::count;
}

template <class Plan, std::size_t I, fixed_string Text, class Facts, class Arguments>
void put_piece(text& out, Arguments const& arguments) {
    constexpr template_piece piece = Plan::pieces.all[I];
    if constexpr (piece.literal_size != 0) out.append(Text.data() + piece.literal, piece.literal_size);
    if constexpr (piece.field) {
        constexpr std::size_t argument = argument_index<Text, Facts>(piece);
        constexpr bool found = argument != Facts::count;
        static_assert(found || piece.index < 0, "amphis: format string: too few positional arguments are given");
        static_assert(found || piece.index >= 0, "amphis: format string: no argument named in the format is given; name it \"x\"_k = value");
        if constexpr (found) {
            if constexpr (piece.shown_size != 0) out.append(Text.data() + piece.shown, piece.shown_size);
            auto const show = [&]<class T>(T const& value) {
                constexpr bool repr_shown = piece.shown_size != 0 && piece.spec_size == 0 && piece.conversion == 0;
                if constexpr (piece.nested) {
                    text spec;
                    using Inner = template_plan<Text, piece.spec, piece.spec_size, piece.automatic, 1>;
                    put_pieces<Inner, Text, Facts>(spec, arguments);
                    if constexpr (piece.conversion == 0) {
                        format_value(out, value, spec.view());
                    } else {
                        text converted;
                        convert_to<piece.conversion>(converted, value);
                        format_value(out, converted.view(), spec.view());
                    }
                } else if constexpr (piece.conversion == 0 && !repr_shown) {
                    put_static<Text, piece.spec, piece.spec_size>(out, value);
                } else if constexpr (piece.spec_size == 0) {
                    convert_to<repr_shown ? U'r' : piece.conversion>(out, value);
                } else {
                    text converted;
                    convert_to<piece.conversion>(converted, value);
                    put_static<Text, piece.spec, piece.spec_size>(out, converted.view());
                }
            };
            follow<Text, piece.path, piece.path + piece.path_size>(pick<argument>(arguments), show);
        }
    }
}

template <class Plan, fixed_string Text, class Facts, class Arguments>
void put_pieces([[maybe_unused]] text& out, [[maybe_unused]] Arguments const& arguments) {
    [&]<std::size_t... I>(std::index_sequence<I...>) {
        (put_piece<Plan, I, Text, Facts>(out, arguments), ...);
    }(std::make_index_sequence<Plan::facts.count>{});
}

/// A format string that waits for its arguments.
template <fixed_string Text>
struct format_literal {
    template <class... A>
    [[nodiscard]] std::string operator()(A const&... args) const {
        using Facts = argument_facts<A...>;
        static_assert(Facts::positional_first(), "amphis: format string: a positional argument follows a keyword argument");
        static_assert(Facts::names_differ(), "amphis: format string: a keyword argument is repeated");
        text out;
        if constexpr (whole_plan<Text>::valid && Facts::positional_first() && Facts::names_differ()) {
            using Arguments = format_argument_list<std::index_sequence_for<A...>, std::remove_cvref_t<decltype(unnamed(args))>...>;
            put_pieces<whole_plan<Text>, Text, Facts>(out, Arguments{{unnamed(args)}...});
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
