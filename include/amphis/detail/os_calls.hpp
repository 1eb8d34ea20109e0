// SPDX-License-Identifier: MIT
// os_calls: every system call that io and os make. What another platform has to write anew is this file.
// Used by: io.hpp, os.hpp
#ifndef AMPHIS_DETAIL_OS_CALLS_HPP
#define AMPHIS_DETAIL_OS_CALLS_HPP

#include <amphis/config.hpp>

#include <cerrno>
#include <cstddef>
#include <fcntl.h>
#include <stdio.h>  // rename
#include <sys/stat.h>
#include <unistd.h>

namespace amphis::inline v0::detail {

/// What stat says of a file, as far as it is asked here.
struct file_status {
    long long size = 0;  // bytes
    bool directory = false;
    bool regular = false;
    bool character_device = false;
};

/// The calls of POSIX, begun again when a signal interrupts them. They return what POSIX does: -1, and errno, for an error.
struct os_calls {
private:
    template <class Call>
    [[nodiscard]] static auto again(Call call) noexcept {
        for (;;) {
            auto const result = call();
            if (result >= 0 || errno != EINTR) return result;
        }
    }

public:
    enum : unsigned { read_only = 0, write_only = 1, read_write = 2, create = 4, exclusive = 8, truncate_it = 16, append = 32 };

    /// A descriptor that no child process inherits.
    [[nodiscard]] static int open(char const* path, unsigned how) noexcept {
        int flags = O_CLOEXEC | ((how & read_write) != 0 ? O_RDWR : (how & write_only) != 0 ? O_WRONLY : O_RDONLY);
        if ((how & create) != 0) flags |= O_CREAT;
        if ((how & exclusive) != 0) flags |= O_EXCL;
        if ((how & truncate_it) != 0) flags |= O_TRUNC;
        if ((how & append) != 0) flags |= O_APPEND;
        return again([&] { return ::open(path, flags, 0666); });
    }
    /// Bytes read: fewer than `count` near the end of a file, or where no more are there yet; 0 at the end.
    [[nodiscard]] static std::ptrdiff_t read(int fd, char* to, std::size_t count) noexcept {
        return again([&] { return static_cast<std::ptrdiff_t>(::read(fd, to, most(count))); });
    }
    /// Bytes written, which may be fewer than `count`.
    [[nodiscard]] static std::ptrdiff_t write(int fd, char const* from, std::size_t count) noexcept {
        return again([&] { return static_cast<std::ptrdiff_t>(::write(fd, from, most(count))); });
    }
    /// whence   0 from the beginning, 1 from here, 2 from the end.
    [[nodiscard]] static long long seek(int fd, long long offset, int whence) noexcept {
        return ::lseek(fd, static_cast<off_t>(offset), whence == 0 ? SEEK_SET : whence == 1 ? SEEK_CUR : SEEK_END);
    }
    [[nodiscard]] static int truncate(int fd, long long size) noexcept {
        return again([&] { return ::ftruncate(fd, static_cast<off_t>(size)); });
    }
    [[nodiscard]] static int fsync(int fd) noexcept {
        return again([&] { return ::fsync(fd); });
    }
    /// Not begun again: after EINTR Linux has closed the descriptor, and another thread may have its number by now.
    static int close(int fd) noexcept {
        int const result = ::close(fd);
        return result < 0 && errno == EINTR ? 0 : result;
    }
    [[nodiscard]] static bool isatty(int fd) noexcept { return ::isatty(fd) == 1; }
    [[nodiscard]] static int status(int fd, file_status& found) noexcept {
        struct ::stat got;
        if (::fstat(fd, &got) != 0) return -1;
        return take(got, found);
    }
    [[nodiscard]] static int status(char const* path, file_status& found) noexcept {
        struct ::stat got;
        if (::stat(path, &got) != 0) return -1;
        return take(got, found);
    }
    /// Also over a file that is there: at every moment the name means the old one or the new one.
    [[nodiscard]] static int replace(char const* from, char const* to) noexcept { return ::rename(from, to); }
    [[nodiscard]] static int unlink(char const* path) noexcept { return ::unlink(path); }
    [[nodiscard]] static int mkdir(char const* path, unsigned mode) noexcept { return ::mkdir(path, static_cast<mode_t>(mode)); }
    [[nodiscard]] static int rmdir(char const* path) noexcept { return ::rmdir(path); }
    [[nodiscard]] static int getpid() noexcept { return static_cast<int>(::getpid()); }

private:
    /// POSIX leaves open what a count does that does not fit the result; 1 GiB is as good as any.
    [[nodiscard]] static constexpr std::size_t most(std::size_t count) noexcept { return count < (std::size_t{1} << 30) ? count : std::size_t{1} << 30; }
    [[nodiscard]] static int take(struct ::stat const& got, file_status& found) noexcept {
        found.size = static_cast<long long>(got.st_size);
        found.directory = S_ISDIR(got.st_mode);
        found.regular = S_ISREG(got.st_mode);
        found.character_device = S_ISCHR(got.st_mode);
        return 0;
    }
};

}  // namespace amphis::inline v0::detail

#endif  // AMPHIS_DETAIL_OS_CALLS_HPP
