// SPDX-License-Identifier: MIT
// exceptions/base: BaseException, Exception, and how to derive from them.  Python: docs.python.org/3/library/exceptions.html
#ifndef AMPHIS_LANG_EXCEPTIONS_BASE_HPP
#define AMPHIS_LANG_EXCEPTIONS_BASE_HPP

#include <amphis/config.hpp>
#include <amphis/detail/keyword.hpp>
#include <amphis/detail/repr.hpp>
#include <amphis/detail/text.hpp>

#include <cstddef>
#include <cstring>
#include <new>  // std::bad_alloc, and by it its base std::exception: <exception> would be one header more
#include <type_traits>

namespace amphis::inline v0 {

namespace detail {

template <class T>
concept CharArray = std::is_array_v<T> && std::is_same_v<std::remove_cv_t<std::remove_extent_t<T>>, char>;
template <class T>
concept CharPointer = is_one_of<T, char*, char const*>;

/// What a Python reader calls a str: a literal, a C string, a std::string, ...
template <class T>
concept Str = CharArray<T> || CharPointer<T> || std::is_same_v<T, chars> || (CharsLike<T> && !CharacterContainer<T>);

template <Str S>
[[nodiscard]] constexpr chars chars_of(S const& s) noexcept {
    if constexpr (CharArray<S>) {
        std::size_t size = 0;
        while (size != std::extent_v<S> && s[size] != '\0') ++size;
        return {&s[0], size};
    } else if constexpr (CharPointer<S> || std::is_same_v<S, chars>) {
        return {s};
    } else {
        return {static_cast<char const*>(s.data()), static_cast<std::size_t>(s.size())};
    }
}

}  // namespace detail

/// A value an exception was made with, kept as the text it prints as.
///
///     KeyError e("x");
///     e.args()[0] == "x";                     // true: the str
///     print(repr(e.args()[0]));               // 'x'
///     std::string key = e.args()[0];
///
/// Differs   Python keeps the object itself; here its str and repr stay.
class rendered {
public:
    constexpr rendered() noexcept = default;  // None

    [[nodiscard]] constexpr char const* data() const noexcept { return str_.data; }
    [[nodiscard]] constexpr std::size_t size() const noexcept { return str_.size; }
    /// The str, ended by a NUL.
    [[nodiscard]] constexpr char const* c_str() const noexcept { return str_.data; }
    /// The value was a str: its repr has quotes.
    [[nodiscard]] constexpr bool is_str() const noexcept { return repr_.data == nullptr; }
    [[nodiscard]] constexpr bool is_none() const noexcept {
        return repr_.size == 4 && repr_.data[0] == 'N' && repr_.data[1] == 'o' && repr_.data[2] == 'n' && repr_.data[3] == 'e';
    }

    /// std::string, std::string_view, or what else is made of characters and has traits.
    template <class S>
        requires requires { typename S::traits_type; }
    // NOLINTNEXTLINE(google-explicit-constructor): an argument reads as the string it prints as
    [[nodiscard]] operator S() const {
        return S(data(), size());
    }

    template <detail::Str S>
    [[nodiscard]] friend bool operator==(rendered const& a, S const& b) noexcept {
        detail::chars const other = detail::chars_of(b);
        return a.size() == other.size && (other.size == 0 || std::memcmp(a.data(), other.data, other.size) == 0);
    }

    friend void repr_to(detail::text& out, rendered const& value) {
        if (value.is_str()) {
            detail::repr_str_to(out, value.str_);
        } else {
            out.append(value.repr_);
        }
    }
    friend void str_to(detail::text& out, rendered const& value) { out.append(value.str_); }

    /// For the library: a str has a repr without data.
    constexpr rendered(detail::chars as_str, detail::chars as_repr) noexcept : str_(as_str), repr_(as_repr) {}

private:
    detail::chars str_ = {"None", 4};
    detail::chars repr_ = str_;
};

namespace detail {

/// An argument while its exception is being made: where it is, how it prints, what it printed.
struct argument {
    using print = void (*)(text&, void const*, std::size_t);

