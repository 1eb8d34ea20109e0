// SPDX-License-Identifier: MIT
// io/file/opening: from a mode and a name to a File, and what there is to say about it.
#ifndef AMPHIS_IO_FILE_OPENING_HPP
#define AMPHIS_IO_FILE_OPENING_HPP

#include <amphis/config.hpp>
#include <amphis/detail/os_calls.hpp>
#include <amphis/detail/repr.hpp>
#include <amphis/detail/text.hpp>
#include <amphis/io/codec.hpp>
#include <amphis/io/file/type.hpp>
#include <amphis/lang/exceptions/hierarchy.hpp>
#include <amphis/lang/exceptions/os_error.hpp>

#include <cerrno>
#include <cstddef>
#include <cstring>
#include <string>

namespace amphis::inline v0 {
namespace detail {

[[noreturn]] AMPHIS_COLD inline void refuse(char const* before, chars what, char const* after) {
    text message;
    message.append(chars(before));
    message.append(what);
    message.append(chars(after));
    throw_chars<ValueError>(message.view());
}

/// What a mode says.
struct open_mode {
    bool reading = false;
    bool writing = false;
    bool appending = false;
    bool creating = false;
    bool updating = false;
    bool binary = false;

    explicit open_mode(chars mode) {
        bool text = false;
        for (std::size_t i = 0; i != mode.size; ++i) {
            char const c = mode.data[i];
            bool* const flag = c == 'r'   ? &reading
                               : c == 'w' ? &writing
                               : c == 'a' ? &appending
                               : c == 'x' ? &creating
                               : c == '+' ? &updating
                               : c == 'b' ? &binary
                               : c == 't' ? &text
                                          : nullptr;
            if (flag == nullptr || *flag) refuse("invalid mode: '", mode, "'");
            *flag = true;
        }
        int const kinds = int{reading} + int{writing} + int{appending} + int{creating};
        if (text && binary) throw_<ValueError>("can't have text and binary mode at once");
        if (kinds > 1) throw_<ValueError>("must have exactly one of create/read/write/append mode");
        if (kinds == 0) throw_<ValueError>("Must have exactly one of create/read/write/append mode and at most one plus");
    }

