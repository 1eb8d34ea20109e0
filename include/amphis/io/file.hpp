// SPDX-License-Identifier: MIT
// io/file: File, what open() returns.  Python: docs.python.org/3/library/io.html
#ifndef AMPHIS_IO_FILE_HPP
#define AMPHIS_IO_FILE_HPP

#include <amphis/io/file/opening.hpp>
#include <amphis/io/file/reading.hpp>
#include <amphis/io/file/type.hpp>
#include <amphis/io/file/writing.hpp>

#endif  // AMPHIS_IO_FILE_HPP
