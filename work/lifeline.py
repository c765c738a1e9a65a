"""The line between a worker and its supervisor: heartbeats up, the end down."""

import os
import signal
import socket
import threading
import time

# What runs has this long to end; as long as where the supervisor asks for it.
STOP_SECONDS = 20.0


class Lifeline:
    """The worker's end: tells of heartbeats, and ends the worker with its supervisor.

    A supervisor that was killed can tell nobody. The kernel closes its end then, and a
    worker that nobody would restart, or stop, must not stay.
    """

    def __init__(self, descriptor: int) -> None:
        self._socket = socket.socket(fileno=descriptor)
        threading.Thread(target=self._watch, name="lifeline", daemon=True).start()

    def beat(self, worker_id: int) -> None:
        """Tell the supervisor that this worker's heartbeat stands in the database."""
        try:
            self._socket.send(b"%d\n" % worker_id, socket.MSG_DONTWAIT)
        except (BlockingIOError, ConnectionError):
            # Stopped by Ctrl-Z, or gone: the first hears later, `_watch` sees the second.
            return

    def _watch(self) -> None:
        while True:
            try:
                if not self._socket.recv(1):
                    break
            except OSError:
                break
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(STOP_SECONDS)
        os.kill(os.getpid(), signal.SIGKILL)
