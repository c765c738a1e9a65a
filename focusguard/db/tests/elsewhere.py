"""Another process, as far as the database can tell."""

from contextlib import closing, contextmanager
from threading import Event, Thread

from django.db import connection

from focusguard.db.locks import only_one
from tests.harness.bounds import DEADLINE


@contextmanager
def held_elsewhere(name):
    """Let another connection hold the lock of `name`."""
    held, done = Event(), Event()

    def hold():
        try:
            with only_one(name):
                held.set()
                done.wait()
        finally:
            connection.close()

    holder = Thread(target=hold)
    holder.start()
    try:
        assert held.wait(DEADLINE)
        yield
    finally:
        done.set()
        holder.join()


@contextmanager
def key_held_elsewhere(key):
    """Let the transaction of another connection hold the lock of `key`."""
    with closing(connection.copy()) as other:
        other.set_autocommit(False)
        with other.cursor() as cursor:
            cursor.execute(
                "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [key]
            )
        try:
            yield
        finally:
            # Its server sees that it was closed only a moment later.
            other.rollback()
