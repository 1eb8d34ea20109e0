// SPDX-License-Identifier: MIT
// tracemalloc/operators: how the recorder learns of blocks: from the global operators new and delete, which are replaced here, in each file that
// includes this, as weak symbols: the linker takes one of them. A sanitizer has its own, and tells of what they give.
#ifndef AMPHIS_TRACEMALLOC_OPERATORS_HPP
#define AMPHIS_TRACEMALLOC_OPERATORS_HPP

#include <amphis/config.hpp>
#include <amphis/detail/trace.hpp>
#include <amphis/tracemalloc/recorder.hpp>

#include <cstddef>
#include <cstdlib>
#include <new>

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define AMPHIS_SANITIZED_NEW 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer) || __has_feature(memory_sanitizer)
#define AMPHIS_SANITIZED_NEW 1
#endif
#endif
#ifndef AMPHIS_SANITIZED_NEW
#define AMPHIS_SANITIZED_NEW 0
#endif

namespace amphis::inline v0::detail::tracemalloc {

inline void made_one(void* block, std::size_t size, void* by) noexcept { blocks.made(block, size, by, 0); }
inline void gone_one(void* block) noexcept { blocks.gone(block, 0); }
/// What the heap of gc::make() calls.
inline constexpr trace::tracer heap_tracer{&made_one, &gone_one};

#if AMPHIS_SANITIZED_NEW

extern "C" int __sanitizer_install_malloc_and_free_hooks(void (*made)(void const volatile*, std::size_t), void (*gone)(void const volatile*));  // NOLINT

inline void sanitizer_made(void const volatile* block, std::size_t size) {
    if (block != nullptr && blocks.is_tracing()) blocks.made(const_cast<void*>(block), size, nullptr, 0);
}
inline void sanitizer_gone(void const volatile* block) {
    if (block != nullptr && blocks.is_tracing()) blocks.gone(const_cast<void*>(block), 0);
}
/// Once in a program: there is no way back, and room for five.
inline bool install() {
    static bool const installed = __sanitizer_install_malloc_and_free_hooks(&sanitizer_made, &sanitizer_gone) != 0;
    return installed;
}

#else

inline bool install() noexcept { return true; }

/// malloc as operator new has to call it.
AMPHIS_COLD inline void* allocate_again(std::size_t size, std::size_t alignment) {
    for (;;) {
        std::new_handler const handler = std::get_new_handler();
        if (handler == nullptr) throw std::bad_alloc();
        handler();
        void* const block = alignment == 0 ? std::malloc(size) : std::aligned_alloc(alignment, size);
        if (block != nullptr) return block;
    }
}
inline void* allocate_untraced(std::size_t size) {
    std::size_t const wanted = size != 0 ? size : 1;
    void* const block = std::malloc(wanted);
    return block != nullptr ? block : allocate_again(wanted, 0);
}
inline void* allocate_untraced(std::size_t size, std::align_val_t alignment) {
    auto const to = static_cast<std::size_t>(alignment) < sizeof(void*) ? sizeof(void*) : static_cast<std::size_t>(alignment);
    std::size_t const wanted = ((size != 0 ? size : 1) + to - 1) & ~(to - 1);
    if (wanted < size) throw std::bad_alloc();
    void* const block = std::aligned_alloc(to, wanted);
    return block != nullptr ? block : allocate_again(wanted, to);
}
template <class... Alignment>
AMPHIS_NOINLINE void* allocate_traced(std::size_t size, void* by, Alignment... alignment) {
    void* const block = allocate_untraced(size, alignment...);
    blocks.made(block, size, by, 0);
    return block;
}
AMPHIS_NOINLINE inline void release_traced(void* block) noexcept {
    if (block != nullptr) blocks.gone(block, 0);
    std::free(block);
}
// The test comes first: then nothing has to be kept over the call of malloc.
template <class... Alignment>
AMPHIS_ALWAYS_INLINE void* allocate(std::size_t size, void* by, Alignment... alignment) {
    if (blocks.is_tracing()) [[unlikely]] return allocate_traced(size, by, alignment...);
    return allocate_untraced(size, alignment...);
}
AMPHIS_ALWAYS_INLINE void release(void* block) noexcept {
    if (blocks.is_tracing()) [[unlikely]] return release_traced(block);
    std::free(block);
}

#endif

}  // namespace amphis::inline v0::detail::tracemalloc

#if !AMPHIS_SANITIZED_NEW

