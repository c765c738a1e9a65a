import smtplib
import ssl
import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connections
from django.utils import timezone

from accounts.tests.factories import UserFactory
from mail import sending
from mail.models import MAX_TRIES, OutboxMail
from mail.sending import LEASE, outcomes, send, send_due
from mail.tests.letters import hello, queued, written_by

pytestmark = pytest.mark.django_db

State = OutboxMail.State


@pytest.fixture
def greeted():
    """Hellos have a builder."""
    with written_by(hello):
        yield


@pytest.fixture
def server(monkeypatch):
    """A server that answers every mail with the next of these errors, or takes it."""
    answers = []

    class Connection:
        def send_messages(self, messages):
            if answers and (error := answers.pop(0)):
                raise error
            return len(messages)

    monkeypatch.setattr(sending, "get_connection", Connection)
    return answers


def fell_due(mail):
    """Let the time pass until the mail is due again."""
    OutboxMail.objects.filter(pk=mail.pk).update(due_at=timezone.now())


def after_try(mail):
    """Try once more; return the row as it is then."""
    fell_due(mail)
    send(mail.pk)
    mail.refresh_from_db()
    return mail


def test_a_mail_is_sent_once_and_its_end_recorded(mail_on, alice, greeted):
    mail = queued(user_id=alice.pk)
    send(mail.pk)
    send(mail.pk)
    (sent,) = mail_on()
    assert (sent["To"], sent["Subject"]) == (alice.email, "Hello")
    mail.refresh_from_db()
    assert (mail.state, mail.tries, mail.reason) == (State.SENT, 1, "")
    assert mail.ended_at is not None


def test_a_mail_for_later_waits(mail_on, greeted):
    mail = queued(due_at=timezone.now() + timedelta(minutes=5))
    send(mail.pk)
    assert send_due(10) == 0
    assert mail_on() == []


def test_due_mails_are_sent_up_to_a_limit_oldest_first(mail_on, greeted):
    old = queued(1, due_at=timezone.now() - timedelta(hours=1))
    new, oldest = queued(2), queued(3, due_at=timezone.now() - timedelta(hours=2))
    assert send_due(2) == 2
    states = dict(OutboxMail.objects.values_list("pk", "state"))
    assert states == {
        oldest.pk: State.SENT,
        old.pk: State.SENT,
        new.pk: State.WAITING,
    }
    assert send_due(2) == 1
    assert send_due(2) == 0


def test_nothing_is_taken_while_mail_is_off(mail_on, settings, greeted):
    mail = queued()
    settings.EMAIL_URL = ""
    send(mail.pk)
    assert send_due(10) == 0
    mail.refresh_from_db()
    assert (mail.state, mail.tries) == (State.WAITING, 0)


def test_what_somebody_typed_is_erased_with_the_end(mail_on, greeted):
    mail = queued(address="ann@focusguard.test")
    send(mail.pk)
    mail.refresh_from_db()
    assert (mail.state, mail.address) == (State.SENT, "")


def test_the_address_of_a_mail_to_a_user_stays(mail_on, alice, greeted):
    mail = queued(user_id=alice.pk, address="old@focusguard.test")
    send(mail.pk)
    mail.refresh_from_db()
    assert mail.address == "old@focusguard.test"
    assert [sent["To"] for sent in mail_on()] == ["old@focusguard.test"]


def test_a_letter_that_is_not_due_any_more_is_dropped(mail_on):
    with written_by(lambda mail: None):
        mail = after_try(queued())
    assert (mail.state, mail.address) == (State.DROPPED, "")
    assert mail.reason == "It was not due any more."
    assert mail_on() == []


