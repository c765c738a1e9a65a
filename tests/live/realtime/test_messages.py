"""Every message and every code of a real process is one of the AsyncAPI document.

`LiveSocket` holds each message that any test hears against it; here each kind is heard.
"""

import time

import jwt
import pytest
from django.conf import settings

from accounts.devices.one_door import open_device
from sessions_app import services
from tests.harness.messages import document, told_wrong
from tests.live.harness.realtime import running_realtime

pytestmark = pytest.mark.slow

CODES = {
    (told["code"], told["reason"])
    for told in document()["channels"]["socket"]["x-close-codes"]
}


@pytest.fixture(scope="module")
def process(django_db_setup, tmp_path_factory):
    with running_realtime(tmp_path_factory.mktemp("realtime")) as running:
        yield running


@pytest.fixture
def device(transactional_db, alice):
    return open_device(user=alice)


def ending_in(token, seconds):
    """Sign the same token with another end."""
    claims = jwt.decode(token, options={"verify_signature": False})
    claims["exp"] = int(time.time()) + seconds
    return jwt.encode(claims, settings.JWT_SECRET_KEY, algorithm="HS256")


def test_each_kind_of_message_is_heard_as_it_is_described(process, device, alice):
    with process.open() as socket:
        socket.say(type="auth", token=ending_in(device.access_token, 59))
        socket.hear("session")
        socket.hear("auth_soon")
        services.start_session(user_id=alice.pk, duration_min=25)
        socket.hear("session")
        socket.hear("changed")
        socket.say(type="ping")
        socket.hear("pong")
        heard = {message["type"] for message in socket.messages}
    # Awaited for ten seconds without a database, where another test takes that away.
    assert heard | {"stale"} == {
        message
        for message in document()["channels"]["socket"]["messages"]
        if message not in {"auth", "ping"}
    }


def test_each_message_that_is_described_is_taken(process, device):
    for name in ("auth", "ping"):
        described = document()["components"]["messages"][name]["examples"][0]["payload"]
        payload = described | (
            {"token": device.access_token} if "token" in described else {}
        )
        assert told_wrong(payload) == []
        with process.open() as socket:
            if name == "ping":
                socket.say(type="auth", token=device.access_token)
            socket.say(**payload)
            socket.hear("ready" if name == "auth" else "pong")


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ("no JSON", "BAD_MESSAGE"),
        ('{"type": "ping"}', "BAD_MESSAGE"),
        ('{"type": "auth", "token": "none"}', "TOKEN_INVALID"),
    ],
)
def test_socket_is_closed_by_a_code_that_is_described(process, said, reason):
    with process.open() as socket:
        socket.connection.send(said)
        code, told = socket.end()
    assert told == reason
    assert (code, told) in CODES
