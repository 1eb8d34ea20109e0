// SPDX-License-Identifier: MIT
// exceptions/info: an exception held as a value, and what hangs on one: cause and context.
// Python: docs.python.org/3/library/sys.html#sys.exc_info, docs.python.org/3/library/exceptions.html#exception-context
#ifndef AMPHIS_LANG_EXCEPTIONS_INFO_HPP
#define AMPHIS_LANG_EXCEPTIONS_INFO_HPP

#include <amphis/config.hpp>
#include <amphis/detail/pointer_set.hpp>
#include <amphis/detail/repr.hpp>
#include <amphis/detail/text.hpp>
#include <amphis/lang/exceptions/base.hpp>
#include <amphis/lang/exceptions/hierarchy.hpp>
#include <amphis/lang/exceptions/state.hpp>

#include <cstddef>
#include <cstring>
#include <exception>
#include <type_traits>

#if defined(__cpp_rtti)
#include <typeinfo>
#endif

namespace amphis::inline v0 {

namespace detail {

/// Is `type`, or one it derives from, `wanted`?
[[nodiscard]] inline bool is_a(exception_class const* type, exception_class const* wanted) noexcept {
    for (; type != nullptr; type = type->base) {
        if (type == wanted) return true;
    }
    return false;
}

/// E is a class of Python's, or an exception<...>, and not a C++ class that only inherits its constructors: its name says which it is.
template <class E>
concept RegisteredException = std::is_same_v<typename E::amphis_class, E>;

/// The class beside E that counts as an E, though C++ could not derive it from it.
template <class E>
struct counted_as {
    using type = void;
};

struct exception_access {
    static exception_state* state(BaseException const& e) noexcept { return e.state_; }
    static exception_links* links(BaseException const& e) { return e.own_links(); }
    static auto derive(BaseException const& e) noexcept { return e.derive_function(); }
    static void add_note(BaseException const& e, rendered const& note) { e.append_note({note.data(), note.size()}); }
};

/// Where the object is that `pointer` holds. In the Itanium ABI the pointer is all there is to an exception_ptr; elsewhere the exception
/// is thrown once to see it.
template <class E>
[[nodiscard]] E const* object_in(std::exception_ptr const& pointer) noexcept {
#if defined(__GLIBCXX__) || defined(_LIBCPP_VERSION)
    static_assert(sizeof(std::exception_ptr) == sizeof(void*));
    void const* object;
    std::memcpy(&object, static_cast<void const*>(&pointer), sizeof(object));
    return static_cast<E const*>(object);
#else
    try {
        std::rethrow_exception(pointer);
    } catch (E const& e) {
        return &e;
    } catch (...) {
        return nullptr;
    }
#endif
}

/// False if what `pointer` holds is no E, or if that cannot be told without throwing it.
template <class E>
[[nodiscard]] bool holds_exactly([[maybe_unused]] std::exception_ptr const& pointer) noexcept {
#if defined(__GLIBCXX__) && defined(__cpp_rtti)
    return *pointer.__cxa_exception_type() == typeid(E);
#else
    return false;
#endif
}

/// Is `e` the object that `pointer` holds, or a base of it?
template <class E>
[[nodiscard]] bool is_object_in(std::exception_ptr const& pointer, E const& e) noexcept {
#if defined(__cpp_rtti)
    void const* const object = dynamic_cast<void const*>(__builtin_addressof(e));
#else
    void const* const object = __builtin_addressof(e);
#endif
    return object == static_cast<void const*>(object_in<char>(pointer));
}

}  // namespace detail

/// An exception as a value: what `exit` of a context manager is given, what is left of a `try`, a cause, a context. Or none.
///
///     exc_info e = ValueError("boom");        // made, not thrown
///     print(bool(e), e.type_name(), e);       // True ValueError boom
///     e.is<LookupError>();                    // false; isinstance(e, LookupError)
///     e.raise();                              // throws it
///
/// Holds     any exception that C++ can throw, those of Python, std::exceptions, and others; it keeps it alive, and copies share it.
/// Cost      two pointers and the exception's own; made from an exception object: one allocation.
///           From a std::exception_ptr: with libstdc++ a look at its type; elsewhere one throw, as C++ has no other way to look into one.
/// Threads   as std::exception_ptr.
/// Differs   Python's tuple of type, value and traceback is one object here.
class exc_info {
public:
    /// None.
    exc_info() noexcept = default;
    exc_info(none_t) noexcept {}  // NOLINT(google-explicit-constructor): None reads as no exception

