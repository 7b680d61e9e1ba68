#!/usr/bin/env python3
"""Checks docs/go-tests.md, the list of Go's tests: each test of ours that it names exists,
each row names one or says why there is none, and docs/runtime.md leads there.

  `Suite.Name`     TEST_P(Suite, Name) in test/runtime/unit
  `model:name`     SCENARIO(name in test/runtime/model/scenarios
  `program:name`   test/runtime/programs/name.cpp
  `stress:name`    test/runtime/stress/name.cpp

Usage: go_tests.py ROOT | --self-test
"""

import os
import re
import sys

HEAD = "| Go's test | what it pins down | ours | what differs, and why |"


def read(*path):
    with open(os.path.join(*path), encoding="utf-8") as file:
        return file.read()


def sources(folder):
    return "".join(read(folder, name) for name in sorted(os.listdir(folder))
                   if name.endswith(".cpp"))


def ours(root):
    """The names of all tests of ours, as the list spells them."""
    tests = os.path.join(root, "test", "runtime")
    names = {f"{suite}.{name}" for suite, name in
             re.findall(r"^TEST_P\((\w+), (\w+)\)", sources(os.path.join(tests, "unit")), re.M)}
    names |= {f"model:{name}" for name in
              re.findall(r"^SCENARIO\((\w+)", sources(os.path.join(tests, "model", "scenarios")),
                         re.M)}
    for kind, folder in (("program", "programs"), ("stress", "stress")):
        names |= {f"{kind}:{name[:-4]}" for name in os.listdir(os.path.join(tests, folder))
                  if name.endswith(".cpp")}
    return names


def faults(text, names):
    """What is wrong with the list `text`, given the names of our tests."""
    found = []
    in_table = False
    rows = 0
    for number, line in enumerate(text.splitlines(), 1):
        if not line.startswith("|"):
            in_table = False
            continue
        if not in_table:
            if line != HEAD:
                found.append(f"{number}: a table with another head")
            in_table = True
            continue
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if all(re.fullmatch(r"-+", cell) for cell in cells):
            continue
        rows += 1
        if len(cells) != 4 or not cells[0] or not cells[1]:
            found.append(f"{number}: not four columns with a test and a behaviour")
            continue
        named = re.findall(r"`([^`]+)`", cells[2])
        found += [f"{number}: no test {name}" for name in named if name not in names]
        rest = re.sub(r"`[^`]+`", "", cells[2]).strip()
        if rest != ("" if named else "none"):
            found.append(f"{number}: neither tests nor none: {cells[2]}")
        if not named and not cells[3]:
            found.append(f"{number}: no test, and no reason")
    if rows == 0:
        found.append("no rows")
    return found


def self_test():
    names = {"A.B", "model:m"}
    rule = "|---|---|---|---|"

    def check(row, wanted):
        found = faults("\n".join(["text", HEAD, rule, row, ""]), names)
        assert [fault.split(": ", 1)[1] for fault in found] == wanted, (row, found)

    check("| TestX | is so | `A.B` `model:m` | |", [])
    check("| TestX | is so | none | not here |", [])
    check("| TestX | is so | `A.C` `model:m` | |", ["no test A.C"])
    check("| TestX | is so | none | |", ["no test, and no reason"])
    check("| TestX | is so | | |", ["neither tests nor none: ", "no test, and no reason"])
    check("| TestX | is so | `A.B`, soon | |", ["neither tests nor none: `A.B`, soon"])
    check("| TestX | | `A.B` | |", ["not four columns with a test and a behaviour"])
    assert faults("| other | head |\n", names) == ["1: a table with another head", "no rows"]
    print("self-test passed")


def main():
    if sys.argv[1:] == ["--self-test"]:
        self_test()
        return 0
    root = sys.argv[1]
    found = [f"docs/go-tests.md:{fault}" for fault in
             faults(read(root, "docs", "go-tests.md"), ours(root))]
    if "](go-tests.md)" not in read(root, "docs", "runtime.md"):
        found.append("docs/runtime.md does not lead to go-tests.md")
    print("\n".join(found) or "every test that is named exists")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
