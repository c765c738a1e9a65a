"""Audit events: which are written down, and that nobody can take one back."""

import uuid
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from accounts import audit, services
from accounts.devices import auth_services, ending
from accounts.models import AuthSession, SecurityEvent
from accounts.tests.factories import PASSWORD
from focusguard.db.constraints import violated_constraint

Kind = SecurityEvent.Kind
NEW_PASSWORD = "another long phrase 7"

pytestmark = pytest.mark.django_db


def events():
    """(kind, user, device) of all events, the oldest first."""
    rows = SecurityEvent.objects.order_by("at", "id")
    return [(event.kind, event.user, event.device_id) for event in rows]


def log_in(client, username="alice_focus", password=PASSWORD, **headers):
    return client.post(
        "/api/auth/login", {"username": username, "password": password}, **headers
    )


@pytest.fixture
def device(as_alice):
    return as_alice.signed_in.device.pk


def test_register_is_written_down(anonymous):
    body = {"username": "carol", "email": "c@focusguard.com", "password": PASSWORD}
    anonymous.post("/api/auth/register", body)
    ((kind, user, device),) = events()
    assert (kind, user.username) == (Kind.REGISTERED, "carol")
    assert device == AuthSession.objects.get().pk


def test_sign_in_is_written_down_with_its_origin(anonymous, alice):
    log_in(
        anonymous,
        headers={"User-Agent": "Focus/1.0", "X-Request-ID": "request-1"},
        REMOTE_ADDR="203.0.113.7",
    )
    event = SecurityEvent.objects.get()
    assert (event.kind, event.user, event.actor) == (Kind.SIGNED_IN, alice, None)
    assert event.device_id == AuthSession.objects.get().pk
    assert (event.address, event.user_agent) == ("203.0.113.7", "Focus/1.0")
    assert event.request_id == "request-1"


@pytest.mark.parametrize(
    ("username", "of"), [("alice_focus", "alice"), ("nobody_here", None)]
)
def test_failed_sign_in_is_written_down_without_what_was_typed(
    anonymous, alice, username, of
):
    log_in(anonymous, username, "guess number one")
    assert events() == [(Kind.SIGN_IN_FAILED, alice if of else None, None)]
    event = SecurityEvent.objects.values().get()
    assert event["address"] == "127.0.0.1"
    assert "guess number one" not in str(event)
    assert "nobody_here" not in str(event)


def test_reuse_is_written_down_once(as_alice, alice, device):
    spent = as_alice.signed_in.refresh_token
    auth_services.rotate(raw_token=spent)
    AuthSession.objects.update(
        last_used_at=timezone.now() - timedelta(minutes=1), confirmed=True
    )
    for _ in range(2):
        as_alice.post("/api/auth/refresh", {"refresh_token": spent})
    assert events() == [(Kind.TOKEN_REUSED, alice, device)]


def test_logout_is_written_down_once(as_alice, alice, device):
    for _ in range(2):
        as_alice.post("/api/auth/logout")
    assert events() == [(Kind.SIGNED_OUT, alice, device)]


def test_ending_another_device_is_written_down(as_alice, alice, sign_in):
    other = sign_in(alice).signed_in.device.pk
    as_alice.delete(f"/api/auth/devices/{other}")
    assert events() == [(Kind.SIGNED_OUT, alice, other)]


def test_signing_out_everywhere_is_written_down(as_alice, alice):
    as_alice.post("/api/auth/logout-all")
    assert events() == [(Kind.SIGNED_OUT_EVERYWHERE, alice, None)]


def test_password_changes_are_written_down(as_alice, alice, device):
    for current in ("not it", PASSWORD):
        as_alice.patch(
            "/api/users/me/password",
            {"current_password": current, "new_password": NEW_PASSWORD},
        )
    assert events() == [
        (Kind.PASSWORD_REFUSED, alice, None),
        (Kind.PASSWORD_CHANGED, alice, device),
    ]


def test_a_new_address_is_written_down_and_no_other_change(as_alice, alice):
    as_alice.put("/api/users/me", {"timezone": "Asia/Tokyo", "email": alice.email})
    as_alice.put("/api/users/me", {"email": "new@focusguard.com"})
    assert events() == [(Kind.EMAIL_CHANGED, alice, None)]


