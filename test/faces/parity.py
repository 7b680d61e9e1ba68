#!/usr/bin/env python3
"""The tool and the clang-tidy plugin must print the same findings: same file,
line, column, severity, message, rule and notes, over every program of the rules'
tests and of the examples. Prints what only one of them says.

Usage: parity.py --check TOOL --clang-tidy PROGRAM --plugin HeddleTidy.so [FILE...]
"""

import argparse
import concurrent.futures
import glob
import os
import re
import shlex
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
sys.path.insert(0, os.path.dirname(HERE))
from findings import parse  # noqa: E402

RUNTIME_FLAGS = ["-std=c++20", f"-I{ROOT}/runtime/include"]


def flags_of(path):
    """The flags that the file's own `// RUN: %expect %s FLAGS` line adds."""
    with open(path, encoding="utf-8") as file:
        match = re.search(r"RUN: *%expect +%s +(-[^|&>]*)$", file.read(), re.M)
    return RUNTIME_FLAGS + (shlex.split(match[1]) if match else [])


def said(command):
    """Each finding once, as lines of text that can be compared."""
    result = subprocess.run(command, capture_output=True, text=True, errors="replace")
    findings, _ = parse(result.stdout)
    if result.returncode < 0:
        sys.exit(f"parity: {shlex.join(command)} died of signal {-result.returncode}")
    texts = set()
    for finding in findings:
        finding.path = os.path.realpath(finding.path)
        notes = [f"    {os.path.realpath(n.path)}:{n.line}:{n.column}: note: {n.message}"
                 for n in finding.notes]
        texts.add("\n".join([f"  {finding}", *notes]))
    return texts


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--check", required=True)
    parser.add_argument("--clang-tidy", required=True)
    parser.add_argument("--plugin", required=True)
    parser.add_argument("files", nargs="*")
    options = parser.parse_args()
    files = options.files or sorted(
        glob.glob(f"{ROOT}/test/rules/**/*.cpp", recursive=True)
        + glob.glob(f"{ROOT}/test/faces/nolint*.cpp")
        + glob.glob(f"{ROOT}/examples/**/*.cpp", recursive=True))
    files = [f for f in files if "/Inputs/" not in f]
    if not files:
        sys.exit("parity: no files to compare over")

    def compare(path):
        flags = flags_of(path)
        tool = said([options.check, "--color=never", path, "--", *flags])
        plugin = said([options.clang_tidy, f"-load={options.plugin}", "-checks=-*,heddle-*",
                       "-header-filter=.*", "--use-color=false", "--quiet", path, "--", *flags])
        return path, tool, plugin

    differing, count = 0, 0
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for path, tool, plugin in pool.map(compare, files):
            count += len(tool)
            if tool != plugin:
                differing += 1
                print(path)
                for text in sorted(tool - plugin):
                    print(f" only heddle-check:\n{text}")
                for text in sorted(plugin - tool):
                    print(f" only clang-tidy with the plugin:\n{text}")
    print(f"parity: {len(files)} files, {count} findings, {differing} files differ")
    # Two mute tools agree too: that proves nothing.
    if count == 0:
        sys.exit("parity: neither found anything")
    return 1 if differing else 0


if __name__ == "__main__":
    sys.exit(main())