    /// The exception `e`: itself, where it is being handled; else a copy, as the type that it has here.
    template <class E>
        requires std::is_base_of_v<std::exception, E>
    exc_info(E const& e)  // NOLINT(google-explicit-constructor): an exception is a value
        : pointer_(std::current_exception()) {
        if (pointer_ && detail::is_object_in(pointer_, e)) {
            if constexpr (std::is_base_of_v<BaseException, E>) {
                standard_ = ours_ = __builtin_addressof(e);
            } else {
                look();
            }
            return;
        }
        pointer_ = std::make_exception_ptr(e);
        if constexpr (!std::is_nothrow_copy_constructible_v<E>) {
            if (!detail::holds_exactly<E>(pointer_)) {  // what copying it threw
                look();
                return;
            }
        }
        E const* const object = detail::object_in<E>(pointer_);
        standard_ = object;
        if constexpr (std::is_base_of_v<BaseException, E>) ours_ = object;
    }
    /// What `pointer` holds.
    explicit exc_info(std::exception_ptr pointer) noexcept : pointer_(static_cast<std::exception_ptr&&>(pointer)) {
        if (pointer_) look();
    }

    exc_info(exc_info const&) noexcept = default;
    exc_info& operator=(exc_info const&) noexcept = default;
    exc_info(exc_info&& other) noexcept : pointer_(static_cast<std::exception_ptr&&>(other.pointer_)), standard_(other.standard_), ours_(other.ours_) {
        other.standard_ = other.ours_ = nullptr;
    }
    exc_info& operator=(exc_info&& other) noexcept {
        exc_info taken(static_cast<exc_info&&>(other));
        swap(pointer_, taken.pointer_);
        standard_ = taken.standard_;
        ours_ = taken.ours_;
        return *this;
    }
    ~exc_info() = default;

    /// What is being handled where this is called: Python's sys.exc_info(). None outside of a handler.
    [[nodiscard]] static exc_info current() noexcept { return exc_info(std::current_exception()); }
    /// As current(), for a handler that has it by reference already: nothing is thrown to look at it.
    [[nodiscard]] static exc_info current(std::exception const& handled) noexcept {
#if defined(__cpp_rtti)
        return {std::current_exception(), &handled, dynamic_cast<BaseException const*>(&handled)};
#else
        static_cast<void>(handled);
        return current();  // it may be one of Python's
#endif
    }
    [[nodiscard]] static exc_info current(BaseException const& handled) noexcept { return {std::current_exception(), &handled, &handled}; }

    /// There is one.
    [[nodiscard]] explicit operator bool() const noexcept { return static_cast<bool>(pointer_); }

    /// Python's type(e).__name__. "NoneType" if there is none; "std::exception" or "object" for what is not Python's.
    [[nodiscard]] char const* type_name() const noexcept {
        return ours_ != nullptr ? ours_->type_name() : standard_ != nullptr ? "std::exception" : pointer_ ? "object" : "NoneType";
    }

    /// Is it an E? Python: isinstance(e, E).
    ///
    /// Cost      a few comparisons for Python's classes and exception<...>; others are asked with RTTI, or thrown once without.
    template <class E>
    [[nodiscard]] bool is() const noexcept {
        if constexpr (std::is_same_v<E, std::exception>) {
            return standard_ != nullptr;
        } else if constexpr (std::is_base_of_v<BaseException, E>) {
            if (ours_ == nullptr) return false;
            if constexpr (detail::RegisteredException<E>) {
                detail::exception_class const* const type = detail::exception_access::state(*ours_)->type;
                using other = typename detail::counted_as<E>::type;
                if constexpr (!std::is_void_v<other>) {
                    if (detail::is_a(type, &detail::class_of<other>)) return true;
                }
                return detail::is_a(type, &detail::class_of<E>);
            } else {
                return get<E>() != nullptr;
            }
        } else {
            return get<E>() != nullptr;
        }
    }

    /// The exception as an E, or null if it is none. Lives as long as this or a copy.
    template <class E>
    [[nodiscard]] E const* get() const noexcept AMPHIS_LIFETIMEBOUND {
        if (!pointer_) return nullptr;
        if constexpr (std::is_same_v<E, BaseException>) {
            return ours_;
        } else if constexpr (std::is_same_v<E, std::exception>) {
            return standard_;
        }
#if defined(__cpp_rtti)
        else if constexpr (std::is_base_of_v<std::exception, E>) {
            return dynamic_cast<E const*>(standard_);
        }
#endif
        else {
            try {
                std::rethrow_exception(pointer_);
            } catch (E const& e) {
                return &e;
            } catch (...) {
                return nullptr;
            }
        }
    }
    /// As Python's exception, or null: type_name(), args(), notes(), cause(), context(), ...
    [[nodiscard]] BaseException const* value() const noexcept AMPHIS_LIFETIMEBOUND { return ours_; }

