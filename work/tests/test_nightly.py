"""The nightly proof: once a night, kept, and told to the staff where it fails."""

from datetime import UTC, datetime, timedelta

import pytest

from accounts.tests.factories import UserFactory
from mail.models import OutboxMail
from sessions_app.tests.factories import EntryFactory
from stats.tests.factories import UserStatsFactory
from work import letters, tasks
from work.models import OnceKey, ProofRun
from work.nightly import verify_stats_if_due
from work.once import once

pytestmark = pytest.mark.django_db

NIGHT = datetime(2026, 11, 26, 3, 10, tzinfo=UTC)


@pytest.fixture
def mail_is_on(settings):
    settings.EMAIL_URL = "smtp://mail.focusguard.test"


def off_by_some(user):
    return UserStatsFactory(user=user, total_focus_min=25)


def test_proof_is_kept(alice, bob):
    run = verify_stats_if_due(NIGHT)
    assert run == ProofRun.objects.get()
    assert (run.at, run.users_checked) == (NIGHT, 2)
    assert (run.differences, run.rules_missing) == (0, 0)
    assert run.seconds > 0


@pytest.mark.parametrize(
    ("last", "now", "due"),
    [
        (NIGHT, NIGHT + timedelta(hours=23, minutes=59), False),
        (NIGHT, NIGHT + timedelta(days=1), True),
        # A worker that was away at ten past three.
        (NIGHT, NIGHT + timedelta(days=1, hours=9), True),
        # One that made it up late is due again at the usual time.
        (NIGHT + timedelta(hours=20), NIGHT + timedelta(days=1), True),
        (NIGHT - timedelta(minutes=1), NIGHT, True),
    ],
)
def test_proof_is_due_once_a_night(last, now, due):
    verify_stats_if_due(last)
    assert (verify_stats_if_due(now) is not None) == due


def test_task_proves_what_is_due():
    assert tasks.verify_stats() == "0 users checked"
    assert tasks.verify_stats() == ""


def test_difference_is_kept_logged_and_mailed_to_the_staff(
    mail_is_on, alice, ada, caplog
):
    UserFactory(is_staff=True, is_active=False)
    off_by_some(alice)
    run = verify_stats_if_due(NIGHT)
    assert run.differences == 1
    assert f"{alice.pk} total_focus_min: stored 25, logged 0" in caplog.text
    mail = OutboxMail.objects.get()
    assert (mail.user, mail.kind) == (ada, "verify-stats-difference")
    letter = letters.difference(mail)
    assert letter.to == ada.email
    assert "Users whose figures differ: 1 of 3" in letter.context["text"]


def test_entries_that_overlap_are_kept_and_mailed_too(mail_is_on, alice, ada):
    EntryFactory.create_batch(2, user=alice, at=NIGHT)
    run = verify_stats_if_due(NIGHT)
    assert (run.differences, run.overlaps) == (0, 1)
    letter = letters.difference(OutboxMail.objects.get())
    assert "Entries whose time another record takes: 1" in letter.context["text"]


def test_proof_that_holds_is_mailed_to_nobody(mail_is_on, ada):
    verify_stats_if_due(NIGHT)
    assert not OutboxMail.objects.exists()


def test_difference_is_told_to_nobody_who_left_the_staff(mail_is_on, alice, ada):
    off_by_some(alice)
    verify_stats_if_due(NIGHT)
    ada.is_staff = False
    ada.save()
    assert letters.difference(OutboxMail.objects.get()) is None


def test_two_workers_keep_one_proof_of_a_night(mail_is_on, alice, ada, monkeypatch):
    """The first froze, was taken for dead, and is the second to end."""
    off_by_some(alice)
    monkeypatch.setattr(
        ProofRun.objects.filter().__class__, "exists", lambda rows: False
    )
    assert verify_stats_if_due(NIGHT) is not None
    assert verify_stats_if_due(NIGHT) is None
    assert ProofRun.objects.count() == 1
    assert OutboxMail.objects.count() == 1


def test_proof_whose_end_was_not_kept_is_made_again(monkeypatch):
    monkeypatch.setattr(ProofRun, "save", lambda run, **kwargs: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        verify_stats_if_due(NIGHT)
    assert not OnceKey.objects.exists()
    assert once("verify_stats:2026-11-26")
