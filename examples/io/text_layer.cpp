// text_layer: encodings, what is done about bytes that are no text, and newlines
#include <amphis/builtins.hpp>
#include <amphis/contextlib.hpp>
#include <amphis/io.hpp>
#include <amphis/os.hpp>

#include <cstdlib>
#include <string>
#include <unistd.h>

namespace os = amphis::os;
using amphis::bytes, amphis::None, amphis::open, amphis::print, amphis::with;
using namespace amphis::literals;

void put(bytes const& data) {
    with(open("x.txt", "wb"), [&](auto& f) { f.write(data); });
}

int main() {
    char folder[] = "/tmp/amphis_XXXXXX";
    if (mkdtemp(folder) == nullptr || chdir(folder) != 0) return 1;

    // --- A character is not a byte
    with(open("x.txt", "w", "encoding"_k = "utf-8"), [](auto& f) { print(f.write("na\u00efve caf\u00e9"), os::path::exists("x.txt")); });
    print(os::path::getsize("x.txt"));
    with(open("x.txt", "encoding"_k = "utf-8"), [](auto& f) {
        auto const head = f.read(3);
        auto const place = f.tell();
        print(head, place, f.read());
    });

    // --- Other encodings
    put("caf\xe9"_b);
    print(open("x.txt", "encoding"_k = "latin-1").read());
    with(open("x.txt", "w", "encoding"_k = "ascii", "errors"_k = "backslashreplace"), [](auto& f) { f.write("5 \u20ac"); });
    print(open("x.txt").read());

    // --- Bytes that are no text
    put("caf\xe9!"_b);
    for (auto errors : {"ignore", "replace", "backslashreplace"}) print(open("x.txt", "errors"_k = errors).read());
    try {
        print(open("x.txt").read());
    } catch (amphis::UnicodeDecodeError const& e) {
        print(e);
    }

    // --- Newlines
    put("dos\r\nunix\nmac\r"_b);
    auto const show = [](auto& f) {
        auto const lines = f.readlines();
        print(lines, f.newlines());
    };
    with(open("x.txt", "newline"_k = None), show);
    with(open("x.txt", "newline"_k = ""), show);
    with(open("x.txt", "newline"_k = "\n"), show);
    with(open("x.txt", "w", "newline"_k = "\r\n"), [](auto& f) { f.write("one\ntwo\n"); });
    std::string const written = open("x.txt", "rb").read();
    print(bytes(written.data(), written.size()));
}
