// SPDX-License-Identifier: MIT
// exceptions/unicode: what encoding and decoding raise.  Python: docs.python.org/3/library/exceptions.html
#ifndef AMPHIS_LANG_EXCEPTIONS_UNICODE_HPP
#define AMPHIS_LANG_EXCEPTIONS_UNICODE_HPP

#include <amphis/lang/exceptions/base.hpp>
#include <amphis/lang/exceptions/hierarchy.hpp>

#include <amphis/detail/utf8.hpp>

#include <cstddef>

namespace amphis::inline v0 {

namespace detail {

/// The number that printed as `value`.
[[nodiscard]] inline std::ptrdiff_t number_of(rendered const& value) noexcept {
    std::ptrdiff_t number = 0;
    bool const negative = value.size() != 0 && value.data()[0] == '-';
    for (std::size_t i = negative ? 1 : 0; i < value.size() && value.data()[i] >= '0' && value.data()[i] <= '9'; ++i) {
        number = number * 10 + (value.data()[i] - '0');
    }
    return negative ? -number : number;
}

inline void write_hex(text& out, char32_t c, unsigned digits) {
    for (unsigned shift = 4 * digits; shift != 0;) {
        shift -= 4;
        out.push_back("0123456789abcdef"[c >> shift & 0xF]);
    }
}

/// "character '\xe9' in position 3: reason", or "characters in position 3-5: reason".
inline void write_characters(text& out, chars object, rendered const& first, rendered const& last, rendered const& reason) {
    std::ptrdiff_t const start = number_of(first);
    std::ptrdiff_t const end = number_of(last);
    char const* at = object.data;
    char const* const stop = object.data + object.size;
    for (std::ptrdiff_t i = 0; i < start && at != stop; ++i) at += decode_utf8(at, stop).size;
    if (at != stop && end == start + 1) {
        char32_t const c = decode_utf8(at, stop).value;
        out.append(" '\\", 3);
        out.push_back(c <= 0xFF ? 'x' : c <= 0xFFFF ? 'u' : 'U');
        write_hex(out, c, c <= 0xFF ? 2 : c <= 0xFFFF ? 4 : 8);
        out.append("' in position ", 14);
        integer_to(out, start);
    } else {
        out.append("s in position ", 14);
        integer_to(out, start);
        out.push_back('-');
        integer_to(out, end - 1);
    }
    out.append(": ", 2);
    reason.append_str(out);
}

}  // namespace detail

/// Bytes that are not text in `encoding`.
///
///     throw UnicodeDecodeError("utf-8", "\xff", 0, 1, "invalid start byte");
///     // 'utf-8' codec can't decode byte 0xff in position 0: invalid start byte
///
/// object    the bytes; start, end (bytes) say which of them cannot be decoded.
class AMPHIS_VISIBLE UnicodeDecodeError : public UnicodeError {
public:
    AMPHIS_EXCEPTION_CLASS(UnicodeDecodeError, UnicodeError, false)
    template <detail::Str Encoding, detail::Str Object, detail::Str Reason>
    explicit UnicodeDecodeError(Encoding const& encoding, Object const& object, std::ptrdiff_t start, std::ptrdiff_t end, Reason const& reason)
        : UnicodeDecodeError(detail::as<UnicodeDecodeError>(), encoding, object, start, end, reason) {}
    static constexpr char const* class_name() noexcept { return "UnicodeDecodeError"; }

    [[nodiscard]] rendered const& encoding() const noexcept { return value(0); }
    /// The bytes, printed: b'\xff'.
    [[nodiscard]] rendered const& object() const noexcept { return value(1); }
    [[nodiscard]] std::ptrdiff_t start() const noexcept { return detail::number_of(value(2)); }
    [[nodiscard]] std::ptrdiff_t end() const noexcept { return detail::number_of(value(3)); }
    [[nodiscard]] rendered const& reason() const noexcept { return value(4); }