// clang's -Wmissing-prototypes and -Winline-new-delete have nothing against these: they are not inline. What a program replaces itself wins: a
// symbol that is not weak. The forms that the standard defines by another one call that, unless somebody traces, which start() only does when
// both of the plain ones are ours.
#define AMPHIS_REPLACED [[gnu::weak, gnu::noinline]]

AMPHIS_REPLACED void* operator new(std::size_t size) { return amphis::detail::tracemalloc::allocate(size, __builtin_return_address(0)); }
AMPHIS_REPLACED void* operator new[](std::size_t size) {
    if (!amphis::detail::tracemalloc::blocks.is_tracing()) return ::operator new(size);
    return amphis::detail::tracemalloc::allocate(size, __builtin_return_address(0));
}
AMPHIS_REPLACED void* operator new(std::size_t size, std::nothrow_t const&) noexcept {
    try {
        if (!amphis::detail::tracemalloc::blocks.is_tracing()) return ::operator new(size);
        return amphis::detail::tracemalloc::allocate(size, __builtin_return_address(0));
    } catch (...) {
        return nullptr;
    }
}
AMPHIS_REPLACED void* operator new[](std::size_t size, std::nothrow_t const&) noexcept {
    try {
        if (!amphis::detail::tracemalloc::blocks.is_tracing()) return ::operator new[](size);
        return amphis::detail::tracemalloc::allocate(size, __builtin_return_address(0));
    } catch (...) {
        return nullptr;
    }
}
AMPHIS_REPLACED void* operator new(std::size_t size, std::align_val_t alignment) {
    return amphis::detail::tracemalloc::allocate(size, __builtin_return_address(0), alignment);
}
AMPHIS_REPLACED void* operator new[](std::size_t size, std::align_val_t alignment) {
    if (!amphis::detail::tracemalloc::blocks.is_tracing()) return ::operator new(size, alignment);
    return amphis::detail::tracemalloc::allocate(size, __builtin_return_address(0), alignment);
}
AMPHIS_REPLACED void* operator new(std::size_t size, std::align_val_t alignment, std::nothrow_t const&) noexcept {
    try {
        if (!amphis::detail::tracemalloc::blocks.is_tracing()) return ::operator new(size, alignment);
        return amphis::detail::tracemalloc::allocate(size, __builtin_return_address(0), alignment);
    } catch (...) {
        return nullptr;
    }
}
AMPHIS_REPLACED void* operator new[](std::size_t size, std::align_val_t alignment, std::nothrow_t const&) noexcept {
    try {
        if (!amphis::detail::tracemalloc::blocks.is_tracing()) return ::operator new[](size, alignment);
        return amphis::detail::tracemalloc::allocate(size, __builtin_return_address(0), alignment);
    } catch (...) {
        return nullptr;
    }
}
AMPHIS_REPLACED void operator delete(void* block) noexcept { amphis::detail::tracemalloc::release(block); }
AMPHIS_REPLACED void operator delete[](void* block) noexcept { ::operator delete(block); }
AMPHIS_REPLACED void operator delete(void* block, std::size_t) noexcept { ::operator delete(block); }
AMPHIS_REPLACED void operator delete[](void* block, std::size_t) noexcept { ::operator delete[](block); }
AMPHIS_REPLACED void operator delete(void* block, std::nothrow_t const&) noexcept { ::operator delete(block); }
AMPHIS_REPLACED void operator delete[](void* block, std::nothrow_t const&) noexcept { ::operator delete[](block); }
AMPHIS_REPLACED void operator delete(void* block, std::align_val_t) noexcept { amphis::detail::tracemalloc::release(block); }
AMPHIS_REPLACED void operator delete[](void* block, std::align_val_t alignment) noexcept { ::operator delete(block, alignment); }
AMPHIS_REPLACED void operator delete(void* block, std::size_t, std::align_val_t alignment) noexcept { ::operator delete(block, alignment); }
AMPHIS_REPLACED void operator delete[](void* block, std::size_t, std::align_val_t alignment) noexcept { ::operator delete[](block, alignment); }
AMPHIS_REPLACED void operator delete(void* block, std::align_val_t alignment, std::nothrow_t const&) noexcept { ::operator delete(block, alignment); }
AMPHIS_REPLACED void operator delete[](void* block, std::align_val_t alignment, std::nothrow_t const&) noexcept { ::operator delete[](block, alignment); }

#undef AMPHIS_REPLACED

#endif

#undef AMPHIS_SANITIZED_NEW

#endif  // AMPHIS_TRACEMALLOC_OPERATORS_HPP
