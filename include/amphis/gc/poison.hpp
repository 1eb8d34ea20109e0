// SPDX-License-Identifier: MIT
// gc/poison: memory that nobody may touch, said to the address sanitizer, which does not see our blocks.
#ifndef AMPHIS_GC_POISON_HPP
#define AMPHIS_GC_POISON_HPP

#include <amphis/config.hpp>

#include <cstddef>

#if defined(__SANITIZE_ADDRESS__)
#define AMPHIS_GC_POISON 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define AMPHIS_GC_POISON 1
#endif
#endif
#if defined(AMPHIS_GC_POISON)
extern "C" {
void __asan_poison_memory_region(void const volatile* address, std::size_t size);
void __asan_unpoison_memory_region(void const volatile* address, std::size_t size);
}
#endif

namespace amphis::inline v0::detail::gc {

inline void poison(void* first, std::size_t size) noexcept {
#if defined(AMPHIS_GC_POISON)
    __asan_poison_memory_region(first, size);
#else
    static_cast<void>(first), static_cast<void>(size);
#endif
}
inline void unpoison(void* first, std::size_t size) noexcept {
#if defined(AMPHIS_GC_POISON)
    __asan_unpoison_memory_region(first, size);
#else
    static_cast<void>(first), static_cast<void>(size);
#endif
}

}  // namespace amphis::inline v0::detail::gc

#endif  // AMPHIS_GC_POISON_HPP