    /// The exceptions of a group; empty for what is none. A view: it lives as long as this or a copy.
    [[nodiscard]] exception_tuple exceptions() const noexcept AMPHIS_LIFETIMEBOUND;

    /// Throw it: the same object, not a copy.
    [[noreturn]] AMPHIS_COLD void raise() const {
        if (!pointer_) detail::throw_<RuntimeError>("No active exception to reraise");
        std::rethrow_exception(pointer_);
    }

    [[nodiscard]] std::exception_ptr const& pointer() const noexcept AMPHIS_LIFETIMEBOUND { return pointer_; }

    /// The same exception: Python's `is`. Copies of one are the same.
    [[nodiscard]] friend bool operator==(exc_info const& a, exc_info const& b) noexcept {
        if (a.ours_ == nullptr || b.ours_ == nullptr) return a.pointer_ == b.pointer_;
        return detail::exception_access::state(*a.ours_) == detail::exception_access::state(*b.ours_);
    }

    friend void str_to(detail::text& out, exc_info const& e) {
        if (e.ours_ != nullptr) {
            str_of_exception(out, *e.ours_);
        } else if (e.standard_ != nullptr) {
            out.append(detail::chars(e.standard_->what()));
        } else {
            out.append(e.pointer_ ? "<object>" : "None");
        }
    }
    friend void repr_to(detail::text& out, exc_info const& e) {
        if (e.ours_ != nullptr) {
            repr_of_exception(out, *e.ours_);
        } else if (e.standard_ != nullptr) {
            detail::repr_to(out, *e.standard_);
        } else {
            out.append(e.pointer_ ? "<object>" : "None");
        }
    }

private:
    exc_info(std::exception_ptr&& pointer, std::exception const* standard, BaseException const* ours) noexcept
        : pointer_(static_cast<std::exception_ptr&&>(pointer)), standard_(standard), ours_(ours) {}

    AMPHIS_COLD void look() noexcept {
#if defined(__GLIBCXX__) && defined(__cpp_rtti)
        // As the unwinder of libstdc++ finds a handler, but without a throw, which takes 1 us.
        std::type_info const* const type = pointer_.__cxa_exception_type();
        void* ours = const_cast<char*>(detail::object_in<char>(pointer_));
        void* standard = ours;
        if (typeid(BaseException).__do_catch(type, &ours, 1)) {
            standard_ = ours_ = static_cast<BaseException const*>(ours);
        } else if (typeid(std::exception).__do_catch(type, &standard, 1)) {
            standard_ = static_cast<std::exception const*>(standard);
        }
#else
        try {
            std::rethrow_exception(pointer_);
        } catch (BaseException const& e) {
            standard_ = ours_ = &e;
        } catch (std::exception const& e) {
            standard_ = &e;
        } catch (...) {  // something that is no exception class
        }
#endif
    }

    std::exception_ptr pointer_{};
    std::exception const* standard_ = nullptr;
    BaseException const* ours_ = nullptr;
};

/// Python's tuple of the exceptions in a group: e.exceptions(). A view: it lives as long as the group or a copy of it.
class exception_tuple {
public:
    constexpr exception_tuple() noexcept = default;
    constexpr exception_tuple(exc_info const* first, std::size_t size) noexcept : first_(first), size_(size) {}

    [[nodiscard]] constexpr exc_info const* begin() const noexcept { return first_; }
    [[nodiscard]] constexpr exc_info const* end() const noexcept { return first_ + size_; }
    [[nodiscard]] constexpr std::size_t size() const noexcept { return size_; }
    [[nodiscard]] constexpr bool empty() const noexcept { return size_ == 0; }
    [[nodiscard]] constexpr exc_info const& operator[](std::size_t i) const noexcept { return first_[i]; }

    friend void repr_to(detail::text& out, exception_tuple exceptions) {
        for (exc_info const& e : exceptions) {
            out.append(&e == exceptions.first_ ? "(" : ", ", &e == exceptions.first_ ? 1 : 2);
            repr_to(out, e);
        }
        out.append(exceptions.size_ == 0 ? "()" : exceptions.size_ == 1 ? ",)" : ")");
    }
    friend void str_to(detail::text& out, exception_tuple exceptions) { repr_to(out, exceptions); }

private:
    exc_info const* first_ = nullptr;
    std::size_t size_ = 0;
};

namespace detail {

/// What a group holds; its exceptions follow in the same allocation.
struct exception_group_members {
    std::size_t size = 0;
    std::size_t capacity = 0;
    rendered* args = nullptr;  // made on demand
    bool as_tuple = false;     // how CPython prints those that except_star wraps

