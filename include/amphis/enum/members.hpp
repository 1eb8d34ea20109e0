// SPDX-License-Identifier: MIT
// enum/members: the members of an enum, their names and values.  Python: docs.python.org/3/library/enum.html
#ifndef AMPHIS_ENUM_MEMBERS_HPP
#define AMPHIS_ENUM_MEMBERS_HPP

#include <amphis/config.hpp>
#include <amphis/detail/repr.hpp>
#include <amphis/detail/text.hpp>
#include <amphis/detail/type_name.hpp>
#include <amphis/enum/names.hpp>
#include <amphis/enum/traits.hpp>
#include <amphis/lang/exceptions/hierarchy.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <type_traits>

namespace amphis::inline v0 {
namespace enum_ {

/// A sequence that lies somewhere for good: the members of an enum, or their names.
template <class T>
class sequence {
public:
    using value_type = T;
    using size_type = std::size_t;
    using iterator = T const*;
    using const_iterator = T const*;

    constexpr sequence() noexcept = default;
    constexpr sequence(T const* first, std::size_t count) noexcept : first_(first), count_(count) {}

    [[nodiscard]] constexpr T const* begin() const noexcept { return first_; }
    [[nodiscard]] constexpr T const* end() const noexcept { return first_ + count_; }
    [[nodiscard]] constexpr T const* data() const noexcept { return first_; }
    [[nodiscard]] constexpr std::size_t size() const noexcept { return count_; }
    [[nodiscard]] constexpr bool empty() const noexcept { return count_ == 0; }
    [[nodiscard]] constexpr T const& operator[](std::size_t index) const noexcept { return first_[index]; }
    [[nodiscard]] constexpr T const& front() const noexcept { return first_[0]; }
    [[nodiscard]] constexpr T const& back() const noexcept { return first_[count_ - 1]; }

private:
    T const* first_ = nullptr;
    std::size_t count_ = 0;
};

/// A name and its member: what Python's __members__.items() gives.
template <class E>
struct named_member {
    std::string_view first;
    E second;
};

/// Names to members, as a dict that prints and iterates as Python's __members__.
template <class E>
class mapping : public sequence<named_member<E>> {
public:
    using key_type = std::string_view;
    using mapped_type = E;
    using sequence<named_member<E>>::sequence;
};

}  // namespace enum_

namespace detail {

template <class E>
[[nodiscard]] constexpr std::size_t index_of(E member) noexcept {
    return member_index<E>::of(member);
}

constexpr bool is_one_bit(std::uint64_t bits) noexcept { return bits != 0 && (bits & (bits - 1)) == 0; }
template <class E>
constexpr std::uint64_t bits_of(E member) noexcept {
    return static_cast<std::uint64_t>(static_cast<std::make_unsigned_t<std::conditional_t<std::is_same_v<underlying<E>, bool>, unsigned char, underlying<E>>>>(member));
}

/// What iteration gives: all members, or the flags of one bit.
template <class E, bool = FlagEnum<E>>
struct canonical_members {
    static constexpr std::size_t count = enumerator_table<E>::count;
    static constexpr auto const& all = enumerator_table<E>::all;
};
template <class E>
struct canonical_members<E, true> {
    using table = enumerator_table<E>;
    static constexpr std::size_t count = [] {
        std::size_t n = 0;
        for (std::size_t i = 0; i != table::count; ++i) {
            if (is_one_bit(bits_of(table::all.members[i]))) ++n;
        }
        return n;
    }();
    struct contents {
        E members[count != 0 ? count : 1]{};
    };
    static constexpr contents all = [] {
        contents made;
        std::size_t n = 0;
        for (std::size_t i = 0; i != table::count; ++i) {
            E const member = table::all.members[i];
            if (is_one_bit(bits_of(member))) made.members[n++] = member;
        }
        return made;
    }();
};

/// The names without the aliases, in the order of the members.
template <class E>
struct canonical_names {
    static constexpr std::size_t count = canonical_members<E>::count;
    struct contents {
        std::string_view names[count != 0 ? count : 1]{};
    };
    static constexpr contents all = [] {
        contents made;
        for (std::size_t i = 0; i != count; ++i) made.names[i] = enumerator_table<E>::name(index_of(canonical_members<E>::all.members[i]));
        return made;
    }();
};

template <class E>
consteval std::size_t alias_count() noexcept {
    if constexpr (has_aliases<E>) {
        return enum_::aliases<E>.count;
    } else {
        return 0;
    }
}

/// All names, those of aliases last.
template <class E>
struct all_names {
    using table = enumerator_table<E>;
    static constexpr std::size_t count = table::count + alias_count<E>();
    struct contents {
        enum_::named_member<E> entries[count != 0 ? count : 1]{};
    };
    static constexpr contents all = [] {
        contents made;
        for (std::size_t i = 0; i != table::count; ++i) made.entries[i] = {table::name(i), table::all.members[i]};
        if constexpr (has_aliases<E>) {
            for (std::size_t i = 0; i != alias_count<E>(); ++i) {
                made.entries[table::count + i] = {enum_::aliases<E>.entries[i].name, enum_::aliases<E>.entries[i].member};
            }
        }
        return made;
    }();
};

// ---- a hash table of strings, made by the compiler

/// `Size` bytes as a number; the same when computed by the compiler.
template <std::size_t Size>
[[nodiscard]] constexpr std::uint64_t name_word(char const* from) noexcept {
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    if (!std::is_constant_evaluated()) {
        std::conditional_t<Size == 8, std::uint64_t, std::uint32_t> word;
        __builtin_memcpy(&word, from, Size);
        return word;
    }
#endif
    std::uint64_t word = 0;
    for (std::size_t i = 0; i != Size; ++i) word |= static_cast<std::uint64_t>(static_cast<unsigned char>(from[i])) << (8 * i);
    return word;
}
/// The last eight bytes of a name, or all of a shorter one: words that overlap cover every length without a loop.
[[nodiscard]] constexpr std::uint64_t name_end(char const* name, std::size_t size) noexcept {
    if (size >= 8) return name_word<8>(name + size - 8);
    if (size >= 4) return name_word<4>(name) | name_word<4>(name + size - 4) << 32U;
    if (size == 0) return 0;
    auto const at = [name](std::size_t i) { return static_cast<std::uint64_t>(static_cast<unsigned char>(name[i])); };
    return at(0) | at(size / 2) << 8U | at(size - 1) << 16U;
}
// Not inlined: g++ 12 -O2 otherwise warns of what a longer name would read (-Warray-bounds).
[[nodiscard]] AMPHIS_NOINLINE constexpr std::uint64_t hash_name(char const* name, std::size_t size) noexcept {
    constexpr std::uint64_t factor = 0x9E3779B97F4A7C15U;
    std::uint64_t hash = size * factor;
    for (std::size_t i = 0; i + 8 < size; i += 8) {
        hash = (hash ^ name_word<8>(name + i)) * factor;
        hash ^= hash >> 32U;
    }
    return (hash ^ name_end(name, size)) * factor;  // the upper bits are the good ones
}
/// Finds a string among those of Keys: `count` and `key(index)`. Open addressing, at most half full.
template <class Keys>
struct string_index {
    static constexpr unsigned bits = [] {
        unsigned n = 2;
        while (std::size_t{1} << n < 2 * Keys::count) ++n;
        return n;
    }();
    static constexpr std::size_t capacity = std::size_t{1} << bits;
    static constexpr std::size_t first_slot(std::string_view key) noexcept {
        return static_cast<std::size_t>(hash_name(key.data(), key.size()) >> (64 - bits));
    }
    struct slots {
        std::uint16_t of[capacity]{};  // the index plus one
    };
    static_assert(Keys::count < 0xFFFF, "amphis: enum: too many members");
    static constexpr slots table = [] {
        slots made;
        for (std::size_t i = 0; i != Keys::count; ++i) {
            std::size_t at = first_slot(Keys::key(i));
            while (made.of[at] != 0) at = (at + 1) % capacity;
            made.of[at] = static_cast<std::uint16_t>(i + 1);
        }
        return made;
    }();

