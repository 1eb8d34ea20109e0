// SPDX-License-Identifier: MIT
// try: the try statement as an expression, and except*.  Python: docs.python.org/3/reference/compound_stmts.html#the-try-statement
//
//     int n = try_([&] { return parse(s); }, except<ValueError>([] { return 0; }), finally_([] { print("done"); }));
//     expected<int> m = try_([&] { return parse(s); });                                 // the exception as a value
//     except_star([&] { run_all(); }, on<ValueError>([](ExceptionGroup const& eg) { print(eg.exceptions()); }));
//
// A C++ try block does what Python's does; this is for what it has not: else, finally, a value, except*.
#ifndef AMPHIS_LANG_TRY_HPP
#define AMPHIS_LANG_TRY_HPP

#include <amphis/lang/try/except_star.hpp>
#include <amphis/lang/try/expression.hpp>

#endif  // AMPHIS_LANG_TRY_HPP
