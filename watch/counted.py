"""The counts of all processes, out of the files of METRICS_DIR."""

import os
from collections.abc import Iterator
from pathlib import Path

from prometheus_client.core import Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector


class CountsCollector(Collector):
    """Adds up what each process has counted, and forgets what only the dead had.

    A count outlives its process; a gauge, of sockets that are open, must not. Who is
    killed cannot take it back, and the library leaves that to somebody's hook.
    """

    def __init__(self, folder: str) -> None:
        self._folder = Path(folder)
        self._counts = MultiProcessCollector(None, path=folder)  # type: ignore[no-untyped-call]  # comes untyped

    def collect(self) -> Iterator[Metric]:
        for path in self._folder.glob("gauge_live*_*.db"):
            if _is_dead(int(path.stem.rpartition("_")[2])):
                path.unlink(missing_ok=True)
        yield from self._counts.collect()  # type: ignore[no-untyped-call]  # comes untyped


def _is_dead(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        # Of another user, and alive.
        pass
    return False