    /// Keys::count if it is none of them.
    [[nodiscard]] static constexpr std::size_t find(std::string_view wanted) noexcept {
        for (std::size_t at = first_slot(wanted); table.of[at] != 0; at = (at + 1) % capacity) {
            std::size_t const index = table.of[at] - std::size_t{1};
            if (Keys::key(index) == wanted) return index;
        }
        return Keys::count;
    }
};

template <class E>
struct name_keys {
    using table = enumerator_table<E>;
    static constexpr std::size_t count = table::count + alias_count<E>();
    static constexpr std::string_view key(std::size_t index) noexcept {
        if constexpr (has_aliases<E>) {
            if (index >= table::count) return enum_::aliases<E>.entries[index - table::count].name;
        }
        return table::name(index);
    }
    static constexpr E member(std::size_t index) noexcept {
        if constexpr (has_aliases<E>) {
            if (index >= table::count) return enum_::aliases<E>.entries[index - table::count].member;
        }
        return table::all.members[index];
    }
};

// ---- values

/// The names in lower case: what auto() gives a StrEnum.
template <class E>
struct lower_names {
    using table = enumerator_table<E>;
    using value_type = std::string_view;
    struct contents {
        char characters[sizeof(table::all.characters)]{};
    };
    static constexpr contents all = [] {
        contents made;
        for (std::size_t i = 0; i != sizeof(made.characters); ++i) {
            char const c = table::all.characters[i];
            made.characters[i] = c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
        }
        return made;
    }();
    static constexpr std::string_view at(std::size_t index) noexcept {
        return {all.characters + table::all.offsets[index], table::name(index).size()};
    }
};

/// The values that enum_::values<E> assigns, by index.
template <class E>
struct assigned_values {
    using table = enumerator_table<E>;
    using value_type = typename std::remove_cvref_t<decltype(enum_::values<E>)>::value_type;
    struct contents {
        std::uint16_t entry[table::count != 0 ? table::count : 1]{};
        bool complete = true;
    };
    static constexpr contents all = [] {
        contents made;
        for (std::size_t i = 0; i != table::count; ++i) {
            std::size_t at = 0;
            while (at != enum_::values<E>.count && enum_::values<E>.entries[at].member != table::all.members[i]) ++at;
            if (at == enum_::values<E>.count) {
                made.complete = false;
                at = 0;
            }
            made.entry[i] = static_cast<std::uint16_t>(at);
        }
        return made;
    }();
    static_assert(all.complete, "amphis: enum: values<E> leaves out a member");
    static constexpr value_type const& at(std::size_t index) noexcept { return enum_::values<E>.entries[all.entry[index]].value; }
};

/// Members stand for something else than their number.
template <class E>
inline constexpr bool enum_stands_for_value = TextEnum<E> || has_values<E>;
template <class E>
using value_source = std::conditional_t<has_values<E>, assigned_values<E>, lower_names<E>>;

template <class E>
struct value_keys {
    static constexpr std::size_t count = enumerator_table<E>::count;
    static constexpr std::string_view key(std::size_t index) noexcept { return value_source<E>::at(index); }
};

// ---- errors

template <class E>
constexpr chars enum_name() noexcept {
    return type_name<E>();
}

[[noreturn]] AMPHIS_COLD inline void throw_not_valid(text& message, chars enumeration) {
    message.append(" is not a valid ");
    message.append(enumeration);
    throw_chars<ValueError>(message.view());
}
template <class V>
consteval bool assert_value_has_repr() noexcept {
    constexpr bool ok = requires(text& out, V const& value) { repr_to(out, value); };
    static_assert(ok, "amphis: enum: the values of this enumeration have no repr, which errors and the repr of a member show: give their class a member "
                      "`std::string repr() const`, and include <amphis/builtins.hpp>");
    return ok;
}
template <class E, class V>
[[noreturn]] AMPHIS_COLD void throw_no_member(V const& wrong) {
    text message;
    if constexpr (assert_value_has_repr<V>()) repr_to(message, wrong);
    throw_not_valid(message, enum_name<E>());
}
[[noreturn]] AMPHIS_COLD inline void throw_no_name(std::string_view wrong) { throw_<KeyError>(chars(wrong.data(), wrong.size())); }

template <class E>
consteval void assert_enumeration() noexcept {
    static_assert(std::is_enum_v<E>, "amphis: enum: this type is no enumeration");
    static_assert(enum_::Enumeration<E> || !std::is_enum_v<E>,
                  "amphis: enum: give the enumeration a fixed underlying type: `enum class E { ... }` or `enum E : int { ... }`");
    static_assert(!FlagEnum<E> || !has_values<E>, "amphis: enum: the value of a flag is its bits: it takes no values<E>");
}

// ---- flags

template <class E>
struct flag_facts {
    static constexpr std::uint64_t mask = [] {
        std::uint64_t bits = 0;
        for (std::size_t i = 0; i != canonical_members<E>::count; ++i) bits |= bits_of(canonical_members<E>::all.members[i]);
        return bits;
    }();
    /// As many low bits as the greatest member has. Python: _all_bits_.
    static constexpr std::uint64_t all_bits = [] {
        std::uint64_t bits = 0;
        for (std::size_t i = 0; i != enumerator_table<E>::count; ++i) bits |= bits_of(enumerator_table<E>::all.members[i]);
        for (unsigned shift = 1; shift != 64; shift *= 2) bits |= bits >> shift;
        return bits;
    }();
};

/// R|W|8: the flags that are set, and what is left. False, and nothing appended, if no flag is set.
template <class E>
bool flag_name_to(text& out, E flags) {
    std::size_t const index = index_of(flags);
    if (index != member_index<E>::none) {
        std::string_view const own = enumerator_table<E>::name(index);
        out.append(own.data(), own.size());
        return true;
    }
    std::uint64_t const bits = bits_of(flags);
    std::uint64_t const known = bits & flag_facts<E>::mask;
    if (known == 0) return false;
    bool first = true;
    for (std::size_t i = 0; i != canonical_members<E>::count; ++i) {
        if ((bits_of(canonical_members<E>::all.members[i]) & known) == 0) continue;
        if (!first) out.push_back('|');
        first = false;
        std::string_view const one = canonical_names<E>::all.names[i];
        out.append(one.data(), one.size());
    }
    if (bits != known) {
        out.push_back('|');
        integer_to(out, bits & ~known);
    }
    return true;
}

template <class E>
std::string flag_name(E flags) {
    text out;
    flag_name_to(out, flags);
    return std::string(out.data(), out.size());
}

struct enum_name_fn {
    template <class E>
    [[nodiscard]] constexpr auto operator()(E member) const {
        assert_enumeration<E>();
        if constexpr (FlagEnum<E>) {
            return flag_name(member);
        } else {
            std::size_t const index = index_of(member);
            if (index == member_index<E>::none) throw_no_member<E>(static_cast<underlying<E>>(member));
            return enumerator_table<E>::name(index);
        }
    }
};

struct enum_value_fn {
    template <class E>
    [[nodiscard]] constexpr decltype(auto) operator()(E member) const {
        assert_enumeration<E>();
        if constexpr (enum_stands_for_value<E>) {
            std::size_t const index = index_of(member);
            if (index == member_index<E>::none) throw_no_member<E>(static_cast<underlying<E>>(member));
            return value_source<E>::at(index);
        } else {
            return static_cast<underlying<E>>(member);
        }
    }
};

}  // namespace detail

namespace enum_ {

/// The members of E, in the order of their numbers. Python: list(Color).
///
///     for (Color color : members<Color>()) print(name(color), value(color));
///
/// Returns   a sequence that is valid for good; of a Flag, the members with one bit.
/// Cost      none when running: the compiler makes the table, once for each E.
/// Differs   Python goes by definition, which the compiler does not tell; range<E> = only(...) gives an order. A member that has the value
///           of another is an alias, as in Python, and C++ does not tell its name: see aliases.
/// Source    Lib/enum.py, EnumType.__iter__ (CPython 3.11).
template <class E>
[[nodiscard]] constexpr sequence<E> members() noexcept {
    detail::assert_enumeration<E>();
    return {detail::canonical_members<E>::all.members, detail::canonical_members<E>::count};
}

/// The names of the members, in the same order. Python: [c.name for c in Color].
template <class E>
[[nodiscard]] constexpr sequence<std::string_view> names() noexcept {
    detail::assert_enumeration<E>();
    return {detail::canonical_names<E>::all.names, detail::canonical_names<E>::count};
}

/// All names and their members, with aliases, and with the combinations of flags that have a name. Python: Color.__members__.
template <class E>
[[nodiscard]] constexpr mapping<E> members_map() noexcept {
    detail::assert_enumeration<E>();
    return {detail::all_names<E>::all.entries, detail::all_names<E>::count};
}

/// What a member is called. Python: Color.RED.name.
///
///     name(Color::RED);                 // RED
///     name(Perm::R | Perm::W);          // W|R
///
/// Returns   a std::string_view that is valid for good and ends with a NUL; of a Flag a std::string, empty where Python has None.
/// Raises    ValueError: 7 is not a valid Color, for a number cast to the enum; not for a Flag.
/// Cost      one load where the numbers of the members are close together, else a binary search. constexpr.
inline constexpr detail::enum_name_fn name{};

/// What a member stands for: its number, or what values<E> says. Python: Color.RED.value.
///
///     value(Color::RED);                // 1
///
/// Raises    ValueError for a number cast to the enum, if it is looked up in values<E>.
inline constexpr detail::enum_value_fn value{};

/// The member of that name. Python: Color["RED"].
///
///     by_name<Color>("RED");            // Color::RED
///
/// Raises    KeyError: 'PURPLE'.
/// Cost      constant: one hash of the name and a comparison of strings. constexpr.
template <class E>
[[nodiscard]] constexpr E by_name(std::string_view wanted) {
    detail::assert_enumeration<E>();
    using index = detail::string_index<detail::name_keys<E>>;
    std::size_t const found = index::find(wanted);
    if (found == detail::name_keys<E>::count) detail::throw_no_name(wanted);
    return detail::name_keys<E>::member(found);
}

}  // namespace enum_
}  // namespace amphis::inline v0

#endif  // AMPHIS_ENUM_MEMBERS_HPP
