#!/usr/bin/env python3
"""Compiles the corpus's programs against the runtime and runs them: each must do
what its line `// Run:` says.

  clean                    ends with status 0
  deadlock                 reports that all goroutines are asleep, status 2
  panic                    reports a panic
  leak, lost-work, race    ends (what goes wrong does not show in the status)
  hang-some, panic-some    is compiled only

The corpus is where corpus/run looks for it. Skips with a message without one.

Usage: behave.py --cxx COMPILER --runtime LIBRARY [--corpus FOLDER] [NAME...]
"""

import argparse
import concurrent.futures
import glob
import os
import re
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
COMPILED_ONLY = ("hang-some", "panic-some")
TIMEOUT_S = 60


def complaint(kind, status, stderr):
    """What is wrong with how a program of this kind ended; empty: nothing."""
    asleep = "all goroutines are asleep - deadlock!" in stderr
    if status is None:
        return f"did not end in {TIMEOUT_S} s"
    if status < 0:
        return f"died of signal {-status}"
    if kind == "clean" and status != 0:
        return f"ended with status {status}"
    if kind == "deadlock" and (not asleep or status != 2):
        return f"ended with status {status}, {'a' if asleep else 'no'} deadlock report"
    if kind == "panic" and "panic" not in stderr:
        return "reported no panic"
    return ""


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--cxx", required=True)
    parser.add_argument("--runtime", required=True)
    parser.add_argument("--corpus", default=os.environ.get(
        "HEDDLE_CORPUS", os.path.join(os.path.dirname(ROOT), "shared", "corpus")))
    parser.add_argument("names", nargs="*")
    options = parser.parse_args()

    paths = sorted(glob.glob(os.path.join(options.corpus, "kernels", "*.cpp")))
    if not paths:
        print(f"corpus: skipped, there is no {options.corpus}/kernels "
              "(HEDDLE_CORPUS names another place)")
        return 0
    if options.names:
        paths = [p for p in paths if os.path.basename(p).split(".")[0] in options.names]

    with tempfile.TemporaryDirectory(prefix="heddle-corpus-") as folder:
        def behave(path):
            with open(path, encoding="utf-8") as file:
                kind = re.search(r"^// Run: ([a-z-]+)", file.read(), re.M)[1]
            program = os.path.join(folder, os.path.basename(path)[:-len(".cpp")])
            compiled = subprocess.run(
                [options.cxx, "-std=c++20", "-Wall", "-Wextra", "-Werror", "-O1",
                 f"-I{ROOT}/runtime/include", path, options.runtime, "-pthread", "-o", program],
                capture_output=True, text=True)
            if compiled.returncode != 0:
                return kind, "does not compile\n" + compiled.stderr[:2000]
            if kind in COMPILED_ONLY:
                return kind, ""
            try:
                result = subprocess.run([program], capture_output=True, text=True,
                                        errors="replace", timeout=TIMEOUT_S)
                status, stderr = result.returncode, result.stderr
            except subprocess.TimeoutExpired:
                status, stderr = None, ""
            os.remove(program)
            wrong = complaint(kind, status, stderr)
            return kind, f"{wrong}\n{stderr[-1000:]}" if wrong else ""

        bad = 0
        with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
            for path, (kind, wrong) in zip(paths, pool.map(behave, paths)):
                bad += bool(wrong)
                if wrong:
                    print(f"{os.path.basename(path)}: marked '{kind}': {wrong}")
    print(f"corpus: {len(paths) - bad} of {len(paths)} programs behave as they are marked")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
