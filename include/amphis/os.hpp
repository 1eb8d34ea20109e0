// SPDX-License-Identifier: MIT
// os: names in the file system: replace, rename, remove, mkdir, path.exists.  Python: docs.python.org/3/library/os.html
//
//     #include <amphis/os.hpp>
//
//     os::replace("config.new", "config");     // at every moment there is a whole config: the old one or the new one
#ifndef AMPHIS_OS_HPP
#define AMPHIS_OS_HPP

#include <amphis/config.hpp>
#include <amphis/detail/os_calls.hpp>
#include <amphis/detail/repr.hpp>
#include <amphis/detail/text.hpp>
#include <amphis/lang/exceptions/hierarchy.hpp>
#include <amphis/lang/exceptions/os_error.hpp>

#include <cerrno>
#include <cstddef>
#include <cstring>
#include <type_traits>

namespace amphis::inline v0 {
namespace detail {

/// A path as the system takes it, ended by NUL.
class c_path {
public:
    template <class T>
    explicit c_path(T const& path) {
        if constexpr (CharsLike<T>) {
            copy({static_cast<char const*>(path.data()), static_cast<std::size_t>(path.size())});
        } else if constexpr (requires { static_cast<char const*>(path.c_str()); }) {
            copy(chars(static_cast<char const*>(path.c_str())));
        } else {
            constexpr bool c_string = std::is_convertible_v<T const&, char const*>;
            static_assert(c_string, "amphis: a path is a string, or has c_str()");
            if constexpr (c_string) copy(chars(static_cast<char const*>(path)));
        }
    }
    [[nodiscard]] char const* c_str() const noexcept { return text_.data(); }
    [[noreturn]] AMPHIS_COLD void refuse(int error) const { raise_os_error(error, view()); }
    [[noreturn]] AMPHIS_COLD void refuse(int error, c_path const& to) const { raise_os_error(error, view(), to.view()); }

private:
    [[nodiscard]] chars view() const noexcept { return {text_.data(), text_.size() - 1}; }
    void copy(chars path) {
        text_.append(path);
        text_.push_back('\0');
        if (std::strlen(text_.data()) != path.size) throw_<ValueError>("embedded null byte");
    }
    text text_;
};

struct replace_fn {
    template <class From, class To>
    void operator()(From const& from, To const& to) const {
        c_path const source(from);
        c_path const target(to);
        if (os_calls::replace(source.c_str(), target.c_str()) != 0) source.refuse(errno, target);
    }
};
struct unlink_fn {
    template <class Path>
    void operator()(Path const& path) const {
        c_path const name(path);
        if (os_calls::unlink(name.c_str()) != 0) name.refuse(errno);
    }
};
struct mkdir_fn {
    template <class Path>
    void operator()(Path const& path, unsigned mode = 0777) const {
        c_path const name(path);
        if (os_calls::mkdir(name.c_str(), mode) != 0) name.refuse(errno);
    }
};
struct rmdir_fn {
    template <class Path>
    void operator()(Path const& path) const {
        c_path const name(path);
        if (os_calls::rmdir(name.c_str()) != 0) name.refuse(errno);
    }
};
struct getpid_fn {
    [[nodiscard]] int operator()() const noexcept { return os_calls::getpid(); }
};
struct fsync_fn {
    void operator()(int fd) const {
        if (os_calls::fsync(fd) != 0) raise_os_error(errno);
    }
    template <class File>
        requires requires(File& file) { file.fileno(); }
    void operator()(File& file) const {
        (*this)(file.fileno());
    }
};

enum class path_question { exists, is_file, is_directory };
template <path_question Question>
struct path_fn {
    template <class Path>
    [[nodiscard]] bool operator()(Path const& path) const {
        file_status status;
        if (os_calls::status(c_path(path).c_str(), status) != 0) return false;
        return Question == path_question::exists || (Question == path_question::is_file ? status.regular : status.directory);
    }
};
struct getsize_fn {
    template <class Path>
    [[nodiscard]] long long operator()(Path const& path) const {
        c_path const name(path);
        file_status status;
        if (os_calls::status(name.c_str(), status) != 0) name.refuse(errno);
        return status.size;
    }
};

}  // namespace detail

namespace os {

/// Give a file another name; what had that name is gone, in one step: nobody sees neither, and nobody sees half.
///
///     { auto f = amphis::open("x.tmp", "w"); f.write(text); f.flush(); os::fsync(f); f.close(); }
///     os::replace("x.tmp", "x");
///
/// Raises    OSError with both names: [Errno 2] No such file or directory: 'x.tmp' -> 'x'.
/// Source    Modules/posixmodule.c, os_replace_impl (CPython 3.11).
inline constexpr detail::replace_fn replace{};
/// The same as replace, as Python's is on POSIX.
inline constexpr detail::replace_fn rename{};

/// Remove a file.
///
/// Raises    FileNotFoundError, IsADirectoryError and their like.
inline constexpr detail::unlink_fn remove{};
inline constexpr detail::unlink_fn unlink{};

/// Make or remove a directory.
///
/// mode      permissions, before the process's umask: 0777 by default.
/// Raises    FileExistsError, FileNotFoundError and their like.
inline constexpr detail::mkdir_fn mkdir{};
inline constexpr detail::rmdir_fn rmdir{};

/// Have what was written to a descriptor, or a file that was flushed, put on the disk.
///
/// Raises    OSError: then it may be there, or not.
inline constexpr detail::fsync_fn fsync{};

/// The number of this process.
inline constexpr detail::getpid_fn getpid{};

namespace path {

/// Is there something of this name, a file, a directory? False also where the system does not say. A link is followed.
inline constexpr detail::path_fn<detail::path_question::exists> exists{};
inline constexpr detail::path_fn<detail::path_question::is_file> isfile{};
inline constexpr detail::path_fn<detail::path_question::is_directory> isdir{};

/// The size of a file in bytes.
///
/// Raises    FileNotFoundError and its like.
inline constexpr detail::getsize_fn getsize{};

}  // namespace path
}  // namespace os
}  // namespace amphis::inline v0

#endif  // AMPHIS_OS_HPP
