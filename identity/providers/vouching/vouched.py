"""A provider's word on a person who has signed in with it."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError

from accounts.mailboxes import canonical_mailbox
from identity.providers.exceptions import ProviderRefused

MAX_SUBJECT = 255  # OpenID Connect Core 1.0, section 2
MAX_NAME = 100


@dataclass(frozen=True, slots=True)
class Vouched:
    """A person, by the one key that never changes hands: issuer and subject.

    `email` is what the provider has of them, in our one form; it links nothing.
    """

    issuer: str
    subject: str
    email: str
    email_verified: bool
    name: str

    @classmethod
    def of(
        cls, issuer: str, subject: object, email: object, verified: object, name: object
    ) -> "Vouched":
        """Judge what a provider told. ProviderRefused where the subject is none.

        An address is verified where that is the JSON `true`: "false", "true" and 1 are
        what careless providers send, and all of them are true in Python.
        """
        mailbox = mailbox_of(email)
        return cls(
            issuer=issuer,
            subject=subject_of(subject),
            email=mailbox,
            email_verified=bool(mailbox) and verified is True,
            name=_printable(name)[:MAX_NAME] if isinstance(name, str) else "",
        )


def subject_of(told: object) -> str:
    """Return a subject that can be kept as a key. ProviderRefused."""
    if (
        not isinstance(told, str)
        or not 0 < len(told) <= MAX_SUBJECT
        or not (told.isascii() and told.isprintable())
    ):
        raise ProviderRefused("the subject is no text of 1 to 255 characters")
    return told


def mailbox_of(told: Any) -> str:
    """Return an address in our one form; empty where it is none."""
    if not isinstance(told, str):
        return ""
    try:
        return canonical_mailbox(told)
    except ValidationError:
        return ""


def _printable(text: str) -> str:
    return "".join(letter for letter in text if letter.isprintable()).strip()
