"""gdb commands for programs that use heddle:

  info goroutines           every goroutine: its number, what it waits for, where it is
  goroutine N [COMMAND]     COMMAND (default: bt) in the stack of goroutine N
  goroutine all [COMMAND]   the same for each of them

They work on processes and on core files, and take the program's symbol table only.
Load with `source .../heddle-gdb.py`, by hand or from ~/.gdbinit.
"""

import contextlib

import gdb
import gdb.unwinder

VERSION = 1
FIELDS = ("version slabs slab_next slab_records slab_count record_bytes id state state_parked reason "
          "spawn_site stack_pointer stack reason_names workers worker_current worker_tid").split()


def read(address, size=8):
    memory = gdb.selected_inferior().read_memory(address, size)
    return int.from_bytes(memory.tobytes(), "little")


def read_string(address):
    return gdb.Value(address).cast(gdb.lookup_type("char").pointer()).string()


class Layout:
    """runtime/src/debugger.h, as the program has it."""

    def __init__(self):
        if not gdb.selected_inferior().pid:
            raise gdb.GdbError("The program is not running.")
        try:
            at = int(gdb.parse_and_eval("(unsigned long)&heddle_debugger_layout"))
        except gdb.error:
            raise gdb.GdbError("This program has no goroutines, or its symbols are stripped.")
        for index, name in enumerate(FIELDS):
            setattr(self, name, read(at + 8 * index))
        if self.version != VERSION:
            raise gdb.GdbError(f"This script is of another version of heddle ({VERSION}) than "
                               f"the program ({self.version}).")

    def reason_name(self, reason):
        name = read(self.reason_names + 8 * reason)
        return read_string(name) if name else "?"


class Goroutine:
    def __init__(self, layout, at, tid):
        self.id = read(at + layout.id)
        self.tid = tid  # of the thread that runs it, or None
        self.parked = read(at + layout.state, 4) == layout.state_parked
        self.reason = layout.reason_name(read(at + layout.reason, 1))
        self.spawn_site = read(at + layout.spawn_site)
        self.stack = read(at + layout.stack)
        self.stack_pointer = read(at + layout.stack_pointer)

    def status(self):
        if self.tid is not None:
            return "running"
        return self.reason if self.parked else "runnable"


def goroutines():
    """All that have started and not ended, by number."""
    layout = Layout()
    running = {}
    worker_at = layout.workers
    while worker := read(worker_at):
        running[read(worker + layout.worker_current)] = read(worker + layout.worker_tid, 4)
        worker_at += 8
    found = []
    slab = read(layout.slabs)
    while slab:
        for index in range(layout.slab_count):
            record = slab + layout.slab_records + index * layout.record_bytes
            if read(record + layout.id):
                found.append(Goroutine(layout, record, running.get(record)))
        slab = read(slab + layout.slab_next)
    return sorted(found, key=lambda goroutine: goroutine.id)


class FrameId:
    def __init__(self, sp, pc):
        self.sp = sp
        self.pc = pc


# Where heddle_switch (runtime/src/context_*.S) has left the registers, in 8-byte words from
# the stack pointer, and how many words it takes.
SAVED = {
    "i386:x86-64": ({"r15": 0, "r14": 1, "r13": 2, "r12": 3, "rbx": 4, "rbp": 5, "rip": 6}, 7),
    "aarch64": ({"x29": 0, "x30": 1, "pc": 1, **{f"x{19 + i}": 2 + i for i in range(10)}}, 20),
}
STACK_POINTER = {"i386:x86-64": "rsp", "aarch64": "sp"}
PROGRAM_COUNTER = {"i386:x86-64": "rip", "aarch64": "pc"}


class GoroutineUnwinder(gdb.unwinder.Unwinder):
    """While `target` is set, the caller of the selected thread's innermost frame is that
    goroutine. Nothing of the process is changed, so it works on core files too."""

    def __init__(self):
        super().__init__("heddle-goroutine")
        self.target = None
        self.innermost = None  # registers of the thread's innermost frame

    def __call__(self, pending_frame):
        if self.target is None:
            return None
        arch = pending_frame.architecture().name()
        if arch not in SAVED:
            return None
        sp = int(pending_frame.read_register(STACK_POINTER[arch]))
        pc = int(pending_frame.read_register(PROGRAM_COUNTER[arch]))
        if (sp, pc) != self.innermost:
            return None
        saved, words = SAVED[arch]
        word = gdb.lookup_type("unsigned long")
        # As if that frame were just below the goroutine's: stacks must grow one way.
        info = pending_frame.create_unwind_info(
            FrameId(gdb.Value(self.target.stack_pointer - 16), gdb.Value(pc)))
        for register, index in saved.items():
            value = gdb.Value(read(self.target.stack_pointer + 8 * index)).cast(word)
            info.add_saved_register(register, value)
        info.add_saved_register(STACK_POINTER[arch],
                                gdb.Value(self.target.stack_pointer + 8 * words).cast(word))
        return info


