import pytest
from django.core.exceptions import ImproperlyConfigured

from focusguard.environment import Environment
from focusguard.mail_url import MailServer, default_sender


@pytest.fixture
def server(tmp_path, monkeypatch):
    """Read a value of EMAIL_URL; files stand below `tmp_path`."""

    def read(url):
        monkeypatch.setenv("EMAIL_URL", url)
        return Environment(tmp_path).mail_server("EMAIL_URL")

    return read


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("smtp://localhost", MailServer("localhost", 25)),
        ("smtp://[::1]:2525/", MailServer("::1", 2525)),
        ("SMTPS://Mail.Example.com", MailServer("mail.example.com", 465, tls=True)),
        (
            "smtp+starttls://ann%40example.com:p%2Fa%3As%25%23@mail.example.com",
            MailServer(
                *("mail.example.com", 587, "ann@example.com", "p/a:s%#"),
                starttls=True,
            ),
        ),
        (
            "smtps://ann:pass@10.0.0.7:4650",
            MailServer("10.0.0.7", 4650, "ann", "pass", tls=True),
        ),
        ("", None),
    ],
)
def test_mail_server_is_read(server, url, expected):
    assert server(url) == expected


def test_mail_folder_is_read(server, tmp_path):
    assert server("file:///tmp/a%20b").folder == "/tmp/a b"
    assert server("file://localhost/tmp/a").folder == "/tmp/a"
    assert server("file://.local/mail").folder == str(tmp_path / ".local" / "mail")


SECRET = "hunter2"


@pytest.mark.parametrize(
    "url",
    [
        *("junk", "junk://h", "smtp+tls://h", "http://h", "smtp:h", "://h", "smtp://"),
        *(
            "file://",
            "file:",
            "consolemail://",
            " smtp://h",
            "smtp://h\n",
            "smtp://h h",
        ),
        *("smtp://h:0", "smtp://h:65536", "smtp://h:port", "smtp://[::1", "smtp://:25"),
        *("smtp://h/x", "smtp://h?tls=1", "smtp://h#x", "smtp://h?", "smtp://h,i"),
        *("smtp://ann@h", f"smtp://:{SECRET}@h", f"smtp://ann:{SECRET}%@h"),
        *(f"smtp://ann:{SECRET}/x@h", f"smtp://ann:{SECRET}#x@h", "smtp://münchen"),
        *(f"smtp://ann:{SECRET}%C3%A4@h", f"smtp://ann%0D%0A:{SECRET}@h"),
        *("file:///dev/null/mail", "file:///dev/null", "file:///a?b", "file:///a#b"),
    ],
)
def test_what_is_no_mail_server_is_named_in_one_line(server, url):
    with pytest.raises(ImproperlyConfigured) as refused:
        server(url)
    (line,) = str(refused.value).splitlines()
    assert line.startswith("EMAIL_URL must be smtp://")
    assert SECRET not in line


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("https://app.example.com", "https://app.example.com"),
        ("http://localhost:5173/", "http://localhost:5173"),
        ("", ""),
    ],
)
def test_origin_is_read(tmp_path, monkeypatch, said, expected):
    monkeypatch.setenv("DASHBOARD_URL", said)
    assert Environment(tmp_path).origin("DASHBOARD_URL") == expected


@pytest.mark.parametrize(
    "said",
    [
        *(
            "app.example.com",
            "ftp://app.example.com",
            "https://",
            "https://*.example.com",
        ),
        *("https://a.example.com/app", "https://a.example.com?x", "https://a b"),
        *("https://ann:pass@a.example.com", "https://a.example.com:x", "javascript:0"),
        *("https://a.example.com#x", "https://a.example.com:99999", "https://a\\b"),
    ],
)
def test_what_is_no_origin_is_named_in_one_line(tmp_path, monkeypatch, said):
    monkeypatch.setenv("DASHBOARD_URL", said)
    with pytest.raises(ImproperlyConfigured, match=r"^DASHBOARD_URL must be .*$"):
        Environment(tmp_path).origin("DASHBOARD_URL")


def test_origin_that_something_needs_is_asked_for(tmp_path, monkeypatch):
    monkeypatch.delenv("DASHBOARD_URL", raising=False)
    with pytest.raises(
        ImproperlyConfigured, match=r"^EMAIL_URL needs DASHBOARD_URL.*$"
    ):
        Environment(tmp_path).origin("DASHBOARD_URL", needed_by="EMAIL_URL")


@pytest.mark.parametrize(
    ("site", "expected"),
    [
        ("https://app.example.com:8443", "noreply@app.example.com"),
        ("http://127.0.0.1:8000", "noreply@localhost"),
        ("http://[::1]:8000", "noreply@localhost"),
        ("", "noreply@localhost"),
    ],
)
def test_default_sender_is_of_the_site(site, expected):
    assert default_sender(site) == expected


@pytest.mark.parametrize(
    "said",
    [
        "noreply@example.com",
        "Focus Guard <noreply@example.com>",
        "Fokuswächter <noreply@example.com>",
        '"Focus, guarded" <noreply@example.com>',
    ],
)
def test_sender_is_read(tmp_path, monkeypatch, said):
    monkeypatch.setenv("EMAIL_FROM", said)
    assert Environment(tmp_path).sender("EMAIL_FROM", default="") == said


@pytest.mark.parametrize(
    "said",
    [
        *(
            "noreply",
            "@example.com",
            "a@b, c@d",
            "Focus, guarded <a@b>",
            "<a@b>",
            "a@b>",
        ),
        *("A <a@b", "a@b\nBcc: c@d", "A\rB <a@b>", "a b@example.com", '"A <a@b>'),
    ],
)
def test_what_is_no_sender_is_named_in_one_line(tmp_path, monkeypatch, said):
    monkeypatch.setenv("EMAIL_FROM", said)
    with pytest.raises(ImproperlyConfigured, match=r"^EMAIL_FROM must be .*$"):
        Environment(tmp_path).sender("EMAIL_FROM", default="a@b")