    void const* value = nullptr;
    std::size_t size = 0;
    print str = nullptr;   // null: None
    print repr = nullptr;  // null: the str in quotes
    rendered result{};
};

inline void print_chars(text& out, void const* value, std::size_t size) { out.append(static_cast<char const*>(value), size); }
inline void print_bytes(text& out, void const* value, std::size_t size) { repr_bytes_to(out, {static_cast<char const*>(value), size}); }
template <class T>
void print_str(text& out, void const* value, std::size_t) {
    str_to(out, *static_cast<T const*>(value));
}
template <class T>
void print_repr(text& out, void const* value, std::size_t) {
    repr_to(out, *static_cast<T const*>(value));
}

/// Marks characters that are a Python bytes, not a str.
struct bytes_argument {
    chars value;
};

template <class T>
concept Printable = requires(text& out, T const& value) {
    repr_to(out, value);
    str_to(out, value);
};

template <class T>
[[nodiscard]] argument make_argument(T const& value) {
    if constexpr (std::is_same_v<T, bytes_argument>) {
        return {value.value.data, value.value.size, print_bytes, print_bytes};
    } else if constexpr (std::is_same_v<T, rendered>) {
        return {&value, 0, print_str<T>, value.is_str() ? nullptr : print_repr<T>};
    } else if constexpr (Str<T>) {
        if constexpr (CharPointer<T>) {
            if (value == nullptr) return {};
        }
        chars const s = chars_of(value);
        return {s.data, s.size, print_chars, nullptr};
    } else {
        static_assert(Printable<T>, "amphis: an exception's argument has a type that cannot be printed: include <amphis/builtins.hpp>, "
                                    "or give the type a member repr()");
        if constexpr (Integer<T> || Float<T> || is_one_of<T, bool, none_t, std::nullptr_t>) {
            return {__builtin_addressof(value), 0, print_repr<T>, print_repr<T>};
        } else {
            return {__builtin_addressof(value), 0, print_str<T>, print_repr<T>};
        }
    }
}

/// The printed arguments, as the function that writes the message sees them.
struct exception_parts {
    argument const* list;
    std::size_t args;    // those in e.args
    std::size_t values;  // args, then what Python keeps beside them: keyword values

    [[nodiscard]] rendered const& operator[](std::size_t i) const noexcept { return list[i].result; }
};

struct exception_note {
    exception_note* next;
    rendered str;  // its characters follow
};

struct exception_class;

/// What all copies of one exception share. The printed values, then all characters, follow in the same allocation.
struct exception_state {
    exception_class const* type;
    chars message;                    // str(e), ended by a NUL
    unsigned references = 0;          // 0: static, shared by all, never changed
    unsigned args = 0;                // of the values, those in e.args
    unsigned values = 0;              //
    exception_note* notes = nullptr;  // oldest first; only ever grows

