from datetime import date, timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from sessions_app.tests.factories import FocusSessionFactory
from stats import proof, services
from stats.tests.factories import focus, logged
from tests.harness.statements import statements

SUNDAY = date(2026, 1, 18)

pytestmark = pytest.mark.django_db


@pytest.fixture
def running(alice):
    """A session of 25 minutes that alice started ten minutes ago."""
    return FocusSessionFactory(
        user=alice, created_at=timezone.now() - timedelta(minutes=10)
    )


def test_me_queries(as_alice, alice, django_assert_num_queries):
    focus(alice, SUNDAY)
    # The device with its user; the stats.
    with django_assert_num_queries(2):
        as_alice.get("/api/stats/me")


@pytest.mark.parametrize("path", ["daily/7", "daily/30", "daily/365", "trends"])
def test_days_queries(as_alice, alice, path, django_assert_num_queries):
    logged(alice, SUNDAY)
    # The device with its user; the days.
    with django_assert_num_queries(2):
        as_alice.get(f"/api/stats/{path}")


@pytest.mark.parametrize("path", ["me", "daily/365", "trends"])
def test_stats_queries_do_not_scale_with_sessions(as_alice, alice, path):
    logged(alice, SUNDAY)
    with_one = statements(as_alice, f"/api/stats/{path}")
    for back in range(1, 20):
        logged(alice, SUNDAY - timedelta(days=back))
    assert statements(as_alice, f"/api/stats/{path}") == with_one


def test_summary_queries(as_alice, django_assert_num_queries):
    cache.clear()
    # The device with its user; the totals; who was active; how many users.
    with django_assert_num_queries(4):
        as_alice.get("/api/stats/summary")
    # The device with its user.
    with django_assert_num_queries(1):
        as_alice.get("/api/stats/summary")


@pytest.mark.parametrize("credited_before", [False, True])
def test_complete_queries(
    as_alice, alice, running, credited_before, django_assert_num_queries
):
    if credited_before:
        logged(alice, SUNDAY)
        services.rebuild_stats(user_id=alice.pk)
    # The device with its user; SAVEPOINT (in life: BEGIN); the user's lock; the
    # session; the guarded UPDATE; the plant's UPDATE; the stats; their INSERT or
    # UPDATE; XP and level; RELEASE (in life: COMMIT). Eight, then, beside the
    # transaction itself.
    with django_assert_num_queries(10):
        as_alice.patch(f"/api/sessions/{running.pk}", {"completed": True})


def test_complete_queries_do_not_scale_with_the_log(
    as_alice, alice, running, django_assert_num_queries
):
    for back in range(1, 20):
        logged(alice, SUNDAY - timedelta(days=back * 2))
    services.rebuild_stats(user_id=alice.pk)
    with django_assert_num_queries(10):
        as_alice.patch(f"/api/sessions/{running.pk}", {"completed": True})


def test_complete_takes_one_lock(as_alice, alice, running):
    with CaptureQueriesContext(connection) as asked:
        as_alice.patch(f"/api/sessions/{running.pk}", {"completed": True})
    locks = [query["sql"] for query in asked if " FOR " in query["sql"]]
    assert len(locks) == 1
    assert '"users"' in locks[0]


def test_delete_completed_queries(as_alice, alice, django_assert_num_queries):
    session = focus(alice, SUNDAY)
    # The device with its user; SAVEPOINT; the user's lock; the session; the deletion
    # (what, its plant, the row); totals and days of what is left; the stats;
    # their UPDATE; XP and level; RELEASE.
    with django_assert_num_queries(13):
        as_alice.delete(f"/api/sessions/{session.pk}")


def test_proof_queries_are_one_a_batch(alice, bob, django_assert_num_queries):
    focus(alice, SUNDAY)
    # A batch of one for each of the two; then none is left.
    with django_assert_num_queries(3):
        list(proof.accounts(batch_size=1))
