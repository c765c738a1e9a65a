"""A job is there if, and only if, what it is about is there."""

import uuid
from datetime import timedelta

import pytest
from django.db import IntegrityError, OperationalError, connection, transaction
from django.utils import timezone

from accounts.tests.factories import UserFactory
from sessions_app.models import FocusSession
from work import queue
from work.queue import MAIL, Job, Status
from work.tests.jobs import job, queued

pytestmark = pytest.mark.django_db
MAIL_ID = str(uuid.UUID(int=7))


def test_job_has_its_queue_its_time_and_what_it_is_about():
    later = timezone.now() + timedelta(hours=1)
    queue.defer("send_mail", queue=MAIL, at=later, mail_id=MAIL_ID)
    (row,) = Job.objects.all()
    assert (row.task_name, row.queue_name) == ("send_mail", MAIL)
    assert row.args == {"mail_id": MAIL_ID}
    assert (row.scheduled_at, row.status) == (later, Status.TODO.value)


def test_job_costs_one_statement(django_assert_num_queries):
    with django_assert_num_queries(1):
        queue.defer("send_mail", queue=MAIL, mail_id=MAIL_ID)


def test_jobs_are_added_by_one_statement(django_assert_num_queries):
    ids = [{"mail_id": str(uuid.UUID(int=n))} for n in range(3)]
    with django_assert_num_queries(1):
        assert queue.defer_each("send_mail", queue=MAIL, ids=ids) == 3
    assert queued() == [("send_mail", one) for one in ids]


class Undone(Exception):
    pass


@pytest.mark.row("W13")
@pytest.mark.django_db(transaction=True)
def test_rolled_back_transaction_leaves_no_job():
    with pytest.raises(Undone), transaction.atomic():
        queue.defer("send_mail", queue=MAIL, mail_id=MAIL_ID)
        raise Undone
    assert queued() == []


@pytest.mark.row("W13")
def test_rolled_back_savepoint_takes_its_job_alone():
    queue.defer("send_mail", queue=MAIL, mail_id=MAIL_ID)
    with pytest.raises(Undone), transaction.atomic():
        queue.defer("another", queue=MAIL)
        raise Undone
    assert queued() == [("send_mail", {"mail_id": MAIL_ID})]


@pytest.mark.row("W13")
@pytest.mark.django_db(transaction=True)
def test_commit_that_fails_leaves_no_job():
    """A foreign key is looked at when the transaction commits."""
    session = FocusSession(user=UserFactory.build(), local_date="2026-01-18")
    session.timezone = "UTC"
    with pytest.raises(IntegrityError), transaction.atomic():
        FocusSession.objects.bulk_create([session])
        queue.defer("send_mail", queue=MAIL, mail_id=MAIL_ID)
        assert queued() != []
    assert queued() == []


@pytest.mark.django_db(transaction=True)
def test_lost_database_is_djangos_error():
    """procrastinate's own is none that a request would answer with 503."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (pid,) = cursor.fetchone()
    other = connection.copy()
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [pid])
    other.close()
    try:
        with pytest.raises(OperationalError):
            queue.defer("send_mail", queue=MAIL, mail_id=MAIL_ID)
    finally:
        connection.close()


def test_only_what_failed_is_tried_again():
    failed, done = job(status="failed"), job(status="succeeded")
    now = timezone.now()
    assert queue.try_failed_again(failed.pk, at=now)
    assert not queue.try_failed_again(done.pk, at=now)
    assert not queue.try_failed_again(failed.pk, at=now)
    assert Job.objects.get(pk=failed.pk).status == Status.TODO.value


def test_only_what_waits_is_cancelled():
    waits, runs = job(), job(status="doing")
    assert queue.cancel(waits.pk)
    assert not queue.cancel(runs.pk)
    assert Job.objects.get(pk=waits.pk).status == Status.CANCELLED.value
    assert Job.objects.get(pk=runs.pk).status == Status.DOING.value
