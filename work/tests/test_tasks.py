"""Every task is there, asks what is due, and calls the service that its command calls."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.core.management import get_commands
from django.db import connection
from django.utils import timezone

from accounts.models import AuthSession, SecurityEvent
from accounts.tests.test_commands import device
from focusguard.api.models import IdempotentAnswer
from focusguard.db.tests.elsewhere import held_elsewhere
from leaderboard.models import RankChange
from mail.models import OutboxMail
from pictures import garbage
from pictures.models import PictureGarbage
from pictures.stores import store
from sessions_app import services as session_services
from sessions_app.tests.factories import FocusSessionFactory
from stats import services as stats_services
from work import tasks
from work.models import Job, OnceKey
from work.queue import DEFAULT, HEAVY, MAIL, QUEUES, TASKS
from work.tests.jobs import job, worker

pytestmark = pytest.mark.django_db

MINUTELY = "* * * * *"
WHEN = {
    "rescue_stalled": (DEFAULT, MINUTELY),
    "settle_overdue_sessions": (DEFAULT, MINUTELY),
    "fold_leaderboards": (DEFAULT, MINUTELY),
    "queue_weekly_reports": (DEFAULT, MINUTELY),
    "send_mail": (MAIL, ""),
    "sweep_mail": (MAIL, MINUTELY),
    "read_import": (HEAVY, ""),
    "apply_import": (HEAVY, ""),
    "undo_import": (HEAVY, ""),
    "sweep_imports": (HEAVY, MINUTELY),
    "prune_pictures": (HEAVY, MINUTELY),
    "verify_stats": (HEAVY, "*/10 * * * *"),
}
PRUNES = {
    *("prune_auth_sessions", "prune_security_events", "prune_idempotent_answers"),
    *("prune_admin_sessions", "prune_mail", "prune_jobs", "prune_once_keys"),
    "prune_mail_links",
    "prune_auth_flows",
    "prune_api_tokens",
    "prune_imports",
}


def ago(**time):
    return timezone.now() - timedelta(**time)


def test_every_task_is_there_in_its_queue_at_its_time():
    timed = {name: (one.queue, one.cron) for name, one in TASKS.items()}
    assert {name: timed.pop(name) for name in WHEN} == WHEN
    assert timed.keys() == PRUNES
    assert {queue for queue, _ in timed.values()} == {HEAVY}
    minutes = [cron.split() for _, cron in timed.values()]
    assert {tuple(rest) for _, *rest in minutes} == {("*", "*", "*", "*")}
    assert len({minute for minute, *_ in minutes}) == len(PRUNES)


def test_every_queue_is_known():
    assert {one.queue for one in TASKS.values()} <= set(QUEUES)


def test_only_the_rescue_may_meet_itself():
    """A second mail is another mail; all others would do the same work twice."""
    beside = {name for name, one in TASKS.items() if one.cron and not one.alone}
    assert beside == {"rescue_stalled"}


def test_every_prune_of_a_command_is_a_task():
    prunes = {name for name in get_commands() if name.startswith("prune_")}
    assert prunes <= TASKS.keys()


def test_overdue_session_is_settled():
    session = FocusSessionFactory(created_at=ago(minutes=86), duration_min=25)
    assert tasks.settle_overdue_sessions() == "1 completed"
    session.refresh_from_db()
    assert session.completed
    assert tasks.settle_overdue_sessions() == ""


def test_session_that_cannot_be_settled_leaves_the_others_theirs(monkeypatch, caplog):
    broken, other = (
        FocusSessionFactory(created_at=ago(minutes=minutes), duration_min=25)
        for minutes in (90, 86)
    )
    settle = session_services.settle_overdue_session

    def refuse(*, session_id, **rest):
        if session_id == broken.pk:
            raise RuntimeError("nobody expected this")
        return settle(session_id=session_id, **rest)

    monkeypatch.setattr(session_services, "settle_overdue_session", refuse)
    assert tasks.settle_overdue_sessions() == "1 failed, 1 completed"
    assert f"session {broken.pk} not settled" in caplog.text
    other.refresh_from_db()
    assert other.completed


def test_changes_of_the_boards_are_folded():
    session = FocusSessionFactory(done=True, duration_min=50)
    stats_services.record_session(session=session)
    assert RankChange.objects.exists()
    assert tasks.fold_leaderboards()
    assert not RankChange.objects.exists()
    assert tasks.fold_leaderboards() == ""


@pytest.mark.parametrize("name", ["settle_overdue_sessions", "prune_jobs"])
@pytest.mark.django_db(transaction=True)
def test_task_lets_the_command_of_its_name_finish(name):
    FocusSessionFactory(created_at=ago(minutes=86), duration_min=25)
    with held_elsewhere(name):
        assert TASKS[name].run() is None


@pytest.mark.django_db(transaction=True)
def test_behind_a_pooler_no_lock_of_a_connection_is_asked_for(settings):
    """A lock would stay with a connection that is another client's next."""
    settings.DATABASE_POOLER = True
    FocusSessionFactory(created_at=ago(minutes=86), duration_min=25)
    with held_elsewhere("settle_overdue_sessions"):
        assert tasks.settle_overdue_sessions() == "1 completed"


