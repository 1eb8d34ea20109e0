// SPDX-License-Identifier: MIT
// Counts what is thrown in this program, by any thread. It stands in for the unwinder's function: include it from one file per program.
//
//     auto const before = throw_count();
//     parse("x");
//     if (counts_throws) CHECK(throw_count() == before);
#ifndef AMPHIS_TESTS_SUPPORT_THROWS_HPP
#define AMPHIS_TESTS_SUPPORT_THROWS_HPP

#include <atomic>
#include <cstddef>

namespace probes {
inline std::atomic<std::size_t> throws{0};
}
/// How many throws there were so far; `throw;` is none.
inline std::size_t throw_count() { return probes::throws.load(std::memory_order_relaxed); }

// The C++ runtime looks _Unwind_RaiseException up by name when the program starts. The sanitizers stand in for it themselves.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define AMPHIS_NO_COUNT
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer) || __has_feature(memory_sanitizer)
#define AMPHIS_NO_COUNT
#endif
#endif
#if !__has_include(<dlfcn.h>) || !__has_include(<unwind.h>) || defined(__ARM_EABI__)
#define AMPHIS_NO_COUNT
#endif

#ifdef AMPHIS_NO_COUNT
inline constexpr bool counts_throws = false;
#else
inline constexpr bool counts_throws = true;

#include <dlfcn.h>
#include <unwind.h>

extern "C" _Unwind_Reason_Code _Unwind_RaiseException(_Unwind_Exception* exception) {
    using raise = _Unwind_Reason_Code (*)(_Unwind_Exception*);
    static raise const next = reinterpret_cast<raise>(dlsym(RTLD_NEXT, "_Unwind_RaiseException"));
    probes::throws.fetch_add(1, std::memory_order_relaxed);
    return next(exception);
}
#endif

#endif  // AMPHIS_TESTS_SUPPORT_THROWS_HPP
