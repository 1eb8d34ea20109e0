# SPDX-License-Identifier: MIT
# What is tested beside the behaviour: layers, budgets, names, the package. Run in the `test` preset only.

# hostile.cpp compiles, or it does not.
set(includes "")
foreach(header IN LISTS amphis_headers)
  file(RELATIVE_PATH name ${PROJECT_SOURCE_DIR}/include ${header})
  string(PREPEND includes "#include <${name}>\n")
endforeach()
file(CONFIGURE OUTPUT hostile_amphis.inc CONTENT "${includes}" @ONLY)
add_library(amphis.tests.hostile OBJECT hostile.cpp)
target_include_directories(amphis.tests.hostile PRIVATE ${CMAKE_CURRENT_BINARY_DIR})
target_link_libraries(amphis.tests.hostile PRIVATE amphis::amphis)

# The single header can be made, and compiles; the preset `single-header` runs all tests on it.
if(AMPHIS_PYTHON AND NOT AMPHIS_SINGLE_HEADER)
  include(single_header.cmake)
  add_library(amphis.tests.single_header OBJECT support/odr.cpp)
  target_link_libraries(amphis.tests.single_header PRIVATE amphis.single_header)
endif()

amphis_python_test(check.layers layers.py)
amphis_python_test(check.quotes quotes.py)
amphis_python_test(check.mutants mutants.py --check)
amphis_python_test(check.include_cost include_cost.py ${CMAKE_CXX_COMPILER})
set_tests_properties(check.include_cost PROPERTIES RUN_SERIAL ON)
set_property(TEST check.layers check.quotes check.mutants check.include_cost APPEND PROPERTY LABELS check)

add_subdirectory(${PROJECT_SOURCE_DIR}/bench/gates ${PROJECT_BINARY_DIR}/bench/gates)

# The package, used by another project in each of the ways the README names.
if(AMPHIS_INSTALL)
  foreach(via install find_package refused pkg-config add_subdirectory FetchContent)
    add_test(NAME consumer.${via}
             COMMAND ${CMAKE_COMMAND} -DVIA=${via} -DSOURCE=${PROJECT_SOURCE_DIR} -DBUILD=${PROJECT_BINARY_DIR}
                     -DSCRATCH=${CMAKE_CURRENT_BINARY_DIR}/consumer -DCXX=${CMAKE_CXX_COMPILER} -DVERSION=${PROJECT_VERSION}
                     -P ${CMAKE_CURRENT_SOURCE_DIR}/consumer/check.cmake)
    set_tests_properties(consumer.${via} PROPERTIES LABELS check)
  endforeach()
  set_tests_properties(consumer.install PROPERTIES FIXTURES_SETUP installed)
  set_tests_properties(consumer.find_package consumer.refused consumer.pkg-config PROPERTIES FIXTURES_REQUIRED installed)
  find_program(AMPHIS_PKG_CONFIG pkg-config)
  if(NOT AMPHIS_PKG_CONFIG)
    set_tests_properties(consumer.pkg-config PROPERTIES SKIP_REGULAR_EXPRESSION "Could NOT find PkgConfig")
  endif()
endif()
