"""A Postgres and a Valkey that a test may harm."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from types import ModuleType
from typing import Self

import psycopg
from django.conf import settings

from local import postgres, valkey
from local.places import Places
from local.processes import command_of, wait_until
from tests.live.harness.stack import DEADLINE


class OwnServer:
    """A server that nobody else uses."""

    kind: ModuleType

    def __init__(self, places: Places) -> None:
        self._places = places
        self.url = self.kind.url(places)

    @property
    def pid(self) -> int:
        pid = self.kind.running(self._places)
        assert pid, f"{self.kind.__name__} does not run"
        return pid

    def start(self) -> None:
        self.kind.start(self._places)

    def stop(self) -> None:
        self.kind.stop(self._places)

    @contextmanager
    def running(self) -> Iterator[Self]:
        self.start()
        try:
            yield self
        finally:
            self.stop()


class OwnPostgres(OwnServer):
    kind = postgres

    def __init__(self, places: Places) -> None:
        super().__init__(places)
        self.log = places.postgres_log
        self.socket = str(places.sockets / f".s.PGSQL.{postgres.PORT}")

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

    def manage(self, *arguments: str, **environment: str) -> str:
        """Run a command of the operators on it; return what it said."""
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=settings.BASE_DIR,
            env=os.environ | {"DATABASE_URL": self.url} | environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout


class OwnValkey(OwnServer):
    kind = valkey

    def __init__(self, places: Places) -> None:
        super().__init__(places)
        self.data = places.valkey_data


@contextmanager
def own_postgres(directory: Path) -> Iterator[OwnPostgres]:
    """Start a migrated database."""
    with OwnPostgres(made(directory)).running() as server:
        server.manage("migrate", "--verbosity", "0")
        yield server


def own_valkey(directory: Path) -> AbstractContextManager[OwnValkey]:
    return OwnValkey(made(directory)).running()


def made(directory: Path) -> Places:
    places = Places(directory)
    places.make()
    return places
