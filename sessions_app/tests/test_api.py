import uuid

import pytest

from sessions_app.models import FocusSession
from sessions_app.tests.factories import FocusSessionFactory
from tests.harness.answers import refusal
from tests.harness.clock import NOON, after

URL = "/api/sessions"

pytestmark = pytest.mark.django_db


# POST /sessions


def test_create_answers_the_new_session(at, alice):
    response = at(NOON).post(URL, {"duration_min": 25})
    assert response.status_code == 201
    assert response.json() == {
        "id": str(FocusSession.objects.get().pk),
        "user_id": str(alice.pk),
        "duration_min": 25,
        "status": "active",
        "completed": False,
        "focus_min": 0,
        "local_date": "2026-01-18",
        "created_at": "2026-01-18T12:00:00Z",
        "ended_at": None,
    }


@pytest.mark.parametrize("body", [{}, None], ids=["empty object", "no body"])
def test_create_without_a_plan_is_open(at, body):
    response = at(NOON).post(URL, body)
    assert response.status_code == 201
    assert response.json()["duration_min"] is None


@pytest.mark.parametrize("duration_min", [1, 480])
def test_create_takes_the_ends_of_the_range(at, duration_min):
    response = at(NOON).post(URL, {"duration_min": duration_min})
    assert (response.status_code, response.json()["duration_min"]) == (
        201,
        duration_min,
    )


@pytest.mark.parametrize("duration_min", [0, 481, -1, None, "25", 25.0, True])
def test_create_refuses_a_plan_that_is_none(at, duration_min):
    response = at(NOON).post(URL, {"duration_min": duration_min})
    assert refusal(response) == (422, "VALIDATION_ERROR")
    assert list(response.json()["detail"]["errors"]) == ["duration_min"]
    assert not FocusSession.objects.exists()


@pytest.mark.parametrize(
    "field", ["focus_min", "created_at", "local_date", "status", "user_id", "ended_at"]
)
def test_create_refuses_to_be_told_what_the_server_decides(at, field):
    response = at(NOON).post(URL, {"duration_min": 25, field: "2020-01-01"})
    assert refusal(response) == (422, "VALIDATION_ERROR")
    assert list(response.json()["detail"]["errors"]) == [field]


def test_create_with_a_live_one_names_it(at, running):
    response = at(after(minutes=24)).post(URL, {"duration_min": 25})
    assert refusal(response) == (409, "ACTIVE_SESSION_EXISTS")
    assert response.json()["detail"]["errors"] == {"session_id": [str(running.pk)]}
    assert FocusSession.objects.count() == 1


def test_create_with_an_overdue_one_settles_it(at, running):
    client = at(after(hours=2))
    assert client.post(URL, {}).status_code == 201
    old = client.get(f"{URL}/{running.pk}").json()
    assert (old["status"], old["focus_min"]) == ("completed", 25)
    assert old["ended_at"] == "2026-01-18T12:25:00Z"


# GET /sessions/{id}


def test_retrieve_answers_one_session(as_alice, alice):
    session = FocusSessionFactory(user=alice, done=True, created_at=NOON)
    response = as_alice.get(f"{URL}/{session.pk}")
    assert response.status_code == 200
    assert response.json() == {
        "id": str(session.pk),
        "user_id": str(alice.pk),
        "duration_min": 25,
        "status": "completed",
        "completed": True,
        "focus_min": 25,
        "local_date": "2026-01-18",
        "created_at": "2026-01-18T12:00:00Z",
        "ended_at": "2026-01-18T12:25:00Z",
    }


# PATCH /sessions/{id}


def test_update_completes(at, running):
    response = at(after(minutes=10)).patch(f"{URL}/{running.pk}", {"completed": True})
    assert response.status_code == 200
    body = response.json()
    assert (body["status"], body["completed"], body["focus_min"]) == (
        "completed",
        True,
        10,
    )
    assert body["ended_at"] == "2026-01-18T12:10:00Z"


def test_update_completes_late_with_the_plan(at, running):
    response = at(after(days=2)).patch(f"{URL}/{running.pk}", {"completed": True})
    assert (response.status_code, response.json()["focus_min"]) == (200, 25)


