// SPDX-License-Identifier: MIT
#include <amphis/amphis.hpp>

int version_of_other_unit();
int version_of_other_unit() {
    return AMPHIS_VERSION_MAJOR * 10000 + AMPHIS_VERSION_MINOR * 100 + AMPHIS_VERSION_PATCH;
}
