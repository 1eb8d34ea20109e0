// SPDX-License-Identifier: MIT
// exceptions/base: BaseException, Exception, and how to derive from them.  Python: docs.python.org/3/library/exceptions.html
#ifndef AMPHIS_LANG_EXCEPTIONS_BASE_HPP
#define AMPHIS_LANG_EXCEPTIONS_BASE_HPP

#include <amphis/config.hpp>
#include <amphis/detail/keyword.hpp>
#include <amphis/detail/repr.hpp>
#include <amphis/detail/text.hpp>
#include <amphis/lang/exceptions/state.hpp>

#include <cstddef>
#include <cstring>
#include <new>  // std::bad_alloc, and with it its base std::exception: <exception> would be one header more
#include <type_traits>

namespace amphis::inline v0 {

/// Python's e.args: what an exception was made with, in order. A view: it lives as long as the exception or a copy of it.
class exception_args {
public:
    constexpr exception_args(rendered const* first, std::size_t size) noexcept : first_(first), size_(size) {}

    [[nodiscard]] constexpr rendered const* begin() const noexcept { return first_; }
    [[nodiscard]] constexpr rendered const* end() const noexcept { return first_ + size_; }
    [[nodiscard]] constexpr std::size_t size() const noexcept { return size_; }
    [[nodiscard]] constexpr bool empty() const noexcept { return size_ == 0; }
    [[nodiscard]] constexpr rendered const& operator[](std::size_t i) const noexcept { return first_[i]; }

    friend void repr_to(detail::text& out, exception_args args) {
        for (rendered const& arg : args) {
            out.append(&arg == args.first_ ? "(" : ", ", &arg == args.first_ ? 1 : 2);
            arg.append_repr(out);
        }
        out.append(args.size_ == 0 ? "()" : args.size_ == 1 ? ",)" : ")");
    }
    friend void str_to(detail::text& out, exception_args args) { repr_to(out, args); }

private:
    rendered const* first_;
    std::size_t size_;
};

/// Python's e.__notes__, oldest first. A view, as exception_args is.
class exception_notes {
public:
    class iterator {
    public:
        using value_type = rendered;
        using reference = rendered const&;
        using pointer = rendered const*;
        using difference_type = std::ptrdiff_t;

        constexpr iterator() noexcept = default;
        constexpr explicit iterator(detail::exception_note const* note) noexcept : note_(note) {}
        [[nodiscard]] rendered const& operator*() const noexcept { return note_->str; }
        [[nodiscard]] rendered const* operator->() const noexcept { return &note_->str; }
        iterator& operator++() noexcept {
            note_ = __atomic_load_n(&note_->next, __ATOMIC_ACQUIRE);
            return *this;
        }
        iterator operator++(int) noexcept {
            iterator const before = *this;
            ++*this;
            return before;
        }
        [[nodiscard]] friend bool operator==(iterator, iterator) noexcept = default;

    private:
        detail::exception_note const* note_ = nullptr;
    };

    constexpr explicit exception_notes(detail::exception_note const* first) noexcept : first_(first) {}

    [[nodiscard]] iterator begin() const noexcept { return iterator(first_); }
    [[nodiscard]] iterator end() const noexcept { return {}; }
    [[nodiscard]] bool empty() const noexcept { return first_ == nullptr; }
    [[nodiscard]] std::size_t size() const noexcept {
        std::size_t count = 0;
        for (iterator i = begin(); i != end(); ++i) ++count;
        return count;
    }

private:
    detail::exception_note const* first_;
};

class BaseException;
class exc_info;
class exception_tuple;
namespace detail {
struct exception_access;
/// Makes a group like this one of other exceptions.
using derive_function = exc_info (*)(BaseException const& group, exception_tuple members);
}  // namespace detail

/// The root of Python's exceptions, and a std::exception.
///
///     try {
///         throw ValueError("bad radius", -1);
///     } catch (std::exception const& e) {
///         print(e, repr(e));      // ('bad radius', -1) ValueError('bad radius', -1)
///     }
///
/// args      any number, of any type that repr prints; they are printed when the exception is made, and not kept.
/// Raises    what printing an argument raises. Nothing for lack of memory: then the class is kept and the text lost.
/// Cost      two pointers; one allocation when made, none when copied. Throwing it costs what any C++ throw costs.
/// Threads   copies share their text; copying, reading and add_note may happen from any thread.
/// Differs   the context is taken when the exception is made, not when it is raised.
///           where() is known of one that was made of one argument.
///           args() are texts, see `rendered`. `Exception(value_error)` wraps as in Python, but `ValueError(value_error)`
///           copies.
///           `Exception x = value_error` slices the C++ type and keeps text and type_name().
class AMPHIS_VISIBLE BaseException : public std::exception {
public:
    using amphis_class = BaseException;
    using amphis_base = void;
    static constexpr bool amphis_located = true;

