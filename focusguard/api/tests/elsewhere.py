"""Another process, as far as the database can tell."""

from contextlib import contextmanager
from threading import Event, Thread

from django.db import connection

from focusguard.api.locks import only_one


@contextmanager
def held_elsewhere(name):
    """Let another connection hold the lock of `name`."""
    held, done = Event(), Event()

    def hold():
        try:
            with only_one(name):
                held.set()
                done.wait(10)
        finally:
            connection.close()

    holder = Thread(target=hold)
    holder.start()
    try:
        assert held.wait(5)
        yield
    finally:
        done.set()
        holder.join()
