// SPDX-License-Identifier: MIT
// contextlib: with, and the tools for context managers.  Python: docs.python.org/3/library/contextlib.html
//
//     with(open("x.txt"), [](auto& f) { for (auto&& line : f) print(line, "end"_k = ""); });
//     with(contextlib::suppress<KeyError>(), [] { throw KeyError("x"); });
//
// The asynchronous ones (asynccontextmanager, AsyncExitStack, aclosing) belong to asyncio.
#ifndef AMPHIS_CONTEXTLIB_HPP
#define AMPHIS_CONTEXTLIB_HPP

#include <amphis/contextlib/contextmanager.hpp>
#include <amphis/contextlib/exit_stack.hpp>
#include <amphis/contextlib/managers.hpp>
#include <amphis/contextlib/with.hpp>

#endif  // AMPHIS_CONTEXTLIB_HPP
