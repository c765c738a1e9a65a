"""Sign-outs of a device while another request of it is already on its way."""

import json
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone

from accounts import services
from accounts.devices import auth_services
from accounts.devices.one_door import open_device
from accounts.models import AuthSession, User
from accounts.tests.factories import PASSWORD
from export.documents import json_document
from garden.models import Plant
from sessions_app.models import FocusSession
from sessions_app.tests.factories import FocusSessionFactory
from tests.harness.answers import refusal
from tests.live.harness.burst import Dam, burst, waiting
from tests.live.harness.stack import DEADLINE, Request

OWNERS, THIEFS = "owner new battery 1", "thief new battery 2"


def change(device, new_password):
    body = {"current_password": PASSWORD, "new_password": new_password}
    return Request("PATCH", "/api/users/me/password", body, token=device.access_token)


def login(password=PASSWORD):
    body = {"username": "alice_focus", "password": password}
    return Request("POST", "/api/auth/login", body)


def answered_after(stack, request, act):
    """Return the answer to a request that comes to the user's row while `act` has it."""
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            act()
            answer = pool.submit(stack.send, request)
            ends_at = time.monotonic() + DEADLINE
            while not waiting():
                assert time.monotonic() < ends_at
                assert not answer.done(), answer.result()
                time.sleep(0.01)  # Postgres announces no waiter
                with connection.cursor() as cursor:
                    cursor.execute("SELECT pg_stat_clear_snapshot()")
        return answer.result()


def test_password_is_changed_by_one_of_two_devices_at_once(stack, alice):
    """Caught: a hash that is compared before the user's lock alone (both get 204)."""
    owner, thief = (open_device(user=alice) for _ in range(2))
    answers = burst(
        stack, [change(owner, OWNERS), change(thief, THIEFS)], behind=Dam(alice)
    )
    changed = [answer.status_code == 204 for answer in answers]
    assert sorted(changed) == [False, True]
    assert refusal(answers[changed.index(False)]) == (401, "TOKEN_INVALID")
    opens = [stack.send(login(new)).status_code == 200 for new in (OWNERS, THIEFS)]
    assert opens == changed


def test_password_is_changed_once_by_one_device_at_once(stack, alice, signed_in):
    """Caught: the same, of two tabs that share a device."""
    answers = burst(
        stack,
        [change(signed_in, OWNERS), change(signed_in, THIEFS)],
        behind=Dam(alice),
    )
    assert sorted(answer.status_code for answer in answers) == [204, 400]
    (refused,) = (answer for answer in answers if answer.status_code == 400)
    assert refusal(refused) == (400, "WRONG_PASSWORD")


def sign_outs(user, device):
    """Return the acts that end the device that asks, by their name."""
    return {
        "everywhere": lambda: auth_services.log_out_everywhere(user=user),
        "this device": lambda: auth_services.log_out_device(
            user=user, device_id=device.device.pk
        ),
        "password": lambda: services.set_password(user=user, new_password=OWNERS),
        "deactivated": lambda: services.deactivate_user(user=user),
        "deleted": lambda: services.delete_account(user=user),
    }


@pytest.mark.parametrize(
    "sign_out", ["everywhere", "this device", "password", "deactivated", "deleted"]
)
def test_ended_device_changes_no_password(stack, alice, signed_in, sign_out):
    """Caught: a device that is looked at before the hashing alone."""
    act = sign_outs(alice, signed_in)[sign_out]
    answer = answered_after(stack, change(signed_in, THIEFS), act)
    assert refusal(answer) == (401, "TOKEN_INVALID")
    assert stack.send(login(THIEFS)).status_code == 401


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("PUT", "/users/me", {"email": "thief@focusguard.test"}),
        ("DELETE", "/users/me", None),
        ("POST", "/auth/logout-all", None),
        ("DELETE", "/auth/devices/{other}", None),
        ("POST", "/sessions", {"duration_min": 25}),
        ("PATCH", "/sessions/{session}", {"completed": True}),
        ("DELETE", "/sessions/{session}", None),
        ("POST", "/garden", {"session_id": "{session}", "plant_type": "Fern"}),
    ],
)
def test_ended_device_writes_nothing_that_waited(
    stack, alice, signed_in, method, path, body
):
    """Caught: services that look at the user alone once they have the lock."""
    other = open_device(user=alice).device
    session = FocusSessionFactory(
        user=alice, created_at=timezone.now() - timedelta(minutes=5)
    )
    names = {"other": other.pk, "session": session.pk}
    if body:
        body = {
            key: value.format(**names) if isinstance(value, str) else value
            for key, value in body.items()
        }
    if path == "/sessions":
        FocusSession.objects.all().delete()
    before = list(User.objects.values("email")), list(FocusSession.objects.values())
    request = Request(
        method, f"/api{path.format(**names)}", body, token=signed_in.access_token
    )
    act = sign_outs(alice, signed_in)["this device"]
    answer = answered_after(stack, request, act)
    assert refusal(answer) == (401, "TOKEN_INVALID")
    after = list(User.objects.values("email")), list(FocusSession.objects.values())
    assert after == before
    assert not Plant.objects.exists()
    assert AuthSession.objects.live().get() == other


@pytest.mark.parametrize(
    "sign_out", ["everywhere", "password", "deactivated", "deleted"]
)
def test_sign_in_that_was_hashing_meanwhile_opens_no_device(
    stack, alice, signed_in, sign_out
):
    """Caught: a sign-in that compares the hash alone (it outlives signing out
    everywhere), or nothing.
    """
    act = sign_outs(alice, signed_in)[sign_out]
    answer = answered_after(stack, login(), act)
    assert refusal(answer) == (401, "INVALID_CREDENTIALS")
    assert not AuthSession.objects.live().exists()


@pytest.mark.row("A15")
def test_guesses_by_all_names_at_once_are_five(stack, alice):
    """Caught: a count for each name alone, and one that is looked at before it is
    raised (a sixth guess, by the other name, opens the account).
    """
    wrong = [
        Request("POST", "/api/auth/login", {"username": name, "password": "not it"})
        for name in ("alice_focus", "alice@focusguard.com")
    ]
    # Three by each name are within the limit of what was typed.
    answers = burst(stack, wrong * 3)
    assert {refusal(answer) for answer in answers} <= {
        (401, "INVALID_CREDENTIALS"),
        (503, "SIGN_IN_BUSY"),
    }
    for request in wrong:
        body = request.body | {"password": PASSWORD}
        answer = stack.send(Request("POST", "/api/auth/login", body))
        assert refusal(answer) == (401, "INVALID_CREDENTIALS")
    assert not AuthSession.objects.exists()


def test_export_that_waited_for_a_deletion_has_nothing(stack, alice, signed_in):
    FocusSessionFactory(user=alice, done=True)
    export = Request("GET", "/api/users/me/export", token=signed_in.access_token)
    answer = answered_after(stack, export, lambda: services.delete_account(user=alice))
    assert refusal(answer) == (401, "TOKEN_INVALID")


def test_deletion_waits_for_an_export_which_is_whole(stack, alice, signed_in):
    session = FocusSessionFactory(user=alice, done=True)
    made = []
    deletion = Request("DELETE", "/api/users/me", token=signed_in.access_token)
    answer = answered_after(
        stack,
        deletion,
        lambda: made.append(json_document(alice.pk, timezone.now(), picture={})),
    )
    assert answer.status_code == 204
    with made[0] as file:
        exported = json.load(file)
    assert [row["id"] for row in exported["sessions"]] == [str(session.pk)]
    assert not User.objects.filter(pk=alice.pk).exists()
