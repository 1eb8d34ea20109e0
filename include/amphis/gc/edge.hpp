// SPDX-License-Identifier: MIT
// gc/edge: what the collector sees of the pointers in an object.
#ifndef AMPHIS_GC_EDGE_HPP
#define AMPHIS_GC_EDGE_HPP

#include <amphis/config.hpp>

#include <cstddef>

namespace amphis::inline v0 {
namespace detail::gc {

/// The base of gc::ptr<T>, which adds nothing to it: the address of an object that was made by gc::make(), or null.
struct edge {
    void* object = nullptr;
};
/// The base of gc::member_ptr<T>: the address of a part of such an object, which it keeps alive, or null.
struct part_edge {
    void* part = nullptr;
};

}  // namespace detail::gc

namespace gc {

template <class T>
class ptr;
template <class T>
class member_ptr;

}  // namespace gc
}  // namespace amphis::inline v0

#endif  // AMPHIS_GC_EDGE_HPP
