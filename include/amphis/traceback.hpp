// SPDX-License-Identifier: MIT
// traceback: exceptions as Python prints them, with causes, notes and groups.  Python: docs.python.org/3/library/traceback.html
//
//     namespace traceback = amphis::traceback;
//     try { serve(); }
//     catch (...) { traceback::print_exc(); }
//     // Traceback (most recent call last):
//     //   File "load.cpp", line 12, in load
//     // KeyError: 'port'
//     //
//     // The above exception was the direct cause of the following exception:
//     //
//     // Traceback (most recent call last):
//     //   File "main.cpp", line 30, in serve
//     // RuntimeError: bad configuration
#ifndef AMPHIS_TRACEBACK_HPP
#define AMPHIS_TRACEBACK_HPP

#include <amphis/traceback/format.hpp>
#include <amphis/traceback/stack.hpp>

#endif  // AMPHIS_TRACEBACK_HPP
