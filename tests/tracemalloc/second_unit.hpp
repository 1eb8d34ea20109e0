// SPDX-License-Identifier: MIT
// A file that includes tracemalloc.hpp beside another one that does: operator new is defined in both.
#ifndef AMPHIS_TESTS_TRACEMALLOC_SECOND_UNIT_HPP
#define AMPHIS_TESTS_TRACEMALLOC_SECOND_UNIT_HPP

#include <memory>

std::unique_ptr<int> second_unit_block();

#endif
