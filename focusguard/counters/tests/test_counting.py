"""Counters, in Valkey and in Postgres: a Django cache's contract in one trip a count."""

import pytest
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext

from focusguard.counters import in_postgres, in_valkey

pytestmark = pytest.mark.django_db


@pytest.fixture(params=["counters", "counters-postgres"])
def counters(request):
    cache = caches[request.param]
    cache.clear()
    return cache


@pytest.fixture
def trips(counters, monkeypatch):
    """Collect the trips to a store as they come."""
    made = []
    if hasattr(counters, "_cache"):
        client = counters._cache.get_client(write=True)
        send = type(client).execute_command

        def counted(self, *command, **options):
            made.append(command[0])
            return send(self, *command, **options)

        monkeypatch.setattr(type(client), "execute_command", counted)
    with CaptureQueriesContext(connection) as asked:
        yield lambda: len(made) + len(asked)


def forget():
    """Know as little as another process."""
    in_valkey.KNOWN.clear()
    in_postgres.KNOWN.clear()


def seconds_left(counters, key):
    name = counters.make_and_validate_key(key)
    if hasattr(counters, "_cache"):
        return counters._cache.get_client(write=True).ttl(name)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT extract(epoch FROM expires_at - clock_timestamp()) "
            "FROM rate_counters WHERE key = %s",
            [name],
        )
        return cursor.fetchone()[0]


def lose_all(counters):
    """Empty the store, as a restart does, unknown to who counts in it."""
    if hasattr(counters, "_cache"):
        counters._cache.clear()
    else:
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM rate_counters")


def test_add_starts_a_counter_once_and_counts_nothing(counters):
    assert counters.add("a", 1, 60)
    for _ in range(3):
        assert not counters.add("a", 1, 60)
        forget()
    assert counters.get("a") == 1


def test_add_or_incr_counts_each_time_in_one_trip(counters, trips):
    counts = [1 if counters.add("a", 1, 60) else counters.incr("a") for _ in range(5)]
    assert counts == [1, 2, 3, 4, 5]
    assert trips() == 5


def test_another_process_asks_once_whether_a_counter_runs(counters, trips):
    counters.add("a", 1, 60)
    forget()
    counts = [1 if counters.add("a", 1, 60) else counters.incr("a") for _ in range(3)]
    assert counts == [2, 3, 4]
    assert trips() == 1 + 1 + 3


def test_a_counter_ends_with_the_window_that_opened_it(counters):
    counters.add("a", 1, 60)
    forget()
    counters.add("a", 1, 600)
    assert 0 < seconds_left(counters, "a") <= 60


def test_a_counter_that_went_back_to_nothing_keeps_its_window(counters):
    counters.add("a", 1, 60)
    counters.decr("a")
    assert not counters.add("a", 1, 60)
    assert counters.incr("a") == 1


def test_a_counter_that_was_lost_starts_again(counters):
    counters.add("a", 1, 60)
    lose_all(counters)
    with pytest.raises(ValueError, match="a"):
        counters.incr("a")
    assert counters.add("a", 1, 60)


def test_incr_without_an_add_counts_as_ever(counters):
    with pytest.raises(ValueError, match="lonely"):
        counters.incr("lonely")
    counters.add("lonely", 1, 60)
    assert counters.incr("lonely") == 2
    assert counters.incr("lonely", 5) == 7


def test_another_value_is_stored_as_it_is(counters):
    assert counters.add("ends", 1_700_000_000, 60)
    assert not counters.add("ends", 5, 60)
    assert counters.get("ends") == 1_700_000_000
