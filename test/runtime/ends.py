#!/usr/bin/env python3
"""Runs the programs that end in a way of their own, and checks status and output."""

import os
import signal
import subprocess
import sys

DEADLOCK = "fatal error: all goroutines are asleep - deadlock!\n"
AFTER_FORK = "fatal error: heddle: the child of a fork used goroutines"
OVERFLOW = ["fatal error: goroutine stack overflow\n", "[running]:", "created by "]

# program (and its arguments), environment, exit status (None: any but 0), what must be on stderr, on stdout
CASES = [
    ("deadlock", {}, 2, [DEADLOCK, "[chan receive, ", "[sync.Mutex.Lock, ",
                         "[sync.WaitGroup.Wait, ", "created by main", "(main)", "WaitFor"], []),
    ("deadlock", {"HEDDLE_PROCS": "1"}, 2, [DEADLOCK], []),
    ("deadlock", {"HEDDLE_PROCS": "8"}, 2, [DEADLOCK], []),
    ("deadlock_after_io", {}, 2, [DEADLOCK, "[chan receive, "], ["read x\n"]),
    ("deadlock_after_io", {"HEDDLE_PROCS": "1"}, 2, [DEADLOCK], []),
    ("deadlock_on_thread", {}, 2, [DEADLOCK], ["thread ends\n"]),
    ("foreign_thread_runs", {}, 0, [], ["got 7\n"]),
    *[("exit_in_goroutine", environment, 7, [], ["stopped\n"])
      for environment in ({}, {"HEDDLE_PROCS": "1"})],
    ("forks exec", {}, 0, [], ["done\n"]),
    ("forks use", {}, 0, [AFTER_FORK], ["done\n"]),
    ("forks park", {}, 0, [AFTER_FORK], ["done\n"]),
    ("forks park", {"HEDDLE_PROCS": "1"}, 0, [AFTER_FORK], ["done\n"]),
    ("goroutines_at_exit", {}, 0, [], []),
    ("io_wait", {}, 2, ["SIGQUIT: quit\n", "[IO wait, ", "Accept", "[chan receive, "], []),
    ("io_wait", {"HEDDLE_PROCS": "1"}, 2, ["SIGQUIT: quit\n", "[IO wait, "], []),
    ("leak", {}, 0, [], []),
    ("leak", {"HEDDLE_LEAKS": "1"}, 3, ["2 goroutine(s) still parked at exit\n",
                                        "[chan receive, ", "created by main"], []),
    ("overflow", {}, -signal.SIGABRT, OVERFLOW + ["goroutine 1 [running]:", "Descend("], []),
    ("overflow retaken", {}, -signal.SIGABRT, OVERFLOW + ["Descend("], []),
    ("overflow large", {}, -signal.SIGABRT, OVERFLOW + ["Descend("], ["7 MiB used\n"]),
    *[("overflow " + case, {"HEDDLE_GUARD": "pages", "HEDDLE_STACK": "256K"}, -signal.SIGABRT,
       OVERFLOW, []) for case in ("crowd", "returns", "parks")],
    ("overflow crowd", {}, -signal.SIGABRT, OVERFLOW, []),
    ("panic", {}, 0, ["panic: it cannot go on\n", "[running]:", "created by main"], []),
    ("panic", {"HEDDLE_PANIC": "crash"}, 2, ["panic: it cannot go on\n"], []),
    ("quiet", {}, 0, [], ["quiet: "]),
    ("signals", {}, 0, [], ["undisturbed\n"]),
    *[("starvation " + case, environment, 0, [], ["went on\n"])
      for case in ("compute", "many", "mutex", "read", "queued", "blocking", "procs", "again")
      for environment in ({}, {"HEDDLE_PROCS": "1"})],
    *[("parks_forever", {"HEDDLE_LEAKS": "1"} | environment, 3,
       ["8 goroutine(s) still parked at exit\n", "[select (no cases), "], [])
      for environment in ({}, {"HEDDLE_PROCS": "1"})],
    ("static_constructor", {}, 0, [], ["sum 45\n"]),
    # AddressSanitizer sees that the libraries have the same objects, as they are meant to.
    ("two_linked", {"ASAN_OPTIONS": "detect_leaks=0:detect_odr_violation=0"}, 0, [], ["sum 420\n"]),
    ("two_opened", {}, 0, [], ["sum 420\n"]),
    ("static_destructor", {}, 0, [], ["stopped\n"]),
    ("static_destructor", {"HEDDLE_LEAKS": "1"}, None, ["1 goroutine(s) still parked"], []),
]


def main():
    folder = sys.argv[1]
    failed = 0
    for name, environment, status, on_stderr, on_stdout in CASES:
        everything = {key: value for key, value in os.environ.items()
                      if not key.startswith("HEDDLE_")} | environment
        program, *arguments = name.split()
        program = os.path.join(folder, "runtime_" + program)
        try:
            done = subprocess.run([program, *arguments], env=everything, capture_output=True, text=True,
                                  timeout=20, check=False)
        except subprocess.TimeoutExpired:
            print(f"{name} {environment}: timed out")
            failed += 1
            continue
        if "Sanitizer" in done.stderr and name.startswith("overflow"):
            continue  # its own report of the same fault
        wrong = [text for text in on_stderr if text not in done.stderr]
        wrong += [text for text in on_stdout if text not in done.stdout]
        right_status = done.returncode != 0 if status is None else done.returncode == status
        if not wrong and right_status and (on_stderr or not done.stderr):
            continue
        failed += 1
        print(f"{name} {environment}: status {done.returncode}, want {status}; missing {wrong}\n"
              f"{done.stdout}{done.stderr}")
    print(f"{len(CASES) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
