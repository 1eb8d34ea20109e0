// SPDX-License-Identifier: MIT
// io/codec: bytes to text and text to bytes: encodings, what is done about errors, and newlines.
// Python: docs.python.org/3/library/codecs.html
#ifndef AMPHIS_IO_CODEC_HPP
#define AMPHIS_IO_CODEC_HPP

#include <amphis/config.hpp>
#include <amphis/detail/repr.hpp>
#include <amphis/detail/text.hpp>
#include <amphis/detail/utf8.hpp>
#include <amphis/lang/exceptions/hierarchy.hpp>
#include <amphis/lang/exceptions/os_error.hpp>
#include <amphis/lang/exceptions/unicode.hpp>

#include <cstddef>
#include <cstring>
#include <new>
#include <string>
#include <string_view>

namespace amphis::inline v0::detail {

enum class text_encoding : unsigned char { utf8, utf8_sig, ascii, latin1 };
enum class text_errors : unsigned char { strict, ignore, replace, backslashreplace, surrogateescape, xmlcharrefreplace };

/// Python's newline argument. Where a line ends, and what is made of "\n" when it is written.
enum class newline_rule : unsigned char {
    universal,    // None: all three are read as "\n"
    as_they_are,  // "": all three end a line, none is changed
    lf,           // "\n"
    cr,           // "\r"
    crlf,         // "\r\n"
};

[[noreturn]] AMPHIS_COLD inline void raise_unknown(char const* before, std::string_view name, char const* after) {
    text message;
    message.append(chars(before));
    message.append(name.data(), name.size());
    message.append(chars(after));
    throw_chars<LookupError>(message.view());
}

/// Raises   LookupError for an encoding that is not here.
[[nodiscard]] inline text_encoding find_encoding(std::string_view name) {
    char folded[24];
    std::size_t size = 0;
    bool gap = false;
    for (char const c : name) {
        if (c == '-' || c == '_' || c == ' ') {
            gap = size != 0;
            continue;
        }
        if (size + 2 > sizeof(folded)) raise_unknown("unknown encoding: ", name, "");
        if (gap) folded[size++] = '_';
        gap = false;
        folded[size++] = c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
    }
    std::string_view const key(folded, size);
    for (std::string_view const known : {"utf_8", "utf8", "u8", "utf", "utf8_ucs2", "utf8_ucs4", "cp65001", "locale"}) {
        if (key == known) return text_encoding::utf8;
    }
    if (key == "utf_8_sig") return text_encoding::utf8_sig;
    for (std::string_view const known : {"ascii", "us_ascii", "us", "646", "ansi_x3.4_1968", "ansi_x3_4_1968", "ansi_x3.4_1986", "cp367", "csascii", "ibm367",
                                         "iso646_us", "iso_646.irv_1991", "iso_ir_6"}) {
        if (key == known) return text_encoding::ascii;
    }
    for (std::string_view const known : {"latin_1", "latin1", "latin", "l1", "iso_8859_1", "iso8859_1", "iso8859", "8859", "cp819", "csisolatin1", "ibm819",
                                         "iso_8859_1_1987", "iso_ir_100"}) {
        if (key == known) return text_encoding::latin1;
    }
    raise_unknown("unknown encoding: ", name, "");
}

[[nodiscard]] inline text_errors find_errors(std::string_view name) {
    if (name == "strict") return text_errors::strict;
    if (name == "ignore") return text_errors::ignore;
    if (name == "replace") return text_errors::replace;
    if (name == "backslashreplace") return text_errors::backslashreplace;
    if (name == "surrogateescape") return text_errors::surrogateescape;
    if (name == "xmlcharrefreplace") return text_errors::xmlcharrefreplace;
    raise_unknown("unknown error handler name '", name, "'");
}

// ---- looking at bytes ------------------------------------------------------------------------------------------------

[[nodiscard]] inline unsigned long long load_8(char const* from) noexcept {
    unsigned long long word;
    std::memcpy(&word, from, 8);
    return word;
}
inline constexpr unsigned long long high_bits = 0x8080'8080'8080'8080U;

/// Where the first byte is that is not ASCII.
[[nodiscard]] inline char const* ascii_prefix(char const* first, char const* last) noexcept {
    while (last - first >= 32) {
        if (((load_8(first) | load_8(first + 8) | load_8(first + 16) | load_8(first + 24)) & high_bits) != 0) break;
        first += 32;
    }
    while (last - first >= 8 && (load_8(first) & high_bits) == 0) first += 8;
    while (first != last && static_cast<signed char>(*first) >= 0) ++first;
    return first;
}

/// What stands at `first`: a code point, or bytes that are none, as many as Python replaces by one U+FFFD.
struct utf8_unit {
    unsigned size = 1;  // bytes
    bool valid = false;
    bool cut = false;  // not valid because it goes on after `last`
    char const* reason = nullptr;
};
[[nodiscard]] inline utf8_unit utf8_unit_at(char const* first, char const* last) noexcept {
    unsigned const lead = static_cast<unsigned char>(*first);
    if (lead < 0x80) return {1, true, false, nullptr};
    if (lead < 0xC2 || lead > 0xF4) return {1, false, false, "invalid start byte"};
    unsigned const size = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    unsigned least = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;  // neither overlong
    unsigned most = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;   // nor a surrogate, nor beyond U+10FFFF
    for (unsigned i = 1; i != size; ++i) {
        if (first + i == last) return {i, false, true, "unexpected end of data"};
        unsigned const byte = static_cast<unsigned char>(first[i]);
        if (byte < least || byte > most) return {i, false, false, "invalid continuation byte"};
        least = 0x80;
        most = 0xBF;
    }
    return {size, true, false, nullptr};
}

/// Where the first byte is that is not valid UTF-8.
[[nodiscard]] inline char const* utf8_prefix(char const* first, char const* last) noexcept {
    for (;;) {
        if (last - first >= 8 && (load_8(first) & high_bits) == 0) first = ascii_prefix(first, last);
        // Text that is not English: two and three bytes in a row are decided without a loop.
        while (last - first >= 4) {
            unsigned const lead = static_cast<unsigned char>(first[0]);
            unsigned const second = static_cast<unsigned char>(first[1]);
            if (lead < 0x80) {
                ++first;
                if (second < 0x80) break;
            } else if (lead >= 0xC2 && lead < 0xE0 && (second & 0xC0) == 0x80) {
                first += 2;
            } else if (lead > 0xE0 && lead < 0xF0 && lead != 0xED && (second & 0xC0) == 0x80 && (static_cast<unsigned char>(first[2]) & 0xC0) == 0x80) {
                first += 3;
            } else {
                utf8_unit const unit = utf8_unit_at(first, last);
                if (!unit.valid) return first;
                first += unit.size;
            }
        }
        if (last - first >= 4) continue;
        while (first != last) {
            utf8_unit const unit = utf8_unit_at(first, last);
            if (!unit.valid) break;
            first += unit.size;
        }
        return first;
    }
}

/// Bytes at the end that may be the beginning of a code point.
[[nodiscard]] inline std::size_t cut_utf8(char const* first, char const* last) noexcept {
    for (char const* at = last; at != first && last - at < 3;) {
        --at;
        unsigned const byte = static_cast<unsigned char>(*at);
        if (byte < 0x80) return 0;
        if (byte >= 0xC0) return utf8_unit_at(at, last).cut ? static_cast<std::size_t>(last - at) : 0;
    }
    return 0;
}

/// After `count` code points, or `last`; what is left of count is stored back.
[[nodiscard]] inline char const* skip_code_points(char const* first, char const* last, std::size_t& count) noexcept {
    while (count != 0 && first != last) {
        std::size_t const left = static_cast<std::size_t>(last - first);
        char const* const plain = ascii_prefix(first, first + (count < left ? count : left));
        count -= static_cast<std::size_t>(plain - first);
        first = plain;
        while (count != 0 && first != last && static_cast<signed char>(*first) < 0) {
            first += decode_utf8(first, last).size;
            --count;
        }
    }
    return first;
}
[[nodiscard]] inline std::size_t code_points(std::string_view text) noexcept {
    std::size_t const all = text.size();  // there are no more
    std::size_t left = all;
    static_cast<void>(skip_code_points(text.data(), text.data() + text.size(), left));
    return all - left;
}

/// Behind the line that begins at `first`; null if its end is not before `last`.
[[nodiscard]] inline char const* line_end(char const* first, char const* last, newline_rule rule) noexcept {
    auto const find = [](char const* from, char const* to, char c) {
        return from == to ? nullptr : static_cast<char const*>(std::memchr(from, c, static_cast<std::size_t>(to - from)));
    };
    char const* found = nullptr;
    switch (rule) {
        case newline_rule::universal:
        case newline_rule::lf: found = find(first, last, '\n'); break;
        case newline_rule::cr: found = find(first, last, '\r'); break;
        case newline_rule::crlf:
            for (char const* at = first; (found = find(at, last, '\n')) != nullptr && (found == first || found[-1] != '\r'); at = found + 1) {
            }
            break;
        case newline_rule::as_they_are: {
            found = find(first, last, '\n');
            if (char const* const earlier = find(first, found != nullptr ? found : last, '\r')) {
                found = earlier + 1 != last && earlier[1] == '\n' ? earlier + 1 : earlier;
            }
            break;
        }
    }
    return found == nullptr ? nullptr : found + 1;
}

// ---- decoding --------------------------------------------------------------------------------------------------------

/// Memory for characters, that is not set to zero. Move-only; its characters stay where they are.
class char_block {
public:
    char_block() noexcept = default;
    char_block(char_block&& other) noexcept : data_(other.data_), size_(other.size_), capacity_(other.capacity_) { other.forget(); }
    char_block& operator=(char_block&& other) noexcept {
        char_block old(static_cast<char_block&&>(*this));
        data_ = other.data_;
        size_ = other.size_;
        capacity_ = other.capacity_;
        other.forget();
        return *this;
    }
    ~char_block() { ::operator delete(data_); }

