"""The pulse and the socket by themselves: outages, slow readers, what is counted."""

import asyncio
import time
import uuid
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import orjson
import pytest

from realtime.serving import live_socket, pulse
from realtime.serving.bounds_of_sockets import Close
from realtime.serving.live_socket import LiveSocket
from realtime.serving.open_sockets import OpenSockets
from realtime.serving.pulse import Pulse
from realtime.serving.truth import Seen
from realtime.socket_metrics import SWEEP_FOUND

NOW = datetime(2026, 1, 18, 15, 30, tzinfo=UTC)
SECONDS = 5.0


class World:
    """A database that answers what is in `rows`, or breaks; and one socket."""

    def __init__(self):
        self.rows, self.asked, self.away = {}, [], False
        self.answering = asyncio.Event()
        self.answering.set()
        self.sent, self.closed = [], []
        self.reading = asyncio.Event()
        self.reading.set()
        self.sockets = OpenSockets()
        self.pulse = Pulse(self.sockets)
        self.pulse._truth = SimpleNamespace(ask=self._ask, close=self._close)
        self.socket = LiveSocket(self._send, self._end)

    async def __aenter__(self):
        self.running = asyncio.ensure_future(self.pulse.run())
        token = {"exp": time.time() + 600}
        user, device, jti = (uuid.uuid4() for _ in range(3))
        claims = SimpleNamespace(user_id=user, device_id=device, jti=jti)
        self.socket.take(_Token(token, claims))
        self.sockets.add(self.socket)
        self.rows[device] = seen(user)
        self.pulse.look_at(self.socket)
        return self

    async def __aexit__(self, *raised):
        self.socket.forget()
        self.running.cancel()
        await asyncio.gather(self.running, return_exceptions=True)

    async def _ask(self, devices):
        self.asked.append(devices)
        await self.answering.wait()
        if self.away:
            raise OSError("away")
        return {one: self.rows[one] for one in devices if one in self.rows}

    async def _close(self):
        return

    async def _send(self, text):
        await self.reading.wait()
        self.sent.append(orjson.loads(text))

    async def _end(self, why):
        self.closed.append(why)

    @property
    def kinds(self):
        return [message["type"] for message in self.sent]

    async def until(self, holds):
        async with asyncio.timeout(SECONDS):
            while not holds():
                await asyncio.sleep(0.005)

    def write(self, minutes):
        """Let the user have a session that runs, and tell nobody."""
        user_id = self.socket.user_id
        self.rows[self.socket.device_id] = seen(user_id, minutes)


class _Token(dict):
    def __init__(self, content, claims):
        super().__init__(content)
        self.claims = claims


def seen(user_id, minutes=None):
    running = None
    if minutes is not None:
        began = datetime.now(UTC)
        running = (
            *(uuid.uuid4(), user_id, minutes, "active", False, 0),
            *(date(2026, 1, 18), began, None),
        )
    return Seen(user_id, True, None, NOW, running, None)


@pytest.fixture(autouse=True)
def _quick(monkeypatch, settings):
    monkeypatch.setattr(pulse, "RETRY_SECONDS", 0.01)
    monkeypatch.setattr(pulse, "HINT_SECONDS", 0.02)
    settings.REALTIME_SWEEP_SECONDS = 3600


def test_database_that_is_away_is_told_and_the_state_told_anew(monkeypatch):
    monkeypatch.setattr(pulse, "STALE_SECONDS", 0.05)

    async def live():
        async with World() as world:
            await world.until(lambda: world.kinds == ["ready", "session"])
            world.away = True
            world.pulse.sweep_now()
            await world.until(lambda: "stale" in world.kinds)
            assert world.pulse.is_silent
            # It is the same state: whoever was told that it is old hears it again.
            world.away = False
            await world.until(lambda: world.kinds[2:] == ["stale", "session"])
            assert [m["seq"] for m in world.sent if m["type"] == "session"] == [1, 2]
            assert not world.pulse.is_silent

    asyncio.run(live())


def test_database_that_stays_away_lets_clients_go(monkeypatch):
    monkeypatch.setattr(pulse, "GIVE_UP_SECONDS", 0.05)

    async def live():
        async with World() as world:
            await world.until(lambda: "session" in world.kinds)
            # Silent, and not refusing: no statement ever ends.
            world.answering.clear()
            world.pulse.sweep_now()
            await world.until(lambda: world.closed == [Close.SLOW])
            assert world.pulse.is_lost

    asyncio.run(live())


def test_database_that_comes_back_to_nobody_is_noticed(monkeypatch):
    """Caught: after a minute everybody is gone, so that nothing asked any more, and the
    process refused whoever came, for good."""
    monkeypatch.setattr(pulse, "GIVE_UP_SECONDS", 0.05)

    async def live():
        async with World() as world:
            await world.until(lambda: "session" in world.kinds)
            world.away = True
            world.pulse.sweep_now()
            await world.until(lambda: world.closed == [Close.SLOW])
            world.sockets.open(None)
            world.sockets.closed(world.socket)
            world.away = False
            world.pulse.sweep_now()
            await world.until(lambda: not world.pulse.is_lost)
            assert world.asked[-1] == set()

    asyncio.run(live())


