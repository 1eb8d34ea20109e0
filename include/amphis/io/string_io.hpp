// SPDX-License-Identifier: MIT
// io/string_io: StringIO, a text file in memory.  Python: docs.python.org/3/library/io.html#io.StringIO
#ifndef AMPHIS_IO_STRING_IO_HPP
#define AMPHIS_IO_STRING_IO_HPP

#include <amphis/config.hpp>
#include <amphis/detail/arguments.hpp>
#include <amphis/detail/keyword.hpp>
#include <amphis/detail/text.hpp>
#include <amphis/io/codec.hpp>
#include <amphis/io/file/opening.hpp>
#include <amphis/io/open.hpp>
#include <amphis/io/stream.hpp>
#include <amphis/lang/exceptions/hierarchy.hpp>
#include <amphis/lang/exceptions/os_error.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <type_traits>

namespace amphis::inline v0::io {

/// A text file in memory.
///
///     io::StringIO memo;
///     print("x =", 3, "file"_k = memo);
///     memo.getvalue();                         // "x = 3\n"
///     io::StringIO lines("a\nb\n");
///     for (auto&& line : lines) print(line, "end"_k = "");
///
/// initial_value   what is in it; the position is at its beginning.
/// newline         as open() has it, except that it is "\n" by default, and that what is written is changed when it is written.
/// Positions       are characters: seek(3) goes to the fourth. Writing overwrites; beyond the end it fills up with NUL.
/// Raises          ValueError when it is closed.
/// Cost            a position in text that is not ASCII is counted from the beginning.
/// Threads         one at a time.
/// Source          Modules/_io/stringio.c (CPython 3.11).
class StringIO : public detail::stream<StringIO> {
public:
    StringIO() noexcept = default;
    template <class T, class... A>
        requires(!std::is_base_of_v<StringIO, T>)
    explicit StringIO(T const& first, A const&... arguments) {
        constexpr bool known = detail::count_named<"newline", T, A...>() == detail::keyword_count<T, A...>() && sizeof...(A) <= 1 &&
                               detail::positional_first<T, A...>();
        static_assert(known, "amphis: StringIO() takes a string and the newline, both by choice");
        if constexpr (known) {
            detail::chars newline("\n", 1);
            take_newline(newline, first);
            (take_newline(newline, arguments), ...);
            if constexpr (sizeof...(A) == 1) (take_second(newline, arguments), ...);
            newline_ = detail::find_newline(newline, true);
            ends_ = newline_ == detail::newline_rule::universal ? detail::newline_rule::lf : newline_;
            if constexpr (!detail::Kwarg<T>) {
                constexpr bool text = detail::Text<T> || detail::NoneLike<T>;
                static_assert(text, "amphis: StringIO() takes a string, or None");
                if constexpr (text) {
                    detail::chars const initial = detail::text_argument(first);
                    if (initial.data != nullptr) put(std::string_view(initial.data, initial.size));
                }
            }
            place_ = {};
        }
    }
    StringIO(StringIO&& other) noexcept
        : stream(static_cast<StringIO&&>(other)), data_(static_cast<std::string&&>(other.data_)), place_(other.place_), newline_(other.newline_), ends_(other.ends_),
          newlines_(other.newlines_), ascii_(other.ascii_), closed_(other.closed_) {
        other.place_ = {};
    }
    StringIO& operator=(StringIO&& other) noexcept {
        stream::operator=(static_cast<StringIO&&>(other));
        data_ = static_cast<std::string&&>(other.data_);
        place_ = other.place_;
        newline_ = other.newline_;
        ends_ = other.ends_;
        newlines_ = other.newlines_;
        ascii_ = other.ascii_;
        closed_ = other.closed_;
        if (this != &other) other.place_ = {};
        return *this;
    }
    ~StringIO() = default;

