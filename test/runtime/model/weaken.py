#!/usr/bin/env python3
"""How much of the runtime's memory ordering the scenarios need: makes the atomics of one
source line relaxed at a time, and lists the lines that no scenario misses.

A line that is listed is either stronger than it must be or not covered; look at it.
Takes minutes; not one of the tests.

Usage: weaken.py RUNTIME_MODEL [-- OPTIONS OF EACH RUN]
"""

import subprocess
import sys


def main():
    model = sys.argv[1]
    options = sys.argv[3:] or ["--random=200"]

    def run(*arguments):
        return subprocess.run([model, *arguments], stdout=subprocess.PIPE, text=True, check=False)

    listing = run("--strong", "--random=200", "--preemptions=0", "--deviations=0")
    sites = [line.split()[1] for line in listing.stdout.splitlines()
             if line.startswith("strong ")]
    # The scenarios have atomics of their own, some wrong on purpose.
    sites = [site for site in sites if site.startswith(("src/", "heddle/"))]
    missed = []
    for site in sites:
        result = run(f"--weaken={site}", "--first", *options)
        verdict = "found" if result.returncode == 1 else "NOT FOUND"
        line = next((l for l in result.stdout.splitlines() if " fails: " in l), "")
        print(f"{site:28} {verdict}  {line[:100]}", flush=True)
        if result.returncode != 1:
            missed.append(site)
    print(f"{len(sites) - len(missed)} of {len(sites)} lines found; not: {' '.join(missed)}")


if __name__ == "__main__":
    main()
