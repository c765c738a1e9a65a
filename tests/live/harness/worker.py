"""The real worker under its real supervisor, and all processes that come of them."""

import os
import subprocess
import sys
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil
from django.conf import settings

from local.processes import wait_until
from tests.live.harness.stack import DEADLINE, database_url, environment_of_tests

MARK = "FOCUSGUARD_TEST_WORKER"


class RunningWorker:
    """A supervisor, and its worker of the moment."""

    def __init__(self, process: subprocess.Popen, mark: str, log: Path) -> None:
        self.process = process
        self._mark = mark
        self._log = log

    @property
    def log(self) -> str:
        return self._log.read_text()

    def family(self) -> list[psutil.Process]:
        """Return the supervisor and whatever it started, also what lost its parent."""
        found = []
        for process in psutil.process_iter():
            with suppress(psutil.Error):
                if process.environ().get(MARK) == self._mark:
                    found.append(process)
        return found

    def child(self) -> psutil.Process | None:
        """Return the worker of this moment; None in the pause between two."""
        with suppress(psutil.Error):
            for child in psutil.Process(self.process.pid).children():
                if child.status() != psutil.STATUS_ZOMBIE:
                    return child
        return None

    def wait_for_child(
        self, *, other_than: psutil.Process | None = None
    ) -> psutil.Process:
        """Return the worker once there is one, and it is another than this."""
        found: list[psutil.Process] = []

        def is_there() -> bool:
            child = self.child()
            if child is not None and child != other_than:
                found.append(child)
            return bool(found)

        assert wait_until(is_there, seconds=DEADLINE), self.log[-4000:]
        return found[0]

    def is_gone(self) -> bool:
        return self.process.poll() is not None and not self.family()

    def stop(self) -> None:
        """Ask the supervisor to stop; whatever is left then is killed, and told."""
        self.process.terminate()
        try:
            stopped = wait_until(self.is_gone, seconds=DEADLINE)
        finally:
            left = self.family()
            for process in left:
                with suppress(psutil.Error):
                    process.kill()
            self.process.wait(DEADLINE)
            psutil.wait_procs(left, DEADLINE)
        assert stopped, f"left behind: {left}\n{self.log[-4000:]}"


@contextmanager
def running_worker(
    directory: Path, *arguments: str, **environment: str
) -> Iterator[RunningWorker]:
    """Run `manage.py work`, on the test database unless `environment` says another."""
    if "DATABASE_URL" not in environment:
        environment["DATABASE_URL"] = database_url()
    mark = uuid.uuid4().hex
    ours = {
        "DJANGO_SETTINGS_MODULE": "tests.live.harness.work_settings",
        # As `manage.py` has it; and a chore waits at a dam for as long as a test looks.
        "STATEMENT_TIMEOUT_MS": "0",
        "LOCK_TIMEOUT_MS": "0",
        MARK: mark,
    }
    log = directory / f"worker-{mark}.log"
    with log.open("wb") as said:
        process = subprocess.Popen(
            [sys.executable, "manage.py", "work", *arguments],
            cwd=settings.BASE_DIR,
            env=os.environ | environment_of_tests() | ours | environment,
            stdout=said,
            stderr=said,
            start_new_session=True,
        )
    worker = RunningWorker(process, mark, log)
    try:
        yield worker
    finally:
        worker.stop()
