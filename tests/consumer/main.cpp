// SPDX-License-Identifier: MIT
#include <amphis/amphis.hpp>

int version_of_other_unit();

int main() {
    int const version = AMPHIS_VERSION_MAJOR * 10000 + AMPHIS_VERSION_MINOR * 100 + AMPHIS_VERSION_PATCH;
    return version == version_of_other_unit() ? 0 : 1;
}
