"""E-mail addresses: one form for one mailbox, however it is typed (ADR 31)."""

import re
import unicodedata

import idna
from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator

MAX_LENGTH = 254
# What `users_email_form` demands of every row; Postgres and Python read it alike.
FORM = (
    r"^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
    r"@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*$"
)
NO_MAILBOX = "Enter a valid e-mail address."

_form = re.compile(FORM.replace("^", r"\A", 1).removesuffix("$") + r"\Z")
_validate = EmailValidator(NO_MAILBOX)


def canonical_mailbox(address: str) -> str:
    """Return the form in which an address is kept. ValidationError for what is none.

    The domain as DNS has it: ASCII, in small letters, with no dot at its end (UTS 46
    and IDNA 2008). Before the @ plain ASCII as it was typed, without marks that nobody
    sees and quotes that mean nothing. Dots and +tags are kept: what they mean is the
    provider's to say.
    """
    local, at, domain = address.rpartition("@")
    mailbox = f"{_local_part(local)}{at}{_domain(domain)}"
    if len(mailbox) > MAX_LENGTH or not _form.match(mailbox):
        raise ValidationError(NO_MAILBOX, code="invalid")
    _validate(mailbox)
    return mailbox


def canonical_identifier(typed: str) -> str:
    """Return the same text for every way to type a username or a mailbox."""
    if "@" in typed:
        try:
            return canonical_mailbox(typed).lower()
        except ValidationError:
            pass
    return typed.strip().casefold()


def _local_part(local: str) -> str:
    seen = "".join(
        character
        for character in unicodedata.normalize("NFKC", local)
        if unicodedata.category(character) != "Cf"
    )
    quoted = re.fullmatch(r'"([^"\\]*)"', seen)
    return quoted[1] if quoted else seen


def _domain(domain: str) -> str:
    domain = domain.removesuffix(".")
    if domain.isascii() and "xn--" not in domain.lower():
        # DNS has names that IDNA would not make, as r3---sn.example.com.
        return domain.lower()
    try:
        return idna.encode(domain, uts46=True).decode().removesuffix(".").lower()
    except UnicodeError as error:
        raise ValidationError(NO_MAILBOX, code="invalid") from error
