// SPDX-License-Identifier: MIT
// A directory for the files of one test, and their bytes as they are on the disk.
#ifndef AMPHIS_TESTS_IO_SCRATCH_HPP
#define AMPHIS_TESTS_IO_SCRATCH_HPP

#include <amphis/lang/exceptions.hpp>

#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <dirent.h>
#include <fcntl.h>
#include <string>
#include <string_view>
#include <unistd.h>

class scratch {
public:
    scratch() {
        char const* const folder = std::getenv("TMPDIR");
        std::string name = std::string(folder != nullptr ? folder : "/tmp") + "/amphis_io_XXXXXX";
        path_ = ::mkdtemp(name.data()) != nullptr ? name : "";
    }
    scratch(scratch const&) = delete;
    scratch& operator=(scratch const&) = delete;
    ~scratch() {
        if (DIR* const folder = ::opendir(path_.c_str())) {
            while (dirent const* const entry = ::readdir(folder)) {
                std::string const name = entry->d_name;
                if (name != "." && name != ".." && ::unlink((path_ + "/" + name).c_str()) != 0) ::rmdir((path_ + "/" + name).c_str());
            }
            ::closedir(folder);
        }
        ::rmdir(path_.c_str());
    }

    std::string operator/(std::string_view name) const { return path_ + "/" + std::string(name); }
    /// A file with these bytes.
    std::string file(std::string_view bytes, std::string_view name = "x.txt") const {
        std::string path = *this / name;
        std::FILE* const f = std::fopen(path.c_str(), "w");
        std::fwrite(bytes.data(), 1, bytes.size(), f);
        std::fclose(f);
        return path;
    }

private:
    std::string path_;
};

inline std::string bytes_of(std::string const& path) {
    std::string all;
    std::FILE* const f = std::fopen(path.c_str(), "r");
    for (int c; (c = std::getc(f)) != EOF;) all += static_cast<char>(c);
    std::fclose(f);
    return all;
}

/// How many descriptors this process has.
inline std::size_t open_descriptors() {
    std::size_t count = 0;
    for (int fd = 0; fd != 256; ++fd) count += ::fcntl(fd, F_GETFD) != -1 ? 1U : 0U;
    return count;
}

struct pipe_ends {
    int read = -1;
    int write = -1;
    pipe_ends() {
        int ends[2];
        if (::pipe(ends) != 0) std::abort();
        read = ends[0];
        write = ends[1];
    }
    pipe_ends(pipe_ends const&) = delete;
    pipe_ends& operator=(pipe_ends const&) = delete;
    ~pipe_ends() {
        close_read();
        close_write();
    }
    void close_read() {
        if (read >= 0) ::close(read);
        read = -1;
    }
    void close_write() {
        if (write >= 0) ::close(write);
        write = -1;
    }
};

/// What `call` raises: "ValueError: text".
template <class Fn>
std::string raised(Fn call) {
    try {
        call();
    } catch (amphis::BaseException const& e) {
        return std::string(e.type_name()) + ": " + e.what();
    }
    return "nothing";
}

#endif