    [[nodiscard]] rendered const* begin() const noexcept { return reinterpret_cast<rendered const*>(this + 1); }
};

/// What is known of an exception's class at run time.
struct exception_class {
    char const* name;
    void (*write_message)(text& out, exception_parts const& parts);
    /// Stands in when there is no memory for a state: the class survives, the text does not.
    exception_state lost{this, "(message lost: out of memory)"};
};

template <class E>
inline constinit exception_class class_of{E::class_name(), E::write_message};

/// Names a class that is being made. Every constructor puts its own in front of the arguments for its base; the last is the class thrown.
template <class E>
struct as {};

/// The position of `name` in a list that ends with a null; of its end for an unknown name.
[[nodiscard]] consteval unsigned keyword_index(char const* const* names, char const* name) noexcept {
    unsigned at = 0;
    for (; names[at] != nullptr; ++at) {
        char const* a = names[at];
        char const* b = name;
        while (*a == *b && *a != '\0') ++a, ++b;
        if (*a == *b) break;
    }
    return at;
}
[[nodiscard]] consteval unsigned keyword_count(char const* const* names) noexcept {
    unsigned count = 0;
    while (names[count] != nullptr) ++count;
    return count;
}

/// str(e) of most classes: nothing, the only argument, or the arguments as a tuple.
inline void write_args(text& out, exception_parts const& parts) {
    if (parts.args == 1) return str_to(out, parts[0]);
    if (parts.args == 0) return;
    for (std::size_t i = 0; i != parts.args; ++i) {
        out.append(i == 0 ? "(" : ", ", i == 0 ? 1 : 2);
        repr_to(out, parts[i]);
    }
    out.push_back(')');
}

/// Print the arguments and the message and pack them into one allocation; without memory, the class's lost state.
AMPHIS_COLD inline exception_state* make_state(exception_class& type, argument* list, unsigned args, unsigned values) {
    struct span {
        std::size_t str, str_size, repr, repr_size;
    };
    try {
        text out;    // every str, ended by a NUL, and every repr that is not its str
        text spans;  // where: out may move while it grows
        for (unsigned i = 0; i != values; ++i) {
            argument const& a = list[i];
            if (a.str == nullptr) continue;
            span at{out.size(), 0, 0, 0};
            a.str(out, a.value, a.size);
            at.str_size = out.size() - at.str;
            out.push_back('\0');
            if (a.repr != nullptr && a.repr != a.str) {
                at.repr = out.size();
                a.repr(out, a.value, a.size);
                at.repr_size = out.size() - at.repr;
            }
            std::memcpy(spans.extend(sizeof(span)), &at, sizeof(span));
        }
        auto const point_into = [&](char const* base) {
            char const* next = spans.data();
            for (unsigned i = 0; i != values; ++i) {
                argument& a = list[i];
                if (a.str == nullptr) continue;
                span at;
                std::memcpy(&at, next, sizeof(span));
                next += sizeof(span);
                chars const str(base + at.str, at.str_size);
                a.result = a.repr == nullptr ? rendered(str, {nullptr, 0})
                         : a.repr == a.str   ? rendered(str, str)
                                             : rendered(str, {base + at.repr, at.repr_size});
            }
        };
        point_into(out.data());

        text message;
        bool const is_first = type.write_message == write_args && args == 1;  // then they share their characters
        if (!is_first) {
            type.write_message(message, {list, args, values});
            message.push_back('\0');
        }

        std::size_t const header = sizeof(exception_state) + values * sizeof(rendered);
        void* const block = ::operator new(header + out.size() + message.size(), std::nothrow);
        if (block == nullptr) return &type.lost;
        char* const characters = static_cast<char*>(block) + header;
        std::memcpy(characters, out.data(), out.size());
        std::memcpy(characters + out.size(), message.data(), message.size());
        point_into(characters);
        auto* const state = ::new (block) exception_state{&type, {characters + out.size(), message.size() - 1}, 1, args, values, nullptr};
        auto* const first = reinterpret_cast<rendered*>(state + 1);
        for (unsigned i = 0; i != values; ++i) ::new (static_cast<void*>(first + i)) rendered(list[i].result);
        if (is_first) state->message = {first->data(), first->size()};
        return state;
    } catch (std::bad_alloc const&) {
        return &type.lost;
    }
}

AMPHIS_COLD inline void destroy_state(exception_state* state) noexcept {
    for (exception_note* note = state->notes; note != nullptr;) {
        exception_note* const next = note->next;
        ::operator delete(note);
        note = next;
    }
    ::operator delete(state);
}

/// Put one argument where it belongs: by position, or by name behind those.
template <class E, std::size_t Positional, class T>
void place(argument* list, std::size_t& at, T const& value) {
    if constexpr (is_kwarg<T>) {
        constexpr unsigned index = keyword_index(E::keywords, T::name.data());
        static_assert(index != keyword_count(E::keywords), "amphis: this exception takes no keyword argument of that name");
        list[Positional + index] = make_argument<std::remove_cvref_t<typename T::type>>(value.value);
    } else {
        list[at++] = make_argument(value);
    }
}

/// The position of a keyword argument among those of E; -1 for an argument without a name.
template <class E, class T>
[[nodiscard]] consteval int keyword_position() noexcept {
    if constexpr (is_kwarg<T>) {
        return static_cast<int>(keyword_index(E::keywords, T::name.data()));
    } else {
        return -1;
    }
}
template <class E, class... A>
[[nodiscard]] consteval bool keywords_last() noexcept {
    int const positions[] = {keyword_position<E, A>()...};
    for (unsigned i = 1; i < sizeof...(A); ++i) {
        if (positions[i] < 0 && positions[i - 1] >= 0) return false;
    }
    return true;
}
template <class E, class... A>
[[nodiscard]] consteval bool keywords_distinct() noexcept {
    int const positions[] = {keyword_position<E, A>()...};
    for (unsigned i = 1; i < sizeof...(A); ++i) {
        for (unsigned j = 0; j != i; ++j) {
            if (positions[i] >= 0 && positions[i] == positions[j]) return false;
        }
    }
    return true;
}

template <class E, class... A>
exception_state* new_state(as<E>, A const&... args) {
    if constexpr ((is_kwarg<A> || ...)) {
        static_assert(keywords_last<E, A...>(), "amphis: positional argument follows keyword argument");
        static_assert(keywords_distinct<E, A...>(), "amphis: keyword argument repeated");
    }
    constexpr unsigned positional = (0U + ... + (is_kwarg<A> ? 0U : 1U));
    constexpr unsigned values = positional + keyword_count(E::keywords);
    argument list[values + 1];
    [[maybe_unused]] std::size_t at = 0;
    (place<E, positional>(list, at, args), ...);
    return make_state(class_of<E>, list, positional, values);
}
template <class Base, class E, class... A>
exception_state* new_state(as<Base>, as<E> made, A const&... args) {
    return new_state(made, args...);
}

}  // namespace detail

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
            repr_to(out, arg);
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
/// Differs   args() are texts, see `rendered`. `Exception(value_error)` wraps as in Python, but where the classes are the same it copies.
///           `Exception x = value_error` slices the C++ type and keeps text and type_name().
class AMPHIS_VISIBLE BaseException : public std::exception {
public:
    template <class... A>
    explicit BaseException(A const&... args) : state_(detail::new_state(detail::as<BaseException>(), args...)) {}

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
    [[nodiscard]] exception_args args() const noexcept AMPHIS_LIFETIMEBOUND { return {state_->begin(), state_->args}; }

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

