"""Rights that end while a socket is open: nothing is told any more, whoever ended them."""

import threading
import time
from contextlib import contextmanager

import jwt
import pytest
from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from accounts.devices.one_door import open_device
from accounts.models import AuthSession, User
from local.processes import wait_until
from realtime.hints import _Hint
from sessions_app import services
from sessions_app.models import FocusSession
from sessions_app.tests.factories import FocusSessionFactory
from tests.harness.bounds import DEADLINE
from tests.live.harness.realtime import running_realtime
from tests.live.harness.stack import Request
from tests.live.harness.user import register

pytestmark = pytest.mark.slow

REVOKED = (4401, "TOKEN_INVALID")
ROUNDS = 200


def revoke_by_hand(device):
    AuthSession.objects.filter(pk=device.device.pk).update(
        revoked_at=timezone.now(), revoked_reason="staff"
    )


def told(socket):
    """Sessions that a socket was told of, but for the first word that there is none."""
    return [
        message["session"]
        for message in socket.messages
        if message["type"] == "session" and message["session"]
    ]


def start_unannounced(user):
    FocusSessionFactory(user=user)


def start(user):
    services.start_session(user_id=user.pk)


@pytest.mark.row("RT03")
@pytest.mark.parametrize("start", [start_unannounced, start])
def test_revoked_by_hand_is_closed_and_not_told_what_began_later(
    realtime, device, start
):
    """With no hint at all by the sweep, and with the hint of the start at once."""
    with realtime.sign_in(device.access_token) as socket:
        revoke_by_hand(device)
        start(device.user)
        assert socket.end() == REVOKED
        assert told(socket) == []


@pytest.mark.row("RT03")
@pytest.mark.parametrize(
    "end",
    [
        lambda user: User.objects.filter(pk=user.pk).update(is_active=False),
        lambda user: User.objects.filter(pk=user.pk).delete(),
    ],
    ids=["deactivated", "deleted"],
)
def test_user_who_ended_by_hand_is_closed_on_all_sockets(realtime, crowd, device, end):
    tokens = [device.access_token, open_device(user=device.user).access_token]
    members = crowd.sign_in(tokens * 3)
    end(device.user)
    crowd.read_until(lambda: all(one.is_over for one in members))
    assert {one.end for one in members} == {REVOKED}


@pytest.mark.row("RT03")
def test_deleted_account_is_closed_on_two_processes(stack, realtime, tmp_path_factory):
    person = register(stack)
    directory = tmp_path_factory.mktemp("second")
    # A sweep comes too seldom to be what closes it.
    with (
        running_realtime(directory, REALTIME_SWEEP_SECONDS="3600") as second,
        realtime.sign_in(person.token) as one,
        second.sign_in(person.token) as two,
    ):
        assert person.ask("DELETE", "/users/me").status_code == 204
        assert two.end() == REVOKED
        assert one.end() == REVOKED


@contextmanager
def nobody_reads_sessions():
    """Hold whoever asks for sessions, the sockets' statement too, until the block ends."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            f"LOCK TABLE {FocusSession._meta.db_table} IN ACCESS EXCLUSIVE MODE"
        )
        yield


def truth_waits():
    """Tell whether the sockets' statement waits for a lock, by a connection of its own."""
    looking = connection.copy()
    try:
        with looking.cursor() as cursor:
            cursor.execute(
                "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() "
                "AND application_name = 'focusguard-realtime' "
                "AND wait_event_type = 'Lock'"
            )
            return cursor.fetchone() is not None
    finally:
        looking.close()


@pytest.mark.row("RT04")
def test_what_is_told_was_read_with_the_right_to_see_it(realtime, device):
    """Caught: a right that is looked at first, and a state that is read after it: the
    device is revoked in between, and hears of the session that began then."""
    with realtime.sign_in(device.access_token) as socket:
        with nobody_reads_sessions():
            _Hint(device.user.pk, {"history"})()
            assert wait_until(truth_waits, seconds=DEADLINE)
            revoke_by_hand(device)
            start_unannounced(device.user)
        assert socket.end() == REVOKED
        assert told(socket) == []