    template <class A>
    explicit BaseException(A const& a, detail::location where = detail::location::here())
        : state_(detail::new_state(detail::as<BaseException>{where}, a)) {}
    template <class... A>
    explicit BaseException(A const&... a) : state_(detail::new_state(detail::as<BaseException>{}, a...)) {}

    BaseException(BaseException const& other) noexcept : std::exception(other), state_(other.state_) { retain(); }
    BaseException& operator=(BaseException const& other) noexcept {
        other.retain();
        release();
        state_ = other.state_;
        return *this;
    }
    ~BaseException() override { release(); }

    /// str(e), as C++ asks for it. The pointer stays valid while a copy of the exception lives.
    [[nodiscard]] char const* what() const noexcept override { return state_->message.data; }

    /// Python's type(e).__name__: "ValueError".
    [[nodiscard]] char const* type_name() const noexcept { return state_->type->name; }

    /// What the exception was made with, in order.
    [[nodiscard]] exception_args args() const noexcept AMPHIS_LIFETIMEBOUND {
        if (detail::group_operations const* const group = group_operations()) {
            rendered const* const printed = group->args(*state_);
            return {printed != nullptr ? printed : state_->begin(), state_->args};
        }
        return {state_->begin(), state_->args};
    }

    /// Add a line that tracebacks show under the message. All copies have it.
    ///
    /// Raises    std::bad_alloc.
    template <detail::Str S>
    void add_note(S const& note) const {
        append_note(detail::chars_of(note));
    }

    /// The notes added, oldest first.
    [[nodiscard]] exception_notes notes() const noexcept AMPHIS_LIFETIMEBOUND {
        return exception_notes(__atomic_load_n(&state_->notes, __ATOMIC_ACQUIRE));
    }

    /// Python's __context__: what was being handled when this was made, or None.
    [[nodiscard]] exc_info context() const;
    /// Python's __cause__: what raise_from was given, or None.
    [[nodiscard]] exc_info cause() const;
    /// Python's __suppress_context__: tracebacks do not show the context. True once a cause was set, be it None.
    [[nodiscard]] bool suppress_context() const noexcept { return state_->links != nullptr && state_->links->suppress_context; }
    void suppress_context(bool suppress) const {
        if (detail::exception_links* const links = own_links()) links->suppress_context = suppress;
    }

    /// Where it was made: Python's __traceback__ has the whole stack. line 0: within the library.
    [[nodiscard]] detail::location const& where() const noexcept AMPHIS_LIFETIMEBOUND { return state_->where; }

    static constexpr char const* class_name() noexcept { return "BaseException"; }
    static constexpr char const* keywords[] = {nullptr};
    static constexpr auto write_message = &detail::write_args;

