// SPDX-License-Identifier: MIT
// An operator new that a program brings itself.
#ifndef AMPHIS_TESTS_TRACEMALLOC_OWN_NEW_HPP
#define AMPHIS_TESTS_TRACEMALLOC_OWN_NEW_HPP

#include <cstddef>

/// False under a sanitizer, which tells tracemalloc of all blocks, whatever operator new there is.
bool own_new_is_there();
std::size_t own_allocations();

#endif
