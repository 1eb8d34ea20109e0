// SPDX-License-Identifier: MIT
// frame: memory for coroutine frames: recycled by size in each thread, or from an allocator given by std::allocator_arg.
// Used by: lang/generator.hpp
#ifndef AMPHIS_DETAIL_FRAME_HPP
#define AMPHIS_DETAIL_FRAME_HPP

#include <amphis/config.hpp>

#include <cstddef>
#include <cstring>
#include <new>
#include <tuple>  // allocator_arg
#include <utility>

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define AMPHIS_PLAIN_FRAMES 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer) || __has_feature(memory_sanitizer)
#define AMPHIS_PLAIN_FRAMES 1
#endif
#endif
#ifndef AMPHIS_PLAIN_FRAMES
#define AMPHIS_PLAIN_FRAMES 0
#endif

namespace amphis::inline v0::detail {

/// Free frames of this thread, by size. A frame that is freed on another thread than it came from stays with that one.
class frame_cache {
    static constexpr std::size_t step = 64;     // bytes
    static constexpr std::size_t classes = 16;  // up to 1 KiB
    static constexpr unsigned most = 256;       // blocks of a class that are kept

    struct block {
        block* next;
    };
    struct list {
        block* first;
        unsigned count;
    };
    enum life : unsigned char { fresh, in_use, detaining, over };
    struct lists_of_thread {
        list lists[classes];
        life state;
    };
    // Zero, and without a destructor, so that no access has to ask whether it was constructed.
    static inline constinit thread_local lists_of_thread mine{};

public:
    [[nodiscard]] static void* allocate(std::size_t size) {
#if AMPHIS_PLAIN_FRAMES  // so that the sanitizer sees each frame as a block of its own
        return plain(size);
#else
        std::size_t const index = (size - 1) / step;
        if (index < classes) [[likely]] {
            list& free = mine.lists[index];
            if (free.first != nullptr) [[likely]] {
                --free.count;
                return std::exchange(free.first, free.first->next);
            }
            return ::operator new((index + 1) * step);
        }
        return ::operator new(size);
#endif
    }
    static void release(void* frame, [[maybe_unused]] std::size_t size) noexcept {
#if !AMPHIS_PLAIN_FRAMES
        std::size_t const index = (size - 1) / step;
        if (index < classes) [[likely]] {
            list& free = mine.lists[index];
            if (free.count != most && mine.state == in_use) [[likely]] {
                free.first = ::new (frame) block{free.first};
                ++free.count;
                return;
            }
            if (mine.state == fresh) return start(frame, free);
        }
#endif
        release_to_heap(frame, size);
    }
    AMPHIS_COLD static void release_to_heap(void* frame, std::size_t size) noexcept {
        if (!detained(frame, size)) ::operator delete(frame);
    }

    /// Iterators may stand in a frame that is destroyed: while one of these lives, its memory is not released, and says that the coroutine is done.
    class detention {
    public:
        explicit detention(void* frame) noexcept : frame_(frame), outer_(innermost), before_(mine.state) {
            innermost = this;
            mine.state = detaining;
        }
        detention(detention const&) = delete;
        detention& operator=(detention const&) = delete;
        ~detention() {
            mine.state = before_;
            innermost = outer_;
        }
        /// After the destruction: a coroutine that is done, whose destruction calls `free`; null where the memory was not kept.
        [[nodiscard]] void* memory(void (*free)(void*)) const noexcept {
            if (!kept_) return nullptr;
            // With every compiler a frame begins with the function to resume, null for done, and the one to destroy.
            void (*const functions[2])(void*) = {nullptr, free};
            std::memcpy(frame_, functions, sizeof(functions));
            return frame_;
        }

    private:
        friend frame_cache;
        static inline constinit thread_local detention* innermost = nullptr;

        void* frame_;
        detention* outer_;
        life before_;
        bool kept_ = false;
    };
    /// Keeps the memory of the frame under detention, and its size behind the first two words.
    [[nodiscard]] AMPHIS_COLD static bool detained(void* frame, std::size_t size) noexcept {
        detention* const now = detention::innermost;
        if (now == nullptr || now->frame_ != frame) return false;
        now->kept_ = true;
        std::memcpy(static_cast<char*>(frame) + 2 * sizeof(void*), &size, sizeof(size));
        return true;
    }
    [[nodiscard]] static std::size_t size_of_detained(void const* frame) noexcept {
        std::size_t size = 0;
        std::memcpy(&size, static_cast<char const*>(frame) + 2 * sizeof(void*), sizeof(size));
        return size;
    }

private:
    // Inlined, g++ 12 takes it for the promise's operator new and warns of a mismatch.
    [[nodiscard]] AMPHIS_NOINLINE static void* plain(std::size_t size) { return ::operator new(size); }

