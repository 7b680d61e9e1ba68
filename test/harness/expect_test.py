#!/usr/bin/env python3
"""Tests of the test harness: expect.py must fail when it should.

Each case writes a source file with expectations, and what a checker would print
for it; a fake checker prints that. So a harness that lets a missing, an
additional, a misplaced or a differently worded finding pass is itself caught.
"""

import os
import subprocess
import sys
import tempfile
import textwrap
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.dirname(HERE))
import findings  # noqa: E402

EXPECT = os.path.join(os.path.dirname(HERE), "expect.py")

# Prints FILE.out with @ replaced by FILE's path, exits with FILE.status. Under
# the variant -other it prints FILE.other instead.
FAKE_CHECKER = """
import sys
path = sys.argv[1]
name = path + (".other" if "-other" in sys.argv else ".out")
print(open(name).read().replace("@", path), end="")
sys.exit(int(open(path + ".status").read()))
"""


class Harness(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.file = os.path.join(self.folder.name, "a.cpp")
        self.write("fake.py", FAKE_CHECKER)

    def write(self, name, text):
        with open(os.path.join(self.folder.name, name), "w") as file:
            file.write(text)

    def expect(self, source, output, status=None, options=(), other=""):
        self.write("a.cpp", textwrap.dedent(source))
        self.write("a.cpp.out", textwrap.dedent(output))
        self.write("a.cpp.other", textwrap.dedent(other))
        if status is None:
            status = 1 if "[heddle-" in output else 0
        self.write("a.cpp.status", str(status))
        return subprocess.run(
            [sys.executable, EXPECT, *options, sys.executable,
             os.path.join(self.folder.name, "fake.py"), "--", self.file],
            capture_output=True, text=True)

    def passes(self, *args, **kwargs):
        result = self.expect(*args, **kwargs)
        self.assertEqual(result.returncode, 0, result.stdout + result.stderr)

    def fails(self, mention, *args, **kwargs):
        result = self.expect(*args, **kwargs)
        self.assertEqual(result.returncode, 1, result.stdout + result.stderr)
        self.assertIn(mention, result.stdout + result.stderr)

    WANT = 'int a;  // want: double-lock "is acquired again"\n'
    FOUND = "@:1:5: warning: 'mu' is acquired again [heddle-double-lock]\n"

    def test_wanted_and_found(self):
        self.passes(self.WANT, self.FOUND)

    def test_silence_wanted(self):
        self.passes("int a;\n", "")

    def test_missing(self):
        self.fails("missing", self.WANT, "")

    def test_additional(self):
        self.fails("unexpected", "int a;\n", self.FOUND)

    def test_additional_beside_a_wanted_one(self):
        extra = "@:1:9: error: gone [heddle-missing-wait]\n"
        self.fails("unexpected", self.WANT, self.FOUND + extra)

    def test_found_twice(self):
        self.fails("unexpected", self.WANT, self.FOUND + self.FOUND)

    def test_wrong_line(self):
        self.fails("missing", self.WANT, self.FOUND.replace(":1:", ":2:"))

    def test_wrong_file(self):
        self.fails("missing", self.WANT, self.FOUND.replace("@", "b.cpp"))

    def test_wrong_rule(self):
        self.fails("missing", self.WANT, self.FOUND.replace("double-lock", "missing-unlock"))

    def test_wrong_message(self):
        self.fails("missing", self.WANT, self.FOUND.replace("again", "once more"))

    def test_severity(self):
        want = self.WANT.replace("double-lock", "double-lock error")
        self.fails("missing", want, self.FOUND)
        self.passes(want, self.FOUND.replace("warning", "error"))

    def test_advice_is_printed_as_remark(self):
        want = self.WANT.replace("double-lock", "double-lock advice")
        self.passes(want, self.FOUND.replace("warning", "remark"))

    def test_other_line(self):
        above = '// want@+1: double-lock "again"\nint a;\n'
        below = 'int a;\n// want@-1: double-lock "again"\n'
        self.passes(above, self.FOUND.replace(":1:", ":2:"))
        self.passes(below, self.FOUND)
        self.fails("missing", above, self.FOUND)

    def test_two_on_one_line(self):
        source = self.WANT.rstrip() + ' want: missing-wait "gone"\n'
        extra = "@:1:9: error: gone [heddle-missing-wait]\n"
        self.passes(source, self.FOUND + extra)
        self.fails("missing", source, self.FOUND)

    def test_same_rule_twice_on_one_line(self):
        self.passes(self.WANT.rstrip() + ' want: double-lock "again"\n', self.FOUND + self.FOUND)

    def test_note(self):
        source = self.WANT + 'int b;  // note: "held since"\n'
        note = "@:2:5: note: held since here\n"
        self.passes(source, self.FOUND + note)
        self.fails("missing", source, self.FOUND)
        self.fails("missing", source, self.FOUND + note.replace(":2:", ":1:"))
        self.fails("missing", source, self.FOUND + note.replace("held", "kept"))

    def test_note_nobody_asked_for(self):
        self.passes(self.WANT, self.FOUND + "@:1:5: note: held since here\n")

    def test_note_of_the_compiler_is_no_findings_note(self):
        output = self.FOUND + "@:1:1: error: no [clang-diagnostic-error]\n@:2:5: note: held since\n"
        self.fails("missing", self.WANT + 'int b;  // note: "held since"\n', output)

    def test_quotes_and_brackets_in_a_message(self):
        self.passes('int a;  // want: double-lock "\\"a\\" \\[x\\]"\n',
                    '@:1:5: error: "a" [x] [heddle-double-lock]\n')

    def test_compiler_error_is_never_wanted(self):
        self.fails("no such thing", "int a;\n", "@:1:1: error: no such thing\n", status=2)

    def test_exit_status(self):
        self.fails("exit status 2", "int a;\n", "", status=2)
        self.fails("exit status 0", self.WANT, self.FOUND, status=0)

    def test_malformed_expectations_are_errors(self):
        for source in (
            "int a;  // want: double-lock\n",
            'int a;  // want: "again"\n',
            'int a;  // want@1: double-lock "again"\n',
            'int a;  // note: double-lock "again"\n',
            'int a;  // want: double-lock again"\n',
        ):
            self.fails("a.cpp:1:", source, "")

    def test_words_that_are_no_expectations(self):
        self.passes("int a;  // what we want is a note\n", "")

    def test_header_with_quotes(self):
        self.write("h.h", self.WANT)
        source = '#include "h.h"\n'
        self.passes(source, self.FOUND.replace("@", os.path.join(self.folder.name, "h.h")))
        self.fails("missing", source, "")

    def test_every_variant_must_agree(self):
        options = ["--flags=-std=c++20", "--variant=-one", "--variant=-other"]
        self.passes(self.WANT, self.FOUND, options=options, other=self.FOUND)
        self.fails("missing", self.WANT, self.FOUND, options=options, other="")

    def test_skeleton_comment(self):
        self.passes('lock mu ; want: double-lock "again"\n', self.FOUND)


class Findings(unittest.TestCase):
    def test_colour_source_lines_and_carets(self):
        text = ("\x1b[1ma.cpp:3:5: \x1b[0m\x1b[35mwarning: \x1b[0mbad [heddle-double-lock]\n"
                "    3 |   mu.Lock();\n      |      ^\n"
                "a.cpp:1:2: note: from here\n")
        (finding,), others = findings.parse(text)
        self.assertEqual((finding.line, finding.column, finding.rule), (3, 5, "double-lock"))
        self.assertEqual(finding.places(), [("a.cpp", 3), ("a.cpp", 1)])
        self.assertEqual(others, [])

    def test_promoted_check_of_clang_tidy(self):
        (finding,), _ = findings.parse("a.cpp:3:5: error: bad [heddle-double-lock,-warnings-as-errors]\n")
        self.assertEqual((finding.severity, finding.rule), ("error", "double-lock"))


if __name__ == "__main__":
    unittest.main()
