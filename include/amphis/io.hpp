// SPDX-License-Identifier: MIT
// io: files, and files in memory.  Python: docs.python.org/3/library/io.html
//
//     #include <amphis/io.hpp>
//
//     for (auto&& line : amphis::open("x.txt")) print(line, "end"_k = "");
//     amphis::io::StringIO memo;
//     print("kept", "file"_k = memo);
#ifndef AMPHIS_IO_HPP
#define AMPHIS_IO_HPP

#include <amphis/io/bytes_io.hpp>
#include <amphis/io/file.hpp>
#include <amphis/io/open.hpp>
#include <amphis/io/string_io.hpp>

#endif  // AMPHIS_IO_HPP
