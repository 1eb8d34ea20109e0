// The same manager of a file twice: as a class, and as a generator
#include <amphis/builtins.hpp>
#include <amphis/contextlib.hpp>
#include <amphis/io.hpp>

#include <unistd.h>

using namespace amphis::literals;
using amphis::enter, amphis::open, amphis::print, amphis::ValueError, amphis::with;
using File = decltype(open("", ""));

// --- As a class
struct FileManager {
    std::string name;
    std::string mode;
    std::optional<File> file = {};

    File& enter() { return file.emplace(open(name, mode)); }
    void exit() {
        file->close();
        print("closed:", file->closed());
    }
};

// --- As a generator
constexpr amphis::contextlib::contextmanager file_manager = [](std::string name, std::string mode) -> amphis::generator<File&> {
    FileManager manager{name, mode};
    auto f = enter(manager);  // left at the end of the scope
    co_yield *f;
};

int main() {
    std::string const path = "/tmp/amphis_file_manager_" + std::to_string(getpid());
    with(FileManager{path, "w"}, [](File& f) { print(f.write("Hello, world!\n")); });
    with(file_manager(path, "r"), [](File& f) { print(f.read(), "end"_k = ""); });

    // --- The file is closed after an error, too
    try {
        with(file_manager(path, "r"), [](File&) { throw ValueError("in the middle"); });
    } catch (ValueError const& e) {
        print("caught", e);
    }

    // --- What open() returns is a context manager itself
    with(open(path), [](auto& f) { print(f.readline(), "end"_k = ""); });
    unlink(path.c_str());
}
