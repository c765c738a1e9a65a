"""A letter as a message: text and HTML from templates, and the headers of the outbox."""

from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Any, cast

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template import Context, engines
from django.template.backends.django import DjangoTemplates

from mail.letters import Letter
from mail.models import OutboxMail

PRODUCT = "FocusGuard"
# RFC 2047 folds a longer one; no mail program shows more.
LONGEST_SUBJECT = 150


class Message(EmailMultiAlternatives):
    """A mail as it goes out, and the name that its file has where it is only written."""

    file_name = ""


def compose(mail: OutboxMail, letter: Letter) -> Message:
    """Return the message of a mail; ValueError where a part of it cannot be a header.

    Every try of a mail has the same Message-ID, by which programs drop a second copy.
    """
    subject = one_line(letter.subject)
    ours = {
        "product": PRODUCT,
        "subject": subject,
        "dashboard": settings.DASHBOARD_URL,
        "unsubscribe": letter.unsubscribe,
    }
    context = ours | dict(letter.context)
    sender = settings.EMAIL_FROM
    domain = sender.rpartition("@")[2].removesuffix(">")
    headers = {
        "Message-ID": f"<{mail.id}@{domain}>",
        "Date": format_datetime(datetime.now(UTC)),
        # RFC 3834: nobody's holiday note answers it.
        "Auto-Submitted": "auto-generated",
    }
    if letter.unsubscribe:
        headers["List-Unsubscribe"] = f"<{letter.unsubscribe}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message = Message(
        subject=subject,
        body=_rendered(f"mail/{letter.template}.txt", context, escaped=False),
        from_email=sender if "<" in sender else f"{PRODUCT} <{sender}>",
        to=[letter.to],
        headers=headers,
    )
    html = _rendered(f"mail/{letter.template}.html", context, escaped=True)
    message.attach_alternative(html, "text/html")
    message.file_name = f"{mail.created_at:%Y%m%dT%H%M%SZ}-{mail.id}"
    return message


def one_line(text: str) -> str:
    """Return `text` without line breaks and control characters, at a bounded length."""
    printable = "".join(c if c.isprintable() else " " for c in text)
    return " ".join(printable.split())[:LONGEST_SUBJECT].rstrip()


def _rendered(name: str, context: Mapping[str, Any], *, escaped: bool) -> str:
    # Django escapes what a template says whatever its name ends in: a text would have
    # `&amp;` in its links.
    engine = cast(DjangoTemplates, engines["django"]).engine
    template = engine.get_template(name)
    return template.render(Context(dict(context), autoescape=escaped)).strip() + "\n"