@contextmanager
def sessions_without_a_pause(user_id):
    """Let somebody start and give up sessions for as long as a block runs."""
    done = threading.Event()

    def write():
        try:
            while not done.is_set():
                session = services.start_session(user_id=user_id)
                services.abandon_session(user_id=user_id, session_id=session.pk)
        finally:
            connection.close()

    writer = threading.Thread(target=write)
    writer.start()
    try:
        yield
    finally:
        done.set()
        writer.join()


@pytest.mark.row("RT04")
def test_signed_out_everywhere_amid_snapshots(stack, realtime, crowd, record_property):
    """No session that began after the 204 is told, in 200 rounds."""
    person = register(stack)
    user = User.objects.get(pk=person.id)
    heard = 0
    with sessions_without_a_pause(user.pk):
        for _ in range(ROUNDS):
            device = open_device(user=user)
            (member,) = crowd.sign_in([device.access_token])
            # In the midst of it: more has been told than the first state.
            crowd.read_until(lambda one=member: len(one.messages) > 2)
            path = "/api/auth/logout-all"
            signed_out = stack.send(Request("POST", path, {}, device.access_token))
            answered_at = timezone.now()
            assert signed_out.status_code == 204, signed_out.content
            crowd.read_until(lambda one=member: one.is_over)
            assert member.end == REVOKED
            began = [
                one["session"]["created_at"]
                for one in member.heard("session")
                if one["session"]
            ]
            limit = answered_at.isoformat(timespec="microseconds")
            assert all(each[:26] <= limit[:26] for each in began), (limit, began)
            heard += len(member.messages)
    record_property("messages before 200 sign-outs", heard)


def ending_in(device, seconds, **claims):
    """Sign a token of the device with another end."""
    ours = jwt.decode(device.access_token, options={"verify_signature": False})
    return jwt.encode(
        ours | {"exp": int(time.time()) + seconds} | claims,
        settings.JWT_SECRET_KEY,
        algorithm=settings.SIMPLE_JWT["ALGORITHM"],
    )


def unsigned(device):
    claims = jwt.decode(device.access_token, options={"verify_signature": False})
    return jwt.encode(claims, None, algorithm="none")


OTHER_TOKENS = {
    "of somebody else": (4403, lambda device, bob: open_device(user=bob).access_token),
    "another device": (
        4403,
        lambda device, bob: open_device(user=device.user).access_token,
    ),
    "refresh": (4401, lambda device, bob: device.refresh_token),
    "refresh of somebody else": (
        4401,
        lambda device, bob: open_device(user=bob).refresh_token,
    ),
    "unsigned": (4401, lambda device, bob: unsigned(device)),
    "foreign key": (
        4401,
        lambda device, bob: jwt.encode(
            {"sub": str(device.user.pk)}, "x" * 40, algorithm="HS256"
        ),
    ),
    "expired": (4401, lambda device, bob: ending_in(device, -11)),
}


@pytest.mark.row("RT05")
@pytest.mark.parametrize("kind", OTHER_TOKENS)
def test_later_auth_must_be_of_the_same_user_and_device(realtime, device, bob, kind):
    code, make = OTHER_TOKENS[kind]
    with realtime.sign_in(device.access_token) as socket:
        socket.say(type="auth", token=make(device, bob))
        assert socket.end()[0] == code
        assert told(socket) == []


@pytest.mark.row("RT05")
def test_later_auth_within_the_leeway_is_taken(realtime, device):
    with realtime.sign_in(device.access_token) as socket:
        # A clock that is 10 s apart is forgiven, and a second may pass on the way.
        socket.say(type="auth", token=ending_in(device, -8))
        socket.hear("ready")
        assert socket.end() == (4401, "TOKEN_EXPIRED")


@pytest.mark.row("RT06")
def test_socket_ends_with_its_token_and_the_leeway(realtime, device):
    ends_at = int(time.time()) + 1
    with realtime.sign_in(ending_in(device, 0, exp=ends_at)) as socket:
        soon = socket.hear("auth_soon")
        assert soon["expires_at"][:19] == time.strftime(
            "%Y-%m-%dT%H:%M:%S", time.gmtime(ends_at)
        )
        # It has expired, and is told of everything up to the end of the leeway.
        assert wait_until(lambda: time.time() > ends_at, seconds=DEADLINE)
        start(device.user)
        assert socket.hear("session")["session"]
        assert socket.end() == (4401, "TOKEN_EXPIRED")
        assert ends_at + 10 <= time.time()
