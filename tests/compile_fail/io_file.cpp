// error: amphis: write\(\) takes a string, or bytes: use str\(x\), or print\(x, "file"_k = f\)
// error: amphis: writelines\(\) takes a range of strings
// error: amphis: readinto\(\) takes a buffer of bytes that can be written: a std::vector<char>, a std::array, a std::span
// error: amphis: write\(\) takes a string: use str\(x\), or print\(x, "file"_k = f\)
// error: amphis: StringIO\(\) takes a string, or None
// error: amphis: write\(\) takes bytes, or a string that holds them
// SPDX-License-Identifier: MIT
// What files do not take.
#include <amphis/io.hpp>

#include <string>
#include <vector>

int main() {
    auto f = amphis::open("x", "w");
    amphis::io::StringIO memo;
    amphis::io::BytesIO data;
    std::vector<char> buffer(8);
    std::vector<int> const numbers(8);
#ifdef AMPHIS_OK
    f.write("x");
    f.writelines(std::vector<std::string>());
    f.readinto(buffer);
    memo.write(std::string());
    data.write("x");
#else
    f.write(1);
    f.writelines(numbers);
    f.readinto(numbers);
    memo.write(1);
    amphis::io::StringIO other(1);
    data.write(1);
#endif
}
