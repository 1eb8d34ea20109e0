// SPDX-License-Identifier: MIT
// Enums to names and back: beside a switch and a chain of comparisons as one writes them by hand, a std::unordered_map of names, a table of
// 256 names as libraries of the kind make it, magic_enum where it is installed, and CPython. Nanoseconds a member.
// Ours: enum_
//
// What it costs the compiler is measured by bench/enum_cost.py.
#include <amphis/enum.hpp>

#include <benchmark/benchmark.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

#if __has_include(<magic_enum/magic_enum.hpp>)
#include <magic_enum/magic_enum.hpp>
#define AMPHIS_BENCH_MAGIC_ENUM
#elif __has_include(<magic_enum.hpp>)
#include <magic_enum.hpp>
#define AMPHIS_BENCH_MAGIC_ENUM
#endif

namespace {

namespace en = amphis::enum_;

#define MEMBERS(X)                                                                                                                                      \
    X(CONTINUE, 100) X(SWITCHING, 101) X(OK, 200) X(CREATED, 201) X(ACCEPTED, 202) X(NO_CONTENT, 204) X(RESET_CONTENT, 205) X(PARTIAL_CONTENT, 206)      \
    X(MULTI_STATUS, 207) X(IM_USED, 226) X(MULTIPLE, 228) X(MOVED, 229) X(FOUND, 230) X(SEE_OTHER, 231) X(NOT_MODIFIED, 232) X(TEMPORARY_REDIRECT, 233) \
    X(BAD_REQUEST, 240) X(UNAUTHORIZED, 241) X(FORBIDDEN, 242) X(NOT_FOUND, 243)

enum class Status {
#define X(name, number) name = number,
    MEMBERS(X)
#undef X
};

constexpr std::array all{
#define X(name, number) Status::name,
    MEMBERS(X)
#undef X
};
std::array const names{
#define X(name, number) std::string(#name),
    MEMBERS(X)
#undef X
};

struct by_hand {
    static std::string_view name(Status status) {
        switch (status) {
#define X(name, number) \
    case Status::name: return #name;
            MEMBERS(X)
#undef X
        }
        return {};
    }
    static Status by_name(std::string_view name) {
#define X(member, number) \
    if (name == #member) return Status::member;
        MEMBERS(X)
#undef X
        return {};
    }
};

struct std_unordered_map {
    static std::string_view name(Status status) {
        static std::unordered_map<Status, std::string> const table = [] {
            std::unordered_map<Status, std::string> made;
            for (std::size_t i = 0; i != all.size(); ++i) made.emplace(all[i], names[i]);
            return made;
        }();
        return table.at(status);
    }
    static Status by_name(std::string_view name) {
        static std::unordered_map<std::string_view, Status> const table = [] {
            std::unordered_map<std::string_view, Status> made;
            for (std::size_t i = 0; i != all.size(); ++i) made.emplace(names[i], all[i]);
            return made;
        }();
        return table.at(name);
    }
};

/// One function for each of 256 values, and a search through all of them.
template <Status S>
constexpr std::string_view name_of_one() {
    std::string_view const text(__PRETTY_FUNCTION__, sizeof(__PRETTY_FUNCTION__) - 1);
    std::size_t const first = text.find("S = ") + 4;
    std::string_view const argument = text.substr(first, text.find_first_of(";]", first) - first);
    std::size_t const last = argument.find_last_of(":)");
    return argument[last] == ')' ? std::string_view() : argument.substr(last + 1);
}
template <std::size_t... I>
constexpr std::array<std::string_view, sizeof...(I)> names_of_all(std::index_sequence<I...>) {
    return {name_of_one<static_cast<Status>(I)>()...};
}
struct naive_table {
    static constexpr auto table = names_of_all(std::make_index_sequence<256>{});

    static std::string_view name(Status status) { return table[static_cast<std::size_t>(status)]; }
    static Status by_name(std::string_view name) {
        for (std::size_t i = 0; i != table.size(); ++i) {
            if (table[i] == name) return static_cast<Status>(i);
        }
        return {};
    }
};

struct enum_ {
    static std::string_view name(Status status) { return en::name(status); }
    static Status by_name(std::string_view name) { return en::by_name<Status>(name); }
};

#if defined(AMPHIS_BENCH_MAGIC_ENUM)
struct magic_enum_ {
    static std::string_view name(Status status) { return magic_enum::enum_name(status); }
    static Status by_name(std::string_view name) { return *magic_enum::enum_cast<Status>(name); }
};
#endif

/// A fixed order without a pattern that a processor would learn.
std::array<std::size_t, 1024> const& order() {
    static std::array<std::size_t, 1024> const made = [] {
        std::array<std::size_t, 1024> list{};
        unsigned long long state = 1;
        for (auto& i : list) {
            state = state * 6364136223846793005U + 1442695040888963407U;
            i = static_cast<std::size_t>((state >> 33U) % all.size());
        }
        return list;
    }();
    return made;
}

template <class How>
void to_name(benchmark::State& state) {
    for (auto _ : state) {
        for (std::size_t const i : order()) benchmark::DoNotOptimize(How::name(all[i]));
    }
    state.SetItemsProcessed(static_cast<std::int64_t>(order().size()) * state.iterations());
}
template <class How>
void from_name(benchmark::State& state) {
    for (auto _ : state) {
        for (std::size_t const i : order()) benchmark::DoNotOptimize(How::by_name(names[i]));
    }
    state.SetItemsProcessed(static_cast<std::int64_t>(order().size()) * state.iterations());
}

#define BOTH(how, label)                                     \
    BENCHMARK(to_name<how>)->Name("enum/" label "/name");    \
    BENCHMARK(from_name<how>)->Name("enum/" label "/by_name");
BOTH(enum_, "enum_")
BOTH(by_hand, "by_hand")
BOTH(std_unordered_map, "std_unordered_map")
BOTH(naive_table, "naive_table")
#if defined(AMPHIS_BENCH_MAGIC_ENUM)
BOTH(magic_enum_, "magic_enum")
#endif

}  // namespace