    [[nodiscard]] char* data() const noexcept { return data_; }
    [[nodiscard]] std::size_t size() const noexcept { return size_; }
    [[nodiscard]] std::size_t capacity() const noexcept { return capacity_; }
    void clear() noexcept { size_ = 0; }
    void reserve(std::size_t capacity) { reserve(capacity, size_); }
    /// Room for `capacity`; the first `kept` stay.
    void reserve(std::size_t capacity, std::size_t kept) {
        if (capacity <= capacity_) return;
        if (capacity < 2 * capacity_) capacity = 2 * capacity_;
        char* const data = static_cast<char*>(::operator new(capacity));
        if (kept != 0) std::memcpy(data, data_, kept);
        ::operator delete(data_);
        data_ = data;
        capacity_ = capacity;
    }
    void append(char const* from, std::size_t count) {
        reserve(size_ + count);
        if (count != 0) std::memcpy(data_ + size_, from, count);
        size_ += count;
    }
    void push_back(char c) { append(&c, 1); }

private:
    void forget() noexcept {
        data_ = nullptr;
        size_ = capacity_ = 0;
    }
    char* data_ = nullptr;
    std::size_t size_ = 0;
    std::size_t capacity_ = 0;
};

[[noreturn]] AMPHIS_COLD inline void raise_decode_error(char const* encoding, chars object, std::size_t start, std::size_t size, char const* reason) {
    // The exception prints what it was made with: of a huge text only the part that is wrong.
    constexpr std::size_t most = std::size_t{1} << 24;
    std::size_t const skipped = start > most ? start - 64 : 0;
    if (object.size > start + most) object.size = start + most;
    UnicodeDecodeError error(chars(encoding), chars(object.data + skipped, object.size - skipped), static_cast<std::ptrdiff_t>(start - skipped),
                             static_cast<std::ptrdiff_t>(start - skipped + size), chars(reason));
    if (skipped != 0) {
        text note;
        note.append("positions count from byte ");
        integer_to(note, skipped);
        note.append(" of what was read");
        error.add_note(note);
    }
    throw error;
}

/// How the bytes of one file become text.
struct text_decoder {
    text_encoding encoding = text_encoding::utf8;
    text_errors errors = text_errors::strict;
    newline_rule newline = newline_rule::universal;

