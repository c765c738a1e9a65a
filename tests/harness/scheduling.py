"""The order of the tests, and which of them stay together on one worker.

pytest-xdist writes the name of a group into the id of a test, where pytest 9.2 does not
look any more: what is marked with `xdist_group` is scattered, and every stack of a file
is started by each worker. The path of a test is in its id.
"""

from xdist.scheduler import LoadScopeScheduling

# What waits for servers and browsers comes first: the short tests then fill what is
# left of both workers.
FIRST = ("tests/browser/", "tests/live/", "tests/local/", "tests/model/")
# Their files share a stack, a browser or a server of their own.
TOGETHER = ("tests/browser/", "tests/live/")


def in_order(items):
    """Sort the tests of `FIRST` to the front, and leave the order of all others."""

    def place(item):
        found = (n for n, start in enumerate(FIRST) if item.nodeid.startswith(start))
        return next(found, len(FIRST))

    items.sort(key=place)


class ByFile(LoadScopeScheduling):
    """Keep the files of `TOGETHER` whole; hand out every other test by itself."""

    def _split_scope(self, nodeid):
        return nodeid.split("::")[0] if nodeid.startswith(TOGETHER) else nodeid
