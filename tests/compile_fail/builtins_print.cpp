// error: amphis: positional argument follows keyword argument in print\(\)
// error: amphis: print\(\) has only the keywords sep, end, file and flush
// error: amphis: keyword argument repeated in print\(\)
// error: amphis: print's sep and end are strings, or None
// error: amphis: print's file is a FILE\*, or an object with write\(std::string_view\) or write\(char const\*, count\)
// error: amphis: print was told to flush, but its file has no flush\(\)
// SPDX-License-Identifier: MIT
// Calls of print that Python refuses, too.
#include <amphis/builtins/print.hpp>

using amphis::print;
using namespace amphis::literals;

struct write_only {
    void write(std::string_view) {}
};

int main() {
    write_only file;
    int number = 1;
#ifdef AMPHIS_OK
    print(1, 2, "sep"_k = "", "file"_k = file);
    print(number);
#else
    print("sep"_k = "", 1);
    print(1, "separator"_k = "");
    print(1, "end"_k = "", "end"_k = "");
    print(1, "sep"_k = 3);
    print(1, "file"_k = number);
    print(1, "file"_k = file, "flush"_k = true);
#endif
}
