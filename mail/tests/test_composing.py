import re
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.policy import default as default_policy
from pathlib import Path

import pytest
from django.core.mail import EmailMessage

from mail.composing import compose
from mail.delivery import FolderBackend
from mail.letters import Letter
from mail.links import dashboard_url
from mail.models import OutboxMail

HOSTILE = "<img src=x onerror=alert(1)>&\"'"


@pytest.fixture
def mail(mail_on):
    moment = datetime(2026, 11, 26, 2, 15, 9, tzinfo=UTC)
    return OutboxMail(kind="hello", key="hello:1", created_at=moment)


def written(mail, **changes):
    """Return a letter's message as its receiver gets it, and its raw text."""
    fields = {"to": "ann@focusguard.test", "subject": "Hello", "template": "plain"}
    message = compose(
        mail, Letter(**fields | {"context": {"text": "Hello."}} | changes)
    )
    raw = message.message().as_bytes(linesep="\r\n")
    return message_from_bytes(raw, policy=default_policy), raw.decode()


def test_a_mail_has_text_and_html_of_the_same(mail):
    received, _ = written(mail, context={"text": "Grüße – two lines\nand a plant 🌱"})
    text, html = received.iter_parts()
    assert (text.get_content_type(), html.get_content_type()) == (
        "text/plain",
        "text/html",
    )
    assert text.get_param("charset") == html.get_param("charset") == "utf-8"
    shown = text.get_content().splitlines()
    assert shown[:2] == ["Grüße – two lines", "and a plant 🌱"]
    assert "<p>Grüße – two lines<br>and a plant 🌱</p>" in html.get_content()


def test_names_are_escaped_in_html_and_as_they_are_in_text(mail):
    received, _ = written(mail, context={"text": HOSTILE})
    text, html = (part.get_content() for part in received.iter_parts())
    assert HOSTILE in text
    assert "&lt;img src=x onerror=alert(1)&gt;&amp;&quot;&#x27;" in html
    assert "<img" not in html


def test_a_mail_loads_and_tracks_nothing(mail):
    received, _ = written(mail)
    html = received.get_body(("html",)).get_content()
    assert re.findall(r"(?:src|url\(|@import|<link|<script|<img)", html) == []
    assert set(re.findall(r'href="([^"]*)"', html)) == {"https://app.focusguard.test"}


def test_headers_of_a_mail(mail):
    received, _ = written(mail)
    assert received["From"] == "FocusGuard <noreply@focusguard.test>"
    assert received["To"] == "ann@focusguard.test"
    assert received["Message-ID"] == f"<{mail.pk}@focusguard.test>"
    assert received["Auto-Submitted"] == "auto-generated"
    assert received["Date"].endswith("+0000")
    assert abs(received["Date"].datetime - datetime.now(UTC)) < timedelta(minutes=1)
    assert received["List-Unsubscribe"] is None


def test_every_try_has_the_same_message_id(mail):
    assert written(mail)[0]["Message-ID"] == written(mail)[0]["Message-ID"]


def test_sender_may_have_a_name_of_its_own(mail, settings):
    settings.EMAIL_FROM = "Fokuswächter <post@focus.example>"
    received, raw = written(mail)
    assert received["From"].addresses[0].display_name == "Fokuswächter"
    assert received["Message-ID"] == f"<{mail.pk}@focus.example>"
    assert raw.isascii()


def test_only_what_can_be_stopped_says_how(mail):
    stop = "https://app.focusguard.test/api/mail/unsubscribe/token"
    received, _ = written(mail, unsubscribe=stop)
    assert received["List-Unsubscribe"] == f"<{stop}>"
    assert received["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


@pytest.mark.parametrize(
    ("subject", "shown"),
    [
        ("Hi\r\nBcc: all@x.test", "Hi Bcc: all@x.test"),
        ("a\nb\x0bc\x1cd\u2028e\x85f\tg", "a b c d e f g"),
        ("  Grüße,\x00 Ann ", "Grüße, Ann"),
        ("word " * 60, ("word " * 30).strip()),
    ],
)
def test_a_subject_is_one_line(mail, subject, shown):
    received, raw = written(mail, subject=subject)
    assert received["Subject"] == shown
    assert received["Bcc"] is None
    assert f"<title>{shown}</title>" in raw


def test_a_line_of_text_may_be_long(mail):
    received, raw = written(mail, context={"text": "word " * 1000})
    assert max(len(line) for line in raw.splitlines()) < 998
    assert "word " * 999 in received.get_body(("plain",)).get_content()


def test_links_are_of_the_dashboard_and_hide_their_secret(mail_on):
    assert dashboard_url("/verify") == "https://app.focusguard.test/verify"
    assert dashboard_url("/verify", "t0k") == "https://app.focusguard.test/verify#t0k"


@pytest.fixture
def folder(settings, mail_on):
    return Path(settings.EMAIL_FILE_PATH)


def test_a_file_is_named_by_time_and_id_and_replaced_by_a_second_try(mail, folder):
    for text in ("first", "second"):
        letter = Letter("ann@focusguard.test", "Hello", "plain", {"text": text})
        assert FolderBackend().send_messages([compose(mail, letter)]) == 1
    (file,) = folder.iterdir()
    assert file.name == f"20261126T021509Z-{mail.pk}.eml"
    assert "second" in file.read_text()
    assert folder.stat().st_mode & 0o077 == 0


def test_a_file_is_never_half_there(mail, folder, monkeypatch):
    def full(path, content):
        path.touch()
        raise OSError("no space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    letter = Letter("ann@focusguard.test", "Hello", "plain", {"text": "Hello."})
    with pytest.raises(OSError, match="no space"):
        FolderBackend().send_messages([compose(mail, letter)])
    assert list(folder.glob("*.eml")) == []


def test_a_mail_that_is_none_of_the_outbox_is_a_file_too(folder):
    message = EmailMessage("Hello", "Hello.", to=["ann@focusguard.test"])
    FolderBackend().send_messages([message])
    (file,) = folder.iterdir()
    assert file.suffix == ".eml"
