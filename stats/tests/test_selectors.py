from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.cache import cache
from redis.exceptions import ConnectionError as RedisConnectionError

from sessions_app.tests.factories import FocusSessionFactory
from stats import selectors
from stats.periods import Focus
from stats.selectors import RecentDays
from stats.tests.factories import focus, logged, noon

SUNDAY = date(2026, 1, 18)
EVENING = datetime(2026, 1, 18, 18, 0, tzinfo=UTC)

pytestmark = pytest.mark.django_db


def back(days):
    return SUNDAY - timedelta(days=days)


# focus by day


def test_focus_by_day_sums_each_day(alice):
    for days, minutes in ((0, 25), (0, 50), (2, 10)):
        logged(alice, back(days), minutes)
    assert selectors.focus_by_day(alice, back(9), SUNDAY) == {
        SUNDAY: Focus(75, 2),
        back(2): Focus(10, 1),
    }


def test_focus_by_day_includes_both_ends_and_no_more(alice):
    for days in range(5):
        logged(alice, back(days))
    found = selectors.focus_by_day(alice, back(3), back(1))
    assert list(found) == [back(3), back(2), back(1)]


def test_focus_by_day_counts_credit_only(alice, bob):
    logged(bob, SUNDAY)
    FocusSessionFactory(user=alice, created_at=noon(SUNDAY))
    FocusSessionFactory(user=alice, created_at=noon(SUNDAY), done=True, focus_min=0)
    FocusSessionFactory(
        user=alice,
        created_at=noon(SUNDAY),
        status="abandoned",
        ended_at=noon(SUNDAY),
    )
    assert selectors.focus_by_day(alice, back(9), SUNDAY) == {}


def test_focus_by_day_goes_by_the_frozen_date(alice):
    session = logged(alice, SUNDAY)
    type(session).objects.update(local_date=back(1))
    assert selectors.focus_by_day(alice, SUNDAY, SUNDAY) == {}


# summary


def test_summary_of_nobody(time_machine):
    time_machine.move_to(EVENING, tick=False)
    assert selectors.summary() == selectors.Summary(0, 0, 0, 0, EVENING)


def test_summary_counts_everybody(alice, bob, time_machine):
    focus(alice, back(1), 50)
    focus(alice, SUNDAY, 25)
    focus(bob, back(1), 100)
    time_machine.move_to(EVENING, tick=False)
    assert selectors.summary() == selectors.Summary(2, 3, 175, 1, EVENING)


def test_summary_counts_a_user_once_a_day(alice, time_machine):
    logged(alice, SUNDAY)
    logged(alice, SUNDAY)
    time_machine.move_to(EVENING, tick=False)
    assert selectors.summary().active_users_today == 1


def test_summary_is_kept_for_60_seconds_at_most(alice, time_machine):
    time_machine.move_to(EVENING, tick=False)
    first = selectors.summary()
    focus(alice, SUNDAY)
    assert selectors.summary() == first
    # Valkey counts by its own clock, which no test moves.
    assert 0 < cache._cache.get_client().ttl(cache.make_key("stats:summary")) <= 60
    cache.clear()
    assert selectors.summary().total_sessions == 1


def test_summary_is_counted_while_the_cache_is_away(alice, monkeypatch):
    def away(*args, **kwargs):
        raise RedisConnectionError

    monkeypatch.setattr(type(cache._connections["default"]), "get", away)
    focus(alice, SUNDAY)
    assert selectors.summary().total_sessions == 1


# the staff's first page


def test_sessions_by_day_fills_in_zeros_oldest_first(alice, bob):
    logged(alice, SUNDAY)
    logged(bob, SUNDAY)
    logged(alice, back(2))
    logged(alice, back(3))
    assert selectors.sessions_by_day(SUNDAY, 3) == [
        (back(2), 1),
        (back(1), 0),
        (SUNDAY, 2),
    ]


def test_recent_days_are_14_and_end_today(alice, time_machine):
    logged(alice, back(1), 50)
    logged(alice, SUNDAY, 25)
    time_machine.move_to(EVENING, tick=False)
    recent = selectors.recent_days()
    assert [day for day, _ in recent.sessions] == [back(n) for n in range(13, -1, -1)]
    assert recent == RecentDays(recent.sessions, focus_min_today=25)
    assert recent.sessions_today == 1
