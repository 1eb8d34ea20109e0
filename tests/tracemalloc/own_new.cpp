// SPDX-License-Identifier: MIT
#include "tracemalloc/own_new.hpp"

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define AMPHIS_TESTS_SANITIZED
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define AMPHIS_TESTS_SANITIZED
#endif
#endif

#if defined(AMPHIS_TESTS_SANITIZED)
bool own_new_is_there() { return false; }
std::size_t own_allocations() { return 0; }
#else
#include "support/allocations.hpp"
bool own_new_is_there() { return true; }
std::size_t own_allocations() { return allocation_count(); }
#endif