unwinder = GoroutineUnwinder()
gdb.unwinder.register_unwinder(None, unwinder, replace=True)


@contextlib.contextmanager
def inside(goroutine):
    """Within it, frame 1 and up are the goroutine's; frame 0 and up when it is running."""
    thread = gdb.selected_thread()
    selected = gdb.selected_frame()
    try:
        if goroutine.tid is not None:
            for other in gdb.selected_inferior().threads():
                if goroutine.tid in other.ptid[1:]:
                    other.switch()
                    break
            else:
                raise gdb.GdbError(f"Its thread {goroutine.tid} is not here.")
            gdb.newest_frame().select()
        else:
            newest = gdb.newest_frame()
            arch = newest.architecture().name()
            if arch not in SAVED:
                raise gdb.GdbError(f"Goroutines of {arch} are not known.")
            unwinder.innermost = (int(newest.read_register(STACK_POINTER[arch])),
                                  int(newest.read_register(PROGRAM_COUNTER[arch])))
            unwinder.target = goroutine
            gdb.invalidate_cached_frames()
            gdb.newest_frame().older().select()
        yield
    finally:
        unwinder.target = None
        gdb.invalidate_cached_frames()
        thread.switch()
        with contextlib.suppress(gdb.error, RuntimeError):
            selected.select()


def is_runtimes(frame):
    """Whether nobody who debugs a program is looking for this frame. Names are bare where only
    line tables were asked for (-gline-tables-only, -g1): then the file tells, and the symbol of
    the function that the frame was inlined in."""
    line = frame.find_sal()
    path = line.symtab.fullname() if line.symtab else ""
    if (frame.name().startswith(("heddle", "std::")) or "/include/heddle/" in path
            or "/c++/" in path):
        return True
    while frame.type() == gdb.INLINE_FRAME:
        frame = frame.older()
    callee = frame.newer()
    while callee is not None and callee.type() == gdb.INLINE_FRAME:
        callee = callee.newer()
    interrupted = callee is None or callee.type() == gdb.SIGTRAMP_FRAME
    # Templates are compiled with the user's code, which may be inlined in them.
    symbol = symbol_at(frame.pc() if interrupted else frame.pc() - 1)
    return symbol.startswith("heddle") and "<" not in symbol.partition("(")[0]


def users_frame(goroutine):
    """The innermost frame that is not the runtime's, as text."""
    if not goroutine.stack:
        return "not started"
    with inside(goroutine):
        frame = gdb.selected_frame()
        while frame is not None and frame.is_valid():
            if frame.name() and frame.older() is not None and not is_runtimes(frame):
                line = frame.find_sal()
                where = f" at {line.symtab.filename}:{line.line}" if line.symtab else ""
                return frame.name() + where
            frame = frame.older()
    return "in the runtime"


def symbol_at(address):
    text = gdb.execute(f"info symbol {address:#x}", to_string=True).strip()
    return text.split(" in section ")[0]


class InfoGoroutines(gdb.Command):
    """Lists the goroutines: number, what each waits for, where it is, who started it."""

    def __init__(self):
        super().__init__("info goroutines", gdb.COMMAND_STATUS)

    def invoke(self, argument, from_tty):
        for goroutine in goroutines():
            mark = "*" if goroutine.tid is not None else " "
            print(f"{mark} {goroutine.id} [{goroutine.status()}] {users_frame(goroutine)}, "
                  f"created by {symbol_at(goroutine.spawn_site - 1)}")


class GoroutineCommand(gdb.Command):
    """goroutine N [COMMAND], goroutine all [COMMAND]: COMMAND (default: bt) in the stack of
goroutine N. Frames of a goroutine that is not running count from 1."""

    def __init__(self):
        super().__init__("goroutine", gdb.COMMAND_STACK)

    def invoke(self, argument, from_tty):
        number, _, command = argument.strip().partition(" ")
        command = command.strip() or "bt"
        if number == "all":
            for goroutine in goroutines():
                print(f"goroutine {goroutine.id} [{goroutine.status()}]:")
                self.run(goroutine, command)
            return
        if not number.isdigit():
            raise gdb.GdbError("usage: goroutine N|all [COMMAND]")
        for goroutine in goroutines():
            if goroutine.id == int(number):
                self.run(goroutine, command)
                return
        raise gdb.GdbError(f"No goroutine has the number {number}.")

    @staticmethod
    def run(goroutine, command):
        if not goroutine.stack:
            print("It has not started, and has no stack yet.")
            return
        with inside(goroutine):
            text = gdb.execute(command, to_string=True)
        if goroutine.tid is None and command.split()[0] in ("bt", "backtrace", "where"):
            # Frame 0 is the selected thread's, not the goroutine's.
            text = "".join(line for line in text.splitlines(True) if not line.startswith("#0 "))
        print(text, end="")


InfoGoroutines()
GoroutineCommand()