    [[nodiscard]] bool reads() const noexcept { return reading || updating; }
    [[nodiscard]] bool writes() const noexcept { return !reading || updating; }
    [[nodiscard]] unsigned flags() const noexcept {
        unsigned how = updating ? os_calls::read_write : reading ? os_calls::read_only : os_calls::write_only;
        if (writing) how |= os_calls::create | os_calls::truncate_it;
        if (creating) how |= os_calls::create | os_calls::exclusive;
        if (appending) how |= os_calls::create | os_calls::append;
        return how;
    }
    /// As a binary file of CPython says it.
    [[nodiscard]] char const* name() const noexcept {
        if (creating) return updating ? "xb+" : "xb";
        if (appending) return updating ? "ab+" : "ab";
        return updating ? "rb+" : reading ? "rb" : "wb";
    }
};

[[nodiscard]] inline newline_rule find_newline(chars given, bool quoted) {
    if (given.data == nullptr) return newline_rule::universal;
    std::string_view const newline(given.data, given.size);
    if (newline.empty()) return newline_rule::as_they_are;
    if (newline == "\n") return newline_rule::lf;
    if (newline == "\r") return newline_rule::cr;
    if (newline == "\r\n") return newline_rule::crlf;
    text shown;
    if (quoted) repr_str_to(shown, given);
    refuse("illegal newline value: ", quoted ? shown.view() : given, "");
}

}  // namespace detail

namespace io {

// What is wrong with the arguments is said before the file is touched: a wrong encoding does not cost anyone the content of a file.
inline File::File(detail::open_options const& options) {
    detail::open_mode const how(options.mode);
    set_.binary = how.binary;
    set_.readable = how.reads();
    set_.writable = how.writes();
    set_.updating = how.updating;
    if (how.binary) {
        if (options.encoding.data != nullptr) detail::throw_<ValueError>("binary mode doesn't take an encoding argument");
        if (options.errors.data != nullptr) detail::throw_<ValueError>("binary mode doesn't take an errors argument");
        if (options.newline.data != nullptr) detail::throw_<ValueError>("binary mode doesn't take a newline argument");
        mode_ = how.name();
    } else {
        if (options.buffering == 0) detail::throw_<ValueError>("can't have unbuffered text I/O");
        mode_.assign(options.mode.data, options.mode.size);
        encoding_ = options.encoding.data != nullptr ? std::string(options.encoding.data, options.encoding.size) : std::string("utf-8");
        errors_ = options.errors.data != nullptr ? std::string(options.errors.data, options.errors.size) : std::string("strict");
        set_.encoder.encoding = set_.decoder.encoding = detail::find_encoding(encoding_);
        set_.encoder.errors = set_.decoder.errors = detail::find_errors(errors_);
        set_.encoder.newline = set_.decoder.newline = detail::find_newline(options.newline, false);
        set_.ends = set_.decoder.newline == detail::newline_rule::universal ? detail::newline_rule::lf : set_.decoder.newline;
        set_.line_buffering = options.buffering == 1;
        if (encoding_ == "locale") encoding_ = "utf-8";
    }
    if (options.buffering == 0 || options.buffering > 1) {
        set_.raw = options.buffering == 0;
        std::size_t const least = how.binary ? 1 : 16;  // the longest code point must fit, and more
        auto const size = static_cast<std::size_t>(options.buffering);
        set_.read_most = set_.write_most = size < least ? least : size;
    }

    if (options.is_descriptor) {
        if (options.descriptor < 0) detail::throw_<ValueError>("negative file descriptor");
        detail::text number;
        detail::integer_to(number, options.descriptor);
        name_.assign(number.data(), number.size());
        fd_.take(options.descriptor, false);  // until all is well it is the caller's
    } else {
        if (!options.closefd) detail::throw_<ValueError>("Cannot use closefd=False with file name");
        if (options.path.size != 0 && std::memchr(options.path.data, '\0', options.path.size) != nullptr) detail::throw_<ValueError>("embedded null byte");
        name_.assign(options.path.data, options.path.size);
        int const fd = detail::os_calls::open(name_.c_str(), how.flags());
        if (fd < 0) raise_os_error(errno, detail::chars(name_.data(), name_.size()));
        fd_.take(fd, true);
    }
    detail::file_status status;
    if (detail::os_calls::status(fd_.number(), status) != 0) detail::raise_errno(errno);
    if (status.directory) {
        if (options.is_descriptor) throw IsADirectoryError(EISDIR, "Is a directory", options.descriptor);
        raise_os_error(EISDIR, detail::chars(name_.data(), name_.size()));
    }
    if (how.appending) static_cast<void>(detail::os_calls::seek(fd_.number(), 0, 2));
    if (how.updating && !set_.raw && detail::os_calls::seek(fd_.number(), 0, 1) < 0) detail::raise_unsupported("File or stream is not seekable.");
    if (!how.binary && options.buffering < 0 && status.character_device) set_.line_buffering = detail::os_calls::isatty(fd_.number());
    set_.plain = how.binary || (!set_.line_buffering && !set_.encoder.translates());
    fd_.take(fd_.number(), options.closefd);
}

inline std::string File::repr() const {
    detail::text out;
    auto const quoted = [&](char const* label, std::string const& value) {
        out.append(detail::chars(label));
        detail::repr_str_to(out, {value.data(), value.size()});
    };
    char const* const kind = !set_.binary                          ? "TextIOWrapper"
                             : set_.raw                            ? "FileIO"
                             : set_.updating                       ? "BufferedRandom"
                             : set_.readable                       ? "BufferedReader"
                                                                   : "BufferedWriter";
    out.append("<_io.", 5);
    out.append(detail::chars(kind));
    quoted(" name=", name_);
    if (!set_.binary) {
        quoted(" mode=", mode_);
        quoted(" encoding=", encoding_);
    } else if (set_.raw) {
        quoted(" mode=", mode_);
        out.append(fd_.owned() ? detail::chars(" closefd=True") : detail::chars(" closefd=False"));
    }
    out.push_back('>');
    return std::string(out.data(), out.size());
}

inline void File::raise_closed(char const* what) const {
    if (!set_.binary) detail::raise_closed();
    detail::refuse("", detail::chars(what), " closed file");
}

}  // namespace io
}  // namespace amphis::inline v0

#endif  // AMPHIS_IO_FILE_OPENING_HPP
