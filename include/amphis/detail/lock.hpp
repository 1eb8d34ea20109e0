// SPDX-License-Identifier: MIT
// lock: a four-byte mutual exclusion lock, inlined. <mutex> costs 2.2 times <vector> to include and a call per lock; this costs 0.2 and none.
// Used by: functools.hpp, gc.hpp, lang/singleton.hpp, sys.hpp, tracemalloc.hpp
#ifndef AMPHIS_DETAIL_LOCK_HPP
#define AMPHIS_DETAIL_LOCK_HPP

#include <amphis/config.hpp>

#include <cstdint>

#if defined(__linux__)
#include <sys/syscall.h>
#include <unistd.h>
#else
#include <atomic>  // wait and notify, where there is no futex
#endif

namespace amphis::inline v0::detail {

#if defined(__linux__)
/// struct timespec, for which <time.h> would have to be included.
struct wait_limit {
    long seconds = 0;
    long nanoseconds = 0;
};
#endif

/// Waits while `word` holds `seen`; may return early. `shortly`: returns after a millisecond, where the system can.
inline void wait_on(std::uint32_t& word, std::uint32_t seen, bool shortly = false) noexcept {
#if defined(__linux__)
    wait_limit const limit{0, 1'000'000};
    ::syscall(SYS_futex, &word, 128 /* FUTEX_WAIT_PRIVATE */, seen, shortly ? &limit : nullptr);
#else
    static_cast<void>(shortly);
    std::atomic_ref<std::uint32_t>(word).wait(seen);
#endif
}

/// Wakes one waiter, or all.
inline void wake_on(std::uint32_t& word, bool all) noexcept {
#if defined(__linux__)
    ::syscall(SYS_futex, &word, 129 /* FUTEX_WAKE_PRIVATE */, all ? 0x7FFFFFFF : 1);
#else
    if (all) {
        std::atomic_ref<std::uint32_t>(word).notify_all();
    } else {
        std::atomic_ref<std::uint32_t>(word).notify_one();
    }
#endif
}

inline void spin_pause() noexcept {
#if defined(__x86_64__) || defined(__i386__)
    __builtin_ia32_pause();
#endif
}

/// Not recursive. The release is a plain store, half the price of the pair (9.4 -> 4.7 ns), and without a fence the look at `sleepers_`
/// may come before it: a sleeper that came in between is not woken, but wakes by itself after a millisecond.
class lock {
public:
    constexpr lock() noexcept = default;
    lock(lock const&) = delete;
    lock& operator=(lock const&) = delete;

    void acquire() noexcept {
        std::uint32_t expected = 0;
        if (!__atomic_compare_exchange_n(&state_, &expected, 1U, false, __ATOMIC_ACQUIRE, __ATOMIC_RELAXED)) acquire_slowly();
    }
    [[nodiscard]] bool try_acquire() noexcept {
        std::uint32_t expected = 0;
        return __atomic_compare_exchange_n(&state_, &expected, 1U, false, __ATOMIC_ACQUIRE, __ATOMIC_RELAXED);
    }
    void release() noexcept {
#if defined(__linux__)
        __atomic_store_n(&state_, 0U, __ATOMIC_RELEASE);
#else
        __atomic_exchange_n(&state_, 0U, __ATOMIC_SEQ_CST);  // the wait there has no limit
#endif
        if (__atomic_load_n(&sleepers_, __ATOMIC_SEQ_CST) != 0) [[unlikely]] wake();
    }

private:
    AMPHIS_COLD void acquire_slowly() noexcept {
        // A holder is gone within about a hundred nanoseconds; a sleep and its wake-up cost 45 us here.
        for (int turn = 0; turn != 100; ++turn) {
            if (__atomic_load_n(&state_, __ATOMIC_RELAXED) == 0 && try_acquire()) return;
            spin_pause();
        }
        __atomic_fetch_add(&sleepers_, 1U, __ATOMIC_SEQ_CST);
        while (!try_acquire()) wait_on(state_, 1U, true);
        __atomic_fetch_sub(&sleepers_, 1U, __ATOMIC_RELAXED);
    }
    AMPHIS_COLD void wake() noexcept { wake_on(state_, false); }

    std::uint32_t sleepers_ = 0;
    std::uint32_t state_ = 0;
};

/// A lock that is not there: what `unsynchronized` pays.
struct no_lock {
    static constexpr void acquire() noexcept {}
    static constexpr void release() noexcept {}
};

/// An address that no other living thread has.
[[nodiscard]] inline void const* this_thread_token() noexcept {
    static thread_local char token;
    return &token;
}

/// May be taken again by the thread that holds it; for keys whose comparison is the user's code and may come back.
class recursive_lock {
public:
    void acquire() noexcept {
        void const* const me = this_thread_token();
        if (__atomic_load_n(&owner_, __ATOMIC_RELAXED) != me) {
            lock_.acquire();
            __atomic_store_n(&owner_, me, __ATOMIC_RELAXED);
        }
        ++depth_;
    }
    void release() noexcept {
        if (--depth_ != 0) return;
        __atomic_store_n(&owner_, static_cast<void const*>(nullptr), __ATOMIC_RELAXED);
        lock_.release();
    }

private:
    lock lock_;
    void const* owner_ = nullptr;
    unsigned depth_ = 0;
};

template <class Lock>
class [[nodiscard]] held {
public:
    explicit held(Lock& lock) noexcept : lock_(lock) { lock_.acquire(); }
    held(held const&) = delete;
    held& operator=(held const&) = delete;
    ~held() { lock_.release(); }

private:
    Lock& lock_;
};

}  // namespace amphis::inline v0::detail

#endif  // AMPHIS_DETAIL_LOCK_HPP
