// SPDX-License-Identifier: MIT
// exceptions/os_error: OSError and its subclasses, one for each common errno.  Python: docs.python.org/3/library/exceptions.html
#ifndef AMPHIS_LANG_EXCEPTIONS_OS_ERROR_HPP
#define AMPHIS_LANG_EXCEPTIONS_OS_ERROR_HPP

#include <amphis/lang/exceptions/base.hpp>
#include <amphis/lang/exceptions/hierarchy.hpp>

#include <cerrno>
#include <cstddef>
#include <string.h>  // strerror_r, which <cstring> does not promise
#include <type_traits>

namespace amphis::inline v0 {

class BlockingIOError;

/// What the operating system refused.
///
///     throw OSError(ENOENT, "No such file or directory", "x.txt");   // [Errno 2] No such file or directory: 'x.txt'
///     raise_os_error(errno, "x.txt");                                // the same, as FileNotFoundError
///
/// args      (errno, strerror[, filename[, winerror, filename2]]) as in Python: with a filename, args() keeps the first
///           two. Any other count: plain arguments.
/// Differs   OSError(ENOENT, ...) stays an OSError: a C++ constructor cannot choose the class. raise_os_error does.
///           errno_() is 0 where Python has None; the underscore is there because errno is a macro.
class AMPHIS_VISIBLE OSError : public Exception {
public:
    AMPHIS_EXCEPTION_CLASS(OSError, Exception, false)

    template <class... A>
    explicit OSError(A const&... args) : Exception(detail::as<OSError>(), args...) {
        parse<false>(args...);
    }
    static constexpr char const* class_name() noexcept { return "OSError"; }

    [[nodiscard]] int errno_() const noexcept { return errno_value_; }
    [[nodiscard]] rendered const& strerror() const noexcept { return parsed_ ? value(1) : value(value_count()); }
    [[nodiscard]] rendered const& filename() const noexcept { return has_filename_ ? value(2) : value(value_count()); }
    [[nodiscard]] rendered const& filename2() const noexcept { return has_filename_ ? value(4) : value(value_count()); }

    static void write_message(detail::text& out, detail::exception_parts const& parts) {
        if (parts.args < 2 || parts.args > 5) return detail::write_args(out, parts);
        out.append("[Errno ", 7);
        parts[0].append_str(out);
        out.append("] ", 2);
        parts[1].append_str(out);
        if (parts.args < 3 || parts[2].is_none()) return;
        out.append(": ", 2);
        parts[2].append_repr(out);
        if (parts.args < 5 || parts[4].is_none()) return;
        out.append(" -> ", 4);
        parts[4].append_repr(out);
    }

protected:
    [[nodiscard]] bool has_count() const noexcept { return has_count_; }
    [[nodiscard]] std::ptrdiff_t count() const noexcept { return count_; }

private:
    // Numbers live here, not in the shared text: they decide what a handler does, so they survive without memory.
    template <bool Counts, class... A>
    void parse(A const&... args) noexcept {
        if constexpr (sizeof...(A) >= 2 && sizeof...(A) <= 5) {
            int position = 0;
            (keep_number<Counts>(position++, args), ...);
            parsed_ = true;
            has_filename_ = !has_count_ && !value(2).is_none();
            if (has_filename_) keep_args(2);
        }
    }
    template <bool Counts, class E, class... A>
    void parse(detail::as<E>, A const&... args) noexcept {
        parse<Counts || std::is_base_of_v<BlockingIOError, E>>(args...);
    }
    template <bool Counts, class T>
    void keep_number(int position, T const& arg) noexcept {
        if constexpr (detail::Integer<T> || std::is_same_v<T, bool>) {
            if (position == 0) errno_value_ = static_cast<int>(arg);
            if (Counts && position == 2) {
                count_ = static_cast<std::ptrdiff_t>(arg);
                has_count_ = true;
            }
        }
    }

    std::ptrdiff_t count_ = 0;
    int errno_value_ = 0;
    bool parsed_ = false;  // the arguments are an errno and its text
    bool has_filename_ = false;
    bool has_count_ = false;
};

using EnvironmentError = OSError;
using IOError = OSError;

/// A call that would have to wait. The third argument may be the number of characters written before.
class AMPHIS_VISIBLE BlockingIOError : public OSError {
    AMPHIS_EXCEPTION_BODY(BlockingIOError, OSError)

    /// Characters written before the call would have had to wait.
    ///
    /// Raises    AttributeError where they were not given.
    template <class Missing = AttributeError>  // a template, so that only its callers pay for compiling the throw
    [[nodiscard]] std::ptrdiff_t characters_written() const {
        if (!has_count()) detail::throw_<Missing>("characters_written");
        return count();
    }

