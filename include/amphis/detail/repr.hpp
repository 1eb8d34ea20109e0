// SPDX-License-Identifier: MIT
// repr: how numbers, characters and strings print; CPython's repr and str to the character.
// Used by: builtins.hpp, contextlib.hpp, detail/iteration.hpp, detail/truth.hpp, enum.hpp, functools.hpp, io.hpp,
//          lang/descriptor.hpp, lang/exceptions.hpp, os.hpp, time.hpp, traceback.hpp, tracemalloc.hpp
#ifndef AMPHIS_DETAIL_REPR_HPP
#define AMPHIS_DETAIL_REPR_HPP

#include <amphis/config.hpp>
#include <amphis/detail/printable.hpp>
#include <amphis/detail/text.hpp>
#include <amphis/detail/utf8.hpp>

#include <charconv>
#include <cstddef>
#include <cstring>
#include <type_traits>

#pragma push_macro("None")
#undef None

namespace amphis::inline v0 {

/// The type of `None`.
struct none_t {
    explicit none_t() noexcept = default;
    [[nodiscard]] friend constexpr bool operator==(none_t, none_t) noexcept { return true; }
};

/// Python's None: prints as `None`.
inline constexpr none_t None = none_t();

namespace detail {

#if defined(__SIZEOF_INT128__)
__extension__ using int128 = __int128;
__extension__ using uint128 = unsigned __int128;
#else
using int128 = long long;
using uint128 = unsigned long long;
#endif

template <class T, class... Options>
inline constexpr bool is_one_of = (std::is_same_v<T, Options> || ...);

template <class T>
concept Character = is_one_of<T, char, wchar_t, char8_t, char16_t, char32_t>;
/// What prints as an int: signed char and unsigned char too, char and bool not.
template <class T>
concept Integer = (std::is_integral_v<T> && !Character<T> && !std::is_same_v<T, bool>) || is_one_of<T, int128, uint128>;
template <class T>
concept Float = is_one_of<T, float, double, long double>;

/// A string of wide characters: std::u16string, std::wstring_view.
template <class T>
concept WideCharsLike = requires(T const& value) {
    requires Character<std::remove_cvref_t<decltype(*value.data())>> && !std::is_same_v<std::remove_cvref_t<decltype(*value.data())>, char>;
    static_cast<std::size_t>(value.size());
};
/// A container whose elements happen to be characters: std::vector<char> is a list, not a str.
template <class T>
concept CharacterContainer = requires(T& value) { value.emplace_back('\0'); } || requires(T& value) { value.fill('\0'); };
template <class T>
concept StrLike = std::is_same_v<T, chars> || ((CharsLike<T> || WideCharsLike<T>) && !CharacterContainer<T>);

template <class T>
concept CharacterPointer = std::is_pointer_v<T> && Character<std::remove_cv_t<std::remove_pointer_t<T>>>;
template <class T>
concept CharacterArray = std::is_array_v<T> && Character<std::remove_cv_t<std::remove_extent_t<T>>>;

/// What repr_to and str_to below print by themselves.
template <class T>
concept Primitive = Integer<T> || Float<T> || Character<T> || StrLike<T> || CharacterPointer<T> || CharacterArray<T> ||
                    is_one_of<T, bool, std::byte, std::nullptr_t, none_t>;

// ---- integers

/// The decimal digits of `value` before `last`; where they begin. There is room for 20.
inline char* digits_before(char* last, unsigned long long value) noexcept {
    static constexpr char pairs[] =
        "00010203040506070809101112131415161718192021222324252627282930313233343536373839404142434445464748495051525354555657585960616263646566"
        "676869707172737475767778798081828384858687888990919293949596979899";
    while (value >= 100) {
        last -= 2;
        std::memcpy(last, pairs + 2 * (value % 100), 2);
        value /= 100;
    }
    if (value >= 10) {
        last -= 2;
        std::memcpy(last, pairs + 2 * value, 2);
    } else {
        *--last = static_cast<char>('0' + value);
    }
    return last;
}

inline char* digits_before(char* last, uint128 value) noexcept {
    constexpr unsigned long long chunk = 10'000'000'000'000'000'000U;  // 10^19
    while (value > 0xFFFF'FFFF'FFFF'FFFFU) {
        char* const first = last - 19;
        last = digits_before(last, static_cast<unsigned long long>(value % chunk));
        while (last != first) *--last = '0';
        value /= chunk;
    }
    return digits_before(last, static_cast<unsigned long long>(value));
}

template <Integer T>
void integer_to(text& out, T value) {
    using Wide = std::conditional_t<(sizeof(T) > 8), uint128, unsigned long long>;
    char buffer[40];
    char* const last = buffer + sizeof(buffer);
    Wide magnitude = static_cast<Wide>(value);
    bool const negative = value < 0;
    if (negative) magnitude = Wide{0} - magnitude;
    char* first = digits_before(last, magnitude);
    if (negative) *--first = '-';
    out.append(first, static_cast<std::size_t>(last - first));
}

// ---- floats

/// Python's float repr of a shortest "d.ddde+XX".
inline void float_from_scientific(text& out, char const* first, char const* last) {
    if (*first == '-') {
        if (first[1] != 'n') out.push_back('-');  // nan has no sign
        ++first;
    }
    if (*first == 'n') return out.append("nan", 3);
    if (*first == 'i') return out.append("inf", 3);
    char const* e = first + 1;
    while (*e != 'e') ++e;
    char const* const fraction = e - first > 1 ? first + 2 : e;
    std::size_t const more = static_cast<std::size_t>(e - fraction);  // digits after the first
    std::size_t exponent = 0;
    for (char const* p = e + 2; p != last; ++p) exponent = exponent * 10 + static_cast<std::size_t>(*p - '0');
    if (e[1] == '-' && exponent != 0 && exponent <= 4) {
        out.append("0.0000", 1 + exponent);
        out.push_back(*first);
        out.append(fraction, more);
    } else if (e[1] == '+' && exponent < 16) {
        out.push_back(*first);
        if (more <= exponent) {
            out.append(fraction, more);
            out.append(exponent - more, '0');
            out.append(".0", 2);
        } else {
            out.append(fraction, exponent);
            out.push_back('.');
            out.append(fraction + exponent, more - exponent);
        }
    } else {
        out.append(first, static_cast<std::size_t>(last - first));  // std::to_chars writes exponents as Python does
    }
}

template <Float T>
void float_to(text& out, T value) {
    char buffer[64];
    auto const result = std::to_chars(buffer, buffer + sizeof(buffer), value, std::chars_format::scientific);
    float_from_scientific(out, buffer, result.ptr);
}

// ---- strings

/// Quotes as CPython chooses them: " only where the string has ' and no ".
[[nodiscard]] inline char quote_for(bool has_single, bool has_double) noexcept { return has_single && !has_double ? '"' : '\''; }

/// Writes one code point inside quotes: as it is, or escaped.
inline void escape_to(text& out, char32_t c, char quote) {
    if (c == static_cast<unsigned char>(quote) || c == U'\\') {
        out.push_back('\\');
        out.push_back(static_cast<char>(c));
    } else if (is_printable(c)) {
        char bytes[4];
        out.append(bytes, encode_utf8(c, bytes));
    } else if (c == U'\n' || c == U'\r' || c == U'\t') {
        out.append(c == U'\n' ? "\\n" : c == U'\r' ? "\\r" : "\\t", 2);
    } else {
        unsigned const digits = c <= 0xFF ? 2 : c <= 0xFFFF ? 4 : 8;
        char* to = out.extend(2 + digits);
        *to++ = '\\';
        *to++ = digits == 2 ? 'x' : digits == 4 ? 'u' : 'U';
        for (unsigned shift = 4 * digits; shift != 0;) {
            shift -= 4;
            *to++ = "0123456789abcdef"[c >> shift & 0xF];
        }
    }
}

/// repr of a str: 'it\n'. Bytes that are not UTF-8 print as Python prints the surrogates that stand for them: '\udcff'.
inline void repr_str_to(text& out, chars s) {
    char const* first = s.data;
    char const* const last = s.data + s.size;
    bool has_single = false;
    bool has_double = false;
    for (char const* p = first; p != last; ++p) {
        has_single |= *p == '\'';
        has_double |= *p == '"';
    }
    char const quote = quote_for(has_single, has_double);
    out.push_back(quote);
    while (first != last) {
        char const* run = first;  // plain ASCII in one copy
        while (run != last && *run >= ' ' && *run < 0x7F && *run != '\\' && *run != quote) ++run;
        out.append(first, static_cast<std::size_t>(run - first));
        if (run == last) break;
        code_point const c = decode_utf8(run, last);
        escape_to(out, c.value, quote);
        first = run + c.size;
    }
    out.push_back(quote);
}

/// repr of a bytes: b'\x00\xff'.
inline void repr_bytes_to(text& out, chars s) {
    bool has_single = false;
    bool has_double = false;
    for (std::size_t i = 0; i != s.size; ++i) {
        has_single |= s.data[i] == '\'';
        has_double |= s.data[i] == '"';
    }
    char const quote = quote_for(has_single, has_double);
    out.push_back('b');
    out.push_back(quote);
    for (std::size_t i = 0; i != s.size; ++i) {
        auto const c = static_cast<unsigned char>(s.data[i]);
        if (c < 0x80) {
            escape_to(out, c, quote);
        } else {
            char const escaped[] = {'\\', 'x', "0123456789abcdef"[c >> 4], "0123456789abcdef"[c & 0xF]};
            out.append(escaped, 4);
        }
    }
    out.push_back(quote);
}

/// The code point at `first` of a string of C, as decode_utf8 gives it for char.
template <Character C>
[[nodiscard]] constexpr code_point decode(C const* first, C const* last) noexcept {
    auto const unit = static_cast<char32_t>(*first);
    if constexpr (sizeof(C) == 2) {
        if (unit >= 0xD800 && unit < 0xDC00 && last - first > 1) {
            auto const low = static_cast<char32_t>(first[1]);
            if (low >= 0xDC00 && low < 0xE000) return {0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00), 2};
        }
        return {unit & 0xFFFF, 1};
    } else {
        return {unit <= 0x10FFFF ? unit : U'\uFFFD', 1};
    }
}

template <Character C>
void repr_wide_to(text& out, C const* first, std::size_t size) {
    bool has_single = false;
    bool has_double = false;
    for (std::size_t i = 0; i != size; ++i) {
        has_single |= first[i] == C('\'');
        has_double |= first[i] == C('"');
    }
    char const quote = quote_for(has_single, has_double);
    out.push_back(quote);
    for (C const* const last = first + size; first != last;) {
        code_point const c = decode(first, last);
        escape_to(out, c.value, quote);
        first += c.size;
    }
    out.push_back(quote);
}

template <Character C>
void str_wide_to(text& out, C const* first, std::size_t size) {
    for (C const* const last = first + size; first != last;) {
        code_point const c = decode(first, last);
        char bytes[4];
        out.append(bytes, encode_utf8(c.value, bytes));
        first += c.size;
    }
}

/// Calls repr_str_to, str, ... with the characters of any string type; char8_t is char.
template <bool Repr, Character C>
void characters_to(text& out, C const* first, std::size_t size) {
    if constexpr (sizeof(C) == 1) {
        chars const s(reinterpret_cast<char const*>(first), size);
        if constexpr (Repr) {
            repr_str_to(out, s);
        } else {
            out.append(s);
        }
    } else if constexpr (Repr) {
        repr_wide_to(out, first, size);
    } else {
        str_wide_to(out, first, size);
    }
}

// ---- the engine's first overloads

template <bool Repr, class T>
void primitive_to(text& out, T const& value) {
    if constexpr (std::is_same_v<T, bool>) {
        out.append(value ? chars("True", 4) : chars("False", 5));
    } else if constexpr (is_one_of<T, none_t, std::nullptr_t>) {
        out.append("None", 4);
    } else if constexpr (std::is_same_v<T, std::byte>) {
        integer_to(out, static_cast<unsigned>(value));
    } else if constexpr (Integer<T>) {
        integer_to(out, value);
    } else if constexpr (Float<T>) {
        float_to(out, value);
    } else if constexpr (Character<T>) {
        characters_to<Repr>(out, &value, 1);
    } else if constexpr (std::is_same_v<T, chars>) {
        characters_to<Repr>(out, value.data, value.size);
    } else if constexpr (CharacterArray<T>) {
        std::size_t size = 0;  // a C string: it ends at its NUL, or with the array
        while (size != std::extent_v<T> && value[size] != 0) ++size;
        characters_to<Repr>(out, &value[0], size);
    } else if constexpr (CharacterPointer<T>) {
        if (value == nullptr) return out.append("None", 4);
        std::size_t size = 0;
        while (value[size] != 0) ++size;
        characters_to<Repr>(out, value, size);
    } else if constexpr (CharsLike<T>) {
        characters_to<Repr>(out, static_cast<char const*>(value.data()), static_cast<std::size_t>(value.size()));
    } else {
        characters_to<Repr>(out, value.data(), static_cast<std::size_t>(value.size()));
    }
}

/// Append repr(value): 'text' in quotes, numbers as Python writes them.
template <Primitive T>
void repr_to(text& out, T const& value) {
    primitive_to<true>(out, value);
}

/// Append str(value): strings as they are, all else as repr.
template <Primitive T>
void str_to(text& out, T const& value) {
    primitive_to<false>(out, value);
}

}  // namespace detail
}  // namespace amphis::inline v0

#pragma pop_macro("None")

#endif  // AMPHIS_DETAIL_REPR_HPP
