#!/usr/bin/env python3
"""Faults put into the runtime on purpose are found by the model checker: for each, the
scenarios named fail, the schedule that is printed fails again, and without the fault it
does not.

Usage: plants.py RUNTIME_MODEL RUNTIME_FOLDER
"""

import re
import subprocess
import sys

# The option that puts the fault in, a scenario that must fail, what it must say.
FAULTS = [
    ("--plant=lost-wake-up", "worker_sleeps_or_finds", "nobody can go on"),
    ("--plant=missing-fence", "worker_sleeps_or_finds", "nobody can go on"),
    ("--plant=double-resume", "select_two_senders", "resumed twice|nobody can go on"),
    # Orders that are too weak: of the spin lock's release, of the ring's publication, of a
    # close beside a task that begins to wait for the descriptor.
    ("--weaken=" + "spin_lock_release", "spin_lock", "data race"),
    ("--weaken=" + "ring_publication", "run_queue_publishes", "data race"),
    ("--weaken=" + "poll_close", "poll_close", "nobody can go on"),
]
# What the lines above call by name, looked up in the source: line numbers move.
LINES = {
    "spin_lock_release": ("src/sync.h", "void Unlock() { held_.store(0"),
    "ring_publication": ("src/run_queue.h", "tail_.store(tail + 1"),
    "poll_close": ("src/poll_desc.cpp", "closed_.store(true)"),
}


def main():
    model, sources = sys.argv[1:3]

    def site(name):
        file, text = LINES[name]
        with open(f"{sources}/{file}", encoding="utf-8") as lines:
            number = next(n for n, line in enumerate(lines, 1) if text in line)
        return f"{file}:{number}"

    def run(*arguments):
        result = subprocess.run([model, *arguments], stdout=subprocess.PIPE, text=True,
                                check=False)
        return result.returncode, result.stdout

    failures = 0
    for option, scenario, expected in FAULTS:
        flag, _, name = option.partition("=")
        if name in LINES:
            option = f"{flag}={site(name)}"
        status, output = run(option, scenario)
        replay = re.search(r"^replay: runtime_model (.*)$", output, re.M)
        problem = None
        if status != 1 or not replay:
            problem = "was not found"
        elif not re.search(f"^{scenario} fails: .*({expected})", output, re.M):
            problem = f"was found, but not as '{expected}'"
        else:
            arguments = replay[1].split()
            status, output = run(*arguments)
            if status != 1 or not re.search(f"fails: .*({expected})", output):
                problem = "does not come back with its schedule: " + replay[1]
            else:
                arguments.remove(option)
                if run(*arguments)[0] != 0:
                    problem = "is said to be there when it is not"
        print(f"{option} {scenario}:", problem or "found: " + replay[1])
        if problem:
            failures += 1
            print(output)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