    static void write_message(detail::text& out, detail::exception_parts const& parts) {
        bool const only_two = parts.args > 2 && parts.args < 6 && !parts[2].is_str();
        OSError::write_message(out, {parts.list, only_two ? 2 : parts.args, parts.values});
    }
};

AMPHIS_EXCEPTION(ChildProcessError, OSError)
AMPHIS_EXCEPTION(ConnectionError, OSError)
AMPHIS_EXCEPTION(BrokenPipeError, ConnectionError)
AMPHIS_EXCEPTION(ConnectionAbortedError, ConnectionError)
AMPHIS_EXCEPTION(ConnectionRefusedError, ConnectionError)
AMPHIS_EXCEPTION(ConnectionResetError, ConnectionError)
AMPHIS_EXCEPTION(FileExistsError, OSError)
AMPHIS_EXCEPTION(FileNotFoundError, OSError)
AMPHIS_EXCEPTION(InterruptedError, OSError)
AMPHIS_EXCEPTION(IsADirectoryError, OSError)
AMPHIS_EXCEPTION(NotADirectoryError, OSError)
AMPHIS_EXCEPTION(PermissionError, OSError)
AMPHIS_EXCEPTION(ProcessLookupError, OSError)
AMPHIS_EXCEPTION(TimeoutError, OSError)

namespace detail {

/// Does errno `error` mean an exception class made for `codes`?
template <class... Codes>
[[nodiscard]] constexpr bool any_of(int error, Codes... codes) noexcept {
    return ((error == codes) || ...);
}

// strerror_r returns an int in POSIX and a char* in glibc.
inline char const* error_text(int result, char const* buffer) noexcept { return result == 0 ? buffer : "Unknown error"; }
inline char const* error_text(char const* result, char const*) noexcept { return result; }

struct raise_os_error_fn {
    template <class... F>
        requires(sizeof...(F) <= 2)
    [[noreturn]] AMPHIS_COLD void operator()(int error, F const&... filenames) const {
        char buffer[256];
#if defined(_MSC_VER)
        char const* const text = ::strerror_s(buffer, sizeof(buffer), error) == 0 ? buffer : "Unknown error";
#else
        char const* const text = error_text(::strerror_r(error, buffer, sizeof(buffer)), buffer);
#endif
        if (any_of(error, ENOENT)) raise<FileNotFoundError>(error, text, filenames...);
        if (any_of(error, EEXIST)) raise<FileExistsError>(error, text, filenames...);
        if (any_of(error, EACCES, EPERM)) raise<PermissionError>(error, text, filenames...);
        if (any_of(error, EISDIR)) raise<IsADirectoryError>(error, text, filenames...);
        if (any_of(error, ENOTDIR)) raise<NotADirectoryError>(error, text, filenames...);
        if (any_of(error, EINTR)) raise<InterruptedError>(error, text, filenames...);
        if (any_of(error, EAGAIN, EWOULDBLOCK, EALREADY, EINPROGRESS)) raise<BlockingIOError>(error, text, filenames...);
        if (any_of(error, ETIMEDOUT)) raise<TimeoutError>(error, text, filenames...);
        if (any_of(error, ECHILD)) raise<ChildProcessError>(error, text, filenames...);
        if (any_of(error, ESRCH)) raise<ProcessLookupError>(error, text, filenames...);
#if defined(ESHUTDOWN)
        if (any_of(error, ESHUTDOWN)) raise<BrokenPipeError>(error, text, filenames...);
#endif
        if (any_of(error, EPIPE)) raise<BrokenPipeError>(error, text, filenames...);
        if (any_of(error, ECONNABORTED)) raise<ConnectionAbortedError>(error, text, filenames...);
        if (any_of(error, ECONNREFUSED)) raise<ConnectionRefusedError>(error, text, filenames...);
        if (any_of(error, ECONNRESET)) raise<ConnectionResetError>(error, text, filenames...);
        raise<OSError>(error, text, filenames...);
    }

private:
    template <class E>
    [[noreturn]] static void raise(int error, char const* text) {
        throw E(error, text);
    }
    template <class E, class F>
    [[noreturn]] static void raise(int error, char const* text, F const& filename) {
        throw E(error, text, filename);
    }
    template <class E, class F, class G>
    [[noreturn]] static void raise(int error, char const* text, F const& filename, G const& filename2) {
        throw E(error, text, filename, nullptr, filename2);
    }
};

}  // namespace detail

/// Throw the subclass of OSError that Python maps errno `error` to.
///
///     raise_os_error(ENOENT, "x.txt");        // FileNotFoundError: [Errno 2] No such file or directory: 'x.txt'
///     raise_os_error(EXDEV, "a", "b");        // OSError: [Errno 18] Invalid cross-device link: 'a' -> 'b'
///
/// filenames none, one or two.
/// Raises    always.
inline constexpr detail::raise_os_error_fn raise_os_error;

}  // namespace amphis::inline v0

#endif  // AMPHIS_LANG_EXCEPTIONS_OS_ERROR_HPP
