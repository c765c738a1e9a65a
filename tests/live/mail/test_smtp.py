"""Mail by SMTP, from a server that refuses, hangs, forgets and is away."""

import os
import socket
import ssl
import subprocess
import sys
import threading
import time
from contextlib import contextmanager, suppress

import pytest
from aiosmtpd.smtp import AuthResult
from django.conf import settings as django_settings
from django.utils import timezone

from mail import delivery
from mail.models import OutboxMail
from mail.sending import send, send_due
from mail.tests.letters import hello, queued, written_by
from tests.harness.bounds import DEADLINE
from tests.live.harness.stack import database_url, free_port
from tests.live.mail.server import MailServer, serving

pytestmark = pytest.mark.django_db(transaction=True)

State = OutboxMail.State
QUICK = 0.5  # seconds, for a server that will not answer


@pytest.fixture
def through(mail_on, settings):
    """Send by SMTP to a port of this machine, in this process."""

    def use(port, **changes):
        settings.EMAIL_BACKEND = "mail.delivery.SmtpBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
        for name, value in changes.items():
            setattr(settings, name, value)

    with written_by(hello):
        yield use


@pytest.fixture
def server(through):
    """A server that takes mail, and that mail is sent to."""
    server = MailServer()
    with serving(server) as port:
        through(port)
        yield server


def tried(mail):
    """Try a mail now; return its row."""
    OutboxMail.objects.filter(pk=mail.pk).update(due_at=timezone.now())
    send(mail.pk)
    mail.refresh_from_db()
    return mail


def start_sender(port, scheme="smtp", **environment):
    """Start a process that sends what is due."""
    env = {
        "DATABASE_URL": database_url(),
        "DJANGO_SETTINGS_MODULE": "focusguard.settings",
        "EMAIL_URL": f"{scheme}://127.0.0.1:{port}",
        "DASHBOARD_URL": "https://app.focusguard.test",
        "EMAIL_FROM": "noreply@focusguard.test",
    }
    return subprocess.Popen(
        [sys.executable, "-m", "tests.live.mail.sender"],
        cwd=django_settings.BASE_DIR,
        env=os.environ | env | environment,
        stdout=subprocess.PIPE,
        text=True,
    )


def finish(sender):
    """Wait for a sender; return how many mails it tried."""
    said, _ = sender.communicate(timeout=DEADLINE)
    assert sender.returncode == 0
    return int(said)


@pytest.mark.row("M01")
def test_a_mail_waits_for_a_server_that_is_away(through):
    through(port := free_port())
    mail = tried(queued())
    assert (mail.state, mail.reason) == (
        State.WAITING,
        "The server is away: ConnectionRefusedError.",
    )
    server = MailServer()
    with serving(server, port):
        assert tried(mail).state == State.SENT
    assert server.ids == [f"<{mail.pk}@focusguard.test>"]


@pytest.mark.row("M01")
@pytest.mark.parametrize("step", ["RCPT", "DATA"])
def test_a_server_that_hangs_is_left_and_asked_again(server, settings, step):
    settings.EMAIL_TIMEOUT = QUICK
    server.answers[step].append(server.HANG)
    mail = tried(queued())
    assert mail.state == State.WAITING
    assert mail.reason.startswith("The server is away: SMTPServerDisconnected")
    assert tried(mail).state == State.SENT
    assert len(server.ids) == 1


@contextmanager
def drip():
    """Listen, and answer with a letter every tenth of a second, as good as for ever."""
    done = threading.Event()

    def talk():
        with suppress(OSError):  # the other end cuts the connection
            client, _ = listener.accept()
            with client:
                client.sendall(b"220-")
                for _ in range(10 * DEADLINE):
                    if done.wait(0.1):
                        return
                    client.sendall(b"x")

    with socket.create_server(("127.0.0.1", 0)) as listener:
        talker = threading.Thread(target=talk)
        talker.start()
        try:
            yield listener.getsockname()[1]
        finally:
            done.set()
            talker.join()


@pytest.mark.row("M01")
def test_a_server_that_answers_letter_by_letter_is_cut_off(through, monkeypatch):
    """Caught: a time-out for each wait, which such a server never reaches."""
    monkeypatch.setattr(delivery, "LONGEST_CONVERSATION", 1.0)
    with drip() as port:
        through(port)
        began = time.monotonic()
        mail = tried(queued())
        assert time.monotonic() - began < DEADLINE
    assert mail.state == State.WAITING
    assert mail.reason.startswith("The server is away")


@pytest.mark.row("M02")
@pytest.mark.parametrize(
    ("step", "answer"),
    [
        ("RCPT", "451 4.7.1 later"),
        ("DATA", "452 4.3.1 full"),
        ("RCPT", "421 4.3.2 bye"),
    ],
)
def test_4xx_and_then_250_is_one_mail(server, step, answer):
    server.answers[step].append(answer)
    mail = tried(queued())
    assert (mail.state, mail.reason) == (
        State.WAITING,
        f"The server answered {answer.rpartition(' ')[0]}",
    )
    assert tried(mail).state == State.SENT
    assert len(server.ids) == 1


