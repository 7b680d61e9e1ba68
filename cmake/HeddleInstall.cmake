# What `cmake --install` gives beside the targets' own install rules:
# find_package(heddle) -> heddle::runtime, heddle.pc, the documents.
include(CMakePackageConfigHelpers)

set(package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/heddle)

if(TARGET heddle_runtime)
  install(EXPORT heddleTargets NAMESPACE heddle:: DESTINATION ${package_dir})
  configure_package_config_file(cmake/heddleConfig.cmake.in ${PROJECT_BINARY_DIR}/heddleConfig.cmake
    INSTALL_DESTINATION ${package_dir})
  write_basic_package_version_file(${PROJECT_BINARY_DIR}/heddleConfigVersion.cmake
    COMPATIBILITY SameMinorVersion)
  install(FILES ${PROJECT_BINARY_DIR}/heddleConfig.cmake
                ${PROJECT_BINARY_DIR}/heddleConfigVersion.cmake
    DESTINATION ${package_dir})

  # From pkgconfig/ back up to the prefix, however deep the library folder is.
  file(RELATIVE_PATH HEDDLE_PC_PREFIX /p/${CMAKE_INSTALL_LIBDIR}/pkgconfig /p)
  string(REGEX REPLACE "/$" "" HEDDLE_PC_PREFIX ${HEDDLE_PC_PREFIX})
  configure_file(cmake/heddle.pc.in ${PROJECT_BINARY_DIR}/heddle.pc @ONLY)
  install(FILES ${PROJECT_BINARY_DIR}/heddle.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)
endif()

if(TARGET heddle-check)
  install(TARGETS heddle-check RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
endif()
if(TARGET HeddleTidy)
  install(TARGETS HeddleTidy LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR}/heddle)
endif()

install(FILES README.md LICENSE DESTINATION ${CMAKE_INSTALL_DOCDIR})
if(EXISTS ${PROJECT_SOURCE_DIR}/docs)
  install(DIRECTORY docs DESTINATION ${CMAKE_INSTALL_DOCDIR})
endif()
