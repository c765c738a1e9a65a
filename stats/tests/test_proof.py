from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection

from accounts.models import User
from accounts.tests.factories import UserFactory
from sessions_app.models import FocusSession
from sessions_app.tests.factories import EntryFactory, FocusSessionFactory
from stats import proof, services
from stats.models import UserStats
from stats.tests.factories import focus, logged
from tests.harness.clock import NOON, after

SUNDAY = date(2026, 1, 18)

pytestmark = pytest.mark.django_db


def differences(user):
    (account,) = [
        account
        for batch in proof.accounts(batch_size=100)
        for account in batch
        if account.user_id == user.pk
    ]
    return account.differences


@pytest.fixture
def diligent(alice):
    """Alice, with a run of three days behind her and one of two that lives."""
    for back in (6, 5, 4, 1, 0):
        focus(alice, SUNDAY - timedelta(days=back), 50)
    return alice


def test_accounts_that_are_right_have_no_differences(diligent, bob):
    assert differences(diligent) == differences(bob) == []


@pytest.mark.parametrize(
    ("model", "figure", "wrong", "right"),
    [
        (User, "xp_points", 251, 250),
        (User, "lvl", 9, 2),
        (UserStats, "total_focus_min", 249, 250),
        (UserStats, "total_sessions", 6, 5),
        (UserStats, "streak_length", 3, 2),
        (UserStats, "last_focus_date", date(2026, 1, 19), SUNDAY),
        (UserStats, "best_streak", 4, 3),
        (UserStats, "streak_zone", "Asia/Tokyo", "UTC"),
        (
            *(UserStats, "streak_until"),
            datetime(2026, 1, 30, tzinfo=UTC),
            datetime(2026, 1, 20, tzinfo=UTC),
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_each_drift_is_found_and_repaired(diligent, model, figure, wrong, right):
    model.objects.filter(pk=diligent.pk).update(**{figure: wrong})
    assert differences(diligent) == [(figure, wrong, right)]
    services.rebuild_stats(user_id=diligent.pk)
    assert differences(diligent) == []


def test_lost_row_is_found_and_repaired(diligent):
    UserStats.objects.all().delete()
    assert differences(diligent) == [
        ("total_focus_min", 0, 250),
        ("total_sessions", 0, 5),
        ("streak_length", 0, 2),
        ("last_focus_date", None, SUNDAY),
        ("best_streak", 0, 3),
        ("streak_zone", "", "UTC"),
        ("streak_until", None, datetime(2026, 1, 20, tzinfo=UTC)),
    ]
    services.rebuild_stats(user_id=diligent.pk)
    assert differences(diligent) == []


def test_lost_session_is_found_and_repaired(diligent):
    FocusSession.objects.filter(local_date=SUNDAY - timedelta(days=5)).delete()
    assert {name for name, _, _ in differences(diligent)} == {
        "xp_points",
        "total_focus_min",
        "total_sessions",
        "best_streak",
    }
    services.rebuild_stats(user_id=diligent.pk)
    assert differences(diligent) == []


def test_session_that_was_never_credited_is_found(bob):
    logged(bob, SUNDAY)
    assert ("total_sessions", 0, 1) in differences(bob)


def test_drift_of_one_is_not_laid_on_another(diligent, bob):
    User.objects.filter(pk=diligent.pk).update(xp_points=0)
    assert differences(bob) == []


def test_sessions_of_0_minutes_are_no_credit(diligent):
    FocusSession.objects.filter(local_date=SUNDAY).update(focus_min=0)
    found = dict((name, logged) for name, _, logged in differences(diligent))
    assert (found["total_sessions"], found["total_focus_min"]) == (4, 200)


@pytest.mark.parametrize("batch_size", [1, 2, 5, 100])
def test_accounts_come_in_batches_each_user_once(batch_size):
    users = UserFactory.create_batch(5)
    batches = list(proof.accounts(batch_size=batch_size))
    ids = [account.user_id for batch in batches for account in batch]
    assert ids == sorted(user.pk for user in users)
    assert max(len(batch) for batch in batches) <= batch_size


def test_accounts_of_nobody():
    assert list(proof.accounts(batch_size=10)) == []


def test_fold_of_the_log_is_the_same_in_sql_and_orm(diligent):
    (batch,) = proof.accounts(batch_size=10)
    assert batch[0].logged == services.figures_of_user(diligent.pk)


# entries


def overlaps(user):
    found = []
    proven = proof.prove(found=found.append)
    assert proven.holds == (not found)
    assert proven.overlaps == len(found)
    return {line.removeprefix(f"{user.pk} entry ") for line in found}


def test_entries_that_overlap_are_found(alice, bob):
    """As no service leaves them: a clock that was set back, a restore in parts."""
    session = focus(alice, SUNDAY, 25)  # from noon on
    noon = session.created_at
    told = [
        EntryFactory(user=alice, at=noon + timedelta(minutes=n), minutes=30)
        for n in (-30, 24, 53, 83)
    ]
    EntryFactory(user=alice, at=noon, ended_at=None)
    EntryFactory(user=bob, at=noon, minutes=30)
    assert overlaps(alice) == {
        f"{told[1].pk}: overlaps {session.pk}",
        f"{told[1].pk}: overlaps {told[2].pk}",
    }


def test_entry_in_the_time_of_a_session_without_credit_is_found_nowhere(alice):
    FocusSessionFactory(
        user=alice, created_at=NOON, status="abandoned", ended_at=after(minutes=20)
    )
    EntryFactory(user=alice, at=NOON, minutes=20)
    assert overlaps(alice) == set()


def test_overlaps_are_found_in_every_batch(monkeypatch):
    monkeypatch.setattr(proof, "BATCH_SIZE", 2)
    for user in UserFactory.create_batch(5):
        EntryFactory.create_batch(2, user=user, at=NOON)
    found = []
    assert proof.prove(found=found.append).overlaps == len(found) == 5


# constraints


def test_no_constraint_is_missing():
    assert proof.missing_constraints() == []


@pytest.mark.parametrize(
    ("statement", "missing"),
    [
        (
            "ALTER TABLE sessions DROP CONSTRAINT sessions_focus_earned",
            "sessions_app.FocusSession: sessions_focus_earned",
        ),
        (
            "DROP INDEX sessions_one_active_per_user",
            "sessions_app.FocusSession: sessions_one_active_per_user",
        ),
        (
            "ALTER TABLE garden DROP CONSTRAINT garden_plant_num_unique",
            "garden.Plant: garden_plant_num_unique",
        ),
        (
            "ALTER TABLE user_stats DROP CONSTRAINT user_stats_agree",
            "stats.UserStats: user_stats_agree",
        ),
    ],
)
def test_dropped_constraint_is_missing(statement, missing):
    with connection.cursor() as cursor:
        cursor.execute(statement)
    assert proof.missing_constraints() == [missing]


def test_constraint_that_was_never_validated_is_missing():
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE users DROP CONSTRAINT users_lvl_positive")
        cursor.execute(
            "ALTER TABLE users ADD CONSTRAINT users_lvl_positive"
            " CHECK (lvl >= 1) NOT VALID"
        )
    assert proof.missing_constraints() == ["accounts.User: users_lvl_positive"]
