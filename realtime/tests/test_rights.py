"""Rights of a socket: whoever is signed out, closed or deleted hears nothing more."""

import pytest
from django.utils import timezone

from accounts import services as account_services
from accounts.devices import auth_services, one_door
from accounts.models import AuthSession
from identity.tests.tokens_of_programs import program
from sessions_app import services

REVOKED = (4401, "TOKEN_INVALID")


def revoke_by_hand(device):
    AuthSession.objects.filter(pk=device.device.pk).update(
        revoked_at=timezone.now(), revoked_reason="staff"
    )


@pytest.mark.parametrize(
    "end",
    [
        lambda device: auth_services.log_out_everywhere(user=device.user),
        lambda device: auth_services.log_out_device(
            user=device.user, device_id=device.device.pk
        ),
        lambda device: account_services.set_password(
            user=device.user, new_password="another-Pass-1"
        ),
        lambda device: account_services.deactivate_user(user=device.user),
        lambda device: account_services.delete_account(user=device.user),
    ],
    ids=["everywhere", "device", "password", "deactivated", "deleted"],
)
def test_signed_out_device_is_closed_at_once(realtime, device, end):
    with realtime.sign_in(device.access_token) as socket:
        end(device)
        # A sweep may come by chance; that all of these wait for one is not to be.
        assert socket.end() == REVOKED
    with realtime.open() as socket:
        socket.say(type="auth", token=device.access_token)
        assert socket.end() == REVOKED


def test_device_that_is_kept_stays(realtime, device):
    other = one_door.open_device(user=device.user)
    with realtime.sign_in(device.access_token) as kept:
        auth_services.log_out_device(user=device.user, device_id=other.device.pk)
        assert kept.hear("changed")["what"] == ["devices"]


def test_revoked_by_hand_is_found_by_the_sweep_and_told_nothing(realtime, device):
    with realtime.sign_in(device.access_token) as socket:
        revoke_by_hand(device)
        services.start_session(user_id=device.user.pk)
        assert socket.end() == REVOKED
        assert [m["session"] for m in socket.messages if m["type"] == "session"] == [
            None
        ]


def test_sweep_finds_what_no_hint_told(realtime, device):
    with realtime.sign_in(device.access_token) as socket:
        session = services.start_session(user_id=device.user.pk)
        assert socket.hear("session")["session"]
        # By somebody's SQL, as if the hint were lost.
        type(session).objects.filter(pk=session.pk).update(
            status="abandoned", ended_at=timezone.now()
        )
        assert socket.hear("session")["session"] is None
        assert {"garden", "history", "stats"} <= {*socket.hear("changed")["what"]}


def test_a_program_hears_nothing(realtime, device):
    """The socket tells all that a device may see; no scope of a token names that."""
    token = program(device.user).text
    with realtime.open() as socket:
        socket.say(type="auth", token=token)
        assert socket.end() == REVOKED
