"""Another process, as far as the database can tell."""

from contextlib import contextmanager
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