    /// Frees the lists when the thread ends; frames freed later go straight to the heap.
    struct reaper {
        reaper() noexcept { mine.state = in_use; }
        reaper(reaper const&) = delete;
        reaper& operator=(reaper const&) = delete;
        ~reaper() {
            mine.state = over;
            for (list& free : mine.lists) {
                while (free.first != nullptr) ::operator delete(std::exchange(free.first, free.first->next));
                free.count = 0;
            }
        }
    };
    AMPHIS_COLD static void start(void* frame, list& free) noexcept {
        static thread_local reaper at_thread_end;
        (void)at_thread_end;
        free.first = ::new (frame) block{free.first};
        ++free.count;
    }
};

/// operator new and delete of a promise. A word behind the frame says who frees it: null for the cache.
struct frame_memory {
    using releaser = void (*)(void* frame, std::size_t size) noexcept;

    [[nodiscard]] static void* operator new(std::size_t size) {
        std::size_t const whole = with_word(size);
        void* const frame = frame_cache::allocate(whole);
        set_word(frame, whole, nullptr);
        return frame;
    }
    // Inlined, because g++ 12 holds this template and the operator delete below for a mismatched pair (-Wmismatched-new-delete).
    template <class Allocator, class... A>
    [[nodiscard]] AMPHIS_ALWAYS_INLINE static void* operator new(std::size_t size, std::allocator_arg_t, Allocator const& allocator, A const&...) {
        return from(allocator, size);
    }
    /// A member function or a lambda: the object comes first.
    template <class Object, class Allocator, class... A>
    [[nodiscard]] AMPHIS_ALWAYS_INLINE static void* operator new(std::size_t size, Object const&, std::allocator_arg_t, Allocator const& allocator, A const&...) {
        return from(allocator, size);
    }
    static void operator delete(void* frame, std::size_t size) noexcept {
        std::size_t const whole = with_word(size);
        releaser release = nullptr;
        std::memcpy(&release, static_cast<char*>(frame) + whole - sizeof(release), sizeof(release));
        if (release == nullptr) [[likely]] {
            frame_cache::release(frame, whole);
        } else {
            release_by(release, frame, whole);
        }
    }

    AMPHIS_COLD static void release_by(releaser release, void* frame, std::size_t whole) noexcept {
        if (!frame_cache::detained(frame, whole)) release(frame, whole);
    }

    /// The memory that a detention kept.
    AMPHIS_COLD static void free_detained(void* frame) {
        std::size_t const whole = frame_cache::size_of_detained(frame);
        releaser release = nullptr;
        std::memcpy(&release, static_cast<char*>(frame) + whole - sizeof(release), sizeof(release));
        if (release == nullptr) {
            frame_cache::release(frame, whole);
        } else {
            release(frame, whole);
        }
    }

private:
    static constexpr std::size_t with_word(std::size_t size) noexcept {
        constexpr std::size_t word = sizeof(releaser);
        return (size + word - 1) / word * word + word;
    }
    static void set_word(void* frame, std::size_t whole, releaser release) noexcept {
        std::memcpy(static_cast<char*>(frame) + whole - sizeof(release), &release, sizeof(release));
    }

    struct alignas(__STDCPP_DEFAULT_NEW_ALIGNMENT__) unit {
        unsigned char bytes[__STDCPP_DEFAULT_NEW_ALIGNMENT__];
    };
    static constexpr std::size_t units(std::size_t bytes) noexcept { return (bytes + sizeof(unit) - 1) / sizeof(unit); }

    // std::allocator_traits would cost <memory>.
    template <class Allocator>
    struct rebind;
    template <template <class, class...> class Template, class T, class... Rest>
    struct rebind<Template<T, Rest...>> {
        using type = Template<unit, Rest...>;
    };
    template <class Allocator>
        requires requires { typename Allocator::template rebind<unit>::other; }
    struct rebind<Allocator> {
        using type = typename Allocator::template rebind<unit>::other;
    };

    /// The allocator itself lies behind the frame and its word.
    template <class Allocator>
    [[nodiscard]] static void* from(Allocator const& allocator, std::size_t size) {
        using rebound = typename rebind<Allocator>::type;
        static_assert(alignof(rebound) <= alignof(unit), "amphis: the allocator of a coroutine frame is over-aligned");
        rebound own(allocator);
        std::size_t const whole = with_word(size);
        std::size_t const front = units(whole);
        void* const frame = own.allocate(front + units(sizeof(rebound)));
        ::new (static_cast<void*>(static_cast<unit*>(frame) + front)) rebound(own);
        set_word(frame, whole, [](void* at, std::size_t bytes) noexcept {
            unit* const first = static_cast<unit*>(at);
            auto* const kept = reinterpret_cast<rebound*>(first + units(bytes));
            rebound last(static_cast<rebound&&>(*kept));
            kept->~rebound();
            last.deallocate(first, units(bytes) + units(sizeof(rebound)));
        });
        return frame;
    }
};

}  // namespace amphis::inline v0::detail

#endif  // AMPHIS_DETAIL_FRAME_HPP
