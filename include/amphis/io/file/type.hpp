// SPDX-License-Identifier: MIT
// io/file/type: the class File, what open() returns.  Python: docs.python.org/3/library/io.html
#ifndef AMPHIS_IO_FILE_TYPE_HPP
#define AMPHIS_IO_FILE_TYPE_HPP

#include <amphis/builtins/bytes.hpp>
#include <amphis/config.hpp>
#include <amphis/detail/os_calls.hpp>
#include <amphis/detail/text.hpp>
#include <amphis/io/codec.hpp>
#include <amphis/io/stream.hpp>
#include <amphis/lang/exceptions/hierarchy.hpp>
#include <amphis/lang/exceptions/os_error.hpp>

#include <cerrno>
#include <cstddef>
#include <cstring>
#include <string>
#include <string_view>

namespace amphis::inline v0 {
namespace detail {

/// A file descriptor and whose it is.
class descriptor {
public:
    descriptor() noexcept = default;
    descriptor(descriptor&& other) noexcept : number_(other.number_), owned_(other.owned_) { other.number_ = -1; }
    descriptor& operator=(descriptor&& other) noexcept {
        descriptor old(static_cast<descriptor&&>(*this));
        number_ = other.number_;
        owned_ = other.owned_;
        other.number_ = -1;
        return *this;
    }
    ~descriptor() { static_cast<void>(close()); }

    void take(int number, bool owned) noexcept {
        number_ = number;
        owned_ = owned;
    }
    [[nodiscard]] int number() const noexcept { return number_; }
    [[nodiscard]] bool open() const noexcept { return number_ >= 0; }
    [[nodiscard]] bool owned() const noexcept { return owned_; }
    /// 0, or -1 and errno.
    int close() noexcept {
        int const number = number_;
        number_ = -1;
        return number >= 0 && owned_ ? os_calls::close(number) : 0;
    }

private:
    int number_ = -1;
    bool owned_ = false;
};

/// What open() was told. Null data: not given, or None.
struct open_options {
    chars path{nullptr, 0};
    int descriptor = -1;
    chars mode{"r", 1};
    chars encoding{nullptr, 0};
    chars errors{nullptr, 0};
    chars newline{nullptr, 0};
    long long buffering = -1;
    bool closefd = true;
    bool is_descriptor = false;
};

struct file_access;

}  // namespace detail

namespace io {

/// A file, text or binary as its mode says. Move-only; it owns the descriptor, and closes it when it is dropped.
///
///     auto f = amphis::open("x.txt", "w+");
///     f.write("caf\u00e9\n");                  // 5
///     f.seek(0);
///     std::string s = f.read();                // "café\n"
///
/// Text      a std::string in UTF-8, decoded and encoded with `encoding` and `errors`; "\n" for the newlines that `newline` names. read(n),
///           readline(limit) and what write() returns count code points.
/// Binary    a std::string that holds the bytes as they are; print(bytes(s)) shows them as Python does.
/// Raises    OSError for what the system refuses, ValueError when it is closed, UnsupportedOperation for what its mode has no part of.
/// Cost      a line costs a search for its end and a copy; a chunk is validated at once. One buffer, of 8 KiB when it is first
///           used; it grows to 64 KiB by reading and to 256 KiB by writing.
/// Threads   one at a time.
/// Differs   one class where Python has TextIOWrapper, BufferedReader, BufferedWriter, BufferedRandom and FileIO: what open() returns has one
///           type. A write after a read continues where the reading stopped, in text too, where CPython goes on behind what it read ahead.
///           tell() works between the lines of a loop. read() of a non-blocking file with nothing in it raises BlockingIOError.
/// Source    Modules/_io/textio.c, bufferedio.c, fileio.c (CPython 3.11).
class File : public detail::stream<File> {
public:
    File(File&&) noexcept = default;
    File& operator=(File&& other) noexcept {
        if (this == &other) return *this;
        drop();
        stream::operator=(static_cast<File&&>(other));
        fd_ = static_cast<detail::descriptor&&>(other.fd_);
        buffer_ = static_cast<detail::char_block&&>(other.buffer_);
        decoded_ = static_cast<detail::char_block&&>(other.decoded_);
        name_ = static_cast<std::string&&>(other.name_);
        mode_ = static_cast<std::string&&>(other.mode_);
        encoding_ = static_cast<std::string&&>(other.encoding_);
        errors_ = static_cast<std::string&&>(other.errors_);
        now_ = static_cast<position&&>(other.now_);
        set_ = other.set_;
        return *this;
    }
    /// Closes. What is not written by then and cannot be is reported on stderr: a destructor must not throw. close() does.
    ~File() { drop(); }

    // ---- reading

