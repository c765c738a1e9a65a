import uuid
from datetime import UTC, date, datetime, timedelta

import pytest

from accounts.exceptions import TokenInvalid
from accounts.models import User
from sessions_app import services as session_services
from sessions_app.tests.events import ReceiverFailed, failing
from sessions_app.tests.factories import FocusSessionFactory
from stats import services
from stats.models import UserStats
from stats.proof import Figures
from stats.tests.factories import focus, logged, noon

SUNDAY = date(2026, 1, 18)
NOTHING = Figures(0, 1, 0, 0, 0, None, 0)

pytestmark = pytest.mark.django_db


def back(days):
    return SUNDAY - timedelta(days=days)


def figures(user):
    """Read what is stored of a user, zeros where there is no row."""
    xp, level = User.objects.values_list("xp_points", "lvl").get(pk=user.pk)
    stats = UserStats.objects.filter(pk=user.pk).first() or UserStats()
    return Figures(
        xp,
        level,
        stats.total_focus_min,
        stats.total_sessions,
        stats.streak_length,
        stats.last_focus_date,
        stats.best_streak,
    )


def delete(session):
    session_services.delete_session(user_id=session.user_id, session_id=session.pk)


# a completion is credited


def test_first_completion_makes_the_row(alice):
    focus(alice, SUNDAY, 25)
    assert figures(alice) == Figures(25, 1, 25, 1, 1, SUNDAY, 1)


def test_completions_add_up(alice):
    for days in (2, 1, 0):
        focus(alice, back(days), 100)
    assert figures(alice) == Figures(300, 2, 300, 3, 3, SUNDAY, 3)


def test_completions_of_one_day_are_one_streak_day(alice):
    focus(alice, SUNDAY)
    session = session_services.start_session(
        user_id=alice.pk, now=noon(SUNDAY) + timedelta(hours=3)
    )
    session_services.complete_session(
        user_id=alice.pk,
        session_id=session.pk,
        now=noon(SUNDAY) + timedelta(hours=3, minutes=10),
    )
    assert figures(alice) == Figures(35, 1, 35, 2, 1, SUNDAY, 1)


@pytest.mark.parametrize(
    ("xp", "minutes", "level"),
    [(1249, 1, 5), (3199, 1, 8), (4999, 1, 10), (1248, 1, 4)],
)
def test_level_rises_with_xp(alice, xp, minutes, level):
    logged(alice, back(9), 480)
    services.rebuild_stats(user_id=alice.pk)
    # As if there had been more sessions: the totals are what credit adds to.
    UserStats.objects.update(total_focus_min=xp)
    focus(alice, SUNDAY, minutes)
    alice.refresh_from_db()
    assert (alice.xp_points, alice.lvl) == (xp + minutes, level)


def test_completion_of_0_minutes_credits_nothing(alice):
    session = session_services.start_session(user_id=alice.pk, now=noon(SUNDAY))
    done = session_services.complete_session(
        user_id=alice.pk,
        session_id=session.pk,
        now=noon(SUNDAY) + timedelta(seconds=59),
    )
    assert (done.completed, done.focus_min) == (True, 0)
    assert figures(alice) == NOTHING


def test_completion_of_0_minutes_holds_no_streak(alice):
    focus(alice, back(1))
    FocusSessionFactory(user=alice, done=True, focus_min=0, created_at=noon(SUNDAY))
    services.rebuild_stats(user_id=alice.pk)
    assert figures(alice).last_focus_date == back(1)


def test_abandoning_credits_nothing(alice):
    session = session_services.start_session(user_id=alice.pk, now=noon(SUNDAY))
    session_services.abandon_session(
        user_id=alice.pk,
        session_id=session.pk,
        now=noon(SUNDAY) + timedelta(minutes=20),
    )
    assert figures(alice) == NOTHING


def test_completing_twice_credits_once(alice):
    session = focus(alice, SUNDAY)
    session_services.complete_session(
        user_id=alice.pk, session_id=session.pk, now=noon(back(-1))
    )
    assert figures(alice) == Figures(25, 1, 25, 1, 1, SUNDAY, 1)


def test_credit_is_for_the_day_of_the_start(alice):
    late = datetime(2026, 1, 18, 23, 50, tzinfo=UTC)
    session = session_services.start_session(user_id=alice.pk, now=late)
    session_services.complete_session(
        user_id=alice.pk, session_id=session.pk, now=late + timedelta(minutes=30)
    )
    assert figures(alice).last_focus_date == SUNDAY


def test_credit_of_one_user_leaves_the_other(alice, bob):
    focus(alice, SUNDAY)
    assert figures(bob) == NOTHING


def test_gap_starts_a_new_run_and_keeps_the_best(alice):
    for days in (5, 4, 3, 0):
        focus(alice, back(days))
    assert figures(alice) == Figures(100, 1, 100, 4, 1, SUNDAY, 3)


@pytest.mark.parametrize("late", [3, 2, 1, 9])
def test_late_completion_recomputes_the_streak(alice, late):
    for days in {0, 1, 2, 3} - {late}:
        logged(alice, back(days))
    services.rebuild_stats(user_id=alice.pk)
    focus(alice, back(late))
    found = figures(alice)
    assert found == services.figures_of_user(alice.pk)
    assert found.streak_length == 4