    static constexpr char const* class_name() noexcept { return "BaseException"; }
    static constexpr char const* keywords[] = {nullptr};
    static constexpr auto write_message = &detail::write_args;

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

private:
    void retain() const noexcept {
        if (__atomic_load_n(&state_->references, __ATOMIC_RELAXED) != 0) __atomic_fetch_add(&state_->references, 1U, __ATOMIC_RELAXED);
    }
    void release() noexcept {
        if (__atomic_load_n(&state_->references, __ATOMIC_RELAXED) == 0) return;
        if (__atomic_fetch_sub(&state_->references, 1U, __ATOMIC_ACQ_REL) == 1) detail::destroy_state(state_);
    }
    AMPHIS_COLD void append_note(detail::chars note) const {
        if (__atomic_load_n(&state_->references, __ATOMIC_RELAXED) == 0) return;  // the lost state belongs to every exception without memory
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

/// ValueError('boom'). Of a std::exception that is not ours: std::exception('what it says'), as its class cannot be named without RTTI.
template <class E>
    requires std::is_base_of_v<std::exception, E> && (!own_text::HasRepr<E>)
void repr_to(text& out, E const& e) {
    if constexpr (std::is_base_of_v<BaseException, E>) {
        out.append(chars(e.type_name()));
        exception_args const args = e.args();
        if (args.size() == 1) {
            out.push_back('(');
            repr_to(out, args[0]);
            out.push_back(')');
        } else {
            repr_to(out, args);
        }
    } else {
        out.append("std::exception(", 15);
        repr_str_to(out, chars(e.what()));
        out.push_back(')');
    }
}

template <class E, class... A>
[[noreturn]] AMPHIS_COLD void throw_(A const&... args) {
    throw E(args...);
}
template <class E>
[[noreturn]] AMPHIS_COLD void throw_chars(chars message) {
    throw E(message);
}
/// One body for messages of every length.
template <class E, std::size_t N>
[[noreturn]] AMPHIS_COLD void throw_(char const (&message)[N]) {
    throw_chars<E>(chars_of(message));
}

}  // namespace detail

// What each class of the library has: its constructor and its name.
#define AMPHIS_EXCEPTION_BODY(NAME, BASE)                                              \
public:                                                                                \
    template <class... A>                                                              \
    explicit NAME(A const&... args) : BASE(detail::as<NAME>(), args...) {}             \
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
    template <class... A>
    explicit exception(A const&... args) : Base(detail::as<exception>(), args...) {}
    static constexpr char const* class_name() noexcept { return Name.data(); }
};

}  // namespace amphis::inline v0

#endif  // AMPHIS_LANG_EXCEPTIONS_BASE_HPP
