"""Writes of one user that meet: each counts once, none is lost, none fails."""

from collections import Counter
from datetime import timedelta

import pytest
from django.apps import apps
from django.utils import timezone

from accounts.devices.one_door import open_device
from accounts.models import AuthSession, User
from accounts.tests.factories import PASSWORD, UserFactory
from garden.models import Plant
from sessions_app.models import FocusSession
from sessions_app.tests.factories import FocusSessionFactory
from stats.models import UserStats
from stats.services import rebuild_stats
from tests.harness.answers import refusal
from tests.live.harness.burst import Dam, burst
from tests.live.harness.stack import Request


def running_session(user, minutes):
    """Start a session of 25 minutes so many minutes ago."""
    started = timezone.now() - timedelta(minutes=minutes)
    return FocusSessionFactory(user=user, created_at=started)


def credited_sessions(user, count):
    """Log completed sessions of 25 minutes, a day apart, with their credit."""
    noon = timezone.now().replace(hour=12)
    sessions = [
        FocusSessionFactory(user=user, created_at=noon - timedelta(days=day), done=True)
        for day in range(1, count + 1)
    ]
    rebuild_stats(user_id=user.pk)
    return sessions


def complete(session, device):
    return Request(
        "PATCH",
        f"/api/sessions/{session.pk}",
        {"completed": True},
        token=device.access_token,
    )


def plant(session, device):
    return Request(
        "POST",
        "/api/garden",
        {"session_id": str(session.pk), "plant_type": "Fern"},
        token=device.access_token,
    )


def start(device):
    return Request("POST", "/api/sessions", {}, token=device.access_token)


def delete(path, device):
    return Request("DELETE", path, token=device.access_token)


def statuses(answers):
    return Counter(answer.status_code for answer in answers)


def totals(user):
    stats = UserStats.objects.get(pk=user.pk)
    user.refresh_from_db()
    return stats.total_sessions, stats.total_focus_min, user.xp_points


@pytest.mark.row("C01")
@pytest.mark.parametrize("dammed", [False, True])
def test_complete_credits_once(stack, alice, signed_in, dammed):
    """Caught: completing what was read as active without a lock (8 credits, and 11 with
    the dam), and the guarded UPDATE alone (up to 15 racers get a 409).
    """
    session = running_session(alice, minutes=20)
    answers = burst(
        stack,
        [complete(session, signed_in)] * 50,
        behind=Dam(alice) if dammed else None,
    )
    assert statuses(answers) == {200: 50}
    assert len({answer.content for answer in answers}) == 1
    assert answers[0].json()["focus_min"] == 20
    assert totals(alice) == (1, 20, 20)


@pytest.mark.row("C03")
@pytest.mark.parametrize("dammed", [False, True])
def test_start_makes_one_session(stack, alice, signed_in, dammed):
    """Caught: looking for a running session without the lock (15 of 50 get a 500 from
    the unique index; undammed it is 2, or none).
    """
    answers = burst(
        stack, [start(signed_in)] * 50, behind=Dam(alice) if dammed else None
    )
    assert statuses(answers) == {201: 1, 409: 49}
    refused = [answer for answer in answers if answer.status_code == 409]
    assert {refusal(answer) for answer in refused} == {(409, "ACTIVE_SESSION_EXISTS")}
    session = FocusSession.objects.get(user=alice)
    named = {tuple(a.json()["detail"]["errors"]["session_id"]) for a in refused}
    assert named == {(str(session.pk),)}


@pytest.mark.row("C10")
@pytest.mark.parametrize("dammed", [False, True])
def test_start_with_one_key_has_one_effect(stack, alice, signed_in, dammed):
    """Caught: looking for a stored answer without the key's lock (500 from the unique
    index, or ACTIVE_SESSION_EXISTS for a client whose own request made the session).
    """
    request = Request(
        "POST",
        "/api/sessions",
        {"duration_min": 25},
        token=signed_in.access_token,
        headers={"Idempotency-Key": "one"},
    )
    # The key's lock lets a single racer through to the dam.
    answers = burst(
        stack, [request] * 50, behind=Dam(alice, racers=1) if dammed else None
    )
    made = [answer for answer in answers if answer.status_code == 201]
    refused = {refusal(answer) for answer in answers if answer.status_code != 201}
    assert refused <= {(409, "IDEMPOTENCY_KEY_IN_FLIGHT")}
    assert len({answer.content for answer in made}) == 1
    assert stack.send(request).content == made[0].content
    assert FocusSession.objects.count() == 1


