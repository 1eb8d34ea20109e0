// SPDX-License-Identifier: MIT
// io/file/reading: from chunks of bytes to lines and characters, and the position among them.
#ifndef AMPHIS_IO_FILE_READING_HPP
#define AMPHIS_IO_FILE_READING_HPP

#include <amphis/config.hpp>
#include <amphis/detail/os_calls.hpp>
#include <amphis/io/codec.hpp>
#include <amphis/io/file/type.hpp>
#include <amphis/lang/exceptions/hierarchy.hpp>
#include <amphis/lang/exceptions/os_error.hpp>

#include <cerrno>
#include <cstddef>
#include <cstring>
#include <string>

namespace amphis::inline v0::io {

inline std::string File::read(long long size) {
    if (now_.read_at == now_.read_end) begin_reading("read of");
    if (size < -1 && set_.binary) detail::throw_<ValueError>("read length must be non-negative or -1");
    if (size < 0) return read_all();
    std::string out;
    auto left = static_cast<std::size_t>(size);
    if (set_.binary) {
        while (left != 0) {  // memory grows with what there is, not with what was asked for
            std::size_t const had = out.size();
            std::size_t const least = (std::size_t{1} << 20) < had ? had : std::size_t{1} << 20;
            std::size_t const step = left < least ? left : least;
            out.resize(had + step);
            std::size_t const got = read_bytes(out.data() + had, step);
            out.resize(had + got);
            if (got != step) break;
            left -= got;
        }
        return out;
    }
    while (left != 0) {
        if (now_.read_at == now_.read_end && !fill()) break;
        char const* stop = now_.read_at;
        if (now_.ascii) {
            std::size_t const count = left < available() ? left : available();
            stop += count;
            left -= count;
        } else {
            stop = detail::skip_code_points(now_.read_at, now_.read_end, left);
        }
        out.append(now_.read_at, static_cast<std::size_t>(stop - now_.read_at));
        now_.read_at = stop;
    }
    return out;
}

inline std::string File::read1(long long size) {
    if (!set_.binary) detail::raise_unsupported("read1");
    if (now_.read_at == now_.read_end) begin_reading("read of");
    if (now_.read_at == now_.read_end && size != 0) fill();
    std::size_t const count = size < 0 || static_cast<std::size_t>(size) > available() ? available() : static_cast<std::size_t>(size);
    std::string out(now_.read_at, count);
    now_.read_at += count;
    return out;
}

inline void File::begin_reading(char const* what) {
    if (closed()) raise_closed(what);
    if (!set_.readable) detail::raise_unsupported(!set_.binary ? "not readable" : set_.raw ? "File not open for reading" : "read");
    if (now_.write_at != nullptr) {
        flush_buffer();
        now_.write_at = now_.write_end = nullptr;
    }
    buffer_.reserve(set_.read_most < DEFAULT_BUFFER_SIZE ? set_.read_most : DEFAULT_BUFFER_SIZE, now_.filled);
}

/// `some`   there are bytes already, so that having to wait for more is no error.
inline std::size_t File::read_some(char* to, std::size_t count, bool some) {
    std::ptrdiff_t const got = detail::os_calls::read(fd_.number(), to, count);
    if (got < 0) [[unlikely]] {
        if (some && (errno == EAGAIN || errno == EWOULDBLOCK)) return 0;
        detail::raise_errno(errno);
    }
    return static_cast<std::size_t>(got);
}

inline std::size_t File::read_bytes(char* to, std::size_t count) {
    if (now_.read_at == now_.read_end) begin_reading("read of");
    if (set_.raw) return read_some(to, count);
    std::size_t done = 0;
    while (done != count) {
        if (now_.read_at == now_.read_end) {
            if (count - done >= set_.read_most) {  // past the buffer
                std::size_t const got = read_some(to + done, count - done, done != 0);
                if (got == 0) break;
                done += got;
                continue;
            }
            if (done != 0) {
                try {
                    if (!fill()) break;
                } catch (BlockingIOError const&) {
                    break;
                }
            } else if (!fill()) {
                break;
            }
        }
        std::size_t const part = count - done < available() ? count - done : available();
        std::memcpy(to + done, now_.read_at, part);
        now_.read_at += part;
        done += part;
    }
    return done;
}

/// All bytes up to the end of the file.
inline void File::drain(std::string& out) {
    std::size_t step = DEFAULT_BUFFER_SIZE;
    detail::file_status status;
    if (detail::os_calls::status(fd_.number(), status) == 0 && status.regular) {
        long long const here = detail::os_calls::seek(fd_.number(), 0, 1);
        // One more, so that the end is seen without growing. The file may change meanwhile: this is a guess.
        if (here >= 0 && status.size > here) step = static_cast<std::size_t>(status.size - here) + 1;
    }
    for (;;) {
        std::size_t const had = out.size();
        out.resize(had + step);
        std::size_t got = 0;
        try {
            got = read_some(out.data() + had, step, had != 0);
        } catch (...) {
            out.resize(had);
            throw;
        }
        out.resize(had + got);
        if (got == 0) return;
        step = got == step ? (step < out.size() ? out.size() : step) : step - got;
        if (step < 4096) step = 4096;
    }
}

inline std::string File::read_all() {
    std::string out(now_.read_at, available());
    if (set_.binary) {
        now_.read_at = now_.read_end;
        drain(out);
        return out;
    }
    std::size_t const held = now_.filled - now_.decoded;
    std::string bytes(buffer_.data() + now_.decoded, held);
    drain(bytes);
    char const* const last = bytes.data() + bytes.size();
    char const* const first = bytes.data() + find_mark(bytes.data(), last);
    bool ascii = false;
    try {
        if (set_.decoder.plain(first, last, ascii) == static_cast<std::size_t>(last - first)) {
            note_newlines(first, last, set_.ends != detail::newline_rule::lf);
            if (out.empty() && first == bytes.data()) {
                out.swap(bytes);
            } else {
                out.append(first, static_cast<std::size_t>(last - first));
            }
        } else {
            set_.decoder.decode(out, first, last, true);
            note_newlines(first, last, true);
        }
    } catch (...) {  // not read, then
        static_cast<void>(detail::os_calls::seek(fd_.number(), -static_cast<long long>(bytes.size() - held), 1));
        throw;
    }
    now_.at_start = now_.at_start && bytes.empty() && out.empty();
    forget_reading();
    return out;
}

/// The next chunk; false at the end of the file. Everything before was handed out.
inline bool File::fill() {
    std::size_t const least = set_.read_most < DEFAULT_BUFFER_SIZE ? set_.read_most : DEFAULT_BUFFER_SIZE;
    for (;;) {
        std::size_t const held = now_.filled - now_.decoded;
        std::size_t const ask_for = now_.next_read < least ? least : now_.next_read;
        if (held != 0) std::memmove(buffer_.data(), buffer_.data() + now_.decoded, held);
        if (now_.decoded != 0) now_.at_start = false;
        forget_reading();
        now_.filled = held;
        now_.next_read = ask_for;
        buffer_.reserve(ask_for, held);
        std::size_t const ask = ask_for - held;  // 0 where what is held is wrong, and raises again below
        std::size_t const got = ask == 0 ? 0 : read_some(buffer_.data() + held, ask);
        now_.filled += got;
        if (got == ask) now_.next_read = 2 * ask_for < set_.read_most ? 2 * ask_for : set_.read_most;
        bool const final = got == 0 && ask != 0;
        if (now_.filled == 0) return false;
        if (decode_chunk(final)) return true;
        if (final) return false;
    }
}

/// How many bytes the mark of utf-8-sig takes here.
inline std::size_t File::find_mark(char const* first, char const* last) const noexcept {
    if (set_.decoder.encoding != detail::text_encoding::utf8_sig || !now_.at_start) return 0;
    std::size_t const size = last - first < 3 ? static_cast<std::size_t>(last - first) : 3;
    return size != 0 && std::memcmp(first, "\xEF\xBB\xBF", size) == 0 ? size : 0;
}

/// Make text of the bytes in the buffer; false if there is none yet. What it raises it raises again the next time: no byte is lost.
inline bool File::decode_chunk(bool final) {
    char const* const buffer = buffer_.data();
    char const* last = buffer + now_.filled;
    now_.as_it_is = true;
    if (set_.binary) {
        now_.read_at = buffer;
        now_.read_end = last;
        now_.decoded = now_.filled;
        return true;
    }
    std::size_t const mark = find_mark(buffer, last);
    if (mark != 0 && mark < 3 && mark == now_.filled && !final) return false;
    char const* const first = buffer + mark;
    detail::newline_rule const rule = set_.decoder.newline;
    // "\r\n" stays in one piece where a line may end with it.
    if (!final && first != last && last[-1] == '\r' && (rule == detail::newline_rule::as_they_are || rule == detail::newline_rule::crlf)) --last;
    if (!final && set_.decoder.errors == detail::text_errors::ignore) {  // nor is it parted by what is left out of it
        char const* at = last;
        while (at != first && static_cast<signed char>(at[-1]) < 0) --at;
        if (at - first > 1 && at[-1] == '\r') last = at - 1;
    }
    bool ascii = false;
    std::size_t const size = set_.decoder.plain(first, last, ascii);
    char const* const stop = first + size;
    if (stop == last || set_.decoder.decode_one(first, stop, last, final).taken == 0) {
        now_.decoded = mark + size;
        note_newlines(first, stop, rule == detail::newline_rule::as_they_are);
        now_.read_at = first;
        now_.read_end = stop;
    } else {
        decoded_.clear();
        std::size_t const taken = set_.decoder.decode(decoded_, first, last, final);
        now_.decoded = mark + taken;
        note_newlines(first, first + taken, true);
        now_.as_it_is = false;
        now_.read_at = decoded_.data();
        now_.read_end = decoded_.data() + decoded_.size();
    }
    now_.ascii = ascii;
    now_.bom = mark;
    return now_.read_at != now_.read_end;
}

inline void File::note_newlines(char const* first, char const* last, bool some_cr) noexcept {
    detail::newline_rule const rule = set_.decoder.newline;
    if (rule != detail::newline_rule::universal && rule != detail::newline_rule::as_they_are) return;
    auto const find = [last](char const* from, char c) {
        return static_cast<char const*>(from == last ? nullptr : std::memchr(from, c, static_cast<std::size_t>(last - from)));
    };
    if ((now_.newlines & Newlines::lf) == 0) {
        for (char const* at = first; (at = find(at, '\n')) != nullptr; ++at) {
            if (at == first || at[-1] != '\r') {
                now_.newlines |= Newlines::lf;
                break;
            }
        }
    }
    constexpr unsigned both = Newlines::cr | Newlines::crlf;
    if (!some_cr) return;
    for (char const* at = first; (now_.newlines & both) != both && (at = find(at, '\r')) != nullptr; ++at) {
        now_.newlines |= at + 1 != last && at[1] == '\n' ? Newlines::crlf : Newlines::cr;
    }
}

inline bool File::part_of_line(std::string& line, std::size_t limit) {
    line.clear();
    if (now_.read_at == now_.read_end) {
        begin_reading("readline of");
        if (limit == 0 || !fill()) return false;
    }
    bool const whole = limit == static_cast<std::size_t>(-1);
    for (;;) {
        char const* const end = detail::line_end(now_.read_at, now_.read_end, set_.ends);
        char const* stop = end != nullptr ? end : now_.read_end;
        if (!whole) {
            if (set_.binary || now_.ascii) {
                auto const size = static_cast<std::size_t>(stop - now_.read_at);
                if (size > limit) stop = now_.read_at + limit;
                limit -= static_cast<std::size_t>(stop - now_.read_at);
            } else {
                stop = detail::skip_code_points(now_.read_at, stop, limit);
            }
        }
        line.append(now_.read_at, static_cast<std::size_t>(stop - now_.read_at));
        now_.read_at = stop;
        if ((end != nullptr && stop == end) || limit == 0) return true;
        if (!fill()) return !line.empty();
    }
}

// ---- the position ----------------------------------------------------------------------------------------------------

inline void File::forget_reading() noexcept {
    now_.read_at = now_.read_end = nullptr;
    now_.decoded = now_.filled = now_.bom = now_.next_read = now_.mapped_text = now_.mapped_bytes = 0;
    now_.as_it_is = true;
}

inline std::size_t File::bytes_used() {
    if (now_.read_at == now_.read_end) return now_.decoded;
    if (now_.as_it_is) return static_cast<std::size_t>(now_.read_at - buffer_.data());
    // Decoded once more, from where it was asked the last time.
    auto const text = static_cast<std::size_t>(now_.read_at - decoded_.data());
    now_.mapped_bytes += set_.decoder.bytes_of(buffer_.data() + now_.bom + now_.mapped_bytes, buffer_.data() + now_.decoded, text - now_.mapped_text);
    now_.mapped_text = text;
    return now_.bom + now_.mapped_bytes;
}

/// The descriptor goes back to where the reader is.
inline void File::rewind_to_logical() {
    std::size_t const ahead = now_.filled - bytes_used();
    if (ahead != 0 && detail::os_calls::seek(fd_.number(), -static_cast<long long>(ahead), 1) < 0) detail::raise_errno(errno);
    forget_reading();
}

inline long long File::tell() {
    if (closed()) raise_closed("tell of");
    long long const there = detail::os_calls::seek(fd_.number(), 0, 1);
    if (there < 0) {
        if (errno == ESPIPE && !set_.binary) detail::raise_unsupported("underlying stream is not seekable");
        detail::raise_errno(errno);
    }
    if (now_.write_at != nullptr) return there + (now_.write_at - buffer_.data());
    return there - static_cast<long long>(now_.filled - bytes_used());
}

inline long long File::seek(long long offset, int whence) {
    if (closed()) raise_closed("seek of");
    if (whence < 0 || whence > 2) {
        detail::text message;
        message.append(set_.binary ? detail::chars("whence value ") : detail::chars("invalid whence ("));
        detail::integer_to(message, whence);
        message.append(set_.binary ? detail::chars(" unsupported") : detail::chars(", should be 0, 1 or 2)"));
        detail::throw_chars<ValueError>(message.view());
    }
    if (!set_.binary) {
        if (!seekable()) detail::raise_unsupported("underlying stream is not seekable");
        if (whence == 1 && offset != 0) detail::raise_unsupported("can't do nonzero cur-relative seeks");
        if (whence == 2 && offset != 0) detail::raise_unsupported("can't do nonzero end-relative seeks");
        if (whence == 0 && offset < 0) {
            detail::text message;
            message.append("negative seek position ", 23);
            detail::integer_to(message, offset);
            detail::throw_chars<ValueError>(message.view());
        }
    }
    if (now_.write_at != nullptr) {
        flush_buffer();
        now_.write_at = now_.write_end = nullptr;
    }
    if (whence == 1) {
        offset += tell();
        whence = 0;
    }
    if (set_.binary && whence == 0 && now_.read_end != nullptr) {  // perhaps it is in the buffer
        long long const there = detail::os_calls::seek(fd_.number(), 0, 1);
        long long const first = there - static_cast<long long>(now_.filled);
        if (there >= 0 && now_.read_end == buffer_.data() + now_.filled && offset >= first && offset <= there) {
            now_.read_at = buffer_.data() + (offset - first);
            return offset;
        }
    }
    long long const there = detail::os_calls::seek(fd_.number(), offset, whence);
    if (there < 0) {
        if (errno == ESPIPE && !set_.raw) detail::raise_unsupported("File or stream is not seekable.");
        detail::raise_errno(errno);
    }
    forget_reading();
    now_.at_start = there == 0;
    if (there == 0 || whence == 2) now_.newlines = 0;  // as CPython forgets them
    return there;
}

}  // namespace amphis::inline v0::io

#endif  // AMPHIS_IO_FILE_READING_HPP
