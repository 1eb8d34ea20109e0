// SPDX-License-Identifier: MIT
// io/open: open().  Python: docs.python.org/3/library/functions.html#open
#ifndef AMPHIS_IO_OPEN_HPP
#define AMPHIS_IO_OPEN_HPP

#include <amphis/config.hpp>
#include <amphis/detail/arguments.hpp>
#include <amphis/detail/keyword.hpp>
#include <amphis/detail/repr.hpp>
#include <amphis/detail/text.hpp>
#include <amphis/io/file.hpp>

#include <cstddef>
#include <type_traits>

namespace amphis::inline v0 {
namespace detail {

/// A path of another library, such as std::filesystem::path.
template <class T>
concept HasCString = requires(T const& path) { static_cast<char const*>(path.c_str()); };
template <class T>
concept CharArrayOf = std::is_array_v<T> && std::is_same_v<std::remove_cv_t<std::remove_extent_t<T>>, char>;
template <class T>
concept CharPointerTo = std::is_pointer_v<T> && std::is_same_v<std::remove_cv_t<std::remove_pointer_t<T>>, char>;
template <class T>
concept Text = CharArrayOf<T> || CharPointerTo<T> || CharsLike<T> || std::is_same_v<T, chars>;
template <class T>
concept PathLike = Text<T> || HasCString<T>;
template <class T>
concept NoneLike = is_one_of<T, none_t, std::nullptr_t>;

/// The characters of an argument; null for None.
template <class T>
[[nodiscard]] chars text_argument(T const& value) noexcept {
    if constexpr (NoneLike<T>) {
        return {nullptr, 0};
    } else if constexpr (CharArrayOf<T>) {
        return chars(&value[0]);
    } else if constexpr (CharPointerTo<T>) {
        return chars(static_cast<char const*>(value));
    } else if constexpr (std::is_same_v<T, chars>) {
        return value;
    } else if constexpr (CharsLike<T>) {
        return {static_cast<char const*>(value.data()), static_cast<std::size_t>(value.size())};
    } else {
        return chars(static_cast<char const*>(value.c_str()));
    }
}

struct open_fn {
    template <class F, class... A>
    io::File operator()(F const& file, A const&... arguments) const {
        constexpr bool named = (std::size_t{0} + ... +
                                (is_named<"mode", A>() || is_named<"buffering", A>() || is_named<"encoding", A>() || is_named<"errors", A>() ||
                                         is_named<"newline", A>() || is_named<"closefd", A>()
                                     ? 1U
                                     : 0U)) == keyword_count<A...>();
        constexpr bool ordered = positional_first<A...>();
        constexpr bool once = count_named<"mode", A...>() + (positional_count<A...>() > 0 ? 1 : 0) <= 1 &&
                              count_named<"buffering", A...>() + (positional_count<A...>() > 1 ? 1 : 0) <= 1 && count_named<"encoding", A...>() <= 1 &&
                              count_named<"errors", A...>() <= 1 && count_named<"newline", A...>() <= 1 && count_named<"closefd", A...>() <= 1;
        static_assert(PathLike<F> || Integer<F>, "amphis: open() takes a path, which is a string or has c_str(), or a file descriptor");
        static_assert(named, "amphis: open() has only the keywords mode, buffering, encoding, errors, newline and closefd");
        static_assert(ordered, "amphis: positional argument follows keyword argument in open()");
        static_assert(positional_count<A...>() <= 2, "amphis: open() takes a file, a mode and buffering by position, the others by keyword");
        static_assert(once, "amphis: keyword argument repeated in open()");
        open_options options;
        if constexpr (Integer<F>) {
            options.is_descriptor = true;
            options.descriptor = static_cast<int>(file);
        } else if constexpr (PathLike<F>) {
            options.path = text_argument(file);
        }
        take_all<0>(options, arguments...);
        return file_access::open(options);
    }

private:
    template <int Position>
    static void take_all(open_options const&) noexcept {}
    template <int Position, class A, class... Rest>
    static void take_all(open_options& options, A const& argument, Rest const&... rest) {
        take<Position>(options, argument);
        take_all<Position + 1>(options, rest...);
    }
    template <int Position, class A>
    static void take(open_options& options, A const& argument) {
        if constexpr (!Kwarg<A>) {
            if constexpr (Position == 0) {
                take_mode(options, argument);
            } else {
                take_buffering(options, argument);
            }
        } else {
            auto const& value = argument.value;
            if constexpr (is_named<"mode", A>()) {
                take_mode(options, value);
            } else if constexpr (is_named<"buffering", A>()) {
                take_buffering(options, value);
            } else if constexpr (is_named<"closefd", A>()) {
                options.closefd = static_cast<bool>(value);
            } else if constexpr (is_named<"encoding", A>()) {
                take_text(options.encoding, value);
            } else if constexpr (is_named<"errors", A>()) {
                take_text(options.errors, value);
            } else if constexpr (is_named<"newline", A>()) {
                take_text(options.newline, value);
            }
        }
    }
    template <class T>
    static void take_mode(open_options& options, T const& value) {
        static_assert(Text<T>, "amphis: open(): mode is a string such as \"r\", \"w\" or \"rb\"");
        if constexpr (Text<T>) options.mode = text_argument(value);
    }
    template <class T>
    static void take_text(chars& option, T const& value) {
        static_assert(Text<T> || NoneLike<T>, "amphis: open(): encoding, errors and newline are strings, or None");
        if constexpr (Text<T> || NoneLike<T>) option = text_argument(value);
    }
    template <class T>
    static void take_buffering(open_options& options, T const& value) {
        static_assert(Integer<T>, "amphis: open(): buffering is an int: 0, 1, a size in bytes, or -1");
        if constexpr (Integer<T>) options.buffering = static_cast<long long>(value);
    }
};

/// Of ::open(path, O_RDONLY) the mode is an int.
template <class...>
inline constexpr bool begins_with_int = false;
template <class First, class... Rest>
inline constexpr bool begins_with_int<First, Rest...> = Integer<First>;

}  // namespace detail

/// Open a file.
///
///     for (auto&& line : amphis::open("x.txt")) print(line, "end"_k = "");
///     with(amphis::open("x.txt", "w", "encoding"_k = "latin-1"), [](auto& f) { f.write("caf\u00e9\n"); });
///     std::string const bytes = amphis::open("x.bin", "rb").read();
///
/// file      a path: any string, a std::filesystem::path; or a file descriptor, which is closed with the file unless "closefd"_k = false.
/// mode      r, w, x or a; with + for reading and writing; with b for bytes. "r" by default.
/// buffering 0 for none (binary only), 1 to flush at each newline, else the size of the buffer (bytes). -1: it grows as the file is used; a terminal by lines.
/// encoding  utf-8 (the default), utf-8-sig, ascii, latin-1, by any of Python's names for them.
/// errors    strict, ignore, replace, backslashreplace, surrogateescape, xmlcharrefreplace.
/// newline   None: "\n", "\r" and "\r\n" are read as "\n"; "": they end a line and stay; "\n", "\r" or "\r\n": that one ends a line, and is
///           written for "\n".
/// Returns   an io::File, which owns the descriptor; no child process inherits it.
/// Raises    FileNotFoundError, IsADirectoryError, PermissionError and their like; ValueError for a wrong mode; LookupError for an encoding
///           that is not here. What is wrong with the arguments is found before the file is touched.
/// Differs   the encoding does not depend on the locale. It is a function and not a function object, so that it can stand beside POSIX's ::open.
/// Source    Modules/_io/_iomodule.c, _io_open_impl (CPython 3.11).
template <class F, class... A>
    requires(!detail::begins_with_int<A...>)
io::File open(F const& file, A const&... options) {
    return detail::open_fn()(file, options...);
}

namespace io {
using amphis::open;
}

}  // namespace amphis::inline v0

#endif  // AMPHIS_IO_OPEN_HPP
