// SPDX-License-Identifier: MIT
// utf8: code points in and out of UTF-8. A Python str is code points; a C++ string is bytes that are meant as UTF-8.
// Used by: builtins.hpp, detail/repr.hpp, io.hpp, lang/descriptor.hpp, lang/exceptions.hpp
#ifndef AMPHIS_DETAIL_UTF8_HPP
#define AMPHIS_DETAIL_UTF8_HPP

#include <amphis/config.hpp>

#include <cstddef>

namespace amphis::inline v0::detail {

struct code_point {
    char32_t value = 0;
    unsigned size = 1;  // bytes taken
};

/// The code point at `first`, which is before `last`. A byte that is not UTF-8 is 0xDC00 + byte, as in Python's
/// surrogateescape.
[[nodiscard]] constexpr code_point decode_utf8(char const* first, char const* last) noexcept {
    unsigned const lead = static_cast<unsigned char>(*first);
    if (lead < 0x80) return {static_cast<char32_t>(lead), 1};
    unsigned const size = lead < 0xC2 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : lead < 0xF5 ? 4 : 1;
    code_point const escaped{static_cast<char32_t>(0xDC00 + lead), 1};
    if (size == 1 || static_cast<std::size_t>(last - first) < size) return escaped;
    unsigned value = lead & (0xFFU >> (size + 1));
    for (std::size_t i = 1; i != size; ++i) {
        unsigned const byte = static_cast<unsigned char>(first[i]);
        if ((byte & 0xC0) != 0x80) return escaped;
        value = value << 6 | (byte & 0x3F);
    }
    bool const overlong = (size == 3 && value < 0x800) || (size == 4 && value < 0x10000);
    if (overlong || value > 0x10FFFF || (value >= 0xD800 && value < 0xE000)) return escaped;
    return {static_cast<char32_t>(value), size};
}

/// Write `c` as UTF-8 to `to`, which has room for 4; the number of bytes. Surrogates are written like any other code
/// point, except that 0xDC80 to 0xDCFF become the byte they stand for.
[[nodiscard]] constexpr unsigned encode_utf8(char32_t c, char* to) noexcept {
    if (c < 0x80 || (c >= 0xDC80 && c <= 0xDCFF)) {
        *to = static_cast<char>(c & 0xFF);
        return 1;
    }
    unsigned const size = c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
    for (unsigned i = size; i-- > 1; c >>= 6) to[i] = static_cast<char>(0x80 | (c & 0x3F));
    to[0] = static_cast<char>((0xF00U >> size & 0xFF) | c);
    return size;
}

/// Code points in `first`..`last`: Python's len of the string.
[[nodiscard]] constexpr std::size_t count_code_points(char const* first, char const* last) noexcept {
    std::size_t count = 0;
    for (; first != last; ++count) first += decode_utf8(first, last).size;
    return count;
}

}  // namespace amphis::inline v0::detail

#endif  // AMPHIS_DETAIL_UTF8_HPP
