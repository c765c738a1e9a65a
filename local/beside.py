"""Processes that `make run` keeps beside gunicorn: that of the sockets, and the worker."""

import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from local import interrupts
from local.listening import Addresses
from local.places import Places
from local.processes import end, running_as

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


@dataclass(frozen=True)
class Beside:
    """A command of `manage.py` that runs as long as gunicorn does, and a little longer."""

    title: str
    command: str
    # What it has begun is ended within this time, or is cut off.
    seconds: float
    arguments: tuple[str, ...] = ()

    def mark(self, places: Places) -> list[str]:
        """Return what tells ours, and its children, from others: words for all of them."""
        return ["--name", f"{places.root}/{self.command}"]

    def pids(self, places: Places) -> list[int]:
        """Return the pids of this checkout's: of `make run`, not those by hand.

        By their command line, which a process has from its first moment: a file with a
        pid would come later, and one that was killed for before would be nobody's.
        """
        return running_as(" ".join(self.mark(places)))

    def keeper(self, places: Places, environment: Mapping[str, str]) -> Keeper:
        """Return what keeps it running, once it is told to start."""
        return Keeper(
            self.title,
            lambda: subprocess.Popen(
                [
                    *(sys.executable, "manage.py", self.command),
                    *self.arguments,
                    *self.mark(places),
                ],
                env=dict(environment),
                cwd=places.project,
                stdin=subprocess.DEVNULL,
                # The terminal's Ctrl-C reaches us alone; it is passed on once, in order.
                start_new_session=True,
            ),
        )

    def end_left(self, places: Places) -> None:
        """End what runs of it, also what a killed `make run` left."""
        while pids := self.pids(places):
            # The eldest is the one that ends its children.
            end(min(pids), by=signal.SIGTERM, then=signal.SIGKILL, seconds=self.seconds)


# It tells each of its clients to come again later, and waits for none of them.
SOCKETS = Beside("the sockets' process", "serve_realtime", seconds=10.0)
# It ends the tasks that it has begun, or is ended: they are done again.
WORKER = Beside("the worker", "work", seconds=30.0)

# In the order of their end: what the last sockets see is worked off after them.
ALL = (SOCKETS, WORKER)


def wanted(ours: Addresses) -> tuple[Beside, ...]:
    """Return those that belong beside a gunicorn at these addresses."""
    if ours.sockets is None:
        return (WORKER,)
    return (replace(SOCKETS, arguments=("--bind", ours.bind_of_sockets)), WORKER)


def run(
    which: tuple[Beside, ...],
    places: Places,
    environment: Mapping[str, str],
    serve: Callable[[], int],
) -> int:
    """Keep them running while `serve` does; then end one after the other.

    No context manager: a request to stop that comes just as one was entered would end
    nothing.
    """
    keepers = [(one, one.keeper(places, environment)) for one in which]

    def end_all() -> None:
        for one, keeper in keepers:
            keeper.end(one.seconds)
            # One that was killed leaves its children, which end by themselves, but later.
            one.end_left(places)

    try:
        for _, keeper in keepers:
            keeper.start()
        return serve()
    finally:
        # May be interrupted too, where gunicorn ended by itself; then it begins again,
        # and nothing interrupts it a second time.
        try:
            end_all()
        except interrupts.Stopped:
            end_all()
            raise
