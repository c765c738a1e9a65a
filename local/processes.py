"""Looking after processes that outlive the one that started them."""

import contextlib
import os
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from local import interrupts
from local.local_error import LocalError


def command_of(pid: int) -> str:
    """Return a running process's command line, empty for a dead or zombie one."""
    proc = Path(f"/proc/{pid}/cmdline")
    if Path("/proc/self").exists():
        try:
            return os.fsdecode(proc.read_bytes().replace(b"\0", b" "))
        except OSError:
            return ""
    shown = subprocess.run(
        ["ps", "-o", "command=", "-p", str(pid)],
        capture_output=True,
        text=True,
        check=False,
    )
    return "" if "<defunct>" in shown.stdout else shown.stdout


def number_in(file: Path) -> int | None:
    """Return the pid that a file begins with, whoever has that number now."""
    try:
        return int(file.read_text().split()[0])
    except (OSError, ValueError, IndexError):
        return None


def pid_in(file: Path, *, of: str) -> int | None:
    """Return the pid that a file names, if that process lives and is the one meant.

    After a reboot or a `kill -9` the number may belong to anybody: `of` must be part
    of its command line.
    """
    pid = number_in(file)
    return pid if pid and of in command_of(pid) else None


def running_as(words: str) -> list[int]:
    """Return the pids whose command line has these words, whole."""
    if Path("/proc/self").exists():
        lines = {
            int(entry.name): command_of(int(entry.name))
            for entry in Path("/proc").glob("[0-9]*")
        }
    else:
        shown = subprocess.run(
            ["ps", "-axo", "pid=,command="], capture_output=True, text=True, check=False
        ).stdout
        split = (line.strip().partition(" ") for line in shown.splitlines())
        lines = {int(pid): command for pid, _, command in split}
    return [pid for pid, line in lines.items() if f" {words} " in f"{line} "]


def working_in(folder: Path) -> list[int]:
    """Return the pids whose working directory is `folder`; none where /proc is not."""
    found = []
    for entry in Path("/proc").glob("[0-9]*/cwd"):
        with contextlib.suppress(OSError):
            if entry.readlink() == folder:
                found.append(int(entry.parent.name))
    return found


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
) -> None:
    """Start a server that outlives us, and return once it answers.

    LocalError with the end of its log when it ends before, or takes too long. A
    server that did not come to answer is not left behind, also not by Ctrl-C.
    """
    server: subprocess.Popen[bytes] | None = None
    answered = False
    try:
        with log.open("ab") as file:
            begins = file.tell()
            with interrupts.held():
                server = _popen(
                    command,
                    stdin=subprocess.DEVNULL,
                    stdout=file,
                    stderr=file,
                    # Ctrl-C in the terminal is not for it.
                    start_new_session=True,
                    **options,
                )
        started = server
        wait_until(lambda: started.poll() is not None or answers(), seconds=seconds)
        answered = started.poll() is None and answers()
    finally:
        if server and not answered:
            _put_away(server)
    if not answered:
        said = log.read_bytes()[begins:].decode(errors="replace").strip()
        raise LocalError(f"{log.stem} did not start:\n{said[-1000:]}")
    # Left to itself on purpose: no warning that it still runs.
    server.returncode = 0


def run(
    command: list[str], *, said: str | None = None, **options: Any
) -> subprocess.CompletedProcess[str]:
    """Run a command to its end, as `subprocess.run` does; no request to stop leaves it.

    LocalError where it cannot be run.
    """
    process: subprocess.Popen[str] | None = None
    try:
        with interrupts.held():
            process = _popen(command, text=True, **options)
        told, errors = process.communicate(said)
    except BaseException:
        if process:
            _put_away(process)
        raise
    return subprocess.CompletedProcess(command, process.returncode, told, errors)


def _popen(command: list[str], **options: Any) -> subprocess.Popen[Any]:
    try:
        return subprocess.Popen(command, **options)
    except OSError as error:
        raise LocalError(f"{command[0]} cannot be run: {error.strerror}") from None


def _put_away(server: subprocess.Popen[Any]) -> None:
    server.terminate()
    try:
        server.wait(5)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()


def end(pid: int, *, by: signal.Signals, then: signal.Signals, seconds: float) -> None:
    """Ask a process to stop, and insist when it has not after `seconds`.

    LocalError when it does not even then.
    """
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
