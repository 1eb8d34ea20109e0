# SPDX-License-Identifier: MIT
# What tests, examples and benchmarks share. Never read by a project that consumes amphis.

# The interpreter that is the oracle of the pairs and runs the tools. Without one those tests are Skipped, not absent.
find_program(AMPHIS_PYTHON python3 DOC "CPython 3.11 or later")

# amphis_module_name(out file suffix): functools/lru_cache.test.cpp -> functools.lru_cache
function(amphis_module_name out file suffix)
  file(RELATIVE_PATH name ${CMAKE_CURRENT_SOURCE_DIR} ${file})
  string(REPLACE "${suffix}" "" name ${name})
  string(REPLACE "/" "." name ${name})
  set(${out} ${name} PARENT_SCOPE)
endfunction()

# amphis_python_test(name script arguments...): a ctest entry that runs tools/<script>.
function(amphis_python_test name script)
  if(AMPHIS_PYTHON)
    add_test(NAME ${name} COMMAND ${AMPHIS_PYTHON} -I -B ${PROJECT_SOURCE_DIR}/tools/${script} ${ARGN}
             WORKING_DIRECTORY ${PROJECT_SOURCE_DIR})
  else()
    add_test(NAME ${name} COMMAND ${CMAKE_COMMAND} -E echo "Skipped: no python3")
  endif()
  set_tests_properties(${name} PROPERTIES SKIP_REGULAR_EXPRESSION "^Skipped: ")
endfunction()
