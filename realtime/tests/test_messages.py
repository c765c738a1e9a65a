"""Messages of a socket: what is told when, and what a client may say."""

import signal
import time
from datetime import datetime

import jwt
import pytest
from django.conf import settings
from django.utils import timezone

from accounts.devices.one_door import open_device
from accounts.devices.tokens import sign_access_token
from accounts.preferences.services import change_preferences
from realtime.serving.bounds_of_sockets import MESSAGE_BYTES, MESSAGES
from sessions_app import services
from sessions_app.labels.services import make_label
from tests.live.harness.realtime import running_realtime


def living(device, **claims):
    """Sign an access token of a device with claims of our own."""
    ours = jwt.decode(device.access_token, options={"verify_signature": False})
    return jwt.encode(
        ours | claims,
        settings.JWT_SECRET_KEY,
        algorithm=settings.SIMPLE_JWT["ALGORITHM"],
    )


def test_first_message_signs_in_and_the_state_follows(realtime, device):
    with realtime.open() as socket:
        socket.say(type="auth", token=device.access_token)
        ready = socket.next()
        assert ready["type"] == "ready"
        assert ready["expires_at"].endswith("Z")
        assert socket.next() == {
            "type": "session",
            "seq": 1,
            "server_time": socket.messages[-1]["server_time"],
            "session": None,
            "last_ended": None,
        }


def test_program_may_send_a_header(realtime, device):
    headers = {"Authorization": f"bearer {device.access_token}"}
    with realtime.open(additional_headers=headers) as socket:
        assert socket.next()["type"] == "ready"
        assert socket.next()["type"] == "session"


def test_start_and_end_are_told_as_the_api_tells_them(realtime, device, as_device):
    with realtime.sign_in(device.access_token) as socket:
        session = services.start_session(user_id=device.user.pk, duration_min=25)
        told = socket.hear("session")
        assert told["seq"] == 2
        active = as_device.get("/api/sessions/active").json()["session"]
        for moving in ("elapsed_seconds", "remaining_seconds"):
            assert abs(told["session"].pop(moving) - active.pop(moving)) <= 5
        assert told["session"] == active
        assert socket.hear("changed")["what"] == ["history"]

        services.replan_session(
            user_id=device.user.pk, session_id=session.pk, duration_min=50
        )
        assert socket.hear("session")["session"]["duration_min"] == 50

        services.complete_session(user_id=device.user.pk, session_id=session.pk)
        told = socket.hear("session")
        assert told["session"] is None
        assert told["last_ended"] == as_device.get(f"/api/sessions/{session.pk}").json()
        assert {"stats", "garden", "profile"} <= {*socket.hear("changed")["what"]}


def test_session_past_its_deadline_has_ended(realtime, device, as_alice):
    session = services.start_session(user_id=device.user.pk, duration_min=1)
    # On the rows, since the clock of the process is its own.
    long_ago = session.created_at.replace(year=session.created_at.year - 1)
    type(session).objects.filter(pk=session.pk).update(created_at=long_ago)
    with realtime.sign_in(device.access_token) as socket:
        (told,) = [m for m in socket.messages if m["type"] == "session"]
        assert told["session"] is None
        shown = as_alice.get(f"/api/sessions/{session.pk}").json()
        assert told["last_ended"] == shown
        assert shown["completed"]
        # Settling it later shows the same, and so is no other state.
        services.start_session(user_id=device.user.pk)
        told = socket.hear("session")
        assert (told["seq"], told["last_ended"]) == (2, shown)


def test_change_of_anything_else_is_named(realtime, device):
    with realtime.sign_in(device.access_token) as socket:
        make_label(user_id=device.user.pk, name="Deep work", color="blue")
        assert socket.hear("changed")["what"] == ["history", "labels"]
        began = timezone.now()
        change_preferences(user_id=device.user.pk, changes={"focus_min": 30})
        # Whoever made the change asks again after this, and need not for this message.
        answered = timezone.now()
        told = socket.hear("changed")
        assert told["what"] == ["preferences"]
        assert began < datetime.fromisoformat(told["written_at"]) < answered
        assert told["version"].endswith("Z")


def test_all_devices_of_a_user_hear_it_and_nobody_else(realtime, device, alice, bob):
    other, stranger = open_device(user=alice), open_device(user=bob)
    with (
        realtime.sign_in(device.access_token) as one,
        realtime.sign_in(other.access_token) as two,
        realtime.sign_in(stranger.access_token) as three,
    ):
        session = services.start_session(user_id=alice.pk)
        for socket in (one, two):
            assert socket.hear("session")["session"]["id"] == str(session.pk)
        three.say(type="ping")
        assert three.next()["type"] == "pong"


def test_ping_is_answered_and_unknown_types_are_let_be(realtime, device):
    with realtime.sign_in(device.access_token) as socket:
        socket.say(type="of a newer client")
        socket.say(type="ping")
        assert socket.next() == {"type": "pong"}