    [[nodiscard]] exc_info* begin() noexcept { return reinterpret_cast<exc_info*>(this + 1); }
    [[nodiscard]] exc_info const* begin() const noexcept { return reinterpret_cast<exc_info const*>(this + 1); }
};

/// What identifies the exception, in all copies of it.
[[nodiscard]] inline void const* identity_of(exc_info const& e) noexcept {
    if (e.value() != nullptr) return exception_access::state(*e.value());
    return object_in<char>(e.pointer());
}

/// Null for what is no group.
[[nodiscard]] inline exception_group_members const* members_of(BaseException const* e) noexcept {
    if (e == nullptr) return nullptr;
    exception_links const* const links = exception_access::state(*e)->links;
    return links != nullptr ? links->members : nullptr;
}

/// Not inline: g++ would see that the tuple of what is no group has no first exception, and warn wherever one is asked for its first.
AMPHIS_NOINLINE inline exception_tuple exceptions_of(BaseException const* e) noexcept {
    exception_group_members const* const members = members_of(e);
    return members != nullptr ? exception_tuple(members->begin(), members->size) : exception_tuple();
}

}  // namespace detail

inline exception_tuple exc_info::exceptions() const noexcept { return detail::exceptions_of(ours_); }

inline exc_info BaseException::context() const { return state_->links != nullptr ? exc_info(state_->links->context) : exc_info(); }
inline exc_info BaseException::cause() const { return state_->links != nullptr ? exc_info(state_->links->cause) : exc_info(); }

namespace detail {

/// What exc_info makes of `e`.
template <class E>
[[nodiscard]] exc_info same_or_copy(E const& e) {
    return exc_info(e);
}

/// Cuts the links that lead back to the exception with `state`, as nothing else would ever free them.
struct cycle_cutter {
    exception_state const* state;
    // There may be any number of ways to an exception: each is looked at once.
    pointer_set seen{};
    pointer_set leading{};

    /// Those below `e`. True if `e` still leads there: what is in a group cannot be taken out.
    AMPHIS_COLD bool operator()(exc_info const& e, int depth = 0) {
        if (e.value() == nullptr || depth == 100) return false;
        exception_state const* const here = exception_access::state(*e.value());
        if (here == state) return true;
        exception_links* const links = here->links;
        if (links == nullptr) return false;
        if (!seen.insert(here)) return leading.contains(here);
        for (exc_info const& member : e.exceptions()) {
            if ((*this)(member, depth + 1)) return leading.insert(here);
        }
        bool const same = links->context == links->cause;
        if ((*this)(exc_info(links->cause), depth + 1)) links->cause = nullptr;
        if (same) {
            if (!links->cause) links->context = nullptr;
        } else if ((*this)(exc_info(links->context), depth + 1)) {
            links->context = nullptr;
        }
        return false;
    }
};

/// Make `link` of `e` lead to `other`; to nothing if that is the same exception.
AMPHIS_COLD inline void set_link(BaseException const& e, std::exception_ptr exception_links::*link, exc_info const& other) {
    exception_links* const links = exception_access::links(e);
    if (links == nullptr) return;
    exception_state const* const state = exception_access::state(e);
    links->*link = cycle_cutter{state}(other) ? std::exception_ptr() : other.pointer();
}

struct raise_from_fn {
    template <class E, class Cause>
    [[noreturn]] AMPHIS_COLD void operator()(E const& error, Cause const& cause) const {
        static_assert(std::is_base_of_v<BaseException, E>, "amphis: raise_from raises one of Python's exceptions: raise_from(RuntimeError(\"...\"), e)");
        static_assert(std::is_constructible_v<exc_info, Cause const&>,
                      "amphis: the cause of raise_from is an exception, an exc_info or None: raise_from(RuntimeError(\"...\"), e)");
        if constexpr (std::is_constructible_v<exc_info, Cause const&>) {
            set_link(error, &exception_links::cause, same_or_copy(cause));
            error.suppress_context(true);
        }
        throw error;
    }
};

}  // namespace detail

/// Throw `error`, caused by `cause`. Python: raise error from cause.
///
///     try { load(); } catch (OSError const& e) { raise_from(RuntimeError("no settings"), e); }
///     raise_from(RuntimeError("no settings"), None);          // and no word of what was being handled
///
/// cause     an exception, an exc_info, or None. What is being handled, by reference, is kept as it is; another exception is copied as
///           the type it has here.
/// Raises    always.
/// Source    PEP 3134, PEP 409.
inline constexpr detail::raise_from_fn raise_from;

}  // namespace amphis::inline v0

#endif  // AMPHIS_LANG_EXCEPTIONS_INFO_HPP
