"""The letters of mails: which app says what, and to whom.

An app registers a builder for each kind that it queues, in its `AppConfig.ready()`. A
builder runs when the mail is sent, in a transaction that ends before the server is
spoken to: what it links to is made then, and by then it is known whether the mail is
still due.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from mail.models import OutboxMail


@dataclass(frozen=True, slots=True)
class Letter:
    """The words of a mail. `template` names `templates/mail/<template>.txt` and `.html`.

    With `unsubscribe`, a URL that takes the POST of RFC 8058, it is one that people
    can stop; without, they asked for it or must know it.
    """

    to: str
    subject: str
    template: str
    context: Mapping[str, Any]
    unsubscribe: str = ""


# None: the mail is not due any more.
Build = Callable[[OutboxMail], Letter | None]

_builders: dict[str, Build] = {}


def register(kind: str, build: Build) -> None:
    """Let `build` make the letters of all mails of `kind`."""
    if _builders.get(kind, build) is not build:
        raise ValueError(f"the kind {kind!r} has a builder already")
    _builders[kind] = build


def builder(kind: str) -> Build | None:
    """Return what makes the letters of `kind`, or None where no app registered it."""
    return _builders.get(kind)


def kinds() -> list[str]:
    """Return the kinds that have a builder, in the order of the alphabet."""
    return sorted(_builders)
