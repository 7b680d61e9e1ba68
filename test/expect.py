#!/usr/bin/env python3
"""Runs a checker over a test file and compares its findings with the file's own
expectations, exactly: a finding nobody wants fails the test as a missing one does.

An expectation is a comment on the faulty line:

    wg.Add(1);  // want: missing-wait "never waited for"
    // want@+1: missing-wait error "never waited for"     a severity, if it matters
    }
    heddle::go(Work);  // note: "spawned here"

  want   one finding of that rule on that line, its message matching the regular
         expression. @+N and @-N point at a line that cannot carry a comment.
         Two findings on one line take two wants, one after the other.
  note   some finding has a note on that line that matches. Notes that no comment
         asks for are allowed.

Usage: expect.py [--flags=FLAGS] [--variant=FLAGS]... CMD... -- FILE... [FLAG...]

Runs `CMD FILE... -- FLAGS VARIANT FLAG...` once per variant. Expectations in a
header that FILE includes with quotes count too. Exit status: 0 as wanted, 1 not.
"""

import os
import re
import shlex
import subprocess
import sys
from dataclasses import dataclass

from findings import parse

_WANT = re.compile(
    r'(?P<kind>want|note)(?:@(?P<offset>[+-]\d+))?:\s*'
    r'(?P<rule>[a-z][a-z-]*)?(?:\s+(?P<severity>error|warning|advice))?\s*'
    r'"(?P<regex>(?:[^"\\]|\\.)*)"'
)
_COMMENT = re.compile(r"(?://|;|#)(?=\s*(?:want|note)\b)")
_INCLUDE = re.compile(r'^\s*#\s*include\s+"([^"]+)"')


@dataclass
class Want:
    path: str
    line: int
    kind: str  # want or note
    rule: str
    severity: str  # empty: any
    regex: str

    def admits(self, finding):
        return (
            os.path.realpath(finding.path) == os.path.realpath(self.path)
            and finding.line == self.line
            and finding.rule == self.rule
            and self.severity in ("", finding.severity)
            and re.search(self.regex, finding.message)
        )

    def admits_note(self, note):
        return (
            os.path.realpath(note.path) == os.path.realpath(self.path)
            and note.line == self.line
            and re.search(self.regex, note.message)
        )

    def __str__(self):
        rule = f" [heddle-{self.rule}]" if self.rule else ""
        severity = self.severity or self.kind
        return f'{self.path}:{self.line}: {severity}: "{self.regex}"{rule}'


class Malformed(Exception):
    pass


def wants_of(paths):
    """The expectations of the files and of the headers they include with quotes."""
    wants, todo, seen = [], list(paths), set()
    while todo:
        path = todo.pop(0)
        if os.path.realpath(path) in seen:
            continue
        seen.add(os.path.realpath(path))
        with open(path, encoding="utf-8") as file:
            for number, text in enumerate(file, 1):
                include = _INCLUDE.match(text)
                if include:
                    header = os.path.join(os.path.dirname(path), include[1])
                    if os.path.exists(header):
                        todo.append(header)
                wants += wants_on(path, number, text)
    return wants


def wants_on(path, number, text):
    comment = _COMMENT.search(text)
    if not comment:
        return []
    rest, wants = text[comment.end():], []
    for match in _WANT.finditer(rest):
        kind, rule = match["kind"], match["rule"] or ""
        if (kind == "want") != bool(rule):
            raise Malformed(f"{path}:{number}: a want names a rule, a note does not: {text.strip()}")
        line = number + int(match["offset"] or 0)
        regex = re.sub(r'\\"', '"', match["regex"])
        wants.append(Want(path, line, kind, rule, match["severity"] or "", regex))
    # A typing error must not turn an expectation into an idle comment.
    if len(wants) != len(re.findall(r"\b(?:want|note)(?:@[^:\s]*)?:", _without_strings(rest))):
        raise Malformed(
            f'{path}:{number}: not of the form `want: rule "regex"` or `note: "regex"`: {text.strip()}'
        )
    return wants


def _without_strings(text):
    return re.sub(r'"(?:[^"\\]|\\.)*"', '""', text)


def compare(wants, findings):
    """The lines of a readable difference; empty when all is as wanted."""
    missing, unexpected = [], list(findings)
    for want in (w for w in wants if w.kind == "want"):
        match = next((f for f in unexpected if want.admits(f)), None)
        if match:
            unexpected.remove(match)
        else:
            missing.append(want)
    notes = [note for finding in findings for note in finding.notes]
    for want in (w for w in wants if w.kind == "note"):
        if not any(want.admits_note(note) for note in notes):
            missing.append(want)
    lines = [f"  missing     {want}" for want in missing]
    for finding in unexpected:
        lines.append(f"  unexpected  {finding}")
        lines += [f"                {n.path}:{n.line}: note: {n.message}" for n in finding.notes]
    return lines


def run(command, wants):
    """Runs the checker once; the lines of the difference."""
    result = subprocess.run(command, capture_output=True, text=True, errors="replace")
    findings, others = parse(result.stdout + "\n" + result.stderr)
    lines = compare(wants, findings)
    lines += [f"  unexpected  {other}" for other in others]
    status = 1 if findings else 0
    if result.returncode != status:
        lines.append(f"  exit status {result.returncode}, not {status}")
    if lines:
        lines.insert(0, shlex.join(command))
        if not findings or result.returncode not in (0, 1):
            lines += ["  its output:", result.stdout + result.stderr]
    return lines


def main(arguments):
    flags, variants = [], []
    while arguments and arguments[0].startswith("--"):
        option, _, value = arguments.pop(0).partition("=")
        if option == "--flags":
            flags += shlex.split(value)
        elif option == "--variant":
            variants.append(shlex.split(value))
        else:
            sys.exit(f"expect.py: unknown option {option}\n{__doc__}")
    if "--" not in arguments:
        sys.exit(__doc__)
    split = arguments.index("--")
    command, rest = arguments[:split], arguments[split + 1:]
    files = [a for a in rest if not a.startswith("-")]
    flags += [a for a in rest if a.startswith("-")]
    if not command or not files:
        sys.exit(__doc__)

    try:
        wants = wants_of(files)
    except Malformed as error:
        sys.exit(f"expect.py: {error}")
    failed = False
    for variant in variants or [[]]:
        compiler = flags + variant
        difference = run(command + files + (["--", *compiler] if compiler else []), wants)
        if difference:
            print("\n".join(difference))
            failed = True
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
