#!/usr/bin/env python3
"""Runs the programs that end in a way of their own, and checks status and output.

usage: ends.py FOLDER-OF-PROGRAMS [STRIP]
With STRIP, a tool that strips, reports are checked without debug information too.
HEDDLE_EMULATOR in the environment, a command, runs the programs of another processor.
"""

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile

DEADLOCK = "fatal error: all goroutines are asleep - deadlock!\n"
# An emulator (qemu-user) has a thread of its own in the process, so that no deadlock is ever
# certain; it says that it has made a guard region, and makes none; and it limits no memory.
EMULATOR = os.environ.get("HEDDLE_EMULATOR", "").split()
SOURCES = os.path.join(os.path.dirname(os.path.abspath(__file__)), "programs")


def at(name, text, after=""):
    """The two lines of a frame: function `after`, then the line of `text` in its source."""
    # Absolute, but a compiler's cache may hand over what another checkout compiled.
    path = r"/.*/" + re.escape(os.path.join("test", "runtime", "programs", name))
    with open(os.path.join(SOURCES, name), encoding="utf-8") as source:
        for number, line in enumerate(source, 1):
            if text in line:
                return re.compile(re.escape(after) + r".*\n\t" + path + f":{number}\\b")
    raise SystemExit(f"{name}: no line has {text!r}")


AFTER_FORK = "fatal error: heddle: the child of a fork used goroutines"
OVERFLOW = ["fatal error: goroutine stack overflow\n", "[running]:\n", "created by main\n"]
OVERFLOW_DEEP = [*OVERFLOW[:2], at("overflow.cpp", "return Descend(top)", "Descend("),
                 " frames left out...\n", at("overflow.cpp", "    Descend();"), OVERFLOW[2]]

