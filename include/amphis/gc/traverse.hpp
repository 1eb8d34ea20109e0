// SPDX-License-Identifier: MIT
// gc/traverse: finds the gc pointers in an object, without its class saying where they are.
//
// A class falls into one of the kinds below, by its shape and never by including its header; what it is made of follows from its kind, and
// all else from that: which pointers it holds, which of them stand at the same place in each object, what they lead to, what they are called.
//
// What is found is owned by the object, and by it alone: a pointer that is missed can leak, one that is reported twice would be freed too
// early. So views, iterators, std::shared_ptr, std::function and std::any are not looked into.
#ifndef AMPHIS_GC_TRAVERSE_HPP
#define AMPHIS_GC_TRAVERSE_HPP

#include <amphis/config.hpp>
#include <amphis/gc/edge.hpp>
#include <amphis/gc/traverse/acyclic.hpp>
#include <amphis/gc/traverse/holds.hpp>
#include <amphis/gc/traverse/kind.hpp>
#include <amphis/gc/traverse/name.hpp>
#include <amphis/gc/traverse/walk.hpp>

#endif  // AMPHIS_GC_TRAVERSE_HPP
