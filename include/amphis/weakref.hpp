// SPDX-License-Identifier: MIT
// weakref: references that do not keep their objects alive.
// Python: docs.python.org/3/library/weakref.html
//
//     auto w = weakref::ref(node, [](auto const&) { print("gone"); });
//     w()->name;                                                  // while it is there
//     node = nullptr;                                             // gone
//     w() == nullptr;                                             // True
#ifndef AMPHIS_WEAKREF_HPP
#define AMPHIS_WEAKREF_HPP

#include <amphis/weakref/dictionaries.hpp>
#include <amphis/weakref/finalize.hpp>
#include <amphis/weakref/method.hpp>
#include <amphis/weakref/proxy.hpp>
#include <amphis/weakref/ref.hpp>
#include <amphis/weakref/set.hpp>

#endif  // AMPHIS_WEAKREF_HPP
