#!/usr/bin/env python3
"""Runs a program under valgrind: nothing to say of a good one, and faults found in goroutines.

usage: valgrind_test.py VALGRIND STRIP PROGRAM

The program is copied without its debug information: that of a new clang is more than an older
valgrind can read.
"""

import os
import subprocess
import sys
import tempfile
import unittest

VALGRIND, STRIP, ORIGINAL = sys.argv[1:4]
SCRATCH = tempfile.TemporaryDirectory()
PROGRAM = os.path.join(SCRATCH.name, "program")


def run(*arguments):
    done = subprocess.run(
        # A change of the stack pointer is a switch only if valgrind has been told of the stack:
        # by default it guesses so of any change above 2 MB.
        [VALGRIND, "-q", "--error-exitcode=9", "--fair-sched=yes", "--num-callers=30",
         "--max-stackframe=100000000000000", PROGRAM, *arguments],
        capture_output=True, text=True, timeout=200, check=False)
    return done.returncode, done.stdout + done.stderr


class Valgrind(unittest.TestCase):
    def test_says_nothing_of_a_good_program(self):
        status, text = run()
        self.assertEqual((status, text), (0, "done\n"))

    def test_finds_use_after_free_and_who_freed(self):
        status, text = run("freed")
        self.assertEqual(status, 9, text)
        self.assertIn("Invalid read of size 4", text)
        self.assertIn("heddle_entry", text)  # the whole stack of the goroutine

    def test_finds_a_value_not_set_in_a_goroutine(self):
        status, text = run("undefined")
        self.assertEqual(status, 9, text)
        self.assertIn("uninitialised", text)


if __name__ == "__main__":
    subprocess.run([STRIP, "--strip-debug", "-o", PROGRAM, ORIGINAL], check=True)
    unittest.main(argv=sys.argv[:1])
