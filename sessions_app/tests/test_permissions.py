import uuid

import pytest

from sessions_app.models import FocusSession
from sessions_app.tests.factories import FocusSessionFactory
from tests.harness.answers import refusal

ROUTES = [
    ("post", "/api/sessions", {"duration_min": 25}),
    ("get", "/api/sessions", None),
    ("get", "/api/sessions/active", None),
    ("get", "/api/sessions/{id}", None),
    ("patch", "/api/sessions/{id}", {"completed": True}),
    ("delete", "/api/sessions/{id}", None),
]
OF_ONE = [
    *ROUTES[3:],
    ("patch", "/api/sessions/{id}", {"status": "abandoned"}),
    ("patch", "/api/sessions/{id}", {"duration_min": 45}),
]

pytestmark = pytest.mark.django_db


@pytest.fixture
def session(alice):
    return FocusSessionFactory(user=alice)


def call(client, route, session_id):
    method, path, body = route
    return getattr(client, method)(path.format(id=session_id), body)


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: " ".join(route[:2]))
def test_sessions_want_a_token(anonymous, session, route):
    before = FocusSession.objects.values().get()
    response = call(anonymous, route, session.pk)
    assert refusal(response) == (401, "NOT_AUTHENTICATED")
    assert response["WWW-Authenticate"] == "Bearer"
    assert FocusSession.objects.values().get() == before


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: " ".join(route[:2]))
def test_sessions_refuse_a_deactivated_user_at_once(as_alice, alice, session, route):
    alice.is_active = False
    alice.save()
    before = FocusSession.objects.values().get()
    assert refusal(call(as_alice, route, session.pk)) == (401, "TOKEN_INVALID")
    assert FocusSession.objects.values().get() == before


@pytest.mark.parametrize("route", OF_ONE, ids=lambda route: f"{route[0]} {route[2]}")
def test_session_of_another_is_not_found(as_bob, session, route):
    before = FocusSession.objects.values().get()
    assert refusal(call(as_bob, route, session.pk)) == (404, "SESSION_NOT_FOUND")
    assert FocusSession.objects.values().get() == before


def test_session_of_another_answers_as_one_that_never_was(as_bob, session):
    def answer(session_id):
        detail = as_bob.get(f"/api/sessions/{session_id}").json()["detail"]
        return detail["message"], detail["error_code"]

    assert answer(session.pk) == answer(uuid.uuid4())


@pytest.mark.parametrize("route", OF_ONE, ids=lambda route: f"{route[0]} {route[2]}")
@pytest.mark.parametrize("bad_id", ["1", "not-a-uuid", "018f" * 8])
def test_session_id_that_is_no_uuid_is_unreadable(as_alice, route, bad_id):
    assert refusal(call(as_alice, route, bad_id)) == (400, "INVALID_PARAMETER")


def test_list_shows_only_ones_own(as_bob, session):
    assert as_bob.get("/api/sessions").json()["total"] == 0


def test_active_shows_only_ones_own(as_bob, session):
    assert as_bob.get("/api/sessions/active").json()["has_active"] is False
