// SPDX-License-Identifier: MIT
// A thread with a small stack: what goes as deep as its data overflows it.
//
//     with_stack(64, [] { list = nullptr; });          // kilobytes
#ifndef AMPHIS_TESTS_SUPPORT_STACK_HPP
#define AMPHIS_TESTS_SUPPORT_STACK_HPP

#include "catch.hpp"

#include <pthread.h>

#include <cstddef>

/// Runs body in a thread with a stack of `kilobytes`; sanitizers need more.
inline void with_stack(std::size_t kilobytes, void (*body)()) {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    kilobytes *= 8;
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
    kilobytes *= 8;
#endif
#endif
    pthread_attr_t attributes;
    REQUIRE(pthread_attr_init(&attributes) == 0);
    REQUIRE(pthread_attr_setstacksize(&attributes, kilobytes * 1024) == 0);
    pthread_t thread;
    auto const run = [](void* f) -> void* {
        (*static_cast<void (**)()>(f))();
        return nullptr;
    };
    REQUIRE(pthread_create(&thread, &attributes, run, &body) == 0);
    pthread_join(thread, nullptr);
    pthread_attr_destroy(&attributes);
}

#endif  // AMPHIS_TESTS_SUPPORT_STACK_HPP