    [[nodiscard]] char const* name() const noexcept {
        return encoding == text_encoding::ascii ? "ascii" : encoding == text_encoding::latin1 ? "latin-1" : "utf-8";
    }
    [[nodiscard]] bool is_utf8() const noexcept { return encoding <= text_encoding::utf8_sig; }

    /// How many of the bytes are the text, as they are. `ascii` says whether all of these are.
    [[nodiscard]] std::size_t plain(char const* first, char const* last, bool& ascii) const noexcept {
        char const* const stop = ascii_prefix(first, last);
        ascii = stop == last;
        char const* end = stop;
        if (stop != last && is_utf8()) end = errors == text_errors::surrogateescape ? last - cut_utf8(stop, last) : utf8_prefix(stop, last);
        if (stop != last && !is_utf8() && encoding == text_encoding::ascii && errors == text_errors::surrogateescape) end = last;
        if (newline == newline_rule::universal) {
            if (auto const* const cr = static_cast<char const*>(end == first ? nullptr : std::memchr(first, '\r', static_cast<std::size_t>(end - first)))) {
                end = cr;
            }
        }
        return static_cast<std::size_t>(end - first);
    }

    /// What one step of the decoder takes and makes.
    struct step {
        std::size_t taken = 0;  // 0: the rest is to be seen first
        std::size_t made = 0;
        char text[12]{};
    };
    /// At a byte that is not plain. object..last are all the bytes there are, `final` says that there will be no more.
    [[nodiscard]] step decode_one(char const* object, char const* first, char const* last, bool final) const {
        step result;
        unsigned const byte = static_cast<unsigned char>(*first);
        if (byte == '\r' && newline == newline_rule::universal) {
            if (first + 1 == last && !final) return result;
            char const* at = first + 1;
            if (errors == text_errors::ignore) at = skip_ignored(at, last);  // "\r" and "\n" meet where what was between is left out
            if (at == last || *at != '\n') at = first;
            result.taken = static_cast<std::size_t>(at + 1 - first);
            result.text[result.made++] = '\n';
            return result;
        }
        if (byte < 0x80) {
            result.taken = result.made = 1;
            result.text[0] = *first;
            return result;
        }
        if (encoding == text_encoding::latin1) {
            result.taken = 1;
            result.made = encode_utf8(static_cast<char32_t>(byte), result.text);
            return result;
        }
        utf8_unit const unit = is_utf8() ? utf8_unit_at(first, last) : utf8_unit{1, false, false, "ordinal not in range(128)"};
        if (unit.cut && !final) return result;
        result.taken = unit.size;
        if (unit.valid || errors == text_errors::surrogateescape) {
            result.made = unit.size;
            std::memcpy(result.text, first, unit.size);
            return result;
        }
        switch (errors) {
            case text_errors::ignore: break;
            case text_errors::replace: result.made = encode_utf8(U'\uFFFD', result.text); break;
            case text_errors::backslashreplace:
                for (unsigned i = 0; i != unit.size; ++i) {
                    unsigned const bad = static_cast<unsigned char>(first[i]);
                    char const escaped[] = {'\\', 'x', "0123456789abcdef"[bad >> 4], "0123456789abcdef"[bad & 0xF]};
                    std::memcpy(result.text + result.made, escaped, 4);
                    result.made += 4;
                }
                break;
            case text_errors::xmlcharrefreplace: throw_<TypeError>("don't know how to handle UnicodeDecodeError in error callback");
            case text_errors::strict:
            case text_errors::surrogateescape:
                raise_decode_error(name(), {object, static_cast<std::size_t>(last - object)}, static_cast<std::size_t>(first - object), unit.size,
                                   unit.reason);
        }
        return result;
    }

