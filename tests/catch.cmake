# SPDX-License-Identifier: MIT
# amphis.catch: Catch2 3 when it is installed, else 2 (Debian 12), else 3 is fetched.
add_library(amphis.catch INTERFACE)
find_package(Catch2 3 QUIET)
if(NOT Catch2_FOUND)
  find_package(Catch2 2.13 QUIET)
endif()
if(NOT Catch2_FOUND)
  include(FetchContent)
  FetchContent_Declare(Catch2 URL https://github.com/catchorg/Catch2/archive/refs/tags/v3.7.1.tar.gz)
  FetchContent_MakeAvailable(Catch2)
endif()
target_link_libraries(amphis.catch INTERFACE Catch2::Catch2)
