// SPDX-License-Identifier: MIT
// exceptions/hierarchy: the builtin exceptions of Python but OSError.  Python: docs.python.org/3/library/exceptions.html
#ifndef AMPHIS_LANG_EXCEPTIONS_HIERARCHY_HPP
#define AMPHIS_LANG_EXCEPTIONS_HIERARCHY_HPP

#include <amphis/lang/exceptions/base.hpp>

#include <cstddef>
#include <type_traits>

namespace amphis::inline v0 {

AMPHIS_EXCEPTION(GeneratorExit, BaseException)
AMPHIS_EXCEPTION(KeyboardInterrupt, BaseException)

/// A request to leave the program.
///
///     throw SystemExit(2);            // e.status() == 2
///
/// code()    what was given: a number, a text, or None.
/// status()  what a process that ends by it returns: the number; 0 for None, 1 for anything else.
class AMPHIS_VISIBLE SystemExit : public BaseException {
public:
    AMPHIS_EXCEPTION_CLASS(SystemExit, BaseException, false)

    template <class... A>
    explicit SystemExit(A const&... args) : BaseException(detail::as<SystemExit>(), args...), status_(status_of(args...)) {}
    static constexpr char const* class_name() noexcept { return "SystemExit"; }

    [[nodiscard]] rendered code() const noexcept {
        if (args().size() < 2) return value(0);
        return {message(), message()};  // Python: the tuple of all
    }
    [[nodiscard]] int status() const noexcept { return status_; }

private:
    template <class... A>
    static constexpr int status_of(A const&...) noexcept {
        return sizeof...(A) == 0 ? 0 : 1;
    }
    template <class E, class... A>
    static constexpr int status_of(detail::as<E>, A const&... args) noexcept {
        return status_of(args...);
    }
    template <class T>
    static constexpr int status_of(T const& code) noexcept {
        if constexpr (detail::Integer<T> || std::is_same_v<T, bool>) {
            return static_cast<int>(code);
        } else {
            return detail::is_one_of<T, none_t, std::nullptr_t> ? 0 : 1;
        }
    }

    int status_;
};

/// The end of an iterator; value() is what a generator returned.
class AMPHIS_VISIBLE StopIteration : public Exception {
    AMPHIS_EXCEPTION_BODY(StopIteration, Exception)
    [[nodiscard]] rendered const& value() const noexcept { return BaseException::value(0); }
};

AMPHIS_EXCEPTION(StopAsyncIteration, Exception)

AMPHIS_EXCEPTION(ArithmeticError, Exception)
AMPHIS_EXCEPTION(FloatingPointError, ArithmeticError)
AMPHIS_EXCEPTION(OverflowError, ArithmeticError)
AMPHIS_EXCEPTION(ZeroDivisionError, ArithmeticError)

AMPHIS_EXCEPTION(AssertionError, Exception)

/// A missing attribute: AttributeError("no x", "name"_k = "x").
class AMPHIS_VISIBLE AttributeError : public Exception {
    AMPHIS_EXCEPTION_BODY(AttributeError, Exception)
    static constexpr char const* keywords[] = {"name", "obj", nullptr};
    [[nodiscard]] rendered const& name() const noexcept { return keyword_value(0); }
    [[nodiscard]] rendered const& obj() const noexcept { return keyword_value(1); }
};

AMPHIS_EXCEPTION(BufferError, Exception)
AMPHIS_EXCEPTION(EOFError, Exception)

/// A failed import: ImportError("cannot import", "name"_k = "x", "path"_k = "x.py").
class AMPHIS_VISIBLE ImportError : public Exception {
    AMPHIS_EXCEPTION_BODY(ImportError, Exception)
    static constexpr char const* keywords[] = {"name", "path", nullptr};
    [[nodiscard]] rendered const& msg() const noexcept { return args().size() == 1 ? value(0) : value(value_count()); }
    [[nodiscard]] rendered const& name() const noexcept { return keyword_value(0); }
    [[nodiscard]] rendered const& path() const noexcept { return keyword_value(1); }
};
AMPHIS_EXCEPTION(ModuleNotFoundError, ImportError)

AMPHIS_EXCEPTION(LookupError, Exception)
AMPHIS_EXCEPTION(IndexError, LookupError)

/// A missing key. Its str is the key's repr, so that '' can be seen.
///
///     throw KeyError("x");            // what() is 'x' with the quotes
class AMPHIS_VISIBLE KeyError : public LookupError {
    AMPHIS_EXCEPTION_BODY(KeyError, LookupError)
    static void write_message(detail::text& out, detail::exception_parts const& parts) {
        if (parts.args != 1) return detail::write_args(out, parts);
        parts[0].append_repr(out);
    }
};

AMPHIS_EXCEPTION(MemoryError, Exception)

/// An unknown name: NameError("name 'x' is not defined", "name"_k = "x").
class AMPHIS_VISIBLE NameError : public Exception {
    AMPHIS_EXCEPTION_BODY(NameError, Exception)
    static constexpr char const* keywords[] = {"name", nullptr};
    [[nodiscard]] rendered const& name() const noexcept { return keyword_value(0); }
};
AMPHIS_EXCEPTION(UnboundLocalError, NameError)

AMPHIS_EXCEPTION(ReferenceError, Exception)

AMPHIS_EXCEPTION(RuntimeError, Exception)
AMPHIS_EXCEPTION(NotImplementedError, RuntimeError)
AMPHIS_EXCEPTION(RecursionError, RuntimeError)

/// Text that is not what its grammar says: SyntaxError("invalid syntax", "filename"_k = "a.py", "lineno"_k = 3).
///
/// Differs   Python takes the details as a tuple and shows them in the repr; here they are keywords and beside args().
class AMPHIS_VISIBLE SyntaxError : public Exception {
    AMPHIS_EXCEPTION_BODY(SyntaxError, Exception)
    static constexpr char const* keywords[] = {"filename", "lineno", "offset", "text", "end_lineno", "end_offset", nullptr};
    [[nodiscard]] rendered const& msg() const noexcept { return args().empty() ? value(value_count()) : value(0); }
    [[nodiscard]] rendered const& filename() const noexcept { return keyword_value(0); }
    [[nodiscard]] rendered const& lineno() const noexcept { return keyword_value(1); }
    [[nodiscard]] rendered const& offset() const noexcept { return keyword_value(2); }
    [[nodiscard]] rendered const& text() const noexcept { return keyword_value(3); }
    [[nodiscard]] rendered const& end_lineno() const noexcept { return keyword_value(4); }
    [[nodiscard]] rendered const& end_offset() const noexcept { return keyword_value(5); }