    /// The next `size` characters, or bytes; fewer at the end of the file. All that is left for -1.
    [[nodiscard]] std::string read(long long size = -1);
    /// Some of the next bytes, with at most one system call; binary.
    [[nodiscard]] std::string read1(long long size = -1);
    /// Fill a buffer of bytes; how many of them. Less than its size at the end of the file. Binary.
    template <class Buffer>
    std::size_t readinto(Buffer&& buffer) {
        constexpr bool fits = detail::WritableBytes<std::remove_reference_t<Buffer>>;
        static_assert(fits, "amphis: readinto() takes a buffer of bytes that can be written: a std::vector<char>, a std::array, a std::span");
        if constexpr (fits) {
            if (!set_.binary) detail::raise_unsupported("readinto");
            return read_bytes(reinterpret_cast<char*>(buffer.data()), static_cast<std::size_t>(buffer.size()));
        }
    }
    /// The next line with its newline, or its first `limit` characters; "" at the end of the file.
    [[nodiscard]] std::string readline(long long limit = -1) {
        std::string line;
        static_cast<void>(limit < 0 ? pull_line(line) : part_of_line(line, static_cast<std::size_t>(limit)));
        return line;
    }

    // ---- writing

    /// Write a text, or bytes. How many characters, or bytes, these were.
    ///
    /// Raises    OSError: when the buffer is full, and nothing of `text` is in it then. Other errors show at flush() or close().
    long long write(std::string_view text) {
        if (text.size() - 1 < static_cast<std::size_t>(now_.write_end - now_.write_at)) [[likely]] {  // it is not empty, and fits
            char const* const last = text.data() + text.size();
            if (set_.plain && (set_.binary || detail::ascii_prefix(text.data(), last) == last)) [[likely]] {
                std::memcpy(now_.write_at, text.data(), text.size());
                now_.write_at += text.size();
                return static_cast<long long>(text.size());
            }
        }
        return write_slowly(text);
    }
    long long write(bytes const& data) {
        if (!set_.binary) {
            check_open();
            detail::throw_<TypeError>("write() argument must be str, not bytes");
        }
        return write(std::string_view(reinterpret_cast<char const*>(data.data()), data.size()));
    }
    template <class T>
        requires(!std::is_convertible_v<T const&, std::string_view> && !std::is_same_v<T, bytes>)
    long long write(T const&) {
        static_assert(std::is_convertible_v<T const&, std::string_view>, "amphis: write() takes a string, or bytes: use str(x), or print(x, \"file\"_k = f)");
        return 0;
    }
    /// Give all that was written to the system.
    void flush() {
        check_open();
        if (now_.write_at != nullptr) flush_buffer();
    }

    // ---- the position

    /// Where the next character is read or written, as a number for seek(): in bytes from the beginning.
    [[nodiscard]] long long tell();
    /// Go to `offset` bytes from the beginning (0), from here (1) or from the end (2); the new position. In text only to where tell() was,
    /// and by 0 from here or the end.
    long long seek(long long offset, int whence = 0);
    /// Make the file `size` bytes long, by default as long as up to here; the position stays.
    long long truncate();
    long long truncate(long long size);

    // ---- the end

    /// Write what is not written yet, and close the descriptor, that also if writing fails. Once it has returned the data is with the system.
    void close();
    [[nodiscard]] bool closed() const noexcept { return !fd_.open(); }

    // ---- about it

    [[nodiscard]] int fileno() const {
        if (closed()) detail::raise_closed("I/O operation on closed file");
        return fd_.number();
    }
    [[nodiscard]] bool isatty() const { return detail::os_calls::isatty(fileno()); }
    [[nodiscard]] bool readable() const { return fileno() >= 0 && set_.readable; }
    [[nodiscard]] bool writable() const { return fileno() >= 0 && set_.writable; }
    [[nodiscard]] bool seekable() const { return detail::os_calls::seek(fileno(), 0, 1) >= 0; }
    /// The path it was opened by; the number if it was a descriptor.
    [[nodiscard]] std::string const& name() const noexcept { return name_; }
    [[nodiscard]] std::string const& mode() const noexcept { return mode_; }
    /// "" in binary.
    [[nodiscard]] std::string const& encoding() const noexcept { return encoding_; }
    [[nodiscard]] std::string const& errors() const noexcept { return errors_; }
    /// The newlines read so far, where the `newline` argument is None or "".
    [[nodiscard]] Newlines newlines() const noexcept { return Newlines(now_.newlines); }
    /// Does a newline flush?
    [[nodiscard]] bool line_buffering() const noexcept { return set_.line_buffering; }

    /// As Python shows it: <_io.TextIOWrapper name='x.txt' mode='r' encoding='utf-8'>.
    [[nodiscard]] std::string repr() const;

private:
    friend stream;