@pytest.mark.row("M02")
@pytest.mark.parametrize(
    ("step", "answer"), [("RCPT", "550 5.1.1 nobody"), ("DATA", "554 5.7.1 spam")]
)
def test_5xx_ends_a_mail(server, step, answer):
    """Caught: `SMTPRecipientsRefused`, which 451 raises too, taken for a later."""
    server.answers[step].append(answer)
    mail = tried(queued())
    assert (mail.state, mail.reason) == (
        State.FAILED,
        f"The server answered {answer.rpartition(' ')[0]}",
    )
    assert tried(mail).tries == 1
    assert server.ids == []


@pytest.mark.row("M03")
@pytest.mark.parametrize("goodbye", [None, "221 " + "x" * 9000, "550 no", "junk"])
def test_after_250_nothing_counts(server, settings, goodbye):
    """Caught: Django's backend, which says QUIT before it tells that a mail was taken."""
    settings.EMAIL_TIMEOUT = QUICK
    server.answers["QUIT"].append(goodbye)
    mail = tried(queued())
    assert mail.state == State.SENT
    assert len(server.ids) == 1


@pytest.mark.row("M03")
def test_a_sender_killed_after_data_leaves_a_mail_that_comes_again(server, settings):
    """Caught: a state of its own for what is being sent, which stays for ever."""
    mail = queued()
    server.let_go.clear()
    sender = start_sender(settings.EMAIL_PORT)
    try:
        assert server.held.wait(DEADLINE)
    finally:
        sender.kill()
        sender.communicate()
    server.let_go.set()
    mail.refresh_from_db()
    assert (mail.state, mail.tries) == (State.WAITING, 1)
    assert mail.due_at > timezone.now()
    assert tried(mail).state == State.SENT
    assert server.ids == [f"<{mail.pk}@focusguard.test>"] * 2


@pytest.mark.slow
@pytest.mark.row("M04")
def test_senders_at_once_send_each_mail_once(server, settings):
    """Caught: a sender that reads what is due, sends, and writes that down."""
    mails = {f"<{queued(number).pk}@focusguard.test>" for number in range(30)}
    senders = [start_sender(settings.EMAIL_PORT) for _ in range(3)]
    assert sum(finish(sender) for sender in senders) == 30
    assert sorted(server.ids) == sorted(mails)
    assert set(OutboxMail.objects.values_list("state", flat=True)) == {State.SENT}


@pytest.mark.slow
@pytest.mark.row("M04")
def test_ten_kills_under_200_mails_lose_none(server, settings):
    mails = {f"<{queued(number).pk}@focusguard.test>" for number in range(200)}
    for _ in range(10):
        server.held.clear()
        sender = start_sender(settings.EMAIL_PORT)
        try:
            assert server.held.wait(DEADLINE)
        finally:
            sender.kill()
            sender.communicate()
    # Their leases end.
    OutboxMail.objects.waiting().update(due_at=timezone.now())
    assert send_due(1000) > 0
    assert set(server.ids) == mails
    assert len(server.ids) <= len(mails) + 10
    assert set(OutboxMail.objects.values_list("state", flat=True)) == {State.SENT}


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    """A certificate for 127.0.0.1 that only who is told of it trusts, and its key."""
    folder = tmp_path_factory.mktemp("certificate")
    cert, key = folder / "cert.pem", folder / "key.pem"
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"),
            *("-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"),
            *("-keyout", str(key), "-out", str(cert)),
        ],
        check=True,
        capture_output=True,
    )
    return cert, key


@pytest.fixture
def tls(certificate):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*certificate)
    return context


def known(server, session, envelope, mechanism, data):
    """Let in who comes with the password of the test."""
    right = (data.login, data.password) == (b"ann@x.test", b"p/a:s%")
    return AuthResult(success=right, handled=right)


@pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")
@pytest.mark.row("M05")
@pytest.mark.parametrize("scheme", ["smtps", "smtp+starttls"])
def test_mail_goes_by_tls_and_a_password(through, certificate, tls, scheme):
    server, mail = MailServer(), queued()
    how = {"ssl_context": tls, "auth_require_tls": False}
    if scheme == "smtp+starttls":
        how = {"tls_context": tls, "require_starttls": True}
    with serving(server, authenticator=known, auth_required=True, **how) as port:
        url = f"{scheme}://ann%40x.test:p%2Fa%3As%25@127.0.0.1:{port}"
        environment = {"EMAIL_URL": url, "SSL_CERT_FILE": str(certificate[0])}
        assert finish(start_sender(port, **environment)) == 1
    mail.refresh_from_db()
    assert (mail.state, mail.reason) == (State.SENT, "")
    assert len(server.ids) == 1


@pytest.mark.row("M05")
@pytest.mark.parametrize("how", ["untrusted", "no TLS", "wrong password"])
def test_no_mail_goes_where_tls_or_the_password_fail(through, tls, how):
    """The operator has to put them right: the mail waits, and nothing was shown."""
    server, mail = MailServer(), queued()
    with serving(
        server,
        tls_context=tls if how == "untrusted" else None,
        authenticator=known,
        auth_require_tls=False,
    ) as port:
        through(
            port,
            EMAIL_USE_TLS=how != "wrong password",
            EMAIL_HOST_USER="ann@x.test",
            EMAIL_HOST_PASSWORD="wrong",
        )
        tried(mail)
    assert server.ids == []
    assert (mail.state, mail.reason) == (
        State.WAITING,
        {
            "untrusted": "No safe connection to the server: SSLCertVerificationError.",
            "no TLS": "The server lacks something: STARTTLS extension not supported by server.",
            "wrong password": "The server took no mail from us: 535 5.7.8",
        }[how],
    )
