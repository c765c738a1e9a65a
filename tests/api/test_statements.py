"""How many statements each hot route asks of Postgres, sign-in check included."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from benchmarks.routes import READS, REFRESH, START_AND_COMPLETE, STATEMENTS
from garden.tests.factories import PlantFactory
from sessions_app.tests.factories import FocusSessionFactory
from stats.services import rebuild_stats

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _past(alice):
    noon = timezone.now() - timedelta(days=2)
    for n in range(3):
        session = FocusSessionFactory(
            user=alice, created_at=noon + timedelta(hours=n), done=True
        )
        PlantFactory(session=session, user=alice, plant_num=n + 1, grown=True)
    rebuild_stats(user_id=alice.pk)


@pytest.mark.parametrize(
    ("path", "statements"),
    [(READS[route], STATEMENTS[route]) for route in READS],
)
def test_read(as_alice, path, statements):
    with CaptureQueriesContext(connection) as asked:
        assert as_alice.get(path).status_code == 200
    assert len(asked) == statements, [query["sql"] for query in asked]


def statements(asked):
    """Leave out the bounds of the transaction, which Django writes as savepoints here."""
    bounds = ("SAVEPOINT", "RELEASE")
    return [query["sql"] for query in asked if not query["sql"].startswith(bounds)]


def test_start_and_complete(alice, as_alice):
    with CaptureQueriesContext(connection) as asked:
        started = as_alice.post("/api/sessions", {"duration_min": 25}).json()
    assert len(statements(asked)) == 4, statements(asked)
    with CaptureQueriesContext(connection) as asked:
        answer = as_alice.patch(f"/api/sessions/{started['id']}", {"completed": True})
        assert answer.status_code == 200
    assert len(statements(asked)) <= 8, statements(asked)


def test_complete_with_credit(alice, as_alice):
    before = timezone.now() - timedelta(minutes=30)
    session = FocusSessionFactory(user=alice, created_at=before)
    with CaptureQueriesContext(connection) as asked:
        answer = as_alice.patch(f"/api/sessions/{session.pk}", {"completed": True})
    assert answer.json()["focus_min"] == 25
    # Starting has the other four.
    assert 4 + len(statements(asked)) == STATEMENTS[START_AND_COMPLETE]


def test_refresh(as_alice, anonymous):
    body = {"refresh_token": as_alice.signed_in.refresh_token}
    with CaptureQueriesContext(connection) as asked:
        assert anonymous.post("/api/auth/refresh", body).status_code == 200
    assert len(statements(asked)) == STATEMENTS[REFRESH], statements(asked)
