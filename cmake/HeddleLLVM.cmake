# Finds LLVM and Clang: the targets LLVM and clang-cpp (shared libraries) and
#   HEDDLE_LLVM_ROOT   e.g. /usr/lib/llvm-22
#   HEDDLE_LLVM_MAJOR  e.g. 22
# HEDDLE_LLVM_VERSION picks a version; Clang_DIR or LLVM_DIR, as ever, a place.
if(NOT Clang_DIR AND NOT LLVM_DIR)
  set(wanted ${HEDDLE_LLVM_VERSION})
  if(NOT wanted)
    set(wanted 22 19)
  endif()
  foreach(version IN LISTS wanted)
    set(prefix /usr/lib/llvm-${version}/lib/cmake)
    if(EXISTS ${prefix}/clang/ClangConfig.cmake AND EXISTS ${prefix}/llvm/LLVMConfig.cmake)
      set(Clang_DIR ${prefix}/clang CACHE PATH "Folder of ClangConfig.cmake")
      set(LLVM_DIR ${prefix}/llvm CACHE PATH "Folder of LLVMConfig.cmake")
      break()
    endif()
  endforeach()
endif()

# Clang's own config looks for LLVM, and LLVM's for its libraries: keep that quiet.
find_package(Clang CONFIG QUIET)
if(NOT Clang_FOUND)
  message(FATAL_ERROR
    "Clang's development files were not found (looked for version "
    "${HEDDLE_LLVM_VERSION}, by default 22 and 19).\n"
    "On Debian: apt-get install libclang-22-dev llvm-22-dev clang-tidy-22, or run "
    "script/bootstrap. -DClang_DIR=... names another place; "
    "-DHEDDLE_RUNTIME_ONLY=ON builds the runtime without LLVM.")
endif()

set(HEDDLE_LLVM_MAJOR ${LLVM_VERSION_MAJOR})
set(HEDDLE_LLVM_ROOT ${LLVM_INSTALL_PREFIX})
if(HEDDLE_LLVM_VERSION AND NOT HEDDLE_LLVM_VERSION EQUAL HEDDLE_LLVM_MAJOR)
  message(FATAL_ERROR "HEDDLE_LLVM_VERSION is ${HEDDLE_LLVM_VERSION}, but ${Clang_DIR} is "
    "version ${HEDDLE_LLVM_MAJOR}; remove the build folder or set Clang_DIR")
endif()
message(STATUS "heddle: LLVM ${LLVM_PACKAGE_VERSION} in ${HEDDLE_LLVM_ROOT}")
