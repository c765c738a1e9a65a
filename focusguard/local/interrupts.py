"""Being asked to stop: Ctrl-C, `kill`, a closed terminal."""

import contextlib
import signal
from collections.abc import Callable, Iterator
from types import FrameType

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Stopped(BaseException):
    """We were asked to stop. No Exception: nothing but the outermost may catch it."""

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
def passed_on(send: Callable[[int], None]) -> Iterator[None]:
    """Hand requests to stop to a child of the same terminal, and wait for it.

    Ctrl-C is not passed on: the terminal sends it to the child itself.
    """

    def pass_on(number: int, frame: FrameType | None) -> None:
        if number != signal.SIGINT:
            send(number)

    with _restored():
        _handle(pass_on)
        yield


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
