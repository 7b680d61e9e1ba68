#!/usr/bin/env python3
"""Installs the build into a fresh prefix and uses it as a stranger would: a small
program built through find_package(heddle), and again through pkg-config. A project
that takes the sources in gets the runtime, and needs no LLVM.
"""

import argparse
import os
import shlex
import subprocess
import sys
import tempfile

PROGRAM = """\
#include <heddle/heddle.h>

#include <cstdio>

int main() {
  heddle::Channel<int> squares;
  heddle::WaitGroup wg;
  wg.Go([&] {
    for (int i = 1; i <= 3; ++i) squares.Send(i * i);
    squares.Close();
  });
  int sum = 0;
  for (int square : squares) sum += square;
  wg.Wait();
  std::printf("sum %d\\n", sum);
}
"""

CMAKELISTS = """\
cmake_minimum_required(VERSION 3.25)
project(consumer LANGUAGES CXX)
find_package(heddle 0.1 REQUIRED)
add_executable(consumer consumer.cpp)
target_link_libraries(consumer PRIVATE heddle::runtime)
"""

SUBPROJECT = """\
cmake_minimum_required(VERSION 3.25)
project(consumer LANGUAGES CXX)
add_subdirectory("{source}" heddle)
add_executable(consumer consumer.cpp)
target_link_libraries(consumer PRIVATE heddle::runtime)
if(TARGET heddle-check OR TARGET runtime_unit OR TARGET pipeline)
  message(FATAL_ERROR "more than the runtime is built")
endif()
"""


def run(*command, **options):
    print("+", shlex.join(command), flush=True)
    result = subprocess.run(command, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, **options)
    if result.returncode != 0:
        print(result.stdout)
        sys.exit(f"package test: exit status {result.returncode}")
    return result.stdout


def expect_sum(program):
    output = run(program)
    if output != "sum 14\n":
        sys.exit(f"package test: {program} printed {output!r}")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--source", required=True)
    parser.add_argument("--build", required=True)
    parser.add_argument("--cxx", required=True)
    parser.add_argument("--cmake", required=True)
    parser.add_argument("--generator", required=True)  # a bare machine has Ninja alone
    parser.add_argument("--flags", default="")
    parser.add_argument("--sanitize", default="")
    options = parser.parse_args()
    flags = shlex.split(options.flags)
    if options.sanitize:
        flags.append(f"-fsanitize={options.sanitize}")

    with tempfile.TemporaryDirectory(prefix="heddle-package-") as folder:
        # Installed in one place and used in another: nothing may hold a full path.
        installed, prefix = os.path.join(folder, "installed"), os.path.join(folder, "moved")
        run(options.cmake, "--install", options.build, "--prefix", installed)
        os.rename(installed, prefix)
        source = os.path.join(folder, "consumer")
        os.mkdir(source)
        for name, text in (("consumer.cpp", PROGRAM), ("CMakeLists.txt", CMAKELISTS)):
            with open(os.path.join(source, name), "w", encoding="utf-8") as file:
                file.write(text)

        build = os.path.join(folder, "build")
        run(options.cmake, "-G", options.generator, "-S", source, "-B", build,
            f"-DCMAKE_PREFIX_PATH={prefix}", f"-DCMAKE_CXX_COMPILER={options.cxx}",
            f"-DCMAKE_CXX_FLAGS={' '.join(flags)}")
        run(options.cmake, "--build", build)
        expect_sum(os.path.join(build, "consumer"))

        taken_in = os.path.join(folder, "taken-in")
        os.mkdir(taken_in)
        for name, text in (("consumer.cpp", PROGRAM), ("CMakeLists.txt", SUBPROJECT.format(source=options.source))):
            with open(os.path.join(taken_in, name), "w", encoding="utf-8") as file:
                file.write(text)
        run(options.cmake, "-G", options.generator, "-S", taken_in, "-B", os.path.join(taken_in, "build"),
            "-DCMAKE_DISABLE_FIND_PACKAGE_Clang=ON", f"-DCMAKE_CXX_COMPILER={options.cxx}")

        pc_folders = [path for path, _, names in os.walk(prefix) if "heddle.pc" in names]
        if len(pc_folders) != 1:
            sys.exit(f"package test: heddle.pc is in {pc_folders or 'no folder'}")
        environment = {**os.environ, "PKG_CONFIG_PATH": pc_folders[0]}
        words = run("pkg-config", "--cflags", "--libs", "heddle", env=environment).split()
        program = os.path.join(folder, "by-pkg-config")
        run(options.cxx, "-std=c++20", *flags, os.path.join(source, "consumer.cpp"), "-o", program, *words)
        expect_sum(program)

        tool = os.path.join(prefix, "bin", "heddle-check")
        if os.path.exists(tool):
            run(tool, "--version")
            include = os.path.join(prefix, "include")
            run(tool, os.path.join(source, "consumer.cpp"), "--", "-std=c++20", f"-I{include}")
    print("package test: the installed heddle builds and runs a program")


if __name__ == "__main__":
    main()
