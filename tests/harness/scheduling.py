"""The order of the tests, and which of them stay together on one worker.

pytest-xdist writes the name of a group into the id of a test, where pytest 9.2 does not
look any more: what is marked with `xdist_group` is scattered, and every stack of a file
is started by each worker. The path of a test is in its id.
"""

from contextlib import suppress
from importlib import import_module

import pytest
from xdist.scheduler import LoadScopeScheduling

# What waits for servers and browsers comes first, what computes last.
FIRST = ("tests/browser/", "tests/live/", "tests/local/", "tests/model/", "realtime/")
# Their files share a stack, a browser or a server of their own.
TOGETHER = ("tests/browser/", "tests/live/")
# Folders whose files share what takes seconds to start.
WHOLE = ("tests/live/races/", "tests/live/realtime/", "tests/local/", "realtime/")


def in_order(items):
    """Sort the tests of `FIRST` to the front, and leave the order of all others."""

    def place(item):
        found = (n for n, start in enumerate(FIRST) if item.nodeid.startswith(start))
        return next(found, len(FIRST))

    items.sort(key=place)


def import_a_share(root, folders, worker, workers):
    """Import each worker's own part of the tests before it collects them all.

    pytest compiles what it imports, and keeps it: workers that begin at the same file
    each compile all of them. What cannot be imported is told by the collection.
    """
    files = sorted(
        path for folder in folders for path in (root / folder).rglob("test_*.py")
    )
    for path in files[worker::workers]:
        with suppress(Exception, pytest.skip.Exception):
            import_module(".".join(path.relative_to(root).with_suffix("").parts))


class ByFile(LoadScopeScheduling):
    """Keep what shares a server whole; hand out every other test by itself."""

    def _split_scope(self, nodeid):
        folder = next((each for each in WHOLE if nodeid.startswith(each)), None)
        if folder:
            return folder
        return nodeid.split("::")[0] if nodeid.startswith(TOGETHER) else nodeid

    def _assign_work_unit(self, node):
        """Give one worker its tests from the end: they fill what the others leave.

        With all of them in browsers, a quarter of the processors' time was left.
        """
        if node is self.nodes[0] and self.numnodes > 2:
            self.workqueue.move_to_end(next(reversed(self.workqueue)), last=False)
        super()._assign_work_unit(node)