def test_settling_at_a_start_credits_the_old_session(alice):
    session_services.start_session(user_id=alice.pk, duration_min=25, now=noon(SUNDAY))
    session_services.start_session(user_id=alice.pk, now=noon(back(-2)))
    assert figures(alice) == Figures(25, 1, 25, 1, 1, SUNDAY, 1)


@pytest.mark.parametrize("earlier", [0, 3], ids=["no row yet", "a row"])
def test_credit_is_taken_back_when_a_receiver_fails(alice, earlier):
    for days in range(earlier, 0, -1):
        focus(alice, back(days))
    before = figures(alice)
    session = session_services.start_session(user_id=alice.pk, now=noon(SUNDAY))
    with failing("completed"), pytest.raises(ReceiverFailed):
        session_services.complete_session(
            user_id=alice.pk,
            session_id=session.pk,
            now=noon(SUNDAY) + timedelta(minutes=30),
        )
    session.refresh_from_db()
    assert (session.status, figures(alice)) == ("active", before)


def test_record_session_tells_when(alice):
    session = logged(alice, SUNDAY)
    services.record_session(session=session, now=noon(SUNDAY))
    assert UserStats.objects.get().updated_at == noon(SUNDAY)


# a deletion takes it back


def test_deleting_takes_totals_and_level_back(alice):
    focus(alice, back(1), 150)
    second = focus(alice, SUNDAY, 150)
    alice.refresh_from_db()
    assert (alice.xp_points, alice.lvl) == (300, 2)
    delete(second)
    assert figures(alice) == Figures(150, 1, 150, 1, 1, back(1), 1)


def test_deleting_the_only_session_leaves_nothing(alice):
    delete(focus(alice, SUNDAY))
    assert figures(alice) == NOTHING


def test_deleting_the_middle_breaks_the_best_streak(alice):
    sessions = [focus(alice, back(days)) for days in (4, 3, 2, 1, 0)]
    delete(sessions[2])
    assert figures(alice) == Figures(100, 1, 100, 4, 2, SUNDAY, 2)


def test_deleting_one_of_two_of_a_day_keeps_the_day(alice):
    first = focus(alice, SUNDAY)
    logged(alice, SUNDAY)
    services.rebuild_stats(user_id=alice.pk)
    delete(first)
    assert figures(alice) == Figures(25, 1, 25, 1, 1, SUNDAY, 1)


@pytest.mark.parametrize("status", ["active", "abandoned", "empty"])
def test_deleting_what_was_not_credited_changes_nothing(alice, status):
    focus(alice, back(1))
    kwargs = {
        "active": {},
        "abandoned": {"status": "abandoned", "ended_at": noon(SUNDAY)},
        "empty": {"done": True, "focus_min": 0},
    }[status]
    session = FocusSessionFactory(user=alice, created_at=noon(SUNDAY), **kwargs)
    before = UserStats.objects.values().get()
    delete(session)
    assert UserStats.objects.values().get() == before


def test_deletion_leaves_all_figures_when_a_receiver_fails(alice):
    session = focus(alice, SUNDAY)
    before = figures(alice)
    with failing("deleted"), pytest.raises(ReceiverFailed):
        delete(session)
    session.refresh_from_db()
    assert figures(alice) == before


# a rebuild writes what the log says


def test_rebuild_stats_writes_and_returns_the_fold(alice):
    for days, minutes in ((9, 480), (1, 100), (0, 50)):
        logged(alice, back(days), minutes)
    expected = Figures(630, 3, 630, 3, 2, SUNDAY, 2)
    assert services.rebuild_stats(user_id=alice.pk) == expected
    assert figures(alice) == expected


def test_rebuild_stats_of_no_sessions_writes_zeros(alice):
    focus(alice, SUNDAY)
    alice.focus_sessions.all().delete()
    assert services.rebuild_stats(user_id=alice.pk) == NOTHING
    assert figures(alice) == NOTHING


def test_rebuild_stats_twice_is_the_same(alice):
    logged(alice, SUNDAY)
    services.rebuild_stats(user_id=alice.pk, now=noon(SUNDAY))
    before = UserStats.objects.values().get()
    services.rebuild_stats(user_id=alice.pk, now=noon(SUNDAY))
    assert UserStats.objects.values().get() == before


def test_rebuild_stats_reaches_a_deactivated_user(alice):
    logged(alice, SUNDAY)
    User.objects.filter(pk=alice.pk).update(is_active=False)
    assert services.rebuild_stats(user_id=alice.pk).total_focus_min == 25


def test_rebuild_stats_refuses_a_user_who_is_gone():
    with pytest.raises(TokenInvalid):
        services.rebuild_stats(user_id=uuid.uuid4())


def test_rebuild_stats_is_undone_when_it_fails_half_way(alice, monkeypatch):
    logged(alice, SUNDAY)

    def fail(**kwargs):
        raise ReceiverFailed

    monkeypatch.setattr("accounts.services.set_xp", fail)
    with pytest.raises(ReceiverFailed):
        services.rebuild_stats(user_id=alice.pk)
    assert not UserStats.objects.exists()
