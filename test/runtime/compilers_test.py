#!/usr/bin/env python3
"""The runtime with every compiler and standard library that is here: the library is built from
its sources without a warning, user code does without RTTI, and programs run and report as they
should. (Each header alone is a target of the build: runtime_headers_alone.)

usage: compilers_test.py PROJECT [COMPILER[:libc++]...]
COMPILER:libc++ is that compiler with libc++ alone; without it, with each library it has.
"""

import concurrent.futures
import glob
import os
import shutil
import subprocess
import sys
import tempfile

ROOT = os.path.abspath(sys.argv[1])
RUNTIME = os.path.join(ROOT, "runtime")
PROGRAMS = os.path.join(ROOT, "test/runtime/programs")
NAMES = sys.argv[2:] or (["g++"] + [f"g++-{n}" for n in range(12, 17)] +
                         [f"clang++-{n}" for n in range(14, 24)])
WARN = ["-std=c++20", "-O1", "-pthread", "-Wall", "-Wextra", "-Wpedantic", "-Werror", "-I",
        os.path.join(RUNTIME, "include")]


class Failed(Exception):
    pass


def call(*command):
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    if done.returncode != 0:
        raise Failed(f"$ {' '.join(command)}\n{done.stdout}{done.stderr}")
    return done.stdout


def configurations():
    """Name, command and flags of each; a compiler by two names counts once."""
    seen = set()
    for wanted in NAMES:
        name, _, only = wanted.partition(":")
        path = shutil.which(name)
        if path is None:
            continue
        version = subprocess.run([path, "--version"], capture_output=True, text=True,
                                 check=True).stdout.splitlines()[0]
        if version.split(" ", 1)[-1] in seen:
            continue
        seen.add(version.split(" ", 1)[-1])
        if not only:
            yield name, path, []
        if "clang" in name and has_libcxx(path):
            yield name + " with libc++", path, ["-stdlib=libc++"]


def has_libcxx(path):
    probe = subprocess.run([path, "-stdlib=libc++", "-std=c++20", "-Werror", "-x", "c++", "-", "-o",
                            "/dev/null"], input="#include <string>\nint main() {}\n",
                           capture_output=True, text=True, check=False)
    return probe.returncode == 0


def build_library(path, flags, scratch, pool):
    jobs, objects = [], []
    for source in sorted(glob.glob(os.path.join(RUNTIME, "src/*.cpp")) +
                         glob.glob(os.path.join(RUNTIME, "src/*.S"))):
        objects.append(os.path.join(scratch, os.path.basename(source) + ".o"))
        own = [] if source.endswith(".S") else WARN + flags
        jobs.append(pool.submit(call, path, *own, "-I", os.path.join(RUNTIME, "src"), "-c", source,
                                "-o", objects[-1]))
    for job in jobs:
        job.result()
    library = os.path.join(scratch, "libheddle_runtime.a")
    call("ar", "rcs", library, *objects)
    return library


def check_uses(path, flags, pool):
    """What the interface says of each header compiles, too."""
    jobs = [pool.submit(call, path, *WARN, *flags, "-fsyntax-only", source)
            for source in sorted(glob.glob(os.path.join(ROOT, "test/runtime/headers/*.cpp")))]
    for job in jobs:
        job.result()


def check_programs(path, flags, library, scratch):
    for name, more, status, text in [
            ("switches", ["-O0", "-fno-rtti"], 0, "done\n"),
            ("switches", ["-O3"], 0, "done\n"),
            ("deadlock", ["-gdwarf-4"], 2, "/deadlock.cpp:"),
            ("deadlock", ["-gdwarf-5", "-O2"], 2, "/deadlock.cpp:"),
            ("deadlock", ["-O0", "-ffunction-sections", "-Wl,--gc-sections"], 2, "/deadlock.cpp:"),
            ("deadlock", ["-O2", "-no-pie"], 2, "/deadlock.cpp:"),
            ("deadlock", ["-static"], 2, "/deadlock.cpp:"),
            ("panic_deep", ["-fno-rtti"], 2, "/panic_deep.cpp:"),
            ("panic_deep", ["-O2"], 2, "/panic_deep.cpp:")]:
        program = os.path.join(scratch, name)
        if "-static" in more and "-stdlib=libc++" in flags:
            continue  # Debian's libc++ wants more libraries named
        call(path, *WARN, "-g", *flags, *more, os.path.join(PROGRAMS, name + ".cpp"), library, "-ldl",
             "-o", program)
        done = subprocess.run([program], capture_output=True, text=True, timeout=60, check=False)
        if done.returncode != status or text not in done.stdout + done.stderr:
            raise Failed(f"{name} {more}: status {done.returncode}\n{done.stdout}{done.stderr}")
        if name == "deadlock":  # the user's own lines, not those of the library's headers
            for frame in ("WaitFor(heddle::Channel<int>)\n\t", "created by main\n\t"):
                at = done.stderr.find(frame)
                if at < 0 or "/deadlock.cpp:" not in done.stderr[at:].splitlines()[1]:
                    raise Failed(f"{name} {more}: no line after {frame!r}\n{done.stderr}")


        if name == "panic_deep":  # the lambda is inlined into Run's own
            with open(os.path.join(PROGRAMS, "panic_deep.cpp"), encoding="utf-8") as source:
                line = next(n for n, text in enumerate(source, 1) if "(4)" in text)
            stack = done.stderr.rsplit("[running]:\n", 1)[-1]
            if f"/panic_deep.cpp:{line}" not in stack.partition("created by")[0]:
                raise Failed(f"{name} {more}: no frame of line {line}\n{done.stderr}")


def main():
    passed = failed = 0
    with concurrent.futures.ThreadPoolExecutor(max_workers=os.cpu_count()) as pool:
        for name, path, flags in configurations():
            suffix = "libc++" if flags else "libstdc++"
            with tempfile.TemporaryDirectory(suffix=suffix) as scratch:
                try:
                    check_uses(path, flags, pool)
                    library = build_library(path, flags, scratch, pool)
                    check_programs(path, flags, library, scratch)
                    passed += 1
                    print(f"{name}: passed", flush=True)
                except (Failed, subprocess.TimeoutExpired) as error:
                    failed += 1
                    print(f"{name}: FAILED\n{error}", flush=True)
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
