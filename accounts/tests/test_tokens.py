"""Access tokens open the door if they are ours, whole, of the right kind and in time."""

import base64
import http.server
import json
import threading
from datetime import timedelta

import jwt
import pytest
import time_machine
from django.conf import settings
from django.utils import timezone

from accounts import services
from tests.harness.answers import refusal

pytestmark = pytest.mark.django_db

ACCESS = settings.ACCESS_TOKEN_LIFETIME
REFRESH = settings.REFRESH_TOKEN_LIFETIME
LEEWAY = settings.CLOCK_LEEWAY
SECOND = timedelta(seconds=1)

ACCEPTED = (200, None)
EXPIRED = (401, "TOKEN_EXPIRED")
INVALID = (401, "TOKEN_INVALID")


@pytest.fixture
def claims(as_alice):
    """The claims of an access token that is good."""
    return jwt.decode(
        as_alice.signed_in.access_token, options={"verify_signature": False}
    )


def outcome(answer):
    return ACCEPTED if answer.status_code == 200 else refusal(answer)


def bearer(client, token):
    return outcome(client.get("/api/users/me", HTTP_AUTHORIZATION=f"Bearer {token}"))


def refresh(client, token):
    return outcome(client.post("/api/auth/refresh", {"refresh_token": token}))


def signed(claims, key=settings.JWT_SECRET_KEY, algorithm="HS256", **headers):
    return jwt.encode(claims, key, algorithm, headers=headers)


def part(value):
    return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()


def unsigned(claims, algorithm, signature=""):
    header = {"alg": algorithm, "typ": "JWT"}
    return f"{part(header)}.{part(claims)}.{signature}"


class _Ears(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.server.visits.append(self.path)
        self.send_error(404)


@pytest.fixture
def listener():
    """A host that a token may name, and who came there."""
    with http.server.HTTPServer(("127.0.0.1", 0), _Ears) as server:
        server.visits = []
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.mark.row("A11")
@pytest.mark.parametrize(
    "forge",
    [
        lambda claims: unsigned(claims, "none"),
        lambda claims: unsigned(claims, "NoNe"),
        lambda claims: unsigned(claims, "HS256"),
        lambda claims: signed(claims, "x" * 64),
        lambda claims: signed(claims, settings.SECRET_KEY),
        lambda claims: signed(claims, algorithm="HS512"),
        lambda claims: signed(claims, crit=["exp"], exp=0),
        lambda claims: signed(claims, crit=["unheard-of"]),
        lambda claims: unsigned(claims, "RS256", part("signature")),
        lambda claims: signed({"payload": signed(claims)}),
        lambda claims: signed(claims | {"sub": "1 OR 1=1"}),
        lambda claims: signed(claims | {"sid": None}),
        lambda claims: signed({**claims, "jti": ["a"]}),
        lambda claims: signed({key: claims[key] for key in claims if key != "type"}),
        lambda claims: signed({key: claims[key] for key in claims if key != "exp"}),
        lambda claims: signed(claims) + "A",
        lambda claims: signed(claims)[:-1],
        lambda claims: "a.b",
        lambda claims: "." * 400,
    ],
)
def test_forged_token_is_refused(anonymous, claims, forge):
    assert bearer(anonymous, signed(claims)) == ACCEPTED
    assert bearer(anonymous, forge(claims)) == INVALID


@pytest.mark.row("A11")
@pytest.mark.parametrize("header", ["jku", "x5u", "kid", "jwk"])
def test_key_that_a_token_brings_along_is_not_looked_at(
    anonymous, claims, listener, header
):
    url = f"http://127.0.0.1:{listener.server_port}/keys.json"
    brought = {"kty": "oct", "k": part("x" * 64)} if header == "jwk" else url
    forged = signed(claims, "x" * 64, **{header: brought})
    assert bearer(anonymous, forged) == INVALID
    assert not listener.visits


@pytest.mark.row("A12")
def test_each_kind_of_token_opens_its_own_door_alone(as_alice, anonymous):
    device = as_alice.signed_in
    assert bearer(anonymous, device.refresh_token) == INVALID
    assert refresh(anonymous, device.access_token) == INVALID


@pytest.mark.row("A10")
@pytest.mark.parametrize(
    ("after", "expected"),
    [(ACCESS + LEEWAY - SECOND, ACCEPTED), (ACCESS + LEEWAY + SECOND, EXPIRED)],
)
def test_access_token_lives_its_minutes_and_the_leeway(alice, sign_in, after, expected):
    began = timezone.now()
    with time_machine.travel(began, tick=False) as clock:
        client = sign_in(alice)
        clock.shift(after)
        assert outcome(client.get("/api/users/me")) == expected


@pytest.mark.row("A10")
def test_refresh_token_lives_its_days_from_the_last_refresh(alice, sign_in, anonymous):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        token = sign_in(alice).signed_in.refresh_token
        for _ in range(3):
            clock.shift(REFRESH - SECOND)
            answer = anonymous.post("/api/auth/refresh", {"refresh_token": token})
            token = answer.json()["refresh_token"]
        clock.shift(REFRESH + LEEWAY + SECOND)
        assert refresh(anonymous, token) == EXPIRED


@pytest.mark.row("A14")
def test_clock_of_another_machine_may_be_a_little_off(alice, sign_in, anonymous):
    """A token that another machine has just signed, ahead or behind."""
    now = timezone.now()
    for skew in (3 * SECOND, -3 * SECOND, 15 * SECOND, 60 * SECOND):
        with time_machine.travel(now + skew, tick=False):
            client = sign_in(alice)
        with time_machine.travel(now, tick=False):
            assert outcome(client.get("/api/users/me")) == ACCEPTED
            assert refresh(anonymous, client.signed_in.refresh_token) == ACCEPTED


@pytest.mark.row("A07")
def test_password_change_leaves_no_other_device_signed_in(alice, sign_in, anonymous):
    changing, *others = (sign_in(alice) for _ in range(3))
    body = {
        "current_password": "correct horse battery",
        "new_password": "another one 42",
    }
    assert changing.patch("/api/users/me/password", body).status_code == 204
    for other in others:
        assert outcome(other.get("/api/users/me")) == INVALID
        assert refresh(anonymous, other.signed_in.refresh_token) == INVALID
    assert outcome(changing.get("/api/users/me")) == ACCEPTED
    assert refresh(anonymous, changing.signed_in.refresh_token) == ACCEPTED


@pytest.mark.row("A08")
@pytest.mark.parametrize("leave", [services.deactivate_user, services.delete_account])
def test_who_has_left_is_refused_at_once(alice, as_alice, anonymous, leave):
    leave(user=alice)
    assert outcome(as_alice.get("/api/users/me")) == INVALID
    assert refresh(anonymous, as_alice.signed_in.refresh_token) == INVALID
