# SPDX-License-Identifier: MIT
# amphis.single_header: an include directory in which every amphis/*.hpp is the generated single header.
if(NOT AMPHIS_PYTHON)
  message(FATAL_ERROR "AMPHIS_SINGLE_HEADER needs python3")
endif()

set(single_dir ${CMAKE_CURRENT_BINARY_DIR}/single_header)
set(single ${single_dir}/amphis/amphis.hpp)
add_custom_command(OUTPUT ${single} DEPENDS ${amphis_headers} ${PROJECT_SOURCE_DIR}/tools/amalgamate.py
                   COMMAND ${AMPHIS_PYTHON} -I ${PROJECT_SOURCE_DIR}/tools/amalgamate.py ${single})
add_custom_target(amphis.single_header.file DEPENDS ${single})

foreach(header IN LISTS amphis_headers)
  file(RELATIVE_PATH name ${PROJECT_SOURCE_DIR}/include ${header})
  if(name MATCHES "^amphis/tracemalloc")  # opt-in: tools/layers.py
    configure_file(${header} ${single_dir}/${name} COPYONLY)
  elseif(NOT name STREQUAL "amphis/amphis.hpp")
    file(CONFIGURE OUTPUT ${single_dir}/${name} CONTENT "#include <amphis/amphis.hpp>\n")
  endif()
endforeach()

add_library(amphis.single_header INTERFACE)
add_dependencies(amphis.single_header amphis.single_header.file)
target_compile_features(amphis.single_header INTERFACE cxx_std_20)
target_include_directories(amphis.single_header INTERFACE ${single_dir})
