# What `cmake --install` puts where for users of the library, and the .deb of everything.
include(CMakePackageConfigHelpers)

set(PAR_CMAKE_DIR ${CMAKE_INSTALL_LIBDIR}/cmake/par)

install(TARGETS par EXPORT par_targets)
install(EXPORT par_targets FILE par-targets.cmake NAMESPACE par:: DESTINATION ${PAR_CMAKE_DIR})
install(DIRECTORY ${PROJECT_SOURCE_DIR}/libpar/include/par
        DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} PATTERN tbb EXCLUDE PATTERN processes EXCLUDE)

# par::tbb in an export set of its own, so that users of par::par need no oneTBB.
if(TARGET par_tbb)
  install(TARGETS par_tbb EXPORT par_tbb_targets)
  install(EXPORT par_tbb_targets FILE par-tbb-targets.cmake NAMESPACE par::
          DESTINATION ${PAR_CMAKE_DIR})
  install(DIRECTORY ${PROJECT_SOURCE_DIR}/libpar/include/par/tbb
          DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/par)
endif()

# The same for par::processes, cereal and Nettle.
if(TARGET par_processes)
  install(TARGETS par_processes EXPORT par_processes_targets)
  install(EXPORT par_processes_targets FILE par-processes-targets.cmake NAMESPACE par::
          DESTINATION ${PAR_CMAKE_DIR})
  install(DIRECTORY ${PROJECT_SOURCE_DIR}/libpar/include/par/processes
          DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/par)
  install(FILES ${CMAKE_CURRENT_LIST_DIR}/FindNettle.cmake DESTINATION ${PAR_CMAKE_DIR})
endif()

configure_package_config_file(
  ${CMAKE_CURRENT_LIST_DIR}/par-config.cmake.in ${CMAKE_BINARY_DIR}/par-config.cmake
  INSTALL_DESTINATION ${PAR_CMAKE_DIR})
write_basic_package_version_file(
  ${CMAKE_BINARY_DIR}/par-config-version.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${CMAKE_BINARY_DIR}/par-config.cmake ${CMAKE_BINARY_DIR}/par-config-version.cmake
        DESTINATION ${PAR_CMAKE_DIR})

configure_file(${CMAKE_CURRENT_LIST_DIR}/par.pc.in ${CMAKE_BINARY_DIR}/par.pc @ONLY)
install(FILES ${CMAKE_BINARY_DIR}/par.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME par-toolkit)
set(CPACK_PACKAGE_CONTACT "the par authors")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY ${PROJECT_DESCRIPTION})
set(CPACK_PACKAGE_DIRECTORY ${CMAKE_BINARY_DIR}/package)
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_RESOURCE_FILE_LICENSE ${PROJECT_SOURCE_DIR}/LICENSE)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION utils)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS "libexpected-dev")
include(CPack)
