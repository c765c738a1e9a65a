"""Bringing the ranking back, beside the requests of this process."""

import logging
import threading
import time

from django.db import DatabaseError, connection
from redis.exceptions import RedisError

from leaderboard import building
from leaderboard.ranking import BuildRunning

logger = logging.getLogger(__name__)

_running = threading.Lock()


def start(*, claimed: bool) -> None:
    """Catch up or build anew in the background, unless somebody does already.

    `claimed`: whether a builder was seen at work.
    """
    if not claimed and _running.acquire(blocking=False):
        threading.Thread(target=_heal, name="boards", daemon=True).start()


def _heal() -> None:
    began = time.monotonic()
    try:
        building.catch_up()
        logger.info("the boards are in Valkey after %.1f s", time.monotonic() - began)
    except BuildRunning:
        logger.info("the boards are being built by another process")
    except (RedisError, DatabaseError, building.Interrupted):
        logger.exception("the boards could not be built; Postgres answers them")
    finally:
        connection.close()
        _running.release()
