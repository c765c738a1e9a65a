"""Letters of the tests, and what stands in for the apps that would queue them."""

from contextlib import contextmanager

from mail import letters, services
from mail.letters import Letter
from mail.models import OutboxMail

HELLO = "hello"


def hello(mail, **changes):
    """Return a letter by the templates `mail/hello` of the tests."""
    fields = {
        "to": mail.address or mail.user.email,
        "subject": "Hello",
        "template": "plain",
        "context": {"text": "Hello."},
    }
    return Letter(**fields | changes)


@contextmanager
def written_by(build, kind=HELLO):
    """Let `build` write the letters of `kind` meanwhile."""
    before = letters._builders.get(kind)
    letters._builders[kind] = build
    try:
        yield
    finally:
        if before is None:
            del letters._builders[kind]
        else:
            letters._builders[kind] = before


def queued(number=1, **fields):
    """Queue a mail and return its row."""
    key = f"hello:{number}"
    fields = {"kind": HELLO, "key": key} | fields
    if "user_id" not in fields:
        fields.setdefault("address", "ann@focusguard.test")
    services.queue(**fields)
    return OutboxMail.objects.get(key=fields["key"])
