// SPDX-License-Identifier: MIT
// io/stream: what File, StringIO and BytesIO have in common: lines, and being a context.  Python: docs.python.org/3/library/io.html#io.IOBase
#ifndef AMPHIS_IO_STREAM_HPP
#define AMPHIS_IO_STREAM_HPP

#include <amphis/config.hpp>
#include <amphis/detail/repr.hpp>
#include <amphis/detail/text.hpp>
#include <amphis/lang/exceptions/hierarchy.hpp>
#include <amphis/lang/exceptions/os_error.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace amphis::inline v0 {
namespace io {

/// An operation that a file cannot do: reading what is open for writing.
///
/// Differs   in Python it is an OSError and a ValueError; here an OSError. C++ could derive from both, but then
///           `catch (Exception const&)` would find two of them and catch none.
struct UnsupportedOperation : exception<"UnsupportedOperation", OSError> {
    using exception::exception;
};

/// With how many bytes the buffer of a File begins. It grows while the file is read or written through.
inline constexpr std::size_t DEFAULT_BUFFER_SIZE = 8192;

/// The kinds of newlines met so far. Prints as Python's attribute does: None, '\n', ('\r', '\n').
///
/// Differs   Python has a str or a tuple of them; this compares with None and with a string.
class Newlines {
public:
    constexpr Newlines() noexcept = default;
    constexpr explicit Newlines(unsigned seen) noexcept : seen_(seen) {}

    [[nodiscard]] std::string_view repr() const noexcept {
        constexpr char const* all[] = {"None", "'\\r'", "'\\n'", "('\\r', '\\n')", "'\\r\\n'", "('\\r', '\\r\\n')", "('\\n', '\\r\\n')", "('\\r', '\\n', '\\r\\n')"};
        return all[seen_ & 7];
    }
    [[nodiscard]] friend constexpr bool operator==(Newlines a, none_t) noexcept { return a.seen_ == 0; }
    [[nodiscard]] friend constexpr bool operator==(Newlines a, std::string_view b) noexcept {
        return (a.seen_ == cr && b == "\r") || (a.seen_ == lf && b == "\n") || (a.seen_ == crlf && b == "\r\n");
    }
    [[nodiscard]] friend constexpr bool operator==(Newlines, Newlines) noexcept = default;

    static constexpr unsigned cr = 1;
    static constexpr unsigned lf = 2;
    static constexpr unsigned crlf = 4;

private:
    unsigned seen_ = 0;
};

}  // namespace io

namespace detail {

/// Bytes to be filled: a std::vector<char>, a std::array<std::byte, N>, a std::span<unsigned char>.
template <class T>
concept WritableBytes = requires(T& buffer) {
    requires sizeof(*buffer.data()) == 1 && std::is_trivially_copyable_v<std::remove_reference_t<decltype(*buffer.data())>>;
    requires !std::is_const_v<std::remove_reference_t<decltype(*buffer.data())>>;
    static_cast<std::size_t>(buffer.size());
};

struct stream_end {};

/// The base of files. Self has pull_line(std::string&), which is false at the end; write(std::string_view), close(), closed(),
/// characters(std::string const&), how many there are in a line,
/// and check_open().
template <class Self>
class stream {
public:
    class iterator {
    public:
        using iterator_concept = std::input_iterator_tag;
        using value_type = std::string;
        using reference = std::string&;
        using difference_type = std::ptrdiff_t;

        explicit iterator(Self& from) : from_(&from) { ++*this; }
        iterator(iterator&&) noexcept = default;
        iterator& operator=(iterator&&) noexcept = default;
        ~iterator() = default;

        [[nodiscard]] std::string& operator*() const noexcept { return from_->line_; }
        iterator& operator++() {
            if (!from_->pull_line(from_->line_)) from_ = nullptr;
            return *this;
        }
        void operator++(int) { ++*this; }
        [[nodiscard]] friend bool operator==(iterator const& it, stream_end) noexcept { return it.from_ == nullptr; }

    private:
        Self* from_;
    };

    /// The lines from here on, each with its newline. A line is valid until the next is read: it is always the same std::string.
    ///
    ///     for (auto&& line : f) print(line, "end"_k = "");
    [[nodiscard]] iterator begin() { return iterator(self()); }
    [[nodiscard]] static constexpr stream_end end() noexcept { return {}; }

    /// The next line.
    ///
    /// Raises    StopIteration at the end.
    std::string next() {
        std::string line;
        if (!self().pull_line(line)) throw StopIteration();
        return line;
    }
    template <class Fallback>
    [[nodiscard]] std::string next(Fallback&& fallback) {
        std::string line;
        if (!self().pull_line(line)) return std::string(static_cast<Fallback&&>(fallback));
        return line;
    }

    /// All lines from here on; with a hint, no more once they have more characters than that together (in a BytesIO: as many).
    [[nodiscard]] std::vector<std::string> readlines(long long hint = -1) {
        std::vector<std::string> lines;
        std::string line;
        long long total = 0;
        while (self().pull_line(line)) {
            lines.push_back(line);
            if (hint <= 0) continue;
            total += self().characters(line);
            if (total > hint || (total == hint && Self::hint_is_enough)) break;
        }
        return lines;
    }

    /// Write each string of a range; no newlines are added.
    template <class R>
    void writelines(R&& lines) {
        constexpr bool strings = requires {
            requires std::is_convertible_v<decltype(*std::begin(lines)), std::string_view>;
            std::end(lines);
        };
        static_assert(strings, "amphis: writelines() takes a range of strings");
        if constexpr (strings) {
            self().check_open();
            for (auto&& line : lines) self().write(std::string_view(line));
        }
    }

    /// For with(): the file itself; exit() closes it.
    ///
    /// Raises    ValueError when it is closed.
    Self& enter() {
        self().check_open();
        return self();
    }
    void exit() { self().close(); }

protected:
    stream() noexcept = default;
    stream(stream&&) noexcept = default;
    stream& operator=(stream&&) noexcept = default;
    ~stream() = default;

    static constexpr bool hint_is_enough = false;

    std::string line_;  // what iterators hand out

private:
    Self& self() noexcept { return static_cast<Self&>(*this); }
};

[[noreturn]] AMPHIS_COLD inline void raise_unsupported(char const* what) { throw io::UnsupportedOperation(chars(what)); }
[[noreturn]] AMPHIS_COLD inline void raise_closed(char const* message = "I/O operation on closed file.") { throw_chars<ValueError>(chars(message)); }
/// Errno `error`, and the file that it is about.
[[noreturn]] AMPHIS_COLD inline void raise_errno(int error) { raise_os_error(error); }

}  // namespace detail
}  // namespace amphis::inline v0

#endif  // AMPHIS_IO_STREAM_HPP
