// SPDX-License-Identifier: MIT
// version: the one place that names the library's version; CMake parses these lines.
#ifndef AMPHIS_VERSION_HPP
#define AMPHIS_VERSION_HPP

#define AMPHIS_VERSION_MAJOR 0
#define AMPHIS_VERSION_MINOR 1
#define AMPHIS_VERSION_PATCH 0

#endif  // AMPHIS_VERSION_HPP
