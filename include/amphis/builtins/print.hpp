// SPDX-License-Identifier: MIT
// builtins/print: print(), one write a call.  Python: docs.python.org/3/library/functions.html#print
#ifndef AMPHIS_BUILTINS_PRINT_HPP
#define AMPHIS_BUILTINS_PRINT_HPP

#include <amphis/builtins/repr.hpp>
#include <amphis/config.hpp>
#include <amphis/detail/arguments.hpp>
#include <amphis/detail/keyword.hpp>
#include <amphis/detail/repr.hpp>
#include <amphis/detail/text.hpp>
#include <amphis/lang/exceptions.hpp>

#include <cerrno>
#include <cstddef>
#include <cstdio>
#include <cstring>
#include <string_view>
#include <type_traits>

namespace amphis::inline v0 {
namespace detail {

// ---- where it goes --------------------------------------------------------------------------------------------------

/// Something that takes text: what stdout is replaced with while its output is redirected.
struct output {
    void (*write)(void* object, chars text) = nullptr;
    void (*flush)(void* object) = nullptr;
    void* object = nullptr;
};

// Null: C's stdout, so that print, printf and std::cout come out in the order they were called.
inline output const* redirected_stdout = nullptr;

[[nodiscard]] inline output const* current_stdout() noexcept {
#if defined(__GNUC__)
    return __atomic_load_n(&redirected_stdout, __ATOMIC_ACQUIRE);
#else
    return static_cast<output const* volatile&>(redirected_stdout);
#endif
}

/// Send what print() writes to `target`, or to C's stdout for null; the target it replaces. It is one for all threads, as sys.stdout is.
inline output const* exchange_stdout(output const* target) noexcept {
#if defined(__GNUC__)
    return __atomic_exchange_n(&redirected_stdout, target, __ATOMIC_ACQ_REL);
#else
    output const* const before = current_stdout();
    static_cast<output const* volatile&>(redirected_stdout) = target;
    return before;
#endif
}

// Templates, so that who includes this and does not print is spared the classes of OSError: 11 ms of 165.

/// One fwrite, which holds the stream's lock: lines of two threads do not mix. A signal only makes it go on.
template <class File>
void write_file(File* file, chars text) {
    if (file == nullptr) throw_<ValueError>("I/O operation on closed file.");
    while (text.size != 0) {
        errno = 0;
        std::size_t const written = std::fwrite(text.data, 1, text.size, file);
        if (written == text.size) return;
        text = chars(text.data + written, text.size - written);
        if (errno != EINTR) raise_os_error(errno);
        std::clearerr(file);
    }
}

template <class File>
void flush_file(File* file) {
    if (file == nullptr) throw_<ValueError>("I/O operation on closed file.");
    while (std::fflush(file) != 0) {
        if (errno != EINTR) raise_os_error(errno);
        std::clearerr(file);
    }
}

template <class File>
concept WritesView = requires(File& file, std::string_view text) { file.write(text); };
/// As std::ostream writes: a pointer and a count.
template <class File>
concept WritesCount = requires(File& file, chars text) { file.write(text.data, static_cast<std::ptrdiff_t>(text.size)); };
template <class File>
concept Flushes = requires(File& file) { file.flush(); };

template <class File>
void write_to(File& file, chars text) {
    if constexpr (is_one_of<std::remove_cv_t<File>, none_t, std::nullptr_t>) {
        if (output const* const target = current_stdout()) {
            target->write(target->object, text);
        } else {
            write_file(stdout, text);
        }
    } else if constexpr (std::is_convertible_v<File&, std::FILE*>) {
        write_file(static_cast<std::FILE*>(file), text);
    } else if constexpr (WritesView<File>) {
        file.write(std::string_view(text.data, text.size));
    } else {
        static_assert(WritesCount<File>,
                      "amphis: print's file is a FILE*, or an object with write(std::string_view) or write(char const*, count)");
        if constexpr (WritesCount<File>) file.write(text.data, static_cast<std::ptrdiff_t>(text.size));
        // A std::ostream keeps its errors to itself unless it is asked.
        if constexpr (requires { static_cast<bool>(file.fail()); }) {
            if (file.fail()) raise_os_error(EIO);
        }
    }
}

template <class File>
void flush_to(File& file) {
    if constexpr (is_one_of<std::remove_cv_t<File>, none_t, std::nullptr_t>) {
        if (output const* const target = current_stdout()) {
            target->flush(target->object);
        } else {
            flush_file(stdout);
        }
    } else if constexpr (std::is_convertible_v<File&, std::FILE*>) {
        flush_file(static_cast<std::FILE*>(file));
    } else {
        static_assert(Flushes<File>, "amphis: print was told to flush, but its file has no flush()");
        if constexpr (Flushes<File>) file.flush();
    }
}

// ---- what goes there ------------------------------------------------------------------------------------------------

template <class T>
concept Separator = StrLike<T> || Character<T> || CharacterPointer<T> || CharacterArray<T> || is_one_of<T, none_t, std::nullptr_t>;

/// sep and end: a str, or None for the usual one.
template <class T>
void separator_to(text& out, T const& value, char usual) {
    static_assert(Separator<T>, "amphis: print's sep and end are strings, or None");
    if constexpr (is_one_of<T, none_t, std::nullptr_t>) {
        out.push_back(usual);
    } else if constexpr (Separator<T>) {
        str_to(out, value);
    }
}

struct print_fn {
    template <class... A>
    void operator()(A const&... arguments) const {
        constexpr bool ordered = positional_first<A...>();
        constexpr std::size_t sep = count_named<"sep", A...>();
        constexpr std::size_t end = count_named<"end", A...>();
        constexpr std::size_t file = count_named<"file", A...>();
        constexpr std::size_t flush = count_named<"flush", A...>();
        constexpr bool known = sep + end + file + flush == keyword_count<A...>();
        constexpr bool once = sep <= 1 && end <= 1 && file <= 1 && flush <= 1;
        static_assert(ordered, "amphis: positional argument follows keyword argument in print()");
        static_assert(known, "amphis: print() has only the keywords sep, end, file and flush");
        static_assert(once, "amphis: keyword argument repeated in print()");
        if constexpr (ordered && known && once) {
            text out;
            bool first = true;
            auto const add = [&](auto const& argument) {
                if constexpr (!Kwarg<decltype(argument)>) {
                    if (!first) separator_to(out, argument_or<"sep">(usual, arguments...), ' ');
                    first = false;
                    str_item(out, argument);
                }
            };
            (add(arguments), ...);
            separator_to(out, argument_or<"end">(usual, arguments...), '\n');
            auto& target = argument_or<"file">(usual, arguments...);
            write_to(target, out.view());
            if constexpr (flush != 0) {
                if (static_cast<bool>(argument_or<"flush">(usual, arguments...))) flush_to(target);
            }
        }
    }

private:
    static constexpr none_t usual = none_t();  // None, which may be a macro
};
}  // namespace detail

/// Print values, as str() shows them, with a space between and a newline at the end.
///
///     print("pi is", 3.14159);                          // pi is 3.14159
///     print(1, 2, 3, "sep"_k = ", ", "end"_k = "!\n");  // 1, 2, 3!
///     print("oops", "file"_k = stderr);
///
/// values    anything str() takes; none prints the end alone.
/// sep, end  strings, or None for " " and "\n".
/// file      a FILE*, or an object with write(std::string_view) or write(char const*, count), such as std::cout. None: C's stdout.
/// flush     whether to flush the file afterwards.
/// Raises    OSError when the file cannot be written; whatever a value's str() raises, and then nothing is written.
/// Cost      the text is made on the stack up to 256 bytes, then written in one call.
/// Threads   safe; the text of one call stays in one piece.
/// Differs   one write a call where CPython makes one for each value and separator. A closed pipe kills a C++ program by SIGPIPE
///           unless it ignores the signal; then it is BrokenPipeError, as in Python.
/// Source    Python/bltinmodule.c, builtin_print (CPython 3.11).
inline constexpr detail::print_fn print{};

}  // namespace amphis::inline v0

#endif  // AMPHIS_BUILTINS_PRINT_HPP
