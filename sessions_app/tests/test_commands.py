from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from accounts.tests.factories import UserFactory
from focusguard.db.tests.elsewhere import held_elsewhere
from sessions_app import services
from sessions_app.models import FocusSession
from sessions_app.tests.factories import FocusSessionFactory
from stats.models import UserStats
from tests.harness.clock import NOON
from tests.live.harness.burst import Dam

pytestmark = pytest.mark.django_db


def settle(**options):
    """Run the command; return what it said and what it complained about."""
    out, err = StringIO(), StringIO()
    try:
        call_command("settle_overdue_sessions", **options, stdout=out, stderr=err)
    except CommandError as error:
        assert error.returncode == 1
        return out.getvalue(), f"{err.getvalue()}{error}"
    assert err.getvalue() == ""
    return out.getvalue(), None


def running(minutes_ago, **fields):
    return FocusSessionFactory(
        created_at=timezone.now() - timedelta(minutes=minutes_ago), **fields
    )


def test_settle_completes_a_planned_session_at_its_deadline():
    session = running(86, duration_min=25)
    out, failure = settle()
    assert out == "1 processed, 1 completed, 0 abandoned, 0 failed\n"
    assert failure is None
    session.refresh_from_db()
    assert (session.status, session.focus_min) == ("completed", 25)
    assert session.ended_at == session.created_at + timedelta(minutes=25)
    assert UserStats.objects.get(user=session.user).total_focus_min == 25


def test_settle_abandons_an_open_session():
    session = running(301, duration_min=None)
    assert settle()[0] == "1 processed, 0 completed, 1 abandoned, 0 failed\n"
    session.refresh_from_db()
    assert session.status == "abandoned"
    assert session.ended_at == session.created_at + timedelta(minutes=240)


@pytest.mark.parametrize(
    ("minutes_ago", "planned"), [(26, 25), (241, None), (480, 479), (1.1, 1)]
)
def test_settle_credits_when_it_is_due(minutes_ago, planned):
    running(minutes_ago, duration_min=planned)
    assert settle()[0].startswith("1 processed")


@pytest.mark.parametrize(("minutes_ago", "planned"), [(24, 25), (239, None)])
def test_settle_leaves_a_session_that_runs(minutes_ago, planned):
    session = running(minutes_ago, duration_min=planned)
    assert settle()[0].startswith("0 processed")
    session.refresh_from_db()
    assert session.is_active


def test_settle_credits_a_deactivated_user_too():
    session = running(86, user=UserFactory(is_active=False))
    settle()
    session.refresh_from_db()
    assert session.completed


def test_settle_dry_run_counts_and_writes_nothing():
    running(86, duration_min=25)
    running(301, duration_min=None)
    out, _ = settle(dry_run=True)
    assert out == (
        "2 processed, 1 would be completed, 1 would be abandoned, 0 failed\n"
    )
    assert FocusSession.objects.active().count() == 2
    assert not UserStats.objects.exists()


def test_settle_goes_on_after_a_failure(monkeypatch):
    broken, fine = running(200), running(100)
    real = services.settle_overdue_session

    def fails_for_one(*, user_id, session_id, now):
        if session_id == broken.pk:
            raise RuntimeError("a receiver failed")
        return real(user_id=user_id, session_id=session_id, now=now)

    monkeypatch.setattr(services, "settle_overdue_session", fails_for_one)
    out, failure = settle()
    assert out == "2 processed, 1 completed, 0 abandoned, 1 failed\n"
    assert str(broken.pk) in failure
    fine.refresh_from_db()
    assert fine.completed


def test_settle_passes_over_a_session_that_its_user_was_faster_with(monkeypatch):
    running(86)
    monkeypatch.setattr(services, "settle_overdue_session", lambda **_: None)
    assert settle() == ("1 processed, 0 completed, 0 abandoned, 0 failed\n", None)


def test_settle_ends_quietly_while_another_copy_is_at_work():
    running(86)
    with held_elsewhere("settle_overdue_sessions"):
        out, failure = settle()
    assert "nothing was done" in out
    assert failure is None
    assert FocusSession.objects.active().count() == 1


def test_settle_is_silent_when_told_to():
    running(86)
    assert settle(verbosity=0) == ("", None)


def backfill(**options):
    out = StringIO()
    call_command("backfill_started_minutes", **options, stdout=out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("zone", "moment", "minute"),
    [
        ("UTC", NOON, 720),
        ("Asia/Kathmandu", NOON, 17 * 60 + 45),
        # Half past one comes twice.
        ("America/New_York", datetime(2026, 11, 1, 5, 30, tzinfo=UTC), 90),
        ("America/New_York", datetime(2026, 11, 1, 6, 30, tzinfo=UTC), 90),
    ],
)
def test_backfill_reads_the_clock_of_the_zone_of_then(zone, moment, minute):
    session = FocusSessionFactory(created_at=moment, timezone=zone)
    # Where they live now is nothing to it.
    session.user.timezone = "Pacific/Kiritimati"
    session.user.save()
    assert backfill() == "1 sessions looked at, 1 filled, 0 left for another run\n"
    session.refresh_from_db()
    assert session.started_minute == minute


def test_backfill_fills_what_is_empty_batch_by_batch():
    full = FocusSessionFactory(created_at=NOON, started_minute=5)
    FocusSessionFactory.create_batch(4, created_at=NOON)
    said = backfill(batch_size=2)
    assert said == "5 sessions looked at, 4 filled, 0 left for another run\n"
    full.refresh_from_db()
    assert full.started_minute == 5
    assert FocusSession.objects.filter(started_minute=720).count() == 4
    assert backfill().startswith("5 sessions looked at, 0 filled")


@pytest.mark.django_db(transaction=True)
def test_backfill_waits_for_nobody():
    """Caught: a deadlock with the deletion of an account, which holds rows as well."""
    held, free = FocusSessionFactory.create_batch(2, created_at=NOON)
    with Dam(held):
        assert backfill() == "2 sessions looked at, 1 filled, 1 left for another run\n"
    free.refresh_from_db()
    assert free.started_minute == 720
    assert backfill().startswith("2 sessions looked at, 1 filled")


def test_backfill_refuses_to_run_twice_at_once():
    with (
        held_elsewhere("backfill_started_minutes"),
        pytest.raises(CommandError, match="nothing was done"),
    ):
        backfill()
