"""Hearing with a Valkey that ends, hangs and forgets: sockets stay, and hints come back."""

import asyncio
import gc
import os
import signal

import pytest
from channels_redis.pubsub import RedisPubSubChannelLayer, RedisPubSubLoopLayer
from redis import Redis

from focusguard.counters.in_valkey import GuardedRedis
from local.processes import wait_until
from realtime.serving import hearing
from sessions_app import services
from tests.harness.bounds import DEADLINE
from tests.live.harness.own_servers import own_valkey
from tests.live.harness.realtime import running_realtime
from tests.live.harness.socket_fixtures import hints_going_to
from tests.live.harness.stack import free_port

pytestmark = pytest.mark.slow

# Sweeps come so seldom that whatever is heard was a hint.
NO_SWEEP = {"REALTIME_SWEEP_SECONDS": "3600"}


@pytest.fixture
def valkey(tmp_path, settings):
    """A Valkey of this test's own, to which its hints go too."""
    with own_valkey(tmp_path) as server, hints_going_to(server.url, settings):
        yield server


def start_is_heard(socket, user):
    """Start a session and end it; the socket hears of both."""
    GuardedRedis.away_until = 0.0
    session = services.start_session(user_id=user.pk)
    assert socket.hear("session")["session"]["id"] == str(session.pk)
    services.abandon_session(user_id=user.pk, session_id=session.pk)
    assert socket.hear("session")["session"] is None


def has_said(realtime, words):
    assert wait_until(lambda: words in realtime.log, seconds=DEADLINE), realtime.log


def test_valkey_that_is_flushed_loses_no_hint(valkey, device, tmp_path):
    environment = NO_SWEEP | {"REDIS_URL": valkey.url}
    with (
        running_realtime(tmp_path, **environment) as realtime,
        realtime.sign_in(device.access_token) as socket,
    ):
        start_is_heard(socket, device.user)
        with Redis.from_url(valkey.url) as client:
            client.flushall()
        start_is_heard(socket, device.user)


def test_valkey_that_ends_and_comes_back_is_heard_again(valkey, device, tmp_path):
    environment = NO_SWEEP | {"REDIS_URL": valkey.url}
    with (
        running_realtime(tmp_path, **environment) as realtime,
        realtime.sign_in(device.access_token) as socket,
    ):
        valkey.stop()
        has_said(realtime, "Valkey is away")
        assert not realtime.hears_hints()
        # A socket needs none.
        with realtime.sign_in(device.access_token):
            pass
        missed = services.start_session(user_id=device.user.pk)
        valkey.start()
        has_said(realtime, "hints are heard again")
        assert wait_until(realtime.hears_hints, seconds=DEADLINE)
        # What was missed is swept for at once, long before the next sweep is due.
        assert socket.hear("session")["session"]["id"] == str(missed.pk)
        # The hint that failed a moment ago keeps the next ones back.
        GuardedRedis.away_until = 0.0
        services.abandon_session(user_id=device.user.pk, session_id=missed.pk)
        socket.hear("session")
        start_is_heard(socket, device.user)
        assert realtime.log.count("Valkey is away") == 1


def test_valkey_that_hangs_is_noticed_though_no_connection_breaks(
    valkey, device, tmp_path
):
    environment = NO_SWEEP | {"REDIS_URL": valkey.url}
    with (
        running_realtime(tmp_path, **environment) as realtime,
        realtime.sign_in(device.access_token) as socket,
    ):
        os.kill(valkey.pid, signal.SIGSTOP)
        try:
            has_said(realtime, "Valkey is away")
        finally:
            os.kill(valkey.pid, signal.SIGCONT)
        has_said(realtime, "hints are heard again")
        start_is_heard(socket, device.user)


def layers():
    kinds = (RedisPubSubChannelLayer, RedisPubSubLoopLayer)
    gc.collect()
    # An unreachable proxy is asked for nothing.
    return sum(type(thing) in kinds for thing in gc.get_objects())


def test_tries_in_vain_are_not_kept(settings, monkeypatch):
    """Caught: a layer for each second without Valkey, held by the loop until its end."""
    settings.REDIS_URL = f"redis://127.0.0.1:{free_port()}"
    monkeypatch.setattr(hearing, "AGAIN_SECONDS", 0.0)
    tries = []

    class Trying(hearing.Hearing):
        async def _listen(self):
            tries.append(1)
            await super()._listen()

    async def live():
        running = asyncio.ensure_future(Trying(lambda *told: None, lambda: None).run())
        async with asyncio.timeout(DEADLINE):
            while len(tries) < 10:
                await asyncio.sleep(0)
            before = layers()
            while len(tries) < 60:
                await asyncio.sleep(0)
        after = layers()
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
        return after - before

    assert asyncio.run(live()) < 5
