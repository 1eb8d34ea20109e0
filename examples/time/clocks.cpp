// clocks: measure, sleep
#include <amphis/builtins.hpp>
#include <amphis/time.hpp>

namespace time_ = amphis::time;  // ::time is C's
using amphis::print;

int main() {
    // --- A clock for measuring
    double const start = time_::perf_counter();
    time_::sleep(0.02);
    print(time_::perf_counter() - start >= 0.02);

    // --- In whole nanoseconds, and without what is slept
    long long const now = time_::monotonic_ns();
    double const busy = time_::process_time();
    time_::sleep(0.02);
    print(time_::monotonic_ns() - now >= 20'000'000, time_::process_time() - busy < 0.02);

    // --- Not backwards
    try {
        time_::sleep(-1);
    } catch (amphis::ValueError const& e) {
        print("ValueError:", e);
    }
}