    friend void repr_of_exception(detail::text& out, BaseException const& e) {
        out.append(detail::chars(e.type_name()));
        if (detail::group_operations const* const group = e.group_operations()) return group->repr(out, *e.state_);
        exception_args const args = e.args();
        if (args.size() == 1) {
            out.push_back('(');
            args[0].append_repr(out);
            out.push_back(')');
        } else {
            repr_to(out, args);
        }
    }
    friend void str_of_exception(detail::text& out, BaseException const& e) {
        char const* const what = e.what();
        // A user's class may have its own what(); ours may hold a NUL.
        out.append(what == e.state_->message.data ? e.state_->message : detail::chars(what));
    }

protected:
    /// What Python keeps beside args; None where it was not given.
    [[nodiscard]] rendered const& value(std::size_t i) const noexcept {
        static constexpr rendered none;
        return i < state_->values ? state_->begin()[i] : none;
    }
    /// The value of the keyword at `index`.
    [[nodiscard]] rendered const& keyword_value(std::size_t index) const noexcept { return value(state_->args + index); }
    [[nodiscard]] std::size_t value_count() const noexcept { return state_->values; }
    /// Only in a constructor: the values after the first `count` are no args.
    void keep_args(unsigned count) noexcept {
        if (state_->args > count) state_->args = count;
    }
    [[nodiscard]] detail::chars message() const noexcept { return state_->message; }
    /// Of a group: what its derive() does.
    [[nodiscard]] virtual detail::derive_function derive_function() const noexcept { return nullptr; }

private:
    friend struct detail::exception_access;

    /// Null for what is no group.
    [[nodiscard]] detail::group_operations const* group_operations() const noexcept {
        return state_->links != nullptr ? state_->links->group : nullptr;
    }

    /// To hang another exception on; null for one that found no memory.
    detail::exception_links* own_links() const {
        if (is_lost()) return nullptr;
        if (state_->links == nullptr) state_->links = new detail::exception_links{};
        return state_->links;
    }
    /// The static state of exceptions that found no memory: shared by all of a class, so never changed.
    [[nodiscard]] bool is_lost() const noexcept { return __atomic_load_n(&state_->references, __ATOMIC_RELAXED) == 0; }
    void retain() const noexcept {
        if (is_lost()) return;
        __atomic_fetch_add(&state_->references, 1U, __ATOMIC_RELAXED);
    }
    void release() noexcept {
        if (is_lost()) return;
        if (__atomic_fetch_sub(&state_->references, 1U, __ATOMIC_ACQ_REL) == 1) detail::destroy_state(state_);
    }
    AMPHIS_COLD void append_note(detail::chars note) const {
        if (is_lost()) return;
        void* const block = ::operator new(sizeof(detail::exception_note) + note.size + 1);
        char* const characters = static_cast<char*>(block) + sizeof(detail::exception_note);
        if (note.size != 0) std::memcpy(characters, note.data, note.size);
        characters[note.size] = '\0';
        auto* const added = ::new (block) detail::exception_note{nullptr, rendered({characters, note.size}, {nullptr, 0})};
        detail::exception_note** last = &state_->notes;
        detail::exception_note* expected = nullptr;
        while (!__atomic_compare_exchange_n(last, &expected, added, false, __ATOMIC_ACQ_REL, __ATOMIC_ACQUIRE)) {
            last = &expected->next;
            expected = nullptr;
        }
    }