REFUSED = smtplib.SMTPRecipientsRefused
LATER = (451, b"4.7.1 <ann@focusguard.test>: try again later")
NEVER = (550, b"5.1.1 <ann@focusguard.test>: no such user\r\nBcc: all")


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (REFUSED({"ann@focusguard.test": LATER}), "The server answered 451 4.7.1"),
        (smtplib.SMTPSenderRefused(450, b"busy", "x"), "The server answered 450"),
        (smtplib.SMTPDataError(421, b"4.3.2 bye"), "The server answered 421 4.3.2"),
        (smtplib.SMTPServerDisconnected("gone"), "The server is away: SMTPServer"),
        (smtplib.SMTPConnectError(554, b"no"), "The server took no mail from us: 554"),
        (
            smtplib.SMTPAuthenticationError(535, b"5.7.8 wrong password"),
            "The server took no mail from us: 535 5.7.8",
        ),
        (smtplib.SMTPNotSupportedError("no TLS"), "The server lacks something: no TLS"),
        (ssl.SSLError(1, "bad"), "No safe connection to the server: SSLError."),
        (ConnectionRefusedError(), "The server is away: ConnectionRefusedError."),
        (TimeoutError(), "The server did not answer in time."),
        (RuntimeError("?"), "Sending failed: RuntimeError."),
    ],
)
def test_what_may_pass_is_tried_again(mail_on, greeted, server, error, reason):
    server.append(error)
    mail = after_try(queued())
    assert (mail.state, mail.tries) == (State.WAITING, 1)
    assert mail.reason.startswith(reason)
    assert after_try(mail).state == State.SENT
    assert mail.reason == ""


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (REFUSED({"ann@focusguard.test": NEVER}), "The server answered 550 5.1.1"),
        (smtplib.SMTPSenderRefused(553, b"no", "x"), "The server answered 553"),
        (smtplib.SMTPDataError(554, b"5.7.1 spam"), "The server answered 554 5.7.1"),
        (ValueError("line break"), "It cannot be sent: ValueError."),
    ],
)
def test_what_is_refused_for_good_is_not_tried_again(
    mail_on, greeted, server, error, reason
):
    server.append(error)
    mail = after_try(queued())
    assert (mail.state, mail.reason) == (State.FAILED, reason)
    assert after_try(mail).tries == 1


def test_a_servers_words_are_kept_without_any_address(mail_on, alice, greeted, server):
    server.append(REFUSED({alice.email: NEVER}))
    mail = after_try(queued(user_id=alice.pk))
    assert mail.reason == "The server answered 550 5.1.1 … no such user Bcc: all"


def test_a_servers_words_are_kept_without_what_a_link_carries(
    mail_on, alice, greeted, server
):
    """Filters quote what they take for spam, and the link in it is still good."""
    token = "qwRf2wgbRwmneeNGZmtj42c8xLB1-rkC2_EpsJdXHQcBg93kLGi_Rr6zyvs-C1hu"
    spam = (
        f"5.7.1 URL (http://localhost:8000/verify#{token}) or {token}: 4F2A8C of 9B1E"
    )
    server.append(smtplib.SMTPDataError(554, spam.encode()))
    reason = after_try(queued(user_id=alice.pk)).reason
    assert reason == "The server answered 554 5.7.1 URL … or … 4F2A8C of 9B1E"


def test_a_servers_long_words_are_cut(mail_on, alice, greeted, server):
    server.append(smtplib.SMTPDataError(554, b"no " * 500))
    assert len(after_try(queued(user_id=alice.pk)).reason) == 200


def test_the_pauses_double_and_the_eighth_try_is_the_last(mail_on, greeted, server):
    server.extend([TimeoutError()] * MAX_TRIES)
    mail = queued()
    pauses = []
    for _ in range(MAX_TRIES - 1):
        before = datetime.now(UTC)
        assert after_try(mail).state == State.WAITING
        pauses.append((mail.due_at - before).total_seconds())
    for n, pause in enumerate(pauses):
        # Above the bound only by what the try itself took.
        assert 0.79 * 30 * 2**n < pause < 1.2 * 30 * 2**n + 10
    assert after_try(mail).state == State.FAILED
    assert mail.reason == "The server did not answer in time."
    assert mail.address == ""


def test_pauses_are_spread(monkeypatch):
    assert len({sending._pause(3) for _ in range(20)}) > 10


def test_a_sender_that_died_leaves_a_mail_that_is_due_again(
    mail_on, greeted, monkeypatch
):
    class Killed(BaseException):
        pass

    def die(mail):
        raise Killed

    mail = queued()
    before = timezone.now()
    with pytest.raises(Killed), written_by(die):
        send(mail.pk)
    mail.refresh_from_db()
    assert (mail.state, mail.tries) == (State.WAITING, 1)
    assert before < mail.due_at <= timezone.now() + LEASE
    send(mail.pk)
    assert mail_on() == []  # another has it, as far as anybody knows
    assert after_try(mail).state == State.SENT


def test_a_mail_that_kills_its_senders_ends(mail_on, greeted):
    mail = queued()
    OutboxMail.objects.update(tries=MAX_TRIES)
    assert send_due(10) == 0
    mail.refresh_from_db()
    assert (mail.state, mail.address) == (State.FAILED, "")
    assert mail.reason == "The sender of the last try did not come back."