    /// All of it, wherever the position is.
    [[nodiscard]] std::string const& getvalue() const& AMPHIS_LIFETIMEBOUND {
        check();
        return data_;
    }
    [[nodiscard]] std::string getvalue() && {
        check();
        place_ = {};
        return static_cast<std::string&&>(data_);
    }
    [[nodiscard]] std::string read(long long size = -1) {
        check();
        auto left = static_cast<std::size_t>(size < 0 ? -1 : size);
        char const* const first = data_.data() + place_.byte;
        char const* const last = data_.data() + data_.size();
        char const* stop = last;
        if (ascii_) {
            if (left < static_cast<std::size_t>(last - first)) stop = first + left;
        } else {
            stop = detail::skip_code_points(first, last, left);
        }
        move_to(first, stop);
        return std::string(first, stop);
    }
    [[nodiscard]] std::string readline(long long limit = -1) {
        check();
        std::string line;
        static_cast<void>(take_line(line, static_cast<std::size_t>(limit < 0 ? -1 : limit)));
        return line;
    }
    /// Write a text at the position; how many characters it has.
    long long write(std::string_view text) {
        check();
        auto const count = static_cast<long long>(detail::code_points(text));
        put(text);
        return count;
    }
    template <class T>
        requires(!std::is_convertible_v<T const&, std::string_view>)
    long long write(T const&) {
        static_assert(std::is_convertible_v<T const&, std::string_view>, "amphis: write() takes a string: use str(x), or print(x, \"file\"_k = f)");
        return 0;
    }
    [[nodiscard]] long long tell() const {
        check();
        return static_cast<long long>(place_.index);
    }
    long long seek(long long offset, int whence = 0) {
        check();
        if (whence < 0 || whence > 2) refuse("Invalid whence (", whence, ", should be 0, 1 or 2)");
        if (whence == 0 && offset < 0) refuse("Negative seek position ", offset, "");
        if (whence != 0 && offset != 0) throw OSError(detail::chars("Can't do nonzero cur-relative seeks"));
        if (whence == 0) go_to(static_cast<std::size_t>(offset));
        if (whence == 2) go_to(length());
        return static_cast<long long>(place_.index);
    }
    /// Cut it off after `size` characters, by default at the position, which stays.
    long long truncate() { return truncate(tell()); }
    long long truncate(long long size) {
        check();
        if (size < 0) refuse("Negative size value ", size, "");
        auto left = static_cast<std::size_t>(size);
        char const* const first = data_.data();
        data_.resize(static_cast<std::size_t>(detail::skip_code_points(first, first + data_.size(), left) - first));
        if (place_.byte >= data_.size()) go_to(place_.index);
        return size;
    }
    void flush() const noexcept {}
    void close() noexcept {
        closed_ = true;
        std::string().swap(data_);
    }
    [[nodiscard]] bool closed() const noexcept { return closed_; }
    [[nodiscard]] bool readable() const { return check(), true; }
    [[nodiscard]] bool writable() const { return check(), true; }
    [[nodiscard]] bool seekable() const { return check(), true; }
    [[nodiscard]] bool isatty() const { return check_open(), false; }
    [[nodiscard]] bool line_buffering() const { return check(), false; }
    [[nodiscard]] int fileno() const { detail::raise_unsupported("fileno"); }
    [[nodiscard]] Newlines newlines() const { return check(), Newlines(newlines_); }
    [[nodiscard]] std::string_view repr() const noexcept { return "<_io.StringIO object>"; }

private:
    friend stream;

    [[nodiscard]] static long long characters(std::string const& line) noexcept { return static_cast<long long>(detail::code_points(line)); }
    void check() const {
        if (closed_) detail::raise_closed("I/O operation on closed file");
    }
    void check_open() const {
        if (closed_) detail::raise_closed();
    }
    template <class A>
    static void take_newline(detail::chars& newline, A const& argument) {
        if constexpr (detail::Kwarg<A>) take_second(newline, argument.value);
    }
    template <class A>
    static void take_second(detail::chars& newline, A const& argument) {
        if constexpr (!detail::Kwarg<A>) {
            constexpr bool text = detail::Text<A> || detail::NoneLike<A>;
            static_assert(text, "amphis: StringIO(): newline is a string, or None");
            if constexpr (text) newline = detail::text_argument(argument);
        }
    }
    [[noreturn]] AMPHIS_COLD static void refuse(char const* before, long long number, char const* after) {
        detail::text message;
        message.append(detail::chars(before));
        detail::integer_to(message, number);
        message.append(detail::chars(after));
        detail::throw_chars<ValueError>(message.view());
    }