    static void write_message(detail::text& out, detail::exception_parts const& parts) {
        auto const* const object = static_cast<char const*>(parts.list[1].value);
        std::ptrdiff_t const start = detail::number_of(parts[2]);
        std::ptrdiff_t const end = detail::number_of(parts[3]);
        out.push_back('\'');
        parts[0].append_str(out);
        out.append("' codec can't decode byte", 25);
        if (start >= 0 && static_cast<std::size_t>(start) < parts.list[1].size && end == start + 1) {
            out.append(" 0x", 3);
            detail::write_hex(out, static_cast<unsigned char>(object[start]), 2);
            out.append(" in position ", 13);
            detail::integer_to(out, start);
        } else {
            out.append("s in position ", 14);
            detail::integer_to(out, start);
            out.push_back('-');
            detail::integer_to(out, end - 1);
        }
        out.append(": ", 2);
        parts[4].append_str(out);
    }

protected:
    template <class E, class Encoding, class Object, class Reason>
    explicit UnicodeDecodeError(detail::as<E> made, Encoding const& encoding, Object const& object, std::ptrdiff_t start, std::ptrdiff_t end,
                                Reason const& reason)
        : UnicodeError(made, encoding, detail::bytes_argument{detail::chars_of(object)}, start, end, reason) {}
};

/// Text that `encoding` cannot express.
///
///     throw UnicodeEncodeError("ascii", "caf\u00e9", 3, 4, "ordinal not in range(128)");
///     // 'ascii' codec can't encode character '\xe9' in position 3: ordinal not in range(128)
///
/// object    the text, in UTF-8; start, end (code points) say which of it cannot be encoded.
class AMPHIS_VISIBLE UnicodeEncodeError : public UnicodeError {
public:
    AMPHIS_EXCEPTION_CLASS(UnicodeEncodeError, UnicodeError, false)
    template <detail::Str Encoding, detail::Str Object, detail::Str Reason>
    explicit UnicodeEncodeError(Encoding const& encoding, Object const& object, std::ptrdiff_t start, std::ptrdiff_t end, Reason const& reason)
        : UnicodeEncodeError(detail::as<UnicodeEncodeError>(), encoding, object, start, end, reason) {}
    static constexpr char const* class_name() noexcept { return "UnicodeEncodeError"; }

    [[nodiscard]] rendered const& encoding() const noexcept { return value(0); }
    [[nodiscard]] rendered const& object() const noexcept { return value(1); }
    [[nodiscard]] std::ptrdiff_t start() const noexcept { return detail::number_of(value(2)); }
    [[nodiscard]] std::ptrdiff_t end() const noexcept { return detail::number_of(value(3)); }
    [[nodiscard]] rendered const& reason() const noexcept { return value(4); }

    static void write_message(detail::text& out, detail::exception_parts const& parts) {
        out.push_back('\'');
        parts[0].append_str(out);
        out.append("' codec can't encode character", 30);
        detail::write_characters(out, {parts[1].data(), parts[1].size()}, parts[2], parts[3], parts[4]);
    }

protected:
    template <class E, class Encoding, class Object, class Reason>
    explicit UnicodeEncodeError(detail::as<E> made, Encoding const& encoding, Object const& object, std::ptrdiff_t start, std::ptrdiff_t end,
                                Reason const& reason)
        : UnicodeError(made, encoding, object, start, end, reason) {}
};

/// Text that a translation has no answer for.
///
///     throw UnicodeTranslateError("caf\u00e9", 3, 4, "ouch");       // can't translate character '\xe9' in position 3: ouch
class AMPHIS_VISIBLE UnicodeTranslateError : public UnicodeError {
public:
    AMPHIS_EXCEPTION_CLASS(UnicodeTranslateError, UnicodeError, false)
    template <detail::Str Object, detail::Str Reason>
    explicit UnicodeTranslateError(Object const& object, std::ptrdiff_t start, std::ptrdiff_t end, Reason const& reason)
        : UnicodeTranslateError(detail::as<UnicodeTranslateError>(), object, start, end, reason) {}
    static constexpr char const* class_name() noexcept { return "UnicodeTranslateError"; }

    [[nodiscard]] rendered const& object() const noexcept { return value(0); }
    [[nodiscard]] std::ptrdiff_t start() const noexcept { return detail::number_of(value(1)); }
    [[nodiscard]] std::ptrdiff_t end() const noexcept { return detail::number_of(value(2)); }
    [[nodiscard]] rendered const& reason() const noexcept { return value(3); }

    static void write_message(detail::text& out, detail::exception_parts const& parts) {
        out.append("can't translate character", 25);
        detail::write_characters(out, {parts[0].data(), parts[0].size()}, parts[1], parts[2], parts[3]);
    }

protected:
    template <class E, class Object, class Reason>
    explicit UnicodeTranslateError(detail::as<E> made, Object const& object, std::ptrdiff_t start, std::ptrdiff_t end, Reason const& reason)
        : UnicodeError(made, object, start, end, reason) {}
};

}  // namespace amphis::inline v0

#endif  // AMPHIS_LANG_EXCEPTIONS_UNICODE_HPP
