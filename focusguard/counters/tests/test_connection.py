"""The connection of a thread to Valkey: kept, made anew once it ended, of one process."""

import os

import pytest
from django.core.cache import caches
from redis import Redis

from focusguard.counters import in_valkey


@pytest.fixture
def client():
    return caches["counters"]._cache.get_client(write=True)


def test_connection_that_has_ended_is_made_anew_at_once(client, settings):
    """Caught: a restart of Valkey, after which nobody counted for a second."""
    with Redis.from_url(settings.REDIS_URL) as other:
        other.client_kill_filter(_id=client.client_id())
    caches["counters"].set("still", 1)
    assert caches["counters"].incr("still") == 2
    assert in_valkey.GuardedRedis.away_until == 0.0


def test_forked_process_has_a_connection_of_its_own(client, monkeypatch):
    """Caught: two processes on a connection, which read each other's answers."""
    of_the_parent = client.client_id()
    monkeypatch.setattr(os, "getpid", lambda: -1)
    assert client.client_id() != of_the_parent
