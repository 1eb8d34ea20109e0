// SPDX-License-Identifier: MIT
// The second translation unit of every test program: all of amphis, so that a definition which is not inline,
// or differs between units, shows when it is linked.
#if __has_include(<amphis/amphis.hpp>)
#include <amphis/amphis.hpp>
#endif

namespace amphis_odr {
int second_unit();
int second_unit() { return 2; }
}  // namespace amphis_odr
