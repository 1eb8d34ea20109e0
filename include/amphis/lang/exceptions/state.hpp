// SPDX-License-Identifier: MIT
// exceptions/state: what an exception is made of: its printed arguments and its message, in one shared allocation.
#ifndef AMPHIS_LANG_EXCEPTIONS_STATE_HPP
#define AMPHIS_LANG_EXCEPTIONS_STATE_HPP

#include <amphis/config.hpp>
#include <amphis/detail/keyword.hpp>
#include <amphis/detail/repr.hpp>
#include <amphis/detail/text.hpp>

#include <cstddef>
#include <cstring>
#include <exception>
#include <new>
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

    friend void repr_to(detail::text& out, rendered const& value) { value.append_repr(out); }
    friend void str_to(detail::text& out, rendered const& value) { out.append(value.str_); }

    // For the library, where a call of repr_to would be looked up among all overloads, which takes longer to compile.
    void append_repr(detail::text& out) const {
        if (is_str()) {
            detail::repr_str_to(out, str_);
        } else {
            out.append(repr_);
        }
    }
    void append_str(detail::text& out) const { out.append(str_); }
    /// A str has a repr without data.
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

inline void print_chars(text& out, void const* value, std::size_t size) {
    out.append(static_cast<char const*>(value), size);
}
inline void print_bytes(text& out, void const* value, std::size_t size) {
    repr_bytes_to(out, {static_cast<char const*>(value), size});
}
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
/// The exceptions of a group, which print themselves: here only their number counts.
struct members_argument {
    std::size_t size;
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
    } else if constexpr (std::is_same_v<T, members_argument>) {
        return {nullptr, value.size};
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

/// Where in the source an exception was made; line 0: not known, or within the library.
struct location {
    char const* file = "";
    char const* function = "";
    int line = 0;

    /// As a default argument: the place of the call. std::source_location is the same, and a header more.
    [[nodiscard]] static constexpr location here(char const* file = __builtin_FILE(), char const* function = __builtin_FUNCTION(),
                                                 int line = __builtin_LINE()) noexcept {
        return {file, function, line};
    }
};

struct exception_class;
struct exception_group_members;
struct exception_state;

/// What is done with the members of a group, whose type only info.hpp knows.
struct group_operations {
    void (*drop)(exception_group_members* members) noexcept;
    void (*repr)(text& out, exception_state const& state);
    /// The message and the list of the members, printed when somebody asks for them; null without memory.
    rendered const* (*args)(exception_state const& state) noexcept;
};

/// How an exception hangs together with others. Most do not.
struct exception_links {
    std::exception_ptr context{};                // what was being handled when it was made
    std::exception_ptr cause{};                  // given by raise_from
    exception_group_members* members = nullptr;  // of a group
    group_operations const* group = nullptr;     // how to deal with those
    exception_links* next = nullptr;             // while they wait for being dropped
    bool suppress_context = false;
};

/// What all copies of one exception share. The printed values, then all characters, follow in the same allocation.
struct exception_state {
    exception_class const* type;
    chars message;                    // str(e), ended by a NUL
    unsigned references = 0;          // 0: static, shared by all, never changed
    unsigned args = 0;                // of the values, those in e.args
    unsigned values = 0;              //
    exception_note* notes = nullptr;  // oldest first; only ever grows
    exception_links* links = nullptr;
    location where{};

    [[nodiscard]] rendered const* begin() const noexcept { return reinterpret_cast<rendered const*>(this + 1); }
};

/// What is known of an exception's class at run time.
struct exception_class {
    char const* name;
    void (*write_message)(text& out, exception_parts const& parts);
    exception_class const* base;
    /// Stands in when there is no memory for a state: the class survives, the text does not.
    exception_state lost{this, "(message lost: out of memory)"};
};

template <class E>
inline constinit exception_class class_of{E::class_name(), E::write_message, &class_of<typename E::amphis_base>};
template <>
inline constinit exception_class class_of<void>{"", nullptr, nullptr};

/// Names a class that is being made, and where. Every constructor puts its own in front of the arguments for its base, so the last
/// is the class thrown.
template <class E>
struct as {
    location where{};
};

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
    if (parts.args == 1) return parts[0].append_str(out);
    if (parts.args == 0) return;
    for (std::size_t i = 0; i != parts.args; ++i) {
        out.append(i == 0 ? "(" : ", ", i == 0 ? 1 : 2);
        parts[i].append_repr(out);
    }
    out.push_back(')');
}

