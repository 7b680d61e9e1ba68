#!/usr/bin/env python3
"""heddle-check over the runtime's own sources, as one program, finds nothing:

    self.py --check HEDDLE-CHECK --database BUILD/compile_commands.json --sources DIR

The models say what the runtime's names mean, and that nobody need look into its
namespace. Here the checker is to look there, so the namespace is called otherwise."""

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile

parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("--check", required=True)
parser.add_argument("--database", required=True)
parser.add_argument("--sources", required=True)
options = parser.parse_args()

with open(options.database, encoding="utf-8") as file:
    commands = json.load(file)
sources = os.path.realpath(options.sources) + os.sep
ours = [c for c in commands
        if c["file"].endswith(".cpp") and os.path.realpath(c["file"]).startswith(sources)]
for c in ours:
    c["command"] = c["command"].replace(" -c ", " -Dheddle=itself -c ", 1)
if not ours or not all("-Dheddle=itself" in c["command"] for c in ours):
    sys.exit(f"{options.database}: no commands of {sources}")

with tempfile.TemporaryDirectory(prefix="heddle-self-") as folder:
    with open(os.path.join(folder, "compile_commands.json"), "w", encoding="utf-8") as file:
        json.dump(ours, file)
    run = subprocess.run([options.check, "--stats", "-p", folder], text=True,
                         stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
print(run.stdout)
if run.returncode != 0:
    sys.exit(f"heddle-check: exit status {run.returncode}")
# It must have looked: all of it at once, and into what its functions start.
seen = re.search(r"^(\d+) files, 0 not analysed, 1 program$", run.stdout, re.M)
entries = re.search(r"(\d+) entries explored", run.stdout)
if not seen or int(seen[1]) != len(ours) or not entries or int(entries[1]) < 20:
    sys.exit("heddle-check has not looked at the whole")
