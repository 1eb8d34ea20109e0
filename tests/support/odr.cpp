// SPDX-License-Identifier: MIT
// The second translation unit of every test program: all of amphis, so that a definition which is not inline,
// or differs between units, shows when it is linked.
#include <amphis/amphis.hpp>

namespace amphis_odr {
int second_unit();
int second_unit() { return 2; }
}  // namespace amphis_odr
