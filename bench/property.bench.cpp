// SPDX-License-Identifier: MIT
// property: reading, writing and adding up an attribute, beside the plain member, a getter and a setter, a property of std::function (the
// naive one), and CPython's; and what a checked attribute costs beside the check by hand.
// Ours: property, attribute, descriptor
//
// A case is a pass over 1024 objects; the time is that of one object. bytes: what an object takes.
#include <amphis/lang/descriptor.hpp>
#include <amphis/lang/property.hpp>

#include <benchmark/benchmark.h>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <stdexcept>
#include <vector>

namespace {

constexpr std::size_t count = 1024;

struct Plain {
    double x = 1;
};

class Accessors {
    double x_ = 1;

public:
    [[nodiscard]] double get_x() const { return x_; }
    void set_x(double value) { x_ = value; }
};

class Managed {
    double x_ = 1;
    [[nodiscard]] double get_x() const { return x_; }
    void set_x(double value) { x_ = value; }

public:
    [[no_unique_address]] amphis::property<"x", &Managed::get_x, &Managed::set_x> x;
};
static_assert(sizeof(Managed) == sizeof(Plain));

struct XOfHeld {
    double get(auto const& object) const { return object.held; }
    void set(auto& object, double value) const { object.held = value; }
};
struct Described {
    double held = 1;
    [[no_unique_address]] amphis::descriptor<"x", Described, XOfHeld> x{};
};

template <class T>
class function_property {
public:
    function_property(std::function<T()> getter, std::function<void(T)> setter) : getter_(std::move(getter)), setter_(std::move(setter)) {}
    operator T() const { return getter_(); }
    function_property& operator=(T value) {
        setter_(value);
        return *this;
    }

private:
    std::function<T()> getter_;
    std::function<void(T)> setter_;
};
class WithFunctions {
    double x_ = 1;

public:
    WithFunctions() = default;
    WithFunctions(WithFunctions const& other) : WithFunctions() { x_ = other.x_; }
    WithFunctions& operator=(WithFunctions const&) = delete;
    function_property<double> x{[this] { return x_; }, [this](double value) { x_ = value; }};
};

struct Checked {
    amphis::attribute<"x", double, amphis::in_range<0, 1'000'000>> x = 1;
};
class CheckedByHand {
    double x_ = 1;

public:
    [[nodiscard]] double get_x() const { return x_; }
    void set_x(double value) {
        if (!(value >= 0)) throw std::invalid_argument("too small");
        if (!(value <= 1'000'000)) throw std::invalid_argument("too large");
        x_ = value;
    }
};

template <class T>
double read(T const& object) {
    if constexpr (requires { object.get_x(); }) {
        return object.get_x();
    } else {
        return object.x;
    }
}
template <class T>
void write(T& object, double value) {
    if constexpr (requires { object.set_x(value); }) {
        object.set_x(value);
    } else {
        object.x = value;
    }
}

void finish(benchmark::State& state, std::size_t bytes) {
    state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(count));
    state.counters["bytes"] = static_cast<double>(bytes);
}

// An object is read or written as one call does it: what it is must be looked at again for each.
template <class T>
void get(benchmark::State& state) {
    std::vector<T> objects(count);
    for (auto _ : state) {
        for (T& object : objects) {
            benchmark::DoNotOptimize(&object);
            benchmark::ClobberMemory();
            double value = read(object);
            benchmark::DoNotOptimize(value);
        }
    }
    finish(state, sizeof(T));
}
template <class T>
void set(benchmark::State& state) {
    std::vector<T> objects(count);
    double value = 0;
    for (auto _ : state) {
        for (T& object : objects) {
            benchmark::DoNotOptimize(value);
            write(object, value);
            benchmark::ClobberMemory();
        }
    }
    finish(state, sizeof(T));
}
template <class T>
void sum(benchmark::State& state) {
    std::vector<T> objects(count);
    for (auto _ : state) {
        double total = 0;
        for (T const& object : objects) total += read(object);
        benchmark::DoNotOptimize(total);
        benchmark::ClobberMemory();
    }
    finish(state, sizeof(T));
}

}  // namespace

BENCHMARK(get<Managed>)->Name("property/property/get");
BENCHMARK(get<Described>)->Name("property/descriptor/get");
BENCHMARK(get<Plain>)->Name("property/plain_member/get");
BENCHMARK(get<Accessors>)->Name("property/getter_setter/get");
BENCHMARK(get<WithFunctions>)->Name("property/naive_std_function/get");
BENCHMARK(set<Managed>)->Name("property/property/set");
BENCHMARK(set<Described>)->Name("property/descriptor/set");
BENCHMARK(set<Plain>)->Name("property/plain_member/set");
BENCHMARK(set<Accessors>)->Name("property/getter_setter/set");
BENCHMARK(set<WithFunctions>)->Name("property/naive_std_function/set");
BENCHMARK(sum<Managed>)->Name("property/property/sum/1024");
BENCHMARK(sum<Described>)->Name("property/descriptor/sum/1024");
BENCHMARK(sum<Plain>)->Name("property/plain_member/sum/1024");
BENCHMARK(sum<Accessors>)->Name("property/getter_setter/sum/1024");
BENCHMARK(sum<WithFunctions>)->Name("property/naive_std_function/sum/1024");
BENCHMARK(set<Checked>)->Name("property/attribute/set_checked");
BENCHMARK(set<CheckedByHand>)->Name("property/getter_setter/set_checked");
