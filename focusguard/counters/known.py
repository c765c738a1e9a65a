"""Counters that a process knows to run."""

import time

MOST = 10_000


class KnownCounters:
    """Until when a counter runs at least, by the clock of this process.

    To count with a Django cache is `add(key, 1) or incr(key)`. Of a counter that runs
    the `add` says False, which a process that has seen it need not ask again: counting
    is one trip then. It never says so of one that has ended: its end is reckoned from
    before the question.
    """

    def __init__(self) -> None:
        self._until: dict[str, float] = {}

    def runs(self, name: str) -> bool:
        return time.monotonic() < self._until.get(name, 0.0)

    def note(self, name: str, asked_at: float, seconds: float) -> None:
        """Remember that a counter had so many seconds left after `asked_at`."""
        if len(self._until) >= MOST:
            self._until.clear()
        self._until[name] = asked_at + seconds

    def forget(self, name: str) -> None:
        self._until.pop(name, None)

    def clear(self) -> None:
        self._until.clear()