# program (and its arguments), environment (IGNORE: a signal that it ignores from the start), exit
# status (None: any but 0), what must be on stderr in this order, on stdout
CASES = [
    ("deadlock", {}, 2,
     [DEADLOCK, "(main) [sync.WaitGroup.Wait, ", at("deadlock.cpp", "wg.Wait", "main"),
      "goroutine 2 [chan receive, ", at("deadlock.cpp", "void WaitFor", "WaitFor"),
      at("deadlock.cpp", "wg.Go(WaitFor", "created by main"),
      "goroutine 3 [sync.Mutex.Lock, ", at("deadlock.cpp", "{ mu.Lock"),
      at("deadlock.cpp", "{ mu.Lock", "created by main")], []),
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
    ("io_wait", {}, 2,
     ["SIGQUIT: quit\n", "(main) [chan receive, ", at("io_wait.cpp", "accepted.Recv", "main"),
      "goroutine 2 [IO wait, ", at("io_wait.cpp", "Accept"),
      at("io_wait.cpp", "heddle::go", "created by main")], []),
    ("io_wait", {"HEDDLE_PROCS": "1"}, 2, ["SIGQUIT: quit\n", "[IO wait, "], []),
    ("leak", {}, 0, [], []),
    ("leak", {"HEDDLE_LEAKS": "1"}, 3,
     ["2 goroutine(s) still parked at exit\n", "goroutine 2 [chan receive, ",
      at("leak.cpp", "c.Recv"), at("leak.cpp", "heddle::go", "created by main"), "goroutine 3 ["],
     []),
    ("no_memory", {}, 0, [], ["twice\n"]),
    ("overflow", {}, -signal.SIGABRT,
     ["fatal error: goroutine stack overflow\n", "goroutine 1 [running]:\n",
      at("overflow.cpp", "return Descend(top)", "Descend("), " more of this frame\n",
      " frames left out...\n", at("overflow.cpp", "heddle::Run"),
      at("overflow.cpp", "heddle::Run", "created by main")], []),
    ("overflow_in_malloc", {}, -signal.SIGABRT, ["fatal error: goroutine stack overflow\n"], []),
    ("panic", {}, 0,
     ["panic: it cannot go on\n", "[running]:\n", at("panic.cpp", "heddle::panic("),
      at("panic.cpp", "heddle::go", "created by main")], []),
    ("panic", {}, 0,  # which report is first is not said: Done comes before it
     [re.compile(r"panic: too late\n\ngoroutine \d+ \[running\]:\n.*\n\t.*\n(?=created)"),
      at("panic.cpp", "AfterFunc", "created by main")], []),
    ("panic", {"HEDDLE_PANIC": "crash"}, 2, ["panic: it cannot go on\n"], []),
    ("panic_deep", {}, 2,
     ["panic: close of closed channel\n\ngoroutine ", "[running]:\nCloseTwice",
      at("panic_deep.cpp", "RunAlone([] { CloseTwice"), at("panic_deep.cpp", "  f();"),
      at("panic_deep.cpp", "  wg.Go", "created by "),
      "panic: value too large\n", "[running]:\nValidate", at("panic_deep.cpp", "(3)"),
      "panic: exception of type Odd\n", "[running]:\nThrowOdd",
      "panic: value too large\n\ngoroutine 1 [running]:\n", at("panic_deep.cpp", "(4)"),
      at("panic_deep.cpp", "(4)", "created by main")], []),
    ("quit", {}, 2,
     ["SIGQUIT: quit\n", "goroutine 2 [chan receive, ", at("quit.cpp", "// for ever"),
      "goroutine 3 [sleep, ", at("quit.cpp", "hours(1)", "Nap()"),
      re.compile(r"goroutine 5 \[runn(able|ing)\]:\n"),
      at("quit.cpp", "heddle::Yield", "TakeTurns()"),
      re.compile(r"goroutine 6 \[runn(able|ing)\]:\n"),
      at("quit.cpp", "heddle::Yield", "TakeTurns()")], []),
    ("quit", {}, 2, ["SIGQUIT: quit\n", "goroutine 4 [running]:\n",
                     at("quit.cpp", "for (spinning", "Spin()")], []),
    ("quit", {"IGNORE": "SIGQUIT"}, 2, ["SIGQUIT: quit\n"], []),
    ("waits_last", {}, 2,
     [line for reason, text, function in [
         ("sync.Cond.Wait", "cond.Wait", "CondWaitLast()"),
         ("sync.Mutex.Lock", "{ mu.Lock", "LockLast()"),
         ("sync.RWMutex.RLock", "rw.RLock", "RLockLast()"),
         ("sync.RWMutex.Lock", "{ rw.Lock", "WriteLockLast()"),
         ("semaphore acquire", "semaphore.Acquire", "AcquireLast()"),
         ("sync.WaitGroup.Wait", "wg.Wait", "WaitLast()"), ("sleep", "{ heddle::Sleep", "SleepLast()")]
      for line in (f"[{reason}, ", at("waits_last.cpp", text, function))], []),
    ("overflow retaken", {}, -signal.SIGABRT, OVERFLOW_DEEP, []),
    *[("overflow " + case, {"HEDDLE_STACK": "256K"}, -signal.SIGABRT, OVERFLOW, [])
      for case in ("step", "leap")],
    ("overflow large", {}, -signal.SIGABRT, OVERFLOW_DEEP, ["7 MiB used\n"]),
    *[("overflow " + case, {"HEDDLE_GUARD": "pages", "HEDDLE_STACK": "256K"}, -signal.SIGABRT,
       OVERFLOW, []) for case in ("crowd", "returns", "parks")],
    ("overflow crowd", {}, -signal.SIGABRT, OVERFLOW, []),
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

# Without debug information and then without symbols.
STRIPPED = [
    ("deadlock", ["--strip-debug"], 2, [DEADLOCK, "WaitFor(", "\n\t", "created by main\n\t"]),
    ("deadlock", ["--strip-all"], 2, [DEADLOCK, "created by ", "runtime_deadlock+0x"]),
    ("panic_deep", ["--strip-debug"], 2, ["[running]:\nCloseTwice(", "[running]:\nValidate("]),
]


def missing(expected, text):
    """Those of `expected` that are not in `text` after the ones before them."""
    lost = []
    for one in expected:
        if isinstance(one, str):
            start, end = text.find(one), text.find(one) + len(one)
        else:
            found = one.search(text)
            start, end = found.span() if found else (-1, 0)
        if start < 0:
            lost.append(one if isinstance(one, str) else one.pattern)
        else:
            text = text[end:]
    return lost


def ignoring(name):
    return (lambda: signal.signal(getattr(signal, name), signal.SIG_IGN)) if name else None


def fails(program, environment, status, on_stderr, on_stdout):
    everything = {key: value for key, value in os.environ.items()
                  if not key.startswith("HEDDLE_")} | environment
    if EMULATOR:
        everything["HEDDLE_GUARD"] = "pages"
    # By default every program waits a second at its end.
    everything["TSAN_OPTIONS"] = everything.get("TSAN_OPTIONS", "") + " atexit_sleep_ms=50"
    program, *arguments = program.split()
    if os.environ.get("HEDDLE_SANITIZED") and program.endswith("_no_memory"):
        return False  # a sanitizer needs more address space than a limit leaves
    title = f"{os.path.basename(program)} {arguments} {environment}"
    try:
        done = subprocess.run([*EMULATOR, program, *arguments], env=everything,
                              capture_output=True, text=True, timeout=30, check=False,
                              preexec_fn=ignoring(environment.get("IGNORE")))
    except subprocess.TimeoutExpired:
        print(f"{title}: timed out")
        return True
    if (os.environ.get("HEDDLE_SANITIZED") == "thread" and program.endswith("runtime_quit") and
            not isinstance(on_stderr[-1], str)):
        on_stderr = on_stderr[:-1]  # TSan delays the signal that takes a running stack
    if "Sanitizer" in done.stderr and "overflow" in program:
        return False  # its own report of the same fault
    wrong = missing(on_stderr, done.stderr)
    wrong += [text for text in on_stdout if text not in done.stdout]
    right_status = done.returncode != 0 if status is None else done.returncode == status
    if not wrong and right_status and (on_stderr or not done.stderr):
        return False
    print(f"{title}: status {done.returncode}, want {status}; missing {wrong}\n"
          f"{done.stdout}{done.stderr}")
    return True


def runs_emulated(name, environment, on_stderr):
    deadlock = DEADLOCK in on_stderr or (name == "static_destructor" and environment)
    return not deadlock and name != "no_memory"


def main():
    folder = sys.argv[1]
    failed = total = 0
    for name, environment, status, on_stderr, on_stdout in CASES:
        if EMULATOR and not runs_emulated(name, environment, on_stderr):
            continue
        total += 1
        failed += fails(os.path.join(folder, "runtime_" + name), environment, status, on_stderr,
                        on_stdout)
    with tempfile.TemporaryDirectory() as scratch:
        for name, options, status, on_stderr in STRIPPED if len(sys.argv) > 2 else []:
            if EMULATOR and not runs_emulated(name, {}, on_stderr):
                continue
            total += 1
            program = os.path.join(scratch, "runtime_" + name)
            shutil.copy(os.path.join(folder, "runtime_" + name), program)
            subprocess.run([sys.argv[2], *options, program], check=True)
            failed += fails(program, {}, status, on_stderr, [])
    print(f"{total - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
