from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.utils import timezone

from accounts.models import User
from accounts.tests.factories import UserFactory
from accounts.tests.staff import (
    list_url,
    listed,
    log_of,
    page_url,
    run_action,
    said,
    staff_with,
)
from sessions_app.tests.factories import FocusSessionFactory
from stats.models import UserStats
from tests.harness.statements import statements

pytestmark = pytest.mark.django_db

TODAY = date(2026, 1, 18)


def stats_of(user, last_focus_date):
    return UserStats.objects.create(
        user=user,
        total_focus_min=25,
        total_sessions=1,
        streak_length=1,
        best_streak=1,
        last_focus_date=last_focus_date,
        updated_at=timezone.now(),
    )


def test_activity_filter_looks_at_the_last_day_of_focus(client, ada):
    with time_machine.travel(datetime(2026, 1, 18, 12, tzinfo=UTC), tick=False):
        client.force_login(ada)
        for days in (0, 1, 6, 7, 29, 30):
            user = UserFactory(username=f"days_{days}")
            stats_of(user, TODAY - timedelta(days=days))
        UserFactory(username="no_stats_row")
        emptied = UserFactory(username="deleted_all")
        UserStats.objects.create(user=emptied, updated_at=timezone.now())
        found = {
            period: {
                user.username
                for user in listed(client.get(list_url(User), {"focused": period}))
            }
            for period in ("today", "7", "30", "never")
        }
    assert found == {
        "today": {"days_0"},
        "7": {"days_0", "days_1", "days_6"},
        "30": {"days_0", "days_1", "days_6", "days_7", "days_29"},
        "never": {"no_stats_row", "deleted_all", "ada_admin"},
    }


def test_user_list_shows_the_last_day_of_focus(as_staff, alice, bob):
    stats_of(alice, TODAY)
    html = as_staff.get(list_url(User)).content.decode()
    assert 'class="field-last_focus nowrap">2026-01-18</td>' in html
    assert html.count('class="field-last_focus">never</td>') == 2


def test_user_page_shows_the_totals(as_staff, alice):
    stats_of(alice, TODAY)
    html = as_staff.get(page_url(alice)).content.decode()
    assert "2026-01-18" in html
    assert 'name="stats-0-total_focus_min"' not in html


def test_rebuild_stats_writes_what_the_log_says_and_is_logged(as_staff, alice):
    FocusSessionFactory(user=alice, done=True, duration_min=100)
    answer = run_action(as_staff, "rebuild_stats", alice)
    assert said(answer) == ["Stats rebuilt: 1"]
    alice.refresh_from_db()
    assert (alice.xp_points, alice.stats.total_focus_min) == (100, 100)
    assert log_of(alice) == ["Stats rebuilt: 100 minutes in 1 sessions."]


def test_rebuild_stats_needs_the_permission_to_change_stats(client, alice):
    client.force_login(staff_with("view_user", "change_user"))
    FocusSessionFactory(user=alice, done=True)
    assert 'value="rebuild_stats"' not in client.get(list_url(User)).content.decode()
    run_action(client, "rebuild_stats", alice)
    assert not UserStats.objects.exists()


def test_list_queries_do_not_grow_with_the_users(as_staff):
    stats_of(UserFactory(), TODAY)
    few = statements(as_staff, list_url(UserStats))
    for user in UserFactory.create_batch(8):
        stats_of(user, TODAY)
    # session, staff user, capped count, the stats with their users
    assert statements(as_staff, list_url(UserStats)) == few == 4


def test_stats_can_only_be_looked_at(as_staff, alice, bob):
    stats = stats_of(alice, TODAY)
    stats_of(bob, TODAY)
    for query in ("alice", str(alice.pk)):
        assert listed(as_staff.get(list_url(UserStats), {"q": query})) == [stats]
    assert as_staff.get(page_url(stats)).status_code == 200
    assert as_staff.post(page_url(stats), {"best_streak": 9}).status_code == 403
    assert as_staff.get(page_url(stats, "delete")).status_code == 403
    assert as_staff.get(list_url(UserStats) + "add/").status_code == 403
