// string_io: files in memory
#include <amphis/builtins.hpp>
#include <amphis/io.hpp>

#include <string>

namespace io = amphis::io;
using amphis::bytes, amphis::print, amphis::repr;
using namespace amphis::literals;

int main() {
    // --- What is printed into it stays there
    io::StringIO memo;
    print("x =", 3, "file"_k = memo);
    memo.write("caf\u00e9\n");
    print(repr(memo.getvalue()), memo.tell());

    // --- It is read as any file
    memo.seek(0);
    auto const line = memo.readline(), part = memo.read(2), rest = memo.read();
    print(repr(line), repr(part), repr(rest), repr(memo.read()));
    for (auto&& each : io::StringIO("one\ntwo\n")) print("-", each, "end"_k = "");

    // --- Writing in the middle, and beyond the end
    io::StringIO text("h\u00e9llo");
    text.seek(1);
    text.write("EL");
    print(text.getvalue(), text.tell());
    text.seek(7);
    text.write("!");
    print(repr(text.getvalue()));
    auto const size = text.truncate(3);
    print(size, repr(text.getvalue()));

    // --- Newlines
    io::StringIO dos("a\nb\n", "newline"_k = "\r\n");
    print(dos.readlines());

    // --- Bytes
    io::BytesIO data("\x00\x01\x02\x03"_b);
    auto const head = data.read(2);
    auto const place = data.seek(-1, 2);
    auto const written = data.write("\xff\xfe"_b);
    auto const& all = data.getvalue();
    print(bytes(head.data(), head.size()), place, written, bytes(all.data(), all.size()));

    // --- Closed
    memo.close();
    try {
        memo.write("x");
    } catch (amphis::ValueError const& e) {
        print(e);
    }
}
