// SPDX-License-Identifier: MIT
// enum/names: the names of an enum's members, read from what the compiler calls a function that has a block of candidate values as
// template arguments. One function for 256 values takes a seventh of the time of 256 functions: 7 ms instead of 46 (g++ 12).
#ifndef AMPHIS_ENUM_NAMES_HPP
#define AMPHIS_ENUM_NAMES_HPP

#include <amphis/config.hpp>
#include <amphis/detail/text.hpp>
#include <amphis/enum/traits.hpp>

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <type_traits>
#include <utility>

#if defined(_MSC_VER)
#define AMPHIS_FUNCTION_NAME __FUNCSIG__
#else
#define AMPHIS_FUNCTION_NAME __PRETTY_FUNCTION__
#endif

namespace amphis::inline v0::detail {

// `[with E = Color; E ...amphis_value = {Color::RED, (Color)2}]` and `[E = Color, amphis_value = <Color::RED, (Color)2>]`. The type of the
// values is named because clang 19 then takes 0.8 ms for a block, and with `auto...` 3 ms.
template <class E, E... amphis_value>
consteval chars text_of_values() noexcept {
    return {AMPHIS_FUNCTION_NAME, sizeof(AMPHIS_FUNCTION_NAME) - 1};
}
inline constexpr std::size_t after_values = 2;

/// Where the values begin.
constexpr std::size_t first_value(chars text) noexcept {
    constexpr chars word = "amphis_value = ";
    std::size_t at = 0;
    for (std::size_t same = 0; same != word.size; ++at) {
        for (same = 0; same != word.size && text.data[at + same] == word.data[same];) ++same;
    }
    return at + word.size;  // one step back for the loop, one forth for the bracket
}

constexpr bool is_name_character(char c) noexcept {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '$' || (c & '\x80') != 0;
}

/// Where the value that begins at `at` ends: at the next comma that is not within brackets.
constexpr std::size_t end_of_value(chars text, std::size_t at, std::size_t last) noexcept {
    constexpr chars word = "operator";
    int depth = 0;
    for (; at < last; ++at) {
        char const c = text.data[at];
        if (c == ',' && depth == 0) break;
        if (c == '(' || c == '<' || c == '[' || c == '{') ++depth;
        if (c == ')' || c == '>' || c == ']' || c == '}') --depth;
        if (c == 'o') {  // the signs after `operator` are no brackets
            std::size_t same = 0;
            while (same != word.size && at + same < last && text.data[at + same] == word.data[same]) ++same;
            if (same != word.size || (at != 0 && is_name_character(text.data[at - 1]))) continue;
            at += word.size;
            bool const pair = text.data[at] == '(' || text.data[at] == '[';
            if (pair) ++at;
            while (!pair && at + 1 < last && !is_name_character(text.data[at + 1]) && text.data[at + 1] != '(') ++at;
        }
    }
    return at;
}

/// A name in the text of a block: which value, where, and how long.
struct name_place {
    std::uint32_t index;
    std::uint32_t at;
    std::uint32_t size;
};
template <std::size_t N>
struct name_block {
    chars text;
    std::size_t count = 0;
    std::size_t characters = 0;
    name_place places[N != 0 ? N : 1]{};
};

/// `shapes::Color::RED, (shapes::Color)2, ...`: those with a name. What is before the name, and what is before a number, has the same
/// length each time; only the first of each is searched for.
template <class E, E... V>
consteval name_block<sizeof...(V)> read_names() noexcept {
    constexpr chars text = text_of_values<E, V...>();
    constexpr std::size_t last = text.size - after_values;
    name_block<sizeof...(V)> block{text};
    std::size_t named = 0;       // how much is before a name, once there was one,
    std::size_t first_name = 0;  // and where that was
    std::size_t numbered = 0;    // how much is before a number,
    std::size_t with_number = 0;  // and with its digits
    char const* const s = text.data;
    std::size_t at = first_value(text);
    for (std::uint32_t index = 0; index != sizeof...(V); ++index) {
        // Most are numbers of as many digits as the one before: two steps of the compiler for each character would be most of the work.
        if (numbered != 0 && s[at] == '(' && s[at + numbered - 1] == ')' && s[at + with_number] == ',') {
            at += with_number + 2;
            continue;
        }
        std::size_t word = 0;
        if (numbered != 0 && s[at] == '(' && at + numbered < last && s[at + numbered - 1] == ')') {
            word = at + numbered;
        } else if (first_name != 0) {
            std::size_t same = 0;
            while (same != named && at + same < last && s[at + same] == s[first_name + same]) ++same;
            if (same == named && at + same < last && is_name_character(s[at + same])) word = at + named;
        }
        std::size_t end = word;
        if (word != 0) {
            while (end != last && s[end] != ',') ++end;
        } else {
            end = end_of_value(text, at, last);
            word = end;
            while (word != at && (is_name_character(s[word - 1]) || s[word - 1] == '-')) --word;
        }
        if (word != at && s[word - 1] == ')') {
            numbered = word - at;
            with_number = end - at;
        } else {
            named = word - at;
            first_name = at;
            block.places[block.count++] = {index, static_cast<std::uint32_t>(word), static_cast<std::uint32_t>(end - word)};
            block.characters += end - word + 1;
        }
        at = end + 2;
    }
    return block;
}

template <class E>
using underlying = std::underlying_type_t<E>;

/// `value` as a number that is ordered as the members are: -1 is before 0.
template <class E>
constexpr std::uint64_t rank_of(E member) noexcept {
    auto const bits = static_cast<std::uint64_t>(static_cast<underlying<E>>(member));
    return std::is_signed_v<underlying<E>> ? bits ^ (std::uint64_t{1} << 63U) : bits;
}

// clang prints the name of a member of a class template's enum only when the enum's definition is instantiated, which looking into it does.
template <class E>
concept Defined = requires { E::amphis_looks_into_it; };
template <class E>
inline constexpr bool look_into = Defined<E>;

template <class E, class Number, Number First, Number... I>
consteval auto read_run(std::integer_sequence<Number, I...>) noexcept {
    return read_names<E, static_cast<E>(First + I)...>();
}
template <class E>
using enum_number = std::conditional_t<std::is_signed_v<underlying<E>>, std::int64_t, std::uint64_t>;
/// The names among `Size` values from First on.
template <class E, std::uint64_t First, std::size_t Size>
inline constexpr auto run_block =
    read_run<E, enum_number<E>, static_cast<enum_number<E>>(First)>(std::make_integer_sequence<enum_number<E>, static_cast<enum_number<E>>(Size)>{});

template <class E, auto const& List, std::size_t... I>
consteval auto read_list(std::index_sequence<I...>) noexcept {
    return read_names<E, static_cast<E>(static_cast<underlying<E>>(List.items[I]))...>();
}
/// The names among the values of a list.
template <class E, auto const& List>
inline constexpr auto list_block = read_list<E, List>(std::make_index_sequence<List.count>{});

// ---- where to look

template <class E>
inline constexpr bool is_signed_enum = std::is_signed_v<underlying<E>>;
/// The numbers of E's underlying type, as 64 bits.
template <class E>
inline constexpr std::uint64_t last_of = std::is_same_v<underlying<E>, bool> ? 1
                                         : is_signed_enum<E>                 ? (std::uint64_t{1} << (8 * sizeof(E) - 1)) - 1
                                                                             : ~std::uint64_t{0} >> (64 - 8 * sizeof(E));
template <class E>
inline constexpr std::uint64_t first_of = is_signed_enum<E> ? ~last_of<E> : 0;

inline constexpr std::size_t enum_run_length = 256;

template <std::uint64_t First, std::size_t Size>
struct enum_run {};
template <class... Runs>
struct enum_runs {};

/// Runs from First up, as long as there are members in the upper half of the last one.
template <class E, std::uint64_t First, class... Done>
consteval auto runs_up(enum_runs<Done...>) noexcept {
    constexpr bool is_last = last_of<E> - First < enum_run_length;
    constexpr std::size_t size = is_last ? static_cast<std::size_t>(last_of<E> - First) + 1 : enum_run_length;
    using now = enum_runs<Done..., enum_run<First, size>>;
    if constexpr (!is_last) {
        constexpr auto const& block = run_block<E, First, size>;
        if constexpr (block.count != 0 && block.places[block.count != 0 ? block.count - 1 : 0].index >= size / 2) {
            return runs_up<E, First + size>(now{});
        } else {
            return now{};
        }
    } else {
        return now{};
    }
}
/// Runs from Last down, as long as there are members in the lower half of the last one.
template <class E, std::uint64_t Last, std::size_t Size, class... Done>
consteval auto runs_down(enum_runs<Done...>) noexcept {
    constexpr std::uint64_t first = Last - Size + 1;
    using now = enum_runs<enum_run<first, Size>, Done...>;
    if constexpr (first - first_of<E> >= enum_run_length) {
        constexpr auto const& block = run_block<E, first, Size>;
        if constexpr (block.count != 0 && block.places[0].index < Size / 2) {
            return runs_down<E, first - 1, enum_run_length>(now{});
        } else {
            return now{};
        }
    } else {
        return now{};
    }
}
/// Runs from First to Last.
template <class E, std::uint64_t First, std::uint64_t Last, class... Done>
consteval auto runs_between(enum_runs<Done...>) noexcept {
    if constexpr (Last - First < enum_run_length) {
        return enum_runs<Done..., enum_run<First, static_cast<std::size_t>(Last - First) + 1>>{};
    } else {
        return runs_between<E, First + enum_run_length, Last>(enum_runs<Done..., enum_run<First, enum_run_length>>{});
    }
}

template <class E>
consteval auto runs_of() noexcept {
    if constexpr (!std::is_same_v<range_kind<E>, enum_::automatic>) {
        constexpr enum_::bounds asked = enum_::range<E>;
        static_assert(asked.first <= asked.last, "amphis: enum: bounds{first, last}: the first is greater than the last");
        static_assert(last_of<E> > ~std::uint64_t{0} >> 1U || asked.last <= static_cast<long long>(last_of<E>),
                      "amphis: enum: bounds{first, last}: the last is no number of the enumeration's type");
        static_assert(asked.first >= static_cast<long long>(first_of<E>), "amphis: enum: bounds{first, last}: the first is no number of the enumeration's type");
        return runs_between<E, static_cast<std::uint64_t>(asked.first), static_cast<std::uint64_t>(asked.last)>(enum_runs<>{});
    } else if constexpr (sizeof(E) == 1) {
        return runs_between<E, first_of<E>, last_of<E>>(enum_runs<>{});
    } else if constexpr (is_signed_enum<E> && !FlagEnum<E>) {
        return runs_up<E, 0>(runs_down<E, ~std::uint64_t{0}, enum_run_length / 2>(enum_runs<>{}));
    } else if constexpr (FlagEnum<E>) {
        return enum_runs<enum_run<0, enum_run_length>>{};
    } else {
        return runs_up<E, 0>(enum_runs<>{});
    }
}

template <std::size_t Capacity>
struct value_list {
    std::size_t count = 0;
    std::uint64_t items[Capacity]{};
    constexpr void add(std::uint64_t item) noexcept { items[count++] = item; }
};

/// The bits of a flag that the run from 0 to 255 leaves out, the sign among them.
template <class E>
inline constexpr auto high_enumerator_bits = [] {
    value_list<64> made;
    for (unsigned bit = 8; bit < 8 * sizeof(E); ++bit) made.add(std::uint64_t{1} << bit);
    return made;
}();

/// Combinations of the flags there are that may have a name: all of up to 9 flags, the pairs of up to 32, and those of neighbours from
/// the lowest or to the highest.
template <class E>
inline constexpr auto flag_combinations = [] {
    value_list<640> made;
    std::uint64_t bits[64]{};
    unsigned n = 0;
    auto const& low = run_block<E, 0, enum_run_length>;
    for (std::size_t i = 0; i != low.count; ++i) {
        std::uint64_t const item = low.places[i].index;
        if (item != 0 && (item & (item - 1)) == 0) bits[n++] = item;
    }
    auto const& high = list_block<E, high_enumerator_bits<E>>;
    for (std::size_t i = 0; i != high.count; ++i) bits[n++] = high_enumerator_bits<E>.items[high.places[i].index];
    auto const add = [&made](std::uint64_t item) {
        if (item < enum_run_length || (item & (item - 1)) == 0) return;
        for (std::size_t i = 0; i != made.count; ++i) {
            if (made.items[i] == item) return;
        }
        made.add(item);
    };
    if (n <= 9) {
        for (unsigned set = 1; set < 1U << n; ++set) {
            std::uint64_t item = 0;
            for (unsigned i = 0; i != n; ++i) item |= (set >> i & 1U) != 0 ? bits[i] : 0;
            if (item >= enum_run_length && (item & (item - 1)) != 0) made.add(item);
        }
    } else {
        std::uint64_t up = 0;
        std::uint64_t down = 0;
        for (unsigned i = 0; i != n; ++i) {
            add(up |= bits[i]);
            add(down |= bits[n - 1 - i]);
            for (unsigned k = i + 1; n <= 32 && k < n; ++k) add(bits[i] | bits[k]);
        }
    }
    return made;
}();

template <class E>
inline constexpr auto only_values = [] {
    value_list<enum_::range<E>.count> made;
    for (E const member : enum_::range<E>.members) made.add(static_cast<std::uint64_t>(static_cast<underlying<E>>(member)));
    return made;
}();

// ---- all names

/// A block of any size.
struct scanned {
    chars text;
    std::size_t count;
    std::size_t characters;
    name_place const* places;
    std::uint64_t first;
    std::uint64_t const* items;
    bool listed;  // the values are those of `items`, not from `first` on; g++ 12, PR 71962: no comparison of the pointer under -fsanitize
};
template <std::size_t N>
struct scanned_blocks {
    scanned blocks[N];
    std::size_t count = 0;
    std::size_t characters = 0;
};

template <class E, std::uint64_t First, std::size_t Size>
consteval scanned scanned_run(enum_run<First, Size>) noexcept {
    auto const& block = run_block<E, First, Size>;
    return {block.text, block.count, block.characters, block.places, First, nullptr, false};
}
template <class E, auto const& List>
consteval scanned scanned_list() noexcept {
    if constexpr (List.count == 0) {
        return {{}, 0, 0, nullptr, 0, nullptr, false};
    } else {
        auto const& block = list_block<E, List>;
        return {block.text, block.count, block.characters, block.places, 0, List.items, true};
    }
}
template <class... Blocks>
consteval auto scanned_all(Blocks... blocks) noexcept {
    scanned_blocks<sizeof...(Blocks)> all{{blocks...}};
    for (scanned const& block : all.blocks) {
        all.count += block.count;
        all.characters += block.characters;
    }
    return all;
}
template <class E, class... Runs>
consteval auto scan_runs(enum_runs<Runs...>) noexcept {
    if constexpr (FlagEnum<E> && sizeof(E) != 1 && std::is_same_v<range_kind<E>, enum_::automatic>) {
        return scanned_all(scanned_run<E>(Runs{})..., scanned_list<E, high_enumerator_bits<E>>(), scanned_list<E, flag_combinations<E>>());
    } else {
        return scanned_all(scanned_run<E>(Runs{})...);
    }
}
template <class E>
consteval auto scan() noexcept {
    (void)look_into<E>;
    if constexpr (is_only_list<range_kind<E>>) {
        constexpr auto all = scanned_all(scanned_list<E, only_values<E>>());
        static_assert(all.count == only_values<E>.count, "amphis: enum: only(...): one of these is no member");
        return all;
    } else {
        return scan_runs<E>(runs_of<E>());
    }
}

/// The members of E that have a name, and the names; kept once, in as many bytes as they have characters.
template <class E>
struct enumerator_table {
    static constexpr auto found = scan<E>();
    static constexpr std::size_t count = found.count;
    static constexpr bool in_order = !is_only_list<range_kind<E>>;  // of their numbers

