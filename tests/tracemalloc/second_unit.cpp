// SPDX-License-Identifier: MIT
#include <amphis/tracemalloc.hpp>

#include "tracemalloc/second_unit.hpp"

std::unique_ptr<int> second_unit_block() { return std::unique_ptr<int>(new int(1)); }
