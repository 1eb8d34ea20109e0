// SPDX-License-Identifier: MIT
// Runs examples/apps/atomic_config again and again, and kills it at its first, second, third, ... system call: the file must always be
// whole, the old one or the new one, and the next edit must work.
//
//     atomic_config_killed PROGRAM
//
// Linux: each system call is a stop of ptrace. Where that is not allowed, the exit status is 77: skipped.
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string>

#if defined(__linux__)
#include <csignal>
#include <sys/ptrace.h>
#include <sys/wait.h>
#include <unistd.h>

namespace {

constexpr char const* old_text = "color=red\nname=amphis\n";
constexpr char const* new_text = "color=blue\nname=amphis\n";

void write_file(std::string const& path, char const* text) { std::ofstream(path) << text; }
std::string read_file(std::string const& path) {
    std::ifstream file(path);
    std::string text;
    std::getline(file, text, '\0');
    return text;
}

enum class end { killed, finished, not_allowed };

/// Run `program path color blue`, killed at stop `last` of ptrace: two for each system call, before and after.
end run(char const* program, std::string const& path, long last) {
    pid_t const child = fork();
    if (child == 0) {
        // Leaks cannot be looked for in a process that is traced.
        setenv("ASAN_OPTIONS", "detect_leaks=0", 1);
        if (last >= 0 && ptrace(PTRACE_TRACEME, 0, nullptr, nullptr) != 0) _exit(77);
        execl(program, program, path.c_str(), "color", "blue", static_cast<char*>(nullptr));
        _exit(126);
    }
    int status = 0;
    for (long stop = 0;; ++stop) {
        if (waitpid(child, &status, 0) != child) return end::not_allowed;
        if (WIFEXITED(status)) return WEXITSTATUS(status) == 0 ? end::finished : end::not_allowed;
        if (WIFSIGNALED(status)) return end::not_allowed;
        if (stop == last) {
            kill(child, SIGKILL);
            waitpid(child, &status, 0);
            return end::killed;
        }
        if (ptrace(PTRACE_SYSCALL, child, nullptr, nullptr) != 0) return end::not_allowed;
    }
}

int failures = 0;
void check(bool good, char const* what, long stop) {
    if (good) return;
    ++failures;
    std::printf("killed at stop %ld: %s\n", stop, what);
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 2) return 2;
    std::string const path = "/tmp/amphis_killed." + std::to_string(getpid());
    long old_seen = 0;
    long new_seen = 0;
    long stop = 0;
    for (;; ++stop) {
        write_file(path, old_text);
        end const how = run(argv[1], path, stop);
        if (how == end::not_allowed) {
            std::puts("this system does not let a process be traced");
            return 77;
        }
        std::string const text = read_file(path);
        text == new_text ? ++new_seen : ++old_seen;
        check(text == old_text || text == new_text, "the file is neither the old nor the new one", stop);
        if (how == end::finished) break;
        // What the dead process left behind is in nobody's way: looked at where it matters, at some of the stops.
        if (stop % 16 == 0) {
            check(run(argv[1], path, -1) == end::finished, "the next edit fails", stop);
            check(read_file(path) == new_text, "the next edit does not edit", stop);
        }
    }
    check(access((path + ".tmp").c_str(), F_OK) != 0, "the temporary file is left behind", stop);
    check(old_seen > 0 && new_seen > 1, "never killed before, or never after the file was replaced", stop);
    for (char const* suffix : {"", ".bak", ".lock", ".tmp"}) std::remove((path + suffix).c_str());
    std::printf("killed at %ld stops: %ld times the old file, %ld times the new one\n", stop, old_seen, new_seen);
    return failures == 0 ? 0 : 1;
}
#else
int main() { return 77; }
#endif
