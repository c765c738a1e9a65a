"""Ids of rows that only we can have handed out: each with an HMAC over what it is for.

A table of such rows holds no HMAC, so a copy of it opens nothing.
"""

import base64
import re
import uuid

from django.utils.crypto import salted_hmac

# 16 bytes of id and 32 of HMAC: 64 characters, and every one of them counts.
FORM = re.compile(r"\A[A-Za-z0-9_-]{64}\Z")


def mac_of(purpose: str, *named: str) -> bytes:
    """Return the HMAC (SHA-256, by SECRET_KEY) over what an id is for."""
    return salted_hmac(purpose, "\0".join(named), algorithm="sha256").digest()


def signed(row_id: uuid.UUID, mac: bytes) -> str:
    """Write an id and its HMAC as one text."""
    return base64.urlsafe_b64encode(row_id.bytes + mac).decode()


def split(text: str) -> tuple[uuid.UUID, bytes] | None:
    """Return the id and the HMAC of a text; None where it has not their form.

    Whoever asked compares the HMAC, in constant time: what it is over may be in the row.
    """
    if not FORM.match(text):
        return None
    raw = base64.urlsafe_b64decode(text)
    return uuid.UUID(bytes=raw[:16]), raw[16:]
