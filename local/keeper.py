"""A child that is kept running: started again whenever it ends by itself."""

import subprocess
import sys
import threading
from collections.abc import Callable

PAUSE_SECONDS = 5.0


class Keeper:
    """Keeps one child running, from `start` until `end`."""

    def __init__(self, name: str, start: Callable[[], subprocess.Popen[bytes]]) -> None:
        self._name = name
        self._start = start
        self._child: subprocess.Popen[bytes] | None = None
        self._ended = threading.Event()
        # Held while a child is started: whoever ends the keeper then knows it.
        self._starting = threading.Lock()
        self._thread = threading.Thread(target=self._keep, name=f"keeper of {name}")

    def start(self) -> None:
        """Start the child, and see to it from now on."""
        self._thread.start()

    def end(self, seconds: float) -> None:
        """Ask the child to stop, insist after `seconds`, and start none any more.

        Safe to be called again, by whom a request to stop interrupted in it.
        """
        self._ended.set()
        with self._starting:
            child = self._child
        if child:
            child.terminate()
            try:
                child.wait(seconds)
            except subprocess.TimeoutExpired:
                child.kill()
        if self._thread.ident:
            self._thread.join()

    def _keep(self) -> None:
        while child := self._started():
            status = child.wait()
            if self._ended.is_set():
                return
            sys.stderr.write(
                f"focusguard: {self._name} ended with status {status}; "
                f"it is started again in {PAUSE_SECONDS:.0f} s.\n"
            )
            self._ended.wait(PAUSE_SECONDS)

    def _started(self) -> subprocess.Popen[bytes] | None:
        with self._starting:
            if not self._ended.is_set():
                self._child = self._start()
                return self._child
        return None
