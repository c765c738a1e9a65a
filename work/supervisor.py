"""The supervisor of a worker: `manage.py work` becomes it, and the worker is its child.

It imports nothing of the product, so it needs a tenth of a worker's memory and cannot
fail with it. A child that ends is followed by another, whatever its exit code: a worker
that lost Postgres ends with 0. A child that is silent for a minute is killed: one that
hangs in a half-open connection, or while it stops, may do so for ever. It speaks when
its heartbeat stands in the database, so that silence is the age of that row.
"""

import os
import selectors
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
# glibc gives each thread a heap of its own, and each would keep what its largest job
# took: a worker that had read six large files was 40 MB larger, and is 26.
ONE_HEAP = {"MALLOC_ARENA_MAX": "1"}


@dataclass(frozen=True, slots=True)
class Patience:
    """How long is waited for what, in seconds."""

    silence: float = 60.0
    # For jobs to end; those of a worker that is killed then are done by another.
    stop: float = 20.0
    # Between the end of a child and the next one, doubled each time.
    shortest_pause: float = 1.0
    longest_pause: float = 15.0
    # A child that lived so long starts the pauses anew.
    steady: float = 60.0


class Supervisor:
    """Keeps a child of `command` running until TERM or INT.

    The command is given `--lifeline FD`, where it writes its worker's id with each
    heartbeat and sees the end of the supervisor, and `--after ID`, the worker that died
    before it.
    """

    def __init__(
        self, command: Sequence[str], patience: Patience | None = None
    ) -> None:
        self._command = command
        self._patience = patience or Patience()
        self._dead_worker = ""
        self._stopping = threading.Event()
        self._events = selectors.DefaultSelector()
        self._signalled, self._signals = socket.socketpair()

    def run(self) -> int:
        """Supervise until told to stop; return the exit code."""
        self._hear_signals()
        patience = self._patience
        pause = patience.shortest_pause
        while True:
            began = time.monotonic()
            ended = self._run_child()
            if self._stopping.is_set():
                return 0
            if time.monotonic() - began >= patience.steady:
                pause = patience.shortest_pause
            say(f"the worker {ended}; another starts in {pause:g} s")
            self._wait(pause)
            if self._stopping.is_set():
                return 0
            pause = min(2 * pause, patience.longest_pause)

    def _hear_signals(self) -> None:
        def stop(number: int, frame: object) -> None:
            self._stopping.set()

        for end in (self._signalled, self._signals):
            end.setblocking(False)
        self._events.register(self._signalled, selectors.EVENT_READ)
        signal.set_wakeup_fd(self._signals.fileno(), warn_on_full_buffer=False)
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, stop)

    def _run_child(self) -> str:
        """Run a child until it ends, by itself or by us; say how it ended."""
        lifeline, childs_end = socket.socketpair()
        with lifeline, childs_end:
            child = self._start(childs_end)
            childs_end.close()
            lifeline.setblocking(False)
            self._events.register(lifeline, selectors.EVENT_READ)
            try:
                said = self._watch(child, lifeline)
            finally:
                self._events.unregister(lifeline)
                # Also where this very process meets an error: no orphans.
                child.kill()
                status = child.wait()
        if said:
            return said
        if status < 0:
            return f"was ended by {signal.Signals(-status).name}"
        return f"ended with exit code {status}"

    def _start(self, childs_end: socket.socket) -> "subprocess.Popen[bytes]":
        after = ["--after", self._dead_worker] if self._dead_worker else []
        return subprocess.Popen(
            [*self._command, "--lifeline", str(childs_end.fileno()), *after],
            pass_fds=[childs_end.fileno()],
            cwd=PROJECT,
            env=ONE_HEAP | os.environ,
            stdin=subprocess.DEVNULL,
            # The terminal's Ctrl-C reaches us alone; it is passed on, in order.
            start_new_session=True,
        )

    def _watch(self, child: "subprocess.Popen[bytes]", lifeline: socket.socket) -> str:
        """Return when the child has ended, or why it is to be killed."""
        patience = self._patience
        deadline = time.monotonic() + patience.silence
        told = False
        while True:
            if self._stopping.is_set() and not told:
                told = True
                child.terminate()
                deadline = time.monotonic() + patience.stop
            self._wait(deadline - time.monotonic())
            # Read before it is judged: after Ctrl-Z what was said meanwhile lies there.
            heard = _read(lifeline)
            if heard is None:
                late = time.monotonic() >= deadline
                if late and told:
                    say(f"the worker did not stop in {patience.stop:g} s: killed")
                    return "was killed"
                if late and not self._stopping.is_set():
                    return f"was silent for {patience.silence:g} s and killed"
            elif heard:
                self._dead_worker = heard.split()[-1].decode()
                if not told:
                    deadline = time.monotonic() + patience.silence
            else:
                # It let go of the lifeline: ended, or about to be.
                _await(child, max(0.0, deadline - time.monotonic()))
                return ""

    def _wait(self, seconds: float) -> None:
        """Wait for the child or a signal, and no longer than this."""
        self._events.select(max(0.0, seconds))
        _read(self._signalled)


def _read(end: socket.socket) -> bytes | None:
    """Return what was written to the other end; None if nothing, empty if it closed."""
    try:
        return end.recv(65536)
    except BlockingIOError:
        return None
    except ConnectionError:
        return b""


def _await(child: "subprocess.Popen[bytes]", seconds: float) -> None:
    try:
        child.wait(seconds)
    except subprocess.TimeoutExpired:
        say("the worker let go of its supervisor and did not end: killed")


def say(line: str) -> None:
    sys.stderr.write(f"focusguard work: {line}\n")
    sys.stderr.flush()


if __name__ == "__main__":
    # The command that became this supervisor has run the checks: again, they would load
    # every view of the web into a worker that answers nothing, 4 MB of it.
    worker = [sys.executable, "manage.py", "work", "--skip-checks", *sys.argv[1:]]
    sys.exit(Supervisor(worker).run())
