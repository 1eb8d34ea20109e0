// SPDX-License-Identifier: MIT
// exceptions: Python's exception classes, rooted in std::exception.  Python: docs.python.org/3/library/exceptions.html
//
//     throw ValueError("Radius cannot be negative");
//     catch (ValueError const& e) { print(e.type_name(), e); }                    // ValueError Radius cannot be negative
//     struct MyError : exception<"MyError", ValueError> { using exception::exception; };
//     raise_os_error(errno, "x.txt");                                              // FileNotFoundError, PermissionError, ...
//     expected<int> parse(std::string_view s) { if (s.empty()) return ValueError("nothing to parse"); ... }     // not thrown
//
//     BaseException                             Exception (the rest of it)
//     +-- BaseExceptionGroup                    +-- MemoryError
//     +-- GeneratorExit                         +-- NameError
//     +-- KeyboardInterrupt                     |   +-- UnboundLocalError
//     +-- SystemExit                            +-- OSError (EnvironmentError, IOError)
//     +-- Exception                             |   +-- BlockingIOError
//         +-- ArithmeticError                   |   +-- ChildProcessError
//         |   +-- FloatingPointError            |   +-- ConnectionError
//         |   +-- OverflowError                 |   |   +-- BrokenPipeError, ConnectionAbortedError,
//         |   +-- ZeroDivisionError             |   |       ConnectionRefusedError, ConnectionResetError
//         +-- AssertionError                    |   +-- FileExistsError, FileNotFoundError, InterruptedError, IsADirectoryError,
//         +-- AttributeError, BufferError       |       NotADirectoryError, PermissionError, ProcessLookupError, TimeoutError
//         +-- EOFError, ExceptionGroup          +-- ReferenceError
//         +-- ImportError                       +-- RuntimeError
//         |   +-- ModuleNotFoundError           |   +-- NotImplementedError, RecursionError
//         +-- LookupError                       +-- StopIteration, StopAsyncIteration
//         |   +-- IndexError, KeyError          +-- SyntaxError > IndentationError > TabError
//         +-- SystemError, TypeError            +-- ValueError > UnicodeError > UnicodeDecodeError, UnicodeEncodeError,
//         +-- Warning and its classes                                          UnicodeTranslateError
#ifndef AMPHIS_LANG_EXCEPTIONS_HPP
#define AMPHIS_LANG_EXCEPTIONS_HPP

#include <amphis/lang/exceptions/base.hpp>
#include <amphis/lang/exceptions/expected.hpp>
#include <amphis/lang/exceptions/group.hpp>
#include <amphis/lang/exceptions/hierarchy.hpp>
#include <amphis/lang/exceptions/info.hpp>
#include <amphis/lang/exceptions/os_error.hpp>
#include <amphis/lang/exceptions/unicode.hpp>

#endif  // AMPHIS_LANG_EXCEPTIONS_HPP
