"""The minute's settling of overdue sessions, as cron does it in production."""

import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from local.places import Places

EVERY_SECONDS = 60.0
COMMANDS = ("settle_overdue_sessions", "fold_leaderboards")


@contextmanager
def settling(places: Places, environment: Mapping[str, str]) -> Iterator[None]:
    """Settle sessions and fold boards every minute meanwhile.

    Else totals would wait for the next start, and each board add up more changes.
    """
    ended = threading.Event()

    def settle() -> None:
        while not ended.wait(EVERY_SECONDS):
            for command in COMMANDS:
                subprocess.run(
                    [sys.executable, "manage.py", command, "--verbosity", "0"],
                    env=dict(environment),
                    cwd=places.project,
                    stdin=subprocess.DEVNULL,
                    check=False,
                    # Ctrl-C in the terminal is not for it: it ends within a moment.
                    start_new_session=True,
                )

    worker = threading.Thread(target=settle, name="settling")
    worker.start()
    try:
        yield
    finally:
        ended.set()
        worker.join()