    struct contents {
        E members[count != 0 ? count : 1]{};
        std::uint32_t offsets[count + 1]{};
        char characters[found.characters != 0 ? found.characters : 1]{};
    };
    static constexpr contents all = [] {
        struct place {
            E member;
            char const* name;
            std::uint32_t size;
        };
        place places[count != 0 ? count : 1]{};
        std::size_t n = 0;
        for (scanned const& block : found.blocks) {
            for (std::size_t i = 0; i != block.count; ++i) {
                name_place const& at = block.places[i];
                std::uint64_t const bits = block.listed ? block.items[at.index] : block.first + at.index;
                place const now{static_cast<E>(static_cast<underlying<E>>(bits)), block.text.data + at.at, at.size};
                std::size_t to = n++;
                for (; in_order && to != 0 && rank_of(now.member) < rank_of(places[to - 1].member); --to) places[to] = places[to - 1];
                places[to] = now;
            }
        }
        contents made;
        std::uint32_t offset = 0;
        for (std::size_t i = 0; i != count; ++i) {
            made.members[i] = places[i].member;
            made.offsets[i] = offset;
            for (std::uint32_t k = 0; k != places[i].size; ++k) made.characters[offset++] = places[i].name[k];
            made.characters[offset++] = '\0';
        }
        made.offsets[count] = offset;
        return made;
    }();

