// SPDX-License-Identifier: MIT
// builtins/streams: where print and tracebacks write, and what stands for stdout and stderr while they are redirected.
#ifndef AMPHIS_BUILTINS_STREAMS_HPP
#define AMPHIS_BUILTINS_STREAMS_HPP

#include <amphis/config.hpp>
#include <amphis/detail/repr.hpp>
#include <amphis/detail/text.hpp>
#include <amphis/lang/exceptions.hpp>

#include <cerrno>
#include <cstddef>
#include <cstdio>
#include <cstring>
#include <string_view>
#include <type_traits>

namespace amphis::inline v0::detail {

/// Something that takes text: what stdout is replaced with while its output is redirected.
struct output {
    void (*write)(void* object, chars text) = nullptr;
    void (*flush)(void* object) = nullptr;
    void* object = nullptr;
};

// Null: C's stdout, so that print, printf and std::cout come out in the order they were called; and C's stderr.
inline output const* redirected_stdout = nullptr;
inline output const* redirected_stderr = nullptr;

[[nodiscard]] inline output const* current_output(output const* const& slot) noexcept {
#if defined(__GNUC__)
    return __atomic_load_n(&slot, __ATOMIC_ACQUIRE);
#else
    return static_cast<output const* const volatile&>(slot);
#endif
}

/// Send what goes to `slot` to `target`, or to C's stream for null; the target it replaces. It is one for all threads, as sys.stdout is.
inline output const* exchange_output(output const*& slot, output const* target) noexcept {
#if defined(__GNUC__)
    return __atomic_exchange_n(&slot, target, __ATOMIC_ACQ_REL);
#else
    output const* const before = current_output(slot);
    static_cast<output const* volatile&>(slot) = target;
    return before;
#endif
}

/// What stands for C's stdout or stderr now; null: itself, as for any other stream.
[[nodiscard]] inline output const* redirected(std::FILE* stream) noexcept {
    if (stream == stdout) return current_output(redirected_stdout);
    if (stream == stderr) return current_output(redirected_stderr);
    return nullptr;
}

// Templates, so that who includes this and does not print is spared the classes of OSError: 11 ms of 165.

/// One fwrite, which holds the stream's lock: lines of two threads do not mix. A signal only makes it go on.
template <class File>
void write_file(File* file, chars text) {
    if (file == nullptr) throw_<ValueError>("I/O operation on closed file.");
    while (text.size != 0) {
        errno = 0;
        std::size_t const written = std::fwrite(text.data, 1, text.size, file);
        if (written == text.size) return;
        text = chars(text.data + written, text.size - written);
        if (errno != EINTR) raise_os_error(errno);
        std::clearerr(file);
    }
}

template <class File>
void flush_file(File* file) {
    if (file == nullptr) throw_<ValueError>("I/O operation on closed file.");
    while (std::fflush(file) != 0) {
        if (errno != EINTR) raise_os_error(errno);
        std::clearerr(file);
    }
}

template <class File>
concept WritesView = requires(File& file, std::string_view text) { file.write(text); };
/// As std::ostream writes: a pointer and a count.
template <class File>
concept WritesCount = requires(File& file, chars text) { file.write(text.data, static_cast<std::ptrdiff_t>(text.size)); };
template <class File>
concept Flushes = requires(File& file) { file.flush(); };

template <class File>
void write_to(File& file, chars text) {
    if constexpr (is_one_of<std::remove_cv_t<File>, none_t, std::nullptr_t>) {
        if (output const* const target = current_output(redirected_stdout)) {
            target->write(target->object, text);
        } else {
            write_file(stdout, text);
        }
    } else if constexpr (std::is_convertible_v<File&, std::FILE*>) {
        std::FILE* const stream = static_cast<std::FILE*>(file);
        if (output const* const target = redirected(stream)) {
            target->write(target->object, text);
        } else {
            write_file(stream, text);
        }
    } else if constexpr (WritesView<File>) {
        file.write(std::string_view(text.data, text.size));
    } else {
        static_assert(WritesCount<File>,
                      "amphis: print's file is a FILE*, or an object with write(std::string_view) or write(char const*, count)");
        if constexpr (WritesCount<File>) file.write(text.data, static_cast<std::ptrdiff_t>(text.size));
        // A std::ostream keeps its errors to itself unless it is asked.
        if constexpr (requires { static_cast<bool>(file.fail()); }) {
            if (file.fail()) raise_os_error(EIO);
        }
    }
}

template <class File>
void flush_to(File& file) {
    if constexpr (is_one_of<std::remove_cv_t<File>, none_t, std::nullptr_t>) {
        if (output const* const target = current_output(redirected_stdout)) {
            target->flush(target->object);
        } else {
            flush_file(stdout);
        }
    } else if constexpr (std::is_convertible_v<File&, std::FILE*>) {
        std::FILE* const stream = static_cast<std::FILE*>(file);
        if (output const* const target = redirected(stream)) {
            target->flush(target->object);
        } else {
            flush_file(stream);
        }
    } else {
        static_assert(Flushes<File>, "amphis: print was told to flush, but its file has no flush()");
        if constexpr (Flushes<File>) file.flush();
    }
}

/// Keeps `target` in place of stdout (Which = 1) or stderr (2) between enter and exit. It can be entered again while it is entered.
/// Target: a reference, or the type of a target that is moved in.
template <class Target, int Which>
class redirection {
    using sink = std::remove_reference_t<Target>;

public:
    explicit redirection(Target&& target) noexcept(std::is_nothrow_constructible_v<Target, Target&&>) : target_(static_cast<Target&&>(target)) {}
    redirection(redirection&& other) noexcept(std::is_nothrow_constructible_v<Target, Target&&>)
        : target_(static_cast<Target&&>(other.target_)), entered_(other.entered_) {
        other.entered_ = nullptr;
        for (entry* at = entered_; at != nullptr; at = at->outer) at->here.object = address();
    }
    redirection& operator=(redirection&&) = delete;

    sink& enter() {
        auto* const now = new entry{{&write, &flush, address()}, nullptr, entered_};
        now->before = exchange_output(slot(), &now->here);
        entered_ = now;
        return target_;
    }
    void exit() noexcept {
        entry* const now = entered_;
        exchange_output(slot(), now->before);
        entered_ = now->outer;
        delete now;
    }

private:
    struct entry {
        output here;
        output const* before;
        entry* outer;
    };

    // The target may be a constant, such as a FILE* const; write() takes it for what it is.
    [[nodiscard]] void* address() noexcept { return const_cast<void*>(static_cast<void const*>(__builtin_addressof(target_))); }
    static output const*& slot() noexcept { return Which == 1 ? redirected_stdout : redirected_stderr; }
    static void write(void* to, chars text) {
        auto& target = *static_cast<sink*>(to);
        if constexpr (std::is_convertible_v<sink&, std::FILE*>) {
            write_file(static_cast<std::FILE*>(target), text);  // itself, even if it is redirected
        } else {
            write_to(target, text);
        }
    }
    static void flush(void* to) {
        auto& target = *static_cast<sink*>(to);
        if constexpr (std::is_convertible_v<sink&, std::FILE*>) {
            flush_file(static_cast<std::FILE*>(target));
        } else if constexpr (Flushes<sink>) {
            flush_to(target);
        }
    }

    Target target_;
    entry* entered_ = nullptr;
};

}  // namespace amphis::inline v0::detail

#endif  // AMPHIS_BUILTINS_STREAMS_HPP
