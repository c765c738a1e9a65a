from datetime import date

import pytest
from django.db import ProgrammingError, connection, transaction

from sessions_app.models import FocusSession
from sessions_app.tests.factories import FocusSessionFactory
from tests.harness.clock import NOON, after
from tests.harness.database import breaks

pytestmark = pytest.mark.django_db


def completed(minutes, focus_min, **kwargs):
    return {
        "status": "completed",
        "ended_at": after(minutes=minutes),
        "focus_min": focus_min,
        **kwargs,
    }


def abandoned(**kwargs):
    return {"status": "abandoned", "ended_at": after(minutes=10), **kwargs}


@pytest.mark.row("D13")
@pytest.mark.parametrize(
    ("constraint", "values"),
    [
        ("sessions_status_known", {"status": "paused", "ended_at": NOON}),
        ("sessions_duration_range", {"duration_min": 0}),
        ("sessions_duration_range", {"duration_min": 481}),
        ("sessions_ended_iff_finished", {"ended_at": NOON}),
        ("sessions_ended_iff_finished", {"status": "completed"}),
        ("sessions_ended_iff_finished", {"status": "abandoned"}),
        ("sessions_end_after_start", abandoned(ended_at=after(microseconds=-1))),
        ("sessions_focus_earned", {"focus_min": 1}),
        ("sessions_focus_earned", abandoned(focus_min=1)),
        ("sessions_focus_earned", completed(60, 26)),
        ("sessions_focus_earned", completed(10, 11)),
        ("sessions_focus_earned", completed(300, 241, duration_min=None)),
    ],
    ids=[
        "unknown status",
        "plan of 0",
        "plan of 481",
        "active with an end",
        "completed without an end",
        "abandoned without an end",
        "end before start",
        "focus of an active one",
        "focus of an abandoned one",
        "more focus than the plan",
        "more focus than time",
        "more than 240 of an open one",
    ],
)
def test_session_row_is_refused(alice, constraint, values):
    session = FocusSessionFactory(user=alice, duration_min=25, created_at=NOON)
    with breaks(constraint):
        FocusSession.objects.filter(pk=session.pk).update(**values)


@pytest.mark.parametrize(
    "values",
    [
        {"duration_min": 1},
        {"duration_min": 480},
        {"duration_min": None},
        abandoned(ended_at=NOON),
        completed(0, 0),
        completed(25, 25),
        completed(10, 10),
        completed(240, 240, duration_min=None),
    ],
)
def test_session_row_at_the_limit_is_taken(alice, values):
    session = FocusSessionFactory(user=alice, duration_min=25, created_at=NOON)
    assert FocusSession.objects.filter(pk=session.pk).update(**values) == 1


@pytest.mark.row("D13")
def test_two_active_sessions_of_one_user_are_refused(alice):
    two = FocusSessionFactory.build_batch(2, user=alice)
    with breaks("sessions_one_active_per_user"):
        FocusSession.objects.bulk_create(two)


def test_second_active_session_by_update_is_refused(alice):
    done = FocusSessionFactory(user=alice, done=True)
    FocusSessionFactory(user=alice)
    with breaks("sessions_one_active_per_user"):
        FocusSession.objects.filter(pk=done.pk).update(
            status="active", ended_at=None, focus_min=0
        )


def test_active_sessions_of_two_users_are_taken(alice, bob):
    FocusSession.objects.bulk_create(
        [FocusSessionFactory.build(user=alice), FocusSessionFactory.build(user=bob)]
    )
    assert FocusSession.objects.active().count() == 2


@pytest.mark.parametrize(
    ("values", "expected"),
    [({}, False), (completed(25, 25), True), (abandoned(), False)],
    ids=["active", "completed", "abandoned"],
)
def test_completed_says_what_the_status_says(alice, values, expected):
    session = FocusSessionFactory(user=alice, created_at=NOON, **values)
    session.refresh_from_db()
    assert session.completed is expected


def test_completed_cannot_be_written(alice):
    FocusSessionFactory(user=alice)
    with (
        pytest.raises(ProgrammingError),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("UPDATE sessions SET completed = true")


def test_sessions_go_with_their_user(alice):
    FocusSessionFactory(user=alice)
    alice.delete()
    assert not FocusSession.objects.exists()


def test_for_user_leaves_out_other_users(alice, bob):
    mine = FocusSessionFactory(user=alice)
    FocusSessionFactory(user=bob)
    assert list(FocusSession.objects.for_user(alice.pk)) == [mine]


def test_verbs_split_by_what_became_of_a_session(alice):
    active = FocusSessionFactory(user=alice, created_at=NOON)
    credited = FocusSessionFactory(user=alice, done=True)
    empty = FocusSessionFactory(user=alice, done=True, focus_min=0)
    FocusSessionFactory(user=alice, created_at=NOON, **abandoned())
    assert list(FocusSession.objects.active()) == [active]
    assert set(FocusSession.objects.completed()) == {credited, empty}
    assert list(FocusSession.objects.credited()) == [credited]


@pytest.mark.parametrize(
    ("planned", "moment", "overdue"),
    [
        (25, after(minutes=25), True),
        (25, after(minutes=25, microseconds=-1), False),
        (None, after(minutes=240), True),
        (None, after(minutes=240, microseconds=-1), False),
    ],
)
def test_overdue_starts_at_the_deadline(alice, planned, moment, overdue):
    session = FocusSessionFactory(user=alice, duration_min=planned, created_at=NOON)
    assert session.is_overdue(moment) is overdue
    assert FocusSession.objects.overdue_since(moment).exists() is overdue


def test_overdue_never_means_a_finished_session(alice):
    done = FocusSessionFactory(user=alice, done=True, created_at=NOON)
    assert not done.is_overdue(after(days=9))
    assert not FocusSession.objects.overdue_since(after(days=9)).exists()


@pytest.mark.parametrize(
    ("moment", "focused", "remaining"),
    [
        (NOON, 0, 1500),
        (after(seconds=90, milliseconds=900), 90, 1409),
        (after(minutes=25), 1500, 0),
        (after(hours=9), 1500, 0),
    ],
)
def test_seconds_of_an_active_session(moment, focused, remaining):
    session = FocusSession(duration_min=25, created_at=NOON, status="active")
    assert session.focused_seconds(moment) == focused
    assert session.remaining_seconds(moment) == remaining


def test_seconds_of_a_finished_session_stop_at_its_end():
    session = FocusSession(duration_min=25, created_at=NOON, **abandoned())
    assert session.focused_seconds(after(hours=9)) == 600


def test_session_names_itself_by_its_id():
    session = FocusSession(local_date=date(2026, 1, 18))
    assert str(session) == str(session.pk)