    [[nodiscard]] static constexpr std::string_view name(std::size_t index) noexcept {
        return {all.characters + all.offsets[index], all.offsets[index + 1] - all.offsets[index] - 1};
    }
};

// ---- the index of a member

template <class E>
struct member_index {
    using table = enumerator_table<E>;
    static constexpr std::size_t count = table::count;
    static constexpr std::size_t none = count;

    struct ranked {
        std::uint64_t key;  // rank_of() the member
        std::uint32_t index;
    };
    struct order {
        ranked items[count != 0 ? count : 1]{};
    };
    /// By number; of a table that is so already, nothing is made.
    static constexpr order sorted() noexcept {
        order made;
        for (std::size_t i = 0; i != count; ++i) {
            ranked const now{rank_of(table::all.members[i]), static_cast<std::uint32_t>(i)};
            std::size_t to = i;
            for (; to != 0 && now.key < made.items[to - 1].key; --to) made.items[to] = made.items[to - 1];
            made.items[to] = now;
        }
        return made;
    }
    struct in_order {
        static constexpr ranked at(std::size_t i) noexcept { return {rank_of(table::all.members[i]), static_cast<std::uint32_t>(i)}; }
    };
    struct reordered {
        static constexpr order all = sorted();
        static constexpr ranked at(std::size_t i) noexcept { return all.items[i]; }
    };
    using by_number = std::conditional_t<table::in_order, in_order, reordered>;

