"""Reports are queued once a week for whoever wants them, and never too many at a time."""

import threading
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection, connections
from django.utils import timezone

from accounts.models import User
from accounts.tests.factories import UserFactory
from mail.models import OutboxMail
from mail.sending import send_due
from reports import services
from reports.services import forgo_weekly_reports, queue_weekly_reports
from reports.tests.readers import LONG_AGO, MONDAY, NINE_O_CLOCK, reader, since

pytestmark = pytest.mark.django_db

WEEK = timedelta(days=7)


def to():
    return set(OutboxMail.objects.values_list("user__username", flat=True))


def test_reports_are_queued_where_it_is_monday_eight(mail_on):
    people = {
        "berlin": "Europe/Berlin",  # 10:00
        "london": "Europe/London",  # 09:00
        "tokyo": "Asia/Tokyo",  # 18:00
        "havana": "America/Havana",  # 04:00
        "honolulu": "Pacific/Honolulu",  # Sunday still
    }
    for name, zone in people.items():
        reader(username=name, timezone=zone)
    assert queue_weekly_reports(NINE_O_CLOCK) == 3
    assert to() == {"berlin", "london", "tokyo"}
    assert queue_weekly_reports(NINE_O_CLOCK + timedelta(hours=12)) == 2
    assert to() == people.keys()
    for hours in (1, 12, 30):
        assert queue_weekly_reports(NINE_O_CLOCK + timedelta(hours=hours)) == 0
    assert queue_weekly_reports(NINE_O_CLOCK + WEEK) == 3
    assert OutboxMail.objects.count() == 8


def test_a_worker_that_was_away_makes_up_for_it_until_tuesday_ends(mail_on):
    reader(timezone="Europe/Berlin")
    tuesday = NINE_O_CLOCK.replace(day=20, hour=22, minute=59)
    assert queue_weekly_reports(tuesday + timedelta(minutes=1)) == 0
    assert queue_weekly_reports(tuesday) == 1
    mail = OutboxMail.objects.get()
    assert mail.key == f"weekly-report:{mail.user_id}:2026-W03"
    assert mail.data == {"monday": "2026-01-12"}


def test_reports_go_to_nobody_else(mail_on):
    reader(weekly_report=False)
    reader(email_verified_at=None)
    reader(is_active=False)
    since(reader(), NINE_O_CLOCK.replace(hour=0))  # had no account last week
    assert since(UserFactory(), LONG_AGO).weekly_report is False
    assert queue_weekly_reports(NINE_O_CLOCK) == 0
    assert not OutboxMail.objects.exists()


def test_nothing_is_queued_while_no_mail_is_sent():
    reader()
    assert queue_weekly_reports(NINE_O_CLOCK) == 0
    assert not OutboxMail.objects.exists()


def test_a_move_to_another_zone_brings_no_second_report(mail_on):
    user = reader(timezone="Asia/Tokyo")
    queue_weekly_reports(NINE_O_CLOCK)
    for zone in ("UTC", "America/Havana", "Pacific/Honolulu"):
        User.objects.filter(pk=user.pk).update(timezone=zone)
        for hours in (0, 10, 30):
            queue_weekly_reports(NINE_O_CLOCK + timedelta(hours=hours))
    assert OutboxMail.objects.count() == 1


def test_other_mails_do_not_wait_behind_a_country_of_reports(mail_on, monkeypatch):
    monkeypatch.setattr(services, "MOST_WAITING", 3)
    monkeypatch.setattr(services, "AT_A_TIME", 2)
    for _ in range(5):
        reader()
    assert queue_weekly_reports(NINE_O_CLOCK) == 3
    assert queue_weekly_reports(NINE_O_CLOCK) == 0
    send_due(100)
    assert queue_weekly_reports(NINE_O_CLOCK) == 2


@pytest.mark.django_db(transaction=True)
def test_two_who_queue_at_once_queue_one_report_each(mail_on, monkeypatch):
    """Two runs have found the same people before either writes."""
    for _ in range(6):
        reader()
    ready, find = threading.Barrier(2), services.who_is_due

    def found_by_both(*args):
        found = find(*args)
        ready.wait(30)
        return found

    monkeypatch.setattr(services, "who_is_due", found_by_both)
    failures = []

    def run():
        try:
            queue_weekly_reports(NINE_O_CLOCK)
        except Exception as error:
            failures.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert OutboxMail.objects.count() == 6
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs")
        assert cursor.fetchone() == (6,)


def test_what_was_sent_after_the_backup_is_not_sent_again(mail_on, monkeypatch):
    """Restored on Tuesday from the backup of Sunday: Monday's mails have no row in it."""
    monkeypatch.setattr(services, "AT_A_TIME", 2)
    tuesday = NINE_O_CLOCK + timedelta(days=1)
    for _ in range(3):
        reader(timezone="Europe/Berlin")
    reader(username="anchorage", timezone="America/Anchorage")
    monday_there = NINE_O_CLOCK + timedelta(hours=7)  # 07:00
    assert forgo_weekly_reports(monday_there) == 3
    assert forgo_weekly_reports(monday_there) == 0
    assert queue_weekly_reports(monday_there) == 0
    mails = OutboxMail.objects.all()
    assert {(mail.state, mail.reason) for mail in mails} == {("dropped", "restored")}
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs")
        assert cursor.fetchone() == (0,)
    # Whose Monday morning came after the restore, and everybody's next week.
    assert queue_weekly_reports(tuesday) == 1
    assert OutboxMail.objects.get(state="waiting").user.username == "anchorage"
    assert queue_weekly_reports(tuesday + WEEK) == 4


def test_the_command_after_a_restore_says_how_many(mail_on, time_machine):
    time_machine.move_to(NINE_O_CLOCK)
    reader()
    out = StringIO()
    call_command("forgo_weekly_reports", stdout=out)
    assert out.getvalue().strip() == "1 reports are not sent again"


@pytest.mark.parametrize("name", ["queue_weekly_reports", "forgo_weekly_reports"])
def test_a_command_of_reports_says_that_mail_is_off(name):
    out = StringIO()
    call_command(name, stdout=out)
    assert out.getvalue().strip() == "Mail is off: EMAIL_URL is not set."


def test_the_command_says_how_many(mail_on, time_machine):
    time_machine.move_to(NINE_O_CLOCK)
    reader()
    for said in ("1 reports queued", "0 reports queued"):
        out = StringIO()
        call_command("queue_weekly_reports", stdout=out)
        assert out.getvalue().strip() == said


def test_finding_who_is_due_takes_as_many_statements_for_many(
    mail_on, django_assert_num_queries
):
    for _ in range(4):
        reader()
    assert timezone.localdate() > MONDAY
    queue_weekly_reports(NINE_O_CLOCK)
    with django_assert_num_queries(4):  # how many wait; a transaction; who is due
        queue_weekly_reports(NINE_O_CLOCK)
