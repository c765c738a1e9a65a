"""The one place of a worker where pictures are drawn: one at a time, and two wait.

Drawing takes up to 80 MB and a second of a processor. Eight at once would take all that
a worker may have, and every thread.
"""

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore, Lock

from pictures.exceptions import PictureBusy

WAITING = 2
RETRY_AFTER = 2  # seconds

_places = BoundedSemaphore(1 + WAITING)
_easel = Lock()


@contextmanager
def alone() -> Iterator[None]:
    """Wait for one's turn to draw. PictureBusy (503) where enough wait already."""
    if not _places.acquire(blocking=False):
        raise PictureBusy(retry_after=RETRY_AFTER)
    try:
        with _easel:
            try:
                yield
            finally:
                _give_back()
    finally:
        _places.release()


def _give_back() -> None:
    """Return what drawing took to the machine: C's allocator would keep it for later."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)
