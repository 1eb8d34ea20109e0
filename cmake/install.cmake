# SPDX-License-Identifier: MIT
# Headers, the CMake package and the pkg-config file; nothing depends on the architecture, so all of it goes to share/.
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

set(amphis_package_dir ${CMAKE_INSTALL_DATADIR}/cmake/amphis)

# amphis has no dependencies, so the exported target file is the whole package configuration.
install(TARGETS amphis EXPORT amphis FILE_SET HEADERS)
install(EXPORT amphis NAMESPACE amphis:: DESTINATION ${amphis_package_dir} FILE amphis-config.cmake)

write_basic_package_version_file(${PROJECT_BINARY_DIR}/amphis-config-version.cmake
                                 COMPATIBILITY SameMinorVersion ARCH_INDEPENDENT)
install(FILES ${PROJECT_BINARY_DIR}/amphis-config-version.cmake DESTINATION ${amphis_package_dir})

# ${pcfiledir} is where the .pc file lies when it is read: the installed tree can be moved.
file(RELATIVE_PATH amphis_pc_to_prefix ${CMAKE_INSTALL_FULL_DATADIR}/pkgconfig ${CMAKE_INSTALL_PREFIX})
configure_file(cmake/amphis.pc.in amphis.pc @ONLY)
install(FILES ${PROJECT_BINARY_DIR}/amphis.pc DESTINATION ${CMAKE_INSTALL_DATADIR}/pkgconfig)
