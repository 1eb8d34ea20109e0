// SPDX-License-Identifier: MIT
// format/template: a format string, "{:>10} {x!r}", read piece by piece, at compile time or at run time.
// Python: docs.python.org/3/library/string.html#format-string-syntax
#ifndef AMPHIS_BUILTINS_FORMAT_TEMPLATE_HPP
#define AMPHIS_BUILTINS_FORMAT_TEMPLATE_HPP

#include <amphis/builtins/format/spec.hpp>
#include <amphis/config.hpp>
#include <amphis/detail/text.hpp>
#include <amphis/detail/utf8.hpp>

#include <cstddef>

namespace amphis::inline v0::detail {

/// What can be wrong with a format string by itself.
enum class template_error : unsigned char {
    none,
    lone_open,
    lone_close,
    open_in_name,
    field_not_closed,
    conversion_missing,
    conversion_unknown,
    colon_missing,
    spec_not_closed,
    attribute_empty,
    bracket_not_closed,
    after_bracket,
    too_many_digits,
    automatic_to_manual,
    manual_to_automatic,
    nested_too_deep,
};

/// How the fields of a format string are numbered: {} or {0}; a string does not mix them.
enum class numbering : unsigned char { unknown, automatic, manual };

/// A stretch of characters and the field after it. Positions are offsets into the format string.
struct template_piece {
    std::size_t literal = 0;
    std::size_t literal_size = 0;
    bool field = false;
    bool nested = false;           // the spec has fields
    char32_t conversion = 0;       // r, s, a, or what stands there; 0: none
    std::ptrdiff_t index = -1;     // of the argument; -1: it is named
    std::ptrdiff_t automatic = 0;  // the number that the spec's first {} gets
    std::size_t name = 0;
    std::size_t name_size = 0;
    std::size_t path = 0;  // what follows the name: [0].x
    std::size_t path_size = 0;
    std::size_t spec = 0;
    std::size_t spec_size = 0;
    std::size_t shown = 0;  // the text of {x=}, with its "="
    std::size_t shown_size = 0;
};

/// One step of a path: [key] or .name.
struct path_step {
    bool attribute = false;
    std::size_t name = 0;
    std::size_t name_size = 0;
    std::ptrdiff_t index = -1;  // the key as a number; -1: it is none
};

/// Read all of s[first, last) as a number; -1 where it is none. As in CPython, a name that begins with too many digits is an error.
[[nodiscard]] constexpr template_error parse_index(char const* s, std::size_t first, std::size_t last, std::ptrdiff_t& index) noexcept {
    index = -1;
    char const* at = s + first;
    if (!parse_digits(at, s + last, index)) return template_error::too_many_digits;
    if (at != s + last) index = -1;
    return template_error::none;
}

/// Read the step at `at` and move past it.
[[nodiscard]] constexpr template_error next_step(char const* s, std::size_t& at, std::size_t end, path_step& step) noexcept {
    step = path_step{};
    step.attribute = s[at] == '.';
    if (!step.attribute && s[at] != '[') return template_error::after_bracket;
    step.name = ++at;
    if (step.attribute) {
        while (at != end && s[at] != '.' && s[at] != '[') ++at;
        step.name_size = at - step.name;
    } else {
        while (at != end && s[at] != ']') ++at;
        if (at == end) return template_error::bracket_not_closed;
        step.name_size = at - step.name;
        ++at;
        template_error const error = parse_index(s, step.name, step.name + step.name_size, step.index);
        if (error != template_error::none) return error;
    }
    return step.name_size == 0 ? template_error::attribute_empty : template_error::none;
}

struct template_scanner {
    char const* s = nullptr;
    std::size_t at = 0;
    std::size_t end = 0;
    std::ptrdiff_t automatic = 0;
    numbering mode = numbering::unknown;
    int depth = 2;       // levels of fields that may still open
    bool whole = false;  // at compile time: read paths and nested fields too, and {x=}