    /// Appends the text of the bytes to `out`. Returns how many were taken; what is left is the beginning of something.
    template <class Out>
    std::size_t decode(Out& out, char const* first, char const* last, bool final) const {
        char const* at = first;
        bool ascii = false;
        while (at != last) {
            std::size_t const run = plain(at, last, ascii);
            out.append(at, run);
            at += run;
            // plain() looks far ahead, so it is not asked again for each "\r\n"
            bool const only_newlines = at != last && *at == '\r';
            char const* const valid = only_newlines ? valid_until(at, last) : at;
            while (at != valid) {
                if (*at != '\r') {
                    auto const* const cr = static_cast<char const*>(std::memchr(at, '\r', static_cast<std::size_t>(valid - at)));
                    char const* const stop = cr != nullptr ? cr : valid;
                    out.append(at, static_cast<std::size_t>(stop - at));
                    at = stop;
                } else {
                    if (at + 1 == last && !final) return static_cast<std::size_t>(at - first);
                    if (at + 1 == valid && at + 1 != last && errors == text_errors::ignore) break;
                    at += at + 1 != last && at[1] == '\n' ? 2 : 1;
                    out.push_back('\n');
                }
            }
            if (at == last) break;
            step const one = decode_one(first, at, last, final);
            if (one.taken == 0) break;
            out.append(one.text, one.made);
            at += one.taken;
        }
        return static_cast<std::size_t>(at - first);
    }

