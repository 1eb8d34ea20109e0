// error: amphis: open\(\) takes a path, which is a string or has c_str\(\), or a file descriptor
// error: amphis: open\(\) has only the keywords mode, buffering, encoding, errors, newline and closefd
// error: amphis: positional argument follows keyword argument in open\(\)
// error: amphis: open\(\) takes a file, a mode and buffering by position, the others by keyword
// error: amphis: keyword argument repeated in open\(\)
// error: amphis: open\(\): mode is a string such as "r", "w" or "rb"
// error: amphis: open\(\): encoding, errors and newline are strings, or None
// error: amphis: open\(\): buffering is an int: 0, 1, a size in bytes, or -1
// SPDX-License-Identifier: MIT
// Calls of open that Python refuses, too.
#include <amphis/io.hpp>

using namespace amphis::literals;

int main() {
#ifdef AMPHIS_OK
    amphis::open("x", "r", 1, "encoding"_k = "utf-8", "errors"_k = amphis::None, "newline"_k = "");
    amphis::open(0, "mode"_k = "r", "closefd"_k = false);
#else
    amphis::open(1.5);
    amphis::open("x", "how"_k = "r");
    amphis::open("x", "mode"_k = "r", 1);
    amphis::open("x", "r", 1, "utf-8");
    amphis::open("x", "r", "mode"_k = "r");
    amphis::open("x", "mode"_k = 1);
    amphis::open("x", "encoding"_k = 8);
    amphis::open("x", "buffering"_k = "1");
#endif
}
