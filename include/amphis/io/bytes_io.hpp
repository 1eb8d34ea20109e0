// SPDX-License-Identifier: MIT
// io/bytes_io: BytesIO, a binary file in memory.  Python: docs.python.org/3/library/io.html#io.BytesIO
#ifndef AMPHIS_IO_BYTES_IO_HPP
#define AMPHIS_IO_BYTES_IO_HPP

#include <amphis/builtins/bytes.hpp>
#include <amphis/config.hpp>
#include <amphis/detail/text.hpp>
#include <amphis/io/codec.hpp>
#include <amphis/io/stream.hpp>
#include <amphis/lang/exceptions/hierarchy.hpp>
#include <amphis/lang/exceptions/os_error.hpp>

#include <cstddef>
#include <cstring>
#include <string>
#include <string_view>
#include <type_traits>

namespace amphis::inline v0::io {

/// A binary file in memory.
///
///     io::BytesIO image("\x89PNG\r\n"_b);
///     image.read(4);                           // "\x89PNG"
///     print(bytes(image.getvalue()));          // b'\x89PNG\r\n'
///
/// initial_bytes   what is in it; the position is at its beginning.
/// Raises          ValueError when it is closed.
/// Threads         one at a time.
/// Differs         bytes are a std::string, as a binary File reads them; without getbuffer().
/// Source          Modules/_io/bytesio.c (CPython 3.11).
class BytesIO : public detail::stream<BytesIO> {
public:
    BytesIO() noexcept = default;
    explicit BytesIO(std::string_view initial_bytes) : data_(initial_bytes) {}
    explicit BytesIO(bytes const& initial_bytes) : data_(view(initial_bytes)) {}
    BytesIO(BytesIO&&) noexcept = default;
    BytesIO& operator=(BytesIO&&) noexcept = default;
    ~BytesIO() = default;

    /// All of it, wherever the position is.
    [[nodiscard]] std::string const& getvalue() const& AMPHIS_LIFETIMEBOUND {
        check_open();
        return data_;
    }
    [[nodiscard]] std::string getvalue() && {
        check_open();
        return static_cast<std::string&&>(data_);
    }
    [[nodiscard]] std::string read(long long size = -1) {
        check_open();
        std::string out(data_, first(), up_to(size));
        at_ += out.size();
        return out;
    }
    [[nodiscard]] std::string read1(long long size = -1) { return read(size); }
    [[nodiscard]] std::string readline(long long limit = -1) {
        check_open();
        std::string line;
        static_cast<void>(take_line(line, limit));
        return line;
    }
    template <class Buffer>
    std::size_t readinto(Buffer&& buffer) {
        constexpr bool fits = detail::WritableBytes<std::remove_reference_t<Buffer>>;
        static_assert(fits, "amphis: readinto() takes a buffer of bytes that can be written: a std::vector<char>, a std::array, a std::span");
        if constexpr (fits) {
            check_open();
            std::size_t const count = up_to(static_cast<long long>(buffer.size()));
            if (count != 0) std::memcpy(buffer.data(), data_.data() + first(), count);
            at_ += count;
            return count;
        }
    }
    /// Write bytes at the position; how many they are.
    long long write(std::string_view data) {
        check_open();
        if (data.empty()) return 0;
        if (at_ > data_.size()) {
            std::string filled(at_ - data_.size(), '\0');  // not in data_: data may be a part of it
            data_.append(filled.append(data));
        } else {
            std::size_t const over = data_.size() - at_ < data.size() ? data_.size() - at_ : data.size();
            data_.replace(at_, over, data);
        }
        at_ += data.size();
        return static_cast<long long>(data.size());
    }
    long long write(bytes const& data) { return write(view(data)); }
    template <class T>
        requires(!std::is_convertible_v<T const&, std::string_view> && !std::is_same_v<T, bytes>)
    long long write(T const&) {
        static_assert(std::is_convertible_v<T const&, std::string_view>, "amphis: write() takes bytes, or a string that holds them");
        return 0;
    }
    [[nodiscard]] long long tell() const {
        check_open();
        return static_cast<long long>(at_);
    }
    long long seek(long long offset, int whence = 0) {
        check_open();
        if (whence < 0 || whence > 2) refuse("invalid whence (", whence, ", should be 0, 1 or 2)");
        if (whence == 0 && offset < 0) refuse("negative seek value ", offset, "");
        auto const from = static_cast<long long>(whence == 0 ? 0 : whence == 1 ? at_ : data_.size());
        if (offset > 0x7FFF'FFFF'FFFF'FFFF - from) detail::throw_<OverflowError>("new position too large");
        at_ = static_cast<std::size_t>(from + offset < 0 ? 0 : from + offset);
        return static_cast<long long>(at_);
    }
    /// Cut it off after `size` bytes, by default at the position, which stays.
    long long truncate() { return truncate(tell()); }
    long long truncate(long long size) {
        check_open();
        if (size < 0) refuse("negative size value ", size, "");
        if (static_cast<std::size_t>(size) < data_.size()) data_.resize(static_cast<std::size_t>(size));
        return size;
    }
    void flush() const { check_open(); }
    void close() noexcept {
        closed_ = true;
        std::string().swap(data_);
    }
    [[nodiscard]] bool closed() const noexcept { return closed_; }
    [[nodiscard]] bool readable() const { return check_open(), true; }
    [[nodiscard]] bool writable() const { return check_open(), true; }
    [[nodiscard]] bool seekable() const { return check_open(), true; }
    [[nodiscard]] bool isatty() const { return check_open(), false; }
    [[nodiscard]] int fileno() const { detail::raise_unsupported("fileno"); }
    [[nodiscard]] std::string_view repr() const noexcept { return "<_io.BytesIO object>"; }

private:
    friend stream;

    static constexpr bool hint_is_enough = true;
    [[nodiscard]] static long long characters(std::string const& line) noexcept { return static_cast<long long>(line.size()); }
    void check_open() const {
        if (closed_) detail::raise_closed();
    }
    [[nodiscard]] static std::string_view view(bytes const& data) noexcept { return {reinterpret_cast<char const*>(data.data()), data.size()}; }
    [[nodiscard]] std::size_t first() const noexcept { return at_ < data_.size() ? at_ : data_.size(); }
    [[nodiscard]] std::size_t up_to(long long size) const noexcept {
        std::size_t const left = data_.size() - first();
        return size < 0 || static_cast<std::size_t>(size) > left ? left : static_cast<std::size_t>(size);
    }
    bool pull_line(std::string& line) {
        check_open();
        return take_line(line, -1);
    }
    bool take_line(std::string& line, long long limit) {
        char const* const from = data_.data() + first();
        char const* const last = from + up_to(limit);
        char const* stop = detail::line_end(from, last, detail::newline_rule::lf);
        if (stop == nullptr) stop = last;
        line.assign(from, stop);
        at_ += line.size();
        return from != stop;
    }
    [[noreturn]] AMPHIS_COLD static void refuse(char const* before, long long number, char const* after) {
        detail::text message;
        message.append(detail::chars(before));
        detail::integer_to(message, number);
        message.append(detail::chars(after));
        detail::throw_chars<ValueError>(message.view());
    }

    std::string data_;
    std::size_t at_ = 0;
    bool closed_ = false;
};

}  // namespace amphis::inline v0::io

#endif  // AMPHIS_IO_BYTES_IO_HPP
