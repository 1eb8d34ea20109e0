// SPDX-License-Identifier: MIT
// sys: what the interpreter tells about itself: getrefcount, intern, getallocatedblocks.
// Python: docs.python.org/3/library/sys.html
#ifndef AMPHIS_SYS_HPP
#define AMPHIS_SYS_HPP

#include <amphis/gc.hpp>
#include <amphis/sys/intern.hpp>

#endif  // AMPHIS_SYS_HPP
