// SPDX-License-Identifier: MIT
// contextlib/managers: closing, nullcontext, suppress, chdir, redirect_stdout, redirect_stderr, and the mixins.
// Python: docs.python.org/3/library/contextlib.html
#ifndef AMPHIS_CONTEXTLIB_MANAGERS_HPP
#define AMPHIS_CONTEXTLIB_MANAGERS_HPP

#include <amphis/builtins/streams.hpp>
#include <amphis/config.hpp>
#include <amphis/contextlib/with.hpp>
#include <amphis/lang/decorator.hpp>
#include <amphis/lang/exceptions.hpp>

#include <cerrno>
#include <string>
#include <string_view>
#include <type_traits>
#include <unistd.h>
#include <utility>
#include <vector>

namespace amphis::inline v0::contextlib {

/// A base for managers: enter() returns the manager itself.
///
///     struct Transaction : AbstractContextManager<Transaction> {
///         void exit(exc_info const& exc) { exc ? rollback() : commit(); }
///     };
///
/// Derived   the class that derives. It must have exit().
/// Differs   to ask whether a class is a context manager, use the concept amphis::ContextManager.
template <class Derived>
class AbstractContextManager {
public:
    Derived& enter() noexcept {
        static_assert(detail::ExitSees<Derived> || detail::ExitIsPlain<Derived>,
                      "amphis: Can't instantiate abstract class: a context manager needs exit() or exit(amphis::exc_info const&)");
        return static_cast<Derived&>(*this);
    }
};

/// A base for managers that can decorate functions: each call runs within the manager.
///
///     struct Track : ContextDecorator<Track> {
///         Track& enter() { print("Starting"); return *this; }
///         void exit() { print("Finishing"); }
///     };
///     auto f = Track{} | [](int x) { return 2 * x; };         // or Track{}(fn)
///
/// Derived   the class that derives; it is entered anew at each call.
/// Returns   of a call: what `with` returns, so an optional where the manager may suppress.
/// Differs   each decorated function has a copy of the manager, where in Python they share it.
template <class Derived>
class ContextDecorator : public decorator_base {
public:
    template <class F>
    [[nodiscard]] auto operator()(F&& fn) const {
        auto advice = [manager = Derived(static_cast<Derived const&>(*this))](auto& wrapped, auto&&... arguments) mutable -> decltype(auto) {
            return with(manager, [&]() -> decltype(auto) { return wrapped(static_cast<decltype(arguments)>(arguments)...); });
        };
        return around<decltype(advice)>(static_cast<decltype(advice)&&>(advice))(static_cast<F&&>(fn));
    }
};

/// Close `thing` at the end: thing.close().
///
///     with(closing(connect()), [](auto& connection) { ... });
///
/// thing     an lvalue is referred to, an rvalue is moved in.
template <class T>
class closing {
public:
    explicit closing(T&& thing) noexcept(std::is_nothrow_constructible_v<T, T&&>) : thing_(static_cast<T&&>(thing)) {}

    auto& enter() noexcept { return thing_; }
    void exit() noexcept(noexcept(std::declval<T&>().close())) { static_cast<void>(thing_.close()); }

private:
    T thing_;
};
template <class T>
closing(T&&) -> closing<T>;

/// A manager that does nothing, for where one is optional.
///
///     with(nullcontext(3), [](int x) { ... });
template <class T = void>
class nullcontext {
public:
    explicit nullcontext(T&& value) noexcept(std::is_nothrow_constructible_v<T, T&&>) : value_(static_cast<T&&>(value)) {}

    auto& enter() noexcept { return value_; }
    void exit() const noexcept {}

private:
    T value_;
};
template <>
class nullcontext<void> {
public:
    void enter() const noexcept {}
    void exit() const noexcept {}
};
template <class T>
nullcontext(T&&) -> nullcontext<T>;
nullcontext() -> nullcontext<void>;

/// Suppress exceptions of these classes and of those that derive from them.
///
///     with(suppress<FileNotFoundError>(), [] { os::remove("somefile.tmp"); });
///
/// E         any exception classes, std:: ones too. Without one, nothing is suppressed.
/// Cost      nothing without an exception; one throw with one, as of a handler written by hand.
/// Differs   an ExceptionGroup is not split (that is of Python 3.12).
template <class... E>
class suppress {
    static_assert(((std::is_class_v<E> && std::is_same_v<E, std::remove_cv_t<E>>) && ...),
                  "amphis: suppress takes exception classes: suppress<KeyError, OSError>()");

public:
    void enter() const noexcept {}
    [[nodiscard]] bool exit([[maybe_unused]] exc_info const& exc) const noexcept { return exc && (exc.is<E>() || ...); }
};

/// Change the working directory, and back at the end.
///
///     with(chdir("/tmp"), [] { ... });
///
/// Raises    OSError, as os.chdir does.
/// Threads   the working directory is one for the whole process.
class chdir {
public:
    /// path      a string, or anything with c_str(), such as a std::filesystem::path.
    template <class Path>
    explicit chdir(Path const& path) : path_(of(path)) {}

    void enter() {
        before_.push_back(current());
        try {
            change(path_);
        } catch (...) {
            before_.pop_back();
            throw;
        }
    }
    void exit() {
        std::string const back = static_cast<std::string&&>(before_.back());
        before_.pop_back();
        change(back);
    }

private:
    template <class Path>
    static std::string of(Path const& path) {
        std::string text = [&] {
            if constexpr (std::is_convertible_v<Path const&, std::string_view>) {
                return std::string(std::string_view(path));
            } else {
                static_assert(requires { std::string(path.c_str()); }, "amphis: chdir takes a path: a string, or what has c_str()");
                return std::string(path.c_str());
            }
        }();
        if (text.find('\0') != std::string::npos) detail::throw_<ValueError>("embedded null byte");
        return text;
    }
    static std::string current() {
        for (std::size_t size = 256;; size *= 2) {
            std::string path(size, '\0');
            if (::getcwd(path.data(), size) != nullptr) {
                path.resize(std::char_traits<char>::length(path.c_str()));
                return path;
            }
            if (errno != ERANGE) raise_os_error(errno);
        }
    }
    static void change(std::string const& path) {
        if (::chdir(path.c_str()) != 0) raise_os_error(errno, path);
    }

    std::string path_;
    std::vector<std::string> before_;  // one for each enter: it can be entered again while it is entered
};

/// Send what print() writes to standard output to `target` instead.
///
///     std::string help = with(redirect_stdout(StringIO()), [](auto& out) { print("hidden"); return out.getvalue(); });
///
/// target    an object with write(std::string_view) or write(char const*, count), such as StringIO, a file, a std::ostringstream; or a FILE*.
///           An lvalue is referred to, an rvalue is moved in.
/// Returns   by enter: target.
/// Threads   the target is one for all threads, as in Python.
/// Differs   printf and std::cout go where they went: they write below print.
template <class Target>
class redirect_stdout : public detail::redirection<Target, 1> {
public:
    using detail::redirection<Target, 1>::redirection;
};
template <class Target>
redirect_stdout(Target&&) -> redirect_stdout<Target>;

/// Send to `target` what print("file"_k = stderr) and tracebacks write. As redirect_stdout.
template <class Target>
class redirect_stderr : public detail::redirection<Target, 2> {
public:
    using detail::redirection<Target, 2>::redirection;
};
template <class Target>
redirect_stderr(Target&&) -> redirect_stderr<Target>;

}  // namespace amphis::inline v0::contextlib

#endif  // AMPHIS_CONTEXTLIB_MANAGERS_HPP
