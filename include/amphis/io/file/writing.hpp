// SPDX-License-Identifier: MIT
// io/file/writing: into the buffer, out of it, and the end.
#ifndef AMPHIS_IO_FILE_WRITING_HPP
#define AMPHIS_IO_FILE_WRITING_HPP

#include <amphis/config.hpp>
#include <amphis/detail/os_calls.hpp>
#include <amphis/detail/text.hpp>
#include <amphis/io/codec.hpp>
#include <amphis/io/file/type.hpp>
#include <amphis/lang/exceptions/hierarchy.hpp>
#include <amphis/lang/exceptions/os_error.hpp>

#include <cerrno>
#include <cstddef>
#include <cstring>
#include <string>
#include <string_view>

namespace amphis::inline v0::io {

inline void File::begin_writing() {
    if (closed()) raise_closed("write to");
    if (!set_.writable) detail::raise_unsupported(!set_.binary ? "not writable" : set_.raw ? "File not open for writing" : "write");
    if (now_.filled != 0) rewind_to_logical();
    if (set_.raw) return;
    widen(set_.write_most < DEFAULT_BUFFER_SIZE ? set_.write_most : DEFAULT_BUFFER_SIZE);
    now_.at_start = false;
    if (!set_.binary && set_.encoder.encoding == detail::text_encoding::utf8_sig && detail::os_calls::seek(fd_.number(), 0, 1) == 0) {
        put("\xEF\xBB\xBF");
    }
}

inline long long File::write_slowly(std::string_view text) {
    if (now_.write_at == nullptr) begin_writing();
    if (set_.raw) {
        std::ptrdiff_t const written = detail::os_calls::write(fd_.number(), text.data(), text.size());
        if (written < 0) detail::raise_errno(errno);
        return written;
    }
    if (set_.binary) {
        put(text);
        return static_cast<long long>(text.size());
    }
    std::size_t const count = detail::code_points(text);
    if (set_.encoder.plain(text)) {
        put(text);
    } else {
        put(set_.encoder.encode(text));
    }
    if (set_.line_buffering && text.find_first_of("\n\r") != std::string_view::npos) flush_buffer();
    return static_cast<long long>(count);
}

inline void File::put(std::string_view data) {
    if (data.size() > static_cast<std::size_t>(now_.write_end - now_.write_at)) {
        flush_buffer();
        auto const size = static_cast<std::size_t>(now_.write_end - now_.write_at);
        if (size < set_.write_most) widen(2 * size < set_.write_most ? 2 * size : set_.write_most);
        if (data.size() >= static_cast<std::size_t>(now_.write_end - now_.write_at)) {
            std::size_t const written = write_out(data.data(), data.size());
            if (written != data.size()) raise_not_written(written);
            return;
        }
    }
    if (!data.empty()) std::memcpy(now_.write_at, data.data(), data.size());
    now_.write_at += data.size();
}

/// Nothing is in the buffer: make it `size` bytes.
inline void File::widen(std::size_t size) {
    buffer_.reserve(size, 0);
    now_.write_at = buffer_.data();
    now_.write_end = now_.write_at + size;
}

/// How many bytes the system took: all, unless errno says why not.
inline std::size_t File::write_out(char const* from, std::size_t count) const noexcept {
    std::size_t done = 0;
    while (done != count) {
        std::ptrdiff_t const written = detail::os_calls::write(fd_.number(), from + done, count - done);
        if (written < 0) break;
        done += static_cast<std::size_t>(written);
    }
    return done;
}

inline void File::raise_not_written(std::size_t written) {
    if (errno == EAGAIN || errno == EWOULDBLOCK) throw BlockingIOError(errno, "write could not complete without blocking", written);
    detail::raise_errno(errno);
}

/// What cannot be written stays in the buffer.
inline void File::flush_buffer() {
    char* const first = buffer_.data();
    auto const size = static_cast<std::size_t>(now_.write_at - first);
    std::size_t const written = write_out(first, size);
    now_.write_at = first + (size - written);
    if (written == size) [[likely]] return;
    std::memmove(first, first + written, size - written);
    raise_not_written(written);
}

inline long long File::truncate() {
    if (closed()) raise_closed("truncate of");
    return truncate(tell());
}

inline long long File::truncate(long long size) {
    if (closed()) raise_closed("truncate of");
    if (!set_.writable) detail::raise_unsupported("truncate");
    if (now_.write_at != nullptr) {
        flush_buffer();
    } else {
        rewind_to_logical();
    }
    if (detail::os_calls::truncate(fd_.number(), size) != 0) detail::raise_errno(errno);
    return size;
}

inline void File::close() {
    if (closed()) return;
    if (now_.write_at != nullptr && now_.write_at != buffer_.data()) {
        try {
            flush_buffer();
        } catch (...) {
            now_.clear();
            static_cast<void>(fd_.close());
            throw;
        }
    }
    unsigned const newlines = now_.newlines;
    now_.clear();
    now_.newlines = newlines;
    if (fd_.close() != 0) detail::raise_errno(errno);
}

inline void File::drop() noexcept {
    if (closed()) return;
    auto const report = [this](auto const&... error) {
        detail::text out;
        out.append("Exception ignored in: ", 22);
        std::string const self = repr();
        out.append(self.data(), self.size());
        out.push_back('\n');
        (..., (out.append(detail::chars(error.type_name())), out.append(": ", 2), str_to(out, error), out.push_back('\n')));
        static_cast<void>(detail::os_calls::write(2, out.data(), out.size()));
    };
    try {
        try {
            close();
        } catch (BaseException const& error) {
            report(error);
        }
    } catch (...) {  // no memory for the report
    }
}

}  // namespace amphis::inline v0::io

#endif  // AMPHIS_IO_FILE_WRITING_HPP