def test_a_late_sender_does_not_undo_what_a_newer_one_did(mail_on, greeted, server):
    """A sender was frozen for longer than its lease; meanwhile another began."""

    def while_another_tries(mail):
        OutboxMail.objects.filter(pk=mail.pk).update(tries=2, reason="newer")
        return hello(mail)

    mail = queued()
    server.append(TimeoutError())
    with written_by(while_another_tries):
        send(mail.pk)
    mail.refresh_from_db()
    assert (mail.state, mail.tries, mail.reason) == (State.WAITING, 2, "newer")


def test_a_builder_that_raises_ends_no_other_mail(mail_on, caplog):
    def fail_at_the_first(mail):
        if mail.key == "hello:1":
            raise KeyError("a secret of the letter")
        return hello(mail)

    first, second = queued(1), queued(2)
    with written_by(fail_at_the_first):
        assert send_due(10) == 2
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, first.reason) == (
        State.WAITING,
        "The letter failed: KeyError.",
    )
    assert second.state == State.SENT


def test_a_builder_that_breaks_the_database_ends_no_other_mail(mail_on):
    def break_(mail):
        OutboxMail.objects.create(kind="", key="", created_at=mail.created_at)

    mail = queued()
    with written_by(break_):
        assert after_try(mail).reason == "The letter failed: IntegrityError."


def test_a_template_that_is_missing_is_an_outcome(mail_on):
    with written_by(lambda mail: hello(mail, template="nowhere")):
        mail = after_try(queued())
    assert mail.reason == "The letter failed: TemplateDoesNotExist."


def test_a_kind_that_nobody_writes_waits_for_a_newer_release(mail_on):
    mail = after_try(queued(kind="unheard"))
    assert (mail.state, mail.tries) == (State.WAITING, 1)
    assert mail.reason == "No app of this release writes this kind."


@pytest.mark.parametrize(
    "to",
    [
        *("", "ann", "a@localhost", "a@[127.0.0.1]", "a@10.0.0.10", '"a b"@x.test'),
        *(
            "a@x.test\nBcc: all@x.test",
            "a@x.test, b@x.test",
            "ann\x00@x.test",
            "ä@x.test",
        ),
    ],
)
def test_an_address_that_breaks_mail_ends_as_failed(mail_on, to):
    with written_by(lambda mail: hello(mail, to=to)):
        mail = after_try(queued())
    assert (mail.state, mail.reason) == (
        State.FAILED,
        "No mail can be sent to this address.",
    )
    assert mail_on() == []


def test_a_header_that_would_be_two_ends_as_failed(mail_on):
    stop = "https://x.test/\r\nBcc: all@x.test"
    with written_by(lambda mail: hello(mail, unsubscribe=stop)):
        mail = after_try(queued())
    assert (mail.state, mail.reason) == (
        State.FAILED,
        "It cannot be sent: BadHeaderError.",
    )
    assert mail_on() == []


def test_where_the_server_is_away_the_others_keep_their_tries(mail_on, greeted, server):
    for number in range(3):
        queued(number)
    server.append(ConnectionRefusedError())
    (outcome,) = outcomes(10)
    assert outcome.server_away
    assert sorted(OutboxMail.objects.values_list("tries", flat=True)) == [0, 0, 1]
    assert send_due(10) == 2


@pytest.mark.django_db(transaction=True)
def test_no_transaction_is_open_while_the_server_is_spoken_to(
    mail_on, greeted, monkeypatch
):
    seen = []

    class Connection:
        def send_messages(self, messages):
            seen.append(connections["default"].in_atomic_block)

    monkeypatch.setattr(sending, "get_connection", Connection)
    send(queued().pk)
    assert seen == [False]


@pytest.mark.django_db(transaction=True)
def test_senders_at_once_send_each_mail_once(mail_on, monkeypatch):
    user = UserFactory()
    for number in range(40):
        queued(number, user_id=user.pk)
    sent = []

    class Connection:
        def send_messages(self, messages):
            sent.extend(message.extra_headers["Message-ID"] for message in messages)

    monkeypatch.setattr(sending, "get_connection", Connection)
    ready = threading.Barrier(4)

    def run():
        try:
            ready.wait()
            send_due(100)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run) for _ in range(4)]
    with written_by(hello):
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert len(sent) == len(set(sent)) == 40
    assert set(OutboxMail.objects.values_list("state", "tries")) == {(State.SENT, 1)}
