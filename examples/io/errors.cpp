// errors: files that cannot be opened or written, and a file that is replaced in one step
#include <amphis/builtins.hpp>
#include <amphis/contextlib.hpp>
#include <amphis/io.hpp>
#include <amphis/os.hpp>

#include <cstdlib>
#include <string>
#include <unistd.h>
#include <utility>

namespace os = amphis::os;
using amphis::open, amphis::print, amphis::with;
using namespace amphis::literals;

void report(auto call) {
    try {
        call();
    } catch (amphis::Exception const& e) {
        print(e.type_name(), e, "sep"_k = ": ");
    }
}

void save(std::string const& name, std::string const& text) {
    with(open(name + ".new", "w"), [&](auto& f) {
        f.write(text);
        f.flush();
        os::fsync(f);
    });
    os::replace(name + ".new", name);
}

int main() {
    char folder[] = "/tmp/amphis_XXXXXX";
    if (mkdtemp(folder) == nullptr || chdir(folder) != 0) return 1;

    // --- What open refuses
    open("here.txt", "w").close();
    for (auto [name, mode] : {std::pair{"missing.txt", "r"}, {"here.txt", "x"}, {".", "w"}, {"here.txt/x", "r"}, {"here.txt", "rw"}}) {
        report([&] { open(name, mode); });
    }

    // --- What a file refuses
    auto f = open("here.txt");
    report([&] { f.write("x"); });
    f.close();
    try { print(f.read()); } catch (amphis::ValueError const& e) { print(e); }

    // --- A full disk is told, at the latest when the file is closed
    auto full = open("/dev/full", "w");
    try { with(full, [](auto& file) { file.write("a line\n"); }); } catch (amphis::OSError const& e) { print(e, e.errno_(), full.closed()); }

    // --- Replace a file in one step: at every moment there is a whole one
    save("here.txt", "new content\n");
    print(open("here.txt").read(), os::path::exists("here.txt.new"), "sep"_k = "");
    try { os::replace("missing.txt", "here.txt"); } catch (amphis::FileNotFoundError const& e) { print(e); }
}
