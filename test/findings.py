"""Reads the checker's text output.

In:   lines such as
          a.cpp:7:3: warning: message [heddle-missing-wait]
          a.cpp:5:3: note: spawned here
      with the source lines and carets that clang's style puts between them.
Out:  Finding objects in the order printed, each with its notes.

heddle-check and clang-tidy print the same form, so every script that looks at
findings (expect.py, faces/parity.py, corpus/run) reads them here.
"""

import re
from dataclasses import dataclass, field

_LINE = re.compile(
    r"^(?P<path>[^\s:][^:]*):(?P<line>\d+):(?P<column>\d+): "
    r"(?P<severity>fatal error|error|warning|remark|advice|note): "
    r"(?P<message>.*?)(?: \[(?P<rule>[\w.,-]+)\])?$"
)
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")


@dataclass(frozen=True)
class Note:
    path: str
    line: int
    column: int
    message: str


@dataclass
class Finding:
    path: str
    line: int
    column: int
    severity: str  # error, warning or advice
    message: str
    rule: str  # without the prefix "heddle-"
    notes: list = field(default_factory=list)

    def places(self):
        """Every (path, line) that the finding names."""
        return [(self.path, self.line)] + [(n.path, n.line) for n in self.notes]

    def __str__(self):
        return (
            f"{self.path}:{self.line}:{self.column}: {self.severity}: "
            f"{self.message} [heddle-{self.rule}]"
        )


def parse(text):
    """Returns (findings, others): others are the diagnostics that no heddle rule
    gave, such as the compiler's errors, as printed."""
    findings, others = [], []
    last = None  # who the next note belongs to: a Finding, or None for others
    for raw in _COLOUR.sub("", text).splitlines():
        match = _LINE.match(raw)
        if not match:
            continue
        path, line, column = match["path"], int(match["line"]), int(match["column"])
        if match["severity"] == "note":
            # A note's text may end in brackets of its own: keep the whole.
            message = raw.split(": note: ", 1)[1]
            if last:
                last.notes.append(Note(path, line, column, message))
            continue
        rule = match["rule"] or ""
        if not rule.startswith("heddle-"):
            others.append(raw)
            last = None
            continue
        severity = "advice" if match["severity"] == "remark" else match["severity"]
        # clang-tidy adds ",-warnings-as-errors" to the name of a promoted check.
        name = rule.split(",")[0].removeprefix("heddle-")
        last = Finding(path, line, column, severity, match["message"], name)
        findings.append(last)
    return findings, others
