"""Clients that say nothing, and clients that read nothing."""

import time
from itertools import count

import psutil
import pytest

from sessions_app import services
from tests.live.harness.user import register

pytestmark = pytest.mark.slow

ADDRESSES, EACH = 50, 20
MEGABYTE = 2**20
SESSIONS = 50


def resident(realtime):
    return psutil.Process(realtime.process.pid).memory_info().rss


def slowest_of(person, requests=100):
    """The milliseconds that one in twenty requests took longer than."""
    took = []
    for _ in range(requests):
        began = time.monotonic()
        assert person.ask("GET", "/sessions/active").status_code == 200
        took.append(time.monotonic() - began)
    return round(1000 * sorted(took)[int(requests * 0.95)])


def come_in_silence(crowd):
    """Let 1000 come from 50 addresses, since one may have twenty such."""
    while crowd.members:
        crowd.members.pop().sock.close()
    for number in range(ADDRESSES):
        crowd.join(EACH, source=f"127.0.7.{number + 1}")
    crowd.read_until(lambda: all(one.status is not None for one in crowd.members))
    assert {one.status for one in crowd.members} == {101}


def are_let_go(crowd, realtime):
    crowd.read_until(lambda: all(one.is_over for one in crowd.members))
    assert {one.end for one in crowd.members} == {(4408, "AUTH_TIMEOUT")}
    assert realtime.waits_for(0)


@pytest.mark.row("RT07")
def test_1000_sockets_that_never_say_who_they_are(
    stack, realtime, crowd, record_property
):
    """The memory that the first thousand took stays; a second thousand takes no more."""
    person = register(stack)
    alone, began = slowest_of(person), time.monotonic()
    come_in_silence(crowd)
    beside = slowest_of(person)
    are_let_go(crowd, realtime)
    assert time.monotonic() - began > 5
    before = resident(realtime)
    come_in_silence(crowd)
    are_let_go(crowd, realtime)
    assert resident(realtime) < 1.1 * before
    record_property("ms of REST, 95 %, without 1000 silent sockets", alone)
    record_property("ms of REST, 95 %, beside 1000 silent sockets", beside)


@pytest.mark.row("RT08")
def test_reader_that_reads_nothing_costs_no_memory_and_is_closed(
    realtime, crowd, device
):
    """Caught: a queue of states. The user's other sockets see the newest."""
    deaf, narrow, other = (
        crowd.sign_in([device.access_token])[0],
        # It has room for one state, and then the process waits for it.
        crowd.join(token=device.access_token, receive_buffer=2304)[0],
        crowd.sign_in([device.access_token])[0],
    )
    crowd.leave(deaf, narrow)
    before = resident(realtime)
    for _ in range(SESSIONS):
        session = services.start_session(user_id=device.user.pk)
        services.abandon_session(user_id=device.user.pk, session_id=session.pk)
    crowd.read_until(
        lambda: (
            other.heard("session")[-1]["session"] is None
            and (other.heard("session")[-1]["last_ended"] or {}).get("id")
            == str(session.pk)
        )
    )
    # 20 s to the ping, 20 s for its answer; the other answers its own.
    numbers = count()
    crowd.read_until(
        lambda: next(numbers) % 20 == 0 and realtime.get("/health")[1]["sockets"] == 1
    )
    assert resident(realtime) < before + 5 * MEGABYTE
    crowd.come_back(deaf)
    crowd.read_until(lambda: deaf.is_over)
    assert deaf.end == (1013, "TRY_LATER")
    assert len(deaf.messages) <= 2 + 2 * 2 * SESSIONS
    assert other.is_open
