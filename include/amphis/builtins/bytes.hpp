// SPDX-License-Identifier: MIT
// builtins/bytes: bytes, an immutable sequence of bytes, and its literal "..."_b.
// Python: docs.python.org/3/library/stdtypes.html#bytes-objects
#ifndef AMPHIS_BUILTINS_BYTES_HPP
#define AMPHIS_BUILTINS_BYTES_HPP

#include <amphis/config.hpp>

#include <compare>
#include <cstddef>
#include <string>

namespace amphis::inline v0 {

/// An immutable sequence of bytes. Its elements are ints from 0 to 255.
///
///     using namespace amphis::literals;
///     auto data = "caf\xc3\xa9"_b;
///     print(data, len(data), data[3]);      // b'caf\xc3\xa9' 5 195
///
/// Cost      owns its bytes: a copy copies them; up to 15 bytes without an allocation.
/// Differs   negative indices and slices are not here; an index out of range is undefined, as in std::string.
/// Source    Objects/bytesobject.c (CPython 3.11).
class bytes {
public:
    using value_type = int;
    using size_type = std::size_t;

    class const_iterator {
    public:
        using value_type = int;
        using difference_type = std::ptrdiff_t;

        constexpr const_iterator() noexcept = default;
        constexpr explicit const_iterator(char const* at) noexcept : at_(at) {}
        [[nodiscard]] constexpr int operator*() const noexcept { return static_cast<unsigned char>(*at_); }
        constexpr const_iterator& operator++() noexcept { return ++at_, *this; }
        constexpr const_iterator operator++(int) noexcept { return const_iterator(at_++); }
        friend constexpr bool operator==(const_iterator, const_iterator) noexcept = default;

    private:
        char const* at_ = nullptr;
    };

    bytes() noexcept = default;
    /// The bytes of a string, such as a file in binary mode gives: bytes(f.read()).
    explicit bytes(std::string data) noexcept : data_(static_cast<std::string&&>(data)) {}
    bytes(char const* first, std::size_t count) : data_(first, count) {}
    bytes(std::byte const* first, std::size_t count) : data_(reinterpret_cast<char const*>(first), count) {}

    [[nodiscard]] int operator[](std::size_t index) const noexcept { return static_cast<unsigned char>(data_[index]); }
    [[nodiscard]] std::size_t size() const noexcept { return data_.size(); }
    [[nodiscard]] bool empty() const noexcept { return data_.empty(); }
    [[nodiscard]] std::size_t hash() const noexcept { return std::hash<std::string>()(data_); }
    [[nodiscard]] std::byte const* data() const noexcept { return reinterpret_cast<std::byte const*>(data_.data()); }
    [[nodiscard]] const_iterator begin() const noexcept { return const_iterator(data_.data()); }
    [[nodiscard]] const_iterator end() const noexcept { return const_iterator(data_.data() + data_.size()); }

    friend bool operator==(bytes const&, bytes const&) noexcept = default;
    // std::string compares its characters as unsigned char, as bytes does.
    friend std::strong_ordering operator<=>(bytes const& a, bytes const& b) noexcept { return a.data_ <=> b.data_; }

private:
    std::string data_;
};

inline namespace literals {

/// The bytes of a literal: "\x00abc"_b is b'\x00abc'. Zero bytes inside are kept.
[[nodiscard]] inline bytes operator""_b(char const* first, std::size_t count) { return bytes(first, count); }

}  // namespace literals
}  // namespace amphis::inline v0

#endif  // AMPHIS_BUILTINS_BYTES_HPP
