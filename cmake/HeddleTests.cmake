# Tests in GoogleTest.
#
#   heddle_unit_test(<name> SOURCES … [DEPENDS …])   over folders of lib/
#
# The runtime's tests, which know no LLVM, are plain executables: see
# test/runtime/CMakeLists.txt.
find_package(GTest)
if(NOT GTest_FOUND)
  message(WARNING "GoogleTest was not found: the tests written in it are left out "
    "(Debian: apt-get install libgtest-dev libgmock-dev)")
endif()
include(GoogleTest)

function(heddle_unit_test name)
  if(NOT GTest_FOUND)
    return()
  endif()
  cmake_parse_arguments(arg "" "" "SOURCES;DEPENDS" ${ARGN})
  add_executable(${name} ${arg_SOURCES})
  heddle_link(${name} ${arg_DEPENDS})
  target_link_libraries(${name} PRIVATE GTest::gmock GTest::gtest_main)
  add_test(NAME ${name} COMMAND ${name})
  set_tests_properties(${name} PROPERTIES LABELS unit TIMEOUT 300)
endfunction()
