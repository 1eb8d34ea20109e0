// A context manager that measures how long its block takes
#include <amphis/builtins.hpp>
#include <amphis/contextlib.hpp>
#include <amphis/time.hpp>

using namespace amphis::literals;
using amphis::print, amphis::RuntimeError, amphis::with;

// --- As a generator: the report is printed after the block, and after an error too
template <class Clock>
struct Report {
    std::string label;
    Clock& clock;
    double start = clock();
    ~Report() { print("[{}] {:.3f} s"_f(label, clock() - start)); }
};
constexpr amphis::contextlib::contextmanager timer_block = [](std::string label, auto& clock) -> amphis::generator<amphis::none_t> {
    Report<std::remove_reference_t<decltype(clock)>> const report{label, clock};
    co_yield amphis::None;
};

// --- A clock that goes as it is told: what is printed is the same every day
struct Clock {
    double now = 100.0;
    void sleep(double seconds) { now += seconds; }
    double operator()() const { return now; }
};

int main() {
    Clock clock;
    with(timer_block("load", clock), [&] { clock.sleep(0.25); });

    // --- Blocks nest
    with(timer_block("outer", clock), [&] {
        clock.sleep(1);
        with(timer_block("inner", clock), [&] { clock.sleep(0.5); });
    });

    // --- The time is reported although the block fails
    try {
        with(timer_block("broken", clock), [&] {
            clock.sleep(2);
            throw RuntimeError("disk on fire");
        });
    } catch (RuntimeError const& e) {
        print("caught", e);
    }

    // --- With the real clock only the facts are the same
    double const start = amphis::time::perf_counter();
    amphis::time::sleep(0.01);
    print(amphis::time::perf_counter() - start >= 0.01);
}
