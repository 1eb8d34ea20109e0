// SPDX-License-Identifier: MIT
// Counts calls of operator new in this program. It replaces the global operators: include it from one file per program.
//
//     auto const before = allocation_count();
//     cache(1);
//     CHECK(allocation_count() == before);
//
//     fail_allocation(2);                          // the second allocation from here on throws bad_alloc, once
#ifndef AMPHIS_TESTS_SUPPORT_ALLOCATIONS_HPP
#define AMPHIS_TESTS_SUPPORT_ALLOCATIONS_HPP

#include <atomic>
#include <cstddef>
#include <cstdlib>
#include <new>

namespace probes {
inline std::atomic<std::size_t> allocations{0};
inline std::atomic<std::size_t> allocations_until_failure{0};

inline void* counted_allocation(std::size_t size, std::size_t alignment) {
    allocations.fetch_add(1, std::memory_order_relaxed);
    if (allocations_until_failure.load(std::memory_order_relaxed) != 0 && allocations_until_failure.fetch_sub(1) == 1) {
        return nullptr;
    }
    auto const rounded = (size + alignment - 1) / alignment * alignment;  // aligned_alloc wants a multiple
    return std::aligned_alloc(alignment, rounded != 0 ? rounded : alignment);
}
inline void* counted_allocation_or_throw(std::size_t size, std::size_t alignment = __STDCPP_DEFAULT_NEW_ALIGNMENT__) {
    void* const memory = counted_allocation(size, alignment);
    if (memory == nullptr) throw std::bad_alloc{};
    return memory;
}
}  // namespace probes

/// How many times operator new was called so far, on any thread.
inline std::size_t allocation_count() { return probes::allocations.load(std::memory_order_relaxed); }
/// The nth allocation from now on fails, once. 0 disarms. For one thread.
inline void fail_allocation(std::size_t nth) { probes::allocations_until_failure.store(nth, std::memory_order_relaxed); }

// clang's ThreadSanitizer brings its own and admits no others: there nothing is counted.
#if defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define AMPHIS_TESTS_KEEP_NEW
#endif
#endif

#ifndef AMPHIS_TESTS_KEEP_NEW
// All of them: the sanitizers' own come from one object, so that a single missing one would collide with the rest.
// noinline: g++ 12 otherwise sees free() meet operator new and warns of a mismatch (-Wmismatched-new-delete).
[[gnu::noinline]] void* operator new(std::size_t size) { return probes::counted_allocation_or_throw(size); }
[[gnu::noinline]] void* operator new[](std::size_t size) { return probes::counted_allocation_or_throw(size); }
[[gnu::noinline]] void* operator new(std::size_t size, std::align_val_t alignment) {
    return probes::counted_allocation_or_throw(size, static_cast<std::size_t>(alignment));
}
[[gnu::noinline]] void* operator new[](std::size_t size, std::align_val_t alignment) {
    return probes::counted_allocation_or_throw(size, static_cast<std::size_t>(alignment));
}
[[gnu::noinline]] void* operator new(std::size_t size, std::nothrow_t const&) noexcept {
    return probes::counted_allocation(size, __STDCPP_DEFAULT_NEW_ALIGNMENT__);
}
[[gnu::noinline]] void* operator new[](std::size_t size, std::nothrow_t const&) noexcept {
    return probes::counted_allocation(size, __STDCPP_DEFAULT_NEW_ALIGNMENT__);
}
[[gnu::noinline]] void* operator new(std::size_t size, std::align_val_t alignment, std::nothrow_t const&) noexcept {
    return probes::counted_allocation(size, static_cast<std::size_t>(alignment));
}
[[gnu::noinline]] void* operator new[](std::size_t size, std::align_val_t alignment, std::nothrow_t const&) noexcept {
    return probes::counted_allocation(size, static_cast<std::size_t>(alignment));
}
[[gnu::noinline]] void operator delete(void* memory) noexcept { std::free(memory); }
[[gnu::noinline]] void operator delete[](void* memory) noexcept { std::free(memory); }
[[gnu::noinline]] void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }
[[gnu::noinline]] void operator delete[](void* memory, std::size_t) noexcept { std::free(memory); }
[[gnu::noinline]] void operator delete(void* memory, std::align_val_t) noexcept { std::free(memory); }
[[gnu::noinline]] void operator delete[](void* memory, std::align_val_t) noexcept { std::free(memory); }
[[gnu::noinline]] void operator delete(void* memory, std::size_t, std::align_val_t) noexcept { std::free(memory); }
[[gnu::noinline]] void operator delete[](void* memory, std::size_t, std::align_val_t) noexcept { std::free(memory); }
[[gnu::noinline]] void operator delete(void* memory, std::nothrow_t const&) noexcept { std::free(memory); }
[[gnu::noinline]] void operator delete[](void* memory, std::nothrow_t const&) noexcept { std::free(memory); }
[[gnu::noinline]] void operator delete(void* memory, std::align_val_t, std::nothrow_t const&) noexcept {
    std::free(memory);
}
[[gnu::noinline]] void operator delete[](void* memory, std::align_val_t, std::nothrow_t const&) noexcept {
    std::free(memory);
}
#endif  // AMPHIS_TESTS_KEEP_NEW

#endif
