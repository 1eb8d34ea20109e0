// SPDX-License-Identifier: MIT
// trace: what tracemalloc and the heap of gc::make() know of each other: nothing is paid here while nobody traces.
// Used by: gc.hpp, tracemalloc.hpp
#ifndef AMPHIS_DETAIL_TRACE_HPP
#define AMPHIS_DETAIL_TRACE_HPP

#include <amphis/config.hpp>

#include <cstddef>

namespace amphis::inline v0::detail::trace {

/// Who is told of blocks that do not come from operator new one by one.
struct tracer {
    /// by   the return address of who asked for the block
    void (*made)(void* block, std::size_t size, void* by) noexcept;
    void (*gone)(void* block) noexcept;
};
/// The tracer, if there is one now; read and written atomically.
inline constinit tracer const* now = nullptr;
using call = void (*)() noexcept;
/// Lets this thread's heap look who the tracer is; null where it has no heap.
inline constinit thread_local call heap_follows = nullptr;
/// Above 0, what this thread allocates is not the program's but the library's, and not traced.
inline constinit thread_local unsigned paused = 0;

struct [[nodiscard]] pause {
    pause() noexcept { ++paused; }
    pause(pause const&) = delete;
    pause& operator=(pause const&) = delete;
    ~pause() { end(); }
    void end() noexcept {
        if (!ended_) --paused;
        ended_ = true;
    }

private:
    bool ended_ = false;
};

}  // namespace amphis::inline v0::detail::trace

#endif  // AMPHIS_DETAIL_TRACE_HPP
