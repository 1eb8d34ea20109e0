// SPDX-License-Identifier: MIT
// exceptions: Python's exception classes, rooted in std::exception.  Python: docs.python.org/3/library/exceptions.html
//
//     throw ValueError("Radius cannot be negative");
//     catch (ValueError const& e) { print(e.type_name(), e); }                    // ValueError Radius cannot be negative
//     struct MyError : exception<"MyError", ValueError> { using exception::exception; };
//     raise_os_error(errno, "x.txt");                                              // FileNotFoundError, PermissionError, ...
//
//     BaseException                             Exception (the rest of it)
//     +-- GeneratorExit                         +-- MemoryError
//     +-- KeyboardInterrupt                     +-- NameError
//     +-- SystemExit                            |   +-- UnboundLocalError
//     +-- Exception                             +-- OSError (EnvironmentError, IOError)
//         +-- ArithmeticError                   |   +-- BlockingIOError
//         |   +-- FloatingPointError            |   +-- ChildProcessError
//         |   +-- OverflowError                 |   +-- ConnectionError
//         |   +-- ZeroDivisionError             |   |   +-- BrokenPipeError, ConnectionAbortedError,
//         +-- AssertionError                    |   |       ConnectionRefusedError, ConnectionResetError
//         +-- AttributeError                    |   +-- FileExistsError, FileNotFoundError, InterruptedError, IsADirectoryError,
//         +-- BufferError                       |       NotADirectoryError, PermissionError, ProcessLookupError, TimeoutError
//         +-- EOFError                          +-- ReferenceError
//         +-- ImportError                       +-- RuntimeError
//         |   +-- ModuleNotFoundError           |   +-- NotImplementedError, RecursionError
//         +-- LookupError                       +-- StopIteration, StopAsyncIteration
//         |   +-- IndexError, KeyError          +-- SyntaxError > IndentationError > TabError
//         +-- SystemError, TypeError            +-- ValueError > UnicodeError > UnicodeDecodeError, UnicodeEncodeError,
//         +-- Warning and its classes                                          UnicodeTranslateError
#ifndef AMPHIS_LANG_EXCEPTIONS_HPP
#define AMPHIS_LANG_EXCEPTIONS_HPP

#include <amphis/lang/exceptions/base.hpp>
#include <amphis/lang/exceptions/hierarchy.hpp>
#include <amphis/lang/exceptions/info.hpp>
#include <amphis/lang/exceptions/os_error.hpp>
#include <amphis/lang/exceptions/unicode.hpp>

#endif  // AMPHIS_LANG_EXCEPTIONS_HPP