@pytest.mark.parametrize(
    "said",
    [
        "no JSON",
        b"\x00\x01",
        "[]",
        '{"token": "x"}',
        '{"type": "auth"}',
        '{"type": "auth", "token": 7}',
        '{"type": "ping"}',
        '{"type": "auth", "token": "\\ud800"}',
        "[" * 2000 + "]" * 2000,
    ],
    ids=range(9),
)
def test_bad_first_message_closes(realtime, said):
    with realtime.open() as socket:
        socket.connection.send(said)
        assert socket.end() == (4400, "BAD_MESSAGE")


@pytest.mark.parametrize(
    "said", ["no JSON", b"{}", "7", '{"type": null}', '{"type": "auth", "token": {}}']
)
def test_bad_later_message_closes(realtime, device, said):
    with realtime.sign_in(device.access_token) as socket:
        socket.connection.send(said)
        assert socket.end() == (4400, "BAD_MESSAGE")


def test_text_that_is_no_utf_8_closes(realtime):
    with realtime.open() as socket:
        socket.connection.send(b"\xff\xfe", text=True)
        assert socket.end() == (4400, "BAD_MESSAGE")


def test_message_that_is_too_large_closes(realtime):
    with realtime.open() as socket:
        socket.connection.send("x" * (MESSAGE_BYTES + 1))
        assert socket.end()[0] == 1009


def test_many_messages_close(realtime, device):
    with realtime.sign_in(device.access_token) as socket:
        # The first of them was `auth`.
        for _ in range(MESSAGES):
            socket.say(type="ping")
        assert socket.end() == (4429, "RATE_LIMITED")


@pytest.mark.slow
def test_silence_closes(realtime):
    with realtime.open() as socket:
        assert socket.end() == (4408, "AUTH_TIMEOUT")


def test_token_is_renewed_on_the_same_socket(realtime, device):
    with realtime.sign_in(living(device, exp=int(time.time()) + 30)) as socket:
        # Less than a minute is left.
        soon = socket.hear("auth_soon")
        socket.say(type="auth", token=device.access_token)
        ready = socket.hear("ready")
        assert ready["expires_at"] > soon["expires_at"]
        services.start_session(user_id=device.user.pk)
        assert socket.hear("session")["session"]


def test_token_of_somebody_else_closes(realtime, device, bob):
    with realtime.sign_in(device.access_token) as socket:
        socket.say(type="auth", token=open_device(user=bob).access_token)
        assert socket.end() == (4403, "TOKEN_OF_SOMEBODY_ELSE")


def test_token_of_another_device_closes(realtime, device):
    other = open_device(user=device.user)
    with realtime.sign_in(device.access_token) as socket:
        socket.say(type="auth", token=other.access_token)
        assert socket.end() == (4403, "TOKEN_OF_SOMEBODY_ELSE")


def test_what_is_no_access_token_closes(realtime, device):
    none = jwt.encode({"sub": str(device.user.pk)}, None, algorithm="none")
    for token in ("", "x", none, device.refresh_token):
        with realtime.open() as socket:
            socket.say(type="auth", token=token)
            assert socket.end() == (4401, "TOKEN_INVALID")


def test_token_that_has_expired_closes_after_the_leeway(realtime, device):
    with realtime.open() as socket:
        socket.say(type="auth", token=living(device, exp=int(time.time()) - 11))
        assert socket.end() == (4401, "TOKEN_EXPIRED")
    with realtime.sign_in(living(device, exp=int(time.time()) - 8)) as socket:
        # Taken, and closed two seconds later.
        assert socket.end() == (4401, "TOKEN_EXPIRED")


def test_oldest_sockets_make_room(realtime, device):
    sockets = [realtime.sign_in(device.access_token) for _ in range(11)]
    assert sockets[0].end() == (4409, "REPLACED")
    sockets[1].say(type="ping")
    assert sockets[1].next()["type"] == "pong"
    for socket in sockets:
        socket.close()


def test_process_that_stops_tells_all_to_come_back(device, tmp_path):
    with running_realtime(tmp_path) as realtime:
        with realtime.sign_in(device.access_token) as socket, realtime.open() as fresh:
            realtime.process.send_signal(signal.SIGTERM)
            assert socket.end()[0] == 1012
            assert fresh.end()[0] == 1012
        began = time.monotonic()
        assert realtime.process.wait(10) == 0
        assert time.monotonic() - began < 5


def test_token_of_a_new_pair_is_noted_as_used(realtime, device):
    """A request notes it too: from then on the answer of its refresh was not lost."""
    type(device.device).objects.filter(pk=device.device.pk).update(confirmed=False)
    with realtime.sign_in(sign_access_token(device.user, device.device)):
        device.device.refresh_from_db()
        assert device.device.confirmed
