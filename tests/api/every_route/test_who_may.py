"""Permissions: a matrix of every route with an id, every caller, every column."""

import json

import pytest
from django.apps import apps
from django.urls import reverse

from accounts.devices.ending import revoke_devices
from accounts.models import AuthSession, User
from accounts.tests.factories import UserFactory
from sessions_app.tests.factories import FocusSessionFactory
from stats.tests.factories import UserStatsFactory
from tests.harness.answers import refusal
from tests.harness.valid_requests import (
    API,
    SIGNED_IN,
    WITH_BODY,
    WITH_ID,
    valid_body,
)
from tests.harness.worlds import checksum

pytestmark = pytest.mark.django_db

# What anybody who is signed in may see of anybody.
PUBLIC = "GET /api/users/{user_id}"
OURS = (
    *("accounts", "identity", "pictures"),
    *("sessions_app", "garden", "stats", "importing"),
)
READS = [operation for operation in API if not operation.writes]


@pytest.fixture
def callers(anonymous, as_bob, sign_in):
    """(client, the status that it gets) of everybody who is not Alice."""
    clerk = UserFactory(username="clerk", is_staff=True)
    chief = UserFactory(username="chief", is_staff=True, is_superuser=True)
    return {
        "anonymous": (anonymous, 401),
        "stranger": (as_bob, 404),
        "staff without a permission": (sign_in(clerk), 404),
        "superuser": (sign_in(chief), 404),
    }


def ask(client, operation, world, path):
    content = json.dumps(valid_body(operation, world)) if operation.takes_body else b""
    return client.generic(
        operation.method, path, content, content_type="application/json"
    )


@pytest.mark.row("Z01")
@pytest.mark.parametrize("operation", WITH_ID, ids=str)
@pytest.mark.parametrize("base", ["/api/", "/api/v1/"])
def test_what_is_alices_is_there_for_alice_alone(world, callers, operation, base):
    path = world.path(operation).replace("/api/", base, 1)
    before = checksum()
    for who, (client, status) in callers.items():
        answer = ask(client, operation, world, path)
        if str(operation) == PUBLIC and status != 401:
            assert answer.status_code == 200
        else:
            assert refusal(answer)[0] == status, who
    assert checksum() == before
    assert ask(world.client, operation, world, path).status_code in (200, 202, 204)


@pytest.mark.row("Z01")
def test_ids_in_bodies_are_no_way_around(world, as_bob, bob):
    """Bodies take the id of the session to plant for, and that of a label."""
    own = FocusSessionFactory(user=bob, done=True)
    before = checksum()
    body = {"session_id": str(world.ids["session_id"]), "plant_type": "Rose"}
    assert refusal(as_bob.post("/api/garden", body))[0] == 404
    body = {"label_id": str(world.ids["label_id"])}
    entry = {"at": world.told_at, "minutes": 5} | body
    for answer in (
        as_bob.post("/api/sessions", body),
        as_bob.post("/api/entries", entry),
        as_bob.patch(f"/api/history/{own.pk}", body),
    ):
        assert refusal(answer) == (422, "VALIDATION_ERROR")
        assert answer.json()["detail"]["errors"].keys() == {"label_id"}
    assert checksum() == before


def columns():
    """Every column of every table of ours, by the name that a client might try."""
    models = [
        model for label in OURS for model in apps.get_app_config(label).get_models()
    ]
    names = {field.name for model in models for field in model._meta.fields}
    attnames = {field.attname for model in models for field in model._meta.fields}
    return sorted(names | attnames)


@pytest.mark.row("Z03")
@pytest.mark.parametrize("operation", WITH_BODY, ids=str)
def test_no_column_can_be_set_that_is_no_field(world, operation):
    known = valid_body(operation, world)
    documented = operation.body_schema["properties"].keys()
    protected = [name for name in columns() if name not in documented]
    assert {"xp_points", "lvl", "is_staff", "user_id", "created_at"} <= {*protected}
    before = checksum()
    answer = world.client.generic(
        operation.method,
        world.path(operation),
        json.dumps(known | dict.fromkeys(protected, 1)),
        content_type="application/json",
    )
    assert refusal(answer) == (422, "VALIDATION_ERROR")
    # Each by its name: none of them is let pass among the others.
    assert answer.json()["detail"]["errors"].keys() == {*protected}
    assert checksum() == before


@pytest.mark.row("Z05")
@pytest.mark.parametrize("operation", READS, ids=str)
def test_no_answer_tells_what_is_private_of_others(world, as_bob, operation):
    answer = as_bob.get(world.path(operation))
    text = answer.getvalue().decode()
    device = world.client.signed_in.device
    private = [
        *(world.user.email, world.user.password, world.refresh_token),
        *(str(device.pk), str(device.current_jti), str(world.ids["session_id"])),
        str(world.ids["label_id"]),
    ]
    for secret in private:
        assert secret not in text


@pytest.mark.row("Z05")
def test_public_profile_has_four_fields(world, as_bob):
    answer = as_bob.get(f"/api/users/{world.user.pk}")
    assert answer.json().keys() == {"id", "username", "lvl", "xp_points"}


@pytest.mark.row("Z08")
@pytest.mark.parametrize(
    "change", [{"is_active": False}, {"leaderboard_visible": False}]
)
def test_hidden_users_leave_every_board_at_once(as_alice, bob, change):
    UserStatsFactory(user=bob)
    User.objects.filter(pk=bob.pk).update(xp_points=25)
    boards = [operation for operation in READS if "leaderboard" in operation.path]
    assert len(boards) == 4
    for board in boards:
        assert str(bob.pk) in as_alice.get(board.path).content.decode()
    User.objects.filter(pk=bob.pk).update(**change)
    for board in boards:
        assert str(bob.pk) not in as_alice.get(board.path).content.decode()


@pytest.mark.parametrize("operation", SIGNED_IN, ids=str)
def test_a_revoked_device_reaches_nothing(world, operation):
    revoke_devices(user=world.user, reason=AuthSession.RevokedReason.STAFF)
    answer = ask(world.client, operation, world, world.path(operation))
    assert refusal(answer) == (401, "TOKEN_INVALID")


@pytest.mark.row("A08")
@pytest.mark.parametrize("operation", SIGNED_IN, ids=str)
def test_a_deactivated_user_reaches_nothing(world, operation):
    User.objects.filter(pk=world.user.pk).update(is_active=False)
    answer = ask(world.client, operation, world, world.path(operation))
    assert refusal(answer) == (401, "TOKEN_INVALID")


def test_signing_out_everywhere_ends_the_sessions_of_the_admin(as_staff, ada, sign_in):
    assert as_staff.get("/admin/").status_code == 200
    assert sign_in(ada).post("/api/auth/logout-all").status_code == 204
    assert as_staff.get("/admin/").status_code == 302


@pytest.mark.row("Z07")
def test_an_api_token_opens_no_page_of_the_staff(sign_in, alice, ada):
    for user in (alice, ada):
        answer = sign_in(user).get(reverse("admin:index"))
        assert answer.status_code == 302
        assert answer.headers["Location"].startswith(reverse("admin:login"))


@pytest.mark.row("A12")
def test_a_session_of_the_admin_is_no_token_of_a_user(client, alice):
    client.force_login(alice)
    assert client.get("/api/users/me").status_code == 401