    [[nodiscard]] std::size_t length() const noexcept { return ascii_ ? data_.size() : detail::code_points(data_); }
    void go_to(std::size_t position) noexcept {
        place_.index = position;
        std::size_t left = position;
        char const* const first = data_.data();
        if (ascii_) {
            place_.byte = position < data_.size() ? position : data_.size();
            left = position - place_.byte;
        } else {
            place_.byte = static_cast<std::size_t>(detail::skip_code_points(first, first + data_.size(), left) - first);
        }
        place_.beyond = left;
    }
    void move_to(char const* first, char const* stop) noexcept {
        if (first == stop) return;
        auto const bytes = static_cast<std::size_t>(stop - first);
        place_.index += ascii_ ? bytes : detail::code_points({first, bytes});
        place_.byte = static_cast<std::size_t>(stop - data_.data());
    }
    bool pull_line(std::string& line) {
        check();
        return take_line(line, static_cast<std::size_t>(-1));
    }
    bool take_line(std::string& line, std::size_t limit) {
        char const* const first = data_.data() + place_.byte;
        char const* const last = data_.data() + data_.size();
        char const* stop = detail::line_end(first, last, ends_);
        if (stop == nullptr) stop = last;
        if (limit != static_cast<std::size_t>(-1)) stop = detail::skip_code_points(first, stop, limit);
        line.assign(first, stop);
        move_to(first, stop);
        return first != stop;
    }

    void put(std::string_view text) {
        if (text.empty()) return;
        std::string changed;
        if (newline_ == detail::newline_rule::universal || newline_ == detail::newline_rule::as_they_are) note(text);
        if (newline_ == detail::newline_rule::universal && text.find('\r') != std::string_view::npos) {
            detail::text_decoder decoder;
            decoder.errors = detail::text_errors::surrogateescape;
            decoder.decode(changed, text.data(), text.data() + text.size(), true);
            text = changed;
        } else if ((newline_ == detail::newline_rule::cr || newline_ == detail::newline_rule::crlf) && text.find('\n') != std::string_view::npos) {
            for (char const c : text) changed.append(c != '\n' ? std::string_view(&c, 1) : newline_ == detail::newline_rule::cr ? "\r" : "\r\n");
            text = changed;
        }
        if (detail::ascii_prefix(text.data(), text.data() + text.size()) != text.data() + text.size()) ascii_ = false;
        std::size_t const count = ascii_ ? text.size() : detail::code_points(text);
        if (place_.byte == data_.size()) {
            if (place_.beyond == 0) {
                data_.append(text);
            } else {
                std::string filled(place_.beyond, '\0');  // not in data_: text may be a part of it
                data_.append(filled.append(text));
                place_.beyond = 0;
            }
            place_.byte = data_.size();
        } else {
            char const* const first = data_.data() + place_.byte;
            std::size_t left = count;
            char const* const stop = detail::skip_code_points(first, data_.data() + data_.size(), left);
            data_.replace(place_.byte, static_cast<std::size_t>(stop - first), text);
            place_.byte += text.size();
        }
        place_.index += count;
    }
    void note(std::string_view text) noexcept {
        for (std::size_t i = 0; i != text.size(); ++i) {
            if (text[i] == '\n') {
                newlines_ |= Newlines::lf;
            } else if (text[i] == '\r') {
                bool const both = i + 1 != text.size() && text[i + 1] == '\n';
                newlines_ |= both ? Newlines::crlf : Newlines::cr;
                i += both ? 1 : 0;
            }
        }
    }

    std::string data_;
    struct place_in_text {
        std::size_t byte = 0;   // not beyond the end
        std::size_t index = 0;  // code points
        std::size_t beyond = 0; // of them, how many there are not
    } place_;
    detail::newline_rule newline_ = detail::newline_rule::lf;
    detail::newline_rule ends_ = detail::newline_rule::lf;
    unsigned newlines_ = 0;
    bool ascii_ = true;
    bool closed_ = false;
};

}  // namespace amphis::inline v0::io

#endif  // AMPHIS_IO_STRING_IO_HPP
