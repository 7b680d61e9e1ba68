#!/usr/bin/env python3
"""A library that is not instrumented serves programs that are: nothing is said of a good
program, and faults in goroutines are found.

usage: sanitizers_test.py LIBRARY SOURCES-FOLDER INCLUDE-FOLDER COMPILER...
Compilers that are not there, or have not a sanitizer, are passed over and named.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import unittest

LIBRARY, SOURCES, INCLUDE = sys.argv[1:4]
COMPILERS = [compiler for compiler in sys.argv[4:] if shutil.which(compiler)]
SCRATCH = tempfile.TemporaryDirectory()
QUIET = {"TSAN_OPTIONS": "", "ASAN_OPTIONS": "detect_leaks=0", "UBSAN_OPTIONS": ""}


def build(compiler, sanitizer, source="switches.cpp"):
    program = os.path.join(SCRATCH.name, f"{os.path.basename(compiler)}-{sanitizer}-{source}")
    if os.path.exists(program):
        return program
    done = subprocess.run(
        [compiler, "-std=c++20", "-O1", "-g", "-pthread", f"-fsanitize={sanitizer}",
         "-fno-sanitize-recover=undefined", "-I", INCLUDE, os.path.join(SOURCES, source), LIBRARY,
         "-ldl", "-o", program], capture_output=True, text=True, check=False)
    if done.returncode == 0:
        return program
    if "cannot find" in done.stderr or "No such file" in done.stderr:
        raise unittest.SkipTest(f"{compiler} has no {sanitizer} sanitizer here")
    raise AssertionError(done.stderr)


def run(program, *arguments):
    done = subprocess.run([program, *arguments], capture_output=True, text=True, timeout=100,
                          env=os.environ | QUIET, check=False)
    return done.returncode, done.stdout + done.stderr


class Sanitizers(unittest.TestCase):
    def each(self, sanitizer, check, source="switches.cpp"):
        for compiler in COMPILERS:
            with self.subTest(compiler=compiler, sanitizer=sanitizer, source=source):
                check(build(compiler, sanitizer, source))

    def good(self, program):
        self.assertEqual(run(program), (0, "done\n"))

    def finds(self, fault, *words):
        def check(program):
            status, text = run(program, fault)
            self.assertNotEqual(status, 0, text)
            for word in words:
                self.assertIn(word, text)
        return check

    def test_thread(self):
        self.each("thread", self.good)
        self.each("thread", self.finds("race", "WARNING: ThreadSanitizer: data race"))
        self.each("thread", self.finds("freed", "WARNING: ThreadSanitizer: heap-use-after-free"))

    def test_counting_of_handles(self):
        self.each("thread", self.good, "handles.cpp")

    def test_address(self):
        self.each("address", self.good)
        self.each("address", self.finds("overrun", "stack-buffer-overflow"))
        self.each("address", self.finds("freed", "heap-use-after-free", "freed by thread"))

    def test_undefined(self):
        self.each("undefined", self.good)
        self.each("address,undefined", self.good)


if __name__ == "__main__":
    for name in sys.argv[4:]:
        if name not in COMPILERS:
            print(f"not here: {name}")
    unittest.main(argv=sys.argv[:1])