    [[nodiscard]] long long characters(std::string const& line) const noexcept {
        return static_cast<long long>(set_.binary ? line.size() : detail::code_points(line));
    }
    friend detail::file_access;

    /// What moves on as it is used. Nothing points into the object. What it is moved from is at no place.
    struct position {
        position() noexcept = default;
        position(position const&) noexcept = default;
        position& operator=(position const&) noexcept = default;
        position(position&& other) noexcept : position(static_cast<position const&>(other)) { other.clear(); }
        position& operator=(position&& other) noexcept {
            *this = static_cast<position const&>(other);
            other.clear();
            return *this;
        }
        ~position() = default;
        void clear() noexcept {
            position const none;
            *this = none;
        }

        char const* read_at = nullptr;  // the text read and not yet handed out, in buffer_ or in decoded_
        char const* read_end = nullptr;
        char* write_at = nullptr;  // null unless it is writing
        char* write_end = nullptr;
        // While reading, in buffer_: [0, decoded) is what read_at..read_end was made of, [decoded, filled) is the beginning of something.
        std::size_t decoded = 0;
        std::size_t filled = 0;
        std::size_t bom = 0;         // bytes at the beginning that are no text
        std::size_t next_read = 0;   // bytes to ask for: it grows while the file is read through
        std::size_t mapped_text = 0; // tell() went so far in the text, and in the bytes
        std::size_t mapped_bytes = 0;
        unsigned newlines = 0;
        bool as_it_is = true;  // the text is in buffer_
        bool ascii = true;
        bool at_start = true;  // the next byte may begin the mark of utf-8-sig
    };
    struct settings {
        detail::text_decoder decoder;
        detail::text_encoder encoder;
        // Reading gains nothing beyond 64 KiB; ext4 takes 256 KiB at a time in two thirds of the time that it takes 64 KiB in.
        std::size_t read_most = std::size_t{64} << 10U;
        std::size_t write_most = std::size_t{256} << 10U;
        detail::newline_rule ends = detail::newline_rule::lf;  // of lines, once decoded
        bool binary = false;
        bool raw = false;  // unbuffered
        bool readable = false;
        bool writable = false;
        bool updating = false;
        bool line_buffering = false;
        bool plain = true;  // ASCII is written as it is
    };

    explicit File(detail::open_options const& options);

    [[noreturn]] void raise_closed(char const* what) const;
    void check_open() const {
        if (closed()) detail::raise_closed();
    }
    /// A line into `line`; false at the end.
    bool pull_line(std::string& line) {
        if (now_.read_at != now_.read_end && set_.ends == detail::newline_rule::lf) [[likely]] {
            auto const size = static_cast<std::size_t>(now_.read_end - now_.read_at);
            if (auto const* const found = static_cast<char const*>(std::memchr(now_.read_at, '\n', size))) [[likely]] {
                line.assign(now_.read_at, static_cast<std::size_t>(found + 1 - now_.read_at));
                now_.read_at = found + 1;
                return true;
            }
        }
        return part_of_line(line, static_cast<std::size_t>(-1));
    }
    bool part_of_line(std::string& line, std::size_t limit);
    void begin_reading(char const* what);
    void begin_writing();
    bool fill();
    bool decode_chunk(bool final);
    void note_newlines(char const* first, char const* last, bool some_cr) noexcept;
    [[nodiscard]] std::size_t read_some(char* to, std::size_t count, bool some = false);
    std::size_t read_bytes(char* to, std::size_t count);
    [[nodiscard]] std::string read_all();
    void drain(std::string& out);
    [[nodiscard]] std::size_t find_mark(char const* first, char const* last) const noexcept;
    long long write_slowly(std::string_view text);
    void put(std::string_view data);
    void widen(std::size_t size);
    void flush_buffer();
    [[nodiscard]] std::size_t write_out(char const* from, std::size_t count) const noexcept;
    [[noreturn]] static void raise_not_written(std::size_t written);
    /// The position of the first byte that is not used yet.
    [[nodiscard]] std::size_t bytes_used();
    void forget_reading() noexcept;
    void rewind_to_logical();
    [[nodiscard]] std::size_t available() const noexcept { return static_cast<std::size_t>(now_.read_end - now_.read_at); }
    void drop() noexcept;

    detail::descriptor fd_;
    detail::char_block buffer_;
    detail::char_block decoded_;
    std::string name_;
    std::string mode_;
    std::string encoding_;
    std::string errors_;
    position now_;
    settings set_;
};

}  // namespace io

namespace detail {

/// The way to File's constructor, for open().
struct file_access {
    [[nodiscard]] static io::File open(open_options const& options) { return io::File(options); }
};

}  // namespace detail
}  // namespace amphis::inline v0

#endif  // AMPHIS_IO_FILE_TYPE_HPP
