// SPDX-License-Identifier: MIT
// gc: pointers that count references, and a collector for the cycles.
// Python: docs.python.org/3/library/gc.html
//
//     struct Node { std::string name{}; gc::ptr<Node> next{}; };     // no base, no macro
//     auto a = gc::make<Node>("a");
//     a->next = a;
//     a = nullptr;
//     gc::collect();                                                // 1
#ifndef AMPHIS_GC_HPP
#define AMPHIS_GC_HPP

#include <amphis/gc/collector.hpp>
#include <amphis/gc/edge.hpp>
#include <amphis/gc/heap.hpp>
#include <amphis/gc/incremental.hpp>
#include <amphis/gc/module.hpp>
#include <amphis/gc/poison.hpp>
#include <amphis/gc/private_heap.hpp>
#include <amphis/gc/ptr.hpp>
#include <amphis/gc/sequence.hpp>
#include <amphis/gc/slab.hpp>
#include <amphis/gc/traverse.hpp>
#include <amphis/gc/type.hpp>
#include <amphis/gc/weak.hpp>

#endif  // AMPHIS_GC_HPP