    /// Read the next piece; there is one while at != end.
    constexpr template_error next(template_piece& piece) noexcept {
        piece = template_piece{};
        piece.literal = at;
        while (at != end && s[at] != '{' && s[at] != '}') ++at;
        piece.literal_size = at - piece.literal;
        if (at == end) return template_error::none;
        char const brace = s[at++];
        if (at != end && s[at] == brace) {
            ++piece.literal_size;  // {{ is one brace
            ++at;
            return template_error::none;
        }
        if (brace == '}') return template_error::lone_close;
        if (at == end) return template_error::lone_open;
        piece.field = true;
        return field(piece);
    }

private:
    constexpr template_error field(template_piece& piece) noexcept {
        std::size_t const first = at;
        for (; at != end; ++at) {
            if (s[at] == '{') return template_error::open_in_name;
            if (s[at] == '[') {  // a key may be anything
                while (at != end && s[at] != ']') ++at;
                if (at == end) break;
            } else if (s[at] == '}' || s[at] == ':' || s[at] == '!') {
                break;
            }
        }
        if (at == end) return template_error::field_not_closed;
        std::size_t last = at;
        template_error error = tail(piece);
        if (error != template_error::none) return error;
        // What the tail left is where the next piece begins; the name is read now, since {} in the spec count after it.
        std::size_t const after = at;
        if (whole) last = self_documenting(piece, first, last);
        error = name(piece, first, last);
        if (error == template_error::none && whole && piece.nested) error = fields_of_spec(piece);
        at = after;
        return error;
    }

    /// !conversion:spec}
    constexpr template_error tail(template_piece& piece) noexcept {
        if (s[at] == '!') {
            if (++at == end) return template_error::conversion_missing;
            code_point const conversion = decode_utf8(s + at, s + end);
            piece.conversion = conversion.value;
            at += conversion.size;
            if (at == end) return template_error::spec_not_closed;
            if (s[at] != '}' && s[at] != ':') return template_error::colon_missing;
            if (whole && piece.conversion != U'r' && piece.conversion != U's' && piece.conversion != U'a') {
                return template_error::conversion_unknown;
            }
        }
        if (s[at++] == '}') return template_error::none;
        piece.spec = at;
        for (int open = 1; at != end; ++at) {
            if (s[at] == '{') {
                piece.nested = true;
                ++open;
            } else if (s[at] == '}' && --open == 0) {
                piece.spec_size = at++ - piece.spec;
                return template_error::none;
            }
        }
        return template_error::spec_not_closed;
    }

    /// {x=} as in an f-string: the text up to the "=" is shown too. Returns where the name ends.
    constexpr std::size_t self_documenting(template_piece& piece, std::size_t first, std::size_t last) const noexcept {
        std::size_t end_of_name = last;
        while (end_of_name != first && s[end_of_name - 1] == ' ') --end_of_name;
        if (end_of_name == first || s[end_of_name - 1] != '=') return last;
        piece.shown = first;
        piece.shown_size = last - first;
        --end_of_name;
        while (end_of_name != first && s[end_of_name - 1] == ' ') --end_of_name;
        return end_of_name;
    }

    constexpr template_error name(template_piece& piece, std::size_t first, std::size_t last) noexcept {
        if (piece.shown_size != 0) {
            while (first != last && s[first] == ' ') ++first;
        }
        std::size_t split = first;
        while (split != last && s[split] != '.' && s[split] != '[') ++split;
        piece.name = first;
        piece.name_size = split - first;
        piece.path = split;
        piece.path_size = last - split;
        template_error error = parse_index(s, first, split, piece.index);
        if (error != template_error::none) return error;
        if (piece.name_size == 0 || piece.index >= 0) {
            numbering const now = piece.name_size == 0 ? numbering::automatic : numbering::manual;
            if (mode != numbering::unknown && mode != now) {
                return now == numbering::manual ? template_error::automatic_to_manual : template_error::manual_to_automatic;
            }
            mode = now;
            if (now == numbering::automatic) piece.index = automatic++;
        }
        piece.automatic = automatic;
        if (whole) {
            path_step step;
            for (std::size_t p = split; p != last;) {
                error = next_step(s, p, last, step);
                if (error != template_error::none) return error;
            }
        }
        return template_error::none;
    }

    constexpr template_error fields_of_spec(template_piece const& piece) noexcept {
        if (depth == 1) {
            at = piece.spec;
            return template_error::nested_too_deep;
        }
        template_scanner inner = *this;
        inner.at = piece.spec;
        inner.end = piece.spec + piece.spec_size;
        inner.depth = depth - 1;
        template_piece ignored;
        while (inner.at != inner.end) {
            template_error const error = inner.next(ignored);
            if (error != template_error::none) return error;
        }
        automatic = inner.automatic;
        mode = inner.mode;
        return template_error::none;
    }
};

}  // namespace amphis::inline v0::detail

#endif  // AMPHIS_BUILTINS_FORMAT_TEMPLATE_HPP
