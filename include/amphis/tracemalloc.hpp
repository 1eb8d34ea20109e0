// SPDX-License-Identifier: MIT
// tracemalloc: which line of the program allocated what, now, and since another moment.  Python: docs.python.org/3/library/tracemalloc.html
//
//     #include <amphis/tracemalloc.hpp>                // replaces operator new and delete; amphis.hpp does not include it
//
//     tracemalloc::start();
//     auto const before = tracemalloc::take_snapshot();
//     work();
//     for (auto const& stat : tracemalloc::take_snapshot().compare_to(before, "lineno")) print(stat);
//     // load.cpp:12: size=1024 B (+512 B), count=2 (+1), average=512 B
#ifndef AMPHIS_TRACEMALLOC_HPP
#define AMPHIS_TRACEMALLOC_HPP

#include <amphis/config.hpp>
#include <amphis/detail/lock.hpp>
#include <amphis/detail/trace.hpp>
#include <amphis/lang/exceptions/hierarchy.hpp>
#include <amphis/tracemalloc/filter.hpp>
#include <amphis/tracemalloc/operators.hpp>
#include <amphis/tracemalloc/recorder.hpp>
#include <amphis/tracemalloc/snapshot.hpp>
#include <amphis/tracemalloc/symbols.hpp>
#include <amphis/tracemalloc/traceback.hpp>

#include <cstddef>
#include <cstdint>
#include <new>
#include <optional>
#include <type_traits>
#include <utility>
#include <vector>

