"""Links that stop the report: they hold what proves them, and nothing is stored.

One is good for as long as its user and our key are, since a letter of last year must
still be stoppable, and it does nothing else than that: whoever finds one ends a report.
"""

import base64
import re
import uuid

from django.utils.crypto import constant_time_compare, salted_hmac

from accounts.exceptions import LinkInvalid

# 16 bytes of id and 32 of HMAC: 64 characters, and every one of them counts.
FORM = re.compile(r"\A[A-Za-z0-9_-]{64}\Z")
NOT_OURS = "This is not a whole link of ours; your profile has the switch too."


def token_for(user_id: uuid.UUID) -> str:
    """Return what stands in the links of a user's reports, always the same."""
    return base64.urlsafe_b64encode(user_id.bytes + _mac(user_id)).decode()


def user_id_of(token: str) -> uuid.UUID:
    """Return whose report a token stops. LinkInvalid."""
    if not FORM.match(token):
        raise LinkInvalid(NOT_OURS)
    raw = base64.urlsafe_b64decode(token)
    user_id = uuid.UUID(bytes=raw[:16])
    if not constant_time_compare(raw[16:], _mac(user_id)):
        raise LinkInvalid(NOT_OURS)
    return user_id


def _mac(user_id: uuid.UUID) -> bytes:
    return salted_hmac("reports.stop_links", user_id.hex, algorithm="sha256").digest()
