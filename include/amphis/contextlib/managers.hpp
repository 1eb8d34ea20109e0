// SPDX-License-Identifier: MIT
// contextlib/managers: closing, nullcontext, suppress, chdir, redirect_stdout, redirect_stderr, and the mixins.
// Python: docs.python.org/3/library/contextlib.html
#ifndef AMPHIS_CONTEXTLIB_MANAGERS_HPP
#define AMPHIS_CONTEXTLIB_MANAGERS_HPP

#include <amphis/builtins/streams.hpp>
#include <amphis/config.hpp>
#include <amphis/contextlib/with.hpp>
#include <amphis/detail/text.hpp>
#include <amphis/lang/decorator.hpp>
#include <amphis/lang/exceptions.hpp>

#include <cerrno>
#include <cstring>
#include <new>
#include <type_traits>
#include <unistd.h>
#include <utility>

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
        requires(!std::is_same_v<Path, chdir>)
    explicit chdir(Path const& path) : path_(make(characters(path))) {}
    chdir(chdir&& other) noexcept : path_(std::exchange(other.path_, nullptr)), before_(std::exchange(other.before_, nullptr)) {}
    chdir& operator=(chdir&&) = delete;
    ~chdir() {
        drop(path_);
        while (before_ != nullptr) drop(std::exchange(before_, before_->outer));
    }

    void enter() {
        place* const here = current();
        if (::chdir(path_->characters()) != 0) {
            int const error = errno;
            drop(here);
            raise_os_error(error, path_->characters());
        }
        here->outer = before_;
        before_ = here;
    }
    void exit() {
        place* const back = before_;
        before_ = back->outer;
        int const error = ::chdir(back->characters()) == 0 ? 0 : errno;
        if (error == 0) [[likely]] return drop(back);
        detail::text path;  // the place dies before the exception is made
        path.append(detail::chars(back->characters()));
        drop(back);
        raise_os_error(error, path.view());
    }

private:
    /// A path, whose characters follow, and the one to go back to after it.
    struct place {
        place* outer;
        [[nodiscard]] char* characters() noexcept { return reinterpret_cast<char*>(this + 1); }
    };

    template <class Path>
    static detail::chars characters(Path const& path) {
        if constexpr (detail::Str<Path>) {
            return detail::chars_of(path);
        } else {
            static_assert(requires { static_cast<char const*>(path.c_str()); }, "amphis: chdir takes a path: a string, or what has c_str()");
            return detail::chars(path.c_str());
        }
    }
    static place* make(detail::chars path) {
        if (path.size != 0 && std::memchr(path.data, '\0', path.size) != nullptr) detail::throw_<ValueError>("embedded null byte");
        auto* const made = ::new (::operator new(sizeof(place) + path.size + 1)) place{nullptr};
        if (path.size != 0) std::memcpy(made->characters(), path.data, path.size);
        made->characters()[path.size] = '\0';
        return made;
    }
    static void drop(place* old) noexcept { ::operator delete(old); }
    static place* current() {
        detail::text path;
        for (std::size_t size = 256;; size *= 2) {
            path.clear();
            char* const room = path.extend(size);
            if (::getcwd(room, size) != nullptr) return make(detail::chars(room));
            if (errno != ERANGE) raise_os_error(errno);
        }
    }

    place* path_;
    place* before_ = nullptr;  // one for each enter: it can be entered again while it is entered
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
