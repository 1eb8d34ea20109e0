// SPDX-License-Identifier: MIT
// dataclasses: comparing, hashing, printing and changing a struct, beside the functions written by hand, the usual way with <sstream>
// and std::hash, Boost.PFR, and Python's @dataclass. One operation is one object.
// Ours: amphis
#include <amphis/builtins.hpp>
#include <amphis/dataclasses.hpp>

#include <benchmark/benchmark.h>
#if __has_include(<boost/pfr.hpp>)
#include <boost/pfr.hpp>
#endif

#include <functional>
#include <iomanip>
#include <sstream>
#include <string>

using namespace amphis::literals;
namespace dc = amphis::dataclasses;

namespace {

struct Person {
    std::string name{};
    int age{};
    double height{};
    std::string city{};
};

Person const ann{"Ann", 30, 1.75, "Amsterdam"};
Person const ben{"Ann", 30, 1.75, "Amsterdan"};

template <class F>
void each(benchmark::State& state, F function) {
    Person const* a = &ann;
    Person const* b = &ben;
    for (auto _ : state) {
        benchmark::DoNotOptimize(a);
        benchmark::DoNotOptimize(b);
        benchmark::DoNotOptimize(function(*a, *b));
    }
}
#define CASE(name, ...) \
    BENCHMARK_CAPTURE(each, name, [](Person const& a, [[maybe_unused]] Person const& b) { return __VA_ARGS__; })->Name("dataclasses/" name)

bool equal_by_hand(Person const& a, Person const& b) { return a.name == b.name && a.age == b.age && a.height == b.height && a.city == b.city; }

void combine(std::size_t& seed, std::size_t hash) { seed ^= hash + 0x9e3779b9U + (seed << 6U) + (seed >> 2U); }
std::size_t hash_std(Person const& p) {
    std::size_t seed = 0;
    combine(seed, std::hash<std::string>()(p.name));
    combine(seed, std::hash<int>()(p.age));
    combine(seed, std::hash<double>()(p.height));
    combine(seed, std::hash<std::string>()(p.city));
    return seed;
}
std::ptrdiff_t hash_by_hand(Person const& p) { return amphis::hash(std::tie(p.name, p.age, p.height, p.city)); }

std::string repr_by_hand(Person const& p) {
    amphis::detail::text out;
    out.append("Person(name=", 12);
    repr_to(out, p.name);
    out.append(", age=", 6);
    repr_to(out, p.age);
    out.append(", height=", 9);
    repr_to(out, p.height);
    out.append(", city=", 7);
    repr_to(out, p.city);
    out.push_back(')');
    return std::string(out.data(), out.size());
}
std::string repr_stream(Person const& p) {
    std::ostringstream out;
    out << "Person(name=" << std::quoted(p.name, '\'') << ", age=" << p.age << ", height=" << p.height << ", city=" << std::quoted(p.city, '\'') << ')';
    return std::move(out).str();
}

CASE("amphis/eq", dc::eq(a, b));
CASE("by_hand/eq", equal_by_hand(a, b));
CASE("amphis/lt", dc::lt(a, b));
CASE("by_hand_tie/lt", std::tie(a.name, a.age, a.height, a.city) < std::tie(b.name, b.age, b.height, b.city));
CASE("amphis/hash", dc::hash(a));
CASE("by_hand/hash", hash_by_hand(a));
CASE("by_hand_std_hash/hash", hash_std(a));
CASE("amphis/repr", dc::repr(a));
CASE("by_hand/repr", repr_by_hand(a));
CASE("by_hand_ostringstream/repr", repr_stream(a));
CASE("amphis/make", dc::make<Person>("age"_k = a.age, "name"_k = "Ann", "height"_k = 1.75, "city"_k = "Amsterdam"));
CASE("by_hand/make", Person{"Ann", a.age, 1.75, "Amsterdam"});
CASE("amphis/replace", dc::replace(a, "age"_k = 31));
CASE("by_hand/replace", Person{a.name, 31, a.height, a.city});
CASE("amphis/asdict", dc::asdict(a));
CASE("by_hand_copy/asdict", Person(a));
CASE("amphis/astuple", dc::astuple(a));
CASE("by_hand/astuple", std::tuple(a.name, a.age, a.height, a.city));
#if __has_include(<boost/pfr.hpp>)
std::string repr_pfr(Person const& p) {
    std::ostringstream out;
    out << boost::pfr::io(p);
    return std::move(out).str();
}
CASE("boost_pfr/eq", boost::pfr::eq(a, b));
CASE("boost_pfr/lt", boost::pfr::lt(a, b));
CASE("boost_pfr/hash", boost::pfr::hash_fields(a));
CASE("boost_pfr/repr", repr_pfr(a));
CASE("boost_pfr/astuple", boost::pfr::structure_to_tuple(a));
#endif

}  // namespace
