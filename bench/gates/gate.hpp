// SPDX-License-Identifier: MIT
// gate: a limit on the instructions an operation takes, counted by callgrind and so the same in every run.
//
//     GATE("functools/direct/call", reference()) {
//         for (auto _ : state) keep(f(opaque(2)));
//     }
//     GATE("functools/partial/call", no_more_than("functools/direct/call", +1)) { ... }
//     GATE("functools/lru_cache/hit/int", at_most(70)) {
//         auto square = ...;                         // set-up is not counted
//         square(2);
//         for (auto _ : state) keep(square(2));
//     }
//
// A gate runs once with N iterations and once with 2N: (count at 2N - count at N) / N is the instructions of one
// iteration, about 3 of them the loop's. One program for each *.gate.cpp; tools/gates.py runs it.
#ifndef AMPHIS_BENCH_GATE_HPP
#define AMPHIS_BENCH_GATE_HPP

#include <cstddef>
#include <cstdio>
#include <string>
#include <vector>

#if __has_include(<valgrind/callgrind.h>)
#include <valgrind/callgrind.h>
#else
#define CALLGRIND_TOGGLE_COLLECT
#define CALLGRIND_ZERO_STATS
#define CALLGRIND_DUMP_STATS_AT(name) static_cast<void>(name)
#endif

namespace gates {

/// The compiler must compute `value`, and may keep it in a register.
template <class T>
inline void keep(T&& value) {
    asm volatile("" : : "r,m"(value) : "memory");
}

/// `value`, which the compiler no longer knows.
template <class T>
[[nodiscard]] inline T opaque(T value) {
    asm volatile("" : "+r"(value));
    return value;
}

/// The loop of a gate: counting is on while it runs.
class state {
  public:
    struct [[maybe_unused]] iteration {};
    struct end_of_loop {};
    class iterator {
      public:
        explicit iterator(std::size_t left) : left_{left} {}
        iteration operator*() const { return {}; }
        void operator++() { --left_; }
        bool operator!=(end_of_loop) const {
            if (left_ != 0) [[likely]]
                return true;
            CALLGRIND_TOGGLE_COLLECT;
            return false;
        }

      private:
        std::size_t left_;
    };

    explicit state(std::size_t iterations) : iterations_{iterations} {}
    [[nodiscard]] iterator begin() const {
        CALLGRIND_TOGGLE_COLLECT;
        return iterator{iterations_};
    }
    [[nodiscard]] end_of_loop end() const { return {}; }

  private:
    std::size_t iterations_;
};

/// At most `most` instructions, or `most` more than the gate named `base` takes.
struct limit {
    double most = -1;
    char const* base = "";
};
inline limit at_most(double instructions) { return {instructions, ""}; }
inline limit no_more_than(char const* base, double extra = 0) { return {extra, base}; }
inline limit reference() { return {}; }  ///< Measured for others to refer to, without a limit.

struct gate {
    char const* name = "";
    limit allowed;
    void (*run)(state&) = nullptr;
};
inline std::vector<gate>& all() {
    static std::vector<gate> gates;
    return gates;
}
struct registrar {
    registrar(char const* name, limit allowed, void (*run)(state&)) { all().push_back({name, allowed, run}); }
};

/// Runs every gate, and prints a line `name <tab> iterations <tab> most <tab> base` for each.
inline int main() {
    constexpr std::size_t iterations = 1000;
    auto const run = [](gate const& g, std::size_t n) {
        state s{n};
        g.run(s);
    };
    for (gate const& g : all()) {
        run(g, 1);  // binds what is bound lazily
        for (std::size_t n : {iterations, 2 * iterations}) {
            std::string const label = std::to_string(n) + " " + g.name;
            CALLGRIND_ZERO_STATS;
            run(g, n);
            CALLGRIND_DUMP_STATS_AT(label.c_str());
        }
        std::printf("%s\t%zu\t%g\t%s\n", g.name, iterations, g.allowed.most, g.allowed.base);
    }
    return 0;
}

}  // namespace gates

using gates::keep, gates::opaque;

#define AMPHIS_GATE_JOIN_(a, b) a##b
#define AMPHIS_GATE_JOIN(a, b) AMPHIS_GATE_JOIN_(a, b)
#define AMPHIS_GATE(function, name, ...)                                             \
    static void function(gates::state&);                                             \
    static gates::registrar const AMPHIS_GATE_JOIN(function, _registrar){            \
        name, [] { using namespace gates; return __VA_ARGS__; }(), &function};       \
    static void function(gates::state& state)
#define GATE(name, ...) AMPHIS_GATE(AMPHIS_GATE_JOIN(gate_, __LINE__), name, __VA_ARGS__)

int main() { return gates::main(); }

#endif
