import pytest
from django.utils import timezone

from accounts.tests.factories import UserFactory
from accounts.tests.staff import (
    list_url,
    listed,
    log_of,
    page_url,
    run_action,
    said,
    staff_with,
)
from mail.models import OutboxMail
from mail.sending import send
from mail.tests.letters import hello, queued, written_by
from tests.harness.statements import statements

pytestmark = pytest.mark.django_db

State = OutboxMail.State


def ended(number, state, user, **fields):
    """Store a mail that has ended so."""
    mail = queued(number, user_id=user.pk)
    reason = "" if state == State.SENT else "The server answered 550."
    ends = {"state": state, "reason": reason, "ended_at": timezone.now(), "tries": 1}
    OutboxMail.objects.filter(pk=mail.pk).update(**ends | fields)
    mail.refresh_from_db()
    return mail


def test_list_queries_do_not_grow_with_the_mails(as_staff, mail_on, alice):
    queued(1, user_id=alice.pk)
    few = statements(as_staff, list_url(OutboxMail))
    for number in range(2, 40):
        queued(number, user_id=UserFactory().pk)
    # session, staff user, capped count, the page of mails with their users
    assert statements(as_staff, list_url(OutboxMail)) == few == 4


def test_list_shows_what_became_of_a_mail(as_staff, mail_on, alice):
    ended(1, State.FAILED, alice)
    page = as_staff.get(list_url(OutboxMail)).content.decode()
    for shown in ("hello", "failed", "The server answered 550.", "alice_focus"):
        assert shown in page


def test_list_filters_by_state_and_kind(as_staff, mail_on, alice):
    sent, failed = ended(1, State.SENT, alice), ended(2, State.FAILED, alice)
    other = queued(3, kind="bye", user_id=alice.pk)
    url = list_url(OutboxMail)
    assert listed(as_staff.get(url, {"state__exact": "failed"})) == [failed]
    with written_by(hello), written_by(hello, kind="bye"):
        assert listed(as_staff.get(url, {"kind": "bye"})) == [other]
        assert listed(as_staff.get(url, {"kind": "hello"})) == [failed, sent]


def test_list_is_searched_by_user_and_id(as_staff, mail_on, alice, bob):
    ours, theirs = queued(1, user_id=alice.pk), queued(2, user_id=bob.pk)
    url = list_url(OutboxMail)
    for query in ("alice_f", "ALICE@focus", str(alice.pk), str(ours.pk)):
        assert listed(as_staff.get(url, {"q": query})) == [ours]
    assert listed(as_staff.get(url, {"q": str(theirs.pk)})) == [theirs]


def test_a_page_shows_the_row_and_no_letter(as_staff, mail_on, alice):
    def tell(mail):
        return hello(mail, context={"text": "secret-of-the-letter"})

    mail = queued(user_id=alice.pk, data={"minutes": 25})
    with written_by(tell):
        send(mail.pk)
        page = as_staff.get(page_url(mail)).content.decode()
    assert "secret-of-the-letter" in mail_on()[0].as_string()
    assert "minutes" in page
    assert "secret-of-the-letter" not in page


def test_rows_are_written_by_nobody_here(as_staff, mail_on, alice):
    mail = queued(user_id=alice.pk)
    assert as_staff.post(page_url(mail), {"state": "sent"}).status_code == 403
    assert as_staff.post(page_url(mail, "delete"), {"post": "yes"}).status_code == 403
    assert as_staff.get("/admin/mail/outboxmail/add/").status_code == 403
    mail.refresh_from_db()
    assert mail.state == State.WAITING


@pytest.mark.parametrize("state", [State.SENT, State.FAILED])
def test_what_has_ended_is_sent_again(as_staff, mail_on, alice, state):
    mail = ended(1, state, alice, tries=8)
    page = run_action(as_staff, "send_again", mail)
    assert said(page) == ["To be sent again: 1"]
    assert log_of(mail) == ["To be sent again."]
    with written_by(hello):
        send(mail.pk)
    mail.refresh_from_db()
    assert (mail.state, mail.tries) == (State.SENT, 1)
    assert len(mail_on()) == 1


def test_what_waits_or_was_dropped_is_not_sent_again(as_staff, mail_on, alice):
    waiting, dropped = queued(1, user_id=alice.pk), ended(2, State.DROPPED, alice)
    page = run_action(as_staff, "send_again", waiting, dropped)
    assert [line.partition(": ")[2] for line in said(page)] == [
        "Only what was sent or has failed can be sent again."
    ] * 2
    dropped.refresh_from_db()
    assert dropped.state == State.DROPPED
    assert log_of(dropped) == []


def test_what_was_typed_and_erased_cannot_be_sent_again(as_staff, mail_on):
    mail = queued()
    with written_by(hello):
        send(mail.pk)
    assert "erased" in said(run_action(as_staff, "send_again", mail))[0]
    mail.refresh_from_db()
    assert mail.state == State.SENT


def test_to_look_is_no_right_to_send(client, mail_on, alice):
    mail = ended(1, State.FAILED, alice)
    client.force_login(staff_with("view_outboxmail"))
    assert listed(client.get(list_url(OutboxMail))) == [mail]
    run_action(client, "send_again", mail)
    mail.refresh_from_db()
    assert mail.state == State.FAILED
    client.force_login(staff_with("view_outboxmail", "change_outboxmail"))
    run_action(client, "send_again", mail)
    mail.refresh_from_db()
    assert mail.state == State.WAITING


def test_strangers_to_the_outbox_see_nothing(client, mail_on):
    client.force_login(staff_with("view_user"))
    assert client.get(list_url(OutboxMail)).status_code == 403
