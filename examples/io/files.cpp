// files: writing, reading by lines, appending, changing, and bytes
#include <amphis/builtins.hpp>
#include <amphis/contextlib.hpp>
#include <amphis/io.hpp>
#include <amphis/os.hpp>

#include <cstdlib>
#include <unistd.h>
#include <vector>

namespace os = amphis::os;
using amphis::bytes, amphis::enumerate, amphis::len, amphis::print, amphis::repr, amphis::with;
using namespace amphis::literals;

int main() {
    char folder[] = "/tmp/amphis_XXXXXX";
    if (mkdtemp(folder) == nullptr || chdir(folder) != 0) return 1;

    // --- Write, and read it again
    with(amphis::open("notes.txt", "w"), [](auto& f) {
        auto const written = f.write("first line\n");
        print(written, f.tell());
        print("second", 2, "sep"_k = " line ", "file"_k = f);
        f.writelines(std::vector{"third\n", "fourth\n"});
    });
    with(amphis::open("notes.txt"), [](auto& f) {
        for (auto&& [number, line] : enumerate(f, 1)) print(number, line, "end"_k = "");
    });

    // --- Append, and go to a place in it
    with(amphis::open("notes.txt", "a+"), [](auto& f) {
        f.write("fifth\n");
        f.seek(0);
        auto const line = f.readline();
        auto const place = f.tell();
        print(repr(line), place, len(f.readlines()));
    });

    // --- Change it in place
    auto f = amphis::open("notes.txt", "r+");
    with(f, [](auto& file) {
        file.write("FIRST");
        file.seek(11);
        auto const word = file.read(6);
        print(repr(word), file.truncate(file.tell()), file.closed());
    });
    print(f.closed(), os::path::getsize("notes.txt"));

    // --- Bytes
    with(amphis::open("data.bin", "wb"), [](auto& file) { print(file.write("\x89PNG\r\n\xff"_b)); });
    with(amphis::open("data.bin", "rb"), [](auto& file) {
        auto const head = file.read(4);
        auto const place = file.seek(-1, 2);
        print(bytes(head.data(), head.size()), place, bytes(file.read().data(), 1));
    });
}
