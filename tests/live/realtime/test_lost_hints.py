"""Hints that are lost: the sweep tells what they would have, and sockets stay."""

import time

import pytest
from django.db import transaction
from redis import Redis

from accounts.devices.one_door import open_device
from accounts.models import User
from accounts.tests.factories import UserFactory
from realtime import topics
from realtime.hints import _Hint
from realtime.serving.bounds_of_sockets import PER_DEVICE
from sessions_app import services
from sessions_app.labels.services import make_label
from sessions_app.models import FocusSession
from tests.live.harness.crowd import crowd_at
from tests.live.harness.realtime import running_realtime
from tests.live.harness.socket_fixtures import open_quietly
from tests.live.harness.stack import running_stack
from tests.live.harness.user import register
from tests.live.realtime.apps import ORDER

pytestmark = pytest.mark.slow

USERS, DEVICES = 25, 2


@pytest.mark.row("RT01")
def test_worker_killed_between_commit_and_publish(
    realtime, unharmed, tmp_path, record_property
):
    """Caught: no sweep. The other device then shows nothing until something else is
    written."""
    order = tmp_path / "die"
    environment = {
        "DJANGO_SETTINGS_MODULE": "tests.live.harness.dying_settings",
        ORDER: str(order),
    }
    with running_stack(tmp_path, cold=True, **environment) as stack:
        person = register(unharmed(stack))
        phone = open_device(user=User.objects.get(pk=person.id))
        with realtime.sign_in(phone.access_token) as socket:
            order.touch()
            began = time.monotonic()
            assert person.attempt("POST", "/sessions", {"duration_min": 25}) is None
            assert not order.exists()
            told = socket.hear("session")["session"]
            took = time.monotonic() - began
            assert told["id"] == str(FocusSession.objects.get().pk)
            # The worker that took its place sends hints as ever.
            path = f"/sessions/{told['id']}"
            ended = person.ask("PATCH", path, {"status": "abandoned"})
            assert ended.status_code == 200
            assert socket.hear("session")["session"] is None
    record_property("milliseconds of a sweep of 1 s to a lost hint", round(took * 1000))


@pytest.mark.row("RT01")
def test_hint_is_sent_when_there_is_something_to_see(device, bob, tmp_path):
    """Caught: a hint inside of the transaction. Whoever hears it looks before there is
    anything, and is told nothing later."""
    with (
        running_realtime(tmp_path, REALTIME_SWEEP_SECONDS="3600") as realtime,
        realtime.sign_in(device.access_token) as socket,
        realtime.sign_in(open_quietly(bob).access_token) as other,
    ):
        with transaction.atomic():
            session = services.start_session(user_id=device.user.pk)
            # What was sent before this has been looked at once this is told.
            _Hint(bob.pk, {topics.PLAN})()
            assert other.hear("changed")["what"] == [topics.PLAN]
        assert socket.hear("session")["session"]["id"] == str(session.pk)


@pytest.mark.row("RT02")
def test_500_sockets_outlive_valkey(
    transactional_db, valkey, hints_to, tmp_path, record_property
):
    """Caught: no sweep, with which a start that Valkey was not there for is not seen."""
    users = [UserFactory() for _ in range(USERS)]
    tokens = [
        open_device(user=user).access_token for user in users for _ in range(DEVICES)
    ]
    environment = {"REDIS_URL": valkey.url, "REALTIME_SWEEP_SECONDS": "5"}
    with (
        running_realtime(tmp_path, **environment) as realtime,
        crowd_at(realtime.port) as crowd,
        Redis.from_url(valkey.url) as client,
    ):
        for token in tokens:
            crowd.sign_in([token] * PER_DEVICE)
        assert len(crowd.members) == USERS * DEVICES * PER_DEVICE
        user = users[0]
        theirs = crowd.members[: DEVICES * PER_DEVICE]

        def all_heard_of(label):
            """Make one: the sweep knows nothing of labels, only a hint does."""
            hints_to(valkey.url)
            heard = [len(one.heard("changed")) for one in theirs]
            make_label(user_id=user.pk, name=label, color="blue")
            crowd.read_until(
                lambda: all(
                    len(one.heard("changed")) > before
                    for one, before in zip(theirs, heard, strict=True)
                )
            )

        all_heard_of("before")
        client.flushall()
        all_heard_of("after a flush")
        client.shutdown(nosave=True)
        began = time.monotonic()
        session = services.start_session(user_id=user.pk)
        crowd.read_until(
            lambda: all(
                (one.heard("session")[-1]["session"] or {}).get("id") == str(session.pk)
                for one in theirs
            )
        )
        took = time.monotonic() - began
        valkey.start()
        crowd.read_until(lambda: "hints are heard again" in realtime.log)
        all_heard_of("after a restart")
        assert all(one.is_open for one in crowd.members)
    record_property("milliseconds of a sweep of 5 s to 20 sockets", round(took * 1000))


@pytest.mark.row("RT02")
def test_two_processes_hear_each_hint_and_one_dies(realtime, device, tmp_path):
    token = device.access_token
    with (
        running_realtime(tmp_path) as mortal,
        realtime.sign_in(token) as one,
        mortal.sign_in(token) as two,
    ):
        make_label(user_id=device.user.pk, name="Deep work", color="blue")
        for socket in (one, two):
            assert topics.LABELS in socket.hear("changed")["what"]
        mortal.process.kill()
        # Without a word, and so it comes back to whoever is there.
        with pytest.raises(AssertionError, match="broke off"):
            two.end()
        with realtime.sign_in(token) as again:
            make_label(user_id=device.user.pk, name="Shallow work", color="sky")
            for socket in (one, again):
                assert topics.LABELS in socket.hear("changed")["what"]