    /// How many bytes the first `made` of the text were made of; both begin at a boundary. It never throws: the bytes were decoded before.
    [[nodiscard]] std::size_t bytes_of(char const* first, char const* last, std::size_t made) const {
        char const* at = first;
        while (made != 0 && at != last) {
            step const one = decode_one(first, at, last, true);
            at += one.taken;
            made -= one.made < made ? one.made : made;
        }
        return static_cast<std::size_t>(at - first);
    }

private:
    /// Behind the bytes that are no text.
    [[nodiscard]] char const* skip_ignored(char const* first, char const* last) const noexcept {
        while (first != last && static_cast<signed char>(*first) < 0 && encoding != text_encoding::latin1) {
            utf8_unit const unit = utf8_unit_at(first, last);
            if (is_utf8() && (unit.valid || unit.cut)) break;
            first += is_utf8() ? unit.size : 1;
        }
        return first;
    }
    /// Up to where nothing but newlines is to be changed.
    [[nodiscard]] char const* valid_until(char const* first, char const* last) const noexcept {
        if (!is_utf8()) return ascii_prefix(first, last);
        return utf8_prefix(first, last);
    }
};

// ---- encoding --------------------------------------------------------------------------------------------------------

/// How text becomes the bytes of one file: an encoding, and what is done about what it cannot express.
struct text_encoder {
    text_encoding encoding = text_encoding::utf8;
    text_errors errors = text_errors::strict;
    newline_rule newline = newline_rule::universal;

    [[nodiscard]] bool translates() const noexcept { return newline == newline_rule::cr || newline == newline_rule::crlf; }
    /// Is the text itself what is to be written?
    [[nodiscard]] bool plain(std::string_view text) const noexcept {
        char const* const last = text.data() + text.size();
        char const* const stop = encoding <= text_encoding::utf8_sig ? utf8_prefix(text.data(), last) : ascii_prefix(text.data(), last);
        return stop == last && !(translates() && text.find('\n') != std::string_view::npos);
    }
    [[nodiscard]] std::string encode(std::string_view text) const {
        std::string out;
        out.reserve(text.size());
        char const* const first = text.data();
        char const* const last = first + text.size();
        std::size_t position = 0;  // code points
        for (char const* at = first; at != last; ++position) {
            code_point const c = decode_utf8(at, last);
            if (c.value == U'\n') {
                out.append(newline == newline_rule::crlf ? "\r\n" : newline == newline_rule::cr ? "\r" : "\n");
            } else if (knows(c.value)) {
                if (encoding <= text_encoding::utf8_sig) {
                    out.append(at, c.size);
                } else {
                    out.push_back(static_cast<char>(c.value));
                }
            } else {
                cannot(out, text, at, position, c.value);
            }
            at += c.size;
        }
        return out;
    }

private:
    [[nodiscard]] bool knows(char32_t c) const noexcept {
        return encoding == text_encoding::ascii ? c < 0x80 : encoding == text_encoding::latin1 ? c < 0x100 : c < 0xD800 || c > 0xDFFF;
    }
    AMPHIS_COLD void cannot(std::string& out, std::string_view object, char const* at, std::size_t position, char32_t c) const {
        switch (errors) {
            case text_errors::ignore: return;
            case text_errors::replace: out.push_back('?'); return;
            case text_errors::backslashreplace: {
                text escaped;
                escaped.push_back('\\');
                escaped.push_back(c <= 0xFF ? 'x' : c <= 0xFFFF ? 'u' : 'U');
                write_hex(escaped, c, c <= 0xFF ? 2 : c <= 0xFFFF ? 4 : 8);
                out.append(escaped.data(), escaped.size());
                return;
            }
            case text_errors::xmlcharrefreplace: {
                text number;
                integer_to(number, static_cast<unsigned>(c));
                out.append("&#").append(number.data(), number.size()).push_back(';');
                return;
            }
            case text_errors::surrogateescape:
                if (c >= 0xDC80 && c <= 0xDCFF) {
                    out.push_back(static_cast<char>(c & 0xFF));
                    return;
                }
                break;
            case text_errors::strict: break;
        }
        char const* const last = object.data() + object.size();
        std::size_t end = position;
        for (; at != last; ++end) {
            code_point const next = decode_utf8(at, last);
            if (knows(next.value)) break;
            at += next.size;
        }
        char const* const reason = encoding == text_encoding::ascii    ? "ordinal not in range(128)"
                                   : encoding == text_encoding::latin1 ? "ordinal not in range(256)"
                                                                       : "surrogates not allowed";
        char const* const name = encoding == text_encoding::ascii ? "ascii" : encoding == text_encoding::latin1 ? "latin-1" : "utf-8";
        throw UnicodeEncodeError(chars(name), chars(object.data(), object.size()), static_cast<std::ptrdiff_t>(position), static_cast<std::ptrdiff_t>(end), chars(reason));
    }
};

}  // namespace amphis::inline v0::detail

#endif  // AMPHIS_IO_CODEC_HPP
