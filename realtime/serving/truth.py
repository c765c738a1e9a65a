"""The truth about sockets: who may see, and what there is to see, in one statement.

What is sent was read together with the right to see it, so nothing goes to a device that
has been revoked by then (ADR 56). The connection is the process's own, without the ORM
and without prepared statements, so that a pooler may stand in between.
"""

import asyncio
import os
import socket
import uuid
from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple

from django.db import connections
from psycopg import AsyncConnection
from psycopg.rows import TupleRow

from accounts.models import AuthSession, User
from realtime.serving.bounds_of_sockets import ASK_SECONDS
from realtime.socket_metrics import ASK_SECONDS as ASK_METRIC
from sessions_app.models import FocusSession

# What a session's answer is made of (sessions_app.serializers), beside its owner.
SHOWN = (
    *("id", "user_id", "duration_min", "status", "completed"),
    *("focus_min", "local_date", "created_at", "ended_at"),
)
Columns = tuple[Any, ...]


def _columns(table: str) -> str:
    return ", ".join(f"{table}.{name}" for name in SHOWN)


STATEMENT = f"""
SELECT device.id, device.user_id, device.confirmed, device.given_anew,
       owner.updated_at, {_columns("running")}, {_columns("ended")}
FROM {AuthSession._meta.db_table} AS device
JOIN {User._meta.db_table} AS owner ON owner.id = device.user_id AND owner.is_active
LEFT JOIN {FocusSession._meta.db_table} AS running
       ON running.user_id = owner.id AND running.status = 'active'
LEFT JOIN LATERAL (
    SELECT * FROM {FocusSession._meta.db_table}
    WHERE user_id = owner.id AND status <> 'active'
    ORDER BY created_at DESC, id DESC LIMIT 1
) AS ended ON true
WHERE device.id = ANY(%s) AND device.revoked_at IS NULL
"""  # noqa: S608  (names of our own tables)


class Seen(NamedTuple):
    """A live device of an active user, and what their pages show."""

    user_id: uuid.UUID
    confirmed: bool
    given_anew: list[uuid.UUID] | None
    version: datetime
    running: Columns | None
    ended: Columns | None


class Truth:
    """A connection to Postgres that asks, and is made anew after whatever went wrong."""

    def __init__(self) -> None:
        self._connection: AsyncConnection[TupleRow] | None = None

    async def ask(self, devices: Iterable[uuid.UUID]) -> dict[uuid.UUID, Seen]:
        """Return what each device may see; those that are missing may see nothing.

        Any psycopg.Error, or OSError: nothing is known then.
        """
        if self._connection is None:
            self._connection = await AsyncConnection.connect(**_parameters())
        cutting = asyncio.get_running_loop().call_later(
            ASK_SECONDS, _cut, self._connection
        )
        try:
            with ASK_METRIC.time():
                cursor = await self._connection.execute(STATEMENT, [list(devices)])
                rows = await cursor.fetchall()
        except BaseException:
            await self.close()
            raise
        finally:
            cutting.cancel()
        return {row[0]: _seen(row) for row in rows}

    async def close(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            await connection.close()


def _seen(row: TupleRow) -> Seen:
    _, user_id, confirmed, given_anew, version, *shown = row
    running, ended = tuple(shown[: len(SHOWN)]), tuple(shown[len(SHOWN) :])
    return Seen(
        user_id,
        confirmed,
        given_anew,
        version,
        running if running[0] else None,
        ended if ended[0] else None,
    )


def _parameters() -> dict[str, Any]:
    """Return how Django would connect, less what is about Django's own cursors."""
    parameters = dict(connections["default"].get_connection_params())
    for name in ("context", "cursor_factory"):
        parameters.pop(name, None)
    return parameters | {
        "autocommit": True,
        "prepare_threshold": None,
        "application_name": "focusguard-realtime",
    }


def _cut(connection: AsyncConnection[TupleRow]) -> None:
    """End a connection whose server is silent; whoever waits for it gets an error.

    A cancelled wait would first ask the silent server to cancel the statement.
    """
    with socket.socket(fileno=os.dup(connection.fileno())) as same:
        same.shutdown(socket.SHUT_RDWR)
