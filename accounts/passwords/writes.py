"""Writes of a password's hash that the database need not answer by itself."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction


@contextmanager
def hash_written_knowingly() -> Iterator[None]:
    """Write a hash here, and nothing happens but what the writer does.

    A trigger of `users` ends the user's devices and writes an event wherever else a
    hash is changed: by Django's own forms and commands, in a shell, by SQL.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('focusguard.hash_written', 'knowingly', true)"
        )
        yield
        # Only for that write: the setting lasts as long as the transaction around it.
        cursor.execute("SELECT set_config('focusguard.hash_written', '', true)")
