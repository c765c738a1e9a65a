"""Hints: after a commit, tell the realtime processes whose data was written.

A hint has a user's id and topics, and no data: whoever hears it asks Postgres, by a
statement that proves the right to see as well (ADR 56). It may be lost, and the sweep
then finds what it would have told. Never sent inside a transaction: somebody would
look before there is anything to see.
"""

import time
import uuid
from functools import cache
from typing import Any

import orjson
from django.conf import settings
from django.core.cache import caches
from django.db import connection, transaction
from redis.connection import parse_url
from redis.exceptions import RedisError

from realtime.socket_metrics import HINTS_FAILED, HINTS_SENT

GROUP = "hints"


def hint(user_id: uuid.UUID, *topics: str) -> None:
    """Tell of a user's change once the transaction is committed; one message for all.

    What is rolled back tells nothing: Django drops its callbacks, by savepoint too.
    """
    for _, waiting, *_ in connection.run_on_commit:
        if isinstance(waiting, _Hint) and waiting.user_id == user_id:
            waiting.topics.update(topics)
            return
    transaction.on_commit(_Hint(user_id, set(topics)), robust=True)


class _Hint:
    """A message that waits for its transaction."""

    def __init__(self, user_id: uuid.UUID, topics: set[str]) -> None:
        self.user_id = user_id
        self.topics = topics

    def __call__(self) -> None:
        try:
            cache: Any = caches["default"]
            cache.publish(channel(), self._message())
        except RedisError:
            # The guard has logged it; the write stands, and the sweep tells of it.
            HINTS_FAILED.inc()
        else:
            HINTS_SENT.inc()

    def _message(self) -> bytes:
        """Write what a channel layer's `group_send` would, without its event loop."""
        return orjson.dumps(
            {
                "type": "hint",
                "user": self.user_id,
                "topics": sorted(self.topics),
                # After the commit, and before the writer is answered.
                "written_at": time.time(),
            }
        )


def prefix() -> str:
    """Return what the layer's channels begin with.

    PUBLISH knows no numbered databases: two services on one Valkey would hear each
    other.
    """
    return _prefix_of(_location())


def channel() -> str:
    """Return the channel of Valkey that channels_redis has for our group."""
    return _channel_of(_location())


def _location() -> str:
    return str(settings.CACHES["default"]["LOCATION"])


def _prefix_of(location: str) -> str:
    parts = parse_url(location)  # type: ignore[no-untyped-call]  # comes untyped
    return f"focusguard{parts.get('db', 0)}"


@cache
def _channel_of(location: str) -> str:
    return f"{_prefix_of(location)}__group__{GROUP}"
