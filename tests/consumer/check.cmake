# SPDX-License-Identifier: MIT
# cmake -DVIA=... -DSOURCE=<amphis> -DBUILD=<build of amphis> -DSCRATCH=<dir> -DCXX=<compiler> -DVERSION=<its version> -P check.cmake
# VIA=install makes the installed tree, moved after it was installed, which find_package and pkg-config then use.
set(prefix ${SCRATCH}/moved)

function(run)
  execute_process(COMMAND ${ARGN} RESULT_VARIABLE status OUTPUT_VARIABLE output ERROR_VARIABLE output)
  if(status)
    list(JOIN ARGN " " command)
    message(FATAL_ERROR "${command}\n${output}")
  endif()
endfunction()

if(VIA STREQUAL "install")
  file(REMOVE_RECURSE ${SCRATCH})
  run(${CMAKE_COMMAND} --install ${BUILD} --prefix ${SCRATCH}/first)
  file(RENAME ${SCRATCH}/first ${prefix})
  # Nothing remembers where it was installed, or built.
  file(GLOB_RECURSE files ${prefix}/share/*)
  foreach(file IN LISTS files)
    file(STRINGS ${file} found REGEX "${SCRATCH}|${BUILD}|${SOURCE}")
    if(found)
      message(FATAL_ERROR "${file} cannot be moved: ${found}")
    endif()
  endforeach()
  return()
endif()

set(ENV{PKG_CONFIG_PATH} ${prefix}/share/pkgconfig)
set(consumer ${CMAKE_CURRENT_LIST_DIR})
set(configure ${CMAKE_COMMAND} -G Ninja -DCMAKE_CXX_COMPILER=${CXX} -DCMAKE_PREFIX_PATH=${prefix} -DAMPHIS_SOURCE=${SOURCE} -S ${consumer})

if(VIA STREQUAL "refused")
  string(REGEX MATCH "^[0-9]+" major ${VERSION})
  math(EXPR next "${major} + 1")
  foreach(wanted ${next}.0 ${major}.99)
    execute_process(COMMAND ${configure} -B ${SCRATCH}/refused-${wanted} -DAMPHIS_VIA=find_package -DAMPHIS_WANTED=${wanted}
                    RESULT_VARIABLE status OUTPUT_QUIET ERROR_VARIABLE output)
    if(NOT status OR NOT output MATCHES "version: ${VERSION}")
      message(FATAL_ERROR "find_package(amphis ${wanted}) is not refused by version ${VERSION}\n${output}")
    endif()
  endforeach()
  return()
endif()

set(build ${SCRATCH}/${VIA})
file(REMOVE_RECURSE ${build})
run(${configure} -B ${build} -DAMPHIS_VIA=${VIA} -DAMPHIS_WANTED=${VERSION})
run(${CMAKE_COMMAND} --build ${build})
run(${build}/consumer)
