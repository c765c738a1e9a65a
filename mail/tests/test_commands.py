from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from mail import sending
from mail.models import OutboxMail
from mail.tests.letters import hello, queued, written_by

pytestmark = pytest.mark.django_db

State = OutboxMail.State


def run(command, *args, **options):
    """Run a command; return what it said, and what it complained of."""
    out, err = StringIO(), StringIO()
    call_command(command, *args, **options, stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def test_send_mail_sends_what_is_due_and_counts(mail_on):
    queued(1)
    queued(2, kind="unheard")
    queued(3, kind="old")
    queued(4, kind="odd")
    queued(5, due_at=timezone.now() + timedelta(hours=1))

    def odd(mail):
        return hello(mail, to="a@localhost")

    with (
        written_by(hello),
        written_by(lambda mail: None, "old"),
        written_by(odd, "odd"),
    ):
        said, complained = run("send_mail")
    assert said == ("4 processed, 1 sent, 1 dropped, 1 to be tried again, 1 failed\n")
    assert complained == "a mail failed: No mail can be sent to this address.\n"


def test_send_mail_stops_at_its_limit(mail_on):
    for number in range(3):
        queued(number)
    with written_by(hello):
        assert run("send_mail", limit=2)[0].startswith("2 processed, 2 sent")
        assert run("send_mail", verbosity=0) == ("", "")
    assert len(mail_on()) == 3


def test_send_mail_stops_where_the_server_is_away(mail_on, monkeypatch):
    class Away:
        def send_messages(self, messages):
            raise ConnectionRefusedError

    monkeypatch.setattr(sending, "get_connection", Away)
    queued(1)
    queued(2)
    with written_by(hello):
        said, complained = run("send_mail")
    assert said.startswith("1 processed, 0 sent, 0 dropped, 1 to be tried again")
    assert complained == "stopped: The server is away: ConnectionRefusedError.\n"


def test_send_mail_says_that_mail_is_off():
    assert run("send_mail") == ("Mail is off: EMAIL_URL is not set.\n", "")


@pytest.mark.parametrize("limit", ["0", "-1", "many", "100001"])
def test_send_mail_refuses_a_limit_that_is_none(limit):
    with pytest.raises(CommandError, match="limit"):
        run("send_mail", f"--limit={limit}")


def ended(number, days):
    mail = queued(number)
    OutboxMail.objects.filter(pk=mail.pk).update(
        state=State.SENT, address="", ended_at=timezone.now() - timedelta(days=days)
    )
    return mail


def test_prune_mail_deletes_what_ended_more_than_30_days_ago(mail_on):
    ended(1, 31)
    kept = {ended(2, 29).pk, queued(3).pk}
    OutboxMail.objects.filter(key="hello:3").update(
        created_at=timezone.now() - timedelta(days=90)
    )
    assert run("prune_mail", dry_run=True)[0] == "1 mails would be deleted\n"
    assert run("prune_mail")[0] == "1 mails deleted\n"
    assert set(OutboxMail.objects.values_list("pk", flat=True)) == kept


def test_prune_mail_takes_another_number_of_days(mail_on):
    ended(1, 8)
    assert run("prune_mail", days=7)[0] == "1 mails deleted\n"
