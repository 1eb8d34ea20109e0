// SPDX-License-Identifier: MIT
// builtins: print, repr, str, format, and the functions of numbers.  Python: docs.python.org/3/library/functions.html
//
//     #include <amphis/builtins.hpp>
//     using amphis::print;
//     using namespace amphis::literals;
//
//     print("{:>8}|{:.4f}"_f("py", 3.14159), std::map<std::string, int>{{"a", 1}}, "sep"_k = "; ");
#ifndef AMPHIS_BUILTINS_HPP
#define AMPHIS_BUILTINS_HPP

#include <amphis/builtins/bytes.hpp>
#include <amphis/builtins/format.hpp>
#include <amphis/builtins/numbers.hpp>
#include <amphis/builtins/print.hpp>
#include <amphis/builtins/repr.hpp>

// What Python writes {...}, "..." and (...) without an import. <vector> would cost a third of itself more than the budget has left.
#include <map>
#include <string>
#include <tuple>

#endif  // AMPHIS_BUILTINS_HPP
