# What holds for every target: language, build type, ccache, linker, sanitizer.
# Only for a build of heddle itself: a project that adds heddle with
# add_subdirectory keeps its own settings.

# Adds a folder if it has a CMakeLists.txt (a release of the runtime alone has
# no lib/ and no tool/).
function(heddle_add_subdirectory folder)
  if(EXISTS ${CMAKE_CURRENT_SOURCE_DIR}/${folder}/CMakeLists.txt)
    add_subdirectory(${folder})
  endif()
endfunction()

if(NOT PROJECT_IS_TOP_LEVEL)
  return()
endif()

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
if(NOT CMAKE_BUILD_TYPE AND NOT CMAKE_CONFIGURATION_TYPES)
  set(CMAKE_BUILD_TYPE RelWithDebInfo CACHE STRING "Build type" FORCE)
endif()

# Programs of the build land in build/bin: what the tests and a user start.
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/bin)

find_program(CCACHE_PROGRAM ccache)
mark_as_advanced(CCACHE_PROGRAM)
if(CCACHE_PROGRAM AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  foreach(language IN ITEMS C CXX)
    set(CMAKE_${language}_COMPILER_LAUNCHER ${CCACHE_PROGRAM})
  endforeach()
endif()

# lld where the compiler finds one: linking against LLVM takes 0.1 s with it.
include(CheckLinkerFlag)
check_linker_flag(CXX -fuse-ld=lld HEDDLE_HAVE_LLD)
if(HEDDLE_HAVE_LLD)
  add_link_options(-fuse-ld=lld)
endif()

add_compile_options($<$<COMPILE_LANGUAGE:CXX>:-Wall> $<$<COMPILE_LANGUAGE:CXX>:-Wextra>)
if(HEDDLE_WERROR)
  add_compile_options($<$<COMPILE_LANGUAGE:CXX>:-Werror>)
endif()

if(HEDDLE_SANITIZE)
  if(NOT HEDDLE_SANITIZE MATCHES "^(thread|address|undefined|address,undefined)$")
    message(FATAL_ERROR "HEDDLE_SANITIZE is '${HEDDLE_SANITIZE}'; want thread, address, undefined, "
      "address,undefined or nothing")
  endif()
  add_compile_options(-fsanitize=${HEDDLE_SANITIZE} -fno-sanitize-recover=undefined
    -fno-omit-frame-pointer)
  add_link_options(-fsanitize=${HEDDLE_SANITIZE})
endif()
