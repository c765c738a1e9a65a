"""A Postgres and a Valkey that a test may harm."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from django.conf import settings

from local import postgres, valkey
from local.places import Places
from local.processes import command_of, wait_until
from tests.live.harness.stack import DEADLINE


class OwnPostgres:
    """A migrated database that nobody else uses."""

    def __init__(self, places: Places) -> None:
        self._places = places
        self.url = postgres.url(places)
        self.log = places.postgres_log
        self.socket = str(places.sockets / f".s.PGSQL.{postgres.PORT}")

    @property
    def pid(self) -> int:
        pid = postgres.running(self._places)
        assert pid, "Postgres does not run"
        return pid

    def start(self) -> None:
        postgres.start(self._places)

    def stop(self) -> None:
        postgres.stop(self._places)

    def kill(self) -> None:
        """End it in the middle of everything, with nothing flushed."""
        pid = self.pid
        os.kill(pid, signal.SIGQUIT)
        assert wait_until(lambda: not command_of(pid), seconds=DEADLINE)

    def connect(self, **options: str) -> psycopg.Connection:
        """Open a connection of our own, beside those of the stack."""
        application = {"application_name": "test"} | options
        return psycopg.connect(self.url, autocommit=True, **application)

    def ask(self, sql: str, *params: object) -> list[tuple]:
        """Run one statement over a connection of its own."""
        with self.connect() as connection:
            cursor = connection.execute(sql, params or None)
            return cursor.fetchall() if cursor.description else []

    def backends(self) -> list[int]:
        """Return the pids of the stack's connections."""
        rows = self.ask(
            "SELECT pid FROM pg_stat_activity "
            "WHERE application_name = 'focusguard' AND datname = current_database()"
        )
        return [pid for (pid,) in rows]

    def wait_for(self, sql: str, *params: object) -> None:
        """Return once the statement finds a row."""
        assert wait_until(lambda: bool(self.ask(sql, *params)), seconds=DEADLINE), sql

    def manage(self, *arguments: str) -> str:
        """Run a command of the operators on it; return what it said."""
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=settings.BASE_DIR,
            env=os.environ | {"DATABASE_URL": self.url},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout


class OwnValkey:
    """A Valkey that nobody else uses."""

    def __init__(self, places: Places) -> None:
        self._places = places
        self.url = valkey.url(places)
        self.data = places.valkey_data

    @property
    def pid(self) -> int:
        pid = valkey.running(self._places)
        assert pid, "Valkey does not run"
        return pid

    def start(self) -> None:
        valkey.start(self._places)

    def stop(self) -> None:
        valkey.stop(self._places)


@contextmanager
def own_postgres(directory: Path) -> Iterator[OwnPostgres]:
    places = Places(directory)
    places.make()
    server = OwnPostgres(places)
    server.start()
    try:
        server.manage("migrate", "--verbosity", "0")
        yield server
    finally:
        server.stop()


@contextmanager
def own_valkey(directory: Path) -> Iterator[OwnValkey]:
    places = Places(directory)
    places.make()
    server = OwnValkey(places)
    server.start()
    try:
        yield server
    finally:
        server.stop()
