"""Locks that die with their holder, so that a `kill -9` leaves none behind."""

import contextlib
import fcntl
import os
from collections.abc import Iterator
from pathlib import Path

from local.local_error import LocalError


@contextlib.contextmanager
def locked(file: Path, *, wait: bool = True, note: str = "") -> Iterator[None]:
    """Hold a lock alone, under our pid and a `note` to whoever finds it held.

    Without `wait`, a lock that is held is a LocalError with its holder's note.
    """
    with file.open("a+") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError:
            raise LocalError(file.read_text().partition("\n")[2]) from None
        handle.truncate(0)
        handle.write(f"{os.getpid()}\n{note}")
        handle.flush()
        yield


def holder(file: Path) -> int | None:
    """Return the pid of the process that holds the lock alone, if one does."""
    try:
        with file.open() as handle:
            fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except FileNotFoundError:
        return None
    except BlockingIOError:
        # Empty for an instant after it was taken.
        first = file.read_text().partition("\n")[0]
        return int(first) if first.isdigit() else None
    return None


@contextlib.contextmanager
def shared(file: Path) -> Iterator["Shared"]:
    """Hold a lock together with others; wait while somebody holds it alone."""
    with file.open("a+") as handle:
        fcntl.flock(handle, fcntl.LOCK_SH)
        yield Shared(handle.fileno())


class Shared:
    """A part in a shared lock."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor

    def alone(self) -> bool:
        """Give the part up; hold the lock alone and tell so if no other part is left.

        Of two that leave at once at least one finds itself alone: the kernel drops
        a part before it looks for others.
        """
        try:
            fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
