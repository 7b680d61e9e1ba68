#!/usr/bin/env python3
"""Runs gdb with the project's commands on the test programs.

usage: gdb_test.py GDB SCRIPT FOLDER-OF-PROGRAMS
"""

import re
import subprocess
import sys
import unittest

GDB, SCRIPT, FOLDER = sys.argv[1:4]


def gdb(program, *commands):
    line = [GDB, "-nx", "-batch", "-iex", "set debuginfod enabled off", "-ex", "set width 0",
            "-x", SCRIPT]
    for command in commands:
        line += ["-ex", command]
    done = subprocess.run(line + [f"{FOLDER}/runtime_{program}"], capture_output=True, text=True,
                          timeout=100, check=False)
    return done.stdout + done.stderr


class GdbCommands(unittest.TestCase):
    maxDiff = None

    def test_parked(self):
        text = gdb("deadlock", "break heddle::internal::ReportDeadlock", "run",
                   "info goroutines", "goroutine 2", "echo --\\n", "goroutine 3 up 1", "goroutine 99",
                   "goroutine all bt -1", "info threads", "goroutine 2 bt -1")
        self.assertRegex(text, r"\n  2 \[chan receive\] WaitFor at .*deadlock\.cpp:\d+, created by "
                               r"main")
        self.assertRegex(text, r"\n  3 \[sync\.Mutex\.Lock\] main::.*deadlock\.cpp:\d+, created by "
                               r"main")
        # Down to the entry, and nothing below it.
        self.assertRegex(text, r"WaitFor \([^\n]*\n(#\d+ [^\n]*\n)+#\d+ +0x[0-9a-f]+ in heddle_entry "
                               r"\(\)[^\n]*\n--\n")
        self.assertNotIn("corrupt", text)
        self.assertIn("No goroutine has the number 99", text)
        self.assertEqual(len(re.findall(r"^goroutine [23] \[.*\]:\n#\d+ .*heddle_entry", text,
                                        re.MULTILINE)), 2)
        # It is left as it was: the threads' own stacks, and a second look.
        self.assertRegex(text, r"\* 2 .*ReportDeadlock")

    def test_running(self):
        text = gdb("quit", "handle SIGQUIT nopass", "run", "info goroutines", "goroutine 4 bt 1")
        self.assertRegex(text, r"\n  2 \[chan receive\] main::.*quit\.cpp:\d+, created by main")
        self.assertRegex(text, r"\n  3 \[sleep\] Nap at .*quit\.cpp:\d+, created by main")
        self.assertRegex(text, r"\n\* 4 \[running\] Spin at .*quit\.cpp:\d+, created by main")
        self.assertRegex(text, r"\n#0 .*Spin \(\)")

    def test_not_running(self):
        self.assertIn("The program is not running", gdb("deadlock", "info goroutines"))
        self.assertIn("usage: goroutine", gdb("deadlock", "goroutine x"))


if __name__ == "__main__":
    probe = gdb("leak", "run")
    if "exited with code 03" not in probe and "exited normally" not in probe:
        print("skipped: gdb cannot run a program here")
        print(probe)
        sys.exit(0)
    unittest.main(argv=sys.argv[:1])
