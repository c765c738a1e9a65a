"""Counters in Valkey, counted in one trip."""

import pytest
from django.core.cache import caches


@pytest.fixture
def counters():
    cache = caches["counters"]
    cache.clear()
    return cache


def trips(cache, monkeypatch):
    made = []
    client = cache._cache.get_client(write=True)
    send = type(client).execute_command

    def counted(self, *command, **options):
        made.append(command[0])
        return send(self, *command, **options)

    monkeypatch.setattr(type(client), "execute_command", counted)
    return made


def test_add_or_incr_counts_each_time_in_one_trip(counters, monkeypatch):
    made = trips(counters, monkeypatch)
    counts = [1 if counters.add("a", 1, 60) else counters.incr("a") for _ in range(5)]
    assert counts == [1, 2, 3, 4, 5]
    assert made == ["EVAL"] * 5


def test_a_counter_ends_with_the_window_that_opened_it(counters):
    client = counters._cache.get_client(write=True)
    counters.add("a", 1, 60)
    name = counters.make_and_validate_key("a")
    client.expire(name, 7)
    counters.add("a", 1, 60)
    assert client.ttl(name) <= 7


def test_a_counter_that_went_back_to_nothing_keeps_its_window(counters):
    client = counters._cache.get_client(write=True)
    counters.add("a", 1, 60)
    counters.decr("a")
    name = counters.make_and_validate_key("a")
    client.expire(name, 7)
    assert not counters.add("a", 1, 60)
    assert counters.incr("a") == 1
    assert client.ttl(name) <= 7


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
