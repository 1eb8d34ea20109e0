// SPDX-License-Identifier: MIT
// Fields are reached and named when the program is compiled: each function takes the instructions of the one written by hand.
#include "gate.hpp"

#include <amphis/builtins.hpp>
#include <amphis/copy.hpp>
#include <amphis/dataclasses.hpp>

#include <memory>
#include <string>
#include <utility>
#include <vector>

using namespace amphis::literals;
namespace dc = amphis::dataclasses;

namespace {

struct Person {
    std::string name{};
    int age{};
    double height{};
    std::string city{};
};

bool equal_by_hand(Person const& a, Person const& b) { return a.name == b.name && a.age == b.age && a.height == b.height && a.city == b.city; }

// A tuple's hash, as amphis::hash and CPython combine it.
std::ptrdiff_t hash_by_hand(Person const& p) {
    std::uint64_t sum = 2870177450012600261U;
    auto const add = [&sum](std::ptrdiff_t item) {
        sum += static_cast<std::uint64_t>(item) * 14029467366897019727U;
        sum = (sum << 31U | sum >> 33U) * 11400714785074694791U;
    };
    add(amphis::hash(p.name));
    add(amphis::hash(p.age));
    add(amphis::hash(p.height));
    add(amphis::hash(p.city));
    sum += 4U ^ (2870177450012600261U ^ 3527539U);
    return sum == static_cast<std::uint64_t>(-1) ? 1546275796 : static_cast<std::ptrdiff_t>(sum);
}

// With the library's own buffer and numbers: what is left is what the dataclass adds.
std::string repr_by_hand(Person const& p) {
    using namespace amphis::detail;
    text out;
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

Person const ann{"Ann", 30, 1.75, "Amsterdam"};
Person const ben{"Ann", 30, 1.75, "Amsterdan"};

struct Node {
    int value{};
    std::string name{};
    std::vector<std::unique_ptr<Node>> children{};
};
Node tree(int depth) {
    Node node{depth, "node", {}};
    if (depth != 0) {
        for (int i = 0; i != 4; ++i) node.children.push_back(std::make_unique<Node>(tree(depth - 1)));
    }
    return node;
}
Node clone_by_hand(Node const& from) {
    Node to{from.value, from.name, {}};
    to.children.reserve(from.children.size());
    for (auto const& child : from.children) to.children.push_back(std::make_unique<Node>(clone_by_hand(*child)));
    return to;
}

}  // namespace

GATE("dataclasses/by_hand/eq", reference()) {
    for (auto _ : state) keep(equal_by_hand(*opaque(&ann), *opaque(&ben)));
}
GATE("dataclasses/dataclass/eq", no_more_than("dataclasses/by_hand/eq")) {
    for (auto _ : state) keep(dc::eq(*opaque(&ann), *opaque(&ben)));
}

GATE("dataclasses/by_hand/hash", reference()) {
    for (auto _ : state) keep(hash_by_hand(*opaque(&ann)));
}
GATE("dataclasses/dataclass/hash", no_more_than("dataclasses/by_hand/hash")) {
    for (auto _ : state) keep(dc::hash(*opaque(&ann)));
}

GATE("dataclasses/by_hand/repr", reference()) {
    for (auto _ : state) keep(repr_by_hand(*opaque(&ann)).size());
}
GATE("dataclasses/dataclass/repr", no_more_than("dataclasses/by_hand/repr")) {
    for (auto _ : state) keep(dc::repr(*opaque(&ann)).size());
}

GATE("dataclasses/by_hand/make", reference()) {
    for (auto _ : state) keep(Person{"Ann", opaque(30), 1.75, "Amsterdam"}.age);
}
GATE("dataclasses/dataclass/make", no_more_than("dataclasses/by_hand/make", +1)) {
    for (auto _ : state) keep(dc::make<Person>("age"_k = opaque(30), "name"_k = "Ann", "height"_k = 1.75, "city"_k = "Amsterdam").age);
}

GATE("dataclasses/by_hand/replace", reference()) {
    for (auto _ : state) {
        Person const& p = *opaque(&ann);
        keep(Person{p.name, opaque(31), p.height, p.city}.age);
    }
}
GATE("dataclasses/dataclass/replace", no_more_than("dataclasses/by_hand/replace", +1)) {
    for (auto _ : state) keep(dc::replace(*opaque(&ann), "age"_k = opaque(31)).age);
}

GATE("copy/by_hand/deepcopy", reference()) {
    Node const root = tree(3);
    for (auto _ : state) keep(clone_by_hand(*opaque(&root)).value);
}
GATE("copy/deepcopy/deepcopy", no_more_than("copy/by_hand/deepcopy", +1800)) {
    Node const root = tree(3);
    for (auto _ : state) keep(amphis::copy::deepcopy(*opaque(&root)).value);
}
