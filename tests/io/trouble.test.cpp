// SPDX-License-Identifier: MIT
// Files that are not there, disks that are full, ends that break off.
#include "scratch.hpp"
#include "support/allocations.hpp"
#include "support/catch.hpp"

#include <amphis/builtins.hpp>
#include <amphis/io.hpp>

#include <cerrno>
#include <csignal>
#include <cstddef>
#include <cstdio>
#include <new>
#include <string>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>
#include <utility>

namespace {
using namespace amphis::literals;

std::string const full = "OSError: [Errno 28] No space left on device";

/// What is written to stderr while `call` runs.
template <class Fn>
std::string on_stderr(Fn call) {
    scratch const dir;
    std::fflush(stderr);
    int const before = ::dup(2);
    int const fd = ::open((dir / "stderr").c_str(), O_CREAT | O_RDWR, 0600);
    ::dup2(fd, 2);
    call();
    std::fflush(stderr);
    ::dup2(before, 2);
    ::close(before);
    ::close(fd);
    return bytes_of(dir / "stderr");
}

TEST_CASE("open: a missing file, a directory, a name below a file", "[io][trouble]") {
    scratch const dir;
    std::string const name = dir.file("x");
    CHECK(raised([&] { amphis::open(dir / "none"); }) == "FileNotFoundError: [Errno 2] No such file or directory: '" + dir / "none" + "'");
    CHECK(raised([&] { amphis::open(dir / "none/x", "w"); }) == "FileNotFoundError: [Errno 2] No such file or directory: '" + dir / "none/x" + "'");
    CHECK(raised([&] { amphis::open(dir / ""); }) == "IsADirectoryError: [Errno 21] Is a directory: '" + dir / "" + "'");
    CHECK(raised([&] { amphis::open(dir / "", "w"); }) == "IsADirectoryError: [Errno 21] Is a directory: '" + dir / "" + "'");
    CHECK(raised([&] { amphis::open(name + "/y"); }) == "NotADirectoryError: [Errno 20] Not a directory: '" + name + "/y'");
    CHECK(raised([] { amphis::open(""); }) == "FileNotFoundError: [Errno 2] No such file or directory: ''");
    int const fd = ::open((dir / "").c_str(), O_RDONLY);
    CHECK(raised([&] { amphis::open(fd); }) == "IsADirectoryError: [Errno 21] Is a directory: " + std::to_string(fd));
    CHECK(::close(fd) == 0);  // it was the caller's still
    try {
        amphis::open(dir / "none");
        CHECK(false);
    } catch (amphis::OSError const& e) {
        CHECK(e.errno_() == ENOENT);
        CHECK(std::string(e.filename().data(), e.filename().size()) == dir / "none");
    }
}

TEST_CASE("open: a file that may not be read", "[io][trouble]") {
    if (::geteuid() == 0) return;  // root may
    scratch const dir;
    std::string const name = dir.file("x");
    ::chmod(name.c_str(), 0);
    CHECK(raised([&] { amphis::open(name); }) == "PermissionError: [Errno 13] Permission denied: '" + name + "'");
}

TEST_CASE("File: a full disk is told by write, flush and close, and the descriptor is closed", "[io][trouble]") {
    std::size_t const before = open_descriptors();
    for (char const* const mode : {"w", "wb"}) {
        auto f = amphis::open("/dev/full", mode);
        f.write("x");
        CHECK(raised([&] { f.flush(); }) == full);
        CHECK(raised([&] { f.write(std::string(1 << 20, 'y')); }) == full);
        CHECK(raised([&] { f.close(); }) == full);
        CHECK(f.closed());
        f.close();
    }
    auto raw = amphis::open("/dev/full", "wb", 0);
    CHECK(raised([&] { raw.write("x"); }) == full);
    raw.close();
    auto f = amphis::open("/dev/full", "w");
    CHECK(raised([&] {
              for (int i = 0; i != 100'000; ++i) f.write("a line\n");
          }) == full);
    CHECK(raised([&] { f.exit(); }) == full);
    CHECK(open_descriptors() == before);
}

TEST_CASE("File: what a destructor cannot write is told on stderr", "[io][trouble]") {
    std::size_t const before = open_descriptors();
    std::string const said = on_stderr([] {
        auto f = amphis::open("/dev/full", "w");
        f.write("x");
    });
    CHECK(said == "Exception ignored in: <_io.TextIOWrapper name='/dev/full' mode='w' encoding='utf-8'>\n" + full + "\n");
    CHECK(on_stderr([] {
              try {  // also on the way out of an exception
                  auto f = amphis::open("/dev/full", "wb");
                  f.write("x");
                  throw amphis::ValueError("first");
              } catch (amphis::ValueError const&) {
              }
          }) == "Exception ignored in: <_io.BufferedWriter name='/dev/full'>\n" + full + "\n");
    CHECK(open_descriptors() == before);
}

TEST_CASE("File: a broken pipe", "[io][trouble]") {
    auto const handler = std::signal(SIGPIPE, SIG_IGN);
    pipe_ends ends;
    auto f = amphis::open(std::exchange(ends.write, -1), "w");
    ends.close_read();
    f.write("x");
    CHECK(raised([&] { f.flush(); }) == "BrokenPipeError: [Errno 32] Broken pipe");
    CHECK(raised([&] { f.close(); }) == "BrokenPipeError: [Errno 32] Broken pipe");
    CHECK(f.closed());
    std::signal(SIGPIPE, handler);
}

TEST_CASE("File: a descriptor that was closed underneath", "[io][trouble]") {
    scratch const dir;
    std::string const bad = "OSError: [Errno 9] Bad file descriptor";
    auto f = amphis::open(dir.file("abc"));
    ::close(f.fileno());
    CHECK(raised([&] { (void)f.read(); }) == bad);
    CHECK(raised([&] { (void)f.readline(); }) == bad);
    CHECK(raised([&] { f.close(); }) == bad);
    CHECK(f.closed());
    auto w = amphis::open(dir / "y", "w");
    w.write("x");
    ::close(w.fileno());
    CHECK(raised([&] { w.close(); }) == bad);
    CHECK(w.closed());
}

TEST_CASE("File: a pipe gives its lines as they come", "[io][trouble]") {
    pipe_ends ends;
    auto f = amphis::open(std::exchange(ends.read, -1));
    CHECK(!f.seekable());
    CHECK(raised([&] { f.seek(0); }) == "UnsupportedOperation: underlying stream is not seekable");
    CHECK(raised([&] { (void)f.tell(); }) == "UnsupportedOperation: underlying stream is not seekable");
    CHECK(::write(ends.write, "one\ntw", 6) == 6);
    CHECK(f.readline() == "one\n");  // it does not wait for a full buffer
    CHECK(::write(ends.write, "o\nend", 5) == 5);
    CHECK(f.readline() == "two\n");
    ends.close_write();
    CHECK(f.read() == "end");
    CHECK(f.read().empty());
    pipe_ends other;
    CHECK(raised([&] { amphis::open(other.read, "r+b"); }) == "UnsupportedOperation: File or stream is not seekable.");
    CHECK(::fcntl(other.read, F_GETFD) != -1);
}

TEST_CASE("File: a pipe with nothing in it does not wait if it was told so", "[io][trouble]") {
    pipe_ends ends;
    ::fcntl(ends.read, F_SETFL, O_NONBLOCK);
    auto f = amphis::open(ends.read, "rb", "closefd"_k = false);
    CHECK_THROWS_AS(f.read(3), amphis::BlockingIOError);
    CHECK(::write(ends.write, "ab", 2) == 2);
    CHECK(f.read(3) == "ab");
    ::fcntl(ends.write, F_SETFL, O_NONBLOCK);
    auto w = amphis::open(ends.write, "wb", "closefd"_k = false);
    try {
        w.write(std::string(10'000'000, 'x'));
        CHECK(false);
    } catch (amphis::BlockingIOError const& e) {
        CHECK(e.characters_written() > 0);
        CHECK(std::string(e.what()) == "[Errno 11] write could not complete without blocking");
    }
}

void do_nothing(int) {}

TEST_CASE("File: a signal interrupts neither reading nor writing", "[io][trouble]") {
    struct sigaction action {};
    struct sigaction before {};
    action.sa_handler = do_nothing;  // without SA_RESTART: system calls come back with EINTR
    ::sigaction(SIGALRM, &action, &before);
    itimerval const timer{{0, 2000}, {0, 2000}};
    itimerval const none{};

    pipe_ends ends;
    pid_t const child = ::fork();
    if (child == 0) {
        for (int i = 0; i != 20; ++i) {
            ::usleep(5000);
            if (::write(ends.write, "line\n", 5) != 5) ::_exit(1);
        }
        ::_exit(0);
    }
    ends.close_write();
    ::setitimer(ITIMER_REAL, &timer, nullptr);
    std::size_t lines = 0;
    {
        auto f = amphis::open(std::exchange(ends.read, -1));
        for (auto&& line : f) lines += line == "line\n" ? 1U : 0U;
    }
    CHECK(lines == 20);
    ::setitimer(ITIMER_REAL, &none, nullptr);
    ::waitpid(child, nullptr, 0);

    pipe_ends back;
    pid_t const reader = ::fork();
    if (reader == 0) {
        back.close_write();
        std::size_t total = 0;
        char buffer[4096];
        for (ssize_t got; (got = ::read(back.read, buffer, sizeof(buffer))) > 0;) {
            total += static_cast<std::size_t>(got);
            ::usleep(200);
        }
        ::_exit(total == 2'000'000 ? 0 : 1);
    }
    back.close_read();
    ::setitimer(ITIMER_REAL, &timer, nullptr);
    {
        auto f = amphis::open(std::exchange(back.write, -1), "w");
        for (int i = 0; i != 2000; ++i) f.write(std::string(999, 'x') + "\n");
        f.close();
    }
    ::setitimer(ITIMER_REAL, &none, nullptr);
    int status = 1;
    ::waitpid(reader, &status, 0);
    CHECK(status == 0);
    ::sigaction(SIGALRM, &before, nullptr);
}

TEST_CASE("File: a line far longer than the buffer", "[io][trouble]") {
    scratch const dir;
    std::string const line(5'000'000, 'x');
    std::string const name = dir.file(line + "\nshort\n" + line);
    auto f = amphis::open(name);
    CHECK(f.readline() == line + "\n");
    CHECK(f.readline(3) == "sho");
    CHECK(f.readline() == "rt\n");
    CHECK(f.readline(4'000'000) == line.substr(0, 4'000'000));
    CHECK(f.readline() == line.substr(0, 1'000'000));
}

TEST_CASE("File: one that shrinks or grows while it is read", "[io][trouble]") {
    scratch const dir;
    std::string const name = dir.file(std::string(100'000, 'x'));
    auto f = amphis::open(name);
    CHECK(f.read(10).size() == 10);
    CHECK(::truncate(name.c_str(), 20'000) == 0);
    CHECK(f.read().size() < 20'000);
    CHECK(f.read().empty());
    std::string const text = dir.file("a\n", "growing");
    auto g = amphis::open(text);
    CHECK(g.readlines().size() == 1);
    CHECK(g.readline().empty());
    amphis::open(text, "a").write("b\n");
    CHECK(g.readline() == "b\n");
}

TEST_CASE("File: no allocation that fails leaks a descriptor", "[io][trouble]") {
    scratch const dir;
    std::string const name = dir.file("text with \xe2\x82\xac\r\n and more of it, so that strings are on the heap\r\n");
    std::string const target = dir / "a name that is too long for a small string";
    std::size_t const before = open_descriptors();
    bool done = false;
    for (std::size_t nth = 1; !done; ++nth) {
        REQUIRE(nth < 1000);
        try {
            fail_allocation(nth);
            auto f = amphis::open(name, "r", "encoding"_k = "utf-8-sig");
            std::string const line = f.readline();
            std::string const rest = f.read();
            auto w = amphis::open(target, "w", "newline"_k = "\r\n");
            w.write(line + "\n\xc3\xa9");
            w.close();
            done = true;
        } catch (std::bad_alloc const&) {
        }
        fail_allocation(0);
        REQUIRE(open_descriptors() == before);
    }
    CHECK(bytes_of(target) == "text with \xe2\x82\xac\r\n\r\n\xc3\xa9");
}

TEST_CASE("File: looping over lines allocates nothing for each of them", "[io][trouble]") {
    scratch const dir;
    std::string text;
    for (int i = 0; i != 50'000; ++i) text += "a line of some length, which no small string holds\n";
    std::string const name = dir.file(text);
    std::size_t const before = allocation_count();
    std::size_t lines = 0;
    for (auto&& line : amphis::open(name)) lines += line.size() > 50 ? 1U : 0U;
    CHECK(lines == 50'000);
    CHECK(allocation_count() - before < 20);
}

}  // namespace