@pytest.mark.row("C04")
@pytest.mark.parametrize("dammed", [False, True])
def test_register_case_variants_make_one_user(stack, dammed):
    """Caught: asking whether the names are free before the INSERT (15 of 50 get a 500;
    undammed 2).
    """
    names = ["racer", "Racer", "RACER", "rAcEr", "racER"]
    answers = burst(
        stack,
        [
            Request(
                "POST",
                "/api/auth/register",
                {
                    "username": names[n % 5],
                    "email": f"{names[n // 5 % 5]}@focusguard.test",
                    "password": PASSWORD,
                },
            )
            for n in range(50)
        ],
        behind=Dam(User) if dammed else None,
    )
    assert statuses(answers) == {201: 1, 409: 49}
    refused = {refusal(answer) for answer in answers if answer.status_code == 409}
    assert refused <= {(409, "USERNAME_TAKEN"), (409, "EMAIL_TAKEN")}
    assert User.objects.count() == AuthSession.objects.count() == 1


@pytest.mark.row("C09")
def test_plantings_are_numbered_without_gaps(stack, alice, signed_in):
    """Caught: `max() + 1` without the lock (29 of 40 get a 500 from the unique index),
    and `count() + 1` likewise (32).
    """
    sessions = credited_sessions(alice, 40)
    answers = burst(
        stack, [plant(session, signed_in) for session in sessions], behind=Dam(alice)
    )
    assert statuses(answers) == {201: 40}
    numbers = [answer.json()["plant_num"] for answer in answers]
    assert sorted(numbers) == list(range(1, 41))
    assert sorted(answer.json()["total_plants"] for answer in answers) == sorted(
        numbers
    )
    assert Plant.objects.filter(user=alice).count() == 40


@pytest.mark.row("C02")
def test_deletions_and_a_completion_leave_the_totals_of_the_log(
    stack, alice, signed_in
):
    """Caught: summing the log without the lock (14 sessions stored, 11 in the log), and
    subtracting from totals that were read before (43).
    """
    logged = credited_sessions(alice, 50)
    session = running_session(alice, minutes=20)
    requests = [delete(f"/api/sessions/{done.pk}", signed_in) for done in logged[:40]]
    requests.insert(20, complete(session, signed_in))
    answers = burst(stack, requests, behind=Dam(alice))
    assert statuses(answers) == {204: 40, 200: 1}
    assert totals(alice) == (11, 270, 270)


@pytest.mark.row("C06")
@pytest.mark.parametrize("dammed", [False, True])
def test_account_deletion_beside_writes_leaves_nothing(stack, dammed):
    """Caught: writing without the lock of the user's row (foreign keys fail at COMMIT:
    500 for the deletion or for a writer).
    """
    for _ in range(10):
        user = UserFactory()
        done, planted = credited_sessions(user, 2)
        running = running_session(user, minutes=20)
        devices = [open_device(user=user) for _ in range(3)]
        device, other, third = devices
        answers = burst(
            stack,
            [
                complete(running, device),
                start(other),
                plant(done, device),
                delete("/api/users/me", device),
                plant(planted, other),
                plant(running, third),
                delete(f"/api/sessions/{planted.pk}", device),
                Request(
                    "POST",
                    "/api/auth/refresh",
                    {"refresh_token": other.refresh_token},
                ),
                Request(
                    "POST",
                    "/api/auth/refresh",
                    {"refresh_token": third.refresh_token},
                ),
            ],
            # Refreshing takes no lock of the user's row.
            behind=Dam(user, racers=7) if dammed else None,
        )
        assert answers[3].status_code == 204
        assert statuses(answers).keys() <= {200, 201, 204, 401, 404, 409}
        for device in devices:
            me = stack.send(Request("GET", "/api/auth/me", token=device.access_token))
            assert refusal(me) == (401, "TOKEN_INVALID")
        assert rows_of(user) == {}


def rows_of(user):
    """Count what names the user, in every table that has a column for one."""
    counts = {
        model._meta.label: model._base_manager.filter(**{field.name: user.pk}).count()
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.get_fields()
        if field.concrete and field.related_model is User
    }
    assert counts.keys() > {"sessions_app.FocusSession", "garden.Plant"}
    return {label: count for label, count in counts.items() if count}


def test_consequences_are_read_beside_completions(stack, alice, signed_in):
    """Consequences are told as of before or after, and never a part of both."""
    credited_sessions(alice, 3)
    session = running_session(alice, minutes=20)
    path = f"/api/sessions/{session.pk}/consequences"
    reads = [Request("GET", path, token=signed_in.access_token)] * 50
    answers = burst(stack, [*reads, *[complete(session, signed_in)] * 50])
    assert statuses(answers) == {200: 100}
    told = [answer.json()["total_focus_min"] for answer in answers[:50]]
    assert all(one in ({"from": 75, "to": 75}, {"from": 95, "to": 75}) for one in told)
    assert totals(alice) == (4, 95, 95)
