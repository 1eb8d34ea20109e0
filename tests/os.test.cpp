// SPDX-License-Identifier: MIT
#include "io/scratch.hpp"
#include "support/catch.hpp"

#include <amphis/os.hpp>

#include <filesystem>
#include <fcntl.h>
#include <string>
#include <string_view>
#include <unistd.h>

namespace {
namespace os = amphis::os;

TEST_CASE("replace: puts a file in the place of another", "[os][replace]") {
    scratch const dir;
    std::string const a = dir.file("new", "a");
    std::string const b = dir.file("old", "b");
    os::replace(a, b);
    CHECK(bytes_of(b) == "new");
    CHECK(!os::path::exists(a));
    os::rename(std::string_view(b), std::filesystem::path(a));
    CHECK(bytes_of(a) == "new");
    CHECK(raised([&] { os::replace(b, a); }) == "FileNotFoundError: [Errno 2] No such file or directory: '" + b + "' -> '" + a + "'");
    CHECK(raised([&] { os::replace(a, a + "/x"); }) == "NotADirectoryError: [Errno 20] Not a directory: '" + a + "' -> '" + a + "/x'");
    CHECK(raised([&] { os::replace(std::string("a\0b", 3), a); }) == "ValueError: embedded null byte");
}

TEST_CASE("remove, mkdir and rmdir: say what they are refused", "[os]") {
    scratch const dir;
    std::string const a = dir.file("x", "a");
    os::remove(a);
    CHECK(raised([&] { os::unlink(a.c_str()); }) == "FileNotFoundError: [Errno 2] No such file or directory: '" + a + "'");
    os::mkdir(dir / "d");
    CHECK(raised([&] { os::mkdir(dir / "d", 0700); }) == "FileExistsError: [Errno 17] File exists: '" + dir / "d" + "'");
    dir.file("x", "d/x");
    CHECK_THROWS_AS(os::rmdir(dir / "d"), amphis::OSError);
    os::remove(dir / "d/x");
    os::rmdir(dir / "d");
    CHECK(!os::path::isdir(dir / "d"));
}

TEST_CASE("path: what is there", "[os][path]") {
    scratch const dir;
    std::string const a = dir.file("12345", "a");
    CHECK((os::path::exists(a) && os::path::isfile(a) && !os::path::isdir(a)));
    CHECK((os::path::exists(dir / "") && !os::path::isfile(dir / "") && os::path::isdir(dir / "")));
    CHECK((!os::path::exists(dir / "none") && !os::path::isfile("") && !os::path::isdir(a + "/x")));
    CHECK(os::path::getsize(a) == 5);
    CHECK(raised([&] { (void)os::path::getsize(dir / "none"); }) == "FileNotFoundError: [Errno 2] No such file or directory: '" + dir / "none" + "'");
}

TEST_CASE("fsync: of a descriptor, and of a file that has one", "[os][fsync]") {
    scratch const dir;
    int const fd = ::open(dir.file("x").c_str(), O_WRONLY);
    os::fsync(fd);
    struct {
        int number;
        int fileno() { return number; }
    } file{fd};
    os::fsync(file);
    ::close(fd);
    CHECK(raised([] { os::fsync(999); }) == "OSError: [Errno 9] Bad file descriptor");
    CHECK(os::getpid() == static_cast<int>(::getpid()));
}

}  // namespace