def test_staff_is_named_where_staff_acted(alice, bob):
    services.deactivate_user(user=alice, by=bob)
    services.reactivate_user(user=alice, by=bob)
    auth_services.log_out_everywhere(user=alice, by=bob)
    services.set_staff_access(user=alice, is_staff=True, groups=[], by=bob)
    assert [kind for kind, *_ in events()] == [
        Kind.DEACTIVATED,
        Kind.REACTIVATED,
        Kind.SIGNED_OUT_EVERYWHERE,
        Kind.STAFF_ACCESS_CHANGED,
    ]
    assert {event.actor for event in SecurityEvent.objects.all()} == {bob}


def test_the_admins_door_is_written_down(client, ada):
    for password in ("not it", PASSWORD):
        form = {"username": "ada_admin", "password": password}
        client.post(reverse("admin:login"), form)
    assert events() == [
        (Kind.SIGN_IN_FAILED, ada, None),
        (Kind.STAFF_SIGNED_IN, ada, None),
    ]


def test_deletion_leaves_an_event_of_nobody_and_no_other(as_alice, alice, bob):
    log_in(as_alice)
    services.deactivate_user(user=bob, by=alice)
    as_alice.delete("/api/users/me")
    assert [(kind, user) for kind, user, _ in events()] == [
        (Kind.DEACTIVATED, bob),
        (Kind.ACCOUNT_DELETED, None),
    ]
    deletion = SecurityEvent.objects.get(kind=Kind.ACCOUNT_DELETED)
    assert (deletion.address, deletion.user_agent) == (None, "")
    # Her part in what happened to somebody else stays, without her name.
    assert SecurityEvent.objects.get(user=bob).actor is None


def test_what_did_not_happen_is_not_written_down(alice, monkeypatch):
    def fail(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr(audit, "record", fail)
    with pytest.raises(RuntimeError):
        services.deactivate_user(user=alice)
    alice.refresh_from_db()
    assert alice.is_active


def test_a_failure_of_a_user_who_is_gone_is_one_of_nobody(db):
    audit.record_failure(Kind.SIGN_IN_FAILED, user_id=uuid.uuid4())
    assert events() == [(Kind.SIGN_IN_FAILED, None, None)]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE security_events SET kind = 'signed_in'",
        "UPDATE security_events SET user_id = NULL",
        "UPDATE security_events SET at = at - interval '1 year'",
        "DELETE FROM security_events",
    ],
)
def test_events_cannot_be_changed_or_taken_back(alice, statement):
    audit.record(Kind.SIGNED_IN, user_id=alice.pk)
    with (
        pytest.raises(IntegrityError) as refused,
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert violated_constraint(refused.value) == "security_events_append_only"
    assert events() == [(Kind.SIGNED_IN, alice, None)]


def test_prune_deletes_after_90_days(alice, capsys):
    for days in (89, 91):
        audit.record(Kind.SIGNED_IN, user_id=alice.pk)
        newest = SecurityEvent.objects.order_by("-id").values().first()
        moved = newest | {"id": uuid.uuid4(), "at": newest["at"] - timedelta(days=days)}
        SecurityEvent.objects.create(**moved)
    call_command("prune_security_events", dry_run=True)
    call_command("prune_security_events")
    said = capsys.readouterr().out.splitlines()
    assert said == ["1 events would be deleted", "1 events deleted"]
    assert SecurityEvent.objects.count() == 3


def test_staff_can_read_events_and_change_nothing(as_staff, alice):
    audit.record(Kind.SIGNED_IN, user_id=alice.pk)
    pages = reverse("admin:accounts_securityevent_changelist")
    assert "alice_focus" in as_staff.get(pages, {"q": "alice"}).content.decode()
    event = SecurityEvent.objects.get(user=alice)
    page = reverse("admin:accounts_securityevent_change", args=[event.pk])
    assert as_staff.get(page).status_code == 200
    assert as_staff.post(page, {"kind": "registered"}).status_code == 403
    assert as_staff.get(page.replace("change", "delete")).status_code == 403


def test_a_user_is_signed_in_on_the_20_devices_used_last(anonymous, alice):
    for _ in range(ending.MAX_DEVICES + 2):
        log_in(anonymous)
    made = list(AuthSession.objects.order_by("last_used_at", "id"))
    ended = [device for device in made if device.revoked_at]
    assert ended == made[:2]
    assert {device.revoked_reason for device in ended} == {"limit"}
