"""Hints: one after each commit, none after a rollback, and none that holds a write up."""

import asyncio
import json
import os
import signal
import subprocess
import sys
import time

import pytest
from channels_redis.pubsub import RedisPubSubChannelLayer
from django.conf import settings as configured
from django.db import transaction
from redis import Redis

from accounts.devices.auth_services import log_out_everywhere
from accounts.devices.one_door import open_device
from focusguard.counters.in_valkey import GuardedRedis
from realtime import hints, topics
from sessions_app import services
from sessions_app.models import FocusSession
from tests.harness.bounds import DEADLINE
from tests.live.harness.own_servers import own_valkey
from tests.live.harness.socket_fixtures import hints_going_to

pytestmark = pytest.mark.django_db(transaction=True)

# A channel of our own: what is no hint makes a process that listens deaf for a second.
END = "end of the hints"


@pytest.fixture
def heard():
    """Return the hints that were published since, as Valkey passes them on."""
    with Redis.from_url(configured.CACHES["default"]["LOCATION"]) as client:
        pubsub = client.pubsub(ignore_subscribe_messages=True)
        pubsub.subscribe(hints.channel(), END)
        # The answers to both subscriptions: from now on nothing is missed.
        for _ in range(2):
            assert pubsub.get_message(timeout=DEADLINE) is None

        def read():
            # What is published by a client of one server comes before its own word.
            client.publish(END, b"")
            found = []
            while (message := _next(pubsub))["channel"] != END.encode():
                found.append(json.loads(message["data"]))
            return found

        yield read
        pubsub.close()


def _next(pubsub):
    while (message := pubsub.get_message(timeout=DEADLINE)) is None:
        continue
    return message


def test_transaction_has_one_hint_however_many_events(heard, alice):
    with transaction.atomic():
        session = services.start_session(user_id=alice.pk, duration_min=25)
        services.complete_session(user_id=alice.pk, session_id=session.pk)
        log_out_everywhere(user=alice)
        open_device(user=alice)
        assert heard() == []
    (told,) = heard()
    assert told == {
        "type": "hint",
        "user": str(alice.pk),
        "topics": [
            *(topics.DEVICES, topics.GARDEN, topics.HISTORY),
            *(topics.PROFILE, topics.STATS),
        ],
        "written_at": told["written_at"],
    }


def test_each_user_has_a_hint_of_their_own(heard, alice, bob):
    with transaction.atomic():
        for user in (alice, bob):
            services.start_session(user_id=user.pk)
    assert {told["user"] for told in heard()} == {str(alice.pk), str(bob.pk)}


def test_what_is_rolled_back_tells_nothing(heard, alice):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        services.start_session(user_id=alice.pk)
        raise ZeroDivisionError
    # Caught: a hint that was kept outside of the transaction, and swallowed the next.
    assert heard() == []
    services.start_session(user_id=alice.pk)
    assert len(heard()) == 1


def test_hint_of_a_savepoint_that_is_rolled_back_is_dropped(heard, alice):
    with transaction.atomic():
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            services.start_session(user_id=alice.pk)
            raise ZeroDivisionError
        open_device(user=alice)
    assert [told["topics"] for told in heard()] == [[topics.DEVICES]]


def test_channel_layer_reads_a_hint_as_its_own(alice):
    async def hear():
        layer = RedisPubSubChannelLayer(
            hosts=[configured.CACHES["default"]["LOCATION"]],
            prefix=hints.prefix(),
            serializer_format="json",
        )
        channel = await layer.new_channel()
        await layer.group_add(hints.GROUP, channel)
        await asyncio.to_thread(hints._Hint(alice.pk, {topics.PLAN}))
        async with asyncio.timeout(DEADLINE):
            message = await layer.receive(channel)
        await layer.flush()
        return message

    told = asyncio.run(hear())
    assert told == {
        "type": "hint",
        "user": str(alice.pk),
        "topics": [topics.PLAN],
        "written_at": told["written_at"],
    }


def _seconds_of_a_write(user):
    began = time.monotonic()
    session = services.start_session(user_id=user.pk)
    took = time.monotonic() - began
    FocusSession.objects.filter(pk=session.pk).delete()
    return took


def test_valkey_that_hangs_or_is_away_holds_no_write_up(tmp_path, settings, alice):
    with own_valkey(tmp_path) as valkey, hints_going_to(valkey.url, settings):
        assert _seconds_of_a_write(alice) < 1
        os.kill(valkey.pid, signal.SIGSTOP)
        try:
            # One waits for a quarter of a second, the others for nothing.
            assert _seconds_of_a_write(alice) < 0.6
            GuardedRedis.away_until = time.monotonic() + DEADLINE
            assert min(_seconds_of_a_write(alice) for _ in range(5)) < 0.1
        finally:
            os.kill(valkey.pid, signal.SIGCONT)
        GuardedRedis.away_until = 0.0
        valkey.stop()
        assert _seconds_of_a_write(alice) < 0.6
        GuardedRedis.away_until = 0.0
        valkey.start()
        # The connections of before have ended; the first hint goes all the same.
        sent = hints.HINTS_SENT._value.get()
        _seconds_of_a_write(alice)
        assert hints.HINTS_SENT._value.get() == sent + 1


@pytest.mark.slow
def test_web_worker_imports_nothing_of_the_sockets():
    """Caught: a megabyte for each worker, of what it never serves."""
    imports = (
        "import sys, focusguard.wsgi, focusguard.urls;"
        "print({'channels', 'channels_redis', 'msgpack', 'uvicorn', 'websockets'}"
        " & sys.modules.keys())"
    )
    done = subprocess.run(
        [sys.executable, "-c", imports],
        cwd=configured.BASE_DIR,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "set()"