    detail::exception_state* state_;
};

namespace detail {

// A class with a repr or str of its own, which builtins/repr.hpp then takes.
namespace own_text {
void repr() = delete;  // found before the amphis::repr object, which would stop argument-dependent lookup
void str() = delete;
template <class E>
concept HasRepr = requires(E const& e) { e.repr(); } || requires(E const& e) { repr(e); };
template <class E>
concept HasStr = HasRepr<E> || requires(E const& e) { e.str(); } || requires(E const& e) { str(e); };
}  // namespace own_text

template <class E>
    requires std::is_base_of_v<std::exception, E> && (!own_text::HasStr<E>)
void str_to(text& out, E const& e) {
    if constexpr (std::is_base_of_v<BaseException, E>) {
        str_of_exception(out, e);
    } else {
        out.append(chars(e.what()));
    }
}

/// ValueError('boom'). Of a std::exception that is not ours: std::exception('what it says'), as its class cannot be named. Whether one
/// that was caught as a std::exception is ours only RTTI tells.
template <class E>
    requires std::is_base_of_v<std::exception, E> && (!own_text::HasRepr<E>)
void repr_to(text& out, E const& e) {
    if constexpr (std::is_base_of_v<BaseException, E>) {
        repr_of_exception(out, e);
    } else {
#if defined(__cpp_rtti)
        if constexpr (std::is_same_v<E, std::exception>) {
            if (auto const* const ours = dynamic_cast<BaseException const*>(&e)) return repr_to(out, *ours);
        }
#endif
        out.append("std::exception(", 15);
        repr_str_to(out, chars(e.what()));
        out.push_back(')');
    }
}

/// Throws from out of line, so that the place it is written at stays small.
template <class E, class... A>
[[noreturn]] AMPHIS_COLD void throw_(A const&... args) {
    if constexpr (sizeof...(A) == 1 && E::amphis_located) {
        throw E(args..., location());
    } else {
        throw E(args...);
    }
}
template <class E>
[[noreturn]] AMPHIS_COLD void throw_chars(chars message) {
    if constexpr (E::amphis_located) {
        throw E(message, location());
    } else {
        throw E(message);
    }
}
/// One body for literals of every length; inline, because the unwinder pays for each frame.
template <class E, std::size_t N>
[[noreturn]] AMPHIS_ALWAYS_INLINE void throw_(char const (&message)[N]) {
    throw_chars<E>(chars_of(message));
}

}  // namespace detail

// What each class of the library has: its constructors and its name. A default argument is what sees the place of the call, and cannot
// follow a pack, so there is one constructor for each small number of arguments.
// The aliases say which class a constructor makes: a user's class that inherits its constructors has those of its base.
#define AMPHIS_EXCEPTION_CLASS(NAME, BASE, LOCATED) \
    using amphis_class = NAME;                      \
    using amphis_base = BASE;                       \
    static constexpr bool amphis_located = LOCATED;

#define AMPHIS_EXCEPTION_CONSTRUCTORS(NAME, BASE)                                                                       \
    AMPHIS_EXCEPTION_CLASS(NAME, BASE, true)                                                                            \
    template <class A_>                                                                                                 \
    explicit NAME(A_ const& a, detail::location where = detail::location::here()) : BASE(detail::as<NAME>{where}, a) {} \
    template <class... A_>                                                                                              \
    explicit NAME(A_ const&... a) : BASE(detail::as<NAME>{}, a...) {}

#define AMPHIS_EXCEPTION_BODY(NAME, BASE)                                              \
public:                                                                                \
    AMPHIS_EXCEPTION_CONSTRUCTORS(NAME, BASE)                                          \
    static constexpr char const* class_name() noexcept { return #NAME; }

#define AMPHIS_EXCEPTION(NAME, BASE)                                                   \
    class AMPHIS_VISIBLE NAME : public BASE {                                          \
        AMPHIS_EXCEPTION_BODY(NAME, BASE)                                              \
    };

/// The root of all errors: everything but GeneratorExit, KeyboardInterrupt and SystemExit.
AMPHIS_EXCEPTION(Exception, BaseException)

/// Derive your own exception: Python's `class MyError(ValueError): pass`.
///
///     struct MyError : amphis::exception<"MyError", amphis::ValueError> { using exception::exception; };
///     throw MyError("boom", 7);       // repr: MyError('boom', 7)
///
/// Name      what type_name() and repr print.
/// Base      any exception of Python's, or your own; Exception by default.
/// Differs   where Python defines __str__, override what().
template <fixed_string Name, class Base = Exception>
class AMPHIS_VISIBLE exception : public Base {
    static_assert(std::is_base_of_v<BaseException, Base>,
                  "amphis: an exception derives from one of Python's exceptions: exception<\"MyError\", amphis::ValueError>");

public:
    AMPHIS_EXCEPTION_CONSTRUCTORS(exception, Base)
    static constexpr char const* class_name() noexcept { return Name.data(); }
};

}  // namespace amphis::inline v0

#endif  // AMPHIS_LANG_EXCEPTIONS_BASE_HPP
