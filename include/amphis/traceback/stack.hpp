// SPDX-License-Identifier: MIT
// traceback/stack: the calls that led here, where the platform can tell. An exception does not carry them: taking them costs more than
// throwing it.
#ifndef AMPHIS_TRACEBACK_STACK_HPP
#define AMPHIS_TRACEBACK_STACK_HPP

#include <amphis/config.hpp>
#include <amphis/detail/arguments.hpp>
#include <amphis/detail/keyword.hpp>
#include <amphis/traceback/format.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <type_traits>
#include <vector>

// std::stacktrace knows lines, too, but with g++ and clang it needs a library to be linked, which a header cannot ask for.
#if __has_include(<execinfo.h>) && __has_include(<dlfcn.h>)
#include <dlfcn.h>
#include <execinfo.h>
#define AMPHIS_HAS_STACK 1
#else
#define AMPHIS_HAS_STACK 0
#endif

namespace amphis::inline v0::detail {

#if AMPHIS_HAS_STACK
inline traceback::FrameSummary frame_at(void* address) {
    // A return address is that of the instruction after the call, which may belong to the next function.
    auto const at = reinterpret_cast<std::uintptr_t>(address) - 1;
    traceback::FrameSummary frame{"?", 0, "?"};
    Dl_info known{};
    if (dladdr(reinterpret_cast<void*>(at), &known) == 0) return frame;
    if (known.dli_fname != nullptr) frame.filename = known.dli_fname;
    if (known.dli_sname != nullptr) {
        frame.name = demangled(known.dli_sname);
    } else {  // for addr2line
        text offset;
        std::uintptr_t value = at - reinterpret_cast<std::uintptr_t>(known.dli_fbase);
        do offset.push_back("0123456789abcdef"[value & 0xF]);
        while ((value >>= 4) != 0);
        frame.name = "0x";
        for (std::size_t i = offset.size(); i != 0;) frame.name += offset.data()[--i];
    }
    return frame;
}
#endif

/// The calls around this one, the oldest first, without this and the `skipped` innermost ones.
[[gnu::noinline]] inline std::vector<traceback::FrameSummary> stack_frames([[maybe_unused]] std::size_t skipped) {
    std::vector<traceback::FrameSummary> frames;
#if AMPHIS_HAS_STACK
    std::vector<void*> addresses(64);
    std::size_t count = 0;
    for (;;) {
        count = static_cast<std::size_t>(backtrace(addresses.data(), static_cast<int>(addresses.size())));
        if (count < addresses.size() || count >= 1U << 20U) break;
        addresses.resize(2 * addresses.size());
    }
    for (std::size_t i = count; i > skipped + 1;) frames.push_back(frame_at(addresses[--i]));
#endif
    return frames;
}

/// limit n: the n innermost calls; -n: the n outermost ones.
template <class... K>
[[nodiscard]] std::vector<traceback::FrameSummary> limited(std::vector<traceback::FrameSummary> frames, K const&... keywords) {
    static_assert((Kwarg<K> && ...) && count_named<"limit", K...>() + count_named<"file", K...>() == sizeof...(K) &&
                      count_named<"limit", K...>() <= 1 && count_named<"file", K...>() <= 1,
                  "amphis: a stack has the keywords limit and, where it is printed, file, each once");
    auto const& limit = argument_or<"limit">(default_limit, keywords...);
    if constexpr (!is_one_of<std::remove_cvref_t<decltype(limit)>, none_t, std::nullptr_t>) {
        auto const size = static_cast<std::ptrdiff_t>(frames.size());
        auto const wanted = static_cast<std::ptrdiff_t>(limit);
        if (wanted >= 0 && wanted < size) frames.erase(frames.begin(), frames.end() - wanted);
        if (wanted < 0 && -wanted < size) frames.erase(frames.begin() - wanted, frames.end());
    }
    return frames;
}

struct extract_stack_fn {
    template <class... K>
    [[nodiscard, gnu::noinline]] std::vector<traceback::FrameSummary> operator()(K const&... keywords) const {
        return limited(stack_frames(1), keywords...);
    }
};
struct format_stack_fn {
    template <class... K>
    [[nodiscard, gnu::noinline]] std::vector<std::string> operator()(K const&... keywords) const {
        return format_list_fn()(limited(stack_frames(1), keywords...));
    }
};
struct print_stack_fn {
    template <class... K>
    [[gnu::noinline]] void operator()(K const&... keywords) const {
        write_lines(format_list_fn()(limited(stack_frames(1), keywords...)), keywords...);
    }
};

}  // namespace amphis::inline v0::detail

namespace amphis::inline v0::traceback {

/// This platform can tell the calls that led here. If not, extract_stack() is empty.
inline constexpr bool has_stack = AMPHIS_HAS_STACK != 0;

/// The calls that led here, the innermost last.
///
///     e.add_note(str.join("", traceback::format_stack()));          // for one exception that is worth it
///
/// limit     n for the n innermost ones, -n for the n outermost ones.
/// Returns   FrameSummary: the file is the program or library, lineno is 0, the name is the function's; "0x..." where the linker kept no name,
///           which `addr2line -e FILE 0x...` reads. Link with -rdynamic (CMake: ENABLE_EXPORTS) to have the names.
/// Cost      about a microsecond for each call.
inline constexpr detail::extract_stack_fn extract_stack{};
/// extract_stack() as lines.
inline constexpr detail::format_stack_fn format_stack{};
/// extract_stack() to `file`, by default stderr.
inline constexpr detail::print_stack_fn print_stack{};

}  // namespace amphis::inline v0::traceback

#undef AMPHIS_HAS_STACK

#endif  // AMPHIS_TRACEBACK_STACK_HPP
