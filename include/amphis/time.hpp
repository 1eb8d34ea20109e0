// SPDX-License-Identifier: MIT
// time: clocks, sleep, and timer_block.  Python: docs.python.org/3/library/time.html
//
//     double const start = time::perf_counter();
//     with(time::timer_block("load"), [] { load(); });        // load: 0.0123 s
#ifndef AMPHIS_TIME_HPP
#define AMPHIS_TIME_HPP

#include <amphis/builtins/streams.hpp>
#include <amphis/config.hpp>
#include <amphis/detail/repr.hpp>
#include <amphis/detail/text.hpp>
#include <amphis/lang/exceptions.hpp>

#include <cerrno>
#include <cstdio>
#include <string>
#include <time.h>  // clock_gettime, which <ctime> does not promise
#include <type_traits>

namespace amphis::inline v0 {

namespace detail {

template <clockid_t Clock>
struct clock_ns_fn {
    [[nodiscard]] long long operator()() const {
        timespec now{};
        if (::clock_gettime(Clock, &now) != 0) raise_os_error(errno);
        return static_cast<long long>(now.tv_sec) * 1'000'000'000 + now.tv_nsec;
    }
};
template <clockid_t Clock>
struct clock_fn {
    [[nodiscard]] double operator()() const { return static_cast<double>(clock_ns_fn<Clock>()()) * 1e-9; }
};

struct sleep_fn {
    template <class Seconds>
    void operator()(Seconds seconds) const {
        static_assert(std::is_arithmetic_v<Seconds> && !std::is_same_v<Seconds, char>, "amphis: sleep takes a number of seconds");
        constexpr double longest = 9223372036.0;  // nanoseconds of a signed 64-bit int
        if constexpr (std::is_floating_point_v<Seconds>) {
            if (seconds != seconds) throw_<ValueError>("Invalid value NaN (not a number)");
        }
        auto const given = static_cast<double>(seconds);
        if (given > longest || given < -longest) throw_<OverflowError>("timestamp too large to convert to C _PyTime_t");
        if (given < 0) throw_<ValueError>("sleep length must be non-negative");
        // Until a point in time, so that an interrupted sleep does not grow.
        timespec until{};
        if (::clock_gettime(CLOCK_MONOTONIC, &until) != 0) raise_os_error(errno);
        auto const whole = static_cast<long long>(given);
        until.tv_sec += static_cast<time_t>(whole);
        until.tv_nsec += static_cast<long>((given - static_cast<double>(whole)) * 1e9);
        if (until.tv_nsec >= 1'000'000'000) {
            until.tv_nsec -= 1'000'000'000;
            ++until.tv_sec;
        }
        for (;;) {
            int const error = ::clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &until, nullptr);
            if (error == 0) return;
            if (error != EINTR) raise_os_error(error);
        }
    }
};

}  // namespace detail

namespace time {

/// Seconds of a clock that is made for measuring: it goes on steadily, from an arbitrary start. Python: time.perf_counter().
///
///     double const start = time::perf_counter();
///     work();
///     print(time::perf_counter() - start);
///
/// Cost      one call of clock_gettime: about 20 ns.
/// Threads   safe, as all of this header.
inline constexpr detail::clock_fn<CLOCK_MONOTONIC> perf_counter{};
inline constexpr detail::clock_ns_fn<CLOCK_MONOTONIC> perf_counter_ns{};

/// Seconds of a clock that never goes back. Python: time.monotonic().
inline constexpr detail::clock_fn<CLOCK_MONOTONIC> monotonic{};
inline constexpr detail::clock_ns_fn<CLOCK_MONOTONIC> monotonic_ns{};

/// Seconds since 1970-01-01 00:00 UTC, as the system's clock is set. Python: time.time().
inline constexpr detail::clock_fn<CLOCK_REALTIME> time{};
inline constexpr detail::clock_ns_fn<CLOCK_REALTIME> time_ns{};

/// Seconds of processor time of this process, or of this thread; sleeping takes none.
inline constexpr detail::clock_fn<CLOCK_PROCESS_CPUTIME_ID> process_time{};
inline constexpr detail::clock_ns_fn<CLOCK_PROCESS_CPUTIME_ID> process_time_ns{};
inline constexpr detail::clock_fn<CLOCK_THREAD_CPUTIME_ID> thread_time{};
inline constexpr detail::clock_ns_fn<CLOCK_THREAD_CPUTIME_ID> thread_time_ns{};

/// Do nothing for at least `seconds`; a signal does not shorten it.
///
///     time::sleep(0.5);
///
/// Raises    ValueError: "sleep length must be non-negative"; OverflowError for more than 292 years.
inline constexpr detail::sleep_fn sleep{};

/// A context manager that measures its body, and says how long it took.
///
///     with(timer_block("load"), [] { load(); });                      // load: 0.0123 s
///     timer_block timer;                                              // without a name it says nothing
///     with(timer, [] { load(); });
///     print(timer.elapsed());
///
/// name      what to say; the line goes where print() writes, also if the body raises.
/// Cost      two readings of the clock, and with a name a line of output.
/// Source    ours; in Python it is written with contextmanager, see examples/contextlib/timer_block.
class timer_block {
public:
    timer_block() = default;
    explicit timer_block(std::string name) : name_(static_cast<std::string&&>(name)) {}

    timer_block& enter() {
        start_ = perf_counter_ns();
        running_ = true;
        return *this;
    }
    void exit() {
        elapsed_ = perf_counter_ns() - start_;
        running_ = false;
        if (name_.empty()) return;
        char number[64];
        int const size = std::snprintf(number, sizeof(number), ": %.4f s\n", elapsed());
        std::string const line = name_ + std::string(number, static_cast<std::size_t>(size));
        none_t const usual{};  // None may be a macro
        detail::write_to(usual, {line.data(), line.size()});
    }

    /// Seconds: of the body, or until now while it runs.
    [[nodiscard]] double elapsed() const { return static_cast<double>(running_ ? perf_counter_ns() - start_ : elapsed_) * 1e-9; }

private:
    std::string name_;
    long long start_ = 0;
    long long elapsed_ = 0;
    bool running_ = false;
};

}  // namespace time
}  // namespace amphis::inline v0

#endif  // AMPHIS_TIME_HPP
