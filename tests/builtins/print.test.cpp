// SPDX-License-Identifier: MIT
// print: separators, ends, files, and what happens when a file cannot be written.
#include <amphis/builtins/bytes.hpp>
#include <amphis/builtins/print.hpp>

#include <cstdio>
#include <map>
#include <sstream>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#if __has_include(<unistd.h>)
#include <unistd.h>
#include <csignal>
#endif

#include "support/catch.hpp"

using amphis::print;
using namespace amphis::literals;

namespace {

/// A Python-like file: write() takes text.
struct memo {
    std::string text;
    int writes = 0;
    int flushes = 0;
    void write(std::string_view s) { text += s, ++writes; }
    void flush() { ++flushes; }
};

template <class... A>
std::string printed(A const&... arguments) {
    memo file;
    print(arguments..., "file"_k = file);
    return file.text;
}

TEST_CASE("print: values with spaces between and a newline at the end", "[builtins][print]") {
    CHECK(printed() == "\n");
    CHECK(printed("a") == "a\n");
    CHECK(printed(1, 2.0, "three", '4', true) == "1 2.0 three 4 True\n");
    CHECK(printed(1.0, 1e16, 0.1 + 0.2, true, amphis::None, "sep"_k = ", ") ==
          "1.0, 1e+16, 0.30000000000000004, True, None\n");
    CHECK(printed(std::vector<std::string>{"a"}, "a"_b) == "['a'] b'a'\n");
    CHECK(printed("") == "\n");
    CHECK(printed("", "") == " \n");
}

TEST_CASE("print: sep and end", "[builtins][print]") {
    CHECK(printed(1, 2, 3, "sep"_k = "") == "123\n");
    CHECK(printed(1, 2, "end"_k = "") == "1 2");
    CHECK(printed(1, 2, "end"_k = "!\n", "sep"_k = std::string(" - ")) == "1 - 2!\n");
    CHECK(printed(1, 2, "sep"_k = amphis::None, "end"_k = nullptr) == "1 2\n");
    CHECK(printed(1, 2, "sep"_k = ',') == "1,2\n");
    CHECK(printed("sep"_k = "x") == "\n");
    CHECK(printed("end"_k = "") == "");
    char const* const nothing = "";
    CHECK(printed(1, 2, "sep"_k = nothing) == "12\n");
}

TEST_CASE("print: one write a call", "[builtins][print]") {
    memo file;
    print(1, 2, 3, std::string(1000, 'x'), "file"_k = file);
    CHECK(file.writes == 1);
    CHECK(file.text.size() == 1007);
    CHECK(file.flushes == 0);
    print("flush"_k = true, "file"_k = file);
    CHECK(file.flushes == 1);
    print("flush"_k = false, "file"_k = file);
    CHECK(file.flushes == 1);
}

TEST_CASE("print: writes to a std::ostream", "[builtins][print]") {
    std::ostringstream out;
    print(1, "a", "file"_k = out, "flush"_k = true);
    CHECK(out.str() == "1 a\n");
    out.setstate(std::ios::badbit);
    CHECK_THROWS_AS(print(1, "file"_k = out), amphis::OSError);
}

TEST_CASE("print: writes to a FILE*", "[builtins][print]") {
    std::FILE* const file = std::tmpfile();
    REQUIRE(file != nullptr);
    print("h\303\251", 1, "file"_k = file, "flush"_k = true);
    std::rewind(file);
    char text[32] = {};
    CHECK(std::fread(text, 1, sizeof(text), file) == 6);
    CHECK(std::string(text) == "h\303\251 1\n");
    std::fclose(file);
}

TEST_CASE("print: a value that raises leaves nothing written", "[builtins][print]") {
    struct broken {
        std::string repr() const { throw amphis::ValueError("no repr"); }
    };
    memo file;
    CHECK_THROWS_AS(print("before", broken{}, "file"_k = file), amphis::ValueError);
    CHECK(file.writes == 0);
}

TEST_CASE("print: what stdout is can be replaced", "[builtins][print]") {
    memo file;
    amphis::detail::output const target{[](void* object, amphis::detail::chars s) {
                                            static_cast<memo*>(object)->write({s.data, s.size});
                                        },
                                        [](void* object) { static_cast<memo*>(object)->flush(); }, &file};
    auto const* const before = amphis::detail::exchange_output(amphis::detail::redirected_stdout, &target);
    print("caught", 1);
    print("too", "file"_k = amphis::None, "flush"_k = true);
    amphis::detail::exchange_output(amphis::detail::redirected_stdout, before);
    CHECK(file.text == "caught 1\ntoo\n");
    CHECK(file.flushes == 1);
    CHECK(amphis::detail::current_output(amphis::detail::redirected_stdout) == before);
}

#if __has_include(<unistd.h>)
/// The message of what `f` raises.
template <class F>
std::string raised(F f) {
    try {
        f();
    } catch (amphis::OSError const& e) {
        return std::string(e.type_name()) + ": " + e.what();
    }
    return "nothing";
}

TEST_CASE("print: a closed pipe is BrokenPipeError", "[builtins][print]") {
    auto* const before = std::signal(SIGPIPE, SIG_IGN);
    int ends[2];
    REQUIRE(::pipe(ends) == 0);
    std::FILE* const file = ::fdopen(ends[1], "w");
    REQUIRE(file != nullptr);
    std::setvbuf(file, nullptr, _IONBF, 0);
    ::close(ends[0]);
    CHECK(raised([&] { print("x", "file"_k = file); }) == "BrokenPipeError: [Errno 32] Broken pipe");
    std::fclose(file);
    std::signal(SIGPIPE, before);
}

TEST_CASE("print: a buffered file that cannot be written raises when it is flushed", "[builtins][print]") {
    std::FILE* const file = std::fopen("/dev/full", "w");
    if (file == nullptr) return;  // not Linux
    CHECK(raised([&] { print("x", "file"_k = file); }) == "nothing");
    CHECK(raised([&] { print("x", "file"_k = file, "flush"_k = true); }) ==
          "OSError: [Errno 28] No space left on device");
    std::fclose(file);
}

TEST_CASE("print: a file opened for reading refuses", "[builtins][print]") {
    std::FILE* const file = std::fopen("/dev/null", "r");
    REQUIRE(file != nullptr);
    CHECK(raised([&] { print("x", "file"_k = file); }) == "OSError: [Errno 9] Bad file descriptor");
    std::fclose(file);
    std::FILE* const none = nullptr;
    CHECK_THROWS_AS(print("x", "file"_k = none), amphis::ValueError);
}

TEST_CASE("print: the lines of two threads stay whole", "[builtins][print][threads]") {
    std::FILE* const file = std::tmpfile();
    REQUIRE(file != nullptr);
    constexpr int lines = 2000;
    auto const writer = [file](char c) {
        std::string const word(40, c);
        for (int i = 0; i != lines; ++i) print(word, word, "file"_k = file, "sep"_k = "-");
    };
    std::thread other(writer, 'b');
    writer('a');
    other.join();
    std::rewind(file);
    int whole = 0;
    char line[128];
    while (std::fgets(line, sizeof(line), file) != nullptr) {
        std::string_view const s(line);
        if (s.size() == 82 && s.substr(0, 40) == s.substr(41, 40)) ++whole;
    }
    CHECK(whole == 2 * lines);
    std::fclose(file);
}
#endif

}  // namespace
