from datetime import date

import pytest
from django.db import IntegrityError, transaction

from accounts.models import User
from stats.models import UserStats
from stats.streaks import Streaks
from stats.tests.factories import UserStatsFactory
from tests.harness.database import breaks

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("constraint", "values"),
    [
        ("user_stats_best_is_best", {"streak_length": 2}),
        ("user_stats_best_is_best", {"best_streak": 0}),
        ("user_stats_agree", {"last_focus_date": None}),
        ("user_stats_agree", {"streak_length": 0}),
        ("user_stats_agree", {"total_sessions": 0}),
        ("user_stats_agree", {"total_focus_min": 0}),
        ("user_stats_agree", {"total_sessions": 26}),
        (
            "user_stats_agree",
            {"last_focus_date": None, "streak_length": 0, "total_sessions": 0},
        ),
    ],
    ids=[
        "run longer than the best",
        "best of nothing",
        "no last day",
        "no run on the last day",
        "minutes without sessions",
        "sessions without minutes",
        "a session of less than a minute",
        "minutes of nothing",
    ],
)
def test_stats_that_disagree_are_refused(constraint, values):
    stats = UserStatsFactory()
    with breaks(constraint):
        UserStats.objects.filter(pk=stats.pk).update(**values)


@pytest.mark.parametrize(
    "figure", ["total_focus_min", "total_sessions", "streak_length", "best_streak"]
)
def test_negative_stats_are_refused(figure):
    stats = UserStatsFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        UserStats.objects.filter(pk=stats.pk).update(**{figure: -1})


def test_stats_of_nothing_are_taken(alice):
    UserStatsFactory(
        user=alice,
        total_focus_min=0,
        total_sessions=0,
        streak_length=0,
        last_focus_date=None,
        best_streak=0,
    )
    assert UserStats.objects.get().user == alice


def test_second_row_of_a_user_is_refused(alice):
    UserStatsFactory(user=alice)
    with breaks("user_stats_pkey"):
        UserStats.objects.bulk_create([UserStatsFactory.build(user=alice)])


def test_stats_go_with_their_user(alice):
    UserStatsFactory(user=alice)
    alice.delete()
    assert not UserStats.objects.exists()


@pytest.mark.parametrize(
    ("constraint", "values"),
    [
        ("users_xp_not_negative", {"xp_points": -1}),
        ("users_lvl_positive", {"lvl": 0}),
    ],
)
def test_xp_and_level_that_cannot_be_are_refused(alice, constraint, values):
    with breaks(constraint):
        User.objects.filter(pk=alice.pk).update(**values)


def test_streaks_are_read_from_and_written_to_their_columns():
    stats = UserStats()
    stats.streaks = Streaks(2, date(2026, 1, 18), 5)
    assert (stats.streak_length, stats.last_focus_date, stats.best_streak) == (
        2,
        date(2026, 1, 18),
        5,
    )
    assert stats.streaks == Streaks(2, date(2026, 1, 18), 5)


def test_stats_name_themselves_by_their_user(alice):
    assert str(UserStats(user=alice)) == str(alice.pk)