/// Where an argument's texts are: positions, because a text may move while it grows.
struct printed {
    std::size_t str, str_size, repr, repr_size;
};

/// Set every result, given where the characters are now.
inline void point_into(argument* list, unsigned values, char const* positions, char const* base) noexcept {
    for (unsigned i = 0; i != values; ++i) {
        argument& a = list[i];
        if (a.str == nullptr) continue;
        printed at;
        std::memcpy(&at, positions, sizeof(at));
        positions += sizeof(at);
        chars const str(base + at.str, at.str_size);
        chars repr = str;
        if (a.repr == nullptr) repr = {nullptr, 0};
        if (a.repr != nullptr && a.repr != a.str) repr = {base + at.repr, at.repr_size};
        a.result = rendered(str, repr);
    }
}

/// Print the arguments and the message and pack them into one allocation; without memory, the class's lost state.
AMPHIS_COLD inline exception_state* make_state(exception_class& type, argument* list, unsigned args, unsigned values, location const& where) {
    try {
        text out;        // every str, ended by a NUL, and every repr that is not its str
        text positions;  // a `printed` for each that is not None
        for (unsigned i = 0; i != values; ++i) {
            argument const& a = list[i];
            if (a.str == nullptr) continue;
            printed at{out.size(), 0, 0, 0};
            a.str(out, a.value, a.size);
            at.str_size = out.size() - at.str;
            out.push_back('\0');
            if (a.repr != nullptr && a.repr != a.str) {
                at.repr = out.size();
                a.repr(out, a.value, a.size);
                at.repr_size = out.size() - at.repr;
            }
            std::memcpy(positions.extend(sizeof(at)), &at, sizeof(at));
        }
        point_into(list, values, positions.data(), out.data());

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
        point_into(list, values, positions.data(), characters);
        auto* const state = ::new (block) exception_state{&type, {characters + out.size(), message.size() - 1}, 1, args, values, nullptr, nullptr, where};
        auto* const first = reinterpret_cast<rendered*>(state + 1);
        for (unsigned i = 0; i != values; ++i) ::new (static_cast<void*>(first + i)) rendered(list[i].result);
        if (is_first) state->message = {first->data(), first->size()};
        if (std::exception_ptr handled = std::current_exception()) {
            state->links = new (std::nothrow) exception_links{};
            if (state->links != nullptr) state->links->context = static_cast<std::exception_ptr&&>(handled);
        }
        return state;
    } catch (std::bad_alloc const&) {
        return &type.lost;
    }
}

/// Of a chain of contexts each link lets go of the next: in a loop, as a long one would take too much stack.
AMPHIS_COLD inline void drop_links(exception_links* links) noexcept {
    struct queue {
        exception_links* first;
        bool dropping;
    };
    static constinit thread_local queue waiting{nullptr, false};
    links->next = waiting.first;
    waiting.first = links;
    if (waiting.dropping) return;
    waiting.dropping = true;
    while (waiting.first != nullptr) {
        exception_links* const one = waiting.first;
        waiting.first = one->next;
        if (one->members != nullptr) one->group->drop(one->members);
        delete one;
    }
    waiting.dropping = false;
}

AMPHIS_COLD inline void destroy_state(exception_state* state) noexcept {
    if (state->links != nullptr) drop_links(state->links);
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
exception_state* new_state(as<E> made, A const&... args) {
    if constexpr ((is_kwarg<A> || ...)) {
        static_assert(keywords_last<E, A...>(), "amphis: positional argument follows keyword argument");
        static_assert(keywords_distinct<E, A...>(), "amphis: keyword argument repeated");
    }
    constexpr unsigned positional = (0U + ... + (is_kwarg<A> ? 0U : 1U));
    constexpr unsigned values = positional + keyword_count(E::keywords);
    argument list[values + 1];
    [[maybe_unused]] std::size_t at = 0;
    (place<E, positional>(list, at, args), ...);
    return make_state(class_of<E>, list, positional, values, made.where);
}
template <class Base, class E, class... A>
exception_state* new_state(as<Base>, as<E> made, A const&... args) {
    return new_state(made, args...);
}

}  // namespace detail
}  // namespace amphis::inline v0

#endif  // AMPHIS_LANG_EXCEPTIONS_STATE_HPP