def test_update_completes_again_with_the_same_body(at, running):
    first = at(after(minutes=10)).patch(f"{URL}/{running.pk}", {"completed": True})
    again = at(after(minutes=20)).patch(f"{URL}/{running.pk}", {"completed": True})
    assert (again.status_code, again.json()) == (200, first.json())


def test_update_abandons(at, running):
    response = at(after(minutes=10)).patch(
        f"{URL}/{running.pk}", {"status": "abandoned"}
    )
    assert response.status_code == 200
    body = response.json()
    assert (body["status"], body["completed"], body["focus_min"]) == (
        "abandoned",
        False,
        0,
    )
    assert body["ended_at"] == "2026-01-18T12:10:00Z"


def test_update_replans(at, running):
    client = at(after(minutes=10))
    response = client.patch(f"{URL}/{running.pk}", {"duration_min": 45})
    assert response.status_code == 200
    body = response.json()
    assert (body["status"], body["duration_min"]) == ("active", 45)
    active = client.get(f"{URL}/active").json()["session"]
    assert active["remaining_seconds"] == 35 * 60


@pytest.mark.parametrize("planned", [5, 10])
def test_update_to_a_plan_that_has_passed_ends_it(at, running, planned):
    client = at(after(minutes=10))
    answer = client.patch(f"{URL}/{running.pk}", {"duration_min": planned})
    assert answer.status_code == 200
    body = answer.json()
    assert body == client.get(f"{URL}/{running.pk}").json()
    assert (body["status"], body["focus_min"]) == ("completed", planned)
    assert client.get("/api/stats/me").json()["total_focus_min"] == planned


def test_update_does_not_replan_an_overdue_one(at, running):
    response = at(after(minutes=25)).patch(f"{URL}/{running.pk}", {"duration_min": 480})
    assert refusal(response) == (409, "SESSION_FINISHED")


@pytest.mark.parametrize(
    ("finish", "change"),
    [
        ({"completed": True}, {"status": "abandoned"}),
        ({"completed": True}, {"duration_min": 45}),
        ({"status": "abandoned"}, {"completed": True}),
        ({"status": "abandoned"}, {"status": "abandoned"}),
        ({"status": "abandoned"}, {"duration_min": 45}),
    ],
)
def test_update_leaves_a_finished_one(at, running, finish, change):
    client = at(after(minutes=10))
    finished = client.patch(f"{URL}/{running.pk}", finish)
    response = client.patch(f"{URL}/{running.pk}", change)
    assert refusal(response) == (409, "SESSION_FINISHED")
    assert client.get(f"{URL}/{running.pk}").json() == finished.json()


@pytest.mark.parametrize(
    "change",
    [
        {},
        {"completed": False},
        {"completed": None},
        {"completed": "true"},
        {"status": "completed"},
        {"status": "active"},
        {"duration_min": 0},
        {"duration_min": 481},
        {"duration_min": None},
        {"focus_min": 480},
        {"completed": True, "focus_min": 480},
        {"completed": True, "status": "abandoned"},
        {"completed": True, "duration_min": 45},
    ],
)
def test_update_refuses_a_body_that_fails_a_rule(at, running, change):
    client = at(after(minutes=10))
    before = FocusSession.objects.values().get()
    response = client.patch(f"{URL}/{running.pk}", change)
    assert refusal(response) == (422, "VALIDATION_ERROR")
    assert FocusSession.objects.values().get() == before


# DELETE /sessions/{id}


def test_destroy_removes_the_session(as_alice, running):
    response = as_alice.delete(f"{URL}/{running.pk}")
    assert (response.status_code, response.content) == (204, b"")
    assert refusal(as_alice.get(f"{URL}/{running.pk}")) == (404, "SESSION_NOT_FOUND")


def test_destroy_again_finds_nothing(as_alice):
    response = as_alice.delete(f"{URL}/{uuid.uuid4()}")
    assert refusal(response) == (404, "SESSION_NOT_FOUND")