def test_socket_that_comes_while_the_database_is_away_is_told_so(monkeypatch):
    """Caught: only those were told who were there when the ten seconds had passed."""
    monkeypatch.setattr(pulse, "STALE_SECONDS", 0.05)

    async def live():
        async with World() as world:
            await world.until(lambda: "session" in world.kinds)
            world.away = True
            world.pulse.sweep_now()
            await world.until(lambda: "stale" in world.kinds)
            told = []

            async def send(text):
                told.append(orjson.loads(text)["type"])

            late = LiveSocket(send, world._end)
            claims = SimpleNamespace(
                user_id=world.socket.user_id,
                device_id=world.socket.device_id,
                jti=uuid.uuid4(),
            )
            late.take(_Token({"exp": time.time() + 600}, claims))
            world.sockets.add(late)
            world.pulse.look_at(late)
            await world.until(lambda: told == ["stale"])
            world.away = False
            await world.until(lambda: told == ["stale", "ready", "session"])
            # Once each, however long it lasts.
            assert world.kinds.count("stale") == 1
            late.forget()

    asyncio.run(live())


def test_hints_of_one_moment_are_one_statement():
    async def live():
        async with World() as world:
            await world.until(lambda: "session" in world.kinds)
            world.answering.clear()
            before = len(world.asked)
            world.pulse.hint(world.socket.user_id, ["history"])
            await world.until(lambda: len(world.asked) == before + 1)
            for topic in ("garden", "stats", "garden"):
                world.write(25)
                world.pulse.hint(world.socket.user_id, [topic])
            world.answering.set()
            await world.until(lambda: world.kinds[-1] == "changed")
            # What came while the first was asked is answered by one that began later.
            assert len(world.asked) == before + 2
            told = [topic for m in world.sent for topic in m.get("what", ())]
            assert sorted(told) == ["garden", "history", "stats"]

    asyncio.run(live())


@pytest.mark.parametrize("wrong_by", [-3600, 3600])
def test_writer_whose_clock_is_wrong_is_believed_by_a_moment_at_most(wrong_by):
    """Caught: a page took its own answer of an hour before for newer than the change."""

    async def live():
        async with World() as world:
            await world.until(lambda: "session" in world.kinds)
            began = time.time()
            world.pulse.hint(world.socket.user_id, ["labels"], began + wrong_by)
            await world.until(lambda: world.kinds[-1] == "changed")
            told = datetime.fromisoformat(world.sent[-1]["written_at"]).timestamp()
            assert began - pulse.WRITTEN_SECONDS <= told <= time.time()

    asyncio.run(live())


def test_hint_outlives_an_outage():
    async def live():
        async with World() as world:
            await world.until(lambda: "session" in world.kinds)
            world.away = True
            world.write(25)
            world.pulse.hint(world.socket.user_id, ["history"])
            await world.until(lambda: len(world.asked) > 3)
            world.away = False
            await world.until(lambda: "changed" in world.kinds)

    asyncio.run(live())


def test_slow_reader_gets_the_newest_state_and_no_other():
    """Caught: a queue of states, which grew with every write."""

    async def live():
        async with World() as world:
            await world.until(lambda: "session" in world.kinds)
            world.reading.clear()
            for minutes in range(1, 51):
                world.write(minutes)
                world.pulse.hint(world.socket.user_id, ["history"])
                before = len(world.asked)
                await world.until(lambda before=before: len(world.asked) > before)
            world.reading.set()
            await world.until(lambda: world.sent[-1]["type"] == "changed")
            told = [m for m in world.sent[2:] if m["type"] == "session"]
            assert len(told) <= 2
            assert told[-1]["session"]["duration_min"] == 50

    asyncio.run(live())


def test_reader_that_takes_nothing_is_closed(monkeypatch):
    monkeypatch.setattr(live_socket, "SEND_SECONDS", 0.05)

    async def live():
        async with World() as world:
            world.reading.clear()
            await world.until(lambda: world.closed == [Close.SLOW])
            assert world.socket._waiting == {}

    asyncio.run(live())


@pytest.mark.parametrize(("hinted", "counted"), [(True, 0), (False, 1)])
def test_sweep_counts_what_no_hint_told(hinted, counted):
    """A hint that comes in a moment was on its way, and not lost."""

    async def live():
        async with World() as world:
            await world.until(lambda: "session" in world.kinds)
            before = SWEEP_FOUND._value.get()
            world.write(25)
            world.pulse.sweep_now()
            await world.until(lambda: world.kinds.count("session") == 2)
            if hinted:
                world.pulse.hint(world.socket.user_id, ["history"])
            await asyncio.sleep(0.1)
            assert SWEEP_FOUND._value.get() == before + counted

    asyncio.run(live())


def test_sweep_that_finds_a_deadline_passed_counts_nothing():
    async def live():
        async with World() as world:
            row = seen(world.socket.user_id, 1)
            world.write(1)
            await world.until(lambda: "session" in world.kinds)
            before = SWEEP_FOUND._value.get()
            world.socket._state = None
            running = list(world.rows[world.socket.device_id].running)
            running[7] -= timedelta(hours=1)
            late = row._replace(running=tuple(running), user_id=world.socket.user_id)
            world.rows[world.socket.device_id] = late
            world.socket.seen = late
            world.pulse.sweep_now()
            await world.until(lambda: world.kinds.count("session") == 2)
            assert world.sent[-1]["session"] is None
            assert world.sent[-1]["last_ended"]["completed"]
            await asyncio.sleep(0.1)
            assert SWEEP_FOUND._value.get() == before

    asyncio.run(live())