def test_stalled_jobs_are_rescued():
    job(status="doing", worker_id=worker(silent_for=31))
    assert tasks.rescue_stalled() == "1 again"
    assert tasks.rescue_stalled() == ""


def test_devices_that_ended_are_pruned(alice):
    for days in (91, 89):
        device(alice, expired=days)
    assert tasks.prune_auth_sessions() == "1 devices deleted"
    assert AuthSession.objects.get().expires_at > ago(days=90)


def test_admin_sessions_that_expired_are_pruned():
    for key, ends in (("old", ago(hours=1)), ("new", ago(hours=-1))):
        Session.objects.create(session_key=key, session_data="", expire_date=ends)
    assert tasks.prune_admin_sessions() == "1 admin sessions deleted"
    assert Session.objects.get().session_key == "new"


def test_answers_that_nobody_can_ask_for_are_pruned(alice):
    for key, age in (("old", 25), ("new", 23)):
        IdempotentAnswer.objects.create(
            user=alice, key=key, fingerprint=b"", status=201, created_at=ago(hours=age)
        )
    assert tasks.prune_idempotent_answers() == "1 answers deleted"
    assert IdempotentAnswer.objects.get().key == "new"


def test_events_are_pruned_when_their_guard_lets_them_go():
    assert not SecurityEvent.objects.exists()
    assert tasks.prune_security_events() == ""


def test_mails_that_ended_are_pruned(alice):
    for key, days in (("old", 31), ("new", 29)):
        OutboxMail.objects.create(
            kind="hello",
            key=key,
            user=alice,
            created_at=ago(days=days),
            due_at=ago(days=days),
            ended_at=ago(days=days),
            state="sent",
        )
    assert tasks.prune_mail() == "1 mails deleted"
    assert OutboxMail.objects.get().key == "new"


def test_once_keys_are_pruned():
    for key, days in (("old", 61), ("new", 59)):
        OnceKey.objects.create(key=key, created_at=ago(days=days))
    assert tasks.prune_once_keys() == "1 keys deleted"
    assert OnceKey.objects.get().key == "new"


@pytest.mark.parametrize(
    ("status", "kept_for"),
    [
        *((status, timedelta(days=1)) for status in ("succeeded", "cancelled")),
        ("aborted", timedelta(days=1)),
        ("failed", timedelta(days=30)),
        ("todo", timedelta(days=7)),
    ],
)
def test_jobs_are_pruned_by_how_they_stand(status, kept_for):
    a_minute = timedelta(minutes=1)
    old, new = (job(status=status) for _ in range(2))
    for one, age in ((old, kept_for + a_minute), (new, kept_for - a_minute)):
        _happened(one, timezone.now() - age)
    assert tasks.prune_jobs() == "1 jobs deleted"
    assert list(Job.objects.all()) == [new]


def test_job_that_runs_is_never_pruned():
    runs = job(status="doing")
    _happened(runs, ago(days=90))
    assert tasks.prune_jobs() == ""


def _happened(row, at):
    """Let all that happened to the job have happened at that moment."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_events WHERE job_id = %s", [row.pk])
        cursor.execute(
            "INSERT INTO procrastinate_events (job_id, type, at) "
            "VALUES (%s, 'deferred', %s)",
            [row.pk, at],
        )


def test_pictures_of_nobody_are_deleted(pictures_on):
    picture_id = garbage.reserve()
    store().put(picture_id, b"picture")
    PictureGarbage.objects.update(kept_until=None)
    assert tasks.prune_pictures() == "1 pictures deleted"
    assert tasks.prune_pictures() == ""
    assert pictures_on() == []


def test_pictures_are_let_alone_where_none_are_kept():
    garbage.reserve()
    PictureGarbage.objects.update(kept_until=None)
    assert tasks.prune_pictures() == ""
