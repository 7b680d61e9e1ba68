#!/usr/bin/env python3
"""Compiles and runs every program of the corpus, and checks its `// Run:` line.

  clean      exit status 0, also under HEDDLE_LEAKS=1 (nothing left parked)
  deadlock   exit status 2 with the deadlock message
  panic      a panic report on stderr; a bad program may then end in any way
  leak       exit status 3 under HEDDLE_LEAKS=1
  others     depend on the schedule: compiled, run once, any ending but a crash or a hang
             of the runtime will do (a deadlock or a panic is an answer)

Prints one line per failure and a summary. Exit status 0: all passed, or no corpus.
"""

import argparse
import concurrent.futures
import os
import pathlib
import re
import shlex
import subprocess
import sys
import tempfile

DEADLOCK = "fatal error: all goroutines are asleep - deadlock!"


def parse_arguments():
    here = pathlib.Path(__file__).resolve()
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--corpus", type=pathlib.Path,
                        default=here.parents[2].parent / "shared" / "corpus" / "kernels")
    parser.add_argument("--include", type=pathlib.Path,
                        default=here.parents[2] / "runtime" / "include")
    parser.add_argument("--library", type=pathlib.Path, required=True,
                        help="the built runtime")
    parser.add_argument("--cxx", default="c++")
    parser.add_argument("--flags", default="", help="more flags, as for a shell")
    parser.add_argument("--repeat", type=int, default=1, help="runs of each program")
    parser.add_argument("--procs", default="", help="values of HEDDLE_PROCS, with commas")
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--timeout", type=float, default=20)
    parser.add_argument("--filter", default="", help="regular expression over file names")
    return parser.parse_args()


class Compiler:
    """Compiles programs with the umbrella header precompiled."""

    def __init__(self, arguments, folder):
        self.folder = folder
        self.library = arguments.library
        self.command = [arguments.cxx, "-std=c++20", "-Wall", "-Wextra", "-Werror", "-O0",
                        "-pthread", f"-I{arguments.include}"] + shlex.split(arguments.flags)
        self.use_header = []
        header = folder / "heddle" / "heddle.h"
        header.parent.mkdir()
        header.write_text(f'#include "{arguments.include}/heddle/heddle.h"\n')
        is_clang = "clang" in subprocess.run([arguments.cxx, "--version"], capture_output=True,
                                             text=True, check=False).stdout
        result = header.with_suffix(".h.pch" if is_clang else ".h.gch")
        made = subprocess.run(self.command + ["-x", "c++-header", str(header), "-o", str(result)],
                              capture_output=True, text=True, check=False)
        if made.returncode == 0:
            self.use_header = (["-include-pch", str(result)] if is_clang
                               else [f"-I{folder}", "-include", "heddle/heddle.h"])

    def compile(self, source):
        """The program's path, or the compiler's messages."""
        program = self.folder / source.name.removesuffix(".cpp")
        made = subprocess.run(
            self.command + self.use_header + [str(source), str(self.library), "-ldl",
                                              "-o", str(program)],
            capture_output=True, text=True, check=False)
        return (program, "") if made.returncode == 0 else (None, made.stdout + made.stderr)


def run_once(program, procs, leaks, timeout):
    environment = dict(os.environ)
    for name in ("HEDDLE_LEAKS", "HEDDLE_PROCS", "HEDDLE_PANIC"):
        environment.pop(name, None)
    if procs:
        environment["HEDDLE_PROCS"] = procs
    if leaks:
        environment["HEDDLE_LEAKS"] = "1"
    try:
        done = subprocess.run([str(program)], capture_output=True, text=True, errors="replace",
                              env=environment, timeout=timeout, check=False)
    except subprocess.TimeoutExpired as late:
        return None, (late.stderr or b"").decode(errors="replace")
    return done.returncode, done.stderr


def fault(label, status, stderr):
    """Why the run contradicts its label, or an empty string."""
    if status is None:
        return "timed out"
    # Its task counts down in what was main's frame: anything can come of that.
    if label == "lost-work" and "destroyed before its counter was zero" in stderr:
        return ""
    if "ThreadSanitizer" in stderr and label != "race" or "AddressSanitizer" in stderr:
        return "sanitizer report"
    if label == "clean":
        return "" if status == 0 else f"exit status {status}"
    if label == "deadlock":
        return "" if status == 2 and DEADLOCK in stderr else f"exit status {status}, no deadlock"
    if label == "panic":
        return "" if "panic: " in stderr else f"exit status {status}, no panic report"
    if label == "leak":
        return "" if status == 3 else f"exit status {status}, want 3"
    return "" if status in (0, 2, 3, 66) or "panic" in stderr else f"exit status {status}"


def check(source, compiler, arguments):
    """The failures of one program."""
    label = re.search(r"^// Run: (\S+)", source.read_text(), re.M).group(1)
    program, messages = compiler.compile(source)
    if program is None:
        return [f"{source.name}: does not compile\n{messages}"]
    failures = []
    for procs in arguments.procs.split(","):
        for _ in range(arguments.repeat):
            leaks = label in ("clean", "leak")
            status, stderr = run_once(program, procs, leaks, arguments.timeout)
            why = fault(label, status, stderr)
            if why:
                failures.append(f"{source.name} ({label}, HEDDLE_PROCS={procs}): {why}\n{stderr}")
    program.unlink()
    return failures


def main():
    arguments = parse_arguments()
    sources = []
    if arguments.corpus.is_dir():
        sources = sorted(source for source in arguments.corpus.glob("*.cpp")
                         if re.search(arguments.filter, source.name))
    if not sources:
        print("skipped: no corpus")
        return 0
    failed = 0
    with tempfile.TemporaryDirectory() as folder:
        compiler = Compiler(arguments, pathlib.Path(folder))
        with concurrent.futures.ThreadPoolExecutor(arguments.jobs) as pool:
            for failures in pool.map(lambda s: check(s, compiler, arguments), sources):
                failed += bool(failures)
                for text in failures[:3]:
                    print(text, flush=True)
    print(f"{len(sources) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