    static consteval bool all_differ() noexcept {
        for (std::size_t i = 1; !table::in_order && i < count; ++i) {
            if (by_number::at(i).key == by_number::at(i - 1).key) return false;
        }
        return true;
    }
    static_assert(all_differ(), "amphis: enum: only(...) names a member twice, or two names of one value");

    static constexpr std::uint64_t lowest = count != 0 ? by_number::at(0).key : 0;
    static constexpr std::uint64_t span = count != 0 ? by_number::at(count - 1).key - lowest : 0;
    static constexpr bool gapless = count != 0 && span == count - 1 && table::in_order;
    static constexpr bool dense = !gapless && span / 4 < count + 16 && count < 0xFFFF;

    struct positions {
        std::uint16_t of[dense ? span + 1 : 1]{};
    };
    /// The index plus one, by distance from the lowest.
    static constexpr positions position = [] {
        positions made;
        if constexpr (dense) {
            for (std::size_t i = 0; i != count; ++i) made.of[by_number::at(i).key - lowest] = static_cast<std::uint16_t>(by_number::at(i).index + 1);
        }
        return made;
    }();

    /// `none` if the member has no name. One comparison where the numbers have no gaps, one load more where they have few, else a binary search.
    [[nodiscard]] static constexpr std::size_t of(E member) noexcept {
        if constexpr (count == 0) {
            return none;
        } else {
            std::uint64_t const rank = rank_of(member);
            std::uint64_t const distance = rank - lowest;
            if constexpr (gapless) {
                return distance < count ? static_cast<std::size_t>(distance) : none;
            } else if constexpr (dense) {
                if (distance > span) return none;
                std::uint16_t const at = position.of[distance];
                return at != 0 ? at - std::size_t{1} : none;
            } else {
                std::size_t first = 0;
                std::size_t last = count;
                while (last - first > 1) {
                    std::size_t const middle = first + (last - first) / 2;
                    if (by_number::at(middle).key <= rank) {
                        first = middle;
                    } else {
                        last = middle;
                    }
                }
                return by_number::at(first).key == rank ? by_number::at(first).index : none;
            }
        }
    }
};

}  // namespace amphis::inline v0::detail

#undef AMPHIS_FUNCTION_NAME

#endif  // AMPHIS_ENUM_NAMES_HPP
