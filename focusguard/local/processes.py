"""Looking after processes that outlive the one that started them."""

import contextlib
import fcntl
import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from focusguard.local.errors import LocalError


def command_of(pid: int) -> str:
    """Return a running process's command line, empty for a dead or zombie one."""
    proc = Path(f"/proc/{pid}/cmdline")
    if Path("/proc/self").exists():
        try:
            return proc.read_bytes().replace(b"\0", b" ").decode(errors="replace")
        except OSError:
            return ""
    shown = subprocess.run(
        ["ps", "-o", "command=", "-p", str(pid)],
        capture_output=True,
        text=True,
        check=False,
    )
    return "" if "<defunct>" in shown.stdout else shown.stdout


def pid_in(file: Path, *, of: str) -> int | None:
    """Return the pid that a file names, if that process lives and is the one meant.

    After a reboot or a `kill -9` the number may belong to anybody: `of` must be part
    of its command line.
    """
    try:
        pid = int(file.read_text().split()[0])
    except (OSError, ValueError, IndexError):
        return None
    return pid if of in command_of(pid) else None


def wait_until(condition: Callable[[], bool], *, seconds: float) -> bool:
    """Look every 20 ms whether something has come true; tell whether it did."""
    ends = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > ends:
            return False
        time.sleep(0.02)
    return True


def launch(
    command: list[str],
    *,
    log: Path,
    answers: Callable[[], bool],
    seconds: float,
    **options: Any,
) -> int:
    """Start a server that outlives us and return its pid once it answers.

    LocalError with the end of its log when it ends before, or takes too long.
    """
    with log.open("ab") as file:
        begins = file.tell()
        server = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=file,
            stderr=file,
            # Ctrl-C in the terminal is not for it.
            start_new_session=True,
            **options,
        )
    wait_until(lambda: server.poll() is not None or answers(), seconds=seconds)
    if server.poll() is not None or not answers():
        said = log.read_bytes()[begins:].decode(errors="replace").strip()
        raise LocalError(f"{log.stem} did not start:\n{said[-1000:]}")
    # Left to itself on purpose: no warning that it still runs.
    server.returncode = 0
    return server.pid


def end(pid: int, *, by: signal.Signals, then: signal.Signals, seconds: float) -> None:
    """Ask a process to stop, and insist when it has not after `seconds`."""
    for sign in (by, then):
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, sign)
        if wait_until(lambda: _is_gone(pid), seconds=seconds):
            return
    raise LocalError(f"process {pid} does not stop; try: kill -9 {pid}")


def _is_gone(pid: int) -> bool:
    # Reaps it when it is our own child; a zombie counts as gone otherwise.
    with contextlib.suppress(ChildProcessError):
        os.waitpid(pid, os.WNOHANG)
    return not command_of(pid)


@contextlib.contextmanager
def locked(file: Path, *, wait: bool = True, note: str = "") -> Iterator[None]:
    """Hold a lock that dies with its holder.

    Without `wait`, a lock that is held is a LocalError with its holder's `note`.
    """
    with file.open("a+") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError:
            raise LocalError(file.read_text()) from None
        handle.truncate(0)
        handle.write(note)
        handle.flush()
        yield
