// SPDX-License-Identifier: MIT
// builtins: print, repr, str, format, numbers, and iteration.  Python: docs.python.org/3/library/functions.html
//
//     #include <amphis/builtins.hpp>
//     using amphis::print, amphis::range, amphis::zip;
//     using namespace amphis::literals;
//
//     print("{:>8}|{:.4f}"_f("py", 3.14159), std::map<std::string, int>{{"a", 1}}, "sep"_k = "; ");
//     for (auto [i, c] : zip(range(3), "abc")) print(i, c);
#ifndef AMPHIS_BUILTINS_HPP
#define AMPHIS_BUILTINS_HPP

#include <amphis/builtins/bytes.hpp>
#include <amphis/builtins/comprehension.hpp>
#include <amphis/builtins/containers.hpp>
#include <amphis/builtins/format.hpp>
#include <amphis/builtins/iter.hpp>
#include <amphis/builtins/map.hpp>
#include <amphis/builtins/numbers.hpp>
#include <amphis/builtins/print.hpp>
#include <amphis/builtins/range.hpp>
#include <amphis/builtins/reductions.hpp>
#include <amphis/builtins/repr.hpp>
#include <amphis/builtins/slices.hpp>
#include <amphis/builtins/sorted.hpp>
#include <amphis/builtins/zip.hpp>

// What Python writes [...], {...}, "..." and (...) without an import.
#include <map>
#include <string>
#include <tuple>
#include <vector>

#endif  // AMPHIS_BUILTINS_HPP
