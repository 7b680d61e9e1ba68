# The checker's targets. All are compiled in LLVM's way: C++20, no RTTI, no
# exceptions.
#
#   heddle_library(<folder> SOURCES … [DEPENDS …])   lib/<folder> -> heddle_<folder>
#   heddle_tool(<name> SOURCES … [DEPENDS …])        a program
#   heddle_plugin(<name> SOURCES … [DEPENDS …])      <name>.so for clang-tidy
#
# DEPENDS names folders of lib/. It is the folder's place in the layer order:
# what it may include, checked by test/layering.py.
#
# A library is static and names no LLVM library to link. So one set of objects
# serves both the tools, which add LLVM's shared libraries, and the plugin,
# which must take every LLVM symbol from the clang-tidy that loads it.

# The layer order: a folder may depend on those to its left.
set(HEDDLE_LAYERS
  support ir models extract summary link explore rules report engine)

function(heddle_compile_options target)
  target_compile_features(${target} PRIVATE cxx_std_20)
  target_include_directories(${target} PRIVATE ${PROJECT_SOURCE_DIR}/lib ${PROJECT_BINARY_DIR}/lib)
  # After the system's own folders: Debian puts libc++abi's <cxxabi.h> among LLVM's
  # headers, where it would hide libstdc++'s.
  set(llvm_headers ${CLANG_INCLUDE_DIRS} ${LLVM_INCLUDE_DIRS})
  list(REMOVE_DUPLICATES llvm_headers)
  foreach(folder IN LISTS llvm_headers)
    target_compile_options(${target} PRIVATE "SHELL:-idirafter ${folder}")
  endforeach()
  separate_arguments(definitions NATIVE_COMMAND "${LLVM_DEFINITIONS}")
  target_compile_definitions(${target} PRIVATE ${definitions})
  target_compile_options(${target} PRIVATE
    $<$<COMPILE_LANGUAGE:CXX>:-fno-rtti -fno-exceptions>)
  # What g++ 12 warns of in vain: in Clang's headers, and of moves that Expected needs.
  if(CMAKE_CXX_COMPILER_ID STREQUAL GNU)
    target_compile_options(${target} PRIVATE
      $<$<COMPILE_LANGUAGE:CXX>:-Wno-nonnull -Wno-redundant-move>)
  endif()
endfunction()

# The targets of DEPENDS. A folder that is not there is an error at once, not
# at link time.
function(heddle_resolve_depends out)
  set(targets "")
  foreach(name IN LISTS ARGN)
    if(NOT TARGET heddle_${name})
      message(FATAL_ERROR "DEPENDS ${name}: there is no lib/${name}, or it comes later in the "
        "layer order (${HEDDLE_LAYERS})")
    endif()
    list(APPEND targets heddle_${name})
  endforeach()
  set(${out} ${targets} PARENT_SCOPE)
endfunction()

function(heddle_library name)
  cmake_parse_arguments(arg "" "" "SOURCES;DEPENDS" ${ARGN})
  if(NOT name IN_LIST HEDDLE_LAYERS)
    message(FATAL_ERROR "heddle_library(${name}): not a layer; add it to HEDDLE_LAYERS")
  endif()
  heddle_resolve_depends(depends ${arg_DEPENDS})
  add_library(heddle_${name} STATIC ${arg_SOURCES})
  set_target_properties(heddle_${name} PROPERTIES POSITION_INDEPENDENT_CODE ON)
  heddle_compile_options(heddle_${name})
  target_link_libraries(heddle_${name} PUBLIC ${depends})
endfunction()

# Only a program that reaches lib/extract needs Clang; the rest of the checker
# builds and is tested with LLVM's support library alone.
function(heddle_link target)
  heddle_resolve_depends(depends ${ARGN})
  heddle_compile_options(${target})
  target_link_libraries(${target} PRIVATE ${depends} clang-cpp LLVM)
endfunction()

function(heddle_tool name)
  cmake_parse_arguments(arg "" "" "SOURCES;DEPENDS" ${ARGN})
  add_executable(${name} ${arg_SOURCES})
  heddle_link(${name} ${arg_DEPENDS})
endfunction()

function(heddle_plugin name)
  cmake_parse_arguments(arg "" "" "SOURCES;DEPENDS" ${ARGN})
  heddle_resolve_depends(depends ${arg_DEPENDS})
  add_library(${name} MODULE ${arg_SOURCES})
  heddle_compile_options(${name})
  set_target_properties(${name} PROPERTIES
    PREFIX ""
    LIBRARY_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/lib/heddle)
  target_link_libraries(${name} PRIVATE ${depends})
  # Its own symbols stay its own, so that two plugins, or a heddle linked into
  # the host, do not mix.
  target_link_options(${name} PRIVATE -Wl,--exclude-libs,ALL)
endfunction()
