// SPDX-License-Identifier: MIT
// property: reading and writing is what it is to read and write the member, to the instruction; and so is its size.
#include <amphis/lang/property.hpp>

#include "gate.hpp"

#include <cstddef>

namespace {

using amphis::in_place;
using amphis::property;

struct Plain {
    double x = 0;
    int hits = 0;
};
class Managed {
    double x_ = 0;
    int hits_ = 0;
    [[nodiscard]] double get_x() const { return x_; }
    void set_x(double value) { x_ = value; }
    [[nodiscard]] int const& get_hits() const { return hits_; }
    void set_hits(int const& value) { hits_ = value; }

public:
    [[no_unique_address]] property<"x", &Managed::get_x, &Managed::set_x> x;
    [[no_unique_address]] property<"hits", &Managed::get_hits, &Managed::set_hits> hits;
};
static_assert(sizeof(Managed) == sizeof(Plain) && alignof(Managed) == alignof(Plain));
static_assert(in_place<&Managed::x, &Managed::hits>);

template <class T>
[[gnu::noinline]] double read(T const& object) {
    return object.x;
}
template <class T>
[[gnu::noinline]] void write(T& object, double value) {
    object.x = value;
}
template <class T>
[[gnu::noinline]] void change(T& object) {
    object.x *= 3;
    ++object.hits;
}
template <class T, std::size_t N>
[[gnu::noinline]] double sum(T const (&objects)[N]) {
    double total = 0;
    for (T const& object : objects) total += object.x;
    return total;
}
template <class T, std::size_t N>
[[gnu::noinline]] int sum_ints(T const (&objects)[N]) {
    int total = 0;
    for (T const& object : objects) total += object.hits;
    return total;
}
template <class T, std::size_t N>
[[gnu::noinline]] void fill(T (&objects)[N], double value) {
    for (T& object : objects) object.x = value;
}

}  // namespace

GATE("property/plain_member/read", reference()) {
    Plain object;
    for (auto _ : state) {
        keep(&object);
        keep(read(object));
    }
}
GATE("property/property/read", no_more_than("property/plain_member/read")) {
    Managed object;
    for (auto _ : state) {
        keep(&object);
        keep(read(object));
    }
}
GATE("property/plain_member/write", reference()) {
    Plain object;
    for (auto _ : state) {
        write(object, opaque(2) + 0.5);
        keep(&object);
    }
}
GATE("property/property/write", no_more_than("property/plain_member/write")) {
    Managed object;
    for (auto _ : state) {
        write(object, opaque(2) + 0.5);
        keep(&object);
    }
}
GATE("property/plain_member/change", reference()) {
    Plain object;
    for (auto _ : state) {
        change(object);
        keep(&object);
    }
}
GATE("property/property/change", no_more_than("property/plain_member/change")) {
    Managed object;
    for (auto _ : state) {
        change(object);
        keep(&object);
    }
}
GATE("property/plain_member/sum_1000", reference()) {
    static Plain objects[1000];
    for (auto _ : state) {
        keep(&objects);
        keep(sum(objects));
    }
}
GATE("property/property/sum_1000", no_more_than("property/plain_member/sum_1000")) {
    static Managed objects[1000];
    for (auto _ : state) {
        keep(&objects);
        keep(sum(objects));
    }
}
GATE("property/plain_member/sum_ints_1000", reference()) {
    static Plain objects[1000];
    for (auto _ : state) {
        keep(&objects);
        keep(sum_ints(objects));
    }
}
GATE("property/property/sum_ints_1000", no_more_than("property/plain_member/sum_ints_1000")) {
    static Managed objects[1000];
    for (auto _ : state) {
        keep(&objects);
        keep(sum_ints(objects));
    }
}
GATE("property/plain_member/fill_1000", reference()) {
    static Plain objects[1000];
    for (auto _ : state) {
        fill(objects, opaque(2));
        keep(&objects);
    }
}
GATE("property/property/fill_1000", no_more_than("property/plain_member/fill_1000")) {
    static Managed objects[1000];
    for (auto _ : state) {
        fill(objects, opaque(2));
        keep(&objects);
    }
}
