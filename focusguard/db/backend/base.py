"""Django's PostgreSQL backend, with two things done by those who do them faster.

Whether a connection has ended is asked of the kernel, where it was in use a moment ago:
a server that ended it has said so, and that lies on the socket. Django asks the server,
with a statement for each request. And moments are read by psycopg's own C code: every connection speaks UTC, so
there is no zone to put on them.
"""

import select
import time
from typing import Any

from django.db.backends.postgresql import base
from psycopg.adapt import AdaptersMap
from psycopg.types.datetime import TimestamptzLoader

IN_USE = 1.0  # seconds


class _Adapting:
    """An adaptation context for psycopg: adapters, and no connection yet."""

    connection = None

    def __init__(self, adapters: AdaptersMap) -> None:
        self.adapters = AdaptersMap(adapters)
        self.adapters.register_loader("timestamptz", TimestamptzLoader)


class DatabaseWrapper(base.DatabaseWrapper):
    used_at = 0.0

    def get_connection_params(self) -> dict[str, Any]:
        params: dict[str, Any] = super().get_connection_params()
        params["context"] = _Adapting(params["context"])
        return params

    def create_cursor(self, name: str | None = None) -> Any:
        self.used_at = time.monotonic()
        if name is None:
            return self.connection.cursor()
        # Outside a transaction the rows must outlive the statement that asked.
        held = self.connection.autocommit
        return self.connection.cursor(name, scrollable=False, withhold=held)

    def is_usable(self) -> bool:
        """Tell whether the connection serves; a statement only where there is doubt."""
        if self.connection is None or self.connection.closed:
            return False
        if time.monotonic() - self.used_at < IN_USE:
            waiting = select.poll()
            waiting.register(self.connection.fileno(), select.POLLIN)
            if not waiting.poll(0):
                return True
        return bool(super().is_usable())
