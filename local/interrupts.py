"""Being asked to stop: Ctrl-C, `kill`, a closed terminal."""

import contextlib
import signal
import threading
from collections.abc import Callable, Iterator
from subprocess import Popen
from types import FrameType

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Stopped(BaseException):
    """A signal asked us to stop. No Exception: nothing but the outermost may catch it."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.status = 128 + number  # as shells count it


@contextlib.contextmanager
def raised() -> Iterator[None]:
    """Turn the first request to stop into `Stopped`; ignore those that follow.

    What cleans up after it must not be interrupted in turn by an impatient Ctrl-C.
    """

    def stop(number: int, frame: FrameType | None) -> None:
        # Not SIG_IGN: a child would inherit that.
        _handle(lambda number, frame: None)
        raise Stopped(number)

    with _restored():
        _handle(stop)
        yield


@contextlib.contextmanager
def held() -> Iterator[None]:
    """Hold a request to stop back until the block ends, in which a child is started.

    Raised between the fork and the assignment of what Popen returns, it would leave a
    child that nobody knows, and that nobody ends.
    """
    arrived: list[int] = []
    if threading.current_thread() is not threading.main_thread():
        # Nothing is raised here: signals are the main thread's.
        yield
        return
    try:
        with _restored():
            _handle(lambda number, frame: arrived.append(number))
            yield
    finally:
        if arrived:
            signal.raise_signal(arrived[0])


@contextlib.contextmanager
def passed_on(start: Callable[[], Popen[bytes]]) -> Iterator[Popen[bytes]]:
    """Start a child of the same terminal, and hand requests to stop to it.

    Ctrl-C is not passed on: the terminal sends it to the child itself. What comes while
    it is being started is passed on once it is known.
    """
    child: Popen[bytes] | None = None
    early: list[int] = []

    def pass_on(number: int, frame: FrameType | None) -> None:
        if child is None:
            early.append(number)
        elif number != signal.SIGINT:
            child.send_signal(number)

    with _restored():
        _handle(pass_on)
        child = start()
        for number in early:
            child.send_signal(number)
        yield child


def _handle(handler: Callable[[int, FrameType | None], object]) -> None:
    for number in SIGNALS:
        signal.signal(number, handler)


@contextlib.contextmanager
def _restored() -> Iterator[None]:
    before = {number: signal.getsignal(number) for number in SIGNALS}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