    static void write_message(detail::text& out, detail::exception_parts const& parts) {
        if (parts.args == 0) {
            out.append("None", 4);
        } else {
            parts[0].append_str(out);
        }
        rendered const& file = parts[parts.args];
        rendered const& line = parts[parts.args + 1];
        if (!file.is_str() && line.is_none()) return;
        out.append(" (", 2);
        if (file.is_str()) {
            std::size_t name = file.size();  // without its folders
            while (name != 0 && file.data()[name - 1] != '/') --name;
            out.append(file.data() + name, file.size() - name);
            if (!line.is_none()) out.append(", ", 2);
        }
        if (!line.is_none()) {
            out.append("line ", 5);
            line.append_str(out);
        }
        out.push_back(')');
    }
};
AMPHIS_EXCEPTION(IndentationError, SyntaxError)
AMPHIS_EXCEPTION(TabError, IndentationError)

AMPHIS_EXCEPTION(SystemError, Exception)
AMPHIS_EXCEPTION(TypeError, Exception)

AMPHIS_EXCEPTION(ValueError, Exception)
AMPHIS_EXCEPTION(UnicodeError, ValueError)

AMPHIS_EXCEPTION(Warning, Exception)
AMPHIS_EXCEPTION(BytesWarning, Warning)
AMPHIS_EXCEPTION(DeprecationWarning, Warning)
AMPHIS_EXCEPTION(EncodingWarning, Warning)
AMPHIS_EXCEPTION(FutureWarning, Warning)
AMPHIS_EXCEPTION(ImportWarning, Warning)
AMPHIS_EXCEPTION(PendingDeprecationWarning, Warning)
AMPHIS_EXCEPTION(ResourceWarning, Warning)
AMPHIS_EXCEPTION(RuntimeWarning, Warning)
AMPHIS_EXCEPTION(SyntaxWarning, Warning)
AMPHIS_EXCEPTION(UnicodeWarning, Warning)
AMPHIS_EXCEPTION(UserWarning, Warning)

}  // namespace amphis::inline v0

#endif  // AMPHIS_LANG_EXCEPTIONS_HIERARCHY_HPP