namespace amphis::inline v0 {
namespace detail::tracemalloc {

/// What addr2line said so far, and whose turn it is to ask. Never destroyed: a snapshot may be taken at exit.
inline constinit lock lines_lock;
inline line_cache& lines() {
    static line_cache* const all = new line_cache();
    return *all;
}

/// The stacks that blocks of `from` have, as tracebacks; those of the other numbers are empty.
inline std::vector<Traceback> tracebacks(recorded const& from, std::size_t limit) {
    std::vector<bool> wanted(from.stacks.size());
    for (block_entry const& block : from.blocks) wanted[block.stack - 1] = true;
    std::vector<std::uintptr_t> addresses;
    for (std::size_t i = 0; i != from.stacks.size(); ++i) {
        auto const first = from.pool.begin() + static_cast<std::ptrdiff_t>(from.stacks[i].first);
        if (wanted[i]) addresses.insert(addresses.end(), first, first + from.stacks[i].count);
    }
    held const only(lines_lock);
    lines().look_up(std::move(addresses));
    std::vector<Traceback> all(from.stacks.size());
    for (std::size_t i = 0; i != from.stacks.size(); ++i) {
        if (!wanted[i]) continue;
        auto const first = from.pool.begin() + static_cast<std::ptrdiff_t>(from.stacks[i].first);
        std::vector<Frame> frames = program_frames(lines(), {first, first + from.stacks[i].count});
        std::optional<std::size_t> total;
        if (from.stacks[i].whole) total = frames.size();
        if (frames.size() > limit) frames.erase(frames.begin() + static_cast<std::ptrdiff_t>(limit), frames.end());
        all[i] = Traceback(std::move(frames), total);
    }
    return all;
}

/// Where the block of an object begins.
template <class T>
void const* block_of(T const& object) noexcept {
    if constexpr (std::is_pointer_v<T>) {
#if defined(__cpp_rtti) || defined(__GXX_RTTI)
        if constexpr (std::is_polymorphic_v<std::remove_pointer_t<T>>) return object != nullptr ? dynamic_cast<void const*>(object) : nullptr;
#endif
        return static_cast<void const*>(object);
    } else if constexpr (requires { block_of(object.get()); }) {
        return block_of(object.get());
    } else {
        constexpr bool has_data = requires { static_cast<void const*>(object.data()); };
        static_assert(has_data, "amphis: get_object_traceback() takes a pointer to what operator new or gc::make() made, or a container with data()");
        if constexpr (has_data) return static_cast<void const*>(object.data());
    }
}

struct start_fn {
    void operator()(long long nframe = 1) const {
        if (nframe < 1 || nframe > 65535) throw ValueError("the number of frames must be in range [1; 65535]");
        trace::pause const ours;
        if (blocks.is_tracing()) return follow();
        current_symbols();
        blocks.set_limit(static_cast<std::size_t>(nframe));
        blocks.trace(true);
        if (!install() || !ours_are_called()) {
            blocks.trace(false);
            blocks.clear();
            throw RuntimeError("tracemalloc cannot trace: this program has an operator new of its own");
        }
        __atomic_store_n(&trace::now, &heap_tracer, __ATOMIC_RELEASE);
        follow();
    }

private:
    static bool ours_are_called() {
        recorder::noticed = false;
        ::operator delete(::operator new(1));
        return recorder::noticed;
    }
    static void follow() noexcept {
        if (trace::heap_follows != nullptr) trace::heap_follows();
    }
};
struct stop_fn {
    void operator()() const noexcept {
        __atomic_store_n(&trace::now, static_cast<trace::tracer const*>(nullptr), __ATOMIC_RELEASE);
        blocks.trace(false);
        blocks.clear();
        if (trace::heap_follows != nullptr) trace::heap_follows();
    }
};
struct is_tracing_fn {
    [[nodiscard]] bool operator()() const noexcept { return blocks.is_tracing(); }
};
struct get_traced_memory_fn {
    [[nodiscard]] std::pair<std::size_t, std::size_t> operator()() const noexcept { return blocks.memory(); }
};
struct reset_peak_fn {
    void operator()() const noexcept { blocks.reset_peak(); }
};
struct clear_traces_fn {
    void operator()() const noexcept { blocks.clear(); }
};
struct get_traceback_limit_fn {
    [[nodiscard]] std::size_t operator()() const noexcept { return blocks.limit(); }
};
struct get_tracemalloc_memory_fn {
    [[nodiscard]] std::size_t operator()() const noexcept { return blocks.own_memory(); }
};
struct take_snapshot_fn {
    [[nodiscard]] amphis::tracemalloc::Snapshot operator()() const {
        if (!blocks.is_tracing()) throw RuntimeError("the tracemalloc module must be tracing memory allocations to take a snapshot");
        trace::pause const ours;
        std::size_t const limit = blocks.limit();
        recorded const all = blocks.copy();
        std::vector<raw_trace> raw;
        raw.reserve(all.blocks.size());
        for (block_entry const& one : all.blocks) raw.push_back({one.size, one.domain, one.stack - 1});
        return {amphis::tracemalloc::Traces(std::move(raw), tracebacks(all, limit)), limit};
    }
};
struct get_object_traceback_fn {
    template <class T>
    [[nodiscard]] std::optional<Traceback> operator()(T const& object) const {
        trace::pause const ours;
        void const* const block = block_of(object);
        if (block == nullptr || !blocks.is_tracing()) return std::nullopt;
        recorded const one = blocks.copy(block);
        if (one.blocks.empty()) return std::nullopt;
        return Traceback(tracebacks(one, blocks.limit())[one.blocks[0].stack - 1]);
    }
};
struct track_fn {
    [[gnu::noinline]] bool operator()(unsigned domain, void const* block, std::size_t size) const noexcept {
        return blocks.is_tracing() && block != nullptr && blocks.made(const_cast<void*>(block), size, __builtin_return_address(0), domain);
    }
};
struct untrack_fn {
    bool operator()(unsigned domain, void const* block) const noexcept { return blocks.is_tracing() && blocks.gone(const_cast<void*>(block), domain); }
};

}  // namespace detail::tracemalloc

namespace tracemalloc {

/// Traces what is allocated from now on by operator new, in all its forms, and by gc::make(). Does nothing if that is done already.
///
///     tracemalloc::start(25);
///
/// nframe    how many of the calls that led to an allocation are kept with it (frames, 1 to 65,535)
/// Raises    ValueError; RuntimeError if the program replaces operator new by one of its own.
/// Cost      25 ns more for a block that is made and dropped, with one frame and optimisation; 120 ns more for each further frame. While
///           nobody traces, one test. 32 to 64 bytes a block, and each stack once.
/// Threads   all are traced. A thread that has a heap of gc::make() already is followed there from the next slab that it
///           takes, fills or empties on; or at once if it calls start(), too.
/// Differs   malloc is not traced: in CPython objects come from it, in C++ from operator new.
/// Source    docs.python.org/3/library/tracemalloc.html
inline constexpr detail::tracemalloc::start_fn start{};
/// Traces no more, and forgets all traces.
inline constexpr detail::tracemalloc::stop_fn stop{};
inline constexpr detail::tracemalloc::is_tracing_fn is_tracing{};
/// Bytes that are allocated now, of blocks that are traced; and the most that there were since start(), clear_traces() or reset_peak().
///
///     auto const [current, peak] = tracemalloc::get_traced_memory();
inline constexpr detail::tracemalloc::get_traced_memory_fn get_traced_memory{};
/// The peak is what is allocated now.
inline constexpr detail::tracemalloc::reset_peak_fn reset_peak{};
/// Forgets all traces; what is allocated from now on is traced.
inline constexpr detail::tracemalloc::clear_traces_fn clear_traces{};
/// Frames that are kept of a block, as start() was told.
inline constexpr detail::tracemalloc::get_traceback_limit_fn get_traceback_limit{};
/// Bytes that the tracing itself takes.
inline constexpr detail::tracemalloc::get_tracemalloc_memory_fn get_tracemalloc_memory{};
/// What is allocated now, by line.
///
///     for (auto const& stat : amphis::slice(tracemalloc::take_snapshot().statistics("lineno"), 10)) print(stat);
///
/// Raises    RuntimeError when nothing is traced.
/// Cost      a copy of all traces, and, for lines that no snapshot had before, a run of addr2line, which reads the program's debug information:
///           tenths of a second in a program of some MB.
/// Differs   needs a program built with -g, and binutils; without them a frame is a function and an offset: `load(int)+0x1c:0`. The
///           most recent frame is one of the program: those of the standard library and of amphis are left out before it.
inline constexpr detail::tracemalloc::take_snapshot_fn take_snapshot{};
/// From where an object's memory was asked for; empty (Python: None) if its allocation was not traced.
///
///     tracemalloc::get_object_traceback(node)->format();
///
/// object    a gc::ptr, a unique_ptr, a plain pointer; or a container with data(), for the block of its elements
inline constexpr detail::tracemalloc::get_object_traceback_fn get_object_traceback{};
/// Tells of a block from an allocator of yours. In CPython a function of C: PyTraceMalloc_Track().
///
/// domain    0 for what operator new gives; a number of your choice, for DomainFilter
/// Returns   false if nothing is traced, or there was no memory to note it.
inline constexpr detail::tracemalloc::track_fn track{};
/// The block that track() was told of is gone. In CPython PyTraceMalloc_Untrack().
inline constexpr detail::tracemalloc::untrack_fn untrack{};

}  // namespace tracemalloc
}  // namespace amphis::inline v0

#endif  // AMPHIS_TRACEMALLOC_HPP
