"""A mail has a job; what a job lacks, or has too many of, changes nothing."""

from datetime import timedelta

import pytest
from django.core import mail as outbox
from django.db import transaction
from django.utils import timezone

from mail.models import OutboxMail
from mail.tests.letters import hello, queued, written_by
from work import mails, tasks
from work.queue import Job
from work.tests.jobs import job
from work.tests.jobs import queued as jobs

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _mail_is_on(settings):
    settings.EMAIL_URL = "smtp://mail.focusguard.test"
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    settings.DASHBOARD_URL = "https://app.focusguard.test"
    settings.EMAIL_FROM = "FocusGuard <hello@focusguard.test>"


def sends(mail):
    return ("send_mail", {"mail_id": str(mail.pk)})


def test_mail_that_is_queued_has_a_job():
    mail = queued()
    assert jobs(queue_name="mail") == [sends(mail)]


def test_mail_that_is_queued_again_has_one_job():
    first = queued()
    queued()
    assert jobs() == [sends(first)]


class Undone(Exception):
    pass


def test_mail_that_is_undone_has_no_job():
    with pytest.raises(Undone), transaction.atomic():
        queued()
        raise Undone
    assert jobs() == []


@pytest.mark.django_db(transaction=True)
def test_job_sends_its_mail():
    mail = queued()
    with written_by(hello):
        tasks.send_mail(mail_id=str(mail.pk))
    assert len(outbox.outbox) == 1
    assert OutboxMail.objects.get().state == OutboxMail.State.SENT
    assert len(jobs()) == 1  # none but the one that would run here


def refuse(mail):
    raise RuntimeError("no letter")


@pytest.mark.django_db(transaction=True)
def test_mail_that_was_not_sent_has_its_next_job_when_it_is_due():
    mail = queued()
    Job.objects.filter(task_name="send_mail").delete()
    with written_by(refuse):
        tasks.send_mail(mail_id=str(mail.pk))
    mail.refresh_from_db()
    (again,) = Job.objects.all()
    assert (again.task_name, again.args) == sends(mail)
    assert again.scheduled_at == mail.due_at > timezone.now()


@pytest.mark.django_db(transaction=True)
def test_mail_that_is_due_later_has_its_job_then():
    later = timezone.now() + timedelta(hours=3)
    mail = queued(due_at=later)
    Job.objects.filter(task_name="send_mail").delete()
    tasks.send_mail(mail_id=str(mail.pk))
    assert [one.scheduled_at for one in Job.objects.all()] == [later]


@pytest.mark.django_db(transaction=True)
def test_mail_of_a_deleted_account_needs_nothing(alice):
    mail = queued(user_id=alice.pk)
    alice.delete()
    Job.objects.filter(task_name="send_mail").delete()
    tasks.send_mail(mail_id=str(mail.pk))
    assert jobs() == []


@pytest.mark.django_db(transaction=True)
def test_while_mail_is_off_no_job_follows_another(settings):
    mail = queued(due_at=timezone.now() + timedelta(hours=1))
    Job.objects.filter(task_name="send_mail").delete()
    settings.EMAIL_URL = ""
    tasks.send_mail(mail_id=str(mail.pk))
    OutboxMail.objects.update(due_at=timezone.now() - timedelta(hours=1))
    assert tasks.sweep_mail() == ""
    assert jobs() == []


def test_sweep_gives_a_mail_that_lost_its_job_another():
    lost, kept = queued(1), queued(2)
    Job.objects.filter(args__mail_id=str(lost.pk)).delete()
    assert tasks.sweep_mail() == "1 mails had no job"
    assert jobs() == [sends(kept), sends(lost)]
    assert tasks.sweep_mail() == ""


@pytest.mark.parametrize("status", ["todo", "doing"])
def test_sweep_leaves_a_mail_that_has_a_job(status):
    mail = queued()
    Job.objects.filter(task_name="send_mail").delete()
    job(status=status, args=f'{{"mail_id": "{mail.pk}"}}')
    assert mails.sweep() == 0


@pytest.mark.parametrize("status", ["failed", "succeeded", "cancelled"])
def test_sweep_takes_up_what_a_job_has_left(status):
    mail = queued()
    Job.objects.filter(task_name="send_mail").delete()
    job(status=status, args=f'{{"mail_id": "{mail.pk}"}}')
    assert mails.sweep() == 1


def test_sweep_leaves_what_is_not_due_or_has_ended():
    later = queued(1, due_at=timezone.now() + timedelta(minutes=5))
    ended = queued(2)
    ended.state, ended.ended_at, ended.address = "sent", timezone.now(), ""
    ended.save()
    Job.objects.filter(task_name="send_mail").delete()
    assert mails.sweep() == 0
    assert later.state == OutboxMail.State.WAITING
