// SPDX-License-Identifier: MIT
// How long a program stands still for collections, and what memory it takes, under churn: pairs of objects that point to each other are replaced
// in random order, so that what becomes garbage is old. Ours with set_incremental(), ours in one go, Boehm, CPython.
//
// pause is a collection of all objects from one callback to the next, or a slice of it; young_pause is one of generation 0 or 1. Times are of the
// processor: another program that has its turn is no pause. churn is nanoseconds an object that is made; bytes_at_most is the largest resident
// size less that before the first object. The number at the end says how many objects live; three and a half times as many are made, in CPython,
// which looks at all when there are a quarter more, one and a half times. Each contender runs in a process of its own.
//
// bench/gc_pauses.plots.py asks for more, by AMPHIS_BENCH_TASK: "churn CONTENDER LIVE MADE" and "collections", printed as JSON.
// Ours: gc_ptr_in_slices
#include "support/collectors.hpp"

#include <amphis/gc.hpp>

#include <benchmark/benchmark.h>

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <map>
#include <random>
#include <string>
#include <utility>
#include <vector>

namespace {

using namespace collectors;
using benchmark::State;
namespace gc = amphis::gc;

// ---- churn -----------------------------------------------------------------------------------------------------------

constexpr size_t step = 64;  // objects
std::vector<double> pauses, young_pauses;  // seconds

struct gc_ptr_at_once : gc_ptr {
    static void watch() {
        gc::callbacks.append([began = 0.0](char const* phase, gc::collection_info const& info) mutable {
            if (gc::is_incremental() && info.generation == 2) return;  // it is in slices
            if (std::strcmp(phase, "start") == 0) {
                began = seconds();
            } else {
                (info.generation == 2 ? pauses : young_pauses).push_back(seconds() - began);
            }
        });
    }
    static void after_a_step() {}
};
struct gc_ptr_in_slices : gc_ptr_at_once {
    static void watch() {
        gc::set_incremental(true);
        gc_ptr_at_once::watch();
    }
    /// The slices that gc::make() would put in, so that they can be timed.
    static void after_a_step() {
        if (!gc::in_progress()) return;
        gc::disable();
        for (int i = 0; i != 4 && gc::in_progress(); ++i) {  // one after 16 objects
            double const began = seconds();
            gc::collect(gc::budget{1024});
            pauses.push_back(seconds() - began);
        }
        if (!gc::in_progress()) gc::enable();
    }
};
#if defined(AMPHIS_BENCH_BOEHM)
struct boehm_at_once : boehm {
    static void watch() {
        GC_set_on_collection_event([](GC_EventType event) {
            static double began = 0;
            if (event == GC_EVENT_START) began = seconds();
            if (event == GC_EVENT_END) pauses.push_back(seconds() - began);
        });
    }
    static void after_a_step() {}
};
#endif

/// Since the program began.
double largest_resident_bytes() {
    double kilobytes = 0;
    if (std::FILE* f = std::fopen("/proc/self/status", "r")) {
        char line[256];
        while (std::fgets(line, sizeof(line), f) != nullptr && std::sscanf(line, "VmHWM: %lf", &kilobytes) != 1) {}
        std::fclose(f);
    }
    return kilobytes * 1024;
}

/// What the head of the JSON says.
struct outcome {
    double churn = 0, longest = 0, percentile = 0, longest_young = 0, bytes_at_most = 0;
};
constexpr char const* head = R"({"churn": %lf, "pause/longest": %lf, "pause/99.9th_percentile": %lf, "young_pause/longest": %lf, "bytes_at_most": %lf)";

void print_list(char const* name, std::vector<double> const& times) {
    std::printf(", \"%s\": [", name);
    for (double const& time : times) std::printf("%s%.0f", &time == &times.front() ? "" : ",", time * 1e9);
    std::printf("]");
}

template <class W>
[[gnu::noinline]] void replace(typename W::roots& slots, std::minstd_rand& random) {
    auto p = W::make();
    auto q = W::make();
    q->a = p;
    p->a = q;
    slots[random() % slots.size()] = std::move(p);
}
/// Prints it.
template <class W>
void churn(size_t live, size_t made) {
    pauses.reserve(made / step);
    young_pauses.reserve(made / 256);
    std::vector<std::pair<size_t, double>> resident;  // objects made, bytes
    resident.reserve(1000);
    size_t const between = made / step / 400 + 1;
    double const before = resident_bytes();
    typename W::roots slots(live / 2);
    for (auto& slot : slots) {
        auto p = W::make();
        slot = W::make();
        slot->a = p;
        p->a = slot;
    }
    W::collect();
    W::watch();
    W::automatic(true);
    std::minstd_rand random(1);
    double spent = 0;
    for (size_t i = 0; i != made / step; ++i) {
        double const begin = seconds();
        for (size_t j = 0; j != step / 2; ++j) replace<W>(slots, random);
        W::after_a_step();
        spent += seconds() - begin;
        if (i % between == 0) resident.push_back({i * step, resident_bytes() - before});
    }
    W::automatic(false);
    double const most = largest_resident_bytes() - before;
    for (std::vector<double>* const all : {&pauses, &young_pauses}) {
        if (all->empty()) all->push_back(0);
        std::sort(all->begin(), all->end());
    }
    std::printf(head, spent * 1e9 / static_cast<double>(made), pauses.back() * 1e9, pauses[pauses.size() - 1 - pauses.size() / 1000] * 1e9,
                young_pauses.back() * 1e9, most);
    print_list("pauses", pauses);
    print_list("young", young_pauses);
    std::printf(", \"resident\": [");
    for (auto const& at : resident) std::printf("%s[%zu,%.0f]", &at == &resident.front() ? "" : ",", at.first, at.second);
    std::printf("]}\n");
    done();
}

template <class W>
void add_churn(std::string const& contender, size_t live) {
    std::string wanted = task();
    char name[64];
    size_t objects = 0;
    size_t made = 0;
    if (std::sscanf(wanted.c_str(), "churn %63s %zu %zu", name, &objects, &made) == 3 && contender == name) churn<W>(objects, made);

    std::string const what = "churn " + contender + " " + std::to_string(live) + " " + std::to_string(live * 7 / 2);
    struct measure {
        char const* name;
        double outcome::* value;
    };
    std::vector<measure> measures{{"churn", &outcome::churn}, {"pause/longest", &outcome::longest}, {"bytes_at_most", &outcome::bytes_at_most}};
    if (contender != "boehm") {  // which has no generations, and few pauses
        measures.push_back({"pause/99.9th_percentile", &outcome::percentile});
        measures.push_back({"young_pause/longest", &outcome::longest_young});
    }
    for (auto const& [which, member] : measures) {
        std::string const row = "gc_pauses/" + contender + "/" + which + "/" + std::to_string(live);
        benchmark::RegisterBenchmark(row.c_str(), [what, value = member](State& state) {
            static std::map<std::string, outcome> measured;
            if (!measured.contains(what)) {
                outcome& o = measured[what];
                if (std::sscanf(in_a_child(what).c_str(), head, &o.churn, &o.longest, &o.percentile, &o.longest_young,
                                &o.bytes_at_most) != 5) {
                    state.SkipWithError("it came to nothing");
                    return;
                }
            }
            for (auto _ : state) state.SetIterationTime(measured[what].*value * 1e-9);
            state.SetItemsProcessed(1);
        })->Iterations(1)->UseManualTime();
    }
}

// ---- what a collection takes, for gc_pauses.plots.py -----------------------------------------------------------------

std::vector<size_t> sizes(size_t first, size_t last) {
    std::vector<size_t> all;
    for (size_t n = first; n <= last; n = n / 3 * 3 == n ? n / 3 * 10 : n * 3) all.push_back(n);
    return all;
}
template <class F>
double shortest(int times, F const& run) {
    double best = 1e9;
    for (int i = 0; i != times; ++i) best = (std::min)(best, run());
    return best;
}
class curve {
public:
    curve(char const* plot, char const* name) {
        static bool first = true;
        std::printf("%s[\"%s\", \"%s\", [", first ? "" : ",\n", plot, name);
        first = false;
    }
    ~curve() { std::printf("]]"); }
    void point(size_t n, double seconds) {
        std::printf("%s[%zu, %.9f]", first_ ? "" : ", ", n, seconds);
        first_ = false;
    }

private:
    bool first_ = true;
};
/// Beside a tree of n objects that live: nothing to free, and 2,000 that are garbage; and n that are garbage beside a million.
template <class W, class Collect>
void beside_live(char const* name, size_t garbage, size_t last, Collect const& collect) {
    curve drawn("live", name);
    for (size_t const n : sizes(1'000, last)) {
        auto const roots = make_tree<W>(n);
        W::collect();
        drawn.point(n, shortest(n < 1'000'000 ? 7 : 3, [&] {
            make_pairs<W>(garbage / 2);
            double const begin = seconds();
            collect();
            return seconds() - begin;
        }));
        keep(&roots[0]);
    }
    W::collect();
}
template <class W, class Collect>
void of_garbage(char const* name, Collect const& collect) {
    curve drawn("garbage", name);
    auto const roots = make_tree<W>(million);
    for (size_t const n : sizes(1'000, million)) {
        drawn.point(n, shortest(5, [&] {
            W::collect();
            make_pairs<W>(n / 2);
            double const begin = seconds();
            collect();
            return seconds() - begin;
        }));
    }
    keep(&roots[0]);
}
void print_collections() {
    auto const young = [] { gc::collect(0); };
    std::printf("[");
    beside_live<gc_ptr>("gc::collect()", 0, ten_million, gc_ptr::collect);
    beside_live<gc_ptr>("gc::collect(0)", 2'000, ten_million, young);
    of_garbage<gc_ptr>("gc::collect()", gc_ptr::collect);
    of_garbage<gc_ptr>("gc::collect(0)", young);
    beside_live<naive_set_mark_sweep>("naive mark-sweep over a std::set", 0, million, naive_set_mark_sweep::collect);
    of_garbage<naive_set_mark_sweep>("naive mark-sweep over a std::set", naive_set_mark_sweep::collect);
#if defined(AMPHIS_BENCH_BOEHM)
    beside_live<boehm>("Boehm", 0, ten_million, boehm::collect);
    of_garbage<boehm>("Boehm", boehm::collect);
#endif
    std::printf("]\n");
    done();
}

[[maybe_unused]] bool const all_added = [] {
    begin();
    if (task() == "collections") print_collections();
    add_churn<gc_ptr_in_slices>("gc_ptr_in_slices", million);
    add_churn<gc_ptr_in_slices>("gc_ptr_in_slices", 4 * million);
    add_churn<gc_ptr_at_once>("gc_ptr_at_once", million);
    add_churn<gc_ptr_at_once>("gc_ptr_at_once", 4 * million);
#if defined(AMPHIS_BENCH_BOEHM)
    add_churn<boehm_at_once>("boehm", million);
#endif
    return true;
}();

}  // namespace
