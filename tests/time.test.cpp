// SPDX-License-Identifier: MIT
// The expected errors are CPython 3.11's.
#include <amphis/builtins.hpp>
#include <amphis/contextlib.hpp>
#include <amphis/time.hpp>

#include "support/catch.hpp"

#include <csignal>
#include <limits>
#include <sstream>
#include <string>
#include <sys/time.h>

namespace time_ = amphis::time;
using amphis::with;

namespace {

template <class E, class F>
std::string message_of(F const& f) {
    try {
        f();
    } catch (E const& e) {
        return e.what();
    }
    return "no exception";
}

int signals = 0;

}  // namespace

TEST_CASE("time: the clocks go on and do not go back", "[time]") {
    double const counter = time_::perf_counter();
    long long const monotonic = time_::monotonic_ns();
    CHECK(time_::perf_counter() >= counter);
    CHECK(time_::monotonic_ns() >= monotonic);
    CHECK(time_::time() > 1.7e9);
    CHECK(time_::time_ns() / 1'000'000'000 >= static_cast<long long>(time_::time()) - 5);
    CHECK(time_::process_time() >= 0);
    CHECK(time_::thread_time_ns() >= 0);
}

TEST_CASE("time: sleep sleeps at least as long, and takes no processor time", "[time]") {
    double const start = time_::perf_counter();
    double const busy = time_::thread_time();
    time_::sleep(0.02);
    CHECK(time_::perf_counter() - start >= 0.02);
    CHECK(time_::thread_time() - busy < 0.015);
    time_::sleep(0);
    // >>> time.sleep(-1)
    CHECK(message_of<amphis::ValueError>([] { time_::sleep(-1); }) == "sleep length must be non-negative");
    CHECK(message_of<amphis::ValueError>([] { time_::sleep(std::numeric_limits<double>::quiet_NaN()); }) == "Invalid value NaN (not a number)");
    CHECK(message_of<amphis::OverflowError>([] { time_::sleep(1e11); }) == "timestamp too large to convert to C _PyTime_t");
}

TEST_CASE("time: a signal does not shorten a sleep", "[time]") {
    struct sigaction action {};
    struct sigaction before {};
    action.sa_handler = [](int) { ++signals; };
    sigaction(SIGALRM, &action, &before);
    itimerval soon{{0, 0}, {0, 5'000}};
    setitimer(ITIMER_REAL, &soon, nullptr);
    double const start = time_::monotonic();
    time_::sleep(0.03);
    CHECK(time_::monotonic() - start >= 0.03);
    CHECK(signals == 1);
    sigaction(SIGALRM, &before, nullptr);
}

TEST_CASE("time: timer_block measures its body, and says so if it has a name", "[time]") {
    time_::timer_block timer;
    with(timer, [](auto& running) {
        time_::sleep(0.01);
        CHECK(running.elapsed() >= 0.01);
    });
    double const elapsed = timer.elapsed();
    CHECK(elapsed >= 0.01);
    CHECK(timer.elapsed() == elapsed);

    std::ostringstream out;
    auto const redirected = amphis::enter(amphis::contextlib::redirect_stdout(out));
    CHECK_THROWS_AS(with(time_::timer_block("load"), [] { throw amphis::ValueError("x"); }), amphis::ValueError);
    std::string const line = out.str();
    CHECK(line.substr(0, 8) == "load: 0.");
    CHECK(line.substr(line.size() - 3) == " s\n");
}
