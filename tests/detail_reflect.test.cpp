// SPDX-License-Identifier: MIT
#include <amphis/detail/reflect.hpp>

#include "support/catch.hpp"

#include <any>
#include <array>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>

namespace {

using namespace amphis::detail;

template <class T>
std::string names() {
    std::string all;
    for (std::size_t i = 0; i != field_count<T>; ++i) all += (i == 0 ? "" : " ") + std::string(field_names<T>[i].data, field_names<T>[i].size);
    return all;
}

struct Inner {
    int q{};
};
struct Empty {};
struct NoDefault {
    explicit(false) NoDefault(int v) : value(v) {}
    int value;
};
struct Mixed {
    std::string name{};
    int age{};
    int arr[3]{};
    Inner in{};
    std::unique_ptr<int> p{};
};
template <char C>
struct Odd {
    std::string const name{};
    std::map<std::string, int> in{};
};
struct EmptyBase : Empty {
    int z{};
    int y{};
};
struct NothingFirst {
    NoDefault a;
    int b;
    int c[4];
    std::string s;
};
struct NothingWithInitialiser {
    NoDefault a = 3;
    int b{};
    int c[4]{};
    std::string s{};
};
struct Awkward {
    int a{};
    std::mutex m{};
    std::function<void()> f{};
    std::any x{};
    std::array<int, 3> arr{};
};
struct Arrays {
    Inner in[2][3]{};
    char n[8]{};
};
struct Umlaut {
    int größe{};
    int _x1{};
};
struct Reference {
    int a;
    int& b;
};
struct Derived : Inner {
    int z{};
};
#define EIGHT(p) int p##0{}, p##1{}, p##2{}, p##3{}, p##4{}, p##5{}, p##6{}, p##7{};
struct Fields128 {
    EIGHT(a) EIGHT(b) EIGHT(c) EIGHT(d) EIGHT(e) EIGHT(f) EIGHT(g) EIGHT(h) EIGHT(i) EIGHT(j) EIGHT(k) EIGHT(l) EIGHT(m) EIGHT(n) EIGHT(o) EIGHT(p)
};
struct Fields129 {
    EIGHT(a) EIGHT(b) EIGHT(c) EIGHT(d) EIGHT(e) EIGHT(f) EIGHT(g) EIGHT(h) EIGHT(i) EIGHT(j) EIGHT(k) EIGHT(l) EIGHT(m) EIGHT(n) EIGHT(o) EIGHT(p)
    int q0{};
};
#undef EIGHT

}  // namespace

TEST_CASE("reflect: names of fields, of whatever type", "[reflect]") {
    CHECK(names<Inner>() == "q");
    CHECK(names<Empty>().empty());
    CHECK(names<Mixed>() == "name age arr in p");
    CHECK(names<Odd<'}'>>() == "name in");
    CHECK(names<Odd<'>'>>() == "name in");
    CHECK(names<EmptyBase>() == "z y");
    CHECK(names<Awkward>() == "a m f x arr");
    CHECK(names<Arrays>() == "in n");
    CHECK(names<Umlaut>() == "größe _x1");
    struct Local {
        Inner first{};
        int* p{};
    };
    CHECK(names<Local>() == "first p");
}

TEST_CASE("reflect: fields without a default are counted, arrays as one", "[reflect]") {
    CHECK(names<NothingFirst>() == "a b c s");
    CHECK(names<NothingWithInitialiser>() == "a b c s");
}

TEST_CASE("reflect: 128 fields, and no more", "[reflect]") {
    STATIC_REQUIRE(field_count<Fields128> == 128);
    CHECK(std::string(field_names<Fields128>[127].data, 2) == "p7");
    STATIC_REQUIRE(reflected_facts<Fields129>.fault == reflect_fault::too_many);
}

TEST_CASE("reflect: what cannot be taken apart says why", "[reflect]") {
    STATIC_REQUIRE(reflected_facts<int>.fault == reflect_fault::not_an_aggregate);
    STATIC_REQUIRE(reflected_facts<std::string>.fault == reflect_fault::not_an_aggregate);
    STATIC_REQUIRE(reflected_facts<Reference>.fault == reflect_fault::reference);
    STATIC_REQUIRE(reflected_facts<Derived>.fault == reflect_fault::base_with_fields);
}

TEST_CASE("reflect: fields are reached by index, as they are declared", "[reflect]") {
    Mixed m{"a", 1, {1, 2, 3}, {4}, nullptr};
    field_at<1>(m) = 7;
    CHECK(m.age == 7);
    CHECK(&field_at<2>(m) == &m.arr);
    STATIC_REQUIRE(std::is_same_v<field_type<0, Odd<'x'>>, std::string const>);
    STATIC_REQUIRE(std::is_same_v<field_type<2, Mixed const>, int const[3]>);
    CHECK(field_names<Mixed>.find("in") == 3);
    CHECK(field_names<Mixed>.find("inn") == 5);
}
