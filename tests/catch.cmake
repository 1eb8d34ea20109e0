# SPDX-License-Identifier: MIT
# amphis.catch: Catch2 3 when it is installed, else 2 (Debian 12), else 3 is fetched.
add_library(amphis.catch INTERFACE)
find_package(Catch2 3 QUIET)
if(NOT Catch2_FOUND)
  find_package(Catch2 2.13 QUIET)
endif()
if(NOT Catch2_FOUND)
  include(FetchContent)
  FetchContent_Declare(Catch2 GIT_REPOSITORY https://github.com/catchorg/Catch2.git
                       GIT_TAG fa43b77429ba76c462b1898d6cd2f2d7a9416b14)  # 3.7.1
  FetchContent_MakeAvailable(Catch2)
  target_compile_options(Catch2 PRIVATE -w)  # built with our flags, not judged by them
endif()
target_link_libraries(amphis.catch INTERFACE Catch2::Catch2)
