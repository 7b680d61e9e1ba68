#!/usr/bin/env python3
"""Runs our benchmarks beside those of other runtimes, alternately, and prints a table.

usage: compare.py [--rounds N] [--wall] [--only TEXT] OURS PEER...

OURS is runtime_peers (bench/runtime/peers.cpp); a PEER is a program with the same command line
and output, perhaps as NAME=PROGRAM. Each round runs every program once for each line of the
table, so that all have the same share of the machine's moods. A figure is the median over the
rounds of ns per operation: of CPU time (all threads, user and system), which other work on
the machine disturbs least, or of wall time; below 1 the ratio ours / peer is in our favour.
What a peer does not have is left out.
"""

import argparse
import os
import re
import statistics
import subprocess
import sys

# Title, benchmark, operations, p1, p2.
LINES = [
    ("spawn + wait, 1e5", "spawn", 100_000),
    ("spawn one, join it", "spawn1", 200_000),
    ("yield", "yield", 1_000_000),
    ("unbuffered round trip", "pingpong", 200_000),
    ("capacity 64, 1 x 1", "buf", 1_000_000, 64, 1),
    ("capacity 1024, 4 x 4", "buf", 1_000_000, 1024, 4),
    ("skynet 1e5, channels", "skynet", 100_000),
    ("skynet 1e5, wait groups", "skynetwg", 100_000),
    ("mutex, 4 goroutines", "mutex", 1_000_000),
    ("select, 2 unbuffered", "select", 200_000, 0),
    ("select, 2 of capacity 64", "select", 500_000, 64),
    ("1e5 sleepers of 10 ms", "sleep", 100_000),
    ("sieve, 1000 primes", "sieve", 1_000),
    ("create, park, release 1e5, cold", "memchan", 100_000),
]
REPETITIONS = 3


def measure(program, workers, line, wall):
    """ns per operation of the warm repetitions, and resident bytes if it says; or None."""
    _, name, count, *more = line
    done = subprocess.run([program, name, str(workers), str(count), str(REPETITIONS),
                           *map(str, more)], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                          text=True, check=False, timeout=300)
    lines = [text.split() for text in done.stdout.splitlines() if text.startswith("R ")]
    if done.returncode != 0 or not lines:
        return None
    lines = lines[:1] if name == "memchan" else lines[1:]  # the first is cold
    times = []
    for words in lines:
        cpu = re.search(r"cpu_ms=([\d.]+)", " ".join(words))
        times.append(float(words[4]) if wall else float(cpu[1]) * 1e6 / count)
    resident = re.search(r"rss_per=(\d+)", " ".join(lines[-1]))
    return statistics.median(times), int(resident[1]) if resident and name == "memchan" else None


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--wall", action="store_true", help="wall time instead of CPU time")
    parser.add_argument("--only", default="", help="lines of the table that contain this text")
    parser.add_argument("programs", nargs="+", metavar="OURS, [NAME=]PEER...")
    options = parser.parse_args()
    named = []
    for program in options.programs:
        name, equals, path = program.partition("=")
        named.append((name, path) if equals else (os.path.basename(program), program))

    wanted = [line for line in LINES if options.only in line[0]]
    load = [os.getloadavg()[0]]
    samples = {}
    for _ in range(options.rounds):
        for workers in (1, 2):
            for line in wanted:
                for name, path in named:
                    sample = measure(path, workers, line, options.wall)
                    if sample is not None:
                        samples.setdefault((workers, line[0], name), []).append(sample)
        load.append(os.getloadavg()[0])

    def figure(workers, title, name, which=0):
        values = [s[which] for s in samples.get((workers, title, name), []) if s[which] is not None]
        return statistics.median(values) if values else None

    kind = "wall" if options.wall else "CPU"
    print(f"ns of {kind} time per operation with 1 / 2 workers, medians of {options.rounds} rounds; "
          f"load {min(load):.1f} to {max(load):.1f}\n")
    ours = named[0][0]
    print("| work | " + " | ".join(name for name, _ in named) + " | " +
          " | ".join(f"ours / {name}" for name, _ in named[1:]) + " |")
    print("|---" * (2 * len(named)) + "|")
    for title, *_ in wanted:
        cells = []
        for name, _ in named:
            pair = [figure(w, title, name) for w in (1, 2)]
            cells.append(" / ".join("-" if v is None else f"{v:.0f}" for v in pair))
        for name, _ in named[1:]:
            pair = [(figure(w, title, ours), figure(w, title, name)) for w in (1, 2)]
            cells.append(" / ".join("-" if None in (a, b) else f"{a / b:.2f}" for a, b in pair))
        print(f"| {title} | " + " | ".join(cells) + " |")
    title = LINES[-1][0]
    resident = [figure(1, title, name, 1) for name, _ in named]
    print("| resident bytes a parked one | " +
          " | ".join("-" if v is None else f"{v:.0f}" for v in resident) + " | " +
          " | ".join("-" if None in (resident[0], v) else f"{resident[0] / v:.2f}"
                     for v in resident[1:]) + " |")
    return 0


if __name__ == "__main__":
    sys.exit(main())
