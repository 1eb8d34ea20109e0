// SPDX-License-Identifier: MIT
// sys: what Python's interpreter tells about itself: getrefcount, intern, getallocatedblocks, _debugmallocstats.
// Python: docs.python.org/3/library/sys.html
#ifndef AMPHIS_SYS_HPP
#define AMPHIS_SYS_HPP

#include <amphis/gc.hpp>
#include <amphis/gc/heap_stats.hpp>
#include <amphis/sys/intern.hpp>

#endif  // AMPHIS_SYS_HPP
