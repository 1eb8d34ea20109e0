// SPDX-License-Identifier: MIT
// config: what differs between compilers and platforms, in one place.
#ifndef AMPHIS_CONFIG_HPP
#define AMPHIS_CONFIG_HPP

#include <amphis/version.hpp>

#if !(defined(_MSVC_LANG) ? _MSVC_LANG >= 202002L : __cplusplus >= 202002L)
#error "amphis needs C++20: compile with -std=c++20, or link the CMake target amphis::amphis"
#endif

#if defined(_MSC_VER)
#define AMPHIS_NO_UNIQUE_ADDRESS [[msvc::no_unique_address]]
#define AMPHIS_NOINLINE __declspec(noinline)
#define AMPHIS_ALWAYS_INLINE __forceinline
#else
#define AMPHIS_NO_UNIQUE_ADDRESS [[no_unique_address]]
#define AMPHIS_NOINLINE [[gnu::noinline]]
#define AMPHIS_ALWAYS_INLINE [[gnu::always_inline]] inline
#endif

/// Out of line and out of the way: error paths, so that the fast path stays small.
#if defined(_MSC_VER)
#define AMPHIS_COLD __declspec(noinline)
#else
#define AMPHIS_COLD [[gnu::cold, gnu::noinline]]
#endif

/// A class that is caught in another shared library than the one that threw it.
#if defined(_MSC_VER)
#define AMPHIS_VISIBLE
#else
#define AMPHIS_VISIBLE [[gnu::visibility("default")]]
#endif

#if defined(__clang__)
#define AMPHIS_LIFETIMEBOUND [[clang::lifetimebound]]
#else
#define AMPHIS_LIFETIMEBOUND
#endif

#endif  // AMPHIS_CONFIG_HPP
