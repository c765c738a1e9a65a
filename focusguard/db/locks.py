"""Advisory locks, which hold on any machine: of a command, and of a transaction."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection


class AlreadyRunning(Exception):
    """Another process holds the lock of this name."""


@contextmanager
def only_one(name: str) -> Iterator[None]:
    """Hold the lock of `name` for the block; AlreadyRunning at once if it is taken.

    It is an advisory lock of our database connection: a process that dies, however it
    dies, lets go of it. It needs a direct connection or a pooler in session mode.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_try_advisory_lock(hashtext('focusguard'), hashtext(%s))", [name]
        )
        (held,) = cursor.fetchone()
    if not held:
        raise AlreadyRunning(name)
    try:
        yield
    finally:
        # With a broken connection the lock is gone, and asking would hide the error.
        if connection.is_usable():
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT pg_advisory_unlock(hashtext('focusguard'), hashtext(%s))",
                    [name],
                )


def try_hold(name: str) -> bool:
    """Take the lock of `name` until the transaction ends; tell whether it was free."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_try_advisory_xact_lock(hashtextextended(%s, 0))", [name]
        )
        (held,) = cursor.fetchone()
    return bool(held)
