"""BURST and DAM (racers released by one event; a row on which they all meet)."""

import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, nullcontext
from threading import Barrier
from types import TracebackType

from django.db import connection
from django.db.models import Model

from tests.live.harness.stack import DEADLINE, THREADS, Answer, Request, Stack

# Below LOCK_TIMEOUT_MS of the stacks, after which the racers would be answered with 503.
LONGEST_HOLD = 45  # seconds


class Dam:
    """Another connection that holds a lock until the block ends.

    `held` is a row that nobody else may change, or a model for rows that are yet to
    be made: then nobody else writes to its table. Without a dam a burst may pass by
    luck: the first racer is done before the second has come to where they collide.
    """

    def __init__(self, held: Model | type[Model], *, racers: int | None = None) -> None:
        """`racers` is how many will meet here, where it is not all of them."""
        self._held = held
        self.racers = racers

    def __enter__(self) -> "Dam":
        self._holder = connection.copy()
        self._holder.set_autocommit(False)
        table = self._held._meta.db_table
        with self._holder.cursor() as cursor:
            if isinstance(self._held, type):
                cursor.execute(f"LOCK TABLE {table} IN SHARE MODE")
            else:
                cursor.execute(
                    f"SELECT 1 FROM {table} WHERE {self._held._meta.pk.column} = %s "
                    "FOR UPDATE",
                    [self._held.pk],
                )
                assert cursor.fetchone()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._holder.rollback()
        self._holder.close()

    def wait_for(self, racers: int) -> None:
        """Return once so many racers wait for a lock."""
        ends_at = time.monotonic() + DEADLINE
        first_came = False
        while (met := waiting()) < racers:
            now = time.monotonic()
            if met and not first_came:
                first_came, ends_at = True, now + LONGEST_HOLD
            assert now < ends_at, f"only {met} of {racers} racers met at the dam"
            time.sleep(0.01)  # Postgres announces no waiter


def burst(
    stack: Stack, requests: Sequence[Request], *, behind: Dam | None = None
) -> list[Answer]:
    """Send all at once, each over a connection of its own; answer in their order.

    `behind` a dam they are let through together: when all of them wait, or more than
    one worker has threads, so that both workers are in the race.
    """
    gate = Barrier(len(requests))

    def run(request: Request) -> Answer:
        with closing(stack.connect()) as client:
            gate.wait(DEADLINE)
            return stack.send(request, client)

    with ThreadPoolExecutor(len(requests)) as pool:
        with behind or nullcontext():
            racers = [pool.submit(run, request) for request in requests]
            if behind:
                behind.wait_for(min(behind.racers or len(requests), THREADS + 1))
        return [racer.result() for racer in racers]


def waiting() -> int:
    """Count who waits for a lock; nobody but our stack uses this database."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity "
            "WHERE datname = current_database() AND wait_event_type = 'Lock'"
        )
        return cursor.fetchone()[0]
